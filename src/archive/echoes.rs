//! The same words by the same person in several articles, exactly or nearly.

use super::{Person, PersonQuote, QuoteRef};
use crate::model::{Facts, QuoteFact};
use crate::text::digest::normal_words;
use crate::text::echo::{are_alike, sketch};
use std::sync::Arc;

/// Words below which two quotations are alike by chance: "no comment", "some time".
const FEWEST_WORDS: u32 = 4;

/// All quotations of a person, newest article first, then in the article's order, each with its echoes.
///
/// `spoken` is sorted. Linear but for sorting: of those that may be alike each is compared with one other.
pub(super) fn quotes_of(articles: &[Arc<Facts>], spoken: &[QuoteRef]) -> Box<[PersonQuote]> {
    let fact = |at: QuoteRef| &articles[at.article.index()].quotes[at.quote as usize];
    let newest_first = spoken.chunk_by(|a, b| a.article == b.article).rev().flatten();
    let mut quotes: Vec<_> =
        newest_first.map(|at| PersonQuote { at: *at, n_also: 0, also_in: Box::default() }).collect();
    let facts: Vec<&QuoteFact> = quotes.iter().map(|quote| fact(quote.at)).collect();
    let mut groups = Groups::new(quotes.len());
    exact(&facts, &mut groups);
    near(&facts, &mut groups);
    for same in groups.finish() {
        echo(&mut quotes, same);
    }
    quotes.into()
}

/// Puts together those whose normal words are the same.
fn exact(facts: &[&QuoteFact], groups: &mut Groups) {
    let mut by_id: Vec<(&str, usize)> = facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| fact.words >= FEWEST_WORDS)
        .map(|(at, fact)| (short_id(&fact.id), at))
        .collect();
    by_id.sort_unstable();
    for run in by_id.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        // An id is thirty bits of a hash: the words decide.
        let mut by_words: Vec<_> = run.iter().map(|(_, at)| (normal_words(&facts[*at].text), *at)).collect();
        by_words.sort_unstable();
        for same in by_words.chunk_by(|a, b| a.0 == b.0) {
            same.windows(2).for_each(|pair| groups.join(pair[0].1, pair[1].1));
        }
    }
}

/// Puts together those whose words are alike.
fn near(facts: &[&QuoteFact], groups: &mut Groups) {
    let sketched =
        facts.iter().enumerate().flat_map(|(at, fact)| sketch(&fact.shingles).iter().map(move |hash| (*hash, at)));
    let mut by_hash: Vec<(u32, usize)> = sketched.collect();
    by_hash.sort_unstable();
    for pair in by_hash.windows(2) {
        let [(hash, a), (other, b)] = [pair[0], pair[1]];
        if hash == other && !groups.are_joined(a, b) && are_alike(&facts[a].shingles, &facts[b].shingles) {
            groups.join(a, b);
        }
    }
}

/// Tells quotations of the same words of each other; `same` is sorted, newest first.
fn echo(quotes: &mut [PersonQuote], same: Vec<usize>) {
    let mut places: Vec<QuoteRef> = same.iter().map(|at| quotes[*at].at).collect();
    places.dedup_by_key(|at| at.article);
    for at in same {
        let own = quotes[at].at.article;
        let others = places.iter().filter(|place| place.article != own).take(Person::MOST_ALSO);
        quotes[at].also_in = others.copied().collect();
        quotes[at].n_also = places.len() as u32 - 1;
    }
}

/// An id without the number of its repeat in the article.
fn short_id(id: &str) -> &str {
    id.split_once('-').map_or(id, |(id, _)| id)
}

/// Disjoint sets of quotations.
struct Groups {
    /// Each one's way to the first of its set.
    up: Vec<usize>,
}

impl Groups {
    fn new(n: usize) -> Self {
        Self { up: (0..n).collect() }
    }

    /// The first of a set; shortens the way to it.
    fn first(&mut self, mut at: usize) -> usize {
        while self.up[at] != at {
            self.up[at] = self.up[self.up[at]];
            at = self.up[at];
        }
        at
    }

    fn are_joined(&mut self, a: usize, b: usize) -> bool {
        self.first(a) == self.first(b)
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.up[a.max(b)] = a.min(b);
    }

    /// The sets of more than one, each sorted.
    fn finish(mut self) -> Vec<Vec<usize>> {
        let mut all: Vec<(usize, usize)> = (0..self.up.len()).map(|at| (self.first(at), at)).collect();
        all.sort_unstable();
        let several = all.chunk_by(|a, b| a.0 == b.0).filter(|set| set.len() > 1);
        several.map(|set| set.iter().map(|(_, at)| *at).collect()).collect()
    }
}
