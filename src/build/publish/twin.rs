//! A second tree of the whole site beside the output, with the same files: hard links, no second copy.
//!
//! A build brings it to what is next, exchanges it with the output in one step, and does the same to what was the
//! output until then. So two trees of the same files stand when it is done, and the next build has to link and remove
//! what has changed, not everything.

use super::exchange::{adopt, is_unfit};
use super::pair::Pair;
use super::strays::Shared;
use super::waiting::{Staged, Waiting};
use super::{folders, unwritable};
use crate::diag::Diagnostic;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ffi::OsString;
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    pub(super) ours: &'a Ours<'a>,
    /// Files of others that are in both.
    shared: Mutex<Shared>,
    /// What was brought from the second tree to the output: folder, name, number in the file system.
    carried: Mutex<Vec<(PathBuf, OsString, Option<u64>)>>,
}

/// Whose something is, by its path.
pub(super) struct Ours<'a> {
    /// Whether the output's manifest names a file, or it is the manifest.
    pub(super) file: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether files of ours lie in a folder of the output.
    pub(super) folder: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether the manifest names it that the second tree had to begin with.
    pub(super) there: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether a file that it names may come to lie in a folder: a build makes folders before files, and may be stopped
    /// between the two.
    pub(super) folder_there: &'a (dyn Fn(&str) -> bool + Sync),
}

/// What was done to the second tree, and so to the times of files that are in both.
#[derive(Default)]
pub(super) struct Synced {
    /// Whether more was linked than is told below.
    pub(super) all: bool,
    /// Files that were linked.
    pub(super) linked: FxHashSet<Box<str>>,
    /// Folders that were compared.
    pub(super) visited: FxHashSet<Box<str>>,
    /// Of these, those that were the same.
    pub(super) pairs: Vec<(Box<str>, Pair)>,
}

/// What a build changes: files that wait in `new`, and files that go.
pub(super) struct News<'a> {
    pub(super) new: &'a Waiting,
    /// In the order in which they are put.
    pub(super) staged: &'a [Staged<'a>],
    pub(super) stale: &'a [&'a str],
}

impl<'a> Twin<'a> {
    /// The two trees; `shared` are the files of others that were in both when they were last the same.
    pub(super) fn new(public: &'a Path, site: &'a Path, ours: &'a Ours<'a>, shared: Shared) -> Self {
        Self { public, site, ours, shared: Mutex::new(shared), carried: Mutex::default() }
    }

