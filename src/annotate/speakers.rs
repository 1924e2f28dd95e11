//! Who speaks: for each quoted segment, which of the phrases around it stands for the speaker.
//!
//! A linear ranker over candidates, decoded from left to right so that one choice informs the next.

use super::candidates::{Candidate, Sort};
use super::lexicon::{Known, key};
use super::model::{Features, feature};
use super::reading::{Paragraph, ParagraphKind, Reading, Shape, Word};
use super::tagger::Tag;
use std::ops::Range;
use std::sync::LazyLock;

/// What is asked of the article again and again, counted once.
#[derive(Debug)]
pub struct Around<'r, 'a> {
    /// The article.
    pub reading: &'r Reading<'a>,
    /// Sorted by first word.
    pub candidates: &'r [Candidate],
    /// For each candidate, the person it is known to stand for before any segment is looked at.
    pub persons: &'r [Option<u32>],
    /// Report verbs outside quotation marks before each word.
    reports: Vec<u32>,
    /// Segments that begin before each word.
    segments: Vec<u32>,
    /// Candidates that begin before each word.
    begun: Vec<u32>,
}

/// Who spoke last.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// The candidate.
    pub candidate: usize,
    /// The person it stood for.
    pub person: Option<u32>,
    /// The segment.
    pub segment: usize,
}

/// Candidates looked at before and behind a segment; keeps hostile copy linear.
const MOST_BEFORE: usize = 40;
const MOST_AFTER: usize = 30;
/// Words of the next paragraph that are looked at.
const INTO_NEXT: usize = 45;
/// A last speaker stays a candidate over so many paragraphs.
const LAST_REACHES: usize = 4;

impl<'r, 'a> Around<'r, 'a> {
    /// Counts what is needed.
    pub fn new(reading: &'r Reading<'a>, candidates: &'r [Candidate], persons: &'r [Option<u32>]) -> Self {
        let words = &reading.words;
        let reports = (0..words.len()).filter(|&i| words[i].is_report() && !words[i].quoted);
        Self {
            reading,
            candidates,
            persons,
            reports: before_each(words.len(), reports),
            segments: before_each(words.len(), reading.segments.iter().map(|s| s.words.start)),
            begun: before_each(words.len(), candidates.iter().map(|c| c.words.start)),
        }
    }

    /// The candidates that may speak segment `s`, as indexes; sorted, but for a last speaker from farther away.
    pub fn window(&self, s: usize, last: Option<Last>, out: &mut Vec<usize>) {
        out.clear();
        let segment = &self.reading.segments[s];
        let paragraphs = &self.reading.paragraphs;
        let p = segment.paragraph;
        let first = flow(paragraphs, p, -2).unwrap_or(p);
        let next = flow(paragraphs, p, 1).unwrap_or(p);
        let from = paragraphs[first].words.start;
        let to = paragraphs[next].words.end;
        let at = self.candidates.partition_point(|c| c.words.start < segment.words.start);
        let mut low = at;
        while low > 0 && at - low < MOST_BEFORE && self.candidates[low - 1].words.start >= from {
            low -= 1;
        }
        let mut high = at;
        while high < self.candidates.len() && high - at < MOST_AFTER && self.candidates[high].words.start < to {
            let start = self.candidates[high].words.start;
            if start >= paragraphs[p].words.end && start > segment.words.end + INTO_NEXT {
                break;
            }
            high += 1;
        }
        out.extend((low..high).filter(|&c| {
            let words = &self.candidates[c].words;
            !(words.start >= segment.words.start && words.end <= segment.words.end)
        }));
        if let Some(last) = last {
            let there = self.reading.segments[last.segment].paragraph;
            if p - there.min(p) <= LAST_REACHES && !(low..high).contains(&last.candidate) {
                out.push(last.candidate);
            }
        }
    }

    /// Report verbs outside quotation marks in a range of words.
    fn reports_in(&self, words: Range<usize>) -> usize {
        among(&self.reports, words)
    }

    /// Segments that begin in a range of words.
    fn segments_in(&self, words: Range<usize>) -> usize {
        among(&self.segments, words)
    }

