//! HTML blocks: lines that stand for themselves.

use super::joined::Joined;
use super::scan::{Scan, Segment};
use super::skeleton::Part;
use super::tag::{Tag, entity};
use crate::model::ContainerKind;
use crate::read::markdown::leaf::LeafKind;
use crate::read::markdown::leaves::Collector;
use memchr::memchr;
use std::ops::Range;

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
        self.in_caption = false;
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
                Part::Open("figcaption") => {
                    self.close();
                    self.in_caption = true;
                    self.open_leaf(LeafKind::Paragraph);
                }
                Part::Open(name) => self.open_block(name),
                Part::Close("blockquote" | "ul" | "ol" | "li" | "table" | "tr" | "td" | "th") => self.leave(),
                Part::Close(name) => {
                    self.close();
                    self.in_caption &= name != "figcaption";
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
                    let parted = words.split(['\t', '\r', '\n', '\u{c}']).flat_map(|words| words.split("  "));
                    for stretch in parted.map(|words| words.trim_matches(' ')).filter(|words| !words.is_empty()) {
                        // It is a slice of `words`, so the distance of their starts is its offset.
                        let offset = stretch.as_ptr() as usize - words.as_ptr() as usize;
                        if offset > 0 {
                            self.gap();
                        }
                        let start = line.start + offset;
                        self.written(block, start..start + stretch.len());
                    }
                    if words.ends_with(|c: char| c.is_ascii_whitespace()) {
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
