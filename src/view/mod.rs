//! Floor 5: what templates and exports may know.
//!
//! The only room whose types derive `Serialize` for templates. A view borrows or owns plain values,
//! addresses already carry the site's root, dates are already in words, and nothing is HTML: bodies
//! are trees of blocks and inlines, and `render` alone turns them into markup.

mod about;
mod address;
mod article;
mod blocks;
mod body;
mod calendar;
mod cast;
mod cite;
mod common;
mod corrections;
mod data;
mod dates;
mod desk;
mod encode;
mod figures;
#[cfg(test)]
mod fixture;
mod former;
mod glance;
mod home;
mod json_ld;
mod layers;
mod ledger;
mod lists;
mod meta;
mod method;
mod notes;
mod pages;
mod people;
mod person;
mod person_quotes;
mod photo;
mod photos;
mod plan;
mod profile;
mod quotation;
mod recent;
mod report;
mod rights;
mod rules;
mod schema;
mod search;
mod sections;
mod site;
mod slots;
mod sources;
mod strip;
mod syndicate;
#[cfg(test)]
mod tests;
mod timeline;
mod weave;
mod why;

pub use article::{
    AboutView, ArticleView, CorrectionView, NeighbourView, NoteView, NoticeView, RuleCountView, SpeakerView,
    StripMarkView, StripView,
};
pub use body::{BlockView, ChipView, Inline};
pub use common::{CountView, DateView, EntryView, HeadView, LinkView, PageNumbers, PersonChip, PictureView, SiteView};
pub use desk::shortened;
pub use encode::encoded;
pub use ledger::{
    AxisBarView, AxisView, CorrectedView, CorrectionsView, DataView, QuotationView, SourceRowView, SourceView,
    SourcesView, TimelineEventView, TimelineMonthView, TimelineView,
};
pub use lists::{
    AgencyView, CreditsView, DatesView, DayView, HomeView, LetterView, MethodView, MonthGridView, MonthView,
    NotFoundView, PeopleView, PersonRow, PhotoMonthView, PhotosView, RecentQuoteView, RuleView, SearchView,
    SectionView, SectionsView, SpeakerCountView, TopicView, TopicsView, WeekView, WithdrawnView, YearRow, YearView,
};
pub use person::{
    CompanionView, DayQuotesView, GlanceBarView, GlanceOfficeView, GlanceView, OfficeView, PersonQuoteView, PersonView,
    YearQuotesView,
};
pub use photo::{FigureView, PhotoUseView, PhotoView};
pub use plan::{PageKey, plan};
pub use site::site;
pub use syndicate::syndicated;

use crate::archive::Archive;
use crate::config::Settings;
use crate::model::{Annotations, Article};
use desk::Desk;
pub(crate) use method::BANDS;
pub(crate) use notes::percent;
pub(crate) use rules::{RULES, name as rule_name};

use serde::Serialize;

/// One page: its place in the output, its template, and what that template sees.
#[derive(Clone, Debug)]
pub struct Page {
    /// Output path with `/`, relative to the output folder: `people/ingrid-marsh/index.html`.
    pub path: Box<str>,
    /// What the template sees.
    pub view: PageView,
}

/// Every kind of page. The variant's name in snake case plus `.html` is the template;
/// the template's context is `site` ([`SiteView`]), `head` ([`HeadView`]) and `page` (the view).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
#[allow(
    missing_docs,
    clippy::large_enum_variant,
    reason = "the views carry the docs; pages are made and dropped one at a time"
)]
pub enum PageView {
    Home(HomeView),
    Sections(SectionsView),
    Section(SectionView),
    Article(Box<ArticleView>),
    People(PeopleView),
    Person(Box<PersonView>),
    Photos(PhotosView),
    Photo(PhotoView),
    Credits(CreditsView),
    Dates(DatesView),
    Year(YearView),
    Month(MonthView),
    Day(DayView),
    Topics(TopicsView),
    Topic(TopicView),
    Timeline(TimelineView),
    Sources(SourcesView),
    Source(SourceView),
    Corrections(CorrectionsView),
    Quotation(QuotationView),
    Search(SearchView),
    Method(MethodView),
    Data(DataView),
    Withdrawn(WithdrawnView),
    NotFound(NotFoundView),
}

/// The head of whichever page it is.
macro_rules! head {
    ($page:expr $(, $mut:tt)?) => {
        match $page {
            PageView::Home(v) => &$($mut)? v.head,
            PageView::Sections(v) => &$($mut)? v.head,
            PageView::Section(v) => &$($mut)? v.head,
            PageView::Article(v) => &$($mut)? v.head,
            PageView::People(v) => &$($mut)? v.head,
            PageView::Person(v) => &$($mut)? v.head,
            PageView::Photos(v) => &$($mut)? v.head,
            PageView::Photo(v) => &$($mut)? v.head,
            PageView::Credits(v) => &$($mut)? v.head,
            PageView::Dates(v) => &$($mut)? v.head,
            PageView::Year(v) => &$($mut)? v.head,
            PageView::Month(v) => &$($mut)? v.head,
            PageView::Day(v) => &$($mut)? v.head,
            PageView::Topics(v) => &$($mut)? v.head,
            PageView::Topic(v) => &$($mut)? v.head,
            PageView::Timeline(v) => &$($mut)? v.head,
            PageView::Sources(v) => &$($mut)? v.head,
            PageView::Source(v) => &$($mut)? v.head,
            PageView::Corrections(v) => &$($mut)? v.head,
            PageView::Quotation(v) => &$($mut)? v.head,
            PageView::Search(v) => &$($mut)? v.head,
            PageView::Method(v) => &$($mut)? v.head,
            PageView::Data(v) => &$($mut)? v.head,
            PageView::Withdrawn(v) => &$($mut)? v.head,
            PageView::NotFound(v) => &$($mut)? v.head,
        }
    };
}

