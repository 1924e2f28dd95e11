//! What the last build left in `.onrecord/cache/`, so that this one need not do it again.
//!
//! The folder may be deleted, cut short, damaged or come from another version at any time: whatever is not
//! whole is as if it were not there, and is made anew. `docs/design/cache.md` gives the reasons.

mod pack;
mod sheet;

pub(super) use pack::{Pack, Place};
pub(super) use sheet::checksum;

use super::publish::Outputs;
use super::published::BUSY;
use super::{fault, lock, plain, stat, why};
use crate::diag::{Diagnostic, codes};
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The cache's place in the site's folder.
pub(super) const FOLDER: &str = ".onrecord/cache";
/// The folder in it of things too large to be in a sheet: derived pictures.
const PIECES: &str = "derived";

/// Held while a build is at work.
const LOCK: &str = "lock";
/// Made anew to learn the file system's time.
const CLOCK: &str = "clock";
/// How the names of files end that are not yet whole.
const STAGED: &str = ".new";
/// Backups pass it over, and so does git.
const SIGNS: [(&str, &str); 2] = [
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# onrecord’s cache; it may be deleted at any time.\n",
    ),
    (".gitignore", "*\n"),
];

/// One file of the cache that is read and written as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    /// Every file the site was made from.
    Inputs,
    /// What became of each article.
    Stories,
    /// The measured pictures.
    Pictures,
    /// What is published of each picture.
    Sizes,
    /// Every file of the site as we left it.
    Outputs,
    /// What each page was made of.
    Pages,
    /// What each year of the search index was made of.
    Search,
    /// What the last build had to say.
    Last,
}

impl Sheet {
    const ALL: [Self; 8] = [
        Self::Inputs,
        Self::Stories,
        Self::Pictures,
        Self::Sizes,
        Self::Outputs,
        Self::Pages,
        Self::Search,
        Self::Last,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Inputs => "inputs",
            Self::Stories => "stories",
            Self::Pictures => "pictures",
            Self::Sizes => "sizes",
            Self::Outputs => "outputs",
            Self::Pages => "pages",
            Self::Search => "search",
            Self::Last => "last",
        }
    }
}

/// The cache of one site, locked against other builds while it is open.
pub(super) struct Cache {
    /// None where no cache is wanted, or none can be kept.
    folder: Option<PathBuf>,
    /// Held, not used: the system lets go of it however the build ends.
    _lock: Option<File>,
}

impl Cache {
    /// Opens the cache of the site in `root`; `wanted` is whether to keep one at all.
    ///
    /// A folder that cannot be made or written is no fault: the build is then done from nothing. So it is where a link, a
    /// folder, a pipe stands in the place of what is ours, which is noted (`output-foreign`): it is not opened.
    /// Errors with `output-refused` where another build of the site is at work.
    pub(super) fn open(root: &Path, wanted: bool, noted: &mut Vec<Diagnostic>) -> Result<Self, Diagnostic> {
        let none = Self { folder: None, _lock: None };
        if !wanted {
            return Ok(none);
        }
        let folder = match plain::folder(root, FOLDER) {
            Ok(folder) => folder,
            Err((place, error)) => {
                // What cannot be made, in a folder that may not be written for one, is nobody's.
                noted.extend((error.kind() == io::ErrorKind::InvalidInput).then(|| intruder(&place, &error)));
                return Ok(none);
            }
        };
        if let Some((place, error)) = foreign_in(&folder) {
            noted.push(intruder(&place, &error));
            return Ok(none);
        }
        let Ok(taken) = lock::take(&folder.join(LOCK)) else { return Ok(none) };
        let Some(lock) = taken else {
            return Err(fault(codes::OUTPUT_REFUSED, root, BUSY)
                .note("nothing was changed")
                .help("wait until it is done"));
        };
        for (name, words) in SIGNS {
            if let Ok(mut sign) = File::create_new(folder.join(name)) {
                let _ = sign.write_all(words.as_bytes());
            }
        }
        Ok(Self { folder: Some(folder), _lock: Some(lock) })
    }

