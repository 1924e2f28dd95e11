//! Stories with their answers in the text: every line carries the name of what it is.
//!
//! A story begins with `=== ` and the habit that it teaches; the next line says why it is read so; lines
//! `key = value` give furniture to be found. Then the copy: `label| words`, or words alone for a paragraph.
//! In captions ⟦ ⟧ stand around the caption and ⟪ ⟫ around the credit; `credit 1|` gives the first photo its
//! credit; `‖` parts a line that says two things; `[body]` stands for three paragraphs that any story may have.

use super::{BODY, sound};
use crate::config::Settings;
use crate::model::{Article, Block, BlockKind, ContainerKind};
use crate::read::{self, Reader, Wire};

struct Story<'a> {
    habit: &'a str,
    facts: Vec<(&'a str, &'a str)>,
    /// The copy with its answers, line by line.
    lines: Vec<String>,
}

fn stories(file: &str) -> Vec<Story<'_>> {
    let paragraphs: Vec<&str> = BODY.split("\n\n").collect();
    file.split("=== ")
        .skip(1)
        .map(|story| {
            let mut lines = story.trim_end().lines();
            let habit = lines.next().expect("a habit");
            let reason = lines.next().unwrap_or_default();
            assert!(reason.ends_with('.') && !reason.contains('|'), "`{habit}` gives no reason");
            let mut story = Story { habit, facts: Vec::new(), lines: Vec::new() };
            for line in lines {
                match (line, line.split_once(" = ")) {
                    ("[body]", _) => story.lines.push(BODY.to_owned()),
                    ("[p1]" | "[p2]" | "[p3]", _) => {
                        let n: usize = line[2..3].parse().expect("1 to 3");
                        story.lines.push(paragraphs[n - 1].to_owned());
                    }
                    (_, Some(fact)) if story.lines.is_empty() => story.facts.push(fact),
                    _ => story.lines.push(line.to_owned()),
                }
            }
            story
        })
        .collect()
}

/// What a line is, and its words without any mark.
fn parted(line: &str) -> (&str, String) {
    let label = |head: &str| head.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b' ');
    let (label, words) = match line.split_once("| ") {
        Some((head, words)) if label(head) => (head, words),
        _ => ("p", line),
    };
    (label, words.replace(['⟦', '⟧', '⟪', '⟫'], ""))
}

/// The copy as a newsroom would paste it.
fn copy(story: &Story<'_>) -> String {
    let lines = story.lines.iter().map(|line| line.split("‖ ").map(|half| parted(half).1).collect::<String>());
    lines.collect::<Vec<_>>().join("\n")
}

/// The answers of a story, one block a line.
fn expected(story: &Story<'_>) -> Vec<String> {
    let lines = story.lines.iter().flat_map(|line| line.split("‖ ").flat_map(str::lines));
    lines
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .map(|line| if parted(line).0 == "p" { format!("p| {line}") } else { line.to_owned() })
        .collect()
}

/// A block as the stories write it.
fn shown(article: &Article, block: &Block) -> String {
    let mut words = article.words_of(block).to_owned();
    let mut credited = None;
    let mut marks = Vec::new();
    for (i, photo) in article.photos.iter().enumerate() {
        if let Some(caption) = photo.caption.filter(|c| block.span.contains(*c)) {
            marks.push((caption, '⟦', '⟧'));
        }
        if let Some(credit) = photo.credit.as_ref().and_then(|c| c.span).filter(|c| block.span.contains(*c)) {
            marks.push((credit, '⟪', '⟫'));
            credited = Some(i + 1);
        }
    }
    marks.sort_by_key(|(span, ..)| std::cmp::Reverse(span.start));
    for (span, open, close) in marks {
        let at = |byte: u32| (byte - block.span.start) as usize;
        words.insert(at(span.end), close);
        words.insert(at(span.start), open);
    }
    let quoted = block.within.is_some_and(|c| article.containers[c as usize].kind == ContainerKind::BlockQuote);
    let label = match block.kind {
        BlockKind::Kicker => "kicker",
        BlockKind::Headline => "headline",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Byline => "byline",
        BlockKind::Meta => "meta",
        BlockKind::Alt(_) => "alt",
        BlockKind::Caption(_) => "caption",
        BlockKind::CreditLine => {
            return format!("credit{}| {words}", credited.map(|n| format!(" {n}")).unwrap_or_default());
        }
        BlockKind::Paragraph if quoted => "post",
        BlockKind::Paragraph => "p",
        BlockKind::Crosshead(_) => "crosshead",
        BlockKind::Endnote => "endnote",
        BlockKind::Code | BlockKind::Html | BlockKind::Rule => "?",
    };
    format!("{label}| {words}")
}

fn fact(article: &Article, key: &str) -> String {
    let furniture = &article.furniture;
    let moment = |at: Option<crate::model::Moment>| {
        at.map(|m| m.time.map_or_else(|| m.date.to_string(), |time| format!("{} {time}", m.date))).unwrap_or_default()
    };
    match key {
        "authors" => furniture.authors.join("; "),
        "agency" => furniture.agency.as_deref().unwrap_or_default().to_owned(),
        "dateline" => furniture.dateline.map(|d| d.of(&article.text)).unwrap_or_default().to_owned(),
        "published" => moment(furniture.published),
        "updated" => moment(furniture.updated),
        _ => panic!("no fact is called `{key}`"),
    }
}

fn check(file: &str) {
    let mut wrong = String::new();
    for story in stories(file) {
        let text = copy(&story);
        let source = read::decode("content/story.txt", text.as_bytes()).value;
        let article = Wire.read(&source, &Settings::default().read).value.expect("wire copy is never refused");
        sound(&source, &article);
        let found: Vec<String> = article.blocks.iter().map(|block| shown(&article, block)).collect();
        let expected = expected(&story);
        let mut notes = String::new();
        if found != expected {
            for line in expected.iter().filter(|l| !found.contains(l)) {
                notes.push_str(&format!("  want {line}\n"));
            }
            for line in found.iter().filter(|l| !expected.contains(l)) {
                notes.push_str(&format!("  got  {line}\n"));
            }
        }
        for (key, value) in &story.facts {
            let found = fact(&article, key);
            if found != *value {
                notes.push_str(&format!("  {key}: want {value}, got {found}\n"));
            }
        }
        if !notes.is_empty() {
            wrong.push_str(&format!("{}\n{notes}", story.habit));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

macro_rules! stories {
    ($($name:ident),*) => {$(
        #[test]
        fn $name() {
            check(include_str!(concat!("stories/", stringify!($name), ".txt")));
        }
    )*};
}

stories!(abroad, houses, heads, captions, doubled, crossheads, body, furniture, endings, posts);
