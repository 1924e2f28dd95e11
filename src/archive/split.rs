//! One name, several people.

use super::evidence::{BIRTHS_APART, ERA, Evidence, Ground, Place, Sign, born, weight};
use super::sets::Sets;
use crate::model::{Facts, Gender, PostFact};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What became of the places that bear one name.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// The people, each with their places, sorted; the people by their first place. One for nearly every name.
    pub people: Vec<Vec<Place>>,
    /// Places of which nothing says whose they are, where there are several people.
    pub left: Vec<Place>,
    /// What tells the people apart, or speaks for there being two where one was made.
    pub signs: Vec<Sign>,
}

/// At so many points two are two; see `docs/design/people.md`.
const APART: u32 = 4;
/// At so many points two may be two, and an editor is asked.
const DOUBTFUL: u32 = 2;
/// Of so many people of one name the rest is not told apart.
const MOST_PEOPLE: usize = 8;
/// Groups of places that are compared with each other; bounds the work for a name that everybody bears.
const MOST_GROUPS: usize = 24;

/// Tells apart the people of one name; `places` are sorted.
///
/// Places are put together where they give the same post; the groups are then weighed against each other. A name with
/// nothing to tell apart costs one look at each place.
pub(super) fn split(ground: Ground<'_>, places: &[Place]) -> Split {
    let one = |signs| Split { people: vec![places.to_vec()], signs, ..Split::default() };
    if places.len() < 2 || !may_be_several(ground.articles, places) {
        return one(Vec::new());
    }
    let mut groups = groups(ground, places);
    // The largest first: they are the people; what is small joins them.
    groups.sort_by(|a, b| (!a.tells, b.places.len(), a.places[0]).cmp(&(!b.tells, a.places.len(), b.places[0])));
    let n_telling = groups.iter().take(MOST_GROUPS).take_while(|group| group.tells).count();
    let (telling, silent) = groups.split_at(n_telling);
    let odds = Odds::of(telling);
    if odds.most < APART {
        return one(if odds.most < DOUBTFUL { Vec::new() } else { odds.signs });
    }
    // First those who cannot be one, then those who speak against nobody, last the silent.
    let mut people: Vec<Person> = Vec::new();
    for (at, group) in telling.iter().enumerate().filter(|(at, _)| odds.has_rival(*at)) {
        let fits = |person: &Person| person.groups.iter().all(|other| !odds.apart[at][*other]);
        let shares = |person: &Person| if fits(person) { person.evidence.for_one(&group.evidence) } else { 0 };
        match unique_best(people.iter().map(shares), 1) {
            Some(person) => people[person].take(ground, Some(at), group),
            None if people.len() < MOST_PEOPLE => people.push(Person::new(at, group)),
            None => {}
        }
    }
    let mut left = Vec::new();
    for (at, group) in telling.iter().enumerate().filter(|(at, _)| !odds.has_rival(*at)) {
        match whose(&group.evidence, &people) {
            Some(person) => people[person].take(ground, None, group),
            None if people.len() < MOST_PEOPLE => people.push(Person::new(at, group)),
            None => left.extend_from_slice(&group.places),
        }
    }
    // What is silent is weighed against what the people are known by, not against other silent places.
    let silent: Vec<(Option<usize>, &Group)> =
        silent.iter().map(|group| (whose(&group.evidence, &people), group)).collect();
    for (person, group) in silent {
        match person {
            Some(person) => people[person].places.extend_from_slice(&group.places),
            None => left.extend_from_slice(&group.places),
        }
    }
    let mut people: Vec<Vec<Place>> = people.into_iter().map(|person| person.places).collect();
    people.iter_mut().for_each(|places| places.sort_unstable());
    people.sort_unstable();
    left.sort_unstable();
    Split { people, left, signs: odds.signs }
}

/// How groups of one name stand to each other.
struct Odds {
    /// Which two are not one person.
    apart: Vec<Vec<bool>>,
    /// The most that is said against any two being one, and the signs that say it.
    most: u32,
    signs: Vec<Sign>,
}

impl Odds {
    fn of(groups: &[Group]) -> Self {
        let mut odds = Self { apart: vec![vec![false; groups.len()]; groups.len()], most: 0, signs: Vec::new() };
        for (a, x) in groups.iter().enumerate() {
            for (b, y) in groups.iter().enumerate().skip(a + 1) {
                let signs = x.evidence.against(&y.evidence);
                let points = weight(&signs).saturating_sub(x.evidence.for_one(&y.evidence));
                (odds.apart[a][b], odds.apart[b][a]) = (points >= APART, points >= APART);
                if points > odds.most || points == odds.most && signs < odds.signs {
                    (odds.most, odds.signs) = (points, signs);
                }
            }
        }
        odds
    }

    fn has_rival(&self, group: usize) -> bool {
        self.apart[group].contains(&true)
    }
}

/// One of several people of one name.
struct Person {
    /// The groups that made them, of those that tell.
    groups: Vec<usize>,
    places: Vec<Place>,
    evidence: Evidence,
}

impl Person {
    fn new(at: usize, group: &Group) -> Self {
        Self { groups: vec![at], places: group.places.clone(), evidence: group.evidence.clone() }
    }

    fn take(&mut self, ground: Ground<'_>, at: Option<usize>, group: &Group) {
        self.groups.extend(at);
        self.places.extend_from_slice(&group.places);
        self.places.sort_unstable();
        self.evidence = Evidence::of(ground, &self.places);
    }
}

