//! What one article tells the archive.

use super::shown;
use crate::model::{Annotations, Article, BlockKind, ChainFact, Facts, Form, Kind, PhotoFact, Quote, QuoteFact};
use crate::text::{TextSpan, digest};
use rustc_hash::FxHashMap;

/// Longest context of a quotation, in characters.
const LONGEST_CONTEXT: usize = 200;

/// Draws an article's facts from its annotations: all that leaves the file.
///
/// Chains keep their numbers; quotes are speech only, by place. Linear in the annotations.
pub fn facts(article: &Article, annotations: &Annotations) -> Facts {
    let furniture = &article.furniture;
    Facts {
        path: article.path.clone(),
        slug: article.slug.clone(),
        headline: furniture.headline.clone(),
        standfirst: furniture.standfirst.clone(),
        section: furniture.section.clone(),
        tags: furniture.tags.clone(),
        agency: furniture.agency.clone(),
        published: furniture.published,
        updated: furniture.updated,
        aliases: furniture.aliases.clone(),
        words: words_in_body(article),
        chains: chains(article, annotations),
        quotes: quotes(article, annotations),
        photos: photos(article, annotations),
    }
}

fn words_in_body(article: &Article) -> u32 {
    let body = article.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Crosshead(_)));
    body.map(|b| count(article.words_of(b))).sum()
}

fn count(text: &str) -> u32 {
    u32::try_from(text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count()).unwrap_or(u32::MAX)
}

fn chains(article: &Article, annotations: &Annotations) -> Vec<ChainFact> {
    annotations
        .chains
        .iter()
        .map(|chain| {
            let mut forms: Vec<(Box<str>, Form, u32)> = Vec::new();
            let mut at: FxHashMap<(&str, Form), usize> = FxHashMap::default();
            for &id in &chain.mentions {
                let mention = annotations.mention(id);
                let text = mention.span.of(&article.text);
                let i = *at.entry((text, mention.form)).or_insert_with(|| {
                    forms.push((text.into(), mention.form, 0));
                    forms.len() - 1
                });
                forms[i].2 += 1;
            }
            forms.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)).then_with(|| a.1.cmp(&b.1)));
            ChainFact { name: chain.name.clone(), full: chain.full, roles: chain.roles.clone(), forms }
        })
        .collect()
}

fn quotes(article: &Article, annotations: &Annotations) -> Vec<QuoteFact> {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    let mut out = Vec::new();
    for (i, quote) in annotations.quotes.iter().enumerate().filter(|(_, q)| q.kind.is_speech()) {
        let text = shown(article, quote);
        let id = digest::quotation_id(&text);
        let n = seen.entry(id.clone()).and_modify(|n| *n += 1).or_insert(1);
        let id = if *n == 1 { id } else { format!("{id}-{n}") };
        let mention = quote.mention.map(|m| annotations.mention(m).span.of(&article.text));
        out.push(QuoteFact {
            quote: u32::try_from(i).unwrap_or(u32::MAX),
            id: id.into(),
            words: quote.parts.iter().map(|p| count(p.words.of(&article.text))).sum(),
            text: text.into(),
            kind: quote.kind,
            speaker: quote.speaker.map(|c| c.index() as u32),
            unnamed: if quote.speaker.is_none() { mention.map(Into::into) } else { None },
            rule: quote.rule,
            confidence: quote.confidence,
            context: context(article, annotations, quote),
        });
    }
    out
}

/// A quote's words with their marks; " … " where the attribution stood between two parts.
fn shown(article: &Article, quote: &Quote) -> String {
    let text = &article.text;
    if let (Kind::Indirect, Some(first), Some(last)) = (quote.kind, quote.parts.first(), quote.parts.last()) {
        return first.marked.cover(last.marked).of(text).into();
    }
    let mut out = String::new();
    for (i, part) in quote.parts.iter().enumerate() {
        if i > 0 {
            let between = TextSpan::new(quote.parts[i - 1].marked.end as usize, part.marked.start as usize).of(text);
            out.push_str(if between.contains(char::is_alphanumeric) { " … " } else { " " });
        }
        out.push_str(part.marked.of(text));
    }
    out
}

