//! Short stable names made from words or bytes.

use super::is_alphanumeric;
use sha2::{Digest, Sha256};

/// RFC 4648 §6 in lower case: letters and digits that survive addresses, file systems and reading aloud.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The first `len` base-32 characters of a digest, in lower case; at most 51.
pub fn base32(digest: &[u8; 32], len: usize) -> String {
    (0..len.min(51))
        .map(|i| {
            // Five bits from bit 5 i; they may lie over two bytes. 51 × 5 bits end inside the digest.
            let (byte, bit) = (i * 5 / 8, i * 5 % 8);
            let pair = u16::from(digest[byte]) << 8 | digest.get(byte + 1).map_or(0, |b| u16::from(*b));
            char::from(ALPHABET[usize::from(pair >> (11 - bit) & 31)])
        })
        .collect()
}

/// A digest in base 64 (RFC 4648 §4), as content security policies write it.
pub fn base64(digest: &[u8; 32]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(44);
    for three in digest.chunks(3) {
        let bits = three.iter().chain([&0; 2]).take(3).fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        (0..=three.len()).for_each(|i| out.push(char::from(ALPHABET[bits >> (18 - 6 * i) & 63])));
        (three.len()..3).for_each(|_| out.push('='));
    }
    out
}

/// A number of some bytes, well spread and the same for ever: FNV-1a of 32 bits.
pub fn spread(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// The words of a text as quotations are compared by: runs of letters, digits and `_` in lower case, joined by one
/// space.
pub fn normal_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    let mut rest = text;
    loop {
        // Nearly all copy is small letters of ASCII, which are copied a run at a time.
        let run = rest.bytes().take_while(|b| b.is_ascii_lowercase() | b.is_ascii_digit() | (*b == b'_')).count();
        if run > 0 {
            if std::mem::take(&mut gap) && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&rest[..run]);
            rest = &rest[run..];
        }
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        let (is_word, lower) = match c.is_ascii() {
            true => (c.is_ascii_uppercase(), Some(c.to_ascii_lowercase())),
            false => (is_alphanumeric(c), None),
        };
        if !is_word {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !out.is_empty() {
            out.push(' ');
        }
        match lower {
            Some(lower) => out.push(lower),
            None => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// A quotation's id: six base-32 characters of the SHA-256 of its normal words (theme specification §4).
pub fn quotation_id(text: &str) -> String {
    id_of_words(&normal_words(text))
}

/// The id of a quotation whose [normal words](normal_words) are at hand.
pub fn id_of_words(words: &str) -> String {
    base32(&sha256(words.as_bytes()), 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_ids_fold_case_marks_and_punctuation() {
        let check = |text: &str, expected: &str| assert_eq!(quotation_id(text), expected);
        check("“a nuisance, not a verdict”", "jxzcbr");
        check("A nuisance - not a verdict!", "jxzcbr");
        check("The long-delayed tunnel under the Calder will carry its first traffic before winter", "uoq6fc");
    }

    #[test]
    fn normal_words_are_letters_and_digits_in_lower_case() {
        let check = |text: &str, expected: &str| assert_eq!(normal_words(text), expected, "{text}");
        check("", "");
        check("“…” -- !", "");
        check("  “We open_1 before — the FIRST frost,”", "we open_1 before the first frost");
        check("Ångström’s É2 ǅ İSTANBUL\u{301} ½", "ångström s é2 ǆ i\u{307}stanbul ½");
        check("東京の 塔", "東京の 塔");
    }

    #[test]
    fn base32_agrees_with_the_standard() {
        // RFC 4648 §10 gives "MZXW6YTBOI======" for "foobar"; the digest goes on with zeros.
        let mut digest = [0; 32];
        digest[..6].copy_from_slice(b"foobar");
        assert_eq!(base32(&digest, 12), "mzxw6ytboiaa");
        assert_eq!(base32(&[255; 32], 99).len(), 51);
    }
}
