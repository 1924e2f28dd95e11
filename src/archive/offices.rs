//! Quotations that an office speaks, in articles that do not say who holds it.

use super::identity::{Identities, number};
use super::register::{Basis, Register};
use crate::model::{AuthorityPerson, ChainFact, Facts, Form, Kind, Post, QuoteFact, Rule, Standing};
use std::sync::Arc;

/// By article: which of its quotations were given to the holder of an office, and how the holder is known.
pub(super) type Given = Vec<Box<[(u32, Basis)]>>;

/// Gives quotations that an office speaks to whoever held it on the article's day.
///
/// The holder gets a chain in the article where it names them not at all, with the office as their only form; the
/// quotation gets that chain, [`Rule::Title`], and a confidence that is lower for what articles say than for what a
/// people file says. A quotation that was taken for a former holder’s goes to the present one, or is left in doubt.
pub(super) fn give(articles: &mut [Arc<Facts>], identities: &mut Identities, files: &[AuthorityPerson]) -> Given {
    let register = Register::learn(articles, &identities.who, &identities.all, files);
    let found: Vec<Vec<(u32, u32, Basis)>> = articles
        .iter()
        .zip(&identities.who)
        .map(|(facts, who)| {
            let holder = |(at, quote): (u32, &QuoteFact)| {
                let post = quote.post.as_deref()?;
                let (person, basis) = register.holder(post, facts.published?.date, &facts.places)?;
                (!bears_another(facts, who, post, person)).then_some((at, person, basis))
            };
            (0..).zip(&facts.quotes).filter_map(holder).collect()
        })
        .collect();
    let names = names(identities, articles, files, found.iter().flatten().map(|(_, person, _)| *person));
    let mut given = Vec::with_capacity(articles.len());
    for ((facts, who), found) in articles.iter_mut().zip(&mut identities.who).zip(found) {
        let is_doubtful = |quote: &QuoteFact| quote.post.is_some() && quote.speaker.is_some();
        given.push(found.iter().map(|(at, _, basis)| (*at, *basis)).collect());
        if found.is_empty() && !facts.quotes.iter().any(is_doubtful) {
            continue;
        }
        // Whoever else holds what the article told keeps it as it was.
        let facts = Arc::make_mut(facts);
        facts.quotes.iter_mut().filter(|quote| is_doubtful(quote)).for_each(|quote| quote.confidence *= FORMER);
        for (at, person, basis) in found {
            let chain = who.iter().position(|who| *who == Some(person)).unwrap_or_else(|| {
                let name = names.iter().find(|(id, _)| *id == person).map(|(_, name)| name.clone()).unwrap_or_default();
                facts.chains.push(ChainFact { name, ..ChainFact::default() });
                who.push(Some(person));
                who.len() - 1
            });
            speak(facts, at, chain, basis);
        }
    }
    given
}

/// How sure it is that the office beside a quotation is the speaker’s, whoever holds it: 50 of 53 such phrases are, in
/// the corpus of the model card. Beside reported statements 82 in 100 mentions of any kind are.
const OF_QUOTATION: f32 = 0.94;
const OF_STATEMENT: f32 = 0.82;

/// How sure "the Harbour Minister" is somebody whom the article calls a former one.
const FORMER: f32 = 0.5;

/// People of one article beyond which nothing is concluded from it; no report that was seen names so many.
const MOST_PEOPLE: usize = 1_000;

/// Whether the article itself ties the post to somebody else.
fn bears_another(facts: &Facts, who: &[Option<u32>], post: &Post, person: u32) -> bool {
    if facts.chains.len() > MOST_PEOPLE {
        return true;
    }
    facts.chains.iter().zip(who).filter(|(_, who)| **who != Some(person)).any(|(chain, _)| {
        chain.posts.iter().any(|fact| {
            let other = &fact.post;
            let all_of = |a: &Post, b: &Post| a.of.iter().all(|word| b.of.contains(word));
            fact.standing == Standing::Held && other.head == post.head && (all_of(post, other) || all_of(other, post))
        })
    })
}

/// Lets a chain speak a quotation by its office.
fn speak(facts: &mut Facts, quote: u32, chain: usize, basis: Basis) {
    let quote = &mut facts.quotes[quote as usize];
    let words = quote.unnamed.take();
    quote.speaker = Some(number(chain));
    quote.rule = Rule::Title;
    // What the article was unsure of, whether anybody is named, is no question any more.
    quote.confidence = basis.chance() * if quote.kind == Kind::Indirect { OF_STATEMENT } else { OF_QUOTATION };
    // The words of a former holder are counted as a form of theirs already.
    let Some(words) = words else { return };
    let forms = &mut facts.chains[chain].forms;
    match forms.iter_mut().find(|(form, kind, _)| *form == words && *kind == Form::Office) {
        Some((.., n)) => *n += 1,
        None => forms.push((words, Form::Office, 1)),
    }
}

/// The names of some people: their files', or as they are first printed; sorted by number.
pub(super) fn names(
    identities: &Identities,
    articles: &[Arc<Facts>],
    files: &[AuthorityPerson],
    people: impl Iterator<Item = u32>,
) -> Vec<(u32, Box<str>)> {
    let mut wanted: Vec<u32> = people.collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut names: Vec<(u32, Box<str>)> = Vec::with_capacity(wanted.len());
    let mut missing: rustc_hash::FxHashSet<u32> = rustc_hash::FxHashSet::default();
    for person in wanted {
        match identities.all[person as usize].file {
            Some(file) => names.push((person, files[file as usize].name.clone())),
            None => drop(missing.insert(person)),
        }
    }
    for (facts, who) in articles.iter().zip(&identities.who) {
        if missing.is_empty() {
            break;
        }
        for (chain, who) in facts.chains.iter().zip(who).filter(|(chain, _)| chain.full) {
            if let Some(person) = who.filter(|person| missing.remove(person)) {
                names.push((person, chain.name.clone()));
            }
        }
    }
    names.sort_unstable_by_key(|(person, _)| *person);
    names
}
