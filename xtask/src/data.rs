//! The corpus: articles with their gold attributions, and token layers for the taggers.

use onrecord::config::Settings;
use onrecord::model::{Article, Encoding, Source};
use onrecord::read;
use onrecord::text::TextSpan;
use serde::Deserialize;
use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::path::Path;

/// One article of the gold file; offsets count characters.
#[derive(Clone, Deserialize)]
struct Gold {
    id: String,
    date: String,
    text: String,
    #[serde(default)]
    attributions: Vec<Attribution>,
    #[serde(default)]
    quotes: Vec<GoldQuote>,
    #[serde(default)]
    scare: Vec<(usize, usize)>,
    #[serde(default)]
    persons: Vec<GoldPerson>,
}

/// An attribution; spans in characters of the text until [`load`] has made them bytes.
#[derive(Clone, Deserialize)]
pub struct Attribution {
    /// Number in the article.
    pub id: usize,
    /// The source's words.
    pub source: Vec<(usize, usize)>,
    /// Its key words.
    #[serde(default)]
    pub keys: Vec<(usize, usize)>,
    /// The words that report.
    #[serde(default)]
    pub cue: Vec<(usize, usize)>,
    /// What is attributed.
    pub content: Vec<(usize, usize)>,
    /// Whether the cue reports words.
    #[serde(default)]
    pub speech: bool,
    /// `true`, `false` or `"mixed"`.
    pub direct: serde_json::Value,
    /// The person's fullest name.
    pub speaker: Option<String>,
    /// "person", "nonperson", "unknown".
    pub speaker_type: String,
    /// "gold", "high", "mid", "low".
    pub conf: String,
    /// "pronoun", "name", …
    pub how: String,
}

#[derive(Clone, Deserialize)]
struct GoldQuote {
    start: usize,
    end: usize,
    attr: usize,
}

#[derive(Clone, Deserialize)]
struct GoldPerson {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct Layers {
    id: String,
    tokens: Vec<(usize, usize, String, String, usize)>,
}

/// An article ready for training; all offsets are bytes of the file's text.
pub struct Item {
    /// Its name.
    pub id: String,
    /// The file.
    pub source: Source,
    /// Its text as read.
    pub article: Article,
    /// Attributions by number.
    pub attributions: HashMap<usize, Attribution>,
    /// Quoted segments: start, end, attribution.
    pub quotes: Vec<(usize, usize, usize)>,
    /// Marked words that are no speech.
    pub scare: Vec<(usize, usize)>,
    /// Every name and the other names of the same person.
    pub persons: Vec<(String, Vec<String>)>,
    /// By start and end: Penn tag, and whether it is part of a person's name.
    pub layers: HashMap<(usize, usize), (String, bool)>,
    /// Words of people's names, where they were marked by hand.
    pub names: Option<Vec<(usize, usize)>>,
    /// Where a pronoun stands, and for whom, beyond those of `attributions`.
    pub pronouns: Vec<(usize, String)>,
    /// Whether these places state something is not told.
    pub unclear: Vec<(usize, usize)>,
    /// How much it counts.
    pub weight: f32,
}

/// The articles of a folder, the oldest first.
pub struct Corpus {
    /// As they were printed.
    pub plain: Vec<Item>,
    /// The same articles as a British paper sets them.
    pub british: Vec<Item>,
    /// Copy of our own; always learned from.
    pub copy: Vec<Item>,
}

impl Corpus {
    /// Everything to learn from where the articles of `out` are kept out.
    pub fn without(&self, out: &Range<usize>) -> Vec<&Item> {
        let inside = |list: &'_ [Item]| (0..list.len()).filter(|i| !out.contains(i)).collect::<Vec<_>>();
        let all = inside(&self.plain);
        let printings = [&self.plain, &self.british];
        printings.into_iter().flat_map(|p| all.iter().map(move |&i| &p[i])).chain(&self.copy).collect()
    }
}

/// Reads `articles.jsonl` and `layers.jsonl` of a folder, and the copy of another.
pub fn load(dir: &Path, copy: &Path) -> io::Result<Corpus> {
    let mut layers: HashMap<String, Layers> = HashMap::new();
    for line in std::fs::read_to_string(dir.join("layers.jsonl"))?.lines() {
        let layer: Layers = serde_json::from_str(line)?;
        layers.insert(layer.id.clone(), layer);
    }
    let mut gold: Vec<Gold> = Vec::new();
    for line in std::fs::read_to_string(dir.join("articles.jsonl"))?.lines() {
        gold.push(serde_json::from_str(line)?);
    }
    gold.sort_by(|a, b| (&a.date, &a.id).cmp(&(&b.date, &b.id)));
    let british = gold.iter().enumerate().map(|(i, g)| Gold { text: british(&g.text, i % 2 == 0), ..g.clone() });
    let british = british.map(|g| item(g, &layers)).collect();
    Ok(Corpus { british, copy: crate::copy::load(copy)?, plain: gold.into_iter().map(|g| item(g, &layers)).collect() })
}

/// The same text as a British paper might set it, character for character: a colon for the comma before a quotation,
/// "Mr" without its full stop and, where `single`, single marks.
///
/// The corpus is American copy; without this the ranker never sees `said: ‘`.
fn british(text: &str, single: bool) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for i in 1..chars.len() {
        let opens = matches!(chars[i], '“' | '"') && chars[i - 1] == ' ' && i >= 2 && chars[i - 2] == ',';
        let whole = chars.get(i + 1).is_some_and(|c| c.is_uppercase());
        // Behind a word, not behind quoted words that go on.
        if opens && whole && i >= 3 && chars[i - 3].is_alphanumeric() {
            chars[i - 2] = ':';
        }
        let stop = chars[i] == '.' && i >= 2 && chars.get(i + 1) == Some(&' ');
        if stop {
            let mut start = i;
            while start > 0 && chars[start - 1].is_alphabetic() {
                start -= 1;
            }
            let word: String = chars[start..i].iter().collect();
            if matches!(word.as_str(), "Mr" | "Mrs" | "Ms" | "Dr" | "Rev" | "Sgt" | "Capt" | "St") {
                chars[i] = ' ';
            }
        }
    }
    if single {
        let inside = |c: char| c == '“' || c == '”';
        chars.iter_mut().filter(|c| inside(**c)).for_each(|c| *c = if *c == '“' { '‘' } else { '’' });
    }
    chars.into_iter().collect()
}