/// What stands around a quote, cut at words where it is long.
///
/// A fragment is nothing without its sentence, so that is given whole; of other quotations only the
/// sentence's other half, "Mr Renn said on Tuesday", since the words themselves are shown beside it.
fn context(article: &Article, annotations: &Annotations, quote: &Quote) -> Box<str> {
    let (Some(first), Some(last)) = (quote.parts.first(), quote.parts.last()) else { return Box::default() };
    let spoken = first.marked.cover(last.marked);
    let sentences = &annotations.sentences;
    let at = sentences.partition_point(|s| s.end <= spoken.start);
    let mut around = spoken;
    for sentence in sentences[at..].iter().take_while(|s| s.start < spoken.end) {
        around = around.cover(*sentence);
    }
    // The attribution may follow as a sentence of its own: “Really?” Then: She shook her head.
    if let Some(evidence) = quote.evidence.filter(|e| e.start >= spoken.start && e.start < around.end + 80) {
        around = around.cover(evidence);
    }
    let near = quote.evidence.filter(|e| around.contains(*e)).map_or(spoken, |e| spoken.cover(e));
    let around = clip(&article.text, around, near);
    if quote.kind != Kind::Partial {
        return other_half(&article.text, around, quote);
    }
    let text = around.of(&article.text);
    if text.chars().count() <= LONGEST_CONTEXT {
        return text.into();
    }
    // The side that tells who speaks is worth more than the quotation's own words.
    let near = quote.evidence.unwrap_or(spoken);
    let from = near.start.min(near.end.saturating_sub(LONGEST_CONTEXT as u32)).max(around.start);
    cut(&article.text, around, from as usize)
}

/// The words of `around` that are not the quote's, pieces parted by " … ".
fn other_half(text: &str, around: TextSpan, quote: &Quote) -> Box<str> {
    let mut out = String::new();
    let mut at = around.start;
    let ends = quote.parts.iter().map(|p| (p.marked.start, p.marked.end)).chain([(around.end, around.end)]);
    for (start, end) in ends {
        let piece = TextSpan::new(at as usize, start.max(at) as usize).of(text);
        let piece = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | ':' | '…'));
        if piece.contains(char::is_alphanumeric) {
            if !out.is_empty() {
                out.push_str(" … ");
            }
            out.push_str(piece);
        }
        at = end;
    }
    if out.chars().count() <= LONGEST_CONTEXT {
        return out.into();
    }
    let whole = TextSpan::new(0, out.len());
    cut(&out, whole, 0)
}

/// Bytes of a sentence on either side of what is shown that a context may be made of: more than it can hold.
const REACH: usize = 4 * LONGEST_CONTEXT;

/// What of `around` lies within [`REACH`] of `near`, whole words; a sentence of any length may hold any number of quotes.
fn clip(text: &str, around: TextSpan, near: TextSpan) -> TextSpan {
    let (mut start, mut end) = (around.start as usize, around.end as usize);
    let (from, to) = (near.start as usize, near.end as usize);
    let whole = |at: usize| (at..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    if start + REACH < from {
        start = whole(from - REACH);
        start += text[start..from].find(char::is_whitespace).unwrap_or(0);
    }
    if to + REACH < end {
        end = whole(to + REACH);
        end = to + text[to..end].rfind(char::is_whitespace).unwrap_or(end - to);
    }
    TextSpan::new(start, end)
}

/// At most [`LONGEST_CONTEXT`] characters of `around` near `from`, whole words, with … where something was cut off.
fn cut(text: &str, around: TextSpan, from: usize) -> Box<str> {
    let (start, end) = (around.start as usize, around.end as usize);
    let lead = text[start..].char_indices().take_while(|(i, _)| start + i < from).count();
    let skip = lead.saturating_sub(LONGEST_CONTEXT / 3);
    let Some(whole) = text.get(start..end) else { return Box::default() };
    let begin = whole.char_indices().nth(skip).map_or(whole.len(), |(i, _)| i);
    let begin = if skip == 0 { 0 } else { whole[begin..].find(' ').map_or(begin, |i| begin + i + 1) };
    let tail = &whole[begin..];
    let stop = tail.char_indices().nth(LONGEST_CONTEXT - 2).map_or(tail.len(), |(i, _)| i);
    let stop = if stop == tail.len() { stop } else { tail[..stop].rfind(' ').unwrap_or(stop) };
    let mut out = String::with_capacity(stop + 8);
    if begin > 0 {
        out.push('…');
    }
    out.push_str(tail[..stop].trim_end_matches([',', ' ']));
    if stop < tail.len() {
        out.push('…');
    }
    out.into()
}

fn photos(article: &Article, annotations: &Annotations) -> Vec<PhotoFact> {
    article
        .photos
        .iter()
        .map(|photo| {
            let credit = photo.credit.as_ref();
            PhotoFact {
                file: photo.file.clone(),
                alt: photo.alt.clone(),
                caption: photo.caption.map(|c| c.of(&article.text).into()).unwrap_or_default(),
                credit: credit.map(|c| c.text.clone()),
                photographer: credit.and_then(|c| c.photographer.clone()),
                agency: credit.and_then(|c| c.agency.clone()),
                rights: photo.rights.clone(),
                shows: photo.caption.map(|c| shown::shown(&article.text, c, annotations)).unwrap_or_default(),
            }
        })
        .collect()
}
