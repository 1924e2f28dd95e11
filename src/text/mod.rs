//! Floor 0: spans, lines, slugs, digests. Knows nothing of news.

pub mod digest;
pub mod percent;
pub mod slug;
pub mod span;

pub use slug::slug;
pub use span::{FileSpan, InFile, InText, Span, TextSpan};
