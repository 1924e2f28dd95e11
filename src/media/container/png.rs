//! PNG (third edition) as chunks.

use super::super::owner::Owner;
use super::{LONGEST_PROFILE, Parts, big};

const HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
const XMP: &[u8] = b"XML:com.adobe.xmp\0";

/// Chunks that decide how the picture looks, those of moving ones among them.
const KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP", b"mDCV",
    b"cLLI", b"pHYs", b"bKGD", b"acTL", b"fcTL", b"fdAT",
];

/// A chunk's kind, its data, and the whole of it.
type Chunk<'a> = (&'a [u8], &'a [u8], &'a [u8]);

/// The chunks; none where one is broken or the end is missing.
fn chunks(bytes: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut at = HEAD.len();
    bytes.strip_prefix(HEAD)?;
    let mut chunks = Vec::new();
    loop {
        let len = big(bytes, at, 4)?;
        let end = at.checked_add(12)?.checked_add(len)?;
        let whole = bytes.get(at..end)?;
        let kind = whole.get(4..8)?;
        chunks.push((kind, whole.get(8..8 + len)?, whole));
        if kind == b"IEND" {
            return Some(chunks);
        }
        at = end;
    }
}

pub(super) fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
    let mut parts = Parts::default();
    for (kind, data, _) in chunks(bytes)? {
        match kind {
            b"iTXt" if parts.xmp.is_none() => parts.xmp = xmp(data),
            b"eXIf" if parts.exif.is_none() => parts.exif = Some(data),
            b"acTL" => parts.animated = true,
            _ => {}
        }
    }
    Some(parts)
}

/// The packet in an `iTXt` chunk; the XMP specification says that it is not compressed.
fn xmp(data: &[u8]) -> Option<&[u8]> {
    let rest = data.strip_prefix(XMP)?.strip_prefix(&[0, 0])?;
    let mut fields = rest.splitn(3, |byte| *byte == 0);
    fields.nth(2)
}

pub(super) fn bare(bytes: &[u8], owner: &Owner) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(HEAD);
    for (kind, _, whole) in chunks(bytes)? {
        let is_heavy = kind == b"iCCP" && whole.len() > LONGEST_PROFILE;
        if is_heavy || !KEPT.iter().any(|kept| kept.as_slice() == kind) {
            continue;
        }
        out.extend(whole);
        if kind == b"IHDR" && !owner.xmp.is_empty() {
            push(b"iTXt", &[XMP, &[0, 0, 0, 0], &owner.xmp].concat(), &mut out);
        }
        if kind == b"IHDR" && !owner.exif.is_empty() {
            push(b"eXIf", &owner.exif, &mut out);
        }
    }
    Some(out)
}

fn push(kind: &[u8; 4], data: &[u8], out: &mut Vec<u8>) {
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(kind);
    out.extend(data);
    out.extend(crc(kind.iter().chain(data)).to_be_bytes());
}

/// CRC-32 as PNG's annex D has it.
fn crc<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ crc >> 1 } else { crc >> 1 })
    };
    !bytes.into_iter().fold(!0, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_is_that_of_the_standard() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
    }
}
