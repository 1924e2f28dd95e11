//! The person page, put together.

use super::desk::{Desk, sentence_case};
use super::plan::{PageKey, letter_address};
use super::{
    CompanionView, CountView, DateView, HeadView, LinkView, OfficeView, PersonView, address, figures, glance, json_ld,
    meta, person_quotes,
};
use crate::archive::{ArticleId, Person, PersonId};
use crate::model::Office;
use crate::text::line::printable;
use jiff::civil::Date;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::f64::consts::TAU;

/// Reports listed that only name a person.
const MOST_MENTIONED: usize = 50;

/// Makes a person's own page.
pub(super) fn person(desk: &Desk<'_>, id: PersonId) -> PersonView {
    let person = desk.archive.person(id);
    let topics = topics(desk, person);
    let apart = person_quotes::years_apart(desk.archive, id);
    PersonView {
        portrait: person.portrait.as_ref().map(|picture| {
            let alt = person.authority.as_ref().and_then(|a| a.portrait_alt.as_deref());
            desk.picture(picture, alt.unwrap_or(&person.name))
        }),
        portrait_credit: person.authority.as_ref().and_then(|a| a.portrait_credit.clone()),
        biography: person.authority.as_ref().map(|a| paragraphs(&a.biography)).unwrap_or_default(),
        glance: glance::glance(desk, person),
        years: person_quotes::own(desk, id),
        other_years: apart
            .into_iter()
            .map(|(year, n)| {
                let text = year.map_or_else(|| desk.words.text("person.undated").to_owned(), |year| year.to_string());
                let url = desk.url(&PageKey::PersonYear(id, year).address(desk.archive, desk.site));
                CountView { text: text.into(), url, n }
            })
            .collect(),
        companions: companions(desk, person),
        offices: person.offices().iter().map(|office| office_view(desk, office)).collect(),
        described_as: if person.offices().is_empty() { described_as(person) } else { Vec::new() },
        forms: person.forms.iter().take(12).map(|(form, _, n)| count(form, *n)).collect(),
        not: person.not.iter().map(|other| (desk.person_link(*other), desk.present_office(*other))).collect(),
        photos: person.photos.iter().take(8).map(|photo| figures::listed(desk, *photo, false)).collect(),
        topics,
        mentioned: mentioned(desk, person),
        same_as: person.authority.as_ref().map(|a| a.same_as.clone()).unwrap_or_default(),
        ..frame(desk, id)
    }
}

/// Makes the page of one year of a person's quotations: header and quotations alone.
pub(super) fn person_year(desk: &Desk<'_>, id: PersonId, year: Option<i16>) -> PersonView {
    let person = desk.archive.person(id);
    let label = year.map_or_else(|| desk.words.text("person.undated-reports").to_owned(), |year| year.to_string());
    let title = desk.words.fill("person.year-title", &[("name", &person.name), ("year", &label)]);
    let description = desk
        .words
        .fill("person.year-description", &[("name", &person.name), ("site", &desk.site.title), ("year", &label)]);
    let below = PageKey::PersonYear(id, year).address(desk.archive, desk.site);
    let mut crumbs = crumbs(desk, person);
    crumbs.push(desk.link(&person.name, &person.address()));
    crumbs.push(LinkView { text: label.into(), url: "".into(), lang: None });
    let head = HeadView { crumbs, ..desk.head(&title, description, &below, "people") };
    PersonView { head, years: person_quotes::of_year(desk, id, year), ..frame(desk, id) }
}

