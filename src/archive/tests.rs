//! The join as a whole: order does not matter, and everyone meets whom they should.

use super::fixture::{FactsExt, facts, joined, person, pictures, shared};
use super::{Archive, OneByOne, Pictures, join};
use crate::config::Settings;
use crate::diag::Diagnostic;
use crate::model::{Authority, AuthorityPerson, Facts, Gender, Office};
use jiff::civil::date;
use proptest::prelude::*;

pub(super) fn slugs(archive: &Archive) -> Vec<&str> {
    archive.people.iter().map(|person| &*person.slug).collect()
}

pub(super) fn codes(notes: &[Diagnostic]) -> Vec<(&str, &str)> {
    notes.iter().map(|note| (note.code.name(), &*note.path)).collect()
}

/// Which people the articles' chains are, by slug, article by article in the order of the archive.
pub(super) fn who(archive: &Archive) -> Vec<Vec<&str>> {
    let slug = |id: &Option<super::PersonId>| id.map_or("-", |id| &*archive.person(id).slug);
    archive.articles.iter().map(|article| article.who.iter().map(slug).collect()).collect()
}

#[test]
fn one_full_name_is_one_person_and_a_surname_stays_home() {
    let archive = joined(
        vec![
            facts("content/a.txt", "2031-11-14").names("Ingrid Marsh").names("Renn"),
            facts("content/b.txt", "2031-11-15").names("INGRID MARSH").names("Tobias Renn"),
        ],
        vec![],
    );
    assert_eq!(who(&archive.value), [["ingrid-marsh", "-"], ["ingrid-marsh", "tobias-renn"]]);
    let marsh = &archive.value.people[0];
    assert_eq!((&*marsh.name, &*marsh.sorted, &*marsh.initials), ("Ingrid Marsh", "Marsh, Ingrid", "IM"));
    assert_eq!(marsh.articles.len(), 2);
    assert_eq!(archive.diagnostics, []);
}

#[test]
fn middle_initials_fold_only_where_no_two_differ() {
    let check = |names: &[&str], expected: &[&str]| {
        let articles = names.iter().enumerate().map(|(at, name)| facts(&format!("content/{at}.txt"), "").names(name));
        let archive = joined(articles.collect(), vec![]).value;
        assert_eq!(who(&archive).concat(), expected);
    };
    check(&["Ingrid M. Marsh", "Ingrid Marsh"], &["ingrid-marsh", "ingrid-marsh"]);
    check(
        &["Ingrid M. Marsh", "Ingrid Marsh", "Ingrid K. Marsh"],
        &["ingrid-m-marsh", "ingrid-marsh", "ingrid-k-marsh"],
    );
    check(&["Tobias Renn Jr", "Tobias Renn"], &["tobias-renn-jr", "tobias-renn"]);
    check(&["Mary-Ann Lee", "Mary Ann Lee"], &["mary-ann-lee", "mary-ann-lee"]);
}

#[test]
fn people_files_decide() {
    let marsh = AuthorityPerson {
        aliases: vec!["Lord Hale".into(), "Ingrid K. Marsh".into()],
        ..person("im", "Ingrid M. Marsh")
    };
    let archive = joined(
        vec![
            facts("content/a.txt", "2031-11-14").names("Ingrid Marsh"),
            facts("content/b.txt", "2031-11-15").names("Ingrid K. Marsh"),
            facts("content/c.txt", "2031-11-16").names("Hale").says("Lord Hale", "“No.”"),
        ],
        vec![marsh, person("quill", "Amara Quill")],
    );
    assert_eq!(who(&archive.value).concat(), ["im", "im", "-", "im"]);
    assert_eq!(slugs(&archive.value), ["im", "quill"], "people of files have pages without any mention");
    assert_eq!(archive.diagnostics, []);
}

