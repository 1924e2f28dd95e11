//! Which files a site is made from.

use super::hash::Hash;
use super::stat::Stat;
use super::tree::Tree;
use super::{fault, why};
use crate::diag::{Diagnostic, Noted, codes};
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;
use walkdir::{DirEntry, WalkDir};

/// A file that was found.
#[derive(Debug)]
pub(super) struct Found {
    /// Path from the site's root with `/`, `content/2031/11/14-calder-tunnel.txt`; unique.
    pub path: Box<str>,
    /// Where it lies.
    pub disk: PathBuf,
    /// As it was when it was found.
    pub stat: Stat,
    /// Of its bytes, as soon as somebody has read them.
    hash: OnceLock<Hash>,
    /// Why it could not be read, where that says nothing of the file.
    failed: OnceLock<Box<str>>,
}

impl Found {
    /// A file whose bytes nobody has read.
    pub(super) fn new(path: Box<str>, disk: PathBuf, stat: Stat) -> Self {
        Self { path, disk, stat, hash: OnceLock::new(), failed: OnceLock::new() }
    }

    /// The hash of its bytes, where they are known.
    pub(super) fn hash(&self) -> Option<Hash> {
        self.hash.get().copied()
    }

    /// Takes down the hash of its bytes. The first stays: what is read later may be newer than [`Found::stat`].
    pub(super) fn learn(&self, hash: Hash) {
        let _ = self.hash.set(hash);
    }

    /// Takes down why it could not be read, where it was the machine that failed: a site without the file would be
    /// another than the one that is meant.
    pub(super) fn fail(&self, error: &io::Error) {
        if is_of_the_machine(error) {
            let _ = self.failed.set(why(error).into());
        }
    }

    /// What is to be said where the machine failed.
    pub(super) fn failure(&self) -> Option<Diagnostic> {
        let reason = self.failed.get()?;
        let message = format!("this file cannot be read: {reason}");
        Some(Diagnostic::new(codes::FILE_UNREADABLE, &self.path, message).note(STOPS).help(AGAIN))
    }
}

/// Said of files that a failing machine could not read.
const STOPS: &str = "nothing was published: a site without it would be another";
const AGAIN: &str = "build again when the machine has recovered";

/// Whether something was noted without which the site would be another than the one that is meant.
pub(super) fn is_stopped(noted: &[Diagnostic]) -> bool {
    noted.iter().any(|noted| noted.note.as_deref() == Some(STOPS))
}

/// Whether a failure says nothing of the file: a disk that fails, no room for another open file, no memory.
fn is_of_the_machine(error: &io::Error) -> bool {
    use io::ErrorKind::{
        FileTooLarge, InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound, PermissionDenied,
        Unsupported,
    };
    let of_the_file = [
        FileTooLarge,
        InvalidFilename,
        InvalidInput,
        IsADirectory,
        NotADirectory,
        NotFound,
        PermissionDenied,
        Unsupported,
    ];
    !of_the_file.contains(&error.kind())
}

/// Lists the plain files below `root/folder`, sorted by path; none where there is no such folder.
///
/// Names that begin with a dot are passed over; in `static/`, of which everything else is published, that is noted. Links
/// are not followed, and what is neither file nor
/// folder is not opened: both are noted, for nothing may be left out in silence.
pub(super) fn files(root: &Path, folder: &str) -> Noted<Vec<Found>> {
    let mut found = Noted::<Vec<Found>>::default();
    let start = root.join(folder);
    match obstacle(root, folder.as_ref()) {
        None => {}
        Some(Obstacle::Nothing) => return found,
        Some(Obstacle::Link(path)) => {
            let link = unread(root, &path, "this folder is a link, and links are not followed");
            found.diagnostics.push(link.help("put the folder itself here"));
            return found;
        }
        Some(Obstacle::Machine(error)) => {
            let message = format!("this folder cannot be read: {}", why(&error));
            found.diagnostics.push(unread(root, &start, message).note(STOPS).help(AGAIN));
            return found;
        }
        Some(Obstacle::NoFolder) => {
            found.diagnostics.push(unread(root, &start, "this is no folder, and wants to be one"));
            return found;
        }
    }
    let mut hidden = Vec::new();
    let walk = WalkDir::new(&start).min_depth(1).into_iter().filter_entry(|entry| {
        if is_hidden(entry) {
            hidden.push(entry.path().to_path_buf());
        }
        !is_hidden(entry)
    });
    let entries: Vec<_> = walk.collect();
    if folder == "static" {
        hidden.retain(|path| !is_litter(path));
        hidden.sort_unstable();
        found.diagnostics.extend(hidden.iter().map(|path| unpublished(root, path)));
    }
    let tree = Tree::open(root).ok();
    let looked = entries.into_par_iter().filter_map(|entry| match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => Some(look(root, tree.as_ref(), &entry)),
        Err(error) => {
            let path = error.path().unwrap_or(&start);
            let reason = error.io_error().map_or_else(|| "it leads back to itself".to_owned(), why);
            let message = format!("this cannot be read: {reason}");
            if error.io_error().is_some_and(is_of_the_machine) {
                return Some(Err(unread(root, path, message).note(STOPS).help(AGAIN)));
            }
            if folder == "static" {
                // Style sheets and the like would be gone from every page, as they would where one of them cannot be read.
                return Some(Err(unread(root, path, message).note(STOPS).help("let it be read, or take it away")));
            }
            Some(Err(unread(root, path, message)))
        }
    });
    for file in looked.collect::<Vec<_>>() {
        match file {
            Ok(file) => found.value.push(file),
            Err(diagnostic) => found.diagnostics.push(diagnostic),
        }
    }
    found.value.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// What stands in the way to a folder of the site.
