//! Gathers what lies over an article's words: author's markup, quotations, cues, names.

use super::ChipView;
use super::weave::{Layer, Point, Stretch};
use crate::model::{Annotations, Article, MarkKind, Quote};
use crate::text::TextSpan;

/// A quotation that is shown, with all that its marks say.
#[derive(Clone, Debug)]
pub(super) struct Marked<'a> {
    pub(super) quote: &'a Quote,
    /// "uoq6fc", unique in the report.
    pub(super) id: &'a str,
    /// Classes of colour and line.
    pub(super) slot: &'a str,
    /// Ids it had before a correction changed its words.
    pub(super) former: Vec<Box<str>>,
    /// The chip after its last part.
    pub(super) chip: ChipView,
}

/// Everything over the words of an article.
pub(super) struct Layers {
    /// Sorted by start.
    stretches: Vec<Stretch>,
    /// Sorted by place.
    points: Vec<Point>,
}

impl Layers {
    /// Gathers the layers of an article. `names` are the mentions to link, with their addresses; one in or
    /// across an author's link, or across another name, stays plain.
    pub(super) fn new(
        article: &Article,
        annotations: &Annotations,
        quotes: &[Marked<'_>],
        names: Vec<(TextSpan, Box<str>)>,
    ) -> Self {
        let mut stretches = Vec::new();
        let mut points = Vec::new();
        for mark in &article.marks {
            let layer = match &mark.kind {
                MarkKind::Emphasis => Layer::Emphasis,
                MarkKind::Strong => Layer::Strong,
                MarkKind::Strikethrough => Layer::Strikethrough,
                MarkKind::Code => Layer::Code,
                MarkKind::Link(address, title) => Layer::Link(address.clone(), title.clone()),
                MarkKind::Superscript => Layer::Superscript,
                MarkKind::Subscript => Layer::Subscript,
                MarkKind::Inserted => Layer::Inserted,
                MarkKind::Abbreviation(title) => Layer::Abbreviation(title.clone()),
                MarkKind::Break => {
                    points.push(Point::Break(mark.span));
                    continue;
                }
                MarkKind::Html(markup) => {
                    points.push(Point::Html(mark.span.start, markup.clone()));
                    continue;
                }
            };
            stretches.push(Stretch { span: mark.span, layer });
        }
        let links = disjoint(article.marks.iter().filter(|m| matches!(m.kind, MarkKind::Link(..))).map(|m| m.span));
        let spans = disjoint(names.iter().map(|(span, _)| *span));
        for (span, address) in names {
            if !touches(&links, span) && spans.binary_search(&span).is_ok() {
                stretches.push(Stretch { span, layer: Layer::Name(address) });
            }
        }
        for quote in quotes {
            for (i, part) in quote.quote.parts.iter().enumerate() {
                let id = (i == 0).then(|| format!("q-{}", quote.id).into());
                let (direct, slot) = (quote.quote.kind.is_marked_speech(), quote.slot.into());
                stretches.push(Stretch { span: part.marked, layer: Layer::Quote { id, direct, slot } });
            }
            if let Some(first) = quote.quote.parts.first() {
                let span = TextSpan::new(first.marked.start as usize, first.marked.start as usize);
                let (direct, slot) = (quote.quote.kind.is_marked_speech(), quote.slot);
                stretches.extend(quote.former.iter().map(|former| {
                    let id = Some(["q-", &**former].concat().into());
                    Stretch { span, layer: Layer::Quote { id, direct, slot: slot.into() } }
                }));
            }
            if let Some(last) = quote.quote.parts.last() {
                points.push(Point::Chip(last.marked.end, Box::new(quote.chip.clone())));
            }
        }
        let cues = quotes.iter().filter_map(|q| cue(article, annotations, q.quote));
        stretches.extend(disjoint(cues).into_iter().map(|span| Stretch { span, layer: Layer::Cue }));
        stretches.extend(article.furniture.dateline.map(|span| Stretch { span, layer: Layer::Dateline }));
        stretches.sort_by_key(|s| s.span.start);
        points.sort_by_key(Point::at);
        Self { stretches, points }
    }

    /// Writes the addresses of the author's links anew.
    pub(super) fn readdress(&mut self, new: impl Fn(&str) -> Box<str>) {
        for stretch in &mut self.stretches {
            if let Layer::Link(address, _) = &mut stretch.layer {
                *address = new(address);
            }
        }
    }

    /// The layers that begin in a block, and the points that stand in it or at its end.
    pub(super) fn of(&self, block: TextSpan) -> (&[Stretch], &[Point]) {
        let from = self.stretches.partition_point(|s| s.span.start < block.start);
        let to = self.stretches.partition_point(|s| s.span.start < block.end).max(from);
        // Blocks are joined by one line break, so the end of one is never the start of the next.
        let first = self.points.partition_point(|p| p.at() < block.start);
        let last = self.points.partition_point(|p| p.at() <= block.end).max(first);
        (&self.stretches[from..to], &self.points[first..last])
    }
}

/// The words that report a quotation: the cue, with the speaker's words where they stand right beside it
/// ("she said", "added Dr Quill").
fn cue(article: &Article, annotations: &Annotations, quote: &Quote) -> Option<TextSpan> {
    let cue = quote.cue?;
    let mention = quote.mention.and_then(|id| annotations.mentions.get(id.index()))?.span;
    let (first, second) = (cue.min(mention), cue.max(mention));
    let between = TextSpan::new(first.end as usize, second.start as usize);
    let beside = first.end < second.start && between.of(&article.text).chars().all(|c| c == ' ' || c == '\u{a0}');
    Some(if beside { first.cover(second) } else { cue })
}

/// Sorts spans and drops each that overlaps one before it, the longer of two with one start staying.
fn disjoint(spans: impl Iterator<Item = TextSpan>) -> Vec<TextSpan> {
    let mut spans: Vec<_> = spans.filter(|s| !s.is_empty()).collect();
    spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    let mut end = 0;
    spans.retain(|s| {
        let free = s.start >= end;
        end = if free { s.end } else { end };
        free
    });
    spans
}

/// Whether a span shares a byte with one of `spans`, which are sorted and disjoint.
fn touches(spans: &[TextSpan], span: TextSpan) -> bool {
    let next = spans.partition_point(|s| s.end <= span.start);
    spans.get(next).is_some_and(|s| s.overlaps(span))
}
