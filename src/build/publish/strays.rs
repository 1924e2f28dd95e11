//! What others put into the second tree.
//!
//! Nobody is asked to, but it happens: a shell that stands in the output stands in the second tree after an exchange,
//! and whoever writes into the output in that very moment writes there. None of it is lost: it goes to the output,
//! where it is told as foreign. Only files of ours are removed, and files of others that were removed from the output
//! too.

use super::bytes::same_files;
use super::exchange::rename_new;
use super::twin::{Trouble, Twin, entries};
use super::unwritable;
use crate::build::plain;
use rustc_hash::FxHashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Files of others that lie in the output and in the second tree, by folder: names with numbers in the file system.
///
/// What is gone from the output and still has its number in the second tree was removed by whoever it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    folders: FxHashMap<PathBuf, FxHashMap<OsString, u64>>,
}

impl Shared {
    /// Reads them from where a build took them down; what is not there or damaged is not known.
    pub(super) fn read(place: &Path) -> Self {
        let mut shared = Self::default();
        let text = plain::read_text(place).unwrap_or_default();
        for (number, path) in text.split('\0').filter_map(|entry| entry.split_once(' ')) {
            let (Ok(number), Some(name)) = (number.parse(), Path::new(path).file_name()) else { continue };
            let folder = Path::new(path).parent().unwrap_or(Path::new(""));
            shared.folders.entry(folder.to_owned()).or_default().insert(name.to_owned(), number);
        }
        shared
    }

    /// Takes down how they are `now`. What cannot be taken down, a name that is no text for one, is brought back once
    /// more, should it be removed.
    pub(super) fn keep(&mut self, now: &Self, place: &Path) {
        if self == now {
            return;
        }
        let mut all: Vec<String> = Vec::new();
        for (folder, names) in &now.folders {
            let paths = names.iter().map(|(name, number)| (folder.join(name), number));
            all.extend(paths.filter_map(|(path, number)| Some(format!("{number} {}\0", path.to_str()?))));
        }
        all.sort_unstable();
        let staged = place.with_extension("new");
        if plain::write(&staged, all.concat()).and_then(|()| fs::rename(staged, place)).is_ok() {
            self.clone_from(now);
        }
    }

    /// Takes down all of one folder.
    pub(super) fn set(&mut self, folder: &Path, names: FxHashMap<OsString, u64>) {
        if names.is_empty() {
            if !self.folders.is_empty() {
                self.folders.remove(folder);
            }
        } else {
            self.folders.insert(folder.to_owned(), names);
        }
    }

    fn number(&self, path: &Path) -> Option<u64> {
        let folder = path.parent().unwrap_or(Path::new(""));
        self.folders.get(folder)?.get(path.file_name()?).copied()
    }
}

