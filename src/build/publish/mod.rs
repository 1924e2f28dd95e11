//! Puts the finished files into the output folder so that nobody's work is lost on the way.
//!
//! New bytes are first written into a folder beside the output; only when every file of the site is
//! there is the first of them renamed into place. A manifest in the output folder lists what is ours,
//! and nothing else is overwritten or removed. `docs/design/publishing.md` gives the reasons.

mod bytes;
mod grounds;
mod manifest;
mod place;
mod standing;
mod verify;

use super::cache::checksum;
use super::fault;
use super::hash::Hash;
use super::stat::{self, Stat};
use crate::diag::{Diagnostic, codes};
use bytes::{is_same, same_files};
use grounds::{Grounds, Survey};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use standing::Standing;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub(super) use place::refuse;
pub(super) use verify::Verified;

/// Marks a staging folder as ours, so that no other is ever emptied.
const STAGING_MARK: &str = ".onrecord-staging";

/// A site as a build left it: what need not be looked at again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Outputs {
    /// Every file of the site by path, with the hash of what we wrote; no stat where it is not to be relied on.
    pub(super) files: Vec<(Box<str>, Hash, Option<Stat>)>,
    /// The manifest.
    manifest: Option<(Hash, Option<Stat>)>,
    grounds: Grounds,
}

impl Outputs {
    /// What is to be said of what is not ours in the output.
    pub(super) fn foreign(&self, named: &Path) -> Option<Diagnostic> {
        foreign(named, &self.grounds)
    }

    /// Of every file's path and bytes.
    pub(super) fn print(&self) -> u128 {
        let mut bytes = Vec::with_capacity(self.files.len() * 96);
        for (path, hash, _) in &self.files {
            bytes.extend_from_slice(path.as_bytes());
            bytes.push(0);
            bytes.extend_from_slice(hash.bytes());
        }
        checksum(&bytes)
    }
}

/// Written in the staging folder to learn the file system's time.
const CLOCK: &str = ".onrecord-clock";

/// An output folder while a site is being put into it. Shared by threads.
pub(super) struct Output {
    /// As the user named it, for messages.
    named: PathBuf,
    folder: PathBuf,
    staging: PathBuf,
    /// Whether the output folder holds anything at all.
    fresh: bool,
    /// The paths that the manifest lists, where it is not the one we left.
    owned: Option<FxHashSet<Box<str>>>,
    /// The files as we left them.
    before: FxHashMap<Box<str>, Left>,
    /// The folders as we left them.
    survey: Survey,
    /// On the mark in the staging folder: tells other builds that this one is at work.
    lock: Option<File>,
    /// What this build makes.
    made: Mutex<FxHashMap<Box<str>, Made>>,
    /// Folders known to be there: in staging.
    folders: Mutex<FxHashSet<PathBuf>>,
    /// Folders known to be no links: in the output.
    real: Mutex<FxHashSet<Box<str>>>,
}

/// A file of the last build.
#[derive(Clone, Copy)]
struct Left {
    hash: Hash,
    /// Where it is to be relied on.
    stat: Option<Stat>,
    /// Whether it had that stat when we looked.
    is_still: bool,
}

#[derive(Clone, Copy)]
struct Made {
    hash: Hash,
    state: State,
    /// Of the file that stands, where it is the same.
    stat: Option<Stat>,
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
    ///
    /// `before` is how the last build left the site, as far as that is known.
    pub(super) fn open(named: &Path, before: Outputs) -> Result<Self, Diagnostic> {
        // Through a link to where it leads: renames must stay on one file system.
        let folder = fs::canonicalize(named).unwrap_or_else(|_| named.to_path_buf());
        let named = named.to_path_buf();
        let staging = beside(&folder);
        let trouble = |what: &str, path: &Path, error: &io::Error| unwritable(what, path, error);
        clear_staging(&staging)?;
        fs::create_dir_all(&staging).map_err(|e| trouble("make", &staging, &e))?;
        let lock = File::create(staging.join(STAGING_MARK)).map_err(|e| trouble("write", &staging, &e))?;
        if let Err(TryLockError::WouldBlock) = lock.try_lock() {
            return Err(at_work(&named));
        }

        let fresh = match fs::read_dir(&folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(trouble("read", &folder, &error)),
        };
        // Left by a first build that was stopped between its last two steps.
        let _ = fs::remove_file(folder.join(STAGING_MARK));
        let owned = match fs::read(folder.join(manifest::NAME)) {
            Ok(bytes) if before.manifest.is_some_and(|(hash, _)| hash == Hash::of(&bytes)) => None,
            Ok(bytes) => Some(manifest::paths(&String::from_utf8_lossy(&bytes)).map(Into::into).collect()),
            Err(_) => Some(FxHashSet::default()),
        };
        let survey = if fresh { Survey::default() } else { Survey::of(&folder, before.grounds) };
        let before = if fresh { Vec::new() } else { before.files };
        let look = |(path, hash, stat): (Box<str>, Hash, Option<Stat>)| {
            let is_still = stat.is_some_and(|stat| Stat::of(&folder.join(&*path)).is_ok_and(|now| now == stat));
            (path, Left { hash, stat, is_still })
        };
        // On all threads; a hash map by itself would be filled from one.
        let left: Vec<_> = before.into_par_iter().map(look).collect();
        let left: FxHashMap<Box<str>, Left> = left.into_iter().collect();
        let made = FxHashMap::with_capacity_and_hasher(left.len(), rustc_hash::FxBuildHasher);
        Ok(Self {
            named,
            folder,
            staging,
            fresh,
            owned,
            before: left,
            survey,
            lock: Some(lock),
            made: Mutex::new(made),
            folders: Mutex::default(),
            real: Mutex::default(),
        })
    }

