//! What we know of words before we read: data in `lexicon/*.toml`, embedded and parsed once.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is known of a word, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known(u64);

macro_rules! known {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Known {
            $($(#[$doc])* pub const $name: Known = Known(1 << $bit);)*
        }
    };
}

known! {
    /// A verb whose subject speaks, nearly always.
    CORE = 0;
    /// A verb that may report speech; all of `CORE` too.
    SPEECH = 1;
    /// A verb of thought or wish.
    THOUGHT = 2;
    /// A noun that reports: "statement".
    REPORTING = 3;
    /// Courtesy before a surname.
    HONORIFIC = 4;
    /// A rank or office before a name.
    TITLE = 5;
    /// A noun for one person.
    ROLE = 6;
    /// A noun for several people.
    CROWD = 7;
    /// A noun for a body.
    BODY = 8;
    /// A noun for someone's relation or servant: "wife", "spokesman".
    RELATION = 9;
    /// Between given name and surname.
    PARTICLE = 10;
    /// Behind a surname.
    SUFFIX = 11;
    /// A man's given name.
    GIVEN_M = 12;
    /// A woman's given name.
    GIVEN_F = 13;
    /// A place.
    PLACE = 14;
    /// Part of a place's name.
    PLACE_PART = 15;
    /// Of a nation.
    NATION = 16;
    /// Part of a body's name.
    ORGANISATION = 17;
    /// A programme, a paper, a platform, an agency.
    PROGRAMME = 18;
    /// "the", "a", "this".
    DETERMINER = 19;
    /// "his", "her".
    POSSESSIVE = 20;
    /// "of", "in".
    PREPOSITION = 21;
    /// "he", "who".
    PRONOUN = 22;
    /// "is", "was".
    BE = 23;
    /// "has", "had".
    HAVE = 24;
    /// "will", "could".
    MODAL = 25;
    /// "do", "did".
    DO = 26;
    /// "and", "while".
    CONJUNCTION = 27;
    /// "not", "never".
    NEGATION = 28;
    /// "a", "one", "several".
    INDEFINITE = 29;
    /// "Monday".
    DAY = 30;
    /// "January".
    MONTH = 31;
    /// "also", "later".
    ADVERB = 32;
    /// "I", "we", "you".
    SPOKEN = 33;
    /// "Mr", "Sir": gives the masculine gender.
    MASCULINE = 34;
    /// "Mrs", "Dame": gives the feminine gender.
    FEMININE = 35;
    /// A state of the USA or its short form.
    STATE = 36;
    /// A company or a ship.
    COMPANY = 37;
    /// A verb that reports statements but hardly ever introduces a quotation: "decline", "blame".
    REPORTS = 38;
}

impl Known {
    /// Whether any of `other` is in the set.
    pub fn has(self, other: Known) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub const fn or(self, other: Known) -> Known {
        Known(self.0 | other.0)
    }

    /// The set as a number.
    pub fn bits(self) -> u64 {
        self.0
    }
}

/// A word's entry.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entry {
    /// What is known of it.
    pub known: Known,
    /// The key of its base form: "said" gives "say", "Ind." gives "indiana", "Sen." gives "senator"; else 0.
    pub base: u64,
}

/// Words and what is known of them.
#[derive(Debug, Default)]
pub struct Lexicon {
    words: FxHashMap<u64, Entry>,
    abbreviations: FxHashSet<u64>,
}

