//! The pages of a small archive, looked at as a whole.

use super::fixture::{Copy, archive, draw, settings};
use super::*;
use crate::archive::fixture::{FactsExt, facts, post_of, shared};
use crate::archive::{OneByOne, Pictures, join};
use crate::model::{Authority, Facts, Form, Gender, Kind, Rule};
use crate::text::percent;
use serde_json::Value;
use std::collections::BTreeSet;

fn tunnel() -> ArticleView {
    let settings = settings();
    let (archive, copy) = archive(&settings);
    let key = PageKey::Article(archive.newest().unwrap());
    let page = page(&key, &archive, Some((&copy.article, &copy.annotations)), &settings);
    assert_eq!(&*page.path, "2031/11/14/calder-tunnel/index.html");
    match page.view {
        PageView::Article(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn person() -> PersonView {
    let settings = settings();
    let (archive, _) = archive(&settings);
    let id = archive.person_ids().find(|id| &*archive.person(*id).name == "Ingrid Marsh").unwrap();
    match page(&PageKey::Person(id), &archive, None, &settings).view {
        PageView::Person(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_body_carries_quotations_cues_names_and_chips() {
    let lines: Vec<String> = tunnel()
        .body
        .iter()
        .map(|block| match block {
            BlockView::Paragraph(words) => draw(words),
            BlockView::Crosshead(depth, id, words) => format!("h{depth}#{id} {}", draw(words)),
            BlockView::Figure(figure) => format!("figure#{} {}", figure.id, figure.caption),
            other => format!("{other:?}"),
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    <dateline>PORT ANSEL —</dateline> <q#q-uoq6fc>The tunnel will carry traffic before winter</q>[1!], <cue>the Harbour Minister said</cue> on Friday.
    <name>Ingrid Marsh</name> told reporters that the seepage was <q#q-jxzcbr>“a nuisance, not a verdict”</q>[2!], and would stop.
    <q#q-wedjym>“We will open before the first frost,”</q> <cue>she said</cue>. <q>“My boots were dry.”</q>[3!]
    figure#photo-1 Ingrid Marsh at the Ansel portal on Friday.
    h2#three-joints Three joints
    <q#q-v6huzc>“Ask me in December,”</q>[4!] <cue><name>Dr Quill</name> added</cue>. Amara Quill has led the work since 2028.
    <name>Tobias Renn</name> accused ministers of <q#q-6q5vjy>“campaigning in a hard hat”</q>[5!]. <cue>He said</cue> <q#q-7fstzx>the city would not sign</q>[6].
    The ‘dry list’ is secret. One worker, who asked not to be named, said: <q#q-hrw7yo>“Keep the lights on.”</q>[7!]
    ");
}

#[test]
fn each_note_says_how_we_know() {
    let notes = tunnel().notes;
    let lines: Vec<String> = notes
        .iter()
        .map(|n| {
            let unsure = if n.unsure { "?" } else { "" };
            format!(
                "{} {} ({}, {}): {}. {}, {}%{unsure}",
                n.number, n.chip.name, n.office, n.kind, n.why, n.rule, n.confidence
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    1 Ingrid Marsh (Harbour Minister of Merrow, reported): “the Harbour Minister” is Ingrid Marsh’s office on this date. title, 95%
    2 Ingrid Marsh (Harbour Minister of Merrow, direct): “Ingrid Marsh told reporters”. name, 95%
    3 Ingrid Marsh (Harbour Minister of Merrow, direct): “she said”; Ingrid Marsh is named in paragraph 2. pronoun, 95%
    4 Amara Quill (Chief tunnelling engineer, direct): “Dr Quill added”; the report gives the full name, Amara Quill. surname, 95%
    5 Tobias Renn (Mayor of Port Ansel, direct): “Tobias Renn accused ministers”. name, 95%
    6 Tobias Renn (Mayor of Port Ansel, reported): “He said”; Tobias Renn is the only man named in the report. pronoun, 95%
    7 One worker (, direct): “One worker, who asked not to be named, said”; the report gives no name. unnamed, 72%?
    ");
    assert_eq!(&*notes[1].permalink, "https://record.example/archive/2031/11/14/calder-tunnel/#q-jxzcbr");
    let question = notes[1].question.as_deref().unwrap();
    assert!(question.starts_with("mailto:desk@record.example?subject=Quotation%20jxzcbr&body="), "{question}");
    let letter = percent::decode(question);
    assert!(
        letter.contains("“a nuisance, not a verdict”\r\nSpeaker now: Ingrid Marsh\r\nAddress: https://"),
        "{letter}"
    );
}

#[test]
fn what_the_archive_adds_is_told_too() {
    let mut copy = Copy::new("content/2031/11/14-list.txt", "The list").on(2031, 11, 14);
    let mayor = copy.chain("Toby Renn", "Mayor of Port Ansel", Gender::Masculine);
    let governor = copy.chain("Ferrant", "Governor", Gender::Feminine);
    copy.facts.chains[0].posts.push(post_of("Mayor of Port Ansel"));
    copy.facts.chains[1].posts.push(post_of("Governor"));
    copy.paragraph("“It is here,” the Harbour Minister said.");
    let evidence = copy.find("the Harbour Minister said");
    let mention = copy.mention("the Harbour Minister", Form::Office, None);
    let quote = copy.quote("aaaaaa", &["“It is here,”"], Kind::Direct, Rule::Unnamed);
    (quote.evidence, quote.mention) = (Some(evidence), Some(mention));
    copy.unnamed("the Harbour Minister", 0.95);
    copy.facts.quotes[0].post = Some(post_of("Harbour Minister").post.into());
    copy.paragraph("“It is not,” said Toby Renn. “It was,” Governor Ferrant said.");
    let evidence = copy.find("said Toby Renn");
    copy.quote("bbbbbb", &["“It is not,”"], Kind::Direct, Rule::Name).evidence = Some(evidence);
    copy.by(mayor);
    let evidence = copy.find("Governor Ferrant said");
    copy.quote("cccccc", &["“It was,”"], Kind::Direct, Rule::Surname).evidence = Some(evidence);
    copy.by(governor);
    let other = |path: &str, day: &str| {
        let facts = facts(path, day).holds("Ingrid Marsh", "Harbour Minister");
        facts.holds("Tobias Renn", "Mayor of Port Ansel").holds("Lucia Ferrant", "Governor of Merrow")
    };
    let settings = settings();
    let notes = |others: Vec<Facts>| -> Vec<String> {
        let facts = [vec![copy.facts.clone()], others].concat();
        let archive = join(
            shared(facts),
            Vec::new(),
            &Authority::default(),
            &Pictures::new("content"),
            &settings.site,
            &OneByOne,
        )
        .value;
        let at = archive.article_ids().find(|id| archive.article(*id).facts.path == copy.facts.path).unwrap();
        match page(&PageKey::Article(at), &archive, Some((&copy.article, &copy.annotations)), &settings).view {
            PageView::Article(view) => {
                let unsure = |unsure| if unsure { "?" } else { "" };
                let line = |n: &NoteView| format!("{}{}: {}. {}", n.chip.name, unsure(n.unsure), n.why, n.rule);
                view.notes.iter().map(line).collect()
            }
            other => panic!("{other:?}"),
        }
    };
    let (before, after) = (other("content/a.txt", "2031-11-10"), other("content/b.txt", "2031-11-20"));
    assert_eq!(
        notes(vec![before.clone(), after]),
        [
            "Ingrid Marsh: “the Harbour Minister” is Ingrid Marsh’s office on this date, by reports from before and after this one. title",
            "Tobias Renn: “said Toby Renn”; in this archive that is Tobias Renn. name",
            "Lucia Ferrant: “Governor Ferrant said”; the report says “Governor”, and Lucia Ferrant alone is that in this archive. surname",
        ]
    );
    assert_eq!(
        notes(vec![before.clone(), other("content/c.txt", "2031-11-11")])[0],
        "Ingrid Marsh: “the Harbour Minister” is Ingrid Marsh’s office on this date, by other reports of about that time. title"
    );
    assert_eq!(
        notes(vec![before])[0],
        "Ingrid Marsh?: “the Harbour Minister” is Ingrid Marsh’s office on this date, by one other report of about that time. title"
    );
    assert_eq!(
        notes(vec![]),
        [
            "The Harbour Minister?: “the Harbour Minister said”; the report gives no name. unnamed",
            "Toby Renn: “said Toby Renn”. name",
            "Ferrant: “Governor Ferrant said”. surname",
        ]
    );
}

#[test]
fn who_speaks_is_told_by_words_with_the_unnamed_last() {
    let view = tunnel();
    let lines: Vec<String> = view
        .speakers
        .iter()
        .map(|s| {
            let chip = &s.chip;
            format!(
                "{} {} {} ({}) {}+{}, {} words, {}",
                chip.initials, chip.slot, chip.name, s.role, s.n_direct, s.n_reported, s.words, s.first
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    IM s1 Ingrid Marsh (Harbour Minister of Merrow) 2+1, 23 words, #q-uoq6fc
    TR s8 Tobias Renn (Mayor of Port Ansel) 1+1, 10 words, #q-6q5vjy
    AQ s6 Amara Quill (Chief tunnelling engineer) 1+0, 4 words, #q-v6huzc
    ? s0 One worker (Not identified in the report) 1+0, 4 words, #q-hrw7yo
    ");
    let strip = &view.strip;
    assert_eq!((strip.percent, strip.n_quotes, strip.n_speakers), (43, 7, 4));
    assert_eq!(strip.order.join(", "), "Marsh, Quill, Renn, one worker");
    let marks: Vec<String> =
        strip.marks.iter().map(|m| format!("{}+{}{}", m.x, m.width, if m.direct { "" } else { "r" })).collect();
    assert_eq!(marks.join(" "), "27+78r 263+57 350+77 447+43 490+46 700+56 774+42r 954+46");
}

#[test]
fn a_record_tells_where_it_comes_from() {
    let about = tunnel().about;
    assert_eq!(&*about.source, "Northsound Wire, plain text");
    assert_eq!((about.n_unsure, about.n_unnamed, about.n_checked), (1, 1, 0));
    let rules: Vec<String> = about.rules.iter().map(|r| format!("{} {}", r.rule, r.n)).collect();
    assert_eq!(rules.join(", "), "name 2, pronoun 2, surname 1, title 1, unnamed 1");
    assert_eq!(&*about.data[0].url, "/archive/2031/11/14/calder-tunnel/index.json");
}

#[test]
fn a_person_is_shown_with_years_offices_and_companions() {
    let view = person();
    assert_eq!(&*view.now, "Harbour Minister of Merrow since March 2030; Member for Westbank.");
    assert_eq!((view.n_direct, view.n_reported, view.n_reports), (3, 1, 2));
    assert_eq!((&*view.first_seen, &*view.last_seen), ("Nov 2030", "Nov 2031"));
    assert_eq!(view.biography, ["Born in Westbank.".into(), "She likes ferries.".into()]);
    let quotes: Vec<String> = view
        .years
        .iter()
        .flat_map(|year| year.days.iter().map(move |day| (year, day)))
        .flat_map(|(year, day)| day.quotes.iter().map(move |q| (year, day, q)))
        .map(|(year, day, q)| {
            format!("{} {}: {} {} also {}", year.year, day.report.text, q.id, q.in_report, q.also_in.len())
        })
        .collect();
    insta::assert_snapshot!(quotes.join("\n"), @r"
    2031 Calder tunnel: p-uoq6fc /archive/2031/11/14/calder-tunnel/#q-uoq6fc also 0
    2031 Calder tunnel: p-jxzcbr-2 /archive/2031/11/14/calder-tunnel/#q-jxzcbr also 1
    2031 Calder tunnel: p-wedjym /archive/2031/11/14/calder-tunnel/#q-wedjym also 0
    2030 Shaft floods: p-jxzcbr /archive/2030/11/14/shaft-floods/#q-jxzcbr also 1
    ");
    let around: Vec<String> =
        view.companions.iter().map(|c| format!("{} {},{} {}", c.surname, c.x, c.y, c.line)).collect();
    assert_eq!(around.join("; "), "Quill 150,47 1.6; Renn 150,209 1.6");
    assert_eq!(
        &*view.head.description,
        "Every quotation from Ingrid Marsh in The Calder Record: 3 direct and 1 reported, in 2 reports from 2030 to 2031."
    );
}

#[test]
fn a_glance_shows_months_over_offices() {
    let glance = person().glance.unwrap();
    assert_eq!(&*glance.range, "2030 to 2031");
    insta::assert_snapshot!(glance.description, @"Ingrid Marsh was quoted in 2 months from November 2030 to November 2031, most often in November 2031 (3 times). Offices: Harbour Minister of Merrow; Transport spokesperson; Member for Westbank.");
    assert_eq!(glance.years, [("0.00".into(), "2030".into()), ("52.17".into(), "2031".into())]);
    let bars: Vec<String> = glance
        .bars
        .iter()
        .map(|b| format!("{}+{} {:?} {:?} {}", b.x, b.width, b.direct, b.reported, b.label))
        .collect();
    insta::assert_snapshot!(bars.join("\n"), @r"
    44.00+3.13 (66, 12) (66, 0) November 2030: 1 direct
    96.17+3.13 (54, 24) (42, 12) November 2031: 2 direct, 1 reported
    ");
    let bands: Vec<String> = glance
        .offices
        .iter()
        .map(|o| format!("{}+{} row {} at {}: {}, {}", o.x, o.width, o.row, o.y, o.title, o.style))
        .collect();
    insta::assert_snapshot!(bands.join("\n"), @r"
    0.00+100.00 row 0 at 110: Member for Westbank, 3
    0.00+8.70 row 1 at 138: Trans…, 2
    8.70+91.30 row 1 at 138: Harbour Minister, 1
    ");
    assert_eq!((glance.n_rows, glance.height), (2, 164));
}

#[test]
fn structured_data_is_json_that_cannot_end_its_script() {
    for text in [tunnel().head.json_ld.unwrap(), person().head.json_ld.unwrap()] {
        assert!(!text.contains('<'));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["@graph"][1]["@type"], "BreadcrumbList");
    }
    let value: Value = serde_json::from_str(&tunnel().head.json_ld.unwrap()).unwrap();
    let quotation = &value["@graph"][0]["hasPart"][1];
    assert_eq!(quotation["text"], "a nuisance, not a verdict");
    assert_eq!(quotation["spokenByCharacter"]["name"], "Ingrid Marsh");
    assert!(value["@graph"][0]["hasPart"][6].get("spokenByCharacter").is_none());
}

/// Every page, with the words of its view and head as JSON.
fn pages(settings: &Settings) -> Vec<(Box<str>, Value)> {
    let (archive, copy) = archive(settings);
    let tunnel = archive.newest().unwrap();
    plan(&archive, settings)
        .iter()
        .map(|key| {
            let article = (key.article() == Some(tunnel)).then_some((&copy.article, &copy.annotations));
            let page = page(key, &archive, article, settings);
            let head = serde_json::to_value(page.view.head()).unwrap();
            (page.path, serde_json::json!({"head": head, "page": serde_json::to_value(&page.view).unwrap()}))
        })
        .collect()
}

#[test]
fn every_page_has_one_address() {
    let paths: Vec<Box<str>> = pages(&settings()).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len());
    insta::assert_snapshot!(paths.join("\n"), @r"
    index.html
    undated/ferry-times/index.html
    2030/11/14/shaft-floods/index.html
    2031/11/14/calder-tunnel/index.html
    sections/index.html
    harbour/index.html
    notices/index.html
    people/index.html
    people/m/index.html
    people/q/index.html
    people/r/index.html
    people/ingrid-marsh/index.html
    people/amara-quill/index.html
    people/tobias-renn/index.html
    photos/index.html
    photos/73qz2hku/index.html
    photos/credits/index.html
    dates/index.html
    2030/index.html
    2031/index.html
    2030/11/index.html
    2031/11/index.html
    2030/11/14/index.html
    2031/11/14/index.html
    topics/index.html
    topics/calder-tunnel/index.html
    topics/ferries/index.html
    timeline/index.html
    timeline/2030/index.html
    topics/calder-tunnel/timeline/index.html
    topics/ferries/timeline/index.html
    sources/index.html
    sources/northsound-wire/index.html
    corrections/index.html
    search/index.html
    about/method/index.html
    about/data/index.html
    404.html
    ");
}

#[test]
fn every_link_leads_to_a_page_under_the_root() {
    let mut settings = settings();
    settings.site.per_page = 1;
    let pages = pages(&settings);
    let known: BTreeSet<String> = pages.iter().map(|(path, _)| path.replace("index.html", "")).collect();
    let data =
        ["index.json", "received.txt", "quotations.json", "quotations.csv", "atom.xml", "feed.json", "article.tei.xml"];
    for (path, view) in &pages {
        let mut links = Vec::new();
        strings(view, &mut links);
        for link in links.iter().filter(|link| link.starts_with('/')) {
            let below =
                link.strip_prefix("/archive/").unwrap_or_else(|| panic!("{path}: {link} is not under the root"));
            let page = below.split('#').next().unwrap_or_default();
            let is_data = data.iter().any(|name| page.ends_with(name));
            assert!(is_data || known.contains(page), "{path}: {link} leads nowhere");
        }
    }
}

fn strings<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(values) => values.iter().for_each(|value| strings(value, into)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, into)),
        _ => {}
    }
}

#[test]
fn an_archive_without_articles_has_its_pages() {
    let settings = settings();
    let archive = Archive::default();
    let paths: Vec<Box<str>> =
        plan(&archive, &settings).iter().map(|key| page(key, &archive, None, &settings).path).collect();
    assert_eq!(
        paths.join(" "),
        "index.html sections/index.html people/index.html dates/index.html timeline/index.html corrections/index.html \
         search/index.html about/method/index.html about/data/index.html 404.html"
    );
    assert_eq!(&*site(&archive, &settings).title_last, "Record");
}

#[test]
fn a_report_is_called_old_after_a_year() {
    let settings = settings();
    let (archive, _) = archive(&settings);
    let old: Vec<Box<str>> = archive
        .article_ids()
        .map(|id| match page(&PageKey::Article(id), &archive, None, &settings).view {
            PageView::Article(view) => view.from_year,
            other => panic!("{other:?}"),
        })
        .collect();
    // The middle one is a year old to the day.
    assert_eq!(old, ["".into(), "".into(), "".into()]);
}

#[test]
fn a_person_of_many_quotations_has_a_page_for_each_year() {
    let settings = settings();
    let mut facts = Vec::new();
    for (year, n) in [(2029, 150), (2030, 120), (2031, 90)] {
        for day in 1..=3 {
            let mut copy =
                Copy::new(&format!("content/{year}/{day}.txt"), &format!("Report {year} {day}")).on(year, 5, day);
            let marsh = copy.chain("Ingrid Marsh", "", Gender::Feminine);
            for _ in 0..n / 3 {
                copy.paragraph("“Dry.”");
                copy.quote("jxzcbr", &["“Dry.”"], Kind::Direct, Rule::Name);
                copy.by(marsh);
            }
            facts.push(copy.facts);
        }
    }
    let archive =
        join(shared(facts), Vec::new(), &Authority::default(), &Pictures::new("content"), &settings.site, &OneByOne)
            .value;
    let pages: Vec<Page> = plan(&archive, &settings)
        .iter()
        .filter(|key| matches!(key, PageKey::Person(_) | PageKey::PersonYear(..)))
        .map(|key| page(key, &archive, None, &settings))
        .collect();
    let shown: Vec<String> = pages
        .iter()
        .map(|page| {
            let PageView::Person(view) = &page.view else { panic!("{page:?}") };
            let days = view.years.iter().flat_map(|year| &year.days);
            let ids: Vec<&str> = days.flat_map(|day| day.quotes.iter().map(|q| &*q.id)).collect();
            assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "addresses are unique on {}", page.path);
            let others: Vec<String> = view.other_years.iter().map(|year| format!("{} {}", year.url, year.n)).collect();
            format!("{}: {}, last {}; others: {}.", page.path, ids.len(), ids[ids.len() - 1], others.join(", "))
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    people/ingrid-marsh/index.html: 170, last p-jxzcbr; others: /archive/people/ingrid-marsh/2030/ 120, /archive/people/ingrid-marsh/2029/ 150.
    people/ingrid-marsh/2030/index.html: 120, last p-jxzcbr; others: .
    people/ingrid-marsh/2029/index.html: 150, last p-jxzcbr; others: .
    ");
}

#[test]
fn words_are_shortened_to_one_line() {
    let check = |words: &str, expected: &str| assert_eq!(shortened(words, 10), expected, "{words:?}");
    check("the ferry", "the ferry");
    check(" the\n ferry ", "the ferry");
    check("the ferry sails", "the ferry …");
    check("渡船今日不開航", "渡船今…");
    check("a 渡船今日不開航", "a …");
    check("unpronounceable", "unpronounc…");
    check("", "");
}
