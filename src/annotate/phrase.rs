//! Short phrases cut into words: roles, offices, and what stands beside them.
//!
//! The archive needs the words of a phrase, not their parts of speech, and it needs them where no article is at hand:
//! a people file gives an office too.

use super::lexicon::{Known, Lexicon, key};
use crate::text::is_alphanumeric;

/// A word of a phrase.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    /// What the lexicon knows of it.
    pub(super) known: Known,
    /// In small letters, without full stops and the possessive’s ending.
    pub(super) plain: String,
    pub(super) capital: bool,
    /// Written as an abbreviation or in capitals throughout: "Ind.", "US".
    pub(super) short: bool,
    pub(super) possessive: bool,
    /// A comma or another sign follows it.
    pub(super) ends: bool,
}

impl Word {
    pub(super) fn is_number(&self) -> bool {
        self.plain.starts_with(|c: char| c.is_ascii_digit())
    }

    pub(super) fn is_preposition(&self) -> bool {
        self.known.has(Known::PREPOSITION) || matches!(self.plain.as_str(), "when" | "while")
    }

    pub(super) fn is_determiner(&self) -> bool {
        self.known.has(Known::DETERMINER.or(Known::POSSESSIVE).or(Known::INDEFINITE))
    }

    /// Whether it makes a post one of many: "a minister", "any governor".
    pub(super) fn is_indefinite(&self) -> bool {
        let any = matches!(self.plain.as_str(), "any" | "every" | "each" | "no" | "either" | "neither");
        any || self.known.has(Known::INDEFINITE)
    }

    /// Whether it may be the name of a place: short forms only where they look like one ("Ind.", not "in").
    pub(super) fn is_proper(&self) -> bool {
        self.capital && (self.short || self.plain.len() > 3)
    }
}

/// The words of a phrase, those of hyphened ones too; signs cling to the word before.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for printed in text.split_whitespace() {
        for piece in printed.split(['-', '‐', '‑', '–', '/']) {
            let sign = |c: char| !is_alphanumeric(c) && !matches!(c, '\'' | '’' | '.' | '&');
            let opens = piece.starts_with(sign);
            if opens && let Some(last) = out.last_mut() {
                last.ends = true;
            }
            let bare = piece.trim_matches(sign);
            let ends = piece.ends_with(sign) && !bare.is_empty();
            let (stem, possessive) = match bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s")) {
                Some(stem) => (stem, true),
                None => (bare.trim_end_matches(['’', '\'']), bare.ends_with("s’") || bare.ends_with("s'")),
            };
            let plain: String = stem.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
            if plain.is_empty() {
                if ends && let Some(last) = out.last_mut() {
                    last.ends = true;
                }
                continue;
            }
            let letters = stem.chars().filter(|c| c.is_alphabetic());
            out.push(Word {
                known: Lexicon::english().entry(key(&plain)).known,
                plain,
                capital: stem.starts_with(char::is_uppercase),
                short: stem.contains('.') || letters.clone().count() > 1 && letters.clone().all(char::is_uppercase),
                possessive,
                ends,
            });
        }
    }
    out
}

/// The parts of a role that name a post each.
pub(super) fn pieces(role: &str) -> Vec<Vec<Word>> {
    let mut out = vec![Vec::new()];
    for word in words(role) {
        if matches!(word.plain.as_str(), "and" | "&" | "who" | "which" | "whose") {
            out.push(Vec::new());
            continue;
        }
        let ends = word.ends;
        if let Some(last) = out.last_mut() {
            last.push(word);
        }
        if ends {
            out.push(Vec::new());
        }
    }
    out.retain(|piece| !piece.is_empty());
    out
}

/// Whether words put a post into another time: "until 2030", "from 2027 to 2030", "at the time", "under Silas Vane".
pub(super) fn is_time(words: &[Word]) -> bool {
    let Some(first) = words.first() else { return false };
    let number =
        words.iter().skip(1).take(3).any(|w| w.is_number() || matches!(w.plain.as_str(), "time" | "last" | "previous"));
    match first.plain.as_str() {
        "until" | "till" | "under" | "during" | "between" | "when" | "while" | "before" => true,
        "from" | "in" | "at" | "for" => number,
        _ => false,
    }
}
