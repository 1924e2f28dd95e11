//! Publishing in one step: the second tree becomes what is next, and the two are exchanged.

use super::exchange::{self, exchange, rename_new};
use super::grounds::{Looked, Survey};
use super::made::Site;
use super::strays::Shared;
use super::twin::{News, Ours, Synced, Trouble, Twin, link_over};
use super::{Output, Way, folders, manifest, parent};
use crate::build::{plain, stat};
use crate::diag::Diagnostic;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What came of an exchange.
#[derive(Default)]
pub(super) struct Swapped {
    /// A moment before the exchange; none where the second tree is not the same as the output now.
    pub(super) exchanged: Option<i64>,
    /// Folders that were looked at after it.
    pub(super) looked: Looked,
    /// Files that went.
    pub(super) removed: usize,
    /// Files that have other times than when they were looked at: a link was made or removed.
    pub(super) relinked: Synced,
    /// Folders of the output into which something was brought that others had put into the second tree.
    pub(super) carried: Vec<PathBuf>,
}

impl Swapped {
    /// Whether a file has other times now than when it was looked at.
    pub(super) fn relinks(&self, path: &str) -> bool {
        self.relinked.all || self.relinked.linked.contains(path)
    }
}

/// Why no exchange came of it.
enum Hitch {
    Trouble(Trouble),
    /// What is not ours stands in the way, or the disk does not hold what was written.
    Refused(Diagnostic),
}

impl From<Trouble> for Hitch {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl Output {
    /// Publishes in one step; none where that cannot be done, and then the output is as it was.
    pub(super) fn swap(
        &self,
        survey: &mut Survey,
        news: &News<'_>,
        made: &Site<'_>,
    ) -> Result<Option<Swapped>, Diagnostic> {
        if self.way == Way::Moves || !exchange::is_possible(&self.folder, self.staging.room()) {
            return Ok(None);
        }
        match self.with_ours(made, |ours| self.try_to_swap(ours, survey, news, made)) {
            Ok(swapped) => Ok(Some(swapped)),
            Err(Hitch::Trouble(Trouble::Unfit)) => Ok(None),
            Err(Hitch::Trouble(Trouble::Failed(failed)) | Hitch::Refused(failed)) => Err(failed),
        }
    }

    fn try_to_swap(
        &self,
        ours: &Ours<'_>,
        survey: &mut Survey,
        news: &News<'_>,
        made: &Site<'_>,
    ) -> Result<Swapped, Hitch> {
        let site = self.staging.twin();
        let mut shared = Shared::read(&self.staging.shared());
        let twin = Twin::new(&self.folder, &site, ours, shared.clone());
        let now = stat::now(&self.staging.clock());
        let mut relinked = twin.sync(survey.unpaired(), |folder| survey.is_paired(folder))?;
        survey.learn(std::mem::take(&mut relinked.pairs), now);
        shared.keep(&twin.shared(), &self.staging.shared());
        // Only now: while the site was made, anything may have come.
        self.refuse_if_in_the_way(survey, made).map_err(Hitch::Refused)?;
        self.claim(&site, news)?;
        let removed =
            twin.bring(news, |from, to, over| if over { link_over(from, to) } else { fs::hard_link(from, to) })?;
        let manifests = (self.new.manifest(), site.join(manifest::NAME));
        // At no moment without one.
        let other = self.staging.room().join("manifest");
        let put = link_over(&manifests.0, &other).and_then(|()| fs::rename(&other, &manifests.1));
        put.map_err(|e| Trouble::at("write", &manifests.1, &e))?;

        self.wait_for_disk(news).map_err(Hitch::Refused)?;
        let before = stat::now(&self.staging.clock());
        exchange(&self.folder, &site).map_err(|e| Trouble::at("replace", &self.folder, &e))?;

        // The new site stands, whatever comes now. What was the site until now becomes the same, so that it holds
        // nothing that was withdrawn, and so that whoever is still in it (a server's own folder, a mount) sees the new.
        let same = twin.bring(news, |from, to, over| if over { fs::rename(from, to) } else { rename_new(from, to) });
        let is = same.is_ok() && fs::rename(&manifests.0, &manifests.1).is_ok();
        let after = Ours { file: &|path| path == manifest::NAME || made.has(path), ..*ours };
        let caught = Twin::new(&self.folder, &site, &after, std::mem::take(&mut *twin.shared()));
        let looked = is.then(|| self.catch_up(&caught, survey, news, &mut relinked).ok()).flatten();
        let mut carried: Vec<PathBuf> =
            twin.carried().drain(..).chain(caught.carried().drain(..)).map(|(folder, ..)| folder).collect();
        shared.keep(&caught.shared(), &self.staging.shared());
        if looked.is_none()
            && let Some(folders) = self.forget_twin(made)
        {
            relinked.all = true;
            carried.extend(folders);
        }
        Ok(Swapped {
            exchanged: looked.is_some().then_some(before),
            looked: looked.unwrap_or_default(),
            removed,
            relinked,
            carried,
        })
    }

