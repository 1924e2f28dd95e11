//! The people of an article: which names stand for one person.

use super::lexicon::{Known, key};
use super::reading::{ParagraphKind, Reading, Shape, Word};
use super::roles;
use super::tagger::Tag;
use crate::model::{Form, Gender};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// The people of an article and the places that name them.
#[derive(Debug, Default)]
pub struct People {
    /// In order of first full name, then of first bare name.
    pub persons: Vec<Person>,
    /// Sorted by first word; disjoint.
    pub named: Vec<Named>,
    /// Words of roles and descriptions tied to a name: who bears them. A few each.
    pub bearers: FxHashMap<u64, Vec<u32>>,
    owner: Vec<u32>,
}

/// Beyond so many people of one description it tells nobody apart.
const MOST_BEARERS: usize = 16;

/// Beyond so many people of one surname the rest are not told apart; keeps hostile copy linear.
const MOST_NAMESAKES: usize = 32;

/// One person.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// The words of the fullest name.
    pub name: Range<usize>,
    /// Keys of given name and surname; the given name 0 where only one name is known.
    pub first: u64,
    /// See `first`.
    pub last: u64,
    /// "Jr", "III" and the like.
    pub generation: u64,
    /// As honorific and given name say.
    pub gender: Option<Gender>,
    /// Whether the honorific said it.
    pub gender_sure: bool,
    /// How often named.
    pub n: u32,
    /// Words of the roles, as ranges of words, in order.
    pub roles: Vec<Range<usize>>,
    /// Honorifics in front of the name: a word, and how often.
    pub honorifics: Vec<(usize, u32)>,
}

impl Person {
    /// Whether given name and surname are known.
    pub fn is_full(&self) -> bool {
        self.first != 0
    }
}

/// A place that names a person.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name, honorifics and titles left out.
    pub words: Range<usize>,
    /// Which of `People::persons`.
    pub person: u32,
    /// How.
    pub form: Form,
}

impl People {
    /// Whom the word names, if anyone.
    pub fn at(&self, word: usize) -> Option<u32> {
        self.owner.get(word).copied().filter(|&p| p != u32::MAX)
    }

    /// The last name before a word, as an index into `named`.
    pub fn last_before(&self, word: usize) -> Option<usize> {
        self.named.partition_point(|n| n.words.start < word).checked_sub(1)
    }

    /// The naming that covers a word.
    pub fn naming(&self, word: usize) -> Option<&Named> {
        let named = &self.named[self.last_before(word + 1)?];
        named.words.contains(&word).then_some(named)
    }

    /// Adds a person that a later stage found, named at `words`; returns them.
    pub fn add(&mut self, reading: &Reading<'_>, words: Range<usize>) -> u32 {
        let parts = parts(reading, words.clone());
        let person = self.persons.iter().position(|p| same(p, &parts)).unwrap_or_else(|| {
            self.persons.push(new_person(reading, words.clone(), &parts));
            self.persons.len() - 1
        }) as u32;
        self.own(reading, words, person, Form::FullName);
        self.named.sort_by_key(|n| n.words.start);
        person
    }

    /// Ties a word of a role, by its base key, to a person.
    pub(super) fn bear(&mut self, word: u64, person: u32) {
        let bearers = self.bearers.entry(word).or_default();
        if bearers.len() < MOST_BEARERS && !bearers.contains(&person) {
            bearers.push(person);
        }
    }

