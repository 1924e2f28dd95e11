//! The shape of a person's name as bylines and credits print it.

use super::lexicon::{AGENCIES, FURNITURE};

/// Whether the words have the shape of one person's name: two to four capitalised words with particles
/// between them, and none that makes it a body's ("Police", "Images").
///
/// A place may have that shape as well; who asks must know from the position that a name is due.
pub(super) fn person_shaped(text: &str) -> bool {
    let (mut words, mut capitals) = (0, 0);
    let mut ends_capital = false;
    for word in text.split_whitespace() {
        ends_capital = capitalised(word);
        words += 1;
        capitals += usize::from(ends_capital);
        let fits = (ends_capital || (words > 1 && FURNITURE.particles.has(word)))
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
            && !AGENCIES.body.has(word);
        if !fits || words > 6 {
            return false;
        }
    }
    ends_capital && (2..=4).contains(&capitals)
}

/// Whether a word begins with a capital.
pub(super) fn capitalised(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// Whether the text has letters and none of them small.
pub(super) fn all_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// A name printed in capitals as one writes it: "TOBIAS RENN" is "Tobias Renn", "OLA McDERMID" stays.
pub(super) fn written(name: &str) -> String {
    // Initials and short agencies ("PA", "J B") are written so.
    if !all_capitals(name) || !name.split_whitespace().any(|w| w.chars().count() > 3) {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for c in name.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        // "O’BRIEN" is O’Brien; an apostrophe's own letter is never small in a name.
        start = !c.is_alphanumeric();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        let check = |text: &str, expected: bool| assert_eq!(person_shaped(text), expected, "{text}");
        check("Ola Brandt", true);
        check("TOBIAS RENN", true);
        check("Lucia de la Ferrant", true);
        check("J. B. Quill-Marsh", true);
        check("Brandt", false);
        check("Merrow Police", false);
        check("Getty Images", false);
        check("The ferry left", false);
        check("Ola Brandt 2", false);
        check("", false);
    }

    #[test]
    fn capitals_are_written_out() {
        let check = |text: &str, expected: &str| assert_eq!(written(text), expected);
        check("TOBIAS RENN", "Tobias Renn");
        check("SEÁN O’BRIEN-QUILL", "Seán O’Brien-Quill");
        check("Ola Brandt", "Ola Brandt");
        check("PA", "PA");
    }
}
