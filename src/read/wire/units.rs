//! Lines to units: what the copy means by a paragraph.
//!
//! Three habits: a blank line between paragraphs, each on one long line; one line a paragraph and no
//! blank lines at all; lines wrapped at some 60 to 80 columns, paragraphs told by blank lines or by
//! an indent.

use std::borrow::Cow;

use super::again;
use super::look::Look;
use crate::text::FileSpan;

/// A paragraph-like stretch of the copy: one line, or several that were wrapped.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit<'a> {
    /// The words, trimmed; a wrapped line's end is one space.
    pub(super) text: Cow<'a, str>,
    /// Where each line of it stands in the file; never empty, sorted.
    pub(super) pieces: Vec<FileSpan>,
    /// Whether a blank line (or the file's start) stands before it.
    pub(super) apart: bool,
    /// The words at a glance.
    pub(super) look: Look,
}

/// A line that is not blank.
#[derive(Clone, Copy)]
struct Line<'a> {
    words: &'a str,
    start: usize,
    /// Columns of white space before the words.
    indent: usize,
    apart: bool,
}

/// The units of a file, in its order; every line that is not blank is in one.
pub(super) fn units(text: &str) -> Vec<Unit<'_>> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut out = Vec::with_capacity(lines.len());
    for group in groups(&lines) {
        match width {
            Some(width) if group.len() > 1 => join(text, group, width, &mut out),
            _ => out.extend(group.iter().map(|line| unit(text, std::slice::from_ref(line)))),
        }
    }
    // A headline in two halves: "Tunnel opens;" over "last ferry sails".
    if let [first, second, ..] = &out[..]
        && first.text.ends_with(';')
        && !second.apart
    {
        let text = format!("{} {}", first.text, second.text);
        let joined = Unit {
            look: Look::of(&text),
            text: Cow::Owned(text),
            pieces: first.pieces.iter().chain(&second.pieces).copied().collect(),
            apart: true,
        };
        out.splice(..2, [joined]);
    }
    out
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    let (mut at, mut apart) = (0, true);
    for line in text.split('\n') {
        let words = line.trim();
        if words.is_empty() {
            apart = true;
        } else {
            let lead = line.len() - line.trim_start().len();
            let indent = line[..lead].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
            out.push(Line { words, start: at + lead, indent, apart });
            apart = false;
        }
        at += line.len() + 1;
    }
    out
}

/// Lines between blank lines.
fn groups<'a, 'l>(lines: &'l [Line<'a>]) -> impl Iterator<Item = &'l [Line<'a>]> {
    lines.chunk_by(|_, next| !next.apart)
}

/// The column at which the file's lines were wrapped; none where they were not.
///
/// Wrapped copy has no long line, and each line ends where the next word would not have fitted.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let width = lines.iter().map(|l| columns(l)).max()?;
    if !(40..=100).contains(&width) {
        return None;
    }
    let (mut pairs, mut full) = (0, 0);
    for pair in lines.windows(2).filter(|pair| !pair[1].apart) {
        pairs += 1;
        full += usize::from(filled(&pair[0], &pair[1], width));
    }
    // A caption doubled on the next line makes pairs as well, few of them by chance full.
    (pairs >= 3 && full * 10 >= pairs * 6).then_some(width)
}

fn columns(line: &Line<'_>) -> usize {
    line.indent.min(12) + line.words.chars().count()
}

/// Whether the next line's first word would not have fitted on this one; ragged setters leave some room.
fn filled(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    let word = next.words.split_whitespace().next().map_or(0, |w| w.chars().count());
    columns(line) + 1 + word + width / 8 > width
}

/// Joins the lines of one group of wrapped copy.
fn join<'a>(text: &'a str, group: &[Line<'a>], width: usize, out: &mut Vec<Unit<'a>>) {
    let indented = group.iter().any(|l| l.indent >= 2) && group.iter().any(|l| l.indent == 0);
    let mut from = 0;
    for at in 1..=group.len() {
        let breaks = at == group.len() || {
            let (line, next) = (&group[at - 1], &group[at]);
            (indented && next.indent >= 2)
                || !filled(line, next, width)
                || (super::line::stands_alone(next.words) && !goes_on(line.words))
                || (super::line::stands_alone(line.words) && from == at - 1)
        };
        if breaks {
            doubled(text, &group[from..at], out);
            from = at;
        }
    }
}

/// A sentence that has not ended: the next line belongs to it whatever it says.
fn goes_on(words: &str) -> bool {
    words.ends_with(|c: char| c.is_lowercase() || c == ',')
}

