use pulldown_cmark::CowStr;
use std::ops::Range;

/// The lines of an HTML block as one text, and where they stand in the file.
///
/// In a block quote or a list the file has signs between them that are none of theirs.
pub(super) struct Joined {
    pub(super) text: String,
    /// For each line its first byte in `text`, its place in the file, and whether both hold the same bytes.
    lines: Vec<(usize, Range<usize>, bool)>,
}

impl Joined {
    pub(super) fn new(lines: Vec<(CowStr<'_>, Range<usize>)>, file: &str) -> Self {
        let mut joined = Self { text: String::new(), lines: Vec::with_capacity(lines.len()) };
        for (line, at) in lines {
            let is_exact = file.get(at.clone()) == Some(&*line);
            joined.lines.push((joined.text.len(), at, is_exact));
            joined.text.push_str(&line);
        }
        joined
    }

    /// Where a stretch of the text stands in the file, from its first byte to its last.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.at(range.start, false);
        start..self.at(range.end.max(range.start), true).max(start)
    }

    /// The lines of a stretch, each with its end where it has one.
    pub(super) fn lines(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'_> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        text.split_inclusive('\n').scan(range.start, |at, line| {
            let start = *at;
            *at += line.len();
            Some(start..*at)
        })
    }

    /// Where a byte, or the end of the byte before it, stands in the file.
    fn at(&self, at: usize, is_end: bool) -> usize {
        let behind = self.lines.partition_point(|(start, ..)| if is_end { *start < at } else { *start <= at });
        match self.lines.get(behind.saturating_sub(1)) {
            Some((start, place, true)) => (place.start + at.saturating_sub(*start)).min(place.end),
            Some((_, place, false)) if is_end => place.end,
            Some((_, place, false)) => place.start,
            None => 0,
        }
    }
}
