use super::{is_inside, manifest};
use crate::build::plain;
use crate::build::stat::Stat;
use rustc_hash::FxHashSet;
use std::fs;
use std::path::Path;

/// What the site in a folder has, or should have: its manifest, read again only when it is another.
#[derive(Debug, Default)]
pub struct Listing {
    manifest: Option<Stat>,
    paths: FxHashSet<Box<str>>,
}

impl Listing {
    /// Whether there should be a file at a path below the folder, and nothing is there. Names that begin with a dot are
    /// never said to be missing.
    pub fn misses(&mut self, folder: &Path, path: &str) -> bool {
        let is_hidden = path.split('/').any(|name| name.starts_with('.'));
        if is_hidden || !is_inside(path) || fs::symlink_metadata(folder.join(path)).is_ok() {
            return false;
        }
        let place = folder.join(manifest::NAME);
        let now = Stat::of(&place).ok();
        if now != self.manifest || now.is_none() {
            let text = plain::read(&place).unwrap_or_default();
            self.paths = manifest::paths(&String::from_utf8_lossy(&text)).map(Into::into).collect();
            self.manifest = now;
        }
        self.paths.contains(path)
    }
}
