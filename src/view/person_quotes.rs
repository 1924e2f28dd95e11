//! A person's quotations by year and report, and which years have a page of their own.

use super::desk::Desk;
use super::{DayQuotesView, PersonQuoteView, YearQuotesView};
use crate::archive::{Archive, PersonId, PersonQuote};
use rustc_hash::FxHashSet;

/// Quotations on a person's own page; years with others get a page each.
const MOST: usize = 200;

/// How many quotations stand on a person's own page: whole reports, the newest, as far as [`MOST`] reaches.
fn on_own_page(archive: &Archive, id: PersonId) -> usize {
    let quotes = &archive.person(id).quotes;
    if quotes.len() <= MOST {
        return quotes.len();
    }
    let mut n = 0;
    for report in quotes.chunk_by(|a, b| a.at.article == b.at.article) {
        if n > 0 && n + report.len() > MOST {
            break;
        }
        n += report.len();
    }
    n
}

/// The years whose quotations do not all stand on the person's own page, newest first, each with how many
/// quotations it has; none is the undated. Empty for nearly everyone.
pub(super) fn years_apart(archive: &Archive, id: PersonId) -> Vec<(Option<i16>, usize)> {
    let quotes = &archive.person(id).quotes;
    let here = on_own_page(archive, id);
    if here == quotes.len() {
        return Vec::new();
    }
    let mut years = Vec::new();
    let mut end = 0;
    for year in by_year(archive, quotes) {
        end += year.len();
        if end > here {
            years.push((year_of(archive, &year[0]), year.len()));
        }
    }
    years
}

/// The quotations of a person's own page.
pub(super) fn own(desk: &Desk<'_>, id: PersonId) -> Vec<YearQuotesView> {
    views(desk, id, 0..on_own_page(desk.archive, id))
}

/// The quotations of one year's page.
pub(super) fn of_year(desk: &Desk<'_>, id: PersonId, year: Option<i16>) -> Vec<YearQuotesView> {
    let quotes = &desk.archive.person(id).quotes;
    let mut start = 0;
    for chunk in by_year(desk.archive, quotes) {
        if year_of(desk.archive, &chunk[0]) == year {
            return views(desk, id, start..start + chunk.len());
        }
        start += chunk.len();
    }
    Vec::new()
}

fn views(desk: &Desk<'_>, id: PersonId, shown: std::ops::Range<usize>) -> Vec<YearQuotesView> {
    let quotes = &desk.archive.person(id).quotes;
    let ids = ids(desk.archive, quotes);
    let mut at = shown.start;
    let mut years = Vec::new();
    for year in by_year(desk.archive, &quotes[shown]) {
        let mut days = Vec::new();
        for report in year.chunk_by(|a, b| a.at.article == b.at.article) {
            let id = report[0].at.article;
            let record = desk.archive.article(id);
            let quotes = report.iter().zip(&ids[at..]).map(|(quote, id)| view(desk, quote, id)).collect();
            at += report.len();
            days.push(DayQuotesView {
                date: record.facts.published.map(|at| desk.date(at)),
                section: desk.section_link(record.section),
                report: desk.report_link(id),
                quotes,
            });
        }
        let label = year_of(desk.archive, &year[0]).map_or_else(|| "Undated".to_owned(), |year| year.to_string());
        years.push(YearQuotesView { year: label.into(), days });
    }
    years
}

fn view(desk: &Desk<'_>, quote: &PersonQuote, id: &str) -> PersonQuoteView {
    let fact = desk.archive.quote(quote.at);
    PersonQuoteView {
        id: id.into(),
        text: fact.text.clone(),
        direct: fact.kind.is_marked_speech(),
        context: fact.context.clone(),
        in_report: desk.quote_link(quote.at).url,
        unsure: !desk.is_sure(fact),
        also_in: quote.also_in.iter().map(|at| desk.quote_link(*at)).collect(),
    }
}

/// The addresses of all of a person's quotations on their pages: `p-uoq6fc`, and `p-uoq6fc-2` where the words
/// return in a later report. The oldest keeps the plain one, so that new reports change no address.
fn ids(archive: &Archive, quotes: &[PersonQuote]) -> Vec<Box<str>> {
    let mut taken: FxHashSet<Box<str>> = FxHashSet::default();
    let mut ids: Vec<Box<str>> = Vec::with_capacity(quotes.len());
    // How far the numbers of each id have been given, so that a phrase said a thousand times is not
    // counted up a thousand times.
    let mut next: rustc_hash::FxHashMap<&str, usize> = rustc_hash::FxHashMap::default();
    for quote in quotes.iter().rev() {
        let base = &*archive.quote(quote.at).id;
        let number = next.entry(base).or_insert(1);
        let id = loop {
            let id: Box<str> = if *number == 1 { format!("p-{base}") } else { format!("p-{base}-{number}") }.into();
            *number += 1;
            if taken.insert(id.clone()) {
                break id;
            }
        };
        ids.push(id);
    }
    ids.reverse();
    ids
}

fn by_year<'q>(archive: &Archive, quotes: &'q [PersonQuote]) -> impl Iterator<Item = &'q [PersonQuote]> {
    quotes.chunk_by(|a, b| year_of(archive, a) == year_of(archive, b))
}

fn year_of(archive: &Archive, quote: &PersonQuote) -> Option<i16> {
    archive.article(quote.at.article).date().map(|date| date.year())
}
