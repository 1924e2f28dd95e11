//! Dates in words. All English words for dates are in this file.

use super::DateView;
use crate::model::Moment;
use crate::text::number::padded;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{Offset, TimeZone};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date in all forms that a page needs, as yet without an address; times without an offset are in `zone`.
pub(super) fn view(moment: Moment, zone: &TimeZone) -> DateView {
    let date = moment.date;
    let day = long(date);
    let time = moment.time.map(clock).unwrap_or_default();
    DateView {
        iso: iso(moment, zone).into(),
        full: if time.is_empty() { day.clone() } else { [&*day, ", ", &*time].concat() }.into(),
        day: day.into(),
        short: day_month(date).into(),
        brief: brief(date).into(),
        time: time.into(),
        url: "".into(),
    }
}

/// "2031-11-14T17:20:00+00:00", or "2031-11-14" without a time (RFC 3339).
pub(super) fn iso(moment: Moment, zone: &TimeZone) -> String {
    let mut out = String::with_capacity(25);
    let Moment { date, time, offset } = moment;
    numbers(&mut out, [("", date.year().into(), 4), ("-", date.month().into(), 2), ("-", date.day().into(), 2)]);
    let Some(time) = time else { return out };
    // In the hour that clocks skip or repeat, the earlier reading is taken, as RFC 5545 does for repeats.
    let offset = offset.unwrap_or_else(|| {
        let local = zone.to_ambiguous_timestamp(date.to_datetime(time));
        local.compatible().map_or(Offset::UTC, |at| zone.to_offset(at))
    });
    let minutes = i64::from(offset.seconds() / 60);
    let (sign, minutes) = (if minutes < 0 { "-" } else { "+" }, minutes.abs());
    let clock = [("T", time.hour().into(), 2), (":", time.minute().into(), 2), (":", time.second().into(), 2)];
    numbers(&mut out, clock);
    numbers(&mut out, [(sign, minutes / 60, 2), (":", minutes % 60, 2)]);
    out
}

/// Appends numbers, each with the sign before it and its width.
fn numbers<const N: usize>(out: &mut String, numbers: [(&str, i64, usize); N]) {
    for (sign, n, width) in numbers {
        out.push_str(sign);
        padded(n, width, out);
    }
}

/// "Friday 14 November 2031"
pub(super) fn long(date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    let mut out = String::with_capacity(32);
    out.push_str(weekday);
    out.push(' ');
    out.push_str(&day_month_year(date));
    out
}

/// "14 November 2031"
pub(super) fn day_month_year(date: Date) -> String {
    let mut out = day_month(date);
    numbers(&mut out, [(" ", date.year().into(), 0)]);
    out
}

/// "14 November"
pub(super) fn day_month(date: Date) -> String {
    day_and(date, month(date))
}

/// "14 Nov 2031"
pub(super) fn brief(date: Date) -> String {
    let mut out = day_and(date, brief_month(date));
    numbers(&mut out, [(" ", date.year().into(), 0)]);
    out
}

/// "14 Nov"
fn day_and(date: Date, month: &str) -> String {
    // Room for the longest, so that what is put behind it moves nothing.
    let mut out = String::with_capacity(20);
    padded(date.day().into(), 0, &mut out);
    out.push(' ');
    out.push_str(month);
    out
}

/// "November 2031"
pub(super) fn month_year(date: Date) -> String {
    format!("{} {}", month(date), date.year())
}

/// "Nov 2031"
pub(super) fn brief_month_year(date: Date) -> String {
    format!("{} {}", brief_month(date), date.year())
}

/// "November"
pub(super) fn month(date: Date) -> &'static str {
    MONTHS[(date.month() - 1).rem_euclid(12) as usize]
}

/// "Nov"; "June", "July" and "Sept" as British papers write them.
pub(super) fn brief_month(date: Date) -> &'static str {
    match date.month() {
        6 | 7 => month(date),
        9 => "Sept",
        _ => &month(date)[..3],
    }
}

/// "2029 to 2031", or "2031"; empty where there is no year.
pub(super) fn years(first: Option<i16>, last: Option<i16>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (Some(year), _) | (_, Some(year)) => year.to_string(),
        (None, None) => String::new(),
    }
}

/// "5.20pm", "5pm", "noon", "midnight"
fn clock(time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    let half = if hour < 12 { "am" } else { "pm" };
    let of_twelve = (hour + 11) % 12 + 1;
    match (hour, minute) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "noon".to_owned(),
        (_, 0) => format!("{of_twelve}{half}"),
        _ => format!("{of_twelve}.{minute:02}{half}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    fn moment(date: Date, time: Option<Time>, offset: Option<Offset>) -> Moment {
        Moment { date, time, offset }
    }

    #[test]
    fn a_date_has_all_its_forms() {
        let at = moment(date(2031, 11, 14), Some(time(17, 20, 0, 0)), None);
        let london = TimeZone::get("Europe/London").unwrap();
        insta::assert_debug_snapshot!(view(at, &london), @r#"
        DateView {
            iso: "2031-11-14T17:20:00+00:00",
            full: "Friday 14 November 2031, 5.20pm",
            day: "Friday 14 November 2031",
            short: "14 November",
            brief: "14 Nov 2031",
            time: "5.20pm",
            url: "",
        }
        "#);
        insta::assert_debug_snapshot!(view(Moment::day(date(2031, 9, 2)), &london), @r#"
        DateView {
            iso: "2031-09-02",
            full: "Tuesday 2 September 2031",
            day: "Tuesday 2 September 2031",
            short: "2 September",
            brief: "2 Sept 2031",
            time: "",
            url: "",
        }
        "#);
    }

    #[test]
    fn clocks_read_as_papers_write_them() {
        let check = |hour, minute, expected: &str| assert_eq!(clock(time(hour, minute, 0, 0)), expected);
        check(17, 20, "5.20pm");
        check(17, 0, "5pm");
        check(9, 5, "9.05am");
        check(0, 0, "midnight");
        check(0, 5, "12.05am");
        check(12, 0, "noon");
        check(12, 30, "12.30pm");
    }

    #[test]
    fn machine_dates_know_their_offset() {
        let london = TimeZone::get("Europe/London").unwrap();
        let check = |date, time, offset, expected: &str| assert_eq!(iso(moment(date, time, offset), &london), expected);
        check(date(2031, 7, 1), Some(time(8, 0, 0, 0)), None, "2031-07-01T08:00:00+01:00");
        check(date(2031, 7, 1), Some(time(8, 0, 0, 0)), Some(Offset::constant(-5)), "2031-07-01T08:00:00-05:00");
        check(date(2031, 7, 1), None, Some(Offset::constant(-5)), "2031-07-01");
        // The clocks go forward at one o'clock on this morning.
        check(date(2031, 3, 30), Some(time(1, 30, 0, 0)), None, "2031-03-30T01:30:00+01:00");
        check(date(9999, 12, 31), Some(time(23, 59, 59, 0)), None, "9999-12-31T23:59:59+00:00");
    }
}
