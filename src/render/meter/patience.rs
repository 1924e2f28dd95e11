//! How long a page may be computed.
//!
//! Counted in the processor's time of the thread that draws it, so that it is the same page by page on a machine that
//! sleeps or has other work. It is a hundred times what any page of an archive takes, and no page ends by it whose
//! template ends: what is published does not hang on it.

use std::cell::Cell;
use std::time::{Duration, Instant};

/// How long.
pub(super) const LONGEST: Duration = Duration::from_secs(30);

thread_local! {
    /// Until when the page being drawn may take, and what the thread may have computed by then.
    static UNTIL: Cell<Option<(Instant, Duration)>> = const { Cell::new(None) };
}

/// Begins another page, which may be computed for so long.
pub(super) fn begin(longest: Duration) {
    UNTIL.set(Some((Instant::now() + longest, computed() + longest)));
}

/// Whether the page being drawn has been computed for too long.
pub(super) fn is_over() -> bool {
    // It never computes for longer than it takes, and the clock on the wall is quicker to read.
    UNTIL.get().is_some_and(|(at, most)| Instant::now() > at && computed() > most)
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
