//! The report page (theme specification §4).

use super::{BlockView, CountView, DateView, HeadView, LinkView, PersonChip};
use serde::Serialize;

/// One report.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    /// For `<head>`; not repeated under `page`.
    #[serde(skip)]
    pub head: HeadView,
    /// Its section.
    pub section: LinkView,
    /// The kicker where it says something else than the section.
    pub kicker: Option<Box<str>>,
    /// What the editors say above the report, oldest first.
    pub notices: Vec<NoticeView>,
    /// The headline.
    pub headline: Box<str>,
    /// The standfirst.
    pub standfirst: Option<Box<str>>,
    /// Agency or paper.
    pub agency: Option<Box<str>>,
    /// The byline as printed.
    pub byline: Option<Box<str>>,
    /// Published.
    pub published: Option<DateView>,
    /// Last changed, where later than published.
    pub updated: Option<DateView>,
    /// Words in the body.
    pub words: usize,
    /// "2031" where the report is over a year older than the archive's newest; else empty.
    pub from_year: Box<str>,
    /// Language where it differs from the site's.
    pub lang: Option<Box<str>>,
    /// Where people speak.
    pub strip: StripView,
    /// Who speaks, most words first; the unnamed last.
    pub speakers: Vec<SpeakerView>,
    /// The body; templates get it as `body`: a list of `{kind, html}` or `{kind: "figure", figure}`.
    #[serde(skip)]
    pub body: Vec<BlockView>,
    /// "Reporting by …" lines.
    pub endnotes: Vec<Box<str>>,
    /// The quotations, in order.
    pub notes: Vec<NoteView>,
    /// About this record.
    pub about: AboutView,
    /// Topics.
    pub topics: Vec<LinkView>,
    /// Named without speaking.
    pub named: Vec<LinkView>,
    /// The report before it in its section.
    pub earlier: Option<NeighbourView>,
    /// The report after it in its section.
    pub later: Option<NeighbourView>,
}

/// The report before or after another in its section.
#[derive(Clone, Debug, Serialize)]
pub struct NeighbourView {
    /// Root-relative address.
    pub url: Box<str>,
    /// The headline.
    pub headline: Box<str>,
    /// Its language, where that is not the site's.
    pub lang: Option<Box<str>>,
    /// When it was published; none for undated copy.
    pub date: Option<DateView>,
}

/// The speech strip: the whole report as a bar 1000 wide.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StripView {
    /// In order; may be empty.
    pub marks: Vec<StripMarkView>,
    /// Whole-number share of the body's words that are quotations, in percent.
    pub percent: usize,
    /// How many quotations.
    pub n_quotes: usize,
    /// How many speakers, the unnamed counted once each by their words.
    pub n_speakers: usize,
    /// Surnames in order of first speech, for the label: "Marsh", "Quill", "one worker".
    pub order: Vec<Box<str>>,
}

/// One mark of the strip.
#[derive(Clone, Debug, Serialize)]
pub struct StripMarkView {
    /// Left edge, 0 to 1000.
    pub x: u32,
    /// Width, at least 2.
    pub width: u32,
    /// Tall (direct) or short (reported).
    pub direct: bool,
    /// "s1"
    pub slot: Box<str>,
}

/// One speaker of the report.
#[derive(Clone, Debug, Serialize)]
pub struct SpeakerView {
    /// Chip, name, link.
    pub chip: PersonChip,
    /// Office on the day, or the description in the report, or "Not identified in the report".
    pub role: Box<str>,
    /// Whether the report names them.
    pub named: bool,
    /// Direct and partial quotations.
    pub n_direct: usize,
    /// Reported ones.
    pub n_reported: usize,
    /// Words of all of them.
    pub words: usize,
    /// `#q-uoq6fc`, their first quotation.
    pub first: Box<str>,
    /// Whether any of their quotations is below the threshold.
    pub unsure: bool,
}

/// One entry of "Quotations in this report".
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// From 1.
    pub number: usize,
    /// "uoq6fc": the mark is `q-…`, the note `n-…`.
    pub id: Box<str>,
    /// The words with their marks.
    pub text: Box<str>,
    /// Their language, where that is not the site's.
    pub lang: Option<Box<str>>,
    /// The speaker.
    pub chip: PersonChip,
    /// Office on the day; may be empty.
    pub office: Box<str>,
    /// "direct" or "reported"
    pub kind: Box<str>,
    /// Checked by an editor.
    pub checked: bool,
    /// How we know, as a sentence: "“she said”; the only woman named since paragraph 1".
    pub why: Box<str>,
    /// The rule's name in words: "pronoun".
    pub rule: Box<str>,
    /// 0 to 100.
    pub confidence: u32,
    /// Below the threshold, or not identified.
    pub unsure: bool,
    /// Absolute address of the mark.
    pub permalink: Box<str>,
    /// Where to question it, filled in; none where the site sets no address.
    pub question: Option<Box<str>>,
}

/// About this record.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AboutView {
    /// "Northsound Wire, plain text"
    pub source: Box<str>,
    /// How many quotations by rule, most first.
    pub rules: Vec<RuleCountView>,
    /// How many below the threshold.
    pub n_unsure: usize,
    /// How many without a speaker.
    pub n_unnamed: usize,
    /// How many an editor checked.
    pub n_checked: usize,
    /// Data forms: "Annotations (JSON)", "Text as received".
    pub data: Vec<LinkView>,
    /// Oldest first.
    pub corrections: Vec<CorrectionView>,
    /// The citation in plain words.
    pub cite: Box<str>,
    /// The citation as BibTeX.
    pub bibtex: Box<str>,
    /// The citation as Wikipedia’s template has it.
    pub wiki: Box<str>,
    /// The wire's or paper's page; empty without one.
    pub source_url: Box<str>,
    /// Licence or notice of the text, or else of its wire or paper.
    pub rights: Option<Box<str>>,
    /// Tags with how many reports share them.
    pub topics: Vec<CountView>,
}

/// A rule and how often it decided.
#[derive(Clone, Debug, Serialize)]
pub struct RuleCountView {
    /// "same sentence"
    pub rule: Box<str>,
    /// How often.
    pub n: usize,
}

/// What the editors say above a report.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// Since when.
    pub date: DateView,
    /// Whether it says why a name is missing.
    pub withholds: bool,
    /// What they say.
    pub text: Box<str>,
}

/// A correction.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectionView {
    /// When.
    pub date: DateView,
    /// What was wrong and what is right.
    pub text: Box<str>,
    /// The words as they stood before, where the editor gives them.
    pub was: Option<Box<str>>,
    /// The words that stand in their place now.
    pub now: Option<Box<str>>,
}
