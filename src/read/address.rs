//! Which addresses an article may lead to.

use crate::text::is_unseen;

/// A link's address in the form it may be printed; none where it is refused.
///
/// Allowed are `http`, `https`, `mailto`, `#…` and addresses within the site. White space and the
/// signs that could end an attribute come out percent-encoded. Anything before a first `:` counts as
/// a scheme, so that no spelling of `javascript:` that some browser forgives gets through.
pub(super) fn link(given: &str) -> Option<Box<str>> {
    let given = given.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    if given.is_empty() || hides(given) || leads_away(given) {
        return None;
    }
    match scheme(given) {
        Some(scheme) if !["http", "https", "mailto"].contains(&scheme.to_ascii_lowercase().as_str()) => None,
        _ => Some(encoded(given).into()),
    }
}

/// A picture's address: a path as the file lies on disk, or an `http` or `https` address.
///
/// None for anything else. `%20` and the like in a path are resolved, since editors write them for blanks.
pub(super) fn picture(given: &str) -> Option<Box<str>> {
    let checked = link(given)?;
    match scheme(&checked) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto") => None,
        Some(_) => Some(checked),
        None => {
            let path = checked.split(['?', '#']).next().unwrap_or_default();
            let path = decoded(path)?;
            let sound = !path.trim().is_empty() && !hides(&path);
            (sound && !leads_away(&path)).then(|| path.into())
        }
    }
}

/// A picture's file as front matter names it: a path as it is written, or an `http` or `https` address.
///
/// None for anything else. `#`, `?` and `%` are letters of a name here; whoever looks for the file and finds none of this
/// name may take it for an address.
pub(super) fn file(given: &str) -> Option<Box<str>> {
    let given = given.trim_matches(|c: char| c.is_whitespace() || c.is_control());
    match scheme(given) {
        Some(_) => picture(given),
        None => {
            let sound = !given.is_empty() && !hides(given);
            (sound && !leads_away(given)).then(|| given.into())
        }
    }
}

/// What stands before a `:` that comes before any `/`, `?` or `#`.
fn scheme(address: &str) -> Option<&str> {
    let end = address.find([':', '/', '?', '#'])?;
    address[end..].starts_with(':').then(|| &address[..end])
}

/// Whether an address without scheme names another host; browsers read `\` as `/`.
fn leads_away(address: &str) -> bool {
    let mut first = address.chars();
    matches!((first.next(), first.next()), (Some('\\'), _) | (Some('/'), Some('/' | '\\')))
}

/// Whether an address holds signs that are not seen, so that it looks like another.
///
/// Variation selectors and tags are seen where they make an emoji: `☀️`, `1️⃣`, the flag of a region.
fn hides(address: &str) -> bool {
    let mut before = '\0';
    let mut chars = address.chars().peekable();
    while let Some(c) = chars.next() {
        let is_drawn = match c {
            '\u{fe0e}' | '\u{fe0f}' => is_symbol(before) || chars.peek() == Some(&'\u{20e3}'),
            '\u{e0020}'..='\u{e007f}' => matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'),
            _ => false,
        };
        if is_unseen(c) && !is_drawn || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            return true;
        }
        before = c;
    }
    false
}

/// Whether a sign stands among those that a variation selector makes an emoji or keeps from being one
/// (emoji-variation-sequences.txt), keys aside.
fn is_symbol(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{203c}'..='\u{2bff}' | '〰' | '〽' | '㊗' | '㊙' | '\u{1f000}'..='\u{1faff}')
        && !is_unseen(c)
}

fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '"' => out.push_str("%22"),
            '\'' => out.push_str("%27"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '`' => out.push_str("%60"),
            '\\' => out.push_str("%5C"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '|' => out.push_str("%7C"),
            '^' => out.push_str("%5E"),
            c if c.is_whitespace() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// Percent-encoding resolved; none where the bytes are not UTF-8.
fn decoded(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(b) = bytes.next() {
        let mut ahead = bytes.clone();
        let pair = (ahead.next().and_then(hex), ahead.next().and_then(hex));
        match (b, pair) {
            (b'%', (Some(high), Some(low))) => {
                out.push(high * 16 + low);
                bytes = ahead;
            }
            _ => out.push(b),
        }
    }
    String::from_utf8(out).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_links_pass() {
        let check = |given: &str, expected: Option<&str>| assert_eq!(link(given).as_deref(), expected, "{given:?}");
        check("https://calder.example/a?b=1#c", Some("https://calder.example/a?b=1#c"));
        check("HTTP://calder.example", Some("HTTP://calder.example"));
        check("mailto:desk@calder.example", Some("mailto:desk@calder.example"));
        check("../harbour/tunnel.md", Some("../harbour/tunnel.md"));
        check("/about/", Some("/about/"));
        check("#record", Some("#record"));
        check("a b\"c<d>", Some("a%20b%22c%3Cd%3E"));
        check("a/b:c", Some("a/b:c"));
        for refused in [
            "",
            " ",
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\u{200b}script:alert(1)",
            "javascript :alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            "//elsewhere.example/",
            "/\\elsewhere.example/",
            "\\\\elsewhere.example\\",
            "ftp://elsewhere.example/",
            "ｊavascript:x",
        ] {
            check(refused, None);
        }
    }

    #[test]
    fn unseen_signs_are_refused_but_where_they_make_an_emoji() {
        for c in "\u{34f}\u{115f}\u{180e}\u{3164}\u{fe0f}\u{ffa0}\u{e0001}\u{e0041}\u{e007f}\u{e0100}".chars() {
            let given = format!("quay{c}.jpg");
            assert_eq!([link(&given), picture(&given), file(&given)], [None, None, None], "{c:?}");
            let escaped: String = given.bytes().map(|byte| format!("%{byte:02x}")).collect();
            assert_eq!(picture(&escaped), None, "{c:?}");
        }
        for emoji in ["☀️", "1️⃣", "Ⓜ️", "㊗️", "🏴\u{e0067}\u{e0062}\u{e007f}", "☀\u{fe0e}"] {
            let given = format!("{emoji} quay.jpg");
            assert_eq!(file(&given).as_deref(), Some(&*given));
            assert_eq!(picture(&given).as_deref(), Some(&*given));
            assert!(link(&given).is_some(), "{given}");
        }
        for refused in ["☀️\u{fe0f}.jpg", "1\u{fe0f}.jpg", "🏴\u{e007f}\u{e0067}.jpg", "☀\u{e0067}.jpg"] {
            assert_eq!(file(refused), None, "{refused:?}");
        }
    }

    #[test]
    fn files_are_named_letter_by_letter() {
        let check = |given: &str, expected: Option<&str>| assert_eq!(file(given).as_deref(), expected, "{given:?}");
        check("ha#sh.jpg", Some("ha#sh.jpg"));
        check(" que?ry.jpg", Some("que?ry.jpg"));
        check("per%41cent.jpg", Some("per%41cent.jpg"));
        check("#1.jpg", Some("#1.jpg"));
        check("my photo\".jpg", Some("my photo\".jpg"));
        check("https://calder.example/a%20b.jpg", Some("https://calder.example/a%20b.jpg"));
        for refused in [
            "",
            " ",
            "javascript:x.jpg",
            "data:image/svg+xml,<svg>",
            "//host/x.jpg",
            "\\\\host\\x.jpg",
            "a\u{202e}.jpg",
            "a\0.jpg",
        ] {
            check(refused, None);
        }
    }

    #[test]
    fn pictures_are_paths_or_web_addresses() {
        let check = |given: &str, expected: Option<&str>| assert_eq!(picture(given).as_deref(), expected, "{given:?}");
        check("tunnel.jpg", Some("tunnel.jpg"));
        check("my%20photo.jpg", Some("my photo.jpg"));
        check("my photo.jpg", Some("my photo.jpg"));
        check("100%.jpg", Some("100%.jpg"));
        check("Šibenik.jpg?v=2", Some("Šibenik.jpg"));
        check("https://calder.example/a%20b.jpg", Some("https://calder.example/a%20b.jpg"));
        check("mailto:a@b.example", None);
        check("#top", None);
        check("data:image/svg+xml,<svg>", None);
        check("a%00b.jpg", None);
        check("%5C%5Chost/x.jpg", None);
        check("%2f%2fhost/x.jpg", None);
        check("%ff.jpg", None);
    }
}
