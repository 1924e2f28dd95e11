//! Whatever the copy, the annotator returns what its types promise.

use super::support::{depicted, files_below, parsed, project, ruled, sound, woven};
use onrecord::media;
use onrecord::read;
use proptest::prelude::*;

/// Pieces that copy is made of, and pieces that it should not be made of.
const PIECES: &[&str] = &[
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "''",
    "``",
    "„",
    "«",
    " ",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    ", ",
    ". ",
    ": ",
    "? ",
    "! ",
    "—",
    "-",
    "...",
    "Ingrid Marsh",
    "Marsh",
    "Mr Renn",
    "Tobias Renn",
    "Dame Ola",
    "Lord Ferrant",
    "the Harbour Minister",
    "she",
    "he",
    "they",
    "said",
    "told",
    "added",
    "according to",
    "who",
    "the council",
    "a spokesman",
    "officials",
    "INGRID MARSH",
    "Dr.",
    "J.",
    "U.S.",
    "will open",
    "the tunnel",
    "that",
    "and",
    "’90s",
    "n’t",
    "é",
    "\u{ad}",
    "\u{200b}",
    "\u{feff}",
    "\0",
    "𝔘",
    "日本",
    "<b>",
    "</",
    "@renn",
    "https://calder.example/x",
    "(",
    ")",
    "(Ola Brandt/Northsound)",
    "1,200",
    "52-year-old",
    "⟦",
    "⟧",
    "=",
];

