use super::{Key, Settings};
use serde_json::Value;
use std::borrow::Cow;

/// One row of the table of settings: a key, what may be written, and what is meant where it is not.
///
/// The schema of `site.toml`, the page of all settings and `onrecord config` are made from these rows;
/// the reader itself asks for the same [`Key`]s, and a test compares the two.
#[derive(Debug)]
pub struct Setting {
    /// The key, as the reader asks for it.
    pub key: &'static Key,
    /// What may stand to the right of the `=`.
    pub takes: Takes,
    /// What it is for, in whole sentences.
    pub told: &'static str,
    /// What the settings hold, as JSON; none where nothing is set. Null for keys of a list of tables.
    pub value: fn(&Settings) -> Option<Value>,
    /// Whether its table cannot do without it.
    pub needed: bool,
}

impl Setting {
    /// A row that its table can do without.
    pub(super) const fn new(
        key: &'static Key,
        takes: Takes,
        told: &'static str,
        value: fn(&Settings) -> Option<Value>,
    ) -> Self {
        Self { key, takes, told, value, needed: false }
    }

    /// The row as one that must be there.
    pub(super) const fn needed(mut self) -> Self {
        self.needed = true;
        self
    }

    /// What is meant where nothing is written, as TOML; "none" where that is nothing.
    pub fn default(&self) -> String {
        (self.value)(&Settings::default()).map_or_else(|| "none".to_owned(), |value| self.takes.toml(&value))
    }
}

/// What may stand to the right of a key's `=`.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// Text, which may be empty.
    Text,
    /// Text with something in it.
    Filled,
    /// An absolute http or https address.
    Address,
    /// A BCP 47 tag.
    Language,
    /// A name of the IANA database of time zones.
    Zone,
    /// A `mailto:` or `https:` address.
    Contact,
    /// An `https:` address.
    Page,
    /// `true` or `false`.
    Flag,
    /// A whole number, from the first to the second.
    Whole(u32, u32),
    /// A number, from the first to the second.
    Number(f32, f32),
    /// A list of whole numbers from the first to the second, at most as many as the third.
    Wholes(u32, u32, usize),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of these words.
    Choices(&'static [&'static str]),
    /// A date, with or without time and offset.
    Moment,
    /// A table with these keys.
    Table(&'static [Setting]),
    /// A list of tables with these keys.
    Tables(&'static [Setting]),
    /// Whatever the user likes.
    Anything,
}

impl Takes {
    /// In words, as half a sentence: "a whole number from 1 to 1000".
    pub fn words(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Text => "text",
            Self::Filled => "text that is not empty",
            Self::Address => "an `http:` or `https:` address",
            Self::Language => "a BCP 47 tag",
            Self::Zone => "a zone of the IANA database",
            Self::Contact => "a `mailto:` or `https:` address",
            Self::Page => "an `https:` address",
            Self::Flag => "`true` or `false`",
            Self::Whole(low, high) => return format!("a whole number from {low} to {high}").into(),
            Self::Number(low, high) => return format!("a number from {low} to {high}").into(),
            Self::Wholes(low, high, most) => {
                return format!("a list of at most {most} whole numbers from {low} to {high}").into();
            }
            Self::Choice(words) => {
                let words: Vec<_> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                return format!("one of {}", words.join(", ")).into();
            }
            Self::Choices(words) => {
                let words: Vec<_> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
                return format!("a list of {}", words.join(", ")).into();
            }
            Self::Moment => "a date, with or without time and offset",
            Self::Table(_) => "a table",
            Self::Tables(_) => "a list of tables",
            Self::Anything => "anything",
        })
    }

    /// A value as it is written in TOML, on one line and with nothing that a terminal would act on.
    ///
    /// Meant for the values of [`Setting::value`]; a date is text there and no text in TOML.
    pub fn toml(self, value: &Value) -> String {
        match (self, value) {
            (Self::Moment, Value::String(words)) => words.clone(),
            _ => toml(value),
        }
    }
}

/// JSON as TOML; null, which TOML has not, as nothing.
fn toml(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(list) => format!("[{}]", list.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries: Vec<_> = entries.iter().map(|(key, value)| format!("{key} = {}", toml(value))).collect();
            if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
        }
        // JSON's numbers, words and escapes are TOML's too.
        other => other.to_string().chars().map(quiet).collect(),
    }
}

/// A character as it is, or as an escape where a terminal would act on it.
fn quiet(c: char) -> String {
    let mut held = [0; 4];
    match crate::diag::clean(c.encode_utf8(&mut held)) {
        Cow::Borrowed(same) => same.to_owned(),
        Cow::Owned(_) => format!("\\U{:08X}", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_written_as_toml() {
        let check = |takes: Takes, value: Value, expected: &str| assert_eq!(takes.toml(&value), expected);
        check(Takes::Flag, json!(true), "true");
        check(Takes::Whole(1, 9), json!(3), "3");
        check(Takes::Text, json!("“a” \"b\"\n\u{7f}"), "\"“a” \\\"b\\\"\\n\\U0000007F\"");
        check(Takes::Text, json!("\u{202e}lived"), "\"\\U0000202Elived\"");
        check(Takes::Wholes(1, 9, 9), json!([1, 2]), "[1, 2]");
        check(Takes::Moment, json!("2031-11-14"), "2031-11-14");
        check(Takes::Tables(&[]), json!([{ "name": "a" }, {}]), "[{ name = \"a\" }, {}]");
    }
}
