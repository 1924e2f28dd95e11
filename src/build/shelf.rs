use super::cache::{Cache, Pack, Place, Sheet};
use super::due::Window;
use super::hash::Hash;
use super::rulings::Ruled;
use super::stories::Story;
use crate::archive::Gone;
use crate::diag::Diagnostic;
use crate::model::Facts;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Everything that was learned from articles, on disk: so that each is read once, and no text need stay in memory.
pub(super) struct Shelf {
    /// What the last build made of each file, where it was made as we would make it now.
    rows: FxHashMap<Box<str>, Row>,
    packs: Packs,
    /// The same from memory, as far as it is remembered.
    known: Known,
}

/// What files told, by their paths and the bytes they were read from.
pub(super) type Known = FxHashMap<Box<str>, (Hash, Told)>;

/// What became of one file, and where that lies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Row {
    path: Box<str>,
    /// Of the file's bytes.
    pub(super) hash: Hash,
    /// A [`Told`].
    told: Place,
    /// A [`Story`], where there is one.
    words: Option<Place>,
    /// What the search index needs of it, where there is a story and an index.
    terms: Option<Place>,
}

impl Row {
    /// The file's path from the site's root.
    pub(super) fn path(&self) -> &str {
        &self.path
    }
}

/// What one file told, with what was noted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) fate: Fate,
    /// When it is to be seen.
    pub(super) window: Window,
    /// What it was read under.
    pub(super) ruled: Ruled,
    pub(super) noted: Vec<Diagnostic>,
}

/// What became of one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Fate {
    /// Published.
    Story(Arc<Facts>),
    /// Refused because of an error.
    LeftOut,
    /// Held back.
    Draft,
    /// Withdrawn by a ruling.
    Gone(Box<Gone>),
}

#[derive(Serialize, Deserialize)]
struct Index {
    /// Of everything but the files that the stories depend on.
    key: u128,
    generation: u32,
    /// Bytes of each pack.
    packs: [u64; 3],
    rows: Vec<Row>,
}

struct Packs {
    generation: u32,
    facts: Pack,
    words: Pack,
    terms: Pack,
}

/// Bytes that an article's facts or words are likely to have.
const USUAL: usize = 8 << 10;

/// Packs smaller than this are not worth copying.
const SMALL: u64 = 1 << 20;

impl Shelf {
    /// Opens the shelf; `key` is of everything but the files themselves that the stories depend on.
    /// `known` was told under the same key.
    pub(super) fn open(cache: &Cache, key: u128, known: Known) -> Self {
        match cache.load::<Index>(Sheet::Stories) {
            Some(index) if index.key == key => Self {
                known,
                packs: Packs::open(cache, index.generation, index.packs),
                rows: index.rows.into_iter().map(|row| (row.path.clone(), row)).collect(),
            },
            // Old packs stay until the new sheet is there: a build that fails must not cost the last one's work.
            other => Self {
                known,
                packs: Packs::open(cache, other.map_or(0, |index| index.generation).wrapping_add(1), [0; 3]),
                rows: FxHashMap::default(),
            },
        }
    }

    /// What the last build made of a file with these bytes.
    pub(super) fn find(&self, path: &str, hash: Hash) -> Option<(Told, Row)> {
        let row = self.rows.get(path).filter(|row| row.hash == hash)?;
        let told = match self.known.get(path) {
            Some((known, told)) if *known == hash => told.clone(),
            _ => postcard::from_bytes(&self.packs.facts.get(row.told)?).ok()?,
        };
        Some((told, row.clone()))
    }

    /// Puts down what was made of a file; none where there is no room.
    pub(super) fn put(
        &self,
        path: &str,
        hash: Hash,
        told: &Told,
        story: Option<&Story>,
        terms: Option<&[u8]>,
    ) -> Option<Row> {
        let told = self.packs.facts.put(&bytes(told)?)?;
        let words = match story {
            Some(story) => Some(self.packs.words.put(&bytes(story)?)?),
            None => None,
        };
        let terms = match terms {
            Some(terms) => Some(self.packs.terms.put(terms)?),
            None => None,
        };
        Some(Row { path: path.into(), hash, told, words, terms })
    }

    /// What the search index needs of a story; none where it is damaged.
    pub(super) fn terms(&self, row: &Row) -> Option<Vec<u8>> {
        self.packs.terms.get(row.terms?)
    }

    /// The words of a story; none where they are damaged.
    pub(super) fn story(&self, row: &Row) -> Option<Story> {
        postcard::from_bytes(&self.packs.words.get(row.words?)?).ok()
    }

    /// Saves what is in use for the next build, and gets rid of all else.
    pub(super) fn save(mut self, cache: &Cache, key: u128, mut rows: Vec<Row>) -> (Self, Vec<Row>) {
        let live = |place: fn(&Row) -> Option<Place>| -> u64 {
            rows.iter().filter_map(place).map(|place| u64::from(place.len)).sum()
        };
        let live = live(|row| Some(row.told)) + live(|row| row.words) + live(|row| row.terms);
        let all: u64 = self.packs.lens().iter().sum();
        if all > SMALL && live < all / 2 {
            let fresh = Packs::open(cache, self.packs.generation.wrapping_add(1), [0; 3]);
            rows.retain_mut(|row| fresh.take_over(row, &self.packs).is_some());
            self.packs = fresh;
        }
        let index = Index { key, generation: self.packs.generation, packs: self.packs.lens(), rows };
        cache.save(Sheet::Stories, &index);
        cache.sweep(&names(self.packs.generation));
        (self.rows, self.known) = Default::default();
        (self, index.rows)
    }
}

impl Packs {
    fn open(cache: &Cache, generation: u32, lens: [u64; 3]) -> Self {
        let names = names(generation);
        let [facts, words, terms] = std::array::from_fn(|i| cache.pack(&names[i], lens[i]));
        Self { generation, facts, words, terms }
    }

    fn lens(&self) -> [u64; 3] {
        [&self.facts, &self.words, &self.terms].map(Pack::len)
    }

    /// Copies what a row points at from other packs.
    fn take_over(&self, row: &mut Row, from: &Self) -> Option<()> {
        row.told = self.facts.put(&from.facts.get(row.told)?)?;
        if let Some(words) = &mut row.words {
            *words = self.words.put(&from.words.get(*words)?)?;
        }
        if let Some(terms) = &mut row.terms {
            *terms = self.terms.put(&from.terms.get(*terms)?)?;
        }
        Some(())
    }
}

/// A value as it lies in a pack.
fn bytes(value: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_extend(value, Vec::with_capacity(USUAL)).ok()
}

fn names(generation: u32) -> [String; 3] {
    ["facts", "words", "terms"].map(|name| format!("{name}-{generation}.pack"))
}
