//! What the stages found, written down as [`Annotations`].

use super::candidates::{Candidate, Sort};
use super::confidence;
use super::kinds;
use super::lexicon::Known;
use super::model::{Sum, Table, Weights};
use super::people::People;
use super::pronouns::Resolved;
use super::reading::{ParagraphKind, Reading};
use super::reported::Reported;
use super::speech::{Said, Speech};
use crate::model::{Annotations, Chain, ChainId, Form, Kind, Mention, MentionId, Quote, QuotePart, Rule};
use crate::text::TextSpan;
use std::ops::Range;

/// All that the stages found in one article.
pub(super) struct Found<'r, 'a> {
    pub(super) reading: &'r Reading<'a>,
    pub(super) people: &'r People,
    pub(super) candidates: &'r [Candidate],
    pub(super) pronouns: &'r [Option<Resolved>],
    pub(super) persons: &'r [Option<u32>],
    pub(super) speech: &'r Speech,
    pub(super) reported: &'r [Reported],
    /// How sure a speaker is.
    pub(super) weights: &'r Table,
}

/// A pronoun is shown as a mention at or above this chance.
const SHOWN: f32 = 0.5;
/// Fewer words are no statement that a reader could be told somebody made.
const LEAST_REPORTED: usize = 5;
/// Words an evidence span may run over.
const LONGEST_EVIDENCE: usize = 16;

pub(super) fn record(found: &Found<'_, '_>) -> Annotations {
    let reading = found.reading;
    let mentions = mentions(found);
    let mut quotes = Vec::with_capacity(found.speech.said.len() + found.reported.len());
    marked(found, &mentions, &mut quotes);
    for &segment in &found.speech.scare {
        // In headings even speech may quote nobody in particular.
        let heading = reading.paragraphs[reading.segments[segment].paragraph].kind == ParagraphKind::Heading;
        quotes.push(Quote {
            parts: vec![part(reading, segment)],
            statement: None,
            kind: if heading { Kind::Headline } else { Kind::Scare },
            cue: None,
            mention: None,
            speaker: None,
            phrase: None,
            rule: Rule::Unknown,
            evidence: None,
            confidence: 0.8,
            checked: None,
        });
    }
    let n_marked = quotes.len();
    reported(found, &mentions, &mut quotes);
    part_ways(&mut quotes, n_marked);
    quotes.sort_by_key(|q| (q.parts[0].marked.start, q.parts[0].marked.end));
    let chains = chains(found, &mentions);
    let mut sentences: Vec<TextSpan> = reading.sentences.iter().map(|s| reading.span(s.clone())).collect();
    sentences.sort_unstable();
    Annotations { sentences, mentions, chains, quotes }
}

/// Every mention: sorted by start, longer first, none crossing another.
fn mentions(found: &Found<'_, '_>) -> Vec<Mention> {
    let reading = found.reading;
    let mut out: Vec<Mention> = Vec::with_capacity(found.people.named.len() * 2);
    for named in &found.people.named {
        out.push(Mention {
            span: reading.span(with_honorific(reading, named.words.clone())),
            form: named.form,
            chain: Some(ChainId::new(named.person as usize)),
        });
    }
    let said = found.speech.said.iter().filter(|s| !s.doubted).filter_map(|s| Some((s.candidate?, s.person)));
    let reporting = found.reported.iter().filter_map(|r| Some((r.candidate?, found.persons[r.candidate?])));
    let pronouns = found
        .pronouns
        .iter()
        .enumerate()
        .filter_map(|(c, r)| r.filter(|r| r.chance >= SHOWN).map(|r| (c, Some(r.person))));
    let described = found
        .candidates
        .iter()
        .enumerate()
        .filter(|(_, c)| c.sort.is_role())
        .filter_map(|(c, _)| Some((c, Some(found.persons[c]?))));
    for (c, person) in said.chain(reporting).chain(pronouns).chain(described) {
        let candidate = &found.candidates[c];
        if !candidate.sort.is_name() {
            out.push(Mention {
                span: reading.span(candidate.words.clone()),
                form: form(reading, candidate, person),
                chain: person.map(|p| ChainId::new(p as usize)),
            });
        }
    }
    // A chain that is known goes before one that is not, where two stages saw the same words.
    out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.chain.is_none(), m.form));
    out.dedup_by_key(|m| m.span);
    let mut open: Vec<u32> = Vec::new();
    out.retain(|m| {
        while open.last().is_some_and(|&end| end <= m.span.start) {
            open.pop();
        }
        let nests = open.last().is_none_or(|&end| m.span.end <= end);
        if nests {
            open.push(m.span.end);
        }
        nests
    });
    out
}

