//! The last build as a whole: where nothing has changed since, there is nothing to do but look.

use super::cache::{Cache, Sheet, checksum};
use super::due::Calm;
use super::find::Found;
use super::publish::{Outputs, Verified, Written};
use super::{Published, load};
use crate::diag::{Diagnostic, codes};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a build made, and of what.
#[derive(Serialize, Deserialize)]
pub(super) struct Last {
    /// Of every file the site was made from, and of how it was asked for.
    key: u128,
    /// Of every file of the site.
    outputs: u128,
    reports: usize,
    quotations: usize,
    unsure: usize,
    people: usize,
    pages: usize,
    left_out: usize,
    drafts: usize,
    held: usize,
    /// Within it the clock holds the same back.
    calm: Calm,
    /// All but those about the output folder, which is looked at anew.
    diagnostics: Vec<Diagnostic>,
}

/// Of every file the site is made from and of `how` it is asked for; none where a file cannot be read.
///
/// Reads the files whose bytes are not known yet.
pub(super) fn key<'a>(files: impl Iterator<Item = &'a [Found]>, how: &str) -> Option<u128> {
    let files: Vec<&Found> = files.flatten().collect();
    let unknown: Vec<&&Found> = files.iter().filter(|file| file.hash().is_none()).collect();
    unknown.into_par_iter().for_each(|file| load::learn(file));
    let mut bytes = Vec::with_capacity(files.len() * 100);
    for file in files {
        bytes.extend_from_slice(file.path.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(file.hash()?.bytes());
    }
    bytes.extend_from_slice(how.as_bytes());
    Some(checksum(&bytes))
}

impl Last {
    /// What the last build made, where it was made of the same.
    pub(super) fn open(cache: &Cache, key: u128, now: Option<Timestamp>) -> Option<Self> {
        cache.load::<Self>(Sheet::Last).filter(|last| last.key == key && last.calm.holds(now))
    }

    /// Looks whether the whole site stands as the last build left it, and if so says what that build said.
    ///
    /// None where anything is otherwise.
    pub(super) fn stands(self, out: &Path, before: Outputs, cache: &Cache) -> Option<Published> {
        if before.print() != self.outputs {
            return None;
        }
        let Verified { news, outputs } = before.verified(out, cache.now())?;
        if news {
            cache.save(Sheet::Outputs, &outputs);
        }
        let written = Written { files: outputs.files.len(), changed: 0, removed: 0 };
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(outputs.foreign(out));
        Some(Published {
            reports: self.reports,
            quotations: self.quotations,
            unsure: self.unsure,
            people: self.people,
            pages: self.pages,
            left_out: self.left_out,
            drafts: self.drafts,
            held: self.held,
            written,
            diagnostics,
            ..Published::default()
        })
    }

    /// Takes down what was made.
    pub(super) fn save(
        cache: &Cache,
        key: u128,
        outputs: &Outputs,
        published: &Published,
        calm: Calm,
        diagnostics: &[Diagnostic],
    ) {
        let Published { reports, quotations, unsure, people, pages, left_out, drafts, held, .. } = *published;
        let diagnostics = diagnostics.iter().filter(|noted| noted.code != codes::OUTPUT_FOREIGN).cloned().collect();
        let last = Self {
            key,
            outputs: outputs.print(),
            reports,
            quotations,
            unsure,
            people,
            pages,
            left_out,
            drafts,
            held,
            calm,
            diagnostics,
        };
        cache.save(Sheet::Last, &last);
    }
}
