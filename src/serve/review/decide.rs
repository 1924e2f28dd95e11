//! Decisions are written down, and taken back.
//!
//! A decision says which entries its window saw on the words it is about. Where the file has others there by now,
//! somebody else has decided meanwhile: then nothing is written, and both are shown. What stands elsewhere in the file
//! is nobody's concern, so two windows and a text editor can work on one report.

use super::anchor;
use super::entry::Entry;
use super::sheet::Sheet;
use super::snapshot::Snapshot;
use super::standing::{Missing, Standing, entries, overlap};
use super::store::{Kept, Store};
use crate::read;
use crate::text::TextSpan;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Reports that are decided about at once, quotations in one of them, and parts of one.
const MOST: usize = 256;
/// Bytes of a name, a note or a speaker.
const LONGEST: usize = 2000;

/// What a window asks to be written down.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    /// Who decides; may be empty.
    by: String,
    reports: Vec<DecidedReport>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DecidedReport {
    path: String,
    /// What the window knows the report by.
    print: String,
    changes: Vec<Change>,
}

/// Some words of a report, and what they are to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// The parts of the quotations that it is about, as the window saw them.
    about: Vec<[u32; 2]>,
    /// The entries that stood there.
    seen: Vec<Entry>,
    /// What is to stand there.
    put: Vec<Put>,
}

/// One quotation as it is to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Put {
    parts: Vec<[u32; 2]>,
    speaker: Option<String>,
    kind: Option<String>,
    note: Option<String>,
    was: Option<String>,
    rule: Option<String>,
}

/// What became of it.
#[derive(Debug, Default, Serialize)]
pub(super) struct Outcome {
    /// By which it can be taken back; none where nothing was written.
    pub(super) undo: Option<usize>,
    /// The sidecars that were written, from the site's root.
    pub(super) written: Vec<String>,
    /// Where something stood in the way.
    pub(super) conflicts: Vec<Conflict>,
}

/// Why one report was left as it is.
#[derive(Debug, Serialize)]
pub(super) struct Conflict {
    path: String,
    why: String,
    /// What stands there by now.
    theirs: Vec<Entry>,
    /// What was asked for.
    mine: Vec<Entry>,
}

/// One file before and after a decision.
#[derive(Clone, Debug)]
pub(super) struct Step {
    path: String,
    before: Kept,
    after: Kept,
    /// What was taken out, and what was put in its place; one pair for each change. None for a file that is no sidecar.
    changed: Vec<(Vec<Entry>, Vec<Entry>)>,
}

/// What this run has written, newest last. Numbers stay what they are.
#[derive(Debug, Default)]
pub(super) struct History {
    steps: Vec<Option<Vec<Step>>>,
}

impl Step {
    /// A file that was replaced whole.
    pub(super) fn whole(path: &str, before: Kept, after: Kept) -> Self {
        Self { path: path.to_owned(), before, after, changed: Vec::new() }
    }
}

impl Conflict {
    /// Why a file was left as it is.
    pub(super) fn of(path: &str, why: String) -> Self {
        Self { path: path.to_owned(), why, theirs: Vec::new(), mine: Vec::new() }
    }
}

impl History {
    /// Keeps what a decision did; gives the number by which it is taken back.
    pub(super) fn keep(&mut self, steps: Vec<Step>) -> Option<usize> {
        if steps.is_empty() {
            return None;
        }
        // The oldest are forgotten: their files are whole sheets in memory.
        if let Some(old) = self.steps.len().checked_sub(MOST).and_then(|at| self.steps.get_mut(at)) {
            *old = None;
        }
        self.steps.push(Some(steps));
        Some(self.steps.len() - 1)
    }
}

/// Writes decisions down. Reports are independent: what stands in the way of one does not hold up the others.
pub(super) fn decide(
    snapshot: &Snapshot,
    store: &Store,
    root: &Path,
    decided: Decided,
    history: &mut History,
) -> Result<Outcome, String> {
    check(&decided).map_err(str::to_owned)?;
    let mut outcome = Outcome::default();
    let mut steps = Vec::new();
    for report in &decided.reports {
        match write(snapshot, store, root, report, &decided.by) {
            Ok(step) => {
                outcome.written.push(step.path.clone());
                if !step.changed.is_empty() {
                    steps.push(step);
                }
            }
            Err(conflict) => outcome.conflicts.push(*conflict),
        }
    }
    outcome.undo = history.keep(steps);
    Ok(outcome)
}

