//! Which form of a word goes with a number.
//!
//! Source: Unicode CLDR 48, `plurals.xml`, cardinal rules, for whole numbers: the operands v, f, t and e are zero.

/// A form of a counted word, by its CLDR category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

use Category::{Few, Many, One, Other, Two, Zero};

impl Category {
    /// All, in CLDR's order.
    pub(super) const ALL: [Self; 6] = [Zero, One, Two, Few, Many, Other];

    /// "one"
    pub(super) fn name(self) -> &'static str {
        match self {
            Zero => "zero",
            One => "one",
            Two => "two",
            Few => "few",
            Many => "many",
            Other => "other",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }
}

/// The rule of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Categories that words in this language have; `other` always is one.
    pub(super) categories: &'static [Category],
    choose: fn(u64) -> Category,
}

impl Rule {
    /// The rule of a language by its primary subtag; English's where it is not known.
    pub(super) fn of(language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let found = RULES.iter().find(|(languages, ..)| languages.contains(&&*primary));
        let (_, categories, choose) = found.unwrap_or(&RULES[0]);
        Self { categories, choose: *choose }
    }

    pub(super) fn choose(self, n: u64) -> Category {
        (self.choose)(n)
    }

    /// Whether words must have this form: all must but that of French and its neighbours for whole millions.
    pub(super) fn needs(self, category: Category) -> bool {
        self.categories.contains(&category) && !(category == Many && self.categories == ROMANCE)
    }
}

const ROMANCE: &[Category] = &[One, Many, Other];

type Row = (&'static [&'static str], &'static [Category], fn(u64) -> Category);

/// Languages, their categories, their rule. The first row is also for languages that no row names.
static RULES: &[Row] = &[
    (
        &[
            "en", "de", "nl", "sv", "nb", "no", "nn", "da", "fi", "et", "el", "hu", "tr", "bg", "eu", "gl", "ka", "sq",
            "az", "kk", "uz", "mn", "ur", "ta", "te", "ml", "mr", "sw", "af", "fy", "lb", "eo", "ky", "ne", "so",
        ],
        &[One, Other],
        |n| if n == 1 { One } else { Other },
    ),
    (&["ja", "zh", "ko", "vi", "th", "id", "ms", "lo", "my", "km", "yue"], &[Other], |_| Other),
    (&["fr", "pt"], ROMANCE, |n| if n < 2 { One } else { millions(n) }),
    (&["es", "it", "ca"], ROMANCE, |n| if n == 1 { One } else { millions(n) }),
    (&["fa", "hi", "bn", "gu", "kn", "am", "zu", "hy", "pa"], &[One, Other], |n| if n < 2 { One } else { Other }),
    (&["ru", "uk", "be"], &[One, Few, Many, Other], |n| match (n % 10, n % 100) {
        (1, tens) if tens != 11 => One,
        (2..=4, tens) if !(12..=14).contains(&tens) => Few,
        _ => Many,
    }),
    (&["pl"], &[One, Few, Many, Other], |n| match (n % 10, n % 100) {
        _ if n == 1 => One,
        (2..=4, tens) if !(12..=14).contains(&tens) => Few,
        _ => Many,
    }),
    (&["sr", "hr", "bs"], &[One, Few, Other], |n| match (n % 10, n % 100) {
        (1, tens) if tens != 11 => One,
        (2..=4, tens) if !(12..=14).contains(&tens) => Few,
        _ => Other,
    }),
    (&["cs", "sk"], &[One, Few, Other], |n| match n {
        1 => One,
        2..=4 => Few,
        _ => Other,
    }),
    (&["sl"], &[One, Two, Few, Other], |n| match n % 100 {
        1 => One,
        2 => Two,
        3 | 4 => Few,
        _ => Other,
    }),
    (&["lt"], &[One, Few, Other], |n| match (n % 10, n % 100) {
        (_, 11..=19) | (0, _) => Other,
        (1, _) => One,
        _ => Few,
    }),
    (&["lv"], &[Zero, One, Other], |n| match (n % 10, n % 100) {
        (_, 11..=19) | (0, _) => Zero,
        (1, _) => One,
        _ => Other,
    }),
    (&["ro"], &[One, Few, Other], |n| match n % 100 {
        _ if n == 1 => One,
        _ if n == 0 => Few,
        1..=19 => Few,
        _ => Other,
    }),
    (&["is", "mk"], &[One, Other], |n| if n % 10 == 1 && n % 100 != 11 { One } else { Other }),
    (&["he"], &[One, Two, Other], |n| match n {
        1 => One,
        2 => Two,
        _ => Other,
    }),
    (&["ar"], &[Zero, One, Two, Few, Many, Other], |n| match (n, n % 100) {
        (0, _) => Zero,
        (1, _) => One,
        (2, _) => Two,
        (_, 3..=10) => Few,
        (_, 11..) => Many,
        _ => Other,
    }),
    (&["ga"], &[One, Two, Few, Many, Other], |n| match n {
        1 => One,
        2 => Two,
        3..=6 => Few,
        7..=10 => Many,
        _ => Other,
    }),
    (&["cy"], &[Zero, One, Two, Few, Many, Other], |n| match n {
        0 => Zero,
        1 => One,
        2 => Two,
        3 => Few,
        6 => Many,
        _ => Other,
    }),
    (&["mt"], &[One, Two, Few, Many, Other], |n| match (n, n % 100) {
        (1, _) => One,
        (2, _) => Two,
        (0, _) | (_, 3..=10) => Few,
        (_, 11..=19) => Many,
        _ => Other,
    }),
];

/// French says "un million de mots".
fn millions(n: u64) -> Category {
    if n != 0 && n.is_multiple_of(1_000_000) { Many } else { Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file was written by another implementation.
    #[test]
    fn every_language_chooses_as_icu_does() {
        const NUMBERS: [u64; 30] = [
            0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 14, 19, 20, 21, 22, 25, 31, 100, 101, 102, 103, 111, 112, 119, 120,
            121, 1_000_000, 1_000_001, 2_000_000,
        ];
        let mut known = 0;
        for line in include_str!("plurals.txt").lines().skip(1) {
            let (language, expected) = line.split_once(' ').expect("a language");
            let rule = Rule::of(language);
            let found: Vec<&str> = NUMBERS.iter().map(|n| rule.choose(*n).name()).collect();
            assert_eq!(found.join(" "), expected, "{language}");
            assert!(NUMBERS.iter().all(|n| rule.categories.contains(&rule.choose(*n))), "{language}");
            known += 1;
        }
        assert_eq!(known, RULES.iter().map(|(languages, ..)| languages.len()).sum::<usize>());
    }

    #[test]
    fn regions_share_the_rule_of_their_language() {
        assert_eq!(Rule::of("fr-CH").choose(0), One);
        assert_eq!(Rule::of("EN-GB").choose(0), Other);
        assert_eq!(Rule::of("tlh").choose(1), One);
        assert!(!Rule::of("fr").needs(Many) && Rule::of("pl").needs(Many));
    }
}
