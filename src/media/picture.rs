use super::{raster, svg};
use crate::diag::{Diagnostic, codes};
use crate::model::PictureFacts;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What a picture file is, by its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFile {
    /// The format.
    pub kind: PictureKind,
    /// Pixels as shown, orientation applied; for SVG its width in pixels, or its view box.
    pub width: u32,
    /// As `width`.
    pub height: u32,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    /// Width and height as stored, before orientation.
    pub stored: (u32, u32),
    /// How the stored picture is to be turned, as EXIF counts: 1 (upright) to 8.
    pub orientation: u8,
    /// Whether it moves.
    pub animated: bool,
    /// What it says of itself.
    pub facts: PictureFacts,
}

/// Formats that every browser of today shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PictureKind {
    /// `.jpg`
    Jpeg,
    /// `.png`
    Png,
    /// `.gif`
    Gif,
    /// `.webp`
    WebP,
    /// `.avif`
    Avif,
    /// `.svg`
    Svg,
}

impl PictureKind {
    /// How its files end, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Avif => "avif",
            Self::Svg => "svg",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// Endings of picture files, in lower case.
const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "avif", "svg"];

/// Whether a file is a picture by its name, in any case.
pub fn is_picture(path: &str) -> bool {
    ending(path).is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

const RENAME: &str = "give the file a name of letters, digits and hyphens";

fn ending(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.rsplit_once('.').map(|(_, ending)| ending)
}

/// Measures a picture.
///
/// Errors with `picture-broken` where its name can be in no address, where the bytes are no picture, are cut short,
/// give no size, or (SVG) hold scripts, embedded pages or references to other files. Never panics.
pub fn measure(path: &str, bytes: &[u8]) -> Result<PictureFile, Diagnostic> {
    if path.contains(|c: char| c.is_control() || c == '\\') {
        return Err(refused(path, Fault::new("no address can hold the name of this picture", RENAME)));
    }
    let drawn = ending(path).is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    let measured = if drawn { svg::measure(bytes) } else { raster::measure(bytes) };
    match measured {
        Ok(measured) => Ok(PictureFile { digest: Sha256::digest(bytes).into(), ..measured }),
        Err(fault) => Err(refused(path, fault)),
    }
}

/// What is said of a picture that is not published.
pub(super) fn refused(path: &str, fault: Fault) -> Diagnostic {
    Diagnostic::new(codes::PICTURE_BROKEN, path, fault.message)
        .note("the picture is not published; its caption and credit are")
        .help(fault.help)
}

impl PictureFile {
    /// A picture that is stored as it is shown and says nothing of itself.
    pub(super) fn plain(kind: PictureKind, width: u32, height: u32) -> Self {
        Self {
            kind,
            width,
            height,
            digest: [0; 32],
            stored: (width, height),
            orientation: 1,
            animated: false,
            facts: PictureFacts::default(),
        }
    }
}

/// A picture without its digest.
pub(super) type Measured = Result<PictureFile, Fault>;

/// Why a picture is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The message.
    pub(super) message: String,
    /// What to do.
    pub(super) help: &'static str,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self { message: message.into(), help }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pictures_are_known_by_name() {
        let check = |path: &str, expected: bool| assert_eq!(is_picture(path), expected, "{path}");
        check("content/2031/tunnel.jpg", true);
        check("content/2031/tunnel.JPEG", true);
        check("static/icon.svg", true);
        check("content/a.txt", false);
        check("content/a.jpg/notes", false);
        check("png", false);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(start in 0..8usize, rest in proptest::collection::vec(any::<u8>(), 0..200)) {
            let starts: [&[u8]; 8] = [
                b"\xff\xd8\xff\xe1\x00\x20Exif\0\0II*\0\x08\0\0\0",
                b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
                b"GIF89a",
                b"RIFF\x20\0\0\0WEBPVP8 ",
                b"\0\0\0\x20ftypavif",
                b"<svg width='",
                b"\xff\xd8\xff\xc0",
                b"",
            ];
            let bytes = [starts[start], &rest].concat();
            let _ = measure("a.jpg", &bytes);
            let _ = measure("a.svg", &bytes);
        }
    }
}
