//! Settings as meant: defaults filled, conflicts settled. Each stage receives only its own slice.

use super::Host;
use crate::model::Moment;
use crate::words::Words;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// All settings of a site.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What every page knows.
    pub site: SiteSettings,
    /// For floor 3's readers.
    pub read: ReadSettings,
    /// For floor 3's annotator.
    pub annotate: AnnotateSettings,
    /// For what is published of pictures.
    pub pictures: PictureSettings,
    /// The moment for which the site is built, in place of the present.
    pub now: Option<Moment>,
    /// For whoever looks over the finished site.
    pub check: CheckSettings,
}

/// What every page knows of the site.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteSettings {
    /// The archive's name, "The Calder Record".
    pub title: Box<str>,
    /// One sentence about it.
    pub description: Box<str>,
    /// Absolute address, ending in `/`: `https://host/archive/`.
    pub base_url: Box<str>,
    /// The path of `base_url`: begins and ends with `/`.
    pub root: Box<str>,
    /// BCP 47 tag, "en-GB".
    pub language: Box<str>,
    /// IANA zone for times that give none, "Europe/London".
    pub timezone: Box<str>,
    /// Notice in the footer, may be empty.
    pub rights: Box<str>,
    /// Where "Question" leads: `mailto:` or `https:`, none hides the link.
    pub question: Option<Box<str>>,
    /// Articles on a list page.
    pub per_page: usize,
    /// Whether each quotation has a page of its own.
    pub quotation_pages: bool,
    /// Whether each report lies beside its page as TEI as well.
    pub tei: bool,
    /// Where the site is published.
    pub host: Host,
    /// Whether pages hold the style sheet themselves.
    pub inline_css: bool,
    /// What they hold, where they do.
    pub css: Option<Css>,
    /// What the site says of the wires and papers its reports come from.
    pub sources: Sources,
    /// At or above it a speaker is shown as sure (theme specification §5).
    pub threshold: f32,
    /// Whether the archive can be searched: the page, its index and the links to it.
    pub search: bool,
    /// Whether the site has a style sheet of its own, `static/site.css`.
    pub style: bool,
    /// The words of the theme in that language.
    pub words: Arc<Words>,
}

/// A style sheet that stands in every page.
#[derive(Clone, PartialEq)]
pub struct Css {
    /// The rules; safe within a `<style>` element.
    pub rules: Arc<str>,
    /// As a policy names them: `sha256-` and the digest in base 64.
    pub hash: Box<str>,
}

/// The hash alone tells two of them apart.
impl fmt::Debug for Css {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Css({})", self.hash)
    }
}

/// What the site says of a wire or a paper.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceSettings {
    /// As its reports name it, in any case.
    pub name: Box<str>,
    /// A sentence about it; may be empty.
    pub about: Box<str>,
    /// Licence or notice of its copy; may be empty.
    pub rights: Box<str>,
    /// Its own address, `https:`.
    pub url: Option<Box<str>>,
}

/// What the site says of its wires and papers, found by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// In the order of the file.
    all: Vec<SourceSettings>,
    /// By name in lower case, the first of each.
    by_name: BTreeMap<String, usize>,
}

impl Sources {
    /// Makes them findable; of two with one name the first counts.
    pub fn new(all: Vec<SourceSettings>) -> Self {
        let mut by_name = BTreeMap::new();
        for (at, source) in all.iter().enumerate() {
            by_name.entry(source.name.to_lowercase()).or_insert(at);
        }
        Self { all, by_name }
    }

    /// What is said of the one with that name, in any case.
    pub fn named(&self, name: &str) -> Option<&SourceSettings> {
        self.all.get(*self.by_name.get(&name.to_lowercase())?)
    }

    /// All, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &SourceSettings> {
        self.all.iter()
    }
}

/// What readers need to know.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadSettings {
    /// The folder articles lie in, from the site's root: "content".
    pub content: Box<str>,
    /// Section of an article that gives none and lies in no section's folder: "News".
    pub section: Box<str>,
    /// Whether raw HTML in Markdown is published as it is written.
    pub unsafe_html: bool,
}

/// What is published of pictures.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PictureSettings {
    /// Widths in pixels that are made beside the whole picture, where that is wider; upward, distinct.
    pub sizes: Vec<u32>,
    /// 1 to 100, as JPEG counts.
    pub quality: u8,
    /// Whether WebP is made where it is smaller.
    pub webp: bool,
    /// No side of the whole picture is longer, in pixels.
    pub largest: u32,
    /// Whether files are published as they are, with all that cameras write into them.
    pub originals: bool,
}

/// What the annotator needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnotateSettings {
    /// Which reported statements are marked.
    pub statements: Statements,
}

/// Which statements without quotation marks are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statements {
    /// None.
    None,
    /// What a reader would call somebody's statement: for pages.
    Shown,
    /// All that annotators would mark, doubtful ones too: for programs, and for measuring.
    All,
}

/// What the finished site is measured against.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckSettings {
    /// Kilobytes (of 1,000 bytes) that a page with its styles and scripts may weigh, compressed.
    pub page_budget: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            site: SiteSettings {
                title: "An archive".into(),
                description: "".into(),
                base_url: "http://localhost/".into(),
                root: "/".into(),
                language: "en-GB".into(),
                timezone: "UTC".into(),
                rights: "".into(),
                question: None,
                per_page: 30,
                quotation_pages: false,
                tei: false,
                host: Host::Plain,
                inline_css: false,
                css: None,
                sources: Sources::default(),
                threshold: 0.8,
                search: true,
                style: false,
                words: Words::english(),
            },
            read: ReadSettings { content: "content".into(), section: "News".into(), unsafe_html: false },
            annotate: AnnotateSettings { statements: Statements::Shown },
            pictures: PictureSettings {
                sizes: vec![480, 800, 1200, 1600],
                quality: 80,
                webp: true,
                largest: 2400,
                originals: false,
            },
            now: None,
            check: CheckSettings { page_budget: 30 },
        }
    }
}
