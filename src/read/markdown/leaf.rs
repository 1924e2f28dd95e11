use super::html::{Mended, Taken};
use super::passage::Passage;
use crate::model::{Container, Mark};
use crate::text::FileSpan;

/// The body of a Markdown file: its leaves in order, with what surrounds them.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) leaves: Vec<Leaf>,
    /// At most [`super::leaves::DEEPEST`] in each other.
    pub(super) containers: Vec<Container>,
    /// Where what looks like HTML is shown as the signs it is written with: the first place, and in how many.
    pub(super) html: Option<(FileSpan, usize)>,
    /// What of raw HTML fell.
    pub(super) taken: Taken,
    /// What of raw HTML is read otherwise than it is written.
    pub(super) mended: Mended,
    /// Addresses that are not allowed: the first of them with their places, and how many.
    pub(super) refused: (Vec<(FileSpan, String)>, usize),
}

/// A stretch of Markdown that holds words: a paragraph, a heading, a cell.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    pub(super) kind: LeafKind,
    /// The innermost container, an index into [`Body::containers`].
    pub(super) within: Option<u32>,
    /// May have white space at its ends.
    pub(super) words: Passage,
    /// Counted from the start of `words`; sorted by start, longer first; properly nested, raw HTML aside.
    pub(super) marks: Vec<Mark>,
    /// Whether it stands in a `<figcaption>`.
    pub(super) in_caption: bool,
    /// By place.
    pub(super) pictures: Vec<Picture>,
}

/// What a leaf is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum LeafKind {
    #[default]
    Paragraph,
    /// Level from 1, and the id that the heading gives itself.
    Heading(u8, Option<String>),
    /// A table's cell: stands even where it is empty.
    Cell,
    Code,
    /// Raw HTML that passes as it is written.
    Html,
    Rule,
}

/// An image in a leaf.
#[derive(Debug)]
pub(super) struct Picture {
    /// Where in the leaf's words it stands.
    pub(super) at: usize,
    /// Checked, and as it would lie on disk.
    pub(super) file: Box<str>,
    pub(super) file_at: FileSpan,
    pub(super) alt: Passage,
    pub(super) title: Option<Passage>,
}
