//! A block of HTML read from its first tag to its last, into words, and a skeleton of its tags.

use super::OPEN;
use super::element::{Element, element, is_code};
use super::inline::{ends, sign};
use super::joined::Joined;
use super::mended::Fault;
use super::skeleton::Skeleton;
use super::table::Table;
use super::tag::{Tag, UNSEEN};
use crate::model::MarkKind;
use crate::read::markdown::leaves::Collector;
use memchr::memchr;
use memchr::memmem::find;
use std::ops::Range;

/// What stands between tags, and between what.
pub(super) enum Segment {
    /// Words or a blank; whether their white space counts.
    Words(Range<usize>, bool),
    /// A `<br>`.
    Break(Range<usize>),
    /// A mark of quotation, and the tag that it stands for.
    Sign(&'static str, Range<usize>),
    /// An `<img>`.
    Image(Range<usize>),
    /// The edge of a block.
    Edge,
}

/// What a `<` begins.
enum Sign<'h> {
    Tag(Tag<'h>),
    Comment,
    /// `<?php … ?>` and the like.
    Instruction,
}

/// A block that stands open.
pub(super) struct OpenBlock {
    name: &'static str,
    /// Its start tag in the file.
    place: Range<usize>,
}

/// One reading of a block, from its first tag to its last.
pub(super) struct Scan<'c, 's, 'b> {
    pub(super) collector: &'c mut Collector<'s>,
    block: &'b Joined,
    pub(super) skeleton: Skeleton,
    pub(super) segments: Vec<Segment>,
    /// Which segments are pieces of the skeleton.
    pub(super) pieces: Vec<usize>,
    /// From which segment on there is no more skeleton.
    pub(super) tail: Option<usize>,
    /// Blocks that stand open, but for tables and those that may end unsaid.
    pub(super) blocks: Vec<OpenBlock>,
    pub(super) tables: Vec<Table>,
    /// Whether there are but blanks since the last `<br>`.
    broken: bool,
    pub(super) marks: Vec<MarkKind>,
    /// `<q>` that stand open, at most [`OPEN`].
    quotations: Vec<Range<usize>>,
    /// Hidden elements that have no end in what is left.
    endless: Vec<&'static str>,
    /// Whether anything is shown as the signs it is written with.
    pub(super) shown: bool,
    /// Which of [`UNSEEN`] have none.
    pub(super) unseen: [bool; UNSEEN.len()],
}

impl<'c, 's, 'b> Scan<'c, 's, 'b> {
    pub(super) fn new(collector: &'c mut Collector<'s>, block: &'b Joined) -> Self {
        Self {
            collector,
            block,
            skeleton: Skeleton::default(),
            segments: Vec::new(),
            pieces: Vec::new(),
            tail: None,
            blocks: Vec::new(),
            tables: Vec::new(),
            broken: false,
            marks: Vec::new(),
            quotations: Vec::new(),
            endless: Vec::new(),
            shown: false,
            unseen: [false; UNSEEN.len()],
        }
    }

    pub(super) fn run(&mut self) {
        let text = &*self.block.text;
        let (mut from, mut at) = (0, 0);
        while let Some(found) = text.get(at..).and_then(|rest| memchr(b'<', rest.as_bytes())) {
            let here = at + found;
            let Some((sign, n)) = self.sign(text.get(here..).unwrap_or_default()) else {
                at = here + 1;
                continue;
            };
            self.words(from..here);
            let range = here..here + n;
            at = match sign {
                Sign::Comment => range.end,
                Sign::Instruction => {
                    let words = text.get(range.clone()).unwrap_or_default();
                    self.collector.body.taken.unseen(words, &self.block.place(&range));
                    range.end
                }
                Sign::Tag(tag) => self.tag(&tag, range),
            };
            from = at;
        }
        self.words(from..text.len());
        self.edge();
        self.left_open(0);
        for table in std::mem::take(&mut self.tables) {
            self.collector.body.mended.add(Fault::Open("table"), &table.place);
        }
    }

    /// Ends the blocks that were opened after so many others, and tells of those that have no end tag.
    fn left_open(&mut self, floor: usize) {
        for block in self.blocks.drain(floor.min(self.blocks.len())..) {
            // A `div` is what fell, or holds no more than what is in it.
            if block.name != "div" {
                self.collector.body.mended.add(Fault::Open(block.name), &block.place);
            }
        }
    }

