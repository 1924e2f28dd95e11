use super::plain;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

/// Bytes of a file held at a time.
pub(super) const CHUNK: usize = 128 * 1024;

/// SHA-256 of a file's bytes: what it is known by in the manifest, and whether it is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Hash([u8; 32]);

/// Takes bytes to be hashed.
pub(super) struct Writer(Sha256);

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Hash {
    /// Of bytes in memory.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Of some hashes in their order.
    pub(super) fn of_all(hashes: impl Iterator<Item = Self>) -> Self {
        let mut hasher = Sha256::new();
        hashes.for_each(|hash| hasher.update(hash.0));
        Self(hasher.finalize().into())
    }

    /// Of all that is written.
    pub(super) fn of_written(write: impl FnOnce(&mut Writer) -> io::Result<()>) -> Self {
        let mut writer = Writer(Sha256::new());
        // Nothing fails in memory.
        let _ = write(&mut writer);
        Self(writer.0.finalize().into())
    }

    /// Of a file's bytes, which are written to `copy` as they are read: both are of the same bytes, whoever writes
    /// to the file meanwhile.
    pub(super) fn of_file(path: &Path, copy: Option<&Path>) -> io::Result<Self> {
        let (file, meta) = plain::open_known(path)?;
        Self::of_opened(file, meta.len(), copy)
    }

    /// The same of a file that is open, of about `len` bytes.
    pub(super) fn of_opened(mut file: File, len: u64, copy: Option<&Path>) -> io::Result<Self> {
        let mut copy = copy.map(File::create).transpose()?;
        let mut hasher = Sha256::new();
        // Most are smaller, and zeroing is not free.
        let mut buffer = vec![0; usize::try_from(len).map_or(CHUNK, |len| len.clamp(1, CHUNK - 1) + 1)];
        loop {
            let n = match file.read(&mut buffer) {
                Ok(0) => return Ok(Self(hasher.finalize().into())),
                Ok(n) => n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            hasher.update(&buffer[..n]);
            if let Some(copy) = &mut copy {
                copy.write_all(&buffer[..n])?;
            }
        }
    }

    /// Writes it down in hexadecimal digits, as `sha256sum` does.
    pub(super) fn push_hex(&self, out: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        out.extend(
            self.0.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])),
        );
    }

    /// Its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
