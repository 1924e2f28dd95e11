//! Feeds and data, as the programs that fetch them read them.

use super::Check;
use super::ground::Ground;
use super::why;
use crate::build::plain;
use crate::diag::{Diagnostic, codes};
use crate::text::FileSpan;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// JSON, JSON-LD, JSON Lines, XML, feeds, sitemaps and CSV are sound.
pub(super) struct Data;

/// What is wrong with a file, and the line and column where that shows.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    message: String,
    at: Option<(usize, usize)>,
}

type Judge = fn(&str, &Ground<'_>) -> Option<Fault>;

/// Who judges which files, by the end of their name.
const KINDS: &[(&str, Judge)] =
    &[(".json", json), (".webmanifest", json), (".jsonl", json_lines), (".xml", xml), (".svg", xml), (".csv", csv)];

impl Check for Data {
    fn site(&self, ground: &Ground<'_>, out: &mut Vec<Diagnostic>) {
        let files: Vec<_> = ground.files.iter().collect();
        let found: Vec<Diagnostic> = files
            .into_par_iter()
            .filter_map(|(path, disk)| {
                let (_, judge) = KINDS.iter().find(|(ending, _)| path.ends_with(ending))?;
                let origin = ground.origin(path).unwrap_or_else(|| path.clone());
                let text = match plain::read(disk).map(String::from_utf8) {
                    Ok(Ok(text)) => text,
                    Ok(Err(_)) => {
                        let message = format!("{path} is not UTF-8");
                        return Some(Diagnostic::new(codes::DATA_BROKEN, &origin, message));
                    }
                    Err(error) => {
                        let message = format!("{path} cannot be read: {}", why(&error));
                        return Some(Diagnostic::new(codes::FILE_UNREADABLE, &origin, message));
                    }
                };
                let fault = judge(&text, ground)?;
                let said = Diagnostic::new(codes::DATA_BROKEN, &origin, format!("{path} {}", fault.message))
                    .help("correct the file or the template that makes it");
                Some(match fault.at {
                    Some((line, column)) => said.at(&text, at(&text, line, column), "from here on"),
                    None => said,
                })
            })
            .collect();
        out.extend(found);
        self.pages(ground, out);
    }
}

impl Data {
    /// JSON-LD inside pages; one finding for each fault, however many pages a template gives it to.
    fn pages(&self, ground: &Ground<'_>, out: &mut Vec<Diagnostic>) {
        let mut faults: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (path, scan) in ground.pages.iter().filter(|(_, scan)| !scan.json_ld.is_empty()) {
            let Some(html) = ground.files.get(path).and_then(|disk| plain::read_text(disk).ok()) else { continue };
            for range in &scan.json_ld {
                if let Some(message) = json_ld(html.get(range.clone()).unwrap_or_default()) {
                    faults.entry(message).or_default().push(path);
                }
            }
        }
        for (message, pages) in faults {
            let first = pages.first().copied().unwrap_or_default();
            let said = Diagnostic::new(codes::DATA_BROKEN, first, format!("the JSON-LD {message}"))
                .note(format!("on {} pages, the first of them {first}", pages.len()))
                .help("correct the template");
            let template = ground.templates.iter().find(|(_, text)| text.contains("application/ld+json"));
            let own = format!("static/{first}");
            let is_own = pages.len() == 1 && ground.site.root.join(&own).is_file();
            let own = is_own.then(|| Box::from(own));
            out.push(match own.or_else(|| template.map(|(path, _)| path.clone())) {
                Some(path) => ground.at_words(said, &path, &["application/ld+json"], "written here"),
                None => said,
            });
        }
    }
}

/// The place of a line and a column, both from 1.
fn at(text: &str, line: usize, column: usize) -> FileSpan {
    let start = match line.saturating_sub(2) {
        _ if line <= 1 => 0,
        nth => memchr::memchr_iter(b'\n', text.as_bytes()).nth(nth).map_or(text.len(), |i| i + 1),
    };
    FileSpan::at((start + column.saturating_sub(1)).min(text.len()))
}

fn fault(message: impl Into<String>) -> Option<Fault> {
    Some(Fault { message: message.into(), at: None })
}

fn json(text: &str, _: &Ground<'_>) -> Option<Fault> {
    match serde_json::from_str::<Value>(text) {
        Err(error) => not_json(&error, 0),
        Ok(value) => json_feed(&value).and_then(fault),
    }
}

fn not_json(error: &serde_json::Error, lines_before: usize) -> Option<Fault> {
    let message = error.to_string();
    let end = message.find(" at line ").unwrap_or(message.len());
    let at = Some((error.line() + lines_before, error.column()));
    Some(Fault { message: format!("is not JSON: {}", &message[..end]), at })
}

fn json_lines(text: &str, _: &Ground<'_>) -> Option<Fault> {
    let broken = |(i, line): (usize, &str)| Some((i, serde_json::from_str::<Value>(line).err()?));
    let (i, error) = text.lines().enumerate().filter(|(_, line)| !line.is_empty()).find_map(broken)?;
    not_json(&error, i)
}

/// What JSON Feed 1.1 asks for, of a file that says it is one.
fn json_feed(value: &Value) -> Option<&'static str> {
    if !value.get("version")?.as_str()?.starts_with("https://jsonfeed.org/version/") {
        return None;
    }
    if value.get("title").and_then(Value::as_str).is_none() {
        return Some("is a feed without `title`");
    }
    let Some(items) = value.get("items").and_then(Value::as_array) else { return Some("is a feed without `items`") };
    let is_whole = |item: &Value| {
        item.get("id").is_some() && (item.get("content_text").is_some() || item.get("content_html").is_some())
    };
    (!items.iter().all(is_whole)).then_some("is a feed with an item that lacks `id` or content")
}

