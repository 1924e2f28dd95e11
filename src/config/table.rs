//! Strict TOML tables: every key is asked for by name, every fault is collected with its place.
//!
//! Used by `site.toml`, by front matter and by people files. A value comes out only where the whole
//! table is without fault; otherwise all the faults do, and none of them twice.

use super::value::{day_of, kind, moment, moment_of};
use super::{Edge, Key, Text};
use crate::diag::{Code, Diagnostic, Noted, codes};
use crate::model::Moment;
use crate::text::FileSpan;
use jiff::civil::Date;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// Faults listed for one file; the rest are counted.
///
/// Finding a line and column takes a walk through the file, so the list must not grow with it.
const LISTED: usize = 40;

/// A stretch of a file that is TOML, and what becomes of the file when it is faulty.
#[derive(Clone, Debug)]
pub struct Sheet<'s> {
    /// Path from the site's root.
    pub path: &'s str,
    /// The whole file.
    pub text: &'s str,
    /// The bytes of `text` that are TOML.
    pub toml: Range<usize>,
    /// What a reader calls it: "site.toml", "front matter".
    pub name: &'static str,
    /// The code for text that is not TOML.
    pub broken: Code,
    /// What we do about any fault: "the article is left out".
    pub note: &'static str,
    /// Keys that nothing here knows but people type, each with what to do instead.
    pub explained: &'static [(&'static str, &'static str)],
}

impl<'s> Sheet<'s> {
    /// Parses the TOML and lets `read` take its keys.
    ///
    /// The value comes back only where nothing was at fault. Notes `key-unknown` for keys that `read`
    /// did not ask for, `key-twice`, `value-type`, whatever `read` itself refuses, and the sheet's
    /// own code where the text is not TOML; at most 40 faults are listed and the rest are counted.
    pub fn read<T>(&self, read: impl FnOnce(&mut Table<'s>) -> T) -> Noted<Option<T>> {
        let toml = self.text.get(self.toml.clone()).unwrap_or_default();
        let (document, errors) = DeTable::parse_recoverable(toml);
        if !errors.is_empty() {
            return Noted::new(None, self.report(self.parse_faults(&errors)));
        }
        let mut table = Table::new(self, self.name.to_owned(), document.into_inner());
        let value = read(&mut table);
        let faults = table.close();
        let clean = faults.is_empty();
        Noted::new(clean.then_some(value), self.report(faults))
    }

    /// Parse errors as faults, the first of each line: the others on a line follow from it.
    fn parse_faults(&self, errors: &[toml::de::Error]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut last_end = None;
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let start = (self.toml.start + span.start).min(self.toml.end);
            if last_end.is_some_and(|end| start <= end) {
                continue;
            }
            let rest = self.text.get(start..self.toml.end).unwrap_or_default();
            last_end = Some(start + rest.find('\n').unwrap_or(rest.len()));
            let end = (self.toml.start + span.end).min(self.toml.end);
            faults.push(Fault {
                code: self.broken,
                span: FileSpan::new(start, end),
                message: format!("{} is not TOML: {}", self.name, error.message()),
                label: "from here on it cannot be read".to_owned(),
                help: Some("a line is `key = value`: text in quotation marks, dates and numbers without".to_owned()),
            });
        }
        faults
    }

    /// Turns faults into diagnostics, in the order of the file.
    fn report(&self, mut faults: Vec<Fault>) -> Vec<Diagnostic> {
        faults.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        let more = faults.len().saturating_sub(LISTED);
        let mut out = Vec::with_capacity(faults.len().min(LISTED + 1));
        for fault in faults.drain(..).take(LISTED) {
            let mut one = Diagnostic::new(fault.code, self.path, fault.message)
                .at(self.text, fault.span, fault.label)
                .note(self.note);
            one.help = fault.help;
            out.push(one);
        }
        if let Some(code) = out.last().map(|d| d.code).filter(|_| more > 0) {
            out.push(Diagnostic::new(code, self.path, format!("{more} more faults in {} are not listed", self.name)));
        }
        out
    }
}

/// One fault, before its line has been looked up.
#[derive(Debug)]
struct Fault {
    code: Code,
    span: FileSpan,
    message: String,
    label: String,
    help: Option<String>,
}

