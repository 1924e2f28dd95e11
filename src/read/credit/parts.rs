//! A credit taken apart into photographer and agency.

use super::owner::{is_post, without_file};
use crate::model::Credit;
use crate::read::lexicon::AGENCIES;
use crate::read::names::{all_capitals, capitalised, person_shaped, written};

/// Takes a credit apart into photographer and agency.
///
/// Agencies get the name they are known by ("Getty" for "GETTY"), names in capitals are written out.
/// The text stays as printed; the span is left to the caller.
pub fn credit(text: &str) -> Credit {
    let printed = text.trim();
    let words = without_file(printed);
    let mut names: Vec<&str> = Vec::new();
    let pieces = words.split(['/', ',', '|', '©', ':']).flat_map(|piece| split_word(piece, "via"));
    for piece in pieces.flat_map(|piece| split_word(piece, "-")) {
        names.extend(split_word(piece, "for").map(bare).filter(|n| !n.is_empty() && !is_post(n)));
    }
    let agency = names.iter().rev().find_map(|name| agency_name(name).map(str::to_owned));
    let mut photographer = names.iter().find(|n| agency_name(n).is_none() && person_shaped(n)).copied();
    let agency = match agency {
        Some(agency) => Some(agency),
        None if photographer.is_none() => names.last().map(|n| (*n).to_owned()),
        // "NORTHSOUND/Ola Brandt", "Northsound Photo/Ola Brandt": the agency stands first.
        None if names.len() > 1 && photo_agency(names[0]).is_some() && names[1..].iter().any(|n| person_shaped(n)) => {
            photographer = names[1..].iter().find(|n| person_shaped(n)).copied();
            photo_agency(names[0])
        }
        // "Ola Brandt/Northsound": what follows the photographer is the agency, known or not.
        None => names.last().filter(|n| Some(**n) != photographer).map(|n| (*n).to_owned()),
    };
    // One word before an agency is a photographer who needs no other ("Brandt/PA").
    if photographer.is_none()
        && let [first, _, ..] = names[..]
        && agency_name(first).is_none()
        && !first.contains(char::is_whitespace)
        && capitalised(first)
        && !all_capitals(first)
    {
        photographer = Some(first);
    }
    Credit {
        text: printed.into(),
        span: None,
        photographer: photographer.map(|n| written(n).into()),
        agency: agency.map(Into::into),
    }
}

/// A name without the year that a sign of copyright brings along, without "Photo" after a person, without a last stop.
fn bare(name: &str) -> &str {
    let name = name.trim().trim_end_matches('.');
    match name.rsplit_once(char::is_whitespace) {
        Some((head, year)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => head.trim_end(),
        Some((head, last)) if last.eq_ignore_ascii_case("photo") && person_shaped(head) => head.trim_end(),
        _ => name,
    }
}

/// The printed name of an agency in the lexicon, words beside it aside.
fn agency_name(name: &str) -> Option<&'static str> {
    AGENCIES.get(name).map(|(name, _)| name).or_else(|| {
        let (head, last) = name.rsplit_once(char::is_whitespace)?;
        AGENCIES.beside.has(last).then(|| agency_name(head.trim()))?
    })
}

/// An unknown agency that prints its name before the photographer's: in capitals, or with "Photo" after it.
fn photo_agency(name: &str) -> Option<String> {
    if let Some((head, last)) = name.rsplit_once(char::is_whitespace)
        && ["photo", "photos", "pictures", "images"].iter().any(|word| last.eq_ignore_ascii_case(word))
    {
        return Some(written(head.trim()));
    }
    all_capitals(name).then(|| written(name))
}

/// The pieces of a text between a word, "via" or "for", or a dash, that stands alone.
fn split_word<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let piece = rest?;
        let mut at = 0;
        for part in piece.split_inclusive(char::is_whitespace) {
            if part.trim_end() == word {
                rest = Some(&piece[at + part.len()..]);
                return Some(&piece[..at]);
            }
            at += part.len();
        }
        rest = None;
        Some(piece)
    })
}
