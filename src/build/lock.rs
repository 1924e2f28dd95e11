//! Locks by which builds keep out of each other's way.

use super::plain;
use super::stat::Stat;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

/// What a lock is called before it has its name.
const STAGED: &str = ".new";

/// Locks a file of ours, which is made where there is none; none where another process has it. The lock is held as long
/// as the file is open, and goes with the process, however that ends.
///
/// The lock is on the file and not on its name: one that is in a copy of the site as well (`cp -al`) is made anew, so
/// that two sites do not wait for each other. Where the file system knows no locks, two builds at once are up to the
/// user. Errors as [`plain::hold`] does.
pub(super) fn take(path: &Path) -> io::Result<Option<File>> {
    loop {
        let file = plain::hold(path)?;
        let taken = file.try_lock();
        let held = Stat::from(&file.metadata()?);
        if Stat::of(path).ok() != Some(held) {
            // The file is gone, or another has its name by now, which somebody else may have locked.
            continue;
        }
        return Ok(match taken {
            Err(TryLockError::WouldBlock) => None,
            Ok(()) if plain::is_shared(path) => Some(alone(path).unwrap_or(file)),
            Ok(()) | Err(TryLockError::Error(_)) => Some(file),
        });
    }
}

/// Puts a new lock in the place of one that is held; nobody else may do so, and whoever waits for the old one finds that
/// it has lost its name. None where that fails: the old one serves as well.
fn alone(path: &Path) -> Option<File> {
    let mut staged = path.as_os_str().to_owned();
    staged.push(STAGED);
    let staged = Path::new(&staged);
    let file = plain::create(staged).ok()?;
    // Before it can be found by anybody.
    if file.try_lock().is_ok() && plain::replace(staged, path).is_ok() {
        return Some(file);
    }
    let _ = fs::remove_file(staged);
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn copies_of_a_lock_are_taken_each_by_itself() {
        let dir = tempfile::tempdir().expect("a folder");
        let [site, copy] = ["site", "copy"].map(|name| dir.path().join(name));
        [&site, &copy].into_iter().for_each(|folder| fs::create_dir(folder).expect("a folder"));
        let [lock, copied] = [&site, &copy].map(|folder| folder.join("lock"));
        drop(take(&lock).expect("a file").expect("free"));
        fs::hard_link(&lock, &copied).expect("a second name");
        let held = take(&lock).expect("a file").expect("free");
        let other = take(&copied).expect("a file").expect("free");
        assert!(take(&lock).expect("a file").is_none() && take(&copied).expect("a file").is_none());
        drop(held);
        assert!(take(&lock).expect("a file").is_some() && take(&copied).expect("a file").is_none());
        drop(other);
        for folder in [&site, &copy] {
            assert_eq!(fs::read_dir(folder).expect("a folder").count(), 1);
        }
        // Copied while a build is at work: it is still the only one.
        let held = take(&lock).expect("a file").expect("free");
        fs::hard_link(&lock, dir.path().join("lock")).expect("a second name");
        assert!(take(&lock).expect("a file").is_none());
        drop(held);
        assert!(take(&lock).expect("a file").is_some());
    }

    /// Every time the lock is copied while it is held, and goes with its holder every now and then, as that of a staging
    /// folder does.
    #[test]
    fn however_often_a_lock_is_made_anew_one_holds_it() {
        const TIMES: usize = 2000;
        let dir = tempfile::tempdir().expect("a folder");
        let lock = dir.path().join("lock");
        let (inside, turns) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || {
            while turns.load(Ordering::SeqCst) < TIMES {
                let Some(held) = take(&lock).expect("a file") else {
                    std::thread::yield_now();
                    continue;
                };
                assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two hold it");
                let turn = turns.fetch_add(1, Ordering::SeqCst);
                fs::hard_link(&lock, dir.path().join(turn.to_string())).expect("a second name");
                inside.fetch_sub(1, Ordering::SeqCst);
                if turn % 5 == 0 {
                    fs::remove_file(&lock).expect("a file");
                }
                drop(held);
            }
        };
        std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(work))));
        assert!(turns.into_inner() >= TIMES);
    }
}
