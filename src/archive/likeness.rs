//! How like two names are, and where names that may be alike are looked for.

use super::given::GivenNames;
use super::name::{NameKey, generation};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// How two different names may be one person's. The stronger comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// They differ in hyphens, blanks and apostrophes: "Mary-Ann Lee", "Mary Ann Lee".
    Spacing,
    /// One has a middle name, or spells out the other's: "Ingrid Karin Marsh", "Ingrid K. Marsh", "Ingrid Marsh".
    Middle,
    /// One given name is short for the other: "Bill Renn", "William Renn".
    Short,
    /// One gives an initial: "T. Renn".
    Initial,
    /// They differ in spelling as transliterations do: "Sergei", "Sergey"; "Mueller", "Müller".
    Spelling,
}

/// A name taken apart for likening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    given: String,
    /// Names and initials between given name and surname.
    middle: Vec<String>,
    surname: String,
    generation: &'static str,
    /// All letters without blanks and hyphens.
    tight: String,
}

impl Parts {
    /// Takes a full name apart; `initials` are those of its spellings, where it has some.
    pub(super) fn of(key: &NameKey, initials: &str) -> Self {
        let mut words: Vec<&str> = key.base.split(' ').collect();
        let generation = words.last().and_then(|last| generation(last)).filter(|_| words.len() > 2).unwrap_or("");
        if !generation.is_empty() {
            words.pop();
        }
        let surname = words.pop().unwrap_or_default();
        let (given, inner) = words.split_first().map_or(("", &[][..]), |(given, inner)| (*given, inner));
        let initials = if key.middles.is_empty() { initials } else { &key.middles };
        let middle = initials.split(' ').chain(inner.iter().copied()).filter(|word| !word.is_empty());
        let tight: String = key.spelled().split([' ', '-']).map(saint).collect();
        Self {
            given: given.to_owned(),
            middle: middle.map(str::to_owned).collect(),
            surname: surname.to_owned(),
            generation,
            tight,
        }
    }

    /// Where to look for names like this one: two names that are alike share a key. Keys of names that are not alike
    /// may be equal too; a handful each.
    pub(super) fn keys(&self, out: &mut Vec<u64>) {
        let names = GivenNames::english();
        let (given, surname, generation) = (&*self.given, &*self.surname, self.generation);
        out.push(hash(("tight", &self.tight)));
        for full in names.in_full(given).iter().map(String::as_str).chain([given]) {
            out.push(hash(("given", full, surname, generation)));
        }
        out.push(hash(("initial", given.chars().next(), surname, generation)));
        if let Some(second) = self.middle.first().filter(|middle| middle.len() > 1) {
            out.push(hash(("given", second, surname, generation)));
        }
        out.push(hash(("spelt", skeleton(names.spelling(given)), skeleton(surname), generation)));
    }

    /// How like another name this one is; none where they are equal or cannot be one person's.
    pub(super) fn likeness(&self, other: &Self) -> Option<Likeness> {
        let names = GivenNames::english();
        if self == other {
            return None;
        }
        if self.tight == other.tight {
            return Some(Likeness::Spacing);
        }
        if self.generation != other.generation {
            return None;
        }
        if self.surname == other.surname {
            if self.given == other.given {
                return self.middles_fit(other).then_some(Likeness::Middle);
            }
            if !self.middles_fit(other) {
                return None;
            }
            if names.is_short_form(&self.given, &other.given) {
                return Some(Likeness::Short);
            }
            let initial = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
            if initial(&self.given, &other.given) || initial(&other.given, &self.given) {
                return Some(Likeness::Initial);
            }
            // "Recep Tayyip Alder" and "Tayyip Alder"
            let second = |a: &Self, b: &Self| a.middle.first().is_some_and(|m| *m == b.given) && b.middle.is_empty();
            if second(self, other) || second(other, self) {
                return Some(Likeness::Short);
            }
        }
        let spelt = |name: &str| skeleton(names.spelling(name));
        (spelt(&self.given) == spelt(&other.given)
            && skeleton(&self.surname) == skeleton(&other.surname)
            && self.middles_fit(other))
        .then_some(Likeness::Spelling)
    }

    /// Whether both may be names of one person beside a third that is like both: "Bill" and "Will" beside "William".
    pub(super) fn may_be_one(&self, other: &Self) -> bool {
        let initial = self.given.chars().count() == 1 || other.given.chars().count() == 1;
        self.likeness(other).is_some()
            || self.generation == other.generation
                && self.middles_fit(other)
                && (GivenNames::english().may_be_one(&self.given, &other.given)
                    || initial && self.given.chars().next() == other.given.chars().next())
    }

