use crate::model::Moment;
use crate::text::number::padded;
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;

/// A moment as RFC 3339 has it, "2031-11-14T17:20:00+00:00"; midnight where no time is known.
///
/// `zone` is meant where the copy gave no offset.
pub(in crate::emit) fn rfc3339(moment: Moment, zone: &TimeZone) -> String {
    let at = moment.date.to_datetime(moment.time.unwrap_or(Time::midnight()));
    // RFC 3339 knows whole minutes only; zones had seconds before 1972.
    let minutes = i64::from(moment.offset_in(zone).seconds() / 60);
    let sign = if minutes < 0 { "-" } else { "+" };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    let mut out = String::with_capacity(25);
    let parts = [
        ("", at.year().into(), 4),
        ("-", at.month().into(), 2),
        ("-", at.day().into(), 2),
        ("T", at.hour().into(), 2),
        (":", at.minute().into(), 2),
        (":", at.second().into(), 2),
        (sign, hours, 2),
        (":", minutes, 2),
    ];
    for (before, n, width) in parts {
        out.push_str(before);
        padded(n, width, &mut out);
    }
    out
}

/// The instant of a moment, for comparing moments of several offsets; none at the end of the calendar.
pub(in crate::emit) fn instant(moment: Moment, zone: &TimeZone) -> Option<Timestamp> {
    let at = moment.date.to_datetime(moment.time.unwrap_or(Time::midnight()));
    moment.offset_in(zone).to_timestamp(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn moments_are_written_with_their_offset() {
        let london = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
        let check = |moment: Moment, expected: &str| assert_eq!(rfc3339(moment, &london), expected);
        let moment = |date, time| Moment { date, time: Some(time), offset: None };
        check(Moment::day(date(2031, 11, 14)), "2031-11-14T00:00:00+00:00");
        check(moment(date(2026, 7, 1), time(6, 2, 0, 0)), "2026-07-01T06:02:00+01:00");
        check(moment(date(2026, 3, 29), time(1, 30, 0, 0)), "2026-03-29T01:30:00+00:00");
        check(moment(date(2026, 10, 25), time(1, 30, 0, 0)), "2026-10-25T01:30:00+01:00");
        let offset = Some(jiff::tz::offset(-5));
        check(Moment { offset, ..moment(date(2031, 11, 14), time(17, 20, 0, 0)) }, "2031-11-14T17:20:00-05:00");
    }
}
