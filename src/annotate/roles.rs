//! Offices and descriptions that the article ties to a name.

use super::lexicon::{Known, key};
use super::people::{Named, People};
use super::reading::{Reading, Shape, Word};
use super::tagger::Tag;
use crate::model::Form;
use std::ops::Range;

/// Capitalised words that begin a sentence, not a role.
const NOT_IN_A_ROLE: Known = Known::DETERMINER
    .or(Known::PREPOSITION)
    .or(Known::CONJUNCTION)
    .or(Known::PRONOUN)
    .or(Known::ADVERB)
    .or(Known::SPEECH);

/// Words a role before or behind a name may run over.
const LONGEST_ROLE: usize = 14;

/// Ties roles to all namings: "Harbour Minister Ingrid Marsh", "Ingrid Marsh, secretary of the union,".
pub(super) fn roles(reading: &Reading<'_>, people: &mut People) {
    for named in 0..people.named.len() {
        of_naming(reading, named, people);
    }
}

fn of_naming(reading: &Reading<'_>, named: usize, people: &mut People) {
    let Named { words: name, person, form } = people.named[named].clone();
    let words = &reading.words;
    let sentence = reading.sentence_of(name.start);
    let mut found: Vec<Range<usize>> = Vec::new();
    // Before the name.
    let mut start = name.start;
    while start > sentence.start && name.start - start < 7 {
        let before = &words[start - 1];
        let of_role = matches!(before.tag, Tag::Noun | Tag::Name | Tag::Adjective)
            || matches!(before.shape, Shape::Clitic | Shape::Capital | Shape::Upper)
                && !before.known.has(NOT_IN_A_ROLE);
        if !of_role
            || people.at(start - 1).is_some()
            || before.known.has(Known::HONORIFIC) && before.is_capital() && !before.known.has(Known::TITLE)
        {
            break;
        }
        start -= 1;
    }
    while start < name.start && (words[start].shape == Shape::Clitic || words[start].shape == Shape::Sign) {
        start += 1;
    }
    if let Some(office) = office_of(reading, name.start, start, sentence.start, people) {
        found.push(office..name.start);
    } else if start < name.start && is_role_word(&words[name.start - 1]) {
        found.push(start..name.start);
    }
    // Behind the name: ", secretary of the union," or "(R-Ind.)".
    if form != Form::GivenName
        && let Some(role) = apposition(reading, name.end, sentence.end, people)
    {
        found.push(role);
    }
    // "Winifred Hale, 81," is the 81-year-old.
    if let Some(age) = age_behind(reading, name.end, sentence.end) {
        people.bear(age, person);
    }
    // Before it, set off by a comma: "the Harbour Minister, Ingrid Marsh,".
    if let Some(role) = description_before(reading, name.start, sentence.start, people) {
        found.push(role);
    }
    // "Marsh is the minister"
    // "Marsh’s" may as well be a possessive.
    if name.end + 1 < sentence.end && words[name.end].known.has(Known::BE) && words[name.end].shape != Shape::Clitic {
        let end = sentence.end.min(name.end + 8);
        bear(reading, name.end + 1..end, person, people);
    }
    for role in found {
        bear(reading, role.clone(), person, people);
        // A wife's or a son's words are told from others by it; nobody is shown by it.
        let head = role.clone().take_while(|&k| !reading.words[k].known.has(Known::PREPOSITION)).last();
        if head.is_some_and(|k| reading.words[k].known.has(Known::RELATION)) {
            continue;
        }
        let owner = &mut people.persons[person as usize];
        let text = reading.span(role.clone()).of(reading.text);
        if owner.roles.len() < 8 && !owner.roles.iter().any(|r| reading.span(r.clone()).of(reading.text) == text) {
            owner.roles.push(role);
        }
    }
}

