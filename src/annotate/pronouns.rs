//! Whom "he" and "she" stand for.
//!
//! A linear ranker over the people named before, most recent first; read from left to right, so that one pronoun
//! informs the next.

use super::candidates::{Candidate, Order, Sort};
use super::model::{Feature, Features, Sum, Weights, feature};
use super::people::People;
use super::reading::Reading;
use super::tagger::{Tag, best};
use crate::model::Gender;

/// People looked back at for one pronoun.
const MOST: usize = 12;

/// How one naming stands in its sentence.
#[derive(Clone, Copy, Debug)]
struct Role {
    word: usize,
    subject: bool,
    speaks: bool,
    possessive: bool,
    object: bool,
    quoted: bool,
    starts: bool,
}

/// A person as seen so far.
#[derive(Clone, Copy, Debug)]
struct Seen {
    person: u32,
    recent: Role,
    last_subject: Option<usize>,
    last_unquoted: Option<usize>,
    last_pronoun: Option<usize>,
    n: u32,
}

/// What the ranker knows when it comes to a pronoun. Feed it namings and pronouns in the order of the text.
#[derive(Debug, Default)]
pub struct Memory {
    seen: Vec<Seen>,
    first: Option<u32>,
    speaker: [Option<(usize, u32)>; 2],
    last_pronoun: [Option<(usize, u32)>; 2],
}

/// An antecedent with its features.
#[derive(Debug)]
pub struct Antecedent {
    /// Which of `People::persons`.
    pub person: u32,
    /// What speaks for and against it.
    pub features: Vec<Feature>,
}

fn slot(gender: Gender) -> usize {
    usize::from(gender == Gender::Feminine)
}

impl Memory {
    /// Sees a naming; `link` is that of its candidate, where it has one.
    pub fn see(&mut self, reading: &Reading<'_>, people: &People, named: usize, candidate: Option<&Candidate>) {
        let naming = &people.named[named];
        let person = &people.persons[naming.person as usize];
        let words = &reading.words;
        let (start, end) = (naming.words.start, naming.words.end);
        let order = candidate.and_then(|c| c.link).map(|l| l.order);
        let sentence = reading.sentence_of(start);
        let before = candidate.map_or(start, |c| c.words.start).checked_sub(1).filter(|k| sentence.contains(k));
        let subject = order.is_some();
        let role = Role {
            word: start,
            subject,
            speaks: matches!(order, Some(Order::SubjectVerb | Order::VerbSubject)),
            possessive: end < sentence.end && matches!(reading.str(end), "’s" | "'s"),
            object: !subject && before.is_some_and(|k| words[k].tag == Tag::Preposition || words[k].tag.is_verb()),
            quoted: words[start].quoted,
            starts: start == reading.paragraph_of(start).start,
        };
        self.first.get_or_insert(naming.person);
        let at = self.seen.iter().position(|s| s.person == naming.person);
        let mut seen = match at {
            Some(at) => self.seen.remove(at),
            None => Seen {
                person: naming.person,
                recent: role,
                last_subject: None,
                last_unquoted: None,
                last_pronoun: None,
                n: 0,
            },
        };
        seen.recent = role;
        seen.n += 1;
        if !role.quoted {
            seen.last_unquoted = Some(start);
            if role.subject {
                seen.last_subject = Some(start);
            }
            if role.speaks {
                for gender in [Gender::Masculine, Gender::Feminine] {
                    if person.gender.is_none_or(|g| g == gender) {
                        self.speaker[slot(gender)] = Some((start, naming.person));
                    }
                }
            }
        }
        self.seen.insert(0, seen);
        // Beyond some dozens nobody is looked for; keeps hostile copy linear.
        self.seen.truncate(64);
    }

    /// Sees a pronoun and whom it stands for.
    pub fn resolved(&mut self, word: usize, gender: Gender, person: u32, subject: bool) {
        if subject {
            self.last_pronoun[slot(gender)] = Some((word, person));
        }
        if let Some(seen) = self.seen.iter_mut().find(|s| s.person == person) {
            seen.last_pronoun = Some(word);
        }
    }

