//! Comparing and copying files of any size.

use crate::build::hash::Hash;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

/// Whether a file has these bytes.
pub(super) fn is_same(path: &Path, bytes: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Whether two files have the same bytes.
pub(super) fn same_files(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (File::open(a)?, File::open(b)?);
    if a.metadata()?.len() != b.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let (n, m) = (fill(&mut a, &mut left)?, fill(&mut b, &mut right)?);
        if left[..n] != right[..m] {
            return Ok(false);
        }
        if n == 0 {
            return Ok(true);
        }
    }
}

/// Bytes held at a time.
pub(super) const CHUNK: usize = 128 * 1024;

fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            n => filled += n,
        }
    }
    Ok(filled)
}

/// Hashes a file, writing what it reads to `copy`: hash and copy are of the same bytes, whoever writes meanwhile.
pub(super) fn hash_file(path: &Path, copy: Option<&Path>) -> io::Result<Hash> {
    let mut file = File::open(path)?;
    let mut copy = copy.map(File::create).transpose()?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; CHUNK];
    loop {
        let n = fill(&mut file, &mut buffer)?;
        if n == 0 {
            return Ok(Hash::finish(hasher));
        }
        hasher.update(&buffer[..n]);
        if let Some(copy) = &mut copy {
            copy.write_all(&buffer[..n])?;
        }
    }
}
