//! Pages that keep the books: timeline, sources, corrections, one quotation, and the data for machines.

use super::{CountView, DateView, EntryView, HeadView, LinkView, PageNumbers, PersonChip};
use serde::Serialize;

/// Reports and offices taken and left on one axis: of the archive a year, of a topic a page.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// "2031", or the topic's name.
    pub title: Box<str>,
    /// The topic's page; none for the archive's own timeline.
    pub topic: Option<LinkView>,
    /// The drawing; none where nothing is dated.
    pub axis: Option<AxisView>,
    /// The archive's years with how many reports, oldest first; the one shown has no address. None for a topic.
    pub years: Vec<CountView>,
    /// Oldest first.
    pub months: Vec<TimelineMonthView>,
    /// Reports of the year, or of the topic.
    pub n: usize,
    /// Where this page stands among a topic's.
    pub pages: PageNumbers,
}

/// What a timeline shows of one month.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineMonthView {
    /// "November 2031", or "Undated"
    pub month: Box<str>,
    /// The month's page; empty where no report is of that month.
    pub url: Box<str>,
    /// Oldest first.
    pub events: Vec<TimelineEventView>,
    /// Reports of the month that are not listed.
    pub n_more: usize,
}

/// A report, or an office taken or left.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineEventView {
    /// "report", "taken" or "left"
    pub kind: &'static str,
    /// When; none for undated copy.
    pub date: Option<DateView>,
    /// The report; for an office its title, without an address.
    pub link: LinkView,
    /// The report's section; empty for an office.
    pub section: Box<str>,
    /// Those quoted most in the report, at most three; or whose office it is.
    pub people: Vec<PersonChip>,
    /// Quotations in the report.
    pub n_quotes: usize,
}

/// The axis of a timeline, an SVG in percent widths.
#[derive(Clone, Debug, Serialize)]
pub struct AxisView {
    /// "2029 to 2031"
    pub range: Box<str>,
    /// One sentence that says what the drawing shows.
    pub description: Box<str>,
    /// (left edge in percent "34.29", year)
    pub years: Vec<(Box<str>, Box<str>)>,
    /// Months with reports, or years where the axis is long.
    pub bars: Vec<AxisBarView>,
    /// Offices taken and left: (place in percent, "Ingrid Marsh: Harbour Minister").
    pub marks: Vec<(Box<str>, Box<str>)>,
    /// What this page lists of it: left edge and width in percent.
    pub shown: Option<(Box<str>, Box<str>)>,
}

/// One month, or one year.
#[derive(Clone, Debug, Serialize)]
pub struct AxisBarView {
    /// Left edge in percent.
    pub x: Box<str>,
    /// Width in percent.
    pub width: Box<str>,
    /// Top, pixels.
    pub y: usize,
    /// Pixels.
    pub height: usize,
    /// "November 2031: 4 reports"
    pub label: Box<str>,
}

/// All wires and papers.
#[derive(Clone, Debug, Serialize)]
pub struct SourcesView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// By name.
    pub sources: Vec<SourceRowView>,
    /// Reports that name no wire and no paper.
    pub n_without: usize,
}

/// A wire or a paper in the list of all.
#[derive(Clone, Debug, Serialize)]
pub struct SourceRowView {
    /// The name, its page, and how many reports.
    pub source: CountView,
    /// "Jan 2029 to Nov 2031"; empty where all its copy is undated.
    pub range: Box<str>,
    /// Licence or notice, as the site's settings give it; may be empty.
    pub rights: Box<str>,
}

/// A wire or a paper with its reports.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// "Northsound Wire"
    pub name: Box<str>,
    /// A sentence about it, as the site's settings give it; may be empty.
    pub about: Box<str>,
    /// Its own address; none where the settings give none.
    pub site: Option<Box<str>>,
    /// Licence or notice, as the settings give it; may be empty.
    pub rights: Box<str>,
    /// What its reports themselves say of their rights, with how many say so; most first.
    pub stated: Vec<CountView>,
    /// The first day of its copy, on its newest page; none where all is undated.
    pub first: Option<DateView>,
    /// The last.
    pub last: Option<DateView>,
    /// Reports by day, newest first; a day's date is none for undated copy.
    pub days: Vec<(Option<DateView>, Vec<EntryView>)>,
    /// Its reports.
    pub n: usize,
    /// Where this page stands.
    pub pages: PageNumbers,
}

/// Every correction, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionsView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// Newest first.
    pub corrections: Vec<CorrectedView>,
    /// Corrections in the archive.
    pub n: usize,
    /// Where to tell of a mistake; none where the site sets no address.
    pub question: Option<Box<str>>,
    /// Where this page stands.
    pub pages: PageNumbers,
}

/// A correction in the list of all.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectedView {
    /// When it was made.
    pub date: DateView,
    /// What was wrong and what is right.
    pub text: Box<str>,
    /// The words as they stood before, where the editor gives them.
    pub was: Option<Box<str>>,
    /// The words that stand in their place now.
    pub now: Option<Box<str>>,
    /// The correction beside its report, under the report's headline.
    pub report: LinkView,
    /// When the report was published.
    pub published: Option<DateView>,
}

/// One quotation, for sharing; its report is the page that search engines are led to.
#[derive(Clone, Debug, Serialize)]
pub struct QuotationView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// The words with their marks.
    pub text: Box<str>,
    /// Who.
    pub chip: PersonChip,
    /// Office on the day, or the report's description; may be empty.
    pub office: Box<str>,
    /// Direct or reported.
    pub direct: bool,
    /// The sentence's other half, or the sentence.
    pub context: Box<str>,
    /// The mark in the report, with the headline.
    pub report: LinkView,
    /// Section of the report.
    pub section: LinkView,
    /// When the report was published.
    pub date: Option<DateView>,
    /// Agency or paper.
    pub agency: Option<Box<str>>,
    /// The rule's name in words: "pronoun".
    pub rule: Box<str>,
    /// 0 to 100.
    pub confidence: u32,
    /// Below the threshold, or not identified.
    pub unsure: bool,
    /// Whether an editor has checked it.
    pub checked: bool,
    /// The reason for the speaker, in the report's list.
    pub note: Box<str>,
}

/// Feeds and data, in words.
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// The feed of each section.
    pub sections: Vec<LinkView>,
    /// The newest report, as an example; none in an empty archive.
    pub report: Option<LinkView>,
    /// The person quoted most, as an example.
    pub person: Option<LinkView>,
    /// A topic, as an example.
    pub topic: Option<LinkView>,
    /// Whether reports also lie beside their pages as TEI.
    pub tei: bool,
    /// Whether quotations have pages of their own.
    pub quotation_pages: bool,
}
