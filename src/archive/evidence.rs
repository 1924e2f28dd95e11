//! What articles say of somebody, and what it says for and against two being one.

use super::spelling::fold;
use crate::annotate;
use crate::model::{AuthorityPerson, Calling, Facts, Gender, Post, PostFact, Standing};
use jiff::civil::Date;
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Where somebody is named: an article, and which of its chains.
pub(super) type Place = (u32, u32);

/// All articles, with who is who in them as far as names tell.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub articles: &'a [Arc<Facts>],
    /// By article, then by chain.
    pub who: &'a [Vec<Option<u32>>],
    /// By person: in how many articles they are named.
    pub named_in: &'a [u32],
}

impl Ground<'_> {
    /// Whether being named beside somebody tells anything: the minister stands beside everyone.
    fn is_company(&self, person: u32) -> bool {
        let n = self.named_in.get(person as usize).copied().unwrap_or(0) as usize;
        n <= (self.articles.len() / RARE).max(MOST_RARE)
    }
}

/// What is known of somebody.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// The articles that name them, sorted, distinct.
    pub articles: Vec<u32>,
    /// First and last day on which they are named.
    pub days: Option<(Date, Date)>,
    /// The earliest and the latest year of birth that their ages give.
    pub born: Option<(i16, i16)>,
    /// By post and standing; at most [`MOST_POSTS`].
    pub posts: Vec<Seen>,
    /// How often an honorific gave either gender.
    genders: [u32; 2],
    sections: FxHashSet<u64>,
    places: FxHashSet<u64>,
    /// Who else is named in their articles.
    company: FxHashSet<u32>,
}

/// A post with the days between which articles gave it.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub fact: PostFact,
    pub days: Option<(Date, Date)>,
    /// In how many articles.
    pub n: u32,
}

/// Posts of one person that are compared.
const MOST_POSTS: usize = 24;
/// Articles of one person whose other people are looked at.
const MOST_ARTICLES: usize = 256;
/// People of one article that are looked at.
const MOST_PEOPLE: usize = 40;
/// Company are those who stand in one article of so many, or in [`MOST_RARE`] articles, and no more.
const RARE: usize = 64;
const MOST_RARE: usize = 8;

/// A sign that two are not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sign {
    /// "Mr" and "Ms".
    Gender,
    /// Ages that are years apart.
    Birth,
    /// Half a century without a word.
    Era,
    /// Mayors of two towns at one time.
    Elsewhere,
    /// A goalkeeper and a broker in the same years.
    Calling,
    /// A goalkeeper, and a man who was fifty at the time.
    TooOld,
    /// Never in one section. Counts only beside one of the above.
    Sections,
    /// Never at one place. Counts only beside one of the above.
    Places,
}

impl Sign {
    /// What it weighs; see `docs/design/people.md`.
    fn points(self) -> u32 {
        match self {
            Self::Gender | Self::Birth | Self::Era => 4,
            Self::Elsewhere | Self::Calling | Self::TooOld => 3,
            Self::Sections | Self::Places => 1,
        }
    }

    /// The sign in words, for the archive's editor.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Gender => "Mr and Ms",
            Self::Birth => "ages that do not fit",
            Self::Era => "fifty years apart",
            Self::Elsewhere => "one post in two places at a time",
            Self::Calling => "two callings in the same years",
            Self::TooOld => "an age at which nobody plays",
            Self::Sections => "no section in common",
            Self::Places => "no place in common",
        }
    }
}

/// Years between two estimates of a birth that slips of counting do not explain.
pub(super) const BIRTHS_APART: i16 = 5;
/// Years without a word after which somebody else bears the name.
pub(super) const ERA: i16 = 50;
/// Nobody plays who is older, in years.
const OLDEST_PLAYER: i16 = 46;
/// Years within which a calling is followed still, or already.
const CALLING_YEARS: i16 = 5;

/// What a post in common weighs, words that tell which included.
pub(super) const SAME_POST: u32 = 4;
/// What a like post weighs: both engineers.
pub(super) const LIKE_POST: u32 = 2;

