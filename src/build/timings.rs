//! Where the time of a build went. The clock is read for this and for nothing that is published.

use super::Stage;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Wall time by stage, and thread time by kind of work within the parallel stages.
#[derive(Clone, Debug, Default)]
pub struct Timings {
    stages: Vec<(Stage, Duration)>,
    work: Vec<(Work, Duration)>,
}

/// What a thread does for one file or page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Load,
    Recall,
    Measure,
    Read,
    Annotate,
    Keep,
    Compare,
    View,
    Render,
    Emit,
    Write,
}

impl Work {
    const ALL: [Self; 11] = [
        Self::Load,
        Self::Recall,
        Self::Measure,
        Self::Read,
        Self::Annotate,
        Self::Keep,
        Self::Compare,
        Self::View,
        Self::Render,
        Self::Emit,
        Self::Write,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Load => "load from disk",
            Self::Recall => "recall",
            Self::Measure => "measure",
            Self::Read => "read copy",
            Self::Annotate => "annotate",
            Self::Keep => "keep",
            Self::Compare => "compare",
            Self::View => "view",
            Self::Render => "render",
            Self::Emit => "emit data",
            Self::Write => "write to disk",
        }
    }
}

impl Timings {
    /// The whole build.
    pub fn total(&self) -> Duration {
        self.stages.iter().map(|(_, time)| *time).sum()
    }

    /// Wall time by stage, in the order they ran.
    pub fn stages(&self) -> &[(Stage, Duration)] {
        &self.stages
    }

    /// A table for people: each stage with its time and its share, then what threads did meanwhile.
    pub fn table(&self) -> String {
        let mut out = String::from("stage              wall s   share\n");
        let rows = |out: &mut String, rows: &[(&str, Duration)]| {
            let total: f64 = rows.iter().map(|(_, time)| time.as_secs_f64()).sum();
            for (name, time) in rows {
                let time = time.as_secs_f64();
                let share = if total > 0.0 { 100.0 * time / total } else { 0.0 };
                let _ = writeln!(out, "{name:<16} {time:>8.3} {share:>6.1}%");
            }
        };
        rows(&mut out, &self.stages.iter().map(|(stage, time)| (stage.name(), *time)).collect::<Vec<_>>());
        out.push_str("\nwork             thread s   share\n");
        rows(&mut out, &self.work.iter().map(|(work, time)| (work.name(), *time)).collect::<Vec<_>>());
        out
    }
}

/// Runs while a build does.
pub(super) struct Clock {
    start: Instant,
    /// Each stage with the moment it ended, counted from the start.
    ends: Mutex<Vec<(Stage, Duration)>>,
    work: [AtomicU64; Work::ALL.len()],
    hits: AtomicU64,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { start: Instant::now(), ends: Mutex::default(), work: Default::default(), hits: AtomicU64::new(0) }
    }

    /// Ends a stage: the time since the last end is its own.
    pub(super) fn end(&self, stage: Stage) {
        let now = self.start.elapsed();
        self.ends.lock().unwrap_or_else(PoisonError::into_inner).push((stage, now));
    }

    /// Does some work on the account of its kind. For many threads.
    pub(super) fn time<T>(&self, work: Work, f: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = f();
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.work[work as usize].fetch_add(nanos, Ordering::Relaxed);
        value
    }

    /// One thing needed not be done, for the last build had done it.
    pub(super) fn hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn stop(self) -> Timings {
        let mut last = Duration::ZERO;
        let ends = self.ends.into_inner().unwrap_or_else(PoisonError::into_inner);
        let stages = ends.into_iter().map(|(stage, end)| (stage, end - std::mem::replace(&mut last, end))).collect();
        let work = Work::ALL.into_iter().zip(self.work).map(|(work, n)| (work, Duration::from_nanos(n.into_inner())));
        Timings { work: work.collect(), stages }
    }
}
