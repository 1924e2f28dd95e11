//! WebP (RFC 9649) as chunks of a RIFF file.

use super::super::owner::Owner;
use super::{LONGEST_PROFILE, Parts};

/// Flags of `VP8X`.
const ICC: u8 = 0x20;
const ALPHA: u8 = 0x10;
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;
const MOVES: u8 = 0x02;

/// The chunks as kind and data; none where one is broken.
fn chunks(bytes: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let number = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?) as usize);
    if bytes.get(..4)? != b"RIFF" || bytes.get(8..12)? != b"WEBP" {
        return None;
    }
    let end = number(4)?.checked_add(8)?;
    // Some writers count the last padding and do not write it.
    let inner = bytes.get(..end).or_else(|| bytes.get(..end - 1))?;
    let mut chunks = Vec::new();
    let mut at = 12;
    while at + 8 <= inner.len() {
        let len = number(at + 4)?;
        let data = inner.get(at + 8..(at + 8).checked_add(len)?)?;
        chunks.push((inner.get(at..at + 4)?, data));
        at += 8 + len + len % 2;
    }
    Some(chunks)
}

pub(super) fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
    let mut parts = Parts::default();
    for (kind, data) in chunks(bytes)? {
        match kind {
            b"XMP " if parts.xmp.is_none() => parts.xmp = Some(data),
            b"EXIF" if parts.exif.is_none() => parts.exif = Some(data.strip_prefix(b"Exif\0\0").unwrap_or(data)),
            b"ANIM" => parts.animated = true,
            _ => {}
        }
    }
    Some(parts)
}

pub(super) fn bare(bytes: &[u8], owner: &Owner) -> Option<Vec<u8>> {
    let chunks = chunks(bytes)?;
    let find = |kind: &[u8; 4]| chunks.iter().find(|(found, _)| *found == kind).map(|(_, data)| *data);
    let mut out = Vec::with_capacity(bytes.len());
    out.extend(b"RIFF\0\0\0\0WEBP");
    let head = match find(b"VP8X") {
        Some(head) => head.get(..10)?.to_vec(),
        None => {
            let (width, height, alpha) = match (find(b"VP8 "), find(b"VP8L")) {
                (Some(lossy), _) => lossy_size(lossy)?,
                (_, Some(lossless)) => lossless_size(lossless)?,
                _ => return None,
            };
            head(width, height, alpha)
        }
    };
    let (first, head) = head.split_first()?;
    let mut flags = first & (ICC | ALPHA | MOVES);
    let is_colored = find(b"ICCP").is_some_and(|profile| profile.len() <= LONGEST_PROFILE);
    if !is_colored {
        flags &= !ICC;
    }
    // In the order of the file.
    let said = [(EXIF, b"EXIF", &owner.exif), (XMP, b"XMP ", &owner.xmp)];
    let said = || said.iter().filter(|(.., data)| !data.is_empty());
    said().for_each(|(flag, ..)| flags |= flag);
    if flags != 0 {
        push(b"VP8X", &[&[flags], head].concat(), &mut out);
    }
    let kept = |kind: &[u8]| match kind {
        b"ICCP" => is_colored,
        _ => matches!(kind, b"ANIM" | b"ANMF" | b"ALPH" | b"VP8 " | b"VP8L"),
    };
    for (kind, data) in chunks.iter().filter(|(kind, _)| kept(kind)) {
        push(kind, data, &mut out);
    }
    said().for_each(|(_, kind, data)| push(*kind, data, &mut out));
    Some(sealed(out))
}

/// Puts a colour profile in front of a simple file's pixels.
pub(in crate::media) fn with_profile(bytes: &[u8], profile: &[u8]) -> Option<Vec<u8>> {
    // With something to say it has the head that a profile needs.
    let plain = bare(bytes, &Owner { xmp: b"x".to_vec(), ..Owner::default() })?;
    let mut chunks = chunks(&plain)?.into_iter();
    let (_, head) = chunks.next()?;
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    let (first, head) = head.split_first()?;
    push(b"VP8X", &[&[first & !XMP | ICC], head].concat(), &mut out);
    push(b"ICCP", profile, &mut out);
    for (kind, data) in chunks.filter(|(kind, _)| *kind != b"XMP ") {
        push(kind, data, &mut out);
    }
    Some(sealed(out))
}

fn head(width: u32, height: u32, alpha: bool) -> Vec<u8> {
    let side = |n: u32| (n - 1).to_le_bytes();
    let mut head = vec![if alpha { ALPHA } else { 0 }, 0, 0, 0];
    head.extend(&side(width)[..3]);
    head.extend(&side(height)[..3]);
    head
}

/// RFC 6386 §9.1: three bytes of frame tag, a start code, two sides of 14 bits.
fn lossy_size(data: &[u8]) -> Option<(u32, u32, bool)> {
    let side = |at: usize| Some(u32::from(u16::from_le_bytes(*data.get(at..)?.first_chunk()?)) & 0x3fff);
    (data.get(3..6)? == [0x9d, 1, 0x2a]).then_some(())?;
    Some((side(6)?, side(8)?, false)).filter(|(width, height, _)| *width > 0 && *height > 0)
}

/// RFC 9649 §3.4: a signature, two sides less one of 14 bits, whether there is alpha.
fn lossless_size(data: &[u8]) -> Option<(u32, u32, bool)> {
    let bits = u32::from_le_bytes(*data.strip_prefix(&[0x2f])?.first_chunk()?);
    Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1, bits >> 28 & 1 == 1))
}

fn push(kind: &[u8], data: &[u8], out: &mut Vec<u8>) {
    out.extend(kind);
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    out.extend(std::iter::repeat_n(0, data.len() % 2));
}

fn sealed(mut out: Vec<u8>) -> Vec<u8> {
    let len = (out.len() - 8) as u32;
    if let Some(field) = out.get_mut(4..8) {
        field.copy_from_slice(&len.to_le_bytes());
    }
    out
}
