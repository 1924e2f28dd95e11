//! Our own copy to learn from, as articles of the corpus: `xtask/copy/**/*.txt`.
//!
//! The notation says whose words are, not which phrase says so; that is the nearest mention of the same person,
//! one beside a cue before others.

use crate::data::{Attribution, Item};
use onrecord::annotate::{Answer, Answered, Label, Who, answered};
use onrecord::model::{Encoding, Kind, Source};
use onrecord::text::TextSpan;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};

/// Reads every case of a folder, in the order of the files' names.
pub fn load(dir: &Path) -> io::Result<Vec<Item>> {
    let mut files = Vec::new();
    collect(dir, &mut files)?;
    files.sort();
    let mut out = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path)?;
        let name = path.strip_prefix(dir).unwrap_or(&path).with_extension("").to_string_lossy().into_owned();
        for (n, case) in text.split("\n---\n").enumerate() {
            let body: Vec<&str> = case.lines().skip_while(|l| l.starts_with('#') || l.is_empty()).collect();
            let read = answered(&body.join("\n"))
                .map_err(|fault| io::Error::other(format!("{}, case {}: {fault}", path.display(), n + 1)))?;
            out.push(item(format!("{name}-{n}"), read));
        }
    }
    Ok(out)
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "txt") {
            files.push(path);
        }
    }
    Ok(())
}

fn item(id: String, read: Answered) -> Item {
    let text = read.article.text.clone();
    let case = Case { text: &text, answers: &read.answers };
    let mut attributions = HashMap::new();
    let (mut quotes, mut scare, mut unclear) = (Vec::new(), Vec::new(), Vec::new());
    let mut last = None;
    for (n, answer) in read.answers.iter().enumerate() {
        let span = (answer.span.start as usize, answer.span.end as usize);
        match &answer.label {
            Label::Quote(Kind::Scare, _) => scare.push(span),
            // In a heading a title looks like speech.
            Label::Quote(Kind::Headline, Who::Unknown) => {}
            Label::Quote(kind, who) => {
                let attribution = case.attribution(n, answer, *kind, who);
                if *kind != Kind::Indirect {
                    last = Some(n);
                    quotes.push((span.0, span.1, n));
                }
                attributions.insert(n, attribution);
            }
            Label::More => quotes.extend(last.map(|n| (span.0, span.1, n))),
            Label::Cue | Label::Mention(_) => {}
        }
    }
    // A sentence with marked words may state more than its answers say.
    unclear.extend(quotes.iter().map(|q| (q.0, q.1)).chain(scare.iter().copied()));
    let names = case.names();
    let pronouns = case.pronouns();
    let persons: BTreeMap<&str, ()> = read.answers.iter().filter_map(|a| Some((person(&a.label)?, ()))).collect();
    Item {
        source: Source { path: format!("{id}.txt").into(), text: text.clone(), encoding: Encoding::Utf8 },
        id,
        attributions,
        quotes,
        scare,
        persons: persons.into_keys().map(|name| (name.to_owned(), Vec::new())).collect(),
        layers: HashMap::new(),
        names: Some(names),
        pronouns,
        unclear,
        weight: WEIGHT,
        article: read.article,
    }
}

/// A case counts as so many of the corpus: there are few of them, and each was written to teach.
const WEIGHT: f32 = 2.0;

fn person(label: &Label) -> Option<&str> {
    match label {
        Label::Mention(Who::Person(name)) | Label::Quote(_, Who::Person(name)) => Some(name),
        _ => None,
    }
}

struct Case<'a> {
    text: &'a str,
    answers: &'a [Answer],
}

