//! A title with a surname: "Governor Ferrant" where the archive knows one Ferrant who is governor.

use super::evidence::Place;
use super::identity::{Identities, number};
use super::name::NameKey;
use crate::annotate;
use crate::model::{AuthorityPerson, ChainFact, Facts, Gender, Post, PostFact, Standing};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Who bears a title with a surname.
#[derive(Debug)]
struct Bearer {
    /// None where several do.
    person: Option<u32>,
    /// The days between which they are known to; none for former holders.
    days: Option<(Date, Date)>,
    of: Vec<Box<str>>,
    gender: Option<Gender>,
    /// How many articles say so; a people file counts as several.
    n: u32,
    /// The last of them.
    last: Option<u32>,
}

/// Days before the first word and after the last within which a title is borne; a peerage is borne for good.
const DAYS: i32 = 183;
/// Articles that must say so: one may have taken a father for his son.
const ENOUGH: u32 = 2;
/// Words beside a title that are kept for one bearer.
const MOST_WORDS: usize = 16;

/// Gives names without a given name to the one person who bears the title beside it on the day.
///
/// A bare surname never leaves its article; with a title it does where all the archive knows one bearer of both.
/// Returns the places that were given.
pub(super) fn give(identities: &mut Identities, articles: &[Arc<Facts>], files: &[AuthorityPerson]) -> Vec<Place> {
    let mut bearers: FxHashMap<(Box<str>, String), Bearer> = FxHashMap::default();
    for ((at, facts), who) in (0..).zip(articles).zip(&identities.who) {
        let day = facts.published.map(|at| at.date);
        for (chain, person) in facts.chains.iter().zip(who).filter_map(|(chain, who)| Some((chain, (*who)?))) {
            let titles = || chain.posts.iter().filter(|fact| annotate::is_title(&fact.post.head));
            if !chain.full || titles().next().is_none() {
                continue;
            }
            let Some(surname) = surname(&chain.name) else { continue };
            for fact in titles() {
                let bearer = learn(&mut bearers, fact, &surname, person, day.map(|day| (day, day)));
                bearer.gender = bearer.gender.or(chain.gender);
                bearer.n += u32::from(bearer.last.replace(at) != Some(at));
            }
        }
    }
    for (person, identity) in (0..).zip(&identities.all) {
        let Some(file) = identity.file.map(|file| &files[file as usize]) else { continue };
        let Some(surname) = surname(&file.name) else { continue };
        for office in &file.offices {
            if let Some(fact) = annotate::post_of_office(office).filter(|fact| annotate::is_title(&fact.post.head)) {
                let days = (office.from.unwrap_or(Date::MIN), office.to.unwrap_or(Date::MAX));
                learn(&mut bearers, &fact, &surname, person, Some(days)).n += ENOUGH;
            }
        }
    }
    let mut given = Vec::new();
    for (at, (facts, who)) in articles.iter().zip(&mut identities.who).enumerate() {
        let Some(day) = facts.published.map(|at| at.date) else { continue };
        for (chain, (said, who)) in facts.chains.iter().zip(who.iter_mut()).enumerate() {
            if who.is_none() && !said.full && !said.posts.is_empty() {
                *who = bearer(&bearers, said, day);
                given.extend(who.map(|_| (number(at), number(chain))));
            }
        }
    }
    given
}

fn learn<'b>(
    bearers: &'b mut FxHashMap<(Box<str>, String), Bearer>,
    fact: &PostFact,
    surname: &str,
    person: u32,
    days: Option<(Date, Date)>,
) -> &'b mut Bearer {
    let Post { head, of } = &fact.post;
    let days = days.filter(|_| fact.standing == Standing::Held);
    let new = || Bearer { person: Some(person), days: None, of: Vec::new(), gender: None, n: 0, last: None };
    let bearer = bearers.entry((head.clone(), surname.to_owned())).or_insert_with(new);
    if bearer.person != Some(person) {
        bearer.person = None;
        return bearer;
    }
    bearer.days = match (bearer.days, days) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (known, new) => known.or(new),
    };
    for word in of {
        if bearer.of.len() < MOST_WORDS && !bearer.of.contains(word) {
            bearer.of.push(word.clone());
        }
    }
    bearer
}

/// The one person who bears all the titles of a chain that are known.
fn bearer(bearers: &FxHashMap<(Box<str>, String), Bearer>, said: &ChainFact, day: Date) -> Option<u32> {
    let surname = surname(&said.name)?;
    let mut found = None;
    for fact in said.posts.iter().filter(|fact| fact.standing == Standing::Held) {
        let Some(bearer) = bearers.get(&(fact.post.head.clone(), surname.clone())) else { continue };
        let person = bearer.person.filter(|_| bearer.n >= ENOUGH)?;
        let (first, last) = bearer.days?;
        let for_good = annotate::is_peerage(&fact.post.head);
        let early = first.since(day).map_or(i32::MAX, |span| span.get_days()) > DAYS;
        let late = day.since(last).map_or(i32::MAX, |span| span.get_days()) > DAYS && !for_good;
        let elsewhere = !fact.post.of.is_empty()
            && !bearer.of.is_empty()
            && !fact.post.of.iter().any(|word| bearer.of.contains(word));
        let other_gender = said.gender.zip(bearer.gender).is_some_and(|(a, b)| a != b);
        if early || late || elsewhere || other_gender || *found.get_or_insert(person) != person {
            return None;
        }
    }
    found
}

/// The surname of a name, folded.
fn surname(name: &str) -> Option<String> {
    let base = NameKey::of(name).base;
    let mut words = base.rsplit(' ');
    let last = words.next()?;
    let surname = if super::name::generation(last).is_some() { words.next()? } else { last };
    (!surname.is_empty()).then(|| surname.to_owned())
}