fn item(gold: Gold, layers: &HashMap<String, Layers>) -> Item {
    let bytes: Vec<usize> = gold.text.char_indices().map(|(i, _)| i).chain([gold.text.len()]).collect();
    let at = |n: usize| bytes.get(n).copied().unwrap_or(gold.text.len());
    let spans = |list: &mut Vec<(usize, usize)>| list.iter_mut().for_each(|s| *s = (at(s.0), at(s.1)));
    let mut attributions = HashMap::new();
    for mut attribution in gold.attributions {
        spans(&mut attribution.source);
        spans(&mut attribution.keys);
        spans(&mut attribution.cue);
        spans(&mut attribution.content);
        attributions.insert(attribution.id, attribution);
    }
    let mut scare = gold.scare;
    spans(&mut scare);
    let source =
        Source { path: format!("{}.txt", gold.id).into(), text: gold.text.as_str().into(), encoding: Encoding::Utf8 };
    let article = read::read(&source, &Settings::default().read).value.unwrap_or_default();
    let layers = layers.get(&gold.id).map(|l| {
        l.tokens.iter().map(|(a, b, tag, entity, _)| ((at(*a), at(*b)), (tag.clone(), entity == "PERSON"))).collect()
    });
    Item {
        id: gold.id,
        source,
        article,
        attributions,
        quotes: gold.quotes.iter().map(|q| (at(q.start), at(q.end), q.attr)).collect(),
        scare,
        persons: gold.persons.into_iter().map(|p| (p.name, p.aliases)).collect(),
        layers: layers.unwrap_or_default(),
        names: None,
        pronouns: Vec::new(),
        unclear: Vec::new(),
        weight: 1.0,
    }
}

impl Item {
    /// Where a span of the reading text stands in the file.
    pub fn in_file(&self, span: TextSpan) -> (usize, usize) {
        let span = self.article.file_span(span);
        (span.start as usize, span.end as usize)
    }
}
