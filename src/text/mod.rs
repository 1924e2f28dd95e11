//! Floor 0: spans, tokens, lines, turns of direction, sentences, quotation marks, slugs, digests, echoes, JSON.
//! Knows nothing of news.

pub mod bidi;
pub mod digest;
pub mod echo;
pub mod folded;
pub mod json;
pub mod letters;
pub mod line;
pub mod marks;
pub mod number;
pub mod percent;
pub mod scan;
pub mod sentences;
pub mod slug;
pub mod span;
pub mod tokens;
pub mod unseen;

pub use folded::folded;
pub use letters::is_alphanumeric;
pub use line::line;
pub use marks::{Marked, MarkedEnd, marked};
pub use scan::find_bytes;
pub use sentences::sentences;
pub use slug::slug;
pub use span::{FileSpan, InFile, InText, Span, TextSpan};
pub use tokens::{Token, TokenKind, tokens};
pub use unseen::is_unseen;
