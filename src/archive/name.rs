//! Names of people: what is compared, sorted and shortened.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name taken apart, for comparing.
///
/// Case, accents, apostrophes, honorifics and post-nominal letters are folded away; hyphens are kept.
/// Two names are one where `base` and `middles` are equal, and may be one where only `base` is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NameKey {
    /// Given names and surname, then "jr", "sr", "ii" … where given, joined by spaces: "ingrid marsh".
    pub base: String,
    /// Middle initials, joined by spaces: "m"; empty without.
    pub middles: String,
    /// Whether there are at least a given name and a surname.
    pub full: bool,
}

impl NameKey {
    /// Takes a name apart; empty where it holds no letter.
    ///
    /// An honorific before a single word stays ("Lord Hale"), and such a name is not full.
    pub(super) fn of(name: &str) -> Self {
        let mut words = words(name);
        let honorifics = words.iter().take_while(|word| is_honorific(&word.folded)).count();
        words.drain(..honorifics.min(words.len().saturating_sub(2)));
        let suffix = words.last().and_then(|last| generation(&last.folded)).filter(|_| words.len() > 2);
        if suffix.is_some() {
            words.pop();
        }
        let mut key = Self { full: words.len() > 1 && !is_honorific(&words[0].folded), ..Self::default() };
        let last = words.len().saturating_sub(1);
        // An initial in first place is all there is of the given name: "J. R. Quill" keeps both.
        let folds = words.first().is_some_and(|first| !first.is_initial);
        for (at, word) in words.iter().enumerate() {
            let is_middle = folds && word.is_initial && at > 0 && at < last;
            push_word(if is_middle { &mut key.middles } else { &mut key.base }, &word.folded);
        }
        if let Some(suffix) = suffix {
            push_word(&mut key.base, suffix);
        }
        key
    }

    /// The whole name, folded: "ingrid m marsh".
    pub(super) fn spelled(&self) -> String {
        match self.base.split_once(' ') {
            Some((given, rest)) if !self.middles.is_empty() => format!("{given} {} {rest}", self.middles),
            _ => self.base.clone(),
        }
    }
}

/// A name taken apart, for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameParts {
    pub given: Box<str>,
    pub surname: Box<str>,
    pub sorted: Box<str>,
    pub letter: char,
    pub initials: Box<str>,
}

impl NameParts {
    /// Takes a name apart.
    ///
    /// Particles in lower case belong to the surname but are passed over in sorting (The Chicago Manual of
    /// Style, 16.84): "Berg, Ingrid van der"; with a capital they are sorted by: "Van Dyke, Ola".
    /// A name in characters (山田太郎) is not taken apart.
    pub(super) fn of(name: &str) -> Self {
        let mut words: Vec<&str> = name.split_whitespace().collect();
        while words.len() > 1 && is_honorific(&fold(words[0])) {
            words.remove(0);
        }
        let mut after = Vec::new();
        while words.len() > 1 {
            let last = fold(words[words.len() - 1]);
            if generation(&last).is_none() && !is_post_nominal(words[words.len() - 1]) {
                break;
            }
            after.extend(words.pop());
        }
        after.reverse();
        if let Some(last) = words.last_mut() {
            *last = last.trim_end_matches(',');
        }
        let Some((&main, before)) = words.split_last() else {
            return Self { given: "".into(), surname: "".into(), sorted: "".into(), letter: '#', initials: "?".into() };
        };
        // The surname begins at its first particle; a given name stays before it, so "Al Renn" has one.
        let given = usize::from(before.first().is_some_and(|word| !is_particle(word) || !is_lower(word)));
        let particles = before.iter().skip(given).rev().take_while(|word| is_particle(word)).count();
        let (given, particles) = before.split_at(before.len() - particles);
        // Sorted by the first word of the surname that is not in lower case.
        let passed = particles.iter().take_while(|word| is_lower(word)).count();
        let (passed, kept) = particles.split_at(passed);
        let sort_surname = [kept, &[main]].concat().join(" ");
        let rest = [given, &after, passed].concat().join(" ");
        let sorted = if rest.is_empty() { sort_surname.clone() } else { format!("{sort_surname}, {rest}") };
        Self {
            given: given.join(" ").into(),
            surname: [particles, &[main]].concat().join(" ").into(),
            letter: index_letter(&sort_surname),
            initials: initials(given.first().copied(), kept.first().copied().unwrap_or(main)),
            sorted: sorted.into(),
        }
    }
}

/// The form that names are sorted by: folded, with the comma kept lowest so that "Marsh, Z" comes before "Marshall, A".
pub(super) fn sort_key(sorted: &str) -> String {
    let (surname, rest) = sorted.split_once(", ").unwrap_or((sorted, ""));
    format!("{}\u{1}{}", folded(surname), folded(rest))
}

