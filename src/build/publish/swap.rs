//! Publishing in one step: the second tree becomes what is next, and the two are exchanged.

use super::exchange::{self, exchange};
use super::grounds::Survey;
use super::staging::remove;
use super::twin::{News, Synced, Trouble, Twin, link_over};
use super::{Made, Output, Way, folders, manifest};
use crate::diag::Diagnostic;
use rustc_hash::FxHashSet;
use std::fs;
use std::sync::OnceLock;

/// What came of an exchange.
#[derive(Default)]
pub(super) struct Swapped {
    /// Whether the second tree is the same as the output now.
    pub(super) is: bool,
    /// Files that went.
    pub(super) removed: usize,
    /// Files that have other times than when they were looked at: a link was made or removed.
    pub(super) relinked: Synced,
}

impl Swapped {
    /// Forgets the stats of files that have other times now.
    pub(super) fn forget(&self, made: &mut [(Box<str>, Made)]) {
        for (path, made) in made {
            if self.relinked.all || self.relinked.linked.contains(path) {
                made.stat = None;
            }
        }
    }
}

impl Output {
    /// Publishes in one step; none where that cannot be done, and then the output is as it was.
    pub(super) fn swap(&self, survey: &Survey, news: &News<'_>) -> Result<Option<Swapped>, Diagnostic> {
        if self.way == Way::Moves || !exchange::is_possible(&self.folder, self.staging.room()) {
            return Ok(None);
        }
        match self.try_to_swap(survey, news) {
            Ok(swapped) => Ok(Some(swapped)),
            Err(Trouble::Unfit) => Ok(None),
            Err(Trouble::Failed(failed)) => Err(failed),
        }
    }

    fn try_to_swap(&self, survey: &Survey, news: &News<'_>) -> Result<Swapped, Trouble> {
        let site = self.staging.twin();
        let twin = Twin { public: &self.folder, site: &site };
        let own = OnceLock::new();
        let is_ours = |folder: &str| own.get_or_init(|| self.own_folders()).contains(folder);
        let mut relinked = twin.sync(survey.unpaired(), |folder| survey.is_paired(folder), is_ours)?;
        let removed = news.bring(&site, link_over)?;
        let manifests = (self.new.join(manifest::NAME), site.join(manifest::NAME));
        link_over(&manifests.0, &manifests.1).map_err(|e| Trouble::at("write", &manifests.1, &e))?;

        exchange(&self.folder, &site).map_err(|e| Trouble::at("replace", &self.folder, &e))?;

        // The new site stands, whatever comes now. What was the site until now becomes the same, so that it holds
        // nothing that was withdrawn, and so that whoever is still in it (a server's own folder, a mount) sees the new.
        let same = news.bring(&site, |from, to| fs::rename(from, to)).is_ok();
        let is = same && fs::rename(&manifests.0, &manifests.1).is_ok();
        relinked.all |= !is && self.forget_twin();
        Ok(Swapped { is, removed, relinked })
    }

    /// Takes the second tree away; says whether there was one.
    pub(super) fn forget_twin(&self) -> bool {
        let site = self.staging.twin();
        fs::symlink_metadata(&site).is_ok() && {
            // What cannot be removed now is compared by the next build.
            let _ = remove(&site);
            true
        }
    }

    /// Every folder in which a file of the last build lies.
    fn own_folders(&self) -> FxHashSet<&str> {
        match &self.owned {
            Some(owned) => owned.iter().flat_map(|path| folders(path)).collect(),
            None => self.before.keys().flat_map(|path| folders(path)).collect(),
        }
    }
}