/// A joined stretch, taken apart again where it says a caption twice: alt text and caption were both wrapped.
fn doubled<'a>(text: &'a str, lines: &[Line<'a>], out: &mut Vec<Unit<'a>>) {
    if let [first, ..] = lines
        && let Some(head) = first.words.get(..floor(first.words, 20))
        && let Some(again) = (1..lines.len()).find(|i| lines[*i].words.starts_with(head))
    {
        let (alt, caption) = (unit(text, &lines[..again]), unit(text, &lines[again..]));
        if again::says_again(&alt.text, &caption.text) {
            out.extend([alt, caption]);
            return;
        }
    }
    out.push(unit(text, lines));
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

fn unit<'a>(text: &'a str, lines: &[Line<'a>]) -> Unit<'a> {
    let pieces: Vec<FileSpan> = lines.iter().map(|l| FileSpan::new(l.start, l.start + l.words.len())).collect();
    let words = match lines {
        [line] => Cow::Borrowed(&text[line.start..line.start + line.words.len()]),
        _ => Cow::Owned(lines.iter().map(|l| l.words).collect::<Vec<_>>().join(" ")),
    };
    Unit { look: Look::of(&words), text: words, pieces, apart: lines.first().is_none_or(|l| l.apart) }
}

impl<'a> Unit<'a> {
    /// Parts the unit before the byte `at` of its text; none where that leaves nothing on one side.
    ///
    /// The blank at the cut belongs to neither.
    pub(super) fn parted(&self, at: usize) -> Option<(Unit<'a>, Unit<'a>)> {
        let (left, right) = (self.text.get(..at)?.trim_end(), self.text.get(at..)?.trim_start());
        if left.is_empty() || right.is_empty() {
            return None;
        }
        let right_at = self.text.len() - right.len();
        let half = |from: usize, to: usize, apart: bool| {
            let mut pieces = Vec::new();
            let mut start = 0;
            for piece in &self.pieces {
                let end = start + piece.len();
                let (a, b) = (from.max(start), to.min(end));
                if a < b {
                    pieces.push(FileSpan::new(piece.start as usize + a - start, piece.start as usize + b - start));
                }
                start = end + 1;
            }
            let text = match &self.text {
                Cow::Borrowed(text) => Cow::Borrowed(&text[from..to]),
                Cow::Owned(text) => Cow::Owned(text[from..to].to_owned()),
            };
            Unit { look: Look::of(&text), text, pieces, apart }
        };
        Some((half(0, left.len(), self.apart), half(right_at, self.text.len(), false)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = units(text);
        assert_eq!(found.iter().map(|u| &*u.text).collect::<Vec<_>>(), expected);
        for unit in &found {
            let words: Vec<_> = unit.pieces.iter().map(|p| &text[p.range()]).collect();
            assert_eq!(words.join(" "), unit.text);
        }
    }

    #[test]
    fn a_line_is_a_paragraph() {
        check("Harbour\n\nThe ferry sails\r\n\r\n  By Ola Brandt  ", &["Harbour", "The ferry sails", "By Ola Brandt"]);
        check(
            "The ferry sails\nThe tunnel opens.\nRenn was glad.",
            &["The ferry sails", "The tunnel opens.", "Renn was glad."],
        );
        check("\n \n", &[]);
    }

    #[test]
    fn a_headline_in_two_halves_is_one() {
        check(
            "Tunnel opens; \nLast ferry sails\n\nThe ferry sailed.",
            &["Tunnel opens; Last ferry sails", "The ferry sailed."],
        );
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "Ferry will sail till the last lamp\n\nBy Ola Brandt\n\nPORT ANSEL (Northsound) - The ferry to Merrow will sail until\nthe tunnel under the Calder has opened, the harbour office said\non Friday, and not a day longer.\n\nMs Marsh said the two would never run side by side for more than\na week.\n";
        check(
            text,
            &[
                "Ferry will sail till the last lamp",
                "By Ola Brandt",
                "PORT ANSEL (Northsound) - The ferry to Merrow will sail until the tunnel under the Calder has opened, the harbour office said on Friday, and not a day longer.",
                "Ms Marsh said the two would never run side by side for more than a week.",
            ],
        );
    }

    #[test]
    fn indents_open_paragraphs_of_wrapped_copy() {
        let text = "   The ferry to Merrow will sail until the tunnel under the\nCalder has opened, the harbour office said on Friday, and no\nlonger.\n   Ms Marsh said that the two would never run side by side for\nmore than a week.\n";
        check(
            text,
            &[
                "The ferry to Merrow will sail until the tunnel under the Calder has opened, the harbour office said on Friday, and no longer.",
                "Ms Marsh said that the two would never run side by side for more than a week.",
            ],
        );
    }

    #[test]
    fn wrapped_captions_that_stand_twice_stay_two() {
        let text = "The ferry to Merrow will sail until the tunnel under the Calder\nhas opened, the harbour office said.\n\nThe last ferry of the night leaves the quay at Port Ansel with a\nband on board\nThe last ferry of the night leaves the quay at Port Ansel with a\nband on board (Ola Brandt/Northsound)\n\nMs Marsh said that the two would never run side by side, not for\nmore than a week.\n";
        let found = units(text);
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[1].text, "The last ferry of the night leaves the quay at Port Ansel with a band on board");
    }

    #[test]
    fn a_unit_can_be_parted() {
        let text = "Tunnel opens | UK news | The Calder Record";
        let unit = units(text).remove(0);
        let (left, right) = unit.parted(12).expect("both sides have words");
        assert_eq!((&*left.text, &*right.text), ("Tunnel opens", "| UK news | The Calder Record"));
        assert_eq!(&text[right.pieces[0].range()], "| UK news | The Calder Record");
        assert!(unit.parted(0).is_none());
        assert!(unit.parted(100).is_none());
    }
}
