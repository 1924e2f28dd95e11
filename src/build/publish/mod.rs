//! Puts the finished files into the output folder so that nobody's work is lost on the way.
//!
//! New bytes are first written into a folder beside the output; only when every file of the site is
//! there does a second tree beside the output become what is next, and the two are exchanged in one step.
//! A manifest in the output folder lists what is ours, and nothing else is overwritten or removed.
//! `docs/design/publishing.md` gives the reasons.

mod before;
mod bytes;
mod clash;
mod durable;
mod exchange;
mod grounds;
mod listing;
mod made;
mod manifest;
mod moves;
mod pair;
mod place;
mod staging;
mod standing;
mod strays;
mod swap;
mod twin;
mod verify;
mod waiting;

use super::BuildOptions;
use super::cache::checksum;
use super::fault;
use super::hash::Hash;
use super::plain;
use super::published::BUSY;
use super::stat::{self, Stat};
use super::tree::Tree;
use crate::diag::{Diagnostic, codes};
use before::Before;
use bytes::{has, is_same, same_files};
use clash::{Clashes, is_in_the_way};
use grounds::{Grounds, Survey, Touched};
use made::{Made, Making, Site, State};
use moves::Moves;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use staging::Staging;
use standing::Standing;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use swap::Swapped;
use twin::News;
use waiting::{Place, Staged, Waiting};

pub use listing::Listing;
pub(super) use place::{refuse, refuse_another};
pub(super) use verify::Verified;

/// Where files are kept for a while in an output folder that is a mount of its own.
const KEPT: &str = ".onrecord-kept";

/// How a site gets into its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As a whole, in one step.
    Exchange,
    /// File by file: nobody but the one who waits for it looks at a preview.
    Moves,
}

impl Way {
    /// Of a build.
    pub(super) fn of(options: &BuildOptions) -> Self {
        // A preview puts style sheets into open pages.
        if options.linked_styles { Self::Moves } else { Self::Exchange }
    }
}

/// A site as a build left it: what need not be looked at again.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Outputs {
    /// Every file of the site by path, with the hash of what we wrote; no stat where it is not to be relied on.
    pub(super) files: Vec<(Box<str>, Hash, Option<Stat>)>,
    /// The manifest.
    manifest: Option<(Hash, Option<Stat>)>,
    grounds: Grounds,
    /// Whether nobody can have been there since: then nobody need look.
    #[serde(skip)]
    pub(super) is_still: bool,
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

/// An output folder while a site is being put into it. Shared by threads.
pub(super) struct Output {
    /// As the user named it, for messages.
    named: PathBuf,
    folder: PathBuf,
    staging: Staging,
    /// Where new files wait, in the staging folder.
    new: Waiting,
    way: Way,
    /// Whether the output folder holds anything at all.
    fresh: bool,
    /// The paths that the manifest lists, where it is not the one we left.
    owned: Option<FxHashSet<Box<str>>>,
    /// The files as we left them.
    before: Before,
    /// Of a site that is gone: the names of its files, sorted.
    gone: Vec<Box<str>>,
    /// The folders as we left them.
    survey: Survey,
    /// What this build makes.
    made: Making,
    /// What of it cannot be published.
    clashes: Mutex<Clashes>,
    /// Folders known to be no links: in the output.
    real: Mutex<FxHashSet<Box<str>>>,
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
    pub(super) fn open(named: &Path, before: Outputs, way: Way) -> Result<Self, Diagnostic> {
        // Through a link to where it leads: renames must stay on one file system.
        let folder = fs::canonicalize(named).unwrap_or_else(|_| named.to_path_buf());
        let named = named.to_path_buf();
        let staging = Staging::open(&folder, &named)?;
        let fresh = match fs::read_dir(&folder) {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => true,
            Err(error) => return Err(unwritable("read", &folder, &error)),
        };
        let listing = folder.join(manifest::NAME);
        if let Err(error) = fs::symlink_metadata(&listing).map_or(Ok(()), |meta| plain::is_plain(&meta)) {
            let message = format!("the list of what is ours belongs here, and this is no file: {}", super::why(&error));
            return Err(fault(codes::OUTPUT_REFUSED, &named.join(manifest::NAME), message)
                .note("nothing was changed")
                .help("move it away, or choose another folder with `--out`"));
        }
        let is_ours = |(hash, _)| has(&listing, hash);
        // What cannot be read owns nothing.
        let named_in = |bytes: Vec<u8>| manifest::paths(&String::from_utf8_lossy(&bytes)).map(Into::into).collect();
        let owned =
            (!before.manifest.is_some_and(is_ours)).then(|| plain::read(&listing).map(named_in).unwrap_or_default());
        // Another manifest than ours: somebody else has published here meanwhile, a second preview for one.
        let all_still = before.is_still && owned.is_none();
        let survey =
            if fresh { Survey::default() } else { Survey::of(&folder, &staging.twin(), before.grounds, all_still) };
        let (before, gone) = match fresh {
            true => (Vec::new(), before.files.into_iter().map(|(path, ..)| path).collect()),
            false => (before.files, Vec::new()),
        };
        let tree = Tree::open(&folder).ok();
        let seen = |path: &str| tree.as_ref()?.look(path).ok().map(|seen| seen.stat);
        let before = Before::new(before, |path, stat| all_still || seen(path) == Some(*stat));
        Ok(Self {
            named,
            folder,
            new: Waiting::new(staging.incoming(), fresh),
            staging,
            way,
            fresh,
            owned,
            before,
            gone,
            survey,
            made: Making::new(),
            clashes: Mutex::default(),
            real: Mutex::default(),
        })
    }

