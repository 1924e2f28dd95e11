//! The files that review writes, sidecars and people files: read from disk, and replaced whole.

use crate::build::plain;
use crate::read;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 16 << 20;
/// Held while a file is changed, so that another review of this site waits.
const LOCK: &str = "review.lock";
/// The folder of the site in which that is.
const OWN: &str = ".onrecord";
/// How often another review is waited for, five milliseconds each time.
const TURNS: u32 = 400;

/// Where the files of one site lie.
#[derive(Debug)]
pub(super) struct Store {
    root: PathBuf,
    turn: Mutex<()>,
    /// Of the temporary files that were made.
    made: AtomicU32,
}

/// A file as it stands; without text where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// Its words, a byte order mark included.
    pub(super) text: Option<String>,
}

impl Kept {
    /// Its words without a byte order mark; empty where there is none.
    pub(super) fn words(&self) -> &str {
        let text = self.text.as_deref().unwrap_or_default();
        text.strip_prefix('\u{feff}').unwrap_or(text)
    }

    /// The same file with other words.
    pub(super) fn with(&self, words: &str) -> Self {
        let mark = if self.text.as_deref().is_some_and(|text| text.starts_with('\u{feff}')) { "\u{feff}" } else { "" };
        Self { text: Some([mark, words].concat()) }
    }
}

impl Store {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), turn: Mutex::new(()), made: AtomicU32::new(0) }
    }

    /// A file by its path from the site's root.
    ///
    /// Errors where there can be none, and where there is one that cannot be read.
    pub(super) fn read(&self, path: &str) -> io::Result<Kept> {
        self.read_at(&self.place(path)?)
    }

    fn read_at(&self, path: &Path) -> io::Result<Kept> {
        match fs::symlink_metadata(path) {
            Ok(about) if !about.is_file() => Err(refused("it is a link or a folder, and is not followed")),
            Ok(about) if about.len() > LARGEST => Err(refused("it is too large")),
            Ok(_) => Ok(Kept { text: Some(plain::read_text(path)?) }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Kept::default()),
            Err(error) => Err(error),
        }
    }

    /// Changes a file into what `change` makes of it; where that is what it is already, nothing is
    /// written.
    ///
    /// Nobody else who asks a store changes it meanwhile, in this process or another. A program that asks nobody may;
    /// what it wrote is then read, and `change` is asked again. The first error is the disk's, the second `change`'s
    /// own.
    pub(super) fn change<E>(
        &self,
        path: &str,
        mut change: impl FnMut(&Kept) -> Result<Kept, E>,
    ) -> io::Result<Result<(Kept, Kept), E>> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let _lock = self.lock()?;
        let path = self.place(path)?;
        let mut before = self.read_at(&path)?;
        loop {
            let after = match change(&before) {
                Ok(after) => after,
                Err(error) => return Ok(Err(error)),
            };
            if after == before {
                return Ok(Ok((before, after)));
            }
            let beside = after.text.as_ref().map(|text| self.written(&path, text)).transpose()?;
            // The last look before the file is replaced: an editor may have saved it since.
            let now = self.read_at(&path)?;
            if now != before {
                beside.map(fs::remove_file).transpose()?;
                before = now;
                continue;
            }
            match beside {
                Some(beside) => fs::rename(&beside, &path).inspect_err(|_| drop(fs::remove_file(&beside)))?,
                None => fs::remove_file(&path)?,
            }
            if cfg!(unix) {
                // So that the new name outlives a power failure; the words are on disk already.
                let _ = path.parent().map(|folder| File::open(folder).and_then(|folder| folder.sync_all()));
            }
            return Ok(Ok((before, after)));
        }
    }

    /// Writes a file beside the one whose place it is to take, with the same permissions.
    fn written(&self, path: &Path, text: &str) -> io::Result<PathBuf> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let n = self.made.fetch_add(1, Ordering::Relaxed);
        let beside = path.with_file_name(format!(".{name}.{}-{n}", std::process::id()));
        let write = || {
            let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
            file.write_all(text.as_bytes())?;
            if let Ok(about) = fs::metadata(path) {
                fs::set_permissions(&beside, about.permissions())?;
            }
            file.sync_all()
        };
        write().inspect_err(|_| drop(fs::remove_file(&beside)))?;
        Ok(beside)
    }

    /// Where a file is, or would be. Errors where it is none that review writes, and where that is no place in the
    /// site.
    fn place(&self, path: &str) -> io::Result<PathBuf> {
        let ours = read::is_sidecar(path) || (path.ends_with(".md") && path.rsplit('/').nth(1) == Some("people"));
        let path = Path::new(path);
        let plain = path.components().all(|part| match part {
            Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
            _ => false,
        });
        let (Some(first), Some(name), Some(folder)) = (path.components().next(), path.file_name(), path.parent())
        else {
            return Err(refused("this is no place in the site"));
        };
        if !ours || !plain || folder.as_os_str().is_empty() {
            return Err(refused("this is no place in the site"));
        }
        let root = self.root.canonicalize()?;
        let folder = root.join(folder).canonicalize()?;
        // Where links lead is where the file would be.
        if !folder.starts_with(root.join(first)) {
            return Err(refused("its folder is a link that leads out of the site"));
        }
        Ok(folder.join(name))
    }

    /// Waits for other reviews of the site. On a drive that knows no locks there is nothing to wait with.
    fn lock(&self) -> io::Result<Option<File>> {
        let folder = plain::folder(&self.root, OWN).ok();
        let Some(file) = folder.and_then(|folder| plain::hold(&folder.join(LOCK)).ok()) else {
            return Ok(None);
        };
        for _ in 0..TURNS {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
                Err(TryLockError::Error(_)) => return Ok(None),
            }
        }
        Err(refused("another review of this site is busy; try again"))
    }
}

