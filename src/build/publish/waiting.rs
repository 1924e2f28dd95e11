//! Where new files wait until they are published.

use super::clash::is_in_the_way;
use super::{News, manifest, parent, unwritable};
use crate::diag::Diagnostic;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// Folders among which files are dealt out, so that threads need not wait for one another.
const FOLDERS: u32 = 16;

/// The folder of new files.
///
/// What becomes the output as a whole lies there as it will in the output. Other files only pass through: they have
/// numbers, and none of the site's folders is made for them.
pub(super) struct Waiting {
    folder: PathBuf,
    is_whole: bool,
    /// Files that were given a number.
    given: AtomicU32,
    /// Folders known to be there.
    known: Mutex<FxHashSet<Box<str>>>,
}

/// The number of a file that waits; 0 where it waits under its own path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place(u32);

impl Place {
    /// Of a file that could not be put anywhere, and will not be published.
    pub(super) const NONE: Self = Self(0);
}

/// A new file and where it waits.
#[derive(Clone, Copy)]
pub(super) struct Staged<'a> {
    pub(super) path: &'a str,
    pub(super) place: Place,
}

impl Waiting {
    /// `is_whole` is whether the folder is to become the output.
    pub(super) fn new(folder: PathBuf, is_whole: bool) -> Self {
        Self { folder, is_whole, given: AtomicU32::new(0), known: Mutex::default() }
    }

    /// Where it is.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the manifest waits.
    pub(super) fn manifest(&self) -> PathBuf {
        self.folder.join(manifest::NAME)
    }

    /// Where a file waits.
    pub(super) fn of(&self, staged: Staged<'_>) -> PathBuf {
        self.folder.join(&*Self::inner(staged.path, staged.place))
    }

    /// A place for a new file; the folder is made.
    ///
    /// Errors with whether a file is in the way of the folder.
    pub(super) fn room(&self, path: &str) -> Result<(PathBuf, Place), (Diagnostic, bool)> {
        let place = Place(if self.is_whole { 0 } else { self.given.fetch_add(1, Ordering::Relaxed) + 1 });
        let inner = Self::inner(path, place);
        self.folder_of(parent(&inner))?;
        Ok((self.folder.join(&*inner), place))
    }

    /// Makes a folder, and those above it.
    pub(super) fn make(&self, inner: &str) -> Result<(), Diagnostic> {
        self.folder_of(inner).map_err(|(why, _)| why)
    }

    fn folder_of(&self, inner: &str) -> Result<(), (Diagnostic, bool)> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.contains(inner) {
            let folder = self.folder.join(inner);
            fs::create_dir_all(&folder).map_err(|e| (unwritable("make", &folder, &e), is_in_the_way(&e)))?;
            known.insert(inner.into());
        }
        Ok(())
    }

    fn inner(path: &str, place: Place) -> Cow<'_, str> {
        match place {
            Place(0) => Cow::Borrowed(path),
            Place(number) => Cow::Owned(format!("{:02}/{number}", number % FOLDERS)),
        }
    }
}

impl News<'_> {
    /// Every path at which something comes or goes.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.staged.iter().map(|staged| staged.path).chain(self.stale.iter().copied())
    }
}
