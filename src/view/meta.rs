//! What a page's `<head>` tells link previews (Open Graph, ogp.me) and reference managers (Highwire's `citation_*`).

use super::about::authors;
use super::desk::{Desk, PREVIEW};
use crate::archive::{ArticleId, PersonId, Picture};
use crate::model::{Article, Moment};

/// Names and contents of elements, in order.
pub(super) type Metas = Vec<(&'static str, Box<str>)>;

/// Topics named to link previews at most.
const MOST_TOPICS: usize = 8;

/// Size and description of a page's picture.
pub(super) fn image(picture: &Picture, alt: &str) -> Metas {
    let (_, width, height) = picture.at_least(PREVIEW);
    let mut metas: Metas =
        vec![("og:image:width", width.to_string().into()), ("og:image:height", height.to_string().into())];
    if !alt.is_empty() {
        metas.push(("og:image:alt", alt.into()));
    }
    metas
}

/// When a report was published and changed, its section and its topics.
pub(super) fn report(desk: &Desk<'_>, id: ArticleId) -> Metas {
    let record = desk.archive.article(id);
    let time = |at: Moment| -> Box<str> { desk.iso(at).into() };
    let mut metas: Metas = Vec::new();
    metas.extend(record.facts.published.map(|at| ("article:published_time", time(at))));
    metas.extend(record.facts.updated.map(|at| ("article:modified_time", time(at))));
    metas.push(("article:section", desk.archive.section(record.section).name.clone()));
    let topics = record.topics.iter().take(MOST_TOPICS);
    metas.extend(topics.map(|topic| ("article:tag", desk.archive.topic(*topic).name.clone())));
    metas
}

/// A person's names.
pub(super) fn profile(desk: &Desk<'_>, id: PersonId) -> Metas {
    let person = desk.archive.person(id);
    let names = [("profile:first_name", &person.given), ("profile:last_name", &person.surname)];
    names.into_iter().filter(|(_, name)| !name.is_empty()).map(|(key, name)| (key, name.clone())).collect()
}

/// A report as reference managers want it; dates as `2031/11/14`.
pub(super) fn citation(desk: &Desk<'_>, id: ArticleId, article: &Article) -> Metas {
    let record = desk.archive.article(id);
    let mut metas: Metas = vec![("citation_title", record.facts.headline.clone())];
    metas.extend(authors(article).into_iter().map(|author| ("citation_author", author.into())));
    if let Some(date) = record.facts.published.map(|at| at.date) {
        let day = format!("{:04}/{:02}/{:02}", date.year(), date.month(), date.day());
        metas.push(("citation_publication_date", day.into()));
    }
    metas.push(("citation_journal_title", desk.site.title.clone()));
    metas.extend(record.facts.agency.as_ref().map(|agency| ("citation_publisher", agency.clone())));
    let language = article.furniture.lang.as_ref().unwrap_or(&desk.site.language);
    metas.push(("citation_language", language.clone()));
    metas.push(("citation_public_url", desk.absolute(&record.address)));
    metas
}
