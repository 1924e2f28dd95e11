//! Sections and topics.

use super::desk::Desk;
use super::pages::Pages;
use super::plan::PageKey;
use super::recent::{most_quoted, recent_quote};
use super::{HeadView, LinkView, RecentQuoteView, SectionView, SectionsView, TopicView, TopicsView, home};
use crate::archive::{ArticleId, QuoteRef, SectionId, TopicId};

/// Reports shown under each section on the page of all sections.
const NEWEST: usize = 5;
/// Speakers and quotations shown on a topic's page.
const MOST: usize = 12;

/// Makes the page of all sections.
pub(super) fn sections(desk: &Desk<'_>) -> SectionsView {
    let description = desk.of_site("sections.description");
    let newest = |i: usize| desk.entries(desk.archive.sections[i].articles.iter().rev().take(NEWEST).copied());
    let sections = home::sections(desk).into_iter().enumerate().map(|(i, section)| (section, newest(i))).collect();
    SectionsView { head: desk.head(desk.words.text("sections.title"), description, "sections/", "sections"), sections }
}

/// Makes one page of a section.
pub(super) fn section(desk: &Desk<'_>, id: SectionId, page: u32) -> SectionView {
    let section = desk.archive.section(id);
    let n = section.articles.len();
    let pages = Pages::new(n, desk.site.per_page);
    let number = page as usize;
    let list = desk.url(&section.address());
    let about = [("reports", &*desk.reports(n)), ("section", &section.name), ("site", &desk.site.title)];
    let description = desk.words.fill("section.description", &about);
    let below = PageKey::Section(id, page).address(desk.archive, desk.site);
    let crumbs = vec![desk.link(desk.words.text("sections.title"), "sections/"), here(&section.name)];
    let head = desk.head(&desk.paged(&section.name, number, pages.total()), description, &below, "sections");
    SectionView {
        head: HeadView { crumbs, ..head },
        name: section.name.clone(),
        days: desk.by_day(section.articles[pages.of(number)].iter().rev().copied()),
        n,
        pages: pages.numbers(&list, number),
    }
}

/// Makes the page of all topics.
pub(super) fn topics(desk: &Desk<'_>) -> TopicsView {
    let description = desk.of_site("topics.description");
    let topics = (0..desk.archive.topics.len()).map(|i| desk.topic_count(TopicId::new(i))).collect();
    TopicsView { head: desk.head(desk.words.text("topics.title"), description, "topics/", "topics"), topics }
}

/// Makes one page of a topic. Speakers and quotations stand on the topic's own address alone, so that a topic
/// of many pages is read through once.
pub(super) fn topic(desk: &Desk<'_>, id: TopicId, page: u32) -> TopicView {
    let topic = desk.archive.topic(id);
    let n = topic.articles.len();
    let pages = Pages::new(n, desk.site.per_page);
    let number = page as usize;
    let is_own = number >= pages.total();
    let about = [("reports", &*desk.reports(n)), ("topic", &topic.name), ("site", &desk.site.title)];
    let description = desk.words.fill("topic.description", &about);
    let below = PageKey::Topic(id, page).address(desk.archive, desk.site);
    let crumbs = vec![desk.link(desk.words.text("topics.title"), "topics/"), here(&topic.name)];
    let head = desk.head(&desk.paged(&topic.name, number, pages.total()), description, &below, "topics");
    let all = if is_own { &**topic.articles } else { &[] };
    TopicView {
        head: HeadView { crumbs, ..head },
        name: topic.name.clone(),
        reports: desk.entries(topic.articles[pages.of(number)].iter().rev().copied()),
        speakers: most_quoted(desk, all.iter().copied(), MOST),
        quotes: newest_quotes(desk, all),
        n,
        pages: pages.numbers(&desk.url(&topic.address()), number),
    }
}

/// The newest direct quotations, at most three of one report.
fn newest_quotes(desk: &Desk<'_>, articles: &[ArticleId]) -> Vec<RecentQuoteView> {
    let of_report = |id: &ArticleId| {
        let article = *id;
        let quotes = desk.archive.article(article).facts.quotes.iter().enumerate();
        let direct = quotes.filter(|(_, q)| q.kind.is_marked_speech() && desk.is_sure(q) && q.words >= 4);
        let views =
            direct.filter_map(move |(i, _)| recent_quote(desk, QuoteRef { article, quote: u32::try_from(i).ok()? }));
        views.take(3)
    };
    articles.iter().rev().flat_map(of_report).take(MOST).collect()
}

fn here(name: &str) -> LinkView {
    LinkView { text: name.into(), url: "".into() }
}
