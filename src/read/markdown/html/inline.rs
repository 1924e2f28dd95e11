//! Tags between the words of a paragraph, a heading or a cell.

use super::element::{Element, element, parts_words};
use super::hidden::Hidden;
use super::skeleton::{Part, Skeleton};
use super::tag::Tag;
use super::taken::Taken;
use crate::model::{Mark, MarkKind};
use crate::read::address;
use crate::read::markdown::leaf::{Leaf, LeafKind};
use crate::read::markdown::leaves::{Collector, MARKS};
use crate::read::markdown::passage::Passage;
use crate::text::{FileSpan, TextSpan, line};
use std::cmp::Reverse;
use std::mem::discriminant;
use std::ops::Range;

/// Tags of one leaf; what lies beyond keeps its words alone.
const TAGS: usize = 1 << 17;

/// The raw HTML in the leaf that is being filled.
#[derive(Default)]
pub(in crate::read::markdown) struct Inline {
    /// Tags that make marks, by place.
    pub(super) tags: Vec<RawTag>,
    /// The marks that they make: an address may be long, and stands here once.
    pub(super) kinds: Vec<MarkKind>,
    /// Marks that stand open, at most [`super::OPEN`], by their index.
    pub(super) open: Vec<usize>,
    /// `<q>` that stand open, at most [`super::OPEN`].
    pub(super) quotations: Vec<Range<usize>>,
    /// Elements that hide what is in them and stand open, each name once.
    pub(super) hidden: Vec<Hidden>,
    /// Markup as written, under `unsafe_html`, by place.
    pub(super) written: Vec<Written>,
}

pub(super) struct RawTag {
    at: usize,
    /// An index into [`Inline::kinds`].
    kind: usize,
    is_end: bool,
}

/// Markup as it is written, and where.
pub(super) struct Written {
    /// Before this byte of the leaf's words.
    pub(super) at: usize,
    pub(super) markup: Box<str>,
    /// In the file.
    pub(super) place: Range<usize>,
}

