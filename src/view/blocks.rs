//! The body's blocks as a tree: paragraphs, crossheads and figures in their lists, block quotes and tables.

use super::layers::Layers;
use super::slots::UNNAMED;
use super::weave::weave;
use super::{BlockView, FigureView, Inline};
use crate::model::{Article, BlockKind, Container, ContainerKind};

/// Containers in containers; deeper ones are taken for the one at this depth. Pages nested further were
/// never meant, and a shallow tree can be walked by recursion.
const DEEPEST: usize = 16;

/// Builds the body. `figure` draws the photo of that number; each is drawn once, in the order shown.
///
/// A photo stands where its caption stands; without one, where the article named its file, else at the head.
/// Furniture, alt lines, credit lines and endnotes are left out: they are shown elsewhere. `anchors` are
/// addresses of quotations in such lines; they stand before the first words of the body.
pub(super) fn body(
    article: &Article,
    layers: &Layers,
    mut anchors: Vec<Box<str>>,
    mut figure: impl FnMut(usize) -> FigureView,
) -> Vec<BlockView> {
    let mut tree = Tree::new(&article.containers);
    let mut drawn = vec![false; article.photos.len()];
    let mut draw = |photo: usize| match drawn.get_mut(photo) {
        Some(drawn) if !*drawn => {
            *drawn = true;
            Some(BlockView::Figure(Box::new(figure(photo))))
        }
        _ => None,
    };
    let loose = loose_photos(article);
    let mut loose = loose.iter().peekable();
    let mut before = None;
    for (i, block) in article.blocks.iter().enumerate() {
        while let Some((_, photo)) = loose.next_if(|(at, _)| *at <= i) {
            let within = tree.shared(before, block.within);
            tree.put(within, draw(*photo));
        }
        let words = || {
            let (stretches, points) = layers.of(block.span);
            weave(&article.text, block.span, stretches, points)
        };
        let view = match block.kind {
            BlockKind::Paragraph => {
                let empty = |id| Inline::Quote { id: Some(id), direct: false, slot: UNNAMED.into(), words: Vec::new() };
                let anchors = std::mem::take(&mut anchors).into_iter().map(empty);
                Some(BlockView::Paragraph(anchors.chain(words()).collect()))
            }
            BlockKind::Crosshead(depth) => Some(BlockView::Crosshead(depth, part_id(article, i), words())),
            BlockKind::Caption(photo) => draw(photo as usize),
            BlockKind::Code => Some(BlockView::Code(article.words_of(block).into())),
            BlockKind::Html => Some(BlockView::Html(article.words_of(block).into())),
            BlockKind::Rule => Some(BlockView::Rule),
            BlockKind::Kicker
            | BlockKind::Headline
            | BlockKind::Standfirst
            | BlockKind::Byline
            | BlockKind::Meta
            | BlockKind::Alt(_)
            | BlockKind::CreditLine
            | BlockKind::Endnote => continue,
        };
        tree.put(block.within, view);
        before = block.within;
    }
    for (_, photo) in loose {
        tree.put(None, draw(*photo));
    }
    tree.finish()
}

/// Photos without a caption, each with the block before which it stands; sorted by that block.
fn loose_photos(article: &Article) -> Vec<(usize, usize)> {
    let mut captioned = vec![false; article.photos.len()];
    let mut alt_at = vec![None; article.photos.len()];
    for (i, block) in article.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Caption(photo) => {
                if let Some(captioned) = captioned.get_mut(photo as usize) {
                    *captioned = true;
                }
            }
            BlockKind::Alt(photo) => {
                if let Some(at) = alt_at.get_mut(photo as usize) {
                    *at = Some(i);
                }
            }
            _ => {}
        }
    }
    let first = article.blocks.iter().position(|b| is_body(b.kind)).unwrap_or(article.blocks.len());
    let starts: Vec<u32> = article.blocks.iter().map(|b| article.file_span(b.span).start).collect();
    let mut loose: Vec<(usize, usize)> = (0..article.photos.len())
        .filter(|photo| !captioned[*photo])
        .map(|photo| {
            let file_at = article.photos[photo].file_at;
            let named_at = || starts.partition_point(|start| *start < file_at.start);
            let at = alt_at[photo].unwrap_or_else(|| if file_at.is_empty() { first } else { named_at() });
            (at.max(first), photo)
        })
        .collect();
    loose.sort();
    loose
}

