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
use super::reading::Reading;
use super::speech::Speech;
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
    weights: &impl Weights,
) -> Vec<Reported> {
    let counts = Counts::new(reading, speech);
    let mut out: Vec<Reported> = Vec::new();
    let (mut list, mut scores) = (Vec::new(), Vec::new());
    for anchor in anchors(reading, candidates) {
        stretches(reading, candidates, &anchor, &mut list);
        if list.is_empty() {
            continue;
        }
        scores.clear();
        let mut sum = weights.sum::<1>();
        features::of_nothing(reading, candidates, &counts, &anchor, &mut sum);
        scores.push(sum.scores()[0]);
        for stretch in &list {
            let mut sum = weights.sum::<1>();
            features::of_stretch(reading, candidates, &counts, &anchor, stretch, &mut sum);
            scores.push(sum.scores()[0]);
        }
        if let Some((at, chance)) = choice(&list, &scores) {
            keep(statement(&anchor, &list[at], chance), &mut out);
        }
    }
    out.sort_by_key(|r| r.words.start);
    out
}

/// Two stretches mean one statement where they share at least this part of all their words.
const AGREE: f32 = 0.5;
/// A statement is taken from this chance on.
const TAKEN: f32 = 0.30;

/// The stretch that most of the chance agrees with, and how much; `scores` has that of "nothing" before the stretches'.
///
/// Several beginnings and ends of one statement share the chance between them; each alone may be less likely than
/// nothing, all together more.
fn choice(list: &[Stretch], scores: &[f32]) -> Option<(usize, f32)> {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let weights: Vec<f32> = scores.iter().map(|s| (s - top).exp()).collect();
    let sum: f32 = weights.iter().sum();
    if 1.0 - weights[0] / sum < TAKEN {
        return None;
    }
    let agreed = |i: usize| -> (f32, f32) {
        let with = list.iter().zip(&weights[1..]).map(|(other, w)| (share(&list[i], other), w / sum));
        with.fold((0.0, 0.0), |(hit, mean), (share, w)| (if share >= AGREE { hit + w } else { hit }, mean + share * w))
    };
    let (at, (hit, _)) = (0..list.len())
        .map(|i| (i, agreed(i)))
        .max_by(|a, b| (a.1.0 + a.1.1).total_cmp(&(b.1.0 + b.1.1)).then_with(|| b.0.cmp(&a.0)))?;
    (hit >= TAKEN).then_some((at, hit))
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

/// Adds a statement; of two that overlap the surer stays.
fn keep(found: Reported, out: &mut Vec<Reported>) {
    while let Some(last) = out.last() {
        let apart = last.words.end <= found.words.start || found.words.end <= last.words.start;
        if apart {
            break;
        }
        if last.chance >= found.chance {
            return;
        }
        out.pop();
    }
    out.push(found);
}
