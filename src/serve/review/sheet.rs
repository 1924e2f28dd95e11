//! Changing one entry of a sidecar, and nothing else in it.
//!
//! The file is an editor's own: its comments, its order, its line ends and whatever else stands in it are kept byte for
//! byte. Only the bytes of keys that change are exchanged, and what comes out is read again before anybody may write
//! it.

use super::entry::{Entry, KEYS};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// The list that holds the entries.
const LIST: &str = "quotation";

/// A sidecar as it stands, and where its entries are.
#[derive(Debug)]
pub(super) struct Sheet<'s> {
    text: &'s str,
    places: Vec<Place>,
    entries: Vec<Entry>,
    /// Everything but the entries, in a form that compares.
    others: String,
}

/// Where one entry stands.
#[derive(Debug)]
struct Place {
    /// From its heading to the end of the line of its last key.
    whole: Range<usize>,
    /// One past the heading's line.
    head_end: usize,
    /// By [`KEYS`]: the key's first byte, and its value.
    keys: [Option<(usize, Range<usize>)>; 10],
}

/// Why a sidecar cannot be written to; in words for the editor.
pub(super) type Refused = String;

impl<'s> Sheet<'s> {
    /// Reads a sidecar. Errors where it is not TOML, or where its entries are written so that none can be added.
    pub(super) fn read(text: &'s str) -> Result<Self, Refused> {
        let table = DeTable::parse(text).map_err(|error| error.message().to_owned())?.into_inner();
        let mut sheet = Self { text, places: Vec::new(), entries: Vec::new(), others: String::new() };
        // By place, as the table itself is sorted by words.
        let mut others: Vec<(usize, String)> = Vec::new();
        for (key, value) in table.iter() {
            let list = match value.get_ref() {
                DeValue::Array(list) if &**key.get_ref() == LIST => list,
                other => {
                    others.push((key.span().start, format!("{} = {other:?}", key.get_ref())));
                    continue;
                }
            };
            for item in list.iter() {
                let heading = item.span();
                let DeValue::Table(table) = item.get_ref() else {
                    return Err("`quotation` is a list of something else than entries".to_owned());
                };
                if !text[heading.clone()].starts_with("[[") {
                    return Err(
                        "`quotation` is written as a list within one value; write each as `[[quotation]]`".to_owned()
                    );
                }
                sheet.push(heading, table)?;
            }
        }
        others.sort();
        sheet.others = format!("{others:?}", others = others.into_iter().map(|(_, other)| other).collect::<Vec<_>>());
        Ok(sheet)
    }

    fn push(&mut self, heading: Range<usize>, table: &DeTable<'_>) -> Result<(), Refused> {
        let mut place =
            Place { whole: heading.clone(), head_end: self.line_end(heading.end), keys: Default::default() };
        let mut last = heading.end;
        let mut entry = Entry::default();
        for (key, value) in table.iter() {
            last = last.max(value.span().end).max(key.span().end);
            let Some(at) = KEYS.iter().position(|known| *known == &**key.get_ref()) else { continue };
            place.keys[at] = Some((key.span().start, value.span()));
            let wrong = || format!("`{}` in a `[[quotation]]` is not of its kind", KEYS[at]);
            let words = match value.get_ref() {
                DeValue::String(words) => vec![words.to_string()],
                DeValue::Datetime(date) => vec![date.to_string()],
                DeValue::Array(list) if at == 0 => {
                    let part = |part: &toml::Spanned<DeValue<'_>>| part.get_ref().as_str().map(str::to_owned);
                    list.iter().map(part).collect::<Option<Vec<_>>>().ok_or_else(wrong)?
                }
                _ => return Err(wrong()),
            };
            entry.set(at, words);
        }
        place.whole.start = self.line_start(heading.start);
        place.whole.end = self.line_end(last);
        self.places.push(place);
        self.entries.push(entry);
        Ok(())
    }

