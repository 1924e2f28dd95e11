//! Who held which post when, as articles and people files give it.

use super::identity::Identity;
use crate::annotate;
use crate::model::{AuthorityPerson, Facts, Office, Post, PostFact, Standing};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How the holder of a post on a day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Basis {
    /// A people file gives the office with its dates.
    File,
    /// Articles from before and from after the day name the holder.
    Between,
    /// Articles of the months before the day, or of the days after it, name the holder.
    Near,
    /// One article of about that time names the holder.
    Once,
}

impl Basis {
    /// The chance that the holder is right where the post is; see `docs/design/people.md`.
    pub(super) fn chance(self) -> f32 {
        match self {
            Self::File => 0.97,
            Self::Between => 0.92,
            Self::Near => 0.88,
            Self::Once => 0.75,
        }
    }
}

/// Days after the last word of a holder on which the post is theirs still.
const DAYS_AFTER: i32 = 183;
/// Days before the first word of a holder on which the post is theirs already.
const DAYS_BEFORE: i32 = 14;
/// Days between two words of one holder that are bridged.
const DAYS_BETWEEN: i32 = 731;
/// Days with a word of a holder, on either side of the day, that are looked at.
const AROUND: usize = 6;
/// So many days of the holder's own outweigh one of somebody else's: a slip, or a story of old times.
const OUTWEIGH: usize = 4;

/// The posts that quotations are given to without a name, with all that is known of their holders.
#[derive(Debug, Default)]
pub(super) struct Register<'a> {
    asked: Vec<Entry<'a>>,
    /// By [`key`] of a post, an index into `asked`.
    by_key: FxHashMap<u64, usize>,
    /// By [`key`] of every post that articles or files give: its holder at any time, none where it had several.
    holders: FxHashMap<u64, Option<u32>>,
}

/// One post that is asked for.
#[derive(Debug)]
struct Entry<'a> {
    post: &'a Post,
    /// Day by day whom articles call by just these words. Sorted; none on a day with two.
    exact: Vec<(Date, Option<u32>)>,
    /// The same with all whom these words fit: "the Harbour Minister" may be that of Merrow and that of Fennick.
    wider: Vec<(Date, Option<u32>)>,
    /// Who is called a former holder, and on which days; sorted.
    past: Vec<(u32, Date)>,
    /// Whose people files give the office, and for when.
    files: Vec<(u32, &'a Office)>,
}

impl<'a> Register<'a> {
    /// Learns of all posts that `articles` let speak without naming the holder; `who` is by article and chain.
    ///
    /// Linear in the posts of all articles: each is looked up under every choice of its few words.
    pub(super) fn learn(
        articles: &'a [Arc<Facts>],
        who: &[Vec<Option<u32>>],
        all: &[Identity],
        files: &'a [AuthorityPerson],
    ) -> Self {
        let mut register = Self::default();
        for post in articles.iter().flat_map(|facts| &facts.quotes).filter_map(|quote| quote.post.as_deref()) {
            register.by_key.entry(key(&post.head, &post.of)).or_insert_with(|| {
                let (exact, wider, past, files) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
                register.asked.push(Entry { post, exact, wider, past, files });
                register.asked.len() - 1
            });
        }
        if register.asked.is_empty() {
            return register;
        }
        for (facts, who) in articles.iter().zip(who) {
            let Some(date) = facts.published.map(|at| at.date) else { continue };
            for (chain, person) in facts.chains.iter().zip(who).filter_map(|(chain, who)| Some((chain, (*who)?))) {
                chain.posts.iter().for_each(|fact| register.article_says(fact, person, date));
            }
        }
        for (person, identity) in (0..).zip(all) {
            let offices = identity.file.map_or(&[][..], |file| &files[file as usize].offices);
            for office in offices {
                let Some(fact) = annotate::post_of_office(office) else { continue };
                register.hold(&fact.post, person);
                register.for_fitting(&fact.post, |entry| entry.files.push((person, office)));
            }
        }
        for entry in &mut register.asked {
            by_day(&mut entry.exact);
            by_day(&mut entry.wider);
            entry.past.sort_unstable();
        }
        register
    }

    fn article_says(&mut self, fact: &PostFact, person: u32, date: Date) {
        if !fact.sole {
            return;
        }
        match fact.standing {
            Standing::Held => {
                self.hold(&fact.post, person);
                self.for_fitting(&fact.post, |entry| {
                    entry.wider.push((date, Some(person)));
                    if *entry.post == fact.post {
                        entry.exact.push((date, Some(person)));
                    }
                });
            }
            Standing::Past => self.for_fitting(&fact.post, |entry| entry.past.push((person, date))),
            Standing::Other => {}
        }
    }

    fn hold(&mut self, post: &Post, person: u32) {
        let holder = self.holders.entry(key(&post.head, &post.of)).or_insert(Some(person));
        if *holder != Some(person) {
            *holder = None;
        }
    }

