//! Bylines: who wrote it, with and without "By".

use super::lexicon::{AGENCIES, DATES, FURNITURE};
use super::names::{capitalised, person_shaped, written};

/// Most writers that a byline names; a longer list is a roll of thanks.
pub(super) const MOST: usize = 20;

/// What follows "By" where the line is a byline; none where it is not.
///
/// Taught by: "By DANICA KIRKA and JILL LAWLESS"-like lines, "By Ola Brandt, harbour correspondent", "By: Staff",
/// "By Ola Brandt - 14 Nov 2031". A sentence may begin with "By" as well: "By Friday the ferry had sailed".
pub(super) fn by_line(text: &str) -> Option<&str> {
    if text.len() > 200 {
        return None;
    }
    let rest = FURNITURE.byline_heads.after(text)?;
    let labelled = rest.strip_prefix(':');
    let rest = labelled.unwrap_or(rest);
    let names = rest.trim_start();
    if names.is_empty() || names.len() == rest.len() || names.ends_with(['?', '!', '”', '’', '"', ':']) {
        return None;
    }
    let names = after_post(names);
    // House, place and time stand behind a bar, a dot or a dash: "By Ola Brandt | Northsound".
    let (own, more) = before_more(names);
    let mut count = 0;
    let mut strange = 0;
    for word in own.split_whitespace() {
        count += 1;
        strange += usize::from(!fits(word));
    }
    if count > 16 || !capitalised(own) && !known(own) {
        return None;
    }
    let named = !writers(own).is_empty() || known(own) || (labelled.is_some() && body(own));
    // One word alone ("By Agencies", "By Northsound") must not be followed by a sentence.
    ((named && strange <= 2) || (strange == 0 && count <= 6 && !own.ends_with('.') && !more)).then_some(own)
}

/// The part of a byline before a bar, a dot, a lone dash or a date; and whether anything follows it.
fn before_more(names: &str) -> (&str, bool) {
    let mut at = 0;
    for word in names.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        let dated = bare.starts_with(|c: char| c.is_ascii_digit()) || (at > 0 && is_month(bare));
        if dated || matches!(bare, "|" | "·" | "•" | "-" | "–" | "—" | "/") {
            return (names[..at].trim_end(), true);
        }
        at += word.len();
    }
    (names, false)
}

/// "Mar", "March", "Nov."; "May" is a name as often.
fn is_month(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',']);
    !bare.eq_ignore_ascii_case("may") && DATES.month(bare).is_some()
}

/// Whether nothing but names and small words between them follows "Written by" and the like.
pub(super) fn signs(names: &str) -> bool {
    let small = |word: &str| {
        matches!(word, "by" | "with" | "from" | "on" | "to" | "produced" | "edited" | "additional" | "reporting")
    };
    !names.trim().is_empty()
        && names.split_whitespace().nth(30).is_none()
        && names.split_whitespace().all(|word| fits(word) || small(word) || word.contains('@'))
}

/// Whether a line without "By" stands where a byline is due and may be one: a name, names, a name with a post.
///
/// Taught by: "Rodrigo Campos"-like lines, "Editorial", "Ola Brandt, Harbour correspondent", "Ola Brandt in Merrow".
pub(super) fn bare(text: &str) -> bool {
    if text.len() > 120 || text.ends_with(['.', '?', '!', ':', ';']) || text.contains(['“', '"', '‘']) {
        return false;
    }
    if known(text) || staff(text) {
        return true;
    }
    text.split_whitespace().nth(10).is_none()
        && text.split_whitespace().all(fits)
        && !writers(text).is_empty()
        && !is_agency(text)
}

/// "Reuters Staff", "Northsound News staff": a house's writers without their names.
fn staff(text: &str) -> bool {
    let house = text.rsplit_once(' ').filter(|(_, last)| last.eq_ignore_ascii_case("staff"));
    house.is_some_and(|(house, _)| body(house))
}

/// Whether a line gives only a writer's post: "Harbour correspondent", "Political Editor".
pub(super) fn post(text: &str) -> bool {
    // "Harbour correspondent @olabrandt".
    let words = || text.split_whitespace().filter(|w| !w.starts_with('@'));
    let Some(last) = words().next_back() else { return false };
    FURNITURE.posts.has(last)
        && words().nth(5).is_none()
        && words().filter(|w| !fits(w)).count() <= 1
        && capitalised(text)
        && words().all(|w| w.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '&' | ',')))
}

/// Whether a line under a byline tells of the writer's work: "Reporter covering harbours".
pub(super) fn duty(text: &str) -> bool {
    text.len() <= 200 && FURNITURE.duties.begin(text)
}

/// Whether the words name a body that writes ("Northsound Wire", "BBC News"): no person, no place.
pub(super) fn body(text: &str) -> bool {
    let last = text.split_whitespace().next_back();
    is_agency(text)
        || (last.is_some_and(|w| AGENCIES.body.has(w))
            && text.split_whitespace().nth(5).is_none()
            && text.split_whitespace().all(|w| capitalised(w) || FURNITURE.particles.has(w)))
}

/// Whether a line under a byline says for whom: "BBC News, Port Ansel", "Northsound Wire".
pub(super) fn for_whom(text: &str) -> Option<&str> {
    let first = text.split(',').next().unwrap_or_default().trim();
    (text.len() <= 80 && !post(text) && body(first)).then_some(first)
}

/// The agency of copy that the words name, by its printed name.
pub(super) fn agency(text: &str) -> Option<String> {
    AGENCIES.get(text.trim()).filter(|(_, sells_text)| *sells_text).map(|(name, _)| name.to_owned())
}

