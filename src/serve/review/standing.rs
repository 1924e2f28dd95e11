//! A report as it stands on disk at this moment, with the decisions beside it laid over what the rules found.

use super::anchor;
use super::entry::Entry;
use super::pages::Units;
use super::sheet::Sheet;
use super::snapshot::{CutQuote, Report, Said, Snapshot, Status};
use super::store::{Kept, Store};
use crate::build::plain;
use crate::model::{Article, Encoding, Kind, QuotePart, Source};
use crate::read;
use crate::text::{TextSpan, digest, slug};
use std::fs;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Why a report cannot be shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// There is none of that path.
    Unknown,
    /// It has changed since the last build; the next is under way.
    Changed,
}

/// A report and its decisions.
#[derive(Debug)]
pub(super) struct Standing<'a> {
    pub(super) report: &'a Report,
    pub(super) article: Article,
    /// By place.
    pub(super) quotes: Vec<Quote>,
    /// Decisions whose words are not to be found.
    pub(super) stale: Vec<Entry>,
    /// Why the sidecar cannot be written to.
    pub(super) fault: Option<String>,
}

/// A quotation, as rules or an editor have it.
#[derive(Clone, Debug)]
pub(super) struct Quote {
    pub(super) id: String,
    pub(super) parts: Vec<QuotePart>,
    pub(super) kind: Kind,
    pub(super) speaker: Box<str>,
    pub(super) name: Box<str>,
    pub(super) accept: Option<Box<str>>,
    pub(super) rule: Box<str>,
    pub(super) mention: Option<Box<str>>,
    pub(super) evidence: Option<TextSpan>,
    pub(super) confidence: f32,
    pub(super) status: Status,
    pub(super) conflict: Option<Box<str>>,
    pub(super) was: Box<str>,
    pub(super) entry: Option<Entry>,
}

impl<'a> Standing<'a> {
    /// Looks at a report and its sidecar.
    pub(super) fn of(snapshot: &'a Snapshot, store: &Store, root: &Path, path: &str) -> Result<Self, Missing> {
        let report = snapshot.report(path).ok_or(Missing::Unknown)?;
        let article = article(snapshot, report, root).ok_or(Missing::Changed)?;
        let beside = read::sidecar_path(&report.path);
        let (entries, fault) = match store.read(&beside) {
            Ok(kept) => match entries(&beside, &kept) {
                Ok(entries) => (entries, None),
                Err(fault) => (Vec::new(), Some(fault)),
            },
            Err(error) => (Vec::new(), Some(format!("the file of decisions cannot be read: {error}"))),
        };
        let rules: Vec<Quote> =
            report.quotes.iter().zip(&report.cut.quotes).map(|(s, c)| found(snapshot, s, c)).collect();
        let fault = fault.or_else(|| {
            let other = owner(root, &report.path).filter(|other| **other != *report.path)?;
            Some(format!("the decisions of this name are those of {other}; give this report another name"))
        });
        let mut standing = Self { report, article, quotes: Vec::new(), stale: Vec::new(), fault };
        standing.lay(snapshot, rules, entries);
        Ok(standing)
    }

    /// Lays decisions over what was found: what overlaps one gives way to it.
    fn lay(&mut self, snapshot: &Snapshot, rules: Vec<Quote>, entries: Vec<Entry>) {
        let anchored = anchor::all(&self.article, &entries);
        let mut decided = Vec::new();
        for (entry, spans) in entries.into_iter().zip(anchored) {
            match spans {
                Some(spans) => decided.push(self.decided(snapshot, &rules, entry, &spans)),
                None => self.stale.push(entry),
            }
        }
        let is_free = |quote: &Quote| !decided.iter().any(|other: &Quote| overlap(&other.spans(), &quote.spans()));
        self.quotes = rules.into_iter().filter(is_free).collect();
        self.quotes.extend(decided);
        self.quotes.sort_by_key(|quote| quote.parts.first().map_or(0, |part| part.words.start));
        // One address each, as the page has them.
        let mut ids: Vec<String> = Vec::new();
        for quote in &mut self.quotes {
            let base = quote.id.split('-').next().unwrap_or_default().to_owned();
            let n = ids.iter().filter(|id| **id == base).count();
            quote.id = if n == 0 { base.clone() } else { format!("{base}-{}", n + 1) };
            ids.push(base);
        }
    }

