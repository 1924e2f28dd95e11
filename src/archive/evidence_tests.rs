//! People by evidence: one under several names, and several under one.

use super::Archive;
use super::fixture::{FactsExt, facts, joined, person, shared};
use super::tests::{codes, slugs, who};
use crate::model::{AuthorityPerson, Facts, Gender};

/// Articles of consecutive days, one for each step.
pub(super) fn days(steps: &[&dyn Fn(Facts) -> Facts]) -> Vec<Facts> {
    let article = |(at, step): (usize, &&dyn Fn(Facts) -> Facts)| {
        step(facts(&format!("content/{at:02}.txt"), &format!("2031-11-{:02}", at + 1)))
    };
    steps.iter().enumerate().map(article).collect()
}

fn names_of(archive: &Archive) -> Vec<&str> {
    archive.people.iter().map(|person| &*person.name).collect()
}

#[test]
fn a_short_form_is_the_name_where_a_post_says_so() {
    let articles = days(&[
        &|f| f.holds("Tobias Renn", "Mayor of Port Ansel"),
        &|f| f.holds("Toby Renn", "Mayor of Port Ansel"),
        &|f| f.says("Tobias Renn", "“Not a penny more.”"),
    ]);
    let archive = joined(articles, vec![]);
    assert_eq!(who(&archive.value).concat(), ["tobias-renn"; 3]);
    assert_eq!(names_of(&archive.value), ["Tobias Renn"]);
    assert_eq!(codes(&archive.diagnostics), []);
}

#[test]
fn a_short_form_without_more_is_a_question() {
    let articles = || {
        days(&[
            &|f| f.says("William Renn", "“Not a penny more.”"),
            &|f| f.says("Bill Renn", "“Not a penny less.”"),
            &|f| f.names("Will Renn"),
        ])
    };
    let archive = joined(articles(), vec![]);
    assert_eq!(who(&archive.value).concat(), ["william-renn", "bill-renn", "will-renn"]);
    let [note] = &archive.diagnostics[..] else { panic!("{:?}", archive.diagnostics) };
    assert_eq!(note.message, "`William Renn` and `Bill Renn` may be one person");
    assert_eq!(
        note.help.as_deref(),
        Some(
            "if they are one, write `content/people/william-renn.md` with `name = \"William Renn\"` and \
             `aliases = [\"Bill Renn\"]`; if they are two, `not = [\"bill-renn\"]`"
        )
    );

    // What the help says settles it, one way or the other.
    let one = AuthorityPerson { aliases: vec!["Bill Renn".into()], ..person("william-renn", "William Renn") };
    let archive = joined(articles(), vec![one]);
    assert_eq!(who(&archive.value).concat(), ["william-renn", "william-renn", "will-renn"]);
    assert_eq!(codes(&archive.diagnostics), []);
    let two = AuthorityPerson { not: vec!["bill-renn".into()], ..person("william-renn", "William Renn") };
    let archive = joined(articles(), vec![two]);
    assert_eq!(who(&archive.value).concat(), ["william-renn", "bill-renn", "will-renn"]);
    assert_eq!(codes(&archive.diagnostics), []);
}

#[test]
fn what_speaks_against_two_being_one_outweighs_a_post() {
    let check = |what: &str, one: bool, steps: &[&dyn Fn(Facts) -> Facts]| {
        let archive = joined(days(steps), vec![]).value;
        assert_eq!(archive.people.len() == 1, one, "{what}: {:?}", slugs(&archive));
    };
    let mayor = |name: &'static str| move |f: Facts| f.holds(name, "Mayor of Port Ansel");
    check("a mayor", true, &[&mayor("Alex Renn"), &mayor("Alexandra Renn")]);
    check(
        "an honorific",
        false,
        &[&|f| mayor("Alex Renn")(f).is("Alex Renn", Gender::Masculine), &|f| {
            mayor("Alexandra Renn")(f).is("Alexandra Renn", Gender::Feminine)
        }],
    );
    check(
        "ages",
        false,
        &[&|f| mayor("Alex Renn")(f).aged("Alex Renn", 34), &|f| mayor("Alexandra Renn")(f).aged("Alexandra Renn", 61)],
    );
    check(
        "one article",
        false,
        &[&mayor("Alex Renn"), &mayor("Alexandra Renn"), &|f| f.names("Alex Renn").names("Alexandra Renn")],
    );
    check("a generation", false, &[&mayor("Alex Renn Jr"), &mayor("Alexandra Renn")]);
    check("other middle names", false, &[&mayor("Ingrid Karin Marsh"), &mayor("Ingrid Maria Marsh")]);
    check(
        "two names in full for one short",
        false,
        &[
            &mayor("Alex Renn"),
            &mayor("Alexandra Renn"),
            &|f| mayor("Alexander Renn")(f).is("Alexander Renn", Gender::Masculine),
            &|f| f.is("Alexandra Renn", Gender::Feminine),
        ],
    );
    check("a middle name", true, &[&mayor("Ingrid Karin Marsh"), &mayor("Ingrid Marsh")]);
    check("an initial", true, &[&mayor("I. Marsh"), &mayor("Ingrid Marsh")]);
    check("a spelling", true, &[&mayor("Sergei Müller"), &mayor("Sergey Mueller")]);
    check("an accent", true, &[&|f| f.names("Seán O’Brien"), &|f| f.names("Sean O'Brien")]);
    check("a blank", true, &[&|f| f.names("Mary-Ann Lee"), &|f| f.names("Mary Ann Lee")]);
}

