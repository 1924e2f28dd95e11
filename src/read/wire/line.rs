//! What one line says of itself, wherever it stands.

use crate::read::credit;
use crate::read::datetime;
use crate::read::endnote::endnote;
use crate::read::lexicon::{CAPTIONS, FURNITURE, begins};

use super::byline;
use crate::read::names::all_capitals;

/// Longest line, in bytes, that can be furniture; spares long paragraphs the look-ups.
const LONGEST: usize = 240;

/// Whether a line is page furniture: "Login", "5 Min Read", "7°C", "READ MORE: …", an address, a row of stars.
pub(super) fn page_furniture(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    if !text.contains(char::is_alphanumeric) {
        return true;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if FURNITURE.lines.contains(&bare) || FURNITURE.ends.contains(&bare) {
        return true;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [word] = words[..] {
        let page = word.find('.').is_some_and(|dot| dot > 0 && word[dot..].contains('/'));
        let address =
            page || word.contains("://") || word.starts_with("www.") || word.starts_with('@') || word.contains('@');
        let number = word.chars().all(|c| !c.is_alphabetic());
        return address || number || word.contains('_') || (word.contains('°') && word.len() <= 8);
    }
    if words.len() > 25 || text.contains(['"', '“', '”']) {
        return false;
    }
    // "Tunnel to open [REVEALED]" is a link to another story.
    let flag = text
        .strip_suffix(']')
        .and_then(|t| t.rsplit_once(" ["))
        .is_some_and(|(_, flag)| all_capitals(flag) && !flag.contains(' '));
    (flag && words.len() <= 15)
        || counted(&bare)
        || follow(&bare, text)
        || FURNITURE.heads.iter().any(|head| begins(text, head))
}

/// Whether a line stands over a list of links.
pub(super) fn over_links(text: &str) -> bool {
    text.len() <= 40 && FURNITURE.links.contains(&text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
}

/// "5 Min Read", "12 comments", "1.2k shares", "3 minute read".
fn counted(bare: &str) -> bool {
    let mut words = bare.split([' ', '-']);
    let number = words.next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let rest: Vec<&str> = words.collect();
    number
        && match rest[..] {
            ["comments" | "comment" | "shares" | "share" | "views" | "likes" | "reactions"] => true,
            [unit, "read" | "listen" | "watch"] => unit.starts_with("min"),
            _ => false,
        }
}

/// "Follow Ola Brandt on Twitter @olabrandt".
fn follow(bare: &str, text: &str) -> bool {
    let handle = text.split_whitespace().any(|w| w.trim_start_matches(['(', '[']).starts_with('@'));
    (bare.starts_with("follow ")
        && (handle || bare.contains(" on twitter") || bare.contains(" on facebook") || bare.ends_with(" on x")))
        || (handle
            && (bare.starts_with("twitter") || bare.starts_with("on twitter"))
            && bare.split_whitespace().count() <= 5)
}

/// Whether a line is a desk's own name for the story: "BC-CA--Calder-Tunnel, 1st Ld-Writethru".
pub(super) fn wire_slug(text: &str) -> bool {
    if text.len() > 80 || text.ends_with(['.', '?', '!']) {
        return false;
    }
    let lower = text.to_lowercase();
    if lower.contains("writethru") || lower.contains(" ld-") {
        return true;
    }
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return false };
    let glued = first.split("--").filter(|part| part.contains(char::is_alphanumeric)).count() > 1;
    let desk = first.split_once('-').is_some_and(|(desk, rest)| {
        (2..=3).contains(&desk.len()) && desk.bytes().all(|b| b.is_ascii_uppercase()) && rest.contains('-')
    });
    (glued || (desk && first.len() >= 10)) && words.count() <= 3
}

/// Whether a line of wrapped copy is never the middle of a paragraph.
pub(super) fn stands_alone(text: &str) -> bool {
    let timed = text.len() <= 80 && datetime::times(text).only();
    let labelled = text.len() <= 160 && {
        let head = credit::counter(text).is_some();
        head || CAPTIONS.caption.iter().any(|l| l.contains(' ') && begins(text, l)) || begins(text, "file photo:")
    };
    timed || labelled || byline::by_line(text).is_some() || (text.len() <= 100 && endnote(text)) || page_furniture(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_furniture_is_told_from_copy() {
        let check = |text: &str, expected: bool| assert_eq!(page_furniture(text), expected, "{text}");
        for text in [
            "Login",
            "Find us on Facebook",
            "7°C",
            "5 Min Read",
            "3 minute read",
            "12 comments",
            "calder_logo",
            "* * *",
            "###",
            "-30-",
            "-ends-",
            "(END)",
            "READ MORE: Tunnel to open in spring",
            "https://calder.example/tunnel",
            "© 2031 Northsound Wire",
            "Follow Ola Brandt on Twitter @olabrandt.",
            "Advertisement",
            "12",
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
        ] {
            check(text, false);
        }
    }

    #[test]
    fn slugs() {
        assert!(wire_slug("BC-CA--Calder-Tunnel, 1st Ld-Writethru"));
        assert!(wire_slug("PA-HARBOUR-Tunnel"));
        assert!(!wire_slug("Port Ansel-Merrow ferry stops"));
        assert!(!wire_slug("UK-EU trade"));
    }
}
