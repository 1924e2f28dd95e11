//! A second tree of the whole site beside the output, with the same files: hard links, no second copy.
//!
//! A build brings it to what is next, exchanges it with the output in one step, and does the same to what was the
//! output until then. So two trees of the same files stand when it is done, and the next build has to link and remove
//! what has changed, not everything.

use super::exchange::{adopt, is_unfit};
use super::staging::remove;
use super::{folders, unwritable};
use crate::diag::Diagnostic;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ffi::OsString;
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::Path;

/// Why there is no second tree.
pub(super) enum Trouble {
    /// There can be none of this output: it holds links or folders that are not ours, or the system has no means.
    Unfit,
    /// The disk is full, or broken, or something the like.
    Failed(Diagnostic),
}

impl Trouble {
    /// Of a path at which a step failed.
    pub(super) fn at(verb: &str, path: &Path, error: &io::Error) -> Self {
        if is_unfit(error) { Self::Unfit } else { Self::Failed(unwritable(verb, path, error)) }
    }
}

/// The output and the second tree.
pub(super) struct Twin<'a> {
    pub(super) public: &'a Path,
    pub(super) site: &'a Path,
}

/// What was done to the second tree, and so to the times of files that are in both.
#[derive(Default)]
pub(super) struct Synced {
    /// Whether more was linked than is told below.
    pub(super) all: bool,
    /// Files that were linked.
    pub(super) linked: FxHashSet<Box<str>>,
    /// Folders that were compared.
    visited: FxHashSet<Box<str>>,
}

/// What a build changes: files that wait in `new`, and files that go.
pub(super) struct News<'a> {
    pub(super) new: &'a Path,
    /// In the order in which they are put.
    pub(super) staged: &'a [&'a str],
    pub(super) stale: &'a [&'a str],
}

impl Twin<'_> {
    /// Makes the second tree the same as the output, file by file: the same inodes.
    ///
    /// `is_still` says of a folder that neither of the two has changed since they were the same; all others are
    /// compared, beginning with those of `moved`. `is_ours` says whether files of ours lie in a folder.
    pub(super) fn sync<'f>(
        &self,
        moved: impl Iterator<Item = &'f str>,
        is_still: impl Fn(&str) -> bool,
        is_ours: impl Fn(&str) -> bool + Sync,
    ) -> Result<Synced, Trouble> {
        let mut synced = Synced::default();
        if !fs::symlink_metadata(self.site).is_ok_and(|meta| meta.is_dir()) {
            remove(self.site).map_err(|e| Trouble::at("remove", self.site, &e))?;
            self.make("")?;
            self.link_all("", &is_ours)?;
            synced.all = true;
            return Ok(synced);
        }
        let mut queue: Vec<Box<str>> = moved.map(Into::into).collect();
        // From above: what is missing as a whole is made as a whole.
        queue.sort_unstable_by(|a, b| b.cmp(a));
        queue.push("".into());
        while let Some(folder) = queue.pop() {
            let is_done =
                folders(&folder).any(|above| synced.linked.contains(above)) || synced.linked.contains(&folder);
            if !is_done && synced.visited.insert(folder.clone()) {
                let below = self.compare(&folder, &mut synced, &is_ours)?;
                queue.extend(below.into_iter().filter(|folder| !is_still(folder)));
            }
        }
        Ok(synced)
    }

    /// Makes one folder's entries the same; gives the folders in it that are in both trees.
    fn compare(
        &self,
        folder: &str,
        synced: &mut Synced,
        is_ours: &(impl Fn(&str) -> bool + Sync),
    ) -> Result<Vec<Box<str>>, Trouble> {
        let (here, there) = (self.public.join(folder), self.site.join(folder));
        let Some(meta) = fs::symlink_metadata(&here).ok().filter(fs::Metadata::is_dir) else { return Ok(Vec::new()) };
        adopt(&meta, &there).map_err(|e| Trouble::at("change", &there, &e))?;
        let mut standing: FxHashMap<OsString, (FileType, Option<u64>)> = FxHashMap::default();
        for entry in entries(&there)? {
            standing.insert(entry.file_name(), (kind(&entry)?, inode(&entry)));
        }
        let mut below = Vec::new();
        for entry in entries(&here)? {
            let (kind, to) = (kind(&entry)?, there.join(entry.file_name()));
            let (same_kind, same_inode) = match standing.remove(&entry.file_name()) {
                Some((found, number)) => (found == kind, number.is_some() && number == inode(&entry)),
                None => (false, false),
            };
            if kind.is_dir() {
                let path = path(folder, &entry)?;
                if same_kind {
                    below.push(path);
                    continue;
                }
                if !is_ours(&path) {
                    return Err(Trouble::Unfit);
                }
                remove(&to).map_err(|e| Trouble::at("remove", &to, &e))?;
                self.make(&path)?;
                self.link_all(&path, is_ours)?;
                synced.all = true;
                synced.linked.insert(path);
            } else if !kind.is_file() {
                return Err(Trouble::Unfit);
            } else if !(same_kind && same_inode) {
                remove(&to).map_err(|e| Trouble::at("remove", &to, &e))?;
                link(&entry.path(), &to)?;
                // A file whose name is no text is not ours, and nobody keeps its times.
                if let Ok(path) = path(folder, &entry) {
                    synced.linked.insert(path);
                }
            }
        }
        for name in standing.keys() {
            let left = there.join(name);
            remove(&left).map_err(|e| Trouble::at("remove", &left, &e))?;
        }
        Ok(below)
    }

    /// Links all that is in a folder into the other, which is empty.
    fn link_all(&self, folder: &str, is_ours: &(impl Fn(&str) -> bool + Sync)) -> Result<(), Trouble> {
        let there = self.site.join(folder);
        let mut below = Vec::new();
        for entry in entries(&self.public.join(folder))? {
            let kind = kind(&entry)?;
            if kind.is_file() {
                link(&entry.path(), &there.join(entry.file_name()))?;
            } else if kind.is_dir() {
                let path = path(folder, &entry)?;
                if !is_ours(&path) {
                    return Err(Trouble::Unfit);
                }
                self.make(&path)?;
                below.push(path);
            } else {
                return Err(Trouble::Unfit);
            }
        }
        below.par_iter().try_for_each(|folder| self.link_all(folder, is_ours))
    }

    /// Makes a folder in the second tree as it is in the output.
    fn make(&self, folder: &str) -> Result<(), Trouble> {
        let (here, there) = (self.public.join(folder), self.site.join(folder));
        let made = || adopt(&fs::symlink_metadata(&here)?, &there);
        fs::create_dir(&there).and_then(|()| made()).map_err(|e| Trouble::at("make", &there, &e))
    }
}

