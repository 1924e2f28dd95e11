//! Front matter and leaves to an article.

use super::caption;
use super::layout::Layout;
use super::leaf::{Body, Leaf, LeafKind, Picture};
use super::passage::Passage;
use crate::config::{ReadSettings, Text};
use crate::diag::{Diagnostic, codes};
use crate::model::{Article, BlockKind, Credit, Furniture, Mark, Moment, Photo, Source};
use crate::read::front_matter::{FrontMatter, PhotoEntry};
use crate::read::path;
use crate::text::{TextSpan, slug};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
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
    let mut assembly = Assembly {
        source,
        matter,
        layout: Layout::default(),
        photos: Vec::new(),
        headline: None,
        dateline: None,
        ids: BTreeMap::new(),
    };
    assembly.furniture();
    let body_from = assembly.layout.n_blocks();
    assembly.front_photos(body);
    assembly.body(body);
    assembly.loose_dateline();

    let headline = assembly.headline.take();
    let furniture = furniture(source, settings, matter, headline, assembly.dateline, diagnostics);
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

struct Assembly<'a> {
    source: &'a Source,
    matter: &'a FrontMatter<'a>,
    layout: Layout,
    photos: Vec<Photo>,
    /// As it stands in the layout.
    headline: Option<String>,
    dateline: Option<TextSpan>,
    /// Ids that crossheads gave themselves, by block.
    ids: BTreeMap<usize, String>,
}

