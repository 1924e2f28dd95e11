//! The rulings on one article, and the names that they withhold from it.

use super::Rulings;
use crate::model::Ruling;
use crate::read::{Proposed, Redacted, Redaction, RedactionIndex, in_order};

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

    /// Those whose name a text gives in full, as it stands; sorted.
    pub(super) fn named(&self, text: &str) -> Named<'a> {
        Named { rulings: self.rulings, all: self.naming(text).filter(|at| self.rulings.gives(*at, text)).collect() }
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

/// Whom a text names as it was received: each of them is taken out of it, whatever the others before left of their name.
///
/// Of “Ingrid Marsh and Ivo Marsh” the first would take the surname of both, and “Ivo” would be nobody's.
pub(super) struct Named<'a> {
    rulings: &'a Rulings,
    /// By their place in the ledger; sorted.
    pub(super) all: Vec<usize>,
}

/// Others of a shared word to whom their full names are left; of more than so many it is taken as it comes.
const MOST_BESIDE: usize = 16;

impl Named<'_> {
    /// A text without one of the names; none where it neither gives it now nor did at first.
    pub(super) fn without(&self, at: usize, text: &str) -> Option<Redacted> {
        let redaction = self.rulings.redaction(at)?;
        let is_named = self.all.binary_search(&at).is_ok();
        (is_named || redaction.names(text)).then(|| redaction.redact_beside(text, &self.beside(at, redaction)))
    }

    /// Those of the others that come after it and share a word with it.
    fn beside(&self, at: usize, redaction: &Redaction) -> Vec<&Redaction> {
        let later = &self.all[self.all.partition_point(|other| *other <= at)..];
        let others = later.iter().filter_map(|other| self.rulings.redaction(*other));
        let mut beside: Vec<_> = others.filter(|other| redaction.shares_a_word(other)).take(MOST_BESIDE + 1).collect();
        if beside.len() > MOST_BESIDE {
            beside.clear();
        }
        beside
    }
}
