//! Reported speech: statements without quotation marks, or with a few marked words inside.

use super::candidates::{Candidate, Order};
use super::lexicon::Known;
use super::reading::{ParagraphKind, Reading, Shape};
use super::speech::Speech;
use super::tagger::Tag;
use std::ops::Range;

/// A reported statement.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The statement, from its first to its last word.
    pub words: Range<usize>,
    /// Which candidate states it.
    pub candidate: usize,
    /// The word that reports it.
    pub cue: usize,
}

/// Words a statement must have; shorter ones are mostly no statements.
const SHORTEST: usize = 4;

/// Finds reported statements; sorted by first word, at most one for each verb, none inside another.
pub fn reported(reading: &Reading<'_>, candidates: &[Candidate], speech: &Speech) -> Vec<Reported> {
    let mut out: Vec<Reported> = Vec::new();
    let spoken = spoken_words(reading, speech);
    for (c, candidate) in candidates.iter().enumerate() {
        let paragraph = &reading.paragraphs[reading.words[candidate.head].paragraph as usize];
        if paragraph.kind != ParagraphKind::Body {
            continue;
        }
        let found = by_verb(reading, c, candidate).or_else(|| according_to(reading, c, candidate));
        let Some(found) = found else { continue };
        // What stands nearly whole in quotation marks is a quotation already.
        let marked = spoken[found.words.end] - spoken[found.words.start];
        if f64::from(marked) > 0.85 * found.words.len() as f64 {
            continue;
        }
        let taken = out.last().is_some_and(|o| o.words.end > found.words.start || o.cue == found.cue);
        if !taken {
            out.push(found);
        }
    }
    out
}

/// How many quoted words stand before each word.
fn spoken_words(reading: &Reading<'_>, speech: &Speech) -> Vec<u32> {
    let mut inside = vec![0_u32; reading.words.len() + 1];
    for said in &speech.said {
        let words = reading.segments[said.segment].words.clone();
        inside[words.start + 1..=words.end].fill(1);
    }
    let mut sum = 0;
    for n in &mut inside {
        sum += *n;
        *n = sum;
    }
    inside
}

/// "Marsh said the bridge would open", "The bridge would open, Marsh said".
fn by_verb(reading: &Reading<'_>, c: usize, candidate: &Candidate) -> Option<Reported> {
    let words = &reading.words;
    let link = candidate.link.filter(|l| l.order != Order::Other)?;
    let verb = &words[link.verb];
    if !verb.known.has(Known::CORE.or(Known::SPEECH)) || verb.tag == Tag::Ing && link.order == Order::VerbSubject {
        return None;
    }
    let sentence = reading.sentence_of(candidate.head);
    let from = if link.order == Order::SubjectVerb { link.verb + 1 } else { candidate.words.end };
    let start = skip_adjuncts(reading, from, sentence.end, verb.base == super::lexicon::key("tell"));
    let end = trim_end(reading, start, sentence.end);
    let next = if start < sentence.end { reading.str(start) } else { "" };
    let has_verb = words[start..end].iter().take(30).any(|w| w.tag.is_verb() || w.tag == Tag::Modal);
    let behind =
        end >= start + 3 && has_verb && !matches!(next, "," | "." | ";" | ":" | "—" | "–") && !words[start].quoted;
    let range = if behind {
        start..end
    } else {
        // The statement stands before: ", Marsh said."
        let first = if link.order == Order::SubjectVerb { candidate.words.start } else { link.verb };
        let comma = first.checked_sub(1).filter(|&k| k > sentence.start && reading.str(k) == ",")?;
        if start < sentence.end && !matches!(next, "," | "." | ";" | "") {
            return None;
        }
        sentence.start..comma
    };
    (range.len() >= SHORTEST && !words[range.start..range.end].iter().all(|w| w.quoted)).then_some(Reported {
        words: range,
        candidate: c,
        cue: link.verb,
    })
}

/// Steps over what may stand between verb and statement: "on Monday", "in a statement", "the BBC" after "told".
fn skip_adjuncts(reading: &Reading<'_>, from: usize, end: usize, told: bool) -> usize {
    let words = &reading.words;
    let mut k = from;
    if told {
        while k < end
            && k - from < 5
            && (words[k].tag.is_noun() || matches!(words[k].tag, Tag::Pronoun | Tag::Determiner | Tag::Adjective))
        {
            k += 1;
        }
    }
    while k < end && k - from < 14 {
        let word = &words[k];
        let time = word.known.has(Known::DAY) || (word.tag == Tag::Adverb && !word.known.has(Known::NEGATION));
        if time {
            k += 1;
            continue;
        }
        if matches!(
            reading.str(k),
            "on" | "in" | "at" | "during" | "to" | "after" | "before" | "of" | "late" | "early" | "last" | "this"
        ) && (word.tag == Tag::Preposition || word.shape == Shape::Lower && word.tag == Tag::Adjective)
        {
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
            continue;
        }
        break;
    }
    k
}

fn trim_end(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start
        && matches!(reading.str(end - 1), "." | "”" | "\"" | "’" | "!" | "?")
        && reading.words[end - 1].shape == Shape::Sign
    {
        end -= 1;
    }
    end
}

/// "According to Marsh, the bridge is closed", "the bridge is closed, according to Marsh".
fn according_to(reading: &Reading<'_>, c: usize, candidate: &Candidate) -> Option<Reported> {
    let start = candidate.words.start;
    let sentence = reading.sentence_of(candidate.head);
    let cue = start.checked_sub(2).filter(|&k| k >= sentence.start)?;
    if !(reading.str(cue).eq_ignore_ascii_case("according") && reading.str(cue + 1) == "to") {
        return None;
    }
    let range = if cue == sentence.start {
        let limit = sentence.end.min(candidate.words.end + 30);
        let comma = (candidate.words.end..limit).find(|&k| reading.str(k) == ",")?;
        comma + 1..trim_end(reading, comma + 1, sentence.end)
    } else {
        let end = if reading.str(cue - 1) == "," { cue - 1 } else { cue };
        sentence.start..end
    };
    (range.len() >= SHORTEST).then_some(Reported { words: range, candidate: c, cue })
}