#[test]
fn two_people_of_one_name_stay_two() {
    let scoped = |slug: &str, articles: &[&str], not: &[&str]| AuthorityPerson {
        articles: articles.iter().map(|a| (*a).into()).collect(),
        not: not.iter().map(|n| (*n).into()).collect(),
        aliases: vec!["Dr Tobias Renn".into()],
        ..person(slug, "Tobias Renn")
    };
    let articles = || {
        ["content/2030/a.txt", "content/2031/b.txt", "content/2031/c.txt", "content/2029/d.txt"]
            .map(|path| facts(path, "").names("Tobias Renn"))
    };
    let archive = joined(
        articles().to_vec(),
        vec![
            scoped("renn-mayor", &["content/2031/", "content/2030/a.txt"], &["nobody"]),
            scoped("renn-smith", &["content/2031/c.txt"], &[]),
        ],
    );
    // By path: 2029, 2030, 2031 b and c.
    assert_eq!(who(&archive.value).concat(), ["tobias-renn", "renn-mayor", "renn-mayor", "renn-smith"]);
    assert_eq!(codes(&archive.diagnostics), [("person-unknown", "content/people/renn-mayor.md")]);
    for person in &archive.value.people {
        assert_eq!(person.not.len(), 2, "people of one name are kept apart: {}", person.slug);
    }

    let twice = joined(articles().to_vec(), vec![person("renn", "Tobias Renn"), person("renn2", "Tobias Renn")]);
    assert_eq!(who(&twice.value).concat(), ["renn"; 4]);
    assert_eq!(codes(&twice.diagnostics), [("person-twice", "content/people/renn2.md")]);
}

#[test]
fn slugs_that_collide_are_noted_and_stay_apart() {
    let mut other = person("marsh", "Lucia Ferrant");
    other.path = "content/people/z.md".into();
    let archive = joined(
        vec![facts("content/a.txt", "").names("Marsh Marsh")],
        vec![person("marsh", "Ingrid Marsh"), other, person("m", "Ola M")],
    );
    assert_eq!(
        codes(&archive.diagnostics),
        [("person-twice", "content/people/m.md"), ("person-twice", "content/people/z.md")]
    );
    let slugs = slugs(&archive.value);
    assert!(slugs.contains(&"marsh") && slugs.contains(&"marsh-marsh"), "{slugs:?}");
    assert!(slugs.iter().any(|slug| slug.starts_with("marsh-") && slug.len() == 10), "{slugs:?}");
    assert!(!slugs.contains(&"m"), "a single letter is a page of the index: {slugs:?}");
}

#[test]
fn offices_are_held_for_a_time() {
    let office = |title: &str, from: Option<i16>, to: Option<i16>| Office {
        title: title.into(),
        of: None,
        from: from.map(|year| date(year, 3, 1)),
        to: to.map(|year| date(year, 3, 1)),
    };
    let offices = vec![
        office("Member", None, None),
        office("Harbour Minister", Some(2030), None),
        office("Mayor", Some(2028), Some(2030)),
    ];
    let archive = joined(vec![], vec![AuthorityPerson { offices, ..person("im", "Ingrid Marsh") }]).value;
    let check = |year: i16, expected: &str| {
        let office = archive.people[0].office_on(date(year, 6, 1));
        assert_eq!(office.map(|office| &*office.title), Some(expected));
    };
    check(2031, "Harbour Minister");
    check(2029, "Mayor");
    check(2020, "Member");
}

#[test]
fn a_person_has_quotations_newest_first_with_their_echoes() {
    let words = "“a nuisance, not a verdict”";
    let archive = joined(
        vec![
            facts("content/a.txt", "2031-11-14").says("Ingrid Marsh", words).says("Ingrid Marsh", "it would open"),
            facts("content/b.txt", "2031-11-15").says("Ingrid Marsh", "“A nuisance – not a verdict.”"),
            facts("content/c.txt", "").says("Ingrid Marsh", "“no comment”").says("Amara Quill", words),
            facts("content/d.txt", "2031-11-16").says("Ingrid Marsh", "“No comment.”").says("Marsh", words),
        ],
        vec![],
    )
    .value;
    let marsh = &archive.people[0];
    let texts: Vec<_> = marsh.quotes.iter().map(|quote| &*archive.quote(quote.at).text).collect();
    assert_eq!(texts, ["“No comment.”", "“A nuisance – not a verdict.”", words, "it would open", "“no comment”"]);
    let also: Vec<_> = marsh.quotes.iter().map(|quote| quote.n_also).collect();
    assert_eq!(also, [0, 1, 1, 0, 0], "short words are alike by chance; other people's are not theirs");
    assert_eq!(marsh.quotes[1].also_in[0], marsh.quotes[2].at);
    assert_eq!((*marsh.n_direct, marsh.n_reported()), (4, 1));
    assert_eq!((*archive.n_quotes, *archive.n_unsure), (7, 0));
    assert_eq!(archive.first_seen(super::PersonId::new(0)), Some(date(2031, 11, 14)));
}

