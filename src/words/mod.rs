//! Floor 2: the words of the theme, in the language of the site.
//!
//! All words that readers see and that are not copy come from `i18n/<language>.toml`: those of templates, of
//! the sentences that views make, and of feeds. English and French are compiled in; a site's own file of the
//! same name replaces single words, or brings another language.
//!
//! A file has one level of tables. A key is `table.word`; its value is a phrase with places in `{}`
//! ([`Phrase`]), or a table of phrases by CLDR's plural categories, chosen by the number `n`.
//! `[locale]` holds how dates, times, numbers and lists are written ([`Locale`]).
//!
//! Invariant: words are text. Nothing in a file of words can become markup.

mod locale;
mod phrase;
mod plural;
mod read;
#[cfg(test)]
mod tests;

pub use locale::Locale;
pub use phrase::{Phrase, Piece};
pub use read::{WordsFile, direction, read};

use include_dir::{Dir, include_dir};
use plural::{Category, Rule};
use rustc_hash::FxHashMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/i18n");

/// The words of the theme in one language.
#[derive(Clone)]
pub struct Words {
    language: Box<str>,
    /// "en" where nothing is translated.
    spoken: Box<str>,
    rule: Rule,
    entries: FxHashMap<Box<str>, Entry>,
    locale: Locale,
    /// Of everything that decides the words.
    print: u128,
}

/// What a key has.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    Phrase(Phrase),
    /// By category; `other` is always there.
    Forms(Box<[Option<Phrase>; 6]>),
    List(Box<[Box<str>]>),
}

/// Prints what tells two sets of words apart, so that settings which hold them can be compared by what they print.
impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({} {:032x})", self.language, self.print)
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        (&self.language, self.print) == (&other.language, other.print)
    }
}

impl Words {
    /// The theme's English, which has every word.
    pub fn english() -> Arc<Self> {
        static ENGLISH: LazyLock<Arc<Words>> = LazyLock::new(|| read("en", &[]).value);
        ENGLISH.clone()
    }

    /// How dates, numbers and lists are written.
    pub fn locale(&self) -> &Locale {
        &self.locale
    }

    /// A phrase without places: "Who speaks". The key itself where there is none, so that the fault is seen.
    pub fn text<'w>(&'w self, key: &'w str) -> &'w str {
        self.phrase(key, None).map_or(key, Phrase::text)
    }

    /// A phrase with its places filled by name.
    pub fn fill(&self, key: &str, with: &[(&str, &str)]) -> String {
        self.filled(key, None, with)
    }

    /// A counted phrase: the form for `n`, whose place `{n}` is the number with its thousands apart.
    pub fn count(&self, key: &str, n: usize, with: &[(&str, &str)]) -> String {
        self.filled(key, Some(n as u64), with)
    }

    /// The phrase of a key, in the form for `n` where it is counted; none for an unknown key.
    pub fn phrase(&self, key: &str, n: Option<u64>) -> Option<&Phrase> {
        match self.entries.get(key)? {
            Entry::Phrase(phrase) => Some(phrase),
            Entry::Forms(forms) => {
                let category = n.map_or(Category::Other, |n| self.rule.choose(n));
                forms[category as usize].as_ref().or(forms[Category::Other as usize].as_ref())
            }
            Entry::List(_) => None,
        }
    }

    /// Every form of a counted word by CLDR's name of it, its places as they are; `other` alone where it is not counted,
    /// and nothing for an unknown key.
    pub fn forms(&self, key: &str) -> Vec<(&'static str, String)> {
        let written = |phrase: &Phrase| {
            let mut out = String::new();
            phrase.write(&mut out, |name, out| out.extend(["{", name, "}"]));
            out
        };
        match self.entries.get(key) {
            Some(Entry::Forms(forms)) => {
                let named = Category::ALL.into_iter().filter_map(|at| Some((at.name(), forms[at as usize].as_ref()?)));
                named.map(|(name, phrase)| (name, written(phrase))).collect()
            }
            Some(Entry::Phrase(phrase)) => vec![(Category::Other.name(), written(phrase))],
            Some(Entry::List(_)) | None => Vec::new(),
        }
    }

    /// The language the words are in: the site's, or English where the theme has no words in that.
    pub fn language(&self) -> &str {
        &self.spoken
    }

    fn filled(&self, key: &str, n: Option<u64>, with: &[(&str, &str)]) -> String {
        let Some(phrase) = self.phrase(key, n) else { return key.to_owned() };
        let mut out = String::with_capacity(64);
        phrase.write(&mut out, |name, out| match with.iter().find(|(place, _)| *place == name) {
            Some((_, words)) => out.push_str(words),
            None => {
                if let Some(n) = n.filter(|_| name == "n") {
                    self.locale.number_to(i64::try_from(n).unwrap_or(i64::MAX), out);
                }
            }
        });
        out
    }
}

/// The theme's own files: (language, text), by language.
pub fn theme() -> Vec<(&'static str, &'static str)> {
    let file = |file: &'static include_dir::File<'static>| {
        Some((file.path().to_str()?.strip_suffix(".toml")?, file.contents_utf8()?))
    };
    let mut files: Vec<_> = FILES.files().filter_map(file).collect();
    files.sort_unstable();
    files
}

/// The languages whose files make the words of one, the most particular first: "fr-CH", "fr".
pub fn chain(language: &str) -> Vec<String> {
    let mut parts: Vec<&str> = language.split('-').collect();
    let mut chain = Vec::new();
    while !parts.is_empty() {
        chain.push(parts.join("-"));
        parts.pop();
    }
    chain
}
