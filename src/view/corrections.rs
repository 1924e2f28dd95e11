//! Every correction, newest first.

use super::desk::Desk;
use super::plan::{PageKey, correction_pages};
use super::{CorrectedView, CorrectionsView, HeadView, address};
use crate::archive::CorrectionRef;
use crate::model::Correction;

/// Makes one page of the list of corrections.
pub(super) fn corrections(desk: &Desk<'_>, page: u32) -> CorrectionsView {
    let all = &desk.archive.corrections;
    let (pages, number) = (correction_pages(desk.archive, desk.site), page as usize);
    let description = desk.words.count("corrections.description", all.len(), &[("site", &desk.site.title)]);
    let below = PageKey::Corrections(page).address(desk.archive, desk.site);
    let head =
        desk.head(&desk.paged(desk.words.text("corrections.title"), number, pages.total()), description, &below, "");
    let subject = desk.words.text("corrections.subject");
    CorrectionsView {
        head: HeadView {
            alternates: vec![(
                "application/atom+xml",
                desk.words.text("corrections.title").into(),
                desk.url("corrections/atom.xml"),
            )],
            ..head
        },
        corrections: all[pages.of(number)].iter().rev().map(|at| corrected(desk, *at)).collect(),
        n: all.len(),
        question: desk.site.question.as_deref().map(|to| address::question(to, subject, "")),
        pages: pages.numbers(&desk.url("corrections/"), number),
    }
}

fn corrected(desk: &Desk<'_>, at: CorrectionRef) -> CorrectedView {
    let article = desk.archive.article(at.article);
    let Correction { at: date, text, was, now } = &article.facts.corrections[at.correction as usize];
    CorrectedView {
        date: desk.date(*date),
        text: text.clone(),
        was: was.clone(),
        now: now.clone(),
        report: desk.headline_link(article, &[&*article.address, "#corrections"].concat()),
        published: article.facts.published.map(|at| desk.date(at)),
    }
}
