//! Which colour and line a speaker gets (theme specification §5).

use crate::text::digest::spread;

/// For each slot the other seven, furthest in colour first: CIEDE2000 distance of the light colours.
///
/// Colours from the table of theme specification §5; the formula from Sharma, Wu and Dalal, "The CIEDE2000
/// color-difference formula" (2005), sRGB to Lab by IEC 61966-2-1 and D65. A test works the table out again.
const FURTHEST: [[u8; 7]; 8] = [
    [5, 2, 3, 6, 8, 4, 7],
    [7, 1, 4, 8, 3, 6, 5],
    [6, 7, 1, 4, 2, 5, 8],
    [5, 8, 2, 3, 1, 6, 7],
    [7, 4, 1, 6, 8, 3, 2],
    [3, 8, 5, 1, 2, 7, 4],
    [5, 2, 3, 8, 6, 1, 4],
    [6, 4, 2, 7, 1, 5, 3],
];

/// The slot, 1 to 8, of a speaker who has no page of their own: by a hash of the name, so that a rebuild
/// changes nothing. People have a slot of their own.
pub(super) fn preferred(name: &str) -> u8 {
    // Nobody gains by colliding.
    (spread(name.as_bytes()) % 8) as u8 + 1
}

/// Deals (slot, line) to the speakers of one report; `preferred` in order of words spoken.
///
/// Each of eight slots has a line of its own number; from the ninth speaker on the colours return with the next line.
/// The pair of colour and line is not repeated under 65 speakers.
pub(super) fn deal(preferred: &[u8]) -> Vec<(u8, u8)> {
    let mut out = Vec::with_capacity(preferred.len());
    for (round, speakers) in preferred.chunks(8).enumerate() {
        let mut taken = [false; 9];
        for &wish in speakers {
            let wish = wish.clamp(1, 8);
            let others = FURTHEST[usize::from(wish - 1)];
            let free = std::iter::once(wish).chain(others).find(|slot| !taken[usize::from(*slot)]);
            let slot = free.unwrap_or(wish);
            taken[usize::from(slot)] = true;
            out.push((slot, (slot - 1 + (round % 8) as u8) % 8 + 1));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_taken_slot_passes_to_the_free_one_furthest_in_colour() {
        let check = |preferred: &[u8], expected: &[u8]| {
            let own: Vec<(u8, u8)> = expected.iter().map(|slot| (*slot, *slot)).collect();
            assert_eq!(deal(preferred), own);
        };
        check(&[], &[]);
        check(&[1, 2, 3], &[1, 2, 3]);
        check(&[1, 1, 1], &[1, 5, 2]);
        check(&[4, 1, 4, 5], &[4, 1, 5, 7]);
        check(&[1; 8], &[1, 5, 2, 3, 6, 8, 4, 7]);
        assert_eq!(deal(&[1; 9])[8], (1, 2));
    }

    #[test]
    fn colour_and_line_together_are_never_repeated_under_forty_speakers() {
        for wish in 1..=8 {
            let dealt = deal(&[wish; 64]);
            assert_eq!(dealt.iter().collect::<BTreeSet<_>>().len(), 64);
        }
    }

    #[test]
    fn the_hash_never_changes() {
        assert_eq!([preferred("Marsh"), preferred("Renn"), preferred("")], [1, 5, 6]);
    }

    #[test]
    fn the_table_is_what_the_formula_gives() {
        let colors: [[f64; 3]; 8] = [
            [61., 99., 205.],
            [116., 60., 1.],
            [20., 72., 47.],
            [102., 13., 95.],
            [121., 103., 55.],
            [177., 47., 97.],
            [31., 31., 172.],
            [25., 114., 107.],
        ];
        let labs = colors.map(lab);
        // Pair 1 of the paper's own test data.
        assert!((distance([50., 2.6772, -79.7751], [50., 0., -82.7485]) - 2.0425).abs() < 5e-5);
        for (i, row) in FURTHEST.iter().enumerate() {
            let far = |slot: u8| distance(labs[i], labs[usize::from(slot) - 1]);
            assert!(row.windows(2).all(|w| far(w[0]) >= far(w[1])), "slot {}", i + 1);
        }
    }

    fn lab(rgb: [f64; 3]) -> [f64; 3] {
        let [r, g, b] = rgb.map(|c| {
            let c = c / 255.;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        let f = |t: f64| if t > 216. / 24389. { t.cbrt() } else { (24389. / 27. * t + 16.) / 116. };
        let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
        let y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
        let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
        [116. * y - 16., 500. * (x - y), 200. * (y - z)]
    }

    fn distance([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
        let pow7 = |c: f64| (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
        let g = 1.5 - 0.5 * pow7((a1.hypot(b1) + a2.hypot(b2)) / 2.);
        let (c1, c2) = ((a1 * g).hypot(b1), (a2 * g).hypot(b2));
        let hue = |a: f64, b: f64| b.atan2(a * g).to_degrees().rem_euclid(360.);
        let (h1, h2) = (hue(a1, b1), hue(a2, b2));
        let turn = (h2 - h1 + 540.).rem_euclid(360.) - 180.;
        let dh = 2. * (c1 * c2).sqrt() * (turn / 2.).to_radians().sin();
        let (l, c, h) = ((l1 + l2) / 2., (c1 + c2) / 2., (h1 + turn / 2.).rem_euclid(360.));
        let cos = |degrees: f64| degrees.to_radians().cos();
        let t = 1. - 0.17 * cos(h - 30.) + 0.24 * cos(2. * h) + 0.32 * cos(3. * h + 6.) - 0.2 * cos(4. * h - 63.);
        let sl = 1. + 0.015 * (l - 50.).powi(2) / (20. + (l - 50.).powi(2)).sqrt();
        let (sc, sh) = (1. + 0.045 * c, 1. + 0.015 * c * t);
        let rt = -(60. * (-((h - 275.) / 25.).powi(2)).exp()).to_radians().sin() * 2. * pow7(c);
        let (dl, dc, dh) = ((l2 - l1) / sl, (c2 - c1) / sc, dh / sh);
        (dl * dl + dc * dc + dh * dh + rt * dc * dh).sqrt()
    }
}
