//! Weaves spans over a block's words into a tree of inlines.

use super::{ChipView, Inline};
use crate::text::TextSpan;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Open layers at any one place; deeper ones leave their words plain.
///
/// Keeps trees shallow enough to walk by recursion, and weaving linear: a span is cut only by layers
/// open at one of its two ends. News copy was never seen deeper than 5.
const DEEPEST: usize = 24;

/// What a stretch of a block's words becomes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Layer {
    /// An author's link: address, title.
    Link(Box<str>, Option<Box<str>>),
    /// A person's first mention, with the address of their page.
    Name(Box<str>),
    /// A piece of a quotation.
    Quote {
        /// On the quotation's first piece only.
        id: Option<Box<str>>,
        direct: bool,
        slot: Box<str>,
    },
    /// The words that report speech.
    Cue,
    /// The dateline.
    Dateline,
    Strong,
    Emphasis,
    Strikethrough,
    Code,
    Superscript,
    Subscript,
    Inserted,
    /// What the words are short for.
    Abbreviation(Box<str>),
}

impl Layer {
    /// Where two layers cross, the one of the lower number stays whole and the other is cut: two halves of
    /// a link are two links, two halves of an emphasis read as one.
    fn strength(&self) -> u8 {
        match self {
            Self::Link(..) => 0,
            Self::Name(_) => 1,
            Self::Quote { .. } => 2,
            Self::Cue => 3,
            Self::Dateline => 4,
            Self::Strong | Self::Emphasis | Self::Strikethrough | Self::Code => 5,
            Self::Superscript | Self::Subscript | Self::Inserted | Self::Abbreviation(_) => 5,
        }
    }

    /// Where two layers cover the same words, the one of the lower number is outside: a quotation stands
    /// around a link of the same words, so that its chip follows both.
    fn depth(&self) -> u8 {
        match self {
            Self::Quote { .. } => 0,
            Self::Cue => 1,
            Self::Dateline => 2,
            Self::Link(..) => 3,
            Self::Name(_) => 4,
            _ => 5,
        }
    }

    /// Whether it becomes an `a`, inside which no other may stand.
    fn is_anchor(&self) -> bool {
        matches!(self, Self::Link(..) | Self::Name(_))
    }

    /// The layer as a later piece of itself.
    fn later_piece(&self) -> Self {
        match self {
            Self::Quote { direct, slot, .. } => Self::Quote { id: None, direct: *direct, slot: slot.clone() },
            other => other.clone(),
        }
    }

    fn close(self, words: Vec<Inline>) -> Inline {
        match self {
            Self::Link(address, title) => Inline::Link(address, title, words),
            Self::Name(address) => Inline::Name(address, words),
            Self::Quote { id, direct, slot } => Inline::Quote { id, direct, slot, words },
            Self::Cue => Inline::Cue(words),
            Self::Dateline => Inline::Dateline(words),
            Self::Strong => Inline::Strong(words),
            Self::Emphasis => Inline::Emphasis(words),
            Self::Strikethrough => Inline::Strikethrough(words),
            Self::Code => Inline::Code(words),
            Self::Superscript => Inline::Superscript(words),
            Self::Subscript => Inline::Subscript(words),
            Self::Inserted => Inline::Inserted(words),
            Self::Abbreviation(title) => Inline::Abbreviation(title, words),
        }
    }
}

/// A layer over a stretch of the reading text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) span: TextSpan,
    pub(super) layer: Layer,
}

/// Something that stands between words, or in place of white space.
#[derive(Clone, Debug)]
pub(super) enum Point {
    /// A chip at a place.
    Chip(u32, Box<ChipView>),
    /// A line break in place of these bytes.
    Break(TextSpan),
    /// Markup at a place.
    Html(u32, Box<str>),
}

impl Point {
    /// Where it stands.
    pub(super) fn at(&self) -> u32 {
        match self {
            Self::Chip(at, _) | Self::Html(at, _) => *at,
            Self::Break(span) => span.start,
        }
    }
}

