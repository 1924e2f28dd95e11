use super::Plan;
use crate::config::{self, SETTINGS, Setting, Takes};
use crate::diag::{Diagnostic, codes};
use crate::model::{Encoding, Source};
use serde_json::json;
use std::fmt::Write as _;

/// Characters on a line of comment.
const WIDTH: usize = 110;

/// `site.toml` with every key explained: those that were answered as they were, the others as comments.
///
/// Errors with `config-broken` where an answer cannot be.
pub(super) fn site_toml(plan: &Plan) -> Result<String, Diagnostic> {
    let mut out =
        "# Every setting, with its default where it is not set. `onrecord config` prints what is meant.\n\n".to_owned();
    let answers = [
        ("title", json!(plan.title)),
        ("base_url", json!(plan.base_url)),
        ("language", json!(plan.language)),
        ("host", json!(plan.publishing.host().name())),
    ];
    for row in SETTINGS {
        let name = row.key.name();
        match (answers.iter().find(|(answered, _)| *answered == name), row.takes) {
            (Some((_, answer)), _) => {
                explain(row, &mut out);
                let _ = writeln!(out, "{name} = {}\n", row.takes.toml(answer));
            }
            (None, Takes::Table(rows)) => {
                let _ = writeln!(out, "# {}\n# [{name}]\n", row.told);
                rows.iter().for_each(|row| shown(row, &mut out));
            }
            (None, Takes::Tables(rows)) => {
                explain(row, &mut out);
                let _ = writeln!(out, "# [[{name}]]");
                for row in rows {
                    let _ = writeln!(out, "# {} = {}", row.key.name(), row.key.example);
                }
                out.push('\n');
            }
            (None, Takes::Anything) => {
                let _ = writeln!(out, "# {}\n# [{name}]", row.told);
            }
            (None, _) => shown(row, &mut out),
        }
    }
    // What was answered is held to the same rules as what is typed into the file.
    let source = Source { path: "site.toml".into(), text: out.as_str().into(), encoding: Encoding::Utf8 };
    let read = config::site_toml(&source);
    match read.value {
        Some(_) => Ok(out),
        None => Err(read
            .diagnostics
            .into_iter()
            .next()
            .unwrap_or_else(|| Diagnostic::new(codes::CONFIG_BROKEN, "site.toml", "the answers make no settings"))),
    }
}

/// A key that is not set.
fn shown(row: &Setting, out: &mut String) {
    explain(row, out);
    let value = match row.default() {
        none if none == "none" => row.key.example.to_owned(),
        default => default,
    };
    let _ = writeln!(out, "# {} = {value}\n", row.key.name());
}

/// What a key is for, as comments.
fn explain(row: &Setting, out: &mut String) {
    let mut line = "#".to_owned();
    for word in row.told.split_whitespace() {
        if line.chars().count() + word.chars().count() >= WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = "#".to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}
