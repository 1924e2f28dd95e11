//! The table of settings, the strict reader, the schema, the page of all settings and the sample agree.

use super::support::{Session, files_below, is_blessing, project};
use insta::assert_snapshot;
use onrecord::config::{self, SETTINGS, Setting, Takes};
use onrecord::model::{Encoding, Source};
use regex_lite::Regex;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

fn source(text: &str) -> Source {
    Source { path: "site.toml".into(), text: text.into(), encoding: Encoding::Utf8 }
}

/// Whether the reader takes a text.
fn is_read(text: &str) -> bool {
    config::site_toml(&source(text)).value.is_some()
}

/// TOML as the JSON that editors hold against a schema: dates are text.
fn json_of(text: &str) -> Value {
    fn value(of: toml::Value) -> Value {
        match of {
            toml::Value::Datetime(moment) => json!(moment.to_string()),
            toml::Value::Array(list) => list.into_iter().map(value).collect(),
            toml::Value::Table(entries) => entries.into_iter().map(|(key, of)| (key, value(of))).collect(),
            toml::Value::String(words) => json!(words),
            toml::Value::Integer(n) => json!(n),
            toml::Value::Float(n) => json!(n),
            toml::Value::Boolean(is) => json!(is),
        }
    }
    value(toml::Value::Table(text.parse().unwrap_or_else(|error| panic!("{error}: {text}"))))
}

/// Says what is wrong with a value by a schema; knows the keywords that ours has and no other.
fn faults(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let members = schema.as_object().unwrap_or_else(|| panic!("{at}: no schema"));
    let mut told = Vec::new();
    for (keyword, rule) in members {
        let sound = match keyword.as_str() {
            "$schema" | "title" | "description" | "default" | "deprecated" => true,
            "type" => match rule.as_str().expect("a type") {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_i64() || value.is_u64(),
                "number" => value.is_number(),
                other => panic!("{at}: type {other}"),
            },
            "minimum" => value.as_f64().is_none_or(|n| n >= rule.as_f64().expect("a number")),
            "maximum" => value.as_f64().is_none_or(|n| n <= rule.as_f64().expect("a number")),
            "maxLength" => value.as_str().is_none_or(|s| s.chars().count() as u64 <= rule.as_u64().expect("a count")),
            "maxItems" => value.as_array().is_none_or(|list| list.len() as u64 <= rule.as_u64().expect("a count")),
            "pattern" => {
                let pattern = Regex::new(rule.as_str().expect("a pattern")).expect("a sound pattern");
                value.as_str().is_none_or(|words| pattern.is_match(words))
            }
            "enum" => rule.as_array().expect("a list").contains(value),
            "required" => value.as_object().is_none_or(|members| {
                rule.as_array().expect("a list").iter().all(|name| members.contains_key(name.as_str().expect("a name")))
            }),
            "not" => !faults(rule, value, at).is_empty(),
            "allOf" => {
                told.extend(rule.as_array().expect("a list").iter().flat_map(|rule| faults(rule, value, at)));
                true
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                told.extend(items.flat_map(|(i, item)| faults(rule, item, &format!("{at}/{i}"))));
                true
            }
            "properties" => {
                for (name, value) in value.as_object().into_iter().flatten() {
                    if let Some(rule) = rule.get(name) {
                        told.extend(faults(rule, value, &format!("{at}/{name}")));
                    }
                }
                true
            }
            "additionalProperties" => {
                assert_eq!(rule, false, "{at}");
                let known = members.get("properties").and_then(Value::as_object).expect("properties");
                value.as_object().is_none_or(|members| members.keys().all(|name| known.contains_key(name)))
            }
            other => panic!("{at}: keyword {other}"),
        };
        if !sound {
            told.push(format!("{at}: {keyword}"));
        }
    }
    told
}

fn is_sound(text: &str) -> bool {
    faults(&config::schema(), &json_of(text), "").is_empty()
}

/// Calls `look` with each row, the table it stands in, and the head of that table as TOML.
fn each(look: &mut impl FnMut(&'static Setting, &'static [Setting], &str)) {
    for row in SETTINGS {
        look(row, SETTINGS, "");
        let (rows, head) = match row.takes {
            Takes::Table(rows) => (rows, format!("[{}]\n", row.key.name())),
            // A list of tables has keys that must be there.
            Takes::Tables(rows) => (rows, format!("[[{}]]\n", row.key.name())),
            _ => continue,
        };
        for row in rows {
            look(row, rows, &head);
        }
    }
}

/// The table's head, the row as `value`, and the keys that its table cannot do without.
fn line(row: &Setting, rows: &[Setting], head: &str, name: &str, value: &str) -> String {
    let mut text = format!("{head}{name} = {value}\n");
    for other in rows.iter().filter(|other| other.needed && other.key.name() != row.key.name()) {
        let _ = writeln!(text, "{} = {}", other.key.name(), other.key.example);
    }
    text
}

