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
    /// Adds the weights of `features` to `scores`, one for each label.
    fn add(&self, features: &[Feature], scores: &mut [f32]);
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
        if width == 0 || bits > 24 || rows.len() != width << bits {
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
    fn add(&self, features: &[Feature], scores: &mut [f32]) {
        // The widths of the embedded tables, so that a row is read at once.
        match self.width {
            1 => self.add_rows::<1>(features, scores),
            3 => self.add_rows::<3>(features, scores),
            16 => self.add_rows::<16>(features, scores),
            width => {
                for (label, score) in scores.iter_mut().enumerate().take(width) {
                    let weight = |f: &Feature| self.rows.get(Self::row(*f, self.bits) * width + label);
                    let sum: i32 = features.iter().filter_map(weight).map(|w| i32::from(*w as i8)).sum();
                    *score += sum as f32 * self.scale;
                }
            }
        }
    }
}

impl Table {
    fn add_rows<const WIDTH: usize>(&self, features: &[Feature], scores: &mut [f32]) {
        if self.bits == 0 {
            return;
        }
        let (rows, _) = self.rows.as_chunks::<WIDTH>();
        let shift = 64 - self.bits;
        // Small sums stay whole until the end, so that no order of features matters.
        let mut sums = [0_i32; WIDTH];
        for features in features.chunks(usize::from(u8::MAX)) {
            // At most 255 weights of at most 128 each: two bytes hold them, and a row of sixteen fills two registers.
            let mut small = [0_i16; WIDTH];
            for &feature in features {
                if let Some(row) = rows.get((feature >> shift) as usize) {
                    for (sum, &weight) in small.iter_mut().zip(row) {
                        *sum += i16::from(weight as i8);
                    }
                }
            }
            for (sum, small) in sums.iter_mut().zip(small) {
                *sum += i32::from(small);
            }
        }
        let weights = sums.map(|sum| sum as f32 * self.scale);
        for (score, weight) in scores.iter_mut().zip(weights) {
            *score += weight;
        }
    }

    /// Begins a sum of the weights of features as they come; for tables of one label, the others weigh nothing.
    pub fn sum(&self) -> Sum {
        let rows = if self.width == 1 && self.bits > 0 { self.rows } else { &[] };
        Sum { rows, shift: 64 - self.bits.max(1), scale: self.scale, sum: 0 }
    }
}

/// The weight of features as they come; the same as [`Weights::add`] makes of all of them at once.
#[derive(Debug)]
pub struct Sum {
    rows: &'static [u8],
    shift: u32,
    scale: f32,
    sum: i32,
}

impl Sum {
    /// What they weigh together.
    pub fn score(self) -> f32 {
        self.sum as f32 * self.scale
    }
}

impl Features for Sum {
    fn push(&mut self, feature: Feature) {
        if let Some(&weight) = self.rows.get((feature >> self.shift) as usize) {
            self.sum += i32::from(weight as i8);
        }
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
    fn every_width_adds_the_same() {
        for width in [1, 2, 3, 16] {
            // 32 rows, of which many weigh as little as can be.
            let mut file = vec![width, 5, 0, 0];
            file.extend(0.5_f32.to_le_bytes());
            file.extend((0..32 * usize::from(width)).map(|i| if i % 3 == 0 { (i * 37) as u8 } else { 0x80 }));
            let table = Table::new(file.leak());
            // More than two bytes hold.
            let features: Vec<Feature> = (0..1000).map(|i| feature(7, i, 3)).collect();
            let mut scores = [1.0; 16];
            table.add(&features, &mut scores);
            for (label, score) in scores.iter().enumerate() {
                let weight = |f: &Feature| table.rows[Table::row(*f, 5) * table.width + label] as i8;
                let sum: i32 =
                    if label < table.width { features.iter().map(|f| i32::from(weight(f))).sum() } else { 0 };
                assert_eq!(*score, 1.0 + sum as f32 * 0.5, "label {label} of {width}");
            }
            let mut sum = table.sum();
            features.iter().for_each(|f| sum.push(*f));
            assert_eq!(sum.score(), if width == 1 { scores[0] - 1.0 } else { 0.0 });
        }
    }

    #[test]
    fn a_damaged_table_weighs_nothing() {
        for file in [&b""[..], b"\x02\x01\0\0", b"\x02\xff\0\0\0\0\0\x3f\x01", b"\0\0\0\0\0\0\0\0"] {
            let mut scores = [0.0; 2];
            Table::new(file).add(&[1, u64::MAX], &mut scores);
            assert_eq!(scores, [0.0, 0.0]);
        }
    }

    #[test]
    fn the_embedded_weights_are_whole() {
        let models = Models::embedded();
        for table in [&models.tags, &models.names, &models.speakers, &models.pronouns, &models.kinds, &models.reported]
        {
            assert!(table.bits > 0 && table.scale > 0.0);
        }
    }
}
