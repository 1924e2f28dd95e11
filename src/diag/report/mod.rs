//! How findings are written down.

mod github;
mod html;
mod human;
mod json;
mod plain;
mod sarif;

pub use github::Github;
pub use html::Html;
pub use human::Human;
pub use json::Json;
pub use plain::Plain;
pub use sarif::Sarif;

use super::Diagnostic;

/// A way to write findings.
pub trait Reporter: Sync {
    /// The name it is chosen by.
    fn name(&self) -> &'static str;

    /// Writes the findings in the order given, each with code, file, line, column, source line, note
    /// and help, as far as it has them.
    ///
    /// No control character of a message, a path or a line of copy reaches the result.
    fn report(&self, diagnostics: &[Diagnostic], out: &mut String);
}

/// Every reporter; the first is for terminals, the second for logs and pipes, the rest for who asks for them.
pub static REPORTERS: &[&dyn Reporter] = &[&Human, &Plain, &Json, &Github, &Sarif, &Html];

/// A heading without colour: `warning[quote-unclosed]`.
fn heading(diagnostic: &Diagnostic) -> String {
    format!("{}[{}]", diagnostic.severity.name(), diagnostic.code.name())
}
