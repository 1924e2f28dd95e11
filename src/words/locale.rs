//! Dates, numbers and lists as a language writes them.

use super::phrase::Phrase;
use crate::text::number::padded;
use jiff::civil::{Date, Time};

/// How a language writes dates, times, numbers and lists; the table `[locale]` of its file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Locale {
    /// "ltr" or "rtl"
    pub dir: &'static str,
    pub(super) months: Box<[Box<str>]>,
    pub(super) months_alone: Box<[Box<str>]>,
    pub(super) months_brief: Box<[Box<str>]>,
    pub(super) weekdays: Box<[Box<str>]>,
    pub(super) weekdays_brief: Box<[Box<str>]>,
    pub(super) first_day: Box<str>,
    pub(super) long: Phrase,
    pub(super) day_month: Phrase,
    pub(super) day_month_year: Phrase,
    pub(super) brief: Phrase,
    pub(super) month_year: Phrase,
    pub(super) brief_month_year: Phrase,
    pub(super) date_time: Phrase,
    pub(super) years: Phrase,
    pub(super) time: Phrase,
    pub(super) hour: Phrase,
    pub(super) noon: Box<str>,
    pub(super) midnight: Box<str>,
    pub(super) am: Box<str>,
    pub(super) pm: Box<str>,
    pub(super) thousands: Box<str>,
    pub(super) separator: Box<str>,
    pub(super) last: Box<str>,
    pub(super) quote: Phrase,
    pub(super) title: Phrase,
    pub(super) title_marks: Box<[Box<str>]>,
}

impl Locale {
    /// "Friday 14 November 2031"
    pub fn long(&self, date: Date) -> String {
        self.dated(&self.long, &self.months, date)
    }

    /// "14 November"
    pub fn day_month(&self, date: Date) -> String {
        self.dated(&self.day_month, &self.months, date)
    }

    /// "14 November 2031"
    pub fn day_month_year(&self, date: Date) -> String {
        self.dated(&self.day_month_year, &self.months, date)
    }

    /// "14 Nov 2031"
    pub fn brief(&self, date: Date) -> String {
        self.dated(&self.brief, &self.months_brief, date)
    }

    /// "November 2031"
    pub fn month_year(&self, date: Date) -> String {
        self.dated(&self.month_year, &self.months_alone, date)
    }

    /// "Nov 2031"
    pub fn brief_month_year(&self, date: Date) -> String {
        self.dated(&self.brief_month_year, &self.months_brief, date)
    }

    /// "November", where no day stands beside it.
    pub fn month(&self, date: Date) -> &str {
        name(&self.months_alone, date.month())
    }

    /// "Nov"; "Sept" as British papers write it.
    pub fn month_brief(&self, date: Date) -> &str {
        name(&self.months_brief, date.month())
    }

    /// Days of the week from Monday: the whole name, and what heads a column.
    pub fn weekdays(&self) -> impl Iterator<Item = (&str, &str)> {
        self.weekdays.iter().zip(&self.weekdays_brief).map(|(name, brief)| (&**name, &**brief))
    }

    /// "2029 to 2031", or "2031"; empty where there is no year.
    pub fn years(&self, first: Option<i16>, last: Option<i16>) -> String {
        match (first, last) {
            (Some(first), Some(last)) if first != last => self.range(&first.to_string(), &last.to_string()),
            (Some(year), _) | (_, Some(year)) => year.to_string(),
            (None, None) => String::new(),
        }
    }

    /// "Nov 2029 to Jan 2031", of words made by the other functions.
    pub fn range(&self, first: &str, last: &str) -> String {
        let mut out = String::with_capacity(first.len() + last.len() + 8);
        self.years.write(&mut out, |name, out| out.push_str(if name == "first" { first } else { last }));
        out
    }

    /// "Friday 14 November 2031, 5.20pm", of words made by the other functions.
    pub fn date_time(&self, date: &str, time: &str) -> String {
        let mut out = String::with_capacity(date.len() + time.len() + 8);
        self.date_time.write(&mut out, |name, out| out.push_str(if name == "date" { date } else { time }));
        out
    }

