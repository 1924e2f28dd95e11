//! The rulings on one article, and the names that they withhold from it.

use super::Rulings;
use crate::model::Ruling;
use crate::read::{Proposed, RedactionIndex, in_order};

/// The rulings on an article: those that name it, and those on the whole archive.
///
/// The latter are of every article and may be ten thousand: what is asked here costs the length of the text and the
/// names in it, not the names that there are.
pub(super) struct On<'a> {
    rulings: &'a Rulings,
    /// Those that name the article, in the order of the ledger.
    own: Vec<usize>,
    /// The names that these withhold.
    index: RedactionIndex,
}

impl<'a> On<'a> {
    pub(super) fn new(rulings: &'a Rulings, own: Vec<usize>) -> Self {
        let redactions = own.iter().filter_map(|at| Some((*at, rulings.redaction(*at)?)));
        let index = RedactionIndex::new(redactions);
        Self { rulings, own, index }
    }

    /// The rulings that name the article, in the order of the ledger; all others withhold a name.
    pub(super) fn own(&self) -> impl Iterator<Item = &'a Ruling> {
        let rulings = self.rulings;
        self.own.iter().map(|at| &rulings.ledger.rulings[*at])
    }

    /// Whether they withhold no name that a text could give.
    pub(super) fn withhold_nothing(&self) -> bool {
        self.index.is_empty() && self.rulings.index.is_empty()
    }

    /// By their place in the ledger: whose name a text may give in full. Not all of them do, but no others.
    pub(super) fn naming(&self, text: &str) -> Proposed<'_> {
        self.rulings.index.naming(text).and(self.index.naming(text))
    }

    /// The same for those of whose name a text may give a part.
    fn hinting(&self, text: &str) -> Proposed<'_> {
        self.rulings.index.hinting(text).and(self.index.hinting(text))
    }

    /// Whether a text gives any of the names.
    pub(super) fn names(&self, text: &str) -> bool {
        let mut may = self.naming(text).filter_map(|at| self.rulings.redaction(at));
        may.any(|redaction| redaction.names(text))
    }

    /// Whether a text gives any part of any of the names.
    pub(super) fn hints(&self, text: &str) -> bool {
        let mut may = self.hinting(text).filter_map(|at| self.rulings.redaction(at));
        may.any(|redaction| redaction.hints(text))
    }

    /// Words without the names and without their parts.
    pub(super) fn told(&self, words: &str) -> Box<str> {
        let mut words = words.to_owned();
        in_order(
            &mut words,
            |words| self.hinting(words),
            |words, at| {
                let Some(redaction) = self.rulings.redaction(at) else { return false };
                let redacted = redaction.redact_parts(words);
                let changed = !redacted.spans.is_empty();
                *words = redacted.text;
                changed
            },
        );
        words.into()
    }
}
