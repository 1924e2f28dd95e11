//! GIF (89a) as blocks.

/// The same picture without comments and without what applications add, but for the count of its rounds.
///
/// None where a block is broken or the end is missing.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0_usize } else { 3 << ((flags & 7) + 1) };
    if !matches!(bytes.get(..6)?, b"GIF87a" | b"GIF89a") {
        return None;
    }
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        let keep = match *bytes.get(at)? {
            0x3b => {
                out.push(0x3b);
                return Some(out);
            }
            0x2c => {
                at += 10 + table(*bytes.get(at + 9)?) + 1;
                true
            }
            0x21 => {
                at += 2;
                match *bytes.get(start + 1)? {
                    // Comments, and text to be drawn by nobody.
                    0xfe | 0x01 => false,
                    0xff => {
                        bytes.get(at + 1..at + 12).is_some_and(|name| name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0")
                    }
                    _ => true,
                }
            }
            _ => return None,
        };
        // Sub-blocks, each with its length, up to an empty one.
        loop {
            let len = usize::from(*bytes.get(at)?);
            at += 1 + len;
            if len == 0 {
                break;
            }
        }
        let block = bytes.get(start..at)?;
        if keep {
            out.extend(block);
        }
    }
}
