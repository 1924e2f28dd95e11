use std::sync::OnceLock;

/// Bytes between two steps. A question costs as many at most, and a text a fortieth of itself.
const STEP: usize = 1024;

/// A text in which many findings have their place: its lines are counted once for all of them.
///
/// Nothing is counted before the first question.
#[derive(Debug)]
pub struct Lines<T> {
    text: T,
    steps: OnceLock<Box<[Step]>>,
}

/// What lies before a byte whose place is a multiple of [`STEP`].
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    /// Line ends.
    ends: usize,
    /// Where the line begins.
    line: usize,
    /// Characters.
    chars: usize,
}

/// Where a byte stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Line, from 1.
    pub(super) line: usize,
    /// Where that line begins, in bytes.
    pub(super) begins: usize,
    /// Column in characters, from 1.
    pub(super) column: usize,
}

impl<T: AsRef<str>> Lines<T> {
    /// The lines of a text, as they end with `\n`.
    pub fn new(text: T) -> Self {
        Self { text, steps: OnceLock::new() }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        self.text.as_ref()
    }

    /// Where a byte stands; one behind the text stands at its end.
    pub(super) fn position(&self, at: usize) -> Position {
        let at = at.min(self.text().len());
        let Step { ends, line, chars } = self.before(at);
        Position { line: ends + 1, begins: line, column: chars - self.before(line).chars + 1 }
    }

    fn before(&self, at: usize) -> Step {
        let bytes = self.text().as_bytes();
        let steps = self.steps.get_or_init(|| {
            let ends = (STEP..=bytes.len()).step_by(STEP);
            let rest = ends.scan(Step::default(), |step, end| {
                *step = step.over(bytes, end - STEP, end);
                Some(*step)
            });
            std::iter::once(Step::default()).chain(rest).collect()
        });
        steps[at / STEP].over(bytes, at / STEP * STEP, at)
    }
}

impl Step {
    /// The next step, from `from` to `to`.
    fn over(self, bytes: &[u8], from: usize, to: usize) -> Self {
        let bytes = &bytes[from..to];
        Self {
            ends: self.ends + memchr::memchr_iter(b'\n', bytes).count(),
            line: memchr::memrchr(b'\n', bytes).map_or(self.line, |at| from + at + 1),
            chars: self.chars + bytes.iter().filter(|byte| begins_character(**byte)).count(),
        }
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn begins_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_stands_where_counting_from_the_start_finds_it() {
        let check = |text: &str| {
            let lines = Lines::new(text);
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                let before = &text[..at];
                let begins = before.rfind('\n').map_or(0, |at| at + 1);
                let expected = Position {
                    line: before.matches('\n').count() + 1,
                    begins,
                    column: before[begins..].chars().count() + 1,
                };
                assert_eq!(lines.position(at), expected, "{at}");
            }
            assert_eq!(lines.position(text.len() + 9), lines.position(text.len()));
        };
        check("");
        check("\n\nThe quay.\r\n“No,” said Ingrid Marsh.");
        // Steps that end in a line, at a line's end, and within a character.
        check(&"船a\n".repeat(STEP / 2));
        check(&"–".repeat(STEP));
        check(&["x".repeat(STEP - 1), "\n".repeat(STEP + 1)].concat());
    }

    /// Issue 5: each of 97,200 rulings that no article met counted the lines of the ledger from its start.
    #[test]
    fn a_question_costs_no_more_in_a_long_text() {
        let text = "a\n".repeat(3 * STEP);
        let lines = Lines::new(&text);
        assert_eq!(lines.position(text.len()).line, 3 * STEP + 1);
        let steps = lines.steps.get().expect("counted");
        assert_eq!(steps.len(), text.len() / STEP + 1);
        // Nothing before the last step is looked at again.
        let last = steps[steps.len() - 1];
        assert_eq!((last.ends, last.line, last.chars), (3 * STEP, text.len(), text.len()));
    }
}
