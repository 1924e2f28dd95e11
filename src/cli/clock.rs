//! The moment for which a site is built.

use crate::model::Moment;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

/// `--now`, for every verb that looks at a site.
#[derive(Debug, clap::Args)]
pub(super) struct Clock {
    /// The moment for which to build, such as 2031-11-14T09:00:00Z, or a day, which begins in the site's own zone:
    /// what is dated later, under embargo or expired is held back; else the `now` of site.toml,
    /// SOURCE_DATE_EPOCH, or the present
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    now: Option<Moment>,
    #[command(flatten)]
    present: Present,
}

impl Clock {
    /// The moment that was asked for.
    pub(super) fn now(&self) -> Option<Moment> {
        self.now
    }

    /// The present.
    pub(super) fn present(&self) -> Timestamp {
        self.present.present()
    }
}

/// The present, unless the environment says otherwise, as for all builds that can be repeated.
#[derive(Debug, clap::Args)]
pub(super) struct Present {
    /// reproducible-builds.org/specs/source-date-epoch, in seconds; what is malformed must stop a build.
    #[arg(long, env = "SOURCE_DATE_EPOCH", hide = true, value_parser = epoch)]
    source_date_epoch: Option<Epoch>,
}

/// A moment of the environment; none where the variable is empty.
#[derive(Clone, Copy, Debug)]
struct Epoch(Option<Timestamp>);

impl Present {
    pub(super) fn present(&self) -> Timestamp {
        self.source_date_epoch.and_then(|Epoch(given)| given).unwrap_or_else(Timestamp::now)
    }
}

fn epoch(given: &str) -> Result<Epoch, String> {
    if given.is_empty() {
        return Ok(Epoch(None));
    }
    let seconds = given.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    seconds.map(|at| Epoch(Some(at))).ok_or_else(|| "SOURCE_DATE_EPOCH is a number of seconds since 1970".to_owned())
}

/// A moment with its offset, or a day.
pub(super) fn moment(given: &str) -> Result<Moment, String> {
    if let Ok(at) = given.parse::<Timestamp>() {
        let local: DateTime = at.to_zoned(TimeZone::UTC).datetime();
        return Ok(Moment { date: local.date(), time: Some(local.time()), offset: Some(Offset::UTC) });
    }
    given.parse::<Date>().map(Moment::day).map_err(|_| "write 2031-11-14T09:00:00Z, or a day".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_days() {
        let check = |given: &str, expected: Option<&str>| {
            let shown = |at: Moment| match at.time {
                Some(time) => format!("{}T{time}Z", at.date),
                None => at.date.to_string(),
            };
            assert_eq!(moment(given).ok().map(shown).as_deref(), expected, "{given}");
        };
        check("2031-11-14T09:00:00Z", Some("2031-11-14T09:00:00Z"));
        check("2031-11-14T09:00:00+01:00", Some("2031-11-14T08:00:00Z"));
        check("2031-11-14", Some("2031-11-14"));
        check("tomorrow", None);
        check("", None);
    }
}
