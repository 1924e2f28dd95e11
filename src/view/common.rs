//! Views that many pages share.

use serde::Serialize;

/// What every page knows of the site; `site` in templates.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// "The Calder Record"
    pub title: Box<str>,
    /// The title but its last word, for the masthead; empty where it has one word.
    pub title_lead: Box<str>,
    /// The title's last word.
    pub title_last: Box<str>,
    /// One sentence.
    pub description: Box<str>,
    /// Absolute address, ends in `/`.
    pub base_url: Box<str>,
    /// Path of the site, begins and ends with `/`; put it before static files.
    pub root: Box<str>,
    /// BCP 47.
    pub language: Box<str>,
    /// BCP 47: the language the theme's words are in. English where the theme has none in the site's.
    pub words: Box<str>,
    /// As Open Graph writes it, "en_GB".
    pub locale: Box<str>,
    /// "ltr" or "rtl"
    pub dir: &'static str,
    /// The style sheet, theme's and site's, where pages hold it themselves: it goes into a `<style>` as it is.
    pub css: Option<Box<str>>,
    /// Whether the site has a style sheet of its own, `site.css`.
    pub has_style: bool,
    /// Notice in the footer; may be empty.
    pub rights: Box<str>,
    /// Whether the archive has topics, and photographs: the navigation shows only what exists.
    pub has_topics: bool,
    /// See `has_topics`.
    pub has_photos: bool,
    /// Whether reports name wires or papers.
    pub has_sources: bool,
    /// Whether there is a page that searches the archive.
    pub has_search: bool,
}

/// What a page's `<head>` and masthead need; `head` in templates.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HeadView {
    /// Title without the site's name.
    pub title: Box<str>,
    /// One sentence, plain text.
    pub description: Box<str>,
    /// Absolute address.
    pub canonical: Box<str>,
    /// Which item of the navigation is current: "sections", "people", "photos", "dates", "topics", "search" or "".
    pub nav: &'static str,
    /// Open Graph type: "website", "article" or "profile".
    pub og_type: &'static str,
    /// Absolute address of a picture for link previews.
    pub image: Option<Box<str>>,
    /// `<meta property>`: more of Open Graph, in order.
    pub properties: Vec<(&'static str, Box<str>)>,
    /// `<meta name>`: what reference managers read, in order.
    pub names: Vec<(&'static str, Box<str>)>,
    /// The address by which the page should be cited (RFC 8574); none where it is the page's own.
    pub cite_as: Option<Box<str>>,
    /// Trail from the top, this page last with an empty address; empty on home and articles.
    pub crumbs: Vec<LinkView>,
    /// JSON-LD, already safe inside a script element.
    pub json_ld: Option<Box<str>>,
    /// Other forms of the page: (type, title, root-relative address).
    pub alternates: Vec<(&'static str, Box<str>, Box<str>)>,
    /// Whether search engines are asked to leave it out.
    pub noindex: bool,
}

/// A link: words and a root-relative address.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinkView {
    /// The words.
    pub text: Box<str>,
    /// The address; empty where there is no page.
    pub url: Box<str>,
    /// The language of the words, a BCP 47 tag, where it is not the site's: `spoken` says it in an element.
    pub lang: Option<Box<str>>,
}

/// A link with a count.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CountView {
    /// The words.
    pub text: Box<str>,
    /// The address; empty where there is no page.
    pub url: Box<str>,
    /// How many.
    pub n: usize,
}

/// A date in the forms a page needs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DateView {
    /// Machine form: "2031-11-14T17:20:00+00:00", or "2031-11-14" without a time.
    pub iso: Box<str>,
    /// "Friday 14 November 2031, 5.20pm"
    pub full: Box<str>,
    /// "Friday 14 November 2031"
    pub day: Box<str>,
    /// "14 November"
    pub short: Box<str>,
    /// "14 Nov 2031"
    pub brief: Box<str>,
    /// "5.20pm"; empty without a time.
    pub time: Box<str>,
    /// The day's page; empty where no report is of that day.
    pub url: Box<str>,
}

/// An article in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntryView {
    /// Root-relative address.
    pub url: Box<str>,
    /// The headline.
    pub headline: Box<str>,
    /// The language of headline and standfirst, where it is not the site's.
    pub lang: Option<Box<str>>,
    /// The standfirst.
    pub standfirst: Option<Box<str>>,
    /// Its section.
    pub section: LinkView,
    /// When it was published; none for undated copy.
    pub date: Option<DateView>,
    /// Agency or paper.
    pub agency: Option<Box<str>>,
    /// The lead picture, where a file is held.
    pub picture: Option<PictureView>,
    /// Those quoted most, at most four.
    pub speakers: Vec<PersonChip>,
    /// How many quotations it has.
    pub n_quotes: usize,
}

/// A person as a chip: initials, slot, link.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PersonChip {
    /// "Ingrid Marsh"
    pub name: Box<str>,
    /// Person page; empty for people without one.
    pub url: Box<str>,
    /// "IM"
    pub initials: Box<str>,
    /// CSS classes of the speaker's colour and line: "s1", or "s1 l3" where the line differs; "s0" not identified.
    pub slot: Box<str>,
}

/// A picture file that is held.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PictureView {
    /// Root-relative address.
    pub src: Box<str>,
    /// What it shows, for readers who cannot see it; may be empty.
    pub alt: Box<str>,
    /// Pixels; for SVG, the view box.
    pub width: u32,
    /// Pixels; for SVG, the view box.
    pub height: u32,
    /// Other sizes that every browser reads, as `srcset` wants them; empty where there are none.
    pub srcset: Box<str>,
    /// Other formats, for `<source>`: media type and `srcset`.
    pub sources: Vec<(Box<str>, Box<str>)>,
}

/// Where a page stands among the pages of its list. Page 1 holds the oldest, so that pages never renumber;
/// the list's own address shows the newest.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageNumbers {
    /// This page's number.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// Newer reports; none on the newest page.
    pub newer: Option<Box<str>>,
    /// Older reports; none on page 1.
    pub older: Option<Box<str>>,
}
