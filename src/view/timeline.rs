//! Reports and offices taken and left, on one axis.

use super::desk::{Desk, most_words};
use super::pages::Pages;
use super::plan::{PageKey, TIMELINE_PER_PAGE};
use super::{
    AxisBarView, AxisView, CountView, LinkView, PageNumbers, TimelineEventView, TimelineMonthView, TimelineView,
};
use crate::archive::{ArticleId, Calendar, Day, OfficeChange, PersonId, Topic, TopicId, month_address};
use jiff::ToSpan;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Reports listed for one month of the archive's timeline; the month's page has all.
const MOST_OF_MONTH: usize = 12;
/// Months drawn one by one; a longer axis is drawn in years.
const MOST_MONTHS: i32 = 240;
/// The line on which bars stand, pixels from the top, and the height of the tallest.
const GROUND: usize = 64;
const TALLEST: usize = 48;
/// Height of one report at most.
const UNIT: usize = 12;
/// Years named on the axis at most.
const MOST_YEARS: i32 = 12;
/// Years that are listed on each side of the one shown, beside the first and the last of all: every page lists them.
const YEARS_AROUND: usize = 60;
/// Offices marked on the axis at most; the list has all of the page.
const MOST_MARKS: usize = 60;

/// Makes the archive's timeline of one year; none: of its newest.
pub(super) fn year(desk: &Desk<'_>, year: Option<i16>) -> TimelineView {
    let calendar = &desk.archive.calendar;
    let newest = calendar.days.last().map(|day| day.date.year());
    let shown = year.or(newest);
    let start = shown.and_then(|year| Date::new(year, 1, 1).ok());
    let days = start.map(|date| calendar.year(date)).unwrap_or_default();
    // A year without reports has no page; what happened in it stands with the year before.
    let next = days.last().and_then(|day| calendar.after(day.date)).map(|day| day.date.first_of_year());
    let changes = start.map(|start| between(&desk.archive.office_changes, start, next)).unwrap_or_default();
    let listed = days.chunk_by(|a, b| a.date.first_of_month() == b.date.first_of_month());
    let mut months: BTreeMap<Date, TimelineMonthView> = BTreeMap::new();
    for of_month in listed {
        let mut ids: Vec<ArticleId> = of_month.iter().flat_map(Day::articles).collect();
        let n_more = ids.len().saturating_sub(MOST_OF_MONTH);
        if n_more > 0 {
            let quotes = |id: &ArticleId| (Reverse(desk.archive.article(*id).facts.quotes.len()), *id);
            ids.select_nth_unstable_by_key(MOST_OF_MONTH, quotes);
            ids.truncate(MOST_OF_MONTH);
            ids.sort_unstable();
        }
        let month = month_of(desk, &mut months, of_month[0].date);
        month.n_more = n_more;
        month.events = ids.into_iter().map(|id| report(desk, id)).collect();
    }
    put_changes(desk, &mut months, changes);
    let title = match shown {
        None => desk.words.text("timeline.title").to_owned(),
        Some(year) => desk.words.fill("timeline.titled", &[("year", &year.to_string())]),
    };
    let key = year.map_or(PageKey::Timeline, PageKey::TimelineYear);
    let below = key.address(desk.archive, desk.site);
    let description = desk.of_site("timeline.description");
    let mut head = desk.head(&title, description, &below, "dates");
    let here = shown.map(|year| year.to_string()).unwrap_or_default();
    head.crumbs = vec![
        desk.link(desk.words.text("timeline.title"), "timeline/"),
        LinkView { text: here.as_str().into(), url: "".into(), lang: None },
    ];
    if year.is_none() {
        head.crumbs.clear();
    }
    let per_day = calendar.days.iter().map(|day| (day.date, day.n));
    let axis = axis(desk, per_day, start.map(|start| (start, start.last_of_year())));
    TimelineView {
        head,
        title: here.into(),
        topic: None,
        axis: axis.map(|(axis, span)| AxisView { marks: marks(desk, span, &desk.archive.office_changes), ..axis }),
        years: years(desk, calendar, shown, newest),
        months: months.into_values().collect(),
        n: Calendar::count(days),
        pages: PageNumbers { number: 1, total: 1, ..PageNumbers::default() },
    }
}

