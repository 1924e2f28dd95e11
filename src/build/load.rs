//! Reads files from disk.

use super::find::Found;
use super::hash::Hash;
use super::{fault, plain, why};
use crate::diag::{Diagnostic, codes};
use std::fs;
use std::io::{self, Read};

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
        plain::open(&file.disk)?.take(LARGEST).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| {
        file.fail(&error);
        refused(format!("this file cannot be read: {}", why(&error)))
    })?;
    file.learn(Hash::of(&bytes));
    Ok(bytes)
}

/// Bytes of a file that are looked at together, and those of them that are looked at again with the next.
const PIECE: usize = 4 << 20;
const AGAIN: usize = 64 << 10;

/// Whether any piece of a file, of whatever size, holds what is asked. Pieces end at white space where there is some,
/// and overlap: what is shorter than [`AGAIN`] is whole in one of them.
///
/// Errors where it cannot be read.
pub(super) fn any_piece(file: &Found, holds: impl Fn(&str) -> bool) -> io::Result<bool> {
    let mut rest = plain::open(&file.disk)?;
    let mut piece: Vec<u8> = Vec::new();
    loop {
        let wanted = (PIECE - piece.len()) as u64;
        let is_last = rest.by_ref().take(wanted).read_to_end(&mut piece)? < wanted as usize;
        let white = |from: usize| piece.get(from..)?.iter().rposition(u8::is_ascii_whitespace).map(|at| from + at);
        let end = if is_last { piece.len() } else { white(PIECE - AGAIN).unwrap_or(piece.len()) };
        if holds(&String::from_utf8_lossy(piece.get(..end).unwrap_or_default())) {
            return Ok(true);
        }
        if is_last {
            return Ok(false);
        }
        let again = end.saturating_sub(AGAIN);
        // A word that is cut would be another one.
        let start = piece.get(again..end).and_then(|last| last.iter().position(u8::is_ascii_whitespace)).unwrap_or(0);
        piece.drain(..again + start);
    }
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
    let no_file = || io::Error::other("it is neither a file nor a folder");
    let looked =
        fs::metadata(path).and_then(|meta| if meta.is_file() || meta.is_dir() { Ok(()) } else { Err(no_file()) });
    match looked.and_then(|()| fs::read(path)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            Err(fault(codes::FILE_UNREADABLE, shown.as_ref(), format!("this file cannot be read: {}", why(&error))))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::find;

    #[test]
    fn what_is_longer_than_a_piece_is_looked_at_as_a_whole() {
        let site = tempfile::tempdir().expect("a folder");
        let place = site.path().join("static");
        fs::create_dir(&place).expect("a folder");
        let file = |bytes: &[u8]| {
            fs::write(place.join("a.bin"), bytes).expect("a file");
            let found = find::files(site.path(), "static").value;
            let is = |words: &str, text: &str| text.split_whitespace().any(|word| word == words);
            any_piece(&found[0], |text| is("Zerlina", text)).expect("it is read")
        };
        assert!(!file(b""));
        assert!(file(b"Zerlina"));
        for filling in [&b"word "[..], b"\n", b"x"] {
            let mut bytes: Vec<u8> = filling.iter().copied().cycle().take(3 * PIECE).collect();
            assert!(!file(&bytes));
            // Across each end of a piece, whatever its bytes are.
            for at in [0, PIECE - AGAIN - 3, PIECE - 8, PIECE - 4, PIECE, 2 * PIECE - AGAIN - 2, 3 * PIECE - 9] {
                let before = bytes.clone();
                bytes[at..at + 9].copy_from_slice(b" Zerlina ");
                assert!(file(&bytes), "{at}");
                // Part of another word.
                bytes[at..at + 9].copy_from_slice(b" Zerlinas");
                bytes.splice(at + 9..at + 9, *b"xy ");
                assert!(!file(&bytes), "{at}");
                bytes = before;
            }
        }
    }
}