/// What all pages of a person share.
fn frame(desk: &Desk<'_>, id: PersonId) -> PersonView {
    let person = desk.archive.person(id);
    let (first, last) = (desk.archive.first_seen(id), desk.archive.last_seen(id));
    let brief = |date| desk.locale.brief_month_year(date).into();
    let subject = desk.words.fill("person.question", &[("name", &person.name), ("site", &desk.site.title)]);
    let page = desk.words.fill("person.question-page", &[("address", &desk.absolute(&person.address()))]);
    PersonView {
        head: head(desk, id),
        chip: desk.chip(id),
        portrait: None,
        portrait_credit: None,
        now: now(desk, person).into(),
        letter: desk.link(person.letter.encode_utf8(&mut [0; 4]), &letter_address(person.letter)),
        n_direct: *person.n_direct as usize,
        n_reported: person.n_reported(),
        n_reports: person.articles.len(),
        n_photos: person.photos.len(),
        first_seen: first.map(brief).unwrap_or_default(),
        last_seen: last.map(brief).unwrap_or_default(),
        biography: Vec::new(),
        glance: None,
        years: Vec::new(),
        other_years: Vec::new(),
        companions: Vec::new(),
        offices: Vec::new(),
        described_as: Vec::new(),
        forms: Vec::new(),
        not: Vec::new(),
        photos: Vec::new(),
        topics: Vec::new(),
        mentioned: Vec::new(),
        same_as: Vec::new(),
        question: desk.site.question.as_deref().map(|to| address::question(to, &subject, &(page.clone() + "\n\n"))),
    }
}

fn head(desk: &Desk<'_>, id: PersonId) -> HeadView {
    let person = desk.archive.person(id);
    let year = |date: Option<Date>| date.map(|date| date.year());
    let (first, last) = (year(desk.archive.first_seen(id)), year(desk.archive.last_seen(id)));
    let key = match (first, last) {
        (None, _) => "person.description",
        (first, last) if first == last => "person.description-dated",
        _ => "person.description-years",
    };
    let years = desk.locale.years(first, last);
    let description = desk.words.fill(
        key,
        &[
            ("name", &person.name),
            ("site", &desk.site.title),
            ("direct", &desk.words.count("glance.direct", *person.n_direct as usize, &[])),
            ("reported", &desk.words.count("glance.reported", person.n_reported(), &[])),
            ("reports", &desk.reports(person.articles.len())),
            ("year", &years),
            ("years", &years),
        ],
    );
    let mut crumbs = crumbs(desk, person);
    crumbs.push(LinkView { text: person.name.clone(), url: "".into(), lang: None });
    let portrait = person.portrait.as_ref().map(|picture| desk.picture_address(picture));
    let data = |kind, name: &str, file: &str| {
        let title = desk.words.fill("person.data", &[("name", &person.name), ("format", name)]).into();
        (kind, title, desk.url(&format!("{}{file}", person.address())))
    };
    // A feed's entries have dates.
    let quoted = person.quotes.iter().any(|quote| desk.archive.article(quote.at.article).facts.published.is_some());
    let mut properties = meta::profile(desk, id);
    if let Some(picture) = &person.portrait {
        properties.splice(0..0, meta::image(picture, &person.name));
    }
    HeadView {
        properties,
        og_type: "profile",
        image: portrait,
        crumbs,
        json_ld: Some(json_ld::profile(desk, id, &description)),
        alternates: [
            quoted.then(|| data("application/atom+xml", "Atom", "atom.xml")),
            quoted.then(|| data("application/feed+json", "JSON Feed", "feed.json")),
        ]
        .into_iter()
        .flatten()
        .chain([data("application/json", "JSON", "quotations.json"), data("text/csv", "CSV", "quotations.csv")])
        .collect(),
        ..desk.head(&person.name, description, &person.address(), "people")
    }
}

fn crumbs(desk: &Desk<'_>, person: &Person) -> Vec<LinkView> {
    let letter = desk.link(person.letter.encode_utf8(&mut [0; 4]), &letter_address(person.letter));
    vec![desk.link(desk.words.text("people.title"), "people/"), letter]
}

