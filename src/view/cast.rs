//! Who speaks in a report: each speaker once, with colour, line and initials.

use super::desk::{Desk, sentence_case, shortened};
use super::{PersonChip, SpeakerView, initials, slots};
use crate::archive::{ArticleId, PersonId};
use crate::model::{ChainId, QuoteFact, Rule};
use crate::words::Words;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Bytes of the words that stand for an unnamed speaker; what is longer would not fit a margin.
const LONGEST: usize = 60;

/// The speakers of a report, and which of them says each quotation.
pub(super) struct Cast {
    /// Those the report names first, most words first; then the others, most words first.
    pub(super) speakers: Vec<Speaker>,
    /// By `Facts::quotes`, an index into `speakers`.
    by_quote: Vec<usize>,
}

/// One speaker.
pub(super) struct Speaker {
    pub(super) chip: PersonChip,
    /// Their page, where they have one.
    pub(super) person: Option<PersonId>,
    /// "Marsh", "one worker": the short name within a sentence.
    pub(super) short: Box<str>,
    /// Office on the day, or the report's description; empty where there is none.
    pub(super) office: Box<str>,
    /// Whether the report names them.
    pub(super) named: bool,
    /// Whether the words stand for several.
    group: bool,
    n_direct: usize,
    n_reported: usize,
    words: usize,
    /// The first of their quotations, of `Facts::quotes`.
    pub(super) first: usize,
    unsure: bool,
}

/// How the quotations of one speaker are known to be one speaker's.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Person(PersonId),
    /// Named in this report alone.
    Chain(u32),
    /// The words that stand for them, in lower case.
    Unnamed(String),
}

impl Cast {
    /// Finds the speakers of an article from its facts.
    pub(super) fn new(desk: &Desk<'_>, id: ArticleId) -> Self {
        let article = desk.archive.article(id);
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut known: BTreeMap<Identity, usize> = BTreeMap::new();
        let mut by_quote = Vec::with_capacity(article.facts.quotes.len());
        for (i, quote) in article.facts.quotes.iter().enumerate() {
            let identity = match quote.speaker {
                Some(chain) => {
                    article.who(ChainId::new(chain as usize)).map_or(Identity::Chain(chain), Identity::Person)
                }
                None => Identity::Unnamed(quote.unnamed.as_deref().unwrap_or_default().to_lowercase()),
            };
            let at = *known.entry(identity).or_insert_with(|| {
                speakers.push(speaker(desk, id, i, quote));
                speakers.len() - 1
            });
            let speaker = &mut speakers[at];
            if quote.kind.is_marked_speech() {
                speaker.n_direct += 1;
            } else {
                speaker.n_reported += 1;
            }
            speaker.words += quote.words as usize;
            speaker.unsure |= !desk.is_sure(quote);
            by_quote.push(at);
        }
        let order = in_order(&mut speakers);
        by_quote.iter_mut().for_each(|at| *at = order[*at]);
        dress(&mut speakers, desk);
        Self { speakers, by_quote }
    }

    /// The speaker of one of the article's quotations.
    pub(super) fn of(&self, quote: usize) -> &Speaker {
        &self.speakers[self.by_quote[quote]]
    }

    /// The place of that speaker among `speakers`.
    pub(super) fn place_of(&self, quote: usize) -> usize {
        self.by_quote[quote]
    }

    /// The speakers in order of their first words.
    pub(super) fn in_order_of_speech(&self) -> Vec<&Speaker> {
        let mut speakers: Vec<&Speaker> = self.speakers.iter().collect();
        speakers.sort_by_key(|s| s.first);
        speakers
    }

    /// "Who speaks".
    pub(super) fn views(&self, quotes: &[QuoteFact], words: &Words) -> Vec<SpeakerView> {
        self.speakers
            .iter()
            .map(|s| SpeakerView {
                chip: s.chip.clone(),
                role: s.role(words).into(),
                named: s.named,
                n_direct: s.n_direct,
                n_reported: s.n_reported,
                words: s.words,
                first: quotes.get(s.first).map(|q| format!("#q-{}", q.id).into()).unwrap_or_default(),
                unsure: s.unsure,
            })
            .collect()
    }
}