/// Makes one page of a topic's timeline.
pub(super) fn topic(desk: &Desk<'_>, id: TopicId, page: u32) -> TimelineView {
    let topic = desk.archive.topic(id);
    let (n, number) = (topic.articles.len(), page as usize);
    let pages = Pages::new(n, TIMELINE_PER_PAGE);
    let range = pages.of(number);
    let here = &topic.articles[range.clone()];
    let date = |id: &ArticleId| desk.archive.article(*id).date();
    let mut months: BTreeMap<Date, TimelineMonthView> = BTreeMap::new();
    let mut undated = Vec::new();
    for id in here {
        match date(id) {
            Some(date) => month_of(desk, &mut months, date).events.push(report(desk, *id)),
            None => undated.push(report(desk, *id)),
        }
    }
    let first = here.iter().find_map(date);
    // A page reaches to the first report of the next; the last, to its own last month.
    let next = topic.articles.get(range.end).and_then(date);
    let last = here.last().and_then(date);
    let end = next.or_else(|| last.map(|last| last.last_of_month().saturating_add(1.day())));
    let mut changes = match first.zip(end) {
        Some((first, end)) => {
            // What came earlier in the month is on the page before, where there is one.
            let from = if range.start == 0 { first.first_of_month() } else { first };
            changes_of_speakers(desk, here, from, end)
        }
        None => Vec::new(),
    };
    changes.sort_unstable();
    put_changes(desk, &mut months, &changes);
    let mut months: Vec<TimelineMonthView> = months.into_values().collect();
    if !undated.is_empty() {
        months.insert(
            0,
            TimelineMonthView {
                month: desk.words.text("timeline.undated").into(),
                url: "".into(),
                events: undated,
                n_more: 0,
            },
        );
    }
    let title = desk.words.fill("timeline.topic-title", &[("topic", &topic.name)]);
    let below = PageKey::TopicTimeline(id, page).address(desk.archive, desk.site);
    let description =
        desk.words.fill("timeline.topic-description", &[("site", &desk.site.title), ("topic", &topic.name)]);
    let mut head = desk.head(&title, description, &below, "topics");
    head.crumbs = vec![
        desk.link(desk.words.text("topics.title"), "topics/"),
        desk.link(&topic.name, &topic.address()),
        LinkView { text: desk.words.text("timeline.title").into(), url: "".into(), lang: None },
    ];
    let dated = topic.articles.iter().filter_map(date).map(|date| (date, 1));
    let shown = first.zip(last).filter(|_| pages.total() > 1);
    let axis = axis(desk, dated, shown);
    TimelineView {
        head,
        title: topic.name.clone(),
        topic: Some(desk.link(&topic.name, &topic.address())),
        axis: axis.map(|(axis, span)| AxisView { marks: marks(desk, span, &changes), ..axis }),
        years: Vec::new(),
        months,
        n,
        pages: pages.numbers(&desk.url(&topic_address(topic)), number),
    }
}

/// A topic's timeline below the site's root.
pub(super) fn topic_address(topic: &Topic) -> String {
    topic.address() + "timeline/"
}

/// The years that have a page, with the one shown.
fn years(desk: &Desk<'_>, calendar: &Calendar, shown: Option<i16>, newest: Option<i16>) -> Vec<CountView> {
    let view = |days: &[Day]| {
        let year = days.first()?.date.year();
        let key = if Some(year) == newest { PageKey::Timeline } else { PageKey::TimelineYear(year) };
        let url = if Some(year) == shown { "".into() } else { desk.url(&key.address(desk.archive, desk.site)) };
        Some(CountView { text: year.to_string().into(), url, n: Calendar::count(days) })
    };
    let all: Vec<&[Day]> = calendar.years().filter(|days| !days.is_empty()).collect();
    let year_of = |days: &&[Day]| days.first().map(|day| day.date.year());
    let here = all.partition_point(|days| year_of(days) < shown);
    let near = here.saturating_sub(YEARS_AROUND)..=here + YEARS_AROUND;
    let is_listed = |at: usize| near.contains(&at) || at == 0 || at + 1 == all.len();
    all.iter().enumerate().filter(|(at, _)| is_listed(*at)).filter_map(|(_, days)| view(days)).collect()
}

