//! "At a glance": months with quotations as bars, offices as bands on the same axis (theme specification §7).

use super::desk::Desk;
use super::{GlanceBarView, GlanceOfficeView, GlanceView};
use crate::archive::Person;
use crate::model::Office;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The line on which the bars stand, pixels from the top.
const GROUND: usize = 78;
/// Height of the tallest bar, pixels.
const TALLEST: usize = 60;
/// Height of one quotation at most, so that a person quoted once is not drawn like one quoted daily.
const UNIT: usize = 12;
/// Top of the first row of offices, and the distance of rows, pixels.
const OFFICES: (usize, usize) = (110, 28);
/// Offices drawn; the list beside the drawing has all.
const MOST_OFFICES: usize = 12;
/// Years named on the axis at most.
const MOST_YEARS: i32 = 12;

/// Draws a person's years; none without a dated quotation.
///
/// The axis runs from January of the first year to the month of the last quotation, over at least a year.
pub(super) fn glance(desk: &Desk<'_>, person: &Person) -> Option<GlanceView> {
    let archive = desk.archive;
    let mut months: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    for quote in &person.quotes {
        let Some(date) = archive.article(quote.at.article).date() else { continue };
        let (direct, reported) = months.entry(month_number(date)).or_default();
        *(if archive.quote(quote.at).kind.is_marked_speech() { direct } else { reported }) += 1;
    }
    let (&first, &last) = (months.keys().next()?, months.keys().next_back()?);
    let start = first - first.rem_euclid(12);
    let axis = Axis { start, months: (last - start + 1).max(12) };
    let (&busiest, &(direct, reported)) = months.iter().max_by_key(|(month, (d, r))| (d + r, **month))?;
    let most = direct + reported;
    let offices = bands(&axis, person.offices());
    let n_rows = offices.iter().map(|o| o.row + 1).max().unwrap_or(0);
    let spoke = if months.len() == 1 {
        let about = [("name", &*person.name), ("month", &*in_words(desk, first)), ("times", &*times(desk, most))];
        desk.words.fill("glance.once", &about)
    } else {
        let about = [
            ("name", &*person.name),
            ("months", &*desk.words.count("count.months", months.len(), &[])),
            ("first", &*in_words(desk, first)),
            ("last", &*in_words(desk, last)),
            ("busiest", &*in_words(desk, busiest)),
            ("times", &*times(desk, most)),
        ];
        desk.words.fill("glance.often", &about)
    };
    let held: Vec<Box<str>> = person.offices().iter().take(MOST_OFFICES).map(|office| desk.office(office)).collect();
    let held = if held.is_empty() {
        String::new()
    } else {
        let offices = held.join(desk.words.text("glance.office-separator"));
        [" ", &*desk.words.fill("glance.offices", &[("offices", &offices)])].concat()
    };
    let step = ((last - start) / 12 / MOST_YEARS + 1) * 12;
    Some(GlanceView {
        range: desk
            .locale
            .years(i16::try_from(first.div_euclid(12)).ok(), i16::try_from(last.div_euclid(12)).ok())
            .into(),
        description: (spoke + &held).into(),
        years: (start..start + axis.months)
            .step_by(step as usize)
            .map(|month| (axis.percent(month), month.div_euclid(12).to_string().into()))
            .collect(),
        bars: months.iter().map(|(month, counts)| bar(desk, &axis, *month, *counts, most)).collect(),
        offices,
        n_rows,
        height: if n_rows == 0 { 104 } else { OFFICES.0 - 2 + OFFICES.1 * n_rows },
    })
}

/// Months counted through from year 0.
fn month_number(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

fn in_words(desk: &Desk<'_>, month: i32) -> String {
    let year = i16::try_from(month.div_euclid(12)).unwrap_or_default();
    let date = Date::new(year, month.rem_euclid(12) as i8 + 1, 1);
    date.map(|date| desk.locale.month_year(date)).unwrap_or_default()
}

fn times(desk: &Desk<'_>, n: usize) -> String {
    if n == 2 { desk.words.text("glance.twice").to_owned() } else { desk.words.count("glance.times", n, &[]) }
}

struct Axis {
    start: i32,
    months: i32,
}

impl Axis {
    /// The left edge of a month, "34.29%" without the sign.
    fn percent(&self, month: i32) -> Box<str> {
        self.share(f64::from(month - self.start))
    }

    fn share(&self, months: f64) -> Box<str> {
        format!("{:.2}", months * 100.0 / f64::from(self.months)).into()
    }
}

fn bar(desk: &Desk<'_>, axis: &Axis, month: i32, (n_direct, n_reported): (usize, usize), most: usize) -> GlanceBarView {
    let height = |n: usize| if n == 0 { 0 } else { (n * TALLEST.min(most * UNIT) / most.max(1)).max(1) };
    let (direct, reported) = (height(n_direct), height(n_reported));
    let (said, told) = (|n| desk.words.count("glance.direct", n, &[]), |n| desk.words.count("glance.reported", n, &[]));
    let counts = match (n_direct, n_reported) {
        (direct, 0) => said(direct),
        (0, reported) => told(reported),
        (direct, reported) => desk.locale.joined(&[said(direct), told(reported)]),
    };
    GlanceBarView {
        // A bar leaves an eighth of its month free on either side.
        x: axis.share(f64::from(month - axis.start) + 0.12),
        width: axis.share(0.72),
        direct: (GROUND - direct, direct),
        reported: (GROUND.saturating_sub(direct + reported), reported),
        label: desk.words.fill("glance.month", &[("month", &in_words(desk, month)), ("counts", &counts)]).into(),
    }
}

/// Offices that touch the axis, in rows where no two overlap; the longest held first.
fn bands(axis: &Axis, offices: &[Office]) -> Vec<GlanceOfficeView> {
    let end = axis.start + axis.months;
    let mut spans: Vec<(i32, i32, usize)> = offices
        .iter()
        .enumerate()
        .map(|(i, office)| {
            let from = office.from.map_or(axis.start, month_number).max(axis.start);
            // The month in which an office ends belongs to the next one.
            let to = office.to.map_or(end, |to| month_number(to) + i32::from(to.day() > 15)).min(end);
            (from, to, i)
        })
        .filter(|(from, to, _)| from < to)
        .take(MOST_OFFICES)
        .collect();
    spans.sort_by_key(|(from, to, i)| (*from, -*to, *i));
    let mut rows: Vec<i32> = Vec::new();
    let mut bands = Vec::new();
    for (from, to, i) in spans {
        let row = rows.iter().position(|taken| *taken <= from).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(to);
        } else {
            rows[row] = to;
        }
        let share = f64::from(to - from) * 100.0 / f64::from(axis.months);
        bands.push(GlanceOfficeView {
            x: axis.percent(from),
            width: format!("{share:.2}").into(),
            row,
            y: OFFICES.0 + OFFICES.1 * row,
            title: fitted(&offices[i].title, share).into(),
            // Neighbours in a row differ: newest, then the two others in turn.
            style: i % 3 + 1,
        });
    }
    bands
}

/// A title cut to a band's width: a page of 700 pixels and 7 pixels a letter give a letter for each percent.
fn fitted(title: &str, percent: f64) -> String {
    let letters = (percent as usize).saturating_sub(2);
    if title.chars().count() <= letters {
        return title.to_owned();
    }
    if letters < 4 {
        return String::new();
    }
    let cut: String = title.chars().take(letters - 1).collect();
    format!("{}…", cut.trim_end())
}
