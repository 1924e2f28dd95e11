//! One folder in the output and in the second tree, listed once for all who ask.

use super::exchange::is_like;
use super::twin::inode;
use crate::build::stat::Stat;
use std::ffi::OsString;
use std::fs::{self, DirEntry};
use std::path::Path;

/// A folder that has the same entries in both trees, and nothing in it but files and folders.
///
/// It was looked at before it was listed: what comes meanwhile shows as another time.
#[derive(Debug)]
pub(super) struct Pair {
    /// In the output.
    pub(super) here: Stat,
    /// In the second tree.
    pub(super) there: Stat,
    /// Files in it that are not ours: names with numbers in the file system.
    pub(super) theirs: Vec<(OsString, u64)>,
    /// Paths of the folders in it.
    pub(super) below: Vec<Box<str>>,
}

/// What a folder lists.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    name: OsString,
    /// Of a file: its number in the file system.
    file: Option<u64>,
}

impl Pair {
    /// Looks at a folder of two trees; `ours` says whose a file is. None where the two differ in anything.
    pub(super) fn of(public: &Path, site: &Path, folder: &str, ours: impl Fn(&str) -> bool) -> Option<Self> {
        let [public, site] = [public, site].map(|tree| tree.join(folder));
        let (meta, other) = (fs::symlink_metadata(&public).ok()?, fs::symlink_metadata(&site).ok()?);
        if !meta.is_dir() || !other.is_dir() || !is_like(&meta, &other) {
            return None;
        }
        let (mut here, mut there) = (list(&public)?, list(&site)?);
        // Most often both are listed in the same order.
        if here != there {
            here.sort_unstable();
            there.sort_unstable();
            if here != there {
                return None;
            }
        }
        drop(there);
        let (mut theirs, mut below, mut path) = (Vec::new(), Vec::new(), folder.to_owned());
        for Entry { name, file } in here {
            path.truncate(folder.len());
            if let Some(name) = name.to_str() {
                path.extend((!folder.is_empty()).then_some("/"));
                path.push_str(name);
            }
            match (file, name.to_str()) {
                (None, Some(_)) => below.push(path.as_str().into()),
                // Folders of others have no place in a second tree.
                (None, None) => return None,
                (Some(_), Some(_)) if ours(&path) => {}
                (Some(number), _) => theirs.push((name, number)),
            }
        }
        Some(Self { here: (&meta).into(), there: (&other).into(), theirs, below })
    }
}

/// None where the folder cannot be listed, or holds what is neither a file nor a folder.
fn list(folder: &Path) -> Option<Vec<Entry>> {
    let entry = |entry: DirEntry| {
        let kind = entry.file_type().ok()?;
        let file = if kind.is_file() { Some(inode(&entry)?) } else { None };
        (file.is_some() || kind.is_dir()).then(|| Entry { name: entry.file_name(), file })
    };
    fs::read_dir(folder).ok()?.map(|found| entry(found.ok()?)).collect()
}
