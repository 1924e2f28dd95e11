//! Dates in the forms that pages need.

use super::DateView;
use crate::model::Moment;
use crate::text::number::padded;
use crate::words::Locale;
use jiff::tz::{Offset, TimeZone};

/// A date in all forms that a page needs, as yet without an address; times without an offset are in `zone`.
pub(super) fn view(moment: Moment, zone: &TimeZone, locale: &Locale) -> DateView {
    let date = moment.date;
    let day = locale.long(date);
    let time = moment.time.map(|time| locale.time(time)).unwrap_or_default();
    DateView {
        iso: iso(moment, zone).into(),
        full: if time.is_empty() { day.clone() } else { locale.date_time(&day, &time) }.into(),
        day: day.into(),
        short: locale.day_month(date).into(),
        brief: locale.brief(date).into(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;
    use jiff::civil::{Date, Time, date, time};

    fn moment(date: Date, time: Option<Time>, offset: Option<Offset>) -> Moment {
        Moment { date, time, offset }
    }

    #[test]
    fn a_date_has_all_its_forms() {
        let at = moment(date(2031, 11, 14), Some(time(17, 20, 0, 0)), None);
        let london = TimeZone::get("Europe/London").unwrap();
        insta::assert_debug_snapshot!(view(at, &london, Words::english().locale()), @r#"
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
        insta::assert_debug_snapshot!(view(Moment::day(date(2031, 9, 2)), &london, Words::english().locale()), @r#"
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
