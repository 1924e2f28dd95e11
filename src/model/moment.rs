use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// A date, with as much of the time as the copy gave.
///
/// The day is the one printed; nothing is shifted to another zone.
/// Taught by: "Nov. 20, 2019 6:02 AM EST", "Mon 18 Nov 2019 18.54 GMT", "2031-11-14".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of day, to the minute or second, where given.
    pub time: Option<Time>,
    /// The offset from UTC, where a zone was given; the site's zone is meant otherwise.
    pub offset: Option<Offset>,
}

impl Moment {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }
}