    /// Whether anything is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.folder.is_some()
    }

    /// The present moment on the cache's file system.
    pub(super) fn now(&self) -> i64 {
        self.folder.as_ref().map_or(i64::MIN, |folder| stat::now(&folder.join(CLOCK)))
    }

    /// Whether a sheet is there, whole or not.
    pub(super) fn has(&self, sheet: Sheet) -> bool {
        self.folder.as_ref().is_some_and(|folder| folder.join(sheet.name()).exists())
    }

    /// What a sheet says; none where it is not there, not whole, or not of this version.
    pub(super) fn load<T: DeserializeOwned>(&self, sheet: Sheet) -> Option<T> {
        let bytes = plain::read(&self.folder.as_ref()?.join(sheet.name())).ok()?;
        postcard::from_bytes(sheet::open(&bytes)?).ok()
    }

    /// Writes a sheet. Where that fails it is taken away: what is old must not pass for new.
    pub(super) fn save<T: Serialize>(&self, sheet: Sheet, value: &T) {
        let Some(folder) = &self.folder else { return };
        let place = folder.join(sheet.name());
        let staged = folder.join(format!("{}{STAGED}", sheet.name()));
        let saved = sheet::write(&staged, value).is_ok() && plain::replace(&staged, &place).is_ok();
        if !saved {
            let _ = plain::remove(&staged);
            self.forget(sheet);
        }
    }

    /// How the last build left the output, as far as that is known.
    pub(super) fn outputs(&self) -> Outputs {
        self.load(Sheet::Outputs).unwrap_or_default()
    }

    /// Takes a sheet away.
    pub(super) fn forget(&self, sheet: Sheet) {
        if let Some(folder) = &self.folder {
            let _ = plain::remove(&folder.join(sheet.name()));
        }
    }

    /// The pack of that name as far as `len`, what follows cut off; in memory where no cache is kept.
    pub(super) fn pack(&self, name: &str, len: u64) -> Pack {
        self.folder.as_ref().and_then(|folder| Pack::open(&folder.join(name), len)).unwrap_or_default()
    }

    /// Removes every pack but those in use, and whatever a killed build left.
    pub(super) fn sweep(&self, packs: &[String]) {
        let Some(entries) = self.folder.as_ref().and_then(|folder| fs::read_dir(folder).ok()) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            if name.ends_with(STAGED) || (name.ends_with(pack::ENDING) && !packs.iter().any(|pack| pack == name)) {
                let _ = plain::remove(&entry.path());
            }
        }
    }

    /// What was kept under a key; none where it is not there, not whole, or not of this version.
    pub(super) fn piece<T: DeserializeOwned>(&self, key: u128) -> Option<T> {
        let bytes = plain::read(&self.place_of(key)?).ok()?;
        postcard::from_bytes(sheet::open(&bytes)?).ok()
    }

    /// Keeps one large thing in a file of its own. Where that fails it is as if nothing had been kept.
    pub(super) fn keep_piece<T: Serialize>(&self, key: u128, value: &T) {
        let Some(place) = self.place_of(key) else { return };
        let staged = place.with_extension("new");
        let kept = place.parent().is_some_and(|folder| fs::create_dir_all(folder).is_ok())
            && sheet::write(&staged, value).is_ok()
            && plain::replace(&staged, &place).is_ok();
        if !kept {
            let _ = plain::remove(&staged);
            let _ = plain::remove(&place);
        }
    }

    /// Removes every piece but those in use, and whatever a killed build left.
    pub(super) fn sweep_pieces(&self, used: &FxHashSet<u128>) {
        let Some(entries) = self.folder.as_ref().and_then(|folder| fs::read_dir(folder.join(PIECES)).ok()) else {
            return;
        };
        for entry in entries.flatten() {
            let key = entry.file_name().to_str().and_then(|name| u128::from_str_radix(name, 16).ok());
            if key.is_none_or(|key| !used.contains(&key)) {
                let _ = plain::remove(&entry.path());
            }
        }
    }

    fn place_of(&self, key: u128) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join(PIECES).join(format!("{key:032x}")))
    }

    /// All its bytes.
    pub(super) fn size(&self) -> u64 {
        let bytes = |folder: &Path| -> u64 {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            entries.filter_map(|entry| entry.metadata().ok()).filter(|meta| meta.is_file()).map(|meta| meta.len()).sum()
        };
        self.folder.as_ref().map_or(0, |folder| bytes(folder) + bytes(&folder.join(PIECES)))
    }
}

/// The first thing in the cache that has a name of ours and is not what we make by that name, with what it is.
fn foreign_in(folder: &Path) -> Option<(PathBuf, io::Error)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let found = entries.filter_map(|entry| {
        let (name, meta) = (entry.file_name(), entry.metadata().ok()?);
        let name = name.to_str()?;
        let is = match name {
            PIECES => plain::is_folder(&meta),
            name if is_file_of_ours(name) => plain::is_plain(&meta),
            _ => Ok(()),
        };
        Some((entry.path(), is.err()?))
    });
    found.min_by(|(a, _), (b, _)| a.cmp(b))
}

/// Whether we give a file of the cache that name.
fn is_file_of_ours(name: &str) -> bool {
    Sheet::ALL.iter().map(|sheet| sheet.name()).chain(SIGNS.map(|(sign, _)| sign)).any(|ours| name == ours)
        || [LOCK, CLOCK].contains(&name)
        || name.ends_with(pack::ENDING)
        || name.ends_with(STAGED)
}