impl Twin<'_> {
    /// Takes away an entry of the second tree that the output does not have, or has otherwise.
    pub(super) fn settle(&self, path: &Path) -> Result<(), Trouble> {
        if self.purge(path)? { Ok(()) } else { self.carry(path, 0) }
    }

    /// Takes away what stands where a file or folder of ours comes.
    pub(super) fn clear(&self, path: &Path) -> Result<(), Trouble> {
        if self.purge(path)? { Ok(()) } else { self.carry(path, 1) }
    }

    /// Takes the second tree away; says whether there was one.
    pub(super) fn dissolve(&self) -> bool {
        let is = fs::symlink_metadata(self.site);
        match &is {
            Ok(meta) if meta.is_dir() => self.melt(Path::new("")),
            Ok(_) => drop(fs::remove_file(self.site)),
            Err(_) => {}
        }
        is.is_ok()
    }

    /// What cannot be removed or brought back now is compared by the next build.
    fn melt(&self, folder: &Path) {
        let Ok(entries) = entries(&self.site.join(folder)) else { return };
        for entry in entries {
            let path = folder.join(entry.file_name());
            let is_folder = |root: &Path| fs::symlink_metadata(root.join(&path)).is_ok_and(|meta| meta.is_dir());
            if is_folder(self.site) && is_folder(self.public) {
                self.melt(&path);
            } else {
                // What is in both trees now is spare in this one.
                let _ = self.settle(&path).and_then(|()| self.purge(&path));
            }
        }
        let _ = fs::remove_dir(self.site.join(folder));
    }

    /// Removes what is ours; says whether nothing is left.
    fn purge(&self, path: &Path) -> Result<bool, Trouble> {
        let place = self.site.join(path);
        let removed = |done: io::Result<()>| done.map(|()| true).map_err(|e| Trouble::at("remove", &place, &e));
        let meta = match fs::symlink_metadata(&place) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(Trouble::at("read", &place, &error)),
        };
        if meta.is_dir() {
            let entries = entries(&place)?;
            let was_empty = entries.is_empty();
            let mut all = true;
            for entry in entries {
                all &= self.purge(&path.join(entry.file_name()))?;
            }
            return if all && (!was_empty || self.is_own_folder(path)) {
                removed(fs::remove_dir(&place))
            } else {
                Ok(false)
            };
        }
        let is_spare =
            meta.is_file() && (self.is_own(path) || self.was_removed(path, &meta) || self.is_copy(path, &place));
        if is_spare { removed(fs::remove_file(&place)) } else { Ok(false) }
    }

    fn is_own(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| (self.ours.there)(path) || (self.ours.file)(path))
    }

    fn is_own_folder(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| (self.ours.folder)(path) || (self.ours.folder_there)(path))
    }

    /// Whether a file of others was in both trees and is no longer in the output, or is still in both.
    fn was_removed(&self, path: &Path, meta: &Metadata) -> bool {
        let there = number(meta);
        let here = fs::symlink_metadata(self.public.join(path)).map(|meta| number(&meta));
        there.is_some() && (self.shared().number(path) == there || here.is_ok_and(|here| here == there))
    }

    /// Whether the output has a file of the same path and bytes: so it is with a site from a backup, which knows of no links.
    fn is_copy(&self, path: &Path, place: &Path) -> bool {
        let here = self.public.join(path);
        let is_file = fs::symlink_metadata(&here).is_ok_and(|meta| meta.is_file());
        is_file && same_files(place, &here).is_ok_and(|same| same)
    }

    /// Brings what others put into the second tree to the output, by the first of its [`names`] that is free, some of
    /// them `passed` over.
    fn carry(&self, path: &Path, passed: usize) -> Result<(), Trouble> {
        let from = self.site.join(path);
        let is_file = fs::symlink_metadata(&from).is_ok_and(|meta| meta.is_file());
        for name in names(path.file_name().unwrap_or_default()).skip(passed) {
            let to = path.with_file_name(&name);
            let (here, there) = (self.public.join(&to), self.site.join(&to));
            if to != path && fs::symlink_metadata(&there).is_ok() {
                continue;
            }
            let put = if is_file { fs::hard_link(&from, &here) } else { rename_new(&from, &here) };
            match put {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(Trouble::Failed(unwritable("write", &here, &error))),
            }
            let folder = to.parent().unwrap_or(Path::new("")).to_owned();
            let inode = fs::symlink_metadata(&here).ok().as_ref().and_then(number);
            self.carried().push((folder, name, inode.filter(|_| is_file)));
            if !is_file {
                // Folders and links of others are in no second tree.
                return Err(Trouble::Unfit);
            }
            if to != path {
                rename_new(&from, &there).map_err(|e| Trouble::at("write", &there, &e))?;
            }
            return Ok(());
        }
        Ok(())
    }
}

/// A name, and those that are taken where it stands for something else: `a.html`, `a.html.theirs`, `a.html.theirs-2`.
fn names(name: &OsStr) -> impl Iterator<Item = OsString> {
    let name = name.to_owned();
    (0..usize::MAX).map(move |n| {
        let mut name = name.clone();
        match n {
            0 => {}
            1 => name.push(".theirs"),
            _ => name.push(format!(".theirs-{n}")),
        }
        name
    })
}

#[cfg(unix)]
fn number(meta: &Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::ino(meta))
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<u64> {
    None
}
