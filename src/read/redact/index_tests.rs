//! That nobody is missed: what the index proposes is worth as much as trying every name on every text.

use super::{Proposed, Redacted, Redaction, RedactionIndex, in_order};
use crate::model::Anonymity;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Words that names and texts share, that hold one another, and that fold to one another.
const WORDS: &[&str] = &[
    "Ana",
    "ana",
    "ANA",
    "Ána",
    "A\u{301}na",
    "An\u{200b}a",
    "A\u{ad}na",
    "A",
    "a",
    "Anamarsh",
    "Ana-Lise",
    "Lise",
    "Marsh",
    "marsh",
    "MARSH",
    "Marshs",
    "Marshen",
    "Marsheno",
    "Mars",
    "Ma\u{202e}rsh",
    "Marsh’s",
    "O’Dell",
    "ODell",
    "van",
    "der",
    "De",
    "Quibble-Marsh",
    "Bo",
    "bo",
    "B",
    "Mr",
    "Ms",
    "the",
    "The",
    "an",
    "20",
    "nbsp",
    "160",
    "李",
    "小",
    "龙",
    "Хрюков",
    "Хрюкова",
    "хрюков",
    "ﬁn",
    "fin",
    "ß",
    "ss",
    "@ana_marsh",
    "witness",
    "—",
    ".",
    "'",
];

/// What may stand between them.
const BETWEEN: &[&str] = &[
    " ",
    " ",
    " ",
    "-",
    "_",
    "/",
    ", ",
    ",",
    ",\n\n",
    ". ",
    "\n",
    "\n\n",
    "&nbsp;",
    " &nbsp; ",
    "%20",
    "&#160;",
    "* **",
    "",
    "\u{200b}",
    "\u{a0}",
    "                              ",
    "&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;",
    "&amp;",
    "<b>",
    "\u{301}",
    "’s ",
];

/// Words of what may stand in a name’s place.
const PLAIN: &[&str] = &["Ana", "Marsh", "the", "an", "Bo", "20", "De", "witness", "Хрюков", "O’Dell", "A"];

fn joined(words: &'static [&'static str], between: &'static [&'static str], n: usize) -> BoxedStrategy<String> {
    let piece = (select(words), select(between)).prop_map(|(word, between)| format!("{word}{between}"));
    vec(piece, 0..n).prop_map(|pieces| pieces.concat()).boxed()
}

fn name() -> BoxedStrategy<Box<str>> {
    let plain = joined(WORDS, &[" "], 5).prop_map(|name| name.trim().to_owned());
    prop_oneof![3 => plain, 1 => joined(WORDS, BETWEEN, 4)].prop_map(Into::into).boxed()
}

fn redaction() -> impl Strategy<Value = Redaction> {
    (name(), vec(name(), 0..3), vec(name(), 0..3), joined(PLAIN, &[" ", "-"], 3)).prop_map(
        |(name, also, except, instead)| Redaction::new(&Anonymity { name, also, except, instead: instead.into() }),
    )
}

/// Each on what those before it left.
fn one_after_another(all: &[Redaction], text: &str, one: Take) -> (String, Vec<(usize, Redacted)>) {
    let mut text = text.to_owned();
    let mut done = Vec::new();
    for (at, redaction) in all.iter().enumerate() {
        if let Some(redacted) = one(redaction, &text) {
            text.clone_from(&redacted.text);
            done.push((at, redacted));
        }
    }
    (text, done)
}

/// The same of those that the index proposes.
fn proposed(
    all: &[Redaction],
    index: &RedactionIndex,
    text: &str,
    one: Take,
    may: for<'a> fn(&'a RedactionIndex, &str) -> Proposed<'a>,
) -> (String, Vec<(usize, Redacted)>) {
    let mut text = text.to_owned();
    let mut done = Vec::new();
    in_order(
        &mut text,
        |text| may(index, text),
        |text, at| {
            let Some(redacted) = one(&all[at], text) else { return false };
            let changed = !redacted.spans.is_empty();
            text.clone_from(&redacted.text);
            done.push((at, redacted));
            changed
        },
    );
    (text, done)
}

type Take = fn(&Redaction, &str) -> Option<Redacted>;

/// None where nothing was taken out: a text that is as it was.
fn parts(redaction: &Redaction, text: &str) -> Option<Redacted> {
    Some(redaction.redact_parts(text)).filter(|redacted| !redacted.spans.is_empty() || redacted.text != text)
}

fn check(all: &[Redaction], text: &str) {
    let index = RedactionIndex::new(all.iter().enumerate());
    let of = |gives: fn(&Redaction, &str) -> bool, may: Proposed<'_>| {
        let may: Vec<usize> = may.collect();
        let given: Vec<usize> = (0..all.len()).filter(|at| gives(&all[*at], text)).collect();
        let missed = given.iter().find(|at| !may.contains(at));
        assert_eq!(missed, None, "not proposed of {all:#?}");
        assert!(may.is_sorted_by(|a, b| a < b), "{may:?}");
    };
    of(Redaction::names, index.naming(text));
    of(Redaction::hints, index.hinting(text));
    assert_eq!(
        proposed(all, &index, text, Redaction::redact, RedactionIndex::naming),
        one_after_another(all, text, Redaction::redact)
    );
    assert_eq!(proposed(all, &index, text, parts, RedactionIndex::hinting), one_after_another(all, text, parts));
}

