//! The lines under a story that say who else worked on it.

use super::lexicon::{FURNITURE, after};

/// Longest line, in bytes, in which an endnote's words may stand anywhere.
const SHORT: usize = 240;

/// Whether a line says who else worked on the story: "Reporting by …", "(Editing by …)", "… contributed to this report."
pub(super) fn endnote(text: &str) -> bool {
    if text.len() > 600 || text.contains(['“', '”', '"']) {
        return false;
    }
    let words = text.trim_start_matches(['(', '[', '—', '–', '-', '_', '*', ' ', '•', '―']);
    if FURNITURE
        .endnotes
        .iter()
        .any(|head| after(words, head).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    {
        return true;
    }
    let lower = text.to_lowercase();
    FURNITURE.endnote_tails.iter().any(|tail| lower.trim_end_matches(['.', ')', ']', ' ']).ends_with(tail))
        || (text.len() <= SHORT && FURNITURE.endnote_tails.iter().any(|tail| lower.contains(tail)))
}

/// Whether a line says only that the story is over: "ends", "-ENDS-".
pub(super) fn end_mark(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() <= 20 && FURNITURE.ends.contains(&bare.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endnotes_are_told_from_copy() {
        assert!(endnote("Reporting by Ola Brandt; Editing by Tobias Renn"));
        assert!(endnote("(Additional reporting by Ola Brandt)"));
        assert!(endnote("— Ola Brandt contributed to this report."));
        assert!(!endnote("Reporting bylines is an art."));
        assert!(!endnote("“Editing by hand is slow,” she said."));
        assert!(end_mark("-ENDS-"));
        assert!(!end_mark("The ferry ends here"));
    }
}
