//! Publishing file by file, where two folders cannot be exchanged.
//!
//! What is replaced or removed is kept until all is done, so that a failure half way is taken back.

use super::staging::remove;
use super::twin::{News, remove_empty};
use super::{folders, unwritable};
use crate::diag::Diagnostic;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Moves files into a folder, and back if need be.
pub(super) struct Moves<'a> {
    /// The output folder.
    root: &'a Path,
    /// Where files are kept that may have to come back.
    old: PathBuf,
    done: Vec<Step>,
}

/// What was done, so that it can be undone.
enum Step {
    /// What stood in the first place is in the second.
    Kept(PathBuf, PathBuf),
    /// A file has come where there was none.
    Came(PathBuf),
    /// A folder was made.
    Made(PathBuf),
}

impl<'a> Moves<'a> {
    /// `old` is where files are kept, which must be on the file system of `root`.
    pub(super) fn new(root: &'a Path, old: PathBuf) -> Self {
        Self { root, old, done: Vec::new() }
    }

    /// Puts every new file into place, then removes those that go; says how many were removed.
    ///
    /// `is_file` says of a path whether a plain file stands there, with no link on the way.
    pub(super) fn bring(&mut self, news: &News<'_>, is_file: impl Fn(&str) -> bool) -> Result<usize, Diagnostic> {
        for path in news.staged {
            self.put(path, &news.new.join(path))?;
        }
        let mut removed = 0;
        for path in news.stale.iter().filter(|path| is_file(path)) {
            let place = self.root.join(path);
            self.take(&place).map_err(|e| unwritable("remove", &place, &e))?;
            removed += 1;
        }
        Ok(removed)
    }

    /// Puts one file into place.
    pub(super) fn put(&mut self, path: &str, from: &Path) -> Result<(), Diagnostic> {
        let to = self.root.join(path);
        self.replace(path, from, &to).map_err(|e| unwritable("write", &to, &e))
    }

    /// All is done, and stays: folders that were left empty go.
    pub(super) fn finish(self, stale: &[&str]) {
        let _ = remove(&self.old);
        for path in stale {
            remove_empty(self.root, &self.root.join(path));
        }
    }

    /// Takes everything back; says whether all is as it was.
    pub(super) fn undo(self) -> bool {
        let mut all = true;
        for step in self.done.into_iter().rev() {
            let undone = match step {
                Step::Kept(place, old) => fs::rename(old, place),
                Step::Came(place) => fs::remove_file(place),
                Step::Made(folder) => fs::remove_dir(folder),
            };
            all &= undone.is_ok();
        }
        // What could not be brought back is not thrown away.
        if all {
            let _ = remove(&self.old);
        }
        all
    }

    fn replace(&mut self, path: &str, from: &Path, to: &Path) -> io::Result<()> {
        match fs::symlink_metadata(to) {
            Ok(meta) if meta.is_file() => {
                // There must be no moment without the file: it gets a second name before it loses its own.
                let old = self.room()?;
                fs::hard_link(to, &old).or_else(|_| fs::copy(to, &old).map(drop))?;
                self.shift(from, to)?;
                self.done.push(Step::Kept(to.to_path_buf(), old));
                return Ok(());
            }
            Ok(_) => self.take(to)?,
            Err(_) => self.make_way(path)?,
        }
        self.shift(from, to)?;
        self.done.push(Step::Came(to.to_path_buf()));
        Ok(())
    }

    /// Moves a new file into place; where a mount lies between, a copy of it.
    fn shift(&self, from: &Path, to: &Path) -> io::Result<()> {
        match fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let copy = self.room()?.with_extension("new");
                fs::copy(from, &copy)?;
                fs::rename(copy, to)
            }
            done => done,
        }
    }

    /// Moves away what stands in a place.
    fn take(&mut self, place: &Path) -> io::Result<()> {
        let old = self.room()?;
        fs::rename(place, &old)?;
        self.done.push(Step::Kept(place.to_path_buf(), old));
        Ok(())
    }

    /// Makes the folders above a file; a file of ours may stand where one must be.
    fn make_way(&mut self, path: &str) -> io::Result<()> {
        for place in folders(path).map(|folder| self.root.join(folder)) {
            match fs::symlink_metadata(&place) {
                Ok(meta) if meta.is_dir() => continue,
                Ok(_) => self.take(&place)?,
                Err(_) => {}
            }
            fs::create_dir(&place)?;
            self.done.push(Step::Made(place));
        }
        Ok(())
    }

    /// A place for something that is kept.
    fn room(&self) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.old)?;
        Ok(self.old.join(self.done.len().to_string()))
    }
}
