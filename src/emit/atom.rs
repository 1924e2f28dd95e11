use super::write::words::{absolute, zone};
use super::write::{Xml, instant, rfc3339};
use super::{Emitter, OutFile, SiteInput};
use crate::archive::{Archive, ArticleRecord};
use crate::config::SiteSettings;
use crate::diag::Noted;
use crate::model::Moment;
use jiff::tz::TimeZone;
use rustc_hash::FxHashSet;

/// `atom.xml`: the newest reports (RFC 4287). Those without a date are left out: an entry must have one.
pub(super) struct Atom;

/// Reports in the feed.
const NEWEST: usize = 30;
/// Speakers named in a summary.
const SPEAKERS: usize = 4;

impl Emitter for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        let SiteInput { archive, site, .. } = *input;
        let zone = zone(site);
        let newest: Vec<_> = archive
            .articles
            .iter()
            .rev()
            .filter_map(|article| Some((article, article.facts.published?)))
            .take(NEWEST)
            .collect();
        let changed = |(article, published): &(&ArticleRecord, Moment)| article.facts.updated.unwrap_or(*published);
        let mut xml = Xml::new();
        xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &site.language)]).line();
        xml.element("title", &site.title).line();
        if !site.description.is_empty() {
            xml.element("subtitle", &site.description).line();
        }
        xml.element("id", &site.base_url).line();
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &site.base_url)]).line();
        let own = absolute(site, "atom.xml");
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]).line();
        // Without a report the feed has never changed; RFC 4287 wants a date all the same.
        let updated = newest.iter().map(changed).max_by_key(|at| instant(*at, &zone)).map(|at| rfc3339(at, &zone));
        xml.element("updated", updated.as_deref().unwrap_or("1970-01-01T00:00:00+00:00")).line();
        xml.open("author", &[]).element("name", &site.title).close().line();
        if !site.rights.is_empty() {
            xml.element("rights", &site.rights).line();
        }
        for (article, published) in newest {
            entry(&mut xml, article, published, archive, site, &zone);
        }
        Noted::clean(vec![OutFile { path: "atom.xml".into(), bytes: xml.finish() }])
    }
}

fn entry(
    xml: &mut Xml,
    article: &ArticleRecord,
    published: Moment,
    archive: &Archive,
    site: &SiteSettings,
    zone: &TimeZone,
) {
    let facts = &article.facts;
    let url = absolute(site, &article.address);
    xml.open("entry", &[]).line();
    xml.element("title", &facts.headline).line();
    xml.element("id", &url).line();
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]).line();
    xml.element("published", &rfc3339(published, zone)).line();
    xml.element("updated", &rfc3339(facts.updated.unwrap_or(published), zone)).line();
    if let Some(agency) = &facts.agency {
        xml.open("author", &[]).element("name", agency).close().line();
    }
    xml.empty("category", &[("term", &archive.section(article.section).name)]).line();
    for topic in &article.topics {
        xml.empty("category", &[("term", &archive.topic(*topic).name)]).line();
    }
    let summary = summary(article, archive, site);
    if !summary.is_empty() {
        xml.element("summary", &summary).line();
    }
    xml.close().line();
}

/// The standfirst, and who speaks.
fn summary(article: &ArticleRecord, archive: &Archive, site: &SiteSettings) -> String {
    let mut seen = FxHashSet::default();
    let speakers = (0..article.facts.quotes.len()).filter_map(|quote| article.speaker(quote as u32));
    let speakers: Vec<_> = speakers.filter(|person| seen.insert(*person)).collect();
    let mut names: Vec<&str> = speakers.iter().take(SPEAKERS).map(|person| &*archive.person(*person).name).collect();
    if speakers.len() > SPEAKERS {
        names.push(site.words.text("feed.others"));
    }
    let standfirst = article.facts.standfirst.as_deref().unwrap_or_default();
    if names.is_empty() {
        return standfirst.to_owned();
    }
    let who = site.words.locale().listed(&names);
    let speak = site.words.count("feed.speaks", names.len(), &[("names", &who)]);
    let gap = match standfirst.chars().next_back() {
        None => "",
        Some(last) if last.is_alphanumeric() => ". ",
        Some(_) => " ",
    };
    [standfirst, gap, &*speak].concat()
}
