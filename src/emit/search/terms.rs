//! The words of one article, and where they stand.

use super::varint;
use crate::model::{Annotations, Article, BlockKind, Facts};
use crate::text::folded;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Places of the headline: its words stand at 0 to 63, all others behind, so that a place tells which it is.
const HEADLINE: u32 = 64;

/// One word at one place of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// Counted in words; below 64 in the headline. Blocks are two apart, so that no phrase runs over an end.
    pub at: u32,
    /// The quotation or caption around it: three times its number in `Facts::quotes` or `Facts::photos`, plus what it is.
    pub item: Option<u32>,
}

/// What an [`Occurrence::item`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Direct,
    Reported,
    Caption,
}

impl Item {
    /// Whether a quotation stands in quotation marks.
    pub(super) fn of(marked: bool) -> Self {
        if marked { Self::Direct } else { Self::Reported }
    }

    /// The number of an occurrence's item.
    pub(super) fn number(self, index: usize) -> u32 {
        u32::try_from(index).unwrap_or(u32::MAX / 4).saturating_mul(3).saturating_add(self as u32)
    }
}

/// Takes down every word of an article, as bytes that lie in the cache until the year is made.
///
/// All words of the reading text, furniture and captions included, then those of corrections: what was received and
/// what was corrected are both found. Sorted by word, then by place. Made of the article alone.
pub fn terms(article: &Article, annotations: &Annotations, facts: &Facts) -> Vec<u8> {
    let mut taker = Taker { items: items(annotations, facts), next: HEADLINE, ..Taker::default() };
    let mut described = FxHashSet::default();
    // Markup is looked for by nobody.
    for block in article.blocks.iter().filter(|block| block.kind != BlockKind::Html) {
        let caption = match block.kind {
            BlockKind::Alt(photo) | BlockKind::Caption(photo) => Some(photo),
            _ => None,
        };
        if let BlockKind::Alt(photo) = block.kind {
            described.insert(photo);
        }
        let start = Some(block.span.start as usize);
        taker.take(article.words_of(block), start, caption, block.kind == BlockKind::Headline);
    }
    for (i, photo) in (0..).zip(&article.photos) {
        if let Some(alt) = photo.alt.as_deref().filter(|_| !described.contains(&i)) {
            taker.take(alt, None, Some(i), false);
        }
    }
    for correction in &article.furniture.corrections {
        // What stands in the text by now is there already; what stood before is looked for as well.
        for words in [Some(&correction.text), correction.was.as_ref()].into_iter().flatten() {
            taker.take(words, None, None, false);
        }
    }
    taker.finish()
}

/// First and one past last byte of every piece of every quotation, with its item; sorted.
fn items(annotations: &Annotations, facts: &Facts) -> Vec<(usize, usize, u32)> {
    let mut items = Vec::new();
    for (i, fact) in facts.quotes.iter().enumerate() {
        let number = Item::of(fact.kind.is_marked_speech()).number(i);
        let parts = annotations.quotes.get(fact.quote as usize).map_or(&[][..], |quote| &quote.parts);
        items.extend(parts.iter().map(|part| (part.marked.start as usize, part.marked.end as usize, number)));
    }
    items.sort_unstable();
    items
}

/// A word where it stands.
#[derive(Clone, Copy)]
struct Found {
    /// First and one past last byte in [`Taker::words`].
    from: u32,
    to: u32,
    /// See [`Occurrence::item`].
    item: Option<u32>,
}

