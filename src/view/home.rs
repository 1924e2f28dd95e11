//! The front page, and the page for addresses that lead nowhere.

use super::desk::Desk;
use super::recent::{most_quoted, recent_quote};
use super::{CountView, HeadView, HomeView, NotFoundView, RecentQuoteView, WithdrawnView, json_ld, meta};
use crate::archive::{Archive, ArticleId, Day, QuoteRef, SectionId};
use crate::model::QuoteFact;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Quotations on the front page.
const ON_RECORD: usize = 5;

/// Makes the front page. Its clock is the newest report: a rebuild next year gives the same bytes.
pub(super) fn home(desk: &Desk<'_>) -> HomeView {
    let archive = desk.archive;
    let today = desk.today();
    let latest: Vec<ArticleId> = archive.article_ids().rev().take(12).collect();
    let calendar = &archive.calendar;
    let month = today.map(|date| calendar.month(date)).unwrap_or_default();
    let years = desk
        .locale
        .years(calendar.days.first().map(|day| day.date.year()), calendar.days.last().map(|day| day.date.year()));
    let image = latest.iter().find_map(|id| {
        let mut photos = archive.article(*id).photos.iter();
        photos.find_map(|photo| archive.photo(*photo).picture.as_ref())
    });
    // A quiet week gives its place to the month.
    let week = on_the_record(desk, today, 6);
    HomeView {
        head: HeadView {
            json_ld: Some(json_ld::site(desk)),
            image: image.map(|picture| desk.preview_address(picture)),
            properties: image.map(|picture| meta::image(picture, "")).unwrap_or_default(),
            alternates: vec![
                ("application/atom+xml", desk.words.text("home.feed").into(), desk.url("atom.xml")),
                ("application/feed+json", desk.words.text("home.feed-json").into(), desk.url("feed.json")),
            ],
            ..desk.head(&desk.site.title, desk.site.description.to_string(), "", "")
        },
        latest: desk.entries(latest),
        this_week: week.len() == ON_RECORD,
        quotes: if week.len() == ON_RECORD { week } else { on_the_record(desk, today, 30) },
        speakers: most_quoted(desk, month.iter().flat_map(Day::articles), 8),
        month: today.map(|day| desk.locale.month_year(day)).unwrap_or_default().into(),
        on_this_day: desk.entries(on_this_day(archive, today)),
        this_day: today.map(|day| desk.locale.day_month(day)).unwrap_or_default().into(),
        sections: sections(desk),
        n_reports: archive.articles.len(),
        n_quotes: *archive.n_quotes,
        n_people: archive.people.len(),
        years: years.into(),
    }
}

/// The page for addresses that lead nowhere.
pub(super) fn not_found(desk: &Desk<'_>) -> NotFoundView {
    let description = desk.words.text("lost.description").to_owned();
    let head = HeadView { noindex: true, ..desk.head(desk.words.text("lost.title"), description, "404.html", "") };
    NotFoundView { head, sections: sections(desk) }
}

/// What stands where a report was: nothing of the report itself.
pub(super) fn withdrawn(desk: &Desk<'_>, at: u32) -> WithdrawnView {
    let withdrawn = &desk.archive.withdrawn[at as usize];
    let description = desk.words.text("withdrawn.description").to_owned();
    let head = desk.head(desk.words.text("withdrawn.title"), description, &withdrawn.address, "");
    WithdrawnView {
        head: HeadView { noindex: true, ..head },
        date: desk.date(withdrawn.at),
        reason: withdrawn.reason.clone(),
    }
}

/// All sections with their counts, by name.
pub(super) fn sections(desk: &Desk<'_>) -> Vec<CountView> {
    (0..desk.archive.sections.len()).map(|i| desk.section_count(SectionId::new(i))).collect()
}

/// Five quotations of the days up to the newest report, `days` before its own: sure, direct, each by another person,
/// newest first.
fn on_the_record(desk: &Desk<'_>, today: Option<Date>, days: i32) -> Vec<RecentQuoteView> {
    let Some(today) = today else { return Vec::new() };
    let lately = desk.archive.calendar.between(today.saturating_sub(days.days()), today);
    let mut heard = BTreeSet::new();
    let mut quotes = Vec::new();
    for id in lately.iter().rev().flat_map(|day| day.articles().rev()) {
        let article = desk.archive.article(id);
        let worth = |(i, quote): (usize, &QuoteFact)| {
            let i = u32::try_from(i).ok()?;
            let person = article.speaker(i)?;
            let fit = desk.is_sure(quote) && quote.kind.is_marked_speech() && quote.words >= 6;
            // About twenty words make a quotation that stands alone and is read at a glance.
            fit.then(|| (quote.words.abs_diff(20), i, person))
        };
        let mut fit: Vec<_> = article.facts.quotes.iter().enumerate().filter_map(worth).collect();
        fit.sort_unstable();
        fit.retain(|(_, _, person)| heard.insert(*person));
        quotes
            .extend(fit.iter().filter_map(|(_, quote, _)| recent_quote(desk, QuoteRef { article: id, quote: *quote })));
        if quotes.len() >= ON_RECORD {
            quotes.truncate(ON_RECORD);
            break;
        }
    }
    quotes
}

/// Reports of this day of the year in earlier years, newest first, at most 6.
fn on_this_day(archive: &Archive, today: Option<Date>) -> Vec<ArticleId> {
    let Some(today) = today else { return Vec::new() };
    let years = archive.calendar.years().rev().filter_map(|days| days.first()).map(|day| day.date.year());
    let earlier = years.filter(|year| *year < today.year());
    earlier
        .filter_map(|year| Date::new(year, today.month(), today.day()).ok())
        .filter_map(|date| archive.calendar.day(date))
        .flat_map(|day| day.articles().rev())
        .take(6)
        .collect()
}
