use super::Reporter;
use crate::diag::clean::clean;
use crate::diag::{Diagnostic, Severity};
use std::fmt::Write;

/// For GitHub Actions: workflow commands, which show each finding beside its line.
///
/// As in "Workflow commands for GitHub Actions": `::warning file=…,line=…,col=…,title=…::message`.
pub struct Github;

impl Reporter for Github {
    fn name(&self) -> &'static str {
        "github"
    }

    fn report(&self, diagnostics: &[Diagnostic], out: &mut String) {
        for diagnostic in diagnostics {
            let command = match diagnostic.severity {
                Severity::Note => "notice",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            let mut properties = Vec::new();
            if !diagnostic.path.is_empty() {
                properties.push(format!("file={}", property(&diagnostic.path)));
            }
            if let Some(place) = &diagnostic.place {
                properties.push(format!("line={}", place.line));
                properties.push(format!("col={}", place.column));
            }
            properties.push(format!("title={}", property(diagnostic.code.name())));
            let parts = [Some(&diagnostic.message), diagnostic.note.as_ref(), diagnostic.help.as_ref()];
            let lines: Vec<String> = parts.into_iter().flatten().map(|part| data(part)).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(out, "::{command} {}::{}", properties.join(","), lines.join("%0A"));
        }
    }
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands behind a `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;
    use crate::text::FileSpan;

    #[test]
    fn no_copy_can_give_commands() {
        let mut out = String::new();
        let diagnostic = Diagnostic::new(codes::QUOTE_UNCLOSED, "content/a,b:c.txt", "50% said\n::error::no")
            .at("one\n“two\n", FileSpan::new(4, 7), "here")
            .note("as it is");
        Github.report(&[diagnostic], &mut out);
        assert_eq!(
            out,
            "::warning file=content/a%2Cb%3Ac.txt,line=2,col=1,title=quote-unclosed::50%25 said␊::error::no%0Aas it is\n"
        );
    }
}