impl Lexicon {
    /// The English lexicon, embedded; parsed on first use.
    pub fn english() -> &'static Lexicon {
        static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
            Lexicon::parse(&Files {
                speech: include_str!("lexicon/speech.toml"),
                people: include_str!("lexicon/people.toml"),
                given: include_str!("lexicon/given.toml"),
                places: include_str!("lexicon/places.toml"),
                organisations: include_str!("lexicon/organisations.toml"),
                words: include_str!("lexicon/words.toml"),
            })
            .expect("the embedded lexicon is tested")
        });
        &ENGLISH
    }

    /// The entry of a word, by the key of its lower-case form without a last full stop.
    pub fn entry(&self, key: u64) -> Entry {
        self.words.get(&key).copied().unwrap_or_default()
    }

    /// Whether a word, as printed without its full stop, is an abbreviation that keeps one.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(&key(word))
    }

    fn parse(files: &Files<'_>) -> Result<Lexicon, toml::de::Error> {
        let mut lexicon = Lexicon::default();
        let speech: Speech = toml::from_str(files.speech)?;
        lexicon.verbs(&speech.core, Known::CORE.or(Known::SPEECH), &speech.irregular);
        lexicon.verbs(&speech.speech, Known::SPEECH, &speech.irregular);
        lexicon.verbs(&speech.thought, Known::THOUGHT, &speech.irregular);
        lexicon.verbs(&speech.reports, Known::REPORTS, &speech.irregular);
        lexicon.add(&speech.reporting_nouns, Known::REPORTING);

        let people: People = toml::from_str(files.people)?;
        lexicon.add(&people.honorifics.masculine, Known::HONORIFIC.or(Known::MASCULINE));
        lexicon.add(&people.honorifics.feminine, Known::HONORIFIC.or(Known::FEMININE));
        lexicon.add(&people.honorifics.neutral, Known::HONORIFIC);
        lexicon.add(&people.titles.words, Known::TITLE);
        lexicon.add(&people.roles.words, Known::ROLE);
        lexicon.add(&people.crowds.words, Known::CROWD);
        lexicon.add(&people.bodies.words, Known::BODY);
        lexicon.add(&people.companies.words, Known::COMPANY.or(Known::BODY));
        lexicon.add(&people.relations.words, Known::RELATION);
        lexicon.add(&people.particles.words, Known::PARTICLE);
        lexicon.add(&people.suffixes.words, Known::SUFFIX);
        for (office, others) in &people.same {
            others.split_whitespace().for_each(|word| lexicon.set(word, Known::default(), key(office)));
        }

        let given: Given = toml::from_str(files.given)?;
        lexicon.add(&given.masculine, Known::GIVEN_M);
        lexicon.add(&given.feminine, Known::GIVEN_F);
        lexicon.add(&given.either, Known::GIVEN_M.or(Known::GIVEN_F));

        let places: Places = toml::from_str(files.places)?;
        lexicon.add(&places.places, Known::PLACE);
        lexicon.add(&places.place_parts, Known::PLACE_PART);
        lexicon.add(&places.nations, Known::NATION);
        for (state, short) in &places.states {
            for word in std::iter::once(state.as_str()).chain(short.split_whitespace()) {
                lexicon.set(word, Known::STATE, key(state));
            }
        }

        let organisations: Organisations = toml::from_str(files.organisations)?;
        lexicon.add(&organisations.words, Known::ORGANISATION);
        lexicon.add(&organisations.programmes, Known::PROGRAMME);
        lexicon.add(&organisations.agencies, Known::PROGRAMME);

        let words: Words = toml::from_str(files.words)?;
        for (list, known) in [
            (&words.determiners, Known::DETERMINER),
            (&words.possessives, Known::POSSESSIVE),
            (&words.prepositions, Known::PREPOSITION),
            (&words.pronouns, Known::PRONOUN),
            (&words.be, Known::BE),
            (&words.have, Known::HAVE),
            (&words.modals, Known::MODAL),
            (&words.does, Known::DO),
            (&words.conjunctions, Known::CONJUNCTION),
            (&words.negations, Known::NEGATION),
            (&words.indefinite, Known::INDEFINITE),
            (&words.days, Known::DAY),
            (&words.months, Known::MONTH),
            (&words.adverbs, Known::ADVERB),
            (&words.spoken, Known::SPOKEN),
        ] {
            lexicon.add(list, known);
        }
        lexicon.abbreviations.extend(words.abbreviations.split_whitespace().map(key));
        Ok(lexicon)
    }

    fn add(&mut self, list: &str, known: Known) {
        for word in list.split_whitespace() {
            self.set(word, known, 0);
        }
    }

    fn set(&mut self, word: &str, known: Known, base: u64) {
        let entry = self.words.entry(key(word)).or_default();
        entry.known = entry.known.or(known);
        if entry.base == 0 {
            entry.base = base;
        }
    }

    fn verbs(&mut self, list: &str, known: Known, irregular: &BTreeMap<String, String>) {
        for base in list.split_whitespace() {
            let id = key(base);
            self.set(base, known, id);
            match irregular.get(base) {
                Some(forms) => forms.split_whitespace().for_each(|form| self.set(form, known, id)),
                None => regular(base).iter().for_each(|form| self.set(form, known, id)),
            }
        }
    }
}

/// "-s", "-ed" and "-ing" of a regular verb.
fn regular(base: &str) -> [String; 3] {
    let stem = base.strip_suffix('e').unwrap_or(base);
    let s = if base.ends_with(['s', 'x']) || base.ends_with("ch") || base.ends_with("sh") { "es" } else { "s" };
    [format!("{base}{s}"), format!("{stem}ed"), format!("{stem}ing")]
}

/// The key of a word: the same in every run and build. Callers lower the case.
pub fn key(word: &str) -> u64 {
    key_of(word.bytes())
}

/// [`key`] of bytes as they come (FNV-1a with a finishing mix; keys index weights, so they must never change).
pub(crate) fn key_of(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^ (hash >> 29)
}

struct Files<'a> {
    speech: &'a str,
    people: &'a str,
    given: &'a str,
    places: &'a str,
    organisations: &'a str,
    words: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speech {
    core: String,
    speech: String,
    thought: String,
    reports: String,
    reporting_nouns: String,
    irregular: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Honorifics {
    masculine: String,
    feminine: String,
    neutral: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    honorifics: Honorifics,
    titles: List,
    roles: List,
    crowds: List,
    bodies: List,
    companies: List,
    relations: List,
    particles: List,
    suffixes: List,
    same: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    masculine: String,
    feminine: String,
    either: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    places: String,
    place_parts: String,
    nations: String,
    states: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    words: String,
    programmes: String,
    agencies: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    determiners: String,
    possessives: String,
    prepositions: String,
    pronouns: String,
    be: String,
    have: String,
    modals: String,
    does: String,
    conjunctions: String,
    negations: String,
    indefinite: String,
    days: String,
    months: String,
    adverbs: String,
    spoken: String,
    abbreviations: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lexicon_is_sound() {
        let lexicon = Lexicon::english();
        let check = |word: &str, known: Known| assert!(lexicon.entry(key(word)).known.has(known), "{word}");
        check("said", Known::CORE);
        check("signalled", Known::SPEECH);
        check("describing", Known::CORE);
        check("dame", Known::HONORIFIC);
        check("spokeswoman", Known::ROLE);
        check("ingrid", Known::GIVEN_F);
        check("tobias", Known::GIVEN_M);
        check("peston", Known::PROGRAMME);
        assert_eq!(lexicon.entry(key("said")).base, key("say"));
        assert_eq!(lexicon.entry(key("ind")).base, key("indiana"));
        assert!(lexicon.is_abbreviation("Mr"));
        assert!(!lexicon.is_abbreviation("ferry"));
    }
}
