//! What review shows: the queue, one report, people, and like cases, as JSON.

use super::entry::Entry;
use super::snapshot::{Said, Snapshot, Speaker, Status, plain};
use super::standing::Standing;
use crate::model::{BlockKind, Kind};
use serde::Serialize;

/// Rows of the queue that are sent at once, at most.
const MOST_ROWS: usize = 200;
/// People that are offered for what was typed.
const MOST_PEOPLE: usize = 12;
/// Like cases that are offered.
const MOST_LIKE: usize = 200;

/// One page of the queue.
#[derive(Debug, Serialize)]
pub(super) struct Queue<'a> {
    /// Of which snapshot.
    number: u64,
    doubtful: usize,
    unchecked: usize,
    checked: usize,
    /// Of the kind asked for.
    total: usize,
    rows: Vec<QueueRow<'a>>,
}

#[derive(Debug, Serialize)]
struct QueueRow<'a> {
    path: &'a str,
    id: &'a str,
    headline: &'a str,
    date: Option<String>,
    text: String,
    name: &'a str,
    rule: &'static str,
    confidence: u32,
    status: Status,
    conflict: bool,
}

/// The quotations of all reports that have a status, least certain first; of these `n` from `from`.
pub(super) fn queue(snapshot: &Snapshot, wanted: Status, from: usize, n: usize) -> Queue<'_> {
    let mut counts = [0; 3];
    let mut order: Vec<(f32, std::cmp::Reverse<usize>, usize)> = Vec::new();
    for (at, report) in snapshot.reports.iter().enumerate() {
        for (quote, said) in report.quotes.iter().enumerate() {
            let status = snapshot.status(said);
            counts[status as usize] += 1;
            if status == wanted {
                // Newest report first among equals.
                order.push((said.confidence, std::cmp::Reverse(at), quote));
            }
        }
    }
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let row = |&(_, std::cmp::Reverse(at), quote): &(f32, std::cmp::Reverse<usize>, usize)| {
        let report = &snapshot.reports[at];
        let said = &report.quotes[quote];
        QueueRow {
            path: &report.path,
            id: &said.id,
            headline: &report.headline,
            date: report.date.map(|date| date.to_string()),
            text: short(&said.text, 160),
            name: &said.name,
            rule: said.rule(),
            confidence: percent(said.confidence),
            status: wanted,
            conflict: said.conflict.is_some(),
        }
    };
    Queue {
        number: snapshot.number,
        doubtful: counts[0],
        unchecked: counts[1],
        checked: counts[2],
        total: order.len(),
        rows: order.iter().skip(from).take(n.min(MOST_ROWS)).map(row).collect(),
    }
}

/// One report with all that an editor needs to decide.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    number: u64,
    path: &'a str,
    address: &'a str,
    headline: &'a str,
    date: Option<String>,
    /// What the report is known by: decisions are about these words and no others.
    print: String,
    /// Why nothing can be decided, where that is so.
    fault: Option<String>,
    blocks: Vec<ShownBlock<'a>>,
    quotes: Vec<ShownQuote>,
    speakers: Vec<Speaker>,
    /// Decisions whose words the report no longer has.
    stale: Vec<Entry>,
}

/// A stretch of the reading text. Places count UTF-16 units of the whole, as a browser does.
#[derive(Debug, Serialize)]
struct ShownBlock<'a> {
    kind: &'static str,
    start: u32,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct ShownQuote {
    id: String,
    parts: Vec<[u32; 2]>,
    /// The same with their marks.
    marked: Vec<[u32; 2]>,
    kind: &'static str,
    speaker: Box<str>,
    name: Box<str>,
    /// What an entry says that accepts the speaker; none leaves it to the rules.
    accept: Option<Box<str>>,
    rule: Box<str>,
    /// The words that stand for the speaker.
    mention: Option<Box<str>>,
    evidence: Option<[u32; 2]>,
    confidence: u32,
    status: Status,
    conflict: Option<Box<str>>,
    /// What the rules said, for a new decision.
    was: Box<str>,
    /// The decision that stands.
    entry: Option<Entry>,
}

/// Shows a report as it stands on disk, with its sidecar as that stands.
pub(super) fn report<'a>(snapshot: &Snapshot, standing: &'a Standing<'a>) -> Shown<'a> {
    let units = Units::new(&standing.article.text);
    let pair = |span: crate::text::TextSpan| [units.at(span.start), units.at(span.end)];
    let block = |block: &crate::model::Block| {
        let kind = match block.kind {
            BlockKind::Headline => "headline",
            BlockKind::Standfirst => "standfirst",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Crosshead(_) => "crosshead",
            BlockKind::Caption(_) => "caption",
            _ => return None,
        };
        Some(ShownBlock { kind, start: units.at(block.span.start), text: standing.article.words_of(block) })
    };
    let quote = |quote: &super::standing::Quote| ShownQuote {
        id: quote.id.clone(),
        parts: quote.parts.iter().map(|part| pair(part.words)).collect(),
        marked: quote.parts.iter().map(|part| pair(part.marked)).collect(),
        kind: kind_name(quote.kind),
        speaker: quote.speaker.clone(),
        name: quote.name.clone(),
        accept: quote.accept.clone(),
        rule: quote.rule.clone(),
        mention: quote.mention.clone(),
        evidence: quote.evidence.map(pair),
        confidence: percent(quote.confidence),
        status: quote.status,
        conflict: quote.conflict.clone(),
        was: quote.was.clone(),
        entry: quote.entry.clone(),
    };
    let report = standing.report;
    Shown {
        number: snapshot.number,
        path: &report.path,
        address: &report.address,
        headline: &report.headline,
        date: report.date.map(|date| date.to_string()),
        print: standing.print(),
        fault: standing.fault.clone(),
        blocks: standing.article.blocks.iter().filter_map(block).collect(),
        quotes: standing.quotes.iter().map(quote).collect(),
        speakers: report.speakers.clone(),
        stale: standing.stale.clone(),
    }
}