fn is_body(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Crosshead(_) | BlockKind::Code | BlockKind::Html | BlockKind::Rule)
}

/// The address of the part that a crosshead opens; empty where it opens none.
fn part_id(article: &Article, block: usize) -> Box<str> {
    let part = article.parts.partition_point(|p| (p.blocks.0 as usize) <= block);
    // Parts are sorted; the one that holds the block is the last to begin at or before it.
    part.checked_sub(1)
        .map(|i| &article.parts[i])
        .filter(|p| p.crosshead.is_some_and(|c| c as usize == block))
        .map(|p| p.id.clone())
        .unwrap_or_default()
}

/// Blocks and containers as they come, then folded into views.
struct Tree<'a> {
    containers: &'a [Container],
    /// For each container, itself or the nearest around it that is not too deep.
    home: Vec<usize>,
    /// For each container, the home of the one around it.
    parent: Vec<Option<usize>>,
    /// What stands directly in each container; at the end, what stands in none.
    children: Vec<Vec<Child>>,
    /// Whether a container stands among its parent's children.
    placed: Vec<bool>,
}

enum Child {
    Block(BlockView),
    Container(usize),
}

impl<'a> Tree<'a> {
    fn new(containers: &'a [Container]) -> Self {
        let mut tree = Self {
            containers,
            home: Vec::with_capacity(containers.len()),
            parent: Vec::with_capacity(containers.len()),
            children: (0..=containers.len()).map(|_| Vec::new()).collect(),
            placed: vec![false; containers.len()],
        };
        let mut depths = Vec::with_capacity(containers.len());
        for (i, container) in containers.iter().enumerate() {
            let around = container.parent.map(|p| p as usize).filter(|p| *p < i);
            let depth = around.map_or(0, |p| depths[p] + 1);
            depths.push(depth);
            let parent = around.map(|p| tree.home[p]);
            tree.home.push(parent.filter(|_| depth >= DEEPEST).unwrap_or(i));
            tree.parent.push(parent);
            // An empty cell keeps its place: a table's columns count. So do rows and items.
            if depth < DEEPEST && tree.is_piece(i) {
                tree.place(i);
            }
        }
        tree
    }

    /// Whether a container is an item of a list, a row of a table or a cell of a row.
    fn is_piece(&self, container: usize) -> bool {
        let parent = self.parent[container].map(|p| self.containers[p].kind);
        matches!(
            (self.containers[container].kind, parent),
            (ContainerKind::Item, Some(ContainerKind::List(_)))
                | (ContainerKind::Row, Some(ContainerKind::Table))
                | (ContainerKind::Cell(_), Some(ContainerKind::Row))
        )
    }

    fn place(&mut self, container: usize) {
        if !std::mem::replace(&mut self.placed[container], true) {
            let parent = self.parent[container].unwrap_or(self.containers.len());
            self.children[parent].push(Child::Container(container));
        }
    }

    /// A container and those around it, innermost first.
    fn around(&self, within: Option<u32>) -> impl Iterator<Item = usize> + use<'_, 'a> {
        let home = within.and_then(|w| self.home.get(w as usize)).copied();
        std::iter::successors(home, |c| self.parent[*c])
    }

    fn put(&mut self, within: Option<u32>, view: Option<BlockView>) {
        let Some(view) = view else { return };
        let around: Vec<usize> = self.around(within).collect();
        let at = around.first().copied().unwrap_or(self.containers.len());
        self.children[at].push(Child::Block(view));
        for container in around {
            self.place(container);
        }
    }

    /// The innermost container that holds both places and may hold blocks.
    fn shared(&self, one: Option<u32>, other: Option<u32>) -> Option<u32> {
        let one: Vec<usize> = self.around(one).collect();
        self.around(other)
            .find(|c| {
                let kind = self.containers[*c].kind;
                one.contains(c) && !matches!(kind, ContainerKind::List(_) | ContainerKind::Table | ContainerKind::Row)
            })
            .and_then(|c| u32::try_from(c).ok())
    }

