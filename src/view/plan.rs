//! Every page of the site, by key.

use super::pages::Pages;
use crate::archive::{
    Archive, ArticleId, OriginId, PersonId, PhotoId, SectionId, TopicId, day_address, month_address, year_address,
};
use crate::config::{Settings, SiteSettings};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Photographs on a page of the contact sheet.
pub(super) const PHOTOS_PER_PAGE: usize = 60;

/// Reports on a page of a topic's timeline.
pub(super) const TIMELINE_PER_PAGE: usize = 100;

/// Which page. Cheap to copy, and ordered as [`plan`] lists.
///
/// Pages of a list are numbered from 1, the oldest; the last is the list's own address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKey {
    /// `/`
    Home,
    /// `/2031/11/14/slug/`
    Article(ArticleId),
    /// `/sections/`
    Sections,
    /// `/harbour/`, `/harbour/page/2/`
    Section(SectionId, u32),
    /// `/people/`
    People,
    /// `/people/m/`, `/people/0-9/` for names that begin with no letter ('#').
    Letter(char),
    /// `/people/ingrid-marsh/`
    Person(PersonId),
    /// `/people/ingrid-marsh/2030/`; none: `undated/`.
    PersonYear(PersonId, Option<i16>),
    /// `/photos/`, `/photos/page/2/`
    Photos(u32),
    /// `/photos/k3zq7wma/`
    Photo(PhotoId),
    /// `/photos/credits/`
    Credits,
    /// `/dates/`
    Dates,
    /// `/2031/`
    Year(i16),
    /// `/2031/11/`, by its first day.
    Month(Date),
    /// `/2031/11/14/`
    Day(Date),
    /// `/topics/`
    Topics,
    /// `/topics/calder-tunnel/`, `/topics/calder-tunnel/page/2/`
    Topic(TopicId, u32),
    /// `/timeline/`: the archive's newest year.
    Timeline,
    /// `/timeline/2030/`
    TimelineYear(i16),
    /// `/topics/calder-tunnel/timeline/`, `/topics/calder-tunnel/timeline/page/2/`
    TopicTimeline(TopicId, u32),
    /// `/sources/`
    Sources,
    /// `/sources/northsound-wire/`, `/sources/northsound-wire/page/2/`
    Source(OriginId, u32),
    /// `/corrections/`, `/corrections/page/2/`
    Corrections(u32),
    /// `/q/uoq6fc/`: a quotation of an article.
    Quotation(ArticleId, u32),
    /// `/search/`
    Search,
    /// `/about/method/`
    Method,
    /// `/about/data/`
    Data,
    /// `/2031/11/14/slug/` of an article that was withdrawn: its place in [`Archive::withdrawn`].
    Withdrawn(u32),
    /// `/404.html`
    NotFound,
}

impl PageKey {
    /// The article whose words [`page`](super::page) wants; none for pages made of the archive alone.
    pub fn article(self) -> Option<ArticleId> {
        match self {
            Self::Article(id) => Some(id),
            _ => None,
        }
    }

    /// Whether it is a list's own address, which shows the newest; of a page by itself, that it is one.
    pub fn is_newest(self, archive: &Archive, site: &SiteSettings) -> bool {
        let is_last = |number: u32, pages: Pages| number as usize >= pages.total();
        match self {
            Self::Section(id, page) => is_last(page, Pages::new(archive.section(id).articles.len(), site.per_page)),
            Self::Topic(id, page) => is_last(page, Pages::new(archive.topic(id).articles.len(), site.per_page)),
            Self::Source(id, page) => is_last(page, Pages::new(archive.origin(id).articles.len(), site.per_page)),
            Self::Photos(page) => is_last(page, photo_pages(archive)),
            Self::Corrections(page) => is_last(page, correction_pages(archive, site)),
            _ => true,
        }
    }

    /// The address below the site's root, not percent-encoded: "", `harbour/page/2/`, `404.html`.
    pub fn address(self, archive: &Archive, site: &SiteSettings) -> String {
        match self {
            Self::Home => String::new(),
            Self::Article(id) => archive.article(id).address.to_string(),
            Self::Sections => "sections/".to_owned(),
            Self::Section(id, page) => {
                let section = archive.section(id);
                let pages = Pages::new(section.articles.len(), site.per_page);
                pages.address(&section.address(), page as usize)
            }
            Self::People => "people/".to_owned(),
            Self::Letter(letter) => letter_address(letter),
            Self::Person(id) => archive.person(id).address(),
            Self::PersonYear(id, year) => {
                let year = year.map_or_else(|| "undated".to_owned(), |year| format!("{year:04}"));
                format!("{}{year}/", archive.person(id).address())
            }
            Self::Photos(page) => photo_pages(archive).address("photos/", page as usize),
            Self::Photo(id) => archive.photo(id).address(),
            Self::Credits => "photos/credits/".to_owned(),
            Self::Dates => "dates/".to_owned(),
            Self::Year(year) => Date::new(year, 1, 1).map_or_else(|_| format!("{year:04}/"), year_address),
            Self::Month(date) => month_address(date),
            Self::Day(date) => day_address(date),
            Self::Topics => "topics/".to_owned(),
            Self::Topic(id, page) => {
                let topic = archive.topic(id);
                let pages = Pages::new(topic.articles.len(), site.per_page);
                pages.address(&topic.address(), page as usize)
            }
            Self::Timeline => "timeline/".to_owned(),
            Self::TimelineYear(year) => format!("timeline/{year:04}/"),
            Self::TopicTimeline(id, page) => {
                let topic = archive.topic(id);
                let pages = Pages::new(topic.articles.len(), TIMELINE_PER_PAGE);
                pages.address(&super::timeline::topic_address(topic), page as usize)
            }
            Self::Sources => "sources/".to_owned(),
            Self::Source(id, page) => {
                let origin = archive.origin(id);
                let pages = Pages::new(origin.articles.len(), site.per_page);
                pages.address(&origin.address(), page as usize)
            }
            Self::Corrections(page) => correction_pages(archive, site).address("corrections/", page as usize),
            Self::Quotation(article, quote) => archive.article(article).quote_address(quote),
            Self::Search => "search/".to_owned(),
            Self::Method => "about/method/".to_owned(),
            Self::Data => "about/data/".to_owned(),
            Self::Withdrawn(at) => archive.withdrawn[at as usize].address.to_string(),
            Self::NotFound => "404.html".to_owned(),
        }
    }

