//! Parts of speech, by a learned tagger that reads from left to right.

use super::lexicon::{Known, key};
use super::model::{Features, Sum, Weights, feature};
use super::reading::{Reading, Shape, Word};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::ops::Range;

/// Parts of speech, coarse: what the later stages ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tag {
    /// "ferry"
    Noun,
    /// "ferries"
    Nouns,
    /// "Calder"
    Name,
    /// "steep"
    Adjective,
    /// "seven"
    Number,
    /// "said": past tense
    Past,
    /// "said": participle
    Participle,
    /// "saying"
    Ing,
    /// "says", "say"
    Present,
    /// "(to) say"
    Base,
    /// "would"
    Modal,
    /// "quickly"
    Adverb,
    /// "of", "to", "that"
    Preposition,
    /// "the", "her"
    Determiner,
    /// "she"
    Pronoun,
    /// Signs, conjunctions, the rest.
    Other,
}

impl Tag {
    /// All tags, in the order of the model's labels.
    pub const ALL: [Tag; 16] = [
        Tag::Noun,
        Tag::Nouns,
        Tag::Name,
        Tag::Adjective,
        Tag::Number,
        Tag::Past,
        Tag::Participle,
        Tag::Ing,
        Tag::Present,
        Tag::Base,
        Tag::Modal,
        Tag::Adverb,
        Tag::Preposition,
        Tag::Determiner,
        Tag::Pronoun,
        Tag::Other,
    ];

    /// The tag of a Penn Treebank tag, as the training layers give it.
    pub fn of_penn(penn: &str) -> Tag {
        match penn {
            "NN" => Tag::Noun,
            "NNS" => Tag::Nouns,
            "NNP" | "NNPS" => Tag::Name,
            "JJ" | "JJR" | "JJS" => Tag::Adjective,
            "CD" => Tag::Number,
            "VBD" => Tag::Past,
            "VBN" => Tag::Participle,
            "VBG" => Tag::Ing,
            "VBZ" | "VBP" => Tag::Present,
            "VB" => Tag::Base,
            "MD" => Tag::Modal,
            "RB" | "RBR" | "RBS" | "RP" => Tag::Adverb,
            "IN" | "TO" => Tag::Preposition,
            "DT" | "PDT" | "WDT" | "PRP$" | "WP$" => Tag::Determiner,
            "PRP" | "WP" | "EX" => Tag::Pronoun,
            _ => Tag::Other,
        }
    }

    /// Whether it is a common noun or a name.
    pub fn is_noun(self) -> bool {
        matches!(self, Tag::Noun | Tag::Nouns | Tag::Name)
    }

    /// Whether it is any form of a verb.
    pub fn is_verb(self) -> bool {
        matches!(self, Tag::Past | Tag::Participle | Tag::Ing | Tag::Present | Tag::Base)
    }

    /// Whether it is a verb that stands with a subject.
    pub fn is_finite(self) -> bool {
        matches!(self, Tag::Past | Tag::Present)
    }
}

/// Words in small letters that have nearly always one tag, by key.
#[derive(Debug, Default)]
pub struct Usual(FxHashMap<u64, Tag>);

impl Usual {
    /// Length of an entry in a file: a little-endian key and the tag's number.
    const ENTRY: usize = 9;

    /// Reads a file that [`Usual::bytes`] wrote; an entry that makes no sense is left out.
    pub fn new(file: &[u8]) -> Self {
        let entry = |e: &[u8]| {
            let (key, tag) = e.split_first_chunk::<8>()?;
            Some((u64::from_le_bytes(*key), *Tag::ALL.get(usize::from(*tag.first()?))?))
        };
        Self(file.chunks_exact(Self::ENTRY).filter_map(entry).collect())
    }

    /// The file of sorted entries.
    pub fn bytes(entries: &BTreeMap<u64, Tag>) -> Vec<u8> {
        entries.iter().flat_map(|(key, tag)| key.to_le_bytes().into_iter().chain([*tag as u8])).collect()
    }
}

