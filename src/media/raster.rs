//! Pictures made of pixels: only their headers are read.

use super::picture::{Fault, Measured, PictureKind};
use imagesize::{Compression, ImageType};
use memchr::memmem;

const SAVE_AGAIN: &str = "open the picture and save it again as JPEG or PNG";

/// The most pixels a side may have: what JPEG can hold.
const LONGEST: usize = 65_535;

pub(super) fn measure(bytes: &[u8]) -> Measured {
    if bytes.is_empty() {
        return Err(Fault::new("this picture file is empty", SAVE_AGAIN));
    }
    let kind = match imagesize::image_type(bytes) {
        Ok(ImageType::Jpeg) => PictureKind::Jpeg,
        Ok(ImageType::Png) => PictureKind::Png,
        Ok(ImageType::Gif) => PictureKind::Gif,
        Ok(ImageType::Webp) => PictureKind::WebP,
        Ok(ImageType::Heif(Compression::Av1)) => PictureKind::Avif,
        _ => return Err(Fault::new("this is not a JPEG, PNG, GIF, WebP or AVIF picture", SAVE_AGAIN)),
    };
    let size = match imagesize::blob_size(bytes) {
        Ok(size) if (1..=LONGEST).contains(&size.width) && (1..=LONGEST).contains(&size.height) => size,
        Ok(size) => {
            return Err(Fault::new(
                format!("this picture claims to be {} by {} pixels", size.width, size.height),
                SAVE_AGAIN,
            ));
        }
        Err(_) => return Err(Fault::new("this picture does not say how large it is", SAVE_AGAIN)),
    };
    if is_cut_short(kind, bytes) {
        return Err(Fault::new("this picture is cut short", "fetch the file again"));
    }
    // Both are at most `LONGEST`.
    let (width, height) = (size.width as u32, size.height as u32);
    let turned = kind == PictureKind::Jpeg && orientation(bytes) >= 5;
    Ok(if turned { (kind, height, width) } else { (kind, width, height) })
}

/// Whether the format's own end is missing.
fn is_cut_short(kind: PictureKind, bytes: &[u8]) -> bool {
    match kind {
        PictureKind::Jpeg => memmem::rfind(bytes, &[0xff, 0xd9]).is_none(),
        PictureKind::Png => memmem::rfind(bytes, b"IEND").is_none(),
        PictureKind::Gif => memchr::memrchr(b';', bytes).is_none(),
        PictureKind::WebP => number(bytes, 4, false, 4).is_none_or(|size| size as usize + 8 > bytes.len()),
        PictureKind::Avif | PictureKind::Svg => false,
    }
}

/// The EXIF orientation of a JPEG, 1 (upright) to 8; from 5 on the sides change places.
///
/// Reads the first IFD of the `APP1` segment (EXIF 2.32, §4.6.4 tag 0x0112); 1 where anything is odd.
fn orientation(bytes: &[u8]) -> u32 {
    exif(bytes).and_then(orientation_of).filter(|n| (1..=8).contains(n)).unwrap_or(1)
}

/// The TIFF data in the first `APP1` segment that has some.
fn exif(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 2;
    loop {
        let marker = number(bytes, at, true, 2)?;
        // Entropy-coded data begins; every header lies before it.
        if marker & 0xff00 != 0xff00 || marker == 0xffda {
            return None;
        }
        let length = number(bytes, at + 2, true, 2)? as usize;
        let segment = bytes.get(at + 4..at + 2 + length)?;
        if marker == 0xffe1
            && let Some(tiff) = segment.strip_prefix(b"Exif\0\0")
        {
            return Some(tiff);
        }
        at += 2 + length;
    }
}

fn orientation_of(tiff: &[u8]) -> Option<u32> {
    let big = match tiff.get(..2)? {
        b"II" => false,
        b"MM" => true,
        _ => return None,
    };
    let ifd = number(tiff, 4, big, 4)? as usize;
    let entries = number(tiff, ifd, big, 2)? as usize;
    (0..entries).map(|i| ifd + 2 + 12 * i).find_map(|at| match number(tiff, at, big, 2)? {
        0x0112 => number(tiff, at + 8, big, 2),
        _ => None,
    })
}

/// An unsigned number of `width` bytes at `at`; none outside the bytes.
fn number(bytes: &[u8], at: usize, big: bool, width: usize) -> Option<u32> {
    let field = bytes.get(at..at.checked_add(width)?)?;
    let add = |n: u32, byte: &u8| n << 8 | u32::from(*byte);
    Some(if big { field.iter().fold(0, add) } else { field.iter().rev().fold(0, add) })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest whole picture of a kind: header, size, end.
    fn jpeg(orientation: Option<u8>) -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        if let Some(n) = orientation {
            bytes.extend([0xff, 0xe1, 0, 34]);
            bytes.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
            bytes.extend([n, 0, 0, 0, 0, 0, 0]);
        }
        bytes.extend([0xff, 0xc0, 0, 17, 8, 0, 60, 0, 80, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        bytes.extend([0xff, 0xd9]);
        bytes
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend(b"\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
        bytes
    }

    #[test]
    fn sizes_are_as_shown() {
        let check = |bytes: &[u8], expected: (PictureKind, u32, u32)| assert_eq!(measure(bytes), Ok(expected));
        check(&jpeg(None), (PictureKind::Jpeg, 80, 60));
        check(&jpeg(Some(1)), (PictureKind::Jpeg, 80, 60));
        check(&jpeg(Some(6)), (PictureKind::Jpeg, 60, 80));
        check(&jpeg(Some(99)), (PictureKind::Jpeg, 80, 60));
        check(&png(640, 480), (PictureKind::Png, 640, 480));
        check(b"GIF89a\x05\0\x07\0\0\0\0;", (PictureKind::Gif, 5, 7));
    }

    #[test]
    fn the_broken_are_refused() {
        let check = |bytes: &[u8], expected: &str| {
            assert_eq!(measure(bytes).map_err(|fault| fault.message), Err(expected.to_owned()));
        };
        check(b"", "this picture file is empty");
        check(b"<!doctype html>", "this is not a JPEG, PNG, GIF, WebP or AVIF picture");
        check(&png(640, 480)[..40], "this picture is cut short");
        check(&png(0, 480), "this picture claims to be 0 by 480 pixels");
        check(&png(90_000, 90_000), "this picture claims to be 90000 by 90000 pixels");
        check(b"\xff\xd8\xff\xd9\0\0\0\0\0\0\0\0\0\0\0\0", "this picture does not say how large it is");
    }
}