    /// Whether this build already made a file of that path.
    pub(super) fn has(&self, path: &str) -> bool {
        self.made.has(path) || self.before.keeps(path)
    }

    /// Whether the last build left these bytes at a path.
    pub(super) fn had(&self, path: &str, bytes: &[u8]) -> bool {
        self.before.get(path).is_some_and(|left| left.hash == Hash::of(bytes))
    }

    /// Whether a file that is new or another than before waits to be published.
    pub(super) fn waits(&self) -> bool {
        self.made.waits()
    }

    /// Takes one finished file.
    ///
    /// The file that stands is not read where its stat is that of one we know.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<Hash, Diagnostic> {
        self.check(path)?;
        let standing = self.seen(path);
        let hash = Hash::of(bytes);
        let same = match standing {
            Standing::File(stat) if stat.bytes == bytes.len() as u64 => match self.known(path, stat) {
                Some(known) => known == hash,
                None => is_same(&self.folder.join(path), bytes),
            },
            _ => false,
        };
        let state = match standing {
            Standing::File(stat) if same => State::Same(stat),
            _ => State::Staged(self.stage(path, |staged| fs::write(staged, bytes))?),
        };
        self.take(path, hash, state);
        Ok(hash)
    }

    /// Takes one file as it lies on disk, of any size; `hash` is that of its bytes where they are known.
    pub(super) fn copy(&self, path: &str, from: &Path, hash: Option<Hash>) -> Result<Hash, Diagnostic> {
        self.check(path)?;
        if let Some(hash) = hash.filter(|hash| self.keep([(path, *hash)])) {
            return Ok(hash);
        }
        let target = self.folder.join(path);
        let standing = self.seen(path);
        let unreadable =
            |e: &io::Error| fault(codes::FILE_UNREADABLE, from, format!("this file cannot be read: {}", super::why(e)));
        let (hash, state) = match standing {
            Standing::File(stat) if same_files(from, &target).map_err(|e| unreadable(&e))? => {
                (Hash::of_file(&target, None).map_err(|e| unreadable(&e))?, State::Same(stat))
            }
            _ => {
                let mut hash = Hash::of(b"");
                let mut write = |staged: &Path| Hash::of_file(from, Some(staged)).map(|copied| hash = copied);
                let place = self.stage(path, &mut write)?;
                (hash, State::Staged(place))
            }
        };
        self.take(path, hash, state);
        Ok(hash)
    }

    /// Keeps files of the last build that need not be made again; says whether all of them stand with their bytes. Where
    /// one does not, none is kept: what is made instead may be other files.
    pub(super) fn keep<P: AsRef<str>>(&self, files: impl IntoIterator<Item = (P, Hash)>) -> bool {
        let standing = |(path, hash): (P, Hash)| self.stands(path.as_ref(), hash).map(|stat| (path, hash, stat));
        let Some(kept) = files.into_iter().map(standing).collect::<Option<Vec<_>>>() else { return false };
        for (path, hash, stat) in kept {
            self.take(path.as_ref(), hash, State::Same(stat));
        }
        true
    }

    /// The stat of a file of the last build, where it stands with these bytes.
    ///
    /// It is read where its stat is another than ours and its size is not: so it is with a site from a backup.
    fn stands(&self, path: &str, hash: Hash) -> Option<Stat> {
        let left = self.before.get(path).filter(|left| left.hash == hash)?;
        let Standing::File(stat) = self.seen(path) else { return None };
        let same = left.stat == Some(stat)
            || left.stat.is_none_or(|left| left.bytes == stat.bytes) && has(&self.folder.join(path), hash);
        same.then_some(stat)
    }

    /// Writes a new file where it waits.
    fn stage(&self, path: &str, write: impl FnOnce(&Path) -> io::Result<()>) -> Result<Place, Diagnostic> {
        let written = self.new.room(path).and_then(|(staged, place)| match write(&staged) {
            Ok(()) => Ok(place),
            Err(error) => Err((unwritable("write", &staged, &error), is_in_the_way(&error))),
        });
        match written {
            // Of another file of this build: both are told when all of them are known.
            Err((why, true)) => {
                self.is_stuck(path, why);
                Ok(Place::NONE)
            }
            written => written.map_err(|(why, _)| why),
        }
    }

    /// Takes down a file of this build; nobody may come with other bytes.
    fn take(&self, path: &str, hash: Hash, state: State) {
        // One at a time: of two with this path, the later one sees the earlier.
        let earlier = self.made.at(path, |made| {
            let earlier = made.get(path).map(|made| made.hash).or_else(|| self.before.kept_hash(path));
            // What the last build made as well is only marked.
            let is_kept =
                matches!(state, State::Same(stat) if !made.contains_key(path) && self.before.keep(path, hash, stat));
            if !is_kept {
                self.before.replace(path);
                made.insert(path.into(), Made { hash, state });
            }
            earlier
        });
        if earlier.is_some_and(|earlier| earlier != hash) {
            self.clashes.lock().unwrap_or_else(PoisonError::into_inner).twice(path);
        }
    }

    /// Puts everything into place and takes away what the last build made and this one does not; `maker` says of a path
    /// what made its file.
    ///
    /// Errors, with the published site as it was, where two files would have one place.
    pub(super) fn publish(
        mut self,
        maker: &dyn Fn(&str) -> String,
    ) -> Result<(Written, Vec<Diagnostic>, Outputs), Diagnostic> {
        let new = self.made.finish();
        let made = Site::new(&self.before, &new);
        let clashes = std::mem::take(self.clashes.get_mut().unwrap_or_else(PoisonError::into_inner));
        clashes.refuse(&self.named, made.files.iter().map(|(path, _)| *path), maker)?;
        let mut survey = std::mem::take(&mut self.survey);
        let is_gone = |(path, is_kept): (&'_ str, bool)| !is_kept && !made.has(path);
        let mut stale: Vec<&str> = match &self.owned {
            Some(owned) => owned.iter().map(AsRef::as_ref).filter(|path| !made.has(path)).collect(),
            None => self.before.paths().filter(|file| is_gone(*file)).map(|(path, _)| path).collect(),
        };
        stale.sort_unstable();
        // What was seen while the site was made may be hours old.
        self.real.get_mut().unwrap_or_else(PoisonError::into_inner).clear();

        let list = manifest::hash(made.hashes());
        let staged = made.staged();
        let mut written = Written { files: made.files.len(), changed: staged.len(), removed: 0 };

        let news = News { new: &self.new, staged: &staged, stale: &stale };
        let mut touched: FxHashSet<&str> = FxHashSet::default();
        let mut swapped = Swapped::default();
        let fresh = self.fresh && self.move_whole(&made, &news)?;
        // Where it could not be moved as a whole, something has come.
        self.fresh = false;
        if fresh {
            touched.extend(staged.iter().flat_map(|staged| folders(staged.path)).chain([""]));
            // Of a site that somebody has taken away.
            swapped.carried = self.forget_twin(&made).unwrap_or_default();
        } else if !staged.is_empty() || !stale.is_empty() || Self::differs(&self.folder, list) || self.is_behind(list) {
            self.stage_manifest(made.hashes())?;
            match self.swap(&mut survey, &news, &made)? {
                Some(done) => swapped = done,
                None => {
                    let carried = self.forget_twin(&made);
                    swapped.relinked.all = carried.is_some();
                    swapped.carried = carried.unwrap_or_default();
                    self.refuse_if_in_the_way(&survey, &made)?;
                    swapped.removed = self.bring(&made, &news)?;
                }
            }
            written.removed = swapped.removed;
            if swapped.exchanged.is_none() {
                touched.extend(news.paths().flat_map(folders).chain([""]));
            }
        }
        // The site stands whole: what a build that was stopped has kept is not needed any more.
        for kept in [self.staging.old(), self.folder.join(KEPT)] {
            let _ = staging::remove(&kept);
        }
        let carried = std::mem::take(&mut swapped.carried);
        let mut looked = std::mem::take(&mut swapped.looked);
        touched.extend(carried.iter().filter_map(|folder| folder.to_str()));
        let again = std::mem::take(&mut looked.again);
        touched.extend(again.iter().map(AsRef::as_ref));
        let twin = self.staging.twin();
        let now = stat::now(&self.staging.clock());
        let touched = Touched::new(&self.folder, &twin, swapped.exchanged, touched, now);
        let grounds = if fresh && carried.is_empty() {
            Grounds::new(&touched)
        } else {
            survey.look(looked, &touched, |path| made.has(path))
        };
        let foreign = foreign(&self.named, &grounds);
        Ok((written, foreign.into_iter().collect(), self.left(new, &swapped, grounds, list, now)))
    }

    /// The site as it stands now, for the next build; `new` is what is not as the last build left it.
    fn left(self, new: Vec<(Box<str>, Made)>, swapped: &Swapped, grounds: Grounds, list: Hash, now: i64) -> Outputs {
        let tree = Tree::open(&self.folder).ok();
        let look = |path: &str| tree.as_ref()?.look(path).ok().map(|seen| seen.stat);
        let settled = |stat: &Stat| stat.is_settled(now);
        let mut files = self.before.into_kept();
        files.reserve_exact(new.len());
        files.extend(new.into_iter().map(|(path, made)| (path, made.hash, made.stat())));
        // Two that are sorted, one behind the other.
        files.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        files.par_iter_mut().for_each(|(path, _, stat)| {
            let known = stat.filter(|_| !swapped.relinks(path));
            *stat = known.or_else(|| look(path)).filter(settled);
        });
        Outputs { files, manifest: Some((list, look(manifest::NAME).filter(settled))), grounds, is_still: false }
    }

    /// Whether an earlier build wrote a file of that path.
    fn owns(&self, path: &str) -> bool {
        match &self.owned {
            Some(owned) => owned.contains(path),
            None => self.before.has(path),
        }
    }

    fn check(&self, path: &str) -> Result<(), Diagnostic> {
        let first = path.split('/').next().unwrap_or(path);
        if !is_inside(path) || [manifest::NAME, KEPT].contains(&first) {
            return Err(Diagnostic::new(codes::OUTPUT_REFUSED, path, "this address does not lie in the output folder"));
        }
        Ok(())
    }

    /// The first build: what was staged becomes the output folder in one step, where the system allows.
    fn move_whole(&self, made: &Site<'_>, news: &News<'_>) -> Result<bool, Diagnostic> {
        self.stage_manifest(made.hashes())?;
        self.wait_for_disk(news)?;
        if let Ok(meta) = fs::metadata(&self.folder) {
            // An empty folder, of which somebody may have chosen the mode.
            let _ = exchange::adopt(&meta, self.new.folder());
        }
        // Only an empty folder can be removed, so this can take nothing away.
        let _ = fs::remove_dir(&self.folder);
        if fs::rename(self.new.folder(), &self.folder).is_ok() {
            return Ok(true);
        }
        fs::create_dir_all(&self.folder).map_err(|e| unwritable("make", &self.folder, &e))?;
        Ok(false)
    }

    /// Puts the files into place one by one; says how many were removed.
    ///
    /// Before the first file moves, the manifest is written with the old paths and the new; should we be stopped half
    /// way, the next build still knows all of them as ours. A failure half way is taken back.
    fn bring(&self, made: &Site<'_>, news: &News<'_>) -> Result<usize, Diagnostic> {
        let is_in_reach = exchange::is_in_reach(&self.folder, self.staging.room());
        let old = if is_in_reach { self.staging.old() } else { self.folder.join(KEPT) };
        let owns = |path: &str| self.owns(path) || path == manifest::NAME;
        let mut moves = Moves::new(&self.folder, &old, &owns);
        let mut all = || {
            // Where the old manifest names all of them, nothing has to be claimed.
            if !news.stale.is_empty() || !news.staged.iter().all(|staged| self.owns(staged.path)) {
                let nothing = Hash::of(b"");
                self.stage_manifest(made.hashes().chain(news.stale.iter().map(|path| (*path, nothing))))?;
                self.wait_for_disk(news)?;
                moves.put(manifest::NAME, &self.new.manifest())?;
            }
            // Its words are written anew; what waits is to be on disk before anything else is given up for it.
            self.stage_manifest(made.hashes())?;
            self.wait_for_disk(news)?;
            let removed = moves.bring(news)?;
            moves.put(manifest::NAME, &self.new.manifest())?;
            if !is_in_reach {
                // Copies, of which what was kept is the only other one.
                self.wait_for_copies(news)?;
            }
            Ok(removed)
        };
        match all() {
            Ok(removed) => {
                moves.finish(news.stale);
                Ok(removed)
            }
            Err(trouble) if moves.undo() => Err(trouble),
            Err(trouble) => Err(trouble
                .note("the site is half published; the next build finishes it")
                .note(format!("what could not be put back is kept in `{}` until then", old.display()))),
        }
    }

    /// Whether a tree has another manifest.
    fn differs(tree: &Path, list: Hash) -> bool {
        !has(&tree.join(manifest::NAME), list)
    }

    /// Whether a build was stopped between the exchange and its end, so that the second tree still has what was withdrawn.
    fn is_behind(&self, list: Hash) -> bool {
        let twin = self.staging.twin();
        fs::symlink_metadata(&twin).is_ok() && Self::differs(&twin, list)
    }

    /// Waits until the disk holds the new files. Whoever previews need not wait for it.
    fn wait_for_disk(&self, news: &News<'_>) -> Result<(), Diagnostic> {
        let place = |staged: &Staged<'_>| self.new.of(*staged);
        if self.way == Way::Moves { Ok(()) } else { durable::wait(self.new.folder(), news.staged, &place) }
    }

    /// Waits until the disk holds the files that were copied to the output.
    fn wait_for_copies(&self, news: &News<'_>) -> Result<(), Diagnostic> {
        let place = |staged: &Staged<'_>| self.folder.join(staged.path);
        if self.way == Way::Moves { Ok(()) } else { durable::wait(&self.folder, news.staged, &place) }
    }

    /// Writes the manifest where the new files wait.
    fn stage_manifest<'a>(&self, files: impl Iterator<Item = (&'a str, Hash)>) -> Result<(), Diagnostic> {
        self.new.make("")?;
        let staged = self.new.manifest();
        let write = || manifest::write(files, plain::create(&staged)?);
        write().map_err(|e| unwritable("write", &staged, &e))
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
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The folder in which a file lies; the output's own is `""`.
fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
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

fn at_work(place: &Path) -> Diagnostic {
    fault(codes::OUTPUT_REFUSED, place, BUSY).note("nothing was changed").help("wait until it is done")
}

fn unwritable(verb: &str, path: &Path, error: &io::Error) -> Diagnostic {
    use io::ErrorKind::{FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let help = match error.kind() {
        StorageFull | QuotaExceeded => "make room and build again",
        PermissionDenied | ReadOnlyFilesystem => {
            "allow writing there and build again, or choose another folder with `--out`"
        }
        FileTooLarge => "raise the limit on the size of files and build again",
        _ => "build again",
    };
    fault(codes::OUTPUT_REFUSED, path, format!("cannot {verb} this: {}", super::why(error))).help(help)
}

#[cfg(test)]
mod tests;
