//! Floor 1: what we say about a file, and where.
//!
//! A finding is data. It carries the lines it points at, so a report can be printed long after the
//! file has left memory.

mod clean;
pub mod codes;
mod diagnostic;
mod lines;
mod noted;
pub mod report;

pub use clean::{clean, clean_lines};
pub use codes::Code;
pub use diagnostic::{Diagnostic, Place, Severity};
pub use lines::Lines;
pub use noted::Noted;
pub use report::{REPORTERS, Reporter};