pub(super) enum Obstacle {
    /// There is no such folder.
    Nothing,
    /// It is a link, or lies behind one, which may lead out of the site.
    Link(PathBuf),
    /// It is something else.
    NoFolder,
    /// The machine fails just now: it may be there.
    Machine(io::Error),
}

/// Looks at each step of the way from the root to a folder; none where nothing stands in it.
pub(super) fn obstacle(root: &Path, folder: &Path) -> Option<Obstacle> {
    let mut path = root.to_path_buf();
    let steps: Vec<Component<'_>> = folder.components().collect();
    for (i, step) in steps.iter().enumerate() {
        path.push(step);
        match fs::symlink_metadata(&path) {
            Ok(meta) if meta.is_symlink() => return Some(Obstacle::Link(path)),
            Ok(meta) if !meta.is_dir() => {
                return Some(if i + 1 == steps.len() { Obstacle::NoFolder } else { Obstacle::Nothing });
            }
            Ok(_) => {}
            Err(error) if is_of_the_machine(&error) => return Some(Obstacle::Machine(error)),
            Err(_) => return Some(Obstacle::Nothing),
        }
    }
    None
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// What is not meant to be published, by how its name begins: left by desktops, editors, version control.
const LITTER: &[&str] = &[
    ".#",
    "._",
    ".~",
    ".directory",
    ".DS_Store",
    ".editorconfig",
    ".fseventsd",
    ".git",
    ".goutputstream-",
    ".hg",
    ".idea",
    ".keep",
    ".localized",
    ".nfs",
    ".placeholder",
    ".Spotlight-",
    ".svn",
    ".Trash",
    ".vscode",
];

/// How names of files end that an editor has open, or has left.
const LEFT: &[&str] = &[".bak", ".swo", ".swp", ".swx", ".tmp", "~"];

/// Whether nobody would look for a file of that name in the published site.
fn is_litter(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    LITTER.iter().any(|litter| name.starts_with(litter)) || LEFT.iter().any(|left| name.ends_with(left))
}

/// Says of a file or folder in `static/` that its name keeps it from being published.
fn unpublished(root: &Path, path: &Path) -> Diagnostic {
    let below = path.strip_prefix(root).unwrap_or(path);
    fault(codes::FILE_PASSED_OVER, below, "names that begin with a dot are passed over")
        .note("it is not published")
        .help("copy it into the output folder after the build, where it stays, or set `host` if it is for a host")
}

fn look(root: &Path, tree: Option<&Tree>, entry: &DirEntry) -> Result<Found, Diagnostic> {
    let path = entry.path();
    if entry.path_is_symlink() {
        return Err(unread(root, path, "this is a link, and links are not followed").help("put the file itself here"));
    }
    if !entry.file_type().is_file() {
        return Err(unread(root, path, "this is neither a file nor a folder"));
    }
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    let Some(parts) = parts else {
        return Err(unread(root, path, "this file's name is not Unicode").help("rename the file"));
    };
    let name = parts.join("/");
    let stat = match tree {
        Some(tree) => tree.look(&name).map(|seen| seen.stat),
        None => Stat::of(path),
    };
    let stat = stat.map_err(|error| unread(root, path, format!("this cannot be read: {}", why(&error))))?;
    Ok(Found::new(name.into(), path.to_path_buf(), stat))
}

fn unread(root: &Path, path: &Path, message: impl Into<String>) -> Diagnostic {
    fault(codes::FILE_UNREADABLE, path.strip_prefix(root).unwrap_or(path), message).note("left out")
}