fn refused(why: &'static str) -> io::Error {
    io::Error::other(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::review::entry::Entry;
    use crate::serve::review::sheet::Sheet;

    const SIDECAR: &str = "content/2031/quay.annotations.toml";

    fn site() -> tempfile::TempDir {
        let site = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(site.path().join("content/2031")).expect("a folder");
        site
    }

    fn add(store: &Store, words: &str) {
        let entry = Entry { exact: vec![words.to_owned()], ..Entry::default() };
        let add =
            |kept: &Kept| Sheet::read(kept.words())?.replaced(&[], std::slice::from_ref(&entry)).map(|w| kept.with(&w));
        store.change(SIDECAR, add).expect("the disk").expect("a change");
    }

    #[test]
    fn of_two_who_write_neither_loses_anything() {
        let site = site();
        // As two processes have it: nothing is shared but the disk.
        let stores = [Store::new(site.path()), Store::new(site.path())];
        std::thread::scope(|threads| {
            for (who, store) in stores.iter().enumerate() {
                threads.spawn(move || (0..40).for_each(|n| add(store, &format!("{who} said {n}"))));
            }
        });
        let kept = stores[0].read(SIDECAR).expect("a sidecar");
        let sheet = Sheet::read(kept.words()).expect("a sidecar");
        for who in 0..2 {
            let of =
                sheet.entries().iter().map(|entry| &entry.exact[0]).filter(|words| words.starts_with(&who.to_string()));
            assert_eq!(of.cloned().collect::<Vec<_>>(), (0..40).map(|n| format!("{who} said {n}")).collect::<Vec<_>>());
        }
        let files: Vec<_> = fs::read_dir(site.path().join("content/2031")).expect("a folder").collect();
        assert_eq!(files.len(), 1, "nothing is left beside it: {files:?}");
    }

    #[test]
    fn what_somebody_saves_meanwhile_is_taken_in() {
        let site = site();
        let store = Store::new(site.path());
        let file = site.path().join(SIDECAR);
        let mut asked = 0;
        let change = |kept: &Kept| -> Result<Kept, ()> {
            asked += 1;
            if asked == 1 {
                fs::write(&file, "\u{feff}# by hand\n").expect("a file");
            }
            Ok(kept.with(&format!("{}# by us\n", kept.words())))
        };
        let (before, after) = store.change(SIDECAR, change).expect("the disk").expect("a change");
        assert_eq!(asked, 2);
        assert_eq!(before.text.as_deref(), Some("\u{feff}# by hand\n"));
        assert_eq!(fs::read_to_string(&file).expect("a file"), "\u{feff}# by hand\n# by us\n");
        assert_eq!(after.words(), "# by hand\n# by us\n");
        store.change(SIDECAR, |_| Ok::<_, ()>(Kept::default())).expect("the disk").expect("a change");
        assert!(!file.exists() && store.read(SIDECAR).expect("none").text.is_none());
    }

    #[test]
    fn nothing_outside_the_content_is_read_or_written() {
        let site = site();
        let store = Store::new(site.path());
        for path in [
            "",
            "..",
            "/etc/x.annotations.toml",
            "content",
            "../content/x.annotations.toml",
            "content/../x.annotations.toml",
            "content/.git/x.annotations.toml",
            "x.annotations.toml",
            "site.toml",
            "content/2031/quay.md",
            "content/2031/x.toml",
            "people/../../x.md",
        ] {
            assert!(store.read(path).is_err(), "{path}");
            assert!(store.change(path, |_| Ok::<_, ()>(Kept { text: Some(String::new()) })).is_err(), "{path}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::{PermissionsExt as _, symlink};
            let out = tempfile::tempdir().expect("a folder");
            fs::write(out.path().join("x.annotations.toml"), "# theirs\n").expect("a file");
            symlink(out.path(), site.path().join("content/out")).expect("a link");
            symlink(out.path().join("x.annotations.toml"), site.path().join("content/2031/link.annotations.toml"))
                .expect("a link");
            for path in ["content/out/x.annotations.toml", "content/2031/link.annotations.toml"] {
                assert!(store.read(path).is_err(), "{path}");
                assert!(store.change(path, |_| Ok::<_, ()>(Kept { text: Some(String::new()) })).is_err(), "{path}");
            }
            assert_eq!(fs::read_to_string(out.path().join("x.annotations.toml")).expect("it"), "# theirs\n");
            // Who may read it stays as it was.
            add(&store, "a");
            let file = site.path().join(SIDECAR);
            fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
            add(&store, "b");
            assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
        }
    }
}