    /// The people a pronoun at `word` may stand for, most recent first, with their features.
    pub fn antecedents(&self, reading: &Reading<'_>, people: &People, word: usize, gender: Gender) -> Vec<Antecedent> {
        let rivals = self.rivals(people, gender);
        let antecedent = |(rank, seen): (usize, &Seen)| {
            let mut features = Vec::with_capacity(32);
            self.features(reading, people, word, gender, seen, rank, rivals, &mut features);
            Antecedent { person: seen.person, features }
        };
        self.fitting(people, gender).enumerate().map(antecedent).collect()
    }

    /// The people a pronoun may stand for by its gender, most recent first.
    fn fitting<'m>(&'m self, people: &'m People, gender: Gender) -> impl Iterator<Item = &'m Seen> {
        let fits = move |s: &&Seen| people.persons[s.person as usize].gender.is_none_or(|g| g == gender);
        self.seen.iter().filter(fits).take(MOST)
    }

    /// How many of them must be told apart: those known to be of the gender, or all where nobody is.
    fn rivals(&self, people: &People, gender: Gender) -> usize {
        let is_certain = |s: &&Seen| people.persons[s.person as usize].gender == Some(gender);
        match self.seen.iter().filter(is_certain).take(MOST).count() {
            0 => self.fitting(people, gender).count(),
            certain => certain,
        }
    }

    #[allow(clippy::too_many_arguments, reason = "private, one caller, all of them plain")]
    fn features(
        &self,
        reading: &Reading<'_>,
        people: &People,
        word: usize,
        gender: Gender,
        seen: &Seen,
        rank: usize,
        rivals: usize,
        out: &mut impl Features,
    ) {
        let words = &reading.words;
        let here = &words[word];
        let sentences = |w: usize, most: u64| u64::from(here.sentence.saturating_sub(words[w].sentence)).min(most);
        let paragraphs = |w: usize, most: u64| u64::from(here.paragraph.saturating_sub(words[w].paragraph)).min(most);
        let recent = &seen.recent;
        let sd = sentences(recent.word, 6);
        let pd = paragraphs(recent.word, 4);
        let person = &people.persons[seen.person as usize];
        let fit = match person.gender {
            Some(_) if person.gender_sure => 2,
            Some(_) => 1,
            None => 0,
        };
        let mut add = |template: u64, a: u64, b: u64| out.push(feature(template, a, b));
        add(300, sd, 0);
        add(301, pd, 0);
        add(302, rank.min(6) as u64, 0);
        add(303, fit, 0);
        add(304, u64::from(recent.subject), sd.min(3));
        add(305, u64::from(recent.speaks), sd.min(3));
        add(306, u64::from(recent.possessive), sd.min(2));
        add(307, u64::from(recent.object), sd.min(2));
        add(308, u64::from(recent.quoted), 0);
        add(309, u64::from(seen.n.min(6)), 0);
        add(310, u64::from(self.first == Some(seen.person)), 0);
        add(311, seen.last_subject.map_or(9, |w| sentences(w, 6)), 0);
        match seen.last_unquoted {
            Some(w) => {
                add(312, sentences(w, 6), 0);
                add(313, paragraphs(w, 4), 0);
            }
            None => add(314, 0, 0),
        }
        if let Some((at, speaker)) = self.speaker[slot(gender)] {
            let same = u64::from(speaker == seen.person);
            add(315, same, 0);
            add(316, same, paragraphs(at, 4));
            add(317, same, sentences(at, 4));
        }
        add(318, rivals.min(4) as u64, u64::from(rank == 0));
        add(319, u64::from(sd == 0), u64::from(recent.subject));
        add(320, u64::from(recent.starts), pd.min(2));
        match self.last_pronoun[slot(gender)] {
            Some((at, last)) => {
                let same = u64::from(last == seen.person);
                add(321, same, sentences(at, 4));
                add(322, same, paragraphs(at, 3));
                add(323, same, sd);
            }
            None => add(324, 0, 0),
        }
        let event = seen.last_pronoun.map_or(recent.word, |w| w.max(recent.word));
        add(325, sentences(event, 5), 0);
        add(326, paragraphs(event, 3), 0);
        let latest = self.seen.iter().take(MOST).all(|o| {
            o.person == seen.person || o.last_pronoun.map_or(o.recent.word, |w| w.max(o.recent.word)) <= event
        });
        add(327, u64::from(latest), 0);
        add(328, u64::from(person.is_full()), 0);
        add(
            329,
            u64::from(here.sentence == words[recent.word].sentence),
            u64::from(reading.sentence_of(word).start + 3 > word),
        );
    }
}

