//! The folders of the output and of the second tree, and what lies in the output that is not ours.

use super::pair::Pair;
use super::{parent, relative};
use crate::build::stat::Stat;
use crate::build::tree::Tree;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// The folders as a build left them.
///
/// A folder's times change whenever an entry comes or goes, so one look at each folder tells whether anything
/// foreign can have come, and whether the second tree is as it was; only the changed ones are listed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::build) struct Grounds {
    /// Every folder below the output's own (`""`), sorted.
    pub(super) folders: Vec<Ground>,
    /// Files that are not ours, sorted.
    pub(super) foreign: Vec<Box<str>>,
}

/// One folder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Ground {
    pub(super) path: Box<str>,
    /// In the output; none where that is not to be relied on.
    pub(super) here: Option<Stat>,
    /// In the second tree, with the same entries; none where it is not there, or not to be relied on.
    pub(super) there: Option<Stat>,
}

/// The folders as this build finds them.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Folders of the output that have the entries they had; with how they are in the second tree, where that too has
    /// the entries it had.
    still: FxHashMap<Box<str>, (Stat, Option<Stat>)>,
    /// Folders of the output that have others.
    moved: Vec<Box<str>>,
    foreign: Vec<Box<str>>,
}

/// What a build has done to the folders.
pub(super) struct Touched<'a> {
    output: &'a Path,
    /// The second tree.
    twin: &'a Path,
    /// The output, held open.
    tree: Option<Tree>,
    /// When the two had not yet been exchanged, if they were.
    exchanged: Option<i64>,
    /// Folders in which files have come or gone, and that nobody has looked at since.
    folders: FxHashSet<&'a str>,
    /// The file system's time, after all that.
    now: i64,
}

/// Folders that were looked at in both trees after all was done.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// A moment before the first of them was.
    now: i64,
    folders: Vec<Ground>,
    foreign: Vec<Box<str>>,
    /// Folders in them.
    below: Vec<Box<str>>,
    /// Those that were not the same, and were made so.
    pub(super) again: Vec<Box<str>>,
}

impl Survey {
    /// Looks at each folder once, in both trees; at none where `all_still` says that nobody can have been there.
    pub(super) fn of(folder: &Path, twin: &Path, before: Grounds, all_still: bool) -> Self {
        let [output, twin] = [folder, twin].map(tree);
        let seen: Vec<(Box<str>, Option<Stat>, Option<Stat>)> = before
            .folders
            .into_par_iter()
            .filter_map(|ground| {
                if all_still {
                    return Some((ground.path, ground.here, ground.there));
                }
                let here = stat(&output, &ground.path)?;
                let there = ground.there.filter(|there| stat(&twin, &ground.path) == Some(*there));
                Some((ground.path, Some(here).filter(|here| ground.here == Some(*here)), there))
            })
            .collect();
        let mut survey = Self { foreign: before.foreign, ..Self::default() };
        for (path, here, there) in seen {
            match here {
                Some(here) => drop(survey.still.insert(path, (here, there))),
                None => survey.moved.push(path),
            }
        }
        survey
    }

