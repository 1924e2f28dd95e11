//! Who speaks in a report: each speaker once, with colour, line and initials.

use super::desk::{Desk, sentence_case, shortened};
use super::{PersonChip, SpeakerView, slots};
use crate::archive::{ArticleId, PersonId, Voice, Voices};
use crate::model::{QuoteFact, Rule};
use crate::words::Words;
use std::borrow::Cow;

/// Bytes of the words that stand for an unnamed speaker; what is longer would not fit a margin.
const LONGEST: usize = 60;

/// The speakers of a report, and which of them says each quotation.
pub(super) struct Cast<'a> {
    /// Those the report names first, most words first; then the others, most words first.
    pub(super) speakers: Vec<Speaker>,
    voices: Cow<'a, Voices>,
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
    /// The first of their quotations, of `Facts::quotes`.
    pub(super) first: usize,
}

/// How often somebody speaks.
#[derive(Clone, Copy, Default)]
struct Tally {
    n_direct: usize,
    n_reported: usize,
    unsure: bool,
}

impl<'a> Cast<'a> {
    /// Finds the speakers of an article from its facts.
    pub(super) fn new(desk: &Desk<'a>, id: ArticleId) -> Self {
        let voices = desk.archive.voices(id);
        Self { speakers: voices.all.iter().map(|voice| speaker(desk, id, voice)).collect(), voices }
    }

    /// The speaker of one of the article's quotations.
    pub(super) fn of(&self, quote: usize) -> &Speaker {
        &self.speakers[self.place_of(quote)]
    }

    /// The place of that speaker among `speakers`.
    pub(super) fn place_of(&self, quote: usize) -> usize {
        self.voices.place_of(quote)
    }

    /// The speakers in order of their first words.
    pub(super) fn in_order_of_speech(&self) -> Vec<&Speaker> {
        let mut speakers: Vec<&Speaker> = self.speakers.iter().collect();
        speakers.sort_by_key(|s| s.first);
        speakers
    }

    /// "Who speaks".
    pub(super) fn views(&self, desk: &Desk<'_>, quotes: &[QuoteFact]) -> Vec<SpeakerView> {
        let mut tallies = vec![Tally::default(); self.speakers.len()];
        for (i, quote) in quotes.iter().enumerate() {
            let tally = &mut tallies[self.place_of(i)];
            if quote.kind.is_marked_speech() {
                tally.n_direct += 1;
            } else {
                tally.n_reported += 1;
            }
            tally.unsure |= !desk.is_sure(quote);
        }
        let speakers = self.speakers.iter().zip(&self.voices.all).zip(tallies);
        speakers
            .map(|((s, voice), Tally { n_direct, n_reported, unsure })| SpeakerView {
                chip: s.chip.clone(),
                role: s.role(desk.words).into(),
                named: s.named,
                n_direct,
                n_reported,
                words: voice.words,
                first: quotes.get(s.first).map(|q| format!("#q-{}", q.id).into()).unwrap_or_default(),
                unsure,
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

/// The speaker of one of an article's quotations, without a look at the others.
pub(super) fn speaker_of(desk: &Desk<'_>, id: ArticleId, quote: usize) -> Speaker {
    speaker(desk, id, desk.archive.voices(id).speaker(quote))
}

/// A speaker, as their first quotation tells.
fn speaker(desk: &Desk<'_>, id: ArticleId, voice: &Voice) -> Speaker {
    let article = desk.archive.article(id);
    let Voice { person, named, .. } = *voice;
    let first = voice.first as usize;
    let quote = &article.facts.quotes[first];
    let chain = quote.speaker.and_then(|chain| article.facts.chains.get(chain as usize));
    let (chip, short) = match (person, chain) {
        (Some(person), _) => (desk.chip(person), desk.archive.person(person).surname.clone()),
        (None, Some(chain)) => (called(&chain.name), chain.name.clone()),
        (None, None) => {
            let words = shortened(quote.unnamed.as_deref().unwrap_or(desk.words.text("voice.someone")), LONGEST);
            (called(&sentence_case(&words)), words.into())
        }
    };
    let described = || chain.and_then(|c| c.roles.first()).map(|role| sentence_case(role));
    let office = person.and_then(|p| desk.office_on(p, article.date())).or_else(described).unwrap_or_default();
    let chip = PersonChip { slot: slots::classes(&voice.look), initials: voice.look.initials.clone(), ..chip };
    Speaker { chip, person, short, office, named, group: is_group(quote), first }
}

/// Whether the words for an unnamed speaker stand for several, also where an editor has checked that.
fn is_group(quote: &QuoteFact) -> bool {
    let found = quote.checked.as_ref().map_or(quote.rule, |checked| checked.found);
    quote.rule == Rule::Group || found == Rule::Group && quote.speaker.is_none() && quote.unnamed.is_some()
}

fn called(name: &str) -> PersonChip {
    PersonChip { name: name.into(), ..PersonChip::default() }
}
