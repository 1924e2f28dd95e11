//! The tags of a stretch of HTML, put in order by a sanitiser.

use crate::model::MarkKind;
use ammonia::{Builder, UrlRelative};
use std::sync::LazyLock;

/// Bytes of a skeleton; what lies beyond keeps its words alone, so that memory is bounded.
const LARGEST: usize = 4 << 20;

/// Elements that hold blocks, beside the marks.
const BLOCKS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "figcaption",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "hr",
    "div",
];

/// Marks, as HTML calls them.
const MARKS: &[&str] = &["em", "strong", "s", "code", "sup", "sub", "ins", "abbr", "a"];

/// Pieces are numbered in two digits, which are characters that no standard gives a meaning.
const DIGITS: u32 = 6400;
const FIRST: u32 = 0xe000;

/// What the sanitiser lets through: [`BLOCKS`] and [`MARKS`], with no attribute but a number.
///
/// A link's address is checked as one in Markdown is, and kept apart; its number stands in its place.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(BLOCKS.iter().chain(MARKS).copied().collect())
        .tag_attributes([("a", ["href"].into()), ("abbr", ["title"].into())].into())
        .url_schemes([].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
});

/// What stands in a stretch of HTML once it is sound: pieces in their order, elements well nested.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A piece, by its number.
    Piece(usize),
    /// A mark begins.
    Mark(MarkKind),
    /// The innermost mark that stands open ends.
    EndMark,
    /// A block begins; or `hr`, which does not end.
    Open(&'static str),
    /// A block ends.
    Close(&'static str),
}

/// A stretch of HTML with numbers in place of its words.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    html: String,
    n_pieces: usize,
    /// Marks that need more than their name, by number.
    marks: Vec<MarkKind>,
}

impl Skeleton {
    /// Whether it may not grow any more.
    pub(super) fn is_full(&self) -> bool {
        self.html.len() > LARGEST || self.n_pieces as u32 >= DIGITS * DIGITS
    }

    /// Puts the next piece here; they are numbered from 0.
    pub(super) fn piece(&mut self) {
        let n = u32::try_from(self.n_pieces).unwrap_or(u32::MAX);
        self.n_pieces += 1;
        let digits = [n / DIGITS, n % DIGITS].map(|digit| char::from_u32(FIRST + digit % DIGITS));
        self.html.extend(digits.into_iter().flatten());
    }

    pub(super) fn open_mark(&mut self, kind: &MarkKind) {
        let Some(name) = name_of(kind) else { return };
        self.html.push('<');
        self.html.push_str(name);
        let place = match kind {
            MarkKind::Link(..) => Some(" href=\""),
            MarkKind::Abbreviation(_) => Some(" title=\""),
            _ => None,
        };
        if let Some(place) = place {
            self.html.push_str(place);
            self.html.push_str(&self.marks.len().to_string());
            self.html.push('"');
            self.marks.push(kind.clone());
        }
        self.html.push('>');
    }

    pub(super) fn close_mark(&mut self, kind: &MarkKind) {
        if let Some(name) = name_of(kind) {
            self.close(name);
        }
    }

    /// Opens a block; `name` is one of [`BLOCKS`].
    pub(super) fn open(&mut self, name: &'static str) {
        self.html.extend(["<", name, ">"]);
    }

    pub(super) fn close(&mut self, name: &'static str) {
        self.html.extend(["</", name, ">"]);
    }

    /// What the sanitiser makes of it.
    ///
    /// None where pieces were lost or moved, as HTML moves what stands between the cells of a table.
    pub(super) fn clean(&self) -> Option<Vec<Part>> {
        let clean = SANITISER.clean(&self.html).to_string();
        let mut parts = Vec::new();
        let mut next = 0;
        let mut rest = &*clean;
        while let Some(c) = rest.chars().next() {
            if c == '<' {
                let end = rest.find('>')?;
                parts.extend(self.part(rest.get(1..end)?));
                rest = rest.get(end + 1..)?;
            } else {
                let mut digits = rest.chars();
                let mut digit = || (digits.next()? as u32).checked_sub(FIRST).filter(|digit| *digit < DIGITS);
                let n = (digit()? * DIGITS + digit()?) as usize;
                if n != next {
                    return None;
                }
                next += 1;
                parts.push(Part::Piece(n));
                rest = digits.as_str();
            }
        }
        (next == self.n_pieces).then_some(parts)
    }

    /// What is between the angle brackets of a tag that came out of the sanitiser.
    fn part(&self, tag: &str) -> Option<Part> {
        if let Some(name) = tag.strip_prefix('/') {
            let is_mark = MARKS.contains(&name);
            return if is_mark { Some(Part::EndMark) } else { known(name).map(Part::Close) };
        }
        let name = tag.split(' ').next().unwrap_or_default();
        if let Some(name) = known(name) {
            return Some(Part::Open(name));
        }
        let kind = match name {
            "em" => MarkKind::Emphasis,
            "strong" => MarkKind::Strong,
            "s" => MarkKind::Strikethrough,
            "code" => MarkKind::Code,
            "sup" => MarkKind::Superscript,
            "sub" => MarkKind::Subscript,
            "ins" => MarkKind::Inserted,
            _ => {
                let number = tag.split('"').nth(1)?.parse::<usize>().ok()?;
                self.marks.get(number)?.clone()
            }
        };
        Some(Part::Mark(kind))
    }
}

fn known(name: &str) -> Option<&'static str> {
    BLOCKS.iter().copied().find(|known| *known == name)
}

fn name_of(kind: &MarkKind) -> Option<&'static str> {
    Some(match kind {
        MarkKind::Emphasis => "em",
        MarkKind::Strong => "strong",
        MarkKind::Strikethrough => "s",
        MarkKind::Code => "code",
        MarkKind::Superscript => "sup",
        MarkKind::Subscript => "sub",
        MarkKind::Inserted => "ins",
        MarkKind::Abbreviation(_) => "abbr",
        MarkKind::Link(..) => "a",
        MarkKind::Break | MarkKind::Html(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_cross_are_put_in_order() {
        let mut skeleton = Skeleton::default();
        skeleton.open_mark(&MarkKind::Emphasis);
        skeleton.piece();
        let link = MarkKind::Link("https://calder.example/\"><script>".into(), None);
        skeleton.open_mark(&link);
        skeleton.piece();
        skeleton.close_mark(&MarkKind::Emphasis);
        skeleton.piece();
        use Part::{EndMark, Mark, Piece};
        let expected = [
            Mark(MarkKind::Emphasis),
            Piece(0),
            Mark(link.clone()),
            Piece(1),
            EndMark,
            EndMark,
            Mark(link),
            Piece(2),
            EndMark,
        ];
        assert_eq!(skeleton.clean().expect("all pieces"), expected);
    }

    #[test]
    fn pieces_that_would_move_are_told() {
        let mut skeleton = Skeleton::default();
        for name in ["table", "tr"] {
            skeleton.open(name);
        }
        skeleton.open("td");
        skeleton.piece();
        skeleton.close("td");
        skeleton.piece();
        assert_eq!(skeleton.clean(), None);
    }

    #[test]
    fn every_piece_has_its_number() {
        let mut skeleton = Skeleton::default();
        for _ in 0..20_000 {
            skeleton.piece();
        }
        assert_eq!(skeleton.clean().map(|parts| parts.len()), Some(20_000));
    }
}
