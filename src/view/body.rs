//! The body of an article as a tree; text in it is plain text.

use super::FigureView;
use serde::Serialize;

/// A block of the body.
#[derive(Clone, Debug)]
pub enum BlockView {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A short heading: depth from 2, id, words.
    Crosshead(u8, Box<str>, Vec<Inline>),
    /// A picture with its caption.
    Figure(Box<FigureView>),
    /// A list: the first number where it is ordered; items.
    List(Option<u64>, Vec<Vec<BlockView>>),
    /// A block quote.
    BlockQuote(Vec<BlockView>),
    /// Rows of cells; whether a cell is a heading.
    Table(Vec<Vec<(bool, Vec<BlockView>)>>),
    /// Preformatted text.
    Code(Box<str>),
    /// Markup as its author wrote it, who is trusted.
    Html(Box<str>),
    /// A thematic break.
    Rule,
}

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text(Box<str>),
    /// `<em>`
    Emphasis(Vec<Inline>),
    /// `<strong>`
    Strong(Vec<Inline>),
    /// `<s>`
    Strikethrough(Vec<Inline>),
    /// `<code>`
    Code(Vec<Inline>),
    /// An author's link: address, title.
    Link(Box<str>, Option<Box<str>>, Vec<Inline>),
    /// A line break.
    Break,
    /// `<sup>`
    Superscript(Vec<Inline>),
    /// `<sub>`
    Subscript(Vec<Inline>),
    /// `<ins>`
    Inserted(Vec<Inline>),
    /// `<abbr>`: what it is short for, words.
    Abbreviation(Box<str>, Vec<Inline>),
    /// Markup between two words as its author wrote it, who is trusted.
    Html(Box<str>),
    /// The dateline.
    Dateline(Vec<Inline>),
    /// Words of a quotation, marks included.
    Quote {
        /// `q-uoq6fc` on its first piece; none on later ones.
        id: Option<Box<str>>,
        /// Direct (and partial), or reported.
        direct: bool,
        /// Classes of colour and line, "s1".
        slot: Box<str>,
        /// The words.
        words: Vec<Inline>,
    },
    /// The words that report speech.
    Cue(Vec<Inline>),
    /// A person's first mention, linked to their page.
    Name(Box<str>, Vec<Inline>),
    /// The chip after a quotation's last piece.
    Chip(Box<ChipView>),
}

impl Inline {
    /// Gives the words in it, stretch by stretch and without recursion; chips and markup are no words.
    pub fn plain(&self, word: &mut dyn FnMut(&str)) {
        let mut waiting = vec![self];
        while let Some(inline) = waiting.pop() {
            match inline {
                Self::Text(text) => word(text),
                Self::Break => word("\n"),
                Self::Chip(_) | Self::Html(_) => {}
                Self::Emphasis(words)
                | Self::Strong(words)
                | Self::Strikethrough(words)
                | Self::Code(words)
                | Self::Superscript(words)
                | Self::Subscript(words)
                | Self::Inserted(words)
                | Self::Abbreviation(_, words)
                | Self::Link(_, _, words)
                | Self::Dateline(words)
                | Self::Quote { words, .. }
                | Self::Cue(words)
                | Self::Name(_, words) => waiting.extend(words.iter().rev()),
            }
        }
    }
}

/// A speaker's chip in the text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ChipView {
    /// "IM", or "?"
    pub initials: Box<str>,
    /// "Ingrid Marsh", "Unnamed worker"
    pub name: Box<str>,
    /// "s1"
    pub slot: Box<str>,
    /// Where it leads: `#n-uoq6fc`.
    pub target: Box<str>,
    /// The quotation's number in the report, from 1.
    pub number: usize,
    /// Direct or reported.
    pub direct: bool,
    /// Below the threshold, or not identified.
    pub unsure: bool,
    /// The first chip of its paragraph: carries the margin label.
    pub lead: bool,
}