/// Weaves the layers of one block into a tree whose words, in order, are the block's own.
///
/// `stretches` and `points` may come in any order and may overlap in any way; what reaches over the
/// block is clipped, and what crosses is cut. An `a` never stands inside an `a` as long as no two
/// stretches that become one overlap. A quotation's id stands once, on its first words; where it has none,
/// or lies too deep, on an empty piece. The first chip is marked as `lead`.
pub(super) fn weave(text: &str, block: TextSpan, stretches: &[Stretch], points: &[Point]) -> Vec<Inline> {
    let mut pending: BinaryHeap<Reverse<Pending>> = stretches
        .iter()
        .enumerate()
        .map(|(order, s)| {
            let start = s.span.start.clamp(block.start, block.end);
            let end = s.span.end.clamp(start, block.end);
            Reverse(Pending { start, end, order, layer: s.layer.clone() })
        })
        .collect();
    let in_block = |p: &&Point| !matches!(p, Point::Break(_)) || p.at() < block.end;
    let mut points: Vec<&Point> = points.iter().filter(in_block).collect();
    // Markup stands around what it touches: behind the layers that end here, before those that begin.
    points.sort_by_key(|p| match p {
        Point::Html(at, _) => (*at, 0),
        Point::Chip(at, _) => (*at, 1),
        Point::Break(span) => (span.start, 2),
    });
    let mut points = points.into_iter().peekable();

    let mut weaver = Weaver::new(text, block.start);
    loop {
        let at = weaver.at;
        weaver.close_ended();
        while let Some(Point::Html(_, markup)) =
            points.next_if(|p| matches!(p, Point::Html(..)) && (p.at() <= at || at == block.end))
        {
            weaver.push(Inline::Html(markup.clone()));
        }
        while let Some(Point::Chip(_, chip)) =
            points.next_if(|p| matches!(p, Point::Chip(..)) && (p.at() <= at || at == block.end))
        {
            weaver.chip((**chip).clone());
        }
        while pending.peek().is_some_and(|Reverse(p)| p.start <= at) {
            let rest = pending.pop().and_then(|Reverse(next)| weaver.open(next));
            pending.extend(rest.map(Reverse));
        }
        while let Some(Point::Break(span)) = points.next_if(|p| matches!(p, Point::Break(_)) && p.at() <= at) {
            weaver.line_break(span.end.min(block.end));
        }
        let ends = weaver.stack.last().map(|o| o.end);
        let starts = pending.peek().map(|Reverse(p)| p.start);
        let stands = points.peek().map(|p| p.at());
        let next = [ends, starts, stands].into_iter().flatten().fold(block.end, u32::min);
        if next > weaver.at {
            weaver.at = next;
        } else if weaver.at >= block.end && ends.or(starts).or(stands).is_none() {
            weaver.flush();
            return weaver.out;
        }
    }
}

/// A layer that waits for its place; ordered so that an outer one comes first.
struct Pending {
    start: u32,
    end: u32,
    order: usize,
    layer: Layer,
}

impl Pending {
    fn key(&self) -> (u32, Reverse<u32>, u8, usize) {
        (self.start, Reverse(self.end), self.layer.depth(), self.order)
    }
}
impl PartialEq for Pending {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Pending {}
impl Ord for Pending {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}
impl PartialOrd for Pending {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A layer that stands open.
struct Open {
    end: u32,
    layer: Layer,
    words: Vec<Inline>,
}

struct Weaver<'a> {
    text: &'a str,
    /// How far the words have been read.
    at: u32,
    /// How far they have been put into the tree. Text is put there only where something happens, so that
    /// boundaries without effect cost no copying.
    put: u32,
    out: Vec<Inline>,
    /// From the bottom to the top, `end` never grows.
    stack: Vec<Open>,
    /// Chips that wait for the end of the link they would stand in.
    waiting: Vec<ChipView>,
    led: bool,
}

impl<'a> Weaver<'a> {
    fn new(text: &'a str, at: u32) -> Self {
        Self { text, at, put: at, out: Vec::new(), stack: Vec::new(), waiting: Vec::new(), led: false }
    }

    fn push(&mut self, inline: Inline) {
        self.flush();
        self.stack.last_mut().map_or(&mut self.out, |o| &mut o.words).push(inline);
    }

    /// Puts the words read so far into the tree.
    fn flush(&mut self) {
        let words = TextSpan::new(self.put as usize, self.at as usize).of(self.text);
        self.put = self.at;
        if !words.is_empty() {
            let text = Inline::Text(words.into());
            self.stack.last_mut().map_or(&mut self.out, |o| &mut o.words).push(text);
        }
    }

    fn line_break(&mut self, end: u32) {
        if end > self.at {
            self.push(Inline::Break);
            self.at = end;
            self.put = end;
        }
    }

    /// Places a chip here, or after the link that stands open.
    fn chip(&mut self, chip: ChipView) {
        if self.stack.iter().any(|o| o.layer.is_anchor()) {
            self.waiting.push(chip);
        } else {
            let lead = !std::mem::replace(&mut self.led, true);
            self.push(Inline::Chip(Box::new(ChipView { lead, ..chip })));
        }
    }

