//! Markdown in, blocks and marks out. The body of each case stands under `+++\ntitle = "T"\ndate = 2031-11-14\n+++`.

use super::*;
use crate::config::Settings;
use crate::model::{BlockKind, ContainerKind, Encoding, MarkKind};
use std::fmt::Write as _;

pub(super) fn read(text: &str) -> Noted<Option<Article>> {
    let source = Source { path: "content/harbour/tunnel.md".into(), text: text.into(), encoding: Encoding::Utf8 };
    Markdown.read(&source, &Settings::default().read)
}

pub(super) fn body(text: &str) -> (Article, Vec<Diagnostic>) {
    let read = read(&format!("+++\ntitle = \"T\"\ndate = 2031-11-14\n+++\n{text}"));
    (read.value.expect("faultless front matter"), read.diagnostics)
}

/// Each block but the headline on a line: its containers, kind and words, marks written in.
pub(super) fn shown(article: &Article) -> String {
    let mut out = String::new();
    for block in article.blocks.iter().filter(|b| b.kind != BlockKind::Headline || article.furniture.headline.len() > 1)
    {
        let mut path = Vec::new();
        let mut within = block.within;
        while let Some(container) = within.and_then(|i| article.containers.get(i as usize)) {
            path.push(match container.kind {
                ContainerKind::List(None) => "list".to_owned(),
                ContainerKind::List(Some(n)) => format!("list{n}"),
                ContainerKind::Item => "item".to_owned(),
                ContainerKind::BlockQuote => "quote".to_owned(),
                ContainerKind::Table => "table".to_owned(),
                ContainerKind::Row => "row".to_owned(),
                ContainerKind::Cell(true) => "head".to_owned(),
                ContainerKind::Cell(false) => "cell".to_owned(),
            });
            within = container.parent;
        }
        path.reverse();
        let kind = match block.kind {
            BlockKind::Paragraph => String::new(),
            BlockKind::Crosshead(n) => format!("h{n}: "),
            other => format!("{other:?}: "),
        };
        let path = if path.is_empty() { String::new() } else { format!("{}> ", path.join("/")) };
        let _ = writeln!(out, "{path}{kind}{}", marked(article, block.span.range()));
    }
    out.trim_end_matches('\n').to_owned()
}

/// Words with their marks as brackets: `e(emphasised)`.
fn marked(article: &Article, range: std::ops::Range<usize>) -> String {
    let mut at: Vec<(usize, usize, String)> = Vec::new();
    for (i, mark) in article.marks.iter().enumerate() {
        let span = mark.span.range();
        if span.start < range.start || span.end > range.end {
            continue;
        }
        let name = match &mark.kind {
            MarkKind::Emphasis => "e".to_owned(),
            MarkKind::Strong => "s".to_owned(),
            MarkKind::Strikethrough => "x".to_owned(),
            MarkKind::Code => "c".to_owned(),
            MarkKind::Break => "br".to_owned(),
            MarkKind::Superscript => "sup".to_owned(),
            MarkKind::Subscript => "sub".to_owned(),
            MarkKind::Inserted => "ins".to_owned(),
            MarkKind::Abbreviation(title) => format!("{title:?}"),
            MarkKind::Html(markup) => {
                at.push((span.start, 1_000, markup.to_string()));
                continue;
            }
            MarkKind::Link(to, None) => format!("<{to}>"),
            MarkKind::Link(to, Some(title)) => format!("<{to} {title:?}>"),
        };
        at.push((span.start, 1_000 + i, format!("{name}(")));
        at.push((span.end, 1_000 - i, ")".to_owned()));
    }
    at.sort_by_key(|(place, order, _)| (*place, *order));
    let mut out = String::new();
    let mut from = range.start;
    for (place, _, sign) in at {
        out.push_str(&article.text[from..place]);
        out.push_str(&sign);
        from = place;
    }
    out + &article.text[from..range.end]
}