/// A person who was found by name.
#[derive(Debug, Serialize)]
pub(super) struct Found<'a> {
    id: &'a str,
    name: &'a str,
    office: &'a str,
    quotes: usize,
}

/// People one of whose names has words that begin as the typed ones do, most quoted first.
pub(super) fn people<'a>(snapshot: &'a Snapshot, typed: &str) -> Vec<Found<'a>> {
    let typed = plain(typed);
    let typed: Vec<&str> = typed.split_inclusive(' ').map(str::trim).filter(|word| !word.is_empty()).collect();
    if typed.is_empty() {
        return Vec::new();
    }
    let fits = |name: &str| typed.iter().all(|word| name.contains(&format!(" {word}")));
    let mut found: Vec<_> =
        snapshot.people.iter().filter(|person| person.words.iter().any(|name| fits(name))).collect();
    found.sort_by_key(|person| std::cmp::Reverse(person.n_quotes));
    let found = found.into_iter().take(MOST_PEOPLE);
    found.map(|p| Found { id: &p.id, name: &p.name, office: &p.office, quotes: p.n_quotes }).collect()
}

/// A quotation that the same fix may be right for.
#[derive(Debug, Serialize)]
pub(super) struct Like<'a> {
    path: &'a str,
    id: &'a str,
    headline: &'a str,
    date: Option<String>,
    text: String,
    /// The sentence around it.
    sentence: &'a str,
    /// Whether it is of the same report.
    here: bool,
}

/// What made a speaker what they were in a quotation that was fixed.
#[derive(Debug)]
pub(super) struct Case<'a> {
    pub(super) path: &'a str,
    pub(super) id: &'a str,
    pub(super) mention: &'a str,
    pub(super) rule: &'a str,
    pub(super) was: &'a str,
}

/// Quotations nobody has checked whose speaker the same rule found in the same words, with the same outcome: first
/// those of the same report, then of all others, newest first.
pub(super) fn like<'a>(snapshot: &'a Snapshot, case: &Case<'_>) -> Vec<Like<'a>> {
    let here = snapshot.reports.iter().filter(|report| &*report.path == case.path);
    let others = snapshot.reports.iter().rev().filter(|report| &*report.path != case.path);
    let mention = plain(case.mention);
    // A pronoun is somebody else in every report.
    let only_here = case.rule == "pronoun" || mention.is_empty();
    let mut found = Vec::new();
    for report in here.chain(others.filter(|_| !only_here)) {
        for (said, cut) in report.quotes.iter().zip(&report.cut.quotes) {
            let is_same = |said: &Said| {
                said.rule() == case.rule
                    && *said.speaker == *case.was
                    && !said.checked
                    && plain(cut.mention.as_deref().unwrap_or_default()) == mention
            };
            let is_itself = &*report.path == case.path && &*said.id == case.id;
            if is_same(said) && !is_itself && found.len() < MOST_LIKE {
                found.push(Like {
                    path: &report.path,
                    id: &said.id,
                    headline: &report.headline,
                    date: report.date.map(|date| date.to_string()),
                    text: short(&said.text, 300),
                    sentence: &cut.sentence,
                    here: &*report.path == case.path,
                });
            }
        }
    }
    found
}

/// A kind as a sidecar names it.
pub(super) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "direct",
        Kind::Partial => "partial",
        Kind::Indirect => "indirect",
        Kind::Headline => "headline",
        Kind::Scare => "scare",
    }
}

fn percent(confidence: f32) -> u32 {
    // The cast saturates, so that a broken confidence is 0 or 100.
    (confidence * 100.0).round().clamp(0.0, 100.0) as u32
}

fn short(words: &str, bytes: usize) -> String {
    crate::view::shortened(words, bytes)
}

/// Carries places over between bytes and UTF-16 units.
#[derive(Debug)]
pub(super) struct Units {
    /// By byte: units before it.
    before: Vec<u32>,
}

impl Units {
    pub(super) fn new(text: &str) -> Self {
        let mut before = Vec::with_capacity(text.len() + 1);
        let mut units = 0;
        for c in text.chars() {
            before.extend(std::iter::repeat_n(units, c.len_utf8()));
            units += c.len_utf16() as u32;
        }
        before.push(units);
        Self { before }
    }

    /// The units before a byte; beyond the text those of all of it.
    pub(super) fn at(&self, byte: u32) -> u32 {
        let last = self.before.last().copied().unwrap_or(0);
        self.before.get(byte as usize).copied().unwrap_or(last)
    }

    /// The first byte of the character that begins after so many units; none within one, and none beyond the text.
    pub(super) fn byte(&self, units: u32) -> Option<usize> {
        let at = self.before.partition_point(|before| *before < units);
        (self.before.get(at) == Some(&units)).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_carried_over() {
        let text = "a“é\u{1f6a2}b";
        let units = Units::new(text);
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let expected = text[..at].encode_utf16().count() as u32;
            assert_eq!((units.at(at as u32), units.byte(expected)), (expected, Some(at)));
        }
        assert_eq!((units.byte(4), units.byte(7), units.at(99)), (None, None, 6));
    }
}
