//! What one line says of itself, wherever it stands.

use super::byline;
use super::look::{Look, sign};
use crate::read::credit;
use crate::read::datetime;
use crate::read::endnote::endnote;
use crate::read::lexicon::{FURNITURE, says};
use crate::read::names::all_capitals;
use crate::text::is_alphanumeric;

/// Longest line, in bytes, that can be furniture; spares long paragraphs the look-ups.
const LONGEST: usize = 240;

/// Where in the copy a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It may be the headline.
    Top,
    /// Under what may be the headline.
    Under,
    /// Under a paragraph.
    Body,
}

/// Whether a line is page furniture: "Login", "5 Min Read", "7°C", "READ MORE: …", an address, a row of stars.
pub(super) fn page_furniture(text: &str, look: Look, place: Place) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    if !look.has(sign::DIGIT | sign::LETTER) && !text.contains(is_alphanumeric) {
        return true;
    }
    let bare = text.trim_matches(|c: char| !is_alphanumeric(c));
    if FURNITURE.lines.has(bare) || FURNITURE.ends.has(bare) {
        return true;
    }
    if stage(text) {
        return true;
    }
    if look.words() == 1 {
        return one_word(text, look);
    }
    if markup(text, look) || link(text, look, place) {
        return true;
    }
    if look.words() > 25 || look.has(sign::DOUBLE) {
        return false;
    }
    flagged(text, look)
        || counted(bare)
        || follow(bare, text, look)
        || FURNITURE.heads.begin(text.trim_start_matches(['[', '(', '*']))
        || copyright(text)
        || (look.words() <= 20 && FURNITURE.middles.iter().any(|words| says(text, words)))
        || (look.has(sign::AT) && reach(text))
        || (place == Place::Body && shouted_link(text, look))
}

/// "calder_logo", "courier.example/tunnel", "@olabrandt", "#lastferry", "7°C", "12".
fn one_word(word: &str, look: Look) -> bool {
    let page = || word.find('.').is_some_and(|dot| dot > 0 && word[dot..].contains('/'));
    (look.has(sign::AT) || page() || word.contains("://") || word.starts_with("www."))
        || (!look.has(sign::LETTER) && word.chars().all(|c| !c.is_alphabetic()))
        || word.contains('_')
        || (word.contains('°') && word.len() <= 8)
        || (word.starts_with('#') && word.len() > 2)
        || (FURNITURE.small.has(word) && word.bytes().all(|b| b.is_ascii_lowercase()))
        || markup(word, look)
}

/// Rules for a page's look and its tags: ".image img {", "text-align: center;", "<div class="embed">".
fn markup(text: &str, look: Look) -> bool {
    let tag = || text.starts_with('<') && text.ends_with('>') && !text[1..text.len() - 1].contains(['<', '>']);
    let rule = || {
        text.ends_with(';')
            && look.has(sign::COLON)
            && text
                .split_once(':')
                .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
    };
    (look.has(sign::MARKUP) && (text.ends_with('{') || tag())) || rule()
}

/// A label and the headline of another story: "READ MORE | Boatmen ask for a date".
fn link(text: &str, look: Look, place: Place) -> bool {
    if look.words() > 30 {
        return false;
    }
    let parted = |rest: &str, dash: bool| {
        let rest = rest.trim_start_matches([' ', '\u{a0}']);
        rest.starts_with([':', '|', '>', '»', '…', '→', '：'])
            || rest.starts_with("...")
            || (dash && rest.starts_with(['-', '–', '—']))
    };
    if FURNITURE.link_labels.all(text).any(|(_, rest)| parted(rest, true)) {
        return true;
    }
    place != Place::Top
        && !look.has(sign::DOUBLE)
        && !text.ends_with(['.', ':'])
        && FURNITURE.link_words.all(text).any(|(_, rest)| parted(rest, false))
}

/// "Tunnel to open [REVEALED]" is a link to another story.
fn flagged(text: &str, look: Look) -> bool {
    look.words() <= 15
        && text
            .strip_suffix(']')
            .and_then(|t| t.rsplit_once(" ["))
            .is_some_and(|(_, flag)| all_capitals(flag) && !flag.contains(' '))
}

/// A house that sets its links in capitals: "CALDER TUNNEL: WHAT TO KNOW". A crosshead is shorter.
fn shouted_link(text: &str, look: Look) -> bool {
    let long = look.words() > 7 || (look.words() >= 4 && look.has(sign::COLON));
    long && text.starts_with(char::is_alphabetic)
        && !look.has(sign::SMALL)
        && text.ends_with(|c: char| is_alphanumeric(c) || matches!(c, '’' | '\'' | '?' | '!'))
}

/// Whether a line stands over a list of links.
pub(super) fn over_links(text: &str) -> bool {
    text.len() <= 60
        && (FURNITURE.links.has(text.trim_matches(|c: char| !is_alphanumeric(c)))
            || (FURNITURE.link_heads.begin(text)
                && !text.ends_with(['.', '?', '!', ','])
                && text.split_whitespace().nth(6).is_none()))
}

/// "5 Min Read", "12 comments", "1.2k shares", "3 minute read", "Comments (23)".
fn counted(bare: &str) -> bool {
    let mut words = bare.split([' ', '-', '\u{a0}']);
    let (Some(first), Some(second), third, None) = (words.next(), words.next(), words.next(), words.next()) else {
        return false;
    };
    let number = |word: &str| word.trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit());
    let is = |word: &str, of: &[&str]| of.iter().any(|w| word.eq_ignore_ascii_case(w));
    match third {
        None => (number(first) && FURNITURE.counts.has(second)) || (number(second) && FURNITURE.counts.has(first)),
        Some(third) => {
            number(first)
                && second.get(..3).is_some_and(|min| min.eq_ignore_ascii_case("min"))
                && is(third, &["read", "listen", "watch", "ago"])
        }
    }
}

