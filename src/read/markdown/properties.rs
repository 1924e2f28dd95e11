//! What holds for every input.

use super::*;
use crate::config::Settings;
use crate::model::{Encoding, MarkKind};
use crate::read::person;
use proptest::prelude::*;

/// Pieces that mean something to Markdown, to TOML, or to us; and anything at all.
fn copy() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "+++\n",
        "---\n",
        "title = \"A \\u0022b\\u0022\"\n",
        "date = 2031-11-14\n",
        "dateline = \"PORT ANSEL\"\n",
        "standfirst = \"\"\"\n a\n b \"\"\"\n",
        "[[photos]]\n",
        "file = 'a.jpg'\n",
        "caption = \"C (D/E)\"\n",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "  \n",
        "> ",
        "- ",
        "3. ",
        "# ",
        "## ",
        "    ",
        "\t",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~",
        "[",
        "](",
        ")",
        "!",
        "![a](a.jpg)",
        "![a](a.jpg \"T & U (V/W)\")",
        "*cap (N/A)*",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href='/x'>",
        "</a>",
        "<q>",
        "</q>",
        "<script>",
        "</script>",
        "<object>",
        "</object>",
        "<img src='a.jpg' alt='A &amp; b'>",
        "<figure>",
        "<figcaption>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<ul>",
        "<li>",
        "<pre>",
        "<p>",
        "</p>\n",
        "<h2>",
        "<blockquote>\n",
        "</blockquote>",
        "<?x ",
        "?>",
        "<br>",
        "<!--",
        "-->",
        "<div>\n",
        "</div>",
        "<",
        ">",
        "&amp;",
        "&#1;",
        "&#x1F600;",
        "&",
        "\\",
        "\\*",
        "|",
        "|-|-|\n",
        "| a | b |\n",
        "[^1]",
        "[^1]: ",
        "{#id}",
        "javascript:x",
        "https://calder.example",
        "“",
        "”",
        "’",
        "'",
        "\"",
        "word",
        "words ",
        "é",
        "😀",
        "\u{301}",
        "\u{200b}",
        "\u{7f}",
        "\u{0}",
        "By Petra Voss\n",
        "Reporting by Petra Voss",
        "PORT ANSEL (Northsound) — ",
        "(Ola Brandt/Northsound)",
        "ends\n",
    ];
    let piece = prop_oneof![9 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check(text: &str) {
    check_under(text, false);
    check_under(text, true);
}

fn check_under(text: &str, unsafe_html: bool) {
    let source = Source { path: "content/a.md".into(), text: text.into(), encoding: Encoding::Utf8 };
    let settings = ReadSettings { unsafe_html, ..Settings::default().read };
    let read = Markdown.read(&source, &settings);
    let errors = read.diagnostics.iter().filter(|d| d.severity == crate::diag::Severity::Error).count();
    assert_eq!(read.value.is_none(), errors > 0, "an article is refused exactly where an error says why");
    let Some(article) = read.value else { return };
    let reading = &*article.text;

    let mut at = 0;
    for (i, block) in article.blocks.iter().enumerate() {
        let from = if i == 0 { 0 } else { at + 1 };
        assert_eq!(block.span.start as usize, from, "blocks touch but for one line break");
        assert!(reading.get(block.span.range()).is_some(), "blocks stand on character boundaries");
        assert!(block.within.is_none_or(|i| (i as usize) < article.containers.len()));
        at = block.span.end as usize;
    }
    assert_eq!(at, reading.len(), "blocks cover the reading text");

    for pair in article.marks.windows(2) {
        let (a, b) = (pair[0].span, pair[1].span);
        assert!((a.start, std::cmp::Reverse(a.end)) <= (b.start, std::cmp::Reverse(b.end)), "marks are sorted");
        assert!(a.end <= b.start || a.contains(b), "marks nest");
    }
    for mark in &article.marks {
        let stands = !mark.span.is_empty() || matches!(mark.kind, MarkKind::Html(_));
        assert!(stands && reading.get(mark.span.range()).is_some());
        assert!(article.blocks.iter().any(|block| block.span.contains(mark.span)), "marks stay in their block");
    }

    for pair in article.runs.windows(2) {
        assert!(pair[0].text.end <= pair[1].text.start, "runs are sorted and disjoint");
    }
    for run in &article.runs {
        let words = reading.get(run.text.range()).expect("runs stand on character boundaries");
        let written = text.get(run.file.range()).expect("runs stand on character boundaries of the file");
        assert!(words.len() != written.len() || words == written, "{words:?} is not {written:?}");
    }

    for (i, container) in article.containers.iter().enumerate() {
        assert!(container.parent.is_none_or(|parent| (parent as usize) < i));
    }
    let body_end = article.parts.last().expect("an opening").blocks.1 as usize;
    assert_eq!(body_end, article.blocks.len());
    assert!(article.parts.windows(2).all(|pair| pair[0].blocks.1 == pair[1].blocks.0), "parts cover the body");

    for photo in &article.photos {
        let caption = photo.caption.map(|span| reading.get(span.range()).expect("a caption's words"));
        let credit = photo.credit.as_ref().and_then(|credit| Some((credit.span?, &*credit.text)));
        assert!(caption.is_none_or(|words| words.trim() == words));
        assert!(credit.is_none_or(|(span, words)| span.of(reading) == words), "a credit's span holds its text");
    }
    let furniture = &article.furniture;
    assert!(furniture.dateline.is_none_or(|span| reading.get(span.range()).is_some()));
    assert!(!article.slug.is_empty());
    assert!(!reading.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "no control characters");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn copy_of_any_kind_becomes_a_sound_article(text in copy()) {
        check(&text);
        check(&format!("+++\ntitle = \"A\"\n+++\n{text}"));
    }

    #[test]
    fn people_files_of_any_kind_are_read(text in copy()) {
        let source = Source { path: "content/people/a.md".into(), text: text.into(), encoding: Encoding::Utf8 };
        let read = person(&source);
        prop_assert_eq!(read.value.is_none(), !read.diagnostics.is_empty());
    }
}