#[test]
fn company_counts_where_it_is_rare() {
    let with = |name: &'static str| {
        move |f: Facts| f.names(name).names("Hal Stroud").names("Bettany Stroud").names("Ola Brandt")
    };
    let steps: &[&dyn Fn(Facts) -> Facts] = &[&with("Ingrid Karin Marsh"), &with("Ingrid Marsh")];
    assert_eq!(joined(days(steps), vec![]).value.people.len(), 4);
    // Three who stand in every article are no company.
    let crowd: Vec<Facts> =
        (0..20).map(|at| with("Amara Quill")(facts(&format!("content/x{at}.txt"), "2031-11-20"))).collect();
    assert_eq!(joined([days(steps), crowd].concat(), vec![]).value.people.len(), 6);
}

fn in_section(section: &'static str) -> impl Fn(Facts) -> Facts {
    move |mut f: Facts| {
        f.section = Some(section.into());
        f
    }
}

#[test]
fn two_of_one_name_are_told_apart_by_their_callings() {
    let (courts, sport) = (in_section("Courts"), in_section("Sport"));
    let articles = || {
        days(&[
            &|f| {
                sport(f).holds("Daniel Oake", "goalkeeper").says("Daniel Oake", "“I saw it late.”").names("Bruno Hasp")
            },
            &|f| courts(f).holds("Daniel Oake", "broker").says("Daniel Oake", "“It was dry.”"),
            &|f| sport(f).names("Daniel Oake").names("Bruno Hasp"),
            &|f| courts(f).holds("Daniel Oake", "broker"),
            &|f| f.names("Daniel Oake"),
        ])
    };
    let archive = joined(articles(), vec![]);
    let (keeper, broker) = ("daniel-oake", "daniel-oake-broker");
    let by_article: Vec<&str> = who(&archive.value).iter().map(|who| who[0]).collect();
    assert_eq!(by_article, [keeper, broker, keeper, broker, "-"], "who is silent in a third section is nobody");
    let [note] = &archive.diagnostics[..] else { panic!("{:?}", archive.diagnostics) };
    assert_eq!((note.code.name(), &*note.message), ("person-doubtful", "`Daniel Oake` is taken for 2 people"));
    assert!(note.note.as_deref().is_some_and(|note| note.contains("content/04.txt")), "{note:?}");
    let help = note.help.as_deref().unwrap_or_default();
    assert!(
        help.contains("`content/people/daniel-oake.md` with `articles = [\"content/00.txt\", \"content/02.txt\"]`"),
        "{help}"
    );
    let oakes: Vec<_> = archive.value.people.iter().filter(|p| &*p.name == "Daniel Oake").collect();
    assert!(oakes.iter().all(|oake| oake.not.len() == 1), "readers are told of the other");

    // One file, and they are one.
    let archive = joined(articles(), vec![person("daniel-oake", "Daniel Oake")]);
    assert!(who(&archive.value).iter().all(|who| who[0] == keeper));
    assert_eq!(codes(&archive.diagnostics), []);
}

