//! Front matter and leaves to an article.

use super::caption;
use super::furniture::{furniture, slug_of};
use super::html::Mended;
use super::layout::Layout;
use super::leaf::{Body, Leaf, LeafKind};
use super::passage::Passage;
use super::pictures;
use crate::config::{ReadSettings, Text};
use crate::diag::{Diagnostic, codes};
use crate::model::{Article, BlockKind, Mark, Photo, Source};
use crate::read::credit::Desk;
use crate::read::front_matter::{FrontMatter, PhotoEntry};
use crate::read::{byline, dateline, endnote};
use crate::text::TextSpan;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Puts the article together. Furniture comes first in the reading text, then the photos of the front
/// matter, then the body in its order.
pub(super) fn article(
    source: &Source,
    settings: &ReadSettings,
    matter: &FrontMatter<'_>,
    body: &Body,
    diagnostics: &mut Vec<Diagnostic>,
) -> Article {
    let mut desk = Desk::default();
    if let Some(agency) = &matter.agency {
        desk.learn(agency);
    }
    let mut assembly = Assembly {
        source,
        matter,
        desk,
        layout: Layout::default(),
        photos: Vec::new(),
        entries: pictures::by_file(&matter.photos),
        opened: false,
        found: Found::default(),
        mended: Mended::default(),
        ids: BTreeMap::new(),
    };
    assembly.furniture();
    let body_from = assembly.layout.n_blocks();
    assembly.front_photos(body);
    assembly.body(body);
    assembly.loose_dateline();

    diagnostics.extend(assembly.mended.told(&source.path, &source.text));
    let found = std::mem::take(&mut assembly.found);
    let furniture = furniture(source, settings, matter, found, diagnostics);
    if assembly.layout.text.trim().is_empty() {
        diagnostics.push(
            Diagnostic::new(codes::ARTICLE_EMPTY, &source.path, "this file holds no words")
                .note("read as an article without text")
                .help("write the report below the front matter, or take the file away"),
        );
    }
    let mut article = Article {
        path: source.path.clone(),
        slug: slug_of(&source.path, matter, &furniture).into(),
        furniture,
        containers: body.containers.clone(),
        photos: assembly.photos,
        ..Article::default()
    };
    assembly.layout.finish(&mut article, body_from, &assembly.ids);
    article
}

/// An article on its way from leaves to blocks.
pub(super) struct Assembly<'a> {
    pub(super) source: &'a Source,
    pub(super) matter: &'a FrontMatter<'a>,
    /// Whose names make a credit.
    pub(super) desk: Desk,
    pub(super) layout: Layout,
    pub(super) photos: Vec<Photo>,
    /// The front matter's photos by their files, see [`pictures::by_file`].
    pub(super) entries: BTreeMap<Cow<'a, str>, &'a PhotoEntry<'a>>,
    /// Whether the first paragraph has been laid.
    opened: bool,
    found: Found,
    /// Captions of HTML that are nobody's.
    mended: Mended,
    /// Ids that crossheads gave themselves, by block.
    ids: BTreeMap<usize, String>,
}

/// Furniture found in the reading text.
#[derive(Default)]
pub(super) struct Found {
    pub(super) headline: Option<String>,
    pub(super) dateline: Option<TextSpan>,
    /// The agency in the dateline's brackets.
    pub(super) agency: Option<String>,
    pub(super) byline: Option<String>,
}

