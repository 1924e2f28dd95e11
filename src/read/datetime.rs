//! Dates and times as newsroom systems print them.
//!
//! Taught by: "Nov. 20, 2019 6:02 AM EST"; "PUBLISHED: 00:01, Tue, Nov 19, 2019"; "| UPDATED: 10:43, Tue,
//! Nov 19, 2019"; "Mon 18 Nov 2019 18.54 GMT"; "November 19, 2019 / 12:21 AM / Updated 14 hours ago";
//! "Updated 1720 GMT (0120 HKT) November 14, 2031"; "2031-11-14T17:20:00Z"; "14/11/2031 17:20".

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use super::lexicon::DATES;
use crate::model::Moment;

/// What the words before a date say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// "Published", "First published".
    Published,
    /// "Updated", "Last modified on".
    Updated,
    /// Nothing.
    Unsaid,
}

/// The dates and times of one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// In the order of the line.
    pub moments: Vec<(Role, Moment)>,
    /// Where a date stands that no calendar has, in bytes of the line.
    pub unread: Vec<Range<usize>>,
    /// The last label, where no date follows it in the line.
    pub label: Option<Role>,
    /// Words that are neither date nor time nor label.
    pub other_words: usize,
    /// Whether anything in the line is a date, a time, or a stretch of time ("14 hours ago").
    pub timed: bool,
}

impl Times {
    /// Whether the line says when, and nothing else.
    pub fn only(&self) -> bool {
        self.other_words == 0 && (self.timed || self.label.is_some())
    }
}

/// Reads one date, with a time and a zone where given; the words around it do not matter.
///
/// None where there is no date, or one that no calendar has.
pub fn moment(text: &str) -> Option<Moment> {
    times(text).moments.first().map(|(_, moment)| *moment)
}

/// Finds the dates and times of a line.
///
/// Day before month in "14/11/2031", unless only the other way round is a date or an American zone stands in
/// the line. A day without a year is no date.
pub fn times(line: &str) -> Times {
    times_but(line, usize::MAX).unwrap_or_default()
}

/// What [`times`] finds in a line that says nothing but when; none where it says more.
pub(super) fn only_times(line: &str) -> Option<Times> {
    if !may_say_only_when(line) {
        return None;
    }
    times_but(line, 0).filter(Times::only)
}

/// Whether every word of a line, as far as one can see without reading its dates, may belong to a time.
///
/// Stops at the first that cannot, which in a sentence is among the first few.
fn may_say_only_when(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2);
    for word in words {
        let known = DATES.filler.has(word)
            || DATES.month(word).is_some()
            || DATES.weekdays.has(word)
            || DATES.published.has(word)
            || DATES.updated.has(word)
            || DATES.units.has(word)
            || DATES.zone(word).is_some()
            || ["noon", "midday", "midnight", "hrs"].iter().any(|w| word.eq_ignore_ascii_case(w));
        // "GMTUpdated" comes apart.
        let several = || word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase);
        if !known && !several() {
            return false;
        }
    }
    true
}

/// The dates and times of a line; none where more than so many words are neither date nor time nor label.
pub(super) fn times_but(line: &str, others: usize) -> Option<Times> {
    let tokens = tokens(line);
    let scan = Scan { tokens: &tokens, american: OnceCell::new() };
    let mut out = Times::default();
    let mut clock: Option<Clock> = None;
    let mut at = 0;
    while at < tokens.len() {
        if let Some((day, next)) = scan.date(at) {
            out.timed = true;
            match day {
                Day::On(date) => {
                    let (clock, next) = match clock.take() {
                        Some(clock) => (Some(clock), next),
                        None => scan.clock_after(next),
                    };
                    let clock = clock.unwrap_or_default();
                    let moment = Moment { date, time: clock.time, offset: clock.offset(date) };
                    out.moments.push((out.label.take().unwrap_or(Role::Unsaid), moment));
                    at = next;
                }
                Day::Impossible => {
                    out.unread.push(tokens[at].start..tokens[next - 1].end);
                    at = next;
                }
                Day::NoYear => at = next,
            }
        } else if let Some((found, next)) = scan.clock(at) {
            out.timed = true;
            clock.get_or_insert(found);
            at = next;
        } else if let Some(next) = scan.stretch(at) {
            out.timed = true;
            at = next;
        } else {
            match tokens[at].kind {
                Kind::Word(word) if DATES.published.has(word) => out.label = Some(Role::Published),
                Kind::Word(word) if DATES.updated.has(word) => out.label = Some(Role::Updated),
                Kind::Word(word) if DATES.weekdays.has(word) => out.timed = true,
                Kind::Word(word) if DATES.filler.has(word) || DATES.zone(word).is_some() => {}
                Kind::Word(_) | Kind::Number(..) => out.other_words += 1,
                Kind::Mark(_) => {}
            }
            at += 1;
            if out.other_words > others {
                return None;
            }
        }
    }
    Some(out)
}

