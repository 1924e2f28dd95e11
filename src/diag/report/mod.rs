//! How findings are written down.

mod human;
mod plain;

pub use human::Human;
pub use plain::Plain;

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

/// Every reporter; the first is for terminals, the second for everything else.
pub static REPORTERS: &[&dyn Reporter] = &[&Human, &Plain];

/// A heading without colour: `warning[quote-unclosed]`.
fn heading(diagnostic: &Diagnostic) -> String {
    format!("{}[{}]", diagnostic.severity.name(), diagnostic.code.name())
}