    /// Does something with each entry whose words are all among a post's.
    fn for_fitting(&mut self, post: &Post, mut f: impl FnMut(&mut Entry<'a>)) {
        let mut some: Vec<&Box<str>> = Vec::with_capacity(Post::MOST);
        for choice in 0_u32..1 << post.of.len().min(Post::MOST) {
            some.clear();
            some.extend(post.of.iter().enumerate().filter(|(i, _)| choice & (1 << i) != 0).map(|(_, word)| word));
            if let Some(at) = self.by_key.get(&key(&post.head, &some)) {
                let entry = &mut self.asked[*at];
                if entry.post.head == post.head && entry.post.of.iter().eq(some.iter().copied()) {
                    f(entry);
                }
            }
        }
    }

    /// Who held a post on a day, as an article with these places means it.
    ///
    /// None where nobody is known, where two may be meant, and where the words of the archive do not agree.
    pub(super) fn holder(&self, post: &Post, day: Date, places: &[Box<str>]) -> Option<(u32, Basis)> {
        let entry = &self.asked[*self.by_key.get(&key(&post.head, &post.of))?];
        if entry.post != post {
            return None;
        }
        let mut by_file = entry.files.iter().filter(|(_, office)| office.held_on(day)).map(|(person, _)| *person);
        let found = match by_file.next() {
            Some(first) if by_file.all(|other| other == first) => (first, Basis::File),
            Some(_) => return None,
            None => entry.learned(day)?,
        };
        // "the foreign minister" in a report from Norway is not our own, if Norway’s has a name.
        let foreign = places.iter().filter(|place| !post.of.contains(place)).any(|place| {
            let mut of: Vec<&Box<str>> = post.of.iter().chain([place]).collect();
            of.sort_unstable();
            self.holders.get(&key(&post.head, &of)).is_some_and(|holder| *holder != Some(found.0))
        });
        (!foreign).then_some(found)
    }
}

impl Entry<'_> {
    /// The holder on a day as articles give it.
    fn learned(&self, day: Date) -> Option<(u32, Basis)> {
        let (person, basis) = holder_among(&self.exact, day)?;
        if holder_among(&self.wider, day)?.0 != person {
            return None;
        }
        // A file that gives this office for other days says that it was not held on this one.
        let gainsaid = self.files.iter().any(|(other, _)| *other == person);
        let before = self.past.partition_point(|past| *past <= (person, day));
        let said = before.checked_sub(1).map(|at| self.past[at]);
        let left = said.is_some_and(|(other, date)| other == person && days(date, day) <= DAYS_BETWEEN);
        (!gainsaid && !left).then_some((person, basis))
    }
}

/// The holder on a day by the days on which holders are named; the nearest few are looked at.
fn holder_among(named: &[(Date, Option<u32>)], day: Date) -> Option<(u32, Basis)> {
    let at = named.partition_point(|(date, _)| *date <= day);
    let near = |(date, _): &&(Date, Option<u32>)| days(*date, day).abs() <= DAYS_BETWEEN;
    let before: Vec<_> = named[..at].iter().rev().take(AROUND).take_while(near).collect();
    let after: Vec<_> = named[at..].iter().take(AROUND).take_while(near).collect();
    let (last, next) = (before.first(), after.first());
    let (person, basis) = match (last, next) {
        // Two holders on the day itself, or on the days beside it.
        (Some((_, None)), _) | (_, Some((_, None))) => return None,
        (Some((_, Some(a))), Some((_, Some(b)))) if a == b => (*a, Basis::Between),
        (Some((date, Some(a))), Some(_)) if *date == day => (*a, Basis::Near),
        (Some(_), Some(_)) => return None,
        (Some((date, Some(a))), None) if days(*date, day) <= DAYS_AFTER => (*a, Basis::Near),
        (None, Some((date, Some(a)))) if days(day, *date) <= DAYS_BEFORE => (*a, Basis::Near),
        _ => return None,
    };
    // Holders follow one another. Where they come and go, there are two posts of one name, or somebody errs.
    let row: Vec<u32> = before.iter().rev().chain(&after).filter_map(|(_, holder)| *holder).collect();
    let runs: Vec<(u32, usize)> = row.chunk_by(|a, b| a == b).map(|run| (run[0], run.len())).collect();
    let own = row.iter().filter(|holder| **holder == person).count();
    let mut holders: Vec<u32> = runs.iter().map(|(holder, _)| *holder).collect();
    let is_stray = |three: &[(u32, usize)]| three[0].0 == person && three[1].1 == 1 && three[2].0 == person;
    if let Some(at) = runs.windows(3).position(is_stray).filter(|_| own >= OUTWEIGH) {
        // The stray word, and the holder’s coming back.
        holders.drain(at + 1..at + 3);
    }
    let n = holders.len();
    holders.sort_unstable();
    holders.dedup();
    let basis = if own == 1 { Basis::Once } else { basis };
    (holders.len() == n).then_some((person, basis))
}

/// Days from one date to another.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// Sorts days and leaves each once: with its holder, or with none where two are called so.
fn by_day(named: &mut Vec<(Date, Option<u32>)>) {
    named.sort_unstable();
    named.dedup();
    named.dedup_by(|b, a| {
        let same = a.0 == b.0;
        if same {
            a.1 = None;
        }
        same
    });
}

/// A post's key: its head and its words, which are sorted.
fn key(head: &str, of: &[impl AsRef<str>]) -> u64 {
    let mut hasher = FxHasher::default();
    head.hash(&mut hasher);
    for word in of {
        word.as_ref().hash(&mut hasher);
    }
    hasher.finish()
}
