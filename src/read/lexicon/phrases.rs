//! Tables of words and of phrases, laid out so that a line which holds none of them is told at a glance.

use rustc_hash::FxHashSet;
use serde::Deserialize;

/// Longest text that is put into lower case on the stack.
const SHORT: usize = 64;

/// Words or whole lines, found whatever their case.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(in crate::read) struct Words {
    set: FxHashSet<Box<[u8]>>,
    /// A bit for each length in bytes that an entry has.
    lengths: u64,
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Self {
        let lengths = words.iter().fold(0, |bits, word| bits | length_bit(word.len()));
        Self { set: words.into_iter().map(|word| word.into_bytes().into()).collect(), lengths }
    }
}

impl Words {
    /// Whether the text is one of them.
    pub(in crate::read) fn has(&self, text: &str) -> bool {
        // Letters other than ASCII may change their length with their case.
        if self.lengths & length_bit(text.len()) == 0 && text.is_ascii() {
            return false;
        }
        lowered(text, |lower| self.set.contains(lower))
    }
}

/// The bit of a length; all long texts share the last.
fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// Looks at a text in lower case, on the stack where it is short and ASCII.
pub(super) fn lowered<T>(text: &str, look: impl FnOnce(&[u8]) -> T) -> T {
    let mut buffer = [0; SHORT];
    match buffer.get_mut(..text.len()) {
        Some(lower) if text.is_ascii() => {
            lower.copy_from_slice(text.as_bytes());
            lower.make_ascii_lowercase();
            look(lower)
        }
        _ => look(text.to_lowercase().as_bytes()),
    }
}

/// Phrases that a text may begin with, found whatever its case.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub(in crate::read) struct Heads {
    /// By first byte, then the longest first, so that the fullest phrase is taken.
    phrases: Vec<Box<str>>,
    /// Where the phrases of each first byte begin; one more for their end.
    starts: [u16; KINDS + 1],
}

/// First bytes that are told apart: those of ASCII, and all others as one.
const KINDS: usize = 129;

impl From<Vec<String>> for Heads {
    fn from(phrases: Vec<String>) -> Self {
        let mut phrases: Vec<Box<str>> = phrases.into_iter().filter(|p| !p.is_empty()).map(Into::into).collect();
        phrases.sort_by_key(|p| (kind(p.as_bytes()[0]), std::cmp::Reverse(p.len())));
        let mut starts = [0; KINDS + 1];
        for (k, start) in starts.iter_mut().enumerate() {
            let at = phrases.partition_point(|p| kind(p.as_bytes()[0]) < k);
            *start = u16::try_from(at).unwrap_or(u16::MAX);
        }
        Self { phrases, starts }
    }
}

impl Heads {
    /// The phrases that the text begins with, the longest first, each with what follows it.
    pub(in crate::read) fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let range = text.as_bytes().first().map_or(0..0, |first| {
            let k = kind(first.to_ascii_lowercase());
            usize::from(self.starts[k])..usize::from(self.starts[k + 1])
        });
        self.phrases[range].iter().filter_map(move |phrase| after(text, phrase).map(|rest| (&**phrase, rest)))
    }

    /// What follows the longest phrase that the text begins with.
    pub(in crate::read) fn after<'a>(&'a self, text: &'a str) -> Option<&'a str> {
        self.all(text).next().map(|(_, rest)| rest)
    }

    /// Whether the text begins with one of them.
    pub(in crate::read) fn begin(&self, text: &str) -> bool {
        self.after(text).is_some()
    }
}

fn kind(byte: u8) -> usize {
    usize::from(byte).min(KINDS - 1)
}

/// Whether `text` begins with `head`, whatever its case; `head` is in lower case.
pub(in crate::read) fn begins(text: &str, head: &str) -> bool {
    after(text, head).is_some()
}

/// What follows `head` at the beginning of `text`, whatever its case.
///
/// Compares letter by letter, so that a long paragraph costs no copy.
pub(in crate::read) fn after<'a>(text: &'a str, head: &str) -> Option<&'a str> {
    // Nearly every label is ASCII and nearly every line is refused at its first byte.
    if head.is_ascii() {
        let found = text.as_bytes().get(..head.len())?.eq_ignore_ascii_case(head.as_bytes());
        return if found { text.get(head.len()..) } else { None };
    }
    let mut letters = text.chars();
    for wanted in head.chars() {
        let letter = letters.next()?;
        if letter != wanted && !letter.to_lowercase().eq([wanted]) {
            return None;
        }
    }
    Some(letters.as_str())
}

/// Whether the text ends with `tail`, whatever its case; `tail` is in lower case and ASCII.
pub(in crate::read) fn ends(text: &str, tail: &str) -> bool {
    let from = text.len().checked_sub(tail.len());
    from.is_some_and(|from| text.as_bytes()[from..].eq_ignore_ascii_case(tail.as_bytes()))
}

/// Whether `words` stand anywhere in the text, whatever its case; `words` are in lower case and ASCII.
pub(in crate::read) fn says(text: &str, words: &str) -> bool {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    let Some(&first) = words.first() else { return true };
    let last = text.len().saturating_sub(words.len() - 1);
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), &text[..last.min(text.len())])
        .any(|at| text[at..at + words.len()].eq_ignore_ascii_case(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> Vec<String> {
        list.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn words_are_found_in_any_case() {
        let table = Words::from(words(&["login", "don’t miss", "élan"]));
        assert!(table.has("Login") && table.has("DON’T MISS") && table.has("ÉLAN"));
        assert!(!table.has("logins") && !table.has(""));
        assert!(!table.has(&"a".repeat(200)));
    }

    #[test]
    fn the_longest_head_comes_first() {
        let table = Heads::from(words(&["photo", "photo by", "© ", "image"]));
        let found: Vec<_> = table.all("Photo by Ola Brandt").collect();
        assert_eq!(found, [("photo by", " Ola Brandt"), ("photo", " by Ola Brandt")]);
        assert_eq!(table.after("© 2031"), Some("2031"));
        assert!(!table.begin("") && !table.begin("é") && !table.begin("Pho"));
    }

    #[test]
    fn heads_match_in_any_case() {
        assert_eq!(after("FILE PHOTO: A ferry", "file photo"), Some(": A ferry"));
        assert_eq!(after("DON’T MISS it", "don’t miss"), Some(" it"));
        assert_eq!(after("İ", "i"), None);
        assert!(!begins("", "by"));
    }

    #[test]
    fn tails_and_middles_match_in_any_case() {
        assert!(ends("Acquire Licensing RIGHTS", "licensing rights") && !ends("é", "licensing"));
        assert!(says("Ingrid Marsh (Left) waves", "(left)"));
        assert!(!says("Ingrid Marsh left", "(left)") && !says("", "a") && says("", ""));
    }
}
