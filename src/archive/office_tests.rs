//! Offices by their day: who speaks for them, and whose surname stands behind them.

use super::Basis;
use super::evidence_tests::days;
use super::fixture::{FactsExt, facts, joined, person};
use super::tests::who;
use crate::model::{AuthorityPerson, Facts, Form, Gender, Office, Post, PostFact, Rule, Standing};
use jiff::civil::date;

/// Whose a quotation of the last article is that a post speaks.
fn holder(articles: Vec<Facts>, people: Vec<AuthorityPerson>) -> Option<(String, Basis, f32)> {
    let archive = joined(articles, people).value;
    let article = archive.articles.last()?;
    let quote = &article.facts.quotes[0];
    let speaker = archive.person(article.speaker(0)?);
    assert_eq!((quote.rule, quote.unnamed.as_deref()), (Rule::Title, None));
    assert!(speaker.quotes.iter().any(|q| q.at.article.index() + 1 == archive.articles.len()), "on their own page");
    assert!(speaker.forms.iter().any(|(_, form, _)| *form == Form::Office), "{:?}", speaker.forms);
    Some((speaker.name.to_string(), article.by_office(0)?, quote.confidence))
}

#[test]
fn an_office_speaks_for_whoever_holds_it_on_the_day() {
    let marsh = |f: Facts| f.holds("Ingrid Marsh", "Harbour Minister");
    let brack = |f: Facts| f.holds("Aldous Brack", "Harbour Minister");
    let asks = |f: Facts| f.asks("Harbour Minister", "“The boats will sail.”");
    let check = |what: &str, expected: Option<(&str, Basis)>, steps: &[(&str, &dyn Fn(Facts) -> Facts)]| {
        let articles =
            steps.iter().enumerate().map(|(at, (day, step))| step(facts(&format!("content/{at:02}.txt"), day)));
        let mut articles: Vec<Facts> = articles.collect();
        // The one that asks is the archive's last by name, whatever its day; put it last by time of day as well.
        let asked = articles.iter().position(|f| f.quotes.iter().any(|q| q.post.is_some())).expect("one asks");
        let archive = joined(std::mem::take(&mut articles), vec![]).value;
        let path = format!("content/{asked:02}.txt");
        let article = archive.articles.iter().find(|a| *a.facts.path == *path).expect("it was joined");
        let found = article.speaker(0).map(|id| &*archive.person(id).name).zip(article.by_office(0));
        assert_eq!(found, expected, "{what}");
    };
    check(
        "before and after",
        Some(("Ingrid Marsh", Basis::Between)),
        &[("2031-11-10", &marsh), ("2031-11-14", &asks), ("2031-11-18", &marsh)],
    );
    check(
        "the day's holder",
        Some(("Aldous Brack", Basis::Between)),
        &[
            ("2029-11-10", &brack),
            ("2029-11-14", &asks),
            ("2029-11-18", &brack),
            ("2030-11-10", &marsh),
            ("2030-11-12", &marsh),
        ],
    );
    check("once", Some(("Ingrid Marsh", Basis::Once)), &[("2031-11-10", &marsh), ("2031-11-14", &asks)]);
    check(
        "lately",
        Some(("Ingrid Marsh", Basis::Near)),
        &[("2031-11-09", &marsh), ("2031-11-10", &marsh), ("2031-11-14", &asks)],
    );
    check(
        "days before the first word",
        Some(("Ingrid Marsh", Basis::Near)),
        &[("2031-11-14", &asks), ("2031-11-15", &marsh), ("2031-11-16", &marsh)],
    );
    check("long ago", None, &[("2030-11-09", &marsh), ("2030-11-10", &marsh), ("2031-11-14", &asks)]);
    check("long before", None, &[("2031-10-14", &asks), ("2031-11-15", &marsh), ("2031-11-16", &marsh)]);
    check(
        "between two holders",
        None,
        &[
            ("2031-11-09", &brack),
            ("2031-11-10", &brack),
            ("2031-11-14", &asks),
            ("2031-11-16", &marsh),
            ("2031-11-17", &marsh),
        ],
    );
    check(
        "two on the day",
        None,
        &[
            ("2031-11-13", &brack),
            ("2031-11-14", &brack),
            ("2031-11-14", &asks),
            ("2031-11-14", &marsh),
            ("2031-11-15", &marsh),
        ],
    );
    check(
        "two at a time",
        None,
        &[
            ("2031-11-10", &brack),
            ("2031-11-11", &marsh),
            ("2031-11-12", &brack),
            ("2031-11-13", &marsh),
            ("2031-11-14", &asks),
            ("2031-11-15", &marsh),
            ("2031-11-16", &brack),
        ],
    );
    check(
        "a story of old times among many",
        Some(("Ingrid Marsh", Basis::Between)),
        &[
            ("2031-11-10", &marsh),
            ("2031-11-11", &marsh),
            ("2031-11-12", &brack),
            ("2031-11-13", &marsh),
            ("2031-11-14", &asks),
            ("2031-11-15", &marsh),
        ],
    );
    check(
        "who left",
        None,
        &[
            ("2031-11-10", &marsh),
            ("2031-11-11", &marsh),
            ("2031-11-12", &|f| f.held("Ingrid Marsh", "Harbour Minister")),
            ("2031-11-14", &asks),
        ],
    );
    check(
        "of another country",
        None,
        &[
            ("2031-11-10", &|f| f.holds("Ola Hart", "Harbour Minister of Fennick")),
            ("2031-11-14", &asks),
            ("2031-11-18", &|f| f.holds("Ola Hart", "Harbour Minister of Fennick")),
        ],
    );
    check(
        "ours and another country’s",
        None,
        &[
            ("2031-11-10", &marsh),
            ("2031-11-12", &|f| f.holds("Ola Hart", "Harbour Minister of Fennick")),
            ("2031-11-14", &asks),
            ("2031-11-16", &marsh),
        ],
    );
    check(
        "ours, but in a report from abroad",
        None,
        &[
            ("2029-11-10", &|f| f.holds("Ola Hart", "Harbour Minister of Fennick")),
            ("2031-11-12", &marsh),
            ("2031-11-14", &|f| Facts { places: vec!["fennick".into()], ..asks(f) }),
            ("2031-11-16", &marsh),
        ],
    );
    check(
        "whom the report itself gives another",
        None,
        &[("2031-11-12", &marsh), ("2031-11-14", &|f| brack(asks(f))), ("2031-11-16", &marsh)],
    );
    check("undated", None, &[("2031-11-12", &marsh), ("", &asks), ("2031-11-16", &marsh)]);
}

