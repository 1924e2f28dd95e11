//! Lists on several pages, numbered from the oldest so that no page is ever renumbered.

use super::PageNumbers;
use std::ops::Range;

/// A list of `n` things, oldest first, on pages of `per_page`.
///
/// A page of its own, `page/1/`, comes to be when it is full and newer things fill another; from then on it
/// does not change. The list's own address shows what is left: between one page and two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pages {
    n: usize,
    per_page: usize,
}

impl Pages {
    pub(super) fn new(n: usize, per_page: usize) -> Self {
        Self { n, per_page: per_page.max(1) }
    }

    /// How many pages; the last is the list's own address.
    pub(super) fn total(self) -> usize {
        (self.n / self.per_page).max(1)
    }

    /// The things of a page, as indices from the oldest.
    pub(super) fn of(self, number: usize) -> Range<usize> {
        let start = (number.max(1) - 1).saturating_mul(self.per_page).min(self.n);
        let end = if number >= self.total() { self.n } else { (start + self.per_page).min(self.n) };
        start..end
    }

    /// A page's address, from the list's own, which ends in `/`.
    pub(super) fn address(self, list: &str, number: usize) -> String {
        if number >= self.total() { list.to_owned() } else { format!("{list}page/{number}/") }
    }

    /// Where a page stands; `list` is the list's own address with the site's root.
    pub(super) fn numbers(self, list: &str, number: usize) -> PageNumbers {
        let to = |number: usize| -> Box<str> { self.address(list, number).into() };
        PageNumbers {
            number,
            total: self.total(),
            newer: (number < self.total()).then(|| to(number + 1)),
            older: (number > 1).then(|| to(number - 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_pages_never_change() {
        let check = |n: usize, expected: &[(usize, usize)]| {
            let pages = Pages::new(n, 30);
            let found: Vec<_> = (1..=pages.total()).map(|i| (pages.of(i).start, pages.of(i).end)).collect();
            assert_eq!(found, expected, "{n}");
        };
        check(0, &[(0, 0)]);
        check(1, &[(0, 1)]);
        check(59, &[(0, 59)]);
        check(60, &[(0, 30), (30, 60)]);
        check(95, &[(0, 30), (30, 60), (60, 95)]);
    }

    #[test]
    fn the_list_itself_shows_the_newest() {
        let pages = Pages::new(95, 30);
        let own = pages.numbers("/harbour/", 3);
        assert_eq!((own.newer.as_deref(), own.older.as_deref()), (None, Some("/harbour/page/2/")));
        let oldest = pages.numbers("/harbour/", 1);
        assert_eq!((oldest.newer.as_deref(), oldest.older.as_deref()), (Some("/harbour/page/2/"), None));
        assert_eq!(pages.numbers("/harbour/", 2).newer.as_deref(), Some("/harbour/"));
        assert_eq!(Pages::new(5, 0).total(), 5);
    }
}
