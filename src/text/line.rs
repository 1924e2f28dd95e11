//! Words as one line that a page can show.

use super::bidi;

/// Whether a sign is none that a page shows, and acts nevertheless: a control character that is no white space, or a turn
/// of direction.
pub fn is_unprintable(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || bidi::turns(c)
}

/// Text without such signs, as an entity or escape may have brought them; its white space stays.
pub fn printable(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_unprintable(*c))
}

/// White space collapsed to single blanks, unprintable signs left out; may be empty.
pub fn line(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let held = out.len();
        if held > 0 {
            out.push(' ');
        }
        let filled = out.len();
        out.extend(printable(word));
        if out.len() == filled {
            out.truncate(held);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_words_and_blanks_alone() {
        let check = |words: &str, expected: &str| assert_eq!(line(words), expected, "{words:?}");
        check(" Port\t Ansel\r\nTrust ", "Port Ansel Trust");
        check("t\u{202e}\u{1b}[31m\u{7} \u{2069} x", "t[31m x");
        check("\u{5d0}\u{200f} a\u{200d}b", "\u{5d0}\u{200f} a\u{200d}b");
        check(" \u{202a}\u{7f} ", "");
    }

    #[test]
    fn white_space_stays_in_what_is_printable() {
        assert_eq!(printable("a\n\tb\r\u{1b}\u{85}\u{2066}c").collect::<String>(), "a\n\tbc");
    }
}
