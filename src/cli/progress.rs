use super::say;
use crate::build::{Progress, Stage};
use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// One line on a terminal that always says what is being done; nothing elsewhere.
pub(super) struct Line {
    shown: Option<Mutex<Shown>>,
}

struct Shown {
    stage: Stage,
    done: usize,
    total: usize,
    began: Instant,
}

/// Before this, a stage's pace is a guess.
const PACED: Duration = Duration::from_secs(2);

impl Line {
    /// A line on standard error, where that is a terminal.
    pub(super) fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self { shown: terminal.then(|| Mutex::new(Shown::new(Stage::Find, 0))) }
    }

    /// Takes the line away, so that what is printed next begins on a clean one.
    pub(super) fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(anstream::stderr(), "\r\x1b[K");
        }
    }
}

impl Progress for Line {
    fn begin(&self, stage: Stage, total: usize) {
        if let Some(shown) = &self.shown
            && let Ok(mut shown) = shown.lock()
        {
            *shown = Shown::new(stage, total);
            shown.draw();
        }
    }

    fn step(&self) {
        if let Some(shown) = &self.shown
            && let Ok(mut shown) = shown.lock()
        {
            shown.done += 1;
            // A hundred steps at most are drawn: a terminal is slower than we are.
            if shown.done.is_multiple_of((shown.total / 100).max(1)) {
                shown.draw();
            }
        }
    }
}

impl Shown {
    fn new(stage: Stage, total: usize) -> Self {
        Self { stage, done: 0, total, began: Instant::now() }
    }

    fn draw(&self) {
        let _ = write!(anstream::stderr(), "\r\x1b[K{}", self.words(self.began.elapsed()));
    }

    /// `drawing pages: 3,120 of 16,000`; on long stages also how fast and how long still: ` · 1,560/s · 9 s left`.
    fn words(&self, spent: Duration) -> String {
        let mut words = self.stage.doing().to_owned();
        if self.total == 0 {
            return words;
        }
        let done = self.done.min(self.total);
        words.push_str(&format!(": {} of {}", say::grouped(done), say::grouped(self.total)));
        let rate = done as f64 / spent.as_secs_f64();
        if spent >= PACED && rate > 0.0 {
            let left = ((self.total - done) as f64 / rate).ceil() as usize;
            let left = if left < 120 { format!("{left} s") } else { format!("{} min", left.div_ceil(60)) };
            words.push_str(&format!(" · {}/s · {left} left", say::grouped(rate.round() as usize)));
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_stage_says_how_long_it_will_take() {
        let shown = |done, total| Shown { done, ..Shown::new(Stage::Pages, total) };
        let check = |shown: Shown, millis, expected: &str| {
            assert_eq!(shown.words(Duration::from_millis(millis)), expected);
        };
        check(shown(0, 0), 5000, "drawing pages");
        check(shown(10, 16_000), 10, "drawing pages: 10 of 16,000");
        check(shown(0, 16_000), 5000, "drawing pages: 0 of 16,000");
        check(shown(3120, 16_000), 2000, "drawing pages: 3,120 of 16,000 · 1,560/s · 9 s left");
        check(shown(1000, 100_000), 2000, "drawing pages: 1,000 of 100,000 · 500/s · 4 min left");
        check(shown(7, 7), 3000, "drawing pages: 7 of 7 · 2/s · 0 s left");
    }
}