#[test]
fn a_former_holder_does_not_speak_for_the_office() {
    let marsh = |f: Facts| f.holds("Ingrid Marsh", "Harbour Minister");
    // The article took its only (former) minister for the speaker.
    let taken = |f: Facts| {
        let mut f = f.held("Aldous Brack", "Harbour Minister").asks("Harbour Minister", "“The boats will sail.”");
        let quote = f.quotes.last_mut().expect("it was said");
        (quote.speaker, quote.unnamed, quote.rule) = (Some(0), None, Rule::Title);
        f
    };
    let speaker = |steps: &[&dyn Fn(Facts) -> Facts]| {
        let archive = joined(days(steps), vec![]).value;
        let article = archive.articles.iter().find(|a| !a.facts.quotes.is_empty()).expect("one speaks");
        let name = article.speaker(0).map(|id| archive.person(id).name.to_string());
        (name, article.facts.quotes[0].confidence)
    };
    assert_eq!(speaker(&[&marsh, &taken, &marsh]), (Some("Ingrid Marsh".into()), Basis::Between.chance() * 0.94));
    assert_eq!(speaker(&[&taken]), (Some("Aldous Brack".into()), 0.5));
}

#[test]
fn a_place_tells_governors_apart() {
    let articles = |asked: &'static str| {
        days(&[
            &|f| f.holds("Lucia Ferrant", "Governor of Merrow"),
            &|f| f.holds("Ola Hart", "Governor of Fennick"),
            &|f| f.holds("Lucia Ferrant", "Merrow Governor"),
            &|f| f.holds("Ola Hart", "Fennick governor"),
            &move |f| f.asks(asked, "“It is overdue.”"),
        ])
    };
    let of = |asked| holder(articles(asked), vec![]).map(|(name, basis, _)| (name, basis));
    assert_eq!(of("Merrow governor"), Some(("Lucia Ferrant".into(), Basis::Near)));
    assert_eq!(of("governor of Fennick"), Some(("Ola Hart".into(), Basis::Near)));
    assert_eq!(of("governor of Saltings"), None);
    assert_eq!(of("governor"), None);
}

