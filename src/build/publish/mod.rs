//! Puts the finished files into the output folder so that nobody's work is lost on the way.
//!
//! New bytes are first written into a folder beside the output; only when every file of the site is
//! there is the first of them renamed into place. A manifest in the output folder lists what is ours,
//! and nothing else is overwritten or removed. `docs/design/publishing.md` gives the reasons.

mod bytes;
mod manifest;
mod place;

use super::fault;
use crate::diag::{Diagnostic, codes};
use bytes::{hash_file, is_same, same_files};
use manifest::{Hash, Manifest};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub(super) use place::refuse;

/// Marks a staging folder as ours, so that no other is ever emptied.
const STAGING_MARK: &str = ".onrecord-staging";

/// An output folder while a site is being put into it. Shared by threads.
pub(super) struct Output {
    /// As the user named it, for messages.
    named: PathBuf,
    folder: PathBuf,
    staging: PathBuf,
    /// Whether the output folder holds anything at all.
    fresh: bool,
    /// The paths that an earlier build wrote.
    owned: FxHashSet<Box<str>>,
    /// What this build makes.
    made: Mutex<BTreeMap<Box<str>, Made>>,
    /// Folders known to be there: in staging.
    folders: Mutex<FxHashSet<PathBuf>>,
}

#[derive(Clone, Copy)]
struct Made {
    hash: Hash,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The output folder has these bytes.
    Same,
    /// They wait in the staging folder.
    Staged,
    /// They wait, and something that is not ours stands in their place.
    InTheWay,
}

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files of the site.
    pub files: usize,
    /// Of these, files whose bytes are new.
    pub changed: usize,
    /// Files of the last build that this one does not make, now gone.
    pub removed: usize,
}

impl Output {
    /// Opens the output folder, which [`refuse`] has looked at, and an empty staging folder beside it.
    pub(super) fn open(named: &Path) -> Result<Self, Diagnostic> {
        // Through a link to where it leads: renames must stay on one file system.
        let folder = fs::canonicalize(named).unwrap_or_else(|_| named.to_path_buf());
        let named = named.to_path_buf();
        let staging = beside(&folder);
        let trouble = |what: &str, path: &Path, error: &io::Error| unwritable(what, path, error);
        clear_staging(&staging)?;
        fs::create_dir_all(&staging).map_err(|e| trouble("make", &staging, &e))?;
        fs::write(staging.join(STAGING_MARK), "").map_err(|e| trouble("write", &staging, &e))?;

        let fresh = match fs::read_dir(&folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(trouble("read", &folder, &error)),
        };
        // Left by a first build that was stopped between its last two steps.
        let _ = fs::remove_file(folder.join(STAGING_MARK));
        let owned = match fs::read(folder.join(manifest::NAME)) {
            Ok(bytes) => manifest::paths(&String::from_utf8_lossy(&bytes)).map(Into::into).collect(),
            Err(_) => FxHashSet::default(),
        };
        Ok(Self { named, folder, staging, fresh, owned, made: Mutex::default(), folders: Mutex::default() })
    }

