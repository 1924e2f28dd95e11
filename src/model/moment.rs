use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

    /// The offset from UTC: its own, or that of `zone` at that time (at midnight where no time is known).
    ///
    /// In an hour that clocks skip or repeat the offset before the change is meant, as in RFC 5545 §3.3.5.
    pub fn offset_in(self, zone: &TimeZone) -> Offset {
        let local = self.date.to_datetime(self.time.unwrap_or(Time::midnight()));
        self.offset.unwrap_or_else(|| match zone.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset,
            AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
        })
    }
}

/// A moment as plain numbers: compact, and quick to read back.
type Numbers = ((i16, i8, i8), Option<(i8, i8, i8, i32)>, Option<i32>);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let date = (self.date.year(), self.date.month(), self.date.day());
        let time = self.time.map(|at| (at.hour(), at.minute(), at.second(), at.subsec_nanosecond()));
        let numbers: Numbers = (date, time, self.offset.map(Offset::seconds));
        numbers.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ((year, month, day), time, offset) = Numbers::deserialize(deserializer)?;
        let date = Date::new(year, month, day).map_err(D::Error::custom)?;
        let time = time.map(|(hour, minute, second, nanos)| Time::new(hour, minute, second, nanos));
        Ok(Self {
            date,
            time: time.transpose().map_err(D::Error::custom)?,
            offset: offset.map(Offset::from_seconds).transpose().map_err(D::Error::custom)?,
        })
    }
}
