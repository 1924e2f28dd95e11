//! Initials of speakers: the third signal beside colour and line.

use std::collections::{BTreeMap, BTreeSet};

/// What stands after a surname and gives no initial.
const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "obe"];

/// Initials of one person: first letters of the first and the last name, or a lone name's first two letters.
///
/// In the name's own script; "?" where it holds no letter.
pub(super) fn initials(name: &str) -> Box<str> {
    scheme(name, 0)
}

/// Tells the speakers of one report apart: (name, usual initials) to initials, with a third letter where two
/// would share them.
///
/// The third is the middle name's, else the surname's second letter, else the given name's; people who
/// still agree stay told apart by colour, line and name.
pub(super) fn told_apart(speakers: &[(&str, Box<str>)]) -> Vec<Box<str>> {
    let mut out: Vec<Box<str>> = speakers.iter().map(|(_, usual)| usual.clone()).collect();
    let mut shared: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, (_, usual)) in speakers.iter().enumerate() {
        shared.entry(usual).or_default().push(i);
    }
    for group in shared.into_values().filter(|group| group.len() > 1) {
        let distinct = |n: usize| group.iter().map(|i| scheme(speakers[*i].0, n)).collect::<BTreeSet<_>>().len();
        // The earlier scheme wins a tie, so `max_by_key`, which takes the last, runs backwards.
        let best = (1..=3).rev().max_by_key(|n| distinct(*n)).unwrap_or(1);
        for i in group {
            out[i] = scheme(speakers[i].0, best);
        }
    }
    out
}

/// 0: two letters; 1: with the middle name's; 2: with the surname's second; 3: with the given name's second.
fn scheme(name: &str, scheme: usize) -> Box<str> {
    let mut words: Vec<&str> = name
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .collect();
    if words.len() > 2 && words.last().is_some_and(|w| SUFFIXES.contains(&w.to_lowercase().as_str())) {
        words.pop();
    }
    let letter = |word: &str, n: usize| -> String {
        word.chars().filter(|c| c.is_alphanumeric()).skip(n).take(1).flat_map(char::to_uppercase).collect()
    };
    match words.as_slice() {
        [] => "?".into(),
        [only] => (0..if scheme == 0 { 2 } else { 3 }).map(|n| letter(only, n)).collect::<String>().into(),
        [first, middle @ .., last] => {
            let (f, l) = (letter(first, 0), letter(last, 0));
            match (scheme, middle.first()) {
                (0, _) => format!("{f}{l}"),
                (1, Some(middle)) => format!("{f}{}{l}", letter(middle, 0)),
                (1 | 2, _) => format!("{f}{l}{}", letter(last, 1)),
                _ => format!("{f}{}{l}", letter(first, 1)),
            }
            .into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_two_letters() {
        let check = |name: &str, expected: &str| assert_eq!(&*initials(name), expected, "{name}");
        check("Ingrid Marsh", "IM");
        check("Marsh", "MA");
        check("Ola van der Brandt", "OB");
        check("Tobias Renn Jr.", "TR");
        check("“Kit” O’Dell", "KO");
        check("Пётр Смирнов", "ПС");
        check("ingrid marsh", "IM");
        check("X", "X");
        check("—", "?");
        check("", "?");
    }

    #[test]
    fn a_third_letter_tells_two_apart() {
        let check = |names: &[&str], expected: &[&str]| {
            let speakers: Vec<_> = names.iter().map(|name| (*name, initials(name))).collect();
            let found = told_apart(&speakers);
            assert_eq!(found.iter().map(|s| &**s).collect::<Vec<_>>(), expected);
        };
        check(&["Ingrid Marsh", "Tobias Renn"], &["IM", "TR"]);
        check(&["Ingrid Marsh", "Ivo Marsh"], &["INM", "IVM"]);
        check(&["Tobias Renn", "Tara Rook", "Amara Quill"], &["TRE", "TRO", "AQ"]);
        check(&["Ingrid A. Marsh", "Ingrid B. Marsh"], &["IAM", "IBM"]);
        check(&["Marsh", "Mather"], &["MAR", "MAT"]);
        check(&["Ingrid Marsh", "Ingrid Marsh"], &["IMA", "IMA"]);
    }
}
