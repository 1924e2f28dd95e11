//! AVIF (HEIF, ISO 23008-12): only whether anything in it speaks of the picture.

use super::big;
use memchr::memmem;

/// Whether the file holds, or may hold, EXIF or XMP, which may say where the picture was taken.
pub(in crate::media) fn speaks(bytes: &[u8]) -> bool {
    let (mut at, mut is_listed) = (0, false);
    while let Some((len, kind)) = big(bytes, at, 4).zip(bytes.get(at + 4..at + 8)) {
        let len = match len {
            0 => bytes.len() - at,
            1 => big(bytes, at + 8, 8).unwrap_or(usize::MAX),
            len => len,
        };
        let Some(end) = at.checked_add(len).filter(|_| len >= 8) else { break };
        match kind {
            b"ftyp" | b"mdat" | b"free" => {}
            b"meta" => {
                let meta = bytes.get(at..end.min(bytes.len())).unwrap_or_default();
                let item = |name: &[u8]| memmem::find(meta, name).is_some();
                if item(b"Exif") || item(b"mime") {
                    return true;
                }
                is_listed = true;
            }
            // Anything may stand in another box: `uuid` holds XMP, `moov` the same for pictures that move.
            _ => return true,
        }
        at = end;
    }
    // Without a list of items there is nothing to be sure of.
    !is_listed
}
