//! A report's body, from its file to HTML. Used by the property tests and by the fuzz targets (`fuzz/`).

use super::{html, sound};
use onrecord::annotate;
use onrecord::archive::{self, OneByOne, Pictures};
use onrecord::config::Settings;
use onrecord::model::{Annotations, Article, Authority, BlockKind};
use onrecord::render::weave::{Run, weave};
use onrecord::view::{self, BlockView, Inline, PageKey, PageView};

/// A report's body, drawn.
pub(crate) struct Woven {
    /// The words of its blocks, figures left out.
    pub(crate) plain: String,
    /// Its HTML, figures left out.
    pub(crate) html: String,
}

/// Draws the body of an article that is alone in its archive; none where it has no page.
pub(crate) fn draw(article: &Article, annotations: &Annotations) -> Option<Woven> {
    let settings = Settings::default();
    let facts = annotate::facts(article, annotations);
    let archive = archive::join(
        vec![facts.into()],
        Vec::new(),
        &Authority::default(),
        &Pictures::default(),
        &settings.site,
        &OneByOne,
    )
    .value;
    let keys = view::plan(&archive, &settings);
    let key = keys.iter().find(|key| matches!(key, PageKey::Article(_)))?;
    let page = view::page(key, &archive, Some((article, annotations)), &settings);
    let PageView::Article(view) = page.view else { panic!("the key of an article gives an article") };
    let mut plain = String::new();
    words_of(&view.body, &mut plain);
    let mut html = String::new();
    for run in weave(&view.body, &settings.site.words) {
        if let Run::Html(run) = run {
            html.push_str(&run);
        }
    }
    Some(Woven { plain, html })
}

/// Text in is text out: the words of the body stand in its HTML once and in order, between elements of ours.
pub(crate) fn check(article: &Article, annotations: &Annotations) {
    let Some(Woven { plain, html: woven }) = draw(article, annotations) else { return };
    let tags = html::tags(&woven);
    assert!(tags.iter().all(|tag| ALLOWED.contains(&&*tag.name)), "only our own elements: {woven}");
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(letters(&html::words(&without_chips(&woven))), letters(&plain), "text in is text out");
    let body = article.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Crosshead(_)));
    sound::holds_in_order(&plain, body.map(|block| block.span.of(&article.text)));
}

/// The elements that a body may hold.
pub(crate) const ALLOWED: [&str; 31] = [
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "pre",
    "code",
    "hr",
    "br",
    "em",
    "strong",
    "s",
    "sub",
    "sup",
    "ins",
    "abbr",
    "span",
    "a",
    "small",
];

/// Takes out what is added behind quotations.
fn without_chips(woven: &str) -> String {
    let mut out = String::with_capacity(woven.len());
    let mut rest = woven;
    while let Some(at) = rest.find("<a class=\"chip ") {
        out.push_str(&rest[..at]);
        let end = rest[at..].find("</a>").expect("a chip's end");
        rest = &rest[at + end + "</a>".len()..];
    }
    out + rest
}

/// The words of a body, figures left out.
fn words_of(blocks: &[BlockView], out: &mut String) {
    for block in blocks {
        match block {
            BlockView::Paragraph(words) | BlockView::Crosshead(_, _, words) => inlines(words, out),
            BlockView::List(_, items) => items.iter().for_each(|item| words_of(item, out)),
            BlockView::BlockQuote(inner) => words_of(inner, out),
            BlockView::Table(rows) => rows.iter().flatten().for_each(|(_, cell)| words_of(cell, out)),
            BlockView::Code(text) => out.push_str(text),
            BlockView::Figure(_) | BlockView::Html(_) | BlockView::Rule => {}
        }
        out.push(' ');
    }
}

fn inlines(words: &[Inline], out: &mut String) {
    for inline in words {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Emphasis(words)
            | Inline::Strong(words)
            | Inline::Strikethrough(words)
            | Inline::Code(words)
            | Inline::Superscript(words)
            | Inline::Subscript(words)
            | Inline::Inserted(words)
            | Inline::Abbreviation(_, words)
            | Inline::Link(_, _, words)
            | Inline::Dateline(words)
            | Inline::Quote { words, .. }
            | Inline::Cue(words)
            | Inline::Name(_, words) => inlines(words, out),
            Inline::Break => out.push(' '),
            Inline::Chip(_) | Inline::Html(_) => {}
        }
    }
}
