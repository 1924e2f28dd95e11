//! A sheet's outer form: whose it is, and whether it is whole.

use crate::build::plain;
use serde::Serialize;
use std::fs::File;
use std::io::{self, BufWriter, IntoInnerError, Seek as _, SeekFrom, Write};
use std::path::Path;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// First bytes of every sheet.
const MAGIC: &[u8; 8] = b"onrecord";
/// Which build of onrecord wrote it: everything else about the form follows from that.
const FINGERPRINT: &[u8; 32] = fingerprint();
/// Bytes before the payload: magic, fingerprint, checksum.
const HEADER: usize = MAGIC.len() + FINGERPRINT.len() + 16;
/// Bytes held back while writing.
const BUFFER: usize = 64 * 1024;

const fn fingerprint() -> &'static [u8; 32] {
    match env!("ONRECORD_FINGERPRINT").as_bytes().first_chunk() {
        Some(bytes) => bytes,
        None => panic!("the build script gives 32 characters"),
    }
}

/// The checksum of some bytes: tells damage, not malice.
pub(in crate::build) fn checksum(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// Writes a value with its header, which is filled in when all is written: neither the bytes nor a copy of them need be
/// in memory at once.
pub(super) fn write<T: Serialize>(place: &Path, value: &T) -> io::Result<()> {
    let mut file = plain::create(place)?;
    file.write_all(&[0; HEADER])?;
    let summed = BufWriter::with_capacity(BUFFER, Summed { file, sum: Xxh3::new() });
    let summed = postcard::to_io(value, summed).map_err(io::Error::other)?;
    let Summed { mut file, sum } = summed.into_inner().map_err(IntoInnerError::into_error)?;
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&[&MAGIC[..], FINGERPRINT, &sum.digest128().to_le_bytes()].concat())
}

/// A file, and the checksum of what was written to it.
struct Summed {
    file: File,
    sum: Xxh3,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.sum.update(bytes.get(..n).unwrap_or(bytes));
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The payload of a sheet that is whole and of this version.
pub(super) fn open(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(FINGERPRINT)?;
    let (sum, payload) = rest.split_first_chunk()?;
    (checksum(payload) == u128::from_le_bytes(*sum)).then_some(payload)
}
