//! A credit at a line's end, in brackets and without.

use std::ops::Range;

use super::owner::{claims_rights, credits, names_only, short, without_file};
use super::{Desk, LONGEST, label, trim, words_of};
use crate::read::names::{capitalised, person_shaped};

/// The inside of the brackets that end the range, where brackets do.
pub(super) fn bracketed(line: &str, within: Range<usize>) -> Option<Range<usize>> {
    let words = &line[within.clone()];
    let bare = words.trim_end().trim_end_matches('.');
    let (open, inside_end) = match bare.strip_suffix(')') {
        Some(inside) => ('(', inside.len()),
        None => ('[', bare.strip_suffix(']')?.len()),
    };
    let mut from = inside_end.saturating_sub(LONGEST);
    while !bare.is_char_boundary(from) {
        from += 1;
    }
    // A stop after the bracket belongs to a sentence, unless the bracket is one: "… at dusk. (Ola Brandt/PA)."
    let at = from + bare[from..inside_end].rfind(open)?;
    let inside = trim(line, within.start + at + 1..within.start + inside_end);
    if bare.len() < words.trim_end().len() && !bare[..at].trim_end().ends_with(['.', '!', '?', '”', '’']) {
        return None;
    }
    (!inside.is_empty() && !line[inside.clone()].contains([')', ']'])).then_some(inside)
}

/// A credit at a line's end without brackets: the caption before it, and the credit.
///
/// Looks at the last [`LONGEST`] bytes only, so that paragraphs cost nothing.
pub(super) fn unbracketed(line: &str, within: Range<usize>, desk: &Desk) -> Option<(Range<usize>, Range<usize>)> {
    let mut from = within.end.saturating_sub(LONGEST).max(within.start);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    let tail = &line[from..within.end];
    let split = |label_at: usize, credit_at: usize| {
        let caption = trim(line, within.start..from + label_at);
        let mut caption_end = caption.end;
        let words = &line[caption.clone()];
        caption_end -= words.len() - words.trim_end_matches([' ', '|', '–', '—', '-', '/', '•']).len();
        let credit = trim(line, from + credit_at..within.end);
        (caption.start < caption_end && !credit.is_empty()).then_some((caption.start..caption_end, credit))
    };
    if let Some((label_at, credit_at)) = glued(tail) {
        return split(label_at, credit_at);
    }
    // "… at dusk © Ola Brandt 2030": an owner's sign, then names.
    if let Some(at) = tail.rfind('©').filter(|at| *at > 0) {
        let rest = &tail[at..];
        let owned = label::credit(rest).filter(|n| names_only(&rest[*n..]) && short(&rest[*n..], 8));
        return owned.filter(|_| !claims_rights(rest)).and_then(|n| split(at, at + n));
    }
    // A label with a capital: "… movement.’ Photograph: AFP via Getty", "… at dusk Picture by Ola Brandt".
    for (at, word) in words_of(tail) {
        if at > 0
            && capitalised(word)
            && let Some(length) = label::credit(&tail[at..])
            && short(&tail[at + length..], 8)
            && (credits(&tail[at + length..], desk) || names_only(&tail[at + length..]))
        {
            return split(at, at + length);
        }
    }
    stroked(tail, desk).or_else(|| last_sentence(tail, desk)).and_then(|at| split(at, at))
}

/// Label and name pasted in one word with the caption: "… on Thursday.Credit...Ola Brandt", "… at dusk.Picture:PA".
fn glued(tail: &str) -> Option<(usize, usize)> {
    for mark in ["Credit...", "Credit…", "Credit:", "CREDIT:", "Photo:", "Photograph:", "Picture:", "Source:"] {
        let Some(at) = tail.find(mark).filter(|at| *at > 0) else { continue };
        let rest = &tail[at + mark.len()..];
        let dotted = !mark.ends_with(':');
        let stuck = !tail[..at].ends_with(char::is_whitespace);
        if (dotted || (stuck && names_only(rest))) && short(rest, 10) {
            return Some((at, at + mark.len()));
        }
    }
    None
}

/// "… November 14, 2031. REUTERS/Ola Brandt", "AP Photo/Ola Brandt", "Brandt/PA".
fn stroked(tail: &str, desk: &Desk) -> Option<usize> {
    let stroke = tail.rfind('/').filter(|stroke| !without_file(&tail[stroke + 1..]).contains("//"))?;
    let right = without_file(tail[stroke + 1..].trim_end_matches('.'));
    let mut starts = [None; 2];
    for (at, _) in words_of(&tail[..stroke]) {
        starts = [Some(at), starts[0]];
    }
    for (n, at) in starts.into_iter().enumerate().filter_map(|(n, at)| Some((n + 1, at?))) {
        let left = &tail[at..stroke];
        if capitalised(left) && desk.knows(left) && (person_shaped(right) || desk.knows(right)) {
            return Some(at);
        }
        if n == 2 && person_shaped(left) && desk.knows(right) && left.split_whitespace().all(capitalised) {
            return Some(at);
        }
    }
    None
}

/// A last sentence, or what follows a stroke or dash, that is nothing but a credit.
fn last_sentence(tail: &str, desk: &Desk) -> Option<usize> {
    words_of(tail).find_map(|(at, word)| {
        let before = tail[..at].trim_end();
        let stopped =
            before.ends_with(['.', '!', '?', '”', '’', '"', ')', '|', '–', '—', '•']) || before.ends_with(" -");
        (stopped && capitalised(word) && short(&tail[at..], 8) && credits(&tail[at..], desk)).then_some(at)
    })
}
