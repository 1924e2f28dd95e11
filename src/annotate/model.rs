//! Learned weights: hashed features, one row of small numbers each.
//!
//! A feature is a number; its row is found by the feature's upper bits, so that weights need no names. Rows are
//! signed bytes with one scale for the table. `cargo run -p xtask -- train` writes the files.

use super::tagger::Usual;
use std::sync::LazyLock;

/// A feature: a number made by [`feature`] from a template and values.
pub type Feature = u64;

/// Makes the feature of `template` with values `a` and `b`; the same in every build, since weights depend on it.
pub fn feature(template: u64, a: u64, b: u64) -> Feature {
    let mixed = (template.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ a).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = (mixed ^ (mixed >> 32) ^ b.rotate_left(17)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    (mixed ^ (mixed >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Where features go: a trainer gathers them, a [`Sum`] weighs them as they come.
pub trait Features {
    /// Takes one more feature.
    fn push(&mut self, feature: Feature);
}

impl Features for Vec<Feature> {
    fn push(&mut self, feature: Feature) {
        self.push(feature);
    }
}

/// Scores features: what a model and its trainer share.
pub trait Weights {
    /// A sum of weights in the making.
    type Sum<'w, const LABELS: usize>: Sum<LABELS>
    where
        Self: 'w;

    /// Begins a sum for so many labels.
    fn sum<const LABELS: usize>(&self) -> Self::Sum<'_, LABELS>;

    /// Adds the weights of `features` to `scores`, one for each label.
    fn add<const LABELS: usize>(&self, features: &[Feature], scores: &mut [f32; LABELS]) {
        let mut sum = self.sum::<LABELS>();
        features.iter().for_each(|feature| sum.push(*feature));
        for (score, weight) in scores.iter_mut().zip(sum.scores()) {
            *score += weight;
        }
    }
}

/// What features weigh together, label by label.
pub trait Sum<const LABELS: usize>: Features {
    /// The scores so far.
    fn scores(self) -> [f32; LABELS];
}

/// An embedded table of weights.
#[derive(Debug)]
pub struct Table {
    width: usize,
    bits: u32,
    scale: f32,
    rows: &'static [u8],
}

impl Table {
    /// Length of the head of a file: width and bits as bytes, two spare bytes, the scale as a little-endian `f32`.
    pub const HEAD: usize = 8;

    /// Reads a file that the trainer wrote; a table of no weight where it is damaged.
    pub fn new(file: &'static [u8]) -> Self {
        let nothing = Self { width: 1, bits: 0, scale: 0.0, rows: &[0] };
        let Some((head, rows)) = file.split_first_chunk::<{ Self::HEAD }>() else { return nothing };
        let [width, bits, _, _, s0, s1, s2, s3] = *head;
        let (width, bits) = (usize::from(width), u32::from(bits));
        if width == 0 || bits == 0 || bits > 24 || rows.len() != width << bits {
            return nothing;
        }
        Self { width, bits, scale: f32::from_le_bytes([s0, s1, s2, s3]), rows }
    }

    /// Which row a feature has in a table of `1 << bits` rows.
    pub fn row(feature: Feature, bits: u32) -> usize {
        if bits == 0 { 0 } else { (feature >> (64 - bits)) as usize }
    }
}

impl Weights for Table {
    type Sum<'w, const LABELS: usize> = Weighed<'w, LABELS>;

    /// Of a table for another number of labels nothing is added.
    fn sum<const LABELS: usize>(&self) -> Weighed<'_, LABELS> {
        let rows = if self.width == LABELS && self.bits > 0 { self.rows.as_chunks().0 } else { &[] };
        Weighed { rows, shift: 64 - self.bits.max(1), scale: self.scale, sums: [0; LABELS] }
    }
}

/// The sum of an embedded table. Whole numbers until the end, so that no order of features matters.
///
/// For 255 features at most: so many weights of 128 at most two bytes hold, and a row of sixteen labels is added at
/// once.
#[derive(Clone, Copy, Debug)]
pub struct Weighed<'w, const LABELS: usize> {
    rows: &'w [[u8; LABELS]],
    shift: u32,
    scale: f32,
    sums: [i16; LABELS],
}

impl<const LABELS: usize> Features for Weighed<'_, LABELS> {
    fn push(&mut self, feature: Feature) {
        if let Some(row) = self.rows.get((feature >> self.shift) as usize) {
            for (sum, &weight) in self.sums.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(weight as i8));
            }
        }
    }
}