#[test]
fn addresses_are_unique_and_the_loser_is_told() {
    let mut explicit = facts("content/z.md", "2031-11-14");
    explicit.slug = "tunnel".into();
    let mut year = facts("content/year.md", "2031-11-14");
    year.section = Some("2031".into());
    let archive = joined(
        vec![
            explicit,
            facts("content/b/tunnel.txt", "2031-11-14"),
            facts("content/c/tunnel.txt", "2031-11-15"),
            facts("content/tunnel.txt", ""),
            year,
        ],
        vec![],
    );
    let addresses: Vec<_> = archive.value.articles.iter().map(|article| &*article.address).collect();
    assert_eq!(
        addresses,
        ["undated/tunnel/", "2031/11/14/tunnel/", "2031/11/14/year/", "2031/11/14/tunnel-hh5v/", "2031/11/15/tunnel/"]
    );
    assert_eq!(codes(&archive.diagnostics), [("address-taken", "content/year.md"), ("address-taken", "content/z.md")]);
    assert_eq!(
        archive.diagnostics[1].message,
        "`content/z.md` and `content/b/tunnel.txt` want the same address `2031/11/14/tunnel/`"
    );
    assert!(archive.value.sections.iter().any(|section| section.slug.starts_with("2031-")));
}

#[test]
fn sections_topics_and_days_hold_their_articles() {
    let tagged = |path: &str, day: &str, section: Option<&str>, tags: &[&str]| Facts {
        section: section.map(Into::into),
        tags: tags.iter().map(|tag| (*tag).into()).collect(),
        ..facts(path, day)
    };
    let archive = joined(
        vec![
            tagged("content/a.txt", "2031-11-14", Some("harbour"), &["Calder tunnel", "calder  tunnel", "C++"]),
            tagged("content/b.txt", "2031-11-14", Some("Harbour"), &["Calder Tunnel", "C#"]),
            tagged("content/c.txt", "2032-01-02", Some("Harbour"), &["Calder tunnel", " "]),
            tagged("content/d.txt", "", None, &[]),
        ],
        vec![],
    )
    .value;
    let sections: Vec<_> = archive.sections.iter().map(|s| (&*s.name, &*s.slug, s.articles.len())).collect();
    assert_eq!(sections, [("Harbour", "harbour", 3), ("News", "news", 1)]);
    let topics: Vec<_> = archive.topics.iter().map(|t| (&*t.name, &*t.slug, t.articles.len())).collect();
    assert_eq!(topics, [("C#", "c-sune", 1), ("C++", "c", 1), ("Calder tunnel", "calder-tunnel", 3)]);
    let ids: Vec<_> = archive.article_ids().collect();
    assert_eq!(archive.article(ids[1]).topics.len(), 2);
    assert_eq!(archive.later_in_section(ids[1]), Some(ids[2]));
    assert_eq!(archive.earlier_in_section(ids[1]), None);
    let calendar = &archive.calendar;
    assert_eq!((calendar.n_undated, calendar.days.len()), (1, 2));
    assert_eq!(calendar.years().map(super::Calendar::count).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(calendar.month(date(2031, 11, 30)).len(), 1);
    assert_eq!(calendar.after(date(2031, 11, 14)).map(super::Day::address).as_deref(), Some("2032/01/02/"));
    assert_eq!(
        calendar.day(date(2031, 11, 14)).map(|day| day.articles().collect::<Vec<_>>()),
        Some(vec![ids[1], ids[2]])
    );
}

#[test]
fn photographs_meet_across_articles() {
    let caption = "Ferries wait at the Westbank quay in Port Ansel";
    let settings = Settings::default().site;
    let held = pictures(&[
        "content/a.jpg",
        "content/a-2.svg",
        "content/b-2.png",
        "content/pics/quay.jpg",
        "static/quay.x.jpg",
    ]);
    let archive = join(
        shared(vec![
            facts("content/a.txt", "2031-11-14")
                .shows(caption, "Ola Brandt/Northsound")
                .names("Ingrid Marsh")
                .shows("Ingrid Marsh", "Northsound"),
            facts("content/b.txt", "2031-11-15")
                .names("Amara Quill")
                .shows(caption, "Ola Brandt/Northsound")
                .shows("Ingrid Marsh", "Northsound"),
            facts("content/b-2.txt", "2031-11-16"),
            facts("content/c.md", "2031-11-17")
                .pictures("pics/quay.jpg")
                .pictures("/quay.x.jpg?v=2")
                .pictures("../../etc/passwd")
                .pictures("https://host/x.jpg"),
        ]),
        Vec::new(),
        &Authority::default(),
        &held,
        &settings,
        &OneByOne,
    )
    .value;
    let photos: Vec<_> =
        archive.photos.iter().map(|p| (p.picture.as_ref().map(|p| &*p.address), p.uses.len())).collect();
    let expected = [
        (Some("img/a.jpg"), 2),
        (Some("img/a-2.svg"), 1),
        (None, 1),
        (Some("img/pics/quay.jpg"), 2),
        (None, 1),
        (None, 1),
    ];
    assert_eq!(photos, expected);
    assert_eq!(&*archive.articles[3].missing, [2]);
    let marsh = &archive.people[0];
    assert_eq!(marsh.photos.len(), 1);
    assert_eq!(archive.photo(marsh.photos[0]).shows.len(), 1);
    let credits: Vec<_> = archive.credits.iter().map(|c| (&*c.name, &*c.slug, c.photographers.len())).collect();
    assert_eq!(credits, [("Northsound", "northsound", 2), ("", "no-credit", 1)]);
    assert_eq!(archive.photos[3].credit, 1);
    assert!(archive.photos.iter().all(|photo| photo.id.len() == 8));
}

#[test]
fn companions_are_those_of_the_same_articles() {
    let crowd = (0..60).fold(facts("content/crowd.txt", ""), |facts, n| facts.names(&format!("Passenger Number{n}")));
    let archive = joined(
        vec![
            facts("content/a.txt", "").names("Ingrid Marsh").names("Tobias Renn"),
            facts("content/b.txt", "").names("Tobias Renn").names("Ingrid Marsh").names("Amara Quill"),
            crowd,
        ],
        vec![],
    )
    .value;
    let find = |slug: &str| archive.people.iter().find(|person| &*person.slug == slug);
    let companions = |slug: &str| -> Vec<(&str, u32)> {
        let person = find(slug).map_or(&[][..], |person| &person.companions);
        person.iter().map(|(id, n)| (&*archive.person(*id).slug, *n)).collect()
    };
    assert_eq!(companions("ingrid-marsh"), [("tobias-renn", 2), ("amara-quill", 1)]);
    assert_eq!(companions("passenger-number0").len(), 8);
    assert_eq!(companions("passenger-number59").len(), 0);
}

/// Any facts at all, drawn from few names so that they collide.
fn any_facts() -> impl Strategy<Value = Vec<Facts>> {
    let name = prop::sample::select(vec![
        "Ingrid Marsh",
        "Ingrid M. Marsh",
        "Ingrid K. Marsh",
        "INGRID MARSH",
        "Marsh",
        "Tobias Renn",
        "Tobias Renn Jr",
        "Mary-Ann Lee",
        "Mary Ann Lee",
        "Toby Renn",
        "T. Renn",
        "Mayor Renn",
        "Amara Quill",
        "\u{202e}",
        "",
    ]);
    let day = prop::sample::select(vec!["", "1931-11-14", "2031-11-14", "2031-11-15", "2031-11-16"]);
    let post = prop::sample::select(vec![
        "",
        "Harbour Minister",
        "Harbour Minister of Fennick",
        "Mayor of Port Ansel",
        "Mayor of Fennick",
        "Mayor",
        "goalkeeper",
        "broker",
    ]);
    let known = prop::sample::select(vec!["", "held", "asks", "she", "he", "young", "old"]);
    let slug = prop::sample::select(vec!["tunnel", "Tunnel", "con", ""]);
    let tag = prop::sample::select(vec!["Calder tunnel", "calder-tunnel", "C++", "C#", "?"]);
    let words = prop::sample::select(vec!["“It will open before frost.”", "it will open before frost", "“No.”"]);
    let photo = prop::sample::select(vec!["Ferries wait at the quay", "Marsh", ""]);
    let said = (name, words, post, known);
    let article = (prop::collection::vec(said, 0..5), day, slug, prop::collection::vec(tag, 0..3), photo);
    prop::collection::vec(article, 0..12).prop_map(|articles| {
        let made = articles.into_iter().enumerate().map(|(at, (quotes, day, slug, tags, photo))| {
            let mut facts = facts(&format!("content/{at}.txt"), day);
            facts.slug = slug.into();
            facts.section = tags.first().map(|tag| (*tag).into());
            facts.tags = tags.into_iter().map(Into::into).collect();
            let said = quotes.into_iter().fold(facts, |facts, (name, words, post, known)| match (known, post) {
                ("held", post) if !post.is_empty() => facts.held(name, post),
                ("asks", post) if !post.is_empty() => facts.asks(post, words),
                ("she", _) => facts.says(name, words).is(name, Gender::Feminine),
                ("he", _) => facts.says(name, words).is(name, Gender::Masculine),
                ("young", _) => facts.says(name, words).aged(name, 22),
                ("old", _) => facts.says(name, words).aged(name, 61),
                (_, "") => facts.says(name, words),
                (_, post) => facts.says(name, words).holds(name, post),
            });
            said.shows(photo, "Ola Brandt/PA")
        });
        made.collect()
    })
}

fn people_files() -> Vec<AuthorityPerson> {
    vec![
        AuthorityPerson {
            articles: vec!["content/1.txt".into()],
            not: vec!["x".into()],
            ..person("a", "Ingrid Marsh")
        },
        AuthorityPerson { aliases: vec!["Marsh".into()], ..person("b", "Ingrid Marsh") },
        AuthorityPerson {
            offices: vec![Office { title: "Mayor".into(), of: Some("Port Ansel".into()), from: None, to: None }],
            not: vec!["toby-renn".into()],
            ..person("c", "Tobias Renn")
        },
    ]
}

proptest! {
    #[test]
    fn the_order_of_facts_and_files_does_not_matter(
        (facts, shuffled) in any_facts().prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())),
        files in Just(people_files()).prop_shuffle(),
    ) {
        let site = Settings::default().site;
        let pictures = Pictures::default();
        let first = join(shared(facts), Vec::new(), &Authority { people: people_files() }, &pictures, &site, &OneByOne);
        let second = join(shared(shuffled), Vec::new(), &Authority { people: files }, &pictures, &site, &OneByOne);
        prop_assert_eq!(&first.value, &second.value);
        prop_assert_eq!(&first.diagnostics, &second.diagnostics);
        check_bonds(&first.value)?;
    }
}

