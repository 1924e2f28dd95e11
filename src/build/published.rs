use super::{Timings, Written};
use crate::diag::{Diagnostic, codes};

/// A site that was built and put into place.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Articles published.
    pub reports: usize,
    /// Quotations in them, direct, partial and reported.
    pub quotations: usize,
    /// Of these, those whose speaker is below the threshold.
    pub unsure: usize,
    /// People with a page.
    pub people: usize,
    /// Pages drawn.
    pub pages: usize,
    /// Files left out because of an error, people files included.
    pub left_out: usize,
    /// Drafts held back.
    pub drafts: usize,
    /// Articles held back by the clock: dated later, embargoed, or expired.
    pub held: usize,
    /// What became of the output folder.
    pub written: Written,
    /// Everything that was noted, in the order of [`Diagnostic::order`].
    pub diagnostics: Vec<Diagnostic>,
    /// Where the time went.
    pub timings: Timings,
}

/// Why a site was not built. The output folder is as it was.
#[derive(Clone, Debug, Default)]
pub struct Failure {
    /// Everything that was noted until then, in the order of [`Diagnostic::order`]; at least one error.
    pub diagnostics: Vec<Diagnostic>,
}

/// What is said where another build has the archive or its output.
pub(super) const BUSY: &str = "another build of this archive is at work";

impl Failure {
    /// Whether another build was at work, so that nothing is wrong and a later one may come about.
    pub fn is_busy(&self) -> bool {
        self.diagnostics.iter().any(|noted| noted.code == codes::OUTPUT_REFUSED && noted.message == BUSY)
    }
}
