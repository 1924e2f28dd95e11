//! Whatever the copy, the annotator returns what its types promise.

use onrecord::annotate::{self, Holders, Lexicon};
use onrecord::config::Settings;
use onrecord::model::{Annotations, Article, Encoding, Source};
use onrecord::read;
use onrecord::text::TextSpan;
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

/// Reads copy as wire copy and as Markdown, annotates it, and looks whether all holds together.
fn check(text: &str) {
    for path in ["content/any.txt", "content/any.md"] {
        let source = Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 };
        let settings = Settings::default();
        // Front matter that is wrong refuses the file.
        let Some(article) = read::read(&source, &settings.read).value else { continue };
        let found = annotate::annotate(&article, &source, Lexicon::english(), &Holders::default(), &settings.annotate);
        sound(&source, &article, &found.value);
        shown(&article, &found.value);
    }
}

/// What is shown is the copy with answers: taken out again, they leave the words as they were.
fn shown(article: &Article, annotations: &Annotations) {
    if article.text.contains(['⟦', '⟧']) {
        return;
    }
    let shown = annotate::show(article, annotations);
    let taken_out = annotate::answered(&shown).expect("brackets come in pairs").article.text;
    // Labels of blocks and of credits stand between.
    let mut rest = taken_out.chars();
    for block in &article.blocks {
        for c in block.span.of(&article.text).chars().filter(|c| !c.is_whitespace()) {
            assert!(rest.any(|other| other == c), "{c:?} of {:?} is not shown", block.span.of(&article.text));
        }
    }
}

fn sound(source: &Source, article: &Article, annotations: &Annotations) {
    let text = &article.text;
    let whole = |span: TextSpan| {
        assert!(text.get(span.range()).is_some(), "{span:?} is not on character boundaries");
        assert!(!span.is_empty(), "{span:?} is empty");
        let in_file = article.file_span(span);
        assert!(source.text.get(in_file.range()).is_some(), "{in_file:?} of the file is not on character boundaries");
    };
    annotations.sentences.iter().for_each(|s| whole(*s));
    assert!(annotations.sentences.windows(2).all(|w| w[0].end <= w[1].start), "sentences are sorted and disjoint");
    let mut open: Vec<u32> = Vec::new();
    for (i, mention) in annotations.mentions.iter().enumerate() {
        whole(mention.span);
        open.retain(|end| *end > mention.span.start);
        assert!(open.iter().all(|end| mention.span.end <= *end), "mentions nest");
        open.push(mention.span.end);
        assert!(i == 0 || annotations.mentions[i - 1].span.start <= mention.span.start, "mentions are sorted");
        if let Some(chain) = mention.chain {
            assert!(annotations.chain(chain).mentions.iter().any(|m| m.index() == i), "a chain knows its mentions");
        }
    }
    for chain in &annotations.chains {
        assert!(!chain.name.is_empty(), "a person has a name");
    }
    let mut last = 0;
    for quote in &annotations.quotes {
        assert!(!quote.parts.is_empty(), "a quote has parts");
        assert!(quote.parts.windows(2).all(|w| w[0].marked.end <= w[1].marked.start), "parts are sorted and disjoint");
        for part in &quote.parts {
            whole(part.words);
            whole(part.marked);
            assert!(part.marked.contains(part.words), "marks stand around the words");
        }
        assert!(last <= quote.parts[0].marked.start, "quotes are sorted");
        last = quote.parts[0].marked.start;
        quote.cue.into_iter().chain(quote.evidence).for_each(whole);
        assert!((0.0..=1.0).contains(&quote.confidence), "confidence is a share");
        if let Some(mention) = quote.mention {
            assert!(mention.index() < annotations.mentions.len());
        }
        if let Some(speaker) = quote.speaker {
            assert!(speaker.index() < annotations.chains.len());
        }
    }
    let mut parts: Vec<TextSpan> = annotations.quotes.iter().flat_map(|q| q.parts.iter().map(|p| p.marked)).collect();
    parts.sort_unstable();
    assert!(parts.windows(2).all(|w| w[0].end <= w[1].start), "no two quotes share words");
    let facts = annotate::facts(article, annotations);
    assert_eq!(facts.quotes.len(), annotations.quotes.iter().filter(|q| q.kind.is_speech()).count());
    for quote in &facts.quotes {
        assert!(quote.context.chars().count() <= 260, "a context is short");
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
