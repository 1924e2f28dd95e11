//! Waiting until the disk holds what was written, before the published site depends on it.
//!
//! Without it a machine that loses power may come back with names of files whose bytes were never written.

#[cfg(not(any(target_os = "linux", target_os = "android")))]
use super::manifest;
use super::unwritable;
use super::waiting::Staged;
use crate::diag::Diagnostic;
use std::io;
use std::path::{Path, PathBuf};

/// Where a new file is.
type Place<'a> = &'a (dyn Fn(&Staged<'_>) -> PathBuf + Sync);

/// Waits until the disk holds all that was written into a folder: its manifest, and the new files `staged`, each in its
/// `place`.
///
/// Errors where the disk says that it does not.
pub(super) fn wait(folder: &Path, staged: &[Staged<'_>], place: Place<'_>) -> Result<(), Diagnostic> {
    match flush(folder, staged, place) {
        // A file system without a disk, or one that has no such means.
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => Ok(()),
        done => done.map_err(|e| unwritable("write", folder, &e)),
    }
}

/// One call for the whole file system, whatever the number of files: waiting for each by itself would write the
/// journal as often as there are files.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn flush(folder: &Path, _staged: &[Staged<'_>], _place: Place<'_>) -> io::Result<()> {
    Ok(rustix::fs::syncfs(std::fs::File::open(folder)?)?)
}

/// Each file is handed to the disk, and the manifest at last waited for until the disk has written it (`F_FULLFSYNC` on
/// macOS), and with it what was handed over before.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
fn flush(folder: &Path, staged: &[Staged<'_>], place: Place<'_>) -> io::Result<()> {
    use rayon::prelude::*;
    let open = |path: PathBuf| std::fs::File::open(path);
    staged.par_iter().try_for_each(|staged| open(place(staged)).and_then(|file| Ok(rustix::fs::fsync(file)?)))?;
    open(folder.join(manifest::NAME))?.sync_all()
}

/// Nothing is waited for but the manifest.
#[cfg(not(unix))]
fn flush(folder: &Path, _staged: &[Staged<'_>], _place: Place<'_>) -> io::Result<()> {
    std::fs::File::options().write(true).open(folder.join(manifest::NAME))?.sync_all()
}
