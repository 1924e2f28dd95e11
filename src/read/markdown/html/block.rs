//! HTML blocks: lines that stand for themselves.

use super::OPEN;
use super::element::{Element, element};
use super::inline::{last_open, sign};
use super::joined::Joined;
use super::skeleton::{Part, Skeleton};
use super::tag::{Tag, entity};
use crate::model::{ContainerKind, MarkKind};
use crate::read::markdown::caption;
use crate::read::markdown::leaf::LeafKind;
use crate::read::markdown::leaves::Collector;
use memchr::memchr;
use memchr::memmem::find;
use std::ops::Range;

/// What stands between tags, and between what.
enum Segment {
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
    /// `<?php … ?>` and the like, with its name.
    Instruction(&'h str),
}

/// What only begins where its end is found, with both.
const UNSEEN: [(&str, &str); 4] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];

impl Collector<'_> {
    /// An HTML block, cleaned; or as it is written, where that is asked for.
    pub(in crate::read::markdown) fn html_block(&mut self) {
        let block = Joined::new(std::mem::take(&mut self.html), self.file);
        if self.unsafe_html {
            self.open_leaf(LeafKind::Html);
            for line in block.lines(0..block.text.len()) {
                let words = block.text.get(line.clone()).unwrap_or_default();
                self.words(words, block.place(&line));
            }
            return self.close();
        }
        let mut scan = Scan::new(self, &block);
        scan.run();
        let Scan { skeleton, segments, pieces, tail, unseen, shown, .. } = scan;
        if shown || unseen.contains(&true) {
            self.saw_html(&block.place(&(0..block.text.len())));
        }
        let depth = self.outside.len();
        let from = match skeleton.clean() {
            Some(parts) => {
                let placed = |n: usize| segments.get(*pieces.get(n)?);
                self.play(&block, parts, placed);
                tail.unwrap_or(segments.len())
            }
            None => {
                self.body.taken.beyond("tags that stand where none can", &block.place(&(0..block.text.len())));
                0
            }
        };
        while self.outside.len() > depth {
            self.leave();
        }
        self.close();
        for segment in segments.iter().skip(from) {
            self.segment(&block, segment);
        }
        self.close();
    }

    /// Opens and closes blocks and marks, and lays what stands in them.
    fn play<'s>(&mut self, block: &Joined, parts: Vec<Part>, placed: impl Fn(usize) -> Option<&'s Segment>) {
        for part in parts {
            match part {
                Part::Piece(n) => {
                    if let Some(segment) = placed(n) {
                        self.segment(block, segment);
                    }
                }
                Part::Mark(kind) => self.open_mark(Some(kind)),
                Part::EndMark => self.close_mark(),
                Part::Open(name) => self.open_block(name),
                Part::Close("blockquote" | "ul" | "ol" | "li" | "table" | "tr" | "td" | "th") => self.leave(),
                Part::Close(_) => {
                    // The emphasis of a caption.
                    while !self.open.is_empty() {
                        self.close_mark();
                    }
                    self.close();
                }
            }
        }
    }

    fn open_block(&mut self, name: &str) {
        // A cell is there without words too; one that holds blocks holds them alone.
        let is_cell = |leaf: &crate::read::markdown::leaf::Leaf| leaf.kind == LeafKind::Cell && leaf.words.is_blank();
        if self.leaf.as_ref().is_some_and(is_cell) {
            self.leaf = None;
        }
        match name {
            "p" => self.open_leaf(LeafKind::Paragraph),
            "h1" => self.open_leaf(LeafKind::Heading(1, None)),
            "h2" => self.open_leaf(LeafKind::Heading(2, None)),
            "h3" => self.open_leaf(LeafKind::Heading(3, None)),
            "h4" => self.open_leaf(LeafKind::Heading(4, None)),
            "h5" => self.open_leaf(LeafKind::Heading(5, None)),
            "h6" => self.open_leaf(LeafKind::Heading(6, None)),
            "pre" => self.open_leaf(LeafKind::Code),
            "hr" => {
                self.open_leaf(LeafKind::Rule);
                self.close();
            }
            "blockquote" => self.enter(Some(ContainerKind::BlockQuote)),
            "ul" => self.enter(Some(ContainerKind::List(None))),
            "ol" => self.enter(Some(ContainerKind::List(Some(1)))),
            "li" => self.enter(Some(ContainerKind::Item)),
            "table" => self.enter(Some(ContainerKind::Table)),
            "tr" => self.enter(Some(ContainerKind::Row)),
            "td" | "th" => {
                self.enter(Some(ContainerKind::Cell(name == "th")));
                self.open_leaf(LeafKind::Cell);
            }
            "figcaption" => {
                self.close();
                let image = self.body.leaves.last().filter(|leaf| caption::is_bare(leaf) && leaf.within == self.within);
                let is_below = image.is_some();
                self.open_leaf(LeafKind::Paragraph);
                if is_below {
                    // As a caption in Markdown is told from the text.
                    self.open_mark(Some(MarkKind::Emphasis));
                }
            }
            _ => self.close(),
        }
    }

    fn segment(&mut self, block: &Joined, segment: &Segment) {
        match segment {
            // A block within preformatted text ends it.
            Segment::Words(range, true) if self.leaf.as_ref().is_some_and(|leaf| leaf.kind == LeafKind::Code) => {
                for line in block.lines(range.clone()) {
                    let words = block.text.get(line.clone()).unwrap_or_default();
                    let is_first = words == "\n" && self.leaf.as_ref().is_none_or(|leaf| leaf.words.text().is_empty());
                    if !is_first {
                        self.written(block, line);
                    }
                }
            }
            Segment::Words(range, _) => {
                for line in block.lines(range.clone()) {
                    let words = block.text.get(line.clone()).unwrap_or_default();
                    if words.starts_with(char::is_whitespace) {
                        self.gap();
                    }
                    let start = line.start + (words.len() - words.trim_start().len());
                    self.written(block, start..start + words.trim().len());
                    if words.trim_start().ends_with(char::is_whitespace) {
                        self.gap();
                    }
                }
            }
            Segment::Break(range) if self.leaf.as_ref().is_some_and(|leaf| leaf.kind == LeafKind::Code) => {
                self.words("\n", block.place(range));
            }
            Segment::Break(_) => self.blank(true),
            Segment::Sign(sign, range) => self.words(sign, block.place(range)),
            Segment::Image(range) => {
                let tag = block.text.get(range.clone()).and_then(Tag::read);
                if let Some((tag, _)) = tag {
                    self.html_image(&tag, block.place(range));
                }
            }
            Segment::Edge => self.close(),
        }
    }

    /// Pushes a stretch of one line, entities resolved.
    fn written(&mut self, block: &Joined, range: Range<usize>) {
        let mut rest = range;
        while let Some(text) = block.text.get(rest.clone()).filter(|text| !text.is_empty()) {
            let found = memchr(b'&', text.as_bytes());
            let plain = match found {
                // An ampersand that begins nothing stands for itself.
                Some(0) if entity(text).is_none() => {
                    1 + memchr(b'&', text.as_bytes().get(1..).unwrap_or_default()).unwrap_or(text.len() - 1)
                }
                Some(at) => at,
                None => text.len(),
            };
            if plain > 0 {
                let here = rest.start..rest.start + plain;
                self.words(text.get(..plain).unwrap_or_default(), block.place(&here));
                rest.start += plain;
            } else if let Some((n, meant)) = entity(text) {
                let here = rest.start..rest.start + n;
                self.words(&meant, block.place(&here));
                rest.start += n;
            }
        }
    }
}

