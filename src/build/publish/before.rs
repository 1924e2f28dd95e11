//! The files of the last build.

use super::made::{Made, State};
use crate::build::hash::Hash;
use crate::build::stat::Stat;
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU8, Ordering};

/// It had the stat that is known when we looked.
const STILL: u8 = 1;
/// It is a file of this build too, with the same stat.
const KEPT: u8 = 2;

/// The files of a site as the last build left them, and which of them this build keeps. Shared by threads.
#[derive(Default)]
pub(super) struct Before {
    /// Sorted by path; no stat where it is not to be relied on.
    files: Vec<(Box<str>, Hash, Option<Stat>)>,
    marks: Vec<AtomicU8>,
    /// Places in `files` by the hash of the path; of two with the same hash, only one is here.
    places: FxHashMap<u64, u32>,
}

/// One file.
#[derive(Clone, Copy)]
pub(super) struct Left {
    pub(super) hash: Hash,
    /// Where it is to be relied on.
    pub(super) stat: Option<Stat>,
    /// Whether it had that stat when we looked.
    pub(super) is_still: bool,
}

impl Before {
    /// `is_still` looks whether a file has the stat it had.
    pub(super) fn new(
        files: Vec<(Box<str>, Hash, Option<Stat>)>,
        is_still: impl Fn(&str, &Stat) -> bool + Sync,
    ) -> Self {
        let look = |(path, _, stat): &(Box<str>, Hash, Option<Stat>)| {
            AtomicU8::new(if stat.as_ref().is_some_and(|stat| is_still(path, stat)) { STILL } else { 0 })
        };
        let marks = files.par_iter().map(look).collect();
        let places = files.iter().zip(0..).map(|((path, ..), at)| (hash(path), at)).collect();
        Self { files, marks, places }
    }

    /// A file as it was left.
    pub(super) fn get(&self, path: &str) -> Option<Left> {
        let at = self.place(path)?;
        let ((_, hash, stat), mark) = (self.files.get(at)?, self.marks.get(at)?);
        Some(Left { hash: *hash, stat: *stat, is_still: mark.load(Ordering::Relaxed) & STILL != 0 })
    }

    /// Whether there was a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.place(path).is_some()
    }

    /// Marks a file as one of this build, if it was left with that hash and that stat; says whether it was.
    pub(super) fn keep(&self, path: &str, hash: Hash, stat: Stat) -> bool {
        let at = self
            .place(path)
            .filter(|at| self.files.get(*at).is_some_and(|left| (left.1, left.2) == (hash, Some(stat))));
        let mark = at.and_then(|at| self.marks.get(at));
        mark.is_some_and(|mark| {
            mark.fetch_or(KEPT, Ordering::Relaxed);
            true
        })
    }

    /// Takes that back, since another file is made in its place.
    pub(super) fn replace(&self, path: &str) {
        if let Some(mark) = self.place(path).and_then(|at| self.marks.get(at)) {
            mark.fetch_and(!KEPT, Ordering::Relaxed);
        }
    }

    /// Whether a file is one of this build.
    pub(super) fn keeps(&self, path: &str) -> bool {
        self.place(path).and_then(|at| self.marks.get(at)).is_some_and(is_kept)
    }

    /// The hash of a file that is one of this build.
    pub(super) fn kept_hash(&self, path: &str) -> Option<Hash> {
        let at = self.place(path).filter(|at| self.marks.get(*at).is_some_and(is_kept))?;
        self.files.get(at).map(|(_, hash, _)| *hash)
    }

    /// Whether any file in a folder is one of this build.
    pub(super) fn keeps_below(&self, folder: &str) -> bool {
        let within = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let first = [folder, "/"].concat();
        let first = self.files.partition_point(|(path, ..)| **path < *first);
        let after = self.files.iter().zip(&self.marks).skip(first);
        after.take_while(|((path, ..), _)| within(path)).any(|(_, mark)| is_kept(mark))
    }

    /// Every path, sorted, with whether it is one of this build.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&str, bool)> {
        self.files.iter().zip(&self.marks).map(|((path, ..), mark)| (&**path, is_kept(mark)))
    }

    /// The files that this build keeps, sorted.
    pub(super) fn kept(&self) -> impl Iterator<Item = (&str, Made)> {
        let kept = self.files.iter().zip(&self.marks).filter(|(_, mark)| is_kept(mark));
        kept.filter_map(|((path, hash, stat), _)| Some((&**path, Made { hash: *hash, state: State::Same((*stat)?) })))
    }

    /// The same for good.
    pub(super) fn into_kept(self) -> Vec<(Box<str>, Hash, Option<Stat>)> {
        let (mut files, mut marks) = (self.files, self.marks.iter());
        files.retain(|_| marks.next().is_some_and(is_kept));
        files
    }

    fn place(&self, path: &str) -> Option<usize> {
        let at = *self.places.get(&hash(path))? as usize;
        if self.files.get(at).is_some_and(|(found, ..)| **found == *path) {
            return Some(at);
        }
        self.files.binary_search_by(|(found, ..)| (**found).cmp(path)).ok()
    }
}

fn hash(path: &str) -> u64 {
    FxBuildHasher.hash_one(path)
}

fn is_kept(mark: &AtomicU8) -> bool {
    mark.load(Ordering::Relaxed) & KEPT != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_marked_and_what_is_replaced_is_not() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join("a"), "words").expect("a file");
        let stat = Stat::of(&dir.path().join("a")).expect("a stat");
        let words = Hash::of(b"words");
        let files = ["a", "b/c", "b/d", "e"].map(|path| (Box::from(path), words, (path != "b/c").then_some(stat)));
        let mut before = Before::new(files.into(), |path, _| path != "e");
        // Two paths whose hashes were the same.
        before.places.insert(hash("b/d"), 0);
        let left = |path: &str| before.get(path).map(|left| (left.hash == words, left.stat.is_some(), left.is_still));
        assert_eq!(left("a"), Some((true, true, true)));
        assert_eq!(left("b/c"), Some((true, false, false)), "nothing is known of it");
        assert_eq!(left("b/d"), Some((true, true, true)));
        assert_eq!(left("e"), Some((true, true, false)), "it has another stat by now");
        assert!(left("b").is_none() && !before.has("") && before.has("b/d"));

        std::fs::write(dir.path().join("b"), "others").expect("a file");
        let other = Stat::of(&dir.path().join("b")).expect("a stat");
        assert!(!before.keep("a", Hash::of(b"other"), stat) && !before.keep("a", words, other));
        assert!(!before.keep("b/c", words, stat) && !before.keep("b", words, stat));
        for path in ["a", "b/d", "e"] {
            assert_eq!(before.kept_hash(path), None);
            assert!(before.keep(path, words, stat) && before.keeps(path));
            assert!(before.kept_hash(path) == Some(words));
        }
        before.replace("b/d");
        before.replace("b");
        assert_eq!(before.paths().collect::<Vec<_>>(), [("a", true), ("b/c", false), ("b/d", false), ("e", true)]);
        assert_eq!(before.kept().map(|(path, _)| path).collect::<Vec<_>>(), ["a", "e"]);
        assert_eq!(before.into_kept().iter().map(|(path, ..)| &**path).collect::<Vec<_>>(), ["a", "e"]);
    }
}