/// "Harbour Minister of Merrow since March 2030; Member for Westbank."; as of the archive's newest report.
fn now(desk: &Desk<'_>, person: &Person) -> String {
    if let Some(summary) = person.authority.as_ref().and_then(|a| a.summary.as_deref()) {
        return summary.to_owned();
    }
    let Some(today) = desk.today() else { return String::new() };
    let held: Vec<&Office> = person.offices().iter().filter(|office| office.held_on(today)).collect();
    if let Some((newest, others)) = held.split_first() {
        let mut offices = desk.office(newest).to_string();
        if let Some(from) = newest.from {
            let since = [("office", &*offices), ("month", &*desk.locale.month_year(from))];
            offices = desk.words.fill("person.since", &since);
        }
        for office in others {
            offices.push_str(desk.words.text("person.now-separator"));
            offices.push_str(&desk.office(office));
        }
        return desk.words.fill("person.now", &[("offices", &offices)]);
    }
    let past = person.offices().iter().filter(|office| office.to.is_some_and(|to| to < today)).max_by_key(|o| o.to);
    if let Some((past, to)) = past.and_then(|past| Some((past, past.to?))) {
        let until = [("office", &*desk.office(past)), ("month", &*desk.locale.month_year(to))];
        return desk.words.fill("person.until", &until);
    }
    let now = |role: &str| desk.words.fill("person.now", &[("offices", sentence_case(role).trim_end_matches('.'))]);
    person.roles.first().map(|(role, _)| now(role)).unwrap_or_default()
}

/// The words of a biography's Markdown, one string for each paragraph, heading or list item.
fn paragraphs(markdown: &str) -> Vec<Box<str>> {
    let mut paragraphs: Vec<Box<str>> = Vec::new();
    let mut words = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => words.extend(printable(&text)),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item)
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => {
                if !words.trim().is_empty() {
                    paragraphs.push(words.trim().into());
                }
                words.clear();
            }
            _ => {}
        }
    }
    paragraphs
}

fn office_view(desk: &Desk<'_>, office: &Office) -> OfficeView {
    let day = |date: Option<_>| -> Option<DateView> { date.map(|date| desk.day(date)) };
    OfficeView { title: desk.office(office), from: day(office.from), to: day(office.to) }
}

fn described_as(person: &Person) -> Vec<CountView> {
    person.roles.iter().take(8).map(|(role, n)| count(role, *n)).collect()
}

fn count(text: &str, n: u32) -> CountView {
    CountView { text: text.into(), url: "".into(), n: n as usize }
}

/// Companions on a circle: the one of most reports on top, then clockwise.
fn companions(desk: &Desk<'_>, person: &Person) -> Vec<CompanionView> {
    let most = person.companions.iter().map(|(_, n)| *n).max().unwrap_or(0).max(11);
    let n = person.companions.len().max(1);
    let place = |(i, (other, shared)): (usize, &(PersonId, u32))| {
        let turn = TAU * (i as f64 / n as f64 - 0.25);
        CompanionView {
            chip: desk.chip(*other),
            surname: desk.archive.person(*other).surname.clone(),
            n: *shared as usize,
            x: 150 + (90.0 * turn.cos()).round() as i32,
            y: 128 + (81.0 * turn.sin()).round() as i32,
            line: format!("{:.1}", 1.0 + 6.6 * f64::from(*shared) / f64::from(most)).into(),
        }
    };
    person.companions.iter().enumerate().map(place).collect()
}

/// Topics of the reports in which a person speaks, most first.
fn topics(desk: &Desk<'_>, person: &Person) -> Vec<CountView> {
    let mut counts: FxHashMap<crate::archive::TopicId, usize> = FxHashMap::default();
    for report in person.quotes.chunk_by(|a, b| a.at.article == b.at.article) {
        for topic in &desk.archive.article(report[0].at.article).topics {
            *counts.entry(*topic).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(topic, n)| (Reverse(*n), *topic));
    counts.into_iter().take(10).map(|(topic, n)| CountView { n, ..desk.topic_count(topic) }).collect()
}

/// Reports that name a person without quoting them, newest first.
fn mentioned(desk: &Desk<'_>, person: &Person) -> Vec<(LinkView, Option<DateView>)> {
    let speaks: FxHashSet<ArticleId> = person.quotes.iter().map(|quote| quote.at.article).collect();
    let only_named = person.articles.iter().filter(|id| !speaks.contains(id)).take(MOST_MENTIONED);
    only_named
        .map(|id| (desk.report_link(*id), desk.archive.article(*id).facts.published.map(|at| desk.date(at))))
        .collect()
}
