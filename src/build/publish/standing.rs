use super::{Output, State, folders, relative};
use crate::build::hash::Hash;
use crate::build::stat::Stat;
use std::fs;
use std::path::Path;
use std::sync::PoisonError;

/// What stands in the place of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Nothing,
    File(Stat),
    /// A folder, a link, a device.
    Other,
}

impl Standing {
    /// Of a plain file.
    pub(super) fn stat(self) -> Option<Stat> {
        match self {
            Self::File(stat) => Some(stat),
            _ => None,
        }
    }
}

impl Output {
    /// What stands in the place of a file; a link on the way leads out of the folder, and is `Other`.
    pub(super) fn standing(&self, path: &str, target: &Path) -> Standing {
        if self.fresh {
            return Standing::Nothing;
        }
        let parent = path.rfind('/').map_or("", |at| &path[..at]);
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
        match fs::symlink_metadata(target) {
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

    /// What becomes of a staged file.
    pub(super) fn staged(&self, path: &str, standing: Standing) -> State {
        let may_replace = match standing {
            Standing::Nothing => true,
            Standing::File(_) => self.owns(path),
            // A folder of ours that a page now takes the place of is emptied first.
            Standing::Other => self.is_own_folder(path),
        };
        if may_replace { State::Staged } else { State::InTheWay }
    }

    /// Whether `path` is a folder in which everything is ours.
    pub(super) fn is_own_folder(&self, path: &str) -> bool {
        let folder = self.folder.join(path);
        fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir())
            && walkdir::WalkDir::new(&folder).into_iter().all(|entry| {
                entry.is_ok_and(|e| e.file_type().is_dir() || self.owns(&relative(e.path(), &self.folder)))
            })
    }
}
