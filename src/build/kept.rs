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
    /// Of the page itself; none of a feed.
    page: Option<Hash>,
    /// The data beside it, or the files of the feed.
    data: Vec<(Box<str>, Hash)>,
}

/// How much of a page is as it would be made now.
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// The data beside it: no template draws them.
    Data(KeptData),
    /// Nothing.
    Nothing,
}

/// The data beside a page, as they stand.
pub(super) struct KeptData {
    files: Vec<(Box<str>, Hash)>,
    /// Numbers of what page and data asked for, in this build.
    reads: Vec<u32>,
}

/// A page of this build.
pub(super) enum Page {
    /// Just drawn.
    Drawn(Row),
    /// As the last build drew it; its path.
    Kept(Box<str>),
}

/// Of what everything is made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Makings {
    /// Settings, what the site says of itself, how stories are read.
    pub(super) site: u128,
    /// The site's own templates.
    pub(super) templates: u128,
}

/// What the last build drew.
#[derive(Serialize, Deserialize, Default)]
pub(super) struct Drawn {
    makings: Makings,
    asked: Vec<(u128, u128)>,
    rows: Vec<Row>,
}

/// Pages of the last build that were drawn as they would be now.
#[derive(Default)]
pub(super) struct Kept {
    /// Whether other templates drew them.
    is_redrawn: bool,
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
    /// The last build's pages in this one.
    pub(super) fn new(drawn: Drawn, makings: Makings, answers: &Answers) -> Self {
        if drawn.makings.site != makings.site {
            return Self::default();
        }
        let by_name: FxHashMap<u128, u32> = answers.prints.iter().zip(0..).map(|((name, _), at)| (*name, at)).collect();
        let now = |(name, print): (u128, u128)| match by_name.get(&name) {
            Some(at) => Some(*at).filter(|at| answers.print(*at).1 == print),
            // A day that had no articles and has none now is called by its own number.
            None => u32::try_from(name).ok().filter(|_| print == ABSENT).map(|day| EMPTY_DAY | day),
        };
        Self {
            is_redrawn: drawn.makings.templates != makings.templates,
            now: drawn.asked.into_iter().map(now).collect(),
            rows: drawn.rows.into_iter().map(|row| (row.path.clone(), row)).collect(),
        }
    }

    /// Keeps of the page or the feed at a path whatever is made of the same as before, and stands as it was left.
    pub(super) fn keep(&self, path: &str, words: Option<Hash>, output: &Output) -> Extent {
        let Some(row) = self.rows.get(path).filter(|row| row.words == words) else { return Extent::Nothing };
        if !row.reads.iter().all(|at| self.now(*at).is_some()) {
            return Extent::Nothing;
        }
        if !output.keep(row.data.iter().map(|(path, hash)| (path, *hash))) {
            return Extent::Nothing;
        }
        match row.page {
            None => Extent::Whole,
            Some(hash) if !self.is_redrawn && output.keep([(path, hash)]) => Extent::Whole,
            Some(_) => Extent::Data(KeptData { files: row.data.clone(), reads: self.numbers(row) }),
        }
    }

    /// The number in this build of a question of the last one, where the answer is the same.
    fn now(&self, number: u32) -> Option<u32> {
        self.now.get(number as usize).copied().flatten()
    }

    /// The numbers in this build of what a page asked for.
    fn numbers(&self, row: &Row) -> Vec<u32> {
        row.reads.iter().filter_map(|at| self.now(*at)).collect()
    }

    /// All pages of this build: those just drawn, and those that were kept.
    pub(super) fn merged(mut self, pages: Vec<Page>) -> Vec<Row> {
        let mut kept = |path: Box<str>| {
            let mut row = self.rows.remove(&path)?;
            row.reads = self.numbers(&row);
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
    /// A page just drawn, with the data beside it; what it asks for is in `reads`.
    pub(super) fn of_page(
        (path, page): (Box<str>, Hash),
        words: Option<Hash>,
        reads: Vec<u32>,
        data: Vec<(Box<str>, Hash)>,
    ) -> Self {
        Self { path, words, reads, page: Some(page), data }
    }

    /// A page just drawn, beside data that stand.
    pub(super) fn beside(page: (Box<str>, Hash), words: Option<Hash>, mut reads: Vec<u32>, data: KeptData) -> Self {
        // The data are made of what they were made of then. What they asked for is not known apart from what the page
        // asked for, which is the same now: no view hangs on a template.
        reads.extend(data.reads);
        reads.sort_unstable();
        reads.dedup();
        Self::of_page(page, words, reads, data.files)
    }

    /// A feed just made.
    pub(super) fn of_feed(path: Box<str>, words: Option<Hash>, reads: Vec<u32>, data: Vec<(Box<str>, Hash)>) -> Self {
        Self { path, words, reads, page: None, data }
    }
}

/// Takes down this build's pages for the next.
pub(super) fn save(cache: &Cache, makings: Makings, answers: &Answers, mut rows: Vec<Row>) {
    let mut asked = Vec::new();
    let mut at: FxHashMap<u32, u32> = FxHashMap::default();
    for number in rows.iter_mut().flat_map(|row| &mut row.reads) {
        *number = *at.entry(*number).or_insert_with(|| {
            asked.push(answers.print(*number));
            asked.len() as u32 - 1
        });
    }
    cache.save(Sheet::Pages, &Drawn { makings, asked, rows });
}
