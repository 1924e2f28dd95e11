//! Reported speech: statements without quotation marks, or with a few marked words inside.
//!
//! Every word that may report ("said", "according to", "her claim that") is asked which stretch of its sentence it
//! reports, if any ([`anchors`]); a linear ranker chooses among the stretches that commas, conjunctions and the
//! sentence's ends cut out ([`stretches`], [`features`]), and "none of them" is a choice with features of its own.

pub mod anchors;
pub mod features;
pub mod stretches;

use super::candidates::Candidate;
use super::model::{Sum, Weights};
use super::reading::{ParagraphKind, Reading};
use super::speech::Speech;
use super::tagger::Tag;
use crate::config::Statements;
use anchors::{Anchor, Manner, anchors};
use features::Counts;
use std::ops::Range;
use stretches::{Stretch, stretches};

/// A reported statement.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The statement, from its first to its last word.
    pub words: Range<usize>,
    /// The attribution inside it, where it stands in the middle: "The tunnel, she said, is safe".
    pub hole: Option<Range<usize>>,
    /// Which candidate states it, where one is near.
    pub candidate: Option<usize>,
    /// The word that reports it.
    pub cue: usize,
    /// How it reports.
    pub manner: Manner,
    /// The ranker's chance for it, 0 to 1.
    pub chance: f32,
}

/// Finds reported statements; sorted by first word, disjoint. One may hold marked words, even nothing else.
pub fn reported(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    speech: &Speech,
    which: Statements,
    weights: &impl Weights,
) -> Vec<Reported> {
    let counts = Counts::new(reading, speech);
    let (mut list, mut scores) = (Vec::new(), Vec::new());
    let mut weigh = |anchor: &Anchor, taken: &[Range<usize>]| -> Option<Reported> {
        stretches(reading, candidates, anchor, &mut list);
        if list.is_empty() {
            return None;
        }
        scores.clear();
        let mut sum = weights.sum::<1>();
        features::of_nothing(reading, candidates, &counts, anchor, &mut sum);
        scores.push(sum.scores()[0]);
        for stretch in &list {
            let mut sum = weights.sum::<1>();
            features::of_stretch(reading, candidates, &counts, anchor, stretch, &mut sum);
            scores.push(sum.scores()[0]);
        }
        let (at, chance) = choice(&list, &scores, least(reading, anchor, which), taken)?;
        Some(statement(anchor, &list[at], chance))
    };
    let mut found: Vec<(Anchor, Reported)> =
        anchors(reading, candidates).into_iter().filter_map(|a| Some((a, weigh(&a, &[])?))).collect();
    // The surer first; one that claims words of another is asked again for what is left.
    found.sort_by(|a, b| b.1.chance.total_cmp(&a.1.chance).then_with(|| a.1.cue.cmp(&b.1.cue)));
    let mut taken: Vec<Range<usize>> = Vec::with_capacity(found.len());
    let mut out = Vec::with_capacity(found.len());
    for (anchor, mut statement) in found {
        if overlaps(&taken, &statement.words) {
            match weigh(&anchor, &taken) {
                Some(other) => statement = other,
                None => continue,
            }
        }
        let at = taken.partition_point(|t| t.start < statement.words.start);
        taken.insert(at, statement.words.clone());
        out.push(statement);
    }
    out.sort_by_key(|r| r.words.start);
    out
}

/// Whether words are taken already; `taken` is sorted and disjoint.
fn overlaps(taken: &[Range<usize>], words: &Range<usize>) -> bool {
    let at = taken.partition_point(|t| t.end <= words.start);
    taken.get(at).is_some_and(|t| t.start < words.end)
}

/// The chance that a statement must have.
///
/// The ranker learned from annotators who also mark questions that were only asked, headlines, and what somebody
/// would not say. On a page these would be words in the mouth of somebody who never spoke them.
fn least(reading: &Reading<'_>, anchor: &Anchor, which: Statements) -> f32 {
    if which == Statements::All {
        return LIKELY;
    }
    let word = &reading.words[anchor.cue];
    let heading = reading.paragraphs[word.paragraph as usize].kind == ParagraphKind::Heading;
    let asked = word.tag == Tag::Participle && matches!(anchor.manner, Manner::Shared | Manner::Free);
    let nobody = anchor.candidate.is_none() || matches!(anchor.manner, Manner::Free | Manner::Colon);
    if heading || asked || nobody || is_denied(reading, anchor.cue) { NEVER } else { SURE }
}

/// A chance that only a statement has; chosen with the suite.
const SURE: f32 = 0.5;
/// From this chance on, taking a statement is right more often than it costs; chosen on five folds.
const LIKELY: f32 = 0.3;
/// A chance that nothing has.
const NEVER: f32 = 1.1;

/// Two stretches mean one statement where they share at least this part of all their words.
const AGREE: f32 = 0.5;

/// The stretch outside `taken` that most of the chance agrees with, and how much; `scores` has that of "nothing" before
/// the stretches'.
///
/// Several beginnings and ends of one statement share the chance between them; each alone may be less likely than
/// nothing, all together more.
fn choice(list: &[Stretch], scores: &[f32], from: f32, taken: &[Range<usize>]) -> Option<(usize, f32)> {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let weights: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = weights.iter().sum();
    if 1.0 - weights[0] / sum < from {
        return None;
    }
    let agreed = |i: usize| -> (f32, f32) {
        let with = list.iter().zip(&weights[1..]).map(|(other, w)| (share(&list[i], other), w / sum));
        with.fold((0.0, 0.0), |(hit, mean), (share, w)| (if share >= AGREE { hit + w } else { hit }, mean + share * w))
    };
    let (at, (hit, _)) = (0..list.len())
        .filter(|&i| !overlaps(taken, &list[i].words))
        .map(|i| (i, agreed(i)))
        .max_by(|a, b| (a.1.0 + a.1.1).total_cmp(&(b.1.0 + b.1.1)).then_with(|| b.0.cmp(&a.0)))?;
    (hit >= from).then_some((at, hit))
}

/// The part of all words of two stretches that both have.
fn share(a: &Stretch, b: &Stretch) -> f32 {
    let both = a.words.end.min(b.words.end).saturating_sub(a.words.start.max(b.words.start));
    let all = a.words.end.max(b.words.end) - a.words.start.min(b.words.start);
    both as f32 / all.max(1) as f32
}

fn statement(anchor: &Anchor, stretch: &Stretch, chance: f32) -> Reported {
    Reported {
        words: stretch.words.clone(),
        hole: stretch.hole.clone(),
        candidate: anchor.candidate,
        cue: anchor.cue,
        manner: anchor.manner,
        chance,
    }
}

/// "would not say who had approved it", "declined to say": nothing was said.
fn is_denied(reading: &Reading<'_>, cue: usize) -> bool {
    let sentence = reading.sentence_of(cue);
    (sentence.start.max(cue.saturating_sub(3))..cue)
        .any(|k| matches!(reading.str(k), "not" | "n’t" | "n't" | "never" | "declined" | "refused"))
}