impl<const LABELS: usize> Sum<LABELS> for Weighed<'_, LABELS> {
    fn scores(self) -> [f32; LABELS] {
        self.sums.map(|sum| f32::from(sum) * self.scale)
    }
}

/// The embedded models.
#[derive(Debug)]
pub struct Models {
    /// Words that need no guess.
    pub usual: Usual,
    /// Parts of speech.
    pub tags: Table,
    /// Names of people.
    pub names: Table,
    /// Which candidate speaks.
    pub speakers: Table,
    /// Whom a pronoun stands for.
    pub pronouns: Table,
    /// Whether marked words are someone's speech.
    pub kinds: Table,
    /// Which words are reported speech.
    pub reported: Table,
    /// How sure a speaker is.
    pub confidence: Table,
}

impl Models {
    /// The models in the binary.
    pub fn embedded() -> &'static Models {
        static MODELS: LazyLock<Models> = LazyLock::new(|| Models {
            usual: Usual::new(include_bytes!("weights/usual.bin")),
            tags: Table::new(include_bytes!("weights/tags.bin")),
            names: Table::new(include_bytes!("weights/names.bin")),
            speakers: Table::new(include_bytes!("weights/speakers.bin")),
            pronouns: Table::new(include_bytes!("weights/pronouns.bin")),
            kinds: Table::new(include_bytes!("weights/kinds.bin")),
            reported: Table::new(include_bytes!("weights/reported.bin")),
            confidence: Table::new(include_bytes!("weights/confidence.bin")),
        });
        &MODELS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_the_weights_that_were_written() {
        // Two labels, two rows, a scale of one half.
        static FILE: [u8; 12] = [2, 1, 0, 0, 0, 0, 0, 0x3f, 2, 254, 4, 252];
        let table = Table::new(&FILE);
        let mut scores = [0.0; 2];
        table.add(&[0, u64::MAX], &mut scores);
        assert_eq!(scores, [3.0, -3.0]);
    }

    #[test]
    fn sums_are_exact_for_as_many_features_as_two_bytes_allow() {
        fn check<const LABELS: usize>() {
            let mut file = vec![LABELS as u8, 5, 0, 0];
            file.extend(0.5_f32.to_le_bytes());
            // Most weigh as little as can be.
            file.extend((0..32 * LABELS).map(|i| if i % 3 == 0 { (i * 37) as u8 } else { 0x80 }));
            let table = Table::new(file.leak());
            let features: Vec<Feature> = (0..255).map(|i| feature(7, i, 3)).collect();
            let mut scores = [1.0; LABELS];
            table.add(&features, &mut scores);
            for (label, score) in scores.iter().enumerate() {
                let weight = |f: &Feature| i32::from(table.rows[Table::row(*f, 5) * LABELS + label] as i8);
                let sum: i32 = features.iter().map(weight).sum();
                assert_eq!(*score, 1.0 + sum as f32 * 0.5, "label {label} of {LABELS}");
            }
            assert_eq!(table.sum::<7>().scores(), [0.0; 7]);
        }
        check::<1>();
        check::<3>();
        check::<16>();
    }

    #[test]
    fn a_damaged_table_weighs_nothing() {
        for file in [
            &b""[..],
            b"\x02\x01\0\0",
            b"\x02\0\0\0\0\0\0\x3f\x01\x01",
            b"\x02\xff\0\0\0\0\0\x3f\x01",
            b"\0\0\0\0\0\0\0\0",
        ] {
            let mut scores = [0.0; 2];
            Table::new(file).add(&[1, u64::MAX], &mut scores);
            assert_eq!(scores, [0.0, 0.0]);
        }
    }

    #[test]
    fn the_embedded_weights_are_whole() {
        let models = Models::embedded();
        let tables = [
            &models.tags,
            &models.names,
            &models.speakers,
            &models.pronouns,
            &models.kinds,
            &models.reported,
            &models.confidence,
        ];
        for table in tables {
            assert!(table.bits > 0 && table.scale > 0.0);
        }
    }
}
