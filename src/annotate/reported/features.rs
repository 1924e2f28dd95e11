//! What the ranker is told of a stretch, and of there being none.

use super::anchors::{Anchor, Manner};
use super::stretches::{Stretch, trim_end};
use crate::annotate::candidates::Candidate;
use crate::annotate::lexicon::Known;
use crate::annotate::model::{Features, feature};
use crate::annotate::reading::{ParagraphKind, Reading, Shape, Word};
use crate::annotate::speakers::{bucket, mix};
use crate::annotate::speech::Speech;
use crate::annotate::tagger::Tag;
use std::ops::Range;

/// Running counts over the words of an article: how many before each word.
#[derive(Debug)]
pub struct Counts(Vec<Running>);

#[derive(Clone, Copy, Debug, Default)]
struct Running {
    /// Words of quoted speech, marks included.
    quoted: u32,
    finite: u32,
    commas: u32,
    reports: u32,
}

impl Counts {
    /// Counts once, for all anchors.
    pub fn new(reading: &Reading<'_>, speech: &Speech) -> Self {
        let words = &reading.words;
        let mut counts = vec![Running::default(); words.len() + 1];
        for said in &speech.said {
            for k in reading.segments[said.segment].words.clone() {
                counts[k + 1].quoted = 1;
            }
        }
        let mut sum = Running::default();
        for (k, word) in words.iter().enumerate() {
            sum.quoted += counts[k + 1].quoted;
            sum.finite += u32::from(word.tag.is_finite() || word.tag == Tag::Modal);
            sum.commas += u32::from(!word.quoted && word.shape == Shape::Sign && reading.str(k) == ",");
            sum.reports += u32::from(word.is_report() && !word.quoted);
            counts[k + 1] = sum;
        }
        Self(counts)
    }

    fn in_range(&self, words: Range<usize>) -> Running {
        let (a, b) = (self.0[words.start], self.0[words.end]);
        Running {
            quoted: b.quoted - a.quoted,
            finite: b.finite - a.finite,
            commas: b.commas - a.commas,
            reports: b.reports - a.reports,
        }
    }
}

/// A small word as itself, any other by its part of speech.
fn coarse(word: Option<&Word>) -> u64 {
    match word {
        None => 1,
        Some(w) => match w.tag {
            Tag::Preposition | Tag::Determiner | Tag::Pronoun | Tag::Other | Tag::Modal => w.key,
            tag => tag as u64 + 100,
        },
    }
}

fn class(cue: &Word) -> u64 {
    match cue.known {
        k if k.has(Known::CORE) => 1,
        k if k.has(Known::SPEECH) => 2,
        k if k.has(Known::REPORTS) => 3,
        _ => 4,
    }
}

/// The features of "this anchor reports nothing".
pub fn of_nothing(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    counts: &Counts,
    anchor: &Anchor,
    out: &mut impl Features,
) {
    let words = &reading.words;
    let sentence = reading.sentence_of(anchor.cue);
    let cue = &words[anchor.cue];
    let at = |k: usize| Some(k).filter(|k| sentence.contains(k)).map(|k| &words[k]);
    let before = |n: usize| anchor.cue.checked_sub(n).and_then(at);
    let manner = anchor.manner as u64;
    let next = at(anchor.cue + 1);
    let after = at(anchor.cue + 2);
    let quoted = counts.in_range(sentence.clone()).quoted;
    let speech = u64::from(quoted > 0) | u64::from(u32::from(quoted > 0) * quoted * 2 > sentence.len() as u32) << 1;
    // Where quoted speech stands to the cue: the verb may have its words already.
    let behind = counts.in_range(anchor.cue..sentence.end).quoted > 0;
    let ahead = counts.in_range(sentence.start..anchor.cue).quoted > 0;
    let sides = u64::from(behind) | u64::from(ahead) << 1;
    let starts_speech = next.is_some_and(|w| w.quoted) || after.is_some_and(|w| w.quoted);
    let ends_speech = before(1).is_some_and(|w| w.quoted) || before(2).is_some_and(|w| w.quoted);
    let near = u64::from(starts_speech) | u64::from(ends_speech) << 1;
    let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
    add(560, manner, class(cue));
    add(561, cue.base, 0);
    add(562, cue.base, manner);
    add(563, cue.tag as u64, manner);
    add(564, cue.base, coarse(next));
    add(565, cue.base, speech);
    add(566, coarse(next), manner);
    add(567, mix(&[coarse(next), coarse(after)]), class(cue));
    add(568, coarse(before(1)), manner);
    add(569, mix(&[coarse(before(2)), coarse(before(1))]), class(cue));
    add(570, mix(&[sides, near]), manner);
    add(571, mix(&[sides, near, cue.base]), 0);
    add(572, next.map_or(0, |w| w.key), class(cue));
    add(573, before(1).map_or(0, |w| w.key), class(cue));
    add(574, u64::from(heading(reading, anchor)), manner);
    add(575, bucket(anchor.cue - sentence.start), manner);
    add(576, bucket(sentence.end - anchor.cue), manner);
    add(577, mix(&[near, coarse(next)]), manner);
    add(578, mix(&[cue.tag as u64, coarse(before(1)), coarse(next)]), 0);
    if let Some(candidate) = anchor.candidate.map(|c| &candidates[c]) {
        add(580, candidate.sort as u64, manner);
        add(581, candidate.sort as u64, cue.base);
        let head = &words[candidate.head];
        add(582, if candidate.sort.is_name() { 1 } else { head.base }, manner);
        if let Some(link) = candidate.link {
            add(583, u64::from(link.steps) * 2 + u64::from(link.apposition), mix(&[manner, link.order as u64]));
        }
    }
}