    /// Candidates that begin in a range of words.
    fn candidates_in(&self, words: Range<usize>) -> usize {
        among(&self.begun, words)
    }
}

/// How many of `places` lie before each of `n` words, and before their end.
fn before_each(n: usize, places: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut before = vec![0; n + 1];
    places.for_each(|at| before[at + 1] += 1);
    let mut sum = 0;
    for n in &mut before {
        sum += *n;
        *n = sum;
    }
    before
}

fn among(before: &[u32], words: Range<usize>) -> usize {
    if words.start >= words.end { 0 } else { (before[words.end] - before[words.start]) as usize }
}

/// The paragraph `by` steps away in the same flow: the body is one, each caption is its own.
fn flow(paragraphs: &[Paragraph], p: usize, by: isize) -> Option<usize> {
    if paragraphs[p].kind == ParagraphKind::Caption {
        return Some(p);
    }
    let q = p.saturating_add_signed(by).min(paragraphs.len() - 1);
    (paragraphs[q].kind != ParagraphKind::Caption).then_some(q)
}

/// A distance in coarse steps.
pub fn bucket(n: usize) -> u64 {
    const STEPS: [usize; 12] = [0, 1, 2, 3, 4, 6, 9, 13, 20, 35, 60, 100];
    const LAST: usize = STEPS[STEPS.len() - 1];
    // Asked for every pair of words that may belong together, so looked up rather than counted.
    static BUCKETS: [u8; LAST + 2] = {
        let mut buckets = [0; LAST + 2];
        let (mut n, mut bucket) = (0, 0);
        while n < buckets.len() {
            bucket += (bucket < STEPS.len() && n > STEPS[bucket]) as usize;
            buckets[n] = bucket as u8;
            n += 1;
        }
        buckets
    };
    u64::from(BUCKETS[n.min(LAST + 1)])
}

/// Joins values into one.
pub fn mix(values: &[u64]) -> u64 {
    values.iter().fold(0x51_7c_c1_b7, |hash: u64, &v| (hash ^ v).wrapping_mul(0x2545_f491_4f6c_dd1d).rotate_left(23))
}

/// Keys of words that features name.
struct Keys {
    according: u64,
    to: u64,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys { according: key("according"), to: key("to") });

/// What of a segment all its candidates share.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    kind: u64,
    context: u64,
    alone: bool,
}

/// Looks at a segment once, for all its candidates.
pub fn frame(around: &Around<'_, '_>, s: usize) -> Frame {
    let reading = around.reading;
    let segment = &reading.segments[s];
    let paragraph = &reading.paragraphs[segment.paragraph].words;
    let words = segment.marked.words.of(reading.text);
    let n = words.split_whitespace().take(6).count();
    let end = match words.trim_end_matches(['’', '\'']).chars().next_back() {
        Some(',') => 1,
        Some('.' | '?' | '!' | '…') => 2,
        _ => 0,
    };
    let capital = words.starts_with(char::is_uppercase);
    let kind = u64::from(capital) | u64::from(n >= 6) << 1 | end << 2;
    let before = segment.words.start.checked_sub(1).filter(|i| paragraph.contains(i)).map(|i| &reading.words[i]);
    let after = Some(segment.words.end).filter(|i| paragraph.contains(i)).map(|i| &reading.words[i]);
    let context = mix(&[before.map_or(1, neighbour), after.map_or(2, neighbour)]);
    Frame { kind, context, alone: before.is_none() && after.is_none() }
}

/// A word beside a segment: itself where it is a small word or a sign, else its part of speech.
fn neighbour(word: &Word) -> u64 {
    let small = matches!(word.tag, Tag::Preposition | Tag::Determiner | Tag::Pronoun) || word.shape == Shape::Sign;
    if small { word.key } else { word.tag as u64 + 100 }
}