impl Evidence {
    /// Gathers what articles say of somebody at the given places; sorted places give the articles in order.
    pub(super) fn of(ground: Ground<'_>, places: &[Place]) -> Self {
        let mut out = Self::default();
        let mut posts: Vec<(&PostFact, Option<Date>)> = Vec::new();
        for &(at, chain) in places {
            let facts = &ground.articles[at as usize];
            let date = facts.published.map(|at| at.date);
            let said = &facts.chains[chain as usize];
            if out.articles.last() != Some(&at) {
                out.articles.push(at);
            }
            out.days = joined(out.days, date);
            match said.gender {
                Some(Gender::Feminine) => out.genders[0] += 1,
                Some(Gender::Masculine) => out.genders[1] += 1,
                _ => {}
            }
            if let Some(year) = born(facts, chain) {
                out.born = Some(out.born.map_or((year, year), |(a, b)| (a.min(year), b.max(year))));
            }
            posts.extend(said.posts.iter().map(|fact| (fact, date)));
            out.sections.insert(hash(fold(facts.section.as_deref().unwrap_or_default())));
            out.places.extend(facts.places.iter().map(hash));
            out.places.extend(said.posts.iter().flat_map(|fact| &fact.post.of).map(hash));
            if out.articles.len() <= MOST_ARTICLES {
                let own = ground.who[at as usize][chain as usize];
                let others = ground.who[at as usize].iter().flatten().take(MOST_PEOPLE);
                out.company.extend(others.filter(|other| Some(**other) != own && ground.is_company(**other)));
            }
        }
        posts.sort_unstable();
        let same = |a: &(&PostFact, Option<Date>), b: &(&PostFact, Option<Date>)| a.0 == b.0;
        out.posts = posts
            .chunk_by(same)
            .map(|run| Seen {
                fact: run[0].0.clone(),
                days: run.iter().fold(None, |days, (_, date)| joined(days, *date)),
                n: run.len() as u32,
            })
            .collect();
        out.keep_most_seen();
        out
    }

    /// Adds what a people file says.
    pub(super) fn learn(&mut self, file: &AuthorityPerson) {
        for office in &file.offices {
            let Some(fact) = annotate::post_of_office(office) else { continue };
            let first = office.from.or(self.days.map(|days| days.0));
            let last = office.to.or(self.days.map(|days| days.1)).max(first);
            self.places.extend(fact.post.of.iter().map(hash));
            // A file weighs more than many articles.
            self.posts.push(Seen { fact, days: first.zip(last), n: 1_000 });
        }
        match file.pronouns.as_deref() {
            Some("she/her") => self.genders = [1_000, 0],
            Some("he/him") => self.genders = [0, 1_000],
            _ => {}
        }
        self.keep_most_seen();
    }

    fn keep_most_seen(&mut self) {
        self.posts.sort_by(|a, b| (b.n, &a.fact).cmp(&(a.n, &b.fact)));
        self.posts.truncate(MOST_POSTS);
    }

    /// Whether anything it holds could tell two of one name apart.
    pub(super) fn tells(&self) -> bool {
        self.gender().is_some()
            || self.born.is_some()
            || self.callings().next().is_some()
            || self.of_places().next().is_some()
    }

    /// The gender that honorifics give, but for slips.
    fn gender(&self) -> Option<usize> {
        let [feminine, masculine] = self.genders;
        match (feminine, masculine) {
            (0, 0) => None,
            (f, m) if f > m * 10 => Some(0),
            (f, m) if m > f * 10 => Some(1),
            _ => None,
        }
    }

    fn callings(&self) -> impl Iterator<Item = (Calling, &Seen)> {
        self.posts.iter().filter_map(|seen| Some((seen.fact.calling?, seen)))
    }

    /// Posts of one place each.
    fn of_places(&self) -> impl Iterator<Item = &Seen> {
        self.posts.iter().filter(|seen| {
            let fact = &seen.fact;
            fact.of_place && fact.standing == Standing::Held && !fact.post.of.is_empty()
        })
    }

    /// The signs that two are not one, strongest first; empty where only weak ones are there.
    pub(super) fn against(&self, other: &Self) -> Vec<Sign> {
        let mut signs = Vec::new();
        if self.gender().zip(other.gender()).is_some_and(|(a, b)| a != b) {
            signs.push(Sign::Gender);
        }
        if self.born.zip(other.born).is_some_and(|(a, b)| years_between(a, b) > BIRTHS_APART) {
            signs.push(Sign::Birth);
        }
        let years = |days: Option<(Date, Date)>| days.map(|(a, b)| (a.year(), b.year()));
        if years(self.days).zip(years(other.days)).is_some_and(|(a, b)| years_between(a, b) >= ERA) {
            signs.push(Sign::Era);
        }
        if self.of_places().any(|a| other.of_places().any(|b| is_elsewhere(a, b))) {
            signs.push(Sign::Elsewhere);
        }
        let at_once = |a: &Seen, b: &Seen| {
            years(a.days).zip(years(b.days)).is_none_or(|(a, b)| years_between(a, b) < CALLING_YEARS)
        };
        let mine: Vec<_> = self.callings().collect();
        let theirs: Vec<_> = other.callings().collect();
        let shared = mine.iter().any(|(a, _)| theirs.iter().any(|(b, _)| a == b));
        if !shared && mine.iter().any(|(_, a)| theirs.iter().any(|(_, b)| at_once(a, b))) {
            signs.push(Sign::Calling);
        }
        if self.played_too_old_for(other) || other.played_too_old_for(self) {
            signs.push(Sign::TooOld);
        }
        if !signs.is_empty() {
            if self.sections.is_disjoint(&other.sections) {
                signs.push(Sign::Sections);
            }
            let somewhere = !self.places.is_empty() && !other.places.is_empty();
            if somewhere && self.places.is_disjoint(&other.places) {
                signs.push(Sign::Places);
            }
        }
        signs
    }

