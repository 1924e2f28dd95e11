//! Names of people in the text: a learned tagger over capitalised words, with the lexicon and the article's own habits
//! as evidence.
//!
//! Organisations, places, programmes and newspapers are left out. What a name stands for is the next stage's work.

use super::lexicon::{Known, key};
use super::model::{Features, Sum, Weights, feature};
use super::name_shapes::{given_names, nicknames, transcripts, trim};
use super::not_people::{is_other, without_bodies};
use super::reading::{Reading, Shape, Word};
use super::tagger::{Tag, best};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How often, and in what company, the article writes a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habit {
    pub(super) capital: u16,
    pub(super) lower: u16,
    pub(super) titled: bool,
    pub(super) surname: bool,
    pub(super) speaks: bool,
    pub(super) definite: u16,
}

/// Collects the article's habits, by key: those of words that may belong to a name, other words have none to tell.
pub fn habits(reading: &Reading<'_>) -> FxHashMap<u64, Habit> {
    let words = &reading.words;
    let mut habits: FxHashMap<u64, Habit> = FxHashMap::default();
    habits.reserve(words.len() / 8);
    for (i, word) in words.iter().enumerate() {
        match word.shape {
            Shape::Lower if word.known.has(Known::PARTICLE) => {
                habits.entry(word.key).or_default();
                continue;
            }
            Shape::Lower | Shape::Sign | Shape::Clitic | Shape::Number => continue,
            _ => {}
        }
        let neighbour = |k: Option<usize>| k.and_then(|k| words.get(k)).filter(|w| w.sentence == word.sentence);
        let before = neighbour(i.checked_sub(1));
        let after = neighbour(Some(i + 1));
        let habit = habits.entry(word.key).or_default();
        habit.capital = habit.capital.saturating_add(1);
        if let Some(before) = before {
            // "the Kittiwake", not "the Marsh plan".
            let alone = after.is_none_or(|w| !w.tag.is_noun() && !w.is_capital() && w.tag != Tag::Adjective);
            habit.definite += u16::from(alone && before.key == key("the") && habit.definite < u16::MAX);
            habit.titled |= before.known.has(Known::HONORIFIC) && before.is_capital();
            habit.surname |=
                before.is_capital() && before.known.has(Known::GIVEN_M.or(Known::GIVEN_F)) && word.tag == Tag::Name;
            habit.speaks |= before.is_report() && word.tag == Tag::Name;
        }
        habit.speaks |= after.is_some_and(|w| w.is_report()) && word.tag == Tag::Name;
    }
    for word in words.iter().filter(|w| w.shape == Shape::Lower) {
        if let Some(habit) = habits.get_mut(&word.key) {
            habit.lower = habit.lower.saturating_add(1);
        }
    }
    habits
}

/// The labels of the model.
const OUTSIDE: usize = 0;
const BEGIN: usize = 1;
const INSIDE: usize = 2;
/// How many there are.
pub const LABELS: usize = 3;

/// Finds the names of people: ranges of words, sorted, disjoint, each in one sentence.
pub fn names(reading: &Reading<'_>, weights: &impl Weights) -> Vec<Range<usize>> {
    let habits = habits(reading);
    let mut out: Vec<Range<usize>> = Vec::new();
    for sentence in &reading.sentences {
        let heading = reading.is_shouting(sentence.start);
        let mut before = OUTSIDE;
        for i in sentence.clone() {
            let label = if may_be_name(&reading.words[i], before) {
                let mut sum = weights.sum::<LABELS>();
                features_of(reading, sentence.clone(), i, before, heading, &habits, &mut sum);
                let mut scores = sum.scores();
                if before == OUTSIDE {
                    scores[INSIDE] = f32::MIN;
                }
                best(&scores)
            } else {
                OUTSIDE
            };
            match label {
                BEGIN => out.push(i..i + 1),
                INSIDE => {
                    if let Some(name) = out.last_mut() {
                        name.end = i + 1;
                    }
                }
                _ => {}
            }
            before = label;
        }
    }
    for name in &mut out {
        trim(reading, name);
    }
    nicknames(reading, &mut out);
    transcripts(reading, &mut out);
    given_names(reading, &habits, &mut out);
    out.retain(|n| n.start < n.end && !is_other(reading, n.clone(), &habits));
    without_bodies(reading, &mut out);
    out
}

/// Whether a word may belong to a name, `before` being the label of the word before it.
pub fn may_be_name(word: &Word, before: usize) -> bool {
    word.is_capital() || (before != OUTSIDE && word.known.has(Known::PARTICLE) && word.shape == Shape::Lower)
}

/// The features of word `i`, `before` being the label of the word before it.
pub fn features_of(
    reading: &Reading<'_>,
    sentence: Range<usize>,
    i: usize,
    before: usize,
    heading: bool,
    habits: &FxHashMap<u64, Habit>,
    out: &mut impl Features,
) {
    let words = &reading.words;
    let word = &words[i];
    let habit = habits.get(&word.key).copied().unwrap_or_default();
    let flags = u64::from(habit.titled)
        | u64::from(habit.surname) << 1
        | u64::from(habit.speaks) << 2
        | u64::from(habit.lower > 0) << 3;
    let b = before as u64;
    let h = u64::from(heading);
    let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
    add(100, 0, b);
    add(101, word.tag as u64, b);
    add(102, word.shape as u64, h);
    add(103, word.key, 0);
    add(104, word.tail3, 0);
    add(105, word.tail2, b);
    add(106, word.known.bits(), b);
    add(107, flags, b);
    add(108, flags, word.shape as u64 * 2 + h);
    add(109, u64::from(habit.capital.min(4)), b);
    add(110, word.known.bits(), flags);
    add(111, word.key, b);
    for (offset, template) in [(-2_isize, 120), (-1, 130), (1, 140), (2, 150)] {
        let Some(k) = i.checked_add_signed(offset).filter(|k| sentence.contains(k)) else {
            add(template, b, 0);
            continue;
        };
        let other = &words[k];
        add(template + 1, other.tag as u64, b);
        if offset.abs() == 1 {
            let its = habits.get(&other.key).copied().unwrap_or_default();
            let report = u64::from(other.is_report());
            add(template + 2, other.key, b);
            add(template + 3, other.shape as u64, report);
            add(template + 4, other.known.bits(), word.known.bits());
            add(template + 5, u64::from(its.titled) | u64::from(its.surname) << 1, b);
            add(template + 6, other.known.bits(), b);
        } else {
            add(template + 2, other.known.bits(), b);
        }
    }
}
