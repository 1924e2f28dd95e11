//! Comparing files of any size.

use crate::build::hash::{CHUNK, Hash};
use crate::build::plain;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// Opens a published file, of so many bytes. One that its owner may not read cannot be read by anybody, be it that we may read all there
/// is.
fn published(path: &Path) -> io::Result<(File, u64)> {
    let (file, meta) = plain::open_known(path)?;
    if is_shut(&meta) { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok((file, meta.len())) }
}

#[cfg(unix)]
fn is_shut(meta: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    meta.permissions().mode() & 0o400 == 0
}

#[cfg(not(unix))]
fn is_shut(_meta: &Metadata) -> bool {
    false
}

/// Whether a published file has a hash; not where it cannot be read.
pub(super) fn has(path: &Path, hash: Hash) -> bool {
    published(path).and_then(|(file, len)| Hash::of_opened(file, len, None)).is_ok_and(|standing| standing == hash)
}

/// Whether a published file has these bytes; not where it cannot be read.
pub(super) fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let Some((mut file, _)) = published(path).ok().filter(|(_, len)| *len == bytes.len() as u64) else { return false };
    let mut old = vec![0; bytes.len()];
    fill(&mut file, &mut old).is_ok_and(|n| old.get(..n) == Some(bytes))
}

/// Whether a published file has the bytes of another; not where it cannot be read. Errors where the other cannot.
pub(super) fn same_files(other: &Path, published: &Path) -> io::Result<bool> {
    let (mut a, meta) = plain::open_known(other)?;
    let Ok((mut b, len)) = self::published(published) else { return Ok(false) };
    if meta.len() != len {
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
