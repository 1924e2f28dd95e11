//! One quotation on a page of its own, for sharing. Only where the site asks for such pages.

use super::cast::Cast;
use super::desk::{Desk, shortened};
use super::{HeadView, LinkView, QuotationView, notes, rules};
use crate::archive::{ArticleId, QuoteRef};

/// Words of the title, in bytes.
const LONGEST_TITLE: usize = 80;

/// Makes the page of one quotation. Search engines are led to its report.
pub(super) fn quotation(desk: &Desk<'_>, article: ArticleId, quote: u32) -> QuotationView {
    let record = desk.archive.article(article);
    let fact = &record.facts.quotes[quote as usize];
    let cast = Cast::new(desk, article);
    let speaker = cast.of(quote as usize);
    let report = desk.quote_link(QuoteRef { article, quote });
    let title = desk
        .words
        .fill("quotation.title", &[("name", &speaker.chip.name), ("words", &shortened(&fact.text, LONGEST_TITLE))]);
    let date = record.facts.published.map(|at| desk.date(at));
    let key = if date.is_some() { "quotation.description" } else { "quotation.description-undated" };
    let headline = desk.locale.titled(&record.facts.headline);
    let when = date.as_ref().map_or("", |date| &date.brief);
    let about = [("name", &*speaker.chip.name), ("headline", &*headline), ("date", when)];
    let description = desk.words.fill(key, &about);
    let section = desk.section_link(record.section);
    let crumbs = vec![
        section.clone(),
        desk.headline_link(record, &record.address),
        LinkView { text: desk.words.text("quotation.crumb").into(), url: "".into(), lang: None },
    ];
    QuotationView {
        head: HeadView {
            crumbs,
            noindex: record.facts.noindex,
            cite_as: Some(desk.absolute(&[&*record.address, "#q-", &*fact.id].concat())),
            ..desk.head(&title, description, &record.address, "")
        },
        text: fact.text.clone(),
        chip: speaker.chip.clone(),
        office: speaker.office.clone(),
        direct: fact.kind.is_marked_speech(),
        context: fact.context.clone(),
        report,
        section,
        date,
        agency: record.facts.agency.clone(),
        rule: rules::shown(fact.rule, desk.words),
        confidence: notes::percent(fact.confidence),
        unsure: !desk.is_sure(fact),
        checked: fact.is_checked(),
        note: desk.url(&[&*record.address, "#n-", &*fact.id].concat()),
    }
}