/// Every id leads somewhere, and back.
fn check_bonds(archive: &Archive) -> Result<(), TestCaseError> {
    let mut addresses: Vec<String> = archive.articles.iter().map(|article| article.address.to_lowercase()).collect();
    addresses.extend(archive.people.iter().map(super::Person::address));
    addresses.extend(archive.topics.iter().map(super::Topic::address));
    addresses.extend(archive.sections.iter().map(super::Section::address));
    addresses.extend(archive.photos.iter().map(super::PhotoRecord::address));
    let n_addresses = addresses.len();
    addresses.sort();
    addresses.dedup();
    prop_assert_eq!(addresses.len(), n_addresses);
    for id in archive.article_ids() {
        let article = archive.article(id);
        prop_assert_eq!(archive.section(article.section).articles[article.section_at as usize], id);
        prop_assert!(article.topics.iter().all(|topic| archive.topic(*topic).articles.contains(&id)));
        prop_assert!(article.people.iter().all(|person| archive.person(*person).articles.contains(&id)));
        for (at, photo) in article.photos.iter().enumerate() {
            let record = archive.photo(*photo);
            prop_assert!(record.uses.iter().any(|used| (used.article, used.photo as usize) == (id, at)));
        }
    }
    for id in archive.person_ids() {
        let person = archive.person(id);
        prop_assert!(
            person.quotes.iter().all(|quote| archive.article(quote.at.article).speaker(quote.at.quote) == Some(id))
        );
        prop_assert!((1..=8).contains(&person.slot));
        prop_assert!(!person.slug.is_empty());
    }
    Ok(())
}