    /// Opens a layer here; gives back what of it must wait because a stronger layer ends before it.
    fn open(&mut self, new: Pending) -> Option<Pending> {
        if new.end <= self.at || self.stack.len() >= DEEPEST {
            self.anchor(new.layer);
            return None;
        }
        let mut end = new.end;
        let mut cut = Vec::new();
        while let Some(top) = self.stack.last().filter(|top| top.end < end) {
            if top.layer.strength() <= new.layer.strength() {
                end = top.end;
                break;
            }
            let top_end = top.end;
            cut.extend(self.close().map(|rest| (top_end, rest)));
        }
        self.flush();
        let rest = (end < new.end).then(|| Pending {
            start: end,
            end: new.end,
            order: new.order,
            layer: new.layer.later_piece(),
        });
        self.stack.push(Open { end, layer: new.layer, words: Vec::new() });
        self.stack.extend(cut.into_iter().rev().map(|(end, layer)| Open { end, layer, words: Vec::new() }));
        rest
    }

    fn close_ended(&mut self) {
        while self.stack.last().is_some_and(|o| o.end <= self.at) {
            if let Some(rest) = self.close() {
                self.anchor(rest);
            }
        }
    }

    /// Closes the topmost layer and gives it back for a later piece.
    fn close(&mut self) -> Option<Layer> {
        self.flush();
        let open = self.stack.pop()?;
        if open.words.is_empty() {
            return Some(open.layer);
        }
        let rest = open.layer.later_piece();
        self.push(open.layer.close(open.words));
        if rest.is_anchor() {
            for chip in std::mem::take(&mut self.waiting) {
                self.chip(chip);
            }
        }
        Some(rest)
    }

