//! What is published of a picture: the whole, and smaller ones for small screens.

use super::container;
use super::encode;
use super::owner::Owner;
use super::picture::{Fault, PictureFile, PictureKind, refused};
use super::pixels::{Pixels, decode};
use super::resize::resized;
use super::svg;
use crate::config::PictureSettings;
use crate::diag::Diagnostic;
use serde::{Deserialize, Serialize};

/// Quality of a whole picture that has to be encoded again, at least.
const WHOLE_QUALITY: u8 = 88;

/// What is published of one picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derived {
    /// The whole picture; none where the file itself is published as it is.
    pub whole: Option<Vec<u8>>,
    /// Pixels of the whole.
    pub width: u32,
    /// Pixels of the whole.
    pub height: u32,
    /// Smaller ones, and other forms of the whole: by format, the one that every browser reads first, then by width.
    pub sizes: Vec<Size>,
}

/// One derived file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Its format.
    pub kind: PictureKind,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

/// About how many bytes [`derive`] takes while it works, so that not too many are at work at once.
pub fn working_bytes(file: &PictureFile) -> u64 {
    // Samples, a decoder's coefficients, and the picture turned.
    u64::from(file.stored.0) * u64::from(file.stored.1) * 10
}

/// Makes what is published of a picture that [`measure`](super::measure) took.
///
/// SVG is published as it is but for what speaks of it; everything is where the settings ask for originals, and then
/// nothing is taken out of the files. GIF and pictures that move are published whole, without sizes; AVIF is not
/// decoded here.
/// Errors with `picture-broken` where the pixels cannot be read. The same bytes give the same bytes on any machine; for
/// lossy WebP that is libwebp's promise, for all else ours.
pub fn derive(path: &str, bytes: &[u8], file: &PictureFile, settings: &PictureSettings) -> Result<Derived, Diagnostic> {
    derived(bytes, file, settings).map_err(|fault| refused(path, fault))
}

fn derived(bytes: &[u8], file: &PictureFile, settings: &PictureSettings) -> Result<Derived, Fault> {
    let (width, height) = (file.width, file.height);
    let owner = Owner::of(&file.facts);
    let bare = || container::bare(file.kind, bytes, &owner).ok_or_else(unreadable);
    let has_pixels = matches!(file.kind, PictureKind::Jpeg | PictureKind::Png | PictureKind::WebP) && !file.animated;
    if !has_pixels {
        let whole = match file.kind {
            _ if settings.originals => None,
            PictureKind::Avif => None,
            PictureKind::Svg => svg::bare(bytes),
            _ => Some(bare()?),
        };
        return Ok(Derived { whole, width, height, sizes: Vec::new() });
    }
    // What a file says of itself may be broken where its pixels are not.
    let mute = container::bare(file.kind, bytes, &Owner::default()).ok_or_else(unreadable)?;
    let pixels = decode(file.kind, &mute).ok_or_else(unreadable)?.turned(file.orientation);
    drop(mute);
    if (pixels.width, pixels.height) != (width as usize, height as usize) {
        return Err(unreadable());
    }
    let capped = fitted(&pixels, settings.largest);
    let (whole, width, height) = if settings.originals {
        (None, width, height)
    } else if capped == (width, height) && file.orientation == 1 {
        (Some(bare()?), width, height)
    } else {
        let whole = resized(&pixels, capped.0 as usize, capped.1 as usize);
        (Some(whole_again(&whole, file.kind, settings, &owner).ok_or_else(unreadable)?), capped.0, capped.1)
    };
    let len = whole.as_ref().map_or(bytes.len(), Vec::len);
    let sizes = sizes(&pixels, (width, len), settings, &owner);
    Ok(Derived { whole, width, height, sizes })
}

/// Width and height with neither side above `largest`.
fn fitted(pixels: &Pixels, largest: u32) -> (u32, u32) {
    // Sides are at most 65,535.
    let (width, height) = (pixels.width as u32, pixels.height as u32);
    let longest = width.max(height);
    if longest <= largest {
        return (width, height);
    }
    let side = |side: u32| {
        ((u64::from(side) * u64::from(largest) + u64::from(longest) / 2) / u64::from(longest)).max(1) as u32
    };
    (side(width), side(height))
}