/// Zones of a country that writes the month before the day.
const AMERICAN: &[&str] = &["et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt", "pst", "pdt"];

struct Token<'a> {
    kind: Kind<'a>,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    /// Value and count of digits.
    Number(i64, usize),
    /// Letters.
    Word(&'a str),
    Mark(char),
}

/// Numbers, words and marks; blanks fall away, and "2031Updated17:45" comes apart.
fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = line.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let same: fn(char) -> bool = if c.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if c.is_alphabetic() {
            char::is_alphabetic
        } else {
            |_| false
        };
        let mut end = start + c.len_utf8();
        while let Some((at, c)) = rest.next_if(|(at, c)| same(*c) && !glued(&line[start..*at], &line[*at..])) {
            end = at + c.len_utf8();
        }
        let words = &line[start..end];
        let kind = if c.is_ascii_digit() {
            Kind::Number(words.parse().unwrap_or(i64::MAX), words.len())
        } else if c.is_alphabetic() {
            Kind::Word(words)
        } else {
            Kind::Mark(c)
        };
        out.push(Token { kind, start, end });
    }
    out
}

/// Whether two things stand side by side without a blank: "2031|5:20 PM", "GMT|Updated", "ago|Updated".
fn glued(before: &str, after: &str) -> bool {
    if before.len() == 4 && after.starts_with(|c: char| c.is_ascii_digit()) && before.starts_with(['1', '2']) {
        // "203112 Nov 2031": the day stood twice.
        let rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let month = rest.trim_start().get(..3).is_some_and(|word| DATES.month(word).is_some());
        return rest.starts_with(':') || (month && after.len() - rest.len() <= 2);
    }
    let mut next = after.chars();
    let (Some(first), second) = (next.next(), next.next()) else { return false };
    let small = |c: char| c.is_lowercase();
    first.is_uppercase() && (before.ends_with(small) || (before.len() > 1 && second.is_some_and(small)))
}

/// A day as printed.
enum Day {
    On(Date),
    Impossible,
    NoYear,
}

/// A time of day as printed.
#[derive(Default)]
struct Clock {
    time: Option<Time>,
    zone: Option<Zone>,
}

enum Zone {
    Fixed(Offset),
    Rule(TimeZone),
}

impl Clock {
    /// The offset that the zone has on that day.
    fn offset(&self, date: Date) -> Option<Offset> {
        match (self.zone.as_ref()?, self.time) {
            (Zone::Fixed(offset), _) => Some(*offset),
            (Zone::Rule(rule), Some(time)) => rule.to_zoned(date.to_datetime(time)).ok().map(|z| z.offset()),
            (Zone::Rule(_), None) => None,
        }
    }
}

struct Scan<'t, 'a> {
    tokens: &'t [Token<'a>],
    /// Whether a zone in the line is of the United States, once somebody has asked.
    american: OnceCell<bool>,
}