impl Assembly<'_> {
    /// Lays the furniture that the front matter gives.
    fn furniture(&mut self) {
        let matter = self.matter;
        self.field(BlockKind::Kicker, matter.kicker.as_ref());
        if let Some(span) = self.field(BlockKind::Headline, matter.headline.as_ref()) {
            self.headline = Some(span.of(&self.layout.text).to_owned());
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

    fn field(&mut self, kind: BlockKind, text: Option<&Text<'_>>) -> Option<TextSpan> {
        let words = self.passage(text?);
        (!words.is_blank()).then(|| self.layout.line(kind, &words))
    }

    fn passage(&self, text: &Text<'_>) -> Passage {
        Passage::of(text, &self.source.text)
    }

    /// Lays the photos of the front matter whose files the body does not show.
    fn front_photos(&mut self, body: &Body) {
        let shown: BTreeSet<&str> =
            body.leaves.iter().flat_map(|leaf| &leaf.pictures).map(|picture| bare(&picture.file)).collect();
        for entry in self.matter.photos.iter().filter(|entry| !shown.contains(bare(&entry.file))) {
            let photo = Photo { file: Some(entry.file.clone()), file_at: entry.file_at, ..Photo::default() };
            self.photo(photo, None, Passage::default(), None, Some(entry));
        }
    }

    /// Lays a photo: its caption where it has one, else its alt text, which may be empty.
    fn photo(
        &mut self,
        mut photo: Photo,
        within: Option<u32>,
        alt: Passage,
        caption: Option<Captioned<'_>>,
        entry: Option<&PhotoEntry<'_>>,
    ) {
        let index = u32::try_from(self.photos.len()).unwrap_or(u32::MAX);
        let given = |text: Option<&Text<'_>>| text.map(|t| Passage::of(t, &self.source.text)).filter(|p| !p.is_blank());
        let alt = given(entry.and_then(|e| e.alt.as_ref())).unwrap_or(alt);
        let caption = caption.or_else(|| {
            let words = given(entry.and_then(|e| e.caption.as_ref()))?;
            Some(Captioned { range: 0..words.len(), words: Cow::Owned(words), marks: Vec::new() })
        });
        photo.alt = Some(alt.text().trim()).filter(|a| !a.is_empty()).map(Into::into);
        match caption {
            Some(caption) => {
                let kind = BlockKind::Caption(index);
                let span = self.layout.lay(kind, within, &caption.words, caption.range, caption.marks);
                credited(&mut photo, span, &self.layout.text);
            }
            None => {
                let range = alt.trimmed(0..alt.len());
                self.layout.lay(BlockKind::Alt(index), within, &alt, range, []);
            }
        }
        if let Some(entry) = entry {
            if let Some(text) = &entry.credit {
                photo.credit = Some(credit_of(&text.line()));
            }
            photo.rights = entry.rights.clone();
        }
        self.photos.push(photo);
    }

    fn body(&mut self, body: &Body) {
        let entries: BTreeMap<&str, &PhotoEntry<'_>> =
            self.matter.photos.iter().map(|entry| (bare(&entry.file), entry)).collect();
        let mut leaves = body.leaves.iter().peekable();
        let mut opened = false;
        while let Some(leaf) = leaves.next() {
            if leaf.pictures.is_empty() {
                self.words(leaf, &mut opened);
                continue;
            }
            let below = leaves.next_if(|next| {
                caption::is_bare(leaf)
                    && leaf.pictures.last().is_some_and(|p| p.title.is_none())
                    && caption::is_below(next, leaf, |words| credit_tail(words).is_some())
            });
            let behind = caption::behind(leaf);
            let mut after = Vec::new();
            for (i, picture) in leaf.pictures.iter().enumerate() {
                let last = i + 1 == leaf.pictures.len();
                let caption = match (&behind, below) {
                    (Some(range), _) if last => Some(Captioned::of(leaf, range.clone())),
                    (_, Some(next)) if last => Some(Captioned::of(next, next.words.trimmed(0..next.words.len()))),
                    _ => None,
                };
                // A title that stands beside a caption in the text is a tooltip, and says nothing more.
                let caption = caption.or_else(|| picture.title.as_ref().map(Captioned::title));
                let entry = entries.get(bare(&picture.file)).copied();
                let shown = (picture, caption, entry);
                let ends = leaf.words.text().get(picture.at..).is_none_or(|rest| rest.trim().is_empty());
                if ends && behind.is_none() && !caption::is_bare(leaf) {
                    after.push(shown);
                } else {
                    self.picture(shown, leaf.within);
                }
            }
            if behind.is_none() && !leaf.words.is_blank() {
                self.words(leaf, &mut opened);
            }
            for shown in after {
                self.picture(shown, leaf.within);
            }
        }
    }

    fn picture(
        &mut self,
        (picture, caption, entry): (&Picture, Option<Captioned<'_>>, Option<&PhotoEntry<'_>>),
        within: Option<u32>,
    ) {
        let photo = Photo { file: Some(picture.file.clone()), file_at: picture.file_at, ..Photo::default() };
        self.photo(photo, within, picture.alt.clone(), caption, entry);
    }

    /// Lays a leaf's words. `opened` says whether the first paragraph has been laid.
    fn words(&mut self, leaf: &Leaf, opened: &mut bool) {
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
            LeafKind::Rule => {
                self.layout.lay(BlockKind::Rule, leaf.within, &leaf.words, range, []);
            }
            LeafKind::Paragraph if !*opened && leaf.within.is_none() => {
                *opened = true;
                self.opening(leaf, range);
            }
            LeafKind::Paragraph | LeafKind::Cell => {
                self.layout.lay(BlockKind::Paragraph, leaf.within, &leaf.words, range, &leaf.marks);
            }
        }
    }

    /// Lays the first paragraph, with the dateline of the front matter at its head.
    fn opening(&mut self, leaf: &Leaf, range: Range<usize>) {
        let Some(dateline) = &self.matter.dateline else {
            self.layout.lay(BlockKind::Paragraph, None, &leaf.words, range, &leaf.marks);
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
        self.dateline = Some(TextSpan::new(span.start as usize, span.start as usize + n));
    }

    /// Keeps a dateline for which there is no paragraph.
    fn loose_dateline(&mut self) {
        if let (Some(dateline), None) = (&self.matter.dateline, self.dateline) {
            let words = self.passage(dateline);
            self.dateline = Some(self.layout.line(BlockKind::Meta, &words));
        }
    }

    /// Whether a level-1 heading is the headline: the first where none is given, or the same words again.
    fn takes_headline(&mut self, leaf: &Leaf) -> bool {
        let words = leaf.words.text().trim();
        match &self.headline {
            Some(headline) => same_words(headline, words),
            None => {
                let range = leaf.words.trimmed(0..leaf.words.len());
                let span = self.layout.lay(BlockKind::Headline, None, &leaf.words, range, &leaf.marks);
                self.headline = Some(span.of(&self.layout.text).to_owned());
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

/// A caption on its way into the reading text.
struct Captioned<'a> {
    words: Cow<'a, Passage>,
    range: Range<usize>,
    marks: Vec<&'a Mark>,
}

impl<'a> Captioned<'a> {
    fn of(leaf: &'a Leaf, range: Range<usize>) -> Self {
        let covering = caption::covering(leaf, &range);
        let marks = leaf.marks.iter().enumerate().filter(|(i, _)| Some(*i) != covering).map(|(_, mark)| mark);
        Self { words: Cow::Borrowed(&leaf.words), range, marks: marks.collect() }
    }

    fn title(words: &'a Passage) -> Self {
        Self { words: Cow::Borrowed(words), range: 0..words.len(), marks: Vec::new() }
    }
}

/// A file's name without the `./` that says nothing.
fn bare(file: &str) -> &str {
    file.trim_start_matches("./")
}

/// A dateline with the dash that parts it from the text.
fn dated(mut dateline: Passage) -> Passage {
    let parted = dateline.text().trim_end().ends_with(['—', '–', '-', ':']);
    dateline.push_alone(if parted { " " } else { " — " });
    dateline
}

/// Everything around the body that is not words of the reading text.
fn furniture(
    source: &Source,
    settings: &ReadSettings,
    matter: &FrontMatter<'_>,
    headline: Option<String>,
    dateline: Option<TextSpan>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Furniture {
    let at = bundle(&source.path);
    let filled = |text: &Option<Text<'_>>| text.as_ref().and_then(Text::filled);
    let authors: Vec<Box<str>> = matter.authors.iter().filter_map(Text::filled).collect();
    let byline = filled(&matter.byline).or_else(|| (!authors.is_empty()).then(|| authors.join(", ").into()));
    let published = matter.published.or_else(|| path::path_date(&at).map(Moment::day));
    if published.is_none() {
        diagnostics.push(
            Diagnostic::new(codes::DATE_MISSING, &source.path, "neither path nor front matter gives a date")
                .note("published among the undated reports")
                .help("write `date = 2031-11-14` into the front matter"),
        );
    }
    let updated = matter.updated.filter(|updated| {
        let backwards = published.is_some_and(|published| updated.date < published.date);
        if backwards {
            diagnostics.push(
                Diagnostic::new(codes::DATE_UNREAD, &source.path, "`updated` lies before `date`")
                    .note("read as never changed")
                    .help("exchange the two, or take `updated` out"),
            );
        }
        !backwards
    });
    let headline = headline.unwrap_or_else(|| {
        let words = path::path_words(&at);
        diagnostics.push(
            Diagnostic::new(codes::HEADLINE_MISSING, &source.path, "no headline was found")
                .note(format!("the file's name stands in: `{words}`"))
                .help("write `title = \"…\"` into the front matter, or open the text with `# …`"),
        );
        words
    });
    let kicker = filled(&matter.kicker);
    let section = matter.section.clone();
    let section = section.or_else(|| path::path_section(&at, settings).map(Into::into)).or_else(|| kicker.clone());
    Furniture {
        kicker,
        headline: headline.into(),
        standfirst: filled(&matter.standfirst),
        byline,
        authors,
        agency: matter.agency.clone(),
        dateline,
        published,
        updated,
        section: section.or_else(|| Some(settings.section.clone())),
        tags: matter.tags.clone(),
        aliases: matter.aliases.clone(),
        lang: matter.lang.clone(),
        rights: matter.rights.clone(),
        corrections: matter.corrections.clone(),
        status: matter.status,
    }
}

/// The path that tells slug, date and section: a folder with an `index.md` is one article with its pictures.
fn bundle(path: &str) -> Cow<'_, str> {
    match path.strip_suffix("/index.md").or_else(|| path.strip_suffix("/index.markdown")) {
        Some(folder) if folder.contains('/') => Cow::Owned(format!("{folder}.md")),
        _ => Cow::Borrowed(path),
    }
}

fn slug_of(path: &str, matter: &FrontMatter<'_>, furniture: &Furniture) -> String {
    let candidates =
        [matter.slug.clone().unwrap_or_default(), path::path_slug(&bundle(path)), slug(&furniture.headline)];
    candidates.into_iter().find(|s| !s.is_empty()).unwrap_or_else(|| "report".to_owned())
}

/// Parts a laid caption into its words and its credit.
fn credited(photo: &mut Photo, span: TextSpan, text: &str) {
    let words = span.of(text);
    let start = span.start as usize;
    photo.caption = Some(span);
    if let Some((end, credit)) = credit_tail(words) {
        photo.caption = Some(TextSpan::new(start, start + end));
        photo.credit = Some(credit);
    }
}

fn credit_tail(words: &str) -> Option<(usize, Credit)> {
    let inner = words.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let credit = inner.get(open + 1..)?;
    (credit.len() < 80 && credit.contains('/')).then(|| (words[..open].trim_end().len(), credit_of(credit)))
}

fn credit_of(words: &str) -> Credit {
    Credit { text: words.into(), ..Credit::default() }
}
