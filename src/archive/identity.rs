//! Which chains of which articles are one person.

use super::doubt::Doubt;
use super::evidence::{Ground, Place};
use super::likeness::Parts;
use super::link::{Node, link};
use super::name::NameKey;
use super::names::{NameId, Names};
use super::split::split;
use crate::diag::{Diagnostic, codes};
use crate::model::{AuthorityPerson, ChainFact, Facts};
use crate::text::slug;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Someone: a people file's person, or somebody on whom articles agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    /// Their people file, an index into the sorted authority.
    pub file: Option<u32>,
    /// The name, its middle initials only where they tell people apart.
    pub key: NameKey,
    /// Middle initials that some articles give; may be empty.
    pub initials: String,
    /// What tells them from an earlier one of their name, for the address: "goalkeeper"; empty for nearly everybody.
    pub apart: String,
}

impl Identity {
    /// The words that an address is made of: "ingrid marsh", "daniel oake goalkeeper".
    pub(super) fn spelled(&self) -> String {
        let mut name = self.key.spelled();
        if !self.apart.is_empty() {
            name.push(' ');
            name.push_str(&self.apart);
        }
        name
    }
}

/// Everyone, and who is who in each article.
#[derive(Debug, Default)]
pub(super) struct Identities {
    /// The people files' persons in the files' order, then all others by first mention.
    pub all: Vec<Identity>,
    /// By article, then by chain: an index into `all`.
    pub who: Vec<Vec<Option<u32>>>,
    /// What an editor should look at.
    pub doubts: Vec<Doubt>,
    /// Names likened to each other on the way: what the evidence costs.
    pub n_likened: usize,
}

/// Resolves every chain of every article; `articles` and `files` are sorted.
///
/// First by names: one name is one person, middle initials folded where no two differ, unless a people file says
/// otherwise: a file's name reaches the articles of its scope, the narrowest scope first, its aliases reach all.
/// A name without a given name goes no further than its article, but for the aliases of people files.
/// Then by evidence: one name may be several people ([`split`]), and several names one person ([`link`]).
/// Notes `person-twice` where two files claim one name for the same articles.
pub(super) fn resolve(articles: &[Arc<Facts>], files: &[AuthorityPerson], notes: &mut Vec<Diagnostic>) -> Identities {
    let mut identities = by_names(articles, files, notes);
    identities.split(articles, files.len());
    identities.link(articles, files);
    identities
}

fn by_names(articles: &[Arc<Facts>], files: &[AuthorityPerson], notes: &mut Vec<Diagnostic>) -> Identities {
    let mut names = Names::default();
    for (at, file) in files.iter().enumerate() {
        notes.extend(names.claim(at, file).into_iter().map(|(name, owner)| twice(file, name, &files[owner].path)));
    }
    // All names are known before the first is resolved, so that their order does not matter.
    for chain in articles.iter().flat_map(|facts| &facts.chains).filter(|chain| chain.full) {
        names.learn(&chain.name);
    }
    let of_file = |(at, file): (usize, &AuthorityPerson)| Identity {
        file: Some(number(at)),
        key: NameKey::of(&file.name),
        initials: initials_of(file),
        apart: String::new(),
    };
    let mut all: Vec<_> = files.iter().enumerate().map(of_file).collect();
    let mut by_name: FxHashMap<NameId, u32> = FxHashMap::default();
    let mut resolve = |chain: &ChainFact, path: &str| {
        let variant = if chain.full { names.full(&chain.name) } else { None };
        let Some(variant) = variant else { return names.by_alias(chain, path) };
        names.by_file(variant, path).or_else(|| {
            let (name, key, initials) = names.by_evidence(variant);
            Some(*by_name.entry(name).or_insert_with(|| {
                all.push(Identity { file: None, key, initials, apart: String::new() });
                number(all.len() - 1)
            }))
        })
    };
    let who = articles.iter().map(|facts| facts.chains.iter().map(|chain| resolve(chain, &facts.path)).collect());
    let who = who.collect();
    Identities { all, who, ..Identities::default() }
}

/// The middle initials that a people file gives in its name or in another spelling of it.
fn initials_of(file: &AuthorityPerson) -> String {
    let base = NameKey::of(&file.name).base;
    let spellings = std::iter::once(&file.name).chain(&file.aliases).map(|name| NameKey::of(name));
    spellings
        .filter(|key| key.base == base)
        .map(|key| key.middles)
        .find(|middles| !middles.is_empty())
        .unwrap_or_default()
}