    /// Whether a folder is there, is a folder and no link, and so are all above it.
    ///
    /// False where that is not known.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.still.contains_key(path)
    }

    /// Whether a folder has the same entries in both trees.
    pub(super) fn is_paired(&self, path: &str) -> bool {
        self.still.get(path).is_some_and(|(_, there)| there.is_some())
    }

    /// Folders of which that is not known.
    pub(super) fn unpaired(&self) -> impl Iterator<Item = &str> {
        let still = self.still.iter().filter(|(_, (_, there))| there.is_none()).map(|(path, _)| &**path);
        still.chain(self.moved.iter().map(AsRef::as_ref))
    }

    /// Folders that have had other entries since they were looked at, in a tree that was the output then; of those that
    /// are not `known` to have.
    pub(super) fn moved_since(&self, tree: &Path, known: &FxHashSet<&str>) -> Vec<&str> {
        let Ok(tree) = Tree::open(tree) else { return Vec::new() };
        let moved = self
            .still
            .par_iter()
            .filter(|(path, (here, _))| !known.contains(&***path) && tree.folder(path).is_some_and(|now| now != *here));
        moved.map(|(path, _)| &**path).collect()
    }

    /// Of some folders, those that still have the entries they had, and lie behind no link.
    pub(super) fn still_among<'f>(
        &self,
        tree: &Tree,
        folders: impl ParallelIterator<Item = &'f str>,
    ) -> FxHashSet<&'f str> {
        let among: FxHashSet<&str> = folders.collect();
        let above: FxHashSet<&str> = among.iter().flat_map(|folder| super::folders(folder)).collect();
        let is_still = |folder: &str| {
            let now = tree.folder(folder);
            now.is_some() && now == self.still.get(folder).map(|(here, _)| *here)
        };
        let real: FxHashSet<&str> = above.into_par_iter().filter(|folder| tree.folder(folder).is_some()).collect();
        let still =
            among.into_par_iter().filter(|f| is_still(f) && super::folders(f).all(|above| real.contains(above)));
        still.collect()
    }

    /// Takes down folders that were the same in both trees when they were listed, some time after `now`.
    pub(super) fn learn(&mut self, pairs: Vec<(Box<str>, Pair)>, now: i64) {
        let is_settled = |pair: &Pair| pair.here.is_settled(now) && pair.there.is_settled(now);
        let mut learned: FxHashSet<Box<str>> = FxHashSet::default();
        let mut foreign = Vec::new();
        for (path, pair) in pairs.into_iter().filter(|(_, pair)| is_settled(pair)) {
            foreign.extend(foreign_in(&path, &pair.theirs));
            self.still.insert(path.clone(), (pair.here, Some(pair.there)));
            learned.insert(path);
        }
        self.moved.retain(|path| !learned.contains(path));
        self.foreign.retain(|path| !learned.contains(parent(path)));
        self.foreign.extend(foreign);
    }

    /// Lists what has changed or was touched by us and is not yet `looked` at; `ours` says whose a file is.
    ///
    /// Names that begin with a dot (`.git`, `.well-known`) are nobody's business.
    pub(super) fn look(self, mut looked: Looked, touched: &Touched<'_>, ours: impl Fn(&str) -> bool) -> Grounds {
        let Self { still, mut moved, foreign: known } = self;
        looked.folders.retain(|ground| !touched.folders.contains(&*ground.path));
        looked.folders.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        looked.foreign.retain(|path| !touched.folders.contains(parent(path)));
        moved.append(&mut looked.below);
        moved.extend(touched.folders.iter().map(|path| Box::from(*path)).chain(["".into()]));
        let is_apart = |path: &str| touched.folders.contains(path) || looked.has(path);
        let is_still = |path: &str| still.contains_key(path) && !is_apart(path);
        let mut foreign: Vec<Box<str>> =
            known.into_iter().filter(|path| is_still(parent(path)) && !ours(path)).collect();
        let (mut more, mut queue, mut listed) = (Looked::new(touched.now), moved, FxHashSet::default());
        while let Some(path) = queue.pop() {
            if is_still(&path) || looked.has(&path) || !listed.insert(path.clone()) {
                continue;
            }
            match touched.pair(&path, &ours) {
                Some(pair) => more.add(&path, pair),
                None => more.list(path, touched, &ours),
            }
            queue.append(&mut more.below);
        }
        let still: Vec<_> = still.into_iter().filter(|(path, _)| !is_apart(path)).collect();
        let still = still.into_par_iter().map(|(path, (here, there))| touched.still(path, here, there));
        let mut folders: Vec<Ground> = still.collect();
        folders.extend(looked.folders.into_iter().chain(more.folders));
        folders.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        foreign.extend(looked.foreign.into_iter().chain(more.foreign));
        foreign.sort_unstable();
        Grounds { folders, foreign }
    }
}

impl Looked {
    /// `now` is a moment before the first of them is looked at.
    pub(super) fn new(now: i64) -> Self {
        Self { now, ..Self::default() }
    }

