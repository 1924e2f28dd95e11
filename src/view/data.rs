//! What machines can read, told in words.

use super::desk::Desk;
use super::{DataView, HeadView, LinkView};
use crate::archive::{SectionId, TopicId};
use std::cmp::Reverse;

/// Makes the page that lists feeds and forms of the data.
pub(super) fn data(desk: &Desk<'_>) -> DataView {
    let archive = desk.archive;
    let description = format!("Feeds of {}, and its reports, quotations and people as data.", desk.site.title);
    let feed = |i: usize| {
        let section = archive.section(SectionId::new(i));
        desk.link(&section.name, &[&*section.address(), "atom.xml"].concat())
    };
    let most_quoted = archive.person_ids().min_by_key(|id| (Reverse(archive.person(*id).quotes.len()), *id));
    let quoted = most_quoted.filter(|id| !archive.person(*id).quotes.is_empty());
    let topics = (0..archive.topics.len()).map(TopicId::new);
    let topic = topics.min_by_key(|id| (Reverse(archive.topic(*id).articles.len()), *id)).map(|id| {
        let topic = archive.topic(id);
        desk.link(&topic.name, &topic.address())
    });
    let head = desk.head("Feeds and data", description, "about/data/", "");
    let alternates = vec![
        ("application/atom+xml", "New reports".into(), desk.url("atom.xml")),
        ("application/feed+json", "New reports (JSON Feed)".into(), desk.url("feed.json")),
        ("application/atom+xml", "Corrections".into(), desk.url("corrections/atom.xml")),
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
