//! Whatever the copy, the annotator returns what its types promise.

use onrecord::annotate::{self, Holders, Lexicon};
use onrecord::config::Settings;
use onrecord::model::{Annotations, Article, Encoding, Source};
use onrecord::read;
use onrecord::text::TextSpan;
use proptest::prelude::*;
use std::time::{Duration, Instant};

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

fn annotated(text: &str) -> (Article, Annotations) {
    let source = Source { path: "content/any.txt".into(), text: text.into(), encoding: Encoding::Utf8 };
    let settings = Settings::default();
    let article = read::read(&source, &settings.read).value.unwrap_or_default();
    let annotations =
        annotate::annotate(&article, &source, Lexicon::english(), &Holders::default(), &settings.annotate).value;
    (article, annotations)
}

fn sound(article: &Article, annotations: &Annotations) {
    let text = &article.text;
    let whole = |span: TextSpan| {
        assert!(text.get(span.range()).is_some(), "{span:?} is not on character boundaries");
        assert!(!span.is_empty(), "{span:?} is empty");
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
        let (article, annotations) = annotated(&text);
        sound(&article, &annotations);
    }

    #[test]
    fn any_characters_at_all_are_annotated_soundly(text in "\\PC{0,300}") {
        let (article, annotations) = annotated(&text);
        sound(&article, &annotations);
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
        let (article, annotations) = annotated(&format!("Harbour\n\nA headline\n\n{text}"));
        sound(&article, &annotations);
    }
}

/// How long this thread has worked, where the kernel keeps account of it: on a busy machine, less than has passed.
fn worked() -> Option<Duration> {
    // The account is brought up to date when a thread gives way.
    std::thread::yield_now();
    let account = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(account.split(' ').next()?.parse().ok()?))
}

/// Eight times the copy may take eight times as long, and not sixty-four times.
#[test]
fn time_grows_as_the_copy_does() {
    let took = |text: &str| {
        let copy = format!("Harbour\n\nA headline\n\nFerries stop, said Ingrid Marsh on Friday.\n\n{text}");
        let (began, before) = (Instant::now(), worked());
        annotated(&copy);
        worked().zip(before).map_or_else(|| began.elapsed(), |(after, before)| after.saturating_sub(before))
    };
    for (short, long) in hostile(200).iter().zip(hostile(1600)) {
        // A busy machine makes single runs slower, never faster: the least of several is asked.
        let (mut least, mut most) = (Duration::MAX, Duration::MAX);
        let grows = |_| {
            (least, most) = (least.min(took(short)), most.min(took(&long)));
            most <= least * 20 + Duration::from_millis(2)
        };
        let begins: String = short.chars().take(40).collect();
        assert!((0..8).any(grows), "time grows faster than the copy: {begins} … takes {least:?}, then {most:?}");
    }
}