impl Collector<'_> {
    pub(in crate::read::markdown) fn inline_html(&mut self, words: &str, at: Range<usize>) {
        if self.unsafe_html {
            return self.as_written(words, at);
        }
        // A comment is for other editors, not for readers.
        if words.starts_with("<!--") {
            return;
        }
        let Some((tag, _)) = Tag::read(words) else {
            return self.body.taken.unseen(words, &at);
        };
        let element = element(tag.name);
        if element == Element::Unknown && self.is_words(&tag) {
            return self.signs(words, at);
        }
        if !tag.is_end && !parts_words(&element) {
            self.body.taken.attributes(&tag, &element, &at);
        }
        match element {
            Element::Break => self.blank(true),
            Element::Image if !tag.is_end => self.html_image(&tag, at),
            Element::Image | Element::Nothing => {}
            Element::Quotation => self.quotation(tag.is_end, at),
            Element::Mark(_) | Element::Link | Element::Abbreviation => self.raw_mark(&tag, element, at),
            Element::Hidden(name) => _ = self.hide(name, tag.is_end, &at),
            _ => {
                if !tag.is_end {
                    self.body.taken.tag(tag.name, &at);
                }
                if parts_words(&element) {
                    self.gap();
                }
            }
        }
    }

    /// Lets markup pass; what hides words passes with its end tag.
    fn as_written(&mut self, words: &str, at: Range<usize>) {
        if let Some((tag, _)) = Tag::read(words)
            && let Element::Hidden(name) = element(tag.name)
            && self.hide(name, tag.is_end, &at)
        {
            return;
        }
        if self.image.is_none() {
            let here = self.leaf().words.len();
            self.inline.written.push(Written { at: here, markup: words.into(), place: at });
        }
    }

    /// Whether a tag of no known element is but words between angle brackets; an end tag is what its start tag was.
    pub(super) fn is_words(&mut self, tag: &Tag<'_>) -> bool {
        let fell = |names: &[String]| names.iter().any(|name| name.eq_ignore_ascii_case(tag.name));
        if !tag.is_bare() && !tag.is_end && !fell(&self.fallen) && self.fallen.len() < super::OPEN {
            self.fallen.push(tag.name.to_owned());
        }
        tag.is_bare() && !(tag.is_end && fell(&self.fallen))
    }

    /// Shows what only looks like a tag as the signs it is written with.
    fn signs(&mut self, words: &str, at: Range<usize>) {
        if !words.starts_with("</") {
            self.saw_html(&at);
        }
        let is_exact = self.file.get(at.clone()) == Some(words);
        let mut from = at.start;
        for line in words.split_inclusive('\n') {
            let kept = line.trim_end_matches(['\n', '\r']);
            self.words(kept, if is_exact { from..from + kept.len() } else { at.clone() });
            if kept.len() < line.len() {
                self.blank(false);
            }
            from += line.len();
        }
    }

    /// The mark that a start tag makes; none where it falls, which is noted.
    pub(super) fn kind_of(&mut self, tag: &Tag<'_>, element: Element, at: &Range<usize>) -> Option<MarkKind> {
        let title = || Some(line(&tag.value("title")?)).filter(|title| !title.is_empty());
        match element {
            Element::Mark(kind) => Some(kind),
            Element::Abbreviation => title().map(|title| MarkKind::Abbreviation(title.into())),
            Element::Link => {
                let Some(given) = tag.value("href") else {
                    self.body.taken.tag(tag.name, at);
                    return None;
                };
                let address = address::link(&given);
                if address.is_none() && !given.trim().is_empty() {
                    self.refuse(&given, at);
                }
                Some(MarkKind::Link(address?, title().map(Into::into)))
            }
            _ => None,
        }
    }

    fn raw_mark(&mut self, tag: &Tag<'_>, element: Element, at: Range<usize>) {
        if self.image.is_some() {
            return;
        }
        if tag.is_end {
            let Inline { open, kinds, .. } = &mut self.inline;
            let ends = |kind: &usize| kinds.get(*kind).is_some_and(|kind| ends(&element, kind));
            let Some(last) = open.iter().rposition(ends) else { return };
            let kind = open.remove(last);
            let at = self.leaf().words.len();
            return self.inline.tags.push(RawTag { at, kind, is_end: true });
        }
        let Some(kind) = self.kind_of(tag, element, &at) else { return };
        if self.inline.open.len() >= super::OPEN || self.inline.tags.len() >= TAGS {
            return self.body.taken.tag(tag.name, &at);
        }
        let at = self.leaf().words.len();
        let inline = &mut self.inline;
        inline.open.push(inline.kinds.len());
        inline.tags.push(RawTag { at, kind: inline.kinds.len(), is_end: false });
        inline.kinds.push(kind);
    }

    /// A mark of quotation, as browsers show one in place of a `<q>`.
    fn quotation(&mut self, is_end: bool, at: Range<usize>) {
        let depth = self.inline.quotations.len();
        if !is_end && depth < super::OPEN {
            self.words(sign(depth, false), at.clone());
            self.inline.quotations.push(at);
        } else if !is_end {
            self.body.taken.tag("q", &at);
        } else if self.inline.quotations.pop().is_some() {
            self.words(sign(depth - 1, true), at);
        }
    }

    /// A picture, as `![alt](src "title")` is one.
    pub(super) fn html_image(&mut self, tag: &Tag<'_>, at: Range<usize>) {
        let value = |name| tag.value(name).unwrap_or_default();
        let alt = value("alt");
        if self.image.is_some() {
            return self.words(&alt, at);
        }
        let alt = Passage::line(&alt, FileSpan::new(at.start, at.end), self.file);
        self.picture(&at, &value("src"), &value("title"), alt);
    }

    /// Ends what is open in a leaf that is about to be closed.
    pub(in crate::read::markdown) fn end_inline(&mut self) -> Inline {
        self.end_hidden();
        if self.leaf.is_some() {
            // Words without a place in the file would have none to be shown at.
            while let Some(at) = self.inline.quotations.pop() {
                self.words(sign(self.inline.quotations.len(), true), at);
            }
        }
        std::mem::take(&mut self.inline)
    }

    /// Parts words at a tag that falls.
    pub(super) fn gap(&mut self) {
        let words = match (&mut self.image, &mut self.leaf) {
            (Some(image), _) => &mut image.alt,
            (None, Some(leaf)) => &mut leaf.words,
            (None, None) => return,
        };
        if !words.text().is_empty() && !words.text().ends_with(char::is_whitespace) {
            words.push_alone(" ");
        }
    }
}

impl Inline {
    /// Lays the marks of raw tags over a leaf, those of Markdown cut where they cross.
    ///
    /// The leaf's marks are sorted and nested before and after.
    pub(in crate::read::markdown) fn lay(self, leaf: &mut Leaf) {
        if !self.tags.is_empty() {
            lay_marks(&self.tags, &self.kinds, leaf);
        }
        if !self.written.is_empty() {
            leaf.marks.extend(self.written.into_iter().map(|written| {
                let span = TextSpan::new(written.at, written.at);
                Mark { span, kind: MarkKind::Html(written.markup) }
            }));
            leaf.marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
        }
    }

