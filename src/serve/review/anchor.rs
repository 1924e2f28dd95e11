//! Where the words of a decision stand in a report.

use super::entry::Entry;
use crate::annotate::anchor::anchor;
use crate::model::{Article, Encoding, QuotePart, Source};
use crate::read;
use crate::text::TextSpan;

/// Characters before and after a quotation by which it is found again.
const AROUND: usize = 30;

/// By entry: its parts, where they stand; none where the report does not have them. As builds find them.
pub(super) fn all(article: &Article, entries: &[Entry]) -> Vec<Option<Vec<TextSpan>>> {
    let text: Box<str> = entries.iter().map(|entry| entry.written("\n")).collect::<String>().into();
    let source = Source { path: "".into(), text, encoding: Encoding::Utf8 };
    match read::sidecar(&source).value {
        Some(sidecar) if sidecar.decisions.len() == entries.len() => {
            anchor(article, &sidecar.decisions).into_iter().map(|found| found.ok().map(Vec::from)).collect()
        }
        _ => vec![None; entries.len()],
    }
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
        Some(blank) if start > 0 && !before[..start].ends_with(char::is_whitespace) => start + blank,
        _ => start,
    };
    let end = match after[..end].rfind(char::is_whitespace) {
        Some(blank) if blank > 0 && after[end..].starts_with(|c: char| !c.is_whitespace()) => blank,
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
