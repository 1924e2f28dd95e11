//! The search index: only years whose articles changed are made anew.

use super::Progress;
use super::cache::{Cache, Sheet};
use super::hash::Hash;
use super::pages::Press;
use super::timings::Work;
use crate::archive::ArticleId;
use crate::diag::Diagnostic;
use crate::emit::search::{self, Part, YearInput};
use rayon::prelude::*;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use std::hash::{Hash as _, Hasher};
use xxhash_rust::xxh3::Xxh3;

/// Makes the index, or keeps what it can of the last build's.
pub(super) struct Indexer<'a> {
    pub(super) press: Press<'a>,
    pub(super) cache: &'a Cache,
}

/// What the last build made of a year, or of all people.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Made {
    /// Of all it was made of.
    key: u128,
    /// The first of its files.
    name: Box<str>,
    files: Vec<(Box<str>, Hash)>,
}

/// What the last build made: the years, oldest first, none for undated reports; then people.
#[derive(Default, Serialize, Deserialize)]
struct Index {
    years: Vec<(Option<i16>, Made)>,
    people: Option<Made>,
}

/// A year and its articles, which stand together in the archive.
type Year = (Option<i16>, Vec<ArticleId>);

impl Indexer<'_> {
    /// Hands every file of the index to the output folder.
    ///
    /// Errors: what stood in the way of a file, or of reading an article again.
    pub(super) fn run(self, progress: &dyn Progress) -> Result<(), Diagnostic> {
        let Press { archive, clock, .. } = self.press;
        let before: Index = self.cache.load(Sheet::Search).unwrap_or_default();
        let years = self.years();
        let file_size = search::file_size(years.len());
        let people: Vec<u64> = archive
            .people
            .iter()
            .map(|person| {
                let mut hasher = FxHasher::default();
                (&person.slug, &person.initials, person.slot).hash(&mut hasher);
                hasher.finish()
            })
            .collect();
        let one = |(year, articles): &Year| {
            let key = clock.time(Work::Compare, || self.key(articles, &people, file_size));
            let last = before.years.iter().find(|(other, _)| other == year).map(|(_, made)| made);
            let made = match last.filter(|made| self.keeps(made, key)) {
                Some(made) => {
                    articles.iter().for_each(|_| clock.hit());
                    made.clone()
                }
                None => self.put(key, self.year(*year, articles, file_size)?)?,
            };
            articles.iter().for_each(|_| progress.step());
            Ok((*year, made))
        };
        let years: Vec<(Option<i16>, Made)> = years.par_iter().map(one).collect::<Result<_, Diagnostic>>()?;
        let people = clock.time(Work::Emit, || search::people(archive));
        let people = self.put(0, people)?;
        let names: Vec<_> = years.iter().map(|(year, made)| (*year, made.name.clone())).collect();
        self.press.put(vec![search::index(&names, &people.name)])?;
        clock.items(archive.articles.len());
        self.cache.save(Sheet::Search, &Index { years, people: Some(people) });
        Ok(())
    }

    /// The years of the archive, oldest first; reports without a date before all others.
    fn years(&self) -> Vec<Year> {
        let archive = self.press.archive;
        let year = |id: ArticleId| archive.article(id).date().map(|date| date.year());
        let ids: Vec<ArticleId> = archive.article_ids().collect();
        ids.chunk_by(|a, b| year(*a) == year(*b)).map(|ids| (year(ids[0]), ids.to_vec())).collect()
    }

    /// Of all that a year's index is made of.
    fn key(&self, articles: &[ArticleId], people: &[u64], file_size: usize) -> u128 {
        let Press { archive, settings, stories, .. } = self.press;
        let mut hasher = Xxh3::new();
        (stories.key, file_size, settings.site.threshold.to_bits()).hash(&mut hasher);
        articles.iter().for_each(|id| hasher.update(stories.words(*id).as_ref().map_or(&[], Hash::bytes)));
        search::print(articles, archive, people, &mut hasher);
        hasher.digest128()
    }

    /// Keeps the last build's files where they were made of the same and stand as they were left.
    fn keeps(&self, made: &Made, key: u128) -> bool {
        made.key == key && self.press.output.keep(made.files.iter().map(|(path, hash)| (path, *hash)))
    }

    fn year(&self, year: Option<i16>, articles: &[ArticleId], file_size: usize) -> Result<Part, Diagnostic> {
        let Press { archive, settings, stories, clock, .. } = self.press;
        let terms = |id: &ArticleId| Ok((*id, stories.terms(*id, archive)?));
        let articles: Vec<_> = articles.par_iter().map(terms).collect::<Result<_, Diagnostic>>()?;
        let input = YearInput { year, articles: &articles, archive, site: &settings.site, file_size };
        Ok(clock.time(Work::Emit, || search::year(&input)))
    }

    fn put(&self, key: u128, part: Part) -> Result<Made, Diagnostic> {
        Ok(Made { key, name: part.name, files: self.press.put(part.files)? })
    }
}
