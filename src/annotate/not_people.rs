//! Names that are no person's.

use super::lexicon::Known;
use super::names::Habit;
use super::reading::{Reading, Shape};
use super::tagger::Tag;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Whether a name is surely no person's: a programme, a place, a ship, a day, a body, a code.
pub(super) fn is_other(reading: &Reading<'_>, name: Range<usize>, habits: &FxHashMap<u64, Habit>) -> bool {
    let words = &reading.words;
    let (first, last) = (&words[name.start], &words[name.end - 1]);
    let given = Known::GIVEN_M.or(Known::GIVEN_F);
    if is_code(reading, name.clone()) {
        return true;
    }
    if name.len() > 1 {
        // "Calder Courier", "Port Ansel"
        let place = first.known.has(Known::PLACE_PART) && !first.known.has(given) && first.shape == Shape::Capital;
        return place || last.known.has(Known::ORGANISATION) && !first.known.has(given);
    }
    let before = name.start.checked_sub(1).map(|i| &words[i]).filter(|w| w.sentence == last.sentence);
    let habit = habits.get(&last.key).copied().unwrap_or_default();
    // "Lady Justice": an office, however addressed.
    if last.known.has(Known::TITLE) && !last.known.has(given) && !habit.surname {
        return true;
    }
    let titled = before.is_some_and(|w| w.known.has(Known::HONORIFIC.or(Known::TITLE)) && w.is_capital());
    if titled || habit.titled || habit.surname {
        return false;
    }
    let elsewhere =
        Known::PROGRAMME.or(Known::PLACE).or(Known::NATION).or(Known::DAY).or(Known::MONTH).or(Known::HONORIFIC);
    // "the Kittiwake" is a ship, a word in small letters elsewhere is a word.
    habit.lower > 1 || u32::from(habit.definite) * 2 > u32::from(habit.capital) || last.known.has(elsewhere)
}

/// Tickers and codes, "Brent LCOc1", and words in capitals that no name in capitals explains.
fn is_code(reading: &Reading<'_>, name: Range<usize>) -> bool {
    let words = &reading.words;
    let printed = |k: usize| reading.str(k);
    let upper = |k: usize| words[k].shape == Shape::Upper && printed(k).len() > 1;
    if name.clone().any(|k| printed(k).bytes().any(|b| b.is_ascii_digit())) {
        return true;
    }
    // "INGRID MARSH" and "JD Renn" are names too.
    let explained = name.len() > 1 && (name.clone().all(upper) || upper(name.start) && printed(name.start).len() <= 2);
    name.clone().any(upper) && !reading.is_shouting(name.start) && !explained
}

/// Takes out the names that the article itself calls a body: "the contractor, Calder Deep", "Calder Deep, a company".
pub(super) fn without_bodies(reading: &Reading<'_>, names: &mut Vec<Range<usize>>) {
    let words = &reading.words;
    let key = |n: &Range<usize>| (words[n.start].key, words[n.end - 1].key);
    let bodies: FxHashSet<(u64, u64)> = names.iter().filter(|n| is_called_body(reading, n)).map(key).collect();
    if !bodies.is_empty() {
        names.retain(|n| !bodies.contains(&key(n)));
    }
}

/// Words between a name and the noun that says what it is.
const LONGEST_CALL: usize = 8;

fn is_called_body(reading: &Reading<'_>, name: &Range<usize>) -> bool {
    let words = &reading.words;
    if words[name.start].known.has(Known::GIVEN_M.or(Known::GIVEN_F)) {
        return false;
    }
    let sentence = reading.sentence_of(name.start);
    let is_body = |k: usize| words[k].known.has(Known::COMPANY) && words[k].tag == Tag::Noun;
    let is_sign = |k: usize, sign: &str| sentence.contains(&k) && reading.str(k) == sign;
    let set_off = is_sign(name.end, ",") || is_sign(name.end, ".") || name.end == sentence.end;
    // "the contractor, Calder Deep,"
    let before =
        name.start.checked_sub(2).filter(|&k| set_off && is_sign(k + 1, ",") && k >= sentence.start && is_body(k));
    if let Some(noun) = before {
        let from = sentence.start.max(noun.saturating_sub(LONGEST_CALL));
        let phrase = (from..noun).rev().take_while(|&k| words[k].shape != Shape::Sign);
        if phrase.into_iter().any(|k| words[k].known.has(Known::DETERMINER)) {
            return true;
        }
    }
    // "Calder Deep, a company that digs"
    if !is_sign(name.end, ",") || !words.get(name.end + 1).is_some_and(|w| w.known.has(Known::DETERMINER)) {
        return false;
    }
    let phrase = (name.end + 2..sentence.end.min(name.end + 2 + LONGEST_CALL))
        .take_while(|&k| words[k].tag.is_noun() || words[k].tag == Tag::Adjective);
    phrase.last().is_some_and(is_body)
}
