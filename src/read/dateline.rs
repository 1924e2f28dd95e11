//! The dateline at the head of the first paragraph.

use super::datetime;
use super::lexicon::{AGENCIES, FURNITURE};
use super::names::{all_capitals, capitalised};

/// A dateline: how far it goes, and who filed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline<'a> {
    /// One past its last byte, dash included.
    pub(super) end: usize,
    /// The agency in its brackets, as printed.
    pub(super) agency: Option<&'a str>,
}

/// Longest dateline in bytes, dash left out.
const LONGEST: usize = 90;

/// The dateline that a paragraph begins with, where it does.
///
/// Taught by: "LONDON (AP) —", "NEW YORK (Reuters) - ", "Port Ansel, Nov 14 (Northsound) –", "PORT ANSEL —",
/// "STATE COLLEGE, Pa. - ", "(Northsound) - ". An aside has dashes too: "NATO - an alliance of states - said".
pub(super) fn dateline(text: &str) -> Option<Dateline<'_>> {
    if !may_open(text) {
        return None;
    }
    let (place, agency, rest) = match bracket(text) {
        Some(found) => found,
        None => {
            let dash = dashes(text).take_while(|at| *at <= LONGEST).next()?;
            (&text[..dash], None, &text[dash..])
        }
    };
    let place = place.trim();
    let after_dash = rest.trim_start().trim_start_matches(['-', '–', '—', '―', ':']).trim_start();
    // "PORT ANSEL, Nov 14 (Northsound): The ferry".
    let dashed = rest.trim_start().starts_with(['-', '–', '—', '―'])
        || (rest.starts_with(':')
            && agency.is_some_and(|agency| place.contains(',') || AGENCIES.get(agency).is_some()));
    let begins = after_dash.starts_with(|c: char| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"' | '‘' | '\'' | '$' | '£' | '€' | '.')
    });
    let sound = match agency {
        Some(agency) => {
            let known = AGENCIES.get(agency).is_some();
            is_place(place)
                && begins
                && (dashed || (known && (all_capitals(place) || place.is_empty() || dated(place))))
        }
        None => dashed && begins && !place.is_empty() && (shouts(place) || dated(place)),
    };
    if !sound {
        return None;
    }
    let dashes = rest.trim_start();
    let marks = if rest.starts_with(':') {
        1
    } else {
        dashes.len() - dashes.trim_start_matches(['-', '–', '—', '―']).len()
    };
    let end = if marks > 0 { text.len() - dashes.len() + marks } else { text.len() - rest.len() };
    Some(Dateline { end, agency })
}

/// Whether a dash or a bracket comes before any word that no place has; in nearly all paragraphs it does not.
fn may_open(text: &str) -> bool {
    for word in text.split_ascii_whitespace().take(10) {
        let first = word.as_bytes()[0];
        if first.is_ascii_lowercase() && !FURNITURE.particles.has(word) {
            return false;
        }
        // A dash's first byte is this, as is that of other signs.
        if memchr::memchr3(b'(', b'-', 0xe2, word.as_bytes()).is_some() {
            return true;
        }
    }
    false
}

/// The dateline of a paragraph that parts its town from the text by a colon: "PORT ANSEL: The ferry".
///
/// A transcript's names stand so as well; who asks must see that no other line does.
pub(super) fn colon(text: &str) -> Option<Dateline<'_>> {
    let at = text.bytes().take(LONGEST).position(|b| b == b':')?;
    let (place, rest) = (&text[..at], &text[at + 1..]);
    let begins = rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase);
    (begins && shouts(place)).then_some(Dateline { end: at + 1, agency: None })
}

/// What stands before the first brackets, in them, and after them.
fn bracket(text: &str) -> Option<(&str, Option<&str>, &str)> {
    let open = memchr::memchr(b'(', text.as_bytes()).filter(|at| *at <= LONGEST)?;
    let inside = &text[open + 1..];
    let close = memchr::memchr(b')', inside.as_bytes()).filter(|at| *at <= 40)?;
    let agency = inside[..close].trim();
    let named = capitalised(agency) && agency.split_whitespace().count() <= 5 || agency == "dpa";
    // "MERROW — The ferry (Kittiwake)": the dash comes first, the brackets are the sentence's own.
    let dashed = dashes(text).next().is_some_and(|at| at < open);
    (named && !dashed).then_some((&text[..open], Some(agency), &inside[close + 1..]))
}

