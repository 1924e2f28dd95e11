//! Where the time of a build went. The clock is read for this and for nothing that is published.
//!
//! What is measured is a span as well (`tracing`): of each stage, and within it of each piece of work. Whoever
//! subscribes sees them; where nobody does they cost next to nothing.

use super::Stage;
use serde::Serialize;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing::{Span, trace_span};

/// What each stage took, and thread time by kind of work within the parallel stages.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Timings {
    stages: Vec<StageTime>,
    work: Vec<WorkTime>,
    /// Bytes that `.onrecord/cache/` holds.
    pub(super) cache_bytes: u64,
}

/// What one stage took.
#[derive(Clone, Debug, Serialize)]
pub struct StageTime {
    /// Its name.
    pub stage: &'static str,
    /// Seconds by the clock on the wall.
    pub wall: f64,
    /// Seconds of processors, all threads together; none where the system does not tell.
    pub cpu: Option<f64>,
    /// Files, articles or pages it was about.
    pub items: u64,
    /// Of these, those that the last build had done.
    pub from_cache: u64,
    /// Bytes it read or wrote.
    pub bytes: u64,
}

/// What all threads together took for one kind of work.
#[derive(Clone, Debug, Serialize)]
pub(super) struct WorkTime {
    /// Its name.
    work: &'static str,
    /// Seconds of threads.
    thread: f64,
    /// How often it was done.
    times: u64,
}

/// Writes down the kinds of work, what each is called in tables, and its span: a span's name is part of the program.
macro_rules! works {
    ($($work:ident $name:literal)*) => {
        /// What a thread does for one file or page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Work { $($work),* }

        impl Work {
            const ALL: [Self; [$($name),*].len()] = [$(Self::$work),*];

            fn name(self) -> &'static str {
                match self { $(Self::$work => $name),* }
            }

            fn span(self) -> Span {
                match self { $(Self::$work => trace_span!($name)),* }
            }
        }
    };
}

works! {
    Load "load from disk"
    Recall "recall"
    Measure "measure"
    Resize "make sizes"
    Read "read copy"
    Annotate "annotate"
    Index "index words"
    Keep "keep"
    Compare "compare"
    View "view"
    Render "render"
    Emit "emit data"
    Write "write to disk"
}

impl Timings {
    /// The whole build.
    pub fn total(&self) -> Duration {
        Duration::from_secs_f64(self.stages.iter().map(|stage| stage.wall).sum())
    }

    /// The stages, in the order they ran.
    pub fn stages(&self) -> &[StageTime] {
        &self.stages
    }

    /// A table for people: the stages, what threads did meanwhile, and the size of the cache.
    pub fn table(&self) -> String {
        let mut out = String::from("stage              wall s    cpu s    items   cached       MB\n");
        for stage in &self.stages {
            let StageTime { stage, wall, cpu, items, from_cache, bytes } = stage;
            let cpu = cpu.map_or_else(|| "-".to_owned(), |cpu| format!("{cpu:.3}"));
            let megabytes = *bytes as f64 / 1e6;
            let _ = writeln!(out, "{stage:<16} {wall:>8.3} {cpu:>8} {items:>8} {from_cache:>8} {megabytes:>8.1}");
        }
        out.push_str("\nwork             thread s    times\n");
        for WorkTime { work, thread, times } in &self.work {
            let _ = writeln!(out, "{work:<16} {thread:>8.3} {times:>8}");
        }
        let _ = writeln!(out, "\ncache {:.1} MB", self.cache_bytes as f64 / 1e6);
        out
    }

