//! Pixels to files.

use super::container;
use super::container::webp;
use super::owner::Owner;
use super::picture::PictureKind;
use super::pixels::Pixels;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::borrow::Cow;

/// A JPEG file: progressive, its tables made for it. Drawings keep their colours at full size.
///
/// None where there is alpha, which JPEG cannot hold.
pub(super) fn jpeg(pixels: &Pixels, quality: u8, owner: &Owner) -> Option<Vec<u8>> {
    let color = match pixels.channels {
        1 => ColorType::Luma,
        3 => ColorType::Rgb,
        _ => return None,
    };
    let (width, height) = (u16::try_from(pixels.width).ok()?, u16::try_from(pixels.height).ok()?);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.set_sampling_factor(if pixels.lossless { SamplingFactor::F_1_1 } else { SamplingFactor::F_2_2 });
    if let Some(profile) = &pixels.profile {
        encoder.add_icc_profile(profile).ok()?;
    }
    encoder.encode(&pixels.samples, width, height, color).ok()?;
    container::bare(PictureKind::Jpeg, &out, owner)
}

/// A PNG file.
pub(super) fn png(pixels: &Pixels, owner: &Owner) -> Option<Vec<u8>> {
    let mut info = png::Info::with_size(u32::try_from(pixels.width).ok()?, u32::try_from(pixels.height).ok()?);
    info.bit_depth = png::BitDepth::Eight;
    info.color_type = match pixels.channels {
        1 => png::ColorType::Grayscale,
        3 => png::ColorType::Rgb,
        _ => png::ColorType::Rgba,
    };
    info.icc_profile = pixels.profile.as_deref().map(Cow::Borrowed);
    let mut out = Vec::new();
    let mut encoder = png::Encoder::with_info(&mut out, info).ok()?;
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels.samples).ok()?;
    writer.finish().ok()?;
    container::bare(PictureKind::Png, &out, owner)
}

/// A WebP file that loses nothing.
pub(super) fn webp_lossless(pixels: &Pixels, owner: &Owner) -> Option<Vec<u8>> {
    let color = match pixels.channels {
        1 => image_webp::ColorType::L8,
        3 => image_webp::ColorType::Rgb8,
        _ => image_webp::ColorType::Rgba8,
    };
    let mut out = Vec::new();
    let encoder = image_webp::WebPEncoder::new(&mut out);
    encoder
        .encode(&pixels.samples, u32::try_from(pixels.width).ok()?, u32::try_from(pixels.height).ok()?, color)
        .ok()?;
    finished_webp(out, pixels, owner)
}

/// A WebP file of a quality from 1 to 100.
#[cfg(feature = "webp")]
pub(super) fn webp_lossy(pixels: &Pixels, quality: u8, owner: &Owner) -> Option<Vec<u8>> {
    let (width, height) = (u32::try_from(pixels.width).ok()?, u32::try_from(pixels.height).ok()?);
    let colored: Cow<'_, [u8]> = match pixels.channels {
        1 => pixels.samples.iter().flat_map(|value| [*value; 3]).collect(),
        _ => Cow::Borrowed(&pixels.samples),
    };
    let encoder = match pixels.channels {
        4 => ::webp::Encoder::from_rgba(&colored, width, height),
        _ => ::webp::Encoder::from_rgb(&colored, width, height),
    };
    let encoded = encoder.encode_simple(false, f32::from(quality)).ok()?;
    finished_webp(encoded.to_vec(), pixels, owner)
}

/// Not made without the feature `webp`.
#[cfg(not(feature = "webp"))]
pub(super) fn webp_lossy(_: &Pixels, _: u8, _: &Owner) -> Option<Vec<u8>> {
    None
}

fn finished_webp(bytes: Vec<u8>, pixels: &Pixels, owner: &Owner) -> Option<Vec<u8>> {
    // A grey profile would not fit: WebP has colours only.
    let profile = pixels.profile.as_deref();
    if profile.is_some() && pixels.channels == 1 {
        return None;
    }
    let bytes = match profile {
        Some(profile) => webp::with_profile(&bytes, profile)?,
        None => bytes,
    };
    container::bare(PictureKind::WebP, &bytes, owner)
}
