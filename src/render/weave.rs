//! The body of a report becomes HTML, by the markup contract of the theme.
//!
//! ```html
//! <span class="q d s1" id="q-uoq6fc">“First part,”</span> <span class="cue">she said</span>.
//! <span class="q d s1 more">“Second part.”</span><a class="chip s1" href="#n-uoq6fc">IM…</a>
//! ```
//!
//! Every character of the reading text appears once and in order; marks add elements around it and
//! chips after it. Linear in the size of the tree.

use super::html::escape;
use crate::text::number::padded;
use crate::view::{BlockView, ChipView, FigureView, Inline};
use crate::words::{Phrase, Piece, Words};
use std::fmt::Write;

/// Levels of nesting that get elements; deeper ones give their words alone, so that no copy overflows the stack.
const DEEPEST: usize = 40;

/// A stretch of the body.
#[derive(Debug)]
pub enum Run<'a> {
    /// Markup, possibly with elements open that a later run closes.
    Html(String),
    /// A picture, drawn by the theme's `figure` component.
    Figure(&'a FigureView),
}

/// Weaves the blocks of a body.
///
/// `words` are the theme's, for what chips and tables are called.
/// Runs of markup and figures in reading order; no run of markup is empty and no two stand side by side.
pub fn weave<'a>(blocks: &'a [BlockView], words: &'a Words) -> Vec<Run<'a>> {
    let out = String::with_capacity(4096);
    let mut weaver = Weaver { runs: Vec::new(), out, words, in_link: false, chips: Vec::new() };
    weaver.blocks(blocks, 0);
    weaver.end_run();
    weaver.runs
}

struct Weaver<'a> {
    runs: Vec<Run<'a>>,
    out: String,
    words: &'a Words,
    /// Links do not nest: names inside an author's link stay plain.
    in_link: bool,
    /// Chips met inside a link; they stand behind it.
    chips: Vec<&'a ChipView>,
}

impl<'a> Weaver<'a> {
    fn end_run(&mut self) {
        if !self.out.is_empty() {
            self.runs.push(Run::Html(std::mem::take(&mut self.out)));
        }
    }

    fn blocks(&mut self, blocks: &'a [BlockView], depth: usize) {
        for block in blocks {
            self.block(block, depth);
        }
    }

