use super::grounds::Survey;
use super::made::{Made, Site, State};
use super::{Output, fault, folders, named, parent, relative};
use crate::build::hash::Hash;
use crate::build::stat::Stat;
use crate::build::tree::Tree;
use crate::diag::{Diagnostic, codes};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::fs;
use std::sync::PoisonError;

/// What stands in the place of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Nothing,
    File(Stat),
    /// A folder, a link, a device.
    Other,
}

impl Output {
    /// What stands in the place of a file, or stood there when the output was opened: a file that was then as we left
    /// it is not looked at a second time before all are.
    pub(super) fn seen(&self, path: &str) -> Standing {
        let left = self.before.get(path).filter(|left| left.is_still && self.is_real(parent(path)));
        left.and_then(|left| left.stat).map_or_else(|| self.standing(path), Standing::File)
    }

    /// What stands in the place of a file; a link on the way leads out of the folder, and is `Other`.
    pub(super) fn standing(&self, path: &str) -> Standing {
        if self.fresh {
            return Standing::Nothing;
        }
        let parent = parent(path);
        if !self.is_real(parent) {
            for folder in folders(path) {
                match fs::symlink_metadata(self.folder.join(folder)) {
                    Ok(meta) if meta.is_dir() => {}
                    Ok(meta) if meta.is_file() && self.owns(folder) => return Standing::Nothing,
                    Ok(_) => return Standing::Other,
                    Err(_) => return Standing::Nothing,
                }
            }
            self.real.lock().unwrap_or_else(PoisonError::into_inner).insert(parent.into());
        }
        match fs::symlink_metadata(self.folder.join(path)) {
            Ok(meta) if meta.is_file() => Standing::File(Stat::from(&meta)),
            Ok(_) => Standing::Other,
            Err(_) => Standing::Nothing,
        }
    }

    /// Whether a folder was already seen to be one, and all above it.
    pub(super) fn is_real(&self, folder: &str) -> bool {
        let known = folders(folder).all(|above| self.survey.knows(above)) && self.survey.knows(folder);
        known || self.real.lock().unwrap_or_else(PoisonError::into_inner).contains(folder)
    }

    /// The hash of a file that stands as we left it; none for any other.
    pub(super) fn known(&self, path: &str, stat: Stat) -> Option<Hash> {
        self.before.get(path).filter(|left| left.stat == Some(stat)).map(|left| left.hash)
    }

    /// Whether a file may come where this stands.
    fn may_replace(&self, path: &str, standing: Standing) -> bool {
        match standing {
            Standing::Nothing => true,
            Standing::File(_) => self.owns(path),
            // A folder of ours that a page now takes the place of is emptied first.
            Standing::Other => self.is_own_folder(path),
        }
    }

    /// Whether `path` is a folder in which everything is ours.
    pub(super) fn is_own_folder(&self, path: &str) -> bool {
        let folder = self.folder.join(path);
        fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir())
            && walkdir::WalkDir::new(&folder).into_iter().all(|entry| {
                entry.is_ok_and(|e| e.file_type().is_dir() || self.owns(&relative(e.path(), &self.folder)))
            })
    }

    /// Looks again at every place into which a file is about to come.
    ///
    /// One look at a folder is enough where it has had the same entries since before the build, and a file of ours
    /// among them was seen there.
    pub(super) fn refuse_if_in_the_way(&self, survey: &Survey, made: &Site<'_>) -> Result<(), Diagnostic> {
        let waits = |made: &Made| matches!(made.state, State::Staged(_));
        let staged = || made.files.par_iter().filter(|(_, made)| waits(made)).map(|(path, _)| *path);
        let seen = |path: &str| self.before.get(path).is_some_and(|left| left.is_still);
        let still = match Tree::open(&self.folder) {
            Ok(tree) => survey.still_among(&tree, staged().filter(|path| seen(path)).map(parent)),
            Err(_) => FxHashSet::default(),
        };
        let stands = |path: &str| seen(path) && still.contains(parent(path));
        let is_blocked = |path: &&str| !stands(path) && !self.may_replace(path, self.standing(path));
        let blocked: Vec<&str> = staged().filter(is_blocked).collect();
        if blocked.is_empty() {
            return Ok(());
        }
        Err(fault(
            codes::OUTPUT_REFUSED,
            &self.named,
            format!("the output folder holds what is not ours in the place of {}", named(&blocked)),
        )
        .note("nothing was changed")
        .help("move these away, or choose another folder with `--out`"))
    }
}
