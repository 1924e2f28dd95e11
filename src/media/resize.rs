//! Smaller pictures, in whole numbers: the same bytes on every processor.
//!
//! Catmull–Rom (Mitchell and Netravali 1988, B = 0, C = 1/2): a polynomial, so that its weights need no function that
//! libraries round in their own ways. Rows first, then columns; alpha is taken into the colours meanwhile.

use super::pixels::Pixels;

/// Bits after the point of a weight.
const POINT: u32 = 14;
const ONE: i32 = 1 << POINT;

/// The picture at a size that is no larger on either side; at least one pixel each way.
pub(super) fn resized(from: &Pixels, width: usize, height: usize) -> Pixels {
    let (width, height) = (width.clamp(1, from.width), height.clamp(1, from.height));
    if (width, height) == (from.width, from.height) {
        return from.clone();
    }
    let n = from.channels;
    let weighed;
    let samples = if n == 4 {
        weighed = premultiplied(&from.samples);
        &weighed
    } else {
        &from.samples
    };
    let rows = across(samples, from.width, width, n);
    let mut samples = down(&rows, from.height, height, width * n);
    if n == 4 {
        divide(&mut samples);
    }
    Pixels { width, height, channels: n, samples, profile: from.profile.clone(), lossless: from.lossless }
}

/// What one new sample is made of: where to begin, and the weights, which add up to [`ONE`].
struct Share {
    from: usize,
    weights: Vec<i32>,
}

fn shares(from: usize, to: usize) -> Vec<Share> {
    let scale = from as f64 / to as f64;
    let stretch = scale.max(1.0);
    let share = |i: usize| {
        let center = (i as f64 + 0.5) * scale;
        let first = (center - 2.0 * stretch).floor().max(0.0) as usize;
        let last = ((center + 2.0 * stretch).ceil() as usize).min(from);
        let weights: Vec<f64> = (first..last).map(|at| catmull_rom((at as f64 + 0.5 - center) / stretch)).collect();
        let sum: f64 = weights.iter().sum();
        let mut weights: Vec<i32> = weights.iter().map(|w| (w / sum * f64::from(ONE)).round() as i32).collect();
        // What rounding took or gave goes to the heaviest.
        let rest = ONE - weights.iter().sum::<i32>();
        if let Some(heaviest) = weights.iter_mut().max_by_key(|w| **w) {
            *heaviest += rest;
        }
        Share { from: first, weights }
    };
    (0..to).map(share).collect()
}

fn catmull_rom(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (1.5 * x - 2.5) * x * x + 1.0
    } else if x < 2.0 {
        ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0
    } else {
        0.0
    }
}

fn sample(sum: i32) -> u8 {
    ((sum + ONE / 2) >> POINT).clamp(0, 255) as u8
}

/// Each row of `n`-channel samples from one width to another.
fn across(samples: &[u8], from: usize, to: usize, n: usize) -> Vec<u8> {
    match n {
        1 => across_of::<1>(samples, from, to),
        3 => across_of::<3>(samples, from, to),
        _ => across_of::<4>(samples, from, to),
    }
}

fn across_of<const N: usize>(samples: &[u8], from: usize, to: usize) -> Vec<u8> {
    let shares = shares(from, to);
    let mut out = Vec::with_capacity(samples.len() / from.max(1) * to);
    for row in samples.chunks_exact(from * N) {
        for share in &shares {
            let mut sums = [0_i32; N];
            for (pixel, weight) in row[share.from * N..].chunks_exact(N).zip(&share.weights) {
                for (sum, value) in sums.iter_mut().zip(pixel) {
                    *sum += i32::from(*value) * weight;
                }
            }
            out.extend(sums.map(sample));
        }
    }
    out
}

/// Rows of `length` samples from one number to another.
fn down(samples: &[u8], from: usize, to: usize, length: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(to * length);
    let mut sums = vec![0_i32; length];
    for share in shares(from, to) {
        sums.fill(0);
        for (row, weight) in samples[share.from * length..].chunks_exact(length).zip(&share.weights) {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += i32::from(*value) * weight;
            }
        }
        out.extend(sums.iter().map(|sum| sample(*sum)));
    }
    out
}

fn premultiplied(samples: &[u8]) -> Vec<u8> {
    let times = |value: u8, alpha: u8| ((u32::from(value) * u32::from(alpha) + 127) / 255) as u8;
    samples.chunks_exact(4).flat_map(|p| [times(p[0], p[3]), times(p[1], p[3]), times(p[2], p[3]), p[3]]).collect()
}

fn divide(samples: &mut [u8]) {
    for pixel in samples.chunks_exact_mut(4) {
        let alpha = u32::from(pixel[3]);
        for value in &mut pixel[..3] {
            *value = (u32::from(*value) * 255 + alpha / 2).checked_div(alpha).map_or(0, |value| value.min(255) as u8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pixels(width: usize, height: usize, channels: usize, samples: Vec<u8>) -> Pixels {
        Pixels { width, height, channels, samples, profile: None, lossless: true }
    }

    #[test]
    fn a_plain_field_stays_plain_and_a_ramp_stays_a_ramp() {
        for n in [1, 3, 4] {
            let field = pixels(101, 67, n, vec![200; 101 * 67 * n]);
            let small = resized(&field, 40, 27);
            // Through alpha and back a sample may lose one.
            assert!(small.samples.iter().all(|value| value.abs_diff(200) <= 1), "{n}");
        }
        let ramp: Vec<u8> = (0..=255).collect();
        let small = resized(&pixels(256, 1, 1, ramp), 64, 1).samples;
        assert!(small.windows(2).all(|two| two[0] < two[1]), "{small:?}");
    }

    #[test]
    fn colour_does_not_leak_out_of_the_clear() {
        // Clear green beside full red: where they meet it is red that shows through.
        let row = [[0, 255, 0, 0], [0, 255, 0, 0], [255, 0, 0, 255], [255, 0, 0, 255]].concat();
        let small = resized(&pixels(4, 1, 4, row), 2, 1).samples;
        assert!(small.chunks_exact(4).all(|pixel| pixel[3] == 0 || pixel[1] == 0), "{small:?}");
    }

    #[test]
    fn the_bytes_are_those_of_any_machine() {
        let samples: Vec<u8> = (0..97 * 61 * 3_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let small = resized(&pixels(97, 61, 3, samples), 31, 19);
        let hex = crate::text::digest::base32(&crate::text::digest::sha256(&small.samples), 12);
        assert_eq!(hex, "stvjoudtzhfs");
    }

    proptest! {
        #[test]
        fn any_size_can_be_made(w in 1..40usize, h in 1..40usize, to_w in 0..60usize, to_h in 0..60usize, n in 0..3usize) {
            let n = [1, 3, 4][n];
            let small = resized(&pixels(w, h, n, vec![77; w * h * n]), to_w, to_h);
            prop_assert_eq!(small.samples.len(), small.width * small.height * n);
            prop_assert!(small.width <= w && small.height <= h);
        }
    }
}
