//! Keeps the reader's terminal safe from the copy that is quoted to it.

use std::borrow::Cow;
use std::ops::Range;

/// Shows what a terminal would act on: control characters as their pictures, marks that turn the
/// direction of text as U+FFFD, a tab as a space.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown).collect())
}

/// As [`clean`], and says where the bytes at `range` came to stand.
pub(super) fn clean_around(text: &str, range: Range<usize>) -> (Cow<'_, str>, Range<usize>) {
    let cut = |from, to| clean(text.get(from..to).unwrap_or_default());
    let (before, inside) = (cut(0, range.start), cut(range.start, range.end));
    let moved = before.len()..before.len() + inside.len();
    if text.contains(acts) {
        (Cow::Owned(format!("{before}{inside}{}", cut(range.end, text.len()))), moved)
    } else {
        (Cow::Borrowed(text), range)
    }
}

/// Whether a terminal, or the order in which it sets the words, would change by this character.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn shown(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        _ if acts(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_and_places_move_along() {
        let check = |text: &str, range: Range<usize>, expected: (&str, &str)| {
            let (shown, moved) = clean_around(text, range);
            assert_eq!((shown.as_ref(), &shown[moved]), expected);
            assert_eq!(shown, clean(text));
        };
        check("She said “no”", 9..17, ("She said “no”", "“no”"));
        check("a\u{1b}[0mb\u{7}c", 5..6, ("a␛[0mb␇c", "b"));
        check("\u{202e}abc\r", 3..6, ("\u{fffd}abc␍", "abc"));
        check("x", 1..1, ("x", ""));
    }
}