#[test]
fn the_reader_asks_for_the_keys_of_the_table_and_no_others() {
    // Of a key that is like no other, the reader says which keys there are: those that it asked for.
    let asked = |head: &str| -> BTreeSet<String> {
        let read = config::site_toml(&source(&format!("{head}zzqqzzqqzz = 1\n")));
        let help = read
            .diagnostics
            .iter()
            .find_map(|d| d.help.as_deref()?.strip_prefix("the keys here are ").map(str::to_owned));
        help.expect("a list of keys").split(", ").map(str::to_owned).collect()
    };
    let named = |rows: &[Setting]| -> BTreeSet<String> { rows.iter().map(|row| row.key.name().to_owned()).collect() };
    let mut heads = 0;
    each(&mut |row, rows, head| {
        let mut named = named(rows);
        // The reader leaves it alone.
        named.remove("extra");
        assert_eq!(asked(head), named, "{head}");
        heads += 1;
        let names = row.key.names.iter();
        for name in names {
            let text = line(row, rows, head, name, row.key.example);
            assert!(is_read(&text) && is_sound(&text), "{text}");
        }
        if let [first, second, ..] = row.key.names {
            let twice = format!("{}{second} = {}\n", line(row, rows, head, first, row.key.example), row.key.example);
            assert!(!is_read(&twice) && !is_sound(&twice), "{twice}");
        }
        let unknown = line(row, rows, head, &format!("{}_x", row.key.name()), row.key.example);
        assert!(!is_read(&unknown) && !is_sound(&unknown), "{unknown}");
        if row.needed {
            let without = format!("{head}about = \"x\"\n");
            assert!(!is_read(&without) && !is_sound(&without), "{without}");
        }
    });
    assert!(heads > SETTINGS.len(), "tables within tables are looked at");
}

#[test]
fn schema_and_reader_take_the_same_values() {
    let texts = [
        "''",
        "' '",
        "\"\\u007F\"",
        "'x'",
        "'https://calder.example'",
        "' HTTP://calder.example/a ' ",
        "'https://a b/'",
        "'ftp://calder.example/'",
        "'https://'",
        "'https://calder.example/?q'",
        "'mailto:desk@calder.example'",
        "'mailto:'",
        "'javascript:1'",
        "'https://calder.example/\"'",
        "'en-GB'",
        "'en_GB'",
        "'english'",
        "'zh-Hant-TW'",
        "'jpeg'",
        "2031",
        "0.5",
        "true",
        "2031-11-14",
        "'2031-11-14'",
        "2031-11-14T09:00:00+01:00",
        "'2031-11-14 09:00'",
        "'2031'",
        "09:00:00",
        "[]",
        "['x']",
        "['jpeg']",
        "['webp', 'jpeg']",
        "['avif']",
        "[800]",
        "[800, 800]",
        "[15]",
        "[8001]",
        "['800']",
        "[20, 21, 22, 23, 24, 25, 26, 27]",
        "[20, 21, 22, 23, 24, 25, 26, 27, 27]",
        "{}",
        "{ x = 1 }",
        "[{}]",
        "nan",
        "-1",
    ];
    each(&mut |row, rows, head| {
        let mut values: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let ends = match row.takes {
            Takes::Whole(low, high) => vec![i64::from(low) - 1, low.into(), high.into(), i64::from(high) + 1],
            _ => vec![0, 1],
        };
        values.extend(ends.iter().map(i64::to_string));
        if let Takes::Number(low, high) = row.takes {
            values.extend([low - 0.1, low, high, high + 0.1].iter().map(|n| format!("{n:?}")));
        }
        for value in values {
            // JSON has no such number and no dates, and a zone is known to the atlas alone.
            let is_date = value.starts_with("2031-") || value == "09:00:00";
            if value == "nan"
                || (is_date && !matches!(row.takes, Takes::Moment))
                || (matches!(row.takes, Takes::Zone) && value.starts_with('\''))
            {
                continue;
            }
            let text = line(row, rows, head, row.key.name(), &value);
            assert_eq!(is_sound(&text), is_read(&text), "{text}{:?}", faults(&config::schema(), &json_of(&text), ""));
        }
    });
    // What is told of the schema: these three only the reader refuses.
    for text in ["timezone = 'Europe/Port_Ansel'", "base_url = 'https://calder.example/../a'", "now = '2031-02-30'"] {
        assert!(is_sound(text) && !is_read(text), "{text}");
    }
}

#[test]
fn sample_files_are_sound_by_the_schema_as_by_the_reader() {
    for (kind, good) in [("valid", true), ("invalid", false)] {
        let root = project("tests/config").join(kind);
        for file in files_below(&root) {
            let text = String::from_utf8_lossy(&fs::read(root.join(&file)).expect("a sample file")).into_owned();
            // What is no TOML comes before no schema.
            if text.parse::<toml::Table>().is_ok() {
                assert_eq!(is_sound(&text), good, "{kind}/{file}");
            } else {
                assert!(!good, "{file}");
            }
        }
    }
}

