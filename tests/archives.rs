//! Golden archives: what a folder of copy becomes, byte for byte.
//!
//! `just bless` writes the expected results anew; the difference is then read before it is committed.

use super::support::{build_into, files_below, is_blessing, project, read_tree, sample};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// `tests/archives/NAME/in` becomes `tests/archives/NAME/out`; static files of the theme are left out.
#[test]
fn small_archives_become_what_they_became() {
    let names: BTreeSet<String> = files_below(&project("tests/archives"))
        .into_iter()
        .filter_map(|path| path.split_once("/in/").map(|(name, _)| name.to_owned()))
        .collect();
    assert!(!names.is_empty(), "no archive was found");
    for name in names {
        let folder = project("tests/archives").join(&name);
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let public = scratch.path().join("public");
        build_into(&folder.join("in"), &public, None);
        let mut built = read_tree(&public);
        // They are in static/ as they are; the manifest lists them with their hashes.
        built.retain(|path, _| {
            !matches!(path.as_str(), "theme.css" | "theme.js" | "search.css" | "search.js" | "icon.svg" | ".onrecord")
        });
        let out = folder.join("out");
        if is_blessing() {
            replace(&out, &built);
        }
        let expected = read_tree(&out);
        let faults = differences(&expected, &built);
        assert!(faults.is_empty(), "{name}: {}\n`just bless` takes what was built", faults.join("\n"));
    }
}

fn replace(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    let _ = fs::remove_dir_all(folder);
    for (path, bytes) in files {
        let target = folder.join(path);
        fs::create_dir_all(target.parent().expect("a parent")).expect("a folder");
        fs::write(target, bytes).expect("a file");
    }
}

fn differences(expected: &BTreeMap<String, Vec<u8>>, built: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let paths: BTreeSet<&String> = expected.keys().chain(built.keys()).collect();
    paths
        .into_iter()
        .filter_map(|path| match (expected.get(path), built.get(path)) {
            (Some(old), Some(new)) if old == new => None,
            (Some(old), Some(new)) => Some(format!("{path} differs{}", first_difference(old, new))),
            (None, _) => Some(format!("{path} is new")),
            (_, None) => Some(format!("{path} is no longer made")),
        })
        .collect()
}

fn first_difference(old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let line = old.lines().zip(new.lines()).position(|(old, new)| old != new);
    line.map_or_else(
        || " in length".to_owned(),
        |i| {
            let (old, new) = (old.lines().nth(i).unwrap_or_default(), new.lines().nth(i).unwrap_or_default());
            format!(" in line {}:\n  - {old}\n  + {new}", i + 1)
        },
    )
}

/// The sample archive by the hashes of its files, which say which pages a change has touched.
#[test]
fn the_sample_archive_becomes_what_it_became() {
    let built: String = sample()
        .files
        .iter()
        .filter(|(path, _)| *path != ".onrecord")
        .map(|(path, bytes)| {
            let hash: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            format!("{hash}  {path}\n")
        })
        .collect();
    let file = project("tests/archives/calder.manifest");
    if is_blessing() {
        fs::write(&file, &built).expect("a manifest");
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (old, new) = (lines(&expected), lines(&built));
    let changed: Vec<_> = old
        .difference(&new)
        .map(|line| format!("- {line}"))
        .chain(new.difference(&old).map(|line| format!("+ {line}")))
        .collect();
    assert!(
        changed.is_empty(),
        "pages of the sample archive differ:\n{}\n`just bless` takes what was built",
        changed.join("\n")
    );
}
