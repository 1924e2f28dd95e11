use super::Failure;
use std::time::{Duration, Instant};

/// How long a build waits for another of the same archive before it is refused.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// What is over before it need be told.
const MOMENT: Duration = Duration::from_millis(500);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// Builds as soon as no other build of the archive is at work, if that is within [`PATIENCE`]; `waits` is called once
/// where it takes longer than a moment.
///
/// A preview builds whenever a file is saved, which is over in less: whoever builds meanwhile should not see it. Two long
/// builds at once are a mistake more often than a wish, and the second is refused as it would be at once.
pub fn in_turn<T>(waits: impl FnOnce(), mut build: impl FnMut() -> Result<T, Failure>) -> Result<T, Failure> {
    let began = Instant::now();
    let mut waits = Some(waits);
    loop {
        match build() {
            Err(failure) if failure.is_busy() && began.elapsed() < PATIENCE => {
                if began.elapsed() > MOMENT
                    && let Some(waits) = waits.take()
                {
                    waits();
                }
                std::thread::sleep(PAUSE);
            }
            result => return result,
        }
    }
}
