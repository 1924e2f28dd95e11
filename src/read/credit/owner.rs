//! Whom a credit may name: agencies, photographers, and others who made or lent a picture.

use super::{Desk, LONGEST, label, words_of};
use crate::read::byline;
use crate::read::lexicon::{CAPTIONS, FURNITURE, begins, says};
use crate::read::names::{capitalised, person_shaped};

/// Whether the words are a credit and cannot well be anything else.
pub(super) fn credits(text: &str, desk: &Desk) -> bool {
    let text = text.trim().trim_end_matches('.');
    if text.is_empty() || text.len() > LONGEST || not_credit(text) {
        return false;
    }
    let words = without_file(text);
    if provided(words, desk) || (words.len() < text.len() && names_only(words)) {
        return true;
    }
    // "Photo by Ola Brandt" in brackets.
    label::credit(text).is_some_and(|at| names_only(&text[at..]))
}

/// Whether a name in the words is a provider's, or a stroke stands between names.
pub(super) fn provided(text: &str, desk: &Desk) -> bool {
    let text = without_file(text.trim().trim_end_matches('.'));
    if text.is_empty() || text.len() > LONGEST {
        return false;
    }
    if desk.knows(text) {
        return true;
    }
    if let Some((left, right)) = text.rsplit_once(" via ") {
        let right = right.trim_start_matches("the ");
        return names_only(right) && one_name(left);
    }
    // "ABC News: Ola Brandt".
    if let Some((left, right)) = text.split_once(": ") {
        return person_shaped(right) && names_only(left) && short(left, 4);
    }
    if text.contains(['/', '|']) {
        if holds_sentence(text) {
            return false;
        }
        let mut names = text.split(['/', '|']).map(str::trim);
        let named = names.clone().all(|name| {
            !name.is_empty() && short(name, 6) && (desk.knows(name) || (capitalised(name) && names_only(name)))
        });
        let barred = text.contains('|');
        // A bar parts a headline from its site as well: one of the names must be known, or a post.
        let owned = |name: &str| desk.knows(name) || is_post(name) || (!barred && person_shaped(name));
        return named && short(text, 14) && (names.any(owned) || (barred && is_signed(text)));
    }
    // "Ola Brandt, Northsound Wire": the last is known; "Ola Brandt, Staff Photographer": the last is a post.
    match text.rsplit_once(',') {
        Some((left, right)) => {
            (desk.knows(right) && names_only(left) && short(left, 6)) || (is_post(right.trim()) && person_shaped(left))
        }
        None => {
            // "Ola Brandt for the Northsound", "AP Photo Ola Brandt" stay with labels and brackets.
            text.split_once(" for ").is_some_and(|(left, right)| person_shaped(left) && names_only(right))
        }
    }
}

/// Names, small words between them, and nothing that makes a caption with its credit of it.
fn one_name(text: &str) -> bool {
    names_only(text) && !holds_sentence(text) && !text.contains(['(', '[', '’', '”', '"'])
}

/// "Ingrid Marsh. Photo: Ola Brandt/PA" is a caption with its credit, "J. B. Quill/PA" is none.
fn holds_sentence(text: &str) -> bool {
    let long = |at: usize| text[..at].split_whitespace().next_back().is_some_and(|word| word.chars().count() > 2);
    text.contains(':') || text.match_indices(". ").any(|(at, _)| long(at))
}

/// "Ola Brandt | The Calder Courier": a person, then a house by its article or by a word of such names.
fn is_signed(text: &str) -> bool {
    let house = |name: &str| byline::body(name) || begins(name, "the ");
    text.split_once('|').is_some_and(|(name, rest)| person_shaped(name) && rest.split('|').map(str::trim).all(house))
}

/// "Staff", "Staff Photographer", "Special to the Courier", "Freelance".
pub(super) fn is_post(text: &str) -> bool {
    let held = |word: &str| FURNITURE.posts.has(word) || CAPTIONS.posts.has(word);
    begins(text, "special to ")
        || (!text.is_empty()
            && short(text, 4)
            && text.split_whitespace().all(held)
            && !text.eq_ignore_ascii_case("photo"))
}

/// Whether the words claim rights over a text rather than say who made a picture: "© 2031 Northsound Wire".
pub(super) fn claims_rights(text: &str) -> bool {
    let Some(rest) = text.trim_start_matches('(').strip_prefix('©') else { return false };
    let rest = rest.trim_start();
    rest.starts_with(|c: char| c.is_ascii_digit())
        || says(rest, "copyright")
        || says(rest, "rights")
        || says(rest, "ltd")
}

/// The text without ", File" at its end.
pub(super) fn without_file(text: &str) -> &str {
    match text.rsplit_once([',', '/']) {
        Some((head, last)) if CAPTIONS.file_words.has(last.trim().trim_end_matches('.')) => head.trim_end(),
        _ => text,
    }
}

/// Whether the text is made of names: capitalised words, initials, small words between them, no sentence.
pub(super) fn names_only(text: &str) -> bool {
    let mut words = 0;
    for (_, word) in words_of(text) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let fits = bare.is_empty()
            || capitalised(bare)
            || is_small(bare)
            || bare.starts_with(|c: char| c.is_ascii_digit())
            || word.starts_with('@')
            || bare.contains('.');
        words += usize::from(!bare.is_empty());
        if !fits || words > 12 {
            return false;
        }
    }
    words > 0
}

/// A small word that stands between names.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "via"
            | "for"
            | "of"
            | "the"
            | "and"
            | "by"
            | "from"
            | "in"
            | "de"
            | "la"
            | "van"
            | "von"
            | "der"
            | "del"
            | "da"
            | "file"
            | "photo"
            | "handout"
            | "courtesy"
            | "family"
            | "to"
    )
}

/// Whether the text has at most so many words.
pub(super) fn short(text: &str, words: usize) -> bool {
    text.split_whitespace().nth(words).is_none()
}

/// Whether a label before the words says that they are nobody's credit.
pub(super) fn not_credit(text: &str) -> bool {
    CAPTIONS.not_credit.all(text).any(|(_, rest)| !rest.starts_with(char::is_alphanumeric))
}
