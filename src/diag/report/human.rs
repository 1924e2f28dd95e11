use super::Reporter;
use crate::diag::clean::{clean, clean_around};
use crate::diag::{Diagnostic, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// For people at a terminal: the line with the place underlined, in colour.
pub struct Human;

impl Reporter for Human {
    fn name(&self) -> &'static str {
        "human"
    }

    fn report(&self, diagnostics: &[Diagnostic], out: &mut String) {
        let renderer = Renderer::styled();
        for diagnostic in diagnostics {
            out.push_str(&renderer.render(&[group(diagnostic)]));
            out.push_str("\n\n");
        }
    }
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let title = level(diagnostic.severity).primary_title(clean(&diagnostic.message)).id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    if let Some(place) = &diagnostic.place {
        let (excerpt, range) = clean_around(&place.excerpt, place.start as usize..place.end as usize);
        let before = excerpt[..range.start].chars().count();
        let snippet = Snippet::source(excerpt)
            .line_start(place.line as usize)
            .annotation(AnnotationKind::Primary.span(range).label(clean(&place.label)));
        group = if before + 1 == place.column as usize {
            group.element(snippet.path(clean(&place.path)))
        } else {
            // The excerpt of a long line begins inside it, so the column is said rather than counted.
            let origin = Origin::path(clean(&place.path)).line(place.line as usize).char_column(place.column as usize);
            group.element(origin).element(snippet)
        };
    } else if !diagnostic.path.is_empty() {
        group = group.element(Origin::path(clean(&diagnostic.path)));
    }
    if let Some(note) = &diagnostic.note {
        group = group.element(Level::NOTE.message(clean(note)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    group
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;
    use crate::text::FileSpan;

    #[test]
    fn a_short_line_is_drawn_as_in_the_handbook() {
        let diagnostic = Diagnostic::new(codes::QUOTE_UNCLOSED, "content/a.txt", "this quotation is never closed")
            .at("one\n“The ferry\n", FileSpan::new(4, 7), "opened here")
            .note("read as ending with its paragraph");
        let mut out = String::new();
        Human.report(&[diagnostic], &mut out);
        assert_eq!(
            anstream::adapter::strip_str(&out).to_string(),
            "warning[quote-unclosed]: this quotation is never closed\n --> content/a.txt:2:1\n  |\n2 | “The ferry\n  \
             | ^ opened here\n  |\n  = note: read as ending with its paragraph\n\n"
        );
    }

    #[test]
    fn the_place_is_underlined_also_in_a_long_line() {
        let copy = format!("first\n{} “The ferry will sail{}\n", "x".repeat(300), " on".repeat(300));
        let at = copy.find('“').expect("the mark");
        let diagnostic = Diagnostic::new(codes::QUOTE_UNCLOSED, "content/a.txt", "this quotation is never closed")
            .at(&copy, FileSpan::new(at, at + '“'.len_utf8()), "opened here")
            .note("read as ending with its paragraph")
            .help("add ”");
        let mut out = String::new();
        Human.report(&[diagnostic], &mut out);
        let bare = anstream::adapter::strip_str(&out).to_string();
        assert!(bare.starts_with("warning[quote-unclosed]: this quotation is never closed\n"), "{bare}");
        assert!(bare.contains("--> content/a.txt:2:302"), "{bare}");
        assert!(bare.contains("^ opened here"), "{bare}");
        assert!(bare.contains("= note: read as ending with its paragraph"), "{bare}");
        assert!(bare.contains("= help: add ”"), "{bare}");
    }
}
