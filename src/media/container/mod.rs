//! Picture files as boxes of parts: which parts speak of the picture, and how to write the file without them.
//!
//! Pixels are never touched here: what is kept is kept byte for byte.

pub(super) mod avif;
pub(super) mod gif;
pub(super) mod jpeg;
pub(super) mod png;
pub(super) mod webp;

use super::owner::Owner;
use super::picture::PictureKind;

/// The parts of a file that speak of the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    /// An XMP packet.
    pub(super) xmp: Option<&'a [u8]>,
    /// Photoshop's resources, in which IPTC-IIM lies.
    pub(super) resources: Option<&'a [u8]>,
    /// TIFF data.
    pub(super) exif: Option<&'a [u8]>,
    /// Whether it moves.
    pub(super) animated: bool,
}

/// The parts of a file; none where it is cut short or its frame is broken.
pub(super) fn parts(kind: PictureKind, bytes: &[u8]) -> Option<Parts<'_>> {
    match kind {
        PictureKind::Jpeg => jpeg::parts(bytes),
        PictureKind::Png => png::parts(bytes),
        PictureKind::WebP => webp::parts(bytes),
        PictureKind::Gif => gif::bare(bytes).map(|_| Parts { animated: true, ..Parts::default() }),
        PictureKind::Avif | PictureKind::Svg => Some(Parts::default()),
    }
}

/// The same picture without all that speaks of it but colour, and with what `owner` says.
///
/// None where the frame is broken. PNG and WebP have no place for IPTC-IIM, GIF for nothing; AVIF and SVG come as they
/// are.
pub(super) fn bare(kind: PictureKind, bytes: &[u8], owner: &Owner) -> Option<Vec<u8>> {
    match kind {
        PictureKind::Jpeg => jpeg::bare(bytes, owner),
        PictureKind::Png => png::bare(bytes, owner),
        PictureKind::WebP => webp::bare(bytes, owner),
        PictureKind::Gif => gif::bare(bytes),
        PictureKind::Avif | PictureKind::Svg => Some(bytes.to_vec()),
    }
}

/// Colour profiles longer than this, in bytes, are left out: they would outweigh the pictures.
pub(super) const LONGEST_PROFILE: usize = 16 * 1024;

/// An unsigned big-endian number of `width` bytes at `at`; none outside the bytes.
fn big(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    let field = bytes.get(at..at.checked_add(width)?)?;
    Some(field.iter().fold(0, |n, byte| n << 8 | usize::from(*byte)))
}