#[test]
fn blocks_and_marks() {
    let check = |markdown: &str, expected: &str| assert_eq!(shown(&body(markdown).0), expected, "{markdown}");
    check("One\ntwo.\n\nThree.", "One two.\nThree.");
    check("“A *very* **good** ~~day~~,” she said.", "“A e(very) s(good) x(day),” she said.");
    check("***both***", "e(s(both))");
    check("a `b` c", "a c(b) c");
    check("one  \ntwo\\\nthree<br>four", "onebr( )twobr( )threebr( )four");
    check("[Dr *Quill*](https://calder.example \"her page\")", "<https://calder.example \"her page\">(Dr e(Quill))");
    check("<desk@calder.example>", "<mailto:desk@calder.example>(desk@calder.example)");
    check("[ref]\n\n[ref]: /about/", "</about/>(ref)");
    check("## One\n\nx\n\n#### Two {#second}\n\n# Three", "h2: One\nx\nh4: Two\nh2: Three");
    check(
        "- a\n- *b*\n  - c\n\n3. d\n4. e",
        "list/item> a\nlist/item> e(b)\nlist/item/list/item> c\nlist3/item> d\nlist3/item> e",
    );
    check("- a\n\n- b\n\n  c", "list/item> a\nlist/item> b\nlist/item> c");
    check("> a\n>\n> > b\n\nc", "quote> a\nquote/quote> b\nc");
    check(
        "| A | B |\n|---|---|\n| *c* | |\n",
        "table/row/head> A\ntable/row/head> B\ntable/row/cell> e(c)\ntable/row/cell> ",
    );
    check("```\n  let x;\n\n  y\n```\n\n---\n\nz", "Code:   let x;\n\n  y\nRule: \nz");
    check("Words \"as\" -- written... 'so'", "Words \"as\" -- written... 'so'");
    check("a[^1] b\n\n[^1]: The note.\n", "a[^1] b\n[^1]: The note.");
    check("fish &amp; chips &copy; \\*not\\* &#x1F600;", "fish & chips © *not* 😀");
    check("- [ ] to do", "list/item> [ ] to do");
}

#[test]
fn addresses_are_checked() {
    let check = |markdown: &str, expected: &str, n: usize| {
        let (article, diagnostics) = body(markdown);
        assert_eq!(shown(&article), expected, "{markdown}");
        assert_eq!(diagnostics.iter().filter(|d| d.code == codes::ADDRESS_REFUSED).count(), n, "{markdown}");
    };
    check("[a](javascript:alert(1))", "a", 1);
    check("[a *b*](JAVA&#115;CRIPT:alert(1))", "a e(b)", 1);
    check("[a](java&#9;script:alert(1))", "a", 1);
    check("[a](&#1;javascript:x)", "a", 1);
    check("<javascript:x>", "javascript:x", 1);
    check("![the alt](data:image/png;base64,AAAA)", "the alt", 1);
    check("[a]()", "a", 0);
    let many = "[a](data:x) ".repeat(100);
    let (_, diagnostics) = body(&many);
    assert_eq!(diagnostics.len(), 21);
    assert_eq!(diagnostics[20].message, "80 more addresses that are not allowed");
}

#[test]
fn pictures_have_captions() {
    let check = |markdown: &str, expected: &str| {
        let (article, _) = body(markdown);
        let mut out = shown(&article);
        for photo in &article.photos {
            let caption = photo.caption.map(|span| span.of(&article.text));
            let credit = photo.credit.as_ref().map(|credit| &*credit.text);
            let _ = write!(out, "\n{:?} alt {:?} caption {caption:?} credit {credit:?}", photo.file, photo.alt);
        }
        assert_eq!(out.replace("Some(", "(").replace("None", "-"), expected, "{markdown}");
    };
    check("![A ferry](a.jpg)\n\nText.", "Alt(0): A ferry\nText.\n(\"a.jpg\") alt (\"A ferry\") caption - credit -");
    check("![](a.jpg)", "Alt(0): \n(\"a.jpg\") alt - caption - credit -");
    check(
        "![A ferry](a.jpg \"The Kittiwake. (Ola Brandt/Northsound)\")",
        "Caption(0): The Kittiwake. (Ola Brandt/Northsound)\n\
         (\"a.jpg\") alt (\"A ferry\") caption (\"The Kittiwake.\") credit (\"Ola Brandt/Northsound\")",
    );
    check(
        "![A ferry](a.jpg)\n\n*The* Kittiwake *at sea. (Ola Brandt/Northsound)*\n\nText.",
        "Caption(0): e(The) Kittiwake e(at sea. (Ola Brandt/Northsound))\nText.\n\
         (\"a.jpg\") alt (\"A ferry\") caption (\"The Kittiwake at sea.\") credit (\"Ola Brandt/Northsound\")",
    );
    check(
        "![A ferry](a.jpg)\n\n*The Kittiwake at sea.*\n\n*Not a caption.*",
        "Caption(0): The Kittiwake at sea.\ne(Not a caption.)\n\
         (\"a.jpg\") alt (\"A ferry\") caption (\"The Kittiwake at sea.\") credit -",
    );
    check(
        "![A ferry](a.jpg)\nThe Kittiwake. (Ola Brandt/Northsound)",
        "Caption(0): The Kittiwake. (Ola Brandt/Northsound)\n\
         (\"a.jpg\") alt (\"A ferry\") caption (\"The Kittiwake.\") credit (\"Ola Brandt/Northsound\")",
    );
    check(
        "Look at this: ![x](a.jpg) and that.\n\nThen ![y](b.jpg)",
        "Alt(0): x\nLook at this:  and that.\nThen\nAlt(1): y\n\
         (\"a.jpg\") alt (\"x\") caption - credit -\n(\"b.jpg\") alt (\"y\") caption - credit -",
    );
    check("> ![x](a.jpg)\n\n*Outside.*", "quote> Alt(0): x\ne(Outside.)\n(\"a.jpg\") alt (\"x\") caption - credit -");
    check("[![x](a%20b.jpg)](https://calder.example)", "Alt(0): x\n(\"a b.jpg\") alt (\"x\") caption - credit -");
}

