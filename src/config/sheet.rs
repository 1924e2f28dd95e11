//! Strict TOML: every key is asked for by name, every fault is collected with its place.
//!
//! Used by `site.toml`, by front matter and by people files. A value comes out only where the whole
//! sheet is without fault; otherwise all the faults do, and none of them twice.

use super::Table;
use crate::diag::{Code, Diagnostic, Noted};
use crate::text::FileSpan;
use std::ops::Range;
use toml::de::DeTable;

/// Faults listed for one file; the rest are counted.
///
/// Finding a line and column takes a walk through the file, so the list must not grow with it.
pub(super) const LISTED: usize = 40;

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
        let mut table = Table::new(
            self.text,
            self.toml.start,
            self.name.to_owned(),
            FileSpan::at(self.toml.start),
            document.into_inner(),
        );
        table.explain(self.explained);
        let value = read(&mut table);
        let faults = table.close();
        let clean = faults.is_empty();
        Noted::new(clean.then_some(value), self.report(faults))
    }

    /// Parse errors as faults, the first of each line: the others on a line follow from it.
    fn parse_faults(&self, errors: &[toml::de::Error]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut last_end = None;
        let mut errors: Vec<_> = errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
        errors.sort_by_key(|(span, _)| span.start);
        for (span, message) in errors {
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
                message: format!("{} is not TOML: {message}", self.name),
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
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) span: FileSpan,
    pub(super) message: String,
    pub(super) label: String,
    pub(super) help: Option<String>,
}
