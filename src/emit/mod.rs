//! Floor 6: what machines read: feeds, data beside the pages, lists for crawlers, redirects.
//!
//! Each emitter is one file here and one row in [`EMITTERS`]. Emitters are pure: what belongs to one article or one
//! person is made from that alone, so that articles and people can be emitted on any thread in any order.

mod article_json;
mod atom;
mod feed;
mod hosts;
mod json_feed;
mod policy;
mod quotations_csv;
mod quotations_json;
mod received;
mod redirects;
mod robots;
pub mod search;
mod sitemap;
mod tei;
#[cfg(test)]
mod tests;
mod write;

pub use feed::{Feed, FeedInput, FeedReport};
pub use policy::POLICY;

use crate::archive::{Archive, ArticleId, PersonId};
use crate::config::SiteSettings;
use crate::diag::Noted;
use crate::model::{Annotations, Article, Source};

/// All emitters, in the order in which their files are listed.
pub static EMITTERS: &[&dyn Emitter] = &[
    &article_json::ArticleJson,
    &tei::Tei,
    &received::Received,
    &quotations_json::QuotationsJson,
    &quotations_csv::QuotationsCsv,
    &atom::Atom,
    &json_feed::JsonFeed,
    &sitemap::Sitemap,
    &robots::Robots,
    &redirects::Redirects,
    &hosts::Hosts,
    &policy::Policy,
];

/// Makes one kind of file. What an emitter does not make, it leaves to the default.
pub trait Emitter: Sync {
    /// Its name, the name of its file in this room: "atom".
    fn name(&self) -> &'static str;

    /// The file beside an article's page.
    fn article(&self, _: &ArticleInput<'_>) -> Option<OutFile> {
        None
    }

    /// The file of a feed of new reports.
    fn feed(&self, _: &FeedInput<'_>) -> Option<OutFile> {
        None
    }

    /// The file beside a person's page.
    fn person(&self, _: PersonId, _: &Archive, _: &SiteSettings) -> Option<OutFile> {
        None
    }

    /// Files of the whole site.
    fn site(&self, _: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        Noted::default()
    }
}

/// What an emitter of articles sees.
#[derive(Clone, Copy, Debug)]
pub struct ArticleInput<'a> {
    /// Which article.
    pub id: ArticleId,
    /// The article.
    pub article: &'a Article,
    /// What was found in it.
    pub annotations: &'a Annotations,
    /// The file it was read from.
    pub source: &'a Source,
    /// The archive it is part of.
    pub archive: &'a Archive,
    /// The site.
    pub site: &'a SiteSettings,
}

/// What an emitter of the whole site sees.
#[derive(Clone, Copy, Debug)]
pub struct SiteInput<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// The site.
    pub site: &'a SiteSettings,
    /// Output paths of all pages, `people/ingrid-marsh/index.html`; in the order of the sitemap.
    pub pages: &'a [Box<str>],
    /// Files that are published as they are: output path, and the file's own. In any order.
    pub copied: &'a [(&'a str, &'a str)],
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// Path with `/`, relative to the output folder.
    pub path: Box<str>,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// Makes the files beside one article's page.
pub fn article(input: &ArticleInput<'_>) -> Vec<OutFile> {
    EMITTERS.iter().filter_map(|emitter| emitter.article(input)).collect()
}

/// Makes the files of a feed of new reports.
pub fn feed(input: &FeedInput<'_>) -> Vec<OutFile> {
    EMITTERS.iter().filter_map(|emitter| emitter.feed(input)).collect()
}

/// Makes the files beside one person's page.
pub fn person(id: PersonId, archive: &Archive, site: &SiteSettings) -> Vec<OutFile> {
    EMITTERS.iter().filter_map(|emitter| emitter.person(id, archive, site)).collect()
}

/// Makes the files of the whole site.
///
/// Notes `alias-taken` for an alias that wants the place of a page, of another file of the site, or of another alias, or a
/// folder where a file is; and `address-refused` for one that is no address.
pub fn site(input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
    let mut notes = Vec::new();
    let files = EMITTERS.iter().flat_map(|emitter| emitter.site(input).into_value(&mut notes)).collect();
    Noted::new(files, notes)
}