fn form(reading: &Reading<'_>, candidate: &Candidate, person: Option<u32>) -> Form {
    match candidate.sort {
        Sort::He | Sort::She | Sort::I | Sort::Who | Sort::You | Sort::Possessive => Form::Pronoun,
        Sort::They | Sort::We | Sort::It if person.is_some() => Form::Pronoun,
        sort if !sort.is_role() && person.is_none() => Form::Group,
        _ if reading.words[candidate.head].known.has(Known::TITLE) => Form::Office,
        _ => Form::Description,
    }
}

fn with_honorific(reading: &Reading<'_>, words: Range<usize>) -> Range<usize> {
    let before = words.start.checked_sub(1).filter(|&i| {
        let word = &reading.words[i];
        word.known.has(Known::HONORIFIC) && word.is_capital() && word.sentence == reading.words[words.start].sentence
    });
    before.unwrap_or(words.start)..words.end
}

/// The mention at a candidate: the name itself where it has one, else its words.
fn mention_of(found: &Found<'_, '_>, mentions: &[Mention], c: usize) -> Option<MentionId> {
    let candidate = &found.candidates[c];
    let reading = found.reading;
    let words = match found.people.naming(candidate.head) {
        Some(named) => with_honorific(reading, named.words.clone()),
        None => candidate.words.clone(),
    };
    let span = reading.span(words);
    let key = |m: &Mention| (m.span.start, std::cmp::Reverse(m.span.end));
    let at = mentions.binary_search_by_key(&(span.start, std::cmp::Reverse(span.end)), key).ok()?;
    Some(MentionId::new(at))
}

fn part(reading: &Reading<'_>, segment: usize) -> QuotePart {
    let marked = &reading.segments[segment].marked;
    QuotePart { words: marked.words, marked: marked.span }
}

fn marked(found: &Found<'_, '_>, mentions: &[Mention], quotes: &mut Vec<Quote>) {
    let reading = found.reading;
    let mut last: Option<(Said, Kind)> = None;
    for &said in &found.speech.said {
        let kind = match last {
            Some((_, kind)) if reading.segments[said.segment].continues => kind,
            _ => kinds::kind(reading, said.segment),
        };
        if let Some((before, before_kind)) = last
            && joins(found, before, before_kind, said, kind)
            && let Some(quote) = quotes.last_mut()
        {
            quote.parts.push(part(reading, said.segment));
            last = Some((said, kind));
            continue;
        }
        last = Some((said, kind));
        quotes.push(quote(found, mentions, said, kind));
    }
}

/// Whether a segment is a further part of the quote before it.
fn joins(found: &Found<'_, '_>, before: Said, before_kind: Kind, said: Said, kind: Kind) -> bool {
    let segments = &found.reading.segments;
    let (a, b) = (&segments[before.segment], &segments[said.segment]);
    if said.segment != before.segment + 1 {
        return false;
    }
    if b.continues {
        return true;
    }
    // “A,” she said. “B.”: the attribution stands between the two.
    let between = a.words.end..b.words.start;
    // “If the lamp is out,” said Renn, “the boat stays in.”: the sentence goes on in small letters.
    let goes_on =
        found.reading.str(b.words.start - 1) == "," && a.marked.words.of(found.reading.text).ends_with([',', '…']);
    a.paragraph == b.paragraph
        && before_kind == Kind::Direct
        && (kind == Kind::Direct || goes_on)
        && before.candidate.is_some()
        && before.candidate == said.candidate
        && before.candidate.is_some_and(|c| between.contains(&found.candidates[c].head))
}