/// Whose a group is that excludes nobody: of whom all others are excluded, or who has clearly most in common with it.
fn whose(evidence: &Evidence, people: &[Person]) -> Option<usize> {
    let fits: Vec<bool> = people.iter().map(|p| weight(&evidence.against(&p.evidence)) < APART).collect();
    if fits.iter().filter(|fits| **fits).count() == 1 {
        return fits.iter().position(|fits| *fits);
    }
    let alone = |shares: &dyn Fn(&Evidence) -> bool, at: usize| {
        let others = people.iter().enumerate().filter(|(other, _)| *other != at);
        u32::from(shares(&people[at].evidence) && !others.map(|(_, p)| &p.evidence).any(shares))
    };
    let points = |at: usize| {
        if !fits[at] {
            return 0;
        }
        evidence.for_one(&people[at].evidence)
            + alone(&|other| evidence.shares_section(other), at)
            + alone(&|other| evidence.shares_place(other), at)
    };
    unique_best((0..people.len()).map(points), ENOUGH)
}

/// Points in common that make silent words somebody's.
const ENOUGH: u32 = 2;

/// The place of the highest number, where it is at least `least` and no other is as high.
fn unique_best(points: impl Iterator<Item = u32>, least: u32) -> Option<usize> {
    let points: Vec<u32> = points.collect();
    let most = points.iter().copied().max().filter(|most| *most >= least)?;
    let mut at = points.iter().enumerate().filter(|(_, points)| **points == most).map(|(at, _)| at);
    at.next().filter(|_| at.next().is_none())
}

/// Places of one name that give the same post.
struct Group {
    places: Vec<Place>,
    evidence: Evidence,
    /// Whether it could tell two people apart.
    tells: bool,
}

/// What puts two places together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Tie<'a> {
    /// The same post, in the same stretch of time.
    Post(u32, &'a str, &'a str),
    /// No post, but an honorific.
    Gender(u32, Gender),
    /// No post, but an age.
    Born(i16),
    /// Nothing but its time, where half a century parts it from another.
    Era(u32),
}

/// Whether places hold anything that could tell two people apart; one look at each.
fn may_be_several(articles: &[Arc<Facts>], places: &[Place]) -> bool {
    let mut genders = [false; 2];
    let mut births: Option<(i16, i16)> = None;
    let mut first_calling = None;
    let mut first_of: FxHashMap<&str, &[Box<str>]> = FxHashMap::default();
    for &(article, chain) in places {
        let facts = &articles[article as usize];
        let said = &facts.chains[chain as usize];
        genders[0] |= said.gender == Some(Gender::Feminine);
        genders[1] |= said.gender == Some(Gender::Masculine);
        if let Some(year) = born(facts, chain) {
            births = Some(births.map_or((year, year), |(a, b)| (a.min(year), b.max(year))));
        }
        for fact in &said.posts {
            if fact.calling.is_some_and(|calling| *first_calling.get_or_insert(calling) != calling) {
                return true;
            }
            if fact.of_place && !fact.post.of.is_empty() {
                let first = first_of.entry(&fact.post.head).or_insert(&fact.post.of);
                if !first.iter().any(|word| fact.post.of.contains(word)) {
                    return true;
                }
            }
        }
    }
    let ages = births.is_some_and(|(a, b)| b - a > BIRTHS_APART || first_calling.is_some());
    genders == [true; 2] || ages || eras(articles, places).last() > Some(&0)
}

/// By place: how many times half a century has passed without a word. Places are sorted by date, the undated first.
fn eras(articles: &[Arc<Facts>], places: &[Place]) -> Vec<u32> {
    let (mut era, mut last) = (0, None);
    let year = |place: &Place| articles[place.0 as usize].published.map(|at| at.date.year());
    let step = |place: &Place| {
        let year = year(place);
        era += u32::from(year.zip(last).is_some_and(|(year, last)| year - last >= ERA));
        last = year.or(last);
        era
    };
    places.iter().map(step).collect()
}

/// Puts places together that give the same post; those that give nothing stay alone.
fn groups(ground: Ground<'_>, places: &[Place]) -> Vec<Group> {
    let eras = eras(ground.articles, places);
    let several = eras.last() > Some(&0);
    let mut sets = Sets::new(places.len());
    let mut first: FxHashMap<Tie<'_>, usize> = FxHashMap::default();
    let mut ties: Vec<Tie<'_>> = Vec::new();
    for (at, (&(article, chain), &era)) in places.iter().zip(&eras).enumerate() {
        let facts = &ground.articles[article as usize];
        let said = &facts.chains[chain as usize];
        ties.clear();
        for PostFact { post, of_place, .. } in &said.posts {
            if *of_place && !post.of.is_empty() {
                ties.extend(post.of.iter().map(|word| Tie::Post(era, &post.head, word)));
            } else {
                ties.push(Tie::Post(era, &post.head, ""));
            }
        }
        if ties.is_empty() {
            ties.extend(born(facts, chain).map(Tie::Born));
            ties.extend(said.gender.map(|gender| Tie::Gender(era, gender)));
        }
        if ties.is_empty() && several {
            ties.push(Tie::Era(era));
        }
        for tie in &ties {
            let other = *first.entry(*tie).or_insert(at);
            sets.join(at, other);
        }
    }
    let group = |members: Vec<usize>| {
        let places: Vec<Place> = members.into_iter().map(|at| places[at]).collect();
        let evidence = Evidence::of(ground, &places);
        Group { tells: evidence.tells() || several, evidence, places }
    };
    sets.all().into_iter().map(group).collect()
}
