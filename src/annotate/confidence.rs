//! How sure we are, as a share of right answers among like ones.
//!
//! A logistic model over what the earlier stages leave open: how the chance is spread over the candidates, what sort
//! of phrase was chosen, how its person was found. It learns from articles that those stages did not learn from, so
//! its answers are shares that hold (`docs/model-card.md` has the table).

use super::candidates::{Candidate, Sort};
use super::kinds;
use super::lexicon::Known;
use super::model::{Features, feature};
use super::pronouns::Resolved;
use super::reading::Reading;
use super::reported::Reported;
use super::reported::anchors::Manner;
use super::speakers::{bucket, mix};
use super::speech::Said;
use crate::model::Kind;

/// Nothing a program finds is surer than this.
const MOST: f32 = 0.985;
/// Nothing is so unsure that it could not be right.
const LEAST: f32 = 0.02;

/// The chance that a score speaks for.
pub fn confidence(score: f32) -> f32 {
    (1.0 / (1.0 + (-score).exp())).clamp(LEAST, MOST)
}

/// A chance in steps that are fine near certainty.
fn step(chance: f32) -> u64 {
    let chance = chance.clamp(0.001, 0.999);
    ((chance / (1.0 - chance)).ln() * 1.5 + 11.0) as u64
}

/// What the pages call the candidate, coarse.
fn sort_of(candidate: &Candidate) -> u64 {
    match candidate.sort {
        Sort::FullName => 1,
        Sort::ShortName => 2,
        Sort::He | Sort::She => 3,
        Sort::Who => 4,
        Sort::Possessive => 5,
        sort if sort.is_role() => 6,
        sort if sort.is_group() => 7,
        _ => 8,
    }
}

/// The features of a quotation's speaker, or of there being none.
pub fn of_quotation(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    pronouns: &[Option<Resolved>],
    said: &Said,
    out: &mut impl Features,
) {
    let words = &reading.words;
    let segment = &reading.segments[said.segment];
    let named = u64::from(said.person.is_some());
    let whole = u64::from(kinds::kind(reading, said.segment) == Kind::Direct) + named * 2;
    let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
    add(700, whole, 0);
    add(701, step(said.mass), whole);
    add(702, step(said.chance), whole);
    add(703, step(said.speech), whole);
    add(704, step(said.rival), whole);
    let Some(c) = said.candidate else { return };
    let candidate = &candidates[c];
    let sort = sort_of(candidate) * 2 + named;
    let theirs = words[candidate.head].paragraph as usize;
    let same_sentence = words[candidate.head].sentence == words[segment.words.start].sentence
        || words[candidate.head].sentence == words[segment.words.end - 1].sentence;
    let before = candidate.words.start < segment.words.start;
    let place = match (theirs == segment.paragraph, same_sentence) {
        (true, true) => 0,
        (true, false) => 1,
        (false, _) => 2 + segment.paragraph.abs_diff(theirs).min(3) as u64,
    } * 2
        + u64::from(before);
    let governs = candidate.link.map_or(0, |l| {
        let known = words[l.verb].known;
        l.order as u64 * 4 + u64::from(known.has(Known::CORE)) + u64::from(known.has(Known::SPEECH))
    });
    add(710, sort, whole);
    add(711, mix(&[sort, place]), whole);
    add(712, mix(&[sort, governs]), 0);
    add(713, mix(&[place, governs]), whole);
    add(714, mix(&[step(said.mass) / 2, sort]), place);
    add(715, step(said.rival) / 2, mix(&[sort, governs]));
    if let Some(resolved) = pronouns[c] {
        add(716, step(resolved.chance), sort);
        add(717, step(resolved.chance) / 3, step(said.mass) / 3);
    }
    let gap = if before {
        segment.words.start.saturating_sub(candidate.words.end)
    } else {
        candidate.words.start.saturating_sub(segment.words.end)
    };
    add(718, bucket(gap), mix(&[u64::from(before), whole]));
    add(719, u64::from(segment.unclosed) | u64::from(segment.continues) << 1, whole);
}

/// The features of the speaker of a reported statement, or of there being none.
pub fn of_statement(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    pronouns: &[Option<Resolved>],
    statement: &Reported,
    named: bool,
    out: &mut impl Features,
) {
    let words = &reading.words;
    let named = u64::from(named);
    let manner = statement.manner as u64 * 2 + named;
    let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
    add(750, manner, 0);
    add(751, step(statement.chance), named);
    let Some(c) = statement.candidate else { return };
    let candidate = &candidates[c];
    let sort = sort_of(candidate);
    add(752, sort, manner);
    add(753, bucket(statement.cue.abs_diff(candidate.head)), manner);
    if statement.manner != Manner::Shared {
        add(754, candidate.link.map_or(9, |l| u64::from(l.steps) * 2 + u64::from(l.apposition)), manner);
    }
    if let Some(resolved) = pronouns[c] {
        add(755, step(resolved.chance), sort);
    }
    add(756, words[statement.cue].base, named);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_certain_and_nothing_impossible() {
        assert_eq!(confidence(100.0), MOST);
        assert_eq!(confidence(-100.0), LEAST);
        assert_eq!(confidence(0.0), 0.5);
    }

    #[test]
    fn steps_rise_with_the_chance() {
        let steps: Vec<u64> = [0.0, 0.05, 0.3, 0.5, 0.7, 0.9, 0.97, 0.999, 1.0].map(step).into();
        assert!(steps.is_sorted(), "{steps:?}");
        assert!(steps[0] < steps[3] && steps[3] < steps[8]);
    }
}