    /// Keeps the address of a quotation that gets no words here.
    fn anchor(&mut self, layer: Layer) {
        if matches!(layer, Layer::Quote { id: Some(_), .. }) {
            self.push(layer.close(Vec::new()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::draw;
    use super::*;
    use proptest::prelude::*;

    fn quote(id: &str) -> Layer {
        Layer::Quote { id: Some(id.into()), direct: true, slot: "s1".into() }
    }

    fn link() -> Layer {
        Layer::Link("https://record.example/".into(), None)
    }

    fn chip(at: u32, number: usize) -> Point {
        Point::Chip(at, Box::new(ChipView { number, ..ChipView::default() }))
    }

    /// Weaves layers over the words on which they lie, each given as it is found first in `text`.
    #[track_caller]
    fn check(text: &str, layers: &[(&str, Layer)], chips: &[&str], expected: &str) {
        let find = |words: &str| {
            let start = text.find(words).expect("the words of a layer stand in the text");
            TextSpan::new(start, start + words.len())
        };
        let stretches: Vec<Stretch> =
            layers.iter().map(|(words, layer)| Stretch { span: find(words), layer: layer.clone() }).collect();
        let points: Vec<Point> = chips.iter().enumerate().map(|(i, words)| chip(find(words).end, i + 1)).collect();
        assert_eq!(draw(&weave(text, TextSpan::new(0, text.len()), &stretches, &points)), expected);
    }

    #[test]
    fn a_chip_follows_the_last_part() {
        check(
            "“A,” she said. “B.” Rain.",
            &[("“A,”", quote("x")), ("she said", Layer::Cue), ("“B.”", quote("y"))],
            &["“B.”"],
            "<q#x>“A,”</q> <cue>she said</cue>. <q#y>“B.”</q>[1!] Rain.",
        );
    }

    #[test]
    fn what_lies_inside_stays_inside() {
        check(
            "“We will open before the frost,” Ingrid Marsh said.",
            &[
                ("“We will open before the frost,”", quote("x")),
                ("open before", link()),
                ("before", Layer::Strong),
                ("Ingrid Marsh", Layer::Name("/people/ingrid-marsh/".into())),
            ],
            &["“We will open before the frost,”"],
            "<q#x>“We will <a>open <b>before</b></a> the frost,”</q>[1!] <name>Ingrid Marsh</name> said.",
        );
    }

    #[test]
    fn a_link_stays_whole_where_a_quotation_crosses_it() {
        let layers = |link_words| [("“dry feet”", quote("x")), (link_words, link())];
        let said = "She promised “dry feet” by May.";
        check(said, &layers("promised “dry"), &[], "She <a>promised <q#x>“dry</q></a><q> feet”</q> by May.");
        check(said, &layers("feet” by"), &["“dry feet”"], "She promised <q#x>“dry </q><a><q>feet”</q> by</a>[1!] May.");
        check(said, &layers("“dry feet” by"), &["“dry feet”"], "She promised <a><q#x>“dry feet”</q> by</a>[1!] May.");
        check(said, &layers("“dry feet”"), &["“dry feet”"], "She promised <q#x><a>“dry feet”</a></q>[1!] by May.");
    }

    #[test]
    fn emphasis_is_cut_where_a_quotation_crosses_it() {
        let layers = [("“dry feet”", quote("x")), ("feet” by", Layer::Emphasis)];
        check("“dry feet” by May", &layers, &[], "<q#x>“dry <em>feet”</em></q><em> by</em> May");
    }

    #[test]
    fn a_line_break_stands_for_its_white_space() {
        let block = TextSpan::new(0, 11);
        let points = [chip(5, 1), Point::Break(TextSpan::new(5, 6))];
        let stretches = [Stretch { span: TextSpan::new(0, 5), layer: quote("x") }];
        assert_eq!(draw(&weave("first\nlines", block, &stretches, &points)), "<q#x>first</q>[1!]<br>lines");
    }

    #[test]
    fn markup_stands_around_what_it_touches() {
        let points = [
            Point::Html(0, "<b>".into()),
            Point::Html(5, "</b>".into()),
            Point::Html(5, "<i>".into()),
            chip(5, 1),
            Point::Html(9, "</i>".into()),
        ];
        let stretches = [
            Stretch { span: TextSpan::new(0, 5), layer: quote("x") },
            Stretch { span: TextSpan::new(5, 9), layer: Layer::Strong },
        ];
        let woven = weave("first end", TextSpan::new(0, 9), &stretches, &points);
        assert_eq!(draw(&woven), "{<b>}<q#x>first</q>{</b>}{<i>}[1!]<b> end</b>{</i>}");
    }

    #[test]
    fn a_chip_may_stand_after_a_line_break_that_ends_the_block() {
        let points = [chip(3, 1), Point::Break(TextSpan::new(2, 3))];
        assert_eq!(draw(&weave("ab\n", TextSpan::new(0, 3), &[], &points)), "ab<br>[1!]");
    }

    #[test]
    fn a_quotation_too_deep_keeps_its_address() {
        let text = "x".repeat(100);
        let block = TextSpan::new(0, 100);
        let mut stretches: Vec<Stretch> =
            (0..40).map(|i| Stretch { span: TextSpan::new(i, 100 - i), layer: Layer::Emphasis }).collect();
        stretches.push(Stretch { span: TextSpan::new(45, 55), layer: quote("deep") });
        let woven = draw(&weave(&text, block, &stretches, &[]));
        assert_eq!(woven.matches("<em>").count(), DEEPEST);
        assert!(woven.contains("<q#deep></q>"), "{woven}");
    }

    #[test]
    fn time_grows_with_the_text() {
        // A hundred thousand layers, each crossing the next, in one paragraph.
        let n = 100_000;
        let text = "ab ".repeat(n);
        let stretches: Vec<Stretch> = (0..n)
            .map(|i| Stretch {
                span: TextSpan::new(i * 3, i * 3 + 200),
                layer: if i % 2 == 0 { quote(&i.to_string()) } else { Layer::Emphasis },
            })
            .collect();
        let woven = weave(&text, TextSpan::new(0, text.len()), &stretches, &[]);
        assert_eq!(flat(&woven).len(), text.len());
    }

    fn flat(inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(text),
                Inline::Break => out.push('\n'),
                Inline::Chip(_) | Inline::Html(_) => {}
                Inline::Quote { words, .. }
                | Inline::Link(_, _, words)
                | Inline::Name(_, words)
                | Inline::Emphasis(words)
                | Inline::Strong(words)
                | Inline::Strikethrough(words)
                | Inline::Code(words)
                | Inline::Superscript(words)
                | Inline::Subscript(words)
                | Inline::Inserted(words)
                | Inline::Abbreviation(_, words)
                | Inline::Cue(words)
                | Inline::Dateline(words) => out.push_str(&flat(words)),
            }
        }
        out
    }

    /// What a tree must hold wherever layers lie: gathers ids, chips and anchors on the way down.
    #[derive(Default)]
    struct Survey {
        ids: Vec<Box<str>>,
        chips: Vec<(usize, bool)>,
        nested_anchors: usize,
        empty: usize,
    }

    impl Survey {
        fn visit(&mut self, inlines: &[Inline], in_anchor: bool) {
            for inline in inlines {
                match inline {
                    Inline::Text(text) => self.empty += usize::from(text.is_empty()),
                    Inline::Break | Inline::Html(_) => {}
                    Inline::Chip(chip) => {
                        self.chips.push((chip.number, chip.lead));
                        self.nested_anchors += usize::from(in_anchor);
                    }
                    Inline::Quote { id, words, .. } => {
                        self.empty += usize::from(id.is_none() && words.is_empty());
                        self.ids.extend(id.clone());
                        self.visit(words, in_anchor);
                    }
                    Inline::Link(_, _, words) | Inline::Name(_, words) => {
                        self.nested_anchors += usize::from(in_anchor);
                        self.visit(words, true);
                    }
                    Inline::Emphasis(words)
                    | Inline::Strong(words)
                    | Inline::Strikethrough(words)
                    | Inline::Code(words)
                    | Inline::Superscript(words)
                    | Inline::Subscript(words)
                    | Inline::Inserted(words)
                    | Inline::Abbreviation(_, words)
                    | Inline::Cue(words)
                    | Inline::Dateline(words) => {
                        self.empty += usize::from(words.is_empty());
                        self.visit(words, in_anchor);
                    }
                }
            }
        }
    }

    /// Layers anywhere over `len` letters; links and names do not overlap, as `Layers` sees to.
    fn layers(len: usize) -> impl Strategy<Value = Vec<Stretch>> {
        let plain = (0..=len, 0..=len, 0..6usize).prop_map(|(a, b, kind)| {
            let layer = match kind {
                0 => Layer::Emphasis,
                1 => Layer::Strong,
                2 => Layer::Cue,
                3 => Layer::Dateline,
                4 => Layer::Superscript,
                _ => Layer::Code,
            };
            Stretch { span: TextSpan::new(a, b), layer }
        });
        let quotes = prop::collection::vec((0..=len, 0..=len), 0..12).prop_map(|spans| {
            let quote = |(i, (a, b)): (usize, (usize, usize))| Stretch {
                span: TextSpan::new(a, b),
                layer: quote(&i.to_string()),
            };
            spans.into_iter().enumerate().map(quote).collect::<Vec<_>>()
        });
        let anchors = prop::collection::btree_set(0..=len, 0..8).prop_map(|cuts| {
            let cuts: Vec<usize> = cuts.into_iter().collect();
            let anchor = |(i, ends): (usize, &[usize])| Stretch {
                span: TextSpan::new(ends[0], ends[1]),
                layer: if i % 2 == 0 { link() } else { Layer::Name("/people/x/".into()) },
            };
            cuts.windows(2).enumerate().map(anchor).collect::<Vec<_>>()
        });
        (prop::collection::vec(plain, 0..12), quotes, anchors)
            .prop_map(|(plain, quotes, anchors)| [plain, quotes, anchors].concat())
    }

    proptest! {
        #[test]
        fn weaving_keeps_every_word_and_nests(
            (text, stretches, chips, breaks) in "[a-zé \n“”]{0,60}".prop_flat_map(|text| {
                let len = text.len();
                let breaks: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i).collect();
                (Just(text), layers(len), prop::collection::vec(0..=len, 0..6), Just(breaks))
            })
        ) {
            // Spans come on character boundaries, as the annotator's do.
            let floor = |at: u32| (0..=at as usize).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            let stretches: Vec<Stretch> = stretches
                .into_iter()
                .map(|s| Stretch { span: TextSpan::new(floor(s.span.start), floor(s.span.end)), ..s })
                .collect();
            let mut points: Vec<Point> =
                chips.iter().enumerate().map(|(i, at)| chip(floor(*at as u32) as u32, i + 1)).collect();
            points.extend(breaks.iter().map(|at| Point::Break(TextSpan::new(*at, at + 1))));
            let woven = weave(&text, TextSpan::new(0, text.len()), &stretches, &points);

            prop_assert_eq!(flat(&woven), &text[..]);
            let mut survey = Survey::default();
            survey.visit(&woven, false);
            prop_assert_eq!(survey.nested_anchors, 0, "{}", draw(&woven));
            prop_assert_eq!(survey.empty, 0, "{}", draw(&woven));
            let mut ids = survey.ids.clone();
            ids.sort();
            ids.dedup();
            let n_quotes = stretches.iter().filter(|s| matches!(s.layer, Layer::Quote { .. })).count();
            prop_assert_eq!((ids.len(), survey.ids.len()), (n_quotes, n_quotes), "{}", draw(&woven));
            prop_assert_eq!(survey.chips.len(), chips.len());
            let leads: Vec<bool> = survey.chips.iter().map(|(_, lead)| *lead).collect();
            prop_assert!(leads.iter().enumerate().all(|(i, lead)| *lead == (i == 0)));
        }
    }
}