    fn finish(mut self) -> Vec<BlockView> {
        self.blocks(self.containers.len())
    }

    /// Folds what stands in a container into blocks; no deeper than [`DEEPEST`].
    fn blocks(&mut self, container: usize) -> Vec<BlockView> {
        let mut blocks = Vec::new();
        for child in std::mem::take(&mut self.children[container]) {
            match child {
                Child::Block(block) => blocks.push(block),
                Child::Container(i) => match self.containers[i].kind {
                    ContainerKind::List(first) => blocks.push(BlockView::List(first, self.pieces(i, Self::item))),
                    ContainerKind::BlockQuote => blocks.push(BlockView::BlockQuote(self.blocks(i))),
                    ContainerKind::Table => blocks.push(BlockView::Table(self.pieces(i, Self::row))),
                    // A piece outside what it is a piece of: its blocks stand for themselves.
                    ContainerKind::Item | ContainerKind::Row | ContainerKind::Cell(_) => blocks.extend(self.blocks(i)),
                },
            }
        }
        blocks
    }

    /// Folds each piece of a list, table or row; a block that is in none becomes a piece of its own.
    fn pieces<T>(&mut self, container: usize, fold: impl Fn(&mut Self, Child) -> T) -> Vec<T> {
        std::mem::take(&mut self.children[container]).into_iter().map(|child| fold(self, child)).collect()
    }

    fn item(&mut self, child: Child) -> Vec<BlockView> {
        match child {
            Child::Block(block) => vec![block],
            Child::Container(i) => self.blocks(i),
        }
    }

    fn row(&mut self, child: Child) -> Vec<(bool, Vec<BlockView>)> {
        match child {
            Child::Container(i) if self.containers[i].kind == ContainerKind::Row => self.pieces(i, Self::cell),
            other => vec![self.cell(other)],
        }
    }