/// Folds a word: compatibility forms, lower case, Latin, Greek and Cyrillic accents off; letters, digits and hyphens
/// stay.
///
/// Marks of other scripts are vowels, not accents, and stay.
pub(super) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase) {
        match c {
            '-' | '‐' | '‑' | '–' => out.push('-'),
            c if c.is_alphanumeric() || is_combining_mark(c) && !('\u{300}'..='\u{36f}').contains(&c) => {
                match crate::text::slug::plain(c) {
                    Some(letters) => out.push_str(letters),
                    None => out.push(c),
                }
            }
            _ => {}
        }
    }
    out.trim_matches('-').to_owned()
}

/// A word of a name.
struct Word {
    folded: String,
    /// A single letter, not in lower case: "M." but not the "y" of a Spanish surname.
    is_initial: bool,
}

/// The words of a name without the letters after it.
fn words(name: &str) -> Vec<Word> {
    let mut printed: Vec<&str> = name.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty()).collect();
    while printed.len() > 1 && printed.last().is_some_and(|last| is_post_nominal(last)) {
        printed.pop();
    }
    let pieces = printed.iter().flat_map(|word| word.split(|c: char| c.is_whitespace() || c == '.'));
    pieces
        .map(|word| Word {
            folded: fold(word),
            is_initial: word.chars().count() == 1 && !word.starts_with(char::is_lowercase),
        })
        .filter(|word| !word.folded.is_empty())
        .collect()
}

/// The words of a text, folded and joined by spaces.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '.' | ',')).map(fold) {
        if !word.is_empty() {
            push_word(&mut out, &word);
        }
    }
    out
}

fn push_word(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// Courtesy before a name, folded and sorted.
const HONORIFICS: &[&str] = &[
    "baroness",
    "capt",
    "captain",
    "cllr",
    "col",
    "councillor",
    "dame",
    "dr",
    "gen",
    "hon",
    "judge",
    "justice",
    "lady",
    "lord",
    "lt",
    "maj",
    "miss",
    "mr",
    "mrs",
    "ms",
    "mx",
    "pc",
    "prof",
    "professor",
    "rev",
    "reverend",
    "sen",
    "sgt",
    "sir",
    "viscount",
];

/// Letters after a name, sorted.
const LETTERS: &[&str] =
    &["CBE", "DBE", "FRS", "GBE", "KBE", "KC", "MBE", "MD", "MEP", "MP", "MS", "MSP", "OBE", "PhD", "QC"];

/// Words that lead a surname, folded and sorted.
const PARTICLES: &[&str] = &[
    "al", "ap", "bin", "bint", "da", "dal", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
    "el", "ibn", "la", "le", "van", "ver", "von", "zu", "zum", "zur",
];

/// Words that tell generations of one family apart.
pub(super) fn generation(word: &str) -> Option<&'static str> {
    Some(match word {
        "jr" | "junior" => "jr",
        "sr" | "senior" => "sr",
        "ii" | "2nd" => "ii",
        "iii" | "3rd" => "iii",
        "iv" | "4th" => "iv",
        _ => return None,
    })
}

/// Courtesy before a name.
fn is_honorific(word: &str) -> bool {
    HONORIFICS.binary_search(&word).is_ok()
}

/// Letters after a name, as printed: only in capitals, for "Ma" and "Mp" are names.
fn is_post_nominal(word: &str) -> bool {
    let word: String = word.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    LETTERS.binary_search(&&*word).is_ok()
}

/// Words that lead a surname, whatever their case.
fn is_particle(word: &str) -> bool {
    PARTICLES.binary_search(&&*fold(word)).is_ok()
}