impl Speaker {
    fn role<'s>(&'s self, words: &'s Words) -> &'s str {
        match (self.named, self.group) {
            (true, _) => &self.office,
            (false, true) => words.text("voice.group"),
            (false, false) => words.text("voice.unnamed"),
        }
    }
}

/// A speaker as far as their first quotation tells; colour, line and final initials come later.
fn speaker(desk: &Desk<'_>, id: ArticleId, first: usize, quote: &QuoteFact) -> Speaker {
    let article = desk.archive.article(id);
    let chain = quote.speaker.and_then(|chain| article.facts.chains.get(chain as usize));
    let person = quote.speaker.and_then(|chain| article.who(ChainId::new(chain as usize)));
    let (chip, short) = match (person, chain) {
        (Some(person), _) => (desk.chip(person), desk.archive.person(person).surname.clone()),
        (None, Some(chain)) => (named(&chain.name), chain.name.clone()),
        (None, None) => {
            let words = shortened(quote.unnamed.as_deref().unwrap_or(desk.words.text("voice.someone")), LONGEST);
            (PersonChip { name: sentence_case(&words), ..PersonChip::default() }, words.into())
        }
    };
    let described = || chain.and_then(|c| c.roles.first()).map(|role| sentence_case(role));
    let office = person.and_then(|p| desk.office_on(p, article.date())).or_else(described).unwrap_or_default();
    Speaker {
        chip,
        person,
        short,
        office,
        named: quote.speaker.is_some(),
        group: is_group(quote),
        n_direct: 0,
        n_reported: 0,
        words: 0,
        first,
        unsure: false,
    }
}

/// Whether the words for an unnamed speaker stand for several, also where an editor has checked that.
fn is_group(quote: &QuoteFact) -> bool {
    let found = quote.checked.as_ref().map_or(quote.rule, |checked| checked.found);
    quote.rule == Rule::Group || found == Rule::Group && quote.speaker.is_none() && quote.unnamed.is_some()
}

fn named(name: &str) -> PersonChip {
    PersonChip { name: name.into(), initials: initials::initials(name), ..PersonChip::default() }
}

/// Sorts the speakers; gives for each old place the new one.
fn in_order(speakers: &mut Vec<Speaker>) -> Vec<usize> {
    let mut sorted: Vec<(usize, Speaker)> = std::mem::take(speakers).into_iter().enumerate().collect();
    sorted.sort_by_key(|(_, s)| (!s.named, Reverse(s.words), s.first));
    let mut order = vec![0; sorted.len()];
    for (new, (old, speaker)) in sorted.into_iter().enumerate() {
        order[old] = new;
        speakers.push(speaker);
    }
    order
}

/// Deals colours, lines and initials to speakers in their final order.
fn dress(speakers: &mut [Speaker], desk: &Desk<'_>) {
    let named = speakers.iter().take_while(|s| s.named).count();
    let (named, unnamed) = speakers.split_at_mut(named);
    let preferred: Vec<u8> = named
        .iter()
        .map(|s| s.person.map_or_else(|| slots::preferred(&s.chip.name), |id| desk.archive.person(id).slot))
        .collect();
    let names: Vec<(&str, Box<str>)> = named.iter().map(|s| (&*s.chip.name, s.chip.initials.clone())).collect();
    let initials = initials::told_apart(&names);
    for ((speaker, slot), initials) in named.iter_mut().zip(slots::deal(&preferred)).zip(initials) {
        speaker.chip.slot = slot;
        speaker.chip.initials = initials;
    }
    for speaker in unnamed {
        speaker.chip.slot = slots::UNNAMED.into();
        speaker.chip.initials = "?".into();
    }
}
