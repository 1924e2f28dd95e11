//! Publishing file by file, where two folders cannot be exchanged.
//!
//! What is replaced or removed is kept until all is done, so that a failure half way is taken back.

use super::exchange::{adopt, rename_new};
use super::staging::remove;
use super::twin::{News, remove_empty};
use super::{folders, relative, unwritable};
use crate::diag::Diagnostic;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Moves files into a folder, and back if need be.
pub(super) struct Moves<'a> {
    /// The output folder.
    root: &'a Path,
    /// Whether a path is one that an earlier build gave, and so may be given to another file.
    owns: &'a (dyn Fn(&str) -> bool + 'a),
    /// Where files are kept that may have to come back.
    old: PathBuf,
    done: Vec<Step>,
    /// Files that went.
    taken: usize,
}

/// What was done, so that it can be undone.
enum Step {
    /// What stood in the first place is in the second.
    Kept(PathBuf, PathBuf),
    /// A file has come where there was none.
    Came(PathBuf),
    /// A folder was made.
    Made(PathBuf),
    /// An empty folder was removed.
    Emptied(PathBuf, Metadata),
}

impl<'a> Moves<'a> {
    /// `old` is where files are kept, which must be on the file system of `root`.
    pub(super) fn new(root: &'a Path, old: &Path, owns: &'a (dyn Fn(&str) -> bool + 'a)) -> Self {
        // What a build that was stopped has kept stays there for as long.
        let free = (0..usize::MAX).map(|n| old.join(n.to_string())).find(|place| fs::symlink_metadata(place).is_err());
        Self { root, owns, old: free.unwrap_or_else(|| old.to_owned()), done: Vec::new(), taken: 0 }
    }

    /// Puts every new file into place, then removes those that go; says how many were removed.
    pub(super) fn bring(&mut self, news: &News<'_>) -> Result<usize, Diagnostic> {
        for staged in news.staged {
            self.put(staged.path, &news.new.of(*staged))?;
        }
        for path in news.stale {
            let place = self.root.join(path);
            // With no link on the way, behind which it would not be ours.
            let is_within = folders(path).all(|folder| is(&self.root.join(folder), Metadata::is_dir));
            if is_within && is(&place, Metadata::is_file) {
                self.take(&place).map_err(|e| unwritable("remove", &place, &e))?;
            }
        }
        Ok(self.taken)
    }

    /// Puts one file into place.
    pub(super) fn put(&mut self, path: &str, from: &Path) -> Result<(), Diagnostic> {
        let to = self.root.join(path);
        self.replace(path, from, &to).map_err(|e| unwritable("write", &to, &e))
    }

    /// All is done, and stays: folders that were left empty go.
    pub(super) fn finish(self, stale: &[&str]) {
        self.let_go();
        for path in stale {
            remove_empty(self.root, &self.root.join(path));
        }
    }

    /// Takes everything back; says whether all is as it was.
    pub(super) fn undo(mut self) -> bool {
        let mut all = true;
        for step in std::mem::take(&mut self.done).into_iter().rev() {
            let undone = match step {
                Step::Kept(place, old) => fs::rename(old, place),
                Step::Came(place) => fs::remove_file(place),
                Step::Made(folder) => fs::remove_dir(folder),
                Step::Emptied(folder, meta) => fs::create_dir(&folder).and_then(|()| adopt(&meta, &folder)),
            };
            all &= undone.is_ok();
        }
        // What could not be brought back is not thrown away.
        if all {
            self.let_go();
        }
        all
    }

    fn replace(&mut self, path: &str, from: &Path, to: &Path) -> io::Result<()> {
        match fs::symlink_metadata(to) {
            Ok(meta) if meta.is_file() && (self.owns)(path) => {
                // There must be no moment without the file: it gets a second name before it loses its own.
                let old = self.room()?;
                fs::hard_link(to, &old).or_else(|_| fs::copy(to, &old).map(drop))?;
                self.shift(from, to, |from, to| fs::rename(from, to))?;
                self.done.push(Step::Kept(to.to_path_buf(), old));
                return Ok(());
            }
            Ok(meta) if meta.is_dir() => self.clear(to)?,
            Ok(_) => {}
            Err(_) => self.make_way(path)?,
        }
        // What has come there meanwhile is not ours.
        self.shift(from, to, rename_new)?;
        self.done.push(Step::Came(to.to_path_buf()));
        Ok(())
    }

    /// Moves a new file into place; where a mount lies between, a copy of it.
    fn shift(&self, from: &Path, to: &Path, rename: fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
        match rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
                let copy = self.room()?.with_extension("new");
                fs::copy(from, &copy)?;
                rename(&copy, to)
            }
            done => done,
        }
    }

    /// Moves a file of ours away.
    fn take(&mut self, place: &Path) -> io::Result<()> {
        if !(self.owns)(&relative(place, self.root)) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let old = self.room()?;
        fs::rename(place, &old)?;
        self.taken += 1;
        self.done.push(Step::Kept(place.to_path_buf(), old));
        Ok(())
    }

    /// Takes away a folder in which there is nothing but files of ours.
    fn clear(&mut self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { self.clear(&entry.path())? } else { self.take(&entry.path())? }
        }
        let meta = fs::symlink_metadata(folder)?;
        fs::remove_dir(folder)?;
        self.done.push(Step::Emptied(folder.to_path_buf(), meta));
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

    /// Nothing that is kept is needed any more.
    fn let_go(&self) {
        let _ = remove(&self.old);
        let _ = self.old.parent().map(fs::remove_dir);
    }

    /// A place for something that is kept.
    fn room(&self) -> io::Result<PathBuf> {
        fs::create_dir_all(&self.old)?;
        Ok(self.old.join(self.done.len().to_string()))
    }
}

fn is(path: &Path, kind: fn(&Metadata) -> bool) -> bool {
    fs::symlink_metadata(path).is_ok_and(|meta| kind(&meta))
}
