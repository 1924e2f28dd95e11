use super::stat::Stat;
use std::io;
use std::path::Path;

/// A folder in which very many files are looked at.
///
/// On Unix it is held open: the system then goes the way from the root of all files once, and not for every file.
pub(super) struct Tree {
    #[cfg(unix)]
    handle: std::os::fd::OwnedFd,
    #[cfg(not(unix))]
    folder: std::path::PathBuf,
}

/// What stands somewhere; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) kind: Kind,
    pub(super) stat: Stat,
}

/// What sort of thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A link, a pipe, a device.
    Other,
}

#[cfg(unix)]
impl Tree {
    /// Opens a folder, through a link to where it leads.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        use rustix::fs::{Mode, OFlags, open};
        // Whoever may look into a folder may not always list it; no more than looking is asked for.
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let how = OFlags::PATH;
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let how = OFlags::RDONLY;
        let handle = open(folder, how | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
        Ok(Self { handle })
    }

    /// Looks at what stands at a path below the folder; at the folder itself where the path is empty.
    pub(super) fn look(&self, path: &str) -> io::Result<Seen> {
        use rustix::fs::{AtFlags, FileType, statat};
        let path = if path.is_empty() { "." } else { path };
        let found = statat(&self.handle, path, AtFlags::SYMLINK_NOFOLLOW)?;
        let kind = match FileType::from_raw_mode(found.st_mode) {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            _ => Kind::Other,
        };
        Ok(Seen { kind, stat: Stat::from(&found) })
    }
}

#[cfg(not(unix))]
impl Tree {
    /// Takes a folder, through a link to where it leads.
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        std::fs::canonicalize(folder).map(|folder| Self { folder })
    }

    /// Looks at what stands at a path below the folder; at the folder itself where the path is empty.
    pub(super) fn look(&self, path: &str) -> io::Result<Seen> {
        let meta = std::fs::symlink_metadata(self.folder.join(path))?;
        let kind = match meta.file_type() {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        Ok(Seen { kind, stat: Stat::from(&meta) })
    }
}

impl Tree {
    /// The stat of a folder that is no link.
    pub(super) fn folder(&self, path: &str) -> Option<Stat> {
        self.look(path).ok().filter(|seen| seen.kind == Kind::Folder).map(|seen| seen.stat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_look_sees_what_the_path_says() {
        let dir = tempfile::tempdir().expect("a folder");
        let root = dir.path();
        fs::create_dir_all(root.join("2031/quay")).expect("folders");
        fs::write(root.join("2031/quay/index.html"), "the quay").expect("a file");
        let tree = Tree::open(root).expect("a tree");
        let file = tree.look("2031/quay/index.html").expect("a file");
        assert_eq!(
            file,
            Seen { kind: Kind::File, stat: Stat::of(&root.join("2031/quay/index.html")).expect("a stat") }
        );
        assert_eq!(file.stat.bytes, 8);
        assert_eq!(tree.folder("2031/quay"), Stat::of(&root.join("2031/quay")).ok());
        assert_eq!(tree.folder(""), Stat::of(root).ok());
        assert_eq!(tree.folder("2031/quay/index.html"), None);
        assert_eq!(tree.look("2031/harbour").map_err(|e| e.kind()), Err(io::ErrorKind::NotFound));
        assert!(Tree::open(&root.join("elsewhere")).is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("2031", root.join("link")).expect("a link");
            assert_eq!(tree.look("link").map(|seen| seen.kind).ok(), Some(Kind::Other));
            assert_eq!(tree.folder("link"), None);
        }
    }
}