impl<'a> Scan<'_, 'a> {
    fn number(&self, at: usize) -> Option<(i64, usize)> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// A number of at most two digits.
    fn small(&self, at: usize) -> Option<i64> {
        self.number(at).filter(|(_, digits)| *digits <= 2).map(|(value, _)| value)
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        match self.tokens.get(at)?.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether one of the words stands at `at`, whatever its case.
    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.iter().any(|w| word.eq_ignore_ascii_case(w)))
    }

    /// Whether a zone in the line is of the United States, where the month comes first.
    fn american(&self) -> bool {
        *self.american.get_or_init(|| (0..self.tokens.len()).any(|at| self.is(at, AMERICAN)))
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.tokens.get(at)?.kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        }
    }

    fn skip(&self, at: usize, marks: &[char]) -> usize {
        if self.mark(at).is_some_and(|c| marks.contains(&c)) { at + 1 } else { at }
    }

    /// The token follows the one before without a blank.
    fn tight(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|t| t.start == self.tokens[at - 1].end)
    }

    /// A day at `at`, and the token after it.
    fn date(&self, at: usize) -> Option<(Day, usize)> {
        self.numbers(at).or_else(|| self.day_month(at)).or_else(|| self.month_day(at)).or_else(|| self.year_month(at))
    }

    /// "2031-11-14", "14/11/2031", "14.11.2031", "14/11/31".
    fn numbers(&self, at: usize) -> Option<(Day, usize)> {
        let (first, digits) = self.number(at)?;
        let separator = self.mark(at + 1).filter(|c| matches!(c, '-' | '/' | '.'))?;
        let middle = self.small(at + 2)?;
        if self.mark(at + 3) != Some(separator) || !(at + 1..=at + 4).all(|i| self.tight(i)) {
            return None;
        }
        let (last, last_digits) = self.number(at + 4)?;
        let day = match (digits, last_digits) {
            (4, 1 | 2) => civil(first, middle, last),
            (1 | 2, 4) => self.either(last, first, middle),
            (1 | 2, 2) if separator == '/' => self.either(2000 + last, first, middle),
            _ => return None,
        };
        Some((day, at + 5))
    }

    /// Day before month, unless an American zone says otherwise or only the other way round is a date.
    fn either(&self, year: i64, first: i64, second: i64) -> Day {
        let (month, day) = if self.american() { (first, second) } else { (second, first) };
        match civil(year, month, day) {
            Day::Impossible => civil(year, day, month),
            day => day,
        }
    }

    /// "14 November 2031", "14th of Nov., 2031", "14-Nov-2031", "14 Nov".
    fn day_month(&self, at: usize) -> Option<(Day, usize)> {
        let day = self.small(at)?;
        let mut next = self.ordinal(at + 1);
        if self.is(next, &["of"]) {
            next += 1;
        }
        next = self.skip(next, &['-', '/', ' ']);
        let month = DATES.month(self.word(next)?)?;
        Some(self.year(next + 1, i64::from(month), day))
    }

    /// "November 14, 2031", "Nov. 14th 2031", "Nov 14".
    fn month_day(&self, at: usize) -> Option<(Day, usize)> {
        let month = DATES.month(self.word(at)?)?;
        let next = self.skip(at + 1, &['.']);
        let day = self.small(next)?;
        // "May 14.30" and "Nov 14:30" give a time, not a day.
        if self.mark(next + 1) == Some(':') {
            return None;
        }
        Some(self.year(self.ordinal(next + 1), i64::from(month), day))
    }

    /// "2031 Nov 14".
    fn year_month(&self, at: usize) -> Option<(Day, usize)> {
        let (year, _) = self.number(at).filter(|(_, digits)| *digits == 4)?;
        let month = DATES.month(self.word(at + 1)?)?;
        let day_at = self.skip(at + 2, &['.']);
        let day = self.small(day_at)?;
        Some((civil(year, i64::from(month), day), day_at + 1))
    }

    /// The year after a day and month, where there is one.
    fn year(&self, at: usize, month: i64, day: i64) -> (Day, usize) {
        let mut next = at;
        for _ in 0..2 {
            next = self.skip(next, &['.', ',', '-', '/']);
        }
        match self.number(next) {
            Some((year, 4)) if !self.clock_follows(next) => (civil(year, month, day), next + 1),
            _ => (if civil_day(2000, month, day).is_some() { Day::NoYear } else { Day::Impossible }, at),
        }
    }

    /// "Nov 14, 1720 GMT" gives a time where the year would stand.
    fn clock_follows(&self, at: usize) -> bool {
        self.number(at).is_some_and(|(value, _)| !(1500..2400).contains(&value))
            && (self.zone(at + 1).is_some() || self.is(at + 1, &["hrs"]))
    }

    fn ordinal(&self, at: usize) -> usize {
        if self.tight(at) && self.is(at, &["st", "nd", "rd", "th"]) { at + 1 } else { at }
    }

    /// A time after a date, over a comma, "at", "T", a stroke or a dash.
    fn clock_after(&self, at: usize) -> (Option<Clock>, usize) {
        for next in at..at + 3 {
            if let Some((clock, next)) = self.clock(next) {
                return (Some(clock), next);
            }
            let passes = matches!(self.mark(next), Some(',' | '/' | '|' | '-' | '–' | '—' | '•' | '·'))
                || self.is(next, &["at", "t"]);
            if !passes {
                break;
            }
        }
        (None, at)
    }

    /// "6:02 AM EST", "18.54 GMT", "17:20:00.5+01:00", "5pm", "1720 GMT", "17h20", "noon".
    fn clock(&self, at: usize) -> Option<(Clock, usize)> {
        if self.is(at, &["noon", "midday", "midnight"]) {
            let hour = if self.is(at, &["midnight"]) { 0 } else { 12 };
            let (zone, next) = self.zone(at + 1).map_or((None, at + 1), |(z, next)| (Some(z), next));
            return Some((Clock { time: Time::new(hour, 0, 0, 0).ok(), zone }, next));
        }
        let (value, digits) = self.number(at)?;
        let (mut hour, mut minute, mut second) = (value, 0, 0);
        let mut next = at + 1;
        let mut sure = false;
        if digits == 4 {
            (hour, minute) = (value / 100, value % 100);
            sure = false;
        } else if digits <= 2
            && let Some(separator @ (':' | '.')) = self.mark(next)
            && let Some((value, 2)) = self.number(next + 1)
            && self.tight(next)
            && self.tight(next + 1)
        {
            minute = value;
            next += 2;
            // "18.54" is a time; "3.38" may be a price.
            sure = separator == ':' || digits == 2;
            if self.mark(next) == Some(separator)
                && let Some((value, 2)) = self.number(next + 1)
            {
                second = value;
                next += 2;
                if self.mark(next) == Some('.') && self.tight(next + 1) && self.number(next + 1).is_some() {
                    next += 2;
                }
            }
        } else if digits <= 2
            && self.is(next, &["h"])
            && let Some((value, 2)) = self.number(next + 1)
        {
            (minute, sure) = (value, true);
            next += 2;
        } else if digits > 2 {
            return None;
        }
        if let Some((afternoon, after)) = self.half(next)
            && digits <= 2
            && (1..=12).contains(&hour)
        {
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            (next, sure) = (after, true);
        }
        if self.is(next, &["hrs"]) {
            (next, sure) = (next + 1, true);
        }
        let zone = if sure || digits == 4 { self.zone(next) } else { None };
        sure |= zone.is_some();
        let (zone, next) = zone.map_or((None, next), |(zone, next)| (Some(zone), next));
        let part = |value: i64| i8::try_from(value).ok();
        let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok().filter(|_| sure)?;
        Some((Clock { time: Some(time), zone }, next))
    }

    /// "am", "p.m."; whether it is the second half of the day.
    fn half(&self, at: usize) -> Option<(bool, usize)> {
        if self.is(at, &["am", "pm"]) {
            return Some((self.is(at, &["pm"]), at + 1));
        }
        let parted = self.is(at, &["a", "p"]) && self.mark(at + 1) == Some('.') && self.is(at + 2, &["m"]);
        parted.then(|| (self.is(at, &["p"]), self.skip(at + 3, &['.'])))
    }

    /// "GMT", "(BST)", "Z", "+01:00", "+0100", "UTC+1", "ET".
    fn zone(&self, at: usize) -> Option<(Zone, usize)> {
        if self.mark(at) == Some('(') {
            let (zone, next) = self.zone(at + 1)?;
            return (self.mark(next) == Some(')')).then_some((zone, next + 1));
        }
        if let Some(zone) = self.numeric_zone(at) {
            return Some(zone);
        }
        let name = self.word(at)?;
        let value = DATES.zone(name)?;
        if self.is(at, &["gmt", "utc"])
            && let Some(zone) = self.numeric_zone(at + 1)
        {
            return Some(zone);
        }
        Some((zone_of(value)?, at + 1))
    }

    fn numeric_zone(&self, at: usize) -> Option<(Zone, usize)> {
        let sign = match self.mark(at)? {
            '+' => 1,
            '-' | '−' if self.tight(at) && self.tight(at + 1) => -1,
            _ => return None,
        };
        let (value, digits) = self.number(at + 1)?;
        let (hours, minutes, next) = match digits {
            4 => (value / 100, value % 100, at + 2),
            1 | 2 => match (self.mark(at + 2), self.small(at + 3)) {
                (Some(':'), Some(minutes)) => (value, minutes, at + 4),
                _ => (value, 0, at + 2),
            },
            _ => return None,
        };
        let seconds = i32::try_from(sign * (hours * 3600 + minutes * 60)).ok()?;
        Some((Zone::Fixed(Offset::from_seconds(seconds).ok()?), next))
    }

    /// "14 hours", "5 mins", of "Updated 14 hours ago"; says when, if vaguely.
    fn stretch(&self, at: usize) -> Option<usize> {
        self.number(at)?;
        DATES.units.has(self.word(at + 1)?).then_some(at + 2)
    }
}

fn zone_of(value: &str) -> Option<Zone> {
    let Some((hours, minutes)) = value.split_once(':') else {
        return TimeZone::posix(value).ok().map(Zone::Rule);
    };
    let hours: i32 = hours.parse().ok()?;
    let minutes: i32 = minutes.parse().ok()?;
    let sign = if value.starts_with('-') { -1 } else { 1 };
    Offset::from_seconds(hours * 3600 + sign * minutes * 60).ok().map(Zone::Fixed)
}

fn civil(year: i64, month: i64, day: i64) -> Day {
    civil_day(year, month, day).map_or(Day::Impossible, Day::On)
}

fn civil_day(year: i64, month: i64, day: i64) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    // News is not older than print.
    Date::new(i16::try_from(year).ok()?, month, day).ok().filter(|_| (1600..=2999).contains(&year))
}

#[cfg(test)]
mod tests;
