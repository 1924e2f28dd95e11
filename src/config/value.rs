//! Values of a settings file: their words, their places, their kinds.

use crate::model::Moment;
use crate::text::{FileSpan, line};
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use std::borrow::Cow;
use toml::de::DeValue;
use toml::value::Datetime;

/// A string and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'s> {
    /// The string, escapes resolved; may be empty.
    pub words: Cow<'s, str>,
    /// Where it stands in the file, its quotation marks included.
    pub span: FileSpan,
    /// Where its characters stand in the file, quotation marks left out.
    ///
    /// As long as `words` exactly where the file holds them unescaped.
    pub inside: FileSpan,
}

impl<'s> Text<'s> {
    /// Finds the characters between the quotation marks at `span` of `text`.
    pub(super) fn new(words: Cow<'s, str>, span: FileSpan, text: &str) -> Self {
        let raw = span.of(text);
        let mark = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|m| raw.starts_with(m)).map_or(0, str::len);
        let mut start = mark.min(raw.len());
        // TOML drops the line end right behind an opening triple mark.
        if mark == 3 {
            let body = raw.get(start..).unwrap_or_default();
            start += if body.starts_with("\r\n") { 2 } else { usize::from(body.starts_with('\n')) };
        }
        let end = raw.len().saturating_sub(mark).max(start);
        let at = span.start as usize;
        Self { words, span, inside: FileSpan::new(at + start, at + end) }
    }

    /// The string as one line: white space collapsed, control characters and turns of direction left out; may be empty.
    pub fn line(&self) -> String {
        line(&self.words)
    }

    /// [`Text::line`] boxed; none where nothing is left.
    pub fn filled(&self) -> Option<Box<str>> {
        Some(self.line()).filter(|line| !line.is_empty()).map(Into::into)
    }
}

/// What a value is, in the words of a message.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The day, time and offset that a TOML date gives; none for a time without a day.
pub(super) fn moment(value: &Datetime) -> Option<Moment> {
    let date = value.date?;
    let date =
        Date::new(i16::try_from(date.year).ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?).ok()?;
    let time = match value.time {
        // A leap second is the second before it: no clock of ours can show it.
        Some(time) => Some(
            Time::new(
                time.hour.try_into().ok()?,
                time.minute.try_into().ok()?,
                time.second.unwrap_or(0).min(59).try_into().ok()?,
                0,
            )
            .ok()?,
        ),
        None => None,
    };
    let offset = match value.offset {
        Some(toml::value::Offset::Z) => Some(Offset::UTC),
        Some(toml::value::Offset::Custom { minutes }) => Some(Offset::from_seconds(i32::from(minutes) * 60).ok()?),
        None => None,
    };
    Some(Moment { date, time, offset })
}

/// A date written as a string: the forms of TOML, and a blank in place of the `T`.
pub(super) fn moment_of(words: &str) -> Option<Moment> {
    moment(&words.trim().parse::<Datetime>().ok()?)
}

/// Which end of a year or a month a day is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// "2030" is 1 January 2030.
    First,
    /// "2030" is 31 December 2030.
    Last,
}

/// A day from `2030`, `2030-03` or `2030-03-14`.
pub(super) fn day_of(words: &str, edge: Edge) -> Option<Date> {
    let words = words.trim();
    if let Some(moment) = moment_of(words) {
        return Some(moment.date);
    }
    let (year, month) = match words.split_once('-') {
        Some((year, month)) => (year, Some(month)),
        None => (words, None),
    };
    let number = |digits: &str, len: usize| {
        let plain = digits.len() == len && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse::<i16>().ok() } else { None }
    };
    let year = number(year, 4)?;
    let month = match month {
        Some(month) => i8::try_from(number(month, 2)?).ok()?,
        None if edge == Edge::First => 1,
        None => 12,
    };
    let first = Date::new(year, month, 1).ok()?;
    Some(if edge == Edge::First { first } else { first.last_of_month() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_may_be_years_or_months() {
        let check = |words: &str, edge: Edge, expected: Option<&str>| {
            assert_eq!(day_of(words, edge).map(|d| d.to_string()).as_deref(), expected, "{words}");
        };
        check("2030-03-14", Edge::First, Some("2030-03-14"));
        check("2030-03", Edge::First, Some("2030-03-01"));
        check("2030-02", Edge::Last, Some("2030-02-28"));
        check("2030", Edge::First, Some("2030-01-01"));
        check("2030", Edge::Last, Some("2030-12-31"));
        check("2030-13", Edge::Last, None);
        check("2030-3", Edge::Last, None);
        check("30", Edge::First, None);
        check("March 2030", Edge::First, None);
        check("", Edge::First, None);
    }

    #[test]
    fn moments_keep_what_was_given() {
        let check = |words: &str, expected: Option<&str>| {
            let shown = moment_of(words).map(|m| {
                let time = m.time.map_or_else(String::new, |t| format!(" {t}"));
                let offset = m.offset.map_or_else(String::new, |o| format!(" {o}"));
                format!("{}{time}{offset}", m.date)
            });
            assert_eq!(shown.as_deref(), expected, "{words}");
        };
        check("2031-11-14", Some("2031-11-14"));
        check(" 2031-11-14 17:20 ", Some("2031-11-14 17:20:00"));
        check("2031-11-14T17:20:05.25Z", Some("2031-11-14 17:20:05 +00"));
        check("2031-11-14T17:20:60+01:30", Some("2031-11-14 17:20:59 +01:30"));
        check("17:20", None);
        check("2031-02-29", None);
        check("14 November 2031", None);
    }

    #[test]
    fn lines_are_collapsed_and_clean() {
        let check = |words: &str, expected: &str| assert_eq!(line(words), expected);
        check("  a\n\tb  c\u{0} ", "a b c");
        check("a \u{7} b", "a b");
        check("\u{1b}[31m", "[31m");
        check(" \n ", "");
    }
}
