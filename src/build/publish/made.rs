//! The files of a site while it is made.

use super::before::Before;
use super::waiting::{Place, Staged};
use crate::build::hash::Hash;
use crate::build::stat::Stat;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Parts in which they are kept: each grows by itself, so that never all of them are there twice.
const PARTS: usize = 64;

/// One file.
#[derive(Clone, Copy)]
pub(super) struct Made {
    pub(super) hash: Hash,
    pub(super) state: State,
}

/// What becomes of it.
#[derive(Clone, Copy)]
pub(super) enum State {
    /// The output folder has these bytes; a file of that stat.
    Same(Stat),
    /// It waits in the staging folder.
    Staged(Place),
}

impl Made {
    /// Of the file that stood already.
    pub(super) fn stat(self) -> Option<Stat> {
        match self.state {
            State::Same(stat) => Some(stat),
            State::Staged(_) => None,
        }
    }
}

/// The files of a site by path, but for those that are as the last build left them. Shared by threads.
pub(super) struct Making {
    parts: [Mutex<FxHashMap<Box<str>, Made>>; PARTS],
}

/// The files of a site, sorted by path.
pub(super) struct Site<'a> {
    pub(super) files: Vec<(&'a str, Made)>,
}

impl Making {
    /// None yet.
    pub(super) fn new() -> Self {
        Self { parts: std::array::from_fn(|_| Mutex::default()) }
    }

    /// Looks at, or changes, what there is of a path, while nobody else does.
    pub(super) fn at<T>(&self, path: &str, change: impl FnOnce(&mut FxHashMap<Box<str>, Made>) -> T) -> T {
        change(&mut self.part(path))
    }

    /// Whether there is a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.part(path).contains_key(path)
    }

    /// Looks at every path, in no order.
    pub(super) fn each(&self, mut look: impl FnMut(&str)) {
        self.parts.iter().for_each(|part| lock(part).keys().for_each(|path| look(path)));
    }

    /// Whether any file waits.
    pub(super) fn waits(&self) -> bool {
        self.parts.iter().any(|part| lock(part).values().any(|made| matches!(made.state, State::Staged(_))))
    }

    /// All of them, sorted by path.
    pub(super) fn finish(&mut self) -> Vec<(Box<str>, Made)> {
        let mut files = Vec::with_capacity(self.parts.iter().map(|part| lock(part).len()).sum());
        for part in &self.parts {
            files.extend(std::mem::take(&mut *lock(part)));
        }
        files.par_sort_unstable_by(|(a, _), (b, _): &(Box<str>, Made)| a.cmp(b));
        files
    }

    #[allow(clippy::indexing_slicing, reason = "the rest of a division is less than the divisor")]
    fn part(&self, path: &str) -> MutexGuard<'_, FxHashMap<Box<str>, Made>> {
        // Of the upper bits: the lower ones choose the place in the part.
        let part = (FxBuildHasher.hash_one(path) >> 40) as usize % PARTS;
        lock(&self.parts[part])
    }
}

/// A part is whole after every insertion, so a thread that panicked elsewhere spoils nothing.
fn lock(part: &Mutex<FxHashMap<Box<str>, Made>>) -> MutexGuard<'_, FxHashMap<Box<str>, Made>> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Site<'a> {
    /// Of what is kept from the last build and what is new; both are sorted, and no path is in both.
    pub(super) fn new(before: &'a Before, new: &'a [(Box<str>, Made)]) -> Self {
        let mut files: Vec<(&str, Made)> = before.kept().collect();
        files.reserve_exact(new.len());
        files.extend(new.iter().map(|(path, made)| (&**path, *made)));
        // Two runs, which a stable sort takes as they are.
        files.sort_by_key(|(path, _)| *path);
        Self { files }
    }

    /// Whether there is a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.binary_search_by(|(made, _)| (*made).cmp(path)).is_ok()
    }

    /// Every path with its hash, in order.
    pub(super) fn hashes(&self) -> impl Iterator<Item = (&str, Hash)> {
        self.files.iter().map(|(path, made)| (*path, made.hash))
    }

    /// The new ones in the order in which they are put: pages last, the front page last of all. What they need is there
    /// before they are.
    pub(super) fn staged(&self) -> Vec<Staged<'_>> {
        let staged = self.files.iter().filter_map(|(path, made)| match made.state {
            State::Staged(place) => Some(Staged { path, place }),
            State::Same(_) => None,
        });
        let mut all: Vec<Staged<'_>> = staged.collect();
        // What comes first among equals is first already.
        all.par_sort_by_key(|staged| (staged.path.ends_with(".html"), staged.path == "index.html"));
        all
    }
}
