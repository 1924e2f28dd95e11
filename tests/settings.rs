//! Settings, front matter and people files, good and bad: the file's name says the fault.

use super::support::{files_below, project};
use onrecord::config::{Settings, site_toml};
use onrecord::diag::report::Plain;
use onrecord::diag::{Diagnostic, Reporter, Severity};
use onrecord::model::Source;
use onrecord::read;
use std::fs;

/// Reads every file of `tests/<folder>/valid` and `tests/<folder>/invalid` and returns what is said of the bad ones.
///
/// `read` says whether a value came of it, and what was noted.
fn check(folder: &str, read: impl Fn(&Source) -> (bool, Vec<Diagnostic>)) -> String {
    let mut told = String::new();
    for (kind, good) in [("valid", true), ("invalid", false)] {
        let root = project("tests").join(folder).join(kind);
        let files = files_below(&root);
        assert!(!files.is_empty(), "no files in {}", root.display());
        for file in files {
            let bytes = fs::read(root.join(&file)).expect("a sample file");
            let source = read::decode(&file, &bytes).value;
            let (came, diagnostics) = read(&source);
            let errors: Vec<_> = diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
            assert_eq!(came, good, "{folder}/{kind}/{file}: {diagnostics:#?}");
            assert_eq!(errors.is_empty(), good, "{folder}/{kind}/{file}: {diagnostics:#?}");
            if !good {
                let named = errors.iter().any(|d| file.starts_with(d.code.name()));
                assert!(named, "{file} is not named for a fault it has: {errors:#?}");
                Plain.report(&diagnostics, &mut told);
                told.push('\n');
            }
        }
    }
    told
}

#[test]
fn site_settings() {
    insta::assert_snapshot!(check("config", |source| {
        let read = site_toml(source);
        (read.value.is_some(), read.diagnostics)
    }));
}

#[test]
fn front_matter() {
    let settings = Settings::default();
    insta::assert_snapshot!(check("front_matter", |source| {
        let read = read::read(source, &settings.read);
        (read.value.is_some(), read.diagnostics)
    }));
}

#[test]
fn people_files() {
    insta::assert_snapshot!(check("person", |source| {
        let read = read::person(source);
        (read.value.is_some(), read.diagnostics)
    }));
}