    /// Takes down a folder that is the same in both trees.
    pub(super) fn add(&mut self, path: &str, mut pair: Pair) {
        let settled = |stat: Stat| Some(stat).filter(|stat| stat.is_settled(self.now));
        self.folders.push(Ground { path: path.into(), here: settled(pair.here), there: settled(pair.there) });
        self.foreign.extend(foreign_in(path, &pair.theirs));
        self.below.append(&mut pair.below);
    }

    /// Lists a folder of the output.
    fn list(&mut self, path: Box<str>, touched: &Touched<'_>, ours: impl Fn(&str) -> bool) {
        let place = touched.output.join(&*path);
        // The time first: what comes while we list shows as a newer one.
        let Some(ground) = touched.ground(path) else { return };
        self.folders.push(ground);
        let Ok(entries) = fs::read_dir(&place) else { return };
        for entry in entries.flatten().filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")) {
            let path = relative(&entry.path(), touched.output);
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.below.push(path.into());
            } else if !ours(&path) {
                self.foreign.push(path.into());
            }
        }
    }

    fn has(&self, path: &str) -> bool {
        self.folders.binary_search_by(|ground| (*ground.path).cmp(path)).is_ok()
    }
}

/// Paths of files that are not ours in a folder; of those that are to be told.
fn foreign_in(folder: &str, theirs: &[(OsString, u64)]) -> impl Iterator<Item = Box<str>> {
    let told = theirs.iter().map(|(name, _)| name.to_string_lossy()).filter(|name| !name.starts_with('.'));
    told.map(move |name| if folder.is_empty() { name.into() } else { format!("{folder}/{name}").into() })
}

impl<'a> Touched<'a> {
    /// `exchanged` is a moment before the two trees were exchanged, where they were; `now`, one after all that was done.
    pub(super) fn new(
        output: &'a Path,
        twin: &'a Path,
        exchanged: Option<i64>,
        folders: FxHashSet<&'a str>,
        now: i64,
    ) -> Self {
        Self { output, twin, tree: tree(output), exchanged, folders, now }
    }

    /// A folder that nobody touched.
    fn still(&self, path: Box<str>, here: Stat, there: Option<Stat>) -> Ground {
        match (self.exchanged, there) {
            (None, _) => Ground { path, here: Some(here), there },
            (Some(_), Some(there)) => Ground { path, here: Some(there), there: Some(here) },
            // Made the same just now, where nobody else was: whatever came since the exchange shows as a later time.
            (Some(exchanged), None) => {
                let new = stat(&self.tree, &path).filter(|stat| stat.is_settled(exchanged));
                Ground { path, here: new, there: Some(here) }
            }
        }
    }

    /// A folder that is the same in both trees; none where they are not kept the same.
    fn pair(&self, path: &str, ours: impl Fn(&str) -> bool) -> Option<Pair> {
        self.exchanged.and_then(|_| Pair::of(self.output, self.twin, path, ours))
    }

    /// A folder of the output as it is now; none where it is none.
    fn ground(&self, path: Box<str>) -> Option<Ground> {
        let here = stat(&self.tree, &path)?;
        Some(Ground { path, here: Some(here).filter(|stat| stat.is_settled(self.now)), there: None })
    }
}

impl Grounds {
    /// Folders in which everything is ours.
    pub(super) fn new(touched: &Touched<'_>) -> Self {
        let paths: Vec<&str> = touched.folders.iter().copied().collect();
        let mut folders: Vec<Ground> = paths.par_iter().filter_map(|path| touched.ground((*path).into())).collect();
        folders.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Self { folders, foreign: Vec::new() }
    }

    /// Files in the output folder that are not ours, sorted; dot files are not among them.
    pub(super) fn foreign(&self) -> Vec<&str> {
        self.foreign.iter().map(AsRef::as_ref).collect()
    }
}

/// A folder that is there and no link.
fn tree(folder: &Path) -> Option<Tree> {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_dir());
    is_folder.then(|| Tree::open(folder).ok()).flatten()
}

/// Of a folder that is no link.
fn stat(tree: &Option<Tree>, path: &str) -> Option<Stat> {
    tree.as_ref()?.folder(path)
}
