//! Where the front matter of a file ends and its text begins.

use crate::diag::{Code, Diagnostic, Noted, codes};
use crate::text::{FileSpan, is_unseen};
use std::borrow::Cow;
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
    let refuse = |(message, help): (&str, &str)| {
        let one = Diagnostic::new(FRONT_MATTER, path, message)
            .at(text, FileSpan::new(head, head + first.len()), "opened here")
            .note(note)
            .help(help);
        Noted::new(None, vec![one])
    };
    if is_line(first, "+++") {
        let below = next_line(text, head);
        let Some(end) = closing(text, below, "+++") else { return refuse(UNCLOSED) };
        let (toml, body) = (below..end, next_line(text, end));
        // Two fences in a row, and the keys behind them.
        let is_empty = first_said(text, below).0 == end;
        let (at, line) = first_said(text, body);
        if is_empty && key_of(line, Where::Below).is_some() && closing(text, at, "+++").is_some() {
            return refuse(UNFENCED);
        }
        return Noted::clean(Some(Parted { toml, body }));
    }
    match opening(text, head) {
        Some(wrong) => refuse(wrong),
        None => Noted::clean(Some(Parted { toml: 0..0, body: 0 })),
    }
}

/// Whether a text that has no front matter opens with some nevertheless, right or wrong.
pub(crate) fn is_opened(text: &str) -> bool {
    let head = head(text);
    let (first, below) = (line_at(text, head), next_line(text, head));
    let is_fenced =
        || key_of(first_said(text, below).1, Where::Below).is_some() && closing(text, below, "+++").is_some();
    opening(text, head).is_some() || is_line(first, "+++") && is_fenced()
}

/// What is wrong with the front matter that a text opens with at `head`, if it is some, and not between `+++` lines.
///
/// Fences of other signs are told by a key below them, behind blank lines and comments where there is a closing fence;
/// a thematic break and a heading look alike but for the key.
fn opening(text: &str, head: usize) -> Option<(&'static str, &'static str)> {
    let (first, below) = (line_at(text, head), next_line(text, head));
    let line = seen(first);
    let line = line.trim();
    if line.starts_with("<!--") {
        // Whatever a comment hides, front matter behind it does not stand at the head.
        let end = text.get(head..).and_then(|rest| rest.find("-->")).map(|end| head + end + 3)?;
        let rest = text.get(end..).unwrap_or_default();
        let is_fenced = is_line(line_at(rest, self::head(rest)), "+++") || opening_below(rest);
        return is_fenced.then_some(UNFENCED);
    }
    let inside = text.get(head..).and_then(|rest| rest.strip_prefix('{')).map(str::trim_start);
    if line == "{" || inside.is_some_and(|inside| inside.starts_with('"')) {
        return Some(JSON);
    }
    if line.starts_with("%YAML") {
        return Some(YAML);
    }
    if key_of(line, Where::First) == Some('=') {
        return Some(UNFENCED);
    }
    let (sign, word) = fence(line)?;
    let word = word.trim();
    let (at, said) = first_said(text, below);
    let (key, is_next) = (key_of(said, Where::Below), at == below);
    let is_closed = || closing(text, below, &line[..sign]).is_some();
    if line.starts_with("---") && sign == 3 && (word.is_empty() || word.starts_with('#')) {
        let is_yaml = match is_next {
            true => said.contains(':') && (key == Some(':') || is_closed()),
            false => key == Some(':') && is_closed(),
        };
        if is_yaml {
            return Some(YAML);
        }
    }
    // `+++ draft = true +++`
    if key_of(word, Where::Below) == Some('=') {
        return Some(UNFENCED);
    }
    let is_fence = word.bytes().all(|b| b.is_ascii_lowercase()) || word.starts_with('#');
    let is_front_matter = key.is_some() && (is_next || is_closed()) || is_next && said.starts_with('{');
    (is_fence && is_front_matter).then_some(UNFENCED)
}

/// Whether what stands behind a comment opens with front matter.
fn opening_below(text: &str) -> bool {
    // One comment is enough.
    let head = head(text);
    !line_at(text, head).starts_with("<!--") && opening(text, head).is_some()
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
    text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c)).len()
}

/// A line without what cannot be seen.
fn seen(line: &str) -> Cow<'_, str> {
    match line.contains(is_unseen) {
        true => line.chars().filter(|c| !is_unseen(*c)).collect::<String>().into(),
        false => line.into(),
    }
}

/// Whether a line shows nothing but `fence`.
fn is_line(line: &str, fence: &str) -> bool {
    line.trim_end() == fence || line.contains(is_unseen) && seen(line).trim() == fence
}

/// The first line from `at` on that says something, and where it begins: no blank one and no comment.
fn first_said(text: &str, at: usize) -> (usize, &str) {
    let mut at = at;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        let said = line.trim();
        if !said.is_empty() && !said.starts_with('#') {
            return (at, said);
        }
        at += line.len();
    }
    (at, "")
}

/// How many signs somebody may have meant as a fence a line begins with, all of one sort, and what is behind them: a
/// word perhaps (`;;;`, `++++`, "```toml").
fn fence(line: &str) -> Option<(usize, &str)> {
    let sign = line.chars().next().filter(|c| matches!(c, '+' | '-' | ';' | '~' | '`' | '=' | '%' | '*'))?;
    let word = line.trim_start_matches(sign);
    let n = line.len() - word.len();
    (n > 1).then_some((n, word))
}

