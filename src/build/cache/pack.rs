use super::{STAGED, checksum};
use crate::build::plain;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// How the names of packs end.
pub(super) const ENDING: &str = ".pack";

/// Many pieces one after the other, each found by its [`Place`]. For many threads.
///
/// Only ever grows: a place that was given stays good until the pack is left for another.
#[derive(Default)]
pub(in crate::build) struct Pack {
    /// None: the pieces are held in memory.
    file: Option<File>,
    end: Mutex<End>,
}

/// Where the next piece goes.
#[derive(Default)]
struct End {
    at: u64,
    /// All pieces, where there is no file.
    memory: Vec<u8>,
}

/// Where a piece lies in its pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::build) struct Place {
    at: u64,
    /// Bytes.
    pub(in crate::build) len: u32,
    /// Of its bytes: a piece that is damaged is not there.
    sum: u64,
}

impl Pack {
    /// Opens or makes a pack; what lies behind `len` belongs to nobody. None where it cannot be written, or is no file.
    ///
    /// A pack that is in the cache of a copy of the site as well (`cp -al`) becomes two: the copy's is not written to.
    pub(super) fn open(path: &Path, len: u64) -> Option<Self> {
        if plain::is_shared(path) {
            part(path, len).ok()?;
        }
        let file = plain::hold(path).ok()?;
        // A pack shorter than it was: its places find nothing, and new pieces go where they cannot be mistaken.
        file.set_len(len).ok()?;
        Some(Self { file: Some(file), end: Mutex::new(End { at: len, memory: Vec::new() }) })
    }

    /// Adds a piece; none where there is no room for it.
    pub(in crate::build) fn put(&self, bytes: &[u8]) -> Option<Place> {
        let len = u32::try_from(bytes.len()).ok()?;
        let sum = short(bytes);
        let at = {
            let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
            let at = end.at;
            end.at += u64::from(len);
            if self.file.is_none() {
                end.memory.extend_from_slice(bytes);
            }
            at
        };
        if let Some(file) = &self.file {
            write_at(file, bytes, at).ok()?;
        }
        Some(Place { at, len, sum })
    }

    /// The piece at a place; none where it is not whole.
    pub(in crate::build) fn get(&self, place: Place) -> Option<Vec<u8>> {
        let bytes = match &self.file {
            Some(file) => {
                let mut bytes = vec![0; place.len as usize];
                read_at(file, &mut bytes, place.at).ok()?;
                bytes
            }
            None => {
                let end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
                let at = usize::try_from(place.at).ok()?;
                end.memory.get(at..at.checked_add(place.len as usize)?)?.to_vec()
            }
        };
        (short(&bytes) == place.sum).then_some(bytes)
    }

    /// Bytes of all pieces, those no longer wanted included.
    pub(in crate::build) fn len(&self) -> u64 {
        self.end.lock().unwrap_or_else(PoisonError::into_inner).at
    }
}

/// Gives a pack bytes of its own: as far as `len`.
fn part(path: &Path, len: u64) -> io::Result<()> {
    let mut staged = path.as_os_str().to_owned();
    staged.push(STAGED);
    let staged = Path::new(&staged);
    io::copy(&mut plain::open(path)?.take(len), &mut plain::create(staged)?)?;
    plain::replace(staged, path)
}

fn short(bytes: &[u8]) -> u64 {
    checksum(bytes) as u64
}

#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, mut bytes: &mut [u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        match std::os::windows::fs::FileExt::seek_read(file, bytes, at)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            n => {
                bytes = &mut bytes[n..];
                at += n as u64;
            }
        }
    }
    Ok(())
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let n = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        bytes = &bytes[n..];
        at += n as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_found_again_and_damaged_ones_are_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("words-1.pack");
        let (first, second, len) = {
            let pack = Pack::open(&path, 0).expect("a pack");
            (pack.put(b"Port Ansel").expect("room"), pack.put(b"").expect("room"), pack.len())
        };
        // A build that was killed after it had added more.
        std::fs::write(&path, "Port Ansel, and more").expect("a file");
        let pack = Pack::open(&path, len).expect("a pack");
        assert_eq!(pack.get(first).as_deref(), Some(&b"Port Ansel"[..]));
        assert_eq!(pack.get(second).as_deref(), Some(&b""[..]));
        let third = pack.put(b"Merrow").expect("room");
        assert_eq!(std::fs::read(&path).expect("a file"), b"Port AnselMerrow");
        drop(pack);
        std::fs::write(&path, "Port Amsel").expect("a file");
        let pack = Pack::open(&path, len).expect("a pack");
        assert_eq!((pack.get(first), pack.get(third)), (None, None));
    }

    #[cfg(unix)]
    #[test]
    fn a_pack_of_a_copied_site_is_not_written_to() {
        let dir = tempfile::tempdir().expect("a folder");
        let (path, backup) = (dir.path().join("words-1.pack"), dir.path().join("backup"));
        let pack = Pack::open(&path, 0).expect("a pack");
        let (first, len) = (pack.put(b"Port Ansel").expect("room"), pack.len());
        drop(pack);
        std::fs::write(&path, "Port Ansel, and more").expect("a file");
        std::fs::hard_link(&path, &backup).expect("a second name");
        let pack = Pack::open(&path, len).expect("a pack");
        assert_eq!(pack.get(first).as_deref(), Some(&b"Port Ansel"[..]));
        pack.put(b"Merrow").expect("room");
        assert_eq!(std::fs::read(&backup).expect("a file"), b"Port Ansel, and more");
        assert_eq!(std::fs::read(&path).expect("a file"), b"Port AnselMerrow");
        assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 2);
    }
}
