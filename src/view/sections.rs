//! Sections and topics.

use super::desk::Desk;
use super::pages::Pages;
use super::plan::PageKey;
use super::recent::{most_quoted, recent_quote};
use super::{
    CountView, HeadView, LinkView, RecentQuoteView, SectionView, SectionsView, TopicView, TopicsView, home, timeline,
};
use crate::archive::{ArticleId, QuoteRef, SectionId, TopicId};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Reports shown under each section on the page of all sections.
const NEWEST: usize = 5;
/// Speakers shown on a topic's page.
const MOST: usize = 12;
/// Quotations shown on a topic's page, and speakers by whom they can be filtered: the style sheet knows as many.
const MOST_QUOTES: usize = 60;
const MOST_FILTERS: usize = 8;

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
        head: HeadView { crumbs, alternates: feed(desk, &section.name, &section.address()), ..head },
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
    let mut quotes = newest_quotes(desk, all);
    let filters = filters(&mut quotes);
    TopicView {
        head: HeadView { crumbs, alternates: feed(desk, &topic.name, &topic.address()), ..head },
        name: topic.name.clone(),
        reports: desk.entries(topic.articles[pages.of(number)].iter().rev().copied()),
        speakers: most_quoted(desk, all.iter().copied(), MOST),
        quotes,
        filters,
        timeline: desk.url(&timeline::topic_address(topic)),
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
    articles.iter().rev().flat_map(of_report).take(MOST_QUOTES).collect()
}

/// The speakers quoted most among some quotations, each of which is told by whose filter it is shown.
fn filters(quotes: &mut [RecentQuoteView]) -> Vec<CountView> {
    let mut speakers: Vec<(Box<str>, Box<str>, usize)> = Vec::new();
    let mut at: FxHashMap<Box<str>, usize> = FxHashMap::default();
    for chip in quotes.iter().map(|quote| &quote.chip) {
        // Namesakes differ in their addresses.
        let place = *at.entry(chip.url.clone()).or_insert_with(|| {
            speakers.push((chip.name.clone(), chip.url.clone(), 0));
            speakers.len() - 1
        });
        speakers[place].2 += 1;
    }
    if speakers.len() < 2 {
        return Vec::new();
    }
    // Those quoted alike stay as they come.
    speakers.sort_by_key(|(.., n)| Reverse(*n));
    speakers.truncate(MOST_FILTERS);
    let number: FxHashMap<&str, usize> = speakers.iter().zip(1..).map(|((_, url, _), at)| (&**url, at)).collect();
    for quote in quotes {
        quote.who = number.get(&*quote.chip.url).copied().unwrap_or_default();
    }
    speakers.into_iter().map(|(text, _, n)| CountView { text, url: "".into(), n }).collect()
}

/// The feed of a section or a topic, as `<head>` tells of it.
fn feed(desk: &Desk<'_>, name: &str, address: &str) -> Vec<(&'static str, Box<str>, Box<str>)> {
    let title = desk.words.fill("home.feed-of", &[("name", name)]);
    vec![("application/atom+xml", title.into(), desk.url(&[address, "atom.xml"].concat()))]
}

fn here(name: &str) -> LinkView {
    LinkView { text: name.into(), url: "".into(), lang: None }
}
