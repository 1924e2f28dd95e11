//! The moment for which a site is built.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// `--now`, for every verb that looks at a site.
#[derive(Debug, clap::Args)]
pub(super) struct Clock {
    /// The moment for which to build, such as 2031-11-14T09:00:00Z: what is dated later, under embargo or
    /// expired is held back; else the `now` of site.toml, SOURCE_DATE_EPOCH, or the present
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(super) now: Option<Timestamp>,
}

/// The present, unless the environment says otherwise, as for all builds that can be repeated.
///
/// SOURCE_DATE_EPOCH: reproducible-builds.org/specs/source-date-epoch, in seconds.
pub(super) fn present() -> Timestamp {
    let given = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    given.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now)
}

/// A moment with its offset, or a day, which begins at midnight in UTC.
pub(super) fn moment(given: &str) -> Result<Timestamp, String> {
    let day = || given.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    given.parse().ok().or_else(day).ok_or_else(|| "write 2031-11-14T09:00:00Z, or a day".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_days() {
        let check = |given: &str, expected: Option<&str>| {
            assert_eq!(moment(given).ok().map(|at| at.to_string()).as_deref(), expected, "{given}");
        };
        check("2031-11-14T09:00:00Z", Some("2031-11-14T09:00:00Z"));
        check("2031-11-14T09:00:00+01:00", Some("2031-11-14T08:00:00Z"));
        check("2031-11-14", Some("2031-11-14T00:00:00Z"));
        check("tomorrow", None);
        check("", None);
    }
}
