//! Words out of picture files, made fit for a page.

use unicode_normalization::UnicodeNormalization;

/// Longest caption or description kept, in bytes.
pub(super) const LONG: usize = 4000;
/// Longest name, credit or notice kept, in bytes.
pub(super) const SHORT: usize = 500;
/// Most people kept.
pub(super) const MOST_PEOPLE: usize = 40;

/// One clean line of at most `longest` bytes, in NFC; none where no word is left.
///
/// Whoever made the file decides what is in it: control characters, those that turn the direction of writing,
/// and those that are no characters are left out; white space is one space.
pub(super) fn line(words: &str, longest: usize) -> Option<Box<str>> {
    let mut out = String::new();
    let mut gap = false;
    // What is far too long is not even looked at.
    for c in words.chars().take(longest.saturating_mul(2)).nfc() {
        if c.is_whitespace() || (c.is_control() && c != '\0') {
            gap = !out.is_empty();
        } else if is_shown(c) {
            if out.len() + usize::from(gap) + c.len_utf8() > longest {
                break;
            }
            if std::mem::take(&mut gap) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    (!out.is_empty()).then(|| out.into())
}

fn is_shown(c: char) -> bool {
    !matches!(c,
        '\0' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}')
        && (c as u32) & 0xfffe != 0xfffe
        && (c as u32) < 0xf_0000
}

/// An address that a page may link to; none for any but `https:` and `http:`.
pub(super) fn web_address(words: &str) -> Option<Box<str>> {
    let address = line(words, SHORT)?;
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let plain =
        |c: char| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '\\' | '`' | '\'' | '{' | '}' | '|' | '^');
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (!host.is_empty() && !host.contains('@') && rest.chars().all(plain) && address.len() < SHORT).then_some(address)
}

/// "2031-11-14" from any of the forms that files use: `2031-11-14T09:00:00`, `2031:11:14 09:00:00`, `20311114`.
pub(super) fn day(words: &str) -> Option<Box<str>> {
    let digits: String = words.chars().take(10).filter(char::is_ascii_digit).collect();
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (date.year() >= 1826).then(|| date.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_clean_and_short() {
        let check = |words: &str, longest: usize, expected: Option<&str>| {
            assert_eq!(line(words, longest).as_deref(), expected, "{words:?}");
        };
        check("  Ingrid\r\n\tMarsh ", 500, Some("Ingrid Marsh"));
        check("\u{202e}hsraM\u{202c}\u{200f} \u{1b}[31mred\u{0}", 500, Some("hsraM [31mred"));
        check("\u{feff}\u{fffd}\0 \n", 500, None);
        check("Po\u{308}rt", 500, Some("Pört"));
        check("one two three", 7, Some("one two"));
        check("öööö", 5, Some("öö"));
        check("Marsh\u{1}Renn", 500, Some("Marsh Renn"));
    }

    #[test]
    fn addresses_lead_to_the_web() {
        let check = |words: &str, expected: bool| assert_eq!(web_address(words).is_some(), expected, "{words:?}");
        check("https://northsound.example/licence?id=4#a", true);
        check(" http://northsound.example ", true);
        check("javascript:alert(1)", false);
        check("https://", false);
        check("https:///x", false);
        check("https://user@host/x", false);
        check("https://host/\"onload=x", false);
        check("https://host/a b", false);
        check("northsound.example", false);
    }

    #[test]
    fn days_are_read_in_all_their_forms() {
        let check = |words: &str, expected: Option<&str>| assert_eq!(day(words).as_deref(), expected, "{words:?}");
        check("2031-11-14T09:30:00Z", Some("2031-11-14"));
        check("2031:11:14 09:30:00", Some("2031-11-14"));
        check("20311114", Some("2031-11-14"));
        check("2031-13-14", None);
        check("0000:00:00 00:00:00", None);
        check("2031", None);
        check("vor zwei Jahren", None);
    }
}
