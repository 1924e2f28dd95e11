//! Photos: from the body and from the front matter, with captions and credits.

use super::assemble::Assembly;
use super::caption;
use super::leaf::{Body, Leaf, LeafKind, Picture};
use super::passage::Passage;
use crate::config::Text;
use crate::model::{BlockKind, Mark, Photo};
use crate::read::address;
use crate::read::credit;
use crate::read::front_matter::PhotoEntry;
use crate::text::TextSpan;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

impl Assembly<'_> {
    /// Lays the photos of the front matter whose files the body does not show.
    pub(super) fn front_photos(&mut self, body: &Body) {
        let shown: BTreeSet<&str> =
            body.leaves.iter().flat_map(|leaf| &leaf.pictures).map(|picture| bare(&picture.file)).collect();
        let is_shown = |entry: &PhotoEntry<'_>| names(entry).any(|name| shown.contains(&*name));
        for entry in self.matter.photos.iter().filter(|entry| !is_shown(entry)) {
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
                self.credit(&mut photo, span);
            }
            None => {
                let range = alt.trimmed(0..alt.len());
                self.layout.lay(BlockKind::Alt(index), within, &alt, range, []);
            }
        }
        if let Some(entry) = entry {
            if let Some(text) = &entry.credit {
                photo.credit = Some(credit::credit(&text.line()));
            }
            photo.rights = entry.rights.clone();
        }
        self.photos.push(photo);
    }

    /// Parts a laid caption into its words and its credit.
    fn credit(&self, photo: &mut Photo, span: TextSpan) {
        let words = span.of(&self.layout.text);
        let line = credit::caption_line(words, &self.desk);
        let place =
            |range: &Range<usize>| TextSpan::new(span.start as usize + range.start, span.start as usize + range.end);
        photo.caption = Some(place(&line.caption)).filter(|caption| !caption.is_empty());
        photo.file_photo = line.file_photo;
        photo.credit = line.credit.map(|range| {
            let mut credit = credit::credit(words.get(range.clone()).unwrap_or_default());
            credit.span = Some(place(&range)).filter(|span| span.of(&self.layout.text) == &*credit.text);
            credit
        });
    }

    /// Whether a leaf is the caption of the bare image above it.
    pub(super) fn is_caption_of(&self, leaf: &Leaf, image: &Leaf) -> bool {
        let says_so = |words: &str| credit::caption_line(words, &self.desk).sure && !self.is_credit(words);
        caption::is_bare(image)
            && image.pictures.last().is_some_and(|picture| leaf.in_caption || picture.title.is_none())
            && caption::is_below(leaf, image, says_so)
    }

    /// Whether a leaf is the credit of the photo laid last, on a line of its own under the image or its caption.
    pub(super) fn is_credit_of(&self, leaf: &Leaf, image: &Leaf) -> bool {
        caption::is_bare(image)
            && leaf.kind == LeafKind::Paragraph
            && leaf.pictures.is_empty()
            && leaf.within == image.within
            && self.photos.last().is_some_and(|photo| photo.credit.is_none())
            && self.is_credit(leaf.words.text().trim())
    }

    /// Whether the words are a credit and nothing else.
    fn is_credit(&self, words: &str) -> bool {
        credit::credit_line(words, &self.desk).is_some()
    }

    /// Lays a credit that stands on a line of its own below its photo.
    pub(super) fn credit_line(&mut self, leaf: &Leaf) {
        let range = leaf.words.trimmed(0..leaf.words.len());
        let span = self.layout.lay(BlockKind::CreditLine, leaf.within, &leaf.words, range, &leaf.marks);
        let words = span.of(&self.layout.text);
        let Some(range) = credit::credit_line(words, &self.desk) else { return };
        let place = TextSpan::new(span.start as usize + range.start, span.start as usize + range.end);
        let mut credit = credit::credit(words.get(range).unwrap_or_default());
        credit.span = Some(place).filter(|place| place.of(&self.layout.text) == &*credit.text);
        if let Some(photo) = self.photos.last_mut() {
            photo.credit = Some(credit);
        }
    }

    /// Lays a leaf that holds pictures. `below` is the caption under it.
    pub(super) fn pictures(&mut self, leaf: &Leaf, below: Option<&Leaf>) {
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
            let entry = self.entries.get(bare(&picture.file)).copied();
            let shown = (picture, caption, entry);
            let ends = leaf.words.text().get(picture.at..).is_none_or(|rest| rest.trim().is_empty());
            if ends && behind.is_none() && !caption::is_bare(leaf) {
                after.push(shown);
            } else {
                self.picture(shown, leaf.within);
            }
        }
        if behind.is_none() && !leaf.words.is_blank() {
            self.words(leaf);
        }
        for shown in after {
            self.picture(shown, leaf.within);
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

/// Photos by the files that pictures of the text name; of two for one file the last.
pub(super) fn by_file<'a>(photos: &'a [PhotoEntry<'a>]) -> BTreeMap<Cow<'a, str>, &'a PhotoEntry<'a>> {
    let mut entries: BTreeMap<_, _> = photos.iter().flat_map(|e| names(e).skip(1).map(move |name| (name, e))).collect();
    entries.extend(photos.iter().flat_map(|e| names(e).take(1).map(move |name| (name, e))));
    entries
}

/// What an entry's file is called where text shows it: as it is written, and, where that differs, as the address it may
/// be.
fn names<'a>(entry: &'a PhotoEntry<'_>) -> impl Iterator<Item = Cow<'a, str>> {
    let name = bare(&entry.file);
    let address = address::picture(name).filter(|address| &**address != name);
    std::iter::once(Cow::Borrowed(name)).chain(address.map(|address| Cow::Owned(bare(&address).to_owned())))
}

/// A file's name without the `./` that says nothing.
fn bare(file: &str) -> &str {
    file.trim_start_matches("./")
}
