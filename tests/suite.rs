//! Copy with its answers written in: strip them, annotate, write them back, compare.
//!
//! `tests/suite/**/*.txt`: a first line `# what the file teaches`, then cases parted by `---`; further `#` lines
//! explain a case. `ONRECORD_BLESS=1` writes what was found; read the difference before it is committed.

use onrecord::annotate::{self, Holders, Lexicon};
use onrecord::config::Settings;
use onrecord::model::{Article, Block, BlockKind, Encoding, Photo, Run, Source};
use onrecord::text::{FileSpan, TextSpan};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn copy_is_annotated_as_its_answers_say() {
    let bless = std::env::var_os("ONRECORD_BLESS").is_some();
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite"), &mut files);
    files.sort();
    let (mut cases, mut answers, mut wrong) = (0, 0, String::new());
    for path in &files {
        let text = std::fs::read_to_string(path).expect("suite files are readable");
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        assert!(text.starts_with("# "), "{name}: the first line says what the file teaches");
        let mut blessed = String::new();
        for (i, case) in text.split("\n---\n").enumerate() {
            let (notes, body) = notes_of(case);
            let found = annotated(&strip(&body));
            cases += 1;
            answers += found.matches('⟦').count();
            if found.trim() != body.trim() {
                let _ = writeln!(wrong, "{name}, case {}:\n  expected\n{body}\n  found\n{found}", i + 1);
            }
            if i > 0 {
                blessed.push_str("---\n");
            }
            let _ = writeln!(blessed, "{notes}{}", found.trim());
        }
        if bless && blessed != text {
            std::fs::write(path, blessed).expect("suite files are writable");
        }
    }
    println!("suite: {} files, {cases} cases, {answers} answers", files.len());
    assert!(cases >= 80, "the suite has {cases} cases");
    assert!(bless || wrong.is_empty(), "{wrong}");
}

#[test]
fn every_byte_of_the_copy_comes_back_when_the_answers_are_stripped() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite"), &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("suite files are readable");
        for case in text.split("\n---\n") {
            let plain = strip(&notes_of(case).1);
            assert_eq!(strip(&annotated(&plain)).trim(), plain.trim(), "{}", path.display());
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the suite is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "txt") {
            files.push(path);
        }
    }
}

/// The `#` lines at the head of a case, and the rest.
fn notes_of(case: &str) -> (String, String) {
    let n = case.lines().take_while(|l| l.starts_with('#') || l.is_empty()).count();
    let notes: String = case.lines().take(n).flat_map(|l| [l, "\n"]).collect();
    let body: Vec<&str> = case.lines().skip(n).collect();
    (notes, body.join("\n"))
}

/// Takes the answers out: `⟦she = Ingrid Marsh⟧` becomes `she`.
fn strip(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        let (words, tail) = rest.split_at(at);
        let closing = tail.starts_with('⟧');
        // The label stands behind the last equals sign before the closing bracket.
        match words.rfind(" = ").filter(|_| closing) {
            Some(label) => out.push_str(&words[..label]),
            None => out.push_str(words),
        }
        rest = &tail['⟦'.len_utf8()..];
    }
    out.push_str(rest);
    out
}

fn annotated(plain: &str) -> String {
    let article = article(plain);
    let source = Source { path: "suite.txt".into(), text: article.text.clone(), encoding: Encoding::Utf8 };
    let annotations =
        annotate::annotate(&article, &source, Lexicon::english(), &Holders::default(), &Settings::default().annotate)
            .value;
    annotate::show(&article, &annotations)
}

/// Paragraphs parted by blank lines; `[headline]`, `[standfirst]`, `[crosshead]` and `[caption]` name others.
fn article(plain: &str) -> Article {
    let mut article = Article::default();
    let mut text = String::new();
    for paragraph in plain.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        let photo = u32::try_from(article.photos.len()).unwrap_or(0);
        let labels = [
            ("[headline] ", BlockKind::Headline),
            ("[standfirst] ", BlockKind::Standfirst),
            ("[crosshead] ", BlockKind::Crosshead(2)),
            ("[caption] ", BlockKind::Caption(photo)),
            ("", BlockKind::Paragraph),
        ];
        let Some((words, kind)) = labels.iter().find_map(|(label, kind)| Some((paragraph.strip_prefix(label)?, *kind)))
        else {
            continue;
        };
        if !text.is_empty() {
            text.push('\n');
        }
        let span = TextSpan::new(text.len(), text.len() + words.len());
        text.push_str(words);
        if matches!(kind, BlockKind::Caption(_)) {
            article.photos.push(Photo { caption: Some(span), ..Photo::default() });
        }
        article.blocks.push(Block { kind, span, within: None });
    }
    article.runs.push(Run { text: TextSpan::new(0, text.len()), file: FileSpan::new(0, text.len()) });
    article.text = text.into();
    article
}
