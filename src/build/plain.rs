//! Files of our own, which are files and nothing else.
//!
//! A name that we use may have been given to something else: a link, behind which somebody’s work lies, a pipe from
//! which nothing ever comes, a device that never ends. None of them is opened here, and none is taken away. Nor are
//! bytes that have a second name written to: the tree of a site that was copied by hard links stays as it was.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Opens a file to be read.
///
/// Errors with `InvalidInput` for what is no file; links are not followed, but for those on the way.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    open_known(path).map(|(file, _)| file)
}

/// The same, with what the system says of the file that was opened.
pub(crate) fn open_known(path: &Path) -> io::Result<(File, Metadata)> {
    is_plain(&fs::symlink_metadata(path)?)?;
    checked(OpenOptions::new().read(true), path)
}

/// All bytes of a file; errors as [`open`] does.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file; errors as [`open`] does, and with `InvalidData` where it is not UTF-8.
pub(crate) fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

/// Makes a file anew: what had the name is not written to but gives it up.
///
/// Errors with `InvalidInput` where that is no file; it stays.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    remove(path)?;
    // Nothing that has come meanwhile, no link either, is opened.
    File::create_new(path)
}

/// Makes a file of some bytes, as [`create`] does.
pub(crate) fn write(path: &Path, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    create(path)?.write_all(bytes.as_ref())
}

/// Opens a file to be read and written, as it is, or makes an empty one: to be locked, or to be gone on with.
///
/// Errors with `InvalidInput` for what is no file.
pub(crate) fn hold(path: &Path) -> io::Result<File> {
    match fs::symlink_metadata(path) {
        Ok(meta) => is_plain(&meta)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    checked(OpenOptions::new().read(true).write(true).create(true).truncate(false), path).map(|(file, _)| file)
}

/// Gives a file the name of another, which goes.
///
/// Errors with `InvalidInput` where what has the name is no file; it stays.
pub(crate) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    if let Ok(meta) = fs::symlink_metadata(to) {
        is_plain(&meta)?;
    }
    fs::rename(from, to)
}

/// Removes a file; one that is not there is no error.
///
/// Errors with `InvalidInput` where it is no file; it stays.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(meta) => is_plain(&meta).and_then(|()| fs::remove_file(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes a folder of ours below another, and those on the way; `below` is a path with `/`.
///
/// Errors with what stands in the way, a link above all, and what it is.
pub(crate) fn folder(root: &Path, below: &str) -> Result<PathBuf, (PathBuf, io::Error)> {
    let mut path = root.to_path_buf();
    for step in below.split('/') {
        path.push(step);
        let made = match fs::symlink_metadata(&path) {
            Ok(meta) => is_folder(&meta),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                // Another process may do the same.
                fs::create_dir_all(&path).and_then(|()| is_folder(&fs::symlink_metadata(&path)?))
            }
            Err(error) => Err(error),
        };
        if let Err(error) = made {
            return Err((path, error));
        }
    }
    Ok(path)
}

/// Whether a file has another name as well; false where the system does not say.
#[cfg(unix)]
pub(crate) fn is_shared(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::symlink_metadata(path).is_ok_and(|meta| meta.nlink() > 1)
}

/// Whether a file has another name as well; false where the system does not say.
#[cfg(not(unix))]
pub(crate) fn is_shared(_path: &Path) -> bool {
    false
}

/// Errors with what it is where it is no file.
pub(crate) fn is_plain(meta: &Metadata) -> io::Result<()> {
    if meta.is_file() { Ok(()) } else { Err(refused(meta)) }
}

/// Errors with what it is where it is no folder.
pub(crate) fn is_folder(meta: &Metadata) -> io::Result<()> {
    if meta.is_dir() { Ok(()) } else { Err(refused(meta)) }
}