/// The writers' names in the words after "By", one each, written out; may be empty.
pub(super) fn writers(names: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for piece in names.split([',', ';', '|', '•', '·', '&', '/']).flat_map(|piece| parted(piece, "and")) {
        // "Ola Brandt@olabrandt": name and handle pasted in one word.
        let piece = piece.find('@').map_or(&*piece, |at| {
            let start = piece[..at].rfind(' ').map_or(0, |blank| blank + 1);
            if capitalised(&piece[start..at]) { &piece[..at] } else { piece[..start].trim_end() }
        });
        let words: Vec<&str> = piece.split_whitespace().collect();
        let end = words.iter().position(|w| {
            matches!(*w, "-" | "–" | "—")
                || ["in", "for", "at", "of", "on"].iter().any(|small| w.eq_ignore_ascii_case(small))
        });
        let mut words = &words[..end.unwrap_or(words.len())];
        // What follows an agency is its place or its post: "BBC News, Port Ansel", "PA Political Correspondent".
        if is_agency(&words.join(" ")) || words.first().is_some_and(|w| is_agency(w)) {
            break;
        }
        if let Some(title) = words.iter().position(|w| is_title(w)) {
            // "Calder Courier Staff" is nobody's name, and a post after a comma is its owner's.
            let desk = title + 1 == words.len()
                && matches!(&*words[title].to_lowercase(), "staff" | "desk" | "team" | "reporters" | "newsroom");
            if desk || !out.is_empty() {
                continue;
            }
            // "Ola Brandt Harbour Correspondent", "Ola Brandt Merrow News": two words are the name.
            words = &words[..title.min(2)];
        }
        // "Ola Brandt Ola Brandt": picture and name of the writer, pasted.
        let half = words.len() / 2;
        if half >= 2 && words.len().is_multiple_of(2) && words[..half] == words[half..] {
            words = &words[..half];
        }
        let name = words.join(" ");
        let name = name.trim_end_matches('.');
        if out.len() == MOST {
            break;
        }
        if person_shaped(name) && !is_agency(name) && !out.iter().any(|n| n == &written(name)) {
            out.push(written(name));
        }
    }
    out
}

/// Whether a word belongs to a post or a body rather than to a name.
fn is_title(word: &str) -> bool {
    FURNITURE.posts.has(word) || AGENCIES.body.has(word)
}

/// The words after a post in small letters: "harbour reporter Ola Brandt".
fn after_post(names: &str) -> &str {
    let mut rest = names;
    for _ in 0..4 {
        let Some((word, after)) = rest.split_once(' ') else { break };
        if capitalised(word) {
            break;
        }
        rest = after.trim_start();
        if FURNITURE.posts.has(word) {
            return rest;
        }
    }
    names
}

/// The pieces of the words between a word that stands alone, whatever its case.
fn parted(text: &str, word: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for piece in text.split_whitespace() {
        if piece.eq_ignore_ascii_case(word) {
            out.push(String::new());
        } else if let Some(last) = out.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(piece);
        }
    }
    out
}

fn is_agency(text: &str) -> bool {
    AGENCIES.get(text.trim()).is_some()
}

fn known(text: &str) -> bool {
    FURNITURE.bylines.has(text.trim_end_matches('.'))
}

/// A word that may stand in a byline: a capital, a particle, a post.
fn fits(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || capitalised(bare)
        || FURNITURE.particles.has(bare)
        || FURNITURE.posts.has(bare)
        || word.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_by() {
        let check = |text: &str, expected: &[&str]| {
            let names = by_line(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(writers(names), expected, "{text}");
        };
        check("By OLA BRANDT and AMARA QUILL", &["Ola Brandt", "Amara Quill"]);
        check("By Ola Brandt Ola Brandt", &["Ola Brandt"]);
        check("By Ola Brandt, harbour correspondent", &["Ola Brandt"]);
        check("By Ola Brandt Political Editor", &["Ola Brandt"]);
        check("BY OLA BRANDT FOR THE CALDER COURIER", &["Ola Brandt"]);
        check("By Ola Brandt, Amara Quill & Lucia Ferrant in Merrow", &["Ola Brandt", "Amara Quill", "Lucia Ferrant"]);
        check("By harbour reporter Ola Brandt", &["Ola Brandt"]);
        check("By Ola Brandt, PA Political Correspondent", &["Ola Brandt"]);
        check("By Calder Courier Staff", &[]);
        check("By Ola Brandt Merrow News", &["Ola Brandt"]);
        check("By: Staff reporter", &[]);
        check("By Agencies", &[]);
        check("By Associated Press", &[]);
        for text in [
            "By Friday the ferry had sailed",
            "By the light of the last lamp",
            "Byzantium falls",
            "By",
            "By Merrow standards the tide was late.",
        ] {
            assert_eq!(by_line(text), None, "{text}");
        }
    }

    #[test]
    fn lines_without_by() {
        for text in [
            "Ola Brandt",
            "Editorial",
            "Ola Brandt, Harbour correspondent",
            "Ola Brandt in Merrow",
            "Ola Brandt and Amara Quill",
        ] {
            assert!(bare(text), "{text}");
        }
        for text in [
            "The ferry sails on",
            "Ferry",
            "Associated Press",
            "Merrow Police",
            "Ola Brandt.",
            "Harbour union ends ferry strike",
        ] {
            assert!(!bare(text), "{text}");
        }
        assert!(post("Harbour correspondent"));
        assert!(!post("The harbour has an editor"));
        assert!(body("Northsound Wire"));
        assert!(!body("Ola Brandt"));
    }
}