/// A table that stands open.
///
/// HTML moves what stands between the cells of a table before it, one by one; here it gets a cell.
#[derive(Default)]
struct Table {
    /// How many blocks stand open around it; none until its first row, so that what comes before stands before.
    floor: Option<usize>,
    has_row: bool,
    cell: Option<&'static str>,
}

/// One reading of a block, from its first tag to its last.
struct Scan<'c, 's, 'b> {
    collector: &'c mut Collector<'s>,
    block: &'b Joined,
    skeleton: Skeleton,
    segments: Vec<Segment>,
    /// Which segments are pieces of the skeleton.
    pieces: Vec<usize>,
    /// From which segment on there is no more skeleton.
    tail: Option<usize>,
    /// Blocks that stand open, but for tables and those that may end unsaid.
    blocks: Vec<&'static str>,
    tables: Vec<Table>,
    /// Whether there are but blanks since the last `<br>`.
    broken: bool,
    marks: Vec<MarkKind>,
    /// `<q>` that stand open, at most [`OPEN`].
    quotations: Vec<Range<usize>>,
    /// Hidden elements that have no end in what is left.
    endless: Vec<&'static str>,
    /// Whether anything is shown as the signs it is written with.
    shown: bool,
    /// Which of [`UNSEEN`] have none.
    unseen: [bool; UNSEEN.len()],
}

