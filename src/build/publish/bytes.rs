//! Comparing files of any size.

use crate::build::hash::{CHUNK, Hash};
use crate::build::plain;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Opens a published file. One that its owner may not read cannot be read by anybody, be it that we may read all there
/// is.
pub(super) fn published(path: &Path) -> io::Result<File> {
    let file = plain::open(path)?;
    if is_shut(&file)? { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(file) }
}

#[cfg(unix)]
fn is_shut(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(file.metadata()?.permissions().mode() & 0o400 == 0)
}

#[cfg(not(unix))]
fn is_shut(_file: &File) -> io::Result<bool> {
    Ok(false)
}

/// Whether a published file has a hash; not where it cannot be read.
pub(super) fn has(path: &Path, hash: Hash) -> bool {
    published(path).and_then(|file| Hash::of_opened(file, None)).is_ok_and(|standing| standing == hash)
}

/// Whether a published file has these bytes; not where it cannot be read.
pub(super) fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let mut old = Vec::new();
    let read = published(path).and_then(|file| file.take(bytes.len() as u64 + 1).read_to_end(&mut old));
    read.is_ok() && old == bytes
}

/// Whether a published file has the bytes of another; not where it cannot be read. Errors where the other cannot.
pub(super) fn same_files(other: &Path, published: &Path) -> io::Result<bool> {
    let mut a = plain::open(other)?;
    let Ok(mut b) = self::published(published) else { return Ok(false) };
    if a.metadata()?.len() != b.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let n = fill(&mut a, &mut left)?;
        let Ok(m) = fill(&mut b, &mut right) else { return Ok(false) };
        if left.get(..n) != right.get(..m) {
            return Ok(false);
        }
        if n == 0 {
            return Ok(true);
        }
    }
}

fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest)? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}