fn is_lower(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

/// The letter of the index a surname stands under.
fn index_letter(surname: &str) -> char {
    let letter = fold(surname).chars().next().filter(|c| c.is_alphabetic());
    letter.and_then(|c| c.to_uppercase().next()).unwrap_or('#')
}

/// Two letters; one where the name is written in characters, which are as wide as two.
fn initials(given: Option<&str>, main: &str) -> Box<str> {
    let text = match given {
        Some(given) => letters(given, 1) + &letters(main, 1),
        None if main.chars().any(is_wide) => letters(main, 1),
        None => letters(main, 2),
    };
    if text.is_empty() { "?".into() } else { text.into() }
}

/// Characters that stand for a syllable or a word: Han, Kana, Hangul.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The first letters of a word in capitals, with the marks on them: vowels of Indic scripts are marks.
fn letters(word: &str, n: usize) -> String {
    let mut out = String::new();
    let mut left = n;
    for c in word.nfc() {
        if is_combining_mark(c) {
            if left < n && out.len() < MOST_BYTES {
                out.push(c);
            }
        } else if c.is_alphanumeric() {
            if left == 0 {
                break;
            }
            left -= 1;
            out.extend(c.to_uppercase());
        }
    }
    out
}

/// Bytes after which marks on a letter are dropped.
const MOST_BYTES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_what_does_not_tell_people_apart() {
        let check = |a: &str, b: &str, same: bool| assert_eq!(NameKey::of(a) == NameKey::of(b), same, "{a} / {b}");
        check("Ingrid Marsh", "INGRID MARSH", true);
        check("Ingrid Marsh", "Ms Ingrid Marsh, MP", true);
        check("Amara Quill", "Prof. Amara Quill PhD", true);
        check("Seán O’Brien", "Sean O'Brien", true);
        check("J.R. Quill", "J. R. Quill", true);
        check("Tobias Renn Jr", "Tobias Renn, Junior", true);
        check("Tobias Renn Jr", "Tobias Renn Sr", false);
        check("Tobias Renn Jr", "Tobias Renn", false);
        check("Mary-Ann Ferrant", "Mary Ann Ferrant", false);
        check("Mary‐Ann Ferrant", "Mary-Ann Ferrant", true);
        check("J. Quill", "J. R. Quill", false);
        check("Ramón Ortega y Gasset", "Ramón Ortega Gasset", false);
        check("राम सिंह", "रमा सिंह", false);
        check("Łucja Ferrant", "Lucja Ferrant", true);
    }

    #[test]
    fn middle_initials_stand_apart() {
        let check = |name: &str, base: &str, middles: &str, full: bool| {
            let key = NameKey::of(name);
            assert_eq!((&*key.base, &*key.middles, key.full), (base, middles, full), "{name}");
        };
        check("Ingrid M. Marsh", "ingrid marsh", "m", true);
        check("Ingrid M K Marsh Jr.", "ingrid marsh jr", "m k", true);
        check("J. R. Quill", "j r quill", "", true);
        check("Marsh", "marsh", "", false);
        check("Ms Marsh", "ms marsh", "", false);
        check("Lord Hale", "lord hale", "", false);
        check("Lord Jonas Hale", "jonas hale", "", true);
        check("“…”", "", "", false);
        assert_eq!(NameKey::of("Ingrid M. Marsh").spelled(), "ingrid m marsh");
    }

    #[test]
    fn names_are_shown_by_rule() {
        let check = |name: &str, surname: &str, sorted: &str, letter: char, initials: &str| {
            let parts = NameParts::of(name);
            let found = (&*parts.surname, &*parts.sorted, parts.letter, &*parts.initials);
            assert_eq!(found, (surname, sorted, letter, initials), "{name}");
        };
        check("Ingrid Marsh", "Marsh", "Marsh, Ingrid", 'M', "IM");
        check("Ingrid M. Marsh", "Marsh", "Marsh, Ingrid M.", 'M', "IM");
        check("Ola van der Berg", "van der Berg", "Berg, Ola van der", 'B', "OB");
        check("Ola Van Dyke", "Van Dyke", "Van Dyke, Ola", 'V', "OV");
        check("Lucia de Souza", "de Souza", "Souza, Lucia de", 'S', "LS");
        check("Maria de la Cruz", "de la Cruz", "Cruz, Maria de la", 'C', "MC");
        check("Maria von der Leine-Ost", "von der Leine-Ost", "Leine-Ost, Maria von der", 'L', "ML");
        check("Al Renn", "Renn", "Renn, Al", 'R', "AR");
        check("Tobias Renn Jr", "Renn", "Renn, Tobias Jr", 'R', "TR");
        check("Tobias Renn, Jr.", "Renn", "Renn, Tobias Jr.", 'R', "TR");
        check("Dame Ola Brandt OBE", "Brandt", "Brandt, Ola OBE", 'B', "OB");
        check("Øyvind Åsen", "Åsen", "Åsen, Øyvind", 'A', "ØÅ");
        check("Merrow", "Merrow", "Merrow", 'M', "ME");
        check("Пётр Смирнов", "Смирнов", "Смирнов, Пётр", 'С', "ПС");
        check("山田太郎", "山田太郎", "山田太郎", '山', "山");
        check("राम सिंह", "सिंह", "सिंह, राम", 'स', "रासिं");
        check("3 Ferries", "Ferries", "Ferries, 3", 'F', "3F");
        check("", "", "", '#', "?");
    }

    #[test]
    fn sorting_goes_by_surname_first() {
        let mut names = ["Marshall, Amara", "Marsh, Zoe", "Åsen, Øyvind", "marsh, Ingrid", "Berg, Ola van der"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Åsen, Øyvind", "Berg, Ola van der", "marsh, Ingrid", "Marsh, Zoe", "Marshall, Amara"]);
    }

    #[test]
    fn tables_are_sorted_for_searching() {
        for table in [HONORIFICS, LETTERS, PARTICLES] {
            assert!(table.is_sorted());
        }
    }
}
