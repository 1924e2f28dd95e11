//! Address-safe names.

use super::is_unseen;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest slug in bytes; a longer one is cut at a word.
const LONGEST: usize = 80;

/// Makes a slug: lower case, accents off, words joined by hyphens, apostrophes dropped.
///
/// Letters and digits of every script stay, so that a name in Cyrillic keeps an address of its own.
/// Empty only where the text holds no letter and no digit.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(LONGEST));
    let mut gap = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        // The fillers of Hangul are letters that nobody sees.
        if c.is_alphanumeric() && !is_unseen(c) {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            match plain(c) {
                Some(letters) => out.push_str(letters),
                None => out.push(c),
            }
        } else if !matches!(c, '\'' | '’' | '‘' | 'ʼ') {
            gap = true;
        }
        if out.len() > LONGEST {
            let end = out.rfind('-').filter(|&i| i > 20).unwrap_or_else(|| floor_boundary(&out, LONGEST));
            out.truncate(end);
            break;
        }
    }
    out
}

/// Letters that do not come apart under NFKD but have a usual plain spelling.
pub(crate) fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ð' | 'đ' => "d",
        'þ' => "th",
        'ł' => "l",
        'ı' => "i",
        _ => return None,
    })
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_plain_and_stable() {
        let check = |text: &str, expected: &str| assert_eq!(slug(text), expected);
        check(
            "Calder tunnel ‘will open before the first frost’, minister insists",
            "calder-tunnel-will-open-before-the-first-frost-minister-insists",
        );
        check("Seán O’Brien", "sean-obrien");
        check("Łódź – Straße", "lodz-strasse");
        check("  ../../etc/passwd ", "etc-passwd");
        check("“…”", "");
        check("\u{3164}\u{115f}\u{ffa0}", "");
        check("Ola\u{3164}Brandt", "ola-brandt");
        check("Пётр Смирнов", "петр-смирнов");
    }
}
