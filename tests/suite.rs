//! Copy with its answers written in: take them out, annotate, write them back, compare, and count what is right.
//!
//! `tests/suite/**/*.txt` holds cases parted by `---`; the `#` lines at the head of a case tell the habit it teaches.
//! The answers are what a careful sub-editor would write. Where the annotator writes others, `NAME.wrong` beside the
//! file holds what it writes, in which sort of answer it is wrong, and why: wrong behaviour we live with is asserted,
//! not skipped. A line `# Why: …` there is kept while the sort is the same. `floor.toml` holds the figures. Both are
//! written by `just bless`; a case is never edited so that it passes.

use super::support::{Tally, files_below, is_blessing, project, read_floor, show_floor};
use onrecord::annotate::{self, Answered, Holders, Label, Lexicon, Who};
use onrecord::config::Settings;
use onrecord::model::{Article, Encoding, Kind, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

const SUITE: &str = "tests/suite";
const FLOOR: &str = "tests/suite/floor.toml";
/// The trainer's copy.
const LEARNED: &str = "xtask/copy";

/// A case of a file.
struct Case {
    /// The file, and the number of the case in it, from 1.
    name: String,
    /// The `#` lines.
    notes: String,
    /// The copy with its answers.
    body: String,
}

impl Case {
    fn answered(&self) -> Answered {
        annotate::answered(&self.body).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

/// The cases of the files below a folder, by file.
fn cases(folder: &str) -> BTreeMap<String, Vec<Case>> {
    let files = files_below(&project(folder)).into_iter().filter(|path| path.ends_with(".txt"));
    files.map(|path| (path.clone(), cases_of(&path, &read(&format!("{folder}/{path}"))))).collect()
}

fn cases_of(path: &str, text: &str) -> Vec<Case> {
    let case = |(i, case): (usize, &str)| {
        let (notes, body): (Vec<_>, Vec<_>) = case.lines().partition(|line| line.starts_with('#'));
        let joined = |lines: Vec<&str>| lines.join("\n").trim().to_owned();
        Case { name: format!("{path}, case {}", i + 1), notes: joined(notes), body: joined(body) }
    };
    text.split("\n---\n").enumerate().map(case).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_default()
}

/// The copy of an article with the answers that the annotator gives.
fn annotated(article: &Article) -> String {
    let source = Source { path: "suite.txt".into(), text: article.text.clone(), encoding: Encoding::Utf8 };
    let settings = Settings::default().annotate;
    let annotations = annotate::annotate(article, &source, Lexicon::english(), &Holders::default(), &settings).value;
    annotate::show(article, &annotations).trim().to_owned()
}

#[test]
fn copy_is_annotated_no_worse_than_it_was() {
    let mut faults = String::new();
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (path, cases) in cases(SUITE) {
        let folder = path.split('/').next().unwrap_or_default().to_owned();
        let tally = tallies.entry(folder).or_default();
        let wrong_path = format!("{SUITE}/{}", path.replace(".txt", ".wrong"));
        let known = cases_of(&wrong_path, &read(&wrong_path));
        let known: BTreeMap<_, _> =
            known.iter().filter(|c| !c.body.is_empty()).map(|c| (c.answered().article.text, c)).collect();
        let mut seen = BTreeSet::new();
        let mut wrong = String::new();
        for case in &cases {
            let gold = case.answered();
            let body = annotated(&gold.article);
            let found = annotate::answered(&body).unwrap_or_else(|error| panic!("{}: {error}", case.name));
            assert_eq!(gold.article.text, found.article.text, "{}: every byte of the copy comes back", case.name);
            let right = Tally::of(&gold, &found, body == case.body);
            *tally = *tally + right;
            let before = known.get(&gold.article.text);
            seen.extend(before.map(|_| gold.article.text.clone()));
            let expected = before.map_or(&case.body, |c| &c.body);
            if body != *expected {
                let verdict = match before {
                    None => "goes wrong",
                    Some(_) if body == case.body => "is known to go wrong, and is right now",
                    Some(_) => "goes wrong in another way than it is known to",
                };
                let _ = writeln!(faults, "{} {verdict}:\n  expected {expected}\n  found    {body}", case.name);
            }
            if body != case.body {
                let parted = if wrong.is_empty() { "" } else { "---\n" };
                let mut sorts = right.faults().collect::<Vec<_>>().join(", ");
                if sorts.is_empty() {
                    sorts.push_str("the edges of a statement");
                }
                let sorts = format!("# Wrong in: {sorts}.");
                // What goes wrong in another way wants another reason.
                let same = before.filter(|c| c.notes.lines().any(|line| line == sorts));
                let why: String = same.map(|c| why_of(&c.notes)).unwrap_or_default();
                let notes = format!("{}\n{sorts}{why}", case.notes);
                let _ = writeln!(wrong, "{parted}{notes}\n{body}");
            }
        }
        if is_blessing() {
            write_if_any(&wrong_path, &wrong);
        } else if let Some(case) = known.iter().find(|(text, _)| !seen.contains(*text)).map(|(_, case)| case) {
            let _ = writeln!(faults, "{}: no case of the suite has these words", case.name);
        }
    }
    let all = tallies.values().fold(Tally::default(), |sum, tally| sum + *tally);
    // Printed in every run: what is written past the harness is not captured.
    let _ = std::io::stderr().write_all(format!("suite: {all}\n").as_bytes());
    let floor = show_floor(&tallies);
    if is_blessing() {
        fs::write(project(FLOOR), &floor).expect("the floor is writable");
        return;
    }
    for (folder, floor) in read_floor(&read(FLOOR)) {
        let tally = tallies.get(&folder).copied().unwrap_or_default();
        faults.extend(tally.falls_below(&floor).map(|fall| format!("{folder}: {fall}\n")));
    }
    if floor != read(FLOOR) {
        faults.push_str("the figures are not those of the floor; where they are better, raise it: `just bless`\n");
    }
    assert!(faults.is_empty(), "{faults}");
}

/// What somebody wrote of why a case goes wrong: `# Why: …`; kept while it goes wrong in the same sort of answer.
fn why_of(notes: &str) -> String {
    notes.lines().filter(|line| line.starts_with("# Why: ")).flat_map(|line| ["\n", line]).collect()
}

/// Writes a file, or removes it where there is nothing to write.
fn write_if_any(path: &str, text: &str) {
    let path = project(path);
    if text.is_empty() {
        let _ = fs::remove_file(path);
    } else {
        fs::write(path, text).expect("the suite is writable");
    }
}

#[test]
fn the_suite_is_large_and_its_gold_is_sound() {
    let suite = cases(SUITE);
    let learned = cases(LEARNED);
    let count = |files: &BTreeMap<String, Vec<Case>>| files.values().map(Vec::len).sum::<usize>();
    assert!(count(&suite) >= 450, "{} cases to measure on", count(&suite));
    assert!(count(&learned) >= 450, "{} cases to learn from", count(&learned));
    suite.values().chain(learned.values()).flatten().for_each(is_sound);
}

/// The answers of a case must be such as the annotator could give.
fn is_sound(case: &Case) {
    let name = &case.name;
    assert!(case.notes.starts_with("# "), "{name}: a first line tells what the case teaches");
    let gold = case.answered();
    let text = &gold.article.text;
    assert!(!text.is_empty(), "{name} has words");
    let names = |who: &Who| match who {
        Who::Person(person) => assert!(text.contains(&**person), "{name}: the copy does not name “{person}”"),
        Who::Unnamed | Who::Group | Who::Unknown => {}
    };
    let mut quoted = false;
    for answer in &gold.answers {
        let words = answer.span.of(text);
        assert_eq!(words, words.trim(), "{name}: “{words}” has blanks at its edges");
        match &answer.label {
            Label::Quote(kind, who) => {
                names(who);
                quoted = true;
                let marked = words.starts_with(['“', '‘', '"', '\'', '`', '«', '„']);
                assert!(marked || matches!(kind, Kind::Indirect | Kind::Direct), "{name}: “{words}” has no marks");
            }
            Label::More => assert!(quoted, "{name}: “{words}” goes on with nothing"),
            Label::Cue => assert!(!words.contains(' '), "{name}: the cue “{words}” is one word"),
            Label::Mention(who) => names(who),
        }
    }
}

#[test]
fn what_is_learned_from_is_not_measured_on() {
    let sentences = |folder| -> BTreeSet<String> {
        let texts = cases(folder).into_values().flatten().map(|case| case.answered().article.text);
        texts.flat_map(|text| text.split(['.', '?', '!', '\n']).map(letters).collect::<Vec<_>>()).collect()
    };
    let shared: Vec<_> = sentences(SUITE).intersection(&sentences(LEARNED)).filter(|s| s.len() > 24).cloned().collect();
    assert!(shared.is_empty(), "sentences in both: {shared:#?}");
}

/// A sentence's words in small letters, signs left out.
fn letters(sentence: &str) -> String {
    let words =
        sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
