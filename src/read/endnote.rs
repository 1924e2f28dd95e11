//! The lines under a story that say who else worked on it, or speak of the story itself.

use super::byline;
use super::lexicon::{FURNITURE, ends, says};
use super::names::{capitalised, person_shaped};

/// Longest line, in bytes, in which an endnote's words may stand anywhere.
const SHORT: usize = 240;
/// Longest line, in bytes, that says who else worked on a story.
const LONGEST: usize = 600;
/// Longest correction, in bytes.
const LONGEST_CORRECTION: usize = 1200;

/// Whether a line says who else worked on the story: "Reporting by …", "(Editing by …)", "… contributed to this
/// report."
pub(super) fn endnote(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let words = text.trim_start_matches(['(', '[', '—', '–', '-', '_', '*', ' ', '•', '―']);
    let parts = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let begun = FURNITURE.endnotes.all(words).any(|(_, rest)| parts(rest));
    // "Written by Ola Brandt" signs; "Written by hand in 1962, the song …" tells.
    let signed = || FURNITURE.endnote_roles.all(words).any(|(_, rest)| parts(rest) && byline::signs(rest));
    if begun || signed() {
        return !text.contains(['“', '”', '"']);
    }
    let tail = text.trim_end_matches(['.', ')', ']', ' ']);
    let told = if text.len() <= SHORT {
        // All of these have "report" or "contrib" in them.
        (says(text, "report") || says(text, "contrib")) && FURNITURE.endnote_tails.iter().any(|tails| says(text, tails))
    } else {
        FURNITURE.endnote_tails.iter().any(|tails| ends(tail, tails))
    };
    told && !text.contains(['“', '”', '"'])
}

/// Whether a line speaks of the story and not of the world: a correction, a note of the editor's, a disclaimer.
pub(super) fn about_the_story(text: &str) -> bool {
    text.len() <= LONGEST_CORRECTION
        && FURNITURE.corrections.begin(text.trim_start_matches(['*', '•', '—', '–', '-', ' ']))
}

/// Whether a line says who the writer is: "Ola Brandt is the harbour correspondent of the Calder Courier."
///
/// Only a journalist's post tells it from the story's own last line; `authors` are the writers as far as they are
/// known.
pub(super) fn biography<'a>(text: &str, mut authors: impl Iterator<Item = &'a str>) -> bool {
    if text.len() > 300 || text.contains(['“', '”', '"']) {
        return false;
    }
    let Some((name, rest)) = ["is a ", "is an ", "is the ", "is our ", "is based ", "covers ", "writes "]
        .iter()
        .filter_map(|verb| text.split_once(&format!(" {verb}")))
        .min_by_key(|(name, _)| name.len())
    else {
        return false;
    };
    let posted = rest.split([',', '.', ';']).next().is_some_and(|clause| {
        let mut words = clause.split_whitespace().take(12);
        words.any(|word| FURNITURE.posts.has(word.trim_matches(|c: char| !c.is_alphanumeric())))
    });
    let signed = authors.any(|author| name == author || author.ends_with(&format!(" {name}")));
    posted && (signed || (person_shaped(name) && capitalised(name)))
}

/// Whether a line says only that the story is over: "ends", "-ENDS-".
pub(super) fn end_mark(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() <= 20 && FURNITURE.ends.has(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endnotes_are_told_from_copy() {
        assert!(endnote("Reporting by Ola Brandt; Editing by Tobias Renn"));
        assert!(endnote("(Additional reporting by Ola Brandt)"));
        assert!(endnote("— Ola Brandt contributed to this report."));
        assert!(endnote("Written by Ola Brandt and Amara Quill"));
        assert!(!endnote("Written by hand in the winter of 1962, the song is sung on both banks."));
        assert!(!endnote("Reporting bylines is an art."));
        assert!(!endnote("“Editing by hand is slow,” she said."));
        assert!(!endnote("The union contributed to the fund."));
        assert!(end_mark("-ENDS-"));
        assert!(!end_mark("The ferry ends here"));
    }

    #[test]
    fn corrections() {
        assert!(about_the_story("Correction: The ferry was built in 1962."));
        assert!(about_the_story("This article was amended on 13 March 2030."));
        assert!(!about_the_story("Corrections were made to the chart."));
    }

    #[test]
    fn biographies_of_writers() {
        let check = |text: &str, author: Option<&str>, expected: bool| {
            assert_eq!(biography(text, author.into_iter()), expected, "{text}");
        };
        check("Ola Brandt is the harbour correspondent of the Courier.", None, true);
        check("Brandt is a reporter in Merrow.", Some("Ola Brandt"), true);
        check("Brandt is a reporter in Merrow.", None, false);
        check("Tobias Renn is the secretary of the union.", Some("Ola Brandt"), false);
        check("The ferry is a writer of its own story.", None, false);
    }
}
