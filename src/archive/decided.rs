//! Quotations whose speaker an editor gives: who that is, and that the rest stands as the editor left it.

use super::identity::{Identities, number};
use super::offices;
use crate::diag::{Diagnostic, codes};
use crate::model::{AuthorityPerson, ChainFact, Facts, PersonAt, QuoteFact, Rule};
use crate::text::slug;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Unknown people for whom the nearest address is looked for: that takes a look at everybody.
const OFFERED: usize = 40;

/// Gives quotations to the people whose addresses editors gave, and makes all that editors checked theirs again.
///
/// `slugs` are the people's addresses by their numbers; former addresses and aliases of people files are
/// addresses as well here, so that a decision outlives a merge. Who has no chain in the article gets one without a
/// mention. Notes `person-unknown` for an address that is nobody's: such a quotation has no speaker.
pub(super) fn give(
    articles: &mut [Arc<Facts>],
    identities: &mut Identities,
    slugs: &[Box<str>],
    files: &[AuthorityPerson],
    notes: &mut Vec<Diagnostic>,
) {
    let wanted: Vec<(usize, usize)> = articles.iter().enumerate().flat_map(|(at, facts)| named(at, facts)).collect();
    let is_checked = |quote: &QuoteFact| quote.checked.is_some();
    for facts in articles.iter_mut().filter(|facts| facts.quotes.iter().any(is_checked)) {
        for quote in Arc::make_mut(facts).quotes.iter_mut().filter(|quote| is_checked(quote)) {
            // Whatever the archive made of an office that speaks is what the editor saw.
            (quote.rule, quote.confidence) = (Rule::ByHand, 1.0);
        }
    }
    if wanted.is_empty() {
        return;
    }
    let people = (0..).zip(&identities.all).zip(slugs);
    let people = people.map(|((at, who), slug)| (at, &**slug, who.file.map(|file| &files[file as usize])));
    let by_slug = by_address::<u32>(&people.collect::<Vec<_>>());
    let mut found: Vec<(usize, usize, u32)> = Vec::with_capacity(wanted.len());
    let mut unknown = 0;
    for (article, at) in wanted {
        let quote = &mut Arc::make_mut(&mut articles[article]).quotes[at];
        let Some(person) = speaker(quote) else { continue };
        match by_slug.get(&*person.slug).copied().flatten() {
            Some(id) => found.push((article, at, id)),
            None => {
                unknown += 1;
                notes.push(nobody(person, if unknown > OFFERED { &[] } else { slugs }));
                // A name that an editor has taken away does not come back because the new one is misspelt.
                (quote.speaker, quote.rule, quote.confidence) = (None, Rule::Unknown, 0.0);
            }
        }
    }
    let names = offices::names(identities, articles, files, found.iter().map(|(.., person)| *person));
    for found in found.chunk_by(|a, b| a.0 == b.0) {
        let (facts, who) = (Arc::make_mut(&mut articles[found[0].0]), &mut identities.who[found[0].0]);
        let mut chains: FxHashMap<u32, usize> = FxHashMap::default();
        for (chain, person) in who.iter().enumerate().rev() {
            chains.extend(person.map(|person| (person, chain)));
        }
        for (_, at, person) in found {
            let spoken = facts.quotes[*at].speaker.map(|chain| chain as usize);
            let right = spoken.filter(|chain| who.get(*chain).copied().flatten() == Some(*person));
            let chain = right.unwrap_or_else(|| {
                *chains.entry(*person).or_insert_with(|| {
                    let name = names.binary_search_by_key(person, |(id, _)| *id).map(|at| names[at].1.clone());
                    facts.chains.push(ChainFact { name: name.unwrap_or_default(), ..ChainFact::default() });
                    who.push(Some(*person));
                    who.len() - 1
                })
            });
            let quote = &mut facts.quotes[*at];
            quote.speaker = Some(number(chain));
            quote.unnamed = None;
        }
    }
}

/// The quotations of an article whose speaker an editor gives by an address.
fn named(article: usize, facts: &Facts) -> impl Iterator<Item = (usize, usize)> {
    let quotes = facts.quotes.iter().enumerate();
    quotes.filter(|(_, quote)| speaker(quote).is_some()).map(move |(at, _)| (article, at))
}

fn speaker(quote: &QuoteFact) -> Option<&PersonAt> {
    quote.checked.as_ref()?.speaker.as_ref()
}

/// Everybody by their addresses; none where several would have it.
///
/// `people` are who they are, their address and their people file, whose former addresses and aliases are addresses as
/// well, unless somebody has that address.
pub fn by_address<T: Copy + PartialEq>(people: &[(T, &str, Option<&AuthorityPerson>)]) -> FxHashMap<String, Option<T>> {
    let mut found: FxHashMap<String, Option<T>> =
        people.iter().map(|(person, address, _)| ((*address).to_owned(), Some(*person))).collect();
    let mut by_alias: FxHashSet<String> = FxHashSet::default();
    let others = people.iter().filter_map(|(person, _, file)| Some((*person, (*file)?)));
    let others = others.flat_map(|(person, file)| {
        let aliases = file.aliases.iter().map(|alias| slug(alias));
        file.former.iter().map(|former| former.to_string()).chain(aliases).map(move |address| (person, address))
    });
    for (person, address) in others {
        match found.get_mut(&address) {
            Some(other) if by_alias.contains(&address) => *other = other.filter(|other| *other == person),
            Some(_) => {}
            None => {
                found.insert(address.clone(), Some(person));
                by_alias.insert(address);
            }
        }
    }
    found
}

fn nobody(person: &PersonAt, slugs: &[Box<str>]) -> Diagnostic {
    let given = &*person.slug;
    let near = |slug: &str| {
        let near = strsim::normalized_damerau_levenshtein(given, slug);
        (near >= 0.6).then_some(near)
    };
    // An address is a name: nobody's is as long as this.
    let short = slugs.iter().filter(|slug| slug.len() <= 60 && given.len() <= 60);
    let nearest = short.filter_map(|slug| Some((near(slug)?, slug))).reduce(|best, next| match next.0 > best.0 {
        true => next,
        false if next.0 == best.0 && next.1 < best.1 => next,
        false => best,
    });
    let path = person.place.as_ref().map_or("", |place| &place.path);
    let mut noted =
        Diagnostic::new(codes::PERSON_UNKNOWN, path, format!("nobody in the archive has the address `{given}`"))
            .note("the quotation is shown without a name")
            .help(match nearest {
                Some((_, slug)) => format!("did you mean `{slug}`?"),
                None => "write the name in full, or give the person a file in content/people/".to_owned(),
            });
    noted.place = person.place.clone();
    noted
}