/// How often a property is tried; `ONRECORD_NAMES_CASES` for a longer campaign.
fn cases() -> u32 {
    std::env::var("ONRECORD_NAMES_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_out_is_what_each_name_after_another_takes(
        all in vec(redaction(), 0..8),
        text in joined(WORDS, BETWEEN, 30),
    ) {
        check(&all, &text);
    }

    #[test]
    fn no_name_is_missed_in_a_text_that_gives_it(
        given in vec((name(), vec(name(), 0..2)), 1..5),
        around in vec((joined(WORDS, BETWEEN, 4), select(BETWEEN)), 5),
    ) {
        let of = |(name, also): &(Box<str>, Vec<Box<str>>)| {
            let name = Anonymity { name: name.clone(), also: also.clone(), except: Vec::new(), instead: "Bo".into() };
            Redaction::new(&name)
        };
        let all: Vec<_> = given.iter().map(of).collect();
        let names = given.iter().flat_map(|(name, also)| std::iter::once(name).chain(also));
        let text: String = names.zip(around.iter().cycle()).map(|(name, (words, gap))| format!("{words}{name}{gap}")).collect();
        check(&all, &text);
    }
}

fn of(name: &str, also: &[&str]) -> Redaction {
    let also = also.iter().map(|also| (*also).into()).collect();
    Redaction::new(&Anonymity { name: name.into(), also, except: Vec::new(), instead: "the witness".into() })
}

#[test]
fn only_names_that_may_stand_there_are_proposed() {
    let all = [
        of("Ingrid Marsh", &["Inga Holm", "the keeper of the lamp"]),
        of("Ivo Marsh", &[]),
        of("Ingrid Pell", &[]),
        of("Jan van der Zorblax", &[]),
        of("Zyxwona", &[]),
        of("", &["—"]),
        of("Anne-Lise Quibble-Fnord", &["the keeper of the quay"]),
        of("Mr 20", &[]),
    ];
    let index = RedactionIndex::new(all.iter().enumerate());
    let check = |text: &str, naming: &[usize], hinting: &[usize]| {
        assert_eq!(index.naming(text).collect::<Vec<_>>(), naming, "{text}");
        assert_eq!(index.hinting(text).collect::<Vec<_>>(), hinting, "{text}");
    };
    check("Ingrid said that a low marsh is wet, and I. M. van der Berg said", &[], &[0, 2]);
    check("Ingrid A. B. C. Marsh", &[0], &[0, 1, 2]);
    check("Ingrid was at sea by the old Marsh", &[], &[0, 1, 2]);
    check("I. Marsh", &[0, 1], &[0, 1]);
    check("Marsh, Ivo", &[1], &[0, 1]);
    check("the keeper of the quay", &[6], &[6]);
    check("THE KEEPER OF&nbsp;THE LAMP", &[0], &[0]);
    check("j. zorblax", &[3], &[3]);
    check("Zyxwonas, Marshen, Zyxwonatas", &[], &[0, 1, 4]);
    check("/old/anneliseQuibbleFnord-zyxwona", &[4, 6], &[4, 6]);
    check("", &[], &[]);
    assert_eq!(RedactionIndex::new([]).naming("Ingrid Marsh").next(), None);
}

#[test]
fn each_is_asked_on_what_those_before_it_left() {
    let of = |name: &str, instead: &str| {
        Redaction::new(&Anonymity { name: name.into(), also: vec![], except: vec![], instead: instead.into() })
    };
    // What stands in a name’s place may be another name: one that is withheld after it goes, one before it stays.
    let all = [of("Tobias Renn", "a man"), of("Ingrid Marsh", "Ola Brandt"), of("Ola Brandt", "Tobias Renn")];
    let index = RedactionIndex::new(all.iter().enumerate());
    let (text, done) = proposed(&all, &index, "Ingrid Marsh sat.", Redaction::redact, RedactionIndex::naming);
    assert_eq!(text, "Tobias Renn sat.");
    assert_eq!(done.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1, 2]);
    check(&all, "Ingrid Marsh sat.");
}

#[test]
fn what_is_proposed_by_several_keys_stands_once_and_in_order() {
    let lists: [&[usize]; 4] = [&[0, 3, 3, 8], &[], &[3, 9], &[1, 8]];
    let proposed = lists.into_iter().map(Proposed::from).fold(Proposed::default(), Proposed::and);
    assert_eq!(proposed.clone().collect::<Vec<_>>(), [0, 1, 3, 8, 9]);
    assert_eq!(proposed.clone().starting(2).collect::<Vec<_>>(), [3, 8, 9]);
    assert_eq!(proposed.starting(10).next(), None);
}

#[test]
fn any_number_of_written_blanks_may_part_the_words_of_a_name() {
    let all = [of("Ingrid Marsh", &["the keeper of the lamp", "20 lamps"])];
    for text in ["The keeper of the&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;lamp", "20 &nbsp;&#160; &nbsp;&nbsp;&nbsp; lamps"] {
        assert!(all[0].names(text), "{text}");
        check(&all, text);
    }
}