#[test]
fn captions_are_read_as_wire_copy_has_them() {
    let check = |markdown: &str, expected: &str| {
        let (article, _) = body(markdown);
        let photo = &article.photos[0];
        let caption = photo.caption.map_or("-", |span| span.of(&article.text));
        let credit = photo.credit.clone().unwrap_or_default();
        let at = credit.span.map_or("-", |span| span.of(&article.text));
        let from_files = if photo.file_photo { " (from the files)" } else { "" };
        let (by, agency) = (credit.photographer.as_deref().unwrap_or("-"), credit.agency.as_deref().unwrap_or("-"));
        assert_eq!(format!("{caption} | {at} | {by} | {agency}{from_files}"), expected, "{markdown}");
    };
    check("![](a.jpg)\n\n*At sea. (Ola Brandt/PA)*", "At sea. | Ola Brandt/PA | Ola Brandt | PA");
    check("![](a.jpg)\n\n*At sea.*\n\nPhoto: Ola Brandt/PA\n\nText.", "At sea. | Ola Brandt/PA | Ola Brandt | PA");
    check("![](a.jpg)\n\nOla Brandt/Northsound\n\nText.", "- | Ola Brandt/Northsound | Ola Brandt | Northsound");
    check(
        "![](a.jpg)\nFILE PHOTO: At sea. REUTERS/Ola Brandt",
        "At sea. | REUTERS/Ola Brandt | Ola Brandt | Reuters (from the files)",
    );
    check("![](a.jpg)\n\nA paragraph (of the text) and nothing else.", "- | - | - | -");
}

#[test]
fn wire_furniture_in_the_body_is_found() {
    let check = |markdown: &str, expected: &str| assert_eq!(shown(&body(markdown).0), expected, "{markdown}");
    check(
        "By OLA BRANDT\n\nPORT ANSEL (Northsound) — The *ferry* sailed.\n\nOn time.\n\n---\n\n*Reporting by Ola Brandt; editing by Petra Voss*\n\nENDS",
        "Byline: By OLA BRANDT\nPORT ANSEL (Northsound) — The e(ferry) sailed.\nOn time.\nRule: \n\
         Endnote: e(Reporting by Ola Brandt; editing by Petra Voss)\nMeta: ENDS",
    );
    let (article, _) = body("By OLA BRANDT\n\nPORT ANSEL (Northsound) — The ferry sailed.");
    assert_eq!(article.furniture.dateline.map(|d| d.of(&article.text)), Some("PORT ANSEL (Northsound) —"));
    assert_eq!(article.furniture.agency.as_deref(), Some("Northsound"));
    assert_eq!(article.furniture.authors, ["Ola Brandt".into()]);
}

