use super::sheet::{Fault, LISTED};
use super::value::{day_of, kind, moment, moment_of};
use super::{Edge, Key, Text};
use crate::diag::{Code, codes};
use crate::model::Moment;
use crate::text::FileSpan;
use jiff::civil::Date;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// A table whose keys are taken one by one; what is left at the end is unknown.
///
/// Each getter returns none for a key that is absent, and for one whose value is of the wrong type;
/// the latter is kept as a fault, which the [`Sheet`](super::Sheet) reports.
#[derive(Debug)]
pub struct Table<'s> {
    text: &'s str,
    /// Where the sheet's TOML begins in `text`.
    start: usize,
    /// "the front matter", "`[[photos]]`"
    name: String,
    /// Where the table begins: its heading, or the first line of the sheet.
    at: FileSpan,
    explained: &'static [(&'static str, &'static str)],
    entries: DeTable<'s>,
    /// The keys asked for, in order, and whether they were there; what a help line may offer.
    asked: Vec<(&'static Key, bool)>,
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
    /// A table of the sheet whose TOML begins at `start` of the file's `text`; nothing is explained yet.
    pub(super) fn new(text: &'s str, start: usize, name: String, at: FileSpan, entries: DeTable<'s>) -> Self {
        Self { text, start, name, at, explained: &[], entries, asked: Vec::new(), faults: Vec::new() }
    }

    /// Where the table begins: its heading, or the first line of the sheet.
    pub fn head(&self) -> FileSpan {
        self.at
    }

    /// Gives keys that nothing here knows but people type, each with what to do instead.
    pub fn explain(&mut self, explained: &'static [(&'static str, &'static str)]) {
        self.explained = explained;
    }

    /// Text.
    pub fn text(&mut self, key: &'static Key) -> Option<Text<'s>> {
        let found = self.take(key)?;
        match found.value {
            DeValue::String(words) => self.fitting(key, found.name, Text::new(words, found.span, self.text)),
            other => self.wrong(key, found.name, "text", &other, found.span),
        }
    }

    /// Text that must be there and hold words, as one line.
    pub fn needed(&mut self, key: &'static Key) -> Option<Box<str>> {
        let Some(text) = self.text(key) else {
            self.missing(key);
            return None;
        };
        let words = text.filled();
        if words.is_none() {
            let help = format!("write `{} = {}`", key.name(), key.example);
            self.refuse(codes::VALUE_TYPE, text.span, format!("`{}` is empty", key.name()), help);
        }
        words
    }

    /// A list of texts; absent is empty.
    pub fn texts(&mut self, key: &'static Key) -> Vec<Text<'s>> {
        let Some(found) = self.take(key) else { return Vec::new() };
        match found.value {
            DeValue::Array(list) => self.list(key, found.name, list, found.span),
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
            DeValue::String(words) => {
                self.fitting(key, found.name, Text::new(words, found.span, self.text)).into_iter().collect()
            }
            DeValue::Array(list) => self.list(key, found.name, list, found.span),
            other => {
                self.wrong::<()>(key, found.name, "text or a list of texts", &other, found.span);
                Vec::new()
            }
        }
    }

    /// One text, or a list of them; at least one.
    pub fn needed_texts(&mut self, key: &'static Key) -> Vec<Text<'s>> {
        let told = self.faults.len();
        let texts = self.text_or_texts(key);
        if texts.is_empty() && self.faults.len() == told {
            self.absent(key);
        }
        texts
    }

    fn list(&mut self, key: &'static Key, name: &'static str, list: DeArray<'s>, at: FileSpan) -> Vec<Text<'s>> {
        if self.too_many(key, name, "texts", list.len(), at) {
            return Vec::new();
        }
        let mut out = Vec::with_capacity(list.len());
        for item in list {
            let span = self.span(&item);
            match item.into_inner() {
                DeValue::String(words) => out.extend(self.fitting(key, name, Text::new(words, span, self.text))),
                other => {
                    let message = format!("`{name}` wants a list of texts, and {} stands in it", kind(&other));
                    let help = format!("write `{name} = {}`", key.example);
                    self.fault(codes::VALUE_TYPE, span, message, kind(&other).to_owned(), Some(help));
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

    /// A list of whole numbers within a range, and where it stands.
    pub fn wholes(&mut self, key: &'static Key, range: RangeInclusive<u32>) -> Option<(Vec<u32>, FileSpan)> {
        let found = self.take(key)?;
        let whole = |value: &DeValue<'_>| match value {
            DeValue::Integer(value) => i64::from_str_radix(value.as_str(), value.radix()).ok(),
            _ => None,
        };
        let within = |value: i64| u32::try_from(value).ok().filter(|value| range.contains(value));
        let list = match &found.value {
            DeValue::Array(list) => list.iter().map(|item| whole(item.get_ref()).and_then(within)).collect(),
            _ => None,
        };
        match list {
            Some(list) => Some((list, found.span)),
            None => {
                let wanted = format!("a list of whole numbers from {} to {}", range.start(), range.end());
                self.outside(key, found.name, &wanted, found.span)
            }
        }
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
            DeValue::Table(entries) => Some(self.within(format!("`[{}]`", found.name), found.span, entries, read)),
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
        if self.too_many(key, name, "tables", list.len(), found.span) {
            return Vec::new();
        }
        let mut out = Vec::with_capacity(list.len());
        for item in list {
            let span = self.span(&item);
            match item.into_inner() {
                DeValue::Table(entries) => out.push(self.within(format!("`[[{name}]]`"), span, entries, &mut read)),
                other => self.refuse_as(name, "a list of tables", &other, span, help.clone()),
            }
        }
        out
    }

    fn within<T>(
        &mut self,
        name: String,
        at: FileSpan,
        entries: DeTable<'s>,
        read: impl FnOnce(&mut Table<'s>) -> T,
    ) -> T {
        let mut table = Table::new(self.text, self.start, name, at, entries);
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

    /// Says that a key this table needs was asked for and is absent; points at the head of the table.
    ///
    /// Says nothing of a key whose value was at fault: that has been told.
    pub fn missing(&mut self, key: &'static Key) {
        if self.asked.iter().any(|(other, there)| other.name() == key.name() && *there) {
            return;
        }
        self.absent(key);
    }

    /// Says that a list is longer than its key's may be, where it is.
    fn too_many(&mut self, key: &'static Key, name: &str, of: &str, n: usize, at: FileSpan) -> bool {
        if n > key.many {
            let message = format!("`{name}` has {n} {of}, and there is room for {}", key.many);
            let help = format!("take some out; they are {}", key.about);
            self.fault(codes::VALUE_TYPE, at, message, "too many".to_owned(), Some(help));
        }
        n > key.many
    }

    /// A text that is no longer than its key's may be.
    fn fitting(&mut self, key: &'static Key, name: &str, text: Text<'s>) -> Option<Text<'s>> {
        // A character has a byte at least.
        if text.words.len() > key.most {
            let n = text.words.chars().count();
            if n > key.most {
                let message = format!("`{name}` has {n} characters, and there is room for {}", key.most);
                let help = format!("shorten it; it is {}", key.about);
                self.fault(codes::VALUE_TYPE, text.span, message, "too long".to_owned(), Some(help));
                return None;
            }
        }
        Some(text)
    }

    fn absent(&mut self, key: &Key) {
        let message = format!("{} has no `{}`, {}", self.name, key.name(), key.about);
        let help = format!("write `{} = {}`", key.name(), key.example);
        self.fault(codes::VALUE_TYPE, self.at, message, "missing here".to_owned(), Some(help));
    }

    /// Removes the key's value, whichever spelling it has; two spellings are a fault.
    fn take(&mut self, key: &'static Key) -> Option<Found<'s>> {
        self.asked.push((key, key.names.iter().any(|name| self.entries.contains_key(*name))));
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
    pub(super) fn close(mut self) -> Vec<Fault> {
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
        let names = || self.asked.iter().flat_map(|(key, _)| key.names.iter().copied());
        if let Some(near) = nearest(name, names()) {
            return Some(format!("did you mean `{near}`?"));
        }
        let known: Vec<&str> = self.asked.iter().map(|(key, _)| key.name()).collect();
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