/// Tags every word.
pub fn tag(reading: &mut Reading<'_>, usual: &Usual, weights: &impl Weights) {
    for s in 0..reading.sentences.len() {
        let sentence = reading.sentences[s].clone();
        let mut before = [16_u8; 2];
        for i in sentence.clone() {
            let tag = match fixed(&reading.words[i], usual) {
                Some(tag) => tag,
                None => {
                    let mut sum = weights.sum::<16>();
                    features_of(&reading.words[sentence.clone()], i - sentence.start, before, &mut sum);
                    Tag::ALL[best(&sum.scores())]
                }
            };
            let tag = if tag == Tag::Nouns && reports(reading, sentence.clone(), i) { Tag::Present } else { tag };
            reading.words[i].tag = tag;
            before = [tag as u8, before[0]];
        }
    }
}

/// Whether what looks like a plural behind a name is its verb: "Marsh notes that …".
fn reports(reading: &Reading<'_>, sentence: Range<usize>, i: usize) -> bool {
    let words = &reading.words;
    let Some(before) = i.checked_sub(1).filter(|k| sentence.contains(k)).map(|k| &words[k]) else { return false };
    let opens = match words.get(i + 1).filter(|_| sentence.contains(&(i + 1))) {
        None => true,
        Some(next) => {
            next.shape == Shape::Sign
                || next.known.has(Known::DETERMINER.or(Known::POSSESSIVE).or(Known::PRONOUN))
                || next.key == key("that")
        }
    };
    words[i].shape == Shape::Lower
        && words[i].known.has(Known::SPEECH)
        && (before.tag == Tag::Name && before.is_capital()
            || before.tag.is_noun() && before.known.has(Known::ROLE.or(Known::CROWD).or(Known::TITLE)))
        && opens
}

/// The place of the highest score; the first of equals.
pub fn best(scores: &[f32]) -> usize {
    let (mut best, mut top) = (0, scores.first().copied().unwrap_or_default());
    for (i, &score) in scores.iter().enumerate() {
        if score > top {
            (best, top) = (i, score);
        }
    }
    best
}

/// The tag of words that need no guess.
pub fn fixed(word: &Word, usual: &Usual) -> Option<Tag> {
    match word.shape {
        Shape::Lower => usual.0.get(&word.key).copied(),
        Shape::Sign => Some(Tag::Other),
        Shape::Number => Some(if word.tail3 == key("old") { Tag::Adjective } else { Tag::Number }),
        Shape::Handle => Some(Tag::Name),
        _ => None,
    }
}

/// The features of word `i` of a sentence, `before` being the tags of the two words before it (16: none).
pub fn features_of(words: &[Word], i: usize, before: [u8; 2], out: &mut impl Features) {
    let edge = 0;
    let at = |k: Option<usize>| k.and_then(|k| words.get(k));
    let word = &words[i];
    let last = at(i.checked_sub(1));
    let next = at(Some(i + 1));
    let after = at(Some(i + 2));
    let key = |w: Option<&Word>| w.map_or(edge, |w| w.key);
    let shape = word.shape as u64 * 2 + u64::from(i == 0);
    let (t1, t2) = (u64::from(before[0]), u64::from(before[1]));
    let lexical = lexical(word);
    let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
    add(1, word.key, 0);
    add(2, word.tail3, 0);
    add(3, word.tail2, shape);
    add(4, shape, t1);
    add(5, t1, 0);
    add(6, t1, t2);
    add(7, t1, word.key);
    add(8, key(last), 0);
    add(9, key(next), 0);
    add(10, next.map_or(edge, |w| w.tail3), 0);
    add(11, key(after), 0);
    add(12, last.map_or(edge, |w| w.tail3), 0);
    add(13, lexical, shape);
    add(14, next.map_or(edge, lexical_of_next), word.tail2);
    add(15, key(last), word.tail3);
    add(16, next.map_or(99, |w| w.shape as u64), shape);
    add(17, word.key, key(next));
    add(18, 0, 0);
}

/// What the lexicon says of a word, without the lists that only fit names.
fn lexical(word: &Word) -> u64 {
    word.known.bits()
}

fn lexical_of_next(word: &Word) -> u64 {
    let small =
        Known::DETERMINER.or(Known::PREPOSITION).or(Known::PRONOUN).or(Known::BE).or(Known::MODAL).or(Known::HAVE);
    (word.known.bits() & small.bits()) << 4 | word.shape as u64
}
