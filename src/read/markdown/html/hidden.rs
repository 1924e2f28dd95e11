//! Elements between words that are no words: scripts, styles, frames, players.

use super::element::is_code;
use super::inline::Written;
use crate::model::ContainerKind;
use crate::read::markdown::leaves::Collector;
use std::ops::Range;

/// An element that is no words with all that is in it, should it end in this leaf; and what there was before it.
pub(super) struct Hidden {
    name: &'static str,
    /// Elements of that name that stand open.
    depth: usize,
    words: usize,
    pictures: usize,
    marks: usize,
    tags: usize,
    kinds: usize,
    written: usize,
    open: Vec<usize>,
    quotations: Vec<Range<usize>>,
    at: Range<usize>,
}

impl Collector<'_> {
    /// Begins or ends an element that is no words with all that is in it; false for an end tag that ends none.
    pub(super) fn hide(&mut self, name: &'static str, is_end: bool, at: &Range<usize>) -> bool {
        if self.image.is_some() {
            self.body.taken.tag(name, at);
            return true;
        }
        let place = self.inline.hidden.iter().position(|hidden| hidden.name == name);
        let open = place.and_then(|place| self.inline.hidden.get_mut(place));
        match (place, open) {
            (Some(place), Some(open)) => {
                if is_end {
                    open.depth -= 1;
                } else {
                    open.depth += usize::from(!is_code(name));
                }
                if open.depth == 0 {
                    self.take_back(place, at);
                }
            }
            _ if is_end => return false,
            _ => {
                let leaf = self.leaf();
                let (words, pictures, marks) = (leaf.words.len(), leaf.pictures.len(), leaf.marks.len());
                let inline = &mut self.inline;
                inline.hidden.push(Hidden {
                    name,
                    depth: 1,
                    words,
                    pictures,
                    marks,
                    tags: inline.tags.len(),
                    kinds: inline.kinds.len(),
                    written: inline.written.len(),
                    open: inline.open.clone(),
                    quotations: inline.quotations.clone(),
                    at: at.clone(),
                });
            }
        }
        true
    }

    /// Takes back what was pushed since a hidden element began, which ends with the tag at `end`.
    fn take_back(&mut self, place: usize, end: &Range<usize>) {
        // What began in it and never ended falls with it.
        let Some(hidden) = self.inline.hidden.drain(place..).next() else { return };
        self.inline.tags.truncate(hidden.tags);
        self.inline.kinds.truncate(hidden.kinds);
        self.inline.written.truncate(hidden.written);
        self.inline.open = hidden.open;
        self.inline.quotations = hidden.quotations;
        for open in self.open.iter_mut().rev().take_while(|open| open.start > hidden.words) {
            open.start = hidden.words;
        }
        let leaf = self.leaf();
        leaf.words.truncate(hidden.words);
        leaf.pictures.truncate(hidden.pictures);
        // Marks of Markdown may reach into it.
        for mut mark in leaf.marks.split_off(hidden.marks.min(leaf.marks.len())) {
            mark.span.end = mark.span.end.min(u32::try_from(hidden.words).unwrap_or(u32::MAX));
            if mark.span.start < mark.span.end {
                leaf.marks.push(mark);
            }
        }
        if self.unsafe_html {
            let place = hidden.at.start..end.end;
            let markup = self.verbatim(&place);
            self.inline.written.push(Written { at: hidden.words, markup, place });
        } else {
            self.body.taken.whole(hidden.name, &hidden.at);
        }
    }

    /// Ends the hidden elements that have no end tag in a leaf: what follows would be lost to readers, so only the
    /// tag falls.
    pub(super) fn end_hidden(&mut self) {
        for hidden in std::mem::take(&mut self.inline.hidden) {
            self.body.taken.tag(hidden.name, &hidden.at);
        }
    }

    /// A stretch of the file without what block quotes and lists put at the head of its lines.
    fn verbatim(&self, place: &Range<usize>) -> Box<str> {
        let written = self.file.get(place.clone()).unwrap_or_default();
        if self.outside.is_empty() {
            return written.into();
        }
        let above = |within: Option<u32>| within.and_then(|i| self.body.containers.get(i as usize));
        let around = std::iter::successors(above(self.within), |container| above(container.parent));
        let n_quotes = around.filter(|container| container.kind == ContainerKind::BlockQuote).count();
        let mut out = String::with_capacity(written.len());
        for (i, line) in written.split_inclusive(['\n', '\r']).enumerate() {
            let mut rest = line;
            if i > 0 {
                for _ in 0..n_quotes {
                    rest = rest.trim_start_matches([' ', '\t']).strip_prefix('>').unwrap_or(rest);
                }
                rest = rest.trim_start_matches([' ', '\t']);
            }
            out.push_str(rest);
        }
        out.into()
    }
}
