//! Whom a chosen phrase stands for: a name, a pronoun's person, the bearer of an office or description.

use super::candidates::{Candidate, Sort};
use super::lexicon::Known;
use super::people::People;
use super::pronouns::Resolved;
use super::reading::{Reading, Shape, Word};
use super::tagger::Tag;

/// The persons that candidates stand for before any quotation is looked at, in the order of `candidates`.
pub fn persons(
    reading: &Reading<'_>,
    people: &People,
    candidates: &[Candidate],
    pronouns: &[Option<Resolved>],
) -> Vec<Option<u32>> {
    candidates.iter().zip(pronouns).map(|(c, pronoun)| person(reading, people, c, *pronoun)).collect()
}

fn person(reading: &Reading<'_>, people: &People, candidate: &Candidate, pronoun: Option<Resolved>) -> Option<u32> {
    if let Some(person) = people.at(candidate.head) {
        return Some(person);
    }
    match candidate.sort {
        Sort::He | Sort::She => pronoun.map(|r| r.person),
        Sort::Who => relative(reading, people, candidate),
        Sort::BareRole => apposition(reading, people, candidate).or_else(|| leader_of(reading, people, candidate)),
        Sort::DefiniteRole | Sort::Proper => {
            apposition(reading, people, candidate).or_else(|| described(reading, people, candidate))
        }
        Sort::IndefiniteRole => apposition(reading, people, candidate),
        _ => None,
    }
}

/// "Marsh, who …": the name right before.
fn relative(reading: &Reading<'_>, people: &People, candidate: &Candidate) -> Option<u32> {
    let start = reading.sentence_of(candidate.head).start;
    let named = &people.named[people.last_before(candidate.words.start)?];
    let near = named.words.start >= start && candidate.words.start - named.words.end <= LONGEST_GAP;
    near.then_some(named.person)
}

/// Words between a name and its relative clause.
const LONGEST_GAP: usize = 14;

/// "the Harbour Minister, Ingrid Marsh,", "the secretary of the union, Lucia Ferrant,"
fn apposition(reading: &Reading<'_>, people: &People, candidate: &Candidate) -> Option<u32> {
    let words = &reading.words;
    let end = reading.sentence_of(candidate.head).end;
    let mut b = candidate.words.end;
    if b < end && matches!(reading.str(b), "of" | "for" | "at") {
        let of_office = |w: &Word| {
            w.tag.is_noun()
                || matches!(w.tag, Tag::Determiner | Tag::Adjective | Tag::Preposition)
                || w.shape == Shape::Clitic
                || w.known.has(Known::CONJUNCTION)
        };
        let limit = end.min(b + LONGEST_OFFICE);
        b = (b + 1..limit).find(|&k| !of_office(&words[k]) || people.at(k).is_some()).unwrap_or(limit);
    }
    if b + 1 >= end || reading.str(b) != "," {
        return None;
    }
    // An honorific may stand before the name.
    let at = if words[b + 1].known.has(Known::HONORIFIC) { b + 2 } else { b + 1 };
    let named = people.naming(at)?;
    (named.words.start == at).then_some(named.person)
}

/// Words of an office behind its noun: "of the Boatmen’s Union and Quay Fund".
const LONGEST_OFFICE: usize = 10;

/// "Leader of the opposition Lucia Ferrant": an office, what it leads, and the name.
fn leader_of(reading: &Reading<'_>, people: &People, candidate: &Candidate) -> Option<u32> {
    let words = &reading.words;
    let b = candidate.words.end;
    let end = reading.sentence_of(candidate.head).end.min(b + LONGEST_GAP);
    if b + 2 >= end || reading.str(b) != "of" || people.at(b + 1).is_some() {
        return None;
    }
    let inside = |k: &usize| {
        let tag = words[*k].tag;
        people.at(*k).is_none() && (tag.is_noun() || matches!(tag, Tag::Determiner | Tag::Adjective | Tag::Preposition))
    };
    let name = (b + 1..end).find(|k| !inside(k))?;
    people.at(name).filter(|_| name > b + 1 && !words[name - 1].known.has(Known::PREPOSITION))
}

/// "the Harbour Minister", where the article says who that is.
fn described(reading: &Reading<'_>, people: &People, candidate: &Candidate) -> Option<u32> {
    let words = &reading.words;
    let first = &words[candidate.words.start];
    let definite = first.known.has(Known::DETERMINER) && !first.known.has(Known::INDEFINITE);
    if !definite || words[candidate.head].tag == Tag::Nouns {
        return None;
    }
    let heads = people.bearers.get(&words[candidate.head].base)?;
    let modifiers = || {
        let inside = &words[candidate.words.start..candidate.head];
        inside.iter().skip(1).filter(|w| w.tag.is_noun() || w.tag == Tag::Adjective)
    };
    let mut best: Option<(u32, u32)> = None;
    for &person in heads {
        // Who is not yet named may still be meant ("the Harbour Minister" in a lede), at a price.
        let named_before = people.persons[person as usize].name.start < candidate.words.start;
        let fits = |w: &Word| people.bearers.get(&w.base).is_some_and(|b| b.contains(&person));
        // "the Merrow president" is not the Calder one, nor "the Harbour Minister" the Chief Minister.
        let formal = words[candidate.head].is_capital();
        let telling = Known::NATION.or(Known::PLACE).or(Known::STATE);
        if modifiers().any(|w| (w.known.has(telling) || formal && w.is_capital()) && !fits(w)) {
            continue;
        }
        let fitting = modifiers().filter(|w| fits(w)).count();
        let score = 4 * fitting as u32 + u32::from(named_before);
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, person));
        }
    }
    // A modifier that fits nobody tells that it is somebody else: "the union secretary" is not the foreign one.
    let n = modifiers().count();
    best.filter(|&(score, _)| n == 0 || score >= 4 || heads.len() == 1 && n <= 1).map(|(_, person)| person)
}

/// The person behind a role that follows its bearer's last words: "the engineer added".
pub fn by_history(reading: &Reading<'_>, candidate: &Candidate, last: Option<(usize, Option<u32>)>) -> Option<u32> {
    let (word, person) = last?;
    let words = &reading.words;
    let head = &words[candidate.head];
    let near =
        words[candidate.head].paragraph.saturating_sub(words[word].paragraph) <= 1 && word < candidate.words.start;
    let fits = candidate.sort == Sort::DefiniteRole
        && head.tag != Tag::Nouns
        && !head.known.has(Known::RELATION)
        && words[candidate.words.start].known.has(Known::DETERMINER)
        && candidate.words.len() <= 3;
    if near && fits { person } else { None }
}
