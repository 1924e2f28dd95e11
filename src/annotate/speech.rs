//! Quoted speech: which segments are speech, and who speaks them.

use super::candidates::Candidate;
use super::confidence;
use super::kinds::{self, Chosen};
use super::model::{Models, Sum, Weights};
use super::pronouns::{Resolved, chance};
use super::reading::{ParagraphKind, Reading};
use super::resolve;
use super::speakers::{self, Around, Last};
use super::tagger::best;

/// A segment that is speech, with its speaker.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said {
    /// Which of `Reading::segments`.
    pub segment: usize,
    /// Which candidate stands for the speaker.
    pub candidate: Option<usize>,
    /// Which of `People::persons`.
    pub person: Option<u32>,
    /// The chance that the candidate is right, by the ranker, 0 to 1.
    pub chance: f32,
    /// The chance of all candidates that stand for the same person, 0 to 1.
    pub mass: f32,
    /// The chance of the likeliest candidate that stands for somebody else, 0 to 1.
    pub rival: f32,
    /// The chance that it is speech at all, 0 to 1.
    pub speech: f32,
    /// The chance that the person, or that there is none, is right, 0 to 1.
    pub confidence: f32,
    /// Whether somebody was found and not named, since that was too unsure.
    pub doubted: bool,
}

/// The speech of an article, and the segments that are none.
#[derive(Debug, Default)]
pub struct Speech {
    /// In order of segments.
    pub said: Vec<Said>,
    /// Scare quotes, titles, nicknames: segments, in order.
    pub scare: Vec<usize>,
}

/// At or above this chance a segment is speech.
const SPEECH: f32 = 0.5;

/// Below this confidence nobody is named: a wrong name is worse than none.
const NAMED: f32 = 0.55;

/// Decides segment after segment.
pub fn speech(reading: &Reading<'_>, candidates: &[Candidate], persons: &[Option<u32>], models: &Models) -> Speech {
    let around = Around::new(reading, candidates, persons);
    let mut out = Speech::default();
    let mut last: Option<Last> = None;
    let mut window = Vec::new();
    let mut scores = Vec::new();
    for s in 0..reading.segments.len() {
        if reading.paragraphs[reading.segments[s].paragraph].kind == ParagraphKind::Caption {
            last = None;
        }
        around.window(s, last, &mut window);
        let frame = speakers::frame(&around, s);
        scores.clear();
        for &c in &window {
            let mut sum = models.speakers.sum::<1>();
            speakers::features(&around, s, &frame, c, last, &mut sum);
            scores.push(sum.scores()[0]);
        }
        let candidate = (!scores.is_empty()).then(|| window[best(&scores)]);
        let mut sum = models.kinds.sum::<1>();
        kinds::features(&around, s, Chosen { candidate, scores: top_two(&scores) }, &mut sum);
        let speech = 1.0 / (1.0 + (-sum.scores()[0]).exp());
        if speech < SPEECH || kinds::is_nickname(reading, s) || kinds::is_label(reading, s) {
            out.scare.push(s);
            continue;
        }
        let mut said = Said { segment: s, speech, ..Said::default() };
        if !scores.is_empty() {
            let at = best(&scores);
            let c = window[at];
            let before = last.map(|l| (candidates[l.candidate].head, l.person));
            said.candidate = Some(c);
            said.chance = chance(&scores, at);
            said.person = persons[c].or_else(|| resolve::by_history(reading, &candidates[c], before));
            // Where nothing closes the quotation its attribution may lie inside it: what follows is no evidence.
            let unclosed = reading.segments[s].unclosed && candidates[c].words.start >= reading.segments[s].words.end;
            (said.mass, said.rival) = spread(&window, &scores, persons, c, said.person);
            if unclosed {
                (said.candidate, said.person) = (None, None);
            } else {
                last = Some(Last { candidate: c, person: said.person, segment: s });
            }
        }
        out.said.push(said);
    }
    out
}

/// Says how sure each speaker is, and takes back the names that are not sure enough.
pub fn doubt(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    pronouns: &[Option<Resolved>],
    speech: &mut Speech,
    weights: &impl Weights,
) {
    let confidence = |said: &Said| {
        let mut sum = weights.sum::<1>();
        confidence::of_quotation(reading, candidates, pronouns, said, &mut sum);
        confidence::confidence(sum.scores()[0])
    };
    for said in &mut speech.said {
        said.confidence = confidence(said);
        if said.person.is_some() && said.confidence < NAMED {
            (said.person, said.doubted) = (None, true);
            said.confidence = confidence(said);
        }
    }
}

/// How the chance is spread: over all candidates of the chosen person, and to the likeliest that is somebody else.
fn spread(window: &[usize], scores: &[f32], persons: &[Option<u32>], chosen: usize, person: Option<u32>) -> (f32, f32) {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let (mut sum, mut mass, mut rival) = (0.0, 0.0, 0.0_f32);
    for (&c, score) in window.iter().zip(scores) {
        let weight = (score - top).exp();
        sum += weight;
        if c == chosen || person.is_some() && persons[c] == person {
            mass += weight;
        } else {
            rival = rival.max(weight);
        }
    }
    (mass / sum, rival / sum)
}

/// The two highest scores; low ones where there are fewer.
pub fn top_two(scores: &[f32]) -> (f32, f32) {
    let (mut top, mut second) = (-9.0_f32, -9.0_f32);
    for &score in scores {
        if score > top {
            (top, second) = (score, top);
        } else if score > second {
            second = score;
        }
    }
    (top, second)
}