    fn own(&mut self, reading: &Reading<'_>, words: Range<usize>, person: u32, form: Form) {
        if self.owner.len() < reading.words.len() {
            self.owner.resize(reading.words.len(), u32::MAX);
        }
        if self.owner[words.clone()].iter().any(|&p| p != u32::MAX) {
            return;
        }
        self.owner[words.clone()].fill(person);
        let owner = &mut self.persons[person as usize];
        owner.n += 1;
        let mut form = form;
        if let Some(i) = words.start.checked_sub(1) {
            let before = &reading.words[i];
            if before.sentence == reading.words[words.start].sentence
                && before.known.has(Known::HONORIFIC)
                && before.is_capital()
            {
                match owner.honorifics.iter_mut().find(|(w, _)| reading.words[*w].key == before.key) {
                    Some((_, n)) => *n += 1,
                    None => owner.honorifics.push((i, 1)),
                }
                if let Some(gender) = gender_of_honorific(before) {
                    (owner.gender, owner.gender_sure) = (Some(gender), true);
                }
                if form == Form::Surname {
                    form = Form::Honorific;
                }
            }
        }
        self.named.push(Named { words, person, form });
    }
}

/// A name cut into what tells people apart.
struct Parts {
    first: u64,
    first_letter: u8,
    first_initial: Option<u8>,
    last: u64,
    generation: u64,
    surname_only: bool,
}

fn parts(reading: &Reading<'_>, words: Range<usize>) -> Parts {
    let all = &reading.words[words.clone()];
    let mut end = all.len();
    let mut generation = 0;
    while end > 1 && all[end - 1].known.has(Known::SUFFIX) {
        generation = all[end - 1].key;
        end -= 1;
    }
    let last = all[end - 1].key;
    let surname_only =
        end == 1 || (all[0].known.has(Known::PARTICLE) && !all[0].known.has(Known::GIVEN_M.or(Known::GIVEN_F)));
    let first_letter = reading.str(words.start).as_bytes().first().copied().unwrap_or_default();
    let first_initial = (all[0].shape == Shape::Initial || reading.str(words.start).len() == 1).then_some(first_letter);
    Parts {
        first_letter,
        first_initial,
        first: if surname_only { 0 } else { all[0].key },
        last,
        generation,
        surname_only,
    }
}

fn same(person: &Person, parts: &Parts) -> bool {
    person.last == parts.last
        && person.generation == parts.generation
        && (person.first == parts.first || parts.first == 0 || person.first == 0)
}

fn new_person(reading: &Reading<'_>, words: Range<usize>, parts: &Parts) -> Person {
    let first = &reading.words[words.start];
    let gender = if parts.first == 0 { None } else { gender_of_given(first, reading.words.get(words.start + 1)) };
    Person {
        name: words,
        first: parts.first,
        last: parts.last,
        generation: parts.generation,
        gender,
        ..Person::default()
    }
}

/// The gender that a given name tells, "J. Amara Quill" by its second.
fn gender_of_given(first: &Word, second: Option<&Word>) -> Option<Gender> {
    let of = |w: &Word| match (w.known.has(Known::GIVEN_M), w.known.has(Known::GIVEN_F)) {
        (true, false) => Some(Gender::Masculine),
        (false, true) => Some(Gender::Feminine),
        _ => None,
    };
    of(first).or_else(|| if first.shape == Shape::Initial { second.and_then(of) } else { None })
}

fn gender_of_honorific(word: &Word) -> Option<Gender> {
    if word.known.has(Known::MASCULINE) {
        Some(Gender::Masculine)
    } else if word.known.has(Known::FEMININE) {
        Some(Gender::Feminine)
    } else {
        None
    }
}

