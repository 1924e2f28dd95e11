//! Where the words of a decision stand in a report.

use super::entry::Entry;
use crate::model::{Article, QuotePart};
use crate::text::TextSpan;

/// Characters before and after a quotation by which it is found again.
const AROUND: usize = 30;

/// By entry: its parts, where they stand; none where the report does not have them.
pub(super) fn all(article: &Article, entries: &[Entry]) -> Vec<Option<Vec<TextSpan>>> {
    entries.iter().map(|entry| one(article, entry)).collect()
}

fn one(article: &Article, entry: &Entry) -> Option<Vec<TextSpan>> {
    let text = &*article.text;
    let first = entry.exact.first()?;
    let prefix = entry.prefix.as_deref().unwrap_or_default();
    let mut from = 0;
    while let Some(at) = text[from..].find(first.as_str()).map(|at| from + at) {
        from = at + 1;
        while !text.is_char_boundary(from) {
            from += 1;
        }
        if !text[..at].ends_with(prefix) {
            continue;
        }
        let mut spans = vec![TextSpan::new(at, at + first.len())];
        for part in &entry.exact[1..] {
            let after = spans.last().map_or(0, |span| span.end as usize);
            let at = after + text[after..].find(part.as_str())?;
            spans.push(TextSpan::new(at, at + part.len()));
        }
        let end = spans.last().map_or(0, |span| span.end as usize);
        if text[end..].starts_with(entry.suffix.as_deref().unwrap_or_default()) {
            return Some(spans);
        }
    }
    None
}

/// The words before and after some spans, by which an entry finds them again; none where there are none in the block.
pub(super) fn context(article: &Article, spans: &[TextSpan]) -> (Option<String>, Option<String>) {
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return (None, None) };
    let text = &*article.text;
    let block = |at: &TextSpan| article.blocks.iter().map(|block| block.span).find(|block| block.contains(*at));
    let before =
        block(first).and_then(|block| text.get(block.start as usize..first.start as usize)).unwrap_or_default();
    let after = block(last).and_then(|block| text.get(last.end as usize..block.end as usize)).unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    // Whole words, where there is more than one.
    let start = match before[start..].find(char::is_whitespace) {
        Some(blank) if start > 0 => start + blank,
        _ => start,
    };
    let end = match after[..end].rfind(char::is_whitespace) {
        Some(blank) if end < after.len() && blank > 0 => blank,
        _ => end,
    };
    let given = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    (given(before[start..].trim_start()), given(&after[..end]))
}

/// A part with the quotation marks around it, where there are any.
pub(super) fn marked(article: &Article, words: TextSpan) -> QuotePart {
    let text = &*article.text;
    let (before, after) = (&text[..words.start as usize], &text[words.end as usize..]);
    let open = before.chars().next_back().filter(|c| matches!(c, '“' | '‘' | '"' | '«' | '„' | '‹'));
    let close = after.chars().next().filter(|c| matches!(c, '”' | '’' | '"' | '»' | '“' | '›'));
    let span = match (open, close) {
        (Some(open), close) => {
            TextSpan::new(words.start as usize - open.len_utf8(), words.end as usize + close.map_or(0, char::len_utf8))
        }
        (None, Some(close)) => TextSpan::new(words.start as usize, words.end as usize + close.len_utf8()),
        (None, None) => words,
    };
    QuotePart { words, marked: span }
}
