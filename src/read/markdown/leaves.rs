//! Markdown to leaves: what pulldown-cmark says, in order, without recursion.

use super::caption;
use super::html::Inline;
use super::leaf::{Body, Leaf, LeafKind, Picture};
use super::passage::Passage;
use crate::model::{Container, ContainerKind, Mark, MarkKind};
use crate::read::address;
use crate::text::{FileSpan, TextSpan, line};
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag};
use std::cmp::Reverse;
use std::ops::Range;

/// Containers in containers; what lies deeper is laid into the one at this depth.
/// No page was ever meant deeper, and rooms above may walk a shallow tree by recursion.
pub(super) const DEEPEST: usize = 16;

/// Marks in marks; deeper ones are words only.
pub(super) const MARKS: usize = 16;

/// Refused addresses of which the place is kept; the rest are counted.
const REFUSED: usize = 20;

/// Reads the Markdown of `file` from byte `from` on; with `unsafe_html` raw HTML passes as it is written.
///
/// Takes time linear in the text, and a stack that does not grow with its nesting.
pub(super) fn leaves(file: &str, from: usize, unsafe_html: bool) -> Body {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let text = file.get(from..).unwrap_or_default();
    let mut collector = Collector { file, unsafe_html, ..Collector::default() };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        collector.take(event, from + range.start..from + range.end);
    }
    collector.close();
    collector.body
}

#[derive(Default)]
pub(super) struct Collector<'s> {
    pub(super) file: &'s str,
    pub(super) unsafe_html: bool,
    pub(super) body: Body,
    /// The leaf that is being filled.
    pub(super) leaf: Option<Leaf>,
    /// The raw HTML in it.
    pub(super) inline: Inline,
    /// Names of start tags of no known element that fell, their end tags with them.
    pub(super) fallen: Vec<String>,
    /// The innermost container.
    pub(super) within: Option<u32>,
    /// For each tag that may hold blocks, what `within` was outside it.
    pub(super) outside: Vec<Option<u32>>,
    /// Depth of each container, from 1.
    depths: Vec<usize>,
    /// Inline tags that are open.
    pub(super) open: Vec<OpenMark>,
    /// How many of them will become marks.
    n_marks: usize,
    pub(super) image: Option<OpenImage>,
    /// The lines of an HTML block.
    pub(super) html: Vec<(CowStr<'s>, Range<usize>)>,
    /// Whether what comes stands in a `<figcaption>`.
    pub(super) in_caption: bool,
    /// Words for the head of the next leaf: a footnote's label.
    label: Option<Range<usize>>,
    /// Whether the row is a table's head.
    in_head: bool,
}

pub(super) struct OpenMark {
    pub(super) start: usize,
    /// None for a tag that leaves no mark.
    kind: Option<MarkKind>,
}

pub(super) struct OpenImage {
    /// Images in its alt text that are open as well, itself included.
    depth: usize,
    range: Range<usize>,
    dest: String,
    title: String,
    pub(super) alt: Passage,
}

