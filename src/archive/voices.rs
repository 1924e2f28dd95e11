//! Who speaks in one article: each speaker once, with the look that tells them apart there.

use super::{Archive, ArticleId, ArticleRecord, Person, PersonId, initials, slots};
use crate::model::ChainId;
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The speakers of an article, and which of them says each quotation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voices {
    /// Those the article names first, most words first; then the others, most words first.
    pub all: Box<[Voice]>,
    /// By `Facts::quotes`, an index into `all`.
    by_quote: Box<[u32]>,
}

/// One speaker of an article.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voice {
    /// Their person, where they are one.
    pub person: Option<PersonId>,
    /// Whether the article names them.
    pub named: bool,
    /// Words of all their quotations.
    pub words: usize,
    /// The first of their quotations, of `Facts::quotes`.
    pub first: u32,
    /// What tells them from the others.
    pub look: Look,
}

/// Colour, line and initials of a speaker among those of one article (theme specification §5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Look {
    /// The colour, 1 to 8; 0 of those whom the article does not name.
    pub slot: u8,
    /// The line, 1 to 8; of the first eight speakers the colour's own, which has its number.
    pub line: u8,
    /// "IM", "INM" where another is "IM" too; "?" of those whom the article does not name.
    pub initials: Box<str>,
}

/// How the quotations of one speaker are known to be one speaker's.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Person(PersonId),
    /// Named in this article alone.
    Chain(u32),
    /// The words that stand for them, in lower case.
    Unnamed(String),
}

/// Initials and preferred slot of a speaker who is no person of the archive.
pub fn speaker_mark(name: &str) -> (Box<str>, u8) {
    (initials::initials(name), slots::preferred(name))
}

impl Archive {
    /// The speakers of an article.
    ///
    /// Where quotations have pages of their own, they lie in the article: such a page is about one of them, and finding
    /// all for each would take the square of the article's length. Elsewhere they are found when they are asked for.
    pub fn voices(&self, id: ArticleId) -> Cow<'_, Voices> {
        let article = self.article(id);
        match &article.voices {
            Some(voices) => Cow::Borrowed(voices),
            None => Cow::Owned(Voices::of(article, |person| self.person(person))),
        }
    }

    /// Lays the speakers of all articles in them.
    pub(super) fn hear(&mut self) {
        let people = self.people.unwatched();
        for article in self.articles.iter_mut() {
            article.voices = Some(Voices::of(article, |id| &people[id.index()]));
        }
    }
}

impl Voices {
    /// Finds the speakers of an article; linear in its quotations but for sorting.
    fn of<'a>(article: &'a ArticleRecord, person: impl Fn(PersonId) -> &'a Person) -> Self {
        let mut all: Vec<Voice> = Vec::new();
        let mut known: BTreeMap<Identity, u32> = BTreeMap::new();
        let mut by_quote = Vec::with_capacity(article.facts.quotes.len());
        for (first, quote) in (0..).zip(&article.facts.quotes) {
            let person = quote.speaker.and_then(|chain| article.who(ChainId::new(chain as usize)));
            let identity = match (person, quote.speaker) {
                (Some(person), _) => Identity::Person(person),
                (None, Some(chain)) => Identity::Chain(chain),
                (None, None) => Identity::Unnamed(quote.unnamed.as_deref().unwrap_or_default().to_lowercase()),
            };
            let at = *known.entry(identity).or_insert_with(|| {
                all.push(Voice { person, named: quote.speaker.is_some(), words: 0, first, look: Look::unnamed() });
                all.len() as u32 - 1
            });
            all[at as usize].words += quote.words as usize;
            by_quote.push(at);
        }
        let order = in_order(&mut all);
        by_quote.iter_mut().for_each(|at| *at = order[*at as usize]);
        dress(&mut all, article, person);
        Self { all: all.into(), by_quote: by_quote.into() }
    }

    /// The speaker of one of the article's quotations.
    pub fn speaker(&self, quote: usize) -> &Voice {
        &self.all[self.place_of(quote)]
    }

    /// The place of that speaker among all.
    pub fn place_of(&self, quote: usize) -> usize {
        self.by_quote[quote] as usize
    }
}

impl Look {
    /// That of all whom an article does not name.
    fn unnamed() -> Self {
        Self { slot: 0, line: 0, initials: "?".into() }
    }
}

/// Sorts the speakers; gives for each old place the new one.
fn in_order(all: &mut Vec<Voice>) -> Vec<u32> {
    let mut sorted: Vec<(usize, Voice)> = std::mem::take(all).into_iter().enumerate().collect();
    sorted.sort_by_key(|(_, voice)| (!voice.named, Reverse(voice.words), voice.first));
    let mut order = vec![0; sorted.len()];
    for (new, (old, voice)) in (0..).zip(sorted) {
        order[old] = new;
        all.push(voice);
    }
    order
}

/// Deals colours, lines and initials to speakers in their final order.
fn dress<'a>(all: &mut [Voice], article: &'a ArticleRecord, person: impl Fn(PersonId) -> &'a Person) {
    let named = all.iter().take_while(|voice| voice.named).count();
    let named = &mut all[..named];
    let mut preferred = Vec::with_capacity(named.len());
    let mut names: Vec<(&str, Box<str>)> = Vec::with_capacity(named.len());
    for voice in named.iter() {
        let (name, initials, slot) = match voice.person.map(&person) {
            Some(person) => (&*person.name, person.initials.clone(), person.slot),
            None => {
                let chain = article.facts.quotes[voice.first as usize].speaker;
                let chain = chain.and_then(|chain| article.facts.chains.get(chain as usize));
                let name = chain.map_or("", |chain| &chain.name);
                let (initials, slot) = speaker_mark(name);
                (name, initials, slot)
            }
        };
        preferred.push(slot);
        names.push((name, initials));
    }
    let initials = initials::told_apart(&names);
    for ((voice, (slot, line)), initials) in named.iter_mut().zip(slots::deal(&preferred)).zip(initials) {
        voice.look = Look { slot, line, initials };
    }
}
