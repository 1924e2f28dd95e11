//! The readers' words, kept as data in `lexicon/*.toml` and built into the program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

mod phrases;

pub(super) use phrases::{Heads, Words, after, begins, ends, lowered, says};

/// Words of dates and times.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DateFile {
    /// One row a month, January first.
    months: Vec<Vec<String>>,
    weekdays: Words,
    published: Words,
    updated: Words,
    filler: Words,
    units: Words,
    /// An offset ("+01:00") or a POSIX rule.
    zones: BTreeMap<String, String>,
}

/// Words of dates and times.
pub(super) struct DateWords {
    months: FxHashMap<Box<[u8]>, i16>,
    /// Names of days, long and short.
    pub(super) weekdays: Words,
    /// "published", "posted".
    pub(super) published: Words,
    /// "updated", "modified".
    pub(super) updated: Words,
    /// Words that say nothing more in a line of times.
    pub(super) filler: Words,
    /// "hours", of "14 hours ago".
    pub(super) units: Words,
    zones: FxHashMap<Box<[u8]>, String>,
}

impl DateWords {
    /// The month of that name, from 1.
    pub(super) fn month(&self, word: &str) -> Option<i16> {
        // "september"
        (3..=9).contains(&word.len()).then(|| phrases::lowered(word, |lower| self.months.get(lower).copied()))?
    }

    /// The offset of a zone, or its rule.
    pub(super) fn zone(&self, word: &str) -> Option<&str> {
        (word.len() <= 4).then(|| phrases::lowered(word, |lower| self.zones.get(lower).map(String::as_str)))?
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
    beside: Words,
    body: Words,
}

/// Who sells or lends news and pictures.
pub(super) struct Agencies {
    by_name: FxHashMap<Box<[u8]>, (String, bool)>,
    /// May stand beside an agency's name: "wire", "pool".
    pub(super) beside: Words,
    /// Make a name a body's: "police", "council".
    pub(super) body: Words,
}

impl Agencies {
    /// The printed name of an agency or provider, and whether it sells text; case does not matter.
    pub(super) fn get(&self, name: &str) -> Option<(&str, bool)> {
        // Longer than any alias: spares the copy for whole paragraphs.
        if name.len() > 40 {
            return None;
        }
        phrases::lowered(name, |lower| self.by_name.get(lower)).map(|(name, text)| (name.as_str(), *text))
    }
}

/// Labels around captions and credits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaptionWords {
    /// Labels before a caption.
    pub(super) caption: Heads,
    /// Labels before a caption of a picture from the files.
    pub(super) file: Heads,
    /// Labels before a credit that want a colon.
    pub(super) credit: Heads,
    /// Labels before a credit that want none.
    pub(super) credit_plain: Heads,
    /// Labels before a credit, in brackets only.
    pub(super) credit_bracketed: Heads,
    /// Labels before a caption or before a credit.
    pub(super) picture: Heads,
    /// Lines that announce a caption on the next.
    pub(super) caption_lines: Words,
    /// Lines that announce a picture, with a caption on the next or without.
    pub(super) picture_lines: Words,
    /// Lines that announce a credit on the next.
    pub(super) credit_lines: Words,
    /// Said after a credit by the page.
    pub(super) tails: Vec<String>,
    /// Never a credit, though a colon follows.
    pub(super) not_credit: Heads,
    /// "file", after a credit.
    pub(super) file_words: Words,
    /// Posts of those who make pictures.
    pub(super) posts: Words,
    /// Only captions begin so.
    pub(super) heads: Heads,
    /// Only captions say so.
    pub(super) telling: Heads,
    /// Only captions end so.
    pub(super) telling_tails: Vec<String>,
    /// Only captions say so, where no full stop ends them.
    pub(super) telling_unstopped: Heads,
}