/// Joins names into people.
///
/// A surname, or a given name, belongs to the person whose full name has it; where several share it, honorific and
/// nearness decide. A bare name that fits nobody is a person of its own.
pub fn people(reading: &Reading<'_>, names: &[Range<usize>]) -> People {
    let mut people = People { owner: vec![u32::MAX; reading.words.len()], ..People::default() };
    let mut by_last: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    let mut by_first: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    // Full names first: they may stand behind the bare ones, as under headlines.
    for name in names {
        let found = parts(reading, name.clone());
        if found.surname_only {
            continue;
        }
        let namesakes = by_last.entry(found.last).or_default();
        let known = namesakes.iter().copied().find(|&p| {
            let person = &people.persons[p as usize];
            same(person, &found) || initial_fits(reading, person, &found)
        });
        let person = match known {
            Some(person) => {
                let longer = name.len() > people.persons[person as usize].name.len();
                let heading = reading.is_shouting(name.start);
                let shouting = reading.words[people.persons[person as usize].name.start].shape == Shape::Upper;
                if (longer || shouting) && !heading {
                    let owner = &mut people.persons[person as usize];
                    owner.name = name.clone();
                    if found.first_initial.is_none() {
                        owner.first = found.first;
                    }
                }
                person
            }
            None => {
                let person = people.persons.len() as u32;
                people.persons.push(new_person(reading, name.clone(), &found));
                if namesakes.len() < MOST_NAMESAKES {
                    namesakes.push(person);
                }
                let firsts = by_first.entry(found.first).or_default();
                if firsts.len() < MOST_NAMESAKES {
                    firsts.push(person);
                }
                person
            }
        };
        people.own(reading, name.clone(), person, Form::FullName);
    }
    bare_names(reading, names, &mut by_last, &mut by_first, &mut people);
    untagged_surnames(reading, &by_last, &mut people);
    people.named.sort_by_key(|n| n.words.start);
    roles::roles(reading, &mut people);
    people
}

/// Whether one of the two names gives only the initial of the other's given name.
fn initial_fits(reading: &Reading<'_>, person: &Person, found: &Parts) -> bool {
    let known = reading.str(person.name.start);
    let known_initial = reading.words[person.name.start].shape == Shape::Initial;
    person.generation == found.generation
        && person.last == found.last
        && (known_initial || found.first_initial.is_some())
        && known.as_bytes().first() == Some(&found.first_letter)
}

fn bare_names(
    reading: &Reading<'_>,
    names: &[Range<usize>],
    by_last: &mut FxHashMap<u64, Vec<u32>>,
    by_first: &mut FxHashMap<u64, Vec<u32>>,
    people: &mut People,
) {
    // The last mention of each person so far, for namesakes; full names are met again on the way.
    let mut recent: FxHashMap<u64, u32> = FxHashMap::default();
    let shown = bare_people(reading, names);
    for name in names {
        let found = parts(reading, name.clone());
        if !found.surname_only {
            if let Some(person) = people.at(name.start) {
                recent.insert(found.last, person);
            }
            continue;
        }
        let title = title_before(reading, name.start);
        let gender = title.and_then(gender_of_honorific);
        // "Dame Ola" is a given name with an honorific.
        let knighted = title.is_some_and(|w| w.key == key("sir") || w.key == key("dame"));
        let candidates = by_last.get(&found.last).filter(|c| !c.is_empty());
        // "Mr Stroud" where only a Bettany is known is another Stroud.
        let opposite = |&p: &u32| gender.is_some_and(|g| people.persons[p as usize].gender.is_some_and(|h| h != g));
        let (person, form) = if let Some(candidates) = candidates.filter(|c| !c.iter().all(opposite)) {
            (namesake(people, candidates, gender, recent.get(&found.last).copied()), Form::Surname)
        } else if let Some(candidates) = by_first.get(&found.last).filter(|_| gender.is_none() || knighted) {
            (namesake(people, candidates, None, None), Form::GivenName)
        } else if shown.contains(&found.last) {
            let person = people.persons.len() as u32;
            people.persons.push(new_person(reading, name.clone(), &found));
            (person, Form::Surname)
        } else {
            continue;
        };
        if form == Form::Surname
            && person as usize + 1 == people.persons.len()
            && people.persons[person as usize].n == 0
        {
            by_last.entry(found.last).or_default().push(person);
        }
        people.own(reading, name.clone(), person, form);
    }
}

