//! A person's quotations by year and report, and which years have a page of their own.

use super::desk::Desk;
use super::{DayQuotesView, PersonQuoteView, YearQuotesView};
use crate::archive::{Archive, PersonId, PersonQuote};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

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
    views(desk, &desk.archive.person(id).quotes[..on_own_page(desk.archive, id)])
}

/// The quotations of one year's page.
pub(super) fn of_year(desk: &Desk<'_>, id: PersonId, year: Option<i16>) -> Vec<YearQuotesView> {
    let quotes = &desk.archive.person(id).quotes;
    // Newest first, the undated last.
    let place = |quote: &PersonQuote| Reverse(year_of(desk.archive, quote));
    let start = quotes.partition_point(|quote| place(quote) < Reverse(year));
    let end = quotes.partition_point(|quote| place(quote) <= Reverse(year));
    views(desk, &quotes[start..end.max(start)])
}

fn views(desk: &Desk<'_>, quotes: &[PersonQuote]) -> Vec<YearQuotesView> {
    let mut ids = ids(desk.archive, quotes).into_iter();
    let mut years = Vec::new();
    for year in by_year(desk.archive, quotes) {
        let mut days = Vec::new();
        for report in year.chunk_by(|a, b| a.at.article == b.at.article) {
            let id = report[0].at.article;
            let record = desk.archive.article(id);
            days.push(DayQuotesView {
                date: record.facts.published.map(|at| desk.date(at)),
                section: desk.section_link(record.section),
                report: desk.report_link(id),
                quotes: report.iter().zip(&mut ids).map(|(quote, id)| view(desk, quote, id)).collect(),
            });
        }
        let label = year_of(desk.archive, &year[0])
            .map_or_else(|| desk.words.text("person.undated").to_owned(), |year| year.to_string());
        years.push(YearQuotesView { year: label.into(), days });
    }
    years
}

fn view(desk: &Desk<'_>, quote: &PersonQuote, id: Box<str>) -> PersonQuoteView {
    let fact = desk.archive.quote(quote.at);
    let permalink = match desk.site.quotation_pages {
        true => desk.url(&desk.archive.article(quote.at.article).quote_address(quote.at.quote)),
        false => ["#", &*id].concat().into(),
    };
    PersonQuoteView {
        id,
        permalink,
        text: fact.text.clone(),
        direct: fact.kind.is_marked_speech(),
        context: fact.context.clone(),
        in_report: desk.quote_link(quote.at).url,
        unsure: !desk.is_sure(fact),
        n_also: quote.n_also as usize,
        also_in: quote.also_in.iter().map(|at| desk.quote_link(*at)).collect(),
    }
}

/// The addresses of quotations on their page: `p-uoq6fc`, and `p-uoq6fc-2` where the words return in a later
/// report. The oldest keeps the plain one, so that a new report changes no address.
fn ids(archive: &Archive, quotes: &[PersonQuote]) -> Vec<Box<str>> {
    let mut taken: FxHashSet<Box<str>> = FxHashSet::default();
    let mut ids: Vec<Box<str>> = Vec::with_capacity(quotes.len());
    // How far the numbers of each id have been given, so that a phrase said a thousand times is not
    // counted up a thousand times.
    let mut next: FxHashMap<&str, usize> = FxHashMap::default();
    for quote in quotes.iter().rev() {
        let base = &*archive.quote(quote.at).id;
        let number = next.entry(base).or_insert(1);
        let id = loop {
            let id: Box<str> = if *number == 1 { ["p-", base].concat() } else { format!("p-{base}-{number}") }.into();
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
