//! What a process that builds a site again and again remembers from one build to the next.
//!
//! Nothing here is needed: whatever is not remembered is recalled from the cache, or made.

use super::cache::Cache;
use super::publish::Outputs;
use super::stories::Recollection;
use super::threads::Threads;
use crate::archive::{Archive, Given, Gone, Joined, Pictures, join};
use crate::config::SiteSettings;
use crate::diag::{Diagnostic, Noted};
use crate::model::{Authority, Facts};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is remembered; nothing to begin with.
#[derive(Default)]
pub struct Memory {
    pub(super) recollection: Recollection,
    /// What the build under way has joined, and what was noted on the way.
    given: Option<(Given, Vec<Diagnostic>)>,
    joined: Option<Joined>,
    outputs: Option<(PathBuf, Outputs)>,
    /// Of the files that are published as they are; see [`Memory::has_lent`].
    lent: Option<u128>,
    /// The same of the build under way.
    lends: Option<u128>,
}

impl Memory {
    /// Forgets how the output was left: somebody else may have been there.
    pub fn forget_output(&mut self) {
        self.outputs = None;
    }

    /// Whether the build before published the same files as they are, by their print.
    pub(super) fn has_lent(&mut self, print: u128) -> bool {
        self.lends = Some(print);
        self.lent == Some(print)
    }

    /// How the last build left the output at `out`.
    pub(super) fn outputs(&mut self, out: &Path, cache: &Cache) -> Outputs {
        match self.outputs.take() {
            // Whoever may have published there since makes it forgotten, or is known by the manifest.
            Some((folder, mut outputs)) if folder == out => {
                outputs.is_still = true;
                outputs
            }
            _ => cache.outputs(),
        }
    }

    /// Joins, or gives what was joined before where nothing that is joined has changed.
    pub(super) fn join(
        &mut self,
        facts: Vec<Arc<Facts>>,
        gone: Vec<Gone>,
        authority: &Authority,
        pictures: &Pictures,
        site: &SiteSettings,
    ) -> Noted<Archive> {
        let before = self.joined.take();
        let again = before.and_then(|before| before.again(&facts, &gone, authority, pictures, site));
        let given = Given {
            facts: facts.clone(),
            gone: gone.clone(),
            authority: authority.clone(),
            pictures: pictures.clone(),
            site: site.clone(),
        };
        let joined = again.unwrap_or_else(|| join(facts, gone, authority, pictures, site, &Threads));
        self.given = Some((given, joined.diagnostics.clone()));
        joined
    }

    /// Takes down what a build made that came about: what its articles told, what it joined, and how it left the output.
    pub(super) fn learn(&mut self, recollection: Recollection, archive: Archive, (out, outputs): (&Path, Outputs)) {
        self.recollection = recollection;
        self.joined = self.given.take().map(|(given, notes)| Joined::new(given, archive, notes));
        self.outputs = Some((out.to_owned(), outputs));
        self.lent = self.lends.take();
    }
}
