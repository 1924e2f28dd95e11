//! Reported speech: statements without quotation marks, or with a few marked words inside.
//!
//! Every word that may report ("said", "according to", "her claim that") is asked which stretch of its sentence it
//! reports, if any; a linear ranker chooses among the stretches that commas, conjunctions and the sentence's ends cut out.

use super::candidates::{Candidate, Order, Sort};
use super::lexicon::Known;
use super::model::{Feature, Weights, feature};
use super::pronouns::chance;
use super::reading::{ParagraphKind, Reading, Shape, Word};
use super::speakers::{bucket, mix};
use super::speech::Speech;
use super::tagger::{Tag, best};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A reported statement.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The statement, from its first to its last word.
    pub words: Range<usize>,
    /// Which candidate states it, where one is near.
    pub candidate: Option<usize>,
    /// The word that reports it.
    pub cue: usize,
    /// The ranker's chance for it, 0 to 1.
    pub chance: f32,
}

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

/// How an anchor reports.
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
}

/// Stretches tried on each side of one anchor; keeps hostile copy linear.
const MOST_ENDS: usize = 7;
/// Words of a sentence looked at on each side of an anchor.
const REACH: usize = 90;
/// Words a statement must have; shorter ones are mostly no statements.
const SHORTEST: usize = 3;

