//! What a result needs beside the report's own `index.json`: its address, and how its speakers are shown.

use super::terms::{self, Item, Occurrence};
use crate::archive::{Archive, ArticleId, ArticleRecord, PersonId, speaker_mark};
use crate::config::SiteSettings;
use crate::model::{ChainId, QuoteFact};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// One report: its address below the site's root; those who speak in it, each once; and for each quotation twice the
/// number of its speaker, plus one where the speaker is unsure.
pub(super) type Card<'a> = (&'a str, Vec<Shown<'a>>, Vec<usize>);

/// A speaker: initials, slot, and the address below `people/` or an empty one.
pub(super) type Shown<'a> = (Box<str>, u8, &'a str);

/// Makes the card of a report.
pub(super) fn card<'a>(id: ArticleId, archive: &'a Archive, site: &SiteSettings) -> Card<'a> {
    let article = archive.article(id);
    let mut speakers = Vec::new();
    let mut known: FxHashMap<Speaker, usize> = FxHashMap::default();
    let quote = |(at, fact): (u32, &QuoteFact)| {
        let speaker = Speaker::of(article, at, fact);
        let number = *known.entry(speaker).or_insert_with(|| {
            speakers.push(speaker.shown(article, archive));
            speakers.len() - 1
        });
        number * 2 + usize::from(fact.confidence < site.threshold)
    };
    let quotes = (0..).zip(&article.facts.quotes).map(quote).collect();
    (&article.address, speakers, quotes)
}

/// Who speaks, as far as chips tell them apart.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Speaker {
    Person(PersonId),
    Chain(u32),
    Unnamed,
}

impl Speaker {
    fn of(article: &ArticleRecord, at: u32, fact: &QuoteFact) -> Self {
        match (article.speaker(at), fact.speaker) {
            (Some(person), _) => Self::Person(person),
            (None, Some(chain)) => Self::Chain(chain),
            (None, None) => Self::Unnamed,
        }
    }

    fn shown<'a>(self, article: &ArticleRecord, archive: &'a Archive) -> Shown<'a> {
        match self {
            Self::Person(id) => {
                let person = archive.person(id);
                (person.initials.clone(), person.slot, &person.slug)
            }
            Self::Chain(chain) => {
                let name = article.facts.chains.get(chain as usize).map_or("", |chain| &chain.name);
                let (initials, slot) = speaker_mark(name);
                (initials, slot, "")
            }
            Self::Unnamed => ("?".into(), 0, ""),
        }
    }
}

/// Takes down, as [`terms`](super::terms()) does for its words, what the archive knows of an article: its section as
/// the word `#harbour`, and each person as `@ingrid-marsh`, at place 0 of what they say and of the pictures that show
/// them.
pub(super) fn bonds(id: ArticleId, archive: &Archive) -> Vec<u8> {
    let article = archive.article(id);
    let mut people: BTreeMap<PersonId, Vec<Occurrence>> = BTreeMap::new();
    let mut add = |person, number| {
        people.entry(person).or_default().push(Occurrence { at: 0, item: Some(number) });
    };
    for (at, fact) in (0..).zip(&article.facts.quotes) {
        if let Some(person) = article.speaker(at) {
            add(person, Item::of(fact.kind.is_marked_speech()).number(at as usize));
        }
    }
    for (at, photo) in article.facts.photos.iter().enumerate() {
        let shown = photo.shows.iter().filter_map(|chain| article.who(ChainId::new(*chain as usize)));
        shown.for_each(|person| add(person, Item::Caption.number(at)));
    }
    let mut words: Vec<(String, Vec<Occurrence>)> =
        people.into_iter().map(|(person, items)| (format!("@{}", archive.person(person).slug), items)).collect();
    words.push((format!("#{}", archive.section(article.section).slug), vec![Occurrence { at: 0, item: None }]));
    let mut out = Vec::new();
    let mut places = Vec::new();
    for (word, mut occurrences) in words {
        occurrences.sort_unstable();
        occurrences.dedup();
        places.clear();
        terms::encode(occurrences.iter().copied(), &mut places);
        terms::put(&word, occurrences.len(), &places, &mut out);
    }
    out
}