/// Where dashes stand that part: long ones always, a hyphen between blanks or doubled.
fn dashes(text: &str) -> impl Iterator<Item = usize> {
    memchr::memchr2_iter(b'-', 0xe2, text.as_bytes()).filter(|at| {
        let rest = &text[*at..];
        match rest.strip_prefix('-') {
            Some(_) => text[..*at].ends_with(' ') && rest.trim_start_matches('-').starts_with(' '),
            None => rest.starts_with(['—', '―', '–']),
        }
    })
}

/// "LONDON", "ST. PAUL, Minn.", "WASHINGTON, D.C.", "PORT ANSEL, Nov. 14": the first part in capitals.
fn shouts(place: &str) -> bool {
    let (town, rest) = place.split_once(',').unwrap_or((place, ""));
    all_capitals(town)
        && town.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !FURNITURE.sections.has(town)
        && is_place(town)
        && is_place(rest)
}

/// "Port Ansel, 14 November": a place and a day.
fn dated(place: &str) -> bool {
    is_place(place) && place.contains(',') && datetime::times(place).timed
}

/// Whether the words can be a place, or places, or a place and a day; also where there are none.
fn is_place(text: &str) -> bool {
    text.split_whitespace().count() <= 8
        && text.split([' ', ',', '/']).filter(|w| !w.is_empty()).all(|word| {
            let digits = word.starts_with(|c: char| c.is_ascii_digit());
            let letters = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’'));
            letters && (digits || capitalised(word) || FURNITURE.particles.has(word))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let check = |text: &str, expected: &str, agency: Option<&str>| {
            let found = dateline(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&text[..found.end], found.agency), (expected, agency));
        };
        check("PORT ANSEL (AP) — The ferry", "PORT ANSEL (AP) —", Some("AP"));
        check("PORT ANSEL (Northsound) - Oil fell", "PORT ANSEL (Northsound) -", Some("Northsound"));
        check("Port Ansel, Nov 14 (Northsound) – The ferry", "Port Ansel, Nov 14 (Northsound) –", Some("Northsound"));
        check("PORT ANSEL — The ferry", "PORT ANSEL —", None);
        check("PORT ANSEL—“No,” he said", "PORT ANSEL—", None);
        check("STATE COLLEGE, Pa. - The ferry", "STATE COLLEGE, Pa. -", None);
        check("PORT ANSEL ― After years", "PORT ANSEL ―", None);
        check("(Northsound) - The ferry", "(Northsound) -", Some("Northsound"));
        check(
            "MERROW/PORT ANSEL, Nov 14 (Reuters) - The ferry",
            "MERROW/PORT ANSEL, Nov 14 (Reuters) -",
            Some("Reuters"),
        );
        check("Port Ansel, 14 November — The ferry", "Port Ansel, 14 November —", None);
        check("PORT ANSEL (AP) The ferry", "PORT ANSEL (AP)", Some("AP"));
        check("PORT ANSEL -- The ferry", "PORT ANSEL --", None);
        check("(CNN)The ferry", "(CNN)", Some("CNN"));
        check("Port Ansel, Nov 14 (PTI) The ferry", "Port Ansel, Nov 14 (PTI)", Some("PTI"));
        check("PORT ANSEL, Nov 14 (Northsound): The ferry", "PORT ANSEL, Nov 14 (Northsound):", Some("Northsound"));
    }

    #[test]
    fn what_is_none() {
        for text in [
            "CCHO - an alliance of boatmen - said",
            "The ferry – The Kittiwake – sailed",
            "Renn (left) — who sailed",
            "Marsh (Harbour) said – No",
            "Ingrid Marsh (Merrow): The ferry will sail.",
            "EXCLUSIVE — The ferry will sail",
            "The Merrow Boatmen’s Union (MBU) - said",
            "The ferry sailed on Friday",
            "",
            "—",
            "(",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }
}
