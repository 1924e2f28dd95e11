use super::passage::Passage;
use crate::model::{Article, Block, BlockKind, Mark, MarkKind, Part, Run};
use crate::text::{TextSpan, slug};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// The reading text as it grows.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) marks: Vec<Mark>,
    runs: Vec<Run>,
}

impl Layout {
    /// Lays a range of a passage as one block and says where it went.
    pub(super) fn lay<'m>(
        &mut self,
        kind: BlockKind,
        within: Option<u32>,
        words: &Passage,
        range: Range<usize>,
        marks: impl IntoIterator<Item = &'m Mark>,
    ) -> TextSpan {
        if !self.blocks.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(words.text().get(range.clone()).unwrap_or_default());
        words.copy_runs(&range, start, &mut self.runs);
        let first = self.marks.len();
        for mark in marks {
            let from = (mark.span.start as usize).clamp(range.start, range.end);
            let to = (mark.span.end as usize).clamp(from, range.end);
            if from < to || matches!(mark.kind, MarkKind::Html(_)) {
                let span = TextSpan::new(start + from - range.start, start + to - range.start);
                self.marks.push(Mark { span, kind: mark.kind.clone() });
            }
        }
        // What was cut at the range's ends may begin where others do.
        if let Some(new) = self.marks.get_mut(first..) {
            new.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
        }
        let span = TextSpan::new(start, self.text.len());
        self.blocks.push(Block { kind, span, within });
        span
    }

    /// Lays a passage whole.
    pub(super) fn line(&mut self, kind: BlockKind, words: &Passage) -> TextSpan {
        self.lay(kind, None, words, 0..words.len(), [])
    }

    /// How many blocks there are.
    pub(super) fn n_blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Puts everything into the article. `ids` are the ids that crossheads gave themselves, by block.
    pub(super) fn finish(self, article: &mut Article, body_from: usize, ids: &BTreeMap<usize, String>) {
        article.parts = parts(&self.blocks, &self.text, body_from, ids);
        article.text = self.text.into();
        article.blocks = self.blocks;
        article.marks = self.marks;
        article.runs = self.runs;
    }
}

/// The opening, then one part for each crosshead that stands in no list or block quote.
fn parts(blocks: &[Block], text: &str, from: usize, ids: &BTreeMap<usize, String>) -> Vec<Part> {
    let index = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut parts = vec![Part { crosshead: None, id: "".into(), blocks: (index(from), index(blocks.len())) }];
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (i, block) in blocks.iter().enumerate().skip(from) {
        if !matches!(block.kind, BlockKind::Crosshead(_)) || block.within.is_some() {
            continue;
        }
        let wanted = match ids.get(&i).map_or_else(|| slug(block.span.of(text)), |id| slug(id)) {
            empty if empty.is_empty() => "part".to_owned(),
            id => id,
        };
        if let Some(last) = parts.last_mut() {
            last.blocks.1 = index(i);
        }
        let id = unique(wanted, &mut taken).into();
        parts.push(Part { crosshead: Some(index(i)), id, blocks: (index(i), index(blocks.len())) });
    }
    parts
}

/// The id itself, or with `-2`, `-3` where it is taken.
fn unique(id: String, taken: &mut BTreeMap<String, usize>) -> String {
    let mut n = *taken.entry(id.clone()).and_modify(|n| *n += 1).or_insert(1);
    if n == 1 {
        return id;
    }
    loop {
        let candidate = format!("{id}-{n}");
        if !taken.contains_key(&candidate) {
            taken.insert(candidate.clone(), 1);
            taken.insert(id, n);
            return candidate;
        }
        n += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        let mut taken = BTreeMap::new();
        let ids: Vec<_> =
            ["a", "a", "a-2", "a", "a-2"].into_iter().map(|id| unique(id.to_owned(), &mut taken)).collect();
        assert_eq!(ids, ["a", "a-2", "a-2-2", "a-3", "a-2-3"]);
    }
}