/// The gender a pronoun asks for.
pub fn gender_of(sort: Sort) -> Option<Gender> {
    match sort {
        Sort::He => Some(Gender::Masculine),
        Sort::She => Some(Gender::Feminine),
        _ => None,
    }
}

/// A pronoun's person, and how sure: the chance by the ranker.
#[derive(Clone, Copy, Debug)]
pub struct Resolved {
    /// Which of `People::persons`.
    pub person: u32,
    /// 0 to 1.
    pub chance: f32,
}

/// Resolves candidates that are "he", "she", or a possessive of them; others are `None`. In the order of `candidates`.
pub fn pronouns(
    reading: &Reading<'_>,
    people: &People,
    candidates: &[Candidate],
    weights: &impl Weights,
) -> Vec<Option<Resolved>> {
    let mut memory = Memory::default();
    let mut out = vec![None; candidates.len()];
    let mut named = 0;
    let (mut found, mut scores) = (Vec::new(), Vec::new());
    for (c, candidate) in candidates.iter().enumerate() {
        let word = candidate.words.start;
        see_until(&mut memory, reading, people, candidates, c, &mut named);
        let gender = gender_of(candidate.sort).or_else(|| possessive_gender(reading, candidate));
        let Some(gender) = gender else { continue };
        found.clear();
        scores.clear();
        let rivals = memory.rivals(people, gender);
        for (rank, seen) in memory.fitting(people, gender).enumerate() {
            let mut sum = weights.sum::<1>();
            memory.features(reading, people, word, gender, seen, rank, rivals, &mut sum);
            scores.push(sum.scores()[0]);
            found.push(seen.person);
        }
        if found.is_empty() {
            continue;
        }
        let at = best(&scores);
        let person = found[at];
        memory.resolved(word, gender, person, candidate.sort.is_personal() && candidate.link.is_some());
        out[c] = Some(Resolved { person, chance: chance(&scores, at) });
    }
    out
}

/// Shows the memory all namings before candidate `c`.
pub fn see_until(
    memory: &mut Memory,
    reading: &Reading<'_>,
    people: &People,
    candidates: &[Candidate],
    c: usize,
    named: &mut usize,
) {
    while *named < people.named.len() && people.named[*named].words.start < candidates[c].words.start {
        let at = people.named[*named].words.clone();
        // The phrase that holds the name ends at or behind it.
        let holder = candidates[..c].iter().rev().take(8).find(|k| k.words.contains(&at.start) && k.sort.is_name());
        memory.see(reading, people, *named, holder);
        *named += 1;
    }
}

fn possessive_gender(reading: &Reading<'_>, candidate: &Candidate) -> Option<Gender> {
    let printed = reading.str(candidate.words.start);
    if candidate.sort != Sort::Possessive {
        None
    } else if printed.eq_ignore_ascii_case("his") {
        Some(Gender::Masculine)
    } else if printed.eq_ignore_ascii_case("her") {
        Some(Gender::Feminine)
    } else {
        None
    }
}

/// The softmax of one score among all.
pub fn chance(scores: &[f32], at: usize) -> f32 {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
    (scores[at] - top).exp() / sum
}
