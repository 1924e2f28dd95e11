use super::editor;
use crate::build::plain;
use crate::diag::{Diagnostic, Severity, clean};
use serde::Serialize;
use std::collections::HashMap;
use std::path::{Component, Path};

/// Notes shown in a page at once; the rest is counted.
const SHOWN: usize = 100;
/// Lines shown before and after the one that a note points at.
const AROUND: usize = 2;
/// Characters shown of a line that is only there for company.
const WIDTH: usize = 200;

/// A finding as a page shows it. Nothing in it would move a terminal or turn the direction of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Note {
    severity: &'static str,
    code: &'static str,
    message: String,
    /// From the site's folder; empty where no file is meant.
    path: String,
    /// From 1; 0 where there is none, as with the column.
    line: u32,
    column: u32,
    /// The line and those around it, the line itself in three pieces: before, the place, after.
    before: Vec<String>,
    excerpt: Option<[String; 3]>,
    after: Vec<String>,
    label: String,
    note: Option<String>,
    help: Option<String>,
    /// Opens the file in an editor.
    link: Option<String>,
}

/// The findings to show: errors first, each in the order given; and how many there are beyond these.
pub(super) fn notes(diagnostics: &[Diagnostic], root: &Path, pattern: &str) -> (Vec<Note>, usize) {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    let beyond = sorted.len().saturating_sub(SHOWN);
    sorted.truncate(SHOWN);
    let mut files = HashMap::new();
    (sorted.into_iter().map(|diagnostic| note(diagnostic, root, pattern, &mut files)).collect(), beyond)
}

/// Something that happened to the build itself.
pub(super) fn breakdown(message: &str) -> Note {
    Note {
        severity: Severity::Error.name(),
        code: "",
        message: clean(message).into_owned(),
        path: String::new(),
        line: 0,
        column: 0,
        before: Vec::new(),
        excerpt: None,
        after: Vec::new(),
        label: String::new(),
        note: Some("the site is as the last good build left it".to_owned()),
        help: Some("this is a fault of onrecord: please report it with the file that you changed last".to_owned()),
        link: None,
    }
}

fn note(found: &Diagnostic, root: &Path, pattern: &str, files: &mut HashMap<String, Vec<String>>) -> Note {
    let place = found.place.as_deref();
    let path = place.map_or(&found.path, |place| &place.path);
    let at = place.map(|place| (place.line, place.column));
    let mut note = Note {
        severity: found.severity.name(),
        code: found.code.name(),
        message: clean(&found.message).into_owned(),
        path: clean(path).into_owned(),
        line: at.map_or(0, |(line, _)| line),
        column: at.map_or(0, |(_, column)| column),
        before: Vec::new(),
        excerpt: None,
        after: Vec::new(),
        label: String::new(),
        note: found.note.as_deref().map(|note| clean(note).into_owned()),
        help: found.help.as_deref().map(|help| clean(help).into_owned()),
        link: within(path).then(|| editor::link(pattern, root, path, at)),
    };
    let Some(place) = place else {
        return note;
    };
    let (start, end) = (place.start as usize, place.end as usize);
    let piece = |range: Option<&str>| clean(range.unwrap_or_default()).into_owned();
    note.excerpt = Some([
        piece(place.excerpt.get(..start)),
        piece(place.excerpt.get(start..end)),
        piece(place.excerpt.get(end..)),
    ]);
    note.label = clean(&place.label).into_owned();
    if within(path) {
        let lines = files.entry(path.to_string()).or_insert_with(|| lines(&root.join(&**path)));
        let line = place.line as usize - 1;
        // A file that has changed since, or was decoded from another encoding, would show other lines.
        if lines.get(line).is_some_and(|whole| whole.contains(place.excerpt.trim_end())) {
            let cut = |line: &String| clean(&line.chars().take(WIDTH).collect::<String>()).into_owned();
            note.before = lines[line.saturating_sub(AROUND)..line].iter().map(cut).collect();
            note.after = lines[line + 1..(line + 1 + AROUND).min(lines.len())].iter().map(cut).collect();
        }
    }
    note
}

/// Whether a path leads to a file of the site.
fn within(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

fn lines(path: &Path) -> Vec<String> {
    let bytes = plain::read(path).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default().lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;
    use crate::text::FileSpan;

    #[test]
    fn a_note_shows_the_lines_around_its_place() {
        let site = tempfile::tempdir().expect("a folder");
        let copy = "one\ntwo\nthree “open\nfour\nfive\nsix\n";
        std::fs::write(site.path().join("a.txt"), copy).expect("a file");
        let at = copy.find('“').expect("the mark");
        let warning = Diagnostic::new(codes::QUOTE_UNCLOSED, "a.txt", "this quotation is never\u{1b}[31m closed").at(
            copy,
            FileSpan::new(at, at + 3),
            "opened here",
        );
        let error = Diagnostic::new(codes::FILE_UNREADABLE, "../b.txt", "this file cannot be read");
        let (notes, beyond) = notes(&[warning, error], site.path(), "ed:{file}:{line}:{column}");
        assert_eq!((notes.len(), beyond), (2, 0));
        assert_eq!((notes[0].severity, notes[0].link.as_deref()), ("error", None));
        let note = &notes[1];
        assert_eq!(note.message, "this quotation is never␛[31m closed");
        assert_eq!((note.line, note.column), (3, 7));
        assert_eq!(note.before, ["one", "two"]);
        assert_eq!(note.excerpt, Some(["three ".to_owned(), "“".to_owned(), "open".to_owned()]));
        assert_eq!(note.after, ["four", "five"]);
        assert!(note.link.as_ref().is_some_and(|link| link.ends_with("/a.txt:3:7")), "{:?}", note.link);
    }
}
