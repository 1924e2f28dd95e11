//! JPEG (ITU T.81) as segments.

use super::super::owner::Owner;
use super::{LONGEST_PROFILE, Parts, big};

const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const EXIF: &[u8] = b"Exif\0\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";

/// A marker with what belongs to it.
struct Segment<'a> {
    marker: u8,
    /// Without marker and length.
    data: &'a [u8],
    /// With marker and length; for a scan with its coded data.
    whole: &'a [u8],
}

/// The segments from the first to the end of the picture; none where one is broken or the end is missing.
///
/// What follows the end (a second picture, a film) is not looked at.
fn segments(bytes: &[u8]) -> Option<Vec<Segment<'_>>> {
    let mut segments = Vec::new();
    let mut at = 2;
    if bytes.get(..2)? != [0xff, 0xd8] {
        return None;
    }
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // A fill byte.
            0xff => at += 1,
            0xd9 => return Some(segments),
            // Markers without data.
            0x01 | 0xd0..=0xd7 => at += 2,
            0 | 0xd8 => return None,
            _ => {
                let len = big(bytes, at + 2, 2)?;
                let data = bytes.get(at + 4..at + 2 + len)?;
                let mut end = at + 2 + len;
                if marker == 0xda {
                    end += coded(bytes.get(end..)?)?;
                }
                segments.push(Segment { marker, data, whole: bytes.get(at..end)? });
                at = end;
            }
        }
    }
}

/// The length of a scan's coded data: up to the next marker that is neither an escaped byte nor a restart.
fn coded(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(0xff, bytes)
        .find(|at| bytes.get(at + 1).is_some_and(|next| !matches!(next, 0 | 0xd0..=0xd7 | 0xff)))
}

pub(super) fn parts(bytes: &[u8]) -> Option<Parts<'_>> {
    let mut parts = Parts::default();
    for segment in segments(bytes)? {
        let (marker, data) = (segment.marker, segment.data);
        if let Some(xmp) = data.strip_prefix(XMP).filter(|_| marker == 0xe1) {
            parts.xmp.get_or_insert(xmp);
        } else if let Some(exif) = data.strip_prefix(EXIF).filter(|_| marker == 0xe1) {
            parts.exif.get_or_insert(exif);
        } else if let Some(resources) = data.strip_prefix(PHOTOSHOP).filter(|_| marker == 0xed) {
            parts.resources.get_or_insert(resources);
        }
    }
    Some(parts)
}

pub(super) fn bare(bytes: &[u8], owner: &Owner) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend([0xff, 0xd8]);
    let mut named = false;
    let segments = segments(bytes)?;
    let is_profile = |segment: &Segment<'_>| segment.marker == 0xe2 && segment.data.starts_with(ICC);
    // A picture for print, of four inks, is nothing without its profile.
    let has_four = segments
        .iter()
        .any(|s| matches!(s.marker, 0xc0..=0xc3 | 0xc9..=0xcb) && s.data.get(5).is_some_and(|n| *n == 4));
    let profile: usize = segments.iter().filter(|segment| is_profile(segment)).map(|segment| segment.data.len()).sum();
    for segment in segments {
        match segment.marker {
            // JFIF: its thumbnail may show what was cut away later.
            0xe0 if segment.data.starts_with(b"JFIF\0") && segment.data.len() >= 14 => {
                out.extend([0xff, 0xe0, 0, 16]);
                out.extend(segment.data.get(..12)?);
                out.extend([0, 0]);
            }
            0xe2 if is_profile(&segment) && (has_four || profile <= LONGEST_PROFILE) => out.extend(segment.whole),
            0xee if segment.data.starts_with(b"Adobe") => out.extend(segment.whole),
            0xe0..=0xef | 0xfe => {}
            _ => {
                if !std::mem::replace(&mut named, true) {
                    push(0xe1, EXIF, &owner.exif, &mut out);
                    push(0xe1, XMP, &owner.xmp, &mut out);
                    push(0xed, PHOTOSHOP, &owner.resources, &mut out);
                }
                out.extend(segment.whole);
            }
        }
    }
    out.extend([0xff, 0xd9]);
    Some(out)
}

/// A segment of an application; none where there is nothing to say, or more than a segment holds.
fn push(marker: u8, name: &[u8], data: &[u8], out: &mut Vec<u8>) {
    if data.is_empty() || data.len() > 65_000 {
        return;
    }
    out.extend([0xff, marker]);
    out.extend(((2 + name.len() + data.len()) as u16).to_be_bytes());
    out.extend(name);
    out.extend(data);
}

/// What stands in a segment for XMP.
#[cfg(test)]
pub(in crate::media) fn xmp_segment(xmp: &[u8]) -> Vec<u8> {
    [XMP, xmp].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heavy_profile_stays_where_colours_are_inks() {
        let profile = [ICC, &[1, 1], &vec![7; LONGEST_PROFILE]].concat();
        let keeps = |components: u8| {
            let mut jpeg = vec![0xff, 0xd8];
            push(0xe2, b"", &profile, &mut jpeg);
            push(0xc0, b"", &[8, 0, 1, 0, 1, components], &mut jpeg);
            push(0xda, b"", &[0; 6], &mut jpeg);
            jpeg.extend([0x55, 0xff, 0xd9]);
            let bare = bare(&jpeg, &Owner::default()).expect("a JPEG");
            memchr::memmem::find(&bare, ICC).is_some()
        };
        assert_eq!([1, 3, 4].map(keeps), [false, false, true]);
    }
}