    /// Whether this build already made a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.made().contains_key(path)
    }

    /// Takes one finished file.
    ///
    /// The file that stands is not read where its stat is that of one we know.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<Hash, Diagnostic> {
        self.check(path)?;
        let target = self.folder.join(path);
        let standing = self.standing(path, &target);
        let hash = Hash::of(bytes);
        let same = match standing {
            Standing::File(stat) if stat.bytes == bytes.len() as u64 => match self.known(path, stat) {
                Some(known) => known == hash,
                None => is_same(&target, bytes),
            },
            _ => false,
        };
        if same {
            self.made().insert(path.into(), Made { hash, state: State::Same, stat: standing.stat() });
        } else {
            let staged = self.room_for(path)?;
            fs::write(&staged, bytes).map_err(|e| unwritable("write", &staged, &e))?;
            self.made().insert(path.into(), Made { hash, state: self.staged(path, standing), stat: None });
        }
        Ok(hash)
    }

    /// Takes one file as it lies on disk, of any size; `hash` is that of its bytes where they are known.
    pub(super) fn copy(&self, path: &str, from: &Path, hash: Option<Hash>) -> Result<Hash, Diagnostic> {
        self.check(path)?;
        if let Some(hash) = hash.filter(|hash| self.keep(path, *hash)) {
            return Ok(hash);
        }
        let target = self.folder.join(path);
        let standing = self.standing(path, &target);
        let unreadable =
            |e: &io::Error| fault(codes::FILE_UNREADABLE, from, format!("this file cannot be read: {}", super::why(e)));
        let same = matches!(standing, Standing::File(_)) && same_files(from, &target).map_err(|e| unreadable(&e))?;
        let (hash, state, stat) = if same {
            (Hash::of_file(&target, None).map_err(|e| unreadable(&e))?, State::Same, standing.stat())
        } else {
            let staged = self.room_for(path)?;
            let hash = Hash::of_file(from, Some(&staged)).map_err(|e| unwritable("write", &staged, &e))?;
            (hash, self.staged(path, standing), None)
        };
        self.made().insert(path.into(), Made { hash, state, stat });
        Ok(hash)
    }

    /// Keeps a file of the last build that need not be made again; says whether it stands with these bytes.
    ///
    /// It is read where its stat is another than ours and its size is not: so it is with a site from a backup.
    pub(super) fn keep(&self, path: &str, hash: Hash) -> bool {
        let Some(left) = self.before.get(path).filter(|left| left.hash == hash) else { return false };
        let stat = if left.is_still && self.is_real(path.rfind('/').map_or("", |at| &path[..at])) {
            left.stat
        } else {
            let target = self.folder.join(path);
            let Standing::File(stat) = self.standing(path, &target) else { return false };
            let same = left.stat == Some(stat)
                || left.stat.is_none_or(|left| left.bytes == stat.bytes)
                    && Hash::of_file(&target, None).is_ok_and(|standing| standing == hash);
            Some(stat).filter(|_| same)
        };
        if stat.is_some() {
            self.made().insert(path.into(), Made { hash, state: State::Same, stat });
        }
        stat.is_some()
    }

    /// Puts everything into place and takes away what the last build made and this one does not.
    ///
    /// Before the first file moves, the manifest is written with the old paths and the new; should
    /// we be stopped half way, the next build still knows all of them as ours.
    pub(super) fn publish(mut self) -> Result<(Written, Vec<Diagnostic>, Outputs), Diagnostic> {
        let made = std::mem::take(&mut *self.made());
        let survey = std::mem::take(&mut self.survey);
        if self.fresh {
            // Some systems do not move a folder in which a file is open.
            self.lock = None;
        }
        let stale: BTreeSet<&str> = match &self.owned {
            Some(owned) => owned.iter().map(AsRef::as_ref).filter(|path| !made.contains_key(*path)).collect(),
            None => self.before.keys().map(AsRef::as_ref).filter(|path| !made.contains_key(*path)).collect(),
        };
        let mut made: Vec<(Box<str>, Made)> = made.into_iter().collect();
        made.par_sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let is_made = |path: &str| made.binary_search_by(|(made, _)| (**made).cmp(path)).is_ok();
        self.refuse_if_in_the_way(&made)?;

        let text = manifest::text(made.iter().map(|(path, made)| (&**path, made.hash)));
        let mut staged: Vec<&str> =
            made.iter().filter(|(_, m)| m.state != State::Same).map(|(path, _)| path.as_ref()).collect();
        // Pages last, the front page last of all: what they need is there before they are.
        staged.sort_by_key(|path| (path.ends_with(".html"), *path == "index.html", *path));
        let mut written = Written { files: made.len(), changed: staged.len(), removed: 0 };

        let clock = self.staging.join(CLOCK);
        let now = stat::now(&clock);
        let _ = fs::remove_file(&clock);
        if self.fresh && self.move_whole(&text)? {
            let folders: FxHashSet<&str> = made.iter().flat_map(|(path, _)| folders(path)).collect();
            let grounds = Grounds::new(&self.folder, folders, now);
            return Ok((written, Vec::new(), self.left(made, grounds, &text, now)));
        }
        if !staged.is_empty() || !stale.is_empty() || self.manifest_differs(&text) {
            // Where the old manifest names all of them, nothing has to be claimed.
            if !stale.is_empty() || !staged.iter().all(|path| self.owns(path)) {
                let nothing = Hash::of(b"");
                let mut both: BTreeMap<&str, Hash> = made.iter().map(|(path, made)| (&**path, made.hash)).collect();
                both.extend(stale.iter().map(|path| (*path, nothing)));
                self.write_manifest(&manifest::text(both))?;
            }
            for path in &staged {
                self.put(path)?;
            }
            for path in &stale {
                written.removed += usize::from(self.remove(path)?);
            }
            self.write_manifest(&text)?;
        }
        let touched = staged.iter().chain(&stale).flat_map(|path| folders(path)).collect();
        let grounds = survey.look(&self.folder, &touched, is_made, now);
        let foreign = foreign(&self.named, &grounds);
        Ok((written, foreign.into_iter().collect(), self.left(made, grounds, &text, now)))
    }

    /// The site as it stands now, for the next build.
    fn left(&self, made: Vec<(Box<str>, Made)>, grounds: Grounds, manifest: &str, now: i64) -> Outputs {
        let stat = |path: &str| Stat::of(&self.folder.join(path)).ok();
        let file = |(path, made): (Box<str>, Made)| {
            let stat = made.stat.or_else(|| stat(&path)).filter(|stat| stat.is_settled(now));
            (path, made.hash, stat)
        };
        let manifest = (Hash::of(manifest.as_bytes()), stat(manifest::NAME).filter(|stat| stat.is_settled(now)));
        Outputs { files: made.into_par_iter().map(file).collect(), manifest: Some(manifest), grounds }
    }

    fn made(&self) -> std::sync::MutexGuard<'_, FxHashMap<Box<str>, Made>> {
        // The map is whole after every insertion, so a thread that panicked elsewhere spoils nothing.
        self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Whether an earlier build wrote a file of that path.
    fn owns(&self, path: &str) -> bool {
        match &self.owned {
            Some(owned) => owned.contains(path),
            None => self.before.contains_key(path),
        }
    }

    fn check(&self, path: &str) -> Result<(), Diagnostic> {
        if !is_inside(path) || path == manifest::NAME {
            return Err(Diagnostic::new(codes::OUTPUT_REFUSED, path, "this address does not lie in the output folder"));
        }
        Ok(())
    }

    fn refuse_if_in_the_way(&self, made: &[(Box<str>, Made)]) -> Result<(), Diagnostic> {
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
        if !matches!(self.standing(path, &target), Standing::File(_)) {
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
        self.lock = None;
        let _ = fs::remove_dir_all(&self.staging);
    }
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

/// Every folder above a file, the output's own left out: `a`, `a/b`.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Says what lies in the output folder and is not ours.
fn foreign(folder: &Path, grounds: &Grounds) -> Option<Diagnostic> {
    let files = grounds.foreign();
    (!files.is_empty()).then(|| {
        fault(
            codes::OUTPUT_FOREIGN,
            folder,
            format!("the output folder holds what this build did not make: {}", named(&files)),
        )
        .note("left as it is")
        .help("remove it, or put it into static/ if it belongs to the site")
    })
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
    let mark = File::open(staging.join(STAGING_MARK));
    if mark.is_ok_and(|mark| matches!(mark.try_lock(), Err(TryLockError::WouldBlock))) {
        return Err(at_work(staging));
    }
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

fn at_work(place: &Path) -> Diagnostic {
    fault(codes::OUTPUT_REFUSED, place, "another build is at work here")
        .note("nothing was changed")
        .help("wait until it is done")
}

fn unwritable(verb: &str, path: &Path, error: &io::Error) -> Diagnostic {
    fault(codes::OUTPUT_REFUSED, path, format!("cannot {verb} this: {}", super::why(error)))
}

#[cfg(test)]
mod tests;
