//! The floors of the house: a room imports only from below, and only the upper floors touch the world.

use super::support::{files_below, project};
use std::collections::BTreeSet;
use std::fs;

/// From the ground up. Of rooms on one floor, each may know those that stand before it.
const FLOORS: &[&[&str]] = &[
    &["text"],
    &["diag"],
    &["model", "words", "config"],
    &["read", "annotate", "media", "desk"],
    &["archive"],
    &["view"],
    &["render", "emit"],
    &["build"],
    &["serve", "check", "init"],
    &["cli"],
];

/// The first floor that may touch disk, clock, threads and environment.
const BUILD: usize = 7;

/// What the floors below [`BUILD`] must not name.
const WORLD: &[&str] = &[
    "std::fs",
    "std::env",
    "std::time",
    "std::thread",
    "std::net",
    "std::process",
    "rayon::",
    "walkdir::",
    "tokio::",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "Instant::now",
    "SystemTime",
    "println!",
    "eprintln!",
];

fn place_of(room: &str) -> Option<usize> {
    FLOORS.iter().find_map(|rooms| rooms.iter().position(|other| *other == room))
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// The lines of every source file of the rooms, without tests and comments: (path, number, line).
fn lines() -> Vec<(String, usize, String)> {
    let mut lines = Vec::new();
    for path in files_below(&project("src")).into_iter().filter(|path| path.ends_with(".rs")) {
        if is_test_module(&path) {
            continue;
        }
        let text = fs::read_to_string(project("src").join(&path)).expect("a source file");
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        for (i, line) in text.lines().enumerate() {
            if !line.trim_start().starts_with("//") {
                lines.push((path.clone(), i + 1, line.to_owned()));
            }
        }
    }
    assert!(lines.len() > 1_000, "the sources were not found");
    lines
}

/// Whether the file is a module that its parent has for tests alone.
fn is_test_module(path: &str) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".rs");
    fs::read_to_string(project("src").join(folder).join("mod.rs"))
        .is_ok_and(|parent| parent.contains(&format!("#[cfg(test)]\nmod {stem};")))
}

/// The rooms that stand behind one `crate::`: `read::…`, or each of `{read, model::…}`.
fn rooms_of(path: &str) -> Vec<String> {
    let name = |from: &str| from.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut depth = 0;
    let cut = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    };
    group.split(cut).map(name).collect()
}

#[test]
fn rooms_import_from_below_only() {
    let mut faults = Vec::new();
    for (path, number, line) in lines() {
        let Some((room, _)) = path.split_once('/') else { continue };
        let floor = floor_of(room).unwrap_or_else(|| panic!("src/{room} stands on no floor; add it to FLOORS"));
        for used in line.split("crate::").skip(1).flat_map(rooms_of) {
            if let Some(other) = floor_of(&used)
                && used != room
                && (other > floor || other == floor && place_of(&used) > place_of(room))
            {
                faults
                    .push(format!("src/{path}:{number}: {room} (floor {floor}) reaches up to {used} (floor {other})"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_lower_floors_touch_neither_disk_clock_threads_nor_environment() {
    let mut faults = Vec::new();
    for (path, number, line) in lines() {
        let Some((room, _)) = path.split_once('/') else { continue };
        if floor_of(room).is_some_and(|floor| floor < BUILD) {
            let named = WORLD.iter().filter(|name| line.contains(**name));
            faults.extend(named.map(|name| format!("src/{path}:{number}: {room} names {name}")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_peer_stands_in_its_table() {
    check_table("read", "Reader", "READERS");
    check_table("diag", "Reporter", "REPORTERS");
    check_table("emit", "Emitter", "EMITTERS");
    check_table("check", "Check", "CHECKS");
}

/// Whether every type of a room that implements the trait has a row in the table, and the other way round.
fn check_table(room: &str, peer: &str, table: &str) {
    let start = format!("impl {peer} for ");
    let mut peers = BTreeSet::new();
    let mut rows = None;
    for path in files_below(&project("src").join(room)) {
        let text = fs::read_to_string(project("src").join(room).join(&path)).expect("a source file");
        peers.extend(text.split(&start).skip(1).map(name));
        if let Some((_, after)) = text.split_once(&format!("static {table}: ")) {
            let list = after.split_once("= &[").and_then(|(_, list)| list.split_once("];")).expect("a list").0;
            rows = Some(list.split('&').skip(1).map(|row| name(row.rsplit("::").next().unwrap_or(row))).collect());
        }
    }
    let rows: BTreeSet<String> = rows.unwrap_or_else(|| panic!("{table} is not in src/{room}"));
    assert_eq!(rows, peers, "{table} in src/{room}");
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
