//! Floor 3: bytes to [`Article`]. Reading never fails: damaged copy still becomes an article.
//!
//! [`decode`] turns a file's bytes into text, a [`Reader`] turns text into an article. A new input
//! format is one file here and one row in [`READERS`]. What the formats share has files of its own:
//! dates ([`datetime`]), credits ([`credit`]), and what a path tells ([`path`]).

#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod address;
mod byline;
pub mod credit;
mod dateline;
pub mod datetime;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod decode;
mod endnote;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod fence;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod front_matter;
mod lexicon;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod markdown;
mod names;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
pub mod path;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod person;
mod redact;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod rulings;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod sidecar;
mod wire;

pub use decode::decode;
pub(crate) use fence::Parted;
pub use markdown::Markdown;
pub(crate) use markdown::{is_markdown, laid_bare};
pub use person::{is_person, person};
pub use redact::{Proposed, Redacted, Redaction, RedactionIndex, in_order};
pub use rulings::{RULINGS, rulings};
pub use sidecar::{is_sidecar, sidecar, sidecar_path};
pub use wire::Wire;

use crate::config::ReadSettings;
use crate::diag::Noted;
use crate::model::{Article, Source};

/// One input format.
pub trait Reader: Sync {
    /// Whether files of that path are of this format; goes by the file's name alone.
    fn reads(&self, path: &str) -> bool;

    /// Reads a file.
    ///
    /// None where the file is refused and left out of the archive; then an error is noted.
    fn read(&self, source: &Source, settings: &ReadSettings) -> Noted<Option<Article>>;
}

/// Every format we read; the first that claims a path has it.
pub static READERS: &[&dyn Reader] = &[&Markdown, &Wire];

/// The reader that claims a path; none where the file is no article of ours (a picture, a note).
pub fn reader(path: &str) -> Option<&'static dyn Reader> {
    READERS.iter().copied().find(|r| r.reads(path))
}

/// Reads a file by the format its path tells; a path that no format claims is read as wire copy.
pub fn read(source: &Source, settings: &ReadSettings) -> Noted<Option<Article>> {
    reader(&source.path).unwrap_or(&Wire).read(source, settings)
}

/// Where the front matter of a file stands, as readers find it.
pub(crate) fn front_matter(path: &str, text: &str) -> Noted<Option<Parted>> {
    fence::part(path, text, "it is left as it is")
}
