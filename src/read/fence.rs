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
/// A file without front matter is all body. None where front matter is opened and never closed, written in YAML or
/// JSON, or between other lines than `+++`, for a `draft` in it must not be passed over; then `front-matter-broken`
/// says what to type. `note` says what we do then.
pub(crate) fn part(path: &str, text: &str, note: &str) -> Noted<Option<Parted>> {
    let head = head(text);
    let first = line_at(text, head);
    let below = next_line(text, head);
    let refuse = |(message, help): (&str, &str)| {
        let one = Diagnostic::new(FRONT_MATTER, path, message)
            .at(text, FileSpan::new(head, head + first.len()), "opened here")
            .note(note)
            .help(help);
        Noted::new(None, vec![one])
    };
    let line = first.trim_end();
    if line == "+++" {
        return match closing(text, below, "+++") {
            Some(end) => Noted::clean(Some(Parted { toml: below..end, body: next_line(text, end) })),
            None => refuse(UNCLOSED),
        };
    }
    let key = key_of(line_at(text, below));
    // A thematic break looks the same; only a key below it tells YAML.
    if line == "---"
        && line_at(text, below).contains(':')
        && (key == Some(':') || closing(text, below, "---").is_some())
    {
        return refuse(YAML);
    }
    if line == "{" || line.starts_with("{\"") || line.starts_with("{ \"") {
        return refuse(JSON);
    }
    let fenced = is_fence(line) && (key.is_some() || line_at(text, below).starts_with('{'));
    if fenced || key_of(line) == Some('=') {
        return refuse(UNFENCED);
    }
    Noted::clean(Some(Parted { toml: 0..0, body: 0 }))
}

/// Whether a text that has no front matter opens with some nevertheless, right or wrong, by its fence and a key below it.
pub(crate) fn is_opened(text: &str) -> bool {
    let head = head(text);
    let (first, below) = (line_at(text, head).trim_end(), line_at(text, next_line(text, head)));
    let json = first.starts_with("{\"") || first == "{" && below.trim_start().starts_with('"');
    json || key_of(first) == Some('=') || is_fence(first) && (key_of(below).is_some() || below.starts_with("{\""))
}

/// What is wrong with front matter, and what to do.
const UNCLOSED: (&str, &str) =
    ("the front matter is never closed", "write +++ on a line of its own between the last key and the text");
const YAML: (&str, &str) = (
    "the front matter is YAML, and only TOML is read",
    "write +++ in place of both --- lines, and `title = \"…\"` in place of `title: …`",
);
const JSON: (&str, &str) = (
    "the front matter is JSON, and only TOML is read",
    "write `title = \"…\"` and the other keys between two +++ lines",
);
const UNFENCED: (&str, &str) = (
    "the front matter does not stand between two +++ lines",
    "write +++ on a line of its own before the first key, and again behind the last",
);

/// Where a file's first words stand: behind blanks, and behind what cannot be seen.
fn head(text: &str) -> usize {
    let unseen =
        |c: char| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    text.len() - text.trim_start_matches(unseen).len()
}

/// Whether a line is what somebody may have meant as a fence: signs of one sort, and perhaps a word (`;;;`, `++++`, "```toml").
fn is_fence(line: &str) -> bool {
    let Some(sign) = line.chars().next().filter(|c| matches!(c, '+' | '-' | ';' | '~' | '`' | '=' | '%' | '*')) else {
        return false;
    };
    let word = line.trim_start_matches(sign);
    line.len() - word.len() > 1 && word.trim_start().bytes().all(|b| b.is_ascii_lowercase())
}

/// What follows the key that a line begins with, `=` or `:`; none where the line is no key and value.
///
/// Keys are in small letters, so that "Marsh: No." is none.
fn key_of(line: &str) -> Option<char> {
    let key = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-');
    let n = line.bytes().take_while(|b| key(*b)).count();
    let (name, rest) = line.split_at_checked(n)?;
    let value = rest.trim_start_matches([' ', '\t']);
    match value.as_bytes() {
        _ if !name.starts_with(|c: char| c.is_ascii_lowercase()) => None,
        // TOML's values: text, numbers and dates, lists, tables, true and false.
        [b'=', more @ ..] => {
            let more = more.trim_ascii();
            let begins = |b: &u8| b.is_ascii_digit() || matches!(b, b'"' | b'\'' | b'[' | b'{' | b'-' | b'+');
            (more.first().is_some_and(begins) || matches!(more, b"true" | b"false")).then_some('=')
        }
        [b':'] | [b':', b' ' | b'\t' | b'\r' | b'\n', ..] => Some(':'),
        _ => None,
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
        check("---\nMarsh: No.\n", "", "---\nMarsh: No.\n");
        check("***\n\ntitle = \"a\"\n", "", "***\n\ntitle = \"a\"\n");
        check("x = the unknown\n", "", "x = the unknown\n");
        check("\u{200b}+++\na = 1\n+++\nbody", "a = 1\n", "body");
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
        check("---\ntitle: a\n...\nbody", "the front matter is YAML, and only TOML is read");
        check("{\n \"title\": \"a\"\n}\nbody", "the front matter is JSON, and only TOML is read");
        for text in [
            "---\ndraft = true\n---\nbody",
            "++++\ndraft = true\n++++\nbody",
            "+++toml\ndraft = true\n+++\nbody",
            "```toml\ndraft = true\n```\nbody",
            ";;;\n{\"draft\": true}\n;;;\nbody",
            "draft = true\n\nbody",
        ] {
            check(text, "the front matter does not stand between two +++ lines");
        }
    }
}