impl News<'_> {
    /// Brings a tree to what is next: files that go are removed, those that come are put by `place`.
    ///
    /// Says how many were removed. For a tree in which there is nothing but folders and files of known inodes.
    pub(super) fn bring(&self, root: &Path, place: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<usize, Trouble> {
        let mut removed = 0;
        for path in self.stale {
            let target = root.join(path);
            if !fs::symlink_metadata(&target).is_ok_and(|meta| meta.is_file()) {
                continue;
            }
            fs::remove_file(&target).map_err(|e| Trouble::at("remove", &target, &e))?;
            removed += 1;
            remove_empty(root, &target);
        }
        for path in self.staged {
            let (from, to) = (self.new.join(path), root.join(path));
            let put = place(&from, &to).or_else(|_| {
                make_way(root, path)?;
                place(&from, &to)
            });
            put.map_err(|e| Trouble::at("write", &to, &e))?;
        }
        Ok(removed)
    }
}

/// Puts a file at a second place, in that of another.
pub(super) fn link_over(from: &Path, to: &Path) -> io::Result<()> {
    match fs::remove_file(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => fs::hard_link(from, to),
    }
}

/// Removes the folders above a file that are empty, up to `root`.
pub(super) fn remove_empty(root: &Path, file: &Path) {
    let mut folder = file.parent();
    while let Some(empty) = folder.filter(|folder| *folder != root) {
        if fs::remove_dir(empty).is_err() {
            break;
        }
        folder = empty.parent();
    }
}

/// Makes the folders above a file, where files may be, and removes a folder in its place.
fn make_way(root: &Path, path: &str) -> io::Result<()> {
    for folder in folders(path).map(|folder| root.join(folder)) {
        match fs::symlink_metadata(&folder) {
            Ok(meta) if meta.is_dir() => continue,
            Ok(_) => fs::remove_file(&folder)?,
            Err(_) => {}
        }
        fs::create_dir(&folder)?;
    }
    remove(&root.join(path))
}

fn entries(folder: &Path) -> Result<Vec<DirEntry>, Trouble> {
    fs::read_dir(folder).and_then(Iterator::collect).map_err(|e| Trouble::at("read", folder, &e))
}

fn kind(entry: &DirEntry) -> Result<FileType, Trouble> {
    entry.file_type().map_err(|e| Trouble::at("read", &entry.path(), &e))
}

fn link(from: &Path, to: &Path) -> Result<(), Trouble> {
    fs::hard_link(from, to).map_err(|e| Trouble::at("write", to, &e))
}

/// An entry's path in the output; names that are no text are not ours.
fn path(folder: &str, entry: &DirEntry) -> Result<Box<str>, Trouble> {
    let name = entry.file_name();
    let name = name.to_str().ok_or(Trouble::Unfit)?;
    Ok(if folder.is_empty() { name.into() } else { format!("{folder}/{name}").into() })
}

#[cfg(unix)]
fn inode(entry: &DirEntry) -> Option<u64> {
    use std::os::unix::fs::DirEntryExt;
    Some(entry.ino())
}

#[cfg(not(unix))]
fn inode(_: &DirEntry) -> Option<u64> {
    None
}
