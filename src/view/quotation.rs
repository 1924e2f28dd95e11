//! One quotation on a page of its own, for sharing. Only where the site asks for such pages.

use super::cast::speaker_of;
use super::desk::{Desk, shortened};
use super::{HeadView, LinkView, QuotationView, notes, rules};
use crate::archive::{ArticleId, QuoteRef};

/// Words of the title, in bytes.
const LONGEST_TITLE: usize = 80;

/// Makes the page of one quotation. Search engines are led to its report.
pub(super) fn quotation(desk: &Desk<'_>, article: ArticleId, quote: u32) -> QuotationView {
    let record = desk.archive.article(article);
    let fact = &record.facts.quotes[quote as usize];
    let speaker = speaker_of(desk, article, quote as usize);
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
        chip: speaker.chip,
        office: speaker.office,
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

#[cfg(test)]
mod tests {
    use super::super::{PageKey, PageView, PersonChip, fixture, page};
    use super::*;
    use crate::archive::fixture::{FactsExt, facts, shared};
    use crate::archive::{Archive, OneByOne, Pictures, Read, join, recorded};
    use crate::config::Settings;
    use crate::model::Authority;

    const NAMES: [&str; 10] = [
        "Ingrid Marsh",
        "Tobias Renn",
        "Ferrant",
        "Ivo Moss",
        "Osric Pell",
        "Lucia Ferrant",
        "Ola Brandt",
        "Daniel Oake",
        "Henrike Quill",
        "Tara Rook",
    ];

    /// A report in which each speaks, then nobody by name, then the first again.
    fn archive(quotation_pages: bool) -> (Archive, Settings) {
        let mut settings = fixture::settings();
        settings.site.quotation_pages = quotation_pages;
        let say = |report: crate::model::Facts, name: &&str| report.says(name, &format!("“{name} will sail.”"));
        let report = NAMES.iter().fold(facts("content/a.txt", "2031-11-14"), say);
        let report = report.asks("Harbour Minister", "“We sail.”").says("Ingrid Marsh", "“Now.”");
        let (people, none) = (Authority::default(), Pictures::new("content"));
        (join(shared(vec![report]), Vec::new(), &people, &none, &settings.site, &OneByOne).value, settings)
    }

    fn view(key: PageKey, (archive, settings): &(Archive, Settings)) -> PageView {
        page(&key, archive, None, settings).view
    }

    #[test]
    fn a_speaker_looks_as_in_the_report() {
        let site = archive(true);
        let PageView::Article(report) = view(PageKey::Article(ArticleId::new(0)), &site) else { panic!() };
        let line = |chip: &PersonChip| format!("{} {} {}", chip.initials, chip.slot, chip.name);
        let shown = |site| -> Vec<String> {
            let one = |quote| match view(PageKey::Quotation(ArticleId::new(0), quote), site) {
                PageView::Quotation(page) => line(&page.chip),
                other => panic!("{other:?}"),
            };
            (0..12).map(one).collect()
        };
        let pages = shown(&site);
        insta::assert_snapshot!(pages.join("\n"), @r"
        IMA s1 Ingrid Marsh
        TRE s8 Tobias Renn
        FE s7 l8 Ferrant
        IMO s7 Ivo Moss
        OP s6 Osric Pell
        LF s5 Lucia Ferrant
        OB s3 Ola Brandt
        DO s2 Daniel Oake
        HQ s4 Henrike Quill
        TRO s2 l3 Tara Rook
        ? s0 The Harbour Minister
        IMA s1 Ingrid Marsh
        ");
        for chip in report.speakers.iter().map(|speaker| line(&speaker.chip)) {
            assert!(pages.contains(&chip), "{chip}");
        }
        assert_eq!(shown(&archive(false)), pages, "wherever speakers are found");
    }

    /// What is taken down for all pages of a report would otherwise grow with the square of its length.
    #[test]
    fn a_page_asks_for_its_own_speaker_alone() {
        let site = archive(true);
        for quote in 0..12 {
            let key = PageKey::Quotation(ArticleId::new(0), quote);
            let (_, reads) = recorded(|| view(key, &site));
            let own = site.0.article(ArticleId::new(0)).speaker(quote).map(Read::Person);
            let people: Vec<Read> = reads.into_iter().filter(|read| matches!(read, Read::Person(_))).collect();
            assert_eq!(people, Vec::from_iter(own));
        }
    }
}