/// The features of candidate `c` for segment `s`.
pub fn features(
    around: &Around<'_, '_>,
    s: usize,
    frame: &Frame,
    c: usize,
    last: Option<Last>,
    out: &mut impl Features,
) {
    let reading = around.reading;
    let words = &reading.words;
    let segment = &reading.segments[s];
    let candidate = &around.candidates[c];
    let (i, j) = (segment.words.start, segment.words.end);
    let (a, b) = (candidate.words.start, candidate.words.end);
    let after = a >= j;
    let rel = u64::from(after);
    let between = if after { j..a } else { b.min(i)..i };
    let distance = between.len();
    let sort = candidate.sort as u64;
    let same_sentence = words[a].sentence == words[if after { j - 1 } else { i }].sentence;
    let paragraphs = words[a].paragraph as i64 - segment.paragraph as i64;
    let place = if same_sentence {
        0
    } else if paragraphs == 0 {
        1
    } else {
        2
    };
    let position = mix(&[rel, place, paragraphs.clamp(-3, 2) as u64]);
    let mut add = |template: u64, x: u64, y: u64| out.push(feature(template, x, y));

    add(200, position, 0);
    add(201, sort, 0);
    add(202, position, sort);
    add(203, bucket(distance), rel);
    let segments = around.segments_in(between.clone()).min(3) as u64;
    add(204, segments, rel);
    add(205, segments, position);

    let verb = candidate.link.map(|l| (l, &words[l.verb]));
    let order = verb.map_or(0, |(l, _)| l.order as u64);
    let class = match verb {
        None => 0,
        Some((_, v)) if v.known.has(Known::CORE) => 1,
        Some((_, v)) if v.known.has(Known::SPEECH) => 2,
        Some((_, v)) if v.known.has(Known::THOUGHT) => 3,
        Some(_) => 4,
    };
    let governs = order * 8 + class;
    add(206, governs, 0);
    add(207, governs, position);
    add(208, mix(&[governs, position]), sort);
    if let Some((link, word)) = verb {
        let v = link.verb;
        let side = u64::from(v >= j);
        let gap = if v >= j { j..v } else { (v + 1).min(i)..i };
        add(210, word.base, order);
        add(211, mix(&[order, side]), bucket(gap.len()));
        if gap.len() <= 4 {
            let path = gap.clone().fold(side, |h, k| mix(&[h, step(&words[k])]));
            add(212, path, order);
            add(213, path, class);
        } else {
            add(214, bucket(gap.len()), side);
        }
        add(215, around.reports_in(gap.clone()).min(3) as u64, side);
        add(216, u64::from(link.steps) * 2 + u64::from(link.apposition), order);
        add(217, word.tag as u64, order);
    }
    let pattern = pattern(reading, segment.words.clone(), candidate, class, place == 0);
    let company = company(candidate.sort);
    add(260, pattern, 0);
    add(261, pattern, company);
    add(262, pattern, class);
    add(263, pattern, frame.kind);
    // The words on either side of the candidate.
    let sentence = reading.sentence_of(a);
    let left = a.checked_sub(1).filter(|k| sentence.contains(k)).map(|k| &words[k]);
    let right = Some(b).filter(|k| sentence.contains(k)).map(|k| &words[k]);
    add(220, left.map_or(0, beside), 0);
    add(221, right.map_or(0, beside), 0);
    add(222, left.map_or(0, beside), sort);
    add(223, u64::from(a == sentence.start), place);
    let far_left = a.checked_sub(2).filter(|k| sentence.contains(k)).map(|k| &words[k]);
    if let (Some(left), Some(far)) = (left, far_left) {
        add(224, mix(&[beside(far), beside(left)]), 0);
        if left.key == KEYS.to && far.key == KEYS.according {
            add(225, position, 0);
        }
    }
    if right.is_some() && reading.str(b) == ":" {
        add(226, u64::from(b + 1 == i), u64::from(b + 2 == i));
    }
    if left.is_some() && matches!(reading.str(a - 1), "—" | "–" | "―" | "-" | "--") {
        add(227, rel, bucket(distance));
    }
    if distance <= 3 {
        let path = between.clone().fold(rel, |h, k| mix(&[h, step(&words[k])]));
        add(228, path, sort);
    }
    // The segment.
    add(230, frame.kind, position);
    add(231, frame.context, position);
    add(232, mix(&[frame.kind, governs]), position);
    add(233, mix(&[frame.context, governs]), position);
    if frame.alone {
        add(234, position, 0);
        add(235, position, governs);
    }
    // Who spoke last.
    if let Some(last) = last {
        let same = u64::from(last.candidate == c);
        let gap = (segment.paragraph - reading.segments[last.segment].paragraph.min(segment.paragraph)).min(3) as u64;
        let history = mix(&[same, gap]);
        add(240, history, 0);
        add(241, history, frame.kind);
        add(242, history, frame.context);
        add(243, history, u64::from(segment.continues));
        add(244, history, governs);
        let person = around.persons[c];
        if same == 0 && person.is_some() {
            add(245, u64::from(person == last.person), gap);
            add(246, u64::from(person == last.person), position);
        }
    } else {
        add(247, sort, 0);
    }
    // Rivals between.
    let nearer = if after { j..a } else { b.min(i)..i };
    add(250, around.candidates_in(nearer).min(5) as u64, rel);
    add(251, u64::from(around.persons[c].is_some()), u64::from(candidate.sort.is_name()));
    if !candidate.sort.is_name() && !candidate.sort.is_personal() {
        add(252, words[candidate.head].base, 0);
        add(253, words[candidate.head].base, governs);
    }
    let heading = reading.paragraphs[segment.paragraph].kind != ParagraphKind::Body;
    if heading {
        add(254, position, governs);
    }
    add(255, u64::from(words[a].quoted), 0);
}