    /// Whether this build already made a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.made().contains_key(path)
    }

    /// Takes one finished file.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.check(path)?;
        let target = self.folder.join(path);
        let standing = self.standing(path, &target);
        let state = if standing == Standing::File && is_same(&target, bytes) {
            State::Same
        } else {
            let staged = self.room_for(path)?;
            fs::write(&staged, bytes).map_err(|e| unwritable("write", &staged, &e))?;
            if self.may_replace(path, standing) { State::Staged } else { State::InTheWay }
        };
        self.made().insert(path.into(), Made { hash: Hash::of(bytes), state });
        Ok(())
    }

    /// Takes one file as it lies on disk, of any size.
    pub(super) fn copy(&self, path: &str, from: &Path) -> Result<(), Diagnostic> {
        self.check(path)?;
        let target = self.folder.join(path);
        let standing = self.standing(path, &target);
        let unreadable =
            |e: &io::Error| fault(codes::FILE_UNREADABLE, from, format!("this file cannot be read: {}", super::why(e)));
        let same = standing == Standing::File && same_files(from, &target).map_err(|e| unreadable(&e))?;
        let (hash, state) = if same {
            (hash_file(&target, None).map_err(|e| unreadable(&e))?, State::Same)
        } else {
            let staged = self.room_for(path)?;
            let hash = hash_file(from, Some(&staged)).map_err(|e| unwritable("write", &staged, &e))?;
            (hash, if self.may_replace(path, standing) { State::Staged } else { State::InTheWay })
        };
        self.made().insert(path.into(), Made { hash, state });
        Ok(())
    }

    /// Puts everything into place and takes away what the last build made and this one does not.
    ///
    /// Before the first file moves, the manifest is written with the old paths and the new; should
    /// we be stopped half way, the next build still knows all of them as ours.
    pub(super) fn publish(self) -> Result<(Written, Vec<Diagnostic>), Diagnostic> {
        let made = std::mem::take(&mut *self.made());
        self.refuse_if_in_the_way(&made)?;

        let manifest: Manifest = made.iter().map(|(path, made)| (path.clone(), made.hash)).collect();
        let text = manifest::text(&manifest);
        let stale: BTreeSet<&str> =
            self.owned.iter().map(AsRef::as_ref).filter(|path| !made.contains_key(*path)).collect();
        let mut staged: Vec<&str> =
            made.iter().filter(|(_, m)| m.state != State::Same).map(|(path, _)| path.as_ref()).collect();
        // Pages last, the front page last of all: what they need is there before they are.
        staged.sort_by_key(|path| (path.ends_with(".html"), *path == "index.html", *path));
        let mut written = Written { files: made.len(), changed: staged.len(), removed: 0 };

        if self.fresh && self.move_whole(&text)? {
            return Ok((written, Vec::new()));
        }
        if !staged.is_empty() || !stale.is_empty() || self.manifest_differs(&text) {
            let nothing = Hash::of(b"");
            let mut both = manifest.clone();
            both.extend(stale.iter().map(|path| (Box::from(*path), nothing)));
            self.write_manifest(&manifest::text(&both))?;
            for path in &staged {
                self.put(path)?;
            }
            for path in &stale {
                written.removed += usize::from(self.remove(path)?);
            }
            self.write_manifest(&text)?;
        }
        let foreign = self.foreign(&manifest);
        Ok((written, foreign.into_iter().collect()))
    }

    fn made(&self) -> std::sync::MutexGuard<'_, BTreeMap<Box<str>, Made>> {
        // The map is whole after every insertion, so a thread that panicked elsewhere spoils nothing.
        self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn check(&self, path: &str) -> Result<(), Diagnostic> {
        if !is_inside(path) || path == manifest::NAME {
            return Err(Diagnostic::new(codes::OUTPUT_REFUSED, path, "this address does not lie in the output folder"));
        }
        Ok(())
    }

    fn standing(&self, path: &str, target: &Path) -> Standing {
        if self.fresh {
            return Standing::Nothing;
        }
        // A link on the way would lead out of the folder.
        let mut folder = self.folder.clone();
        for part in path.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev() {
            folder.push(part);
            match fs::symlink_metadata(&folder) {
                Ok(meta) if meta.is_dir() => {}
                Ok(meta) if meta.is_file() && self.owned.contains(&*relative(&folder, &self.folder)) => {
                    return Standing::Nothing;
                }
                Ok(_) => return Standing::Other,
                Err(_) => return Standing::Nothing,
            }
        }
        match fs::symlink_metadata(target) {
            Ok(meta) if meta.is_file() => Standing::File,
            Ok(_) => Standing::Other,
            Err(_) => Standing::Nothing,
        }
    }

    fn may_replace(&self, path: &str, standing: Standing) -> bool {
        match standing {
            Standing::Nothing => true,
            Standing::File => self.owned.contains(path),
            // A folder of ours that a page now takes the place of is emptied first.
            Standing::Other => self.is_own_folder(path),
        }
    }

    /// Whether `path` is a folder in which everything is ours.
    fn is_own_folder(&self, path: &str) -> bool {
        let folder = self.folder.join(path);
        fs::symlink_metadata(&folder).is_ok_and(|meta| meta.is_dir())
            && walkdir::WalkDir::new(&folder).into_iter().all(|entry| {
                entry.is_ok_and(|e| e.file_type().is_dir() || self.owned.contains(&*relative(e.path(), &self.folder)))
            })
    }

    fn refuse_if_in_the_way(&self, made: &BTreeMap<Box<str>, Made>) -> Result<(), Diagnostic> {
        let blocked: Vec<&str> =
            made.iter().filter(|(_, m)| m.state == State::InTheWay).map(|(path, _)| path.as_ref()).collect();
        if blocked.is_empty() {
            return Ok(());
        }
        Err(fault(
            codes::OUTPUT_REFUSED,
            &self.named,
            format!("the output folder holds what is not ours in the place of {}", named(&blocked)),
        )
        .note("nothing was changed")
        .help("move these away, or choose another folder with `--out`"))
    }

    /// The first build: the staging folder becomes the output folder in one step, where the system allows.
    fn move_whole(&self, manifest: &str) -> Result<bool, Diagnostic> {
        let file = self.staging.join(manifest::NAME);
        fs::write(&file, manifest).map_err(|e| unwritable("write", &file, &e))?;
        // Only an empty folder can be removed, so this can take nothing away.
        let _ = fs::remove_dir(&self.folder);
        if fs::rename(&self.staging, &self.folder).is_ok() {
            let _ = fs::remove_file(self.folder.join(STAGING_MARK));
            return Ok(true);
        }
        fs::create_dir_all(&self.folder).map_err(|e| unwritable("make", &self.folder, &e))?;
        Ok(false)
    }

    fn put(&self, path: &str) -> Result<(), Diagnostic> {
        let (from, to) = (self.staging.join(path), self.folder.join(path));
        let moved = fs::rename(&from, &to).or_else(|_| {
            // A file of ours where a folder must be, or the other way round.
            if let Some(parent) = to.parent() {
                for folder in parent.ancestors().take_while(|f| f.starts_with(&self.folder)) {
                    if fs::symlink_metadata(folder).is_ok_and(|meta| meta.is_file()) {
                        fs::remove_file(folder)?;
                    }
                }
                fs::create_dir_all(parent)?;
            }
            if self.is_own_folder(path) {
                fs::remove_dir_all(&to)?;
            }
            fs::rename(&from, &to)
        });
        moved.map_err(|e| unwritable("write", &to, &e).note("the site is half published; the next build finishes it"))
    }

    /// Removes a file of ours and the folders it leaves empty; says whether there was one.
    fn remove(&self, path: &str) -> Result<bool, Diagnostic> {
        let target = self.folder.join(path);
        if self.standing(path, &target) != Standing::File {
            return Ok(false);
        }
        fs::remove_file(&target).map_err(|e| unwritable("remove", &target, &e))?;
        let mut folder = target.parent();
        while let Some(empty) = folder.filter(|f| *f != self.folder) {
            if fs::remove_dir(empty).is_err() {
                break;
            }
            folder = empty.parent();
        }
        Ok(true)
    }

    fn manifest_differs(&self, text: &str) -> bool {
        fs::read(self.folder.join(manifest::NAME)).map_or(true, |old| old != text.as_bytes())
    }

    fn write_manifest(&self, text: &str) -> Result<(), Diagnostic> {
        let (staged, place) = (self.staging.join(manifest::NAME), self.folder.join(manifest::NAME));
        let write = || {
            let mut file = File::create(&staged)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&staged, &place)
        };
        write().map_err(|e| unwritable("write", &place, &e))
    }

    /// Says what lies in the output folder and is not ours. Dot files (`.git`, `.well-known`) are nobody's business.
    fn foreign(&self, manifest: &Manifest) -> Option<Diagnostic> {
        let files: Vec<String> = walkdir::WalkDir::new(&self.folder)
            .min_depth(1)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
            .filter_map(Result::ok)
            .filter(|entry| !entry.file_type().is_dir())
            .map(|entry| relative(entry.path(), &self.folder))
            .filter(|path| !manifest.contains_key(path.as_str()))
            .collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        (!files.is_empty()).then(|| {
            fault(
                codes::OUTPUT_FOREIGN,
                &self.named,
                format!("the output folder holds what this build did not make: {}", named(&files)),
            )
            .note("left as it is")
            .help("remove it, or put it into static/ if it belongs to the site")
        })
    }

    /// The file's place in the staging folder, its folders made.
    fn room_for(&self, path: &str) -> Result<PathBuf, Diagnostic> {
        let staged = self.staging.join(path);
        let Some(folder) = staged.parent() else { return Ok(staged) };
        let mut known = self.folders.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !known.contains(folder) {
            fs::create_dir_all(folder).map_err(|e| unwritable("make", folder, &e))?;
            known.insert(folder.to_path_buf());
        }
        Ok(staged)
    }
}

