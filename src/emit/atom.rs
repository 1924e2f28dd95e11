use super::feed::{self, Channel, Entry, FeedInput};
use super::write::words::absolute;
use super::write::{Xml, rfc3339};
use super::{Emitter, OutFile, SiteInput};
use crate::archive::{Archive, PersonId};
use crate::config::SiteSettings;
use crate::diag::Noted;
use crate::model::Moment;
use jiff::tz::TimeZone;

/// What the file of a feed is called.
pub(super) const NAME: &str = "atom.xml";

/// `atom.xml` (RFC 4287): new reports of the site, of a section, of a topic; what a person says; corrections.
pub(super) struct Atom;

impl Emitter for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn feed(&self, input: &FeedInput<'_>) -> Option<OutFile> {
        let channel = feed::of_reports(input);
        let entries: Vec<&str> = input.reports.iter().map(|report| &*report.atom).collect();
        let updated = feed::newest(input.reports.iter().filter_map(|report| report.updated), &channel.zone);
        Some(file(&channel, &entries, updated, &input.feed.folder(input.archive), input.site))
    }

    fn person(&self, id: PersonId, archive: &Archive, site: &SiteSettings) -> Option<OutFile> {
        let channel = feed::of_person(id, archive, site)?;
        Some(of_entries(&channel, &archive.person(id).address(), site))
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        let channel = feed::of_corrections(input.archive, input.site);
        Noted::clean(vec![of_entries(&channel, "corrections/", input.site)])
    }
}

/// A feed whose entries no other has.
fn of_entries(channel: &Channel<'_>, folder: &str, site: &SiteSettings) -> OutFile {
    let entries: Vec<String> = channel.entries.iter().map(|of| entry(of, &channel.zone)).collect();
    let updated = feed::newest(channel.entries.iter().map(|of| of.updated), &channel.zone);
    file(channel, &entries, updated, folder, site)
}

/// `entries` are as [`entry`] writes them.
fn file(
    channel: &Channel<'_>,
    entries: &[impl AsRef<str>],
    updated: Option<Moment>,
    folder: &str,
    site: &SiteSettings,
) -> OutFile {
    let path = format!("{folder}{NAME}");
    let own = absolute(site, &path);
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &site.language)]).line();
    xml.element("title", &channel.title).line();
    if !channel.subtitle.is_empty() {
        xml.element("subtitle", channel.subtitle).line();
    }
    xml.element("id", &channel.page).line();
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &channel.page)]).line();
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]).line();
    // An empty feed has never changed; RFC 4287 wants a date all the same.
    let updated = updated.map(|at| rfc3339(at, &channel.zone));
    xml.element("updated", updated.as_deref().unwrap_or("1970-01-01T00:00:00+00:00")).line();
    xml.open("author", &[]).element("name", &site.title).close().line();
    if !site.rights.is_empty() {
        xml.element("rights", &site.rights).line();
    }
    entries.iter().for_each(|entry| xml.written(entry.as_ref()));
    OutFile { path: path.into(), bytes: xml.finish() }
}

/// One entry, with the line's end behind it.
pub(super) fn entry(of: &Entry<'_>, zone: &TimeZone) -> String {
    let mut xml = Xml::fragment();
    let lang = of.lang.map(|lang| ("xml:lang", lang));
    xml.open("entry", lang.as_slice()).line();
    xml.element("title", &of.title).line();
    xml.element("id", &of.url).line();
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &of.url)]).line();
    xml.element("published", &rfc3339(of.published, zone)).line();
    xml.element("updated", &rfc3339(of.updated, zone)).line();
    if let Some(author) = of.author {
        xml.open("author", &[]).element("name", author).close().line();
    }
    for category in &of.categories {
        xml.empty("category", &[("term", category)]).line();
    }
    if !of.summary.is_empty() {
        xml.element("summary", &of.summary).line();
    }
    xml.open("content", &[("type", "html")]).text(&of.content).close().line();
    xml.close().line();
    xml.into_fragment()
}
