//! The stretches of a sentence that a word may report.

use super::anchors::{Anchor, Manner};
use crate::annotate::candidates::Candidate;
use crate::annotate::lexicon::Known;
use crate::annotate::reading::{Reading, Shape, Word};
use crate::annotate::tagger::Tag;
use std::ops::Range;

/// A stretch of a sentence that may be a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From its first to its last word.
    pub words: Range<usize>,
    /// The attribution inside it, with its commas: "The tunnel, she said, is safe".
    pub hole: Option<Range<usize>>,
}

/// Ends tried for one beginning; keeps hostile copy linear.
const MOST_ENDS: usize = 6;
/// Words of a sentence looked at on each side of an anchor.
const REACH: usize = 90;
/// Words a statement must have; shorter ones are mostly no statements.
const SHORTEST: usize = 3;

/// Lists the stretches that an anchor may report: behind it, before it, then around it.
pub fn stretches(reading: &Reading<'_>, candidates: &[Candidate], anchor: &Anchor, out: &mut Vec<Stretch>) {
    out.clear();
    let sentence = reading.sentence_of(anchor.cue);
    let low = sentence.start.max(anchor.cue.saturating_sub(REACH));
    let high = sentence.end.min(anchor.cue + REACH);
    let subject = anchor.candidate.map(|c| candidates[c].words.clone());
    let behind = match anchor.manner {
        Manner::Inverted | Manner::According => subject.clone().map_or(anchor.cue + 1, |s| s.end),
        _ => anchor.cue + 1,
    };
    behind_it(reading, anchor, behind, high, out);
    if matches!(anchor.manner, Manner::Colon | Manner::Noun) {
        return;
    }
    let before = match (anchor.manner, &subject) {
        (Manner::Subject | Manner::Passive, Some(s)) => s.start.min(anchor.cue),
        _ => anchor.cue,
    };
    let end = before_it(reading, anchor, low, before, out);
    around_it(reading, behind, high, low..end, out);
}

fn behind_it(reading: &Reading<'_>, anchor: &Anchor, behind: usize, high: usize, out: &mut Vec<Stretch>) {
    // Past what may stand between, to each place where the clause may end.
    let mut starts =
        [behind, skip_adjuncts(reading, behind, high, false), skip_adjuncts(reading, behind, high, true), high];
    if anchor.manner == Manner::According {
        // "According to Marsh, …": behind the comma.
        let mut commas = (behind..high).filter(|&k| reading.str(k) == ",").map(|k| k + 1);
        starts = [commas.next().unwrap_or(high), commas.next().unwrap_or(high), high, high];
    } else if let Some(that) = (behind..high.min(behind + 12)).find(|&k| reading.str(k) == "that") {
        starts[3] = that;
    }
    starts.sort_unstable();
    let mut last = usize::MAX;
    for start in starts {
        if start == last || start >= high {
            continue;
        }
        last = start;
        let end = trim_end(reading, start, high);
        push(start..end, None, out);
        let mut n = 0;
        for k in (start + SHORTEST..end).rev() {
            if n >= MOST_ENDS {
                break;
            }
            if ends_clause(reading, k) {
                push(start..trim_end(reading, start, k), None, out);
                n += 1;
            }
        }
    }
}

/// From each place where it may begin to the comma; returns where that stands.
fn before_it(reading: &Reading<'_>, anchor: &Anchor, low: usize, before: usize, out: &mut Vec<Stretch>) -> usize {
    let mut end = before;
    while end > low
        && (reading.words[end - 1].shape == Shape::Sign && !reading.words[end - 1].quoted
            || matches!(anchor.manner, Manner::Subject) && is_title(&reading.words[end - 1]))
    {
        end -= 1;
    }
    end = trim_end(reading, low, end);
    if end > low + SHORTEST {
        push(low..end, None, out);
        let mut n = 0;
        for k in low + 1..end.saturating_sub(SHORTEST) {
            if n >= MOST_ENDS {
                break;
            }
            if ends_clause(reading, k) {
                let sign = reading.words[k].shape == Shape::Sign;
                push(k + usize::from(sign)..end, None, out);
                n += 1;
            }
        }
    }
    end
}