/// Takes a decision back: to the byte where nobody has touched the file since, else entry by entry.
pub(super) fn undo(store: &Store, history: &mut History, at: usize) -> Result<Outcome, String> {
    let steps = history
        .steps
        .get_mut(at)
        .and_then(Option::take)
        .ok_or_else(|| "there is nothing of that number to take back".to_owned())?;
    let mut outcome = Outcome::default();
    let mut left = Vec::new();
    for step in steps {
        let back = |now: &Kept| if *now == step.after { Ok(step.before.clone()) } else { taken_back(now, &step) };
        match store.change(&step.path, back).map_err(|error| error.to_string()).and_then(|back| back) {
            Ok(_) => outcome.written.push(step.path.clone()),
            Err(why) => {
                let theirs = store.read(&step.path).ok().and_then(|kept| entries(&step.path, &kept).ok());
                let (mine, theirs) =
                    (step.changed.iter().flat_map(|c| c.0.clone()).collect(), theirs.unwrap_or_default());
                outcome.conflicts.push(Conflict { path: step.path.clone(), why, theirs, mine });
                left.push(step);
            }
        }
    }
    if !left.is_empty() {
        history.steps[at] = Some(left);
    }
    Ok(outcome)
}

/// A sidecar that somebody else has changed, without what a decision did to it.
fn taken_back(now: &Kept, step: &Step) -> Result<Kept, String> {
    const CHANGED: &str = "somebody else has changed it since";
    let mut words = now.words().to_owned();
    if step.changed.is_empty() {
        return Err(CHANGED.to_owned());
    }
    for (taken, put) in step.changed.iter().rev() {
        let sheet = Sheet::read(&words)?;
        let stands = |entry: &Entry| sheet.entries().iter().position(|other| other == entry);
        let mut at = put.iter().map(stands).collect::<Option<Vec<_>>>().ok_or(CHANGED)?;
        at.sort_unstable();
        words = sheet.replaced(&at, taken)?;
    }
    Ok(now.with(&words))
}

/// Refuses what no window would ask for.
fn check(decided: &Decided) -> Result<(), &'static str> {
    let changes = || decided.reports.iter().flat_map(|report| &report.changes);
    let puts = || changes().flat_map(|change| &change.put);
    let long = |words: &Option<String>| words.as_ref().is_some_and(|words| words.len() > LONGEST);
    let many = decided.reports.len() > MOST
        || decided.reports.iter().any(|report| report.changes.len() > MOST)
        || changes().any(|change| change.put.len() > MOST || change.about.len() > MOST)
        || puts().any(|put| put.parts.len() > MOST);
    if decided.reports.is_empty() || many {
        return Err("a decision is about some reports, and not about very many");
    }
    if decided.by.len() > LONGEST
        || puts().any(|put| [&put.speaker, &put.kind, &put.note, &put.was, &put.rule].into_iter().any(long))
    {
        return Err("a name or a note is too long");
    }
    if puts().any(|put| put.kind.as_deref().is_some_and(|kind| !matches!(kind, "direct" | "partial" | "indirect"))) {
        return Err("a quotation is direct, partial or indirect");
    }
    if puts().any(|put| put.speaker.as_deref().is_some_and(|speaker| speaker.trim().is_empty())) {
        return Err("a speaker has a name");
    }
    Ok(())
}