    fn cell(&mut self, child: Child) -> (bool, Vec<BlockView>) {
        let heading = matches!(child, Child::Container(i) if self.containers[i].kind == ContainerKind::Cell(true));
        (heading, self.item(child))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::draw;
    use super::*;
    use crate::model::{Annotations, Block, Photo};
    use crate::text::{FileSpan, TextSpan};

    /// Draws blocks in one line.
    fn lay(blocks: &[BlockView]) -> String {
        let one = |block: &BlockView| match block {
            BlockView::Paragraph(words) => draw(words),
            BlockView::Crosshead(depth, _, words) => format!("h{depth} {}", draw(words)),
            BlockView::Figure(figure) => format!("figure {}", figure.id),
            BlockView::List(first, items) => {
                let items: Vec<String> = items.iter().map(|item| lay(item)).collect();
                format!("{}({})", first.map_or("ul".to_owned(), |n| format!("ol{n}")), items.join(" | "))
            }
            BlockView::BlockQuote(blocks) => format!("quote({})", lay(blocks)),
            BlockView::Table(rows) => {
                let cell = |(heading, blocks): &(bool, Vec<BlockView>)| {
                    format!("{}{}", if *heading { "*" } else { "" }, lay(blocks))
                };
                let row = |row: &Vec<_>| row.iter().map(cell).collect::<Vec<_>>().join(" | ");
                format!("table({})", rows.iter().map(row).collect::<Vec<_>>().join(" // "))
            }
            BlockView::Code(text) => format!("code {text}"),
            BlockView::Html(text) => format!("html {text}"),
            BlockView::Rule => "rule".to_owned(),
        };
        blocks.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    /// An article of blocks, each with its kind, its words and its container.
    fn article(blocks: &[(BlockKind, &str, Option<u32>)], containers: &[(ContainerKind, Option<u32>)]) -> Article {
        let mut article = Article::default();
        let mut text = String::new();
        for (kind, words, within) in blocks {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(words);
            article.blocks.push(Block { kind: *kind, span: TextSpan::new(start, text.len()), within: *within });
        }
        // The file is the text, so that places in both are the same.
        article.runs =
            vec![crate::model::Run { text: TextSpan::new(0, text.len()), file: FileSpan::new(0, text.len()) }];
        article.text = text.into();
        article.containers =
            containers.iter().map(|(kind, parent)| Container { kind: *kind, parent: *parent }).collect();
        article
    }

    #[track_caller]
    fn check(article: &Article, expected: &str) {
        let layers = Layers::new(article, &Annotations::default(), &[], Vec::new());
        let figure = |photo: usize| FigureView { id: photo.to_string().into(), ..FigureView::default() };
        assert_eq!(lay(&body(article, &layers, Vec::new(), figure)), expected);
    }

    use BlockKind::{Alt, Caption, Code, CreditLine, Crosshead, Endnote, Headline, Meta, Paragraph, Rule};
    use ContainerKind::{BlockQuote, Cell, Item, List, Row, Table};

    #[test]
    fn furniture_is_not_in_the_body() {
        let blocks = [
            (Headline, "Tunnel", None),
            (Meta, "5 Min Read", None),
            (Paragraph, "It opens.", None),
            (Crosshead(2), "Joints", None),
            (Code, "a\nb", None),
            (Rule, "", None),
            (CreditLine, "NORTHSOUND", None),
            (Endnote, "Reporting by Ola Brandt", None),
        ];
        check(&article(&blocks, &[]), "It opens. h2 Joints code a\nb rule");
    }

    #[test]
    fn lists_block_quotes_and_tables_nest() {
        let containers =
            [(List(Some(3)), None), (Item, Some(0)), (List(None), Some(1)), (Item, Some(2)), (Item, Some(0))];
        let blocks = [
            (Paragraph, "before", None),
            (Paragraph, "one", Some(1)),
            (Paragraph, "inner", Some(3)),
            (Paragraph, "two", Some(4)),
            (Paragraph, "after", None),
        ];
        check(&article(&blocks, &containers), "before ol3(one ul(inner) | two) after");
        check(&article(&[(Paragraph, "said", Some(0))], &[(BlockQuote, None)]), "quote(said)");
    }

    #[test]
    fn an_empty_cell_keeps_its_place() {
        let cells = [(Table, None), (Row, Some(0)), (Cell(true), Some(1)), (Cell(true), Some(1)), (Row, Some(0))];
        let cells = [&cells[..], &[(Cell(false), Some(4)), (Cell(false), Some(4))]].concat();
        let blocks = [(Paragraph, "Crossing", Some(2)), (Paragraph, "toll", Some(3)), (Paragraph, "free", Some(6))];
        check(&article(&blocks, &cells), "table(*Crossing | *toll //  | free)");
    }

    #[test]
    fn blocks_outside_their_pieces_are_kept() {
        check(&article(&[(Paragraph, "loose", Some(0))], &[(List(None), None)]), "ul(loose)");
        check(&article(&[(Paragraph, "loose", Some(0))], &[(Row, None)]), "loose");
        check(&article(&[(Paragraph, "lost", Some(7))], &[]), "lost");
    }

    #[test]
    fn what_is_nested_too_deep_is_kept_where_it_is_not() {
        let containers: Vec<_> = (0..100_000).map(|i: u32| (BlockQuote, i.checked_sub(1))).collect();
        let article = article(&[(Paragraph, "deep", Some(99_999))], &containers);
        check(&article, &format!("{}deep{}", "quote(".repeat(DEEPEST), ")".repeat(DEEPEST)));
    }

    #[test]
    fn a_photo_stands_at_its_caption_its_alt_line_or_its_file() {
        let blocks = [
            (Paragraph, "first", None),
            (Alt(0), "a boat", None),
            (Caption(0), "The boat.", None),
            (Caption(0), "The boat.", None),
            (Paragraph, "second", None),
            (Alt(1), "a pump", None),
            (Paragraph, "third", None),
        ];
        let mut article = article(&blocks, &[]);
        let named = |at: usize| Photo { file_at: FileSpan::new(at, at + 1), ..Photo::default() };
        let third = article.blocks[6].span.start as usize;
        article.photos = vec![Photo::default(), Photo::default(), Photo::default(), named(third + 2)];
        check(&article, "figure 2 first figure 0 second figure 1 third figure 3");
    }
}
