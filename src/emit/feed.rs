//! What a feed tells, before it is written as Atom or as JSON Feed.

use super::write::words::{self, absolute, zone};
use super::write::{Xml, instant};
use crate::archive::{Archive, ArticleId, ArticleRecord, PersonId, SectionId, TopicId};
use crate::config::SiteSettings;
use crate::model::Moment;
use crate::view::shortened;
use crate::words::{Phrase, Piece};
use jiff::tz::TimeZone;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::Arc;

/// A feed of new reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// Of all.
    Site,
    /// Of a section.
    Section(SectionId),
    /// Of a topic.
    Topic(TopicId),
}

/// Reports in the feed of the site, and corrections in theirs.
const NEWEST: usize = 30;
/// Quotations in the feed of a person.
const NEWEST_OF_PERSON: usize = 20;
/// Reports in the feed of a section, and of a topic: sites have many topics, and each feed carries whole reports.
const NEWEST_OF_SECTION: usize = 20;
const NEWEST_OF_TOPIC: usize = 10;
/// Speakers named in a summary.
const SPEAKERS: usize = 4;
/// Bytes of a quotation's words in its title.
const LONGEST_TITLE: usize = 100;

impl Feed {
    /// The reports it tells, newest first. Those without a date are left out: an entry must have one.
    pub fn reports(self, archive: &Archive) -> Vec<ArticleId> {
        let dated = |id: &ArticleId| archive.article(*id).facts.published.is_some();
        match self {
            Self::Site => archive.article_ids().rev().filter(dated).take(NEWEST).collect(),
            Self::Section(id) => {
                archive.section(id).articles.iter().rev().copied().filter(dated).take(NEWEST_OF_SECTION).collect()
            }
            Self::Topic(id) => {
                archive.topic(id).articles.iter().rev().copied().filter(dated).take(NEWEST_OF_TOPIC).collect()
            }
        }
    }

    /// Where its Atom file lies in the output folder: `harbour/atom.xml`.
    pub fn path(self, archive: &Archive) -> String {
        self.folder(archive) + super::atom::NAME
    }

    /// Its folder below the site's root: "" or `harbour/`.
    pub(super) fn folder(self, archive: &Archive) -> String {
        match self {
            Self::Site => String::new(),
            Self::Section(id) => archive.section(id).address(),
            Self::Topic(id) => archive.topic(id).address(),
        }
    }

    fn title(self, archive: &Archive, site: &SiteSettings) -> Box<str> {
        let of = |section: &str| -> Box<str> {
            site.words.fill("feed.section", &[("site", &site.title), ("section", section)]).into()
        };
        match self {
            Self::Site => site.title.clone(),
            Self::Section(id) => of(&archive.section(id).name),
            Self::Topic(id) => of(&archive.topic(id).name),
        }
    }
}

/// What an emitter of feeds sees.
#[derive(Clone, Copy, Debug)]
pub struct FeedInput<'a> {
    /// Which feed.
    pub feed: Feed,
    /// Its reports, as [`Feed::reports`] gives them.
    pub reports: &'a [Arc<FeedReport>],
    /// The archive.
    pub archive: &'a Archive,
    /// The site.
    pub site: &'a SiteSettings,
}

/// A report as feeds tell it: the same in that of the site, of its section and of each of its topics.
#[derive(Debug)]
pub struct FeedReport {
    /// Which report.
    pub(super) id: ArticleId,
    /// Its body as HTML in which every address is absolute.
    pub(super) content: String,
    /// Its entry in Atom; empty where it has no date.
    pub(super) atom: String,
    /// When it last changed; none where it has no date.
    pub(super) updated: Option<Moment>,
}

impl FeedReport {
    /// Writes the entry of a report; `content` is its body as HTML in which every address is absolute.
    pub fn new(id: ArticleId, content: String, archive: &Archive, site: &SiteSettings) -> Self {
        let mut report = Self { id, content, atom: String::new(), updated: None };
        if let Some(entry) = entry(&report, archive, site) {
            let (atom, updated) = (super::atom::entry(&entry, &zone(site)), entry.updated);
            (report.atom, report.updated) = (atom, Some(updated));
        }
        report
    }
}

/// A feed, put together.
pub(super) struct Channel<'a> {
    pub(super) title: Box<str>,
    pub(super) subtitle: &'a str,
    /// Absolute address of the page it follows.
    pub(super) page: String,
    /// Newest first.
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) zone: TimeZone,
}

/// One thing a feed tells.
pub(super) struct Entry<'a> {
    pub(super) title: String,
    /// Absolute address, unique in the feed.
    pub(super) url: String,
    pub(super) published: Moment,
    pub(super) updated: Moment,
    /// The language of its words, where it is not the site's.
    pub(super) lang: Option<&'a str>,
    /// Who wrote it, where known.
    pub(super) author: Option<&'a str>,
    pub(super) categories: Vec<&'a str>,
    /// Plain text; may be empty.
    pub(super) summary: String,
    /// HTML.
    pub(super) content: Cow<'a, str>,
}

/// When anything last changed; none where there is nothing.
pub(super) fn newest(moments: impl Iterator<Item = Moment>, zone: &TimeZone) -> Option<Moment> {
    moments.max_by_key(|at| instant(*at, zone))
}