#[test]
fn front_matter_becomes_furniture() {
    let text = "+++\nheadline = \"A \\\"nuisance\\\", says Marsh\"\nkicker = 'Harbour'\nstandfirst = \"\"\"\nTwo\nlines.\"\"\"\n\
                date = 2031-11-14T17:20:00+01:00\nauthors = [\"Petra Voss\", \"Wilf Carrow\"]\ndateline = \"PORT ANSEL\"\n\
                [[photos]]\nfile = \"top.jpg\"\ncaption = \"On top.\"\ncredit = \"Ola Brandt/Northsound\"\n\
                [[photos]]\nfile = \"./in.jpg\"\ncaption = \"Inside.\"\nrights = \"Display only\"\n\
                [[corrections]]\ndate = 2031-11-16\ntext = \"Second.\"\n[[corrections]]\ndate = 2031-11-15\ntext = \"First.\"\n\
                +++\n# A “nuisance”, says Marsh\n\nShe *said* so.\n\n![in](in.jpg)\n";
    let read = read(text);
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    let article = read.value.expect("clean");
    assert_eq!(
        shown(&article),
        "Kicker: Harbour\nHeadline: A \"nuisance\", says Marsh\nStandfirst: Two lines.\nByline: Petra Voss, Wilf Carrow\n\
         Caption(0): On top.\nPORT ANSEL — She e(said) so.\nCaption(1): Inside."
    );
    let furniture = &article.furniture;
    assert_eq!(&*furniture.headline, "A \"nuisance\", says Marsh");
    assert_eq!(furniture.standfirst.as_deref(), Some("Two lines."));
    assert_eq!(furniture.dateline.map(|d| d.of(&article.text)), Some("PORT ANSEL —"));
    assert_eq!(furniture.section.as_deref(), Some("Harbour"));
    assert_eq!(&*furniture.corrections[0].text, "First.");
    assert_eq!(article.photos[0].credit.as_ref().map(|c| &*c.text), Some("Ola Brandt/Northsound"));
    assert_eq!(article.photos[1].rights.as_deref(), Some("Display only"));
    assert_eq!(&*article.slug, "tunnel");
    // A finding in the standfirst or in the text can be shown in the file.
    let at = |words: &str| {
        let start = article.text.find(words).expect(words);
        article.file_span(crate::text::TextSpan::new(start, start + words.len())).of(text).to_owned()
    };
    assert_eq!(at("lines."), "lines.");
    assert_eq!(at("PORT"), "PORT");
    assert_eq!(at("She"), "She");
    assert_eq!(at("Inside."), "Inside.");
}

#[test]
fn crossheads_open_parts() {
    let (article, _) = body("a\n\n## One\n\nb\n\n> ## Inner\n\n## One\n\n### *Own* {#mine}\n\nc");
    let parts: Vec<_> = article.parts.iter().map(|p| (&*p.id, p.blocks)).collect();
    assert_eq!(parts, [("", (1, 2)), ("one", (2, 5)), ("one-2", (5, 6)), ("mine", (6, 8))]);
}

#[test]
fn a_file_without_front_matter_is_read() {
    let read = read("# The *headline*\n\nText.");
    let article = read.value.expect("no front matter is no fault");
    assert_eq!(&*article.furniture.headline, "The headline");
    let told: Vec<_> = read.diagnostics.iter().map(|d| d.code.name()).collect();
    assert_eq!(told, ["date-missing"]);
    assert_eq!(shown(&article), "Headline: The e(headline)\nText.");
}

#[test]
fn nesting_and_size_cost_no_more_than_their_length() {
    let n = 100_000;
    for text in [
        ">".repeat(n),
        "- ".repeat(n),
        "1. ".repeat(n / 3),
        "*".repeat(n),
        "*a ".repeat(n / 3) + &"b* ".repeat(n / 3),
        "[".repeat(n),
        "![".repeat(n / 2) + &"](a)".repeat(n / 2),
        "<!-- ".repeat(n / 5),
        "<b>".repeat(n / 3),
        "[a](data:x)".repeat(n / 10),
        "|".repeat(n) + "\n|-|-|",
        "&amp;".repeat(n / 5),
        "# a\n".repeat(n / 4),
        "![a](b.jpg)\n".repeat(n / 12),
    ] {
        let (article, _) = body(&text);
        let deepest = article.containers.iter().enumerate().all(|(i, c)| c.parent.is_none_or(|p| (p as usize) < i));
        assert!(deepest, "a container's parent stands before it");
    }
}
