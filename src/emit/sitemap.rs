use super::write::Xml;
use super::write::words::{absolute, absolute_file};
use super::{Emitter, OutFile, SiteInput};
use crate::archive::{Archive, ArticleRecord};
use crate::diag::Noted;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

/// `sitemap.xml`: every page, with the day on which a report last changed or a person was last on record, and with a
/// report's pictures (Google's image extension).
///
/// Above 50,000 pages, the most that the protocol allows (sitemaps.org), it lists `sitemap-1.xml` and so on.
pub(super) struct Sitemap;

/// The protocol's limit.
const MOST: usize = 50_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const IMAGES: &str = "http://www.google.com/schemas/sitemap-image/1.1";

impl Emitter for Sitemap {
    fn name(&self) -> &'static str {
        "sitemap"
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        Noted::clean(sitemaps(input, MOST))
    }
}

/// One sitemap, or an index and sitemaps of at most `most` pages.
pub(super) fn sitemaps(input: &SiteInput<'_>, most: usize) -> Vec<OutFile> {
    let days = changes(input.archive);
    let pictures = pictures(input.archive);
    // Pages that are no folder's are the 404 page, which is no page to be found.
    let unlisted = unlisted(input.archive);
    let pages: Vec<&str> = input.pages.iter().filter_map(|path| address(path)).collect();
    let pages: Vec<&str> = pages.into_iter().filter(|page| !unlisted.contains(*page)).collect();
    let map = |pages: &[&str]| {
        let mut xml = Xml::new();
        xml.open("urlset", &[("xmlns", NAMESPACE), ("xmlns:image", IMAGES)]).line();
        for page in pages {
            xml.open("url", &[]).element("loc", &absolute(input.site, page));
            if let Some(day) = days.get(*page) {
                xml.element("lastmod", &day.to_string());
            }
            for picture in pictures.get(*page).into_iter().flatten() {
                xml.open("image:image", &[]).element("image:loc", &absolute_file(input.site, picture)).close();
            }
            xml.close().line();
        }
        xml.finish()
    };
    if pages.len() <= most {
        return vec![OutFile { path: "sitemap.xml".into(), bytes: map(&pages) }];
    }
    let mut index = Xml::new();
    index.open("sitemapindex", &[("xmlns", NAMESPACE)]).line();
    let mut files = Vec::new();
    for (at, pages) in pages.chunks(most).enumerate() {
        let path = format!("sitemap-{}.xml", at + 1);
        index.open("sitemap", &[]).element("loc", &absolute(input.site, &path)).close().line();
        files.push(OutFile { path: path.into(), bytes: map(pages) });
    }
    files.insert(0, OutFile { path: "sitemap.xml".into(), bytes: index.finish() });
    files
}

/// The address of a page that is its folder's.
fn address(path: &str) -> Option<&str> {
    path.strip_suffix("index.html").filter(|address| address.is_empty() || address.ends_with('/'))
}

/// Pages that search engines are asked to leave out.
fn unlisted(archive: &Archive) -> FxHashSet<String> {
    let mut unlisted: FxHashSet<String> = archive.withdrawn.iter().map(|gone| gone.address.to_string()).collect();
    for article in archive.articles.iter().filter(|article| article.facts.noindex) {
        unlisted.insert(article.address.to_string());
        unlisted.extend((0..).zip(&article.facts.quotes).map(|(quote, _)| article.quote_address(quote)));
    }
    unlisted
}

/// By address, the day of the last change.
fn changes(archive: &Archive) -> FxHashMap<String, Date> {
    let articles = archive.articles.iter().filter_map(|article| {
        let at = article.facts.updated.or(article.facts.published)?;
        Some((article.address.to_string(), at.date))
    });
    let people = archive.person_ids().filter_map(|id| Some((archive.person(id).address(), archive.last_seen(id)?)));
    articles.chain(people).collect()
}

/// By address of a report, the pictures it holds, each once.
fn pictures(archive: &Archive) -> FxHashMap<&str, Vec<&str>> {
    let held = |article: &'_ ArticleRecord| -> Vec<&str> {
        let pictures = article.photos.iter().filter_map(|id| archive.photo(*id).picture.as_ref());
        let mut held: Vec<&str> = pictures.map(|picture| &*picture.address).collect();
        held.sort_unstable();
        held.dedup();
        held
    };
    let with = archive.articles.iter().filter(|article| !article.photos.is_empty());
    with.map(|article| (&*article.address, held(article))).collect()
}