    /// Looks for what others did in the old site between the look at it and the exchange, and does it in the new one.
    fn catch_up(
        &self,
        twin: &Twin<'_>,
        survey: &Survey,
        news: &News<'_>,
        synced: &mut Synced,
    ) -> Result<Looked, Trouble> {
        // From before they are looked at.
        let mut looked = Looked::new(stat::now(&self.staging.clock()));
        let visited = std::mem::take(&mut synced.visited);
        let mut among: FxHashSet<&str> = visited.iter().map(AsRef::as_ref).collect();
        for path in news.paths() {
            among.insert(parent(path));
            among.extend(folders(path));
        }
        // Of those in which nothing of ours came or went, only those that have other entries all the same.
        among.retain(|folder| !survey.is_paired(folder));
        among.extend(news.paths().map(parent));
        among.insert("");
        let moved = survey.moved_since(twin.site, &among);
        among.extend(moved);
        let pairs: Vec<_> = among.into_par_iter().map(|folder| (folder, twin.pair(folder))).collect();
        for (folder, pair) in pairs {
            if let Some(pair) = pair {
                twin.share(folder, &pair);
                looked.add(folder, pair);
            } else {
                twin.compare(folder, synced)?;
                looked.again.push(folder.into());
            }
        }
        Ok(looked)
    }

    /// Has the second tree's manifest name the files that are about to come: should we be stopped half way, the next
    /// build still knows them as ours.
    fn claim(&self, site: &Path, news: &News<'_>) -> Result<(), Trouble> {
        let new = || news.staged.iter().map(|staged| staged.path).filter(|path| !self.owns(path));
        if new().next().is_none() {
            return Ok(());
        }
        let (claim, place) = (self.staging.room().join("claim"), site.join(manifest::NAME));
        let write = || -> io::Result<()> {
            let mut file = plain::create(&claim)?;
            if let Ok(mut standing) = plain::open(&place) {
                io::copy(&mut standing, &mut file)?;
            }
            manifest::claim(new(), &file)?;
            file.sync_all()?;
            fs::rename(&claim, &place)
        };
        write().map_err(|e| Trouble::at("write", &claim, &e))
    }

    /// Takes the second tree away, where there is one, and brings to the output what others put there: into these
    /// folders.
    pub(super) fn forget_twin(&self, made: &Site<'_>) -> Option<Vec<PathBuf>> {
        let site = self.staging.twin();
        self.with_ours(made, |ours| {
            let twin = Twin::new(&self.folder, &site, ours, Shared::read(&self.staging.shared()));
            let was = twin.dissolve();
            let carried = twin.carried().drain(..).map(|(folder, ..)| folder).collect();
            was.then_some(carried)
        })
    }

    /// Tells whose what is, as long as the old site stands.
    fn with_ours<T>(&self, made: &Site<'_>, then: impl FnOnce(&Ours<'_>) -> T) -> T {
        let (own, listed, left) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        // Held from the beginning, read when it is needed: by then another may stand there, or one where there was none.
        let list = plain::open(&self.staging.twin().join(manifest::NAME)).ok();
        let listed = || listed.get_or_init(|| listed_in(list.as_ref()));
        then(&Ours {
            file: &|path| self.owns(path) || path == manifest::NAME,
            folder: &|folder| own.get_or_init(|| self.own_folders()).contains(folder),
            there: &|path| self.left_there(listed(), path, made),
            folder_there: &|folder| left.get_or_init(|| self.folders_left(listed(), made)).contains(folder),
        })
    }

    /// Whether a build has left a file in the second tree, whose manifest lists these.
    ///
    /// Where somebody has taken the manifest away as well, a name that we gave or give now is ours.
    fn left_there(&self, listed: &FxHashSet<Box<str>>, path: &str, made: &Site<'_>) -> bool {
        listed.contains(path)
            || self.before.has(path)
            || self.gone.binary_search_by(|gone| (**gone).cmp(path)).is_ok()
            || listed.is_empty() && made.has(path)
    }

    /// Every folder in which one of these lies; see [`left_there`](Self::left_there).
    fn folders_left(&self, listed: &FxHashSet<Box<str>>, made: &Site<'_>) -> FxHashSet<Box<str>> {
        let paths = listed.iter().chain(&self.gone).map(AsRef::as_ref);
        let made = made.hashes().map(|(path, _)| path).filter(|_| listed.is_empty());
        paths.chain(made).flat_map(folders).map(Into::into).collect()
    }

    /// Every folder in which a file of the last build lies.
    fn own_folders(&self) -> FxHashSet<&str> {
        match &self.owned {
            Some(owned) => owned.iter().flat_map(|path| folders(path)).collect(),
            None => self.before.paths().flat_map(|(path, _)| folders(path)).collect(),
        }
    }
}

/// The files that a manifest names.
fn listed_in(list: Option<&File>) -> FxHashSet<Box<str>> {
    let mut text = Vec::new();
    let _ = list.map(|mut list| list.read_to_end(&mut text));
    manifest::paths(&String::from_utf8_lossy(&text)).map(Into::into).collect()
}