/// Where a line stands that may hold a key.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// At the head of the text, where words are expected.
    First,
    /// Below a fence.
    Below,
}

/// Keys that people write with a capital in YAML: of other words with a colon, "Marsh: No." is more likely.
const CAPITAL: &[&str] = &[
    "aliases",
    "author",
    "authors",
    "byline",
    "categories",
    "date",
    "description",
    "draft",
    "headline",
    "kicker",
    "lang",
    "layout",
    "photos",
    "published",
    "section",
    "slug",
    "status",
    "summary",
    "tags",
    "title",
    "updated",
];

/// What follows the key that a line begins with, `=` or `:`; none where the line is no key and value. The head of a
/// table counts as a key with `=`.
///
/// Unless they stand below a fence keys are in small letters and without quotation marks.
fn key_of(line: &str, stands: Where) -> Option<char> {
    let below = stands == Where::Below;
    if let Some(table) = line.strip_prefix('[').filter(|_| below) {
        let name = table.strip_prefix('[').unwrap_or(table).trim_end().trim_end_matches(']');
        let is_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-' | b'.');
        return (line.trim_end().ends_with(']') && !name.is_empty() && name.bytes().all(is_name)).then_some('=');
    }
    let quote = line.chars().next().filter(|c| below && matches!(c, '"' | '\''));
    let (name, rest) = match quote {
        Some(quote) => line.get(1..)?.split_once(quote)?,
        None => {
            let key = |b: u8| {
                b.is_ascii_lowercase()
                    || b.is_ascii_digit()
                    || matches!(b, b'_' | b'-')
                    || below && (b.is_ascii_uppercase() || b == b'.')
            };
            line.split_at_checked(line.bytes().take_while(|b| key(*b)).count())?
        }
    };
    let begins = |c: char| if below { c.is_ascii_alphabetic() } else { c.is_ascii_lowercase() };
    if quote.is_none() && !name.starts_with(begins) {
        return None;
    }
    match rest.trim_start_matches([' ', '\t']).as_bytes() {
        // TOML's values: text, numbers and dates, lists, tables, true and false.
        [b'=', more @ ..] => {
            let more = more.trim_ascii();
            let begins = |b: &u8| b.is_ascii_digit() || matches!(b, b'"' | b'\'' | b'[' | b'{' | b'-' | b'+');
            let is_truth =
                || [&b"true"[..], b"false"].iter().any(|word| more.strip_prefix(*word).is_some_and(ends_word));
            (more.first().is_some_and(begins) || is_truth()).then_some('=')
        }
        [b':'] | [b':', b' ' | b'\t' | b'\r' | b'\n', ..] => {
            let is_small = !name.contains(|c: char| c.is_ascii_uppercase());
            (is_small || CAPITAL.contains(&&*name.to_ascii_lowercase())).then_some(':')
        }
        _ => None,
    }
}

/// Whether no word goes on here.
fn ends_word(rest: &[u8]) -> bool {
    rest.first().is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_')
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
        if is_line(line, fence) {
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
        check("\u{2066}+++\u{200b}\na = 1\n+\u{fe0f}++\nbody", "a = 1\n", "body");
        check("+++\n# none yet\n+++\nbody", "# none yet\n", "body");
        for text in [
            "---\n\n# Heading\n\nWords: none.\n",
            "---\n\nsaid: no\n",
            "***\n\nMarsh: No.\n\n***\n",
            "{ braces }",
            "<!-- a comment -->\n\nWords.\n\n---\n",
            "-- Words: none",
            "*** [a link] ***\n",
        ] {
            check(text, "", text);
        }
    }

    #[test]
    fn front_matter_is_known_whatever_its_first_line_says() {
        for text in [
            "+++\n# x\ndraft = true\n+++\nbody",
            "+++\n\ndraft = true\n+++\nbody",
            "+++\n\"title\" = \"a\"\n+++\nbody",
            "+++\nTitle = \"a\"\n+++\nbody",
            "+++\n  draft = true\n+++\nbody",
            "+++\nextra.a = 1\n+++\nbody",
            "+++\n[extra]\na = 1\n+++\nbody",
            "---\nTitle: A\nDraft: true\n---\nbody",
            "{ \"title\": \"A\", \"draft\": true }\nbody",
        ] {
            assert!(is_opened(text), "{text:?}");
        }
        for text in ["+++\nWords.\n+++\nMore.", "+++ More to come +++\n\nWords.", "---\nMarsh: No.\n", "Words = more\n"]
        {
            assert!(!is_opened(text), "{text:?}");
        }
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
            "---\n# a comment\ntitle: a\ndraft: true\n---\nbody",
            "---\n\ntitle: a\n---\nbody",
            "--- # my draft\ntitle: a\n---\nbody",
            "---\n\"title\": a\n---\nbody",
            "---\n  title: a\n---\nbody",
            "---\nTitle: a\nDraft: true\n---\nbody",
            "%YAML 1.2\n---\ntitle: a\n",
        ] {
            check(text, "the front matter is YAML, and only TOML is read");
        }
        for text in ["{\t\"draft\": true}\nbody", "{\n\n  \"title\": \"a\"\n}\nbody", "{\"draft\": true}\nbody"] {
            check(text, "the front matter is JSON, and only TOML is read");
        }
        for text in [
            "+++\n+++\ndraft = true\n+++\nbody",
            "+++ draft = true +++\nbody",
            "<!-- c -->\n+++\ndraft = true\n+++\nbody",
            "---\nextra.a = 1\n---\nbody",
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