/// The sentence from its beginning to its end or a clause's, the attribution between commas left out.
fn around_it(reading: &Reading<'_>, behind: usize, high: usize, first: Range<usize>, out: &mut Vec<Stretch>) {
    let comma = |k: usize| reading.words.get(k).is_some() && matches!(reading.str(k), "," | "—" | "–" | "--");
    if first.start >= first.end || !comma(first.end) {
        return;
    }
    let Some(close) = (behind..high.min(behind + 12)).find(|&k| comma(k) && !reading.words[k].quoted) else { return };
    let end = trim_end(reading, close, high);
    if end < close + 3 {
        return;
    }
    let hole = Some(first.end..close + 1);
    push(first.start..end, hole.clone(), out);
    let inner = (close + SHORTEST..end).rev().find(|&k| ends_clause(reading, k));
    if let Some(k) = inner {
        push(first.start..trim_end(reading, close, k), hole.clone(), out);
    }
    let later = (first.start + 1..first.end).find(|&k| ends_clause(reading, k));
    if let Some(k) = later {
        push(k + usize::from(reading.words[k].shape == Shape::Sign)..end, hole, out);
    }
}

fn push(words: Range<usize>, hole: Option<Range<usize>>, out: &mut Vec<Stretch>) {
    if words.len() >= SHORTEST && !out.iter().any(|s| s.words == words && s.hole == hole) {
        out.push(Stretch { words, hole });
    }
}

/// A title or description between comma and name: ", Harbour Minister Marsh said".
fn is_title(word: &Word) -> bool {
    word.known.has(Known::TITLE.or(Known::ROLE).or(Known::HONORIFIC)) && !word.quoted
}

/// Whether a clause may end before word `k`.
pub(super) fn ends_clause(reading: &Reading<'_>, k: usize) -> bool {
    if reading.words[k].quoted {
        return false;
    }
    match reading.words[k].shape {
        Shape::Sign => matches!(reading.str(k), "," | ";" | "—" | "–" | "--" | ":" | "-" | "(" | ")"),
        Shape::Lower => matches!(
            reading.str(k),
            "and" | "but" | "while" | "as" | "after" | "when" | "during" | "amid" | "according"
        ),
        _ => false,
    }
}

/// Steps over what may stand between verb and statement: "on Monday", "in a statement", "the BBC" after "told".
fn skip_adjuncts(reading: &Reading<'_>, from: usize, end: usize, told: bool) -> usize {
    let words = &reading.words;
    let mut k = from;
    if told {
        while k < end
            && k - from < 6
            && (words[k].tag.is_noun() || matches!(words[k].tag, Tag::Pronoun | Tag::Determiner | Tag::Adjective))
        {
            k += 1;
        }
    }
    while k < end && k - from < 14 {
        let word = &words[k];
        if word.known.has(Known::DAY) || (word.tag == Tag::Adverb && !word.known.has(Known::NEGATION)) {
            k += 1;
            continue;
        }
        if word.tag != Tag::Preposition || matches!(reading.str(k), "that" | "to" | "if" | "whether") && !told {
            break;
        }
        let mut m = k + 1;
        while m < end
            && m - k < 7
            && (words[m].tag.is_noun()
                || matches!(words[m].tag, Tag::Determiner | Tag::Adjective | Tag::Number)
                || words[m].shape == Shape::Clitic)
        {
            m += 1;
        }
        // "to" before a verb opens the statement itself.
        if m == k + 1 {
            break;
        }
        k = m;
    }
    k
}

/// Leaves out signs at the end, but not a closing mark whose opening one is inside.
pub(super) fn trim_end(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start
        && reading.words[end - 1].shape == Shape::Sign
        && !reading.words[end - 1].quoted
        && matches!(reading.str(end - 1), "." | "!" | "?" | "," | ";" | ":" | "—" | "–" | "--")
    {
        end -= 1;
    }
    end
}