impl Assembly<'_> {
    /// Lays the furniture that the front matter gives.
    fn furniture(&mut self) {
        let matter = self.matter;
        self.field(BlockKind::Kicker, matter.kicker.as_ref());
        if let Some(span) = self.field(BlockKind::Headline, matter.headline.as_ref()) {
            self.found.headline = Some(span.of(&self.layout.text).to_owned());
        }
        self.field(BlockKind::Standfirst, matter.standfirst.as_ref());
        if matter.byline.is_some() {
            self.field(BlockKind::Byline, matter.byline.as_ref());
        } else if !matter.authors.is_empty() {
            let mut names = Passage::default();
            for (i, name) in matter.authors.iter().enumerate() {
                if i > 0 {
                    names.push_alone(", ");
                }
                names.append(&self.passage(name));
            }
            self.layout.line(BlockKind::Byline, &names);
        }
    }

    fn has_byline(&self) -> bool {
        self.matter.byline.is_some() || !self.matter.authors.is_empty()
    }

    fn field(&mut self, kind: BlockKind, text: Option<&Text<'_>>) -> Option<TextSpan> {
        let words = self.passage(text?);
        (!words.is_blank()).then(|| self.layout.line(kind, &words))
    }

    fn passage(&self, text: &Text<'_>) -> Passage {
        Passage::of(text, &self.source.text)
    }

    fn body(&mut self, body: &Body) {
        let end = story_end(&body.leaves);
        let mut leaves = body.leaves.iter().enumerate().peekable();
        while let Some((i, leaf)) = leaves.next() {
            // Behind a picture of their own, its words would be that one's.
            if leaf.in_caption && !leaf.words.is_blank() && caption::behind(leaf).is_none() {
                leaf.words.place().into_iter().for_each(|words| self.mended.caption(words));
            }
            if !leaf.pictures.is_empty() {
                let caption = leaves.next_if(|(_, next)| self.is_caption_of(next, leaf));
                self.pictures(leaf, caption.map(|(_, next)| next));
                if let Some((_, next)) = leaves.next_if(|(_, next)| self.is_credit_of(next, leaf)) {
                    self.credit_line(next);
                }
            } else if i < end {
                self.words(leaf);
            } else {
                self.below(leaf);
            }
        }
    }

    /// Lays what stands under the story.
    fn below(&mut self, leaf: &Leaf) {
        let range = leaf.words.trimmed(0..leaf.words.len());
        let kind = match leaf.kind {
            LeafKind::Rule => BlockKind::Rule,
            _ if endnote::end_mark(leaf.words.text()) => BlockKind::Meta,
            _ => BlockKind::Endnote,
        };
        self.layout.lay(kind, leaf.within, &leaf.words, range, &leaf.marks);
    }

    /// Lays a leaf's words.
    pub(super) fn words(&mut self, leaf: &Leaf) {
        let range = leaf.words.trimmed(0..leaf.words.len());
        match &leaf.kind {
            LeafKind::Heading(1, _) if leaf.within.is_none() && self.takes_headline(leaf) => {}
            LeafKind::Heading(level, id) => {
                if let Some(id) = id {
                    self.ids.insert(self.layout.n_blocks(), id.clone());
                }
                self.layout.lay(BlockKind::Crosshead((*level).max(2)), leaf.within, &leaf.words, range, &leaf.marks);
            }
            LeafKind::Code => {
                let words = leaf.words.text().trim_end_matches(['\n', '\r']);
                self.layout.lay(BlockKind::Code, leaf.within, &leaf.words, 0..words.len(), []);
            }
            LeafKind::Html => {
                self.layout.lay(BlockKind::Html, leaf.within, &leaf.words, range, []);
            }
            LeafKind::Rule => {
                self.layout.lay(BlockKind::Rule, leaf.within, &leaf.words, range, []);
            }
            LeafKind::Paragraph if !self.opened && leaf.within.is_none() => {
                // "By Ola Brandt" over the text is the byline, where the front matter gives none.
                let unsigned = self.found.byline.is_none() && !self.has_byline();
                if unsigned && byline::by_line(leaf.words.text().trim()).is_some() {
                    let span = self.layout.lay(BlockKind::Byline, None, &leaf.words, range, &leaf.marks);
                    self.found.byline = Some(span.of(&self.layout.text).to_owned());
                } else {
                    self.opened = true;
                    self.opening(leaf, range);
                }
            }
            LeafKind::Paragraph | LeafKind::Cell => {
                self.layout.lay(BlockKind::Paragraph, leaf.within, &leaf.words, range, &leaf.marks);
            }
        }
    }

    /// Lays the first paragraph, with the dateline of the front matter at its head.
    fn opening(&mut self, leaf: &Leaf, range: Range<usize>) {
        let Some(dateline) = &self.matter.dateline else {
            let span = self.layout.lay(BlockKind::Paragraph, None, &leaf.words, range, &leaf.marks);
            let words = span.of(&self.layout.text);
            if let Some(found) = dateline::dateline(words) {
                let start = span.start as usize;
                self.found.dateline = Some(TextSpan::new(start, start + found.end));
                self.found.agency = found.agency.map(|a| byline::agency(a).unwrap_or_else(|| a.to_owned()));
            }
            return;
        };
        let mut words = dated(self.passage(dateline));
        let n = words.text().trim_end().len();
        let shift = words.len();
        words.append(&leaf.words);
        let marks: Vec<Mark> = leaf
            .marks
            .iter()
            .map(|mark| {
                let span = TextSpan::new(mark.span.start as usize + shift, mark.span.end as usize + shift);
                Mark { span, kind: mark.kind.clone() }
            })
            .collect();
        // Blanks at the head of the leaf would part dateline and text twice; Markdown leaves none.
        let range = 0..range.end + shift;
        let span = self.layout.lay(BlockKind::Paragraph, None, &words, range, &marks);
        self.found.dateline = Some(TextSpan::new(span.start as usize, span.start as usize + n));
    }

    /// Keeps a dateline for which there is no paragraph.
    fn loose_dateline(&mut self) {
        if let (Some(dateline), None) = (&self.matter.dateline, self.found.dateline) {
            let words = self.passage(dateline);
            self.found.dateline = Some(self.layout.line(BlockKind::Meta, &words));
        }
    }

    /// Whether a level-1 heading is the headline: the first where none is given, or the same words again.
    fn takes_headline(&mut self, leaf: &Leaf) -> bool {
        let words = leaf.words.text().trim();
        match &self.found.headline {
            Some(headline) => same_words(headline, words),
            None => {
                let range = leaf.words.trimmed(0..leaf.words.len());
                let span = self.layout.lay(BlockKind::Headline, None, &leaf.words, range, &leaf.marks);
                let words = span.of(&self.layout.text).split_whitespace();
                self.found.headline = Some(words.collect::<Vec<_>>().join(" "));
                true
            }
        }
    }
}

/// Whether two lines differ in nothing but case, marks and blanks.
fn same_words(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}

/// A dateline with the dash that parts it from the text.
fn dated(mut dateline: Passage) -> Passage {
    let parted = dateline.text().trim_end().ends_with(['—', '–', '-', ':']);
    dateline.push_alone(if parted { " " } else { " — " });
    dateline
}

/// Where the story ends: the first of the leaves at the end that only say who worked on it, or that it is over.
fn story_end(leaves: &[Leaf]) -> usize {
    let mut end = leaves.len();
    for (i, leaf) in leaves.iter().enumerate().rev() {
        let words = leaf.words.text().trim();
        let plain = leaf.within.is_none() && leaf.pictures.is_empty();
        let says_so = leaf.kind == LeafKind::Paragraph && (endnote::endnote(words) || endnote::end_mark(words));
        if plain && says_so {
            end = i;
        } else if !(plain && leaf.kind == LeafKind::Rule) {
            break;
        }
    }
    end
}
