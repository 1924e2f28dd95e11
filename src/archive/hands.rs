//! Who does the work of the join.

/// One thread or several: that is the build's business, and the join is the same with either.
pub trait Hands: Sync {
    /// Does two pieces of work that do not need each other.
    fn both<A: Send, B: Send>(&self, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B);

    /// Makes something of each item, in their order.
    fn each<T: Sync, U: Send>(&self, items: &[T], make: impl Fn(&T) -> U + Sync) -> Vec<U> {
        let most = items.len().div_ceil(PIECES).max(FEW);
        self.pieces(items, most, &make)
    }

    /// [`each`](Hands::each), halved until a piece has at most so many items.
    #[doc(hidden)]
    fn pieces<T: Sync, U: Send>(&self, items: &[T], most: usize, make: &(impl Fn(&T) -> U + Sync)) -> Vec<U> {
        if items.len() <= most {
            return items.iter().map(make).collect();
        }
        let (a, b) = items.split_at(items.len() / 2);
        let (mut all, rest) = self.both(|| self.pieces(a, most, make), || self.pieces(b, most, make));
        all.extend(rest);
        all
    }
}

/// Pieces that many items are parted into: enough that a large one is made beside many small ones.
const PIECES: usize = 64;
/// Items that are not worth parting.
const FEW: usize = 16;

/// One piece after the other.
#[derive(Clone, Copy, Debug)]
pub struct OneByOne;

impl Hands for OneByOne {
    fn both<A: Send, B: Send>(&self, a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
        (a(), b())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_order() {
        for n in [0, 1, FEW, FEW + 1, 5_000] {
            let items: Vec<usize> = (0..n).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(OneByOne.each(&items, |item| item * 2), doubled);
        }
    }
}
