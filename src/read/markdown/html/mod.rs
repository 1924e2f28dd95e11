//! Raw HTML in Markdown: what a report may use of it becomes marks and blocks, the rest falls.
//!
//! Tags are read here, by CommonMark's narrow rule, and written anew with numbers in place of words and
//! addresses ([`skeleton`]); a sanitiser puts them in order as browsers would and lets a short list through;
//! what it gives back is laid over the words, which never left. So no sign of the file reaches a page as
//! markup, and every word keeps its place in the file. With `unsafe_html` all of it passes as written.

mod block;
mod element;
mod hidden;
mod inline;
mod joined;
mod mended;
mod scan;
mod skeleton;
mod table;
mod tag;
mod taken;

pub(super) use inline::Inline;
pub(super) use mended::Mended;
pub(crate) use tag::laid_bare;
pub(super) use taken::Taken;

/// Marks or blocks that stand open at one place; deeper ones keep their words alone.
const OPEN: usize = 64;