/// The channel of new reports, but for its entries.
pub(super) fn of_reports<'a>(input: &FeedInput<'a>) -> Channel<'a> {
    let FeedInput { feed, archive, site, .. } = *input;
    Channel {
        title: feed.title(archive, site),
        subtitle: if feed == Feed::Site { &site.description } else { "" },
        page: absolute(site, &feed.folder(archive)),
        entries: Vec::new(),
        zone: zone(site),
    }
}

/// The entry of a report; none where it has no date.
pub(super) fn entry<'a>(report: &'a FeedReport, archive: &'a Archive, site: &SiteSettings) -> Option<Entry<'a>> {
    let article = archive.article(report.id);
    let facts = &article.facts;
    let published = facts.published?;
    let topics = article.topics.iter().map(|topic| &*archive.topic(*topic).name);
    Some(Entry {
        title: facts.headline.to_string(),
        url: absolute(site, &article.address),
        published,
        updated: facts.updated.unwrap_or(published),
        lang: facts.lang.as_deref().filter(|lang| *lang != &*site.language),
        author: facts.agency.as_deref(),
        categories: std::iter::once(&*archive.section(article.section).name).chain(topics).collect(),
        summary: summary(article, archive, site),
        content: Cow::Borrowed(&report.content),
    })
}

/// The channel of what a person says; none where nothing of it is dated.
pub(super) fn of_person<'a>(id: PersonId, archive: &'a Archive, site: &'a SiteSettings) -> Option<Channel<'a>> {
    let person = archive.person(id);
    let entry = |at: crate::archive::QuoteRef| -> Option<Entry<'a>> {
        let article = archive.article(at.article);
        let published = article.facts.published?;
        let quote = archive.quote(at);
        let url = absolute(site, &words::quotation(article, quote));
        let mut content = Xml::fragment();
        content.open("blockquote", &[("cite", &url)]).element("p", &quote.text).close();
        if !quote.context.is_empty() {
            content.element("p", &quote.context);
        }
        let report = absolute(site, &article.address);
        let key = match (quote.kind.is_marked_speech(), article.facts.agency.is_some()) {
            (true, true) => "feed.said-agency",
            (true, false) => "feed.said",
            (false, true) => "feed.reported-agency",
            (false, false) => "feed.reported",
        };
        content.open("p", &[]);
        for piece in site.words.phrase(key, None).map_or(&[][..], Phrase::pieces) {
            match piece {
                Piece::Text(words) | Piece::Stretch(_, words) => content.text(words),
                Piece::Slot(place) => match &**place {
                    "name" => content.text(&person.name),
                    "agency" => content.text(article.facts.agency.as_deref().unwrap_or_default()),
                    _ => content.open("a", &[("href", &report)]).text(&article.facts.headline).close(),
                },
            };
        }
        Some(Entry {
            title: shortened(&quote.text, LONGEST_TITLE),
            url,
            published,
            updated: article.facts.updated.unwrap_or(published),
            lang: article.facts.lang.as_deref().filter(|lang| *lang != &*site.language),
            author: None,
            categories: vec![&archive.section(article.section).name],
            summary: String::new(),
            content: content.into_fragment().into(),
        })
    };
    let entries: Vec<Entry<'a>> =
        person.quotes.iter().filter_map(|quote| entry(quote.at)).take(NEWEST_OF_PERSON).collect();
    if entries.is_empty() {
        return None;
    }
    Some(Channel {
        title: site.words.fill("feed.person", &[("name", &person.name), ("site", &site.title)]).into(),
        subtitle: "",
        page: absolute(site, &person.address()),
        entries,
        zone: zone(site),
    })
}

/// The channel of corrections.
pub(super) fn of_corrections<'a>(archive: &'a Archive, site: &'a SiteSettings) -> Channel<'a> {
    let page = absolute(site, "corrections/");
    let entry = |at: &crate::archive::CorrectionRef| -> Entry<'a> {
        let article = archive.article(at.article);
        let correction = &article.facts.corrections[at.correction as usize];
        let report = absolute(site, &article.address);
        let mut content = Xml::fragment();
        content.element("p", &correction.text);
        for (element, words) in [("del", &correction.was), ("ins", &correction.now)] {
            if let Some(words) = words {
                content.open("p", &[]).element(element, words).close();
            }
        }
        content.open("p", &[]);
        for piece in site.words.phrase("feed.corrected", None).map_or(&[][..], Phrase::pieces) {
            match piece {
                Piece::Text(words) | Piece::Stretch(_, words) => content.text(words),
                Piece::Slot(_) => content.open("a", &[("href", &report)]).text(&article.facts.headline).close(),
            };
        }
        Entry {
            title: site.words.fill("feed.correction", &[("headline", &article.facts.headline)]),
            // The number tells two corrections of one report apart; the address shows them all.
            url: format!("{report}?correction={}#corrections", at.correction + 1),
            published: correction.at,
            updated: correction.at,
            lang: None,
            author: None,
            categories: vec![&archive.section(article.section).name],
            summary: correction.text.to_string(),
            content: content.into_fragment().into(),
        }
    };
    Channel {
        title: site.words.fill("feed.corrections", &[("site", &site.title)]).into(),
        subtitle: "",
        page,
        entries: archive.corrections.iter().rev().take(NEWEST).map(entry).collect(),
        zone: zone(site),
    }
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
