//! Sentences, as runs of tokens.

use super::{Token, TokenKind};
use std::ops::Range;

/// Cuts the tokens of one paragraph into sentences: ranges of `tokens`, sorted, covering all of `within`.
///
/// A question or an exclamation that its attribution follows (“Really?” Marsh asked) is one sentence with it:
/// `reports` says of a token whether it is a word that reports speech.
pub fn sentences(
    text: &str,
    tokens: &[Token],
    within: Range<usize>,
    reports: impl Fn(usize) -> bool,
    out: &mut Vec<Range<usize>>,
) {
    let mut start = within.start;
    let mut i = within.start;
    while i < within.end {
        if ends_sentence(tokens, text, i, within.end) {
            let hard = matches!(tokens[i].of(text), "?" | "!");
            let mut next = i + 1;
            let mut closed = false;
            while next < within.end && is_closing(tokens, text, next) {
                closed = true;
                next += 1;
            }
            let attributed = hard && closed && (next..within.end.min(next + 6)).any(&reports);
            if next < within.end && begins(tokens[next].of(text)) && !attributed {
                out.push(start..next);
                start = next;
            }
            i = next;
        } else {
            i += 1;
        }
    }
    if start < within.end {
        out.push(start..within.end);
    }
}

#[inline]
fn ends_sentence(tokens: &[Token], text: &str, i: usize, end: usize) -> bool {
    let token = tokens[i];
    let last = text.as_bytes().get((token.end as usize).wrapping_sub(1));
    match (token.kind, last) {
        (TokenKind::Sign, Some(b'.')) => matches!(token.end - token.start, 1 | 3..),
        (TokenKind::Sign, Some(b'?' | b'!')) => true,
        (TokenKind::Sign, Some(0x80..)) => token.of(text) == "…",
        // "7 p.m. The ferry": an abbreviation of small letters before a capital.
        (TokenKind::Word, Some(b'.')) => {
            token.of(text).ends_with(".m.") && i + 1 < end && tokens[i + 1].of(text).starts_with(char::is_uppercase)
        }
        _ => false,
    }
}

/// Whether a closing mark stands at `i`, hard against the token before it.
fn is_closing(tokens: &[Token], text: &str, i: usize) -> bool {
    let close = matches!(tokens[i].of(text), "”" | "\"" | "’" | "'" | "''" | "’’" | ")" | "]" | "»");
    close && tokens[i].start == tokens[i - 1].end
}

fn begins(word: &str) -> bool {
    !word.starts_with(|c: char| {
        c.is_lowercase() || matches!(c, ',' | ';' | ':' | '.' | '?' | '!' | '-' | '–' | '—' | ')' | '…')
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let check = |text: &str, expected: &[&str]| {
            let mut cut = Vec::new();
            tokens(text, 0, text.len(), |w| matches!(w, "Mr" | "Dr"), &mut cut);
            let mut out = Vec::new();
            sentences(text, &cut, 0..cut.len(), |i| cut[i].of(text) == "asked", &mut out);
            let found: Vec<&str> =
                out.iter().map(|r| &text[cut[r.start].start as usize..cut[r.end - 1].end as usize]).collect();
            assert_eq!(found, expected);
        };
        check("Mr. Renn left. He ran.", &["Mr. Renn left.", "He ran."]);
        check("“Really?” Marsh asked. “Yes.”", &["“Really?” Marsh asked.", "“Yes.”"]);
        check("“It is over.” The crowd left.", &["“It is over.”", "The crowd left."]);
        check("It sank at 7 p.m. The crew swam.", &["It sank at 7 p.m.", "The crew swam."]);
        check("“Well… maybe,” she said.", &["“Well… maybe,” she said."]);
        check("The U.S. ferry", &["The U.S. ferry"]);
    }
}