/// The entry of a date's month, made where it is missing.
fn month_of<'m>(
    desk: &Desk<'_>,
    months: &'m mut BTreeMap<Date, TimelineMonthView>,
    date: Date,
) -> &'m mut TimelineMonthView {
    let month = date.first_of_month();
    months.entry(month).or_insert_with(|| {
        let has_reports = !desk.archive.calendar.month(month).is_empty();
        TimelineMonthView {
            month: desk.locale.month_year(month).into(),
            url: if has_reports { desk.url(&month_address(month)) } else { "".into() },
            events: Vec::new(),
            n_more: 0,
        }
    })
}

/// Puts offices taken and left into their months, before the reports of the day. `changes` are sorted, as the reports are.
fn put_changes(desk: &Desk<'_>, months: &mut BTreeMap<Date, TimelineMonthView>, changes: &[OfficeChange]) {
    for changes in changes.chunk_by(|a, b| a.date.first_of_month() == b.date.first_of_month()) {
        let month = month_of(desk, months, changes[0].date);
        let reports = std::mem::take(&mut month.events);
        let mut changes = changes.iter().peekable();
        for report in reports {
            let day = report.date.as_ref().and_then(|date| date.iso.get(..10)).unwrap_or_default().to_owned();
            while let Some(change) = changes.next_if(|change| *change.date.to_string() <= *day) {
                month.events.push(taken_or_left(desk, change));
            }
            month.events.push(report);
        }
        month.events.extend(changes.map(|change| taken_or_left(desk, change)));
    }
}

fn taken_or_left(desk: &Desk<'_>, change: &OfficeChange) -> TimelineEventView {
    let office = &desk.archive.person(change.person).offices()[change.office as usize];
    TimelineEventView {
        kind: if change.taken { "taken" } else { "left" },
        date: Some(desk.day(change.date)),
        link: LinkView { text: desk.office(office), url: "".into(), lang: None },
        section: "".into(),
        people: vec![desk.chip(change.person)],
        n_quotes: 0,
    }
}

fn report(desk: &Desk<'_>, id: ArticleId) -> TimelineEventView {
    let article = desk.archive.article(id);
    TimelineEventView {
        kind: "report",
        date: article.facts.published.map(|at| desk.date(at)),
        link: desk.report_link(id),
        section: desk.archive.section(article.section).name.clone(),
        people: most_words(article).into_iter().take(3).map(|id| desk.chip(id)).collect(),
        n_quotes: article.facts.quotes.len(),
    }
}

/// The changes from one day to before another; without one, to the end.
fn between(changes: &[OfficeChange], from: Date, before: Option<Date>) -> &[OfficeChange] {
    let start = changes.partition_point(|change| change.date < from);
    let end = before.map_or(changes.len(), |before| changes.partition_point(|change| change.date < before));
    &changes[start..end.max(start)]
}

/// Offices that the speakers of some reports took or left from one day to before another.
fn changes_of_speakers(desk: &Desk<'_>, reports: &[ArticleId], from: Date, before: Date) -> Vec<OfficeChange> {
    let mut speakers: Vec<PersonId> = reports.iter().flat_map(|id| most_words(desk.archive.article(*id))).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let mut changes = Vec::new();
    for person in speakers {
        for (office, held) in (0..).zip(desk.archive.person(person).offices()) {
            let dates = [(held.from, true), (held.to, false)];
            let within = dates.into_iter().filter_map(|(date, taken)| Some((date?, taken)));
            let within = within.filter(|(date, _)| (from..before).contains(date));
            changes.extend(within.map(|(date, taken)| OfficeChange { date, person, office, taken }));
        }
    }
    changes
}

/// Months counted through from year 0.
fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// First month and number of months of an axis.
type Span = (i32, i32);

