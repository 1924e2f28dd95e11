use super::{Code, Lines};
use crate::text::FileSpan;
use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Said for the record; nothing is wrong.
    Note,
    /// Something was read otherwise than perhaps meant.
    Warning,
    /// The file, or the site, was not built as asked.
    Error,
}

impl Severity {
    /// "note", "warning" or "error".
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a finding points: a stretch of one line of one file, with that line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Path from the site's root, with `/`.
    pub path: Box<str>,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The line's text, cut around the finding where it is long.
    pub excerpt: Box<str>,
    /// The finding inside `excerpt`, in bytes.
    pub start: u32,
    /// Its end inside `excerpt`, in bytes; never before `start`.
    pub end: u32,
    /// What stands there, in a few words; may be empty.
    pub label: Box<str>,
}

/// One finding: what it is, where, what we did, what to type next.
///
/// Ordered by place, then weight, so that reports do not depend on threads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stable name of the finding, `quote-unclosed`.
    pub code: Code,
    /// Its weight; the code's own unless a caller says otherwise.
    pub severity: Severity,
    /// One lower-case line without a full stop.
    pub message: String,
    /// The file, where the finding has no place inside it; from the site's root.
    pub path: Box<str>,
    /// The place, where it has one.
    pub place: Option<Box<Place>>,
    /// What we did about it.
    pub note: Option<String>,
    /// The next keystroke.
    pub help: Option<String>,
}

/// Characters of a line kept on each side of a finding.
const AROUND: usize = 120;
/// Characters of the place itself that are repeated: of what is longer, its beginning.
const LONGEST: usize = 1_000;

impl Diagnostic {
    /// A finding about a whole file, or about none (`path` empty).
    pub fn new(code: Code, path: &str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            path: path.into(),
            place: None,
            note: None,
            help: None,
        }
    }

    /// Points at `span` of the file's decoded text, with a label for the place.
    ///
    /// A span over several lines is shown as far as its first line goes.
    /// Linear in the text: whoever may have many findings in one asks [`Diagnostic::within`].
    pub fn at(self, text: &str, span: FileSpan, label: impl Into<String>) -> Self {
        self.within(&Lines::new(text), span, label)
    }

    /// Points at `span` as [`Diagnostic::at`] does, in a text whose lines are counted once for all its findings.
    pub fn within(mut self, lines: &Lines<impl AsRef<str>>, span: FileSpan, label: impl Into<String>) -> Self {
        self.place = Some(Box::new(place(&self.path, lines, span, label.into())));
        self
    }

    /// Says what we did about it.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Says what to type next.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The key by which reports are sorted: path, line, column, code, message.
    pub fn order(&self) -> (&str, u32, u32, &'static str, &str) {
        let (line, column) = self.place.as_ref().map_or((0, 0), |p| (p.line, p.column));
        (&self.path, line, column, self.code.name(), &self.message)
    }
}

fn place(path: &str, lines: &Lines<impl AsRef<str>>, span: FileSpan, label: String) -> Place {
    let text = lines.text();
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start as usize);
    let position = lines.position(start);
    // No further than is shown: a line may be as long as the file.
    let reach = boundary(start + char::MAX.len_utf8() * (LONGEST + AROUND + 1));
    let line_end = text[start..reach].find(['\n', '\r']).map_or(reach, |i| start + i);
    let end = boundary(span.end as usize).clamp(start, line_end);
    let end = text[start..end].char_indices().nth(LONGEST).map_or(end, |(i, _)| start + i);
    let before = &text[position.begins..start];
    let from = before.char_indices().rev().nth(AROUND).map_or(position.begins, |(i, _)| position.begins + i);
    let to = text[end..line_end].char_indices().nth(AROUND).map_or(line_end, |(i, _)| end + i);
    Place {
        path: path.into(),
        line: count(position.line),
        column: count(position.column),
        excerpt: text[from..to].into(),
        start: count(start - from),
        end: count(end - from),
        label: label.into(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