    /// What begins at the head of some text, and how many bytes it is.
    fn sign<'h>(&mut self, text: &'h str) -> Option<(Sign<'h>, usize)> {
        if let Some((tag, n)) = Tag::read(text) {
            if element(tag.name) == Element::Unknown && self.collector.is_words(&tag) {
                self.shown |= !tag.is_end;
                return None;
            }
            return Some((Sign::Tag(tag), n));
        }
        let which = UNSEEN.iter().position(|(begins, _)| text.starts_with(begins))?;
        let (begins, ends) = UNSEEN.get(which)?;
        let unseen = self.unseen.get_mut(which)?;
        if *begins == "<!" && !text.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic) {
            return None;
        }
        // One that never ends would take the rest of the report with it: it is read as words.
        let end = if *unseen { None } else { find(text.as_bytes().get(2..)?, ends.as_bytes()) };
        let Some(end) = end else {
            *unseen = true;
            return None;
        };
        Some((if which == 0 { Sign::Comment } else { Sign::Instruction }, 2 + end + ends.len()))
    }

    /// Words and blanks between tags; a blank line parts them, except where white space counts.
    fn words(&mut self, range: Range<usize>) {
        if self.blocks.iter().any(|block| block.name == "pre") {
            self.broken = false;
            if !range.is_empty() {
                self.piece(Segment::Words(range, true));
            }
            return;
        }
        let block = self.block;
        let (mut from, mut at_line, mut parted) = (range.start, false, false);
        for line in block.lines(range.clone()) {
            let words = block.text.get(line.clone()).unwrap_or_default();
            let is_blank = words.trim().is_empty();
            if is_blank && at_line && words.ends_with('\n') {
                if !parted {
                    self.line(from..line.start);
                    self.part();
                }
                from = line.end;
            }
            parted = is_blank && at_line;
            at_line = words.ends_with('\n');
        }
        self.line(from..range.end);
    }

    fn line(&mut self, range: Range<usize>) {
        let Some(words) = self.block.text.get(range.clone()).filter(|words| !words.is_empty()) else { return };
        let is_blank = words.trim().is_empty();
        self.broken &= is_blank;
        if !(is_blank && self.is_between_cells()) {
            self.piece(Segment::Words(range, false));
        }
    }

    /// Ends a paragraph where no tag says so.
    pub(super) fn part(&mut self) {
        self.edge();
        if !self.is_between_cells()
            && let Some(skeleton) = self.skeleton()
        {
            skeleton.open("div");
            skeleton.close("div");
        }
    }

    fn piece(&mut self, segment: Segment) {
        self.in_cell();
        let n = self.segments.len();
        if let Some(skeleton) = self.skeleton() {
            skeleton.piece();
            self.pieces.push(n);
        }
        self.segments.push(segment);
    }

    /// The skeleton while it may grow.
    pub(super) fn skeleton(&mut self) -> Option<&mut Skeleton> {
        if self.tail.is_none() && self.skeleton.is_full() {
            self.tail = Some(self.segments.len());
            let end = self.block.text.len();
            self.collector.body.taken.beyond("tags after the first 4 MB", &self.block.place(&(end..end)));
        }
        self.tail.is_none().then_some(&mut self.skeleton)
    }

    /// Takes a tag, and says where to read on.
    fn tag(&mut self, tag: &Tag<'_>, range: Range<usize>) -> usize {
        let element = element(tag.name);
        let place = self.block.place(&range);
        if !tag.is_end {
            self.collector.body.taken.attributes(tag, &element, &place);
        }
        match element {
            Element::Mark(_) | Element::Link | Element::Abbreviation => self.mark(tag, element, &place),
            Element::Quotation => self.quotation(tag.is_end, &range, &place),
            Element::Nothing => {}
            Element::Break => self.line_break(range.clone()),
            Element::Rule => {
                self.edge();
                self.in_cell();
                if let Some(skeleton) = self.skeleton() {
                    skeleton.open("hr");
                }
            }
            Element::Image if !tag.is_end => {
                self.broken = false;
                self.piece(Segment::Image(range.clone()));
            }
            Element::Image => {}
            Element::Block("table") => self.table(tag, &place),
            Element::Block(name) => self.block(name, tag, &place),
            Element::TablePart(name) if !self.tables.is_empty() => self.table_part(name, tag.is_end),
            Element::Hidden(name) if !tag.is_end => match self.end_of(name, range.end) {
                Some(end) => {
                    self.collector.body.taken.whole(name, &place);
                    return end;
                }
                None => {
                    self.collector.body.taken.tag(name, &place);
                    self.block("div", tag, &place);
                }
            },
            Element::Hidden(_) => {}
            Element::TablePart(_) | Element::Boundary => {
                if !tag.is_end {
                    self.collector.body.taken.tag(tag.name, &place);
                }
                self.block("div", tag, &place);
            }
            Element::Plain | Element::Unknown if !tag.is_end => self.collector.body.taken.tag(tag.name, &place),
            Element::Plain | Element::Unknown => {}
        }
        range.end
    }

    /// Two of them end a paragraph, but for headings and captions, which are one.
    fn line_break(&mut self, range: Range<usize>) {
        let is_one =
            |block: &OpenBlock| matches!(block.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "figcaption" | "pre");
        if self.is_between_cells() {
            return;
        }
        if self.broken && !self.blocks.iter().any(is_one) {
            self.part();
        } else {
            self.piece(Segment::Break(range));
        }
        self.broken = true;
    }

    fn quotation(&mut self, is_end: bool, range: &Range<usize>, place: &Range<usize>) {
        self.broken = false;
        let depth = self.quotations.len();
        if !is_end && depth < OPEN {
            self.piece(Segment::Sign(sign(depth, false), range.clone()));
            self.quotations.push(range.clone());
        } else if !is_end {
            self.collector.body.taken.tag("q", place);
        } else if self.quotations.pop().is_some() {
            self.piece(Segment::Sign(sign(depth - 1, true), range.clone()));
        }
    }

    fn mark(&mut self, tag: &Tag<'_>, element: Element, place: &Range<usize>) {
        if tag.is_end {
            let Some(open) = self.marks.iter().rposition(|kind| ends(&element, kind)) else { return };
            let kind = self.marks.remove(open);
            return self.end_mark(&kind);
        }
        let Some(kind) = self.collector.kind_of(tag, element, place) else { return };
        if self.marks.len() >= OPEN {
            return self.collector.body.taken.tag(tag.name, place);
        }
        // Between cells it begins with the first words, for which there is a cell.
        if !self.is_between_cells()
            && let Some(skeleton) = self.skeleton()
        {
            skeleton.open_mark(&kind);
        }
        self.marks.push(kind);
    }

    fn end_mark(&mut self, kind: &MarkKind) {
        if !self.is_between_cells()
            && let Some(skeleton) = self.skeleton()
        {
            skeleton.close_mark(kind);
        }
    }

    fn block(&mut self, name: &'static str, tag: &Tag<'_>, place: &Range<usize>) {
        if self.is_between_cells() && (tag.is_end || name == "div") {
            return self.edge();
        }
        // No end tag reaches out of a cell.
        let floor = self.innermost().and_then(|table| table.floor).unwrap_or_default();
        let inside = self.blocks.get(floor..).unwrap_or_default();
        let holder = inside.iter().rfind(|block| matches!(block.name, "ul" | "ol" | "blockquote"));
        if name == "li" && !tag.is_end && holder.is_none_or(|holder| holder.name == "blockquote") {
            self.collector.body.mended.add(Fault::Item, place);
        }
        // These end where the next begins, so they need not be counted.
        if matches!(name, "p" | "li") {
            return self.piece_of_block(name, tag.is_end);
        }
        if tag.is_end {
            let open = inside.iter().rposition(|open| open.name == name);
            self.edge();
            if let Some(open) = open {
                // What was opened in it ends with it.
                self.left_open(floor + open + 1);
                self.blocks.pop();
                self.piece_of_block(name, true);
            }
        } else if self.blocks.len() + self.tables.len() < OPEN {
            self.piece_of_block(name, false);
            self.blocks.push(OpenBlock { name, place: place.clone() });
        } else {
            self.edge();
            self.collector.body.taken.tag(tag.name, place);
        }
    }

    fn piece_of_block(&mut self, name: &'static str, is_end: bool) {
        self.edge();
        self.in_cell();
        if let Some(skeleton) = self.skeleton() {
            if is_end { skeleton.close(name) } else { skeleton.open(name) }
        }
    }

    /// The edge of a block: what is inline ends here.
    pub(super) fn edge(&mut self) {
        while let Some(range) = self.quotations.pop() {
            self.piece(Segment::Sign(sign(self.quotations.len(), true), range));
        }
        while let Some(kind) = self.marks.pop() {
            self.end_mark(&kind);
        }
        self.broken = false;
        if !matches!(self.segments.last(), Some(Segment::Edge)) {
            self.segments.push(Segment::Edge);
        }
    }

    /// Where the element that was opened before `from` ends; none where it never does.
    fn end_of(&mut self, name: &'static str, from: usize) -> Option<usize> {
        if self.endless.contains(&name) {
            return None;
        }
        let bytes = self.block.text.as_bytes();
        let (mut at, mut depth, mut last) = (from, 1_usize, None);
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
            let here = at + found;
            let is_end = bytes.get(here + 1) == Some(&b'/');
            let start = here + 1 + usize::from(is_end);
            let is_name = bytes.get(start..start + name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name.as_bytes()));
            let behind = bytes.get(start + name.len());
            at = start;
            if !is_name || !behind.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')) {
                continue;
            }
            if !is_end {
                // What is in a script is no markup.
                depth += usize::from(!is_code(name));
                continue;
            }
            let end = memchr(b'>', bytes.get(start..)?).map_or(bytes.len(), |n| start + n + 1);
            last = Some(end);
            at = end;
            depth -= 1;
            if depth == 0 {
                break;
            }
        }
        if last.is_none() {
            self.endless.push(name);
        }
        last
    }
}
