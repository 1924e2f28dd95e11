use super::feed::{self, Channel, Feed, FeedInput};
use super::write::words::absolute;
use super::write::{json, rfc3339};
use super::{Emitter, OutFile};
use crate::archive::{Archive, PersonId};
use crate::config::SiteSettings;
use serde::Serialize;

/// `feed.json` (JSON Feed 1.1): new reports of the site, and what a person says.
pub(super) struct JsonFeed;

impl Emitter for JsonFeed {
    fn name(&self) -> &'static str {
        "json_feed"
    }

    fn feed(&self, input: &FeedInput<'_>) -> Option<OutFile> {
        let mut channel = (input.feed == Feed::Site).then(|| feed::of_reports(input))?;
        let FeedInput { reports, archive, site, .. } = *input;
        channel.entries = reports.iter().filter_map(|report| feed::entry(report, archive, site)).collect();
        Some(file(&channel, "", site))
    }

    fn person(&self, id: PersonId, archive: &Archive, site: &SiteSettings) -> Option<OutFile> {
        let channel = feed::of_person(id, archive, site)?;
        Some(file(&channel, &archive.person(id).address(), site))
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    tags: &'a [&'a str],
}

fn file(channel: &Channel<'_>, folder: &str, site: &SiteSettings) -> OutFile {
    let path = format!("{folder}feed.json");
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.page,
        feed_url: absolute(site, &path),
        description: channel.subtitle,
        language: &site.language,
        authors: [Author { name: &site.title }],
        items: channel
            .entries
            .iter()
            .map(|entry| Item {
                id: &entry.url,
                url: &entry.url,
                title: &entry.title,
                content_html: &entry.content,
                summary: &entry.summary,
                date_published: rfc3339(entry.published, &channel.zone),
                date_modified: rfc3339(entry.updated, &channel.zone),
                language: entry.lang,
                authors: entry.author.iter().map(|name| Author { name }).collect(),
                tags: &entry.categories,
            })
            .collect(),
    };
    OutFile { path: path.into(), bytes: json(&document) }
}