    /// "5.20pm", "5pm", "noon", "midnight"
    pub fn time(&self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        match (hour, minute) {
            (0, 0) if !self.midnight.is_empty() => return self.midnight.to_string(),
            (12, 0) if !self.noon.is_empty() => return self.noon.to_string(),
            _ => {}
        }
        let mut out = String::with_capacity(8);
        let pattern = if minute == 0 { &self.hour } else { &self.time };
        pattern.write(&mut out, |name, out| match name {
            "hour" => padded(hour.into(), 0, out),
            "hour-2" => padded(hour.into(), 2, out),
            "hour-12" => padded(((hour + 11) % 12 + 1).into(), 0, out),
            "minute" => padded(minute.into(), 2, out),
            _ => out.push_str(if hour < 12 { &self.am } else { &self.pm }),
        });
        out
    }

    /// Appends a whole number with its thousands apart: "2,108", "−1,000".
    pub fn number_to(&self, n: i64, out: &mut String) {
        if (0..1000).contains(&n) {
            return padded(n, 0, out);
        }
        let digits = n.unsigned_abs().to_string();
        if n < 0 {
            out.push('−');
        }
        for (i, digit) in digits.char_indices() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(digit);
        }
    }

    /// "2,108"
    pub fn number(&self, n: i64) -> String {
        let mut out = String::with_capacity(8);
        self.number_to(n, &mut out);
        out
    }

    /// What stands between the things of a list: ", ".
    pub fn separator(&self) -> &str {
        &self.separator
    }

    /// "A, B, C"
    pub fn joined<S: AsRef<str>>(&self, things: &[S]) -> String {
        let mut out = String::new();
        for (i, thing) in things.iter().enumerate() {
            out.push_str(if i == 0 { "" } else { &self.separator });
            out.push_str(thing.as_ref());
        }
        out
    }

    /// "A", "A and B", "A, B and C"
    pub fn listed<S: AsRef<str>>(&self, things: &[S]) -> String {
        match things {
            [before @ .., last] if !before.is_empty() => [&*self.joined(before), &*self.last, last.as_ref()].concat(),
            _ => self.joined(things),
        }
    }

    /// Words as a sentence of ours quotes them: “words”.
    pub fn quoted(&self, words: &str) -> String {
        around(&self.quote, words)
    }

    /// A headline as a citation gives it: ‘headline’.
    pub fn titled(&self, words: &str) -> String {
        around(&self.title, words)
    }

    /// The marks of [`titled`](Self::titled), and those that stand within: open, close, inner open, inner close.
    pub fn title_marks(&self) -> [char; 4] {
        let mark = |at: usize| self.title_marks.get(at).and_then(|mark| mark.chars().next()).unwrap_or('"');
        [mark(0), mark(1), mark(2), mark(3)]
    }

    fn dated(&self, pattern: &Phrase, months: &[Box<str>], date: Date) -> String {
        // Room for the longest, so that what is put behind it moves nothing.
        let mut out = String::with_capacity(40);
        pattern.write(&mut out, |place, out| match place {
            "day" if date.day() == 1 && !self.first_day.is_empty() => out.push_str(&self.first_day),
            "day" => padded(date.day().into(), 0, out),
            "day-2" => padded(date.day().into(), 2, out),
            "month" => out.push_str(name(months, date.month())),
            "month-2" => padded(date.month().into(), 2, out),
            "year" => padded(date.year().into(), 0, out),
            _ => out.push_str(name(&self.weekdays, date.weekday().to_monday_one_offset())),
        });
        out
    }
}

/// A name by its number from 1.
fn name(names: &[Box<str>], number: i8) -> &str {
    usize::try_from(number - 1).ok().and_then(|at| names.get(at)).map_or("", |name| name)
}

fn around(marks: &Phrase, words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    marks.write(&mut out, |_, out| out.push_str(words));
    out
}
