//! One story filed twice, or in two versions.
//!
//! Each article is a set of runs of five words. MinHash (Broder 1997) makes 64 numbers of it, of which two articles
//! share about as large a part as of their runs; in bands of four (locality-sensitive hashing) articles that share
//! half are found without comparing each with each. What is found is then compared run by run.
//! Time and memory grow with the words of the archive, since a bucket's articles are compared with few of their own.

use super::ground::Ground;
use crate::archive::ArticleId;
use crate::build::Story;
use crate::diag::{Diagnostic, codes};
use crate::model::BlockKind;
use crate::text::digest::normal_words;
use crate::text::{FileSpan, TextSpan};
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

/// Words in one run.
const RUN: usize = 5;
/// Numbers in a signature: [`BANDS`] bands of [`ROWS`].
const HASHES: usize = BANDS * ROWS;
const BANDS: usize = 16;
const ROWS: usize = 4;
/// The share of common runs from which two articles are versions of one story.
const ALIKE: f64 = 0.6;
/// Runs below which two articles are alike by chance; such are told only where they are the same word for word.
const FEWEST_RUNS: usize = 20;
/// Articles of one bucket that an article is compared with.
const COMPARED: usize = 8;

/// What is kept of one article.
pub(super) struct Print {
    id: ArticleId,
    /// Of all its words in order; none of an article without words.
    whole: Option<u64>,
    /// Of its runs of words, sorted, distinct.
    runs: Vec<u64>,
    /// Where it is shown: line of the headline.
    place: Diagnostic,
}

/// Makes a print of one article's body.
pub(super) fn print(id: ArticleId, story: &Story) -> Print {
    let article = &story.article;
    let is_body = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Crosshead(_));
    let mut words = String::new();
    for block in article.blocks.iter().filter(|block| is_body(block.kind)) {
        words.push_str(&normal_words(article.words_of(block)));
        words.push(' ');
    }
    let starts: Vec<usize> = std::iter::once(0)
        .chain(memchr::memchr_iter(b' ', words.as_bytes()).map(|i| i + 1))
        .filter(|at| *at < words.len())
        .collect();
    let end = |i: usize| starts.get(i).copied().unwrap_or(words.len());
    let mut runs: Vec<u64> = (0..(starts.len() + 1).saturating_sub(RUN))
        .map(|i| xxh3_64(&words.as_bytes()[starts[i]..end(i + RUN)]))
        .collect();
    runs.sort_unstable();
    runs.dedup();
    let headline = article.blocks.iter().find(|block| block.kind == BlockKind::Headline);
    let headline = headline.map_or(FileSpan::at(0), |block| {
        article.file_span(TextSpan::new(block.span.start as usize, block.span.end as usize))
    });
    let place = Diagnostic::new(codes::ARTICLE_TWICE, &article.path, "").at(&story.source.text, headline, "");
    Print { id, whole: (!starts.is_empty()).then(|| xxh3_64(words.as_bytes())), runs, place }
}

/// Notes articles that are the same as an older one, word for word or nearly; `prints` are oldest first.
pub(super) fn compare(ground: &Ground<'_>, prints: &[Print], out: &mut Vec<Diagnostic>) {
    let archive = ground.site.archive;
    let name = |at: usize| {
        let facts = &archive.article(prints[at].id).facts;
        format!("{} (“{}”)", facts.path, facts.headline)
    };
    let mut whole: FxHashMap<u64, usize> = FxHashMap::default();
    let mut buckets: FxHashMap<(usize, u64), Vec<usize>> = FxHashMap::default();
    for (at, print) in prints.iter().enumerate() {
        let Some(words) = print.whole else { continue };
        if let Some(first) = whole.get(&words) {
            out.push(
                said(print, codes::ARTICLE_TWICE, format!("the same words stand in {}", name(*first)))
                    .note("both are published")
                    .help("take one of the two files out"),
            );
            continue;
        }
        whole.insert(words, at);
        if print.runs.len() < FEWEST_RUNS {
            continue;
        }
        let signature = signature(&print.runs);
        let mut near: FxHashSet<usize> = FxHashSet::default();
        for (band, rows) in signature.chunks_exact(ROWS).enumerate() {
            let bytes: Vec<u8> = rows.iter().flat_map(|row| row.to_le_bytes()).collect();
            let bucket = buckets.entry((band, xxh3_64(&bytes))).or_default();
            near.extend(bucket.iter().copied());
            if bucket.len() < COMPARED {
                bucket.push(at);
            }
        }
        let best = near
            .into_iter()
            .map(|other| (shared(&print.runs, &prints[other].runs), std::cmp::Reverse(other)))
            .filter(|(share, _)| *share >= ALIKE)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        if let Some((share, std::cmp::Reverse(other))) = best {
            let message = format!("{:.0}% of this story’s runs of words stand in {}", share * 100.0, name(other));
            out.push(
                said(print, codes::ARTICLE_ALIKE, message)
                    .note(format!("shared of all runs of {RUN} words in the two; both are published"))
                    .help("keep the last version, or leave both where both are wanted"),
            );
        }
    }
}

fn said(print: &Print, code: crate::diag::Code, message: String) -> Diagnostic {
    let mut said = Diagnostic::new(code, &print.place.path, message);
    said.place = print.place.place.clone();
    if let Some(place) = &mut said.place {
        place.label = "this story".into();
    }
    said
}

/// The smallest of the runs under each of [`HASHES`] orders.
fn signature(runs: &[u64]) -> [u64; HASHES] {
    let mut least = [u64::MAX; HASHES];
    for run in runs {
        let mut mixed = *run;
        for least in &mut least {
            // SplitMix64: the next number of a sequence that the run begins (Steele, Lea and Flood 2014).
            mixed = mixed.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = mixed;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *least = (*least).min(z ^ (z >> 31));
        }
    }
    least
}

/// The part of all runs of two articles that both have; both are sorted.
fn shared(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_shares_about_as_much_as_the_runs() {
        let runs = |from: u64, to: u64| -> Vec<u64> { (from..to).map(|n| xxh3_64(&n.to_le_bytes())).collect() };
        for (a, b, expected) in [(0, 300, 1.0), (60, 360, 240.0 / 360.0), (300, 600, 0.0)] {
            let (mut one, mut two) = (runs(0, 300), runs(a, b));
            one.sort_unstable();
            two.sort_unstable();
            assert_eq!(shared(&one, &two), expected);
            let same = signature(&one).iter().zip(signature(&two)).filter(|(x, y)| **x == *y).count();
            assert!((same as f64 / HASHES as f64 - expected).abs() < 0.15, "{same} of {HASHES}, {expected}");
        }
    }
}