    /// Files of others that are in both.
    pub(super) fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was brought to the output.
    pub(super) fn carried(&self) -> MutexGuard<'_, Vec<(PathBuf, OsString, Option<u64>)>> {
        self.carried.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the second tree the same as the output, file by file: the same inodes.
    ///
    /// `is_still` says of a folder that neither of the two has changed since they were the same; all others are
    /// compared, beginning with those of `moved`.
    pub(super) fn sync<'f>(
        &self,
        moved: impl Iterator<Item = &'f str>,
        is_still: impl Fn(&str) -> bool,
    ) -> Result<Synced, Trouble> {
        let mut synced = Synced::default();
        if !fs::symlink_metadata(self.site).is_ok_and(|meta| meta.is_dir()) {
            self.dissolve();
            self.make("")?;
            self.link_all("")?;
            synced.all = true;
            return Ok(synced);
        }
        let mut next: Vec<Box<str>> = moved.map(Into::into).chain(["".into()]).collect();
        while !next.is_empty() {
            // From above: what is missing as a whole is made as a whole.
            next.sort_unstable();
            next.retain(|folder| synced.visited.insert(folder.clone()));
            let pairs: Vec<_> = next.par_iter().map(|folder| self.pair(folder)).collect();
            let mut below = Vec::new();
            for (folder, pair) in next.drain(..).zip(pairs) {
                let is_done =
                    folders(&folder).any(|above| synced.linked.contains(above)) || synced.linked.contains(&folder);
                match pair {
                    _ if is_done => {}
                    Some(mut pair) => {
                        self.share(&folder, &pair);
                        below.append(&mut pair.below);
                        synced.pairs.push((folder, pair));
                    }
                    None => below.extend(self.compare(&folder, &mut synced)?),
                }
            }
            next = below;
            next.retain(|folder| !is_still(folder));
        }
        Ok(synced)
    }

    /// A folder that is the same in both trees.
    pub(super) fn pair(&self, folder: &str) -> Option<Pair> {
        Pair::of(self.public, self.site, folder, self.ours.file)
    }

    /// Takes down what is not ours in a folder that is the same in both trees.
    pub(super) fn share(&self, folder: &str, pair: &Pair) {
        self.shared().set(folder.as_ref(), pair.theirs.iter().cloned().collect());
    }

    /// Makes one folder's entries the same; gives the folders in it that are in both trees.
    pub(super) fn compare(&self, folder: &str, synced: &mut Synced) -> Result<Vec<Box<str>>, Trouble> {
        let (here, there) = (self.public.join(folder), self.site.join(folder));
        let Some(meta) = fs::symlink_metadata(&here).ok().filter(fs::Metadata::is_dir) else { return Ok(Vec::new()) };
        adopt(&meta, &there).map_err(|e| Trouble::at("change", &there, &e))?;
        let mut standing: FxHashMap<OsString, (FileType, Option<u64>)> = FxHashMap::default();
        for entry in entries(&there)? {
            standing.insert(entry.file_name(), (kind(&entry)?, inode(&entry)));
        }
        let (mut below, mut theirs) = (Vec::new(), FxHashMap::default());
        for entry in entries(&here)? {
            let (kind, name) = (kind(&entry)?, entry.file_name());
            let (inner, to) = (Path::new(folder).join(&name), there.join(&name));
            let found = standing.remove(&name);
            let is_same_kind = found.is_some_and(|(found, _)| found == kind);
            if kind.is_dir() {
                let path = path(folder, &entry)?;
                if is_same_kind {
                    below.push(path);
                    continue;
                }
                if !(self.ours.folder)(&path) {
                    return Err(Trouble::Unfit);
                }
                self.settle(&inner)?;
                self.make(&path)?;
                self.link_all(&path)?;
                synced.all = true;
                synced.linked.insert(path);
            } else if !kind.is_file() {
                return Err(Trouble::Unfit);
            } else {
                self.note(folder, &entry, &mut theirs);
                if !(is_same_kind && found.is_some_and(|(_, found)| found.is_some() && found == inode(&entry))) {
                    self.settle(&inner)?;
                    link(&entry.path(), &to)?;
                    // A file whose name is no text is not ours, and nobody keeps its times.
                    if let Ok(path) = path(folder, &entry) {
                        synced.linked.insert(path);
                    }
                }
            }
        }
        for name in standing.keys() {
            self.settle(&Path::new(folder).join(name))?;
        }
        let carried = self.carried();
        let just_now = carried.iter().filter(|(into, ..)| into == Path::new(folder));
        theirs.extend(just_now.filter_map(|(_, name, number)| Some((name.clone(), (*number)?))));
        self.shared().set(folder.as_ref(), theirs);
        Ok(below)
    }

    /// Links all that is in a folder into the other, which is empty.
    fn link_all(&self, folder: &str) -> Result<(), Trouble> {
        let there = self.site.join(folder);
        let (mut below, mut theirs) = (Vec::new(), FxHashMap::default());
        for entry in entries(&self.public.join(folder))? {
            let kind = kind(&entry)?;
            if kind.is_file() {
                self.note(folder, &entry, &mut theirs);
                link(&entry.path(), &there.join(entry.file_name()))?;
            } else if kind.is_dir() {
                let path = path(folder, &entry)?;
                if !(self.ours.folder)(&path) {
                    return Err(Trouble::Unfit);
                }
                self.make(&path)?;
                below.push(path);
            } else {
                return Err(Trouble::Unfit);
            }
        }
        self.shared().set(folder.as_ref(), theirs);
        below.par_iter().try_for_each(|folder| self.link_all(folder))
    }

    /// Takes down a file that is not ours.
    fn note(&self, folder: &str, entry: &DirEntry, theirs: &mut FxHashMap<OsString, u64>) {
        if !path(folder, entry).is_ok_and(|path| (self.ours.file)(&path)) {
            theirs.extend(inode(entry).map(|number| (entry.file_name(), number)));
        }
    }

    /// Makes a folder in the second tree as it is in the output.
    fn make(&self, folder: &str) -> Result<(), Trouble> {
        let (here, there) = (self.public.join(folder), self.site.join(folder));
        let made = || adopt(&fs::symlink_metadata(&here)?, &there);
        fs::create_dir(&there).and_then(|()| made()).map_err(|e| Trouble::at("make", &there, &e))
    }
}

impl Twin<'_> {
    /// Brings the second tree to what is next: files that go are removed, those that come are put by `place`, which is
    /// told whether it may take the place of another file.
    ///
    /// Says how many were removed. What others put there in the meantime goes to the output.
    pub(super) fn bring(
        &self,
        news: &News<'_>,
        place: impl Fn(&Path, &Path, bool) -> io::Result<()>,
    ) -> Result<usize, Trouble> {
        let mut removed = 0;
        for path in news.stale {
            let target = self.site.join(path);
            if !fs::symlink_metadata(&target).is_ok_and(|meta| meta.is_file()) {
                continue;
            }
            fs::remove_file(&target).map_err(|e| Trouble::at("remove", &target, &e))?;
            removed += 1;
            remove_empty(self.site, &target);
        }
        for staged in news.staged {
            let path = staged.path;
            let (from, to) = (news.new.of(*staged), self.site.join(path));
            let is_ours = (self.ours.file)(path);
            if place(&from, &to, is_ours).is_err() {
                self.make_way(path)?;
                place(&from, &to, is_ours).map_err(|e| Trouble::at("write", &to, &e))?;
            }
        }
        Ok(removed)
    }

    /// Makes the folders above a file, where files may be, and clears its place.
    fn make_way(&self, path: &str) -> Result<(), Trouble> {
        for inner in folders(path) {
            let folder = self.site.join(inner);
            if fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir()) {
                continue;
            }
            self.clear(inner.as_ref())?;
            fs::create_dir(&folder).map_err(|e| Trouble::at("make", &folder, &e))?;
        }
        self.clear(path.as_ref())
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

pub(super) fn entries(folder: &Path) -> Result<Vec<DirEntry>, Trouble> {
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
pub(super) fn inode(entry: &DirEntry) -> Option<u64> {
    use std::os::unix::fs::DirEntryExt;
    Some(entry.ino())
}

#[cfg(not(unix))]
pub(super) fn inode(_: &DirEntry) -> Option<u64> {
    None
}
