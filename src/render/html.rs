//! Text becomes HTML in this one place.

use crate::text::scan;
use crate::words::{Piece, Words, direction};
use std::io::{self, Write};

/// Stands on both sides of the place of a fragment while a page is drawn; no page has it at last.
///
/// A control code that HTML does not allow (HTML Standard, 13.2.3.5) and that reading has removed from copy.
pub(super) const MARK: char = '\u{1}';

/// Appends markup to a `String`: literals as they are, `(words)` escaped, `[numbers]` in digits.
macro_rules! html {
    ($out:expr; $($part:tt)*) => {{
        $(crate::render::html::html!(@ $out, $part);)*
    }};
    (@ $out:expr, ($words:expr)) => { crate::render::html::escape($words, $out) };
    (@ $out:expr, [$number:expr]) => { crate::text::number::padded($number as i64, 0, $out) };
    (@ $out:expr, $markup:literal) => { $out.push_str($markup) };
}
pub(super) use html;

/// Appends a phrase of the theme, escaped; `fill` appends the markup that belongs into a place.
pub(super) fn phrase(
    words: &Words,
    key: &str,
    n: Option<usize>,
    out: &mut String,
    mut fill: impl FnMut(&str, &mut String),
) {
    let Some(phrase) = words.phrase(key, n.map(|n| n as u64)) else { return };
    for piece in phrase.pieces() {
        match (piece, n) {
            (Piece::Text(words) | Piece::Stretch(_, words), _) => escape(words, out),
            (Piece::Slot(place), Some(n)) if &**place == "n" => number(words, n, out),
            (Piece::Slot(place), _) => fill(place, out),
        }
    }
}

/// Appends a counted phrase without other places.
pub(super) fn counted(words: &Words, key: &str, n: usize, out: &mut String) {
    phrase(words, key, Some(n), out, |_, _| {});
}

fn number(words: &Words, n: usize, out: &mut String) {
    words.locale().number_to(i64::try_from(n).unwrap_or(i64::MAX), out);
}

/// Appends the attributes of words in another language than the site's: ` lang="ar" dir="rtl"`, the second where they
/// run the other way. Nothing where there is none.
pub(super) fn spoken(lang: Option<&str>, words: &Words, out: &mut String) {
    let Some(lang) = lang else { return };
    html!(out; r#" lang=""# (lang) r#"""#);
    let dir = direction(lang);
    if dir != words.locale().dir {
        html!(out; r#" dir=""# (dir) r#"""#);
    }
}

/// Appends `text` to `out`, safe between tags and inside a quoted attribute.
///
/// Escapes `&`, `<`, `>`, `"` and `'`; everything else passes as it is, but for the control code U+0001.
/// Source: HTML Standard, 13.2.5.1 (data state) and 13.2.5.36 (attribute value states).
pub fn escape(text: &str, out: &mut String) {
    for (plain, entity) in pieces(text) {
        out.push_str(plain);
        out.push_str(entity);
    }
}

/// The same escape, for the template engine.
pub(super) fn escape_to(text: &str, out: &mut dyn Write) -> io::Result<()> {
    for (plain, entity) in pieces(text) {
        out.write_all(plain.as_bytes())?;
        out.write_all(entity.as_bytes())?;
    }
    Ok(())
}

/// Stretches that need no escape, each with the entity that follows it; the last has none.
fn pieces(text: &str) -> impl Iterator<Item = (&str, &'static str)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let here = rest?;
        // All are ASCII, so the byte offset is a character boundary.
        let Some(at) = scan::first(here.as_bytes(), is_escaped) else {
            rest = None;
            return Some((here, ""));
        };
        rest = Some(&here[at + 1..]);
        let entity = match here.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // Words cannot pass for a fragment's place.
            _ => "\u{fffd}",
        };
        Some((&here[..at], entity))
    })
}

/// Whether a byte does not stand in a page as it is.
fn is_escaped(byte: u8) -> bool {
    (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte == b'\'') | (byte == MARK as u8)
}

/// Turns the five entities of [`escape`] back into text; for tests of the round trip.
#[cfg(test)]
pub(super) fn unescape(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut out = String::new();
        escape(text, &mut out);
        assert_eq!(out, expected);
        let mut bytes = Vec::new();
        escape_to(text, &mut bytes).unwrap();
        assert_eq!(bytes, expected.as_bytes());
        assert_eq!(unescape(expected), text);
    }

    #[test]
    fn five_characters_are_escaped_and_nothing_else() {
        check("", "");
        check("The ferry’s “last” boat — 5 %", "The ferry’s “last” boat — 5 %");
        check("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;");
        check("&amp;", "&amp;amp;");
        check("</script><!--", "&lt;/script&gt;&lt;!--");
        check("'", "&#39;");
    }
}