/// Keys of bare names that do what people do: they bear a title or a given name's form, speak, or come back.
///
/// Nobody is made up from one stray capitalised word.
fn bare_people(reading: &Reading<'_>, names: &[Range<usize>]) -> FxHashSet<u64> {
    let words = &reading.words;
    let mut seen = FxHashSet::default();
    let mut out = FxHashSet::default();
    for name in names {
        let found = parts(reading, name.clone());
        let near = |k: Option<usize>| k.and_then(|k| words.get(k)).filter(|w| w.sentence == words[name.start].sentence);
        let helper = Known::HAVE.or(Known::MODAL).or(Known::ADVERB);
        let verb = (name.end..).take(4).find(|&k| near(Some(k)).is_none_or(|w| !w.known.has(helper)));
        let speaks = near(verb).is_some_and(Word::is_report)
            || near(name.start.checked_sub(1)).is_some_and(|w| w.is_report() && w.tag.is_finite());
        let given = words[name.start].known.has(Known::GIVEN_M.or(Known::GIVEN_F));
        if speaks || given || title_before(reading, name.start).is_some() || !seen.insert(found.last) {
            out.insert(found.last);
        }
    }
    out
}

/// Which of several people of one name is meant.
///
/// An honorific goes to whom it is known to fit, else to the one named last of whom nothing speaks against it. The bare
/// surname stays with the main person of the story, unless another was named just now and as often.
fn namesake(people: &People, candidates: &[u32], gender: Option<Gender>, recent: Option<u32>) -> u32 {
    let known = |p: u32| people.persons[p as usize].gender;
    let n = |p: u32| people.persons[p as usize].n;
    let main = |list: &mut dyn Iterator<Item = u32>| list.max_by_key(|&p| (n(p), u32::MAX - p));
    if gender.is_some() {
        let sure = main(&mut candidates.iter().copied().filter(|&p| known(p) == gender));
        let recent = recent.filter(|&r| known(r).is_none());
        let open = main(&mut candidates.iter().copied().filter(|&p| known(p).is_none()));
        return sure.or(recent).or(open).unwrap_or(candidates[0]);
    }
    let main = main(&mut candidates.iter().copied()).unwrap_or(candidates[0]);
    recent.filter(|&r| candidates.contains(&r) && n(main) <= n(r)).unwrap_or(main)
}

fn title_before<'r>(reading: &'r Reading<'_>, word: usize) -> Option<&'r Word> {
    let before = &reading.words[word.checked_sub(1)?];
    (before.sentence == reading.words[word].sentence && before.known.has(Known::HONORIFIC.or(Known::TITLE)))
        .then_some(before)
}

/// Capitalised words that bear a known surname though the name tagger passed them by, as in headlines.
fn untagged_surnames(reading: &Reading<'_>, by_last: &FxHashMap<u64, Vec<u32>>, people: &mut People) {
    let words = &reading.words;
    for i in 0..words.len() {
        let word = &words[i];
        if !word.is_capital() || people.owner[i] != u32::MAX {
            continue;
        }
        let Some(candidates) =
            by_last.get(&word.key).filter(|c| c.iter().any(|&p| people.persons[p as usize].is_full()))
        else {
            continue;
        };
        let near = |k: usize| words.get(k).filter(|w| w.sentence == word.sentence);
        let heading =
            reading.paragraphs[word.paragraph as usize].kind == ParagraphKind::Heading || reading.is_shouting(i);
        let before = i.checked_sub(1).and_then(near);
        let after = near(i + 1);
        let title = before.filter(|w| w.known.has(Known::HONORIFIC.or(Known::TITLE)));
        let in_name =
            |w: &Word| w.is_capital() && w.tag == Tag::Name && !w.known.has(Known::TITLE.or(Known::HONORIFIC));
        if !heading
            && (before.is_some_and(|w| in_name(w) && title.is_none())
                || after.is_some_and(|w| in_name(w) && !w.is_report()))
        {
            continue;
        }
        if before.is_some_and(|w| w.known.has(Known::DETERMINER)) {
            continue;
        }
        let person = namesake(people, candidates, title.and_then(gender_of_honorific), None);
        people.own(reading, i..i + 1, person, Form::Surname);
    }
}
