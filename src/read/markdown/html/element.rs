//! What becomes of each HTML element in a report.

use crate::model::MarkKind;

/// What an element is to a report.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Element {
    /// A mark over its words.
    Mark(MarkKind),
    /// A link, where its address is allowed.
    Link,
    /// `<abbr>`: a mark where it has a title.
    Abbreviation,
    /// `<q>`: its words get quotation marks, as browsers show them.
    Quotation,
    /// `<br>`
    Break,
    /// `<hr>`
    Rule,
    /// `<img>`
    Image,
    /// Kept as a block of its own, under this name.
    Block(&'static str),
    /// A piece of a table, kept inside one.
    TablePart(&'static str),
    /// Says nothing to a reader and nothing is lost without it.
    Nothing,
    /// Falls with all that is in it.
    Hidden(&'static str),
    /// Falls; what is in it stays, apart from what stands before and behind.
    Boundary,
    /// Falls; what is in it stays.
    Plain,
    /// No element at all: "the committee for `<name>`".
    Unknown,
}

/// Elements by their names in lower case.
pub(super) fn element(name: &str) -> Element {
    use Element as E;
    // Names are short; a longer one is none of these.
    let mut lower = [0; 24];
    let Some(lower) = lower.get_mut(..name.len()) else { return E::Unknown };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match std::str::from_utf8(lower).unwrap_or_default() {
        // What browsers set in italics: stress, titles of works, terms, variables.
        "em" | "i" | "cite" | "dfn" | "var" => E::Mark(MarkKind::Emphasis),
        "strong" | "b" => E::Mark(MarkKind::Strong),
        "s" | "del" | "strike" => E::Mark(MarkKind::Strikethrough),
        "ins" => E::Mark(MarkKind::Inserted),
        "sub" => E::Mark(MarkKind::Subscript),
        "sup" => E::Mark(MarkKind::Superscript),
        "code" | "kbd" | "samp" | "tt" => E::Mark(MarkKind::Code),
        "abbr" => E::Abbreviation,
        "a" => E::Link,
        "q" => E::Quotation,
        "br" => E::Break,
        "hr" => E::Rule,
        "img" => E::Image,
        "p" => E::Block("p"),
        "h1" => E::Block("h1"),
        "h2" => E::Block("h2"),
        "h3" => E::Block("h3"),
        "h4" => E::Block("h4"),
        "h5" => E::Block("h5"),
        "h6" => E::Block("h6"),
        "ul" => E::Block("ul"),
        "ol" => E::Block("ol"),
        "li" => E::Block("li"),
        "blockquote" => E::Block("blockquote"),
        "pre" => E::Block("pre"),
        // Holds a picture and its caption, which are blocks of their own.
        "figure" => E::Block("div"),
        "figcaption" => E::Block("figcaption"),
        "table" => E::Block("table"),
        "thead" => E::TablePart("thead"),
        "tbody" => E::TablePart("tbody"),
        "tfoot" => E::TablePart("tfoot"),
        "tr" => E::TablePart("tr"),
        "td" => E::TablePart("td"),
        "th" => E::TablePart("th"),
        "wbr" | "col" | "colgroup" => E::Nothing,
        "script" => E::Hidden("script"),
        "style" => E::Hidden("style"),
        "iframe" => E::Hidden("iframe"),
        "object" => E::Hidden("object"),
        "applet" => E::Hidden("applet"),
        "template" => E::Hidden("template"),
        "audio" => E::Hidden("audio"),
        "video" => E::Hidden("video"),
        "canvas" => E::Hidden("canvas"),
        "noembed" => E::Hidden("noembed"),
        "noframes" => E::Hidden("noframes"),
        "address" | "article" | "aside" | "body" | "button" | "caption" | "center" | "dd" | "details" | "dialog"
        | "dir" | "div" | "dl" | "dt" | "fieldset" | "footer" | "form" | "frameset" | "head" | "header" | "hgroup"
        | "html" | "legend" | "listing" | "main" | "menu" | "nav" | "noscript" | "option" | "plaintext" | "search"
        | "section" | "select" | "summary" | "textarea" | "title" | "xmp" => E::Boundary,
        "acronym" | "area" | "base" | "basefont" | "bdi" | "bdo" | "bgsound" | "big" | "blink" | "data"
        | "datalist" | "embed" | "font" | "frame" | "image" | "input" | "isindex" | "keygen" | "label" | "link"
        | "map" | "mark" | "marquee" | "meta" | "meter" | "nobr" | "optgroup" | "output" | "param" | "picture"
        | "portal" | "progress" | "rb" | "rp" | "rt" | "rtc" | "ruby" | "slot" | "small" | "source" | "span"
        | "time" | "track" | "u" => E::Plain,
        // Drawings and formulas: their words stay.
        "svg" | "g" | "defs" | "desc" | "text" | "tspan" | "path" | "use" | "circle" | "rect" | "line" | "polygon"
        | "polyline" | "ellipse" | "symbol" | "animate" | "set" | "math" | "semantics" | "annotation" | "mi" | "mn"
        | "mo" | "ms" | "mtext" | "mrow" | "msup" | "msub" | "mfrac" | "msqrt" | "mstyle" | "mtable" | "mtr"
        | "mtd" | "mglyph" | "foreignobject" | "clippath" | "lineargradient" | "annotation-xml" => E::Plain,
        // Of other vocabularies, as word processors leave them.
        name if name.contains(':') => E::Plain,
        _ => E::Unknown,
    }
}

/// Whether an element stays, and so may have attributes that fall.
pub(super) fn stays(element: &Element) -> bool {
    use Element as E;
    !matches!(element, E::Nothing | E::Hidden(_) | E::Boundary | E::Plain | E::Unknown)
}

/// Whether what is in a hidden element is no markup to browsers, so that none is in another of its kind.
pub(super) fn is_code(name: &str) -> bool {
    matches!(name, "script" | "style" | "iframe" | "noembed" | "noframes")
}

/// Attributes of an element that are kept, or that say nothing once the picture has been measured.
pub(super) fn keeps(element: &Element, attribute: &str) -> bool {
    let known: &[&str] = match element {
        Element::Link => &["href", "title"],
        Element::Abbreviation => &["title"],
        Element::Image => &["src", "alt", "title", "width", "height", "loading", "decoding"],
        _ => &[],
    };
    known.iter().any(|known| attribute.eq_ignore_ascii_case(known))
}

/// Where words that a tag parts must not become one word.
pub(super) fn parts_words(element: &Element) -> bool {
    use Element as E;
    matches!(element, E::Block(_) | E::TablePart(_) | E::Boundary | E::Rule)
}
