use crate::config::Text;
use crate::model::Run;
use crate::text::line::{is_unprintable, printable};
use crate::text::{FileSpan, TextSpan};
use std::ops::Range;

/// Words on their way into the reading text, with their places in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Passage {
    text: String,
    /// Sorted and disjoint; `text` spans count from the passage's own start.
    runs: Vec<Run>,
}

impl Passage {
    /// A string of the front matter as one line.
    pub(super) fn of(text: &Text<'_>, file: &str) -> Self {
        Self::line(&text.words, text.inside, file)
    }

    /// Words as one line, white space collapsed.
    ///
    /// Each word has its own place where `at` of the `file` holds them just so; else all point at the whole of it.
    pub(super) fn line(words: &str, at: FileSpan, file: &str) -> Self {
        let mut out = Self::default();
        if at.of(file) == words {
            for word in words.split_whitespace() {
                // `word` is a slice of `words`, so the distance of their starts is its offset.
                let from = at.start as usize + (word.as_ptr() as usize - words.as_ptr() as usize);
                out.push_blank();
                out.push(word, from..from + word.len(), file);
            }
        } else {
            let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
            out.push(&line, at.range(), file);
        }
        out
    }

    /// The words.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many bytes they are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Where the first of them that stand in the file do so.
    pub(super) fn place(&self) -> Option<FileSpan> {
        self.runs.first().map(|run| run.file)
    }

    /// Whether there is nothing but white space.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The words without white space at either end.
    pub(super) fn trimmed(&self, within: Range<usize>) -> Range<usize> {
        let Some(words) = self.text.get(within.clone()) else { return within.start..within.start };
        let start = within.start + (words.len() - words.trim_start().len());
        start..start + words.trim().len()
    }

    /// Appends words that stand at `at` in the `file`, whether as they are or written otherwise there.
    ///
    /// Control characters and turns of direction, which only an escape can have brought here, are left out.
    pub(super) fn push(&mut self, words: &str, at: Range<usize>, file: &str) {
        if words.is_empty() {
            return;
        }
        if file.get(at.clone()) == Some(words) {
            let mut from = at.start;
            for piece in words.split(is_unprintable) {
                self.push_exact(piece, from);
                let gap = words.get(from - at.start + piece.len()..).and_then(|r| r.chars().next());
                from += piece.len() + gap.map_or(0, char::len_utf8);
            }
            return;
        }
        let start = self.text.len();
        self.text.extend(printable(words));
        let span = TextSpan::new(start, self.text.len());
        // Equal lengths promise equal bytes; where they are so by chance, the run points at the start.
        let file = if span.len() == at.len() { FileSpan::at(at.start) } else { FileSpan::new(at.start, at.end) };
        if !span.is_empty() {
            self.runs.push(Run { text: span, file });
        }
    }

    /// Appends words that the file does not hold.
    pub(super) fn push_alone(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Appends a blank that the file does not hold, unless there is nothing to part.
    pub(super) fn push_blank(&mut self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
    }

    /// Takes back all words from this byte of its own on.
    pub(super) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        while self.runs.last().is_some_and(|run| run.text.end as usize > len) {
            // A run may have grown over the place; its head stays.
            match self.runs.last_mut().filter(|run| (run.text.start as usize) < len) {
                Some(run) => {
                    let gone = run.text.end as usize - len;
                    run.text.end -= gone as u32;
                    run.file.end -= gone as u32;
                }
                None => {
                    self.runs.pop();
                }
            }
        }
    }

    /// Appends another passage.
    pub(super) fn append(&mut self, other: &Passage) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.runs.extend(other.runs.iter().map(|run| Run { text: shifted(run.text, shift), file: run.file }));
    }

    /// Copies the runs of a range, counted from `to` instead of from the range's start, into `into`.
    pub(super) fn copy_runs(&self, range: &Range<usize>, to: usize, into: &mut Vec<Run>) {
        let first = self.runs.partition_point(|run| run.text.end as usize <= range.start);
        for run in self.runs.iter().skip(first).take_while(|run| (run.text.start as usize) < range.end) {
            let start = (run.text.start as usize).max(range.start);
            let end = (run.text.end as usize).min(range.end);
            let file = if run.text.len() == run.file.len() {
                let from = run.file.start as usize + (start - run.text.start as usize);
                FileSpan::new(from, from + (end - start))
            } else if end - start == run.file.len() {
                // Cut to just the length of what it stands for: it must not look like the same bytes.
                FileSpan::at(run.file.start as usize)
            } else {
                run.file
            };
            into.push(Run { text: TextSpan::new(to + start - range.start, to + end - range.start), file });
        }
    }

    fn push_exact(&mut self, words: &str, from: usize) {
        if words.is_empty() {
            return;
        }
        let text = TextSpan::new(self.text.len(), self.text.len() + words.len());
        let file = FileSpan::new(from, from + words.len());
        self.text.push_str(words);
        match self.runs.last_mut() {
            Some(last)
                if last.text.len() == last.file.len() && last.text.end == text.start && last.file.end == file.start =>
            {
                last.text.end = text.end;
                last.file.end = file.end;
            }
            _ => self.runs.push(Run { text, file }),
        }
    }
}

fn shifted(span: TextSpan, by: usize) -> TextSpan {
    TextSpan::new(span.start as usize + by, span.end as usize + by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(passage: &Passage) -> String {
        let runs: Vec<_> = passage.runs.iter().map(|r| format!("{:?}@{:?}", r.text, r.file)).collect();
        format!("{} [{}]", passage.text, runs.join(" "))
    }

    #[test]
    fn words_keep_their_places() {
        let check = |words: &str, file: &str, expected: &str| {
            assert_eq!(shown(&Passage::line(words, FileSpan::new(0, file.len()), file)), expected);
        };
        check("a cab", "a cab", "a cab [0..1@0..1 2..5@2..5]");
        check(" a \n b ", " a \n b ", "a b [0..1@1..2 2..3@5..6]");
        check("a & b", "a &amp; b", "a & b [0..5@0..9]");
        check("ab", "ba", "ab [0..2@0..0]");
        check("", "", " []");
        check("a\u{7}b", "a\\u0007b", "ab [0..2@0..8]");
        check("a\u{7}b", "a\u{7}b", "ab [0..1@0..1 1..2@2..3]");
    }

    #[test]
    fn runs_that_touch_are_one() {
        let file = "plain words";
        let mut passage = Passage::default();
        passage.push("plain", 0..5, file);
        passage.push(" words", 5..11, file);
        assert_eq!(shown(&passage), "plain words [0..11@0..11]");
        let mut runs = Vec::new();
        passage.copy_runs(&(6..11), 100, &mut runs);
        assert_eq!(format!("{:?}", runs), "[Run { text: 100..105, file: 6..11 }]");
    }
}
