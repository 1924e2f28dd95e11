//! What is true of every file that a build writes and of every message, whatever was in the site.

use super::{Outcome, SECRET};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Looks whether anything that was written would run, load or lead astray.
pub(super) fn is_harmless(built: &Outcome) {
    is_fit_to_be_told(&built.said);
    stands_on_any_system(built);
    for (path, bytes) in &built.files {
        assert!(!super::contains(bytes, SECRET), "a secret is in {path}");
        assert!(!path.split('/').any(|step| step == ".." || step.is_empty()), "{path} leads away");
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "html" => document(path, text),
            "svg" => drawing(path, text),
            "xml" => {
                let parsed = roxmltree::Document::parse(text);
                let parsed = parsed.unwrap_or_else(|error| panic!("{path}: {error}"));
                // What feed readers show.
                let is_html = |node: &roxmltree::Node<'_, '_>| node.attribute("type") == Some("html");
                for node in parsed.descendants().filter(is_html) {
                    document(path, node.text().unwrap_or_default());
                }
            }
            "json" => {
                let parsed = serde_json::from_str::<serde_json::Value>(text);
                let parsed = parsed.unwrap_or_else(|error| panic!("{path}: {error}"));
                for item in parsed["items"].as_array().into_iter().flatten() {
                    document(path, item["content_html"].as_str().unwrap_or_default());
                }
            }
            "csv" => cells(path, text),
            _ => {}
        }
    }
}

/// Every file has a name that Windows allows, and no two are one where names are folded.
pub(super) fn stands_on_any_system(built: &Outcome) {
    let mut folded: Vec<String> = built.files.keys().map(|path| onrecord::archive::folded_name(path)).collect();
    folded.sort();
    let twins: Vec<_> = folded.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(twins.is_empty(), "two files are one where names are folded: {twins:?}");
    for path in built.files.keys() {
        for step in path.split('/') {
            let forbidden = step.contains(|c: char| "<>:\"|?*\\".contains(c) || c.is_control());
            let fit = !onrecord::archive::is_device(step) && !step.ends_with(['.', ' ']) && !forbidden;
            assert!(fit, "{path} cannot be on Windows");
            assert!(step.len() <= 255, "{path} is too long a name");
        }
    }
}

/// Nothing in a message acts on a terminal, and no secret is told.
pub(super) fn is_fit_to_be_told(said: &str) {
    let acts = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert_eq!(said.find(acts), None, "a terminal would act on this: {said:?}");
    assert!(!said.contains(SECRET), "a secret is told: {said}");
}

/// No formula begins a cell.
fn cells(path: &str, text: &str) {
    let mut opens = true;
    let mut quoted = false;
    for c in text.trim_start_matches('\u{feff}').chars() {
        if opens && c == '"' {
            quoted = true;
            continue;
        }
        assert!(!(opens && matches!(c, '=' | '+' | '@' | '\t' | '\r')), "a cell of {path} begins with {c:?}: {text}");
        opens = false;
        match c {
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => opens = true,
            _ => {}
        }
    }
}

fn drawing(path: &str, text: &str) {
    for active in
        ["<script", "<foreignObject", "<!ENTITY", "<!DOCTYPE", "javascript:", " onload", "http://evil", "<iframe"]
    {
        assert!(!text.contains(active), "{active} in {path}: {text}");
    }
}

/// Walks a page as a browser has it.
fn document(path: &str, text: &str) {
    let dom: RcDom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
    let mut open: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        open.extend(node.children.borrow().iter().cloned());
        let NodeData::Element { name, attrs, .. } = &node.data else { continue };
        let (element, attrs) = (&*name.local, attrs.borrow());
        let of = |key: &str| attrs.iter().find(|a| &*a.name.local == key).map(|a| a.value.to_string());
        let forbidden = ["iframe", "object", "embed", "base", "foreignObject", "applet", "frame", "portal", "style"];
        assert!(!forbidden.contains(&element), "<{element}> in {path}");
        if element == "script" {
            let kind = of("type").unwrap_or_default();
            let ours = of("src").is_some_and(|src| src.starts_with('/') && !src.starts_with("//"));
            assert!(ours || kind.contains("json") || kind == "speculationrules", "a script in {path}: {attrs:?}");
        }
        for attribute in attrs.iter() {
            let (key, value) = (&*attribute.name.local, &*attribute.value);
            assert!(!key.starts_with("on") && key != "style" && key != "srcdoc", "{key}={value:?} in {path}");
            if ["href", "src", "action", "formaction", "poster", "cite"].contains(&key) {
                assert!(leads_well(value), "{key}={value:?} of <{element}> in {path}");
            }
        }
    }
}

/// Whether an address has a scheme that does not run, as a browser takes it.
fn leads_well(address: &str) -> bool {
    let plain: String = address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let plain = plain.trim_start_matches(|c: char| c <= ' ').to_lowercase();
    let head = plain.split(['/', '?', '#']).next().unwrap_or_default();
    head.split_once(':').is_none_or(|(scheme, _)| ["http", "https", "mailto"].contains(&scheme))
        && !plain.starts_with("//")
}
