use super::write::{Start, fault};
use super::{Plan, write};
use crate::diag::{Diagnostic, codes};
use crate::{media, read};
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// How stories are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Plain text as an agency sends it.
    #[default]
    Wire,
    /// Markdown with TOML front matter.
    Markdown,
}

/// Texts beside the stories that are none.
const NO_STORIES: &[&str] = &["readme", "license", "licence", "changelog", "contributing", "rulings"];

/// Folders of a site that hold no stories.
const OURS: &[&str] = &["public", "target", "node_modules", "templates", "static", "i18n", "docs"];

/// Copies stories and pictures into `content/`; the originals stay where they are. What is neither is told.
pub(super) fn copy(from: &Path, start: &mut Start) -> Result<(), Diagnostic> {
    let shown = from.display().to_string();
    let from = std::fs::canonicalize(from).map_err(|error| fault(&shown, "cannot be read", &error))?;
    let content = start.root().join("content");
    if from == content {
        return Ok(());
    }
    let is_beside = |name: &str| {
        let stem = name.split('.').next().unwrap_or_default().to_lowercase();
        NO_STORIES.contains(&&*stem)
    };
    let is_story_or_picture = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        (read::reader(&name).is_some() || media::is_picture(&name)) && !is_beside(&name)
    };
    // Where stories lie in the site's folder, so do the settings and whatever else belongs there.
    let is_told = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        from != start.root() && (!is_beside(&name) || name == "rulings.toml")
    };
    let in_question = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0
            || !(name.starts_with('.')
                || entry.path() == content
                || (entry.path().starts_with(start.root()) && entry.depth() == 1 && OURS.contains(&&*name)))
    };
    let (mut found, mut passed) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(&from).follow_links(false).sort_by_file_name().into_iter().filter_entry(in_question) {
        let entry = entry.map_err(|error| {
            Diagnostic::new(codes::FILE_UNREADABLE, &shown, format!("the stories cannot be read: {error}"))
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let is_wanted = entry.file_type().is_file() && is_story_or_picture(&entry);
        match (is_wanted, entry.path().strip_prefix(&from).ok().and_then(Path::to_str)) {
            (true, Some(below)) => found.push((entry.path().to_owned(), below.replace('\\', "/"))),
            _ if is_told(&entry) => passed.push(entry.path().display().to_string()),
            _ => {}
        }
    }
    start.passed.extend(passed_over(&passed));
    for (file, below) in found {
        // What lies in `content/people/` is no story.
        let folder = if below.starts_with("people/") { "content/stories" } else { "content" };
        let path = format!("{folder}/{below}");
        write::Start::copy(start, &file, &path)?;
    }
    Ok(())
}

/// Says of files that they were not copied: of all in one, since there may be many.
fn passed_over(files: &[String]) -> Option<Diagnostic> {
    let (first, rest) = files.split_first()?;
    let others = match rest.len() {
        0 => "this file was not copied".to_owned(),
        1 => format!("this file and {} were not copied", rest[0]),
        n => format!("this file and {n} more were not copied, {} among them", rest[0]),
    };
    let help = "copy by hand what belongs there: sidecars beside their stories, rulings.toml into content/; save other \
                forms as .txt or .md";
    Some(
        Diagnostic::new(codes::FILE_PASSED_OVER, first, others)
            .note("only wire copy, Markdown and pictures are, under names in Unicode, and no links")
            .help(help),
    )
}

/// Writes the sample article: to be read where there is nothing else, as a draft where there are stories.
pub(super) fn sample(plan: &Plan, start: &mut Start) -> Result<(), Diagnostic> {
    let content = start.root().join("content");
    let files = WalkDir::new(&content).into_iter().filter_map(Result::ok);
    let stories = files
        .filter(|entry| entry.file_type().is_file() && read::reader(&entry.file_name().to_string_lossy()).is_some());
    let is_empty = stories.count() == 0;
    match (is_empty, plan.form) {
        (true, Form::Wire) => start.write("content/2031/11/14-sample-report.txt", WIRE.as_bytes()),
        (true, Form::Markdown) => start.write("content/2031/11/14-sample-report.md", markdown(false).as_bytes()),
        // Wire copy cannot say that it is a draft, and fiction must not get among somebody's reports.
        (false, _) => start.write("content/drafts/sample-report.md", markdown(true).as_bytes()),
    }
}

const WIRE: &str = "\
Harbour

Lamp on the quay is lit again after forty nights

Friday 14 November 2031, 5.20pm

PORT ANSEL (Northsound) — The lamp on the old quay was lit on Friday for the first time in forty nights.

“It is only a lamp, but people steer by it,” said Ingrid Marsh, the Harbour Minister, who held the ladder.

Tobias Renn, the keeper, said that the new wick would last until spring. “After that we shall see,” he added.

This report is a sample, and everyone in it is made up. Delete the file when you have your own.
";

fn markdown(draft: bool) -> String {
    let status = if draft { "\n# A draft is not published. Take this line out and it is.\ndraft = true" } else { "" };
    format!(
        "+++\ntitle = \"Lamp on the quay is lit again after forty nights\"\ndate = 2031-11-14T17:20:00Z\n\
         section = \"Harbour\"\ntags = [\"Old quay\"]\nauthors = [\"Lucia Ferrant\"]{status}\n+++\n\n\
         The lamp on the old quay was lit on Friday for the first time in forty nights.\n\n\
         “It is only a lamp, but people steer by it,” said Ingrid Marsh, the Harbour Minister, who held the ladder.\n\n\
         Tobias Renn, the keeper, said that the new wick would last until spring. “After that we shall see,” he added.\n\n\
         *This report is a sample, and everyone in it is made up. Delete the file when you have your own.*\n"
    )
}