/// Finds reported statements; sorted by first word, disjoint, none nearly all in quotation marks.
pub fn reported(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    speech: &Speech,
    weights: &impl Weights,
) -> Vec<Reported> {
    let quoted = quoted_before(reading, speech);
    let mut out: Vec<Reported> = Vec::new();
    let (mut ranges, mut features, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    for anchor in anchors(reading, candidates) {
        options(reading, candidates, &anchor, &mut ranges);
        if ranges.is_empty() {
            continue;
        }
        scores.clear();
        scores.push(NOTHING);
        for range in &ranges {
            features.clear();
            features_of(reading, candidates, &quoted, &anchor, range.clone(), &mut features);
            let mut score = [0.0];
            weights.add(&features, &mut score);
            scores.push(score[0]);
        }
        let at = best(&scores);
        if at == 0 {
            continue;
        }
        let words = ranges[at - 1].clone();
        // What stands nearly whole in quotation marks is a quotation already: “told the council, ‘…’”.
        let inside = (quoted[words.end] - quoted[words.start]) as usize;
        let outside = reading.words[words.clone()].iter().filter(|w| !w.quoted && w.shape != Shape::Sign).count();
        let whole = words.clone().any(|k| opens_whole(reading, k));
        if inside * 100 > 85 * words.len() || inside > 0 && outside < if whole { 4 } else { 2 } {
            continue;
        }
        let found = Reported { words, candidate: anchor.candidate, cue: anchor.cue, chance: chance(&scores, at) };
        keep(found, &mut out);
    }
    out.sort_by_key(|r| r.words.start);
    out
}

/// Whether a quotation of whole sentences opens at a word.
fn opens_whole(reading: &Reading<'_>, k: usize) -> bool {
    let words = &reading.words;
    let next = words.get(k + 1).filter(|w| w.quoted && w.is_capital());
    words[k].quoted && words[k].shape == Shape::Sign && next.is_some() && (k == 0 || !words[k - 1].quoted)
}

/// What the ranker must beat for a stretch to be taken.
const NOTHING: f32 = -1.0;

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

/// How many quoted words of speech stand before each word.
pub fn quoted_before(reading: &Reading<'_>, speech: &Speech) -> Vec<u32> {
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

/// All words of the body that may report speech, in order.
pub fn anchors(reading: &Reading<'_>, candidates: &[Candidate]) -> Vec<Anchor> {
    let words = &reading.words;
    let mut linked: FxHashMap<usize, (usize, Manner)> = FxHashMap::default();
    for (c, candidate) in candidates.iter().enumerate() {
        if let Some(link) = candidate.link {
            let manner = match link.order {
                Order::SubjectVerb => Manner::Subject,
                Order::VerbSubject => Manner::Inverted,
                Order::Passive => Manner::Passive,
                Order::Other => continue,
            };
            // The first to reach the verb is its subject: "a source close to the talks said".
            linked.entry(link.verb).or_insert((c, manner));
        }
    }
    let mut out = Vec::new();
    let mut next = 0;
    for paragraph in reading.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body) {
        // The sentence's subject so far, for verbs that share it.
        let mut subject: Option<usize> = None;
        let mut sentence = u32::MAX;
        for i in paragraph.words.clone() {
            let word = &words[i];
            if word.sentence != sentence {
                (subject, sentence) = (None, word.sentence);
            }
            while next < candidates.len() && candidates[next].words.start <= i {
                let candidate = &candidates[next];
                if candidate.link.is_some_and(|l| l.order != Order::VerbSubject)
                    && words[candidate.head].sentence == sentence
                {
                    subject = Some(next);
                }
                next += 1;
            }
            if word.quoted {
                continue;
            }
            if word.is_report() {
                let (candidate, manner) = match linked.get(&i) {
                    Some(&(c, manner)) => (Some(c), manner),
                    // "Asked whether …" and "when asked" tell nobody's words.
                    None if word.tag == Tag::Participle || subject.is_none() => continue,
                    None => (subject, Manner::Shared),
                };
                out.push(Anchor { cue: i, manner, candidate });
            } else if word.key == according() && paragraph.words.contains(&(i + 2)) && reading.str(i + 1) == "to" {
                let at = candidates.partition_point(|c| c.words.start < i + 2);
                let near = candidates.get(at).filter(|c| c.words.start <= i + 4);
                out.push(Anchor { cue: i, manner: Manner::According, candidate: near.map(|_| at) });
            } else if word.known.has(Known::REPORTING)
                && word.tag.is_noun()
                && i + 1 < paragraph.words.end
                && reading.str(i + 1) == "that"
            {
                let owner = candidates[..next]
                    .iter()
                    .rposition(|c| c.words.contains(&i) || c.sort == Sort::Possessive && c.words.end == i);
                out.push(Anchor {
                    cue: i,
                    manner: Manner::Noun,
                    candidate: owner.filter(|&c| candidates[c].sort == Sort::Possessive).or(subject),
                });
            }
        }
    }
    out
}

fn according() -> u64 {
    super::lexicon::key("according")
}

/// The stretches that an anchor may report: behind it, then before it.
pub fn options(reading: &Reading<'_>, candidates: &[Candidate], anchor: &Anchor, out: &mut Vec<Range<usize>>) {
    out.clear();
    let sentence = reading.sentence_of(anchor.cue);
    let low = sentence.start.max(anchor.cue.saturating_sub(REACH));
    let high = sentence.end.min(anchor.cue + REACH);
    let subject = anchor.candidate.map(|c| candidates[c].words.clone());
    let behind = match anchor.manner {
        Manner::Inverted | Manner::According => subject.clone().map_or(anchor.cue + 1, |s| s.end),
        _ => anchor.cue + 1,
    };
    let before = match (anchor.manner, &subject) {
        (Manner::Subject | Manner::Passive, Some(s)) => s.start.min(anchor.cue),
        _ => anchor.cue,
    };
    // Behind: past what may stand between, to each place where the clause may end.
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
        push(start..end, out);
        let mut n = 0;
        for k in (start + SHORTEST..end).rev() {
            if n >= MOST_ENDS {
                break;
            }
            if ends_clause(reading, k) {
                push(start..k, out);
                n += 1;
            }
        }
    }
    // Before: from each place where it may begin, to the comma.
    let mut end = before;
    while end > low
        && (reading.words[end - 1].shape == Shape::Sign
            || matches!(anchor.manner, Manner::Subject) && is_title(&reading.words[end - 1]))
    {
        end -= 1;
    }
    if end > low + SHORTEST {
        push(low..end, out);
        let mut n = 0;
        for k in low + 1..end.saturating_sub(SHORTEST) {
            if n >= MOST_ENDS {
                break;
            }
            if ends_clause(reading, k) {
                let sign = reading.words[k].shape == Shape::Sign;
                push(k + usize::from(sign)..end, out);
                n += 1;
            }
        }
    }
    out.dedup();
}

fn push(range: Range<usize>, out: &mut Vec<Range<usize>>) {
    if range.len() >= SHORTEST {
        out.push(range);
    }
}

