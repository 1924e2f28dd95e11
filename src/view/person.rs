//! The person page (theme specification §7).

use super::{CountView, DateView, FigureView, HeadView, LinkView, PersonChip, PictureView};
use serde::Serialize;

/// A person with all that they said.
#[derive(Clone, Debug, Serialize)]
pub struct PersonView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// Chip, name, own address. The slot is the person's preferred one.
    pub chip: PersonChip,
    /// Portrait, where the authority file gives one that is held.
    pub portrait: Option<PictureView>,
    /// Its credit.
    pub portrait_credit: Option<Box<str>>,
    /// "Harbour Minister of Merrow since March 2030; Member for Westbank."; may be empty.
    pub now: Box<str>,
    /// Letter page of the surname.
    pub letter: LinkView,
    /// Direct and partial quotations.
    pub n_direct: usize,
    /// Reported ones.
    pub n_reported: usize,
    /// Reports that name them.
    pub n_reports: usize,
    /// Photographs that show them.
    pub n_photos: usize,
    /// "Jan 2029"; empty where all copy is undated.
    pub first_seen: Box<str>,
    /// "Nov 2031"
    pub last_seen: Box<str>,
    /// Biography paragraphs from the authority file, plain text; may be empty.
    pub biography: Vec<Box<str>>,
    /// Months as bars, offices as bands; none without dated quotations.
    pub glance: Option<GlanceView>,
    /// By year, newest first.
    pub years: Vec<YearQuotesView>,
    /// Pages of other years, where the quotations are over 200 and split.
    pub other_years: Vec<CountView>,
    /// Appears with, most first; at most 8 with pages.
    pub companions: Vec<CompanionView>,
    /// Offices held, newest first.
    pub offices: Vec<OfficeView>,
    /// Roles that articles gave, where the authority file lists no offices: words and in how many reports.
    pub described_as: Vec<CountView>,
    /// Surface forms with counts, most first, at most 12.
    pub forms: Vec<CountView>,
    /// Not to be confused with: link and what tells them apart.
    pub not: Vec<(LinkView, Box<str>)>,
    /// Photographs that show them, newest first, at most 8.
    pub photos: Vec<FigureView>,
    /// Topics of the reports they speak in, most first, at most 10.
    pub topics: Vec<CountView>,
    /// Reports that name them without quoting, newest first.
    pub mentioned: Vec<(LinkView, Option<DateView>)>,
    /// The same person elsewhere.
    pub same_as: Vec<Box<str>>,
    /// Where to tell the archive; none where the site sets no address.
    pub question: Option<Box<str>>,
}

/// Quotations of a year.
#[derive(Clone, Debug, Serialize)]
pub struct YearQuotesView {
    /// "2031", or "Undated"
    pub year: Box<str>,
    /// By report, newest first.
    pub days: Vec<DayQuotesView>,
}

/// Quotations of one report.
#[derive(Clone, Debug, Serialize)]
pub struct DayQuotesView {
    /// When.
    pub date: Option<DateView>,
    /// Section of the report.
    pub section: LinkView,
    /// The report.
    pub report: LinkView,
    /// In order of the report.
    pub quotes: Vec<PersonQuoteView>,
}

/// One quotation on a person's page.
#[derive(Clone, Debug, Serialize)]
pub struct PersonQuoteView {
    /// `p-uoq6fc`, unique on the page.
    pub id: Box<str>,
    /// The words with their marks.
    pub text: Box<str>,
    /// Direct or reported.
    pub direct: bool,
    /// The sentence's other half, or the sentence.
    pub context: Box<str>,
    /// The mark in the report.
    pub in_report: Box<str>,
    /// Where it is shared from: its place on this page, or its own page where quotations have one.
    pub permalink: Box<str>,
    /// Below the threshold.
    pub unsure: bool,
    /// Other reports with the same words, or nearly the same; the newest of them.
    pub also_in: Vec<LinkView>,
    /// How many there are.
    pub n_also: usize,
}

/// At a glance: an SVG in percent widths.
#[derive(Clone, Debug, Serialize)]
pub struct GlanceView {
    /// "2029 to 2031", or "2031"
    pub range: Box<str>,
    /// One sentence that says what the picture shows.
    pub description: Box<str>,
    /// (left edge in percent "34.29", year)
    pub years: Vec<(Box<str>, Box<str>)>,
    /// Months with quotations.
    pub bars: Vec<GlanceBarView>,
    /// Offices; `row` from 0.
    pub offices: Vec<GlanceOfficeView>,
    /// Rows of offices.
    pub n_rows: usize,
    /// Height of the whole in pixels.
    pub height: usize,
}

/// One month.
#[derive(Clone, Debug, Serialize)]
pub struct GlanceBarView {
    /// Left edge in percent.
    pub x: Box<str>,
    /// Width in percent.
    pub width: Box<str>,
    /// Top of the direct bar and its height, pixels.
    pub direct: (usize, usize),
    /// Top of the reported bar and its height, pixels.
    pub reported: (usize, usize),
    /// "November 2031: 7 direct, 3 reported"
    pub label: Box<str>,
}

/// One office as a band.
#[derive(Clone, Debug, Serialize)]
pub struct GlanceOfficeView {
    /// Left edge in percent.
    pub x: Box<str>,
    /// Width in percent.
    pub width: Box<str>,
    /// Row, from 0.
    pub row: usize,
    /// Top in pixels.
    pub y: usize,
    /// Words, shortened to fit.
    pub title: Box<str>,
    /// Style class number, 1 to 3.
    pub style: usize,
}

/// Someone in the same reports.
#[derive(Clone, Debug, Serialize)]
pub struct CompanionView {
    /// Chip, name, link.
    pub chip: PersonChip,
    /// "Renn"
    pub surname: Box<str>,
    /// Reports shared.
    pub n: usize,
    /// Centre of their circle in the drawing (300 wide, 262 high).
    pub x: i32,
    /// See `x`.
    pub y: i32,
    /// Width of the line, "7.6".
    pub line: Box<str>,
}

/// An office with its dates.
#[derive(Clone, Debug, Serialize)]
pub struct OfficeView {
    /// "Harbour Minister of Merrow"
    pub title: Box<str>,
    /// First day.
    pub from: Option<DateView>,
    /// Last day; none: to date.
    pub to: Option<DateView>,
}