impl Case<'_> {
    fn attribution(&self, id: usize, answer: &Answer, kind: Kind, who: &Who) -> Attribution {
        let cue = self.cue(answer.span);
        let source = self.source(answer.span, cue, who);
        let spans = |span: Option<TextSpan>| span.map(|s| (s.start as usize, s.end as usize)).into_iter().collect();
        let words = source.map(|s| s.of(self.text)).unwrap_or_default();
        let speaker = match who {
            Who::Person(name) => Some(name.to_string()),
            _ => None,
        };
        let speaker_type = match who {
            Who::Person(_) => "person",
            Who::Unnamed | Who::Group => "nonperson",
            Who::Unknown => "unknown",
        };
        Attribution {
            id,
            source: spans(source),
            keys: spans(source),
            cue: spans(cue),
            content: vec![(answer.span.start as usize, answer.span.end as usize)],
            speech: true,
            direct: serde_json::Value::Bool(kind != Kind::Indirect),
            speaker,
            speaker_type: speaker_type.into(),
            conf: "high".into(),
            how: if gender(words).is_some() { "pronoun" } else { "name" }.into(),
        }
    }

    fn line(&self, at: u32) -> usize {
        self.text[..at as usize].matches('\n').count()
    }

    /// The cue nearest to a quotation in its paragraph, outside it.
    fn cue(&self, quote: TextSpan) -> Option<TextSpan> {
        let near = |a: &&Answer| {
            a.label == Label::Cue && !quote.contains(a.span) && self.line(a.span.start) == self.line(quote.start)
        };
        self.answers.iter().filter(near).map(|a| a.span).min_by_key(|s| gap(*s, quote))
    }

    /// The mention that says whose a quotation is.
    fn source(&self, quote: TextSpan, cue: Option<TextSpan>, who: &Who) -> Option<TextSpan> {
        if *who == Who::Unknown {
            return None;
        }
        let line = self.line(quote.start);
        let is_marked = |label: &Label| match label {
            Label::More => true,
            Label::Quote(kind, _) => *kind != Kind::Indirect,
            _ => false,
        };
        let quoted = |span: TextSpan| self.answers.iter().any(|a| is_marked(&a.label) && a.span.contains(span));
        let fits = |a: &&Answer| matches!(&a.label, Label::Mention(w) if w == who) && !quoted(a.span);
        let cost = |span: TextSpan| {
            let lines = line.abs_diff(self.line(span.start)) as u32;
            let by_cue = cue.map_or(40, |c| gap(span, c).min(40));
            (lines * 400).saturating_add(by_cue * 3).saturating_add(gap(span, quote).min(300) / 4)
        };
        self.answers.iter().filter(fits).map(|a| a.span).min_by_key(|s| (cost(*s), s.start))
    }

    /// The words that are people's names, honorifics left out.
    fn names(&self) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        for answer in self.answers {
            let Label::Mention(Who::Person(name)) = &answer.label else { continue };
            let parts: Vec<String> = words(name).map(|(_, w)| w.to_lowercase()).collect();
            let mention = answer.span.of(self.text);
            for (at, word) in words(mention) {
                let known = parts.contains(&word.to_lowercase()) && word.starts_with(char::is_uppercase);
                if known {
                    let start = answer.span.start as usize + at;
                    out.push((start, start + word.len()));
                }
            }
        }
        out
    }

    /// Where a pronoun stands, and for whom.
    fn pronouns(&self) -> Vec<(usize, String)> {
        let is_pronoun = |a: &&Answer| gender(a.span.of(self.text)).is_some();
        let named = |a: &Answer| match &a.label {
            Label::Mention(Who::Person(name)) => Some((a.span.start as usize, name.to_string())),
            _ => None,
        };
        self.answers.iter().filter(is_pronoun).filter_map(named).collect()
    }
}

fn gender(words: &str) -> Option<char> {
    match words.to_lowercase().as_str() {
        "he" | "him" | "his" => Some('m'),
        "she" | "her" => Some('f'),
        _ => None,
    }
}

/// Words with their places, without the signs around them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_whitespace() || matches!(c, ',' | '“' | '”' | '(' | ')');
    let mut at = 0;
    text.split(part).filter_map(move |word| {
        let start = at;
        at += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
        let word = word.trim_end_matches(['.', ';', ':']);
        (!word.is_empty()).then_some((start, word))
    })
}

fn gap(a: TextSpan, b: TextSpan) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}
