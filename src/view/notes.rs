//! "Quotations in this report": the list that every mark leads to.

use super::cast::{Cast, Speaker};
use super::desk::Desk;
use super::why::Witness;
use super::{NoteView, address, rules};
use crate::archive::ArticleId;
use crate::model::{Annotations, Article, QuoteFact};

/// Makes a note for each quotation, in the order of the report.
pub(super) fn notes(
    desk: &Desk<'_>,
    id: ArticleId,
    article: &Article,
    annotations: &Annotations,
    cast: &Cast<'_>,
) -> Vec<NoteView> {
    let record = desk.archive.article(id);
    let witness = Witness::new(record, article, annotations, desk.words);
    let here = desk.absolute(&record.address);
    let lang = desk.tongue(record.facts.lang.as_deref());
    let note = |(i, fact): (usize, &QuoteFact)| {
        let speaker = cast.of(i);
        let person = speaker.person.map(|id| desk.archive.person(id));
        let why = witness.why(i, &speaker.chip.name, person);
        let permalink: Box<str> = match u32::try_from(i) {
            Ok(quote) if desk.site.quotation_pages => desk.absolute(&record.quote_address(quote)),
            _ => [&*here, "#q-", &*fact.id].concat().into(),
        };
        NoteView {
            number: i + 1,
            id: fact.id.clone(),
            text: fact.text.clone(),
            lang: lang.clone(),
            chip: speaker.chip.clone(),
            office: speaker.office.clone(),
            kind: desk.words.text(if fact.kind.is_marked_speech() { "note.direct" } else { "note.reported" }).into(),
            checked: fact.is_checked(),
            why: why.into(),
            rule: rules::shown(fact.rule, desk.words),
            confidence: percent(fact.confidence),
            unsure: !desk.is_sure(fact),
            question: question(desk, fact, speaker, &permalink),
            permalink,
        }
    };
    record.facts.quotes.iter().enumerate().map(note).collect()
}

/// 0 to 100.
pub(crate) fn percent(confidence: f32) -> u32 {
    // The cast saturates, so that a broken confidence is 0 or 100.
    (confidence * 100.0).round().clamp(0.0, 100.0) as u32
}

/// Where to question a mark, filled with its id, its words and its present speaker.
fn question(desk: &Desk<'_>, fact: &QuoteFact, speaker: &Speaker, permalink: &str) -> Option<Box<str>> {
    let to = desk.site.question.as_deref()?;
    let words: String = fact.text.chars().take(400).collect();
    let lines = [
        desk.words.fill("note.question-words", &[("words", &words)]),
        desk.words.fill("note.question-speaker", &[("name", &speaker.chip.name)]),
        desk.words.fill("note.question-address", &[("address", permalink)]),
    ];
    let subject = desk.words.fill("note.question-subject", &[("id", &fact.id)]);
    Some(address::question(to, &subject, &(lines.join("\n") + "\n\n")))
}
