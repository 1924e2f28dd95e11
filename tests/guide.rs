//! The guide is true: every command in it is run, every snippet read, every link leads somewhere.

use super::support::{Session, files_below, project};
use onrecord::model::{Encoding, Source};
use onrecord::{config, read};
use std::fs;
use std::process::Command;

/// The pages of the guide: name and text.
fn pages() -> Vec<(String, String)> {
    let folder = project("docs/guide");
    let names = files_below(&folder).into_iter().filter(|name| name.ends_with(".md"));
    names.map(|name| (name.clone(), fs::read_to_string(folder.join(name)).expect("a page"))).collect()
}

/// The fenced blocks of a language, in order.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(of), None) => open = Some((of == language, String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take().filter(|(ours, _)| *ours).map(|(_, text)| text)),
            (None, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

#[cfg(unix)]
#[test]
fn every_command_of_the_guide_runs() {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_onrecord")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut run = 0;
    for (name, page) in pages() {
        let blocks = blocks(&page, "sh");
        if blocks.is_empty() {
            continue;
        }
        let session = Session::new();
        let done = Command::new("bash")
            .args(["-euc", &blocks.concat()])
            .current_dir(session.path(""))
            .env("PATH", &path)
            .env("SOURCE_DATE_EPOCH", "1957000000")
            .output()
            .expect("a shell");
        let said = [done.stdout, done.stderr].concat();
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&said));
        run += 1;
    }
    assert!(run >= 3, "{run}");
}

#[test]
fn every_snippet_of_the_ledger_is_a_ledger() {
    let page = fs::read_to_string(project("docs/guide/corrections.md")).expect("a page");
    let text = blocks(&page, "toml").concat();
    let source = Source { path: "content/rulings.toml".into(), text: text.into(), encoding: Encoding::Utf8 };
    let ledger = read::rulings(&source, "/", "content");
    assert_eq!(ledger.diagnostics, []);
    assert!(ledger.value.is_some_and(|ledger| ledger.rulings.len() >= 3));
    let actions = ["correct", "notice", "noindex", "anonymise", "withdraw", "embargo-until", "expire"];
    for action in actions {
        assert!(page.contains(&format!("| `{action}` |")), "{action}");
    }
    assert!(config::SETTINGS.iter().any(|row| row.key.name() == "host"));
}

#[test]
fn every_page_is_in_the_summary_and_every_link_leads_to_a_file() {
    let folder = project("docs/guide");
    let summary = fs::read_to_string(folder.join("SUMMARY.md")).expect("a summary");
    for (name, page) in pages() {
        assert!(name == "SUMMARY.md" || summary.contains(&format!("({name})")), "{name} is not in the summary");
        for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if file.is_empty() || file.contains("://") || file.starts_with("mailto:") || file.starts_with('/') {
                continue;
            }
            // In examples of Markdown a link is an example.
            let is_example = !file.ends_with(".md");
            assert!(is_example || folder.join(file).exists(), "{name}: {link}");
        }
    }
}
