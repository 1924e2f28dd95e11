//! Pages that list: home, sections, people, photographs, dates, topics, and the method page.

use super::{CountView, DateView, EntryView, FigureView, HeadView, LinkView, PageNumbers, PersonChip};
use serde::Serialize;

/// The front page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// Newest first, at most 12.
    pub latest: Vec<EntryView>,
    /// "On the record": at most 5 quotations of the week up to the newest report, or of the month where the week has
    /// fewer.
    pub quotes: Vec<RecentQuoteView>,
    /// Whether they are the week's.
    pub this_week: bool,
    /// People most quoted in the newest report's month, at most 8.
    pub speakers: Vec<SpeakerCountView>,
    /// "November 2031"
    pub month: Box<str>,
    /// Reports of this day of the year in earlier years.
    pub on_this_day: Vec<EntryView>,
    /// "14 November"; the newest report's day.
    pub this_day: Box<str>,
    /// Sections with counts.
    pub sections: Vec<CountView>,
    /// Totals of the archive.
    pub n_reports: usize,
    /// See `n_reports`.
    pub n_quotes: usize,
    /// See `n_reports`.
    pub n_people: usize,
    /// "2029 to 2031"
    pub years: Box<str>,
}

/// A quotation on the front page or a topic page.
#[derive(Clone, Debug, Serialize)]
pub struct RecentQuoteView {
    /// The words with their marks.
    pub text: Box<str>,
    /// Who.
    pub chip: PersonChip,
    /// Office on the day; may be empty.
    pub office: Box<str>,
    /// The mark in the report, with the headline.
    pub report: LinkView,
    /// When.
    pub date: Option<DateView>,
    /// Direct or reported.
    pub direct: bool,
    /// Below the threshold.
    pub unsure: bool,
    /// Which of the topic's filters shows it, from 1; 0 for none.
    pub who: usize,
}

/// A person with how often they were quoted, and a sparkline.
#[derive(Clone, Debug, Serialize)]
pub struct SpeakerCountView {
    /// Who.
    pub chip: PersonChip,
    /// Present office; may be empty.
    pub office: Box<str>,
    /// Quotations.
    pub n: usize,
    /// The last twelve months, oldest first: bar heights 0 to 20.
    pub spark: Vec<u32>,
}

/// All sections.
#[derive(Clone, Debug, Serialize)]
pub struct SectionsView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// By name.
    pub sections: Vec<(CountView, Vec<EntryView>)>,
}

/// One page of a section.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// The section's name.
    pub name: Box<str>,
    /// Reports by day, newest first; a day's date is none for undated copy.
    pub days: Vec<(Option<DateView>, Vec<EntryView>)>,
    /// Reports in the whole section.
    pub n: usize,
    /// Where this page stands.
    pub pages: PageNumbers,
}

/// All people, or those of one letter.
#[derive(Clone, Debug, Serialize)]
pub struct PeopleView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// The letter, empty for all.
    pub letter: Box<str>,
    /// Letter pages.
    pub letters: Vec<CountView>,
    /// By letter; one on a letter page. On `/people/` only the first 500 people are listed.
    pub groups: Vec<LetterView>,
    /// Those quoted most, at most 12; none on letter pages.
    pub top: Vec<PersonRow>,
    /// People in the archive.
    pub n: usize,
}

/// People under one letter.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// "M"
    pub letter: Box<str>,
    /// By surname.
    pub people: Vec<PersonRow>,
}

/// A person in a list.
#[derive(Clone, Debug, Serialize)]
pub struct PersonRow {
    /// Who.
    pub chip: PersonChip,
    /// "Marsh, Ingrid"
    pub sorted: Box<str>,
    /// Present office or description; may be empty.
    pub office: Box<str>,
    /// Quotations, direct and reported.
    pub n_quotes: usize,
    /// Reports that name them.
    pub n_reports: usize,
    /// "Nov 2031"
    pub last_seen: Box<str>,
}

/// The contact sheet, or one page of it.
#[derive(Clone, Debug, Serialize)]
pub struct PhotosView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// Newest first.
    pub months: Vec<PhotoMonthView>,
    /// Photographs in the archive.
    pub n: usize,
    /// How many have no picture file.
    pub n_not_held: usize,
    /// Where this page stands.
    pub pages: PageNumbers,
}

/// Photographs of a month.
#[derive(Clone, Debug, Serialize)]
pub struct PhotoMonthView {
    /// "November 2031", or "Undated"
    pub month: Box<str>,
    /// Newest first.
    pub photos: Vec<FigureView>,
}

/// Photographs by agency and photographer.
#[derive(Clone, Debug, Serialize)]
pub struct CreditsView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// By name, "No credit" last.
    pub agencies: Vec<AgencyView>,
    /// Photographs in the archive.
    pub n: usize,
}

/// (id for the address, agency, [(photographer, photographs)])
pub type AgencyView = (Box<str>, Box<str>, Vec<(Box<str>, Vec<FigureView>)>);

/// All years.
#[derive(Clone, Debug, Serialize)]
pub struct DatesView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// Newest first.
    pub years: Vec<YearRow>,
    /// Reports without a date.
    pub undated: Vec<EntryView>,
}

