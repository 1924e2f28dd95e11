//! Quotations and speakers as the front page and topics show them.

use super::desk::Desk;
use super::{RecentQuoteView, SpeakerCountView};
use crate::archive::{ArticleId, PersonId, QuoteRef};
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Months of a sparkline.
const SPARK: i32 = 12;
/// Height of its tallest bar.
const TALLEST: u32 = 20;

/// A quotation with its speaker and report; none for speakers without a page.
pub(super) fn recent_quote(desk: &Desk<'_>, at: QuoteRef) -> Option<RecentQuoteView> {
    let article = desk.archive.article(at.article);
    let quote = desk.archive.quote(at);
    let person = article.speaker(at.quote)?;
    Some(RecentQuoteView {
        text: quote.text.clone(),
        chip: desk.chip(person),
        office: desk.office_on(person, article.date()).unwrap_or_default(),
        report: desk.quote_link(at),
        date: article.facts.published.map(|at| desk.date(at)),
        direct: quote.kind.is_marked_speech(),
        unsure: !desk.is_sure(quote),
        who: 0,
    })
}

/// The people quoted most in some reports, most first, with the last twelve months of each.
pub(super) fn most_quoted(
    desk: &Desk<'_>,
    reports: impl IntoIterator<Item = ArticleId>,
    most: usize,
) -> Vec<SpeakerCountView> {
    let speaker = |(person, n): (PersonId, usize)| SpeakerCountView {
        chip: desk.chip(person),
        office: desk.present_office(person),
        n,
        spark: spark(desk, person),
    };
    counts(desk, reports).into_iter().take(most).map(speaker).collect()
}

/// How often each person is quoted in some reports, most first.
pub(super) fn counts(desk: &Desk<'_>, reports: impl IntoIterator<Item = ArticleId>) -> Vec<(PersonId, usize)> {
    let mut counts: FxHashMap<PersonId, usize> = FxHashMap::default();
    for id in reports {
        let article = desk.archive.article(id);
        let quotes = 0..u32::try_from(article.facts.quotes.len()).unwrap_or(u32::MAX);
        for person in quotes.filter_map(|quote| article.speaker(quote)) {
            *counts.entry(person).or_default() += 1;
        }
    }
    let mut counts: Vec<(PersonId, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(person, n)| (Reverse(*n), *person));
    counts
}

/// Quotations of a person in each of the twelve months up to the archive's newest report, oldest first, as
/// heights of bars: the person's busiest month is [`TALLEST`], any quotation at least 2.
fn spark(desk: &Desk<'_>, person: PersonId) -> Vec<u32> {
    let mut months = vec![0u32; SPARK as usize];
    let Some(today) = desk.today() else { return months };
    let number = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
    let first = today.first_of_month().saturating_sub((SPARK - 1).months());
    for quote in &desk.archive.person(person).quotes {
        // Newest first, so the first that is older ends the walk; undated ones come last.
        let Some(date) = desk.archive.article(quote.at.article).date().filter(|date| *date >= first) else { break };
        let month = usize::try_from(number(date) - number(first)).ok();
        if let Some(n) = month.and_then(|month| months.get_mut(month)) {
            *n += 1;
        }
    }
    let most = months.iter().copied().max().unwrap_or(0).max(1);
    months.into_iter().map(|n| if n == 0 { 0 } else { (n * TALLEST / most).max(2) }).collect()
}
