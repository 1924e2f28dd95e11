use crate::diag::{Diagnostic, codes};
use crate::text::FileSpan;
use std::ops::Range;

/// What an element does wrong where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A block that means something to its words is never closed in its block of HTML.
    Open(&'static str),
    /// A list item stands in no list.
    Item,
    /// A caption stands right behind no picture.
    Caption,
}

/// What in the blocks of HTML of a file is read otherwise than it is written, and no word of it lost.
#[derive(Debug, Default)]
pub(in crate::read::markdown) struct Mended {
    /// Distinct, in the order in which they were met; with the first place, and in how many.
    faults: Vec<(Fault, FileSpan, usize)>,
}

impl Mended {
    pub(super) fn add(&mut self, fault: Fault, at: &Range<usize>) {
        let place = FileSpan::new(at.start, at.end);
        match self.faults.iter_mut().find(|(other, ..)| *other == fault) {
            Some((_, first, n)) => {
                *first = (*first).min(place);
                *n += 1;
            }
            None => self.faults.push((fault, place, 1)),
        }
    }

    /// The words of a `<figcaption>` became no caption.
    pub(in crate::read::markdown) fn caption(&mut self, words: FileSpan) {
        self.add(Fault::Caption, &words.range());
    }

    /// A note for each, at its first place.
    pub(in crate::read::markdown) fn told(&self, path: &str, file: &str) -> impl Iterator<Item = Diagnostic> {
        self.faults.iter().map(move |(fault, first, n)| {
            let (what, note, help) = match fault {
                Fault::Open(name) => (
                    format!("`<{name}>` is never closed in its block of HTML"),
                    "read as ending with that block at the latest, and what follows as standing outside it",
                    format!("leave no blank line before `</{name}>`, or write it as Markdown"),
                ),
                Fault::Item => (
                    "`<li>` stands in no list".to_owned(),
                    "read as a paragraph",
                    "put `<ul>` or `<ol>` around it, with no blank line between them, or write `- `".to_owned(),
                ),
                Fault::Caption => (
                    "`<figcaption>` stands right behind no picture".to_owned(),
                    "read as a paragraph, and as no picture’s caption",
                    "put it directly behind its `<img>`, in one paragraph".to_owned(),
                ),
            };
            let (places, label) = match n {
                1 => (String::new(), "here"),
                n => (format!(", in {n} places"), "the first of them"),
            };
            Diagnostic::new(codes::HTML_MENDED, path, what + &places).at(file, *first, label).note(note).help(help)
        })
    }
}
