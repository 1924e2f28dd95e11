//! Reads files from disk.

use super::find::Found;
use super::hash::Hash;
use super::{fault, why};
use crate::diag::{Diagnostic, codes};
use std::fs::{self, File};
use std::io::Read;

/// The largest file that is read as copy or measured as a picture, in bytes.
///
/// Spans count to four gigabytes, and decoding may make three bytes of one.
const LARGEST: u64 = 1 << 30;

/// The bytes of a file that was found, whose hash it learns.
///
/// Errors with `file-unreadable`.
pub(super) fn bytes(file: &Found) -> Result<Vec<u8>, Diagnostic> {
    let refused = |message: String| Diagnostic::new(codes::FILE_UNREADABLE, &file.path, message).note("left out");
    if file.stat.bytes > LARGEST {
        return Err(refused("this file is larger than a gigabyte".to_owned()));
    }
    let read = || {
        let mut bytes = Vec::with_capacity(usize::try_from(file.stat.bytes).unwrap_or(0) + 1);
        // A file that grows meanwhile is read no further than the limit.
        File::open(&file.disk)?.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| {
        file.fail(&error);
        refused(format!("this file cannot be read: {}", why(&error)))
    })?;
    file.learn(Hash::of(&bytes));
    Ok(bytes)
}

/// Has a file that was found learn the hash of its bytes, whatever its size; where it cannot be read it learns nothing.
pub(super) fn learn(file: &Found) {
    match Hash::of_file(&file.disk, None) {
        Ok(hash) => file.learn(hash),
        Err(error) => file.fail(&error),
    }
}

/// The bytes of a file that need not be there; `None` where it is not.
///
/// Errors with `file-unreadable` where it is there and cannot be read.
pub(super) fn optional(path: &std::path::Path, shown: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
    // What is no file (a pipe, a device) would never end.
    let no_file = || std::io::Error::other("it is neither a file nor a folder");
    let looked =
        fs::metadata(path).and_then(|meta| if meta.is_file() || meta.is_dir() { Ok(()) } else { Err(no_file()) });
    match looked.and_then(|()| fs::read(path)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(fault(codes::FILE_UNREADABLE, shown.as_ref(), format!("this file cannot be read: {}", why(&error))))
        }
    }
}
