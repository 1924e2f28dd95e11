//! Whether a whole site stands as it was left: the shortest way through a build.

use super::bytes::has;
use super::{Outputs, manifest, relative};
use crate::build::hash::Hash;
use crate::build::stat::Stat;
use crate::build::tree::{Kind, Seen, Tree};
use rayon::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a look at a site found, where everything of ours stands as we left it.
pub(in crate::build) struct Verified {
    /// Whether files had to be read; their stats may be relied on from now on.
    pub(in crate::build) news: bool,
    /// The site as it stands.
    pub(in crate::build) outputs: Outputs,
}

impl Outputs {
    /// Looks at every file and folder once; none where anything is otherwise, or anything foreign has come or gone.
    ///
    /// Nothing is written. `now` is the present moment, for files whose stats could not be relied on before.
    pub(in crate::build) fn verified(mut self, out: &Path, now: i64) -> Option<Verified> {
        let folder = fs::canonicalize(out).ok()?;
        let tree = Tree::open(&folder).ok()?;
        if !self.grounds_are_still(&folder, &tree) {
            return None;
        }
        let news = AtomicBool::new(false);
        let stands = |path: &str, hash: &Hash, stat: &mut Option<Stat>| {
            let Ok(Seen { kind, stat: standing }) = tree.look(path) else { return false };
            if *stat == Some(standing) {
                return true;
            }
            news.store(true, Ordering::Relaxed);
            let same = kind == Kind::File
                && stat.is_none_or(|stat| stat.bytes == standing.bytes)
                && has(&folder.join(path), *hash);
            *stat = Some(standing).filter(|stat| stat.is_settled(now));
            same
        };
        let (hash, stat) = &mut self.manifest.as_mut()?;
        if !stands(manifest::NAME, hash, stat) {
            return None;
        }
        let all = self.files.par_iter_mut().all(|(path, hash, stat)| stands(path, hash, stat));
        all.then_some(Verified { news: news.into_inner(), outputs: self })
    }

    /// Whether every folder is there and has the entries it had.
    fn grounds_are_still(&self, folder: &Path, tree: &Tree) -> bool {
        let ours = |path: &str| self.files.binary_search_by(|(ours, ..)| (**ours).cmp(path)).is_ok();
        let grounds = &self.grounds;
        let is_foreign = |path: &str| grounds.foreign.binary_search_by(|foreign| (**foreign).cmp(path)).is_ok();
        let is_folder = |path: &str| grounds.folders.binary_search_by(|ground| (*ground.path).cmp(path)).is_ok();
        let still = |path: &str, left: Option<Stat>| {
            let Some(standing) = tree.folder(path) else { return false };
            if left == Some(standing) {
                return true;
            }
            let Ok(entries) = fs::read_dir(folder.join(path)) else { return false };
            let mut n_foreign = 0;
            for entry in entries.flatten().filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b".")) {
                let path = relative(&entry.path(), folder);
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    if !is_folder(&path) {
                        return false;
                    }
                } else if is_foreign(&path) {
                    n_foreign += 1;
                } else if !ours(&path) {
                    return false;
                }
            }
            let parent = |path: &str| path.rfind('/').map_or(0, |at| at);
            n_foreign == grounds.foreign.iter().filter(|foreign| foreign[..parent(foreign)] == *path).count()
        };
        still("", None) && grounds.folders.par_iter().all(|ground| still(&ground.path, ground.here))
    }
}
