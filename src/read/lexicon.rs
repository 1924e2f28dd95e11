//! The readers' words, kept as data in `lexicon/*.toml` and built into the program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// Words of dates and times.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DateWords {
    /// One row a month, January first.
    months: Vec<Vec<String>>,
    /// Names of days, long and short.
    pub(super) weekdays: FxHashSet<String>,
    /// "published", "posted".
    pub(super) published: FxHashSet<String>,
    /// "updated", "modified".
    pub(super) updated: FxHashSet<String>,
    /// Words that say nothing more in a line of times.
    pub(super) filler: FxHashSet<String>,
    /// "hours", of "14 hours ago".
    pub(super) units: FxHashSet<String>,
    /// An offset ("+01:00") or a POSIX rule.
    pub(super) zones: FxHashMap<String, String>,
}

impl DateWords {
    /// The month of that name, from 1.
    pub(super) fn month(&self, word: &str) -> Option<i16> {
        let at = self.months.iter().position(|names| names.iter().any(|n| n == word))?;
        i16::try_from(at + 1).ok()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgencyFile {
    text: BTreeMap<String, Vec<String>>,
    pictures: BTreeMap<String, Vec<String>>,
    words: AgencyWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgencyWords {
    beside: FxHashSet<String>,
    body: FxHashSet<String>,
}

/// Who sells or lends news and pictures.
pub(super) struct Agencies {
    by_name: FxHashMap<String, (String, bool)>,
    /// May stand beside an agency's name: "wire", "pool".
    pub(super) beside: FxHashSet<String>,
    /// Make a name a body's: "police", "council".
    pub(super) body: FxHashSet<String>,
}

impl Agencies {
    /// The printed name of an agency or provider, and whether it sells text; case does not matter.
    pub(super) fn get(&self, name: &str) -> Option<(&str, bool)> {
        // Longer than any alias: spares the copy for whole paragraphs.
        if name.len() > 40 {
            return None;
        }
        self.by_name.get(&name.to_lowercase()).map(|(name, text)| (name.as_str(), *text))
    }
}

/// Labels around captions and credits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaptionWords {
    pub(super) caption: Vec<String>,
    pub(super) file: Vec<String>,
    pub(super) credit: Vec<String>,
    pub(super) credit_plain: Vec<String>,
    pub(super) picture: Vec<String>,
    pub(super) tails: Vec<String>,
    pub(super) not_credit: Vec<String>,
    pub(super) file_words: FxHashSet<String>,
    pub(super) heads: Vec<String>,
    pub(super) telling: Vec<String>,
}

/// What stands around the words of a story.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FurnitureWords {
    pub(super) lines: FxHashSet<String>,
    pub(super) links: FxHashSet<String>,
    pub(super) heads: Vec<String>,
    pub(super) endnotes: Vec<String>,
    pub(super) endnote_tails: Vec<String>,
    pub(super) ends: FxHashSet<String>,
    pub(super) sections: FxHashSet<String>,
    pub(super) bylines: FxHashSet<String>,
    pub(super) posts: FxHashSet<String>,
    pub(super) particles: FxHashSet<String>,
}

/// Words of dates and times.
pub(super) static DATES: LazyLock<DateWords> = LazyLock::new(|| table(include_str!("lexicon/dates.toml")));

/// Who sells or lends news and pictures.
pub(super) static AGENCIES: LazyLock<Agencies> = LazyLock::new(|| {
    let file: AgencyFile = table(include_str!("lexicon/agencies.toml"));
    let mut by_name = FxHashMap::default();
    for (names, text) in [(file.pictures, false), (file.text, true)] {
        for (name, aliases) in names {
            by_name.extend(aliases.into_iter().map(|alias| (alias, (name.clone(), text))));
        }
    }
    Agencies { by_name, beside: file.words.beside, body: file.words.body }
});

/// Labels around captions and credits; each list longest first, so that the fullest label is taken.
pub(super) static CAPTIONS: LazyLock<CaptionWords> = LazyLock::new(|| {
    let mut words: CaptionWords = table(include_str!("lexicon/captions.toml"));
    for list in [&mut words.caption, &mut words.file, &mut words.credit, &mut words.credit_plain] {
        list.sort_by_key(|label| std::cmp::Reverse(label.len()));
    }
    words
});

/// What stands around the words of a story.
pub(super) static FURNITURE: LazyLock<FurnitureWords> = LazyLock::new(|| table(include_str!("lexicon/furniture.toml")));

/// Reads a table that is part of the program; the test below reads each.
fn table<T: for<'a> Deserialize<'a>>(text: &'static str) -> T {
    toml::from_str(text).expect("the embedded tables are read by a test")
}

/// Whether `text` begins with `head`, whatever its case; `head` is in lower case.
pub(super) fn begins(text: &str, head: &str) -> bool {
    after(text, head).is_some()
}

/// What follows `head` at the beginning of `text`, whatever its case.
///
/// Compares letter by letter, so that a long paragraph costs no copy.
pub(super) fn after<'a>(text: &'a str, head: &str) -> Option<&'a str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_sound() {
        assert_eq!(DATES.month("sept"), Some(9));
        assert_eq!(AGENCIES.get("ASSOCIATED PRESS"), Some(("AP", true)));
        assert_eq!(AGENCIES.get("Getty Images"), Some(("Getty", false)));
        assert!(CAPTIONS.caption.first().is_some_and(|l| l.len() > 10));
        assert!(FURNITURE.lines.contains("login"));
    }

    #[test]
    fn heads_match_in_any_case() {
        assert_eq!(after("FILE PHOTO: A ferry", "file photo"), Some(": A ferry"));
        assert_eq!(after("DON’T MISS it", "don’t miss"), Some(" it"));
        assert_eq!(after("İ", "i"), None);
        assert!(!begins("", "by"));
    }
}
