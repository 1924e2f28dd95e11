//! What is built into onrecord: licences that its users can live with, from crates.io and nowhere else.

use super::support::project;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// The licences that `deny.toml` allows, which cargo-deny reads too.
fn allowed() -> BTreeSet<String> {
    let text = fs::read_to_string(project("deny.toml")).expect("deny.toml");
    let table: toml::Table = text.parse().expect("TOML");
    let list = table["licenses"]["allow"].as_array().expect("a list");
    list.iter().map(|name| name.as_str().expect("text").to_owned()).collect()
}

/// The licences that one crate is allowed beside those.
fn excepted() -> Vec<(String, BTreeSet<String>)> {
    let text = fs::read_to_string(project("deny.toml")).expect("deny.toml");
    let table: toml::Table = text.parse().expect("TOML");
    let list = table["licenses"]["exceptions"].as_array().expect("a list");
    let row = |row: &toml::Value| {
        let allow = row["allow"].as_array().expect("a list");
        let name = row["crate"].as_str().expect("text").to_owned();
        (name, allow.iter().map(|name| name.as_str().expect("text").to_owned()).collect())
    };
    list.iter().map(row).collect()
}

/// Whether an SPDX expression leaves a way that takes allowed licences only. AND binds closer than OR.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    // A slash is the older way to write OR.
    let words = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = words.split_whitespace().collect();
    let (is, rest) = any(&tokens, allowed);
    is && rest.is_empty()
}

fn any<'t, 's>(tokens: &'t [&'s str], allowed: &BTreeSet<String>) -> (bool, &'t [&'s str]) {
    let (mut is, mut rest) = all(tokens, allowed);
    while let Some(("OR", after)) = rest.split_first().map(|(token, after)| (*token, after)) {
        let (other, after) = all(after, allowed);
        (is, rest) = (is | other, after);
    }
    (is, rest)
}

fn all<'t, 's>(tokens: &'t [&'s str], allowed: &BTreeSet<String>) -> (bool, &'t [&'s str]) {
    let (mut is, mut rest) = one(tokens, allowed);
    while let Some(("AND", after)) = rest.split_first().map(|(token, after)| (*token, after)) {
        let (other, after) = one(after, allowed);
        (is, rest) = (is & other, after);
    }
    (is, rest)
}

fn one<'t, 's>(tokens: &'t [&'s str], allowed: &BTreeSet<String>) -> (bool, &'t [&'s str]) {
    match tokens {
        ["(", rest @ ..] => {
            let (is, rest) = any(rest, allowed);
            (is && rest.first() == Some(&")"), rest.get(1..).unwrap_or_default())
        }
        [name, "WITH", exception, rest @ ..] => (allowed.contains(&format!("{name} WITH {exception}")), rest),
        [name, rest @ ..] => (allowed.contains(*name), rest),
        [] => (false, tokens),
    }
}

/// What `cargo metadata` says of the workspace and all that it is built of.
fn metadata() -> Value {
    let said = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .current_dir(project(""))
        .output()
        .expect("cargo");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    serde_json::from_slice(&said.stdout).expect("JSON")
}

#[test]
fn no_crate_of_ours_may_have_unsafe_code() {
    let metadata = metadata();
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().expect("members").iter().filter_map(Value::as_str).collect();
    let packages = metadata["packages"].as_array().expect("packages");
    let ours: Vec<&Value> =
        packages.iter().filter(|package| package["id"].as_str().is_some_and(|id| members.contains(id))).collect();
    assert!(ours.len() == members.len() && ours.len() >= 2);
    for package in ours {
        let manifest = package["manifest_path"].as_str().expect("a path");
        let table: toml::Table = fs::read_to_string(manifest).expect("a manifest").parse().expect("TOML");
        let lint = table.get("lints").and_then(|lints| lints.get("rust")?.get("unsafe_code")?.as_str());
        // Not to be allowed again further in, as `deny` can be.
        assert_eq!(lint, Some("forbid"), "{manifest}");
    }
}

#[test]
fn every_crate_is_licensed_to_be_built_in_and_comes_from_crates_io() {
    let metadata = metadata();
    let (allowed, mut excepted) = (allowed(), excepted());
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 100, "{}", packages.len());
    for package in packages {
        let name = format!("{} {}", package["name"], package["version"]);
        let licence = package["license"].as_str().unwrap_or_default();
        let exception = excepted.iter().position(|(name, _)| package["name"] == **name);
        let also = exception.map(|at| excepted.remove(at).1).unwrap_or_default();
        assert!(also.is_empty() || !is_allowed(licence, &allowed), "{name} needs no exception");
        assert!(is_allowed(licence, &allowed.union(&also).cloned().collect()), "{name}: {licence}");
        // Only what lies in this repository has no source.
        if let Some(source) = package["source"].as_str() {
            assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
        }
    }
    assert_eq!(excepted, [], "these crates are not built in, and need no exception");
}

#[test]
fn expressions_are_read() {
    let allowed: BTreeSet<String> = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    let check =
        |expression: &str, expected: bool| assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    check("MIT", true);
    check("MIT/Apache-2.0", true);
    check("GPL-3.0-only OR MIT", true);
    check("GPL-3.0-only AND MIT", false);
    check("MIT AND (GPL-3.0-only OR Apache-2.0)", true);
    check("Apache-2.0 WITH LLVM-exception OR MPL-2.0", true);
    check("GPL-3.0-only OR GPL-2.0-only AND MIT", false);
    check("", false);
    check("(MIT", false);
}