/// The whole in its own format, since its address ends in that.
fn whole_again(pixels: &Pixels, kind: PictureKind, settings: &PictureSettings, owner: &Owner) -> Option<Vec<u8>> {
    let quality = settings.quality.max(WHOLE_QUALITY);
    match kind {
        PictureKind::Jpeg => encode::jpeg(pixels, quality, owner),
        PictureKind::Png => encode::png(pixels, owner),
        _ if pixels.lossless => encode::webp_lossless(pixels, owner),
        _ => encode::webp_lossy(pixels, quality, owner).or_else(|| encode::webp_lossless(pixels, owner)),
    }
}

/// The sizes worth having: each is smaller than the next larger one, and WebP than what it stands in for.
///
/// `whole` is the width of the whole picture and the length of its file.
fn sizes(pixels: &Pixels, whole: (u32, usize), settings: &PictureSettings, owner: &Owner) -> Vec<Size> {
    let widest = settings.sizes.iter().copied().max().unwrap_or_default();
    // The whole's own width is made as well where it is no larger than the largest size: an original may be heavy.
    let own = Some(whole.0).filter(|width| *width <= widest);
    let mut widths: Vec<u32> = settings.sizes.iter().copied().filter(|width| *width < whole.0).chain(own).collect();
    widths.sort_unstable_by(|a, b| b.cmp(a));
    widths.dedup();
    let mut plain = Column::default();
    let mut drawn = Column::default();
    let mut webp = Column::default();
    let mut exact = Column::default();
    for width in widths {
        let height = (u64::from(width) * pixels.height as u64 + pixels.width as u64 / 2) / pixels.width as u64;
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
        let small = resized(pixels, width as usize, height as usize);
        let put = |column: &mut Column, kind: PictureKind, bytes: Option<Vec<u8>>| {
            column.put(bytes.map(|bytes| Size { kind, width, height, bytes }));
        };
        put(&mut plain, PictureKind::Jpeg, encode::jpeg(&small, settings.quality, owner));
        if small.lossless {
            put(&mut drawn, PictureKind::Png, encode::png(&small, owner));
        }
        if settings.webp {
            put(&mut webp, PictureKind::WebP, encode::webp_lossy(&small, settings.quality, owner));
            if small.lossless {
                put(&mut exact, PictureKind::WebP, encode::webp_lossless(&small, owner));
            }
        }
    }
    let fallback = Column::smaller(plain, drawn).below(|_| Some(whole.1));
    let better = Column::smaller(webp, exact);
    // WebP must be smaller than the file that a browser without it would fetch at that width.
    let instead =
        |width: u32| fallback.iter().rev().find(|size| size.width >= width).map_or(whole.1, |size| size.bytes.len());
    let largest = better.sizes.first().is_some_and(|size| size.bytes.len() < instead(size.width));
    let better = if largest { better.below(|width| Some(instead(width))) } else { Vec::new() };
    let upward = |mut sizes: Vec<Size>| {
        sizes.reverse();
        sizes
    };
    [upward(fallback), upward(better)].concat()
}

/// One format at all widths, the widest first.
#[derive(Default)]
struct Column {
    sizes: Vec<Size>,
    /// Whether one could not be made.
    broken: bool,
}

impl Column {
    fn put(&mut self, size: Option<Size>) {
        match size {
            Some(size) => self.sizes.push(size),
            None => self.broken = true,
        }
    }

    /// The one that is whole and has fewer bytes in all.
    fn smaller(one: Self, other: Self) -> Self {
        let bytes = |column: &Self| column.sizes.iter().map(|size| size.bytes.len()).sum::<usize>();
        let usable = |column: &Self| !column.broken && !column.sizes.is_empty();
        match (usable(&one), usable(&other)) {
            (true, true) if bytes(&other) < bytes(&one) => other,
            (true, _) => one,
            (false, true) => other,
            (false, false) => Self::default(),
        }
    }

    /// Those with fewer bytes than `limit` of their width says and than the wider one kept before.
    fn below(self, limit: impl Fn(u32) -> Option<usize>) -> Vec<Size> {
        let mut kept: Vec<Size> = Vec::with_capacity(self.sizes.len());
        for size in self.sizes {
            let len = size.bytes.len();
            let wider = kept.last().map_or(usize::MAX, |size| size.bytes.len());
            if len < wider && limit(size.width).is_none_or(|limit| len < limit) {
                kept.push(size);
            }
        }
        kept
    }
}

fn unreadable() -> Fault {
    Fault::new("the pixels of this picture cannot be read", "open the picture and save it again as JPEG or PNG")
}

#[cfg(test)]
#[path = "derive_tests.rs"]
mod tests;