    /// A quotation as an editor has it; what the decision leaves open is as it was found.
    fn decided(&self, snapshot: &Snapshot, rules: &[Quote], entry: Entry, spans: &[TextSpan]) -> Quote {
        // As in a build: what the decision leaves open comes from the quotation that it overlaps most.
        let shared = |quote: &Quote| -> usize { quote.spans().iter().map(|part| common(*part, spans)).sum() };
        let most = rules.iter().enumerate().max_by_key(|(at, quote)| (shared(quote), std::cmp::Reverse(*at)));
        let under = most.map(|(_, quote)| quote).filter(|quote| shared(quote) > 0);
        let parts: Vec<QuotePart> = match under.filter(|under| under.spans() == spans) {
            Some(under) => under.parts.clone(),
            None => spans.iter().map(|span| anchor::marked(&self.article, *span)).collect(),
        };
        let shown: Vec<&str> = parts.iter().map(|part| part.words.of(&self.article.text)).collect();
        let given = entry.speaker.as_deref();
        let (speaker, name) = match (given, under) {
            (Some(given), _) => {
                // An unnamed speaker is called what the report calls them.
                let same = under.filter(|under| *under.speaker == *given).map(|under| under.name.clone());
                (given.into(), same.unwrap_or_else(|| snapshot.name_of(given)))
            }
            (None, Some(under)) => (under.speaker.clone(), under.name.clone()),
            (None, None) => ("?".into(), snapshot.name_of("?")),
        };
        let kind = match entry.kind.as_deref() {
            Some("direct") => Kind::Direct,
            Some("partial") => Kind::Partial,
            Some("indirect" | "reported") => Kind::Indirect,
            _ => under
                .map_or(if parts.iter().any(|p| p.words != p.marked) { Kind::Direct } else { Kind::Indirect }, |u| {
                    u.kind
                }),
        };
        // An address that nobody has is a slip, and the archive could not follow it.
        let lost =
            given.is_some_and(|key| !matches!(key, "?" | "none") && slug(key) == key && snapshot.person(key).is_none());
        Quote {
            id: digest::quotation_id(&shown.join(" ")),
            kind,
            accept: given.map(Into::into),
            speaker,
            name,
            rule: entry.rule.as_deref().unwrap_or_default().into(),
            mention: under.and_then(|under| under.mention.clone()),
            evidence: under.and_then(|under| under.evidence),
            confidence: if lost { 0.0 } else { 1.0 },
            status: if lost { Status::Doubtful } else { Status::Checked },
            conflict: None,
            was: entry.was.as_deref().unwrap_or_default().into(),
            parts,
            entry: Some(entry),
        }
    }

    /// What the words are known by that decisions are about.
    pub(super) fn print(&self) -> String {
        format!("{:016x}", self.report.cut.print)
    }

    /// Places that a browser gave as spans of the reading text.
    pub(super) fn spans(&self, parts: &[[u32; 2]]) -> Option<Vec<TextSpan>> {
        let units = Units::new(&self.article.text);
        let span = |[start, end]: &[u32; 2]| {
            let (start, end) = (units.byte(*start)?, units.byte(*end)?);
            (start < end).then(|| TextSpan::new(start, end))
        };
        let spans: Vec<TextSpan> = parts.iter().map(span).collect::<Option<_>>()?;
        let apart = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
        let whole = spans.iter().all(|span| span.of(&self.article.text).contains(char::is_alphanumeric));
        // A part lies in one paragraph.
        let within = |span: &TextSpan| self.article.blocks.iter().any(|block| block.span.contains(*span));
        (apart && whole && !spans.is_empty() && spans.iter().all(within)).then_some(spans)
    }
}

impl Quote {
    /// Its words, part by part.
    pub(super) fn spans(&self) -> Vec<TextSpan> {
        self.parts.iter().map(|part| part.words).collect()
    }
}

/// Bytes that a span has in common with others.
fn common(span: TextSpan, others: &[TextSpan]) -> usize {
    let shared = |other: &TextSpan| span.end.min(other.end).saturating_sub(span.start.max(other.start)) as usize;
    others.iter().map(shared).sum()
}

/// Whether any of some spans shares a byte with any of others.
pub(super) fn overlap(some: &[TextSpan], others: &[TextSpan]) -> bool {
    some.iter().any(|a| others.iter().any(|b| a.overlaps(*b)))
}

/// The entries of a sidecar. Errors, in words, where a build would leave the file out, or where nothing can be added to
/// it.
pub(super) fn entries(path: &str, kept: &Kept) -> Result<Vec<Entry>, String> {
    let sheet = Sheet::read(kept.words())?;
    let strict = read::sidecar(&Source { path: path.into(), text: kept.words().into(), encoding: Encoding::Utf8 });
    match strict.diagnostics.first() {
        Some(fault) if strict.value.is_none() => {
            let line = fault.place.as_ref().map_or(0, |place| place.line);
            Err(format!("line {line}: {}", fault.message))
        }
        _ => Ok(sheet.entries().to_vec()),
    }
}

/// The report that a sidecar belongs to where several differ in their endings alone: the first, as in a build.
fn owner(root: &Path, report: &str) -> Option<String> {
    let beside = read::sidecar_path(report);
    let folder = &report[..report.rfind('/').map_or(0, |at| at + 1)];
    let names = fs::read_dir(root.join(folder)).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let paths = names.map(|name| [folder, &name].concat());
    paths.filter(|path| read::reader(path).is_some() && read::sidecar_path(path) == beside).min()
}

fn article(snapshot: &Snapshot, report: &Report, root: &Path) -> Option<Article> {
    let bytes = plain::read(&root.join(&*report.path)).ok()?;
    let source = read::decode(&report.path, &bytes).value;
    if xxh3_64(source.text.as_bytes()) != report.cut.print {
        return None;
    }
    read::read(&source, &snapshot.read).value
}

fn found(snapshot: &Snapshot, said: &Said, cut: &CutQuote) -> Quote {
    Quote {
        id: said.id.to_string(),
        parts: cut.parts.clone(),
        kind: said.kind,
        speaker: said.speaker.clone(),
        name: said.name.clone(),
        accept: said.is_known.then(|| said.speaker.clone()),
        rule: said.rule().into(),
        mention: cut.mention.clone(),
        evidence: cut.evidence,
        confidence: said.confidence,
        status: snapshot.status(said),
        conflict: said.conflict.clone(),
        was: said.speaker.clone(),
        entry: None,
    }
}
