//! Names of people in the text: a learned tagger over capitalised words, with the lexicon and the article's own habits
//! as evidence.
//!
//! Organisations, places, programmes and newspapers are left out. What a name stands for is the next stage's work.

use super::candidates::{Candidate, Sort};
use super::kinds::is_nickname;
use super::lexicon::Known;
use super::model::{Feature, Weights, feature};
use super::reading::{Reading, Shape, Word};
use super::tagger::{Tag, best};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// How often, and in what company, the article writes a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habit {
    capital: u16,
    lower: u16,
    titled: bool,
    surname: bool,
    speaks: bool,
}

/// Collects the article's habits, by key.
pub fn habits(reading: &Reading<'_>) -> FxHashMap<u64, Habit> {
    let words = &reading.words;
    let mut habits: FxHashMap<u64, Habit> = FxHashMap::default();
    for (i, word) in words.iter().enumerate() {
        match word.shape {
            Shape::Lower => {
                let habit = habits.entry(word.key).or_default();
                habit.lower = habit.lower.saturating_add(1);
                continue;
            }
            Shape::Sign | Shape::Clitic | Shape::Number => continue,
            _ => {}
        }
        let neighbour = |k: Option<&Word>| k.filter(|w| w.sentence == word.sentence).copied();
        let before = i.checked_sub(1).and_then(|k| neighbour(words.get(k)));
        let after = neighbour(words.get(i + 1));
        let habit = habits.entry(word.key).or_default();
        habit.capital = habit.capital.saturating_add(1);
        if let Some(before) = before {
            habit.titled |= before.known.has(Known::HONORIFIC) && before.is_capital();
            habit.surname |=
                before.is_capital() && before.known.has(Known::GIVEN_M.or(Known::GIVEN_F)) && word.tag == Tag::Name;
            habit.speaks |= before.is_report() && word.tag == Tag::Name;
        }
        habit.speaks |= after.is_some_and(|w| w.is_report()) && word.tag == Tag::Name;
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
    let mut features = Vec::with_capacity(64);
    for sentence in &reading.sentences {
        let heading = reading.is_shouting(sentence.start);
        let mut before = OUTSIDE;
        for i in sentence.clone() {
            let label = if may_be_name(&reading.words[i], before) {
                features.clear();
                features_of(reading, sentence.clone(), i, before, heading, &habits, &mut features);
                let mut scores = [0.0; LABELS];
                weights.add(&features, &mut scores);
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
    out
}

/// Names that the tagger passed by and that speak like people do: "Fan Mengguang, deputy director of …, told".
///
/// Ranges of words, sorted; nothing that `names` has already.
pub fn speaking(reading: &Reading<'_>, candidates: &[Candidate]) -> Vec<Range<usize>> {
    let words = &reading.words;
    let mut out = Vec::new();
    for candidate in candidates.iter().filter(|c| c.sort == Sort::Proper && c.reports().is_some()) {
        let end = candidate.head + 1;
        let least = candidate.words.start.max(end.saturating_sub(MOST_WORDS));
        let start = (least..end).rev().take_while(|&k| is_name_word(&words[k])).last().unwrap_or(end);
        let definite = candidate.words.clone().any(|k| words[k].known.has(Known::DETERMINER.or(Known::POSSESSIVE)));
        let mixed = words[start..end].iter().any(|w| matches!(w.shape, Shape::Capital | Shape::Camel));
        if end - start >= 2 && !definite && mixed {
            out.push(start..end);
        }
    }
    out
}

/// Words of a name that only its place in the sentence makes one.
const MOST_WORDS: usize = 3;

/// Whether a word may be part of a person's name for all the lexicon knows.
fn is_name_word(word: &Word) -> bool {
    let other = Known::ORGANISATION
        .or(Known::PROGRAMME)
        .or(Known::PLACE)
        .or(Known::PLACE_PART)
        .or(Known::NATION)
        .or(Known::BODY)
        .or(Known::CROWD)
        .or(Known::ROLE)
        .or(Known::TITLE)
        .or(Known::HONORIFIC)
        .or(Known::DAY)
        .or(Known::MONTH)
        .or(Known::DETERMINER);
    word.is_capital() && !word.quoted && word.tag == Tag::Name && !word.known.has(other)
}

/// Whether a word may belong to a name, `before` being the label of the word before it.
pub fn may_be_name(word: &Word, before: usize) -> bool {
    word.is_capital() || (before != OUTSIDE && word.known.has(Known::PARTICLE) && word.shape == Shape::Lower)
}

/// Gives names the words before them that belong to them but looked like other words: "Will" in "Will Moor".
///
/// A bare surname that the article elsewhere has in full stays as it is.
fn given_names(reading: &Reading<'_>, habits: &FxHashMap<u64, Habit>, names: &mut [Range<usize>]) {
    let words = &reading.words;
    let surnames: FxHashSet<u64> = names.iter().filter(|n| n.len() > 1).map(|n| words[n.end - 1].key).collect();
    let given = Known::GIVEN_M.or(Known::GIVEN_F);
    let other = Known::HONORIFIC.or(Known::TITLE).or(Known::PLACE).or(Known::MONTH);
    let mut end = 0;
    for name in names {
        let bare = name.len() == 1;
        let known = bare && surnames.contains(&words[name.end - 1].key);
        while name.len() < MOST_WORDS {
            let Some(k) = name.start.checked_sub(1).filter(|&k| k >= end) else { break };
            let word = &words[k];
            let is_given = word.known.has(given) && !word.known.has(other) && word.shape == Shape::Capital;
            let is_initial = word.shape == Shape::Initial && !bare;
            let strange = bare && name.len() == 1 && is_name_word(word) && word.shape == Shape::Capital;
            if word.sentence != words[name.start].sentence || !(is_given || is_initial || strange) {
                break;
            }
            // A full name takes one more given name, and a known surname one at all, only from what looks like a name.
            let sure = word.tag == Tag::Name && habits.get(&word.key).is_none_or(|h| h.lower == 0);
            let heading = known && reading.is_shouting(k);
            if (known || !bare && is_given) && (!sure || heading) {
                break;
            }
            name.start = k;
        }
        end = name.end;
    }
}

/// Joins what a nickname parts: Ola “Dusty” Brandt.
fn nicknames(reading: &Reading<'_>, names: &mut Vec<Range<usize>>) {
    for s in (0..reading.segments.len()).filter(|&s| is_nickname(reading, s)) {
        let inside = &reading.segments[s].words;
        let at = names.partition_point(|n| n.end < inside.start);
        let (mut start, mut end) = (inside.start - 1, inside.end + 1);
        let mut last = at;
        while last < names.len() && names[last].start < end + 1 {
            start = start.min(names[last].start);
            end = end.max(names[last].end);
            last += 1;
        }
        names.splice(at..last, std::iter::once(start..end));
    }
}

/// Names before a colon at the head of a paragraph, as transcripts set them: "INGRID MARSH:".
fn transcripts(reading: &Reading<'_>, names: &mut Vec<Range<usize>>) {
    let words = &reading.words;
    let mut found = Vec::new();
    for paragraph in &reading.paragraphs {
        let all = paragraph.words.clone();
        let end = all.clone().take(MOST_WORDS + 1).find(|&k| !words[k].is_capital()).unwrap_or(all.end);
        let shouted = end - all.start >= 2
            && all.start + MOST_WORDS >= end
            && words[all.start..end].iter().all(|w| w.shape == Shape::Upper);
        let body = words[all.start..end]
            .iter()
            .any(|w| w.known.has(Known::ORGANISATION.or(Known::PROGRAMME).or(Known::PLACE)));
        if shouted && !body && end + 1 < all.end && reading.str(end) == ":" && words[end + 1].quoted {
            found.push(all.start..end);
        }
    }
    if !found.is_empty() {
        let mut at = 0;
        names.retain(|n| {
            while at < found.len() && found[at].end <= n.start {
                at += 1;
            }
            found.get(at).is_none_or(|f| n.end <= f.start)
        });
        names.extend(found);
        names.sort_unstable_by_key(|n| n.start);
    }
}

/// Takes honorifics and titles off the head of a name, and signs and lower-case words off its ends.
fn trim(reading: &Reading<'_>, name: &mut Range<usize>) {
    let words = &reading.words;
    let given = Known::GIVEN_M.or(Known::GIVEN_F);
    while name.len() > 1 {
        let first = &words[name.start];
        let second = &words[name.start + 1];
        let title =
            first.known.has(Known::HONORIFIC.or(Known::TITLE)) && (!first.known.has(given) || second.known.has(given));
        if !title && first.is_capital() {
            break;
        }
        name.start += 1;
    }
    while name.end > name.start && !words[name.end - 1].is_capital() {
        name.end -= 1;
    }
}

/// Whether a name is surely no person's: a programme, a place, a day, a body.
fn is_other(reading: &Reading<'_>, name: Range<usize>, habits: &FxHashMap<u64, Habit>) -> bool {
    let words = &reading.words;
    let last = &words[name.end - 1];
    // Tickers and codes: "Brent LCOc1".
    let code = words[name.clone()].iter().any(|w| reading.text[w.span().range()].bytes().any(|b| b.is_ascii_digit()));
    let shouted = words[name.clone()].iter().any(|w| w.shape == Shape::Upper && w.token.end - w.token.start > 1);
    if code || shouted && !reading.is_shouting(name.start) && !has_neighbour_in_capitals(reading, name.clone()) {
        return true;
    }
    if name.len() > 1 {
        return last.known.has(Known::ORGANISATION) && !words[name.start].known.has(Known::GIVEN_M.or(Known::GIVEN_F));
    }
    let before = name.start.checked_sub(1).map(|i| &words[i]).filter(|w| w.sentence == last.sentence);
    let titled = before.is_some_and(|w| w.known.has(Known::HONORIFIC.or(Known::TITLE)) && w.is_capital());
    let habit = habits.get(&last.key).copied().unwrap_or_default();
    let elsewhere =
        Known::PROGRAMME.or(Known::PLACE).or(Known::NATION).or(Known::DAY).or(Known::MONTH).or(Known::HONORIFIC);
    let common = habit.lower > 1 && !habit.titled && !habit.surname;
    !titled && (common || (last.known.has(elsewhere) && !habit.titled && !habit.surname))
}

/// Whether a name in capitals stands among others: "GEOFFREY RENN, the pilot", "KT Marsh" and "JD Renn" are names too.
fn has_neighbour_in_capitals(reading: &Reading<'_>, name: Range<usize>) -> bool {
    let words = &reading.words;
    let upper = |k: usize| words[k].shape == Shape::Upper;
    let all = name.clone().all(upper) && name.len() > 1;
    let initials =
        upper(name.start) && words[name.start].token.end - words[name.start].token.start <= 2 && name.len() > 1;
    all || initials
}

/// The features of word `i`, `before` being the label of the word before it.
pub fn features_of(
    reading: &Reading<'_>,
    sentence: Range<usize>,
    i: usize,
    before: usize,
    heading: bool,
    habits: &FxHashMap<u64, Habit>,
    out: &mut Vec<Feature>,
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
    out.extend([
        feature(100, 0, b),
        feature(101, word.tag as u64, b),
        feature(102, word.shape as u64, h),
        feature(103, word.key, 0),
        feature(104, word.tail3, 0),
        feature(105, word.tail2, b),
        feature(106, word.known.bits(), b),
        feature(107, flags, b),
        feature(108, flags, word.shape as u64 * 2 + h),
        feature(109, u64::from(habit.capital.min(4)), b),
        feature(110, word.known.bits(), flags),
        feature(111, word.key, b),
    ]);
    for (offset, template) in [(-2_isize, 120), (-1, 130), (1, 140), (2, 150)] {
        let Some(k) = i.checked_add_signed(offset).filter(|k| sentence.contains(k)) else {
            out.push(feature(template, b, 0));
            continue;
        };
        let other = &words[k];
        out.push(feature(template + 1, other.tag as u64, b));
        if offset.abs() == 1 {
            let its = habits.get(&other.key).copied().unwrap_or_default();
            let report = u64::from(other.is_report());
            out.extend([
                feature(template + 2, other.key, b),
                feature(template + 3, other.shape as u64, report),
                feature(template + 4, other.known.bits(), word.known.bits()),
                feature(template + 5, u64::from(its.titled) | u64::from(its.surname) << 1, b),
                feature(template + 6, other.known.bits(), b),
            ]);
        } else {
            out.push(feature(template + 2, other.known.bits(), b));
        }
    }
}