fn heading(reading: &Reading<'_>, anchor: &Anchor) -> bool {
    reading.paragraphs[reading.words[anchor.cue].paragraph as usize].kind == ParagraphKind::Heading
}

/// The features of a stretch for an anchor.
pub fn of_stretch(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    counts: &Counts,
    anchor: &Anchor,
    stretch: &Stretch,
    out: &mut impl Features,
) {
    let words = &reading.words;
    let range = stretch.words.clone();
    let sentence = reading.sentence_of(anchor.cue);
    let cue = &words[anchor.cue];
    let place = match &stretch.hole {
        Some(_) => 2,
        None => u64::from(range.start > anchor.cue),
    };
    let manner = anchor.manner as u64 * 3 + place;
    let at = |k: usize| Some(k).filter(|k| sentence.contains(k)).map(|k| &words[k]);
    let (one, two) = (at(range.start), at(range.start + 1));
    let first = coarse(one);
    let second = coarse(two);
    let left = range.start.checked_sub(1).map_or(0, |k| coarse(at(k)));
    let close = coarse(at(range.end));
    let after_close = coarse(at(range.end + 1));
    let last = coarse(at(range.end - 1));
    let gap = match place {
        1 => range.start - anchor.cue,
        0 => anchor.cue.saturating_sub(range.end),
        _ => 0,
    };
    let inside = counts.in_range(range.clone());
    let opening = counts.in_range(range.start..range.end.min(range.start + 8));
    let len = range.len() - stretch.hole.as_ref().map_or(0, |h| h.len());
    let n = bucket(len);
    let to_end = trim_end(reading, range.start, sentence.end) == range.end;
    let whole = u64::from(range.start == sentence.start) | u64::from(to_end) << 1;
    let share = u64::from(inside.quoted * 4) / range.len() as u64;
    let commas = u64::from(inside.commas.min(3));
    let reports = u64::from(inside.reports.min(2));
    let class = class(cue);
    // Subject and verb in the stretch: a clause, not a phrase.
    let clause = u64::from(inside.finite > 0) | u64::from(opening.finite > 0) << 1;
    let sort = anchor.candidate.map_or(99, |c| candidates[c].sort as u64);
    let next = coarse(at(anchor.cue + 1));
    let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
    add(500, manner, 0);
    add(501, cue.base, manner);
    add(504, first, manner);
    add(505, mix(&[first, second]), manner);
    add(506, first, cue.base);
    add(507, left, manner);
    add(508, close, manner);
    add(509, mix(&[close, after_close]), manner);
    add(510, n, manner);
    add(511, clause, manner);
    add(512, clause, cue.base);
    add(513, whole, manner);
    add(514, commas, manner);
    add(515, reports, manner);
    add(516, bucket(gap), manner);
    add(517, share, manner);
    add(518, sort, manner);
    add(519, mix(&[close, whole, class]), manner);
    add(520, mix(&[left, first]), place);
    add(522, mix(&[next, bucket(gap)]), manner);
    add(523, mix(&[whole, commas, clause]), manner);
    add(524, mix(&[cue.tag as u64, clause, class]), manner);
    add(525, close, mix(&[n, clause]));
    add(527, share, mix(&[clause, n]));
    add(528, mix(&[one.map_or(0, |w| w.key), class]), place);
    add(533, mix(&[last, close]), place);
    add(534, mix(&[close, after_close, clause]), place);
    add(535, mix(&[cue.base, place, whole]), 0);
    add(536, mix(&[class, clause, whole, place]), n);
    if heading(reading, anchor) {
        add(537, manner, whole);
    }
    let (begins, stops) = (words[range.start].quoted, at(range.end - 1).is_some_and(|w| w.quoted));
    add(529, u64::from(begins) | u64::from(stops) << 1, manner);
    add(530, u64::from(at(range.end).is_some_and(|w| w.quoted)), manner);
    add(538, mix(&[u64::from(begins), u64::from(stops), share]), n);
    if inside.quoted > 0 {
        // A whole quotation inside: the verb reports that, not the words around it.
        let opens = range.clone().skip(1).find(|&k| words[k].quoted && !words[k - 1].quoted);
        if let Some(k) = opens {
            let capital = words.get(k + 1).is_some_and(Word::is_capital);
            let sign = coarse(Some(&words[k - 1]));
            add(531, mix(&[u64::from(capital), bucket(k - range.start)]), manner);
            add(532, mix(&[u64::from(capital), sign]), manner);
        }
        let plain = len.saturating_sub(inside.quoted as usize);
        add(539, bucket(plain), mix(&[u64::from(begins), u64::from(stops)]));
    }
    if matches!(anchor.manner, Manner::Free | Manner::Noun) {
        add(540, mix(&[first, cue.base]), coarse(anchor.cue.checked_sub(1).and_then(at)));
    }
}