    fn block(&mut self, block: &'a BlockView, depth: usize) {
        if depth > DEEPEST {
            return self.bare(Node::Block(block));
        }
        match block {
            BlockView::Paragraph(words) => self.around("<p>", words, "</p>\n", depth),
            BlockView::Crosshead(level, id, words) => {
                let level = (*level).clamp(2, 6);
                let _ = write!(self.out, "<h{level}");
                if !id.is_empty() {
                    self.attribute(" id", id);
                }
                self.around(">", words, "", depth);
                let _ = writeln!(self.out, "</h{level}>");
            }
            BlockView::Figure(figure) => {
                self.end_run();
                self.runs.push(Run::Figure(figure));
            }
            BlockView::List(first, items) => self.list(*first, items, depth),
            BlockView::BlockQuote(inner) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(inner, depth + 1);
                self.out.push_str("</blockquote>\n");
            }
            BlockView::Table(rows) => self.table(rows, depth),
            BlockView::Code(text) => {
                self.out.push_str("<pre tabindex=\"0\"><code>");
                escape(text, &mut self.out);
                self.out.push_str("</code></pre>\n");
            }
            // Only where the site's owner asked for it.
            BlockView::Html(markup) => {
                self.out.push_str(markup);
                self.out.push('\n');
            }
            BlockView::Rule => self.out.push_str("<hr>\n"),
        }
    }

    fn list(&mut self, first: Option<u64>, items: &'a [Vec<BlockView>], depth: usize) {
        match first {
            None => self.out.push_str("<ul>\n"),
            Some(1) => self.out.push_str("<ol>\n"),
            Some(n) => {
                let _ = writeln!(self.out, "<ol start=\"{n}\">");
            }
        }
        for item in items {
            self.out.push_str("<li>");
            self.tight(item, depth + 1);
            self.out.push_str("</li>\n");
        }
        self.out.push_str(if first.is_none() { "</ul>\n" } else { "</ol>\n" });
    }

    /// Blocks of a list item or a cell: a paragraph alone, or before an inner list, needs no element of its own.
    fn tight(&mut self, blocks: &'a [BlockView], depth: usize) {
        match blocks {
            [BlockView::Paragraph(words), rest @ ..] if rest.iter().all(|b| matches!(b, BlockView::List(..))) => {
                self.inlines(words, depth);
                self.blocks(rest, depth);
            }
            _ => self.blocks(blocks, depth),
        }
    }

    fn table(&mut self, rows: &'a [Vec<(bool, Vec<BlockView>)>], depth: usize) {
        self.out.push_str("<div class=\"scroll\" tabindex=\"0\" role=\"group\"");
        self.attribute(" aria-label", self.words.text("report.table"));
        self.out.push_str("><table>\n");
        for (i, row) in rows.iter().enumerate() {
            let column_heads = i == 0 && row.iter().all(|(head, _)| *head);
            self.out.push_str(if column_heads { "<thead><tr>" } else { "<tr>" });
            for (head, cell) in row {
                // A head without words heads nothing.
                let head = *head && !cell.is_empty();
                self.out.push_str(match (head, column_heads) {
                    (true, true) => "<th scope=\"col\">",
                    (true, false) => "<th scope=\"row\">",
                    (false, _) => "<td>",
                });
                self.tight(cell, depth + 1);
                self.out.push_str(if head { "</th>" } else { "</td>" });
            }
            self.out.push_str(if column_heads { "</tr></thead>\n" } else { "</tr>\n" });
        }
        self.out.push_str("</table></div>\n");
    }

    fn around(&mut self, before: &str, words: &'a [Inline], after: &str, depth: usize) {
        self.out.push_str(before);
        self.inlines(words, depth + 1);
        self.out.push_str(after);
    }

    fn inlines(&mut self, words: &'a [Inline], depth: usize) {
        for inline in words {
            self.inline(inline, depth);
        }
    }

    fn inline(&mut self, inline: &'a Inline, depth: usize) {
        if depth > DEEPEST {
            return self.bare(Node::Inline(inline));
        }
        match inline {
            Inline::Text(text) => escape(text, &mut self.out),
            Inline::Emphasis(words) => self.around("<em>", words, "</em>", depth),
            Inline::Strong(words) => self.around("<strong>", words, "</strong>", depth),
            Inline::Strikethrough(words) => self.around("<s>", words, "</s>", depth),
            Inline::Code(words) => self.around("<code>", words, "</code>", depth),
            Inline::Dateline(words) => self.around("<span class=\"dateline\">", words, "</span>", depth),
            Inline::Cue(words) => self.around("<span class=\"cue\">", words, "</span>", depth),
            Inline::Superscript(words) => self.around("<sup>", words, "</sup>", depth),
            Inline::Subscript(words) => self.around("<sub>", words, "</sub>", depth),
            Inline::Inserted(words) => self.around("<ins>", words, "</ins>", depth),
            Inline::Abbreviation(title, words) => {
                self.attribute("<abbr title", title);
                self.around(">", words, "</abbr>", depth);
            }
            Inline::Html(markup) => self.out.push_str(markup),
            Inline::Break => self.out.push_str("<br>\n"),
            Inline::Link(address, title, words) => self.link("", address, title.as_deref(), words, depth),
            Inline::Name(address, words) if address.is_empty() => {
                self.around("<span class=\"name\">", words, "</span>", depth);
            }
            Inline::Name(address, words) => self.link("name", address, None, words, depth),
            // Words that stand elsewhere, or no longer: the address still leads here.
            Inline::Quote { id: Some(id), words, .. } if words.is_empty() => {
                self.attribute("<span id", id);
                self.out.push_str("></span>");
            }
            Inline::Quote { id, direct, slot, words } => {
                self.out.push_str(if *direct { "<span class=\"q d " } else { "<span class=\"q r " });
                escape(slot, &mut self.out);
                match id {
                    Some(id) => self.attribute("\" id", id),
                    None => self.out.push_str(" more\""),
                }
                self.around(">", words, "</span>", depth);
            }
            Inline::Chip(chip) if self.in_link => self.chips.push(chip),
            Inline::Chip(chip) => self.chip(chip),
        }
    }

    fn link(&mut self, class: &str, address: &str, title: Option<&str>, words: &'a [Inline], depth: usize) {
        if self.in_link {
            return self.inlines(words, depth + 1);
        }
        self.out.push_str("<a");
        if !class.is_empty() {
            self.attribute(" class", class);
        }
        self.attribute(" href", address);
        if let Some(title) = title {
            self.attribute(" title", title);
        }
        self.in_link = true;
        self.around(">", words, "</a>", depth);
        self.in_link = false;
        for chip in std::mem::take(&mut self.chips) {
            self.chip(chip);
        }
    }

    /// Initials, then the name for those who hear the page, then the margin label where the chip leads its paragraph.
    fn chip(&mut self, chip: &ChipView) {
        self.out.push_str("<a class=\"chip ");
        escape(&chip.slot, &mut self.out);
        if chip.unsure {
            self.out.push_str(" unsure");
        }
        self.out.push_str(if chip.lead { " lead\"" } else { "\"" });
        self.attribute(" href", &chip.target);
        self.out.push('>');
        escape(&chip.initials, &mut self.out);
        self.out.push_str("<span class=\"vh\">");
        if let Some(heard) = self.words.phrase("chip.heard", None) {
            heard_as(heard, chip, &mut self.out);
        }
        self.out.push_str("</span>");
        if chip.lead {
            self.out.push_str("<span class=\"full\" aria-hidden=\"true\">");
            escape(&chip.name, &mut self.out);
            self.out.push_str("<small>");
            escape(self.words.text(if chip.direct { "chip.quoted" } else { "chip.reported" }), &mut self.out);
            self.out.push_str("</small></span>");
        }
        self.out.push_str("</a>");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    /// The words below a node that lies too deep, without elements and without recursion.
    fn bare(&mut self, node: Node<'a>) {
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            match node {
                Node::Inline(inline) => match inline {
                    Inline::Text(text) => escape(text, &mut self.out),
                    Inline::Break => self.out.push('\n'),
                    Inline::Chip(_) | Inline::Html(_) => {}
                    Inline::Emphasis(words)
                    | Inline::Strong(words)
                    | Inline::Strikethrough(words)
                    | Inline::Code(words)
                    | Inline::Superscript(words)
                    | Inline::Subscript(words)
                    | Inline::Inserted(words)
                    | Inline::Abbreviation(_, words)
                    | Inline::Link(_, _, words)
                    | Inline::Dateline(words)
                    | Inline::Quote { words, .. }
                    | Inline::Cue(words)
                    | Inline::Name(_, words) => waiting.extend(words.iter().rev().map(Node::Inline)),
                },
                Node::Block(block) => match block {
                    BlockView::Paragraph(words) | BlockView::Crosshead(_, _, words) => {
                        self.out.push('\n');
                        waiting.extend(words.iter().rev().map(Node::Inline));
                    }
                    BlockView::Figure(figure) => {
                        self.end_run();
                        self.runs.push(Run::Figure(figure));
                    }
                    BlockView::List(_, items) => waiting.extend(items.iter().flatten().rev().map(Node::Block)),
                    BlockView::BlockQuote(inner) => waiting.extend(inner.iter().rev().map(Node::Block)),
                    BlockView::Table(rows) => {
                        let cells = rows.iter().flatten().flat_map(|(_, cell)| cell);
                        waiting.extend(cells.rev().map(Node::Block));
                    }
                    BlockView::Code(text) => escape(text, &mut self.out),
                    BlockView::Html(_) | BlockView::Rule => {}
                },
            }
        }
    }
}

/// What is read out behind a chip's initials.
fn heard_as(heard: &Phrase, chip: &ChipView, out: &mut String) {
    for piece in heard.pieces() {
        match piece {
            Piece::Text(words) | Piece::Stretch(_, words) => escape(words, out),
            Piece::Slot(place) if &**place == "name" => escape(&chip.name, out),
            Piece::Slot(_) => padded(chip.number as i64, 0, out),
        }
    }
}

/// A node of either kind, for the walk without recursion.
enum Node<'a> {
    Block(&'a BlockView),
    Inline(&'a Inline),
}