/// A title or description between comma and name: ", Harbour Minister Marsh said".
fn is_title(word: &Word) -> bool {
    word.known.has(Known::TITLE.or(Known::ROLE).or(Known::HONORIFIC)) && !word.quoted
}

/// Whether a clause may end before word `k`.
fn ends_clause(reading: &Reading<'_>, k: usize) -> bool {
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

fn trim_end(reading: &Reading<'_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start
        && reading.words[end - 1].shape == Shape::Sign
        && matches!(reading.str(end - 1), "." | "!" | "?" | "”" | "\"" | "’" | ",")
    {
        end -= 1;
    }
    end
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

/// The features of the stretch `range` for an anchor; `quoted` counts quoted words before each.
pub fn features_of(
    reading: &Reading<'_>,
    candidates: &[Candidate],
    quoted: &[u32],
    anchor: &Anchor,
    range: Range<usize>,
    out: &mut Vec<Feature>,
) {
    let words = &reading.words;
    let sentence = reading.sentence_of(anchor.cue);
    let cue = &words[anchor.cue];
    let behind = range.start > anchor.cue;
    let manner = anchor.manner as u64 * 2 + u64::from(behind);
    let at = |k: usize| Some(k).filter(|k| sentence.contains(k)).map(|k| &words[k]);
    let first = coarse(at(range.start));
    let second = coarse(at(range.start + 1));
    let left = range.start.checked_sub(1).map_or(0, |k| coarse(at(k)));
    let close = coarse(at(range.end));
    let after_close = coarse(at(range.end + 1));
    let gap = if behind { range.start - anchor.cue } else { anchor.cue.saturating_sub(range.end) };
    let inside = &words[range.clone()];
    let finite = inside.iter().any(|w| w.tag.is_finite() || w.tag == Tag::Modal);
    let commas = range.clone().filter(|&k| reading.str(k) == ",").count().min(3) as u64;
    let reports = inside.iter().filter(|w| w.is_report() && !w.quoted).count().min(2) as u64;
    let n = bucket(range.len());
    let whole = u64::from(range.start == sentence.start)
        | u64::from(trim_end(reading, range.start, sentence.end) == range.end) << 1;
    let marked = quoted[range.end] - quoted[range.start];
    let share = u64::from(marked * 4) / range.len() as u64;
    let sort = anchor.candidate.map_or(99, |c| candidates[c].sort as u64);
    let class = u64::from(cue.known.has(Known::CORE));
    // Subject and verb in the stretch: a clause, not a phrase.
    let clause =
        u64::from(finite) | u64::from(inside.iter().take(8).any(|w| w.tag.is_finite() || w.tag == Tag::Modal)) << 1;
    let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
    add(500, manner, 0);
    add(501, cue.base, manner);
    add(502, cue.base, 0);
    add(503, cue.tag as u64, manner);
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
    add(520, mix(&[left, first]), u64::from(behind));
    add(521, coarse(at(anchor.cue + 1)), manner);
    add(522, mix(&[coarse(at(anchor.cue + 1)), bucket(gap)]), manner);
    add(523, mix(&[whole, commas, clause]), manner);
    add(524, mix(&[cue.tag as u64, clause, class]), manner);
    add(525, close, mix(&[n, clause]));
    add(526, mix(&[coarse(anchor.cue.checked_sub(1).and_then(at)), class]), manner);
    add(527, share, mix(&[clause, n]));
    if let Some(link) = anchor.candidate.and_then(|c| candidates[c].link) {
        add(528, u64::from(link.steps) * 2 + u64::from(link.apposition), manner);
    }
    let mid = words[range.start.min(range.end - 1)].quoted;
    add(529, u64::from(mid), manner);
    add(530, u64::from(at(range.end).is_some_and(|w| w.quoted)), manner);
    // A whole quotation inside: the verb reports that, not the words around it.
    let opens = range.clone().skip(1).find(|&k| words[k].quoted && !words[k - 1].quoted);
    if let Some(k) = opens {
        let capital = words.get(k + 1).is_some_and(Word::is_capital);
        let sign = coarse(Some(&words[k - 1]));
        add(531, mix(&[u64::from(capital), bucket(k - range.start)]), manner);
        add(532, mix(&[u64::from(capital), sign]), manner);
    }
}