impl Found {
    fn range(&self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

/// What words are sorted by, and what is told of each in one number: the first eight bytes of the word, zeros behind a
/// shorter one, by which most words are told apart; then the place; then which of [`Taker::found`] it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u128);

impl Key {
    fn new(word: &str, at: u32, n: usize) -> Self {
        let mut head = [0; 8];
        let len = word.len().min(8);
        head[..len].copy_from_slice(&word.as_bytes()[..len]);
        Self(u128::from(u64::from_be_bytes(head)) << 64 | u128::from(at) << 32 | n as u128 & 0xffff_ffff)
    }

    fn head(self) -> u64 {
        (self.0 >> 64) as u64
    }

    /// Whether a word of that head may go on behind it. Words hold letters and digits, never a zero.
    fn goes_on(self) -> bool {
        self.head() & 0xff != 0
    }

    fn at(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn number(self) -> usize {
        (self.0 & 0xffff_ffff) as usize
    }
}

/// Goes through an article once.
#[derive(Default)]
struct Taker {
    /// Pieces of quotations that are not yet reached; see [`items`].
    items: Vec<(usize, usize, u32)>,
    /// How many of these are behind or open.
    reached: usize,
    /// Those we are in: one past the last byte, and the item.
    open: Vec<(usize, u32)>,
    /// All words, one behind the other.
    words: String,
    found: Vec<Found>,
    /// One for each of `found`.
    keys: Vec<Key>,
    /// The place behind the last word that is not in the headline.
    next: u32,
    /// The same in the headline.
    next_of_headline: u32,
}

impl Taker {
    /// Takes a block that begins at `start` of the reading text, where it is of it.
    fn take(&mut self, text: &str, start: Option<usize>, caption: Option<u32>, is_headline: bool) {
        let caption = caption.map(|photo| Item::Caption.number(photo as usize));
        folded(text, |at, word| {
            let place = if is_headline && self.next_of_headline < HEADLINE {
                &mut self.next_of_headline
            } else {
                &mut self.next
            };
            let at_word = *place;
            *place += 1;
            if let Some(start) = start {
                self.reach(start + at.start);
            }
            let from = self.words.len() as u32;
            self.words.push_str(word);
            let to = self.words.len() as u32;
            let quoted = self.open.iter().filter(|_| start.is_some()).map(|(_, item)| Some(*item));
            let plain = (caption.is_some() || self.open.is_empty() || start.is_none()).then_some(caption);
            for item in plain.into_iter().chain(quoted) {
                self.keys.push(Key::new(word, at_word, self.found.len()));
                self.found.push(Found { from, to, item });
            }
        });
        self.next += 1;
        self.next_of_headline += 1;
    }

    /// Opens and closes quotations up to a byte of the reading text.
    fn reach(&mut self, at: usize) {
        self.open.retain(|(end, _)| *end > at);
        while let Some((_, end, item)) = self.items.get(self.reached).filter(|(start, ..)| *start <= at) {
            if *end > at {
                self.open.push((*end, *item));
            }
            self.reached += 1;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        let (words, found) = (&*self.words, &self.found);
        let word = |key: &Key| found.get(key.number()).map_or("", |found| &words[found.range()]);
        self.keys.sort_unstable();
        for same in self.keys.chunk_by_mut(|a, b| a.head() == b.head()) {
            if same.len() > 1 && same[0].goes_on() {
                // Stable: the places stay in their order.
                same.sort_by(|a, b| word(a).cmp(word(b)));
            }
        }
        let mut out = Vec::with_capacity(words.len() + 3 * found.len());
        let mut places = Vec::new();
        let is_same = |a: &Key, b: &Key| a.head() == b.head() && (!a.goes_on() || word(a) == word(b));
        for same in self.keys.chunk_by(is_same) {
            let Some(first) = same.first() else { continue };
            places.clear();
            let item = |key: &Key| found.get(key.number()).and_then(|found| found.item);
            encode(same.iter().map(|key| Occurrence { at: key.at(), item: item(key) }), &mut places);
            put(word(first), same.len(), &places, &mut out);
        }
        out
    }
}

/// Appends a word with its `n` occurrences.
pub(super) fn put(word: &str, n: usize, places: &[u8], out: &mut Vec<u8>) {
    varint::put(word.len() as u32, out);
    out.extend_from_slice(word.as_bytes());
    varint::put(n as u32, out);
    varint::put(places.len() as u32, out);
    out.extend_from_slice(places);
}

/// A word of an article as [`terms`] wrote it: the word, how often it stands there, and where.
pub(super) type Term<'a> = (&'a [u8], u32, &'a [u8]);

/// Goes through what [`terms`] wrote; ends where it is damaged.
pub(super) fn each(mut bytes: &[u8]) -> impl Iterator<Item = Term<'_>> {
    std::iter::from_fn(move || {
        let len = varint::take(&mut bytes)?;
        let word = varint::slice(&mut bytes, len)?;
        let n = varint::take(&mut bytes)?;
        let len = varint::take(&mut bytes)?;
        Some((word, n, varint::slice(&mut bytes, len)?))
    })
}

/// Appends occurrences, which are sorted.
///
/// Each is three times the way from the last place, plus 0 outside of quotations and captions, 1 in the last one that
/// was named, 2 in another, whose number follows.
pub(super) fn encode(occurrences: impl IntoIterator<Item = Occurrence>, out: &mut Vec<u8>) {
    let mut last = (0, None);
    for Occurrence { at, item } in occurrences {
        let way = (at - last.0).saturating_mul(3);
        match item {
            None => varint::put(way, out),
            Some(_) if item == last.1 => varint::put(way.saturating_add(1), out),
            Some(number) => {
                varint::put(way.saturating_add(2), out);
                varint::put(number, out);
                last.1 = item;
            }
        }
        last.0 = at;
    }
}

/// Reads `n` occurrences back from the head of some bytes; fewer where they are cut short.
pub fn decoded(bytes: &mut &[u8], n: u32) -> Vec<Occurrence> {
    let mut last = Occurrence { at: 0, item: None };
    let mut out = Vec::new();
    for _ in 0..n {
        let Some(step) = varint::take(bytes) else { break };
        if step % 3 == 2 {
            let Some(number) = varint::take(bytes) else { break };
            last.item = Some(number);
        }
        last.at = last.at.saturating_add(step / 3);
        out.push(Occurrence { item: last.item.filter(|_| step % 3 > 0), ..last });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(mut all in prop::collection::vec((0u32..9000, prop::option::of(0u32..400)), 0..40)) {
            all.sort_unstable();
            let all: Vec<_> = all.into_iter().map(|(at, item)| Occurrence { at, item }).collect();
            let mut bytes = Vec::new();
            encode(all.iter().copied(), &mut bytes);
            let mut rest = &bytes[..];
            prop_assert_eq!(decoded(&mut rest, all.len() as u32), all);
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn damaged_terms_end_early(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            for (_, n, mut places) in each(&bytes) {
                prop_assert!(decoded(&mut places, n.min(100)).len() <= 100);
            }
        }
    }
}