fn quote(found: &Found<'_, '_>, mentions: &[Mention], said: Said, kind: Kind) -> Quote {
    let reading = found.reading;
    let segment = &reading.segments[said.segment];
    let rule = said.candidate.map_or(Rule::Unknown, |c| rule(found, said, c, segment.words.clone(), segment.paragraph));
    let cue = said.candidate.and_then(|c| cue(found, c));
    Quote {
        parts: vec![part(reading, said.segment)],
        statement: None,
        kind,
        cue: cue.map(|k| reading.words[k].span()),
        mention: said.candidate.filter(|_| !said.doubted).and_then(|c| mention_of(found, mentions, c)),
        phrase: said.candidate.map(|c| phrase(found, c)),
        speaker: said.person.map(|p| ChainId::new(p as usize)),
        rule,
        evidence: said.candidate.map(|c| evidence(found, c, cue)),
        confidence: said.confidence,
        checked: None,
    }
}

/// The whole phrase of a candidate, with an honorific before it.
fn phrase(found: &Found<'_, '_>, c: usize) -> TextSpan {
    found.reading.span(with_honorific(found.reading, found.candidates[c].words.clone()))
}

/// The verb that reports for a candidate, or the "according" before it.
fn cue(found: &Found<'_, '_>, c: usize) -> Option<usize> {
    let reading = found.reading;
    let candidate = &found.candidates[c];
    if let Some(verb) = candidate.reports() {
        return Some(verb);
    }
    let k = candidate.words.start.checked_sub(2)?;
    (reading.str(k).eq_ignore_ascii_case("according")
        && reading.words[k].sentence == reading.words[candidate.head].sentence)
        .then_some(k)
}

fn evidence(found: &Found<'_, '_>, c: usize, cue: Option<usize>) -> TextSpan {
    let reading = found.reading;
    let words = found.candidates[c].words.clone();
    match cue {
        Some(k) if k.abs_diff(words.start) <= LONGEST_EVIDENCE => {
            reading.span(words.start.min(k)..words.end.max(k + 1))
        }
        _ => reading.span(words),
    }
}

fn rule(found: &Found<'_, '_>, said: Said, c: usize, words: Range<usize>, paragraph: usize) -> Rule {
    let reading = found.reading;
    let candidate = &found.candidates[c];
    if said.doubted {
        return Rule::Unknown;
    }
    if said.person.is_none() {
        let alone = candidate.sort.is_role()
            || matches!(candidate.sort, Sort::He | Sort::She | Sort::I | Sort::Who | Sort::You);
        return if alone { Rule::Unnamed } else { Rule::Group };
    }
    let theirs = reading.words[candidate.head].paragraph as usize;
    if theirs < paragraph {
        return Rule::Continued;
    }
    let same_sentence = reading.words[candidate.head].sentence == reading.words[words.start].sentence;
    if theirs == paragraph && same_sentence && cue(found, c).is_none() {
        return Rule::SameSentence;
    }
    match candidate.sort {
        Sort::FullName => Rule::Name,
        Sort::ShortName => Rule::Surname,
        Sort::He | Sort::She | Sort::Possessive | Sort::Who | Sort::They | Sort::I => Rule::Pronoun,
        _ => Rule::Title,
    }
}

