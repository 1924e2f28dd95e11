//! Two learners: an averaged perceptron for labels, a softmax ranker for choices. Deterministic.

use onrecord::annotate::model::{Feature, Features, Sum, Table, Weights};

/// Weights as they are learned.
pub struct Learned {
    width: usize,
    bits: u32,
    rows: Vec<f32>,
}

impl Learned {
    /// All zero.
    pub fn new(width: usize, bits: u32) -> Self {
        Self { width, bits, rows: vec![0.0; width << bits] }
    }

    /// Rounds to what the file can hold, so that later stages learn from what will ship.
    ///
    /// The scale leaves out the largest thousandth of the weights, which are cut.
    pub fn quantise(&mut self) -> (f32, Vec<u8>) {
        let mut sizes: Vec<f32> = self.rows.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
        sizes.sort_by(f32::total_cmp);
        let most = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(1.0);
        let scale = most / 127.0;
        let bytes = self.rows.iter().map(|w| (w / scale).round().clamp(-127.0, 127.0) as i8 as u8).collect::<Vec<_>>();
        for (weight, byte) in self.rows.iter_mut().zip(&bytes) {
            *weight = f32::from(*byte as i8) * scale;
        }
        (scale, bytes)
    }

    /// Rounds, and gives the file.
    pub fn file(&mut self) -> Vec<u8> {
        let (scale, bytes) = self.quantise();
        let mut file = Vec::with_capacity(Table::HEAD + bytes.len());
        file.extend([self.width as u8, self.bits as u8, 0, 0]);
        file.extend(scale.to_le_bytes());
        file.extend(bytes);
        file
    }
}

impl Weights for Learned {
    type Sum<'w, const LABELS: usize> = Learning<'w, LABELS>;

    fn sum<const LABELS: usize>(&self) -> Learning<'_, LABELS> {
        Learning { weights: self, scores: [0.0; LABELS] }
    }
}

/// A sum of weights as they are learned.
pub struct Learning<'w, const LABELS: usize> {
    weights: &'w Learned,
    scores: [f32; LABELS],
}

impl<const LABELS: usize> Features for Learning<'_, LABELS> {
    fn push(&mut self, feature: Feature) {
        let Learned { width, bits, rows } = self.weights;
        let at = Table::row(feature, *bits) * width;
        for (score, weight) in self.scores.iter_mut().zip(&rows[at..at + width]) {
            *score += weight;
        }
    }
}

impl<const LABELS: usize> Sum<LABELS> for Learning<'_, LABELS> {
    fn scores(self) -> [f32; LABELS] {
        self.scores
    }
}

/// An averaged perceptron: feed it mistakes, take the mean of all states at the end.
pub struct Perceptron {
    /// The present state.
    pub weights: Learned,
    sums: Vec<f32>,
    stamps: Vec<u32>,
    step: u32,
}

impl Perceptron {
    /// All zero.
    pub fn new(width: usize, bits: u32) -> Self {
        let weights = Learned::new(width, bits);
        let n = weights.rows.len();
        Self { weights, sums: vec![0.0; n], stamps: vec![0; n], step: 0 }
    }

    /// Learns that `features` mean `right` and not `guess`.
    pub fn learn(&mut self, features: &[Feature], right: usize, guess: usize) {
        self.step += 1;
        if right == guess {
            return;
        }
        for &feature in features {
            let at = Table::row(feature, self.weights.bits) * self.weights.width;
            self.bump(at + right, 1.0);
            self.bump(at + guess, -1.0);
        }
    }

    fn bump(&mut self, i: usize, by: f32) {
        self.sums[i] += (self.step - self.stamps[i]) as f32 * self.weights.rows[i];
        self.stamps[i] = self.step;
        self.weights.rows[i] += by;
    }

    /// The mean over all steps.
    pub fn mean(mut self) -> Learned {
        for i in 0..self.sums.len() {
            self.sums[i] += (self.step - self.stamps[i]) as f32 * self.weights.rows[i];
            self.weights.rows[i] = self.sums[i] / self.step.max(1) as f32;
        }
        self.weights
    }
}

/// One choice: the features of each option, and which is right.
pub struct Choice {
    /// Features of each option.
    pub options: Vec<Vec<Feature>>,
    /// The right one.
    pub right: usize,
    /// How much it counts.
    pub weight: f32,
}

/// How a ranker learns.
#[derive(Clone, Copy)]
pub struct Plan {
    /// Rows, as a power of two.
    pub bits: u32,
    /// Rounds over the data.
    pub epochs: usize,
    /// Step length.
    pub rate: f32,
    /// Pull towards zero.
    pub decay: f32,
    /// Features seen less often are left out.
    pub least: u32,
}

/// Learns a linear softmax ranker with AdaGrad.
pub fn rank(choices: &[Choice], plan: Plan) -> Learned {
    let mut weights = Learned::new(1, plan.bits);
    let mut counts = vec![0_u32; weights.rows.len()];
    for feature in choices.iter().flat_map(|c| c.options.iter().flatten()) {
        counts[Table::row(*feature, plan.bits)] += 1;
    }
    let mut squares = vec![1e-6_f32; weights.rows.len()];
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..plan.epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let choice = &choices[i];
            let mut scores: Vec<f32> = choice
                .options
                .iter()
                .map(|features| features.iter().map(|f| weights.rows[Table::row(*f, plan.bits)]).sum())
                .collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            scores.iter_mut().for_each(|s| *s = (*s - top).exp());
            let sum: f32 = scores.iter().sum();
            for (o, features) in choice.options.iter().enumerate() {
                let error = (scores[o] / sum - f32::from(u8::from(o == choice.right))) * choice.weight;
                if error.abs() < 1e-3 {
                    continue;
                }
                for f in features {
                    let row = Table::row(*f, plan.bits);
                    if counts[row] < plan.least {
                        continue;
                    }
                    let gradient = error + plan.decay * weights.rows[row];
                    squares[row] += gradient * gradient;
                    weights.rows[row] -= plan.rate * gradient / squares[row].sqrt();
                }
            }
        }
    }
    weights
}

/// Learns a yes-or-no answer: a choice between the features and nothing.
pub fn answer(examples: Vec<(Vec<Feature>, bool)>, plan: Plan) -> Learned {
    let choices: Vec<Choice> = examples
        .into_iter()
        .map(|(features, yes)| Choice { options: vec![features, Vec::new()], right: usize::from(!yes), weight: 1.0 })
        .collect();
    rank(&choices, plan)
}

/// A small generator, the same everywhere.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Puts a list in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            let j = (self.next() % (i as u64 + 1)) as usize;
            list.swap(i, j);
        }
    }
}