/// Copy holds together as wire copy and as Markdown.
fn check(text: &str) {
    for path in ["content/any.txt", "content/any.md"] {
        // Front matter that is wrong refuses the file.
        if let Some((article, annotations)) = sound::check(path, text) {
            woven::check(&article, &annotations);
            parsed::check(&article, &annotations);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn copy_of_any_pieces_is_annotated_soundly(pieces in prop::collection::vec(0..PIECES.len(), 0..120)) {
        let text: String = pieces.iter().flat_map(|&i| [PIECES[i], if i % 3 == 0 { "" } else { " " }]).collect();
        check(&text);
    }

    #[test]
    fn whatever_an_editor_decides_about_holds_together(
        pieces in prop::collection::vec(0..PIECES.len(), 0..80),
        stretches in prop::collection::vec((0..400usize, 1..40usize, 0..24usize), 1..8),
    ) {
        let text: String = pieces.iter().flat_map(|&i| [PIECES[i], if i % 3 == 0 { "" } else { " " }]).collect();
        for path in ["content/any.txt", "content/any.md"] {
            if let Some((article, annotations)) = sound::check(path, &text) {
                woven::check(&article, &sound::decided(&text, &article, annotations, &stretches));
            }
        }
    }

    #[test]
    fn any_characters_at_all_are_annotated_soundly(text in "\\PC{0,300}") {
        check(&text);
    }
}

/// Copy that asks for as much work as its length can: one piece again and again, or names that are all different.
fn hostile(n: usize) -> Vec<String> {
    let pieces = [
        "“",
        "‘a ",
        "'xs' y ",
        "‘a “b” c ",
        "“No,” said Ingrid Marsh. ",
        "Ingrid Marsh ",
        "Ingrid Marsh, secretary of the union, ",
        "Harbour Minister ",
        "said ",
        "said that ",
        "He said she told him. ",
        "Marsh, who ",
        "“a” ",
        "“a\n\n",
        "“No,” she said.\n\n",
        "INGRID MARSH: “No.”\n\n",
        "Ola “Dusty” Brandt ",
        "the minister, ",
        "<",
        "<a ",
        "a-",
        "A. ",
        "http://",
        "according to ",
        "her claim that ",
    ];
    let named = |i: usize| format!("Ingrid{i} Marsh said “no”. ");
    let strangers = |i: usize| format!("“No,” said Ingrid{i} Marsh{i}.\n\n");
    let mut out: Vec<String> = pieces.iter().map(|piece| piece.repeat(n)).collect();
    out.push((0..n).map(named).collect());
    out.push((0..n).map(strangers).collect());
    out
}

#[test]
fn hostile_copy_is_annotated_soundly() {
    for text in hostile(2000) {
        check(&format!(
            "Harbour

A headline

{text}"
        ));
    }
}

/// `tests/fuzzed/`: files that broke a promise once, ours or the check’s; the ending chooses the reader.
#[test]
fn what_fuzzing_found_holds_together() {
    let files = files_below(&project("tests/fuzzed"));
    assert!(!files.is_empty(), "the files are there");
    for file in files {
        let path = format!("content/{file}");
        let bytes = std::fs::read(project("tests/fuzzed").join(&file)).expect("a readable file");
        if media::is_picture(&path) {
            depicted::check(&path, &bytes);
            continue;
        }
        sound::check_bytes(&path, &bytes);
        let source = read::decode(&path, &bytes).value;
        let Some((article, annotations)) = sound::check(&path, &source.text) else { continue };
        woven::check(&article, &annotations);
    }
}

/// The sample's own pictures, cut short and with bytes changed.
#[test]
fn damaged_pictures_are_refused_or_sound() {
    let content = project("content");
    let raster = |path: &String| media::is_picture(path) && !path.ends_with(".svg");
    let pictures = files_below(&content).into_iter().filter(raster);
    let small = |path: &String| std::fs::metadata(content.join(path)).is_ok_and(|about| about.len() < 13_000);
    let mut tried = 0;
    for path in pictures.filter(small).take(4) {
        let bytes = std::fs::read(content.join(&path)).expect("a picture");
        depicted::check(&path, &bytes);
        // Where the head is, more happens.
        for step in 0..12 {
            let at = if step % 2 == 0 { step * bytes.len() / 12 } else { step * 37 % bytes.len().min(700) };
            depicted::check(&path, &bytes[..at]);
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (step % 8);
            depicted::check(&path, &changed);
            tried += 2;
        }
    }
    assert!(tried > 90, "{tried}");
}

/// Lines of the files that editors write, right and wrong, and of credits and dates.
const LINES: &[&str] = &[
    "+++",
    "[[quotation]]",
    "exact = \"We sail,\"",
    "exact = [\"We sail\", \"Tonight\"]",
    "speaker = \"Tobias Renn\"",
    "speaker = \"?\"",
    "speaker = \"tobias-renn\"",
    "kind = \"partial\"",
    "prefix = \"“\"",
    "name = \"Ingrid Marsh\"",
    "name = \"\u{202e}\"",
    "aliases = [\"Marsh\", \"\"]",
    "articles = [\"../x\"]",
    "[[roles]]",
    "title = \"Harbour Minister\"",
    "from = 2031-02-28",
    "from = 9999-12-31",
    "[[ruling]]",
    "action = \"withdraw\"",
    "article = \"/2031/11/14/a/\"",
    "date = 2031-11-14",
    "a = nan",
    "= 1",
    "[a.b]",
    "“",
    "(Ola Brandt/Northsound)",
    "Photo: Ola Brandt",
    "14 November 2031, 5.20pm",
    "31/02/2031 25:61 GMT",
    "é",
    "\u{2028}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_editors_write_is_read_or_refused_with_a_reason(lines in prop::collection::vec(0..LINES.len(), 0..14)) {
        let text: String = lines.iter().map(|&i| format!("{}\n", LINES[i])).collect();
        ruled::sidecar(&text);
        ruled::person(&text);
        ruled::person(&format!("+++\n{text}+++\n"));
        ruled::ledger(&text);
        ruled::settings(&text);
        ruled::theme_words(&text);
        for line in text.lines().chain([&*text.replace('\n', " ")]) {
            ruled::credits(line);
            ruled::dates(line);
        }
    }
}
