use super::cache::{Cache, Sheet};
use super::find::Found;
use super::hash::Hash;
use super::stat::Stat;
use rustc_hash::FxHashMap;

/// Every file of the site as the last build found it.
#[derive(Default)]
pub(super) struct Inputs {
    known: FxHashMap<Box<str>, (Stat, Hash)>,
}

impl Inputs {
    /// Recalls what the last build found.
    pub(super) fn open(cache: &Cache) -> Self {
        let rows = cache.load::<Vec<(Box<str>, Stat, Hash)>>(Sheet::Inputs).unwrap_or_default();
        Self { known: rows.into_iter().map(|(path, stat, hash)| (path, (stat, hash))).collect() }
    }

    /// Tells files that are as they were the hash of their bytes; says whether that is all of them.
    pub(super) fn recognise<'a>(&self, files: impl Iterator<Item = &'a Found>) -> bool {
        let mut all = true;
        for file in files {
            match self.known.get(&file.path).filter(|(stat, _)| *stat == file.stat) {
                Some((_, hash)) => file.learn(*hash),
                None => all = false,
            }
        }
        all
    }

    /// Takes down what this build found; `began` is when it began to look, on the file system's clock.
    pub(super) fn save<'a>(cache: &Cache, files: impl Iterator<Item = &'a Found>, began: i64) {
        let row = |file: &'a Found| Some((&file.path, file.stat, file.hash()?));
        let rows: Vec<_> = files.filter(|file| file.stat.is_settled(began)).filter_map(row).collect();
        cache.save(Sheet::Inputs, &rows);
    }
}
