//! The folders of the output and of the second tree, and what lies in the output that is not ours.

use super::relative;
use crate::build::stat::Stat;
use crate::build::tree::Tree;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
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
    /// The output, and the second tree.
    trees: [Option<Tree>; 2],
    /// Whether the two were exchanged.
    swapped: bool,
    /// Folders in which files have come or gone.
    folders: FxHashSet<&'a str>,
    /// The file system's time, after all that.
    now: i64,
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

    /// Folders that have had other entries since they were looked at, in a tree that was the output then.
    pub(super) fn moved_since(&self, tree: &Path) -> Vec<&str> {
        let Ok(tree) = Tree::open(tree) else { return Vec::new() };
        let moved = self.still.par_iter().filter_map(|(path, (here, _))| {
            let has_moved = tree.folder(path).is_some_and(|now| now != *here);
            has_moved.then_some(&**path)
        });
        moved.collect()
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

    /// Lists what has changed or was touched by us; `ours` says whose a file is.
    ///
    /// Names that begin with a dot (`.git`, `.well-known`) are nobody's business.
    pub(super) fn look(mut self, touched: &Touched<'_>, ours: impl Fn(&str) -> bool) -> Grounds {
        let mut queue = std::mem::take(&mut self.moved);
        let mut still = Vec::with_capacity(self.still.len());
        for (path, stats) in self.still.drain() {
            if touched.folders.contains(&*path) { queue.push(path) } else { still.push((path, stats)) }
        }
        queue.extend(touched.folders.iter().map(|path| Box::from(*path)));
        queue.push("".into());
        let mut listed: FxHashSet<Box<str>> = still.iter().map(|(path, _)| path.clone()).collect();
        let parent = |path: &str| path.rfind('/').map_or(0, |at| at);
        let mut foreign: Vec<Box<str>> =
            self.foreign.into_iter().filter(|path| listed.contains(&path[..parent(path)]) && !ours(path)).collect();
        let mut folders: Vec<Ground> =
            still.into_par_iter().map(|(path, (here, there))| touched.still(path, here, there)).collect();
        while let Some(path) = queue.pop() {
            if !listed.insert(path.clone()) {
                continue;
            }
            let place = touched.output.join(&*path);
            // The time first: what comes while we list shows as a newer one.
            let Some(ground) = touched.ground(path) else { continue };
            folders.push(ground);
            let Ok(entries) = fs::read_dir(&place) else { continue };
            for entry in entries.flatten().filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")) {
                let path = relative(&entry.path(), touched.output);
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    queue.push(path.into());
                } else if !ours(&path) {
                    foreign.push(path.into());
                }
            }
        }
        folders.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        foreign.sort_unstable();
        Grounds { folders, foreign }
    }
}

impl<'a> Touched<'a> {
    pub(super) fn new(output: &'a Path, twin: &Path, swapped: bool, folders: FxHashSet<&'a str>, now: i64) -> Self {
        Self { output, trees: [tree(output), tree(twin)], swapped, folders, now }
    }

    /// A folder that nobody touched.
    fn still(&self, path: Box<str>, here: Stat, there: Option<Stat>) -> Ground {
        match (self.swapped, there) {
            (false, _) => Ground { path, here: Some(here), there },
            (true, Some(there)) => Ground { path, here: Some(there), there: Some(here) },
            // Made the same just now.
            (true, None) => {
                let new = stat(&self.trees[0], &path).filter(|stat| stat.is_settled(self.now));
                Ground { path, here: new, there: Some(here) }
            }
        }
    }

    /// A folder as it is now; none where it is none.
    fn ground(&self, path: Box<str>) -> Option<Ground> {
        let settled = |stat: &Stat| stat.is_settled(self.now);
        let here = stat(&self.trees[0], &path)?;
        let there = stat(&self.trees[1], &path).filter(|stat| self.swapped && settled(stat));
        Some(Ground { path, here: Some(here).filter(settled), there })
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