fn reported(found: &Found<'_, '_>, mentions: &[Mention], quotes: &mut Vec<Quote>) {
    let reading = found.reading;
    let n_marked = quotes.len();
    // Marked parts, sorted, to cut statements around.
    let mut marked: Vec<(TextSpan, usize)> =
        (0..n_marked).flat_map(|q| quotes[q].parts.iter().map(move |p| (p.marked, q))).collect();
    marked.sort_unstable();
    for statement in found.reported {
        let span = reading.span(statement.words.clone());
        let hole = statement.hole.clone().map(|hole| reading.span(hole));
        let first = marked.partition_point(|m| m.0.end <= span.start);
        let inside: Vec<(TextSpan, usize)> =
            marked[first..].iter().take_while(|m| m.0.start < span.end).copied().collect();
        if inside.iter().any(|m| whole_saying(&quotes[m.1], span)) {
            continue;
        }
        let mut gaps: Vec<TextSpan> = inside.iter().map(|m| m.0).chain(hole).collect();
        gaps.sort_unstable();
        let mut parts = Vec::new();
        let mut from = span.start;
        for gap in gaps {
            push_piece(reading, from, gap.start, &mut parts);
            from = gap.end.max(from);
        }
        push_piece(reading, from, span.end, &mut parts);
        // "accused ministers of “campaigning in a hard hat”": what leads into a fragment is the reporter's own.
        parts.retain(|part| part.words.of(reading.text).split_whitespace().nth(LEAST_REPORTED - 1).is_some());
        if parts.is_empty() {
            // The fragment stands for the statement that holds it.
            if let Some(&(_, q)) = inside.first() {
                quotes[q].statement.get_or_insert(span);
            }
            continue;
        }
        let person = statement.candidate.and_then(|c| found.persons[c]);
        let said = Said { candidate: statement.candidate, person, ..Said::default() };
        let words = statement.words.clone();
        let paragraph = reading.words[words.start].paragraph as usize;
        let rule = statement.candidate.map_or(Rule::Unknown, |c| rule(found, said, c, words, paragraph));
        let mut sure = found.weights.sum::<1>();
        confidence::of_statement(reading, found.candidates, found.pronouns, statement, person.is_some(), &mut sure);
        quotes.push(Quote {
            parts,
            statement: Some(span),
            kind: Kind::Indirect,
            cue: Some(reading.words[statement.cue].span()),
            mention: statement.candidate.and_then(|c| mention_of(found, mentions, c)),
            phrase: statement.candidate.map(|c| phrase(found, c)),
            speaker: person.map(|p| ChainId::new(p as usize)),
            rule,
            evidence: statement.candidate.map(|c| evidence(found, c, Some(statement.cue))),
            confidence: confidence::confidence(sure.scores()[0]),
            checked: None,
        });
    }
}

/// Whether a quotation is a saying of its own that a statement would only repeat.
fn whole_saying(quote: &Quote, statement: TextSpan) -> bool {
    let said: u32 = quote.parts.iter().map(|p| p.marked.end - p.marked.start).sum();
    quote.kind == Kind::Direct && said * 100 > 85 * (statement.end - statement.start)
}

/// Leaves words that two statements claim to the one that begins first: no two quotes share words.
fn part_ways(quotes: &mut Vec<Quote>, n_marked: usize) {
    let mut claims: Vec<(TextSpan, usize)> =
        (n_marked..quotes.len()).flat_map(|q| quotes[q].parts.iter().map(move |p| (p.marked, q))).collect();
    claims.sort_unstable();
    let mut end = 0;
    for (span, quote) in claims {
        if span.start < end {
            quotes[quote].parts.retain(|part| part.marked != span);
        } else {
            end = span.end;
        }
    }
    quotes.retain(|quote| !quote.parts.is_empty());
}

/// Adds the words between two places, blanks and edge signs left out; nothing where there are no words.
fn push_piece(reading: &Reading<'_>, from: u32, to: u32, parts: &mut Vec<QuotePart>) {
    let Some(text) = reading.text.get(from as usize..to as usize) else { return };
    let head = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let tail = text.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    if head < tail {
        let span = TextSpan::new(from as usize + head, from as usize + tail);
        parts.push(QuotePart { words: span, marked: span });
    }
}

fn chains(found: &Found<'_, '_>, mentions: &[Mention]) -> Vec<Chain> {
    let reading = found.reading;
    let text = |words: Range<usize>| -> Box<str> { reading.span(words).of(reading.text).into() };
    let mut chains: Vec<Chain> = found
        .people
        .persons
        .iter()
        .map(|person| Chain {
            name: text(person.name.clone()),
            full: person.is_full(),
            honorific: person
                .honorifics
                .iter()
                .max_by_key(|(word, n)| (*n, std::cmp::Reverse(*word)))
                .map(|(word, _)| text(*word..*word + 1)),
            gender: person.gender,
            roles: person.roles.iter().map(|r| reading.span(r.clone())).collect(),
            mentions: Vec::new(),
        })
        .collect();
    for (i, mention) in mentions.iter().enumerate() {
        if let Some(chain) = mention.chain {
            chains[chain.index()].mentions.push(MentionId::new(i));
        }
    }
    chains
}
