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
    /// Whether an entry has letters or signs beyond ASCII.
    beyond: bool,
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Self {
        let lengths = words.iter().fold(0, |bits, word| bits | length_bit(word.len()));
        let beyond = words.iter().any(|word| !word.is_ascii());
        Self { set: words.into_iter().map(|word| word.into_bytes().into()).collect(), lengths, beyond }
    }
}

impl Words {
    /// Whether the text is one of them.
    pub(in crate::read) fn has(&self, text: &str) -> bool {
        // Letters beyond ASCII may change their length with their case, if not by much.
        let sized = self.lengths & length_bit(text.len()) != 0;
        let may = if text.len() > SHORT || !text.is_ascii() {
            self.beyond && text.len() <= 2 * SHORT || sized && text.is_ascii()
        } else {
            sized
        };
        may && lowered(text, |lower| self.set.contains(lower))
    }
}

/// The bit of a length; all long texts share the last.
fn length_bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// Looks at a text in lower case, on the stack where it is short and ASCII.
pub(in crate::read) fn lowered<T>(text: &str, look: impl FnOnce(&[u8]) -> T) -> T {
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
    /// The second byte of each phrase; 0 where it has none or is beyond ASCII.
    seconds: Vec<u8>,
    /// Where the phrases of each first byte begin; one more for their end.
    starts: [u16; KINDS + 1],
    /// Whether a phrase begins with the byte, whatever its case.
    firsts: [bool; 256],
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
        let second = |p: &str| p.as_bytes().get(1).copied().filter(u8::is_ascii).unwrap_or(0);
        let seconds = phrases.iter().map(|p| second(p)).collect();
        let mut firsts = [false; 256];
        for (byte, first) in (0..=u8::MAX).zip(firsts.iter_mut()) {
            let k = kind(byte.to_ascii_lowercase());
            *first = starts[k] < starts[k + 1];
        }
        Self { phrases, seconds, starts, firsts }
    }
}

impl Heads {
    /// Whether a phrase begins with the byte, whatever its case.
    pub(in crate::read) fn may_begin(&self, byte: u8) -> bool {
        self.firsts[usize::from(byte)]
    }

    /// The phrases that the text begins with, the longest first, each with what follows it.
    pub(in crate::read) fn all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let range = text.as_bytes().first().map_or(0..0, |first| {
            let k = kind(first.to_ascii_lowercase());
            usize::from(self.starts[k])..usize::from(self.starts[k + 1])
        });
        let second = text.as_bytes().get(1).map_or(0, u8::to_ascii_lowercase);
        range.filter_map(move |i| {
            // Most phrases that share a first letter are told by the second.
            let told = self.seconds[i] != second && self.seconds[i] != 0 && second.is_ascii();
            let phrase = &*self.phrases[i];
            if told { None } else { after(text, phrase).map(|rest| (phrase, rest)) }
        })
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
/// Compares letter by letter, so that a long paragraph costs no copy and a wrong first letter nothing more.
pub(in crate::read) fn after<'a>(text: &'a str, head: &str) -> Option<&'a str> {
    let letters = text.as_bytes();
    for (at, wanted) in head.bytes().enumerate() {
        let letter = *letters.get(at)?;
        if letter != wanted && letter.to_ascii_lowercase() != wanted {
            // Only letters beyond ASCII have a case that a byte does not show.
            return if (letter | wanted).is_ascii() { None } else { after_any(text, head) };
        }
    }
    text.get(head.len()..)
}

/// [`after`] where letters beyond ASCII differ, perhaps only in case.
fn after_any<'a>(text: &'a str, head: &str) -> Option<&'a str> {
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
    // The rarest letter is looked for, and the rest compared around it.
    let rarest = (0..words.len()).min_by_key(|at| FREQUENCY[usize::from(words[*at])]);
    let Some(pivot) = rarest else { return true };
    let rare = words[pivot];
    memchr::memchr2_iter(rare, rare.to_ascii_uppercase(), text).any(|at| {
        let from = at.wrapping_sub(pivot);
        text.get(from..from.wrapping_add(words.len())).is_some_and(|found| found.eq_ignore_ascii_case(words))
    })
}

/// How often a byte stands in English, by its rank; what is no small letter and no blank counts as rare.
const FREQUENCY: [u8; 256] = {
    let letters = b"zqxjkvbpygfwmuclldrhsnioate ";
    let mut table = [0; 256];
    let mut rank = 0;
    while rank < letters.len() {
        table[letters[rank] as usize] = rank as u8 + 1;
        rank += 1;
    }
    table
};

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
