//! Keeps the reader's terminal safe from the copy that is quoted to it.

use crate::text::is_unseen;
use std::borrow::Cow;
use std::ops::Range;

/// Shows what a terminal would act on and what nobody would see: control characters as their pictures, marks that turn
/// the direction of text and letters without width as U+FFFD, a tab as a space.
///
/// What joins letters or keeps them apart (U+200C, U+200D) stays, and so do variation selectors and tags: Persian,
/// Mongolian and emoji are written with them.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown).collect())
}

/// As [`clean`], for words of several lines, which stay.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && acts(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if c == '\n' { c } else { shown(c) }).collect())
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

/// Whether a terminal, or the order in which it sets the words, would change by this character, or nobody would see it.
fn acts(c: char) -> bool {
    // Scripts and emoji are written with these.
    let is_needed = matches!(c, '\u{ad}' | '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180d}' | '\u{180f}'
        | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}');
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_unseen(c) && !is_needed
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
        check("In\u{200b}grid\u{2060} Marsh", 0..9, ("In\u{fffd}grid\u{fffd} Marsh", "In\u{fffd}grid"));
    }

    #[test]
    fn every_sign_that_turns_words_or_is_not_seen_is_shown() {
        for c in
            "\u{61c}\u{115f}\u{180e}\u{200b}\u{200e}\u{200f}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{3164}\u{feff}\u{fffb}\u{e0001}".chars()
        {
            assert_eq!(clean(&format!("a{c}b")), "a\u{fffd}b", "{c:?}");
            assert_eq!(clean_lines(&format!("a{c}\nb")), "a\u{fffd}\nb", "{c:?}");
        }
        // “می‌خواهم” has a mark that keeps letters apart, the family one that joins.
        for words in ["می\u{200c}خواهم", "👩\u{200d}👧", "☀\u{fe0f}", "a\u{ad}b", "e\u{301}"] {
            assert_eq!(clean(words), words);
        }
    }

    #[test]
    fn lines_stay_where_words_have_several() {
        assert!(matches!(clean_lines("She said\n\n“no”\n"), Cow::Borrowed(_)));
        assert_eq!(clean_lines("\u{1b}[0mShe\tsaid\n\n“\u{202e}no”\r\n"), "␛[0mShe said\n\n“\u{fffd}no”␍\n");
    }
}