/// A year in the list of years.
#[derive(Clone, Debug, Serialize)]
pub struct YearRow {
    /// The year and how many reports.
    pub year: CountView,
    /// Twelve months: short name, address (empty without reports), how many, shade 0 to 4.
    pub months: Vec<(Box<str>, Box<str>, usize, usize)>,
}

/// A year as twelve small months.
#[derive(Clone, Debug, Serialize)]
pub struct YearView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// "2031"
    pub year: Box<str>,
    /// Twelve.
    pub months: Vec<MonthGridView>,
    /// Reports in the year.
    pub n: usize,
    /// The years beside it that have reports.
    pub earlier: Option<LinkView>,
    /// See `earlier`.
    pub later: Option<LinkView>,
}

/// A month as weeks from Monday.
#[derive(Clone, Debug, Serialize)]
pub struct MonthGridView {
    /// "November"
    pub name: Box<str>,
    /// Its page; empty without reports.
    pub url: Box<str>,
    /// Reports in the month.
    pub n: usize,
    /// Weeks.
    pub weeks: Vec<WeekView>,
}

/// Seven days: (day of the month, 0 outside; address, empty without reports; reports; shade 0 to 4).
pub type WeekView = Vec<(u32, Box<str>, usize, usize)>;

/// A month as a calendar table, with its reports.
#[derive(Clone, Debug, Serialize)]
pub struct MonthView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// "November 2031"
    pub title: Box<str>,
    /// The table.
    pub grid: MonthGridView,
    /// Days with reports, newest first.
    pub days: Vec<(DateView, Vec<EntryView>)>,
    /// The months beside it that have reports.
    pub earlier: Option<LinkView>,
    /// See `earlier`.
    pub later: Option<LinkView>,
}

/// A day: its reports and everyone who spoke.
#[derive(Clone, Debug, Serialize)]
pub struct DayView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// The day.
    pub date: DateView,
    /// In order of time.
    pub reports: Vec<EntryView>,
    /// Everyone who spoke, most quotations first.
    pub speakers: Vec<(PersonChip, usize)>,
    /// The days beside it that have reports.
    pub earlier: Option<LinkView>,
    /// See `earlier`.
    pub later: Option<LinkView>,
}

/// All topics.
#[derive(Clone, Debug, Serialize)]
pub struct TopicsView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// By name.
    pub topics: Vec<CountView>,
}

/// A topic: reports, who speaks about it, quotations.
#[derive(Clone, Debug, Serialize)]
pub struct TopicView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// The topic's name.
    pub name: Box<str>,
    /// Newest first.
    pub reports: Vec<EntryView>,
    /// Most first, at most 12.
    pub speakers: Vec<SpeakerCountView>,
    /// Newest first, at most 60.
    pub quotes: Vec<RecentQuoteView>,
    /// Speakers of these, most quotations first, at most 8: by whom they can be filtered; none where one speaks alone.
    pub filters: Vec<CountView>,
    /// The page of its timeline.
    pub timeline: Box<str>,
    /// Reports in the topic.
    pub n: usize,
    /// Where this page stands.
    pub pages: PageNumbers,
}

/// How this archive is made: the rules with their counts, and what confidence means.
#[derive(Clone, Debug, Serialize)]
pub struct MethodView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// In the order of the rules.
    pub rules: Vec<RuleView>,
    /// Quotations in the archive.
    pub n_quotes: usize,
    /// Those below the threshold.
    pub n_unsure: usize,
    /// Those an editor checked.
    pub n_checked: usize,
    /// The threshold in percent.
    pub threshold: u32,
    /// Where to question a mark; none hides the paragraph.
    pub question: Option<Box<str>>,
    /// Reports in the archive.
    pub n_reports: usize,
    /// (from percent, to percent, quotations), highest first.
    pub bands: Vec<(u32, u32, usize)>,
    /// How confidence held where the answer was known: (from percent, to percent, quotations, right of a hundred).
    pub measured: Vec<(u32, u32, u32, u32)>,
    /// Quotations of that measurement.
    pub n_measured: u32,
    /// Reports of that measurement.
    pub n_measured_reports: u32,
}

/// A rule, in words.
#[derive(Clone, Debug, Serialize)]
pub struct RuleView {
    /// "same sentence"
    pub name: Box<str>,
    /// What it does, in a sentence or two.
    pub words: Box<str>,
    /// How often it decided.
    pub n: usize,
    /// Whole-number mean confidence, percent.
    pub confidence: u32,
}

/// The page that searches the archive.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// Root-relative address of the file from which a search begins.
    pub index: Box<str>,
    /// Sections to choose from: name, and the word that the index has for it.
    pub sections: Vec<(Box<str>, Box<str>)>,
    /// Years to choose from, newest first; 0 for reports without a date.
    pub years: Vec<i16>,
    /// Reports.
    pub n_reports: usize,
    /// Quotations.
    pub n_quotes: usize,
}

/// What stands where a report was.
#[derive(Clone, Debug, Serialize)]
pub struct WithdrawnView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// When it was decided.
    pub date: DateView,
    /// Why; empty where nobody says.
    pub reason: Box<str>,
}

/// 404.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// Sections to offer.
    pub sections: Vec<CountView>,
}