#[test]
fn a_people_file_goes_before_what_articles_say() {
    let minister = |slug: &str, name: &str, from: Option<i16>, to: Option<i16>| AuthorityPerson {
        offices: vec![Office {
            title: "Harbour Minister".into(),
            of: Some("Merrow".into()),
            from: from.map(|year| date(year, 3, 12)),
            to: to.map(|year| date(year, 3, 11)),
        }],
        ..person(slug, name)
    };
    let articles = |day: &'static str| {
        vec![
            facts("content/a.txt", day).holds("Aldous Brack", "Harbour Minister"),
            facts("content/b.txt", day).asks("Harbour Minister", "“The boats will sail.”"),
        ]
    };
    let files = || {
        vec![minister("brack", "Aldous Brack", None, Some(2030)), minister("marsh", "Ingrid Marsh", Some(2030), None)]
    };
    let of = |day, files| holder(articles(day), files).map(|(name, basis, _)| (name, basis));
    assert_eq!(of("2029-11-14", files()), Some(("Aldous Brack".into(), Basis::File)));
    assert_eq!(of("2031-11-14", files()[..1].to_vec()), None, "the file says that he had left");
    let sure = |articles, files| holder(articles, files).map(|(.., confidence)| confidence);
    let by_file = sure(vec![facts("content/b.txt", "2031-11-14").asks("Harbour Minister", "“No.”")], files());
    let by_articles = sure(articles("2031-11-14"), vec![]);
    assert!(by_file > by_articles && by_articles > Some(0.5), "{by_file:?} {by_articles:?}");
    let two = vec![minister("marsh", "Ingrid Marsh", None, None), minister("hart", "Ola Hart", None, None)];
    assert_eq!(of("2031-11-14", two), None, "two files, two answers");
}

#[test]
fn a_title_with_a_surname_is_its_one_bearer() {
    let ferrant = |f: Facts| f.holds("Lucia Ferrant", "Governor of Merrow");
    let surname = |f: Facts| f.holds("Ferrant", "Governor");
    let check = |what: &str, expected: &str, steps: &[&dyn Fn(Facts) -> Facts]| {
        let archive = joined(days(steps), vec![]).value;
        assert_eq!(who(&archive).last().expect("an article")[0], expected, "{what}");
    };
    check("one bearer", "lucia-ferrant", &[&ferrant, &ferrant, &surname]);
    check("one report may err", "-", &[&ferrant, &surname]);
    check("no title", "-", &[&ferrant, &ferrant, &|f| f.names("Ferrant")]);
    check("another title", "-", &[&ferrant, &ferrant, &|f| f.holds("Ferrant", "Mayor")]);
    check("another place", "-", &[&ferrant, &ferrant, &|f| f.holds("Ferrant", "Governor of Fennick")]);
    check("two bearers", "-", &[&ferrant, &ferrant, &|f| f.holds("Ola Ferrant", "Governor"), &surname]);
    check("one who was", "-", &[&ferrant, &ferrant, &|f| f.held("Ola Ferrant", "Governor"), &surname]);
    check(
        "a man",
        "-",
        &[&|f| ferrant(f).is("Lucia Ferrant", Gender::Feminine), &ferrant, &|f| {
            surname(f).is("Ferrant", Gender::Masculine)
        }],
    );
    // A peer is one for good.
    let hale = |name: &'static str| {
        move |f: Facts| {
            let mut f = f.names(name);
            let post = Post { head: "lord".into(), of: Vec::new() };
            let held = Standing::Held;
            f.chains[0].posts.push(PostFact { post, standing: held, sole: false, of_place: false, calling: None });
            f
        }
    };
    let later = hale("Hale")(facts("content/z.txt", "2039-11-14"));
    let archive = joined([days(&[&hale("Jonas Hale"), &hale("Jonas Hale")]), vec![later]].concat(), vec![]).value;
    assert_eq!(who(&archive).concat(), ["jonas-hale"; 3]);
    let archive = joined(days(&[&ferrant, &ferrant, &surname]), vec![]).value;
    assert_eq!(
        archive.people.iter().map(|p| &*p.name).collect::<Vec<_>>(),
        ["Lucia Ferrant"],
        "the title does not become the name"
    );
}
