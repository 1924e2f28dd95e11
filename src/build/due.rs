//! What the clock holds back. Articles are read as if there were none: what was read serves whatever the time is.

use crate::config::Settings;
use crate::model::{Furniture, Moment};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};

/// When an article is to be seen, as it says itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Window {
    published: Option<Moment>,
    embargo: Option<Moment>,
    expires: Option<Moment>,
}

/// A moment at which an article appears or disappears.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// When.
    pub at: Timestamp,
    /// Path of the article from the site's root.
    pub path: Box<str>,
    /// What becomes of it.
    pub turn: Turn,
}

/// What becomes of an article at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It is dated so.
    Dated,
    /// Its embargo ends.
    Embargo,
    /// It expires.
    Expires,
}

/// When the site must be built next.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    /// The moment from which is looked; none where no clock holds anything back.
    pub now: Option<Timestamp>,
    /// When articles appear and disappear, those of the past included; sorted.
    pub dues: Vec<Due>,
}

impl Agenda {
    /// What becomes due at the next moment at which anything does.
    pub fn next(&self) -> &[Due] {
        let Some(now) = self.now else { return &[] };
        let coming = &self.dues[self.dues.partition_point(|due| due.at <= now)..];
        let first = coming.first().map(|due| due.at);
        &coming[..coming.iter().take_while(|due| Some(due.at) == first).count()]
    }
}

impl Turn {
    /// What is said of the article: "is published", "embargo ends", "expires".
    pub fn words(self) -> &'static str {
        match self {
            Self::Dated => "is published",
            Self::Embargo => "embargo ends",
            Self::Expires => "expires",
        }
    }
}

impl Window {
    pub(super) fn of(furniture: &Furniture) -> Self {
        Self { published: furniture.published, embargo: furniture.embargo, expires: furniture.expires }
    }

    /// The moments of one article: the later of date and embargo, and the expiry.
    pub(super) fn turns(self, path: &str, zone: &TimeZone) -> Vec<Due> {
        let due = |moment: Option<Moment>, turn| Some(Due { at: timestamp(moment?, zone), path: path.into(), turn });
        let appears = due(self.published, Turn::Dated).max(due(self.embargo, Turn::Embargo));
        appears.into_iter().chain(due(self.expires, Turn::Expires)).collect()
    }
}

/// The turn that holds an article back at a moment; none where it is to be seen.
pub(super) fn holds_back(turns: &[Due], now: Timestamp) -> Option<&Due> {
    turns.iter().find(|due| match due.turn {
        Turn::Dated | Turn::Embargo => now < due.at,
        Turn::Expires => due.at <= now,
    })
}

/// The zone of moments that give none.
pub(super) fn zone(settings: &Settings) -> TimeZone {
    TimeZoneDatabase::bundled().get(&settings.site.timezone).unwrap_or(TimeZone::UTC)
}

/// A moment on the world's clock: that of its own offset, or of the site's zone; a day begins at midnight.
///
/// The clock ends a day before the calendar does, at either end: a moment beyond it is its first or its last. An
/// embargo until 9999-12-31 never ends.
pub(super) fn timestamp(moment: Moment, zone: &TimeZone) -> Timestamp {
    let local = moment.date.to_datetime(moment.time.unwrap_or(jiff::civil::Time::midnight()));
    let end = if moment.date.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    moment.offset_in(zone).to_timestamp(local).unwrap_or(end)
}

/// The stretch of time over which nothing appears or disappears, from its first second to before its last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Calm {
    since: Option<i64>,
    until: Option<i64>,
}

impl Calm {
    /// The stretch around `now`; without a clock all time is calm.
    pub(super) fn around(dues: &[Due], now: Option<Timestamp>) -> Self {
        let Some(now) = now else { return Self::default() };
        let seconds = |due: &Due| due.at.as_second();
        Self {
            since: dues.iter().filter(|due| due.at <= now).map(seconds).max(),
            until: dues.iter().filter(|due| due.at > now).map(seconds).min(),
        }
    }

    /// Whether the stretch holds a moment.
    pub(super) fn holds(self, now: Option<Timestamp>) -> bool {
        let Some(now) = now.map(Timestamp::as_second) else { return self == Self::default() };
        self.since.is_none_or(|since| since <= now) && self.until.is_none_or(|until| now < until)
    }
}