fn refused(meta: &Metadata) -> io::Error {
    let words = match meta.file_type() {
        kind if kind.is_symlink() => "it is a link, and links are not followed",
        kind if kind.is_dir() => "it is a folder",
        kind if kind.is_file() => "it is a file",
        _ => "it is a pipe, a socket or a device",
    };
    io::Error::new(io::ErrorKind::InvalidInput, words)
}

/// Opens what was a file a moment ago, and looks whether that is what was opened.
fn checked(how: &mut OpenOptions, path: &Path) -> io::Result<(File, Metadata)> {
    let file = cautious(how).open(path)?;
    let meta = file.metadata()?;
    is_plain(&meta)?;
    Ok((file, meta))
}

/// Should a link or a pipe have come meanwhile, the one is not followed and the other not waited for.
#[cfg(unix)]
fn cautious(how: &mut OpenOptions) -> &mut OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
    how.custom_flags(i32::try_from(flags.bits()).unwrap_or_default())
}

#[cfg(not(unix))]
fn cautious(how: &mut OpenOptions) -> &mut OpenOptions {
    how
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What may be done with a name; each leaves what is no file as it is.
    fn all(path: &Path) -> Vec<io::Result<()>> {
        let new = path.with_extension("new");
        fs::write(&new, "ours").expect("a file");
        vec![
            open(path).map(drop),
            read(path).map(drop),
            read_text(path).map(drop),
            hold(path).map(drop),
            create(path).map(drop),
            write(path, "ours"),
            remove(path),
            replace(&new, path),
        ]
    }

    #[test]
    fn a_file_is_read_written_and_made_anew() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a");
        assert_eq!(read(&path).expect_err("nothing").kind(), io::ErrorKind::NotFound);
        remove(&path).expect("nothing to remove");
        write(&path, "Merrow").expect("written");
        hold(&path).expect("held as it is");
        assert_eq!(read_text(&path).expect("text"), "Merrow");
        fs::hard_link(&path, dir.path().join("backup")).expect("a second name");
        assert_eq!(is_shared(&path), cfg!(unix));
        write(&path, "Port Ansel").expect("written");
        assert!(!is_shared(&path));
        assert_eq!(read(&dir.path().join("backup")).expect("bytes"), b"Merrow");
        assert!(all(&path).iter().all(Result::is_ok));
    }

    #[test]
    fn a_folder_stays() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a");
        fs::create_dir(&path).expect("a folder");
        assert!(all(&path).iter().all(Result::is_err));
        assert!(path.is_dir());
        assert!(folder(dir.path(), "a/b/c").expect("made").is_dir());
        fs::write(dir.path().join("a/file"), "").expect("a file");
        let (at, why) = folder(dir.path(), "a/file/c").expect_err("a file");
        assert_eq!((at, why.to_string()), (dir.path().join("a/file"), "it is a file".to_owned()));
    }

    /// Were one of them opened, this would not end.
    #[cfg(unix)]
    #[test]
    fn links_and_pipes_stay_and_are_not_opened() {
        let dir = tempfile::tempdir().expect("a folder");
        let (path, precious) = (dir.path().join("a"), dir.path().join("precious"));
        fs::write(&precious, "years of work").expect("a file");
        let gone = dir.path().join("nowhere");
        for to in [&precious, &gone, &"/dev/zero".into()] {
            std::os::unix::fs::symlink(to, &path).expect("a link");
            assert!(all(&path).iter().all(Result::is_err), "{}", to.display());
            assert_eq!(fs::read_link(&path).expect("a link"), **to);
            fs::remove_file(&path).expect("removed");
        }
        assert_eq!(fs::read_to_string(&precious).expect("a file"), "years of work");
        assert!(!gone.exists());
        assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
        assert!(all(&path).iter().all(Result::is_err));
        std::os::unix::fs::symlink(dir.path(), dir.path().join("link")).expect("a link");
        assert!(folder(dir.path(), "link/x").is_err());
        assert!(!dir.path().join("x").exists());
    }
}