/// Where an office with what it is of begins, right before a name: "Mayor of Port Ansel Tobias Renn", "Leader of the
/// Opposition Oona Hart". `of` is where the words right before the name begin.
///
/// The office is in capitals; without, it is more often somebody else’s: "a friend of Governor Lucia Ferrant".
fn office_of(reading: &Reading<'_>, name: usize, of: usize, from: usize, people: &People) -> Option<usize> {
    let words = &reading.words;
    let mut at = of.checked_sub(1).filter(|_| of < name)?;
    if words[at].known.has(Known::DETERMINER) {
        at = at.checked_sub(1)?;
    }
    let head = at.checked_sub(1).filter(|head| *head >= from && reading.str(at) == "of")?;
    let office = &words[head];
    // "Friends of Governor Lucia Ferrant": what follows is an office of its own.
    let own = words[of..name].iter().any(|w| is_role_word(w) && w.shape != Shape::Lower) && reading.str(of) != "State";
    if own || !office.is_capital() || !office.known.has(Known::TITLE) || office.known.has(Known::RELATION) {
        return None;
    }
    let part = |k: &usize| words[*k].is_capital() && people.at(*k).is_none() && !words[*k].known.has(NOT_IN_A_ROLE);
    Some((from..head).rev().take(3).take_while(part).last().unwrap_or(head))
}

/// The key of "81-year-old" where ", 81," stands at `at`.
fn age_behind(reading: &Reading<'_>, at: usize, end: usize) -> Option<u64> {
    if at + 1 >= end || reading.str(at) != "," {
        return None;
    }
    let age = reading.str(at + 1);
    let is_age = age.len() <= 3 && age.bytes().all(|b| b.is_ascii_digit());
    let closes = at + 2 >= end || matches!(reading.str(at + 2), "," | "." | ";" | "—" | "–");
    (is_age && closes).then(|| key(&format!("{age}-year-old")))
}

fn is_role_word(word: &Word) -> bool {
    word.known.has(Known::TITLE.or(Known::ROLE))
}

fn apposition(reading: &Reading<'_>, at: usize, end: usize, people: &People) -> Option<Range<usize>> {
    let words = &reading.words;
    if at + 1 >= end {
        return None;
    }
    let close = match reading.str(at) {
        "," => ",",
        "(" => ")",
        _ => return None,
    };
    let mut start = at + 1;
    if close == "," && words[start].known.has(Known::DETERMINER) {
        start += 1;
    }
    let limit = end.min(start + LONGEST_ROLE);
    let stop = (start..limit).find(|&k| {
        let sign = reading.str(k);
        sign == close || (sign == "." && k + 1 == end) || matches!(sign, "—" | "–" | ";")
    })?;
    let role = start..stop;
    if close == ")" {
        return (role.len() <= 6 && !role.is_empty()).then_some(role);
    }
    // A verb at its head, or a person's name, makes it a clause or a list.
    let head = role.clone().take_while(|&k| !words[k].known.has(Known::PREPOSITION)).last()?;
    let clause = role
        .clone()
        .take(4)
        .any(|k| words[k].tag.is_finite() || words[k].tag == Tag::Modal || words[k].tag == Tag::Pronoun);
    (!clause
        && people.at(start).is_none()
        && role.clone().any(|k| is_role_word(&words[k]))
        && words[head].tag.is_noun())
    .then_some(role)
}

fn description_before(reading: &Reading<'_>, at: usize, start: usize, people: &People) -> Option<Range<usize>> {
    let words = &reading.words;
    let comma = at.checked_sub(1).filter(|&c| c > start && reading.str(c) == ",")?;
    let mut k = comma;
    while k > start && comma - k < LONGEST_ROLE {
        let word = &words[k - 1];
        if word.known.has(Known::DETERMINER.or(Known::POSSESSIVE)) {
            let role = k..comma;
            // Its head stands before "of": "the governor of Merrow".
            let head = role.clone().take_while(|&r| !words[r].known.has(Known::PREPOSITION)).last();
            let fits = head.is_some_and(|h| is_role_word(&words[h])) && people.at(k).is_none();
            return fits.then_some(role);
        }
        if !(word.tag.is_noun()
            || word.tag == Tag::Adjective
            || word.known.has(Known::PREPOSITION)
            || word.shape == Shape::Clitic)
        {
            return None;
        }
        k -= 1;
    }
    None
}

fn bear(reading: &Reading<'_>, role: Range<usize>, person: u32, people: &mut People) {
    for word in &reading.words[role] {
        if word.tag.is_noun() || word.tag == Tag::Adjective || word.is_capital() && !word.known.has(NOT_IN_A_ROLE) {
            people.bear(word.base, person);
        }
    }
}