    /// The file below the output folder: `harbour/page/2/index.html`, `404.html`.
    pub fn path(self, archive: &Archive, site: &SiteSettings) -> Box<str> {
        let mut path = self.address(archive, site);
        if path.is_empty() || path.ends_with('/') {
            path.push_str("index.html");
        }
        path.into()
    }
}

/// Lists every page of the site, each once, in the order of [`PageKey`]. Linear in the archive.
pub fn plan(archive: &Archive, settings: &Settings) -> Vec<PageKey> {
    let mut keys = vec![PageKey::Home];
    keys.extend(archive.article_ids().map(PageKey::Article));
    keys.push(PageKey::Sections);
    let per_page = settings.site.per_page;
    for (i, section) in archive.sections.iter().enumerate() {
        keys.extend(
            numbers(Pages::new(section.articles.len(), per_page)).map(|n| PageKey::Section(SectionId::new(i), n)),
        );
    }
    keys.push(PageKey::People);
    let letters: BTreeSet<char> = archive.people.iter().map(|p| p.letter).collect();
    keys.extend(letters.into_iter().map(PageKey::Letter));
    keys.extend(archive.person_ids().map(PageKey::Person));
    for id in archive.person_ids() {
        keys.extend(
            super::person_quotes::years_apart(archive, id).into_iter().map(|(year, _)| PageKey::PersonYear(id, year)),
        );
    }
    if !archive.photos.is_empty() {
        keys.extend(numbers(photo_pages(archive)).map(PageKey::Photos));
        keys.extend((0..archive.photos.len()).map(|i| PageKey::Photo(PhotoId::new(i))));
        keys.push(PageKey::Credits);
    }
    keys.push(PageKey::Dates);
    let calendar = &archive.calendar;
    keys.extend(calendar.years().filter_map(|days| days.first()).map(|day| PageKey::Year(day.date.year())));
    keys.extend(calendar.months().filter_map(|days| days.first()).map(|day| PageKey::Month(day.date.first_of_month())));
    keys.extend(calendar.days.iter().map(|day| PageKey::Day(day.date)));
    if !archive.topics.is_empty() {
        keys.push(PageKey::Topics);
    }
    for (i, topic) in archive.topics.iter().enumerate() {
        keys.extend(numbers(Pages::new(topic.articles.len(), per_page)).map(|n| PageKey::Topic(TopicId::new(i), n)));
    }
    keys.push(PageKey::Timeline);
    // The newest year is the timeline's own address.
    let mut years: Vec<i16> = calendar.years().filter_map(|days| days.first()).map(|day| day.date.year()).collect();
    years.pop();
    keys.extend(years.into_iter().map(PageKey::TimelineYear));
    for (i, topic) in archive.topics.iter().enumerate() {
        let pages = Pages::new(topic.articles.len(), TIMELINE_PER_PAGE);
        keys.extend(numbers(pages).map(|n| PageKey::TopicTimeline(TopicId::new(i), n)));
    }
    if !archive.origins.is_empty() {
        keys.push(PageKey::Sources);
    }
    for (i, origin) in archive.origins.iter().enumerate() {
        keys.extend(numbers(Pages::new(origin.articles.len(), per_page)).map(|n| PageKey::Source(OriginId::new(i), n)));
    }
    keys.extend(numbers(correction_pages(archive, &settings.site)).map(PageKey::Corrections));
    if settings.site.quotation_pages {
        for (id, article) in archive.article_ids().zip(&archive.articles) {
            keys.extend((0..).zip(&article.facts.quotes).map(|(quote, _)| PageKey::Quotation(id, quote)));
        }
    }
    if settings.site.search {
        keys.push(PageKey::Search);
    }
    keys.extend([PageKey::Method, PageKey::Data]);
    keys.extend((0..).zip(archive.withdrawn.iter()).map(|(at, _)| PageKey::Withdrawn(at)));
    keys.push(PageKey::NotFound);
    keys
}

fn numbers(pages: Pages) -> impl Iterator<Item = u32> {
    1..=u32::try_from(pages.total()).unwrap_or(u32::MAX)
}

/// The pages of the contact sheet.
pub(super) fn photo_pages(archive: &Archive) -> Pages {
    Pages::new(archive.photos.len(), PHOTOS_PER_PAGE)
}

/// The pages of the list of corrections.
pub(super) fn correction_pages(archive: &Archive, site: &SiteSettings) -> Pages {
    Pages::new(archive.corrections.len(), site.per_page)
}

/// The page of an index letter, below the site's root.
pub(super) fn letter_address(letter: char) -> String {
    if letter == '#' { "people/0-9/".to_owned() } else { format!("people/{}/", letter.to_lowercase()) }
}