#[test]
fn one_of_one_name_stays_one() {
    let check = |what: &str, n: usize, doubtful: bool, steps: &[&dyn Fn(Facts) -> Facts]| {
        let archive = joined(days(steps), vec![]);
        let n_named = archive.value.people.iter().filter(|p| &*p.name == "Ola Hart").count();
        assert_eq!((n_named, !archive.diagnostics.is_empty()), (n, doubtful), "{what}: {:?}", archive.diagnostics);
    };
    let holds = |post: &'static str| move |f: Facts| f.holds("Ola Hart", post);
    let (sport, courts) = (in_section("Sport"), in_section("Courts"));
    check("a minister and author", 1, false, &[&holds("Harbour Minister"), &holds("author")]);
    check("a broker and goalkeeper in one section", 1, true, &[&holds("broker"), &holds("goalkeeper")]);
    check("one in the courts", 2, true, &[&|f| courts(holds("broker")(f)), &|f| sport(holds("goalkeeper")(f))]);
    check(
        "one whom an article calls both",
        1,
        false,
        &[&|f| courts(holds("broker")(f)), &|f| sport(holds("goalkeeper")(f)), &|f| {
            holds("broker")(f).holds("Ola Hart", "goalkeeper")
        }],
    );
    check(
        "a mayor of two towns, one after the other",
        1,
        false,
        &[&holds("Mayor of Fennick"), &holds("Mayor of Fennick"), &holds("Mayor of Port Ansel")],
    );
    check(
        "mayors of two towns at once",
        2,
        true,
        &[
            &|f| sport(holds("Mayor of Fennick")(f)),
            &holds("Mayor of Port Ansel"),
            &|f| sport(holds("Mayor of Fennick")(f)),
            &holds("Mayor of Port Ansel"),
        ],
    );
    check("Mr and Ms", 2, true, &[&|f| f.is("Ola Hart", Gender::Masculine), &|f| f.is("Ola Hart", Gender::Feminine)]);
    check("years that went by", 1, false, &[&|f| f.aged("Ola Hart", 51), &|f| f.aged("Ola Hart", 52)]);
    check("a mother and a daughter", 2, true, &[&|f| f.aged("Ola Hart", 51), &|f| f.aged("Ola Hart", 22)]);
    check("a goalkeeper of fifty", 2, true, &[&|f| courts(f.aged("Ola Hart", 52)), &|f| sport(holds("goalkeeper")(f))]);
}

#[test]
fn half_a_century_without_a_word_is_another_person() {
    let archive = joined(
        vec![
            facts("content/a.txt", "1931-11-14").names("Ola Hart"),
            facts("content/b.txt", "1950-11-14").names("Ola Hart"),
            facts("content/c.txt", "2031-11-14").names("Ola Hart"),
        ],
        vec![],
    );
    assert_eq!(who(&archive.value).concat(), ["ola-hart", "ola-hart", "ola-hart-2031"]);
}

#[test]
fn the_work_grows_with_the_names() {
    // Ten thousand people of one surname, many of whom share an initial, a given name or a short form.
    let likened = |n: usize| {
        let given = ["William", "Bill", "Will", "W.", "Tobias", "Toby", "T.", "Ingrid", "Ola"];
        let names: Vec<Facts> = (0..n)
            .map(|at| {
                facts(&format!("content/{at}.txt"), "").names(&format!("{} Q{at} Marsh", given[at % given.len()]))
            })
            .collect();
        super::identity::resolve(&shared(names), &[], &mut Vec::new()).n_likened
    };
    let (once, twice) = (likened(5_000), likened(10_000));
    assert!(twice <= 2 * once + 64, "{once} comparisons for 5,000 names, {twice} for 10,000");
    // And where each has one namesake, there are as many comparisons as people, one for each key that the two share.
    let surname = |at: usize| {
        let syllable = |d: usize| ["ba", "ke", "di", "fo", "gu", "la", "me", "ni", "po", "ru"][d % 10];
        [at / 1_000, at / 100, at / 10, at].map(syllable).concat()
    };
    let pairs = |n: usize| {
        let both = |at: usize| {
            ["William", "Bill"].map(|given| {
                facts(&format!("content/{given}{at:04}.txt"), "").names(&format!("{given} {}", surname(at)))
            })
        };
        let mut names: Vec<Facts> = (0..n).flat_map(both).collect();
        names.sort_by(|a, b| a.path.cmp(&b.path));
        super::identity::resolve(&shared(names), &[], &mut Vec::new()).n_likened
    };
    assert_eq!((pairs(1_000), pairs(2_000)), (1_000, 2_000));
}
