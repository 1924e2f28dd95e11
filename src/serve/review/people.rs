//! People are renamed, merged and split, in their files.

use super::decide::{Conflict, History, Outcome, Step};
use super::snapshot::{Snapshot, Someone};
use super::store::{Kept, Store};
use crate::desk::{self, Change};
use crate::diag::Diagnostic;
use crate::text::slug;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::Path;

/// Reports that are shown of a person, and that a split may name.
const MOST: usize = 200;
/// Bytes of a name.
const LONGEST: usize = 200;

/// What a window asks of people.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Asked {
    /// Another name to be shown by.
    Rename { id: String, name: String },
    /// They are one: `into` stays.
    Merge { from: String, into: String },
    /// In these reports it is somebody else, of whom `apart` tells.
    Split { id: String, name: String, apart: String, reports: Vec<String> },
}

/// A person, to be decided about.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    id: &'a str,
    name: &'a str,
    /// Their page.
    address: String,
    office: &'a str,
    quotes: usize,
    /// Their people file, where they have one.
    file: Option<&'a str>,
    /// Newest first; not all of very many.
    reports: Vec<Named<'a>>,
    n_reports: usize,
}

/// A report that names somebody.
#[derive(Debug, Serialize)]
struct Named<'a> {
    path: &'a str,
    headline: &'a str,
    date: Option<String>,
}

/// The person of an id.
pub(super) fn shown<'a>(snapshot: &'a Snapshot, id: &str) -> Option<Shown<'a>> {
    let person = snapshot.person(id)?;
    let reports = person.reports.iter().filter_map(|at| snapshot.reports.get(*at as usize));
    let named = |report: &'a super::snapshot::Report| Named {
        path: &report.path,
        headline: &report.headline,
        date: report.date.map(|date| date.to_string()),
    };
    Some(Shown {
        id: &person.id,
        name: &person.name,
        address: format!("{}people/{}/", snapshot.root, person.id),
        office: &person.office,
        quotes: person.n_quotes,
        file: person.file.as_deref(),
        reports: reports.take(MOST).map(named).collect(),
        n_reports: person.reports.len(),
    })
}

/// Writes a decision about people down. Errors, in words, where it cannot be followed; then nothing is written.
pub(super) fn decide(
    snapshot: &Snapshot,
    store: &Store,
    root: &Path,
    asked: &Asked,
    history: &mut History,
) -> Result<Outcome, String> {
    // Whoever has no file may be given one.
    fs::create_dir_all(root.join(&*snapshot.read.content).join("people")).map_err(|error| error.to_string())?;
    let person = |id: &str| {
        let person = snapshot.person(id).ok_or_else(|| format!("nobody has the address {id}"))?;
        File::of(snapshot, store, person)
    };
    let told = |refused: Diagnostic| match refused.help {
        Some(help) => format!("{}; {help}", refused.message),
        None => refused.message.to_string(),
    };
    let (files, changes) = match asked {
        Asked::Rename { id, name } if name.len() <= LONGEST => {
            let person = person(id)?;
            let changes = desk::rename(person.someone(), name).map_err(told)?;
            (vec![person], changes)
        }
        Asked::Merge { from, into } => {
            let (from, into) = (person(from)?, person(into)?);
            let changes = desk::merge(from.someone(), into.someone()).map_err(told)?;
            (vec![from, into], changes)
        }
        Asked::Split { id, name, apart, reports } if name.len() + apart.len() <= LONGEST && reports.len() <= MOST => {
            let one = person(id)?;
            if reports.is_empty() || reports.iter().any(|path| snapshot.report(path).is_none()) {
                return Err("choose the reports in which it is somebody else".to_owned());
            }
            let address = slug(&format!("{name} {apart}"));
            if address.is_empty() || snapshot.person(&address).is_some() {
                return Err(format!("the address “{address}” is somebody’s already: say what tells the two apart"));
            }
            let other = File::new(snapshot, store, &address, name)?;
            let paths: Vec<&str> = reports.iter().map(String::as_str).collect();
            let changes = desk::split(one.someone(), other.someone(), &paths).map_err(told)?;
            (vec![one, other], changes)
        }
        Asked::Rename { .. } | Asked::Split { .. } => return Err("the name is too long".to_owned()),
    };
    let (mut steps, mut outcome) = (Vec::new(), Outcome::default());
    for change in changes {
        let (path, after) = match change {
            Change::Write { path, text } => (path, Kept { text: Some(text) }),
            Change::Remove { path } => (path, Kept::default()),
        };
        let seen = files.iter().find(|file| *file.path == *path).map(|file| file.kept.clone()).unwrap_or_default();
        let write =
            |now: &Kept| if *now == seen { Ok(after.clone()) } else { Err("somebody else has changed it".to_owned()) };
        match store.change(&path, write).map_err(|error| error.to_string()).and_then(|done| done) {
            Ok((before, after)) => {
                outcome.written.push(path.to_string());
                steps.push(Step::whole(&path, before, after));
            }
            // What comes after it leans on it.
            Err(why) => {
                outcome.conflicts.push(Conflict::of(&path, why));
                break;
            }
        }
    }
    outcome.undo = history.keep(steps);
    Ok(outcome)
}

/// A person's file as it stands, or as it would be.
struct File {
    id: Box<str>,
    name: Box<str>,
    path: Box<str>,
    kept: Kept,
}

impl File {
    fn of(snapshot: &Snapshot, store: &Store, person: &Someone) -> Result<Self, String> {
        let mut file = Self::new(snapshot, store, &person.id, &person.name)?;
        if let Some(path) = &person.file {
            file.kept = store.read(path).map_err(|error| format!("{path} cannot be read: {error}"))?;
            file.path = path.clone();
        }
        Ok(file)
    }

    fn new(snapshot: &Snapshot, store: &Store, id: &str, name: &str) -> Result<Self, String> {
        let path: Box<str> = format!("{}/people/{id}.md", snapshot.read.content).into();
        let kept = store.read(&path).map_err(|error| format!("{path} cannot be read: {error}"))?;
        Ok(Self { id: id.into(), name: name.into(), path, kept })
    }

    fn someone(&self) -> desk::Someone<'_> {
        desk::Someone { slug: &self.id, name: &self.name, path: &self.path, text: self.kept.text.as_deref() }
    }
}