impl Drop for Output {
    /// Takes the staging folder away, however the build ended; what stays is cleared by the next.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.staging);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Nothing,
    File,
    /// A folder, a link, a device.
    Other,
}

/// Whether a path is made of plain names only, so that it cannot lead out of the folder it is joined to.
fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && !path.contains(['\\', '\0', '\n', '\r'])
        && Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}

fn relative(path: &Path, folder: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Three names at most: `a`, `b`, `c` and 12 more.
fn named(paths: &[&str]) -> String {
    let names: Vec<String> = paths.iter().take(3).map(|path| format!("`{path}`")).collect();
    match paths.len().saturating_sub(names.len()) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// `public` gets `public.staging`.
fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_os_string();
    name.push(".staging");
    folder.with_file_name(name)
}

/// Removes what a build that was stopped left behind; anything else is left and refused.
fn clear_staging(staging: &Path) -> Result<(), Diagnostic> {
    let Ok(meta) = fs::symlink_metadata(staging) else { return Ok(()) };
    let empty = fs::read_dir(staging).is_ok_and(|mut entries| entries.next().is_none());
    if !meta.is_dir() || !(empty || staging.join(STAGING_MARK).is_file()) {
        return Err(fault(
            codes::OUTPUT_REFUSED,
            staging,
            "the site is put together in this place, and something that is not ours is there",
        )
        .help("move it away, or choose another folder with `--out`"));
    }
    fs::remove_dir_all(staging).map_err(|e| unwritable("remove", staging, &e))
}

fn unwritable(verb: &str, path: &Path, error: &io::Error) -> Diagnostic {
    fault(codes::OUTPUT_REFUSED, path, format!("cannot {verb} this: {}", super::why(error)))
}

#[cfg(test)]
mod tests;
