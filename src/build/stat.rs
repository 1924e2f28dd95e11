use super::plain;
use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;

/// What the file system says of a file: enough to see, without reading it, that it is as it was.
///
/// Two equal stats mean equal bytes, but for a file that was written again within the same tick of the file
/// system's clock: see [`Stat::is_settled`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stat {
    /// Size.
    pub(super) bytes: u64,
    /// When the bytes were last written, in nanoseconds since 1970.
    pub(super) modified: i64,
    /// When anything about it last changed (Unix), or when it was made: tools that set `modified` leave this.
    changed: i64,
    /// Its number in the file system; 0 where there is none.
    inode: u64,
}

/// Nanoseconds in a second.
const SECOND: i64 = 1_000_000_000;

impl Stat {
    /// Of a file, links not followed.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        fs::symlink_metadata(path).map(|meta| Self::from(&meta))
    }

    /// Whether a later write could no longer have this stat, seen from `now` on the same file system's clock.
    ///
    /// A file written within the clock's last tick may be written once more and look the same; as in git's index,
    /// such a stat is not relied on. Two seconds where the file system counts in whole seconds (or FAT's two),
    /// else a twentieth of one: kernels tick more often than that.
    pub(super) fn is_settled(&self, now: i64) -> bool {
        let tick = if self.modified % SECOND == 0 { 2 * SECOND } else { SECOND / 20 };
        self.modified.saturating_add(tick) < now
    }
}

/// Seconds and nanoseconds in nanoseconds.
#[cfg(unix)]
fn nanos(seconds: i64, nanos: i64) -> i64 {
    seconds.saturating_mul(SECOND).saturating_add(nanos)
}

#[cfg(unix)]
impl From<&Metadata> for Stat {
    fn from(meta: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self {
            bytes: meta.len(),
            modified: nanos(meta.mtime(), meta.mtime_nsec()),
            changed: nanos(meta.ctime(), meta.ctime_nsec()),
            inode: meta.ino(),
        }
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_cast, reason = "the widths of these numbers differ from system to system")]
impl From<&rustix::fs::Stat> for Stat {
    fn from(found: &rustix::fs::Stat) -> Self {
        Self {
            bytes: found.st_size as u64,
            modified: nanos(found.st_mtime as i64, found.st_mtime_nsec as i64),
            changed: nanos(found.st_ctime as i64, found.st_ctime_nsec as i64),
            inode: found.st_ino as u64,
        }
    }
}

#[cfg(not(unix))]
impl From<&Metadata> for Stat {
    fn from(meta: &Metadata) -> Self {
        let nanos = |time: io::Result<std::time::SystemTime>| {
            let since = time.ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
            since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default()
        };
        Self { bytes: meta.len(), modified: nanos(meta.modified()), changed: nanos(meta.created()), inode: 0 }
    }
}

/// The present moment on the clock of the file system that holds `file`, which is made anew for it; in [`Stat`]'s units.
///
/// The machine's own clock may differ from a file server's. The earliest of times where the file cannot be written:
/// nothing is then settled.
pub(super) fn now(file: &Path) -> i64 {
    plain::create(file).and_then(|_| Stat::of(file)).map_or(i64::MIN, |stat| stat.modified)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_just_now_is_not_settled() {
        let stat = |modified| Stat { bytes: 1, modified, changed: 0, inode: 0 };
        let at = 5 * SECOND + 7;
        assert!(!stat(at).is_settled(at));
        assert!(!stat(at).is_settled(at + SECOND / 50));
        assert!(stat(at).is_settled(at + SECOND / 10));
        assert!(!stat(5 * SECOND).is_settled(6 * SECOND), "a clock of whole seconds");
        assert!(stat(5 * SECOND).is_settled(8 * SECOND));
        assert!(!stat(at).is_settled(i64::MIN), "no clock");
    }

    #[test]
    fn another_write_shows() {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join("a");
        fs::write(&file, "one").expect("a file");
        let before = Stat::of(&file).expect("a stat");
        assert_eq!(Stat::of(&file).expect("a stat"), before);
        fs::write(&file, "three").expect("a file");
        assert_ne!(Stat::of(&file).expect("a stat"), before);
        assert!(before.modified <= now(&dir.path().join("clock")));
    }
}
