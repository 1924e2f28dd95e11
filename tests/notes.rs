//! Every finding has a page that explains it and a small site that provokes it, and nothing else.

use super::support::{copy_tree, files_below, is_blessing, project};
use onrecord::build::{self, BuildOptions, Quiet};
use onrecord::check;
use onrecord::diag::report::Plain;
use onrecord::diag::{Code, Diagnostic, Reporter};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_code_has_its_page_and_its_fixture_and_no_page_is_left_over() {
    let codes: BTreeSet<String> = Code::all().map(|code| code.name().to_owned()).collect();
    let pages: BTreeSet<String> = files_below(&project("docs/notes"))
        .into_iter()
        .filter_map(|path| path.strip_suffix(".md").filter(|name| *name != "README").map(str::to_owned))
        .collect();
    let fixtures: BTreeSet<String> = files_below(&project("tests/notes"))
        .into_iter()
        .filter_map(|path| path.split_once('/').map(|(code, _)| code.to_owned()))
        .collect();
    assert_eq!(pages, codes, "pages in docs/notes");
    assert_eq!(fixtures, codes, "folders in tests/notes");
    for code in codes {
        let page = fs::read_to_string(project("docs/notes").join(format!("{code}.md"))).expect("a page");
        let severity = Code::all().find(|c| c.name() == code).expect("a code").severity().name();
        assert!(page.starts_with(&format!("# {code}\n\n*")), "docs/notes/{code}.md does not begin with its name");
        assert!(
            page.to_lowercase().contains(&format!("*{severity}.*")),
            "docs/notes/{code}.md does not say *{severity}*"
        );
        for heading in ["## Why it matters", "## Example", "## What to do"] {
            assert!(page.contains(heading), "docs/notes/{code}.md lacks `{heading}`");
        }
    }
}

/// `tests/notes/CODE/site` is built, and looked over where the build finds nothing; the findings are
/// `tests/notes/CODE/message.txt`.
#[test]
fn every_fixture_says_its_finding_and_no_other() {
    for code in Code::all() {
        let fixture = project("tests/notes").join(code.name());
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let root = scratch.path().join("site");
        copy_tree(&fixture.join("site"), &root);
        prepare(code.name(), &root);
        let options = BuildOptions::new(&root);
        let mut diagnostics = match build::run(&options, &Quiet) {
            Ok(published) => published.diagnostics,
            Err(failure) => failure.diagnostics,
        };
        if diagnostics.is_empty() {
            // A site that is built without a word is looked over.
            let today = jiff::civil::date(2032, 1, 1);
            diagnostics = looked_over(code, &options, today).diagnostics;
        }
        let said: BTreeSet<&str> = diagnostics.iter().map(|d| d.code.name()).collect();
        assert_eq!(said, BTreeSet::from([code.name()]), "{}: {}", code.name(), plain(&diagnostics, &root));
        let message = plain(&diagnostics, &root);
        let file = fixture.join("message.txt");
        if is_blessing() {
            fs::write(&file, &message).expect("a message");
        }
        assert_eq!(message, fs::read_to_string(&file).unwrap_or_default(), "{}", file.display());
    }
}

/// Looks a site over; asks other hosts only where that is what the finding is about.
fn looked_over(code: Code, options: &BuildOptions, today: jiff::civil::Date) -> check::Checked {
    #[cfg(feature = "external")]
    if code.name() == "link-dead" {
        let outside = check::Outside::new(options.root.join(".onrecord/links.json"), 0);
        return check::run_outside(options, Some(today), &outside, &Quiet).expect("a site");
    }
    let _ = code;
    check::run(options, Some(today), &Quiet).expect("a site")
}

/// What no repository can hold.
fn prepare(code: &str, root: &Path) {
    match code {
        // A link, which some systems cannot check out.
        "file-unreadable" => {
            #[cfg(unix)]
            std::os::unix::fs::symlink("14-quay.txt", root.join("content/2031/11/15-linked.txt")).expect("a link");
            #[cfg(not(unix))]
            fs::create_dir(root.join("content/2031/11/15-linked.txt")).expect("a folder");
        }
        // Numbers that no compressor can press, and too many to keep.
        "page-heavy" => {
            let numbers: String = (0..3_000_u64)
                .map(|n| {
                    format!("{:016x} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(n as u32) ^ n.wrapping_mul(n))
                })
                .collect();
            fs::create_dir_all(root.join("static")).expect("a folder");
            fs::write(root.join("static/tides.html"), format!("<!doctype html>\n<title>Tides</title>\n<p>{numbers}\n"))
                .expect("a file");
        }
        // Too many to keep.
        "quotes-beyond" => {
            let report = root.join("content/2031/11/14-quay.md");
            let text = fs::read_to_string(&report).expect("a report");
            fs::write(&report, [text, "\"a\"\n".repeat(27_000)].concat()).expect("a file");
        }
        // The .gitignore of most projects would keep these out.
        "output-foreign" => {
            fs::create_dir_all(root.join("public")).expect("a folder");
            fs::write(root.join("public/old.html"), "<p>Put here by hand.").expect("a file");
        }
        "output-refused" => {
            fs::create_dir_all(root.join("public")).expect("a folder");
            fs::write(root.join("public/index.html"), "<p>Put here by hand.").expect("a file");
        }
        _ => {}
    }
}

fn plain(diagnostics: &[Diagnostic], root: &Path) -> String {
    let mut out = String::new();
    Plain.report(diagnostics, &mut out);
    out.replace(&*root.to_string_lossy(), "[SITE]")
}
