//! Pages of the last build, and which of them are as they would be drawn now.

use super::cache::{Cache, Sheet};
use super::hash::Hash;
use super::publish::Output;
use crate::archive::{Archive, Prints, Read};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Every question a page can put to the archive, with the answers of this build.
#[derive(Default)]
pub(super) struct Answers {
    /// Numbers of questions.
    at: FxHashMap<Read, u32>,
    /// By number: what the question is called, and what the answer looks like.
    prints: Vec<(u128, u128)>,
}

/// The print of what is not there.
const ABSENT: u128 = 0;

/// Questions from here on are for days without articles: the day is in the lower bits.
const EMPTY_DAY: u32 = 1 << 31;

/// The question that has another answer in every build.
const NOBODY: u32 = u32::MAX;

/// One page with all that was made of the same; or one feed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) path: Box<str>,
    /// Of the article's file, where it is an article's page; of those of a feed's reports.
    pub(super) words: Option<Hash>,
    /// Numbers of the questions it put to the archive.
    reads: Vec<u32>,
    /// The page and the data beside it.
    pub(super) files: Vec<(Box<str>, Hash)>,
}

/// A page of this build.
pub(super) enum Page {
    /// Just drawn.
    Drawn(Row),
    /// As the last build drew it; its path.
    Kept(Box<str>),
}

/// What the last build drew.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct Drawn {
    /// Of everything that all pages are drawn with.
    look: u128,
    asked: Vec<(u128, u128)>,
    rows: Vec<Row>,
}

/// Pages of the last build that were drawn as they would be now.
#[derive(Default)]
pub(super) struct Kept {
    rows: FxHashMap<Box<str>, Row>,
    /// By number of the last build: the question's number now, where the answer is the same.
    now: Vec<Option<u32>>,
}

impl Answers {
    /// Looks at every entity once.
    pub(super) fn new(archive: &Archive) -> Self {
        let prints = Prints::new(archive);
        let singles = prints.singles();
        let mut all: Vec<(u128, u128)> =
            singles.par_iter().map(|read| (prints.name(*read), prints.print(*read))).collect();
        let mut at: FxHashMap<Read, u32> = FxHashMap::default();
        at.reserve(singles.len() + 8);
        at.extend(singles.into_iter().zip(0..));
        for (list, of) in prints.lists() {
            let mut bytes = Vec::with_capacity(of.len() * 16);
            for (_, print) in of.iter().filter_map(|read| all.get(*at.get(read)? as usize)) {
                bytes.extend_from_slice(&print.to_le_bytes());
            }
            at.insert(list, all.len() as u32);
            all.push((prints.name(list), super::cache::checksum(&bytes)));
        }
        Self { at, prints: all }
    }

    /// The numbers of some questions.
    pub(super) fn numbers(&self, reads: &[Read]) -> Vec<u32> {
        let number = |read: &Read| match (self.at.get(read), read) {
            (Some(at), _) => *at,
            (None, Read::Day(date)) => EMPTY_DAY | Prints::day(*date),
            // Nothing else that is not there can be asked for: ids come from the archive. Were it asked for all the
            // same, its page would be drawn each time.
            (None, _) => NOBODY,
        };
        reads.iter().map(number).collect()
    }

    /// What a question is called, and what the answer looks like.
    fn print(&self, number: u32) -> (u128, u128) {
        match self.prints.get(number as usize) {
            Some(print) => *print,
            None if number == NOBODY => (u128::MAX, ABSENT),
            None => (u128::from(number & !EMPTY_DAY), ABSENT),
        }
    }
}

impl Drawn {
    /// Recalls the last build's pages.
    pub(super) fn open(cache: &Cache) -> Self {
        cache.load(Sheet::Pages).unwrap_or_default()
    }
}

impl Kept {
    /// The last build's pages in this one; `look` is of everything that all pages are drawn with.
    pub(super) fn new(drawn: Drawn, look: u128, answers: &Answers) -> Self {
        if drawn.look != look {
            return Self::default();
        }
        let by_name: FxHashMap<u128, u32> = answers.prints.iter().zip(0..).map(|((name, _), at)| (*name, at)).collect();
        let now = |(name, print): (u128, u128)| match by_name.get(&name) {
            Some(at) => Some(*at).filter(|at| answers.print(*at).1 == print),
            // A day that had no articles and has none now is called by its own number.
            None => u32::try_from(name).ok().filter(|_| print == ABSENT).map(|day| EMPTY_DAY | day),
        };
        Self {
            now: drawn.asked.into_iter().map(now).collect(),
            rows: drawn.rows.into_iter().map(|row| (row.path.clone(), row)).collect(),
        }
    }

    /// Keeps the page at a path, where nothing that it was made of has changed and its files stand as they were left.
    pub(super) fn keep(&self, path: &str, words: Option<Hash>, output: &Output) -> bool {
        let Some(row) = self.rows.get(path).filter(|row| row.words == words) else { return false };
        if !row.reads.iter().all(|at| self.now.get(*at as usize).is_some_and(Option::is_some)) {
            return false;
        }
        row.files.iter().all(|(path, hash)| output.keep(path, *hash))
    }

    /// All pages of this build: those just drawn, and those that were kept.
    pub(super) fn merged(mut self, pages: Vec<Page>) -> Vec<Row> {
        let now = std::mem::take(&mut self.now);
        let mut kept = |path: Box<str>| {
            let mut row = self.rows.remove(&path)?;
            row.reads = row.reads.iter().filter_map(|at| now.get(*at as usize).copied().flatten()).collect();
            Some(row)
        };
        pages
            .into_iter()
            .filter_map(|page| match page {
                Page::Drawn(row) => Some(row),
                Page::Kept(path) => kept(path),
            })
            .collect()
    }
}

impl Row {
    /// A page just drawn.
    pub(super) fn new(path: Box<str>, words: Option<Hash>, reads: Vec<u32>, files: Vec<(Box<str>, Hash)>) -> Self {
        Self { path, words, reads, files }
    }
}

/// Takes down this build's pages for the next.
pub(super) fn save(cache: &Cache, look: u128, answers: &Answers, mut rows: Vec<Row>) {
    let mut asked = Vec::new();
    let mut at: FxHashMap<u32, u32> = FxHashMap::default();
    for number in rows.iter_mut().flat_map(|row| &mut row.reads) {
        *number = *at.entry(*number).or_insert_with(|| {
            asked.push(answers.print(*number));
            asked.len() as u32 - 1
        });
    }
    cache.save(Sheet::Pages, &Drawn { look, asked, rows });
}