impl Identities {
    /// Tells apart the people of each name that no people file claims.
    fn split(&mut self, articles: &[Arc<Facts>], n_files: usize) {
        let mut parted = Vec::new();
        let (places, named_in) = self.places();
        let ground = Ground { articles, who: &self.who, named_in: &named_in };
        for (at, places) in places.iter().enumerate().skip(n_files) {
            let found = split(ground, places);
            if found.people.len() > 1 || !found.signs.is_empty() {
                parted.push((at, found));
            }
        }
        for (at, mut found) in parted {
            let mut people = vec![number(at)];
            for places in found.people.drain(..).skip(1) {
                let apart = told_apart_by(articles, &places);
                self.all.push(Identity { apart, ..self.all[at].clone() });
                let person = number(self.all.len() - 1);
                self.give(&places, Some(person));
                people.push(person);
            }
            self.give(&found.left, None);
            self.doubts.push(Doubt::Namesakes { people, left: found.left, signs: found.signs });
        }
    }

    /// Joins those who are one under several names.
    fn link(&mut self, articles: &[Arc<Facts>], files: &[AuthorityPerson]) {
        let (mut places, named_in) = self.places();
        let mut quotes = vec![0; self.all.len()];
        for (facts, who) in articles.iter().zip(&self.who) {
            let speakers = facts.quotes.iter().filter_map(|quote| who.get(quote.speaker? as usize).copied().flatten());
            speakers.for_each(|speaker| quotes[speaker as usize] += 1);
        }
        let node = |(at, identity): (usize, &Identity)| {
            let file = identity.file.map(|file| &files[file as usize]);
            Node {
                parts: Parts::of(&identity.key, &identity.initials),
                places: std::mem::take(&mut places[at]),
                file,
                slug: slug(&file.map_or_else(|| identity.spelled(), |file| file.slug.to_string())),
                n_quotes: quotes[at],
            }
        };
        let nodes: Vec<Node<'_>> = self.all.iter().enumerate().map(node).collect();
        let links = link(Ground { articles, who: &self.who, named_in: &named_in }, &nodes);
        self.n_likened = links.n_likened;
        let doubts = links.doubtful.iter().map(|(a, b, likeness)| Doubt::Alike {
            people: [number(*a), number(*b)],
            likeness: *likeness,
            n_quotes: nodes[*a].n_quotes.min(nodes[*b].n_quotes),
        });
        self.doubts.extend(doubts);
        // The first of a set stays: a people file's person, or who was named first.
        let mut stays: Vec<u32> = (0..number(self.all.len())).collect();
        for set in &links.same {
            set.iter().for_each(|other| stays[*other] = number(set[0]));
        }
        self.renumber(&stays);
    }

    /// Replaces each by the one that stays for them, and closes the gaps.
    fn renumber(&mut self, stays: &[u32]) {
        let mut new = vec![0; stays.len()];
        let mut kept = Vec::with_capacity(stays.len());
        for (at, identity) in std::mem::take(&mut self.all).into_iter().enumerate() {
            if stays[at] as usize == at {
                new[at] = number(kept.len());
                kept.push(identity);
            } else {
                new[at] = new[stays[at] as usize];
            }
        }
        self.all = kept;
        for person in self.who.iter_mut().flatten().flatten() {
            *person = new[*person as usize];
        }
        self.doubts.iter_mut().for_each(|doubt| doubt.renumber(&new));
    }

    /// Where each is named, sorted, and in how many articles.
    fn places(&self) -> (Vec<Vec<Place>>, Vec<u32>) {
        let mut places: Vec<Vec<Place>> = vec![Vec::new(); self.all.len()];
        let mut named_in = vec![0; self.all.len()];
        for (at, who) in (0..).zip(&self.who) {
            for (chain, person) in (0..).zip(who).filter_map(|(chain, person)| Some((chain, (*person)? as usize))) {
                named_in[person] += u32::from(places[person].last().is_none_or(|(last, _)| *last != at));
                places[person].push((at, chain));
            }
        }
        (places, named_in)
    }

    fn give(&mut self, places: &[Place], person: Option<u32>) {
        for &(article, chain) in places {
            self.who[article as usize][chain as usize] = person;
        }
    }
}

/// What an address tells a namesake by: the first calling or post that articles give, else the first year.
fn told_apart_by(articles: &[Arc<Facts>], places: &[Place]) -> String {
    let facts = || places.iter().map(|(article, chain)| &articles[*article as usize].chains[*chain as usize]);
    let posts = || facts().flat_map(|chain| &chain.posts);
    let post = posts().find(|fact| fact.calling.is_some()).or_else(|| posts().next());
    let year = || places.iter().find_map(|(article, _)| articles[*article as usize].published).map(|at| at.date.year());
    post.map(|fact| fact.post.head.to_string()).or_else(|| year().map(|year| year.to_string())).unwrap_or_default()
}

fn twice(file: &AuthorityPerson, name: &str, owner: &str) -> Diagnostic {
    Diagnostic::new(codes::PERSON_TWICE, &file.path, format!("`{name}` is claimed by two people files"))
        .note(format!("the name stays with `{owner}`"))
        .help("say in each file with `articles = […]` where the name means that person")
}

/// A number of something counted in memory.
pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
