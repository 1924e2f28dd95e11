//! Which words under or beside an image are its caption.

use super::leaf::{Leaf, LeafKind};
use crate::model::MarkKind;
use std::ops::Range;

/// Whether a leaf holds images and nothing else.
pub(super) fn is_bare(leaf: &Leaf) -> bool {
    !leaf.pictures.is_empty() && leaf.words.is_blank()
}

/// The caption in a leaf that opens with its images: what stands behind them.
pub(super) fn behind(leaf: &Leaf) -> Option<Range<usize>> {
    let last = leaf.pictures.last()?.at;
    let head = leaf.words.text().get(..last)?;
    let tail = leaf.words.trimmed(last..leaf.words.len());
    (leaf.kind == LeafKind::Paragraph && head.trim().is_empty() && !tail.is_empty()).then_some(tail)
}

/// Whether the leaf below a bare image is its caption: in a `<figcaption>`, emphasised as a whole, or with a credit at
/// its end.
pub(super) fn is_below(leaf: &Leaf, image: &Leaf, has_credit: impl FnOnce(&str) -> bool) -> bool {
    leaf.kind == LeafKind::Paragraph
        && leaf.within == image.within
        && leaf.pictures.is_empty()
        && (leaf.in_caption
            || covering(leaf, &leaf.words.trimmed(0..leaf.words.len())).is_some()
            || has_credit(leaf.words.text().trim()))
}

/// The emphasis over the whole of a range, as an index into the leaf's marks.
///
/// A caption is set apart by its place; emphasis that only says so again is not shown.
pub(super) fn covering(leaf: &Leaf, range: &Range<usize>) -> Option<usize> {
    leaf.marks.iter().position(|mark| {
        mark.kind == MarkKind::Emphasis && !range.is_empty() && {
            let span = mark.span.range();
            span.start <= range.start && range.end <= span.end
        }
    })
}