    /// The same as JSON: `stages`, `work` and `cache_bytes`, times in seconds.
    pub fn json(&self) -> String {
        // Numbers and fixed words only: this cannot fail.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

/// Runs while a build does.
pub(super) struct Clock {
    start: Instant,
    /// When the last stage ended, and what had been counted of the processors by then.
    last: Mutex<(Duration, Option<Duration>)>,
    stages: Mutex<Vec<StageTime>>,
    nanos: [AtomicU64; Work::ALL.len()],
    times: [AtomicU64; Work::ALL.len()],
    span: StageSpan,
    /// Of the stage that runs.
    items: AtomicU64,
    hits: AtomicU64,
    bytes: AtomicU64,
}

/// The span of the stage that runs, entered by the building thread; left however the build ends.
struct StageSpan(Mutex<Span>);

impl Default for StageSpan {
    fn default() -> Self {
        Self(Mutex::new(Span::none()))
    }
}

impl StageSpan {
    /// Leaves the span that was entered and enters another.
    fn change(&self, span: Span) {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        current.with_subscriber(|(id, subscriber)| subscriber.exit(id));
        span.with_subscriber(|(id, subscriber)| subscriber.enter(id));
        *current = span;
    }
}

impl Drop for StageSpan {
    fn drop(&mut self) {
        self.change(Span::none());
    }
}

impl Clock {
    pub(super) fn start() -> Self {
        Self {
            start: Instant::now(),
            last: Mutex::new((Duration::ZERO, processors())),
            stages: Mutex::default(),
            nanos: Default::default(),
            times: Default::default(),
            span: StageSpan::default(),
            items: AtomicU64::new(0),
            hits: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
        }
    }

    /// Begins a stage: the time since the last one's end is its own. Its span is entered by the thread that calls.
    pub(super) fn begin(&self, stage: Stage) {
        self.span.change(stage.span());
    }

    /// Ends a stage: what was spent and counted since the last end is its own.
    pub(super) fn end(&self, stage: Stage) {
        self.span.change(Span::none());
        let (wall, cpu) = (self.start.elapsed(), processors());
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let take = |count: &AtomicU64| count.swap(0, Ordering::Relaxed);
        let time = StageTime {
            stage: stage.name(),
            wall: wall.saturating_sub(last.0).as_secs_f64(),
            cpu: cpu.zip(last.1).map(|(now, before)| now.saturating_sub(before).as_secs_f64()),
            items: take(&self.items),
            from_cache: take(&self.hits),
            bytes: take(&self.bytes),
        };
        *last = (wall, cpu);
        self.stages.lock().unwrap_or_else(PoisonError::into_inner).push(time);
    }

    /// Does some work on the account of its kind. For many threads.
    pub(super) fn time<T>(&self, work: Work, f: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = work.span().in_scope(f);
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.nanos[work as usize].fetch_add(nanos, Ordering::Relaxed);
        self.times[work as usize].fetch_add(1, Ordering::Relaxed);
        value
    }

    /// So many things are done.
    pub(super) fn items(&self, n: usize) {
        self.items.fetch_add(n as u64, Ordering::Relaxed);
    }

    /// Something need not be done, for the last build had done it.
    pub(super) fn hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    /// So many bytes were read or written.
    pub(super) fn bytes(&self, n: usize) {
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
    }

    pub(super) fn stop(self, cache_bytes: u64) -> Timings {
        let work = Work::ALL.into_iter().zip(self.nanos).zip(self.times).map(|((work, nanos), times)| WorkTime {
            work: work.name(),
            thread: Duration::from_nanos(nanos.into_inner()).as_secs_f64(),
            times: times.into_inner(),
        });
        let stages = self.stages.into_inner().unwrap_or_else(PoisonError::into_inner);
        Timings { work: work.collect(), stages, cache_bytes }
    }
}

/// What the processors have spent on this process so far.
#[cfg(unix)]
fn processors() -> Option<Duration> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(Duration::new(u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?))
}

/// What the processors have spent on this process: not known.
#[cfg(not(unix))]
fn processors() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stage_has_what_was_spent_and_counted_in_it() {
        let clock = Clock::start();
        clock.begin(Stage::Read);
        clock.items(3);
        clock.hit();
        clock.bytes(1_500_000);
        assert_eq!(clock.time(Work::Read, || 7), 7);
        clock.end(Stage::Read);
        clock.begin(Stage::Pages);
        clock.items(2);
        clock.end(Stage::Pages);
        let timings = clock.stop(2_000_000);
        let counted: Vec<_> = timings.stages().iter().map(|s| (s.stage, s.items, s.from_cache, s.bytes)).collect();
        assert_eq!(counted, [("read", 3, 1, 1_500_000), ("pages", 2, 0, 0)]);
        assert_eq!(timings.stages()[0].cpu.is_some(), cfg!(unix));
        let table = timings.table();
        assert!(table.contains("cache 2.0 MB") && table.contains("read copy"), "{table}");
        let json: serde_json::Value = serde_json::from_str(&timings.json()).expect("JSON");
        assert_eq!(json["stages"][0]["items"], 3);
    }
}