fn write(
    snapshot: &Snapshot,
    store: &Store,
    root: &Path,
    report: &DecidedReport,
    by: &str,
) -> Result<Step, Box<Conflict>> {
    let refused = |why: &str, theirs: Vec<Entry>, mine: Vec<Entry>| {
        Box::new(Conflict { path: report.path.clone(), why: why.to_owned(), theirs, mine })
    };
    let standing = Standing::of(snapshot, store, root, &report.path).map_err(|missing| match missing {
        Missing::Unknown => refused("there is no such report", vec![], vec![]),
        Missing::Changed => refused(CHANGED, vec![], vec![]),
    })?;
    if standing.print() != report.print {
        return Err(refused(CHANGED, vec![], vec![]));
    }
    let mut wanted = Vec::new();
    for change in &report.changes {
        wanted.push(meant(snapshot, &standing, change, by).map_err(|why| refused(why, vec![], vec![]))?);
    }
    if let Some(fault) = &standing.fault {
        return Err(refused(fault, vec![], wanted.into_iter().flat_map(|(_, put)| put).collect()));
    }
    let mut changed = Vec::new();
    let path = read::sidecar_path(&report.path);
    let written = store.change(&path, |now| {
        let mut words = now.words().to_owned();
        changed = Vec::new();
        for (change, (place, put)) in report.changes.iter().zip(&wanted) {
            let now = now.with(&words);
            let all = entries(&path, &now).map_err(|why| refused(&why, vec![], put.clone()))?;
            let spans = anchor::all(&standing.article, &all);
            let is_there = |at: &usize| spans[*at].as_ref().is_some_and(|spans| overlap(spans, place));
            let taken: Vec<usize> = (0..all.len()).filter(is_there).collect();
            let theirs: Vec<Entry> = taken.iter().map(|at| all[*at].clone()).collect();
            // Two windows that decide alike are of one mind.
            if same_but_for_whom(&theirs, put) {
                continue;
            }
            if !is_same(&theirs, &change.seen) {
                return Err(refused(ELSE, theirs, put.clone()));
            }
            let sheet = Sheet::read(now.words()).map_err(|why| refused(&why, vec![], put.clone()))?;
            words = sheet.replaced(&taken, put).map_err(|why| refused(&why, theirs.clone(), put.clone()))?;
            // What was written has to be found again where it is meant.
            let after = entries(&path, &now.with(&words)).map_err(|why| refused(&why, theirs.clone(), put.clone()))?;
            let spans = anchor::all(&standing.article, &after);
            let there = after.iter().zip(&spans).filter(|(_, at)| at.as_ref().is_some_and(|at| overlap(at, place)));
            let there: Vec<Entry> = there.map(|(entry, _)| entry.clone()).collect();
            if !is_same(&there, put) {
                return Err(refused(TWICE, theirs, put.clone()));
            }
            changed.push((theirs, put.clone()));
        }
        let same = changed.is_empty();
        Ok(if same { now.clone() } else { now.with(&words) })
    });
    match written {
        Ok(Ok((before, after))) => Ok(Step { path, before, after, changed }),
        Ok(Err(conflict)) => Err(conflict),
        Err(error) => Err(refused(&format!("the file of decisions cannot be written: {error}"), vec![], vec![])),
    }
}

const CHANGED: &str = "the report has changed; it is shown anew as soon as it is built";
const ELSE: &str = "somebody else has decided about these words meanwhile";
const TWICE: &str = "these words would not be told from others like them, or from another decision";

/// Where a change is, and the entries it asks for.
fn meant(
    snapshot: &Snapshot,
    standing: &Standing<'_>,
    change: &Change,
    by: &str,
) -> Result<(Vec<TextSpan>, Vec<Entry>), &'static str> {
    const NOWHERE: &str = "these are no words of the report’s";
    let mut place = match change.about.is_empty() {
        true => Vec::new(),
        false => standing.spans(&change.about).ok_or(NOWHERE)?,
    };
    let mut put = Vec::new();
    for asked in &change.put {
        let spans = standing.spans(&asked.parts).ok_or(NOWHERE)?;
        let entry = entry(snapshot, standing, &spans, asked, by);
        // The words have to lead back to where they were taken from.
        let found = anchor::all(&standing.article, std::slice::from_ref(&entry));
        if found.first().and_then(Option::as_ref) != Some(&spans) {
            return Err(TWICE);
        }
        place.extend(spans);
        put.push(entry);
    }
    Ok((place, put))
}

fn entry(snapshot: &Snapshot, standing: &Standing<'_>, spans: &[TextSpan], asked: &Put, by: &str) -> Entry {
    let (prefix, suffix) = anchor::context(&standing.article, spans);
    let line = |words: &Option<String>| {
        let words = words.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    };
    Entry {
        exact: spans.iter().map(|span| span.of(&standing.article.text).to_owned()).collect(),
        prefix,
        suffix,
        speaker: line(&asked.speaker),
        kind: asked.kind.clone(),
        was: asked.was.clone(),
        rule: line(&asked.rule),
        note: line(&asked.note),
        by: line(&Some(by.to_owned())),
        date: Some(snapshot.today().to_string()),
    }
}

/// The same entries, in whatever order.
fn is_same(some: &[Entry], others: &[Entry]) -> bool {
    some.len() == others.len() && some.iter().all(|entry| others.contains(entry))
}

/// The same decisions, whoever made them, and whatever they noted.
fn same_but_for_whom(some: &[Entry], others: &[Entry]) -> bool {
    let bare = |entry: &Entry| (entry.exact.clone(), entry.speaker.clone(), entry.kind.clone(), entry.note.clone());
    !some.is_empty() && some.len() == others.len() && some.iter().zip(others).all(|(a, b)| bare(a) == bare(b))
}