/// Which of the plain ways to attribute a quotation a candidate stands in; 0 for none of them.
///
/// Coarse on purpose: it holds in any paper's style.
fn pattern(reading: &Reading<'_>, segment: Range<usize>, candidate: &Candidate, class: u64, same: bool) -> u64 {
    let words = &reading.words;
    let near =
        |gap: Range<usize>| gap.start <= gap.end && gap.len() <= 2 && words[gap].iter().all(|w| w.shape == Shape::Sign);
    let (a, b) = (candidate.words.start, candidate.words.end);
    if let Some(v) = candidate.reports().filter(|_| class == 1 || class == 2) {
        if b <= segment.start && v < segment.start {
            let gap = v + 1..segment.start;
            if near(gap.clone()) {
                return 1;
            }
            let open = gap.len() <= 7 && !words[gap].iter().any(|w| w.quoted || w.is_report());
            return if open && same { 2 } else { 3 };
        }
        if v >= segment.end && near(segment.end..v.min(a)) {
            return if a < v { 4 } else { 5 };
        }
    }
    let left = a.checked_sub(2).filter(|&k| words[k].sentence == words[a].sentence);
    if left.is_some_and(|k| words[k].key == KEYS.according && words[k + 1].key == KEYS.to) {
        return if same { 6 } else { 7 };
    }
    if b < segment.start && near(b..segment.start) && reading.str(b) == ":" {
        return 8;
    }
    0
}

/// Candidates by what they may be, coarse.
fn company(sort: Sort) -> u64 {
    match sort {
        sort if sort.is_name() => 1,
        Sort::He | Sort::She => 2,
        sort if sort.is_role() => 3,
        sort if sort.is_group() => 4,
        _ => 5,
    }
}

/// A word on the way between two things: small words as themselves, others by part of speech.
fn step(word: &Word) -> u64 {
    match word.tag {
        Tag::Noun | Tag::Nouns | Tag::Name | Tag::Adjective | Tag::Number => word.tag as u64 + 100,
        Tag::Adverb | Tag::Past | Tag::Present | Tag::Participle | Tag::Ing | Tag::Base => word.tag as u64 + 100,
        _ => word.key,
    }
}

/// A word beside a candidate: small words as themselves, others by part of speech.
fn beside(word: &Word) -> u64 {
    match word.tag {
        Tag::Preposition | Tag::Determiner | Tag::Other => word.key,
        tag => tag as u64 + 100,
    }
}