/// What stands around the words of a story.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FurnitureWords {
    /// Whole lines that are page furniture.
    pub(super) lines: Words,
    /// Whole lines over a list of links.
    pub(super) links: Words,
    /// What a line over a list of links begins with.
    pub(super) link_heads: Heads,
    /// Labels that another story's headline follows, after a colon or a bar.
    pub(super) link_labels: Heads,
    /// The same, in the body only.
    pub(super) link_words: Heads,
    /// What a line of page furniture begins with.
    pub(super) heads: Heads,
    /// What a line of page furniture may contain, where it is short.
    pub(super) middles: Vec<String>,
    /// Whole lines that are page furniture in small letters.
    pub(super) small: Words,
    /// What a player or a network prints after a number: "retweets".
    pub(super) counts: Words,
    /// What a closing line begins with.
    pub(super) endnotes: Heads,
    /// What a closing line begins with that has only names after it.
    pub(super) endnote_roles: Heads,
    /// What a closing line contains.
    pub(super) endnote_tails: Vec<String>,
    /// What a line about the story itself begins with: a correction, a note of its editor's.
    pub(super) corrections: Heads,
    /// Whole lines that end the copy.
    pub(super) ends: Words,
    /// What a transcript's makers put into brackets: "commercial break".
    pub(super) stage: Words,
    /// And what begins so: "begin video".
    pub(super) stage_heads: Heads,
    /// Names of sections.
    pub(super) sections: Words,
    /// Lines where a writer's name would stand.
    pub(super) bylines: Words,
    /// What a byline begins with.
    pub(super) byline_heads: Heads,
    /// What a line about a writer's work begins with.
    pub(super) duties: Heads,
    /// Posts of journalists.
    pub(super) posts: Words,
    /// Small words within names and posts.
    pub(super) particles: Words,
}

/// Words of dates and times.
pub(super) static DATES: LazyLock<DateWords> = LazyLock::new(|| {
    let file: DateFile = table(include_str!("lexicon/dates.toml"));
    let bytes = |word: String| word.into_bytes().into_boxed_slice();
    let months =
        (1..).zip(file.months).flat_map(|(month, names)| names.into_iter().map(move |name| (bytes(name), month)));
    DateWords {
        months: months.collect(),
        weekdays: file.weekdays,
        published: file.published,
        updated: file.updated,
        filler: file.filler,
        units: file.units,
        zones: file.zones.into_iter().map(|(name, value)| (bytes(name), value)).collect(),
    }
});

/// Who sells or lends news and pictures.
pub(super) static AGENCIES: LazyLock<Agencies> = LazyLock::new(|| {
    let file: AgencyFile = table(include_str!("lexicon/agencies.toml"));
    let mut by_name = FxHashMap::default();
    for (names, text) in [(file.pictures, false), (file.text, true)] {
        for (name, aliases) in names {
            by_name.extend(aliases.into_iter().map(|alias| (alias.into_bytes().into(), (name.clone(), text))));
        }
    }
    Agencies { by_name, beside: file.words.beside, body: file.words.body }
});

/// Labels around captions and credits.
pub(super) static CAPTIONS: LazyLock<CaptionWords> = LazyLock::new(|| table(include_str!("lexicon/captions.toml")));

/// What stands around the words of a story.
pub(super) static FURNITURE: LazyLock<FurnitureWords> = LazyLock::new(|| table(include_str!("lexicon/furniture.toml")));

/// Reads a table that is part of the program; the test below reads each.
fn table<T: for<'a> Deserialize<'a>>(text: &'static str) -> T {
    toml::from_str(text).expect("the embedded tables are read by a test")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_sound() {
        assert_eq!(DATES.month("sept"), Some(9));
        assert_eq!(AGENCIES.get("ASSOCIATED PRESS"), Some(("AP", true)));
        assert_eq!(AGENCIES.get("Getty Images"), Some(("Getty", false)));
        assert_eq!(CAPTIONS.caption.after("Image caption, A ferry"), Some(", A ferry"));
        assert!(FURNITURE.lines.has("Login"));
    }
}
