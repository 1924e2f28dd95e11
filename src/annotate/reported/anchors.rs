//! Words that may report speech.

use crate::annotate::candidates::{Candidate, Order, Sort};
use crate::annotate::lexicon::{Known, key};
use crate::annotate::reading::{Paragraph, ParagraphKind, Reading, Word};
use crate::annotate::tagger::Tag;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A word that may report speech.
#[derive(Clone, Copy, Debug)]
pub struct Anchor {
    /// The word.
    pub cue: usize,
    /// How it reports.
    pub manner: Manner,
    /// Which candidate is its subject, where one is near.
    pub candidate: Option<usize>,
}

/// How an anchor reports. The numbers are part of features: they must not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// "Marsh said"
    Subject = 1,
    /// "said Marsh"
    Inverted = 2,
    /// "…, saying": its subject is that of the sentence.
    Shared = 3,
    /// "was told"
    Passive = 4,
    /// "according to Marsh"
    According = 5,
    /// "her claim that"
    Noun = 6,
    /// "Asked whether": no subject is in sight.
    Free = 7,
    /// "MARSH: ": a name and a colon.
    Colon = 8,
}

/// Finds all words of the body and of headings that may report speech, in order.
pub fn anchors(reading: &Reading<'_>, candidates: &[Candidate]) -> Vec<Anchor> {
    let linked = linked(candidates);
    let mut out = Vec::new();
    let mut next = 0;
    for paragraph in reading.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Caption) {
        in_paragraph(reading, candidates, &linked, paragraph, &mut next, &mut out);
    }
    out
}

/// By verb: the candidate that governs it, and how.
fn linked(candidates: &[Candidate]) -> FxHashMap<usize, (usize, Manner)> {
    let mut linked = FxHashMap::default();
    for (c, candidate) in candidates.iter().enumerate() {
        if let Some(link) = candidate.link {
            let manner = match link.order {
                Order::SubjectVerb => Manner::Subject,
                Order::VerbSubject => Manner::Inverted,
                Order::Passive => Manner::Passive,
                // A verb that reports statements though it introduces no quotations: "declined to say".
                Order::Other => Manner::Subject,
            };
            // The first to reach the verb is its subject: "a source close to the talks said".
            linked.entry(link.verb).or_insert((c, manner));
        }
    }
    linked
}

fn in_paragraph(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    linked: &FxHashMap<usize, (usize, Manner)>,
    paragraph: &Paragraph,
    next: &mut usize,
    out: &mut Vec<Anchor>,
) {
    let words = &reading.words;
    // The sentence's subject so far, for verbs that share it.
    let mut subject: Option<usize> = None;
    let mut sentence = u32::MAX;
    for i in paragraph.words.clone() {
        let word = &words[i];
        if word.sentence != sentence {
            (subject, sentence) = (None, word.sentence);
        }
        while *next < candidates.len() && candidates[*next].words.start <= i {
            let candidate = &candidates[*next];
            if candidate.link.is_some_and(|l| l.order != Order::VerbSubject)
                && words[candidate.head].sentence == sentence
            {
                subject = Some(*next);
            }
            *next += 1;
        }
        if word.quoted {
            continue;
        }
        if may_report(word) {
            let (candidate, manner) = match linked.get(&i) {
                Some(&(c, manner)) => (Some(c), manner),
                None if subject.is_none() => (None, Manner::Free),
                None => (subject, Manner::Shared),
            };
            out.push(Anchor { cue: i, manner, candidate });
        } else if word.key == KEYS.according && paragraph.words.contains(&(i + 2)) && words[i + 1].key == KEYS.to {
            let at = candidates.partition_point(|c| c.words.start < i + 2);
            let near = candidates.get(at).filter(|c| c.words.start <= i + 4);
            out.push(Anchor { cue: i, manner: Manner::According, candidate: near.map(|_| at) });
        } else if may_name(word) && i + 1 < paragraph.words.end && words[i + 1].sentence == sentence {
            let owner = candidates[..*next]
                .iter()
                .rposition(|c| c.words.contains(&i) || c.sort == Sort::Possessive && c.words.end == i)
                .filter(|&c| candidates[c].sort == Sort::Possessive);
            out.push(Anchor { cue: i, manner: Manner::Noun, candidate: owner.or(subject) });
        } else if word.key == KEYS.colon
            && let Some(c) = next.checked_sub(1)
            && candidates[c].words.end == i
            && words[candidates[c].words.start].sentence == sentence
            && candidates[c].words.start == reading.sentence_of(i).start
        {
            out.push(Anchor { cue: i, manner: Manner::Colon, candidate: Some(c) });
        }
    }
}

/// A verb that may report a statement.
fn may_report(word: &Word) -> bool {
    word.tag.is_verb() && word.known.has(Known::SPEECH.or(Known::REPORTS))
}

/// A noun that may name one: "her claim", "the warning"; also what looks like a noun in a heading: "Marsh vows".
fn may_name(word: &Word) -> bool {
    (word.tag.is_noun() || word.tag == Tag::Adjective)
        && word.known.has(Known::REPORTING.or(Known::SPEECH).or(Known::REPORTS))
}

/// Keys of words that are asked for.
struct Keys {
    according: u64,
    to: u64,
    colon: u64,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys { according: key("according"), to: key("to"), colon: key(":") });
