//! Given names that may stand for one another: data in `lexicon/given_names.toml`.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Short forms and spellings of given names, folded as names are.
#[derive(Debug, Default)]
pub(super) struct GivenNames {
    /// The names in full that a short form may stand for, sorted: "alex" for "alexander", "alexandra".
    full: FxHashMap<String, Vec<String>>,
    /// The first spelling of a name that has several.
    spelt: FxHashMap<String, String>,
}

impl GivenNames {
    /// The embedded table, parsed on first use.
    pub(super) fn english() -> &'static GivenNames {
        static ENGLISH: LazyLock<GivenNames> = LazyLock::new(|| {
            GivenNames::parse(include_str!("lexicon/given_names.toml")).expect("the embedded table is tested")
        });
        &ENGLISH
    }

    fn parse(text: &str) -> Result<GivenNames, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut names = GivenNames::default();
        for (full, shorts) in file.short {
            for short in shorts.split_whitespace() {
                names.full.entry(short.to_owned()).or_default().push(full.clone());
            }
        }
        for (first, others) in file.spelt {
            for other in others.split_whitespace() {
                names.spelt.insert(other.to_owned(), first.clone());
            }
        }
        Ok(names)
    }

    /// The names in full that a name may be short for; empty for most.
    pub(super) fn in_full(&self, name: &str) -> &[String] {
        self.full.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first spelling of a name.
    pub(super) fn spelling<'a>(&'a self, name: &'a str) -> &'a str {
        self.spelt.get(name).map_or(name, String::as_str)
    }

    /// Whether one of the two is short for the other.
    pub(super) fn is_short_form(&self, a: &str, b: &str) -> bool {
        let short_for = |a: &str, b: &str| self.in_full(a).iter().any(|full| full == b);
        short_for(a, b) || short_for(b, a)
    }

    /// Whether both may be the same name: one is short for the other, or both for a third.
    pub(super) fn may_be_one(&self, a: &str, b: &str) -> bool {
        a == b
            || self.spelling(a) == self.spelling(b)
            || self.is_short_form(a, b)
            || self.in_full(a).iter().any(|full| self.in_full(b).contains(full))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    short: BTreeMap<String, String>,
    spelt: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::super::name::fold;
    use super::*;

    #[test]
    fn short_forms_stand_for_names_in_full() {
        let names = GivenNames::english();
        assert!(names.is_short_form("bill", "william") && names.is_short_form("william", "bill"));
        assert!(!names.is_short_form("bill", "will") && names.may_be_one("bill", "will"));
        assert!(!names.may_be_one("bill", "bettany"));
        assert_eq!(names.in_full("alex"), ["alexander", "alexandra"]);
        assert_eq!(names.spelling("muhammad"), names.spelling("mohamed"));
    }

    #[test]
    fn the_table_is_folded() {
        let names = GivenNames::english();
        for (short, full) in names.full.iter().flat_map(|(short, all)| all.iter().map(move |full| (short, full))) {
            assert_eq!((&fold(short), &fold(full)), (short, full));
            assert_ne!(short, full);
        }
    }
}
