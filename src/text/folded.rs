//! Words as a search compares them: case, accents and apostrophes aside.

use super::is_alphanumeric;
use super::slug::plain;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word in characters; what follows is not compared.
const LONGEST: usize = 40;

/// Calls `each` with every word of a text in its order: where its letters stand in `text`, and the word folded.
///
/// A word is a run of letters and digits after compatibility decomposition (Unicode NFKD), in lower case, without
/// accents. An apostrophe inside it is dropped ("O’Dell" is `odell`), and with it the s of a possessive ("Merrow’s"
/// is `merrow`). Scripts that put no blanks between words (Han, kana, Thai and its neighbours) give one word for each
/// letter. Words are never stemmed: whoever looks for what was said looks for these very words.
/// `static/search.js` folds what a reader types by the same rules; `tests/folded.json` holds both to them.
pub fn folded(text: &str, mut each: impl FnMut(Range<usize>, &str)) {
    let mut word = Word::default();
    let mut at = 0;
    loop {
        // Nearly every word of copy is folded as it stands.
        if word.letters == 0 {
            while let Some(end) = as_it_stands(text, at) {
                if end > at {
                    each(at..end, &text[at..end]);
                }
                at = end + 1;
            }
        }
        let Some(c) = text[at..].chars().next() else { break };
        let (at, next) = (at, &mut at);
        *next += c.len_utf8();
        if c.is_ascii_alphanumeric() {
            word.push(at..at + 1, c.to_ascii_lowercase());
        } else if matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇') {
            word.apostrophe = (!word.text.is_empty()).then_some((word.text.len(), at));
        } else if c.is_ascii() {
            word.end(&mut each);
        } else if !is_ignored(c) {
            for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part)) {
                for lower in part.to_lowercase().filter(|lower| !is_combining_mark(*lower)) {
                    if !is_alphanumeric(lower) {
                        word.end(&mut each);
                    } else if is_unspaced(lower) {
                        word.end(&mut each);
                        word.push(at..at + c.len_utf8(), lower);
                        word.end(&mut each);
                    } else {
                        match plain(lower) {
                            Some(letters) => {
                                letters.chars().for_each(|letter| word.push(at..at + c.len_utf8(), letter));
                            }
                            None => word.push(at..at + c.len_utf8(), if lower == 'ς' { 'σ' } else { lower }),
                        }
                    }
                }
            }
        }
    }
    word.end(&mut each);
}

/// Where the run of plain small letters and digits that begins at `at` ends, if it is a whole word by what follows, a
/// sign of ASCII that parts words: the word is then folded as it stands. Of no letters at all where such a sign stands
/// at `at`.
fn as_it_stands(text: &str, at: usize) -> Option<usize> {
    let rest = &text.as_bytes()[at..];
    let letters = rest.iter().take(LONGEST + 1).take_while(|b| b.is_ascii_lowercase() | b.is_ascii_digit()).count();
    let behind = *rest.get(letters)?;
    let parts = behind.is_ascii() && !behind.is_ascii_alphanumeric() && behind != b'\'';
    (parts && letters <= LONGEST).then_some(at + letters)
}

/// The word being read.
#[derive(Default)]
struct Word {
    at: Range<usize>,
    text: String,
    letters: usize,
    /// Bytes of `text` before its last apostrophe, and where that stands.
    apostrophe: Option<(usize, usize)>,
}

impl Word {
    fn push(&mut self, at: Range<usize>, letter: char) {
        if self.letters == 0 {
            self.at.start = at.start;
        }
        self.at.end = at.end;
        self.letters += 1;
        if self.letters <= LONGEST {
            self.text.push(letter);
        }
    }

    fn end(&mut self, each: &mut impl FnMut(Range<usize>, &str)) {
        if self.letters > 0 {
            let possessive = self.apostrophe.filter(|(before, _)| &self.text[*before..] == "s");
            let (letters, end) = possessive.unwrap_or((self.text.len(), self.at.end));
            each(self.at.start..end, &self.text[..letters]);
            self.text.clear();
            self.letters = 0;
        }
        self.apostrophe = None;
    }
}

/// Marks that are not seen and part no word.
fn is_ignored(c: char) -> bool {
    let is_format = matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}');
    is_format || is_combining_mark(c)
}

/// Whether words of the letter's script are written without blanks.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        folded(text, |_, word| out.push(word.to_owned()));
        out
    }

    #[test]
    fn words_are_folded() {
        let check = |text: &str, expected: &str| assert_eq!(words(text).join("|"), expected, "{text}");
        check("“The bore is dry,” Ms Marsh’s aide said.", "the|bore|is|dry|ms|marsh|aide|said");
        check("Seán O’Dell won't wait", "sean|odell|wont|wait");
        check("the Boatmen’s Union, the Ansels’ boat", "the|boatmen|union|the|ansels|boat");
        check("‘Tis rock ’n’ roll", "tis|rock|n|roll");
        check("Łódź Straße Æsir", "lodz|strasse|aesir");
        check("50-year-old £1,200.50", "50|year|old|1|200|50");
        check("ΟΔΟΣ Пётр İstanbul", "οδοσ|петр|istanbul");
        check("ﬁnance ½ x²", "finance|1|2|x2");
        check("東京の塔", "東|京|の|塔");
        check("co\u{ad}operate e\u{301}tude", "cooperate|etude");
        check("<b>x</b> & \"y\"", "b|x|b|y");
        check("", "");
        assert_eq!(words(&"a".repeat(1000)), ["a".repeat(LONGEST)]);
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let mut out = Vec::new();
        folded("“Dry,” said É. Marsh’s", |at, word| out.push((at, word.to_owned())));
        assert_eq!(
            out.iter().map(|(at, word)| (at.clone(), &**word)).collect::<Vec<_>>(),
            [(3..6, "dry"), (11..15, "said"), (16..18, "e"), (20..25, "marsh")]
        );
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,80}") {
            let once = words(&text);
            prop_assert!(once.iter().all(|word| !word.is_empty()));
            prop_assert_eq!(words(&once.join(" ")), once);
        }
    }
}