/// "Follow Ola Brandt on Twitter @olabrandt".
fn follow(bare: &str, text: &str, look: Look) -> bool {
    let handle =
        || look.has(sign::AT) && text.split_whitespace().any(|w| w.trim_start_matches(['(', '[']).starts_with('@'));
    let begins = |head: &str| crate::read::lexicon::begins(bare, head);
    (begins("follow ")
        && (handle()
            || says(bare, " on twitter")
            || says(bare, " on facebook")
            || crate::read::lexicon::ends(bare, " on x")))
        || (look.words() <= 5 && (begins("twitter") || begins("on twitter")) && handle())
}

/// "Contact Ola Brandt at obrandt@courier.example": how to reach the writer.
fn reach(text: &str) -> bool {
    ["contact ", "email ", "e-mail ", "reach ", "send ", "write to ", "can be reached", "reached at", "tip"]
        .iter()
        .any(|w| says(text, w))
        && text.split_whitespace().any(|w| {
            let bare = w.trim_matches(|c: char| !is_alphanumeric(c));
            bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        })
}

/// "© 2031 Northsound Wire", "© Copyright Northsound": no photo's owner is told so.
fn copyright(text: &str) -> bool {
    text.starts_with('©') && credit::credit_line(text, &credit::Desk::default()).is_none()
}

/// What a transcript's makers say of its making: "(BEGIN VIDEO CLIP)", "(COMMERCIAL BREAK)".
fn stage(text: &str) -> bool {
    if !text.starts_with(['(', '[']) {
        return false;
    }
    let bare = text.trim_end_matches('.');
    let inside =
        bare.strip_prefix('(').and_then(|t| t.strip_suffix(')')).or_else(|| bare.strip_prefix('[')?.strip_suffix(']'));
    inside.is_some_and(|inside| {
        let inside = inside.trim().trim_end_matches('.');
        FURNITURE.stage.has(inside)
            || (inside.len() <= 60 && all_capitals(inside) && FURNITURE.stage_heads.begin(inside))
    })
}

/// Whether a line is a desk's own name for the story: "BC-CA--Calder-Tunnel, 1st Ld-Writethru".
pub(super) fn wire_slug(text: &str) -> bool {
    if text.len() > 80 || text.ends_with(['.', '?', '!']) {
        return false;
    }
    if says(text, "writethru") || says(text, " ld-") {
        return true;
    }
    let mut words = text.split_whitespace();
    let Some(first) = words.next().filter(|first| first.contains('-')) else { return false };
    let glued = first.split("--").filter(|part| part.contains(is_alphanumeric)).count() > 1;
    let desk = first.split_once('-').is_some_and(|(desk, rest)| {
        (2..=3).contains(&desk.len()) && desk.bytes().all(|b| b.is_ascii_uppercase()) && rest.contains('-')
    });
    (glued || (desk && first.len() >= 10)) && words.count() <= 3
}

/// Whether a line of wrapped copy is never the middle of a paragraph.
pub(super) fn stands_alone(text: &str) -> bool {
    let timed = text.len() <= 80 && datetime::only_times(text).is_some();
    let labelled = text.len() <= 160 && (credit::counter(text).is_some() || credit::opens_a_line(text));
    timed
        || labelled
        || byline::by_line(text).is_some()
        || (text.len() <= 100 && endnote(text))
        || page_furniture(text, Look::of(text), Place::Under)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_furniture_is_told_from_copy() {
        let check = |text: &str, expected: bool| {
            assert_eq!(page_furniture(text, Look::of(text), Place::Body), expected, "{text}");
        };
        for text in [
            "Login",
            "Find us on Facebook",
            "7°C",
            "5 Min Read",
            "3 minute read",
            "12 comments",
            "Comments (23)",
            "calder_logo",
            "* * *",
            "###",
            "-30-",
            "-ends-",
            "(END)",
            "READ MORE: Tunnel to open in spring",
            "READ MORE – Marsh calls it “a nuisance”",
            "https://calder.example/tunnel",
            "© 2031 Northsound Wire",
            "Follow Ola Brandt on Twitter @olabrandt.",
            "Contact Ola Brandt at obrandt@courier.example",
            "Advertisement",
            "12",
            "#lastferry",
            "(BEGIN VIDEO CLIP)",
            "(Commercial break)",
            ".image-wrap img {",
            "text-align: center;",
            "CALDER TUNNEL: WHAT TO KNOW",
        ] {
            check(text, true);
        }
        for text in [
            "More ferries will sail on Friday.",
            "Ends of the line",
            "Share prices fell",
            "Renn ends it",
            "12 ferries",
            "“More,” he said.",
            "(Laughter)",
            "(End of the line)",
            "THE LAST CROSSING",
            "© Northsound / Ola Brandt",
            "More: a play, a town and a tide.",
            "He wrote to the union; they wrote back: no.",
        ] {
            check(text, false);
        }
        // A headline may be of a video.
        assert!(!page_furniture("Video: the last crossing", Look::of("Video: the last crossing"), Place::Top));
    }

    #[test]
    fn slugs() {
        assert!(wire_slug("BC-CA--Calder-Tunnel, 1st Ld-Writethru"));
        assert!(wire_slug("PA-HARBOUR-Tunnel"));
        assert!(!wire_slug("Port Ansel-Merrow ferry stops"));
        assert!(!wire_slug("UK-EU trade"));
    }
}