/// Says what stands in the place of the cache, or of a file of it.
fn intruder(place: &Path, error: &io::Error) -> Diagnostic {
    fault(codes::OUTPUT_FOREIGN, place, format!("this is not what a build keeps here: {}", why(error)))
        .note("left as it is; built from nothing, and nothing is kept for the next build")
        .help("take it away: the cache is made anew")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(root: &Path) -> Result<Cache, Diagnostic> {
        let mut noted = Vec::new();
        let opened = Cache::open(root, true, &mut noted);
        assert_eq!(noted, []);
        opened
    }

    fn cache(root: &Path) -> Cache {
        open(root).expect("no other build")
    }

    #[test]
    fn what_is_saved_is_loaded_and_what_is_damaged_is_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let cache = cache(dir.path());
        let value = vec!["Ingrid Marsh".to_owned(), "Tobias Renn".to_owned()];
        assert_eq!(cache.load::<Vec<String>>(Sheet::Inputs), None);
        cache.save(Sheet::Inputs, &value);
        assert_eq!(cache.load(Sheet::Inputs), Some(value));
        let place = dir.path().join(FOLDER).join("inputs");
        let whole = fs::read(&place).expect("a sheet");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            fs::write(&place, damaged).expect("a file");
            assert_eq!(cache.load::<Vec<String>>(Sheet::Inputs), None, "byte {at}");
            fs::write(&place, &whole[..at]).expect("a file");
            assert_eq!(cache.load::<Vec<String>>(Sheet::Inputs), None, "cut at {at}");
        }
    }

    #[test]
    fn one_build_at_a_time() {
        let dir = tempfile::tempdir().expect("a folder");
        let first = cache(dir.path());
        let second = open(dir.path()).err().expect("refused");
        assert_eq!(second.code, codes::OUTPUT_REFUSED);
        drop(first);
        assert!(open(dir.path()).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_copy_of_the_site_is_built_meanwhile() {
        let dir = tempfile::tempdir().expect("a folder");
        let [site, copy] = ["site", "copy"].map(|name| dir.path().join(name));
        drop(cache(&site));
        fs::create_dir_all(copy.join(FOLDER)).expect("a folder");
        for entry in fs::read_dir(site.join(FOLDER)).expect("a folder") {
            let entry = entry.expect("an entry");
            fs::hard_link(entry.path(), copy.join(FOLDER).join(entry.file_name())).expect("a second name");
        }
        let (_first, _second) = (cache(&site), cache(&copy));
        assert!(open(&site).is_err() && open(&copy).is_err());
    }

    #[test]
    fn no_cache_is_no_fault() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join(".onrecord"), "a file").expect("a file");
        for wanted in [true, false] {
            let mut noted = Vec::new();
            let cache = Cache::open(dir.path(), wanted, &mut noted).expect("no other build");
            let codes: Vec<_> = noted.iter().map(|noted| noted.code).collect();
            assert_eq!(codes, if wanted { vec![codes::OUTPUT_FOREIGN] } else { vec![] });
            cache.save(Sheet::Last, &1u8);
            assert_eq!(cache.load::<u8>(Sheet::Last), None);
            let pack = cache.pack("words-1.pack", 0);
            let place = pack.put(b"Merrow").expect("room");
            assert_eq!(pack.get(place).as_deref(), Some(&b"Merrow"[..]));
        }
    }

    #[test]
    fn what_is_not_ours_has_the_build_done_without_a_cache() {
        let dir = tempfile::tempdir().expect("a folder");
        drop(cache(dir.path()));
        let folder = dir.path().join(FOLDER);
        let ours = Sheet::ALL.map(Sheet::name);
        let names =
            ours.into_iter().chain(SIGNS.map(|(sign, _)| sign)).chain([LOCK, CLOCK, "words-1.pack", "last.new"]);
        for name in names {
            let place = folder.join(name);
            let _ = fs::remove_file(&place);
            fs::create_dir(&place).expect("a folder");
            let mut noted = Vec::new();
            let cache = Cache::open(dir.path(), true, &mut noted).expect("no other build");
            assert!(!cache.is_kept() && noted.len() == 1, "{name}: {noted:?}");
            assert!(noted[0].path.ends_with(&format!(".onrecord/cache/{name}")), "{name}: {noted:?}");
            fs::remove_dir(&place).expect("it is there still");
        }
        fs::create_dir(folder.join("mine")).expect("a folder of another name");
        fs::write(folder.join(PIECES), "a file").expect("a file");
        let mut noted = Vec::new();
        assert!(!Cache::open(dir.path(), true, &mut noted).expect("no other build").is_kept());
        fs::remove_file(folder.join(PIECES)).expect("it is there still");
        assert!(cache(dir.path()).is_kept());
    }
}
