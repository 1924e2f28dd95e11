use super::{Reporter, heading};
use crate::diag::Diagnostic;
use crate::diag::clean::clean;
use std::fmt::Write;

/// For logs, pipes and screen readers: the same findings as lines of words, nothing drawn.
pub struct Plain;

impl Reporter for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn report(&self, diagnostics: &[Diagnostic], out: &mut String) {
        for diagnostic in diagnostics {
            // Writing to a string cannot fail.
            let _ = write(diagnostic, out);
        }
    }
}

fn write(diagnostic: &Diagnostic, out: &mut String) -> std::fmt::Result {
    writeln!(out, "{}: {}", heading(diagnostic), clean(&diagnostic.message))?;
    if let Some(place) = &diagnostic.place {
        write!(out, "  at {}:{}:{}", clean(&place.path), place.line, place.column)?;
        if !place.label.is_empty() {
            write!(out, ": {}", clean(&place.label))?;
        }
        writeln!(out)?;
        writeln!(out, "  line {}: {}", place.line, clean(place.excerpt.trim_end()))?;
    } else if !diagnostic.path.is_empty() {
        writeln!(out, "  at {}", clean(&diagnostic.path))?;
    }
    if let Some(note) = &diagnostic.note {
        writeln!(out, "  note: {}", clean(note))?;
    }
    if let Some(help) = &diagnostic.help {
        writeln!(out, "  help: {}", clean(help))?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;
    use crate::text::FileSpan;

    fn check(diagnostic: Diagnostic, expected: &str) {
        let mut out = String::new();
        Plain.report(&[diagnostic], &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn everything_is_said_in_lines() {
        let copy = "one\n“The ferry\tsail\u{1b}[31m\n";
        check(
            Diagnostic::new(codes::QUOTE_UNCLOSED, "content/a.txt", "this quotation is never closed")
                .at(copy, FileSpan::new(4, 7), "opened here")
                .note("read as ending with its paragraph")
                .help("add ”"),
            "warning[quote-unclosed]: this quotation is never closed\n  at content/a.txt:2:1: opened here\n  \
             line 2: “The ferry sail␛[31m\n  note: read as ending with its paragraph\n  help: add ”\n\n",
        );
        check(
            Diagnostic::new(codes::FILE_UNREADABLE, "content/b\n.txt", "this file cannot be read"),
            "error[file-unreadable]: this file cannot be read\n  at content/b␊.txt\n\n",
        );
    }
}