fn json_ld(text: &str) -> Option<String> {
    match serde_json::from_str::<Value>(text) {
        Err(error) => not_json(&error, 0).map(|fault| fault.message),
        Ok(Value::Object(object)) if !object.contains_key("@context") => Some("has no `@context`".to_owned()),
        Ok(Value::Object(object)) if !object.contains_key("@type") && !object.contains_key("@graph") => {
            Some("has neither `@type` nor `@graph`".to_owned())
        }
        Ok(Value::Object(_) | Value::Array(_)) => None,
        Ok(_) => Some("is no object".to_owned()),
    }
}

fn xml(text: &str, ground: &Ground<'_>) -> Option<Fault> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = match roxmltree::Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => {
            let place = error.pos();
            let message = error.to_string();
            let end = message.rfind(" at ").unwrap_or(message.len());
            let at = Some((place.row as usize, place.col as usize));
            return Some(Fault { message: format!("is not XML: {}", &message[..end]), at });
        }
    };
    let root = document.root_element();
    let has = |node: roxmltree::Node<'_, '_>, name: &str| node.children().any(|child| child.tag_name().name() == name);
    match root.tag_name().name() {
        // RFC 4287 §4.1.1, §4.1.2.
        "feed" => {
            if let Some(name) = ["id", "title", "updated"].into_iter().find(|name| !has(root, name)) {
                return fault(format!("is a feed without `{name}`"));
            }
            let entries = root.children().filter(|child| child.tag_name().name() == "entry");
            let lack = |entry| ["id", "title", "updated"].into_iter().find(|name| !has(entry, name));
            let (entry, name) = entries.filter_map(|entry| Some((entry, lack(entry)?))).next()?;
            let place = document.text_pos_at(entry.range().start);
            let at = Some((place.row as usize, place.col as usize));
            Some(Fault { message: format!("is a feed with an entry without `{name}`"), at })
        }
        // sitemaps.org: every `loc` is a whole address of this site.
        "urlset" | "sitemapindex" => {
            let base = &*ground.site.settings.site.base_url;
            let rows = root.children().filter(roxmltree::Node::is_element);
            let is_sound = |row: &roxmltree::Node<'_, '_>| {
                let loc = row.children().find(|child| child.tag_name().name() == "loc");
                loc.and_then(|loc| loc.text()).is_some_and(|address| address.trim().starts_with(base))
            };
            let row = rows.into_iter().find(|row| !is_sound(row))?;
            let place = document.text_pos_at(row.range().start);
            let at = Some((place.row as usize, place.col as usize));
            Some(Fault { message: format!("is a sitemap with a row whose address is not below {base}"), at })
        }
        _ => None,
    }
}

/// RFC 4180: every record has as many fields as the first.
fn csv(text: &str, _: &Ground<'_>) -> Option<Fault> {
    let (mut fields, mut line, mut quoted, mut any) = (1_usize, 1_usize, false, false);
    let (mut begins, mut wanted) = (1, None);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        any = true;
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => drop(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields += 1,
            '\n' => {
                line += 1;
                if !quoted {
                    if *wanted.get_or_insert(fields) != fields {
                        break;
                    }
                    (fields, begins, any) = (1, line, false);
                }
            }
            _ => {}
        }
    }
    if quoted {
        return Some(Fault { message: "has a field that is never closed".to_owned(), at: Some((begins, 1)) });
    }
    let wanted = wanted.unwrap_or(fields);
    let message = format!("has a record of {fields} fields where the first has {wanted}");
    (any && fields != wanted).then_some(Fault { message, at: Some((begins, 1)) })
}