impl PageView {
    /// The template that draws it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Sections(_) => "sections.html",
            Self::Section(_) => "section.html",
            Self::Article(_) => "article.html",
            Self::People(_) => "people.html",
            Self::Person(_) => "person.html",
            Self::Photos(_) => "photos.html",
            Self::Photo(_) => "photo.html",
            Self::Credits(_) => "credits.html",
            Self::Dates(_) => "dates.html",
            Self::Year(_) => "year.html",
            Self::Month(_) => "month.html",
            Self::Day(_) => "day.html",
            Self::Topics(_) => "topics.html",
            Self::Topic(_) => "topic.html",
            Self::Timeline(_) => "timeline.html",
            Self::Sources(_) => "sources.html",
            Self::Source(_) => "source.html",
            Self::Corrections(_) => "corrections.html",
            Self::Quotation(_) => "quotation.html",
            Self::Search(_) => "search.html",
            Self::Method(_) => "method.html",
            Self::Data(_) => "data.html",
            Self::Withdrawn(_) => "withdrawn.html",
            Self::NotFound(_) => "not_found.html",
        }
    }

    /// What its `<head>` needs.
    pub fn head(&self) -> &HeadView {
        head!(self)
    }

    fn head_mut(&mut self) -> &mut HeadView {
        head!(self, mut)
    }
}

/// Makes one page.
///
/// A report's page wants the article and annotations whose facts were joined; without them, and for every
/// other page, it is made of the archive alone, and a report then has its lists but no body.
/// Linear in what the page shows; keys come from [`plan`] of the same archive.
pub fn page(key: &PageKey, archive: &Archive, article: Option<(&Article, &Annotations)>, settings: &Settings) -> Page {
    let desk = &Desk::new(archive, settings);
    let view = match *key {
        PageKey::Home => PageView::Home(home::home(desk)),
        PageKey::Article(id) => {
            let absent = (Article::default(), Annotations::default());
            let (article, annotations) = article.unwrap_or((&absent.0, &absent.1));
            PageView::Article(Box::new(report::report(desk, id, article, annotations)))
        }
        PageKey::Sections => PageView::Sections(sections::sections(desk)),
        PageKey::Section(id, page) => PageView::Section(sections::section(desk, id, page)),
        PageKey::People => PageView::People(people::all(desk)),
        PageKey::Letter(letter) => PageView::People(people::letter(desk, letter)),
        PageKey::Person(id) => PageView::Person(Box::new(profile::person(desk, id))),
        PageKey::PersonYear(id, year) => PageView::Person(Box::new(profile::person_year(desk, id, year))),
        PageKey::Photos(page) => PageView::Photos(photos::photos(desk, page)),
        PageKey::Photo(id) => PageView::Photo(photos::photo(desk, id)),
        PageKey::Credits => PageView::Credits(photos::credits(desk)),
        PageKey::Dates => PageView::Dates(calendar::all(desk)),
        PageKey::Year(year) => PageView::Year(calendar::year(desk, year)),
        PageKey::Month(month) => PageView::Month(calendar::month(desk, month)),
        PageKey::Day(date) => PageView::Day(calendar::day(desk, date)),
        PageKey::Topics => PageView::Topics(sections::topics(desk)),
        PageKey::Topic(id, page) => PageView::Topic(sections::topic(desk, id, page)),
        PageKey::Timeline => PageView::Timeline(timeline::year(desk, None)),
        PageKey::TimelineYear(year) => PageView::Timeline(timeline::year(desk, Some(year))),
        PageKey::TopicTimeline(id, page) => PageView::Timeline(timeline::topic(desk, id, page)),
        PageKey::Sources => PageView::Sources(sources::sources(desk)),
        PageKey::Source(id, page) => PageView::Source(sources::source(desk, id, page)),
        PageKey::Corrections(page) => PageView::Corrections(corrections::corrections(desk, page)),
        PageKey::Quotation(article, quote) => PageView::Quotation(quotation::quotation(desk, article, quote)),
        PageKey::Data => PageView::Data(data::data(desk)),
        PageKey::Search => PageView::Search(search::search(desk)),
        PageKey::Method => PageView::Method(method::method(desk)),
        PageKey::Withdrawn(at) => PageView::Withdrawn(home::withdrawn(desk, at)),
        PageKey::NotFound => PageView::NotFound(home::not_found(desk)),
    };
    let mut page = Page { path: key.path(archive, &settings.site), view };
    let head = page.view.head_mut();
    if head.json_ld.is_none() && !head.noindex {
        head.json_ld = json_ld::crumbs(&settings.site, &head.crumbs);
    }
    page
}
