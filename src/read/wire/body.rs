//! The body: paragraphs, crossheads, and what stands under the story.

use super::head::Head;
use super::look::sign;
use super::{Draft, biography, byline, line};
use crate::model::BlockKind;
use crate::read::names::{capitalised, person_shaped};

/// Gives every draft that is still unclaimed its kind.
///
/// Only drafts from `body` on can be left; a short line between paragraphs that ends in no stop is a crosshead.
pub(super) fn mark(drafts: &mut [Draft<'_>], head: &Head) {
    let mut links = false;
    for at in 0..drafts.len() {
        let unit = &drafts[at].unit;
        let over_links = || line::over_links(&unit.text);
        match drafts[at].kind {
            Some(BlockKind::Meta) => links = links || over_links(),
            Some(_) => links = false,
            None => {
                let inside = at > head.body;
                links = inside && ((links && link(&unit.text)) || (over_links() && followed_by_link(drafts, at)));
                drafts[at].kind = Some(if links {
                    BlockKind::Meta
                } else if inside && signed(drafts, at) {
                    BlockKind::Byline
                } else if inside && is_crosshead(drafts, at) {
                    BlockKind::Crosshead(2)
                } else {
                    BlockKind::Paragraph
                });
            }
        }
    }
    below(drafts, head);
}

/// Marks the lines under the story that say who its writer is.
fn below(drafts: &mut [Draft<'_>], head: &Head) {
    for at in (head.body + 1..drafts.len()).rev() {
        match drafts[at].kind {
            Some(BlockKind::Paragraph) if drafts[at].post.is_none() => {
                if signs_off(&drafts[at].unit.text) {
                    drafts[at].kind = Some(BlockKind::Meta);
                    continue;
                }
                if !biography(&drafts[at].unit.text, head.authors.iter().map(String::as_str)) {
                    break;
                }
                drafts[at].kind = Some(BlockKind::Endnote);
            }
            Some(BlockKind::Meta | BlockKind::Endnote) => {}
            _ => break,
        }
    }
}

/// "(Northsound)" under the story: the agency takes its leave.
fn signs_off(text: &str) -> bool {
    let inside = text.trim_end_matches('.').strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    inside.is_some_and(|name| {
        name.split_whitespace().nth(4).is_none()
            && !name.contains(['(', ')', ':'])
            && name.split_whitespace().all(capitalised)
    })
}

/// Whether a line under "Related topics" can be a link: it is short and no sentence.
fn link(text: &str) -> bool {
    text.split_whitespace().nth(16).is_none()
        && !text.ends_with(['.', '!', '”', '"', ':'])
        && !text.starts_with(['“', '"'])
}

/// Whether what follows "More from Harbour" is a headline: then the line is no crosshead.
fn followed_by_link(drafts: &[Draft<'_>], at: usize) -> bool {
    drafts[at + 1..].iter().find(|d| d.kind.is_none()).is_some_and(|d| link(&d.unit.text))
}

/// Whether a line in the body signs what stands under it: "By Amara Quill, Assembly correspondent".
fn signed(drafts: &[Draft<'_>], at: usize) -> bool {
    let unit = &drafts[at].unit;
    unit.look.words() <= 12
        && !unit.text.ends_with(['.', ','])
        && byline::by_line(&unit.text).is_some_and(|names| !byline::writers(names).is_empty())
}

/// Taught by: "‘A nuisance’", "What happens next?", "The last ferry". Lists and verse have short lines as
/// well, but one after the other; a transcript's lines have a colon, speech has its marks.
fn is_crosshead(drafts: &[Draft<'_>], at: usize) -> bool {
    if !heading(drafts, at) {
        return false;
    }
    let aside = |d: &Draft<'_>| {
        matches!(
            d.kind,
            Some(
                BlockKind::Meta | BlockKind::CreditLine | BlockKind::Alt(_) | BlockKind::Caption(_) | BlockKind::Byline
            )
        )
    };
    let before = (0..at).rfind(|i| !aside(&drafts[*i]));
    let after = (at + 1..drafts.len()).find(|i| !aside(&drafts[*i]) && !signed_next(drafts, *i));
    let open = |i: usize| matches!(drafts[i].kind, None | Some(BlockKind::Paragraph));
    // "‘As so often,’ said Dame Rosalind." is short, yet a paragraph; a list's line is neither.
    let above = |i: usize| open(i) && !heading(drafts, i);
    let below = |i: usize| open(i) && drafts[i].unit.look.words() > 7 && !heading(drafts, i);
    before.is_some_and(above) && after.is_some_and(below)
}

/// Whether an unclaimed line will be a byline inside the body.
fn signed_next(drafts: &[Draft<'_>], at: usize) -> bool {
    drafts[at].kind.is_none() && signed(drafts, at)
}

/// Whether a line has the shape of a crosshead.
fn heading(drafts: &[Draft<'_>], at: usize) -> bool {
    let unit = &drafts[at].unit;
    let text = &*unit.text;
    let (look, words) = (unit.look, unit.look.words());
    if text.len() > 90
        || words > 12
        || look.has(sign::AT | sign::BRACKET)
        || text.contains([';'])
        || text.contains("''")
    {
        return false;
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    let joins = matches!(first, "But" | "And" | "So" | "Or" | "Nor" | "Yet");
    let asks = text.ends_with('?') && (words >= 3 || (words == 2 && asks_by(first)));
    let most = if asks { 12 } else { 7 };
    let ends = text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '’' | '\'' | '%')) || asks;
    let opens = text.starts_with(|c: char| c.is_uppercase() || matches!(c, '‘' | '\'')) || numbered(text);
    words <= most
        && ends
        && opens
        && !joins
        && (!look.has(sign::COLON) || parted(text))
        && (!look.has(sign::DOUBLE) || quotes_within(text))
        && (numbered(text) || text.starts_with(|c: char| c.is_ascii_digit()) || capitalised(text))
}

fn asks_by(word: &str) -> bool {
    matches!(
        word,
        "Who"
            | "What"
            | "Why"
            | "When"
            | "Where"
            | "How"
            | "Which"
            | "Whose"
            | "Is"
            | "Are"
            | "Will"
            | "Can"
            | "Does"
            | "Did"
            | "Was"
    )
}

/// "1. The boats", "2) The tunnel", "14 boats left".
fn numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len()
        && text.len() - rest.len() <= 4
        && rest.strip_prefix(['.', ')', ':']).unwrap_or(rest).starts_with(' ')
        && rest.contains(char::is_alphabetic)
}

/// "The tunnel: what we know": a colon that does not follow a speaker's name or a table's label.
fn parted(text: &str) -> bool {
    let Some((label, rest)) = text.split_once(':') else { return true };
    let small = |word: &str| word.starts_with(char::is_lowercase);
    rest.starts_with(' ')
        && label.split_whitespace().nth(1).is_some()
        && label.split_whitespace().any(small)
        && !person_shaped(label)
        && !rest.contains([':', '”', '"'])
}

/// "A “nuisance” for Merrow": words in marks, and no speech.
fn quotes_within(text: &str) -> bool {
    !text.starts_with(['“', '"', '”']) && !text.ends_with(['”', '"', '“'])
}