    /// Whether this one played when the other was too old to.
    fn played_too_old_for(&self, other: &Self) -> bool {
        let Some((_, born)) = other.born.filter(|_| self.born.is_none()) else { return false };
        let mut played = self.callings().filter(|(calling, _)| *calling == Calling::Sport);
        played.any(|(_, seen)| seen.days.is_some_and(|(first, _)| first.year() - born > OLDEST_PLAYER))
    }

    /// What posts and company say for two being one, in points.
    pub(super) fn for_one(&self, other: &Self) -> u32 {
        let pairs = self.posts.iter().flat_map(|a| other.posts.iter().map(move |b| (&a.fact, &b.fact)));
        let posts = pairs.map(|(a, b)| post_points(a, b)).max().unwrap_or(0);
        posts + self.company_points(other)
    }

    /// What being named beside the same people weighs.
    pub(super) fn company_points(&self, other: &Self) -> u32 {
        let (few, many) = if self.company.len() < other.company.len() { (self, other) } else { (other, self) };
        match few.company.iter().filter(|id| many.company.contains(id)).take(3).count() {
            0 => 0,
            1 | 2 => 1,
            _ => 2,
        }
    }

    /// Whether a section of theirs is also this one's.
    pub(super) fn shares_section(&self, other: &Self) -> bool {
        !self.sections.is_disjoint(&other.sections)
    }

    /// Whether a place of theirs is also this one's.
    pub(super) fn shares_place(&self, other: &Self) -> bool {
        !self.places.is_disjoint(&other.places)
    }

    /// Whether one article names both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self.articles.iter().peekable(), other.articles.iter().peekable());
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.cmp(y) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
            }
        }
        false
    }

    /// The years between the days of two; 0 where they overlap or have none.
    pub(super) fn years_apart(&self, other: &Self) -> i16 {
        let years = |days: Option<(Date, Date)>| days.map(|(a, b)| (a.year(), b.year()));
        years(self.days).zip(years(other.days)).map_or(0, |(a, b)| years_between(a, b))
    }
}

/// What signs weigh together.
pub(super) fn weight(signs: &[Sign]) -> u32 {
    signs.iter().map(|sign| sign.points()).sum()
}

/// The year of birth that an age gives, to one year.
pub(super) fn born(facts: &Facts, chain: u32) -> Option<i16> {
    Some(facts.published?.date.year() - i16::from(facts.chains[chain as usize].age?))
}

/// Whether two posts of places are of two places at one time.
fn is_elsewhere(a: &Seen, b: &Seen) -> bool {
    let (x, y) = (&a.fact.post, &b.fact.post);
    let at_once = a.days.zip(b.days).is_some_and(|(a, b)| a.0 < b.1 && b.0 < a.1);
    x.head == y.head && at_once && !x.of.iter().any(|word| y.of.contains(word))
}

fn post_points(a: &PostFact, b: &PostFact) -> u32 {
    let (x, y) = (&a.post, &b.post);
    if x.head != y.head {
        return 0;
    }
    let within = |small: &PostFact, large: &Post| {
        small.sole && !small.post.of.is_empty() && small.post.of.iter().all(|word| large.of.contains(word))
    };
    let equal = x.of == y.of && (!x.of.is_empty() || a.sole);
    if equal || within(a, y) || within(b, x) {
        SAME_POST
    } else if x.of.is_empty() || y.of.is_empty() || x.of.iter().any(|word| y.of.contains(word)) {
        LIKE_POST
    } else {
        // President of this and president of that.
        0
    }
}

/// The gap between two stretches of years; 0 where they overlap.
fn years_between(a: (i16, i16), b: (i16, i16)) -> i16 {
    (a.0.saturating_sub(b.1)).max(b.0.saturating_sub(a.1)).max(0)
}

fn joined(days: Option<(Date, Date)>, date: Option<Date>) -> Option<(Date, Date)> {
    match (days, date) {
        (Some((a, b)), Some(date)) => Some((a.min(date), b.max(date))),
        (None, Some(date)) => Some((date, date)),
        (days, None) => days,
    }
}

fn hash(words: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    words.hash(&mut hasher);
    hasher.finish()
}
