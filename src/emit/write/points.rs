use crate::text::TextSpan;

/// Places of a text in characters (Unicode code points, as in the W3C's `TextPositionSelector`), for readers of
/// data whose strings are not counted in bytes.
#[derive(Debug)]
pub(in crate::emit) struct Points {
    /// (byte, character), sorted; every start and end that was asked for.
    known: Vec<(u32, u32)>,
}

impl Points {
    /// Counts the characters up to each start and end, in one walk over the text.
    pub(in crate::emit) fn new(text: &str, spans: impl Iterator<Item = TextSpan>) -> Self {
        let mut wanted: Vec<u32> = spans.flat_map(|span| [span.start, span.end]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let (mut byte, mut character) = (0, 0);
        let known = wanted.into_iter().map(|at| {
            let passed = text.get(byte..at as usize).unwrap_or_default();
            byte += passed.len();
            character += passed.chars().count() as u32;
            (at, character)
        });
        Self { known: known.collect() }
    }

    /// Start and end in characters; (0, 0) for a span that was not asked for.
    pub(in crate::emit) fn of(&self, span: TextSpan) -> [u32; 2] {
        [span.start, span.end]
            .map(|at| self.known.binary_search_by_key(&at, |(byte, _)| *byte).map_or(0, |i| self.known[i].1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        let text = "“Dry”, said Björk.";
        let check = |words: &str, expected: [u32; 2]| {
            let start = text.find(words).unwrap_or_default();
            let span = TextSpan::new(start, start + words.len());
            assert_eq!(Points::new(text, [span, TextSpan::new(0, 3)].into_iter()).of(span), expected);
        };
        check("“Dry”", [0, 5]);
        check("Björk", [12, 17]);
    }
}
