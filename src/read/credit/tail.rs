//! A credit at a line's end, in brackets and without.

use std::ops::Range;

use super::owner::{claims_rights, credits, names_only, short, without_file};
use super::{Desk, LONGEST, label, starts, trim, words_of};
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
    for at in starts(tail, |b| b.is_ascii_uppercase()).filter(|at| *at > 0 && !tail[..*at].ends_with('(')) {
        if let Some(length) = label::credit(&tail[at..])
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
    let ends = memchr::memchr3_iter(b':', b'.', 0xe2, tail.as_bytes());
    ends.filter_map(|end| {
        let dots = ["...", "…"].iter().find_map(|dots| tail[end..].strip_prefix(dots));
        let rest = dots.or_else(|| tail[end..].strip_prefix(':'))?;
        let labels: &[&str] = if dots.is_some() { &["Credit"] } else { &GLUED };
        let label = labels.iter().find(|label| tail[..end].ends_with(**label))?;
        let at = end - label.len();
        let stuck = !tail[..at].ends_with(char::is_whitespace);
        let sound = at > 0 && (dots.is_some() || (stuck && names_only(rest))) && short(rest, 10);
        sound.then(|| (at, tail.len() - rest.len()))
    })
    .next()
}

/// Labels that were seen without a blank before them.
const GLUED: [&str; 9] = ["Credit", "CREDIT", "Photo", "PHOTO", "Photograph", "Picture", "PICTURE", "Image", "Source"];

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
    let bytes = tail.as_bytes();
    let credited = |stop: usize| credit_after(tail, stop, desk);
    // Signs beyond ASCII that end a sentence begin with this byte.
    let ends = [
        memchr::memchr3_iter(b'.', b'!', b'?', bytes).find_map(credited),
        memchr::memchr3_iter(b'"', b')', b'|', bytes).find_map(credited),
        memchr::memchr2_iter(b'-', 0xe2, bytes).find_map(credited),
    ];
    ends.into_iter().flatten().min()
}

/// Where the credit begins that follows the stop at `stop`, over a blank.
fn credit_after(tail: &str, stop: usize, desk: &Desk) -> Option<usize> {
    let rest = &tail[stop..];
    let mut signs = rest.chars();
    let sign = signs.next()?;
    let after = signs.as_str();
    let at = tail.len() - after.trim_start().len();
    // "… on March 12, 2030.Ola Brandt / Northsound": the blank was lost between two columns.
    let glued = || matches!(sign, '.' | '!' | '?' | '”') && after.starts_with(char::is_uppercase);
    let parted = at < tail.len() && (after.starts_with(char::is_whitespace) || glued());
    let stops = matches!(sign, '.' | '!' | '?' | '”' | '’' | '"' | ')' | '|' | '–' | '—' | '•')
        || (sign == '-' && tail[..stop].ends_with(' '));
    let opens = || tail[at..].split_whitespace().next().is_some_and(capitalised);
    (parted && stops && opens() && short(&tail[at..], 8) && credits(&tail[at..], desk)).then_some(at)
}
