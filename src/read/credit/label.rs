//! The labels around captions and credits: "Image caption", "FILE PHOTO:", "Photo by", "1of4".

use crate::read::lexicon::{CAPTIONS, after, begins};
use crate::read::names::capitalised;

/// Where the words after a credit label begin ("Image: ", "Photo by ", "Image source, "); none without one.
pub(super) fn credit(text: &str) -> Option<usize> {
    let first = *text.as_bytes().first()?;
    if first.is_ascii() && first != b'(' && !CAPTIONS.credit.may_begin(first) && !CAPTIONS.credit_plain.may_begin(first)
    {
        return None;
    }
    let signed = text.strip_prefix('©').or_else(|| after(text, "(c) "));
    let colon = || {
        CAPTIONS.credit.all(text).find_map(|(label, rest)| {
            let rest = rest.trim_start();
            rest.strip_prefix([':', '：', '|']).or_else(|| rest.strip_prefix(", ").filter(|_| label.contains(' ')))
        })
    };
    let plain = || {
        let parted = |rest: &&str| rest.starts_with([' ', ',', ':', '\u{a0}']);
        CAPTIONS.credit_plain.all(text).map(|(_, rest)| rest).find(parted).or_else(|| glued(text))
    };
    let rest = signed.or_else(colon).or_else(plain)?;
    let rest = rest.trim_start_matches([' ', ',', ':', '\u{a0}', '\t', '©']);
    // "Photo: by Ola Brandt", "Picture: Credit: Ola Brandt".
    let rest = after(rest, "by ").unwrap_or(rest);
    let at = text.len() - rest.len();
    Some(credit(rest).map_or(at, |more| at + more))
}

/// "Image copyrightNorthsound": one site's pages were pasted without the blank.
fn glued(text: &str) -> Option<&str> {
    let rest = ["image copyright", "image source", "media source"].iter().find_map(|label| after(text, label))?;
    rest.starts_with(char::is_uppercase).then_some(rest)
}

/// Where the words after a label begin that only brackets show to be one: "(Source: Northsound)", "(Pic Ola Brandt)".
pub(super) fn credit_bracketed(text: &str) -> Option<usize> {
    let rest = CAPTIONS.credit_bracketed.all(text).find_map(|(label, rest)| {
        let bare = rest.trim_start().strip_prefix([':', '|']);
        bare.or_else(|| rest.strip_prefix(' ').filter(|_| label.ends_with("by") || label == "via"))
    })?;
    let rest = rest.trim_start();
    (!rest.is_empty() && capitalised(rest)).then(|| text.len() - rest.len())
}

/// Whether the words are a credit label's and nothing else.
pub(super) fn is_all(text: &str) -> bool {
    credit(text).is_some_and(|at| at == text.len())
}

/// Whether the label says "by" or "source", so that no caption can follow it.
pub(super) fn is_plain(text: &str) -> bool {
    CAPTIONS.credit_plain.begin(text)
        || text.starts_with('©')
        || ["credit", "credits", "photograph", "photographer", "source"]
            .iter()
            .any(|label| after(text, label).is_some_and(|r| r.starts_with(':')))
}

/// What follows "Image caption", "Caption:", "Pictured:"; none without such a label.
pub(super) fn caption(text: &str) -> Option<&str> {
    let told = CAPTIONS.caption.all(text).find_map(|(label, rest)| {
        // "Image caption The ferry", "Media captionThe ferry" were how one site's pages pasted; a bare word wants its colon.
        let named = label.contains(' ') && label.contains("caption");
        let parted = rest.starts_with([':', '|'])
            || (rest.starts_with(',') && !matches!(label, "above" | "below"))
            || (named && rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase()));
        let rest = rest.trim_start_matches([':', ',', '|', ' ', '\u{a0}', '\t']);
        (parted && !rest.is_empty()).then_some(rest)
    });
    // "Image: The ferry at dusk": a credit has been looked for before.
    told.or_else(|| {
        CAPTIONS.picture.all(text).find_map(|(_, rest)| {
            let rest = rest.strip_prefix(':')?.trim_start();
            (!rest.is_empty()).then_some(rest)
        })
    })
}

/// What follows "FILE PHOTO:", "FILE -"; none without such a label.
pub(super) fn file(text: &str) -> Option<&str> {
    CAPTIONS.file.all(text).find_map(|(_, rest)| {
        let rest = rest.trim_start();
        let parted = rest.starts_with(':') || (text.starts_with("FILE") && rest.starts_with(['-', '–', '—']));
        parted.then(|| rest.trim_start_matches([':', '-', '–', '—', ' ', '\u{a0}']))
    })
}

/// What follows a number in a gallery: "1of4", "1 of 4", "Photo 2 of 9:", "1/4"; none without one.
pub(in crate::read) fn counter(text: &str) -> Option<&str> {
    // "[1/2]The ferry at dusk".
    if let Some((inside, rest)) = text
        .strip_prefix('[')
        .and_then(|t| t.get(..12).unwrap_or(t).split_once(']').map(|(i, _)| (i, &t[i.len() + 1..])))
    {
        return counter(inside).filter(|left| left.is_empty()).map(|_| rest.trim_start());
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'p' | 'P' | 'i' | 'I' | 's' | 'S')) {
        return None;
    }
    let rest = ["photo ", "image ", "picture ", "slide "].iter().find_map(|head| after(text, head)).unwrap_or(text);
    let named = rest.len() < text.len();
    let rest = digits(rest)?;
    let spaced = rest.starts_with(' ');
    let rest = rest.trim_start();
    let (rest, stroke) = match rest.strip_prefix("of") {
        Some(rest) => (rest, false),
        None => (rest.strip_prefix('/')?, true),
    };
    let after_digits = digits(rest.trim_start())?;
    // "1 of 4 ferries" begins a sentence; "1of4" and "Photo 1 of 4" never do. "1/4" wants a line or colon of its own.
    let glued = !spaced && !rest.starts_with(' ');
    let rest = after_digits.trim_start_matches([':', '.', ' ', '\u{a0}', '|', '-', '–', ')']);
    let sure = named || (glued && !stroke) || rest.is_empty() || after_digits.starts_with([':', '|']);
    (sure && (rest.is_empty() || capitalised(rest) || !rest.starts_with(char::is_alphanumeric))).then_some(rest)
}

/// What follows one to three digits.
fn digits(text: &str) -> Option<&str> {
    let n = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&n).then(|| &text[n..])
}

/// Whether a line begins with a label that never stands in the middle of a paragraph.
pub(in crate::read) fn opens_a_line(text: &str) -> bool {
    CAPTIONS.caption.all(text).any(|(label, _)| label.contains(' ')) || begins(text, "file photo:")
}
