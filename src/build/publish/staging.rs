//! The folder beside the output in which a site is put together.

use super::{at_work, fault, unwritable};
use crate::build::lock;
use crate::diag::{Diagnostic, codes};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Marks a staging folder as ours, so that no other is ever emptied; it is locked while a build is at work.
const MARK: &str = ".onrecord-staging";
/// The second tree, which is kept from build to build.
const TWIN: &str = "site";
/// Which files in both trees are not ours.
const SHARED: &str = "theirs";
/// What could not be put back into its place, which is kept until a site stands whole.
const OLD: &str = "old";

/// A staging folder, ours alone while this is held.
///
/// The lock goes with the process, however that ends.
pub(super) struct Staging {
    folder: PathBuf,
    lock: Option<File>,
}

impl Staging {
    /// Opens the folder beside an output folder and clears what a stopped build left in it.
    ///
    /// Errors with `output-refused` where another build is at work, or where the folder is somebody else's.
    pub(super) fn open(output: &Path, named: &Path) -> Result<Self, Diagnostic> {
        let folder = beside(output);
        let lock = hold(&folder, named)?;
        let staging = Self { folder, lock: Some(lock) };
        staging.clear().map_err(|e| unwritable("clear", &staging.folder, &e))?;
        Ok(staging)
    }

    /// Where new files wait.
    pub(super) fn incoming(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// Where files go that may have to come back.
    pub(super) fn old(&self) -> PathBuf {
        self.folder.join(OLD)
    }

    /// The second tree.
    pub(super) fn twin(&self) -> PathBuf {
        self.folder.join(TWIN)
    }

    /// Where it is taken down which files in both trees are not ours.
    pub(super) fn shared(&self) -> PathBuf {
        self.folder.join(SHARED)
    }

    /// A file that is written to learn the file system's time.
    pub(super) fn clock(&self) -> PathBuf {
        self.folder.join("clock")
    }

    /// For what is tried out.
    pub(super) fn room(&self) -> &Path {
        &self.folder
    }

    /// Removes all but the mark, the second tree, and what may have to come back.
    fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if ![MARK, TWIN, SHARED, OLD].iter().any(|kept| name == *kept) {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }
}

impl Drop for Staging {
    /// Leaves the second tree, where there is one, what could not be brought back, and else nothing.
    fn drop(&mut self) {
        let _ = self.clear();
        if !self.twin().exists() && !self.old().exists() {
            let _ = fs::remove_file(self.shared());
            if cfg!(windows) {
                // What is open cannot be removed there.
                self.lock = None;
            }
            let _ = fs::remove_file(self.folder.join(MARK));
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Removes a file, a link, or a folder with all that is in it; what is not there is no error.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = match fs::symlink_metadata(path) {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// `public` gets `public.staging`.
fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".staging");
    folder.with_file_name(name)
}

/// Makes the folder and locks its mark.
fn hold(folder: &Path, named: &Path) -> Result<File, Diagnostic> {
    let mark = folder.join(MARK);
    loop {
        refuse_foreign(folder)?;
        fs::create_dir_all(folder).map_err(|e| unwritable("make", folder, &e))?;
        match lock::take(&mark) {
            Ok(taken) => return taken.ok_or_else(|| at_work(named)),
            // A build that ended just now has taken the folder with it.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !folder.exists() => {}
            Err(error) => return Err(unwritable("write", &mark, &error)),
        }
    }
}

/// Refuses a folder that is not empty and has no mark.
fn refuse_foreign(folder: &Path) -> Result<(), Diagnostic> {
    let Ok(meta) = fs::symlink_metadata(folder) else { return Ok(()) };
    let empty = || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    let marked = || fs::symlink_metadata(folder.join(MARK)).is_ok_and(|mark| mark.is_file());
    if meta.is_dir() && (marked() || empty()) {
        return Ok(());
    }
    Err(fault(
        codes::OUTPUT_REFUSED,
        folder,
        "the site is put together in this place, and something that is not ours is there",
    )
    .note("nothing was changed")
    .help("move it away, or choose another folder with `--out`"))
}