/// Draws the axis under some days with reports, which are sorted; none without any.
fn axis(
    desk: &Desk<'_>,
    days: impl Iterator<Item = (Date, usize)>,
    shown: Option<(Date, Date)>,
) -> Option<(AxisView, Span)> {
    let mut months: BTreeMap<i32, usize> = BTreeMap::new();
    for (date, n) in days {
        *months.entry(month_number(date)).or_default() += n;
    }
    let (&first, &last) = (months.keys().next()?, months.keys().next_back()?);
    let start = first - first.rem_euclid(12);
    let end = last - last.rem_euclid(12) + 12;
    let n_months = end - start;
    // Months, years, or as many years as leave no more bars.
    let unit = if n_months > MOST_MONTHS { 12 * ((n_months / 12 - 1) / MOST_MONTHS + 1) } else { 1 };
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for (month, n) in &months {
        *counts.entry((month - start) / unit).or_default() += n;
    }
    let most = counts.values().copied().max().unwrap_or(1).max(1);
    let share = |months: f64| -> Box<str> { format!("{:.2}", months * 100.0 / f64::from(n_months)).into() };
    let bar = |(at, n): (&i32, &usize)| {
        let height = (n * TALLEST.min(most * UNIT) / most).max(1);
        let from = start + at * unit;
        let year = |month: i32| i16::try_from(month.div_euclid(12)).ok();
        let label = match unit {
            1 => in_words(desk, from),
            _ => desk.locale.years(year(from), year((from + unit).min(end) - 1)),
        };
        AxisBarView {
            x: share(f64::from(at * unit) + 0.12 * f64::from(unit)),
            width: share(0.76 * f64::from(unit.min(end - from))),
            y: GROUND - height,
            height,
            label: desk.words.fill("timeline.month", &[("month", &label), ("reports", &desk.reports(*n))]).into(),
        }
    };
    let total: usize = months.values().sum();
    let range = desk.locale.years(i16::try_from(first.div_euclid(12)).ok(), i16::try_from(last.div_euclid(12)).ok());
    let step = (n_months / 12 / (MOST_YEARS + 1) + 1) * 12;
    let (from, to) = (in_words(desk, first), in_words(desk, last));
    let described = [("reports", &*desk.reports(total)), ("first", &*from), ("last", &*to)];
    let view = AxisView {
        description: desk.words.fill("timeline.axis-described", &described).into(),
        range: range.into(),
        years: (start..end)
            .step_by(step as usize)
            .map(|month| (share(f64::from(month - start)), month.div_euclid(12).to_string().into()))
            .collect(),
        bars: counts.iter().map(bar).collect(),
        marks: Vec::new(),
        shown: shown.map(|(from, to)| {
            let (from, to) = (month_number(from), month_number(to) + 1);
            (share(f64::from(from - start)), share(f64::from(to - from)))
        }),
    };
    Some((view, (start, n_months)))
}

/// Places of offices taken or left on the axis.
fn marks(desk: &Desk<'_>, (start, n_months): Span, changes: &[OfficeChange]) -> Vec<(Box<str>, Box<str>)> {
    let first = changes.partition_point(|change| month_number(change.date) < start);
    let mark = |change: &OfficeChange| -> (Box<str>, Box<str>) {
        let day = f64::from(change.date.day() - 1) / 31.0;
        let at = (f64::from(month_number(change.date) - start) + day) * 100.0 / f64::from(n_months);
        let person = desk.archive.person(change.person);
        let office = desk.office(&person.offices()[change.office as usize]);
        let key = if change.taken { "timeline.mark-takes" } else { "timeline.mark-leaves" };
        let date = desk.locale.brief(change.date);
        let label = desk.words.fill(key, &[("date", &*date), ("name", &*person.name), ("office", &*office)]);
        (format!("{at:.2}").into(), label.into())
    };
    let within = changes[first..].iter().take_while(|change| month_number(change.date) < start + n_months);
    within.take(MOST_MARKS).map(mark).collect()
}

fn in_words(desk: &Desk<'_>, month: i32) -> String {
    let year = i16::try_from(month.div_euclid(12)).unwrap_or_default();
    let date = Date::new(year, month.rem_euclid(12) as i8 + 1, 1);
    date.map(|date| desk.locale.month_year(date)).unwrap_or_default()
}