#[test]
fn the_sample_explains_every_key_in_the_words_of_the_table() {
    let text = fs::read_to_string(project("site.toml")).expect("site.toml");
    assert_eq!(faults(&config::schema(), &json_of(&text), ""), [] as [String; 0]);
    let comments: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# ")).collect();
    let comments = comments.join(" ");
    let sample = json_of(&text);
    for row in SETTINGS {
        assert!(sample.get(row.key.name()).is_some(), "site.toml does not show `{}`", row.key.name());
        // Of a table that has keys, those are explained.
        let rows = match row.takes {
            Takes::Table(rows) => rows,
            _ => std::slice::from_ref(row),
        };
        for row in rows {
            let shown = row.key.name();
            assert!(comments.contains(row.told), "site.toml does not explain `{shown}`: {}", row.told);
            let default = match row.default() {
                none if none == "none" && matches!(row.takes, Takes::Anything) => continue,
                empty if empty == "[]" => empty,
                default => format!("[{default}]"),
            };
            assert!(comments.contains(&format!("{} {default}", row.told)), "no default of `{shown}`: {default}");
        }
    }
}

/// `docs/settings.md`.
fn page() -> String {
    let mut out = "# Settings\n\nEvery key of `site.toml`. Made of the table of keys by a test; `just bless` writes it anew.\n\n\
        All of them may be left out; an unknown key is an error that names the one you meant. `onrecord config` prints what \
        is meant and where it comes from, and `onrecord config --schema` the JSON Schema by which editors complete and check \
        the file: save it as `site.schema.json` and write `#:schema ./site.schema.json` on the first line of `site.toml`.\n"
        .to_owned();
    for row in SETTINGS {
        explain(&mut out, "##", row);
        if let Takes::Table(rows) | Takes::Tables(rows) = row.takes {
            for row in rows {
                explain(&mut out, "###", row);
            }
        }
    }
    out
}

fn explain(out: &mut String, level: &str, row: &Setting) {
    let name = row.key.name();
    let _ = writeln!(out, "\n{level} `{name}`\n\n{}\n", row.told);
    let _ = write!(out, "- takes {}", row.takes.words());
    if row.needed {
        out.push_str("; must be there");
    } else if level == "##" || (row.value)(&onrecord::config::Settings::default()).is_some() {
        let default = row.default();
        let _ = match row.takes {
            Takes::Table(_) | Takes::Anything => Ok(()),
            _ if default == "none" => write!(out, "; none unless given"),
            _ => write!(out, "; `{default}` unless given"),
        };
    }
    out.push('\n');
    if !matches!(row.takes, Takes::Table(_) | Takes::Tables(_)) {
        let _ = writeln!(out, "- example: `{name} = {}`", row.key.example);
    }
    if row.key.names.len() > 1 {
        let others: Vec<_> = row.key.names.iter().skip(1).map(|name| format!("`{name}`")).collect();
        let _ = writeln!(out, "- also read as {}", others.join(", "));
    }
}

#[test]
fn settings_are_told() {
    let (page, path) = (page(), project("docs/settings.md"));
    if is_blessing() {
        fs::write(&path, &page).expect("a page");
    }
    assert_eq!(page, fs::read_to_string(&path).unwrap_or_default(), "docs/settings.md is stale: `just bless`");
}

const SITE: &str = "title = \"The Calder Record\"\nbaseURL = 'https://calder.example/'\nthreshold = 0.7\n\
    now = 2032-01-10T09:00:00+01:00\nsearch.enabled = false\n\n[[sources]]\nname = \"Northsound \u{202e}\u{200e}Wire\"\nlicense = \"Ask \\\"the wire\\\"\"\n";

#[test]
fn settings_are_printed_with_where_they_come_from() {
    assert_snapshot!(Session::new().run(&["config"]));
    let session = Session::new().file("site.toml", SITE);
    assert_snapshot!(session.run(&["config"]));
    let given = session.run(&["config", "--base-url", "https://host.example/a", "--now", "2031-11-14"]);
    assert_snapshot!(given.lines().filter(|line| line.contains("  # --")).collect::<Vec<_>>().join("\n"));
    assert_snapshot!(Session::new().file("site.toml", "titel = 1\n").run(&["config"]));
    assert_snapshot!(session.run(&["config", "--schema", "--now", "2031-11-14"]));
}

#[test]
fn what_is_printed_means_the_same() {
    let (sample, every) = (project("site.toml"), project("tests/config/valid/every-key.toml"));
    let texts = [sample, every].map(|path| fs::read_to_string(path).expect("a file"));
    for text in texts.iter().map(String::as_str).chain([SITE, ""]) {
        let source = source(text);
        let settings = config::site_toml(&source).value.expect("clean");
        let printed = config::meant(&settings, Some(&source), &[]);
        let again = config::site_toml(&self::source(&printed));
        assert_eq!(again.diagnostics, []);
        assert_eq!(again.value.expect("clean"), settings, "{printed}");
    }
}

#[test]
fn the_schema_is_printed() {
    let printed = Session::new().run(&["config", "--schema"]);
    let printed = printed.strip_prefix("exit 0\n--- out\n").expect("nothing but the schema");
    assert_eq!(serde_json::from_str::<Value>(printed).expect("JSON"), config::schema());
}
