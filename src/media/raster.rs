//! Pictures made of pixels: their headers, and what they say of themselves.

use super::container::{avif, parts};
use super::picture::{Fault, Measured, PictureFile, PictureKind};
use super::{exif, iptc, xmp};
use crate::model::PictureFacts;
use imagesize::{Compression, ImageType};

const SAVE_AGAIN: &str = "open the picture and save it again as JPEG or PNG";

/// The most pixels a side may have: what JPEG can hold.
const LONGEST: usize = 65_535;

/// The most pixels that are decoded: the largest cameras make a hundred million.
///
/// A file of some kilobytes may claim to be larger than any memory.
const MOST_PIXELS: u64 = 120_000_000;

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
    // Both are at most `LONGEST`.
    let (width, height) = (size.width as u32, size.height as u32);
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Fault::new(
            format!("this picture is {width} by {height} pixels, more than 120 million"),
            "make it smaller: no page shows more than a few million",
        ));
    }
    let Some(parts) = parts(kind, bytes) else {
        return Err(Fault::new("this picture is cut short", "fetch the file again"));
    };
    if kind == PictureKind::Avif && avif::speaks(bytes) {
        return Err(Fault::new(
            "this AVIF picture holds camera data, which may say where it was taken",
            "export it without metadata, or save it as JPEG",
        ));
    }
    let exif = parts.exif.map(exif::exif).unwrap_or_default();
    let mut facts = parts.xmp.map(xmp::facts).unwrap_or_default();
    facts.fill(parts.resources.map(iptc::facts_of_resources).unwrap_or_else(PictureFacts::default));
    facts.fill(exif.facts);
    let orientation = exif.orientation.clamp(1, 8);
    let turned = orientation >= 5;
    let stored = (width, height);
    let (width, height) = if turned { (height, width) } else { (width, height) };
    Ok(PictureFile { stored, orientation, animated: parts.animated, facts, ..PictureFile::plain(kind, width, height) })
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
        let check = |bytes: &[u8], expected: (PictureKind, u32, u32)| {
            let measured = measure(bytes).map(|file| (file.kind, file.width, file.height));
            assert_eq!(measured, Ok(expected));
        };
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
