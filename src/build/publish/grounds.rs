//! The folders of the output, and what lies in them that is not ours.

use super::relative;
use crate::build::stat::Stat;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// The output's folders as a build left them.
///
/// A folder's time changes whenever an entry comes or goes, so one look at each folder tells whether anything
/// foreign can have come; only the changed ones are listed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::build) struct Grounds {
    /// Every folder below the output's own (`""`), with its time; [`UNSETTLED`] where that is not to be relied on.
    pub(super) folders: Vec<(Box<str>, i64)>,
    /// Files that are not ours, sorted.
    pub(super) foreign: Vec<Box<str>>,
}

/// The time of a folder that must be listed again.
const UNSETTLED: i64 = i64::MIN;

/// The folders as this build finds them.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Folders that have the entries they had, with their times.
    still: FxHashMap<Box<str>, i64>,
    /// Folders that have others.
    moved: Vec<Box<str>>,
    foreign: Vec<Box<str>>,
}

impl Survey {
    /// Looks at each folder once.
    pub(super) fn of(folder: &Path, before: Grounds) -> Self {
        let seen: Vec<(Box<str>, bool, i64)> = before
            .folders
            .into_par_iter()
            .filter_map(|(path, modified)| {
                let meta = fs::symlink_metadata(folder.join(&*path)).ok()?;
                let now = Stat::from(&meta).modified;
                meta.is_dir().then_some((path, now == modified, now))
            })
            .collect();
        let mut survey = Self { foreign: before.foreign, ..Self::default() };
        for (path, is_still, modified) in seen {
            if is_still {
                survey.still.insert(path, modified);
            } else {
                survey.moved.push(path);
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

    /// Lists what has changed or was touched by us; `ours` says whose a file is, `now` is the file system's time.
    ///
    /// Names that begin with a dot (`.git`, `.well-known`) are nobody's business.
    pub(super) fn look(
        mut self,
        folder: &Path,
        touched: &FxHashSet<&str>,
        ours: impl Fn(&str) -> bool,
        now: i64,
    ) -> Grounds {
        let mut folders: Vec<(Box<str>, i64)> = Vec::with_capacity(self.still.len());
        let mut queue = std::mem::take(&mut self.moved);
        for (path, modified) in self.still.drain() {
            if touched.contains(&*path) { queue.push(path) } else { folders.push((path, modified)) }
        }
        queue.extend(touched.iter().map(|path| Box::from(*path)));
        queue.push("".into());
        let mut listed: FxHashSet<Box<str>> = folders.iter().map(|(path, _)| path.clone()).collect();
        let parent = |path: &str| path.rfind('/').map_or(0, |at| at);
        let mut foreign: Vec<Box<str>> =
            self.foreign.into_iter().filter(|path| listed.contains(&path[..parent(path)]) && !ours(path)).collect();
        while let Some(path) = queue.pop() {
            if !listed.insert(path.clone()) {
                continue;
            }
            let place = folder.join(&*path);
            // The time first: what comes while we list shows as a newer one.
            let Some(stat) = fs::symlink_metadata(&place).ok().filter(|meta| meta.is_dir()) else { continue };
            let Ok(entries) = fs::read_dir(&place) else { continue };
            let stat = Stat::from(&stat);
            folders.push((path, if stat.is_settled(now) { stat.modified } else { UNSETTLED }));
            for entry in entries.flatten().filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")) {
                let path = relative(&entry.path(), folder);
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    queue.push(path.into());
                } else if !ours(&path) {
                    foreign.push(path.into());
                }
            }
        }
        folders.sort_unstable();
        foreign.sort_unstable();
        Grounds { folders, foreign }
    }
}

impl Grounds {
    /// Folders in which everything is ours.
    pub(super) fn new(folder: &Path, paths: FxHashSet<&str>, now: i64) -> Self {
        let paths: Vec<&str> = paths.into_iter().collect();
        let time = |path: &&str| {
            let stat = Stat::of(&folder.join(path)).ok().filter(|stat| stat.is_settled(now));
            (Box::from(*path), stat.map_or(UNSETTLED, |stat| stat.modified))
        };
        let mut folders: Vec<_> = paths.par_iter().map(time).collect();
        folders.sort_unstable();
        Self { folders, foreign: Vec::new() }
    }

    /// Files in the output folder that are not ours, sorted; dot files are not among them.
    pub(super) fn foreign(&self) -> Vec<&str> {
        self.foreign.iter().map(AsRef::as_ref).collect()
    }
}
