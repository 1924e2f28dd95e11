//! Pictures as pixels, held for as long as their sizes are made.

use super::container::LONGEST_PROFILE;
use super::picture::PictureKind;
use std::io::Cursor;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

/// What decoders may take beside the pixels, in bytes.
const WORKING: usize = 64 << 20;

/// Pixels in rows from the top, 8 bits a sample, as they are to be seen: upright.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    /// 1 (grey), 3 (RGB) or 4 (RGB and alpha).
    pub(super) channels: usize,
    /// `width * height * channels` samples.
    pub(super) samples: Vec<u8>,
    /// The ICC profile that the samples are in; none means sRGB.
    pub(super) profile: Option<Vec<u8>>,
    /// Whether the file kept every sample as it was: a drawing, most likely.
    pub(super) lossless: bool,
}

/// Decodes a picture of a kind that has pixels and does not move; none where it is broken.
pub(super) fn decode(kind: PictureKind, bytes: &[u8]) -> Option<Pixels> {
    let pixels = match kind {
        PictureKind::Jpeg => jpeg(bytes),
        PictureKind::Png => png(bytes),
        PictureKind::WebP => webp(bytes),
        PictureKind::Gif | PictureKind::Avif | PictureKind::Svg => None,
    }?;
    let Pixels { width, height, channels, samples, .. } = &pixels;
    let whole = *width > 0 && *height > 0 && samples.len() == width * height * channels;
    whole.then(|| pixels.plain())
}

fn jpeg(bytes: &[u8]) -> Option<Pixels> {
    // The plain code: what a processor can do must not show in the bytes.
    let limits = DecoderOptions::new_safe().set_max_width(65_535).set_max_height(65_535).set_use_unsafe(false);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), limits);
    decoder.decode_headers().ok()?;
    let from = decoder.input_colorspace()?;
    let grey = from == ColorSpace::Luma;
    let to = if grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(limits.jpeg_set_out_colorspace(to));
    let (width, height) = decoder.dimensions()?;
    let samples = decoder.decode().ok()?;
    // A profile for inks says nothing of the light they were turned into.
    let profile = decoder.icc_profile().filter(|_| !matches!(from, ColorSpace::CMYK | ColorSpace::YCCK));
    Some(Pixels { width, height, channels: if grey { 1 } else { 3 }, samples, profile, lossless: false })
}

fn png(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: WORKING });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().ok()?;
    let mut samples = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut samples).ok()?;
    samples.truncate(frame.buffer_size());
    let (samples, channels) = match frame.color_type {
        png::ColorType::Grayscale => (samples, 1),
        png::ColorType::Rgb => (samples, 3),
        png::ColorType::Rgba => (samples, 4),
        png::ColorType::GrayscaleAlpha => {
            (samples.as_chunks::<2>().0.iter().flat_map(|[grey, alpha]| [*grey, *grey, *grey, *alpha]).collect(), 4)
        }
        png::ColorType::Indexed => return None,
    };
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let (width, height) = (frame.width as usize, frame.height as usize);
    Some(Pixels { width, height, channels, samples, profile, lossless: true })
}

fn webp(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).ok()?;
    let (width, height) = decoder.dimensions();
    let (width, height) = (width as usize, height as usize);
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let lossless = !decoder.is_lossy();
    decoder.set_memory_limit(WORKING + 8 * width * height);
    let profile = decoder.icc_profile().ok().flatten();
    let mut samples = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut samples).ok()?;
    Some(Pixels { width, height, channels, samples, profile, lossless })
}

impl Pixels {
    /// Leaves out what carries nothing: alpha that is whole, colours that are grey, a profile that is sRGB or too long.
    fn plain(mut self) -> Self {
        if self.channels == 4 && self.samples.as_chunks::<4>().0.iter().all(|[.., alpha]| *alpha == 255) {
            self.samples = self
                .samples
                .as_chunks::<4>()
                .0
                .iter()
                .flat_map(|[red, green, blue, _]| [*red, *green, *blue])
                .collect();
            self.channels = 3;
        }
        let space: &[u8] = if self.channels == 1 { b"GRAY" } else { b"RGB " };
        // ICC.1:2022 §7.2: the data colour space at byte 16.
        self.profile = self.profile.filter(|profile| {
            profile.len() <= LONGEST_PROFILE && profile.get(16..20) == Some(space) && !is_srgb(profile)
        });
        self
    }

    /// Turned as an EXIF orientation says, 1 to 8.
    pub(super) fn turned(self, orientation: u8) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (w, h, n) = (self.width, self.height, self.channels);
        let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
        let mut samples = Vec::with_capacity(self.samples.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                let at = (from_y * w + from_x) * n;
                samples.extend_from_slice(self.samples.get(at..at + n).unwrap_or_default());
            }
        }
        Self { width, height, samples, ..self }
    }
}

/// Whether a profile says that it is sRGB: what a picture without one is taken for.
fn is_srgb(profile: &[u8]) -> bool {
    let wide: Vec<u8> = "sRGB".encode_utf16().flat_map(u16::to_be_bytes).collect();
    memchr::memmem::find(profile, b"sRGB").is_some() || memchr::memmem::find(profile, &wide).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_orientation_is_set_upright() {
        // Upright: 1 2 / 3 4 / 5 6. Each list is how a camera held so would have stored it.
        let upright =
            Pixels { width: 2, height: 3, channels: 1, samples: vec![1, 2, 3, 4, 5, 6], profile: None, lossless: true };
        let check = |orientation: u8, width: usize, stored: [u8; 6]| {
            let stored = Pixels { width, height: 6 / width, samples: stored.to_vec(), ..upright.clone() };
            assert_eq!(stored.turned(orientation), upright, "{orientation}");
        };
        check(1, 2, [1, 2, 3, 4, 5, 6]);
        check(2, 2, [2, 1, 4, 3, 6, 5]);
        check(3, 2, [6, 5, 4, 3, 2, 1]);
        check(4, 2, [5, 6, 3, 4, 1, 2]);
        check(5, 3, [1, 3, 5, 2, 4, 6]);
        check(6, 3, [2, 4, 6, 1, 3, 5]);
        check(7, 3, [6, 4, 2, 5, 3, 1]);
        check(8, 3, [5, 3, 1, 6, 4, 2]);
    }
}
