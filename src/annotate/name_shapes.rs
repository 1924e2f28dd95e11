//! Where names begin and end: what the tagger alone does not see.

use super::candidates::{Candidate, Sort};
use super::kinds::is_nickname;
use super::lexicon::Known;
use super::names::Habit;
use super::reading::{Reading, Shape, Word};
use super::tagger::Tag;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Names that the tagger passed by and that speak like people do: "Fan Mengguang, deputy director of …, told".
///
/// Ranges of words, sorted; nothing that `names` has already.
pub(super) fn speaking(reading: &Reading<'_>, candidates: &[Candidate]) -> Vec<Range<usize>> {
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

/// Gives names the words before them that belong to them but looked like other words: "Will" in "Will Moor".
///
/// A bare surname that the article elsewhere has in full stays as it is.
pub(super) fn given_names(reading: &Reading<'_>, habits: &FxHashMap<u64, Habit>, names: &mut [Range<usize>]) {
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
pub(super) fn nicknames(reading: &Reading<'_>, names: &mut Vec<Range<usize>>) {
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
pub(super) fn transcripts(reading: &Reading<'_>, names: &mut Vec<Range<usize>>) {
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
pub(super) fn trim(reading: &Reading<'_>, name: &mut Range<usize>) {
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
