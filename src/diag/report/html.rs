use super::Reporter;
use crate::diag::Diagnostic;
use crate::diag::clean::clean;
use std::borrow::Cow;
use std::fmt::Write;

/// For reading and passing on: one page of HTML that needs nothing beside it.
pub struct Html;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n<title>onrecord check</title>\n<style>\n\
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }\n\
    article { border-top: 1px solid; padding: .5rem 0 }\n\
    h2 { font-size: 1rem; margin: .5rem 0 }\n\
    pre { overflow-x: auto; background: color-mix(in srgb, currentColor 8%, transparent); padding: .5rem; white-space: pre-wrap }\n\
    p { margin: .25rem 0 }\n</style>\n";

impl Reporter for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn report(&self, diagnostics: &[Diagnostic], out: &mut String) {
        out.push_str(HEAD);
        let findings = if diagnostics.len() == 1 { "finding" } else { "findings" };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "<h1>{} {findings}</h1>", diagnostics.len());
        for diagnostic in diagnostics {
            let _ = write(diagnostic, out);
        }
    }
}

fn write(diagnostic: &Diagnostic, out: &mut String) -> std::fmt::Result {
    let (severity, code) = (diagnostic.severity.name(), diagnostic.code.name());
    writeln!(out, "<article>\n<h2>{severity}: {} <small>({code})</small></h2>", escaped(&diagnostic.message))?;
    match &diagnostic.place {
        Some(place) => {
            writeln!(out, "<p><code>{}:{}:{}</code>", escaped(&place.path), place.line, place.column)?;
            let part = |from: usize, to: usize| escaped(place.excerpt.get(from..to).unwrap_or_default());
            let (start, end) = (place.start as usize, place.end as usize);
            let (before, inside, after) = (part(0, start), part(start, end), part(end, place.excerpt.len()));
            writeln!(out, "<pre>{before}<mark>{inside}</mark>{after}</pre>")?;
            if !place.label.is_empty() {
                writeln!(out, "<p>{}", escaped(&place.label))?;
            }
        }
        None if diagnostic.path.is_empty() => {}
        None => writeln!(out, "<p><code>{}</code>", escaped(&diagnostic.path))?,
    }
    for (name, words) in [("note", &diagnostic.note), ("help", &diagnostic.help)] {
        if let Some(words) = words {
            writeln!(out, "<p>{name}: {}", escaped(words))?;
        }
    }
    writeln!(out, "</article>")
}

fn escaped(text: &str) -> Cow<'_, str> {
    let text = clean(text);
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;
    use crate::text::FileSpan;

    #[test]
    fn copy_stays_copy() {
        let mut out = String::new();
        let diagnostic = Diagnostic::new(codes::HTML_ESCAPED, "content/<b>.md", "<script>alert(1)</script>")
            .at("a <img onerror=x> b\n", FileSpan::new(2, 17), "\"here\"")
            .note("&");
        Html.report(&[diagnostic], &mut out);
        assert!(out.starts_with("<!doctype html>"), "{out}");
        assert!(out.contains("<h1>1 finding</h1>"), "{out}");
        assert!(out.contains("<pre>a <mark>&lt;img onerror=x&gt;</mark> b</pre>"), "{out}");
        assert!(out.contains("content/&lt;b&gt;.md:1:3"), "{out}");
        assert!(!out.contains("<script") && !out.contains("<img"), "{out}");
    }
}