    /// Notes the markup as written of a leaf that becomes pictures, which have no place for it.
    pub(in crate::read::markdown) fn beside_picture(&self, taken: &mut Taken) {
        for written in self.written.iter().filter(|written| !written.markup.starts_with("<!--")) {
            taken.beyond("tags beside a picture", &written.place);
        }
    }

    /// A paragraph or a heading that holds nothing but markup, as the block of HTML that it is.
    pub(in crate::read::markdown) fn alone(self, leaf: Leaf, file: &str) -> Option<Leaf> {
        let mut words = Passage::default();
        for written in self.written {
            words.push(&written.markup, written.place, file);
        }
        (!words.is_blank()).then(|| Leaf { kind: LeafKind::Html, within: leaf.within, words, ..Leaf::default() })
    }
}

fn lay_marks(tags: &[RawTag], kinds: &[MarkKind], leaf: &mut Leaf) {
    let (breaks, marks): (Vec<Mark>, Vec<Mark>) =
        std::mem::take(&mut leaf.marks).into_iter().partition(|mark| mark.kind == MarkKind::Break);
    // At one place marks of Markdown end, then come tags, then marks of Markdown begin.
    let mut bounds: Vec<(usize, u8, usize)> = Vec::with_capacity(2 * marks.len() + tags.len());
    for (i, mark) in marks.iter().enumerate() {
        bounds.push((mark.span.end as usize, 0, usize::MAX - i));
        bounds.push((mark.span.start as usize, 2, i));
    }
    bounds.extend(tags.iter().enumerate().map(|(i, tag)| (tag.at, 1, i)));
    bounds.sort_unstable();

    let mut skeleton = Skeleton::default();
    let mut ends = Vec::new();
    let mut at = 0;
    for (place, order, i) in bounds {
        if skeleton.is_full() {
            break;
        }
        if place > at {
            skeleton.piece();
            ends.push(place);
            at = place;
        }
        let is_end = match order {
            1 => tags.get(i).is_some_and(|tag| tag.is_end),
            order => order == 0,
        };
        let kind = match order {
            0 => marks.get(usize::MAX - i).map(|mark| &mark.kind),
            1 => tags.get(i).and_then(|tag| kinds.get(tag.kind)),
            _ => marks.get(i).map(|mark| &mark.kind),
        };
        match kind {
            Some(kind) if is_end => skeleton.close_mark(kind),
            Some(kind) => skeleton.open_mark(kind),
            None => {}
        }
    }
    if !skeleton.is_full() && leaf.words.len() > at {
        skeleton.piece();
        ends.push(leaf.words.len());
        at = leaf.words.len();
    }
    leaf.marks = breaks;
    match skeleton.clean() {
        Some(parts) => {
            leaf.marks.extend(marks.into_iter().filter(|mark| mark.span.start as usize >= at));
            laid(parts, &ends, &mut leaf.marks);
        }
        None => leaf.marks.extend(marks.into_iter().rev()),
    }
    leaf.marks.reverse();
    leaf.marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
}

/// Marks as the sanitiser left them, in the order in which they end; `ends` are those of the pieces.
fn laid(parts: Vec<Part>, ends: &[usize], marks: &mut Vec<Mark>) {
    let mut at = 0;
    let mut open: Vec<(usize, Option<MarkKind>)> = Vec::new();
    let (mut n_open, mut in_link) = (0, false);
    for part in parts {
        match part {
            Part::Piece(n) => at = ends.get(n).copied().unwrap_or(at),
            Part::Mark(kind) => {
                let is_link = matches!(kind, MarkKind::Link(..));
                let kind = Some(kind).filter(|_| n_open < MARKS && !(is_link && in_link));
                n_open += usize::from(kind.is_some());
                in_link |= is_link && kind.is_some();
                open.push((at, kind));
            }
            Part::EndMark => {
                let Some((start, Some(kind))) = open.pop() else { continue };
                n_open -= 1;
                in_link &= !matches!(kind, MarkKind::Link(..));
                if start < at {
                    marks.push(Mark { span: TextSpan::new(start, at), kind });
                }
            }
            Part::Open(_) | Part::Close(_) => {}
        }
    }
}

/// Whether the end tag of an element ends a mark.
pub(super) fn ends(element: &Element, kind: &MarkKind) -> bool {
    match element {
        Element::Mark(other) => discriminant(kind) == discriminant(other),
        Element::Link => matches!(kind, MarkKind::Link(..)),
        Element::Abbreviation => matches!(kind, MarkKind::Abbreviation(_)),
        _ => false,
    }
}

/// The mark that opens or closes a quotation in so many others.
pub(super) fn sign(depth: usize, is_end: bool) -> &'static str {
    match (depth % 2, is_end) {
        (0, false) => "“",
        (0, true) => "”",
        (_, false) => "‘",
        (_, true) => "’",
    }
}
