//! A caption that stands twice: alt text and caption in the same words, or nearly.

use crate::read::credit::{self, CaptionLine, Desk};
use crate::text::is_alphanumeric;

/// How far into the second line the words of the first may begin, in bytes.
const LATE: usize = 24;

/// Whether the second line says the first again, with nothing more than a credit.
///
/// Taught by: "A ferry at dusk. (Ola Brandt/PA)" over "A ferry at dusk. (Ola Brandt/PA) (Ola Brandt/PA)".
pub(super) fn says_again(alt: &str, caption: &str) -> bool {
    let desk = Desk::default();
    end(alt, &credit::caption_line(alt, &desk), caption, || credit::caption_line(caption, &desk)).is_some()
}

/// Where the words that both lines say end in the second.
///
/// `first` is the first line taken apart; `second` takes the second apart, where that is needed.
pub(super) fn end(
    alt: &str,
    first: &CaptionLine,
    caption: &str,
    second: impl FnOnce() -> CaptionLine,
) -> Option<usize> {
    let words = &alt[first.caption.clone()];
    let whole = words.trim_end_matches(['.', '…']);
    // A field with a limit cuts its text short.
    let cut = words.ends_with("...") || words.ends_with('…');
    whole.split_whitespace().nth(if cut { 3 } else { 1 })?;
    let end = starts(caption).find_map(|start| same(whole, &caption[start..]).map(|n| start + n))?;
    let rest = caption[end..]
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '”' | '’' | '"' | '\'' | '!' | '?'));
    let bracketed =
        rest.starts_with(['(', '[']) && rest.trim_end_matches('.').ends_with([')', ']']) && rest.len() <= 240;
    if rest.is_empty() || bracketed {
        return Some(end);
    }
    let line = second();
    let credited = line.credit.is_some() && (cut || line.caption.end <= caption.len() - rest.len());
    credited.then_some(end)
}

/// Whether two lines have the same words, marks and case aside.
pub(super) fn same_words(first: &str, second: &str) -> bool {
    same(first, second).is_some_and(|end| !second[end..].contains(is_alphanumeric))
}

/// Whether a line begins with the words of another, a word or two before them aside.
pub(super) fn begins(words: &str, text: &str) -> bool {
    starts(text).any(|start| same(words, &text[start..]).is_some())
}

/// Where words begin near the head of a line.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    text.char_indices().take_while(|(at, _)| *at <= LATE).filter_map(move |(at, c)| {
        let begins = !is_alphanumeric(before) && is_alphanumeric(c);
        before = c;
        begins.then_some(at)
    })
}

/// Where in `text` the letters and figures of `words` end, if it begins with all of them; case and marks do not matter.
fn same(words: &str, text: &str) -> Option<usize> {
    // Nearly all lines differ in their first letters.
    for (a, b) in words.bytes().zip(text.bytes()) {
        if !a.is_ascii_alphanumeric() || !b.is_ascii_alphanumeric() {
            break;
        }
        if !a.eq_ignore_ascii_case(&b) {
            return None;
        }
    }
    let mut end = 0;
    // Where the last letter of `words` ended: words part where those of `text` do.
    let mut last = 0;
    for (from, c) in words.char_indices().filter(|(_, c)| is_alphanumeric(*c)) {
        let rest = &text[end..];
        let (gap, other) = rest.char_indices().find(|(_, c)| is_alphanumeric(*c))?;
        let parted = end > 0 && (gap > 0) != (from > last);
        if parted || c != other && !c.to_lowercase().eq(other.to_lowercase()) {
            return None;
        }
        end += gap + other.len_utf8();
        last = from + c.len_utf8();
    }
    // Not in the middle of a word.
    (end > 0 && !text[end..].starts_with(is_alphanumeric)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_say_one_thing() {
        let check = |alt: &str, caption: &str, expected: bool| {
            assert_eq!(says_again(alt, caption), expected, "{alt}\n{caption}")
        };
        check("A ferry at dusk", "A ferry at dusk (Ola Brandt/PA)", true);
        check("A ferry at dusk.", "A ferry at dusk", true);
        check("A ‘ferry’ at dusk", "A 'Ferry' at dusk. Photograph: Ola Brandt/PA", true);
        check("Ola Brandt", "Photographer Ola Brandt (PA)", true);
        check(
            "The ferry sails to the far bank of...",
            "The ferry sails to the far bank of the Calder. (Ola Brandt/PA)",
            true,
        );
        check("A ferry at dusk", "A ferry at dusk leaves the quay", false);
        check("A ferry", "A ferryman at dusk (PA)", false);
        check("Ola Brandt", "@olabrandt", false);
        check("Ferry", "Ferry", false);
        check("", "", false);
    }
}
