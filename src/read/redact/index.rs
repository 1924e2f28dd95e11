//! Which of many withheld names a text may give: found by reading it once, however many there are.

use super::{BLANKS, LONG, LONGEST_ENDING, MOST_MIDDLE, Redaction, is_capital, words_of};
use crate::text::folded;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hash::Hash;

/// Names by the words that no text can give them without; each name has a number of the caller’s.
///
/// It only proposes: it may give a name that the text does not, never leaves one out that it does. Whether the name
/// stands there [`Redaction`] alone decides.
#[derive(Clone, Debug, Default)]
pub struct RedactionIndex {
    /// Every word of a key, by a number of its own.
    words: FxHashMap<Box<str>, u32>,
    /// What a text with the full name, or with other words for it, holds.
    whole: Keys,
    /// What one with a part of it holds.
    parts: Keys,
    /// Parts of one word, which is then written as a name or stands in an address.
    alone: FxHashMap<u32, u32>,
    /// Surnames that may have an ending.
    endings: FxHashMap<u32, u32>,
    /// The names of a key, by what the maps give; sorted.
    buckets: Vec<Vec<usize>>,
}

/// What a text holds: a word, or two words that stand near each other in this order.
#[derive(Clone, Debug, Default)]
struct Keys {
    one: FxHashMap<u32, u32>,
    two: FxHashMap<(u32, u32), u32>,
}

/// Words that a full name has between its given name and its surname, and the surname itself.
const NEAR: usize = MOST_MIDDLE + 1;

impl RedactionIndex {
    /// An index of some names, each with its number.
    pub fn new<'a>(redactions: impl IntoIterator<Item = (usize, &'a Redaction)>) -> Self {
        let mut index = Self::default();
        let mut runs = Vec::new();
        for (at, redaction) in redactions {
            index.add(at, redaction, &mut runs);
        }
        index.add_runs(&runs);
        index.buckets.iter_mut().for_each(|bucket| bucket.sort_unstable());
        index
    }

    /// Whether no text can give any of the names, for there are none.
    pub fn is_empty(&self) -> bool {
        self.buckets.is_empty()
    }

    /// The names of which a text may give the full form, or other words for it.
    pub fn naming(&self, text: &str) -> Proposed<'_> {
        if self.is_empty() {
            return Proposed::default();
        }
        let mut seen = Seen::new(self);
        folded(text, |_, word| seen.whole(word));
        seen.proposed()
    }

    /// The names of which a text may give any part.
    pub fn hinting(&self, text: &str) -> Proposed<'_> {
        if self.is_empty() {
            return Proposed::default();
        }
        let mut seen = Seen::new(self);
        for word in words_of(text) {
            seen.part(&word.folded, is_capital(text, &word) || word.in_address);
        }
        seen.proposed()
    }

    /// Adds the keys of a name; what is told by a run of several words goes to `runs`.
    fn add<'a>(&mut self, at: usize, redaction: &'a Redaction, runs: &mut Vec<Run<'a>>) {
        let Redaction { joined, given, surname, parts, also, except: _, instead: _ } = redaction;
        runs.extend(also.iter().map(|words| Run { at, words, part: false }));
        if given.is_empty() {
            runs.push(Run { at, words: surname, part: false });
        }
        for joined in joined {
            let key = self.word(joined);
            put(&mut self.whole.one, key, at, &mut self.buckets);
        }
        let initial = given.first().and_then(|given| given.first()?.chars().next()).map(String::from);
        let firsts = given.iter().filter_map(|given| given.last()).chain(&initial);
        let lasts = [surname.first(), redaction.core().first()];
        for (first, last) in firsts.flat_map(|first| lasts.into_iter().flatten().map(move |last| (first, last))) {
            let key = (self.word(first), self.word(last));
            put(&mut self.whole.two, key, at, &mut self.buckets);
        }
        // “Marsh, Ingrid”
        for (last, first) in given.iter().filter_map(|given| Some((surname.last()?, given.first()?))) {
            let key = (self.word(last), self.word(first));
            put(&mut self.whole.two, key, at, &mut self.buckets);
        }
        for part in parts {
            match &part[..] {
                [only] => {
                    let key = self.word(only);
                    put(&mut self.alone, key, at, &mut self.buckets);
                }
                words => runs.push(Run { at, words, part: true }),
            }
        }
        if let Some(last) = surname.last().filter(|last| last.chars().count() >= LONG) {
            let key = self.word(last);
            put(&mut self.endings, key, at, &mut self.buckets);
        }
    }

    /// Adds the keys of runs: of each the two words that the fewest runs have, the last of such.
    fn add_runs(&mut self, runs: &[Run<'_>]) {
        let mut pairs: Vec<Vec<(u32, u32)>> = Vec::with_capacity(runs.len());
        let mut often: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for Run { words, .. } in runs {
            // Words that write a blank are passed over between others, so they make no pairs.
            let solid = |pair: &&[String]| pair.iter().all(|word| !is_blank(word));
            let pairs_here: Vec<_> =
                words.windows(2).filter(solid).map(|pair| (self.word(&pair[0]), self.word(&pair[1]))).collect();
            for pair in &pairs_here {
                *often.entry(*pair).or_default() += 1;
            }
            pairs.push(pairs_here);
        }
        for (Run { at, words, part }, pairs) in runs.iter().zip(pairs) {
            let rarest = pairs.into_iter().rev().min_by_key(|pair| often.get(pair));
            let last = words.last().map(|word| self.word(word));
            let keys = if *part { &mut self.parts } else { &mut self.whole };
            match (rarest, last) {
                (Some(pair), _) => put(&mut keys.two, pair, *at, &mut self.buckets),
                (None, Some(word)) => put(&mut keys.one, word, *at, &mut self.buckets),
                (None, None) => {}
            }
        }
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(known) = self.words.get(word) {
            return *known;
        }
        let new = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.insert(word.into(), new);
        new
    }
}

