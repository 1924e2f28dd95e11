use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// One decision of an editor's, as a sidecar keeps it. What is none is left open there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Entry {
    /// The words, one for each part of a quotation that an attribution breaks.
    pub(super) exact: Vec<String>,
    /// The words just before.
    pub(super) prefix: Option<String>,
    /// The words just after.
    pub(super) suffix: Option<String>,
    /// A person's id, `?` for an unnamed source, `none` for what is not speech, or a full name.
    pub(super) speaker: Option<String>,
    /// `direct`, `partial` or `indirect`.
    pub(super) kind: Option<String>,
    /// What the rules said.
    pub(super) was: Option<String>,
    /// The rule that said it.
    pub(super) rule: Option<String>,
    /// For whoever reads the file.
    pub(super) note: Option<String>,
    /// Who decided.
    pub(super) by: Option<String>,
    /// When, `2031-11-16`.
    pub(super) date: Option<String>,
}

/// The keys of an entry in the order in which they are written.
pub(super) const KEYS: [&str; 10] =
    ["exact", "prefix", "suffix", "speaker", "kind", "was", "rule", "note", "by", "date"];

impl Entry {
    /// The values of [`KEYS`] as TOML; none where a key is left out.
    pub(super) fn values(&self) -> [Option<String>; 10] {
        let text = |words: &Option<String>| words.as_deref().map(quoted);
        let exact = match &*self.exact {
            [one] => quoted(one),
            several => format!("[{}]", several.iter().map(|part| quoted(part)).collect::<Vec<_>>().join(", ")),
        };
        [
            Some(exact),
            text(&self.prefix),
            text(&self.suffix),
            text(&self.speaker),
            text(&self.kind),
            text(&self.was),
            text(&self.rule),
            text(&self.note),
            text(&self.by),
            // A date of TOML's own.
            self.date.clone(),
        ]
    }

    /// The entry as it is added to a file, its heading first.
    pub(super) fn written(&self, end: &str) -> String {
        let mut out = format!("[[quotation]]{end}");
        for (key, value) in KEYS.iter().zip(self.values()) {
            if let Some(value) = value {
                let _ = write!(out, "{key:<7} = {value}{end}");
            }
        }
        out
    }
}

/// A basic string of TOML. What would not show, or would turn the direction of a line, is escaped.
fn quoted(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 2);
    out.push('"');
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
