//! Sections and topics: articles under a name.

use super::address::{Addresses, Clash};
use super::spelling::{commonest, fold};
use super::{ArticleId, SectionId, TopicId, Watched};
use crate::diag::{Diagnostic, codes};
use crate::model::Facts;
use crate::text::slug;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::sync::Arc;

/// A division of the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its address below the site's root without the last `/`, unique: `harbour`.
    pub slug: Box<str>,
    /// The spelling most articles use.
    pub name: Box<str>,
    /// Its articles, oldest first; never empty.
    pub articles: Watched<Box<[ArticleId]>>,
}

impl Section {
    /// Its address below the site's root: `harbour/`.
    pub fn address(&self) -> String {
        [&*self.slug, "/"].concat()
    }
}

/// A tag that articles share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// Last part of the address, unique: `topics/calder-tunnel/`.
    pub slug: Box<str>,
    /// The spelling most articles use.
    pub name: Box<str>,
    /// Its articles, oldest first; never empty.
    pub articles: Watched<Box<[ArticleId]>>,
}

impl Topic {
    /// Its address below the site's root: `topics/calder-tunnel/`.
    pub fn address(&self) -> String {
        ["topics/", &*self.slug, "/"].concat()
    }
}

/// First parts of addresses that are pages of our own, or may become some.
const RESERVED: &[&str] = &[
    "about",
    "corrections",
    "dates",
    "img",
    "people",
    "photos",
    "q",
    "search",
    "sections",
    "sources",
    "timeline",
    "topics",
    "undated",
    "years",
];

/// The section of an article that has none.
const UNSECTIONED: &str = "News";

/// Finds the sections, by name, and by article its section and its place there.
///
/// Notes `address-taken` where a section wants an address of our own or a year's.
pub(super) fn sections(articles: &[Arc<Facts>], notes: &mut Vec<Diagnostic>) -> (Vec<Section>, Vec<(SectionId, u32)>) {
    let mut blank: FxHashMap<&str, bool> = FxHashMap::default();
    let mut is_blank = |name| *blank.entry(name).or_insert_with(|| fold(name).is_empty());
    let names = articles.iter().map(|facts| facts.section.as_deref().filter(|name| !is_blank(*name)));
    let names: Vec<&str> = names.map(|name| name.unwrap_or(UNSECTIONED)).collect();
    let mut addresses = Addresses::reserving(RESERVED);
    let mut named = |group: &Group<'_>| {
        let wanted = group.slug("section");
        if wanted.bytes().all(|b| b.is_ascii_digit()) {
            addresses.reserve(&wanted);
        }
        let claim = addresses.claim("", &wanted, 0, &group.key);
        if claim.clash == Some(Clash::Reserved) {
            let message = format!("the section `{}` wants `{wanted}/`, an address of our own", group.name);
            notes.push(
                Diagnostic::new(codes::ADDRESS_TAKEN, &articles[group.articles[0].index()].path, message)
                    .note(format!("its page is `{}/`", claim.slug))
                    .help("give the section another name"),
            );
        }
        claim.slug
    };
    let groups = grouped(names.iter().enumerate().map(|(at, name)| (ArticleId::new(at), *name)), &mut named);
    let mut of = vec![(SectionId::new(0), 0); articles.len()];
    for (id, (_, group)) in groups.iter().enumerate() {
        for (at, article) in (0..).zip(&group.articles) {
            of[article.index()] = (SectionId::new(id), at);
        }
    }
    let section = |(slug, group): (String, Group<'_>)| Section {
        slug: slug.into(),
        name: group.name.into(),
        articles: group.articles.into(),
    };
    (groups.into_iter().map(section).collect(), of)
}

/// Finds the topics, by name, and by article its topics in the order of its tags, distinct.
pub(super) fn topics(articles: &[Arc<Facts>]) -> (Vec<Topic>, Vec<Box<[TopicId]>>) {
    let mut addresses = Addresses::reserving(&["page"]);
    let tags = articles.iter().enumerate().flat_map(|(at, facts)| {
        let article = ArticleId::new(at);
        facts.tags.iter().map(move |tag| (article, &**tag))
    });
    let groups = grouped(tags, |group| addresses.claim("", &group.slug("topic"), 0, &group.key).slug);
    let by_spelling = by_spelling(&groups, TopicId::new);
    let of = articles.iter().map(|facts| {
        let mut seen = FxHashSet::default();
        let topics = facts.tags.iter().filter_map(|tag| by_spelling.get(tag.trim()).copied());
        topics.filter(|topic| seen.insert(*topic)).collect()
    });
    let of = of.collect();
    let topic = |(slug, group): (String, Group<'_>)| Topic {
        slug: slug.into(),
        name: group.name.into(),
        articles: group.articles.into(),
    };
    (groups.into_iter().map(topic).collect(), of)
}

/// Articles that share a name.
pub(super) struct Group<'a> {
    /// The name, folded.
    pub(super) key: String,
    /// The name as most articles spell it.
    pub(super) name: &'a str,
    /// All its spellings, without white space around them.
    pub(super) spellings: Vec<&'a str>,
    /// Oldest first, distinct; never empty.
    pub(super) articles: Vec<ArticleId>,
}

impl Group<'_> {
    /// The address it wants, `what` where its name has no letters.
    pub(super) fn slug(&self, what: &str) -> String {
        // Made from the folded name, so that a new spelling does not move the page.
        Some(slug(&self.key)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| what.to_owned())
    }
}

/// Which group each spelling belongs to.
pub(super) fn by_spelling<'a, Id: Copy>(
    groups: &[(String, Group<'a>)],
    id: impl Fn(usize) -> Id,
) -> FxHashMap<&'a str, Id> {
    let all = groups.iter().enumerate();
    all.flat_map(|(at, (_, group))| group.spellings.iter().map(move |name| (*name, at)))
        .map(|(name, at)| (name, id(at)))
        .collect()
}

/// Groups articles by name, each group with its address; sorted by name.
///
/// The groups ask for their addresses in the order of their first articles, so that a name that comes
/// later takes nobody's.
pub(super) fn grouped<'a>(
    names: impl Iterator<Item = (ArticleId, &'a str)>,
    mut address: impl FnMut(&Group<'a>) -> String,
) -> Vec<(String, Group<'a>)> {
    // Spellings are few where articles are many.
    let mut by_spelling: FxHashMap<&str, Vec<ArticleId>> = FxHashMap::default();
    for (article, name) in names {
        by_spelling.entry(name.trim()).or_default().push(article);
    }
    let mut all: Vec<_> = by_spelling.into_iter().map(|(name, articles)| (fold(name), name, articles)).collect();
    all.sort_unstable();
    let mut groups = Vec::new();
    for run in all.chunk_by(|a, b| a.0 == b.0).filter(|run| !run[0].0.is_empty()) {
        let mut articles: Vec<ArticleId> = run.iter().flat_map(|(.., articles)| articles.iter().copied()).collect();
        articles.sort_unstable();
        articles.dedup();
        let each = run.iter().flat_map(|(_, name, articles)| std::iter::repeat_n(*name, articles.len()));
        let name = commonest(&mut each.collect::<Vec<_>>());
        let spellings = run.iter().map(|(_, name, _)| *name).collect();
        groups.push(Group { key: run[0].0.clone(), name, spellings, articles });
    }
    groups.sort_by(|a, b| (a.articles[0], &a.key).cmp(&(b.articles[0], &b.key)));
    let mut groups: Vec<_> = groups.into_iter().map(|group| (address(&group), group)).collect();
    groups.sort_by(|(_, a), (_, b)| a.key.cmp(&b.key));
    groups
}
