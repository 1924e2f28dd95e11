//! Dates: years, months and days with their reports.

use super::desk::Desk;
use super::plan::PageKey;
use super::recent::counts;
use super::{
    CountView, DatesView, DayView, EntryView, HeadView, LinkView, MonthGridView, MonthView, WeekView, YearRow, YearView,
};
use crate::archive::{Calendar, Day, month_address, year_address};
use jiff::civil::Date;

/// Makes the page of all years.
pub(super) fn all(desk: &Desk<'_>) -> DatesView {
    let calendar = &desk.archive.calendar;
    let most = calendar.months().map(Calendar::count).max().unwrap_or(0);
    let row = |days: &[Day]| {
        let date = days[0].date;
        let month = |month: i8| {
            let Ok(date) = Date::new(date.year(), month, 1) else { return Default::default() };
            let n = Calendar::count(calendar.month(date));
            let url = if n == 0 { "".into() } else { desk.url(&month_address(date)) };
            (desk.locale.month_brief(date).into(), url, n, shade(n, most))
        };
        let text = date.year().to_string().into();
        let year = CountView { text, url: desk.url(&year_address(date)), n: Calendar::count(days) };
        YearRow { year, months: (1..=12).map(month).collect() }
    };
    let description = desk.of_site("dates.description");
    DatesView {
        head: desk.head(desk.words.text("dates.title"), description, "dates/", "dates"),
        years: calendar.years().rev().filter(|days| !days.is_empty()).map(row).collect(),
        undated: desk.entries(calendar.undated()),
    }
}

/// Makes the page of a year.
pub(super) fn year(desk: &Desk<'_>, year: i16) -> YearView {
    let calendar = &desk.archive.calendar;
    let first = Date::new(year, 1, 1).unwrap_or(Date::MIN);
    let days = calendar.year(first);
    let most = days.iter().map(|day| day.n).max().unwrap_or(0);
    let n = Calendar::count(days);
    let about = [("reports", &*desk.reports(n)), ("year", &*year.to_string()), ("site", &desk.site.title)];
    let description = desk.words.fill("year.description", &about);
    let crumbs = vec![desk.link(desk.words.text("dates.title"), "dates/"), here(&year.to_string())];
    let link = |day: &Day| desk.link(&day.date.year().to_string(), &year_address(day.date));
    let months = (1..=12).filter_map(|month| Date::new(year, month, 1).ok()).map(|date| grid(desk, date, most));
    YearView {
        head: HeadView { crumbs, ..desk.head(&year.to_string(), description, &year_address(first), "dates") },
        year: year.to_string().into(),
        months: months.collect(),
        n,
        earlier: calendar.before(first).map(link),
        later: calendar.after(first.last_of_year()).map(link),
    }
}

/// Makes the page of a month, given by any of its days.
pub(super) fn month(desk: &Desk<'_>, month: Date) -> MonthView {
    let calendar = &desk.archive.calendar;
    let days = calendar.month(month);
    let most = days.iter().map(|day| day.n).max().unwrap_or(0);
    let title = desk.locale.month_year(month);
    let about = [("reports", &*desk.reports(Calendar::count(days))), ("month", &*title), ("site", &desk.site.title)];
    let description = desk.words.fill("month.description", &about);
    let mut crumbs = vec![
        desk.link(desk.words.text("dates.title"), "dates/"),
        desk.link(&month.year().to_string(), &year_address(month)),
    ];
    crumbs.push(here(desk.locale.month(month)));
    let link = |day: &Day| desk.link(&desk.locale.month_year(day.date), &month_address(day.date));
    let reports = |day: &Day| -> (_, Vec<EntryView>) { (desk.day(day.date), desk.entries(day.articles().rev())) };
    MonthView {
        head: HeadView { crumbs, ..desk.head(&title, description, &month_address(month), "dates") },
        title: title.into(),
        grid: grid(desk, month, most),
        days: days.iter().rev().map(reports).collect(),
        earlier: calendar.before(month.first_of_month()).map(link),
        later: calendar.after(month.last_of_month()).map(link),
    }
}

/// Makes the page of a day.
pub(super) fn day(desk: &Desk<'_>, date: Date) -> DayView {
    let calendar = &desk.archive.calendar;
    let articles = || calendar.day(date).into_iter().flat_map(Day::articles);
    let title = desk.locale.long(date);
    let about = [("reports", &*desk.reports(articles().count())), ("day", &*title), ("site", &desk.site.title)];
    let description = desk.words.fill("day.description", &about);
    let crumbs = vec![
        desk.link(desk.words.text("dates.title"), "dates/"),
        desk.link(&date.year().to_string(), &year_address(date)),
        desk.link(desk.locale.month(date), &month_address(date)),
        here(&date.day().to_string()),
    ];
    let link = |day: &Day| desk.link(&desk.locale.long(day.date), &day.address());
    let below = PageKey::Day(date).address(desk.archive, desk.site);
    DayView {
        head: HeadView { crumbs, ..desk.head(&title, description, &below, "dates") },
        date: desk.day(date),
        reports: desk.entries(articles()),
        speakers: counts(desk, articles()).into_iter().map(|(person, n)| (desk.chip(person), n)).collect(),
        earlier: calendar.before(date).map(link),
        later: calendar.after(date).map(link),
    }
}

/// A month as weeks from Monday; `most` is the busiest day to shade against.
fn grid(desk: &Desk<'_>, month: Date, most: usize) -> MonthGridView {
    let calendar = &desk.archive.calendar;
    let (first, last) = (month.first_of_month(), month.last_of_month());
    let days = calendar.month(month);
    let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let mut cells: WeekView = vec![(0, "".into(), 0, 0); before];
    let mut with_reports = days.iter().peekable();
    for number in 1..=last.day() {
        let day = with_reports.next_if(|day| day.date.day() == number);
        let n = day.map_or(0, |day| day.n);
        let url = day.map(|day| desk.url(&day.address())).unwrap_or_default();
        cells.push((number.unsigned_abs().into(), url, n, shade(n, most)));
    }
    cells.resize(cells.len().next_multiple_of(7), (0, "".into(), 0, 0));
    let n = Calendar::count(days);
    MonthGridView {
        name: desk.locale.month(month).into(),
        url: if n == 0 { "".into() } else { desk.url(&month_address(month)) },
        n,
        weeks: cells.chunks(7).map(<[_]>::to_vec).collect(),
    }
}

/// 0 for none, then quarters of the most: 1 to 4. Where nothing is busy nothing is dark: one report is never
/// more than a quarter.
fn shade(n: usize, most: usize) -> usize {
    (n * 4).div_ceil(most.max(4)).min(4)
}

fn here(name: &str) -> LinkView {
    LinkView { text: name.into(), url: "".into(), lang: None }
}
