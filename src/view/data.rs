//! What machines can read, told in words.

use super::desk::Desk;
use super::{DataView, HeadView, LinkView};
use crate::archive::{PersonId, SectionId, TopicId};
use std::cmp::Reverse;

/// Makes the page that lists feeds and forms of the data.
pub(super) fn data(desk: &Desk<'_>) -> DataView {
    let archive = desk.archive;
    let description = desk.of_site("data.description");
    let feed = |i: usize| {
        let section = archive.section(SectionId::new(i));
        desk.link(&section.name, &[&*section.address(), "atom.xml"].concat())
    };
    // A feed is of days: who is quoted in reports without a date alone has none.
    let has_feed = |id: &PersonId| {
        archive.person(*id).quotes.iter().any(|quote| archive.article(quote.at.article).facts.published.is_some())
    };
    let mut by_quotes: Vec<PersonId> = archive.person_ids().collect();
    by_quotes.sort_by_key(|id| (Reverse(archive.person(*id).quotes.len()), *id));
    let quoted = by_quotes.into_iter().find(has_feed);
    let topics = (0..archive.topics.len()).map(TopicId::new);
    let topic = topics.min_by_key(|id| (Reverse(archive.topic(*id).articles.len()), *id)).map(|id| {
        let topic = archive.topic(id);
        desk.link(&topic.name, &topic.address())
    });
    let head = desk.head(desk.words.text("data.title"), description, "about/data/", "");
    let alternates = vec![
        ("application/atom+xml", desk.words.text("home.feed").into(), desk.url("atom.xml")),
        ("application/feed+json", desk.words.text("home.feed-json").into(), desk.url("feed.json")),
        ("application/atom+xml", desk.words.text("corrections.title").into(), desk.url("corrections/atom.xml")),
    ];
    DataView {
        head: HeadView { alternates, ..head },
        sections: (0..archive.sections.len()).map(feed).collect(),
        report: archive.newest().map(|id| desk.report_link(id)),
        person: quoted.map(|id| -> LinkView { desk.person_link(id) }),
        topic,
        tei: desk.site.tei,
        quotation_pages: desk.site.quotation_pages,
    }
}