impl<'s> Collector<'s> {
    fn take(&mut self, event: Event<'s>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.words(&words, at),
            Event::Code(words) => self.code(&words, at),
            Event::InlineHtml(words) => self.inline_html(&words, at),
            Event::Html(line) => self.html.push((line, at)),
            Event::SoftBreak => self.blank(false),
            Event::HardBreak => self.blank(true),
            Event::Rule => {
                self.open_leaf(LeafKind::Rule);
                self.close();
            }
            Event::FootnoteReference(_) => {
                let file = self.file;
                self.words(file.get(at.clone()).unwrap_or_default(), at);
            }
            Event::InlineMath(words) | Event::DisplayMath(words) => self.words(&words, at),
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'s>, at: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_leaf(LeafKind::Paragraph),
            Tag::Heading { level, id, .. } => {
                self.open_leaf(LeafKind::Heading(level as u8, id.map(|id| id.into_string())));
            }
            Tag::CodeBlock(_) => self.open_leaf(LeafKind::Code),
            Tag::HtmlBlock => {
                self.close();
                self.html.clear();
            }
            Tag::BlockQuote(_) => self.enter(Some(ContainerKind::BlockQuote)),
            Tag::List(first) => self.enter(Some(ContainerKind::List(first))),
            Tag::Item => self.enter(Some(ContainerKind::Item)),
            Tag::Table(_) => self.enter(Some(ContainerKind::Table)),
            Tag::TableHead => {
                self.in_head = true;
                self.enter(Some(ContainerKind::Row));
            }
            Tag::TableRow => {
                self.in_head = false;
                self.enter(Some(ContainerKind::Row));
            }
            Tag::TableCell => {
                self.enter(Some(ContainerKind::Cell(self.in_head)));
                self.open_leaf(LeafKind::Cell);
            }
            Tag::FootnoteDefinition(label) => {
                self.enter(None);
                self.label = Some(at.start..(at.start + label.len() + "[^]:".len()).min(at.end));
            }
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition | Tag::MetadataBlock(_) => {
                self.enter(None)
            }
            Tag::Emphasis => self.open_mark(Some(MarkKind::Emphasis)),
            Tag::Strong => self.open_mark(Some(MarkKind::Strong)),
            Tag::Strikethrough => self.open_mark(Some(MarkKind::Strikethrough)),
            Tag::Superscript | Tag::Subscript => self.open_mark(None),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title, at),
            Tag::Image { dest_url, title, .. } => match &mut self.image {
                Some(image) => image.depth += 1,
                None => {
                    let (dest, title) = (dest_url.into_string(), title.into_string());
                    self.image = Some(OpenImage { depth: 1, range: at, dest, title, alt: Passage::default() });
                }
            },
        }
    }

    fn end(&mut self, tag: pulldown_cmark::TagEnd) {
        use pulldown_cmark::TagEnd;
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => self.close(),
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {
                self.leave();
                self.label = None;
            }
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => self.close_mark(),
            TagEnd::Image => self.close_image(),
        }
    }

    /// Goes into a tag that holds blocks; it becomes a container where it is not too deep.
    pub(super) fn enter(&mut self, kind: Option<ContainerKind>) {
        self.close();
        self.outside.push(self.within);
        let Some(kind) = kind else { return };
        let outer = if kind == ContainerKind::Item { self.within } else { self.in_item() };
        let holder = outer.and_then(|i| self.body.containers.get(i as usize)).map(|c| c.kind);
        let depth = outer.and_then(|i| self.depths.get(i as usize)).map_or(1, |d| d + 1);
        // An item needs its own list, a row its own table: they go where those went.
        let room = match kind {
            ContainerKind::BlockQuote => depth <= DEEPEST,
            ContainerKind::List(_) => depth < DEEPEST,
            ContainerKind::Table => depth + 1 < DEEPEST,
            ContainerKind::Item => matches!(holder, Some(ContainerKind::List(_))),
            ContainerKind::Row => matches!(holder, Some(ContainerKind::Table)),
            ContainerKind::Cell(_) => matches!(holder, Some(ContainerKind::Row)),
        };
        if room {
            self.within = Some(self.container(kind, outer, depth));
        }
    }

    fn container(&mut self, kind: ContainerKind, parent: Option<u32>, depth: usize) -> u32 {
        let index = u32::try_from(self.body.containers.len()).unwrap_or(u32::MAX);
        self.body.containers.push(Container { kind, parent });
        self.depths.push(depth);
        index
    }

    /// The innermost container, or an item of its own where that is a list: in HTML anything may stand there.
    fn in_item(&mut self) -> Option<u32> {
        let list = self.within?;
        let holder = self.body.containers.get(list as usize)?;
        if !matches!(holder.kind, ContainerKind::List(_)) {
            return Some(list);
        }
        let depth = self.depths.get(list as usize).map_or(1, |depth| depth + 1);
        Some(self.container(ContainerKind::Item, Some(list), depth))
    }

    /// Goes out of a tag that holds blocks.
    pub(super) fn leave(&mut self) {
        self.close();
        self.within = self.outside.pop().flatten();
    }

    pub(super) fn open_leaf(&mut self, kind: LeafKind) {
        self.close();
        let mut words = Passage::default();
        if let Some(label) = self.label.take() {
            words.push(self.file.get(label.clone()).unwrap_or_default(), label, self.file);
            words.push_alone(" ");
        }
        let within = self.in_item();
        self.leaf = Some(Leaf { kind, within, words, in_caption: self.in_caption, ..Leaf::default() });
    }

    /// The leaf that is open; in a tight list the words come without one.
    pub(super) fn leaf(&mut self) -> &mut Leaf {
        if self.leaf.is_none() {
            self.open_leaf(LeafKind::Paragraph);
        }
        self.leaf.get_or_insert_default()
    }

    pub(super) fn close(&mut self) {
        let inline = self.end_inline();
        self.open.clear();
        self.n_marks = 0;
        let Some(mut leaf) = self.leaf.take() else { return };
        let stands = matches!(leaf.kind, LeafKind::Rule | LeafKind::Cell);
        if stands || !leaf.words.is_blank() || !leaf.pictures.is_empty() {
            // Marks end inside out; of two over the same words the outer one comes first.
            leaf.marks.reverse();
            leaf.marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
            if caption::is_bare(&leaf) {
                // A picture is a block of its own, and nothing stands around it.
                inline.beside_picture(&mut self.body.taken);
            }
            inline.lay(&mut leaf);
            self.body.leaves.push(leaf);
        } else {
            self.body.leaves.extend(inline.alone(leaf, self.file));
        }
    }

    pub(super) fn words(&mut self, words: &str, at: Range<usize>) {
        let file = self.file;
        match &mut self.image {
            Some(image) => image.alt.push(words, at, file),
            None => self.leaf().words.push(words, at, file),
        }
    }

    fn code(&mut self, words: &str, at: Range<usize>) {
        // The range takes the backticks in; where the words stand in it unaltered, they are found.
        let inside = within(self.file, &at, words).unwrap_or(at);
        if self.image.is_some() {
            return self.words(words, inside);
        }
        self.open_mark(Some(MarkKind::Code));
        self.words(words, inside);
        self.close_mark();
    }

    /// A line break: one blank in the reading text, with a mark where it is meant to be seen.
    pub(super) fn blank(&mut self, seen: bool) {
        if let Some(image) = &mut self.image {
            return image.alt.push_alone(" ");
        }
        let leaf = self.leaf();
        let start = leaf.words.len();
        leaf.words.push_alone(" ");
        if seen {
            leaf.marks.push(Mark { span: TextSpan::new(start, start + 1), kind: MarkKind::Break });
        }
    }

    pub(super) fn saw_html(&mut self, at: &Range<usize>) {
        let n = self.body.html.map_or(0, |(_, n)| n);
        let first = self.body.html.map_or_else(|| FileSpan::new(at.start, at.end), |(first, _)| first);
        self.body.html = Some((first, n + 1));
    }

    pub(super) fn open_mark(&mut self, kind: Option<MarkKind>) {
        let kind = kind.filter(|_| self.n_marks < MARKS && self.image.is_none());
        self.n_marks += usize::from(kind.is_some());
        let start = self.leaf().words.len();
        self.open.push(OpenMark { start, kind });
    }

    pub(super) fn close_mark(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let Some(kind) = open.kind else { return };
        self.n_marks = self.n_marks.saturating_sub(1);
        let leaf = self.leaf();
        let span = TextSpan::new(open.start, leaf.words.len());
        if !span.is_empty() {
            leaf.marks.push(Mark { span, kind });
        }
    }

    fn link(&mut self, kind: LinkType, dest: &str, title: &str, at: Range<usize>) {
        if self.image.is_some() {
            return self.open_mark(None);
        }
        let address = if kind == LinkType::Email { format!("mailto:{dest}") } else { dest.to_owned() };
        match address::link(&address) {
            Some(address) => {
                let title = Some(line(title)).filter(|t| !t.is_empty()).map(Into::into);
                self.open_mark(Some(MarkKind::Link(address, title)));
            }
            None => {
                // An empty address is a link that is not yet written, and harms nobody.
                if !dest.trim().is_empty() {
                    self.refuse(dest, &at);
                }
                self.open_mark(None);
            }
        }
    }

    fn close_image(&mut self) {
        let Some(mut image) = self.image.take() else { return };
        image.depth -= 1;
        if image.depth > 0 {
            self.image = Some(image);
            return;
        }
        self.picture(&image.range, &image.dest, &image.title, image.alt);
    }

    /// Puts a picture here; where its address is not allowed, its words.
    pub(super) fn picture(&mut self, range: &Range<usize>, dest: &str, title: &str, alt: Passage) {
        let Some(file) = address::picture(dest) else {
            if !dest.trim().is_empty() {
                self.refuse(dest, range);
            }
            // The words stay, as a link's would.
            return self.leaf().words.append(&alt);
        };
        let whole = FileSpan::new(range.start, range.end);
        let place = |words: &str| within(self.file, range, words).map_or(whole, |r| FileSpan::new(r.start, r.end));
        let title = Some(title).filter(|t| !t.trim().is_empty());
        let title = title.map(|title| Passage::line(title, place(title), self.file));
        let file_at = place(dest);
        let leaf = self.leaf();
        let at = leaf.words.len();
        leaf.pictures.push(Picture { at, file, file_at, alt, title });
    }

    pub(super) fn refuse(&mut self, address: &str, at: &Range<usize>) {
        let (kept, n) = &mut self.body.refused;
        *n += 1;
        if kept.len() < REFUSED {
            let place = within(self.file, at, address).unwrap_or_else(|| at.clone());
            kept.push((FileSpan::new(place.start, place.end), address.to_owned()));
        }
    }
}

/// The last place of some words within a stretch of the file.
fn within(file: &str, at: &Range<usize>, words: &str) -> Option<Range<usize>> {
    let start = at.start + file.get(at.clone())?.rfind(words)?;
    (!words.is_empty()).then(|| start..start + words.len())
}