impl<'c, 's, 'b> Scan<'c, 's, 'b> {
    fn new(collector: &'c mut Collector<'s>, block: &'b Joined) -> Self {
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

    fn run(&mut self) {
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
                Sign::Instruction(name) => {
                    self.collector.body.taken.whole(name, &self.block.place(&range));
                    range.end
                }
                Sign::Tag(tag) => self.tag(&tag, range),
            };
            from = at;
        }
        self.words(from..text.len());
        self.edge();
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
        let name = text.get(1..).unwrap_or_default().split([' ', '>', '\n']).next().unwrap_or_default();
        Some((if which == 0 { Sign::Comment } else { Sign::Instruction(name) }, 2 + end + ends.len()))
    }

    /// Words and blanks between tags; a blank line parts them, except where white space counts.
    fn words(&mut self, range: Range<usize>) {
        if self.blocks.contains(&"pre") {
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
    fn part(&mut self) {
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
    fn skeleton(&mut self) -> Option<&mut Skeleton> {
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
        let is_one = |name: &&str| matches!(*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "figcaption" | "pre");
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
            let Some(open) = last_open(&self.marks, &element) else { return };
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

    fn is_between_cells(&self) -> bool {
        self.innermost().is_some_and(|table| table.cell.is_none())
    }

    /// The innermost table that has begun.
    fn innermost(&self) -> Option<&Table> {
        self.tables.iter().rfind(|table| table.floor.is_some())
    }

    /// Opens a cell for what has none.
    fn in_cell(&mut self) {
        if !self.is_between_cells() {
            return;
        }
        let Some(table) = self.tables.iter_mut().rfind(|table| table.floor.is_some()) else { return };
        let has_row = std::mem::replace(&mut table.has_row, true);
        table.cell = Some("td");
        let marks = std::mem::take(&mut self.marks);
        if let Some(skeleton) = self.skeleton() {
            if !has_row {
                skeleton.open("tr");
            }
            skeleton.open("td");
            marks.iter().for_each(|kind| skeleton.open_mark(kind));
        }
        self.marks = marks;
    }

    fn table(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        if tag.is_end && self.tables.last().is_some_and(|table| table.floor.is_some()) {
            self.edge();
        } else {
            // One that never has a row stands apart all the same.
            self.part();
        }
        if !tag.is_end {
            if self.blocks.len() + self.tables.len() < OPEN {
                self.tables.push(Table::default());
            } else {
                self.collector.body.taken.tag(tag.name, place);
            }
            return;
        }
        self.end_row();
        if self.tables.pop().is_some_and(|table| table.floor.is_some())
            && let Some(skeleton) = self.skeleton()
        {
            skeleton.close("table");
        }
    }

    /// A row, a cell or a group of rows of the innermost table begins or ends.
    fn table_part(&mut self, name: &'static str, is_end: bool) {
        self.edge();
        let is_cell = matches!(name, "td" | "th");
        if is_cell {
            self.end_cell()
        } else {
            self.end_row()
        }
        let Some(floor) = self.tables.last().map(|table| table.floor) else { return };
        if is_end {
            if floor.is_some()
                && !is_cell
                && name != "tr"
                && let Some(skeleton) = self.skeleton()
            {
                skeleton.close(name);
            }
            return;
        }
        if floor.is_none() {
            // Where it stands in another table, it needs a cell there.
            self.in_cell();
            if let Some(skeleton) = self.skeleton() {
                skeleton.open("table");
            }
        }
        let n = self.blocks.len();
        let Some(table) = self.tables.last_mut() else { return };
        table.floor.get_or_insert(n);
        let needs_row = is_cell && !table.has_row;
        table.has_row |= is_cell || name == "tr";
        table.cell = is_cell.then_some(name);
        if let Some(skeleton) = self.skeleton() {
            if needs_row {
                skeleton.open("tr");
            }
            skeleton.open(name);
        }
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some((cell, floor)) = table.cell.take().zip(table.floor) else { return };
        self.blocks.truncate(floor);
        if let Some(skeleton) = self.skeleton() {
            skeleton.close(cell);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let had_row = self.tables.last_mut().is_some_and(|table| std::mem::take(&mut table.has_row));
        if had_row && let Some(skeleton) = self.skeleton() {
            skeleton.close("tr");
        }
    }

    fn block(&mut self, name: &'static str, tag: &Tag<'_>, place: &Range<usize>) {
        if self.is_between_cells() && (tag.is_end || name == "div") {
            return self.edge();
        }
        // These end where the next begins, so they need not be counted.
        if matches!(name, "p" | "li") {
            return self.piece_of_block(name, tag.is_end);
        }
        if tag.is_end {
            // No end tag reaches out of a cell.
            let floor = self.innermost().and_then(|table| table.floor).unwrap_or_default();
            let inside = self.blocks.get(floor..).unwrap_or_default();
            let open = inside.iter().rposition(|open| *open == name);
            self.edge();
            if let Some(open) = open {
                self.blocks.remove(floor + open);
                self.piece_of_block(name, true);
            }
        } else if self.blocks.len() + self.tables.len() < OPEN {
            self.piece_of_block(name, false);
            self.blocks.push(name);
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
    fn edge(&mut self) {
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
                depth += usize::from(!matches!(name, "script" | "style" | "iframe" | "noembed" | "noframes"));
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
