//! The speech strip: where in a report people speak.

use super::cast::Cast;
use super::{StripMarkView, StripView};
use crate::archive::ArticleRecord;
use crate::model::{Annotations, Article, Block, BlockKind};
use crate::text::TextSpan;

/// Width of the whole report.
const WIDTH: u64 = 1000;

/// Draws the strip: each piece of a quotation at the place of its words among the body's words.
///
/// Places are counted in bytes, which for this purpose is as good as words and needs no second reading.
pub(super) fn strip(
    article: &Article,
    annotations: &Annotations,
    record: &ArticleRecord,
    cast: &Cast<'_>,
) -> StripView {
    let ruler = Ruler::new(article);
    let facts = &record.facts;
    let mut marks = Vec::new();
    for (i, fact) in facts.quotes.iter().enumerate() {
        let Some(quote) = annotations.quotes.get(fact.quote as usize) else { continue };
        for part in &quote.parts {
            if let Some((x, width)) = ruler.measure(part.marked) {
                let (direct, slot) = (fact.kind.is_marked_speech(), cast.of(i).chip.slot.clone());
                marks.push(StripMarkView { x, width, direct, slot });
            }
        }
    }
    marks.sort_by_key(|m| (m.x, m.width));
    let quoted: u64 = facts.quotes.iter().map(|q| u64::from(q.words)).sum();
    StripView {
        marks,
        percent: (quoted * 100).checked_div(u64::from(facts.words)).unwrap_or(0).min(100) as usize,
        n_quotes: facts.quotes.len(),
        n_speakers: cast.speakers.len(),
        order: cast.in_order_of_speech().into_iter().map(|s| s.short.clone()).collect(),
    }
}

/// The body's paragraphs laid end to end.
struct Ruler {
    /// Each paragraph with the length of those before it.
    paragraphs: Vec<(TextSpan, u64)>,
    length: u64,
}

impl Ruler {
    fn new(article: &Article) -> Self {
        let mut length = 0;
        let is_body = |b: &&Block| b.kind == BlockKind::Paragraph;
        let lay = |block: &Block| {
            let before = length;
            length += block.span.len() as u64;
            (block.span, before)
        };
        let paragraphs = article.blocks.iter().filter(is_body).map(lay).collect();
        Self { paragraphs, length }
    }

    /// Left edge and width of a stretch; none outside the body.
    fn measure(&self, span: TextSpan) -> Option<(u32, u32)> {
        let at = self.paragraphs.partition_point(|(p, _)| p.start <= span.start).checked_sub(1)?;
        let (paragraph, before) = self.paragraphs[at];
        if !paragraph.contains(span) {
            return None;
        }
        let scale = |place: u32| (before + u64::from(place - paragraph.start)) * WIDTH / self.length.max(1);
        let x = scale(span.start).min(WIDTH - 2);
        let width = scale(span.end).saturating_sub(x).clamp(2, WIDTH - x);
        Some((x as u32, width as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_on_the_strip() {
        let ruler = Ruler { paragraphs: vec![(TextSpan::new(10, 60), 0), (TextSpan::new(70, 120), 50)], length: 100 };
        let check = |start, end, expected| assert_eq!(ruler.measure(TextSpan::new(start, end)), expected);
        check(10, 60, Some((0, 500)));
        check(70, 120, Some((500, 500)));
        check(119, 120, Some((990, 10)));
        check(120, 120, Some((998, 2)));
        check(30, 30, Some((200, 2)));
        check(0, 5, None);
        check(55, 75, None);
    }
}
