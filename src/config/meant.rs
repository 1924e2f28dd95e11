//! The settings as meant, and where each comes from.

use super::{SETTINGS, Setting, Settings, Takes};
use crate::diag::clean;
use crate::model::Source;
use serde_json::Value;
use std::fmt::Write as _;
use toml::de::{DeTable, DeValue};

/// A setting that did not come from `site.toml`, by our name for it, and what gave it: `--base-url`.
pub type Given<'a> = (&'a str, &'a str);

/// Writes settings as TOML, each with where it comes from: a line of `site.toml`, the default, or what `given` says.
///
/// `source` is the `site.toml` that the settings were read from. What is not set is a comment. Read
/// again, the text means the same; `[extra]` is the user's own and is left out.
pub fn meant(settings: &Settings, source: Option<&Source>, given: &[Given<'_>]) -> String {
    let text = source.map_or("", |source| &source.text);
    let (document, _) = DeTable::parse_recoverable(text);
    let file = File { path: source.map_or("", |source| &source.path), text, given };
    let (mut out, mut tables) = (String::new(), String::new());
    for row in SETTINGS {
        let place = find(document.get_ref(), row);
        let value = (row.value)(settings);
        match (row.takes, &value) {
            (Takes::Anything, _) => {}
            (Takes::Table(rows), _) => {
                let _ = writeln!(tables, "\n[{}]", row.key.name());
                let inner = place.and_then(|(_, value)| value.as_table());
                for row in rows {
                    let at = inner.and_then(|inner| find(inner, row)).map(|(at, _)| at);
                    file.line(&mut tables, row, (row.value)(settings).as_ref(), at);
                }
            }
            (Takes::Tables(rows), Some(Value::Array(list))) if !list.is_empty() => {
                let items = place.and_then(|(_, value)| value.as_array());
                for (i, item) in list.iter().enumerate() {
                    let _ = writeln!(tables, "\n[[{}]]", row.key.name());
                    let entries = items.and_then(|items| items.get(i)).and_then(|item| item.get_ref().as_table());
                    for row in rows {
                        if let Some(value) = item.get(row.key.name()) {
                            let at = entries.and_then(|entries| find(entries, row)).map(|(at, _)| at);
                            file.line(&mut tables, row, Some(value), at);
                        }
                    }
                }
            }
            _ => file.line(&mut out, row, value.as_ref(), place.map(|(at, _)| at)),
        }
    }
    out + &tables
}

/// What is needed to say where a setting comes from.
struct File<'a> {
    path: &'a str,
    text: &'a str,
    given: &'a [Given<'a>],
}

impl File<'_> {
    /// `per_page = 30  # site.toml:12`
    fn line(&self, out: &mut String, row: &Setting, value: Option<&Value>, at: Option<usize>) {
        let name = row.key.name();
        match value {
            Some(value) => {
                let _ = write!(out, "{name} = {}", row.takes.toml(value));
            }
            None => {
                let _ = write!(out, "# {name}: none");
            }
        }
        let _ = match (self.given.iter().find(|(key, _)| *key == name), at) {
            (Some((_, by)), _) => writeln!(out, "  # {}", clean(by)),
            (None, Some(at)) => {
                let lines = self.text.get(..at).unwrap_or_default().bytes().filter(|b| *b == b'\n').count();
                writeln!(out, "  # {}:{}", clean(self.path), lines + 1)
            }
            (None, None) => writeln!(out, "  # default"),
        };
    }
}

/// Where a row's key stands, whichever spelling it has, and its value.
fn find<'t, 's>(table: &'t DeTable<'s>, row: &Setting) -> Option<(usize, &'t DeValue<'s>)> {
    row.key
        .names
        .iter()
        .find_map(|name| table.get_key_value(*name))
        .map(|(key, value)| (key.span().start, value.get_ref()))
}
