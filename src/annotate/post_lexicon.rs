//! What we know of the words of posts: data in `lexicon/posts.toml`, embedded and parsed once.

use super::phrase::Word;
use crate::model::{Calling, Standing};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What is known of the words of posts.
#[derive(Debug, Default)]
pub(super) struct Posts {
    /// Heads of one word, in any of their forms.
    pub(super) heads: FxHashMap<String, Head>,
    /// Heads of several words, by the last: all words, longest first.
    pub(super) compounds: FxHashMap<String, Vec<Vec<String>>>,
    /// Heads that may stand before a surname alone.
    pub(super) before_surname: FxHashSet<String>,
    pub(super) portfolio_heads: FxHashSet<String>,
    pub(super) portfolios: FxHashSet<String>,
    pub(super) party_heads: FxHashSet<String>,
    pub(super) parties: FxHashSet<String>,
    pub(super) plain: FxHashSet<String>,
    pub(super) past: FxHashSet<String>,
    pub(super) other: FxHashSet<String>,
    /// Base forms of places by their other words.
    pub(super) places: FxHashMap<String, Box<str>>,
    /// Places of two words, joined by a blank.
    pub(super) pairs: FxHashSet<String>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) base: Box<str>,
    pub(super) sole: bool,
    pub(super) alone: bool,
    pub(super) of_place: bool,
    pub(super) calling: Option<Calling>,
}

impl Posts {
    /// The English words, embedded; parsed on first use.
    pub(super) fn english() -> &'static Posts {
        static ENGLISH: LazyLock<Posts> =
            LazyLock::new(|| Posts::parse(include_str!("lexicon/posts.toml")).expect("the embedded lexicon is tested"));
        &ENGLISH
    }

    fn parse(text: &str) -> Result<Posts, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let set = |list: &str| -> FxHashSet<String> { list.split_whitespace().map(str::to_owned).collect() };
        let mut posts = Posts {
            before_surname: set(&file.before_surname),
            portfolio_heads: set(&file.portfolios.heads),
            portfolios: set(&file.portfolios.words),
            party_heads: set(&file.parties.heads),
            parties: set(&file.parties.words),
            plain: set(&file.plain.words),
            past: set(&file.past.words),
            other: set(&file.other.words),
            ..Posts::default()
        };
        for word in file.many.split_whitespace().chain(file.sole.split_whitespace()) {
            posts.heads.insert(word.to_owned(), Head { base: word.into(), ..Head::default() });
        }
        for compound in &file.compounds {
            let words: Vec<String> = compound.split(' ').map(str::to_owned).collect();
            let last = words.last().cloned().unwrap_or_default();
            posts.compounds.entry(last).or_default().push(words);
            posts
                .heads
                .insert(compound.clone(), Head { base: compound.as_str().into(), sole: true, ..Head::default() });
        }
        posts.compounds.values_mut().for_each(|list| list.sort_by_key(|words| Reverse(words.len())));
        for word in file.sole.split_whitespace() {
            posts.head(word).sole = true;
        }
        for word in &file.alone {
            (posts.head(word).sole, posts.head(word).alone) = (true, true);
        }
        for word in file.places_own.split_whitespace() {
            posts.head(word).of_place = true;
        }
        let callings = &file.callings;
        for (list, calling) in [
            (&callings.sport, Calling::Sport),
            (&callings.police, Calling::Police),
            (&callings.church, Calling::Church),
            (&callings.medicine, Calling::Medicine),
            (&callings.trade, Calling::Trade),
            (&callings.school, Calling::School),
            (&callings.stage, Calling::Stage),
        ] {
            list.split_whitespace().for_each(|word| posts.head(word).calling = Some(calling));
        }
        for (base, others) in &file.same {
            let head = posts.head(base).clone();
            others.split_whitespace().for_each(|word| drop(posts.heads.insert(word.to_owned(), head.clone())));
        }
        for (place, others) in &file.places {
            posts.place(place, others);
        }
        let states: States = toml::from_str(include_str!("lexicon/places.toml"))?;
        for (state, others) in &states.states {
            posts.place(state, others);
        }
        Ok(posts)
    }

    fn head(&mut self, word: &str) -> &mut Head {
        self.heads.entry(word.to_owned()).or_insert_with(|| Head { base: word.into(), ..Head::default() })
    }

    fn place(&mut self, place: &str, others: &str) {
        if place.contains(' ') {
            self.pairs.insert(place.to_owned());
        }
        for other in others.split_whitespace() {
            self.places.insert(other.to_owned(), place.into());
        }
    }

    /// What a word says of whether a post is held.
    pub(super) fn standing(&self, word: &str) -> Option<Standing> {
        if self.other.contains(word) {
            Some(Standing::Other)
        } else {
            self.past.contains(word).then_some(Standing::Past)
        }
    }

    /// The head that a phrase ends in, and of how many words.
    pub(super) fn head_at_end(&self, words: &[Word]) -> Option<(&Head, usize)> {
        let last = words.last()?;
        let ends_in = |compound: &&Vec<String>| {
            words.len() >= compound.len()
                && words[words.len() - compound.len()..].iter().zip(*compound).all(|(a, b)| a.plain == *b)
        };
        let compound = self.compounds.get(&last.plain).and_then(|list| list.iter().find(ends_in));
        match compound {
            Some(compound) => Some((self.heads.get(&compound.join(" "))?, compound.len())),
            None => Some((self.heads.get(&last.plain)?, 1)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sole: String,
    compounds: Vec<String>,
    alone: Vec<String>,
    places_own: String,
    before_surname: String,
    many: String,
    callings: Callings,
    same: BTreeMap<String, String>,
    portfolios: Two,
    plain: List,
    parties: Two,
    past: List,
    other: List,
    places: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Callings {
    sport: String,
    police: String,
    church: String,
    medicine: String,
    trade: String,
    school: String,
    stage: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Two {
    heads: String,
    words: String,
}

#[derive(Deserialize)]
struct States {
    states: BTreeMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lexicon_is_sound() {
        let posts = Posts::english();
        let head = |word: &str| posts.heads.get(word).cloned().unwrap_or_default();
        assert_eq!(&*head("gov").base, "governor");
        assert!(head("gov").sole && head("gov").of_place);
        assert!(head("prime minister").alone && !head("minister").alone);
        assert!(!head("senator").sole);
        assert_eq!(head("goalkeeper").calling, Some(Calling::Sport));
        assert_eq!(posts.places.get("norwegian").map(|place| &**place), Some("norway"));
        assert_eq!(posts.places.get("ind").map(|place| &**place), Some("indiana"));
        assert_eq!(posts.standing("former"), Some(Standing::Past));
        assert_eq!(posts.standing("acting"), Some(Standing::Other));
        // A word that says whether a post is held must not be passed over as plain.
        assert!(posts.plain.is_disjoint(&posts.past) && posts.plain.is_disjoint(&posts.other));
    }
}
