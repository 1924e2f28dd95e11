//! The index of people.

use super::desk::Desk;
use super::plan::{PageKey, letter_address};
use super::{CountView, HeadView, LetterView, LinkView, PeopleView, PersonRow};
use crate::archive::PersonId;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// People listed on `/people/`; letter pages have all.
const MOST: usize = 500;
/// People named above the list.
const TOP: usize = 12;

/// Makes the page of all people.
pub(super) fn all(desk: &Desk<'_>) -> PeopleView {
    let n = desk.archive.people.len();
    let description = desk.of_site("people.description");
    let mut top: Vec<PersonId> = desk.archive.person_ids().collect();
    let by_quotes = |id: &PersonId| (Reverse(desk.archive.person(*id).quotes.len()), *id);
    top.retain(|id| !desk.archive.person(*id).quotes.is_empty());
    if top.len() > TOP {
        top.select_nth_unstable_by_key(TOP, by_quotes);
        top.truncate(TOP);
    }
    top.sort_by_key(by_quotes);
    PeopleView {
        head: desk.head(desk.words.text("people.title"), description, "people/", "people"),
        letter: "".into(),
        letters: letters(desk),
        groups: groups(desk, desk.archive.person_ids().take(MOST)),
        top: top.into_iter().map(|id| row(desk, id)).collect(),
        n,
    }
}

/// Makes the page of one letter.
pub(super) fn letter(desk: &Desk<'_>, letter: char) -> PeopleView {
    let people = desk.archive.person_ids().filter(|id| desk.archive.person(*id).letter == letter);
    let description = desk
        .words
        .fill("people.letter-description", &[("site", &desk.site.title), ("letter", letter.encode_utf8(&mut [0; 4]))]);
    let below = PageKey::Letter(letter).address(desk.archive, desk.site);
    let crumbs = vec![
        desk.link(desk.words.text("people.title"), "people/"),
        LinkView { text: letter.to_string().into(), url: "".into(), lang: None },
    ];
    let title = desk.words.fill("people.letter", &[("letter", letter.encode_utf8(&mut [0; 4]))]);
    PeopleView {
        head: HeadView { crumbs, ..desk.head(&title, description, &below, "people") },
        letter: letter.to_string().into(),
        letters: letters(desk),
        groups: groups(desk, people),
        top: Vec::new(),
        n: desk.archive.people.len(),
    }
}

fn letters(desk: &Desk<'_>) -> Vec<CountView> {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for person in &desk.archive.people {
        *counts.entry(person.letter).or_default() += 1;
    }
    let view = |(letter, n): (char, usize)| CountView {
        text: letter.to_string().into(),
        url: desk.url(&letter_address(letter)),
        n,
    };
    counts.into_iter().map(view).collect()
}

/// People by letter; those of one letter stand together already.
fn groups(desk: &Desk<'_>, people: impl Iterator<Item = PersonId>) -> Vec<LetterView> {
    let mut groups: Vec<LetterView> = Vec::new();
    for id in people {
        let letter: Box<str> = desk.archive.person(id).letter.to_string().into();
        match groups.last_mut() {
            Some(group) if group.letter == letter => group.people.push(row(desk, id)),
            _ => groups.push(LetterView { letter, people: vec![row(desk, id)] }),
        }
    }
    groups
}

fn row(desk: &Desk<'_>, id: PersonId) -> PersonRow {
    let person = desk.archive.person(id);
    let last_seen = desk.archive.last_seen(id).map(|date| desk.locale.brief_month_year(date).into());
    PersonRow {
        chip: desk.chip(id),
        sorted: person.sorted.clone(),
        office: desk.present_office(id),
        n_quotes: person.quotes.len(),
        n_reports: person.articles.len(),
        last_seen: last_seen.unwrap_or_default(),
    }
}