    /// Whether no middle name or initial of one is at odds with one of the other.
    fn middles_fit(&self, other: &Self) -> bool {
        let fits = |(a, b): (&String, &String)| a.starts_with(b.as_str()) || b.starts_with(a.as_str());
        self.middle.iter().zip(&other.middle).all(fits)
    }
}

fn hash(key: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    key.hash(&mut hasher);
    hasher.finish()
}

fn saint(word: &str) -> &str {
    if word == "saint" { "st" } else { word }
}

/// What is left of a name where spellings differ: doubled letters, y for i, ae for ä, kh for k.
fn skeleton(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    // "Macdonald" and "McDonald"
    let mut rest = name;
    if let Some(clan) = name.strip_prefix("mac").filter(|clan| clan.len() > 3) {
        out.push_str("mc");
        rest = clan;
    }
    while let Some(c) = rest.chars().next() {
        let known = SPELLINGS.iter().find(|(letters, _)| rest.starts_with(letters));
        let (taken, put) = match known {
            Some((letters, put)) => (letters.len(), *put),
            None => (c.len_utf8(), &rest[..c.len_utf8()]),
        };
        if !out.ends_with(put) || put.is_empty() {
            out.push_str(put);
        }
        rest = &rest[taken..];
    }
    out
}

/// Letters that transliterations vary, the longer first.
const SPELLINGS: &[(&str, &str)] = &[
    ("iy", "i"),
    ("yy", "i"),
    ("ij", "i"),
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("ph", "f"),
    ("ck", "k"),
    ("y", "i"),
    ("j", "i"),
    ("q", "k"),
    ("w", "v"),
    ("-", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &str) -> Parts {
        Parts::of(&NameKey::of(name), "")
    }

    #[test]
    fn names_are_alike_in_one_way_or_not_at_all() {
        let check = |a: &str, b: &str, expected: Option<Likeness>| {
            let (x, y) = (parts(a), parts(b));
            assert_eq!(x.likeness(&y), expected, "{a} / {b}");
            assert_eq!(y.likeness(&x), expected, "{b} / {a}");
            if expected.is_some() {
                let (mut p, mut q) = (Vec::new(), Vec::new());
                x.keys(&mut p);
                y.keys(&mut q);
                assert!(p.iter().any(|key| q.contains(key)), "{a} / {b} meet nowhere");
            }
        };
        check("Mary-Ann Ferrant", "Mary Ann Ferrant", Some(Likeness::Spacing));
        check("Sean O Brien", "Seán O’Brien", Some(Likeness::Spacing));
        check("Ola St John", "Ola Saint-John", Some(Likeness::Spacing));
        check("Ingrid Karin Marsh", "Ingrid Marsh", Some(Likeness::Middle));
        check("Ingrid Karin Marsh", "Ingrid K. Marsh", Some(Likeness::Middle));
        check("Ingrid Karin Marsh", "Ingrid M. Marsh", None);
        check("Bill Renn", "William Renn", Some(Likeness::Short));
        check("Toby Renn", "Tobias K. Renn", Some(Likeness::Short));
        check("Bill Renn", "Will Renn", None);
        check("Bill Renn Jr", "William Renn", None);
        check("T. Renn", "Tobias Renn", Some(Likeness::Initial));
        check("T. K. Renn", "Tobias M. Renn", None);
        check("Recep Tayyip Alder", "Tayyip Alder", Some(Likeness::Short));
        check("Sergei Alder", "Sergey Alder", Some(Likeness::Spelling));
        check("Ola Müller", "Ola Mueller", Some(Likeness::Spelling));
        check("Ola Zelenski", "Ola Zelenskyy", Some(Likeness::Spelling));
        check("Ola Brandt", "Ola Brand", None);
        check("Ola Macdonald", "Ola McDonald", Some(Likeness::Spelling));
        check("Ola Marsh", "Ivo Marsh", None);
    }

    #[test]
    fn names_that_a_third_joins_do_not_contradict_each_other() {
        assert!(parts("Bill Renn").may_be_one(&parts("Will Renn")));
        assert!(parts("B. Renn").may_be_one(&parts("Bill Renn")));
        assert!(!parts("Ingrid Karin Marsh").may_be_one(&parts("Ingrid Maria Marsh")));
    }
}
