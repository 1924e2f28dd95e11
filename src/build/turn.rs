use super::Failure;
use std::time::{Duration, Instant};

/// How long a build waits for another of the same archive before it is refused.
pub const PATIENCE: Duration = Duration::from_secs(5);
/// What is over before it need be told.
const MOMENT: Duration = Duration::from_millis(500);
/// Between the first two tries; each is as long again as the last, since a try may be half a build: where two archives
/// have one output, that is found to be busy while the articles are read.
const PAUSE: Duration = Duration::from_millis(20);
/// Between any two tries at most.
const LONGEST: Duration = Duration::from_millis(250);

/// Builds as soon as no other build of the archive is at work, if that is within [`PATIENCE`]; `waits` is called once
/// where it takes longer than a moment.
///
/// A preview builds whenever a file is saved, which is over in less: whoever builds meanwhile should not see it. Two long
/// builds at once are a mistake more often than a wish, and the second is refused as it would be at once.
pub fn in_turn<T>(waits: impl FnOnce(), mut build: impl FnMut() -> Result<T, Failure>) -> Result<T, Failure> {
    let began = Instant::now();
    let mut waits = Some(waits);
    let mut pause = PAUSE;
    loop {
        match build() {
            Err(failure) if failure.is_busy() && began.elapsed() < PATIENCE => {
                if began.elapsed() > MOMENT
                    && let Some(waits) = waits.take()
                {
                    waits();
                }
                std::thread::sleep(pause);
                pause = LONGEST.min(pause * 2);
            }
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fault;
    use super::super::published::BUSY;
    use super::*;
    use crate::diag::codes;

    #[test]
    fn whoever_waits_tries_less_and_less_often() {
        let busy = || Failure { diagnostics: vec![fault(codes::OUTPUT_REFUSED, "public".as_ref(), BUSY)] };
        let (mut told, mut tries) = (0, 0);
        let began = Instant::now();
        let built = in_turn(
            || told += 1,
            || {
                tries += 1;
                if began.elapsed() < Duration::from_millis(900) { Err(busy()) } else { Ok("built") }
            },
        );
        assert!(built.is_ok_and(|built| built == "built"));
        // At once, then after 20, 60, 140, 300, 550, 800 and 1,050 ms.
        assert!((2..=8).contains(&tries), "{tries}");
        assert_eq!(told, 1);
        assert!(began.elapsed() < PATIENCE);
        let failed = in_turn(|| told += 1, || Err::<(), _>(Failure { diagnostics: Vec::new() }));
        assert!(failed.is_err() && told == 1, "what waiting does not help is not waited for");
    }
}
