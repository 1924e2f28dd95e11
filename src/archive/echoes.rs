//! The same words by the same person in several articles.

use super::{Person, PersonQuote, QuoteRef};
use crate::model::Facts;
use crate::text::digest::normal_words;

/// Words below which two quotations are alike by chance: "no comment", "some time".
const FEWEST_WORDS: u32 = 4;

/// All quotations of a person, newest article first, then in the article's order, each with its echoes.
///
/// `spoken` is sorted.
pub(super) fn quotes_of(articles: &[Facts], spoken: &[QuoteRef]) -> Box<[PersonQuote]> {
    let fact = |at: QuoteRef| &articles[at.article.index()].quotes[at.quote as usize];
    let newest_first = spoken.chunk_by(|a, b| a.article == b.article).rev().flatten();
    let mut quotes: Vec<_> =
        newest_first.map(|at| PersonQuote { at: *at, n_also: 0, also_in: Box::default() }).collect();
    let mut by_id: Vec<(&str, usize)> = (0..quotes.len())
        .filter(|at| fact(quotes[*at].at).words >= FEWEST_WORDS)
        .map(|at| (short_id(&fact(quotes[at].at).id), at))
        .collect();
    by_id.sort_unstable();
    for run in by_id.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        // An id is thirty bits of a hash: the words decide.
        let mut by_words: Vec<_> = run.iter().map(|(_, at)| (normal_words(&fact(quotes[*at].at).text), *at)).collect();
        by_words.sort_unstable();
        for same in by_words.chunk_by(|a, b| a.0 == b.0) {
            echo(&mut quotes, same.iter().map(|(_, at)| *at).collect());
        }
    }
    quotes.into()
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
