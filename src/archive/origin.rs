//! Where reports come from: the wire or the paper that each names.

use super::address::Addresses;
use super::section::{by_spelling, grouped};
use super::{ArticleId, OriginId, Watched};
use crate::model::Facts;
use serde::Serialize;

use std::sync::Arc;

/// A wire or a paper with the reports that name it. (The word *source* stays with files; readers see it.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Last part of the address, unique: `sources/northsound-wire/`.
    pub slug: Box<str>,
    /// The spelling most articles use.
    pub name: Box<str>,
    /// Its articles, oldest first; never empty.
    pub articles: Watched<Box<[ArticleId]>>,
}

impl Origin {
    /// Its address below the site's root: `sources/northsound-wire/`.
    pub fn address(&self) -> String {
        ["sources/", &*self.slug, "/"].concat()
    }
}

/// Finds the wires and papers, by name, and by article its own.
pub(super) fn origins(articles: &[Arc<Facts>]) -> (Vec<Origin>, Vec<Option<OriginId>>) {
    let mut addresses = Addresses::reserving(&["page"]);
    let named =
        articles.iter().enumerate().filter_map(|(at, facts)| Some((ArticleId::new(at), facts.agency.as_deref()?)));
    let groups = grouped(named, |group| addresses.claim("", &group.slug("source"), 0, &group.key).slug);
    let by_spelling = by_spelling(&groups, OriginId::new);
    let of = articles.iter().map(|facts| by_spelling.get(facts.agency.as_deref()?.trim()).copied()).collect();
    let origin = |(slug, group): (String, super::section::Group<'_>)| Origin {
        slug: slug.into(),
        name: group.name.into(),
        articles: group.articles.into(),
    };
    (groups.into_iter().map(origin).collect(), of)
}
