use super::feed::{self, Channel, FeedInput};
use super::write::words::absolute;
use super::write::{Xml, rfc3339};
use super::{Emitter, OutFile, SiteInput};
use crate::archive::{Archive, PersonId};
use crate::config::SiteSettings;
use crate::diag::Noted;

/// `atom.xml` (RFC 4287): new reports of the site, of a section, of a topic; what a person says; corrections.
pub(super) struct Atom;

impl Emitter for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn feed(&self, input: &FeedInput<'_>) -> Option<OutFile> {
        let folder = input.feed.folder(input.archive);
        Some(file(&feed::of_reports(input), &folder, input.site))
    }

    fn person(&self, id: PersonId, archive: &Archive, site: &SiteSettings) -> Option<OutFile> {
        let channel = feed::of_person(id, archive, site)?;
        Some(file(&channel, &archive.person(id).address(), site))
    }

    fn site(&self, input: &SiteInput<'_>) -> Noted<Vec<OutFile>> {
        let channel = feed::of_corrections(input.archive, input.site);
        Noted::clean(vec![file(&channel, "corrections/", input.site)])
    }
}

fn file(channel: &Channel<'_>, folder: &str, site: &SiteSettings) -> OutFile {
    let path = format!("{folder}atom.xml");
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
    let updated = channel.updated().map(|at| rfc3339(at, &channel.zone));
    xml.element("updated", updated.as_deref().unwrap_or("1970-01-01T00:00:00+00:00")).line();
    xml.open("author", &[]).element("name", &site.title).close().line();
    if !site.rights.is_empty() {
        xml.element("rights", &site.rights).line();
    }
    for entry in &channel.entries {
        xml.open("entry", &[]).line();
        xml.element("title", &entry.title).line();
        xml.element("id", &entry.url).line();
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]).line();
        xml.element("published", &rfc3339(entry.published, &channel.zone)).line();
        xml.element("updated", &rfc3339(entry.updated, &channel.zone)).line();
        if let Some(author) = entry.author {
            xml.open("author", &[]).element("name", author).close().line();
        }
        for category in &entry.categories {
            xml.empty("category", &[("term", category)]).line();
        }
        if !entry.summary.is_empty() {
            xml.element("summary", &entry.summary).line();
        }
        xml.open("content", &[("type", "html")]).text(&entry.content).close().line();
        xml.close().line();
    }
    OutFile { path: path.into(), bytes: xml.finish() }
}