/// A table whose keys are taken one by one; what is left at the end is unknown.
#[derive(Debug)]
pub struct Table<'s> {
    text: &'s str,
    start: usize,
    /// "front matter", "`[[photos]]`"
    name: String,
    explained: &'static [(&'static str, &'static str)],
    entries: DeTable<'s>,
    /// First spellings of the keys asked for, in order; what a help line may offer.
    asked: Vec<&'static Key>,
    faults: Vec<Fault>,
}

/// A key's value as found.
struct Found<'s> {
    /// The spelling used.
    name: &'static str,
    value: DeValue<'s>,
    /// Where the value stands.
    span: FileSpan,
}

impl<'s> Table<'s> {
    fn new(sheet: &Sheet<'s>, name: String, entries: DeTable<'s>) -> Self {
        Self {
            text: sheet.text,
            start: sheet.toml.start,
            name,
            explained: sheet.explained,
            entries,
            asked: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Text.
    pub fn text(&mut self, key: &'static Key) -> Option<Text<'s>> {
        let found = self.take(key)?;
        match found.value {
            DeValue::String(words) => Some(Text::new(words, found.span, self.text)),
            other => self.wrong(key, found.name, "text", &other, found.span),
        }
    }

    /// A list of texts; absent is empty.
    pub fn texts(&mut self, key: &'static Key) -> Vec<Text<'s>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        match found.value {
            DeValue::Array(list) => self.list(key, found.name, list),
            other => {
                self.wrong::<()>(key, found.name, "a list of texts", &other, found.span);
                Vec::new()
            }
        }
    }

    /// One text, or a list of them; absent is empty.
    pub fn text_or_texts(&mut self, key: &'static Key) -> Vec<Text<'s>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        match found.value {
            DeValue::String(words) => vec![Text::new(words, found.span, self.text)],
            DeValue::Array(list) => self.list(key, found.name, list),
            other => {
                self.wrong::<()>(key, found.name, "text or a list of texts", &other, found.span);
                Vec::new()
            }
        }
    }

    fn list(&mut self, key: &'static Key, name: &'static str, list: DeArray<'s>) -> Vec<Text<'s>> {
        let mut out = Vec::with_capacity(list.len());
        for item in list {
            let span = self.span(&item);
            match item.into_inner() {
                DeValue::String(words) => out.push(Text::new(words, span, self.text)),
                other => {
                    self.wrong::<()>(key, name, "a list of texts", &other, span);
                }
            }
        }
        out
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static Key) -> Option<bool> {
        let found = self.take(key)?;
        match found.value {
            DeValue::Boolean(value) => Some(value),
            other => self.wrong(key, found.name, "true or false", &other, found.span),
        }
    }

    /// A whole number within a range.
    pub fn whole(&mut self, key: &'static Key, range: RangeInclusive<u32>) -> Option<u32> {
        let found = self.take(key)?;
        let DeValue::Integer(value) = &found.value else {
            return self.wrong(key, found.name, "a whole number", &found.value, found.span);
        };
        let value = i64::from_str_radix(value.as_str(), value.radix()).ok().and_then(|v| u32::try_from(v).ok());
        value.filter(|v| range.contains(v)).or_else(|| {
            self.outside(
                key,
                found.name,
                &format!("a whole number from {} to {}", range.start(), range.end()),
                found.span,
            )
        })
    }

    /// A number within a range.
    pub fn number(&mut self, key: &'static Key, range: RangeInclusive<f32>) -> Option<f32> {
        let found = self.take(key)?;
        let digits = match &found.value {
            DeValue::Float(value) => value.as_str().to_owned(),
            DeValue::Integer(value) if value.radix() == 10 => value.as_str().to_owned(),
            other => return self.wrong(key, found.name, "a number", other, found.span),
        };
        digits.parse().ok().filter(|v| range.contains(v)).or_else(|| {
            self.outside(key, found.name, &format!("a number from {} to {}", range.start(), range.end()), found.span)
        })
    }

    /// A date, with or without time and offset; a TOML date or a string of the same form.
    pub fn moment(&mut self, key: &'static Key) -> Option<Moment> {
        let found = self.take(key)?;
        let read = match &found.value {
            DeValue::Datetime(value) => moment(value),
            DeValue::String(words) => moment_of(words),
            other => return self.wrong(key, found.name, "a date", other, found.span),
        };
        read.or_else(|| self.outside(key, found.name, "a date of the calendar, year first", found.span))
    }

    /// A day and where it stands; a year or a month alone stands for its first or last day.
    pub fn day(&mut self, key: &'static Key, edge: Edge) -> Option<(Date, FileSpan)> {
        let found = self.take(key)?;
        let read = match &found.value {
            DeValue::Datetime(value) => moment(value).map(|m| m.date),
            DeValue::String(words) => day_of(words, edge),
            DeValue::Integer(year) => day_of(year.as_str(), edge),
            other => return self.wrong(key, found.name, "a date", other, found.span),
        };
        match read {
            Some(day) => Some((day, found.span)),
            None => self.outside(key, found.name, "a date of the calendar, year first", found.span),
        }
    }

    /// A table inside this one, `[taxonomies]`.
    pub fn inner<T>(&mut self, key: &'static Key, read: impl FnOnce(&mut Table<'s>) -> T) -> Option<T> {
        let found = self.take(key)?;
        match found.value {
            DeValue::Table(entries) => Some(self.within(format!("`[{}]`", found.name), entries, read)),
            other => {
                let help = format!("write `[{}]` on a line of its own and its keys below", found.name);
                self.refuse_as(found.name, "a table", &other, found.span, help);
                None
            }
        }
    }

    /// A list of tables, `[[photos]]`; absent is empty.
    pub fn each<T>(&mut self, key: &'static Key, mut read: impl FnMut(&mut Table<'s>) -> T) -> Vec<T> {
        let Some(found) = self.take(key) else { return Vec::new() };
        let name = found.name;
        let help = format!("write `[[{name}]]` on a line of its own and its keys below, once for each");
        let DeValue::Array(list) = found.value else {
            self.refuse_as(name, "a list of tables", &found.value, found.span, help);
            return Vec::new();
        };
        let mut out = Vec::with_capacity(list.len());
        for item in list {
            let span = self.span(&item);
            match item.into_inner() {
                DeValue::Table(entries) => out.push(self.within(format!("`[[{name}]]`"), entries, &mut read)),
                other => self.refuse_as(name, "a list of tables", &other, span, help.clone()),
            }
        }
        out
    }

    fn within<T>(&mut self, name: String, entries: DeTable<'s>, read: impl FnOnce(&mut Table<'s>) -> T) -> T {
        let mut table = Table {
            text: self.text,
            start: self.start,
            name,
            explained: &[],
            entries,
            asked: Vec::new(),
            faults: Vec::new(),
        };
        let value = read(&mut table);
        self.faults.extend(table.close());
        value
    }

    /// Takes a key without looking at its value: the user's own.
    pub fn leave(&mut self, name: &str) {
        self.entries.remove(name);
    }

    /// Says that a value is of the right type and still cannot be used.
    pub fn refuse(&mut self, code: Code, span: FileSpan, message: impl Into<String>, help: impl Into<String>) {
        self.fault(code, span, message.into(), "given here".to_owned(), Some(help.into()));
    }

    /// Says that a key this table needs is absent; points at the head of the sheet.
    pub fn missing(&mut self, key: &'static Key) {
        let message = format!("{} has no `{}`, {}", self.name, key.name(), key.about);
        let at = self.entry_start();
        let help = format!("write `{} = {}`", key.name(), key.example);
        self.fault(codes::VALUE_TYPE, FileSpan::at(at), message, "missing here".to_owned(), Some(help));
    }

    /// The first byte of what is left of the table, or of the sheet.
    fn entry_start(&self) -> usize {
        self.start + self.entries.keys().map(|k| k.span().start).min().unwrap_or(0)
    }

    /// Removes the key's value, whichever spelling it has; two spellings are a fault.
    fn take(&mut self, key: &'static Key) -> Option<Found<'s>> {
        self.asked.push(key);
        let mut first: Option<Found<'s>> = None;
        for &name in key.names {
            let Some((written, value)) = self.entries.remove_entry(name) else { continue };
            let span = self.span(&value);
            match &first {
                None => first = Some(Found { name, value: value.into_inner(), span }),
                Some(kept) => {
                    let message = format!("`{}` and `{name}` are two spellings of one key", kept.name);
                    let help = format!("keep `{}` and take the other out", key.name());
                    let at = self.shift(written.span());
                    self.fault(codes::KEY_TWICE, at, message, "given once more".to_owned(), Some(help));
                }
            }
        }
        first
    }

    fn wrong<T>(
        &mut self,
        key: &'static Key,
        name: &str,
        wanted: &str,
        found: &DeValue<'_>,
        span: FileSpan,
    ) -> Option<T> {
        self.refuse_as(name, wanted, found, span, format!("write `{name} = {}`", key.example));
        None
    }

    fn refuse_as(&mut self, name: &str, wanted: &str, found: &DeValue<'_>, span: FileSpan, help: String) {
        let found = kind(found);
        let message = format!("`{name}` wants {wanted} and was given {found}");
        self.fault(codes::VALUE_TYPE, span, message, found.to_owned(), Some(help));
    }

    fn outside<T>(&mut self, key: &'static Key, name: &str, wanted: &str, span: FileSpan) -> Option<T> {
        let message = format!("`{name}` wants {wanted}");
        let help = format!("write `{name} = {}`", key.example);
        self.fault(codes::VALUE_TYPE, span, message, "given here".to_owned(), Some(help));
        None
    }

    fn fault(&mut self, code: Code, span: FileSpan, message: String, label: String, help: Option<String>) {
        self.faults.push(Fault { code, span, message, label, help });
    }

    /// What is left is unknown.
    fn close(mut self) -> Vec<Fault> {
        let left = std::mem::take(&mut self.entries);
        let mut keys: Vec<_> = left.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        for (i, key) in keys.into_iter().enumerate() {
            let span = self.shift(key.span());
            let name = key.get_ref().as_ref();
            let message = format!("`{}` is not a key of {}", shown(name), self.name);
            // Looking for the nearest key is the dear part, and only so many are listed.
            let help = if i < LISTED { self.offer(name) } else { None };
            self.fault(codes::KEY_UNKNOWN, span, message, "no such key".to_owned(), help);
        }
        self.faults
    }

    /// What to type in place of an unknown key.
    fn offer(&self, name: &str) -> Option<String> {
        if let Some((_, instead)) = self.explained.iter().find(|(known, _)| *known == name) {
            return Some((*instead).to_owned());
        }
        let names = || self.asked.iter().flat_map(|key| key.names.iter().copied());
        if let Some(near) = nearest(name, names()) {
            return Some(format!("did you mean `{near}`?"));
        }
        let known: Vec<&str> = self.asked.iter().map(|key| key.name()).collect();
        (!known.is_empty()).then(|| format!("the keys here are {}", known.join(", ")))
    }

    fn span<T>(&self, of: &Spanned<T>) -> FileSpan {
        self.shift(of.span())
    }

    fn shift(&self, range: Range<usize>) -> FileSpan {
        FileSpan::new(self.start + range.start, self.start + range.end)
    }
}

/// A key for a message: short, and without anything a terminal would obey.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// The known name most like the one typed; none where nothing is near.
fn nearest(typed: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    // The distance takes the product of both lengths; nobody's slip of the finger is this long.
    if typed.len() > 40 {
        return None;
    }
    let flat =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let typed = flat(typed);
    known
        .map(|name| {
            let near = strsim::normalized_damerau_levenshtein(&typed, &flat(name));
            let begins = typed.len() >= 4 && flat(name).starts_with(&typed);
            (if begins { near.max(0.75) } else { near }, name)
        })
        .filter(|(near, _)| *near >= 0.6)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_is_offered() {
        let known = ["title", "headline", "base_url", "per_page", "description", "standfirst"];
        let check =
            |typed: &str, expected: Option<&str>| assert_eq!(nearest(typed, known.into_iter()), expected, "{typed}");
        check("titel", Some("title"));
        check("Title", Some("title"));
        check("baseURL", Some("base_url"));
        check("base-url", Some("base_url"));
        check("descr", Some("description"));
        check("perpage", Some("per_page"));
        check("stand_frist", Some("standfirst"));
        check("weight", None);
        check("", None);
        check(&"t".repeat(10_000), None);
    }
}
