//! How long a page may be computed.
//!
//! Counted in the processor's time of the thread that draws it, where the system tells it, so that a machine which
//! sleeps or has other work gives up no page for that. It is a hundred times what the longest page of the theme takes.
//! How much is done meanwhile depends on the machine: a template of a site that needs so long may be drawn on a fast
//! one and refused on a slow one, which then leaves the published site as it is.

use crate::render::Patience;
use std::cell::Cell;
use std::time::{Duration, Instant};

thread_local! {
    /// Until when the page being drawn may take, and what the thread may have computed by then.
    static UNTIL: Cell<Option<(Instant, Duration)>> = const { Cell::new(None) };
}

/// Waits for a page as long as it says.
pub(super) struct Within(pub(super) Duration);

impl Patience for Within {
    fn begin(&self) {
        UNTIL.set(Some((Instant::now() + self.0, computed() + self.0)));
    }

    fn is_over(&self) -> bool {
        // It never computes for longer than it takes, and the clock on the wall is quicker to read.
        UNTIL.get().is_some_and(|(at, most)| Instant::now() > at && computed() > most)
    }

    fn seconds(&self) -> u64 {
        self.0.as_secs()
    }
}

/// What this thread has computed since it began.
#[cfg(unix)]
fn computed() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// The time itself, where the system does not tell the thread's.
#[cfg(not(unix))]
fn computed() -> Duration {
    static FIRST: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    FIRST.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_over_when_it_was_computed_for_so_long() {
        let (short, long) = (Within(Duration::from_millis(2)), Within(Duration::from_secs(3600)));
        long.begin();
        let waited = Instant::now();
        while waited.elapsed() < Duration::from_millis(20) {
            std::hint::black_box(computed());
        }
        assert!(!long.is_over());
        short.begin();
        // What is slept is not computed, where the system tells them apart.
        std::thread::sleep(Duration::from_millis(10));
        assert!(!cfg!(unix) || !short.is_over());
        let began = Instant::now();
        while !short.is_over() {
            assert!(began.elapsed() < Duration::from_secs(60), "it is never over");
        }
    }
}
