//! Where the front matter of a file ends and its text begins.

use crate::diag::{Code, Diagnostic, Noted, codes};
use crate::text::FileSpan;
use std::ops::Range;

/// A file in its two parts, as bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parted {
    /// The TOML between the `+++` lines; empty where there is none.
    pub(crate) toml: Range<usize>,
    /// Everything behind the closing line.
    pub(crate) body: usize,
}

/// Finds the `+++` lines at the head of a file.
///
/// A file without front matter is all body. None where front matter is opened and never closed, or
/// written in YAML or JSON; then `front-matter-broken` says what to type. `note` says what we do then.
pub(crate) fn part(path: &str, text: &str, note: &str) -> Noted<Option<Parted>> {
    let head = text.len() - text.trim_start().len();
    let first = line_at(text, head);
    let refuse = |message: &str, help: &str| {
        let one = Diagnostic::new(FRONT_MATTER, path, message)
            .at(text, FileSpan::new(head, head + first.len()), "opened here")
            .note(note)
            .help(help);
        Noted::new(None, vec![one])
    };
    match first.trim_end() {
        "+++" => {
            let start = next_line(text, head);
            match closing(text, start, "+++") {
                Some(end) => Noted::clean(Some(Parted { toml: start..end, body: next_line(text, end) })),
                None => refuse(
                    "the front matter is never closed",
                    "write +++ on a line of its own between the last key and the text",
                ),
            }
        }
        // A thematic break looks the same; only a key below it tells YAML.
        "---"
            if line_at(text, next_line(text, head)).contains(':')
                && closing(text, next_line(text, head), "---").is_some() =>
        {
            refuse(
                "the front matter is YAML, and only TOML is read",
                "write +++ in place of both --- lines, and `title = \"…\"` in place of `title: …`",
            )
        }
        line if line == "{" || line.starts_with("{\"") || line.starts_with("{ \"") => refuse(
            "the front matter is JSON, and only TOML is read",
            "write `title = \"…\"` and the other keys between two +++ lines",
        ),
        _ => Noted::clean(Some(Parted { toml: 0..0, body: 0 })),
    }
}

const FRONT_MATTER: Code = codes::FRONT_MATTER_BROKEN;

/// The line that begins at `at`, without its end.
fn line_at(text: &str, at: usize) -> &str {
    text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}

/// The first byte of the line after the one that holds `at`.
fn next_line(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |i| at + i + 1)
}

/// The first byte of the next line that is only `fence`.
fn closing(text: &str, from: usize, fence: &str) -> Option<usize> {
    let mut at = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_apart_at_the_fences() {
        let check = |text: &str, toml: &str, body: &str| {
            let parted = part("a.md", text, "left out").value.expect(text);
            assert_eq!((&text[parted.toml], &text[parted.body..]), (toml, body), "{text:?}");
        };
        check("+++\na = 1\n+++\nbody", "a = 1\n", "body");
        check("+++\r\na = 1\r\n+++\r\nbody", "a = 1\r\n", "body");
        check("\n\n+++  \na = 1\n+++", "a = 1\n", "");
        check("+++\n+++\n", "", "");
        check("no front matter\n\n+++\n", "", "no front matter\n\n+++\n");
        check("---\n\nafter a rule\n\n---\n", "", "---\n\nafter a rule\n\n---\n");
        check("", "", "");
        check("{{ braces }}", "", "{{ braces }}");
    }

    #[test]
    fn other_front_matter_is_refused() {
        let check = |text: &str, message: &str| {
            let parted = part("a.md", text, "left out");
            assert_eq!(parted.value, None, "{text:?}");
            assert_eq!(parted.diagnostics[0].message, message);
        };
        check("+++\na = 1\n", "the front matter is never closed");
        check("+++", "the front matter is never closed");
        check("---\ntitle: a\n---\nbody", "the front matter is YAML, and only TOML is read");
        check("{\n \"title\": \"a\"\n}\nbody", "the front matter is JSON, and only TOML is read");
    }
}
