use crate::archive::Hands;

/// The threads that all of a build is done with.
pub(super) struct Threads;

impl Hands for Threads {
    fn both<A: Send, B: Send>(&self, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
        rayon::join(a, b)
    }
}