    /// What the entries say, in the order of the file.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The file with the entries `taken` (numbers, rising) replaced by `put`.
    ///
    /// The first of `put` goes into the place of the first taken, and so on: only keys that differ change there. More
    /// of them follow the last that was taken, or stand at the end of the file; more taken than put go with all that is
    /// theirs. Errors where the outcome would say anything else than that.
    pub(super) fn replaced(&self, taken: &[usize], put: &[Entry]) -> Result<String, Refused> {
        // (where, what goes there), in the order of the file.
        let mut edits: Vec<(Range<usize>, String)> = Vec::new();
        for (at, new) in taken.iter().zip(put) {
            self.edit(&self.places[*at], &self.entries[*at], new, &mut edits);
        }
        for at in taken.iter().skip(put.len()) {
            edits.push((self.with_blank_before(&self.places[*at].whole), String::new()));
        }
        let more = put.get(taken.len()..).unwrap_or_default();
        if !more.is_empty() {
            let at = taken.last().map_or(self.text.len(), |at| self.places[*at].whole.end);
            edits.push((at..at, self.added(at, more)));
        }
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len() + 512);
        let mut from = 0;
        for (range, new) in edits {
            out.push_str(self.text.get(from..range.start).ok_or(CONFUSED)?);
            out.push_str(&new);
            from = range.end;
        }
        out.push_str(self.text.get(from..).ok_or(CONFUSED)?);
        let now = Sheet::read(&out).map_err(|_| CONFUSED)?;
        let same = now.entries == self.meant(taken, put) && now.others == self.others;
        if same { Ok(out) } else { Err(CONFUSED.to_owned()) }
    }

    /// The entries that a file with this change has to have.
    fn meant(&self, taken: &[usize], put: &[Entry]) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::with_capacity(self.entries.len() + put.len());
        let more = put.get(taken.len()..).unwrap_or_default();
        for (at, entry) in self.entries.iter().enumerate() {
            match taken.iter().position(|taken| *taken == at) {
                None => entries.push(entry.clone()),
                Some(n) => {
                    entries.extend(put.get(n).cloned());
                    if n + 1 == taken.len() {
                        entries.extend(more.iter().cloned());
                    }
                }
            }
        }
        if taken.is_empty() {
            entries.extend(more.iter().cloned());
        }
        entries
    }

    /// Exchanges the keys of one entry that differ.
    fn edit(&self, place: &Place, old: &Entry, new: &Entry, edits: &mut Vec<(Range<usize>, String)>) {
        let (before, after) = (old.values(), new.values());
        // A key that was not there follows the one that comes before it in order.
        let mut follows = place.head_end;
        for (at, key) in KEYS.iter().enumerate() {
            let stands = &place.keys[at];
            match (stands, &after[at]) {
                (Some((_, value)), Some(new)) if before[at].as_ref() != Some(new) => {
                    edits.push((value.clone(), new.clone()));
                }
                (Some((start, value)), None) => edits.push(self.without(*start, value.end)),
                (None, Some(new)) => {
                    let end = self.line_break();
                    let lead = if self.text[..follows].ends_with('\n') { "" } else { end };
                    edits.push((follows..follows, format!("{lead}{key:<7} = {new}{end}")));
                }
                _ => {}
            }
            if let Some((_, value)) = stands {
                follows = self.line_end(value.end);
            }
        }
    }

    /// Takes a key away: its whole line, or as much of it as is not a comment.
    fn without(&self, start: usize, end: usize) -> (Range<usize>, String) {
        let rest = &self.text[end..self.line_end(end)];
        match rest.find('#') {
            Some(comment) => (start..end + comment, String::new()),
            None => (self.line_start(start)..self.line_end(end), String::new()),
        }
    }

    /// Entries as they stand at `at`, set off by a blank line on both sides.
    fn added(&self, at: usize, entries: &[Entry]) -> String {
        let end = self.line_break();
        let before = &self.text[..at];
        let mut out = String::new();
        if !before.is_empty() && !before.ends_with('\n') {
            out.push_str(end);
        }
        for (n, entry) in entries.iter().enumerate() {
            let blank = before.ends_with("\n\n") || before.ends_with("\n\r\n");
            if n > 0 || !(before.is_empty() || blank) {
                out.push_str(end);
            }
            out.push_str(&entry.written(end));
        }
        out
    }

    /// An entry's lines, and the blank one before them.
    fn with_blank_before(&self, whole: &Range<usize>) -> Range<usize> {
        let before = &self.text[..whole.start];
        let blank = ["\n\r\n", "\n\n"].iter().find(|blank| before.ends_with(*blank));
        whole.start - blank.map_or(0, |blank| blank.len() - 1)..whole.end
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// How lines end in this file.
    fn line_break(&self) -> &'static str {
        let first = self.text.find('\n');
        if first.is_some_and(|at| self.text[..at].ends_with('\r')) { "\r\n" } else { "\n" }
    }
}

const CONFUSED: &str = "the entry is written in a way that cannot be changed safely; change it in the file itself";

impl Entry {
    /// Sets what [`KEYS`] has at `at`.
    fn set(&mut self, at: usize, mut words: Vec<String>) {
        let fields =
            [&mut self.prefix, &mut self.suffix, &mut self.speaker, &mut self.kind, &mut self.was, &mut self.rule]
                .into_iter()
                .chain([&mut self.note, &mut self.by, &mut self.date]);
        match at.checked_sub(1) {
            None => self.exact = words,
            Some(at) => {
                if let Some(field) = fields.into_iter().nth(at) {
                    *field = words.pop();
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