/// Words of a name that stand one after another, nothing but blanks between them.
struct Run<'a> {
    at: usize,
    words: &'a [String],
    part: bool,
}

fn put<K: Hash + Eq>(keys: &mut FxHashMap<K, u32>, key: K, at: usize, buckets: &mut Vec<Vec<usize>>) {
    let new = u32::try_from(buckets.len()).unwrap_or(u32::MAX);
    let bucket = *keys.entry(key).or_insert(new);
    if bucket == new {
        buckets.push(Vec::new());
    }
    if let Some(bucket) = buckets.get_mut(bucket as usize) {
        bucket.push(at);
    }
}

fn is_blank(word: &str) -> bool {
    BLANKS.contains(&word)
}

/// What was met of an index in a text, word by word.
struct Seen<'a> {
    index: &'a RedactionIndex,
    /// The words just before, the nearest first; none where no key has it.
    near: [Option<u32>; NEAR],
    /// The nearest one that does not write a blank.
    solid: Option<u32>,
    buckets: FxHashSet<u32>,
}

impl<'a> Seen<'a> {
    fn new(index: &'a RedactionIndex) -> Self {
        Self { index, near: [None; NEAR], solid: None, buckets: FxHashSet::default() }
    }

    /// Sees the next word, where full names are looked for.
    fn whole(&mut self, word: &str) {
        let index = self.index;
        let id = index.words.get(word).copied();
        if let Some(id) = id {
            self.meet(&index.whole, id);
        }
        self.pass(word, id);
    }

    /// Sees the next word, where parts of names are looked for too; `name_like` is whether it alone may be one.
    fn part(&mut self, word: &str, name_like: bool) {
        let index = self.index;
        let id = index.words.get(word).copied();
        if let Some(id) = id {
            self.meet(&index.whole, id);
            self.meet(&index.parts, id);
            if name_like {
                self.buckets.extend(index.alone.get(&id));
            }
        }
        let mut stem = word.chars();
        for _ in 0..=LONGEST_ENDING {
            let surname = index.words.get(stem.as_str()).and_then(|id| index.endings.get(id));
            self.buckets.extend(surname.filter(|_| name_like));
            stem.next_back();
        }
        self.pass(word, id);
    }

    fn meet(&mut self, keys: &Keys, id: u32) {
        self.buckets.extend(keys.one.get(&id));
        for before in self.near.iter().chain([&self.solid]).flatten() {
            self.buckets.extend(keys.two.get(&(*before, id)));
        }
    }

    fn pass(&mut self, word: &str, id: Option<u32>) {
        self.near.rotate_right(1);
        self.near[0] = id;
        if !is_blank(word) {
            self.solid = id;
        }
    }

    fn proposed(self) -> Proposed<'a> {
        let buckets = self.buckets.iter().filter_map(|bucket| self.index.buckets.get(*bucket as usize));
        Proposed::new(buckets.map(Vec::as_slice).collect())
    }
}

/// Names that a text may give, by their numbers: sorted, each once.
///
/// A thousand may share the word that a text gives, and the first of them takes it out: they are gone through no
/// further than somebody asks.
#[derive(Clone, Debug, Default)]
pub struct Proposed<'a> {
    /// The names of each key that was met, from the next on; sorted.
    keys: Vec<&'a [usize]>,
    /// The next of each key, with the place of the key.
    next: BinaryHeap<Reverse<(usize, usize)>>,
}

impl<'a> Proposed<'a> {
    fn new(keys: Vec<&'a [usize]>) -> Self {
        let next = keys.iter().enumerate().filter_map(|(key, names)| Some(Reverse((*names.first()?, key)))).collect();
        Self { keys, next }
    }

    /// Those of both.
    pub fn and(mut self, other: Self) -> Self {
        self.keys.extend(other.keys);
        Self::new(self.keys)
    }

    /// Those from a number on.
    pub fn starting(mut self, from: usize) -> Self {
        for names in &mut self.keys {
            *names = names.get(names.partition_point(|at| *at < from)..).unwrap_or_default();
        }
        Self::new(self.keys)
    }
}

/// Some names by their numbers, sorted.
impl<'a> From<&'a [usize]> for Proposed<'a> {
    fn from(names: &'a [usize]) -> Self {
        Self::new(vec![names])
    }
}

impl Iterator for Proposed<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let Reverse((at, _)) = *self.next.peek()?;
        while let Some(Reverse((same, key))) = self.next.peek().copied()
            && same == at
        {
            self.next.pop();
            let Some(names) = self.keys.get_mut(key) else { continue };
            *names = names.get(names.partition_point(|other| *other <= at)..).unwrap_or_default();
            self.next.extend(names.first().map(|next| Reverse((*next, key))));
        }
        Some(at)
    }
}

/// Does something for one name after another, each on what those before it left: for those that `may` proposes, which
/// it is asked again whenever `does` says that it changed something.
///
/// As if it were done for all, where it would do nothing for those that are not proposed.
pub fn in_order<'a, T>(state: &mut T, may: impl Fn(&T) -> Proposed<'a>, mut does: impl FnMut(&mut T, usize) -> bool) {
    let mut from = 0;
    'anew: loop {
        for at in may(state).starting(from) {
            from = at + 1;
            if does(state, at) {
                continue 'anew;
            }
        }
        return;
    }
}
