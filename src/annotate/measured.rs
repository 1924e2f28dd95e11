/// How often the confidence of a speaker held, where editors had said who spoke before.
///
/// Five folds over the corpus of the [model card](../../../docs/model-card.md): every quotation was read by weights
/// that had not learned from its report. `xtask cross` makes the figures; they are kept in step with the weights by
/// hand.
pub struct Measured {
    /// Confidence from, in percent.
    pub from: u32,
    /// Quotations that were given such a confidence.
    pub cases: u32,
    /// Of these, those whose speaker was right.
    pub right: u32,
}

/// By confidence, highest first; the last row begins at 0.
pub const MEASURED: &[Measured] = &[
    Measured { from: 95, cases: 3693, right: 3586 },
    Measured { from: 90, cases: 1121, right: 1028 },
    Measured { from: 80, cases: 758, right: 645 },
    Measured { from: 70, cases: 332, right: 249 },
    Measured { from: 60, cases: 252, right: 148 },
    Measured { from: 50, cases: 137, right: 77 },
    Measured { from: 0, cases: 68, right: 30 },
];

/// Reports they stand in.
pub const MEASURED_REPORTS: u32 = 840;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_those_of_the_model_card() {
        let card = include_str!("../../docs/model-card.md");
        let table = card.split("Quotations in the five folds, named or not:").nth(1).expect("the table");
        let rows: Vec<(u32, u32, u32)> = table
            .lines()
            .skip_while(|line| !line.starts_with("| 0."))
            .take_while(|line| line.starts_with("| 0."))
            .map(|line| {
                let cells: Vec<&str> = line.split('|').map(str::trim).collect();
                let from: f64 = cells[1].split(' ').next().expect("a number").parse().expect("a number");
                let (cases, right): (f64, f64) =
                    (cells[2].parse().expect("a number"), cells[4].parse().expect("a share"));
                ((from * 100.0).round() as u32, cases as u32, (cases * right).round() as u32)
            })
            .collect();
        let ours: Vec<_> = MEASURED.iter().rev().map(|row| (row.from, row.cases, row.right)).collect();
        assert_eq!(rows, ours);
    }
}
