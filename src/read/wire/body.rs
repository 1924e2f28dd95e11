//! The body: paragraphs, crossheads, and what stands under the story.

use super::{Draft, line};
use crate::model::BlockKind;
use crate::read::names::capitalised;

/// Gives every draft that is still unclaimed its kind.
///
/// Only drafts from `body` on can be left; a short line between paragraphs that ends in no stop is a crosshead.
pub(super) fn mark(drafts: &mut [Draft<'_>], body: usize) {
    let mut links = false;
    for at in 0..drafts.len() {
        links = match drafts[at].kind {
            Some(BlockKind::Meta) => links || line::over_links(&drafts[at].unit.text),
            Some(_) => false,
            None => links && at > body && link(&drafts[at].unit.text),
        };
        if drafts[at].kind.is_none() {
            if links {
                drafts[at].kind = Some(BlockKind::Meta);
                continue;
            }
            let crosshead = at > body && is_crosshead(drafts, at);
            drafts[at].kind = Some(if crosshead { BlockKind::Crosshead(2) } else { BlockKind::Paragraph });
        }
    }
}

/// Whether a line under "Related topics" can be a link: it is short and no sentence.
fn link(text: &str) -> bool {
    text.split_whitespace().nth(16).is_none()
        && !text.ends_with(['.', '!', '”', '"', ':'])
        && !text.starts_with(['“', '"'])
}

/// Taught by: "‘A nuisance’", "What happens next?", "The last ferry". Lists and verse have short lines as
/// well, but one after the other; a transcript's lines have a colon, speech has its marks.
fn is_crosshead(drafts: &[Draft<'_>], at: usize) -> bool {
    let unit = &drafts[at].unit;
    if !heading(&unit.text) {
        return false;
    }
    let before = drafts[..at].iter().rfind(|d| {
        !matches!(d.kind, Some(BlockKind::Meta | BlockKind::CreditLine | BlockKind::Alt(_) | BlockKind::Caption(_)))
    });
    let after = drafts[at + 1..].iter().find(|d| {
        !matches!(d.kind, Some(BlockKind::Meta | BlockKind::CreditLine | BlockKind::Alt(_) | BlockKind::Caption(_)))
    });
    let paragraph = |d: &Draft<'_>| {
        d.unit.text.split_whitespace().nth(7).is_some() && matches!(d.kind, None | Some(BlockKind::Paragraph))
    };
    // "‘As so often,’ said Dame Rosalind." is short, yet a paragraph; a list's line is neither.
    let above = |d: &Draft<'_>| matches!(d.kind, None | Some(BlockKind::Paragraph)) && !heading(&d.unit.text);
    before.is_some_and(above) && after.is_some_and(|d| paragraph(d) && !heading(&d.unit.text))
}

/// Whether a line has the shape of a crosshead.
fn heading(text: &str) -> bool {
    if text.len() > 90 || text.contains(['“', '”', '"', ':', ';', '@', '(']) || text.contains("''") {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let asks = text.ends_with('?') && words.len() >= 3 && !matches!(words[0], "But" | "And" | "So" | "Or");
    let most = if asks { 12 } else { 7 };
    let ends = text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | '%')) || asks;
    words.len() <= most
        && ends
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '‘' | '\''))
        && capitalised(text)
}
