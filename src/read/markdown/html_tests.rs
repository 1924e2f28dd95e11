//! Raw HTML in, blocks and marks out, and what is said of it.

use super::tests::{body, read, shown};
use super::*;
use crate::config::Settings;
use crate::model::{BlockKind, Encoding, MarkKind};
use crate::text::TextSpan;

/// Blocks and marks of some Markdown, and what was told of its HTML, in short.
#[track_caller]
fn check(markdown: &str, expected: &str, told: &[&str]) {
    let (article, diagnostics) = body(markdown);
    assert_eq!(shown(&article), expected, "{markdown}");
    let said: Vec<&str> = diagnostics
        .iter()
        .filter(|d| d.code != codes::ADDRESS_REFUSED)
        .map(|d| match d.code {
            codes::HTML_MENDED => &*d.message,
            code => d.message.strip_prefix("raw HTML is cleaned of ").unwrap_or(code.name()),
        })
        .collect();
    assert_eq!(said, told, "{markdown}");
}

#[test]
fn marks_of_html_are_marks() {
    check("a <b>c</b> <I>d</I>", "a s(c) e(d)", &[]);
    check(
        "CO<sub>2</sub>, m<sup>2</sup>, <ins>new</ins> <del>old</del> <kbd>x</kbd>",
        "COsub(2), msup(2), ins(new) x(old) c(x)",
        &[],
    );
    check("<abbr title=\"Port  Ansel\nTrust\">PAT</abbr>, <abbr>x</abbr>", "\"Port Ansel Trust\"(PAT), x", &[]);
    check(
        "<a href=\"https://calder.example/?a=1&amp;b\" title=x>y</a>",
        "<https://calder.example/?a=1&b \"x\">(y)",
        &[],
    );
    check("<a href=/x title='&#x202e;a&#27;[31m&#7;'>y</a>", "</x \"a[31m\">(y)", &[]);
    check("[y](/x \"t&#x202e;t &#x2069; &#27;[31m&#7;u\")", "</x \"tt [31mu\">(y)", &[]);
    check("[y](/x '&#x202e;')", "</x>(y)", &[]);
    check("one<br>two<br/>three<BR class=x>four", "onebr( )twobr( )threebr( )four", &["the attribute `class`"]);
    check("a<wbr>b", "ab", &[]);
    check("<q>We <q>sail</q></q>, she said", "“We ‘sail’”, she said", &[]);
    check("<q>We sail, she said", "“We sail, she said”", &[]);
    check("We sail</q>, she said", "We sail, she said", &[]);
    check("# A <b>b</b>\n\n| <i>a</i> | b |\n|---|---|\n", "h2: A s(b)\ntable/row/head> e(a)\ntable/row/head> b", &[]);
}

#[test]
fn marks_that_cross_are_nested() {
    check("*a <b>c* d</b> e", "e(a s(c))s( d) e", &[]);
    check("<b>a *c</b> d* e", "s(a e(c))e( d) e", &[]);
    check("<b>*a*</b> *<b>a</b>*", "s(e(a)) s(e(a))", &[]);
    check("<b>a <i>c</b> d</i> e", "s(a e(c))e( d) e", &[]);
    check("<b>never closed\n\nnext", "s(never closed)\nnext", &[]);
    check("never opened</b> x", "never opened x", &[]);
    check("<a href=/x>a <a href=/y>b</a> c</a>", "</x>(a )</y>(b) c", &[]);
    check("[a <a href=/y>b</a> c](/x)", "</x>(a )</y>(b) c", &[]);
    check("<b></b>a<b> </b>", "a", &[]);
    let deep = format!("{}x{}", "<b>".repeat(100), "</b>".repeat(100));
    check(&deep, &format!("{}x{}", "s(".repeat(16), ")".repeat(16)), &["`<b>`"]);
}

#[test]
fn what_runs_falls_with_all_that_is_in_it() {
    check("a <script>alert(1)</script> b", "a  b", &["`<script>` and all in it"]);
    check("<script>\nalert(1)\n\n*x*\n</script>\n\nx", "x", &["`<script>` and all in it"]);
    check(
        "a <STYLE>*b*</STYLE> c <iframe src=x>d</iframe> e",
        "a  c  e",
        &["`<style>` and all in it, `<iframe>` and all in it"],
    );
    check("*a <object>b* ![c](c.jpg) <b>d</b> </object> e</b>", "e(a ) e", &["`<object>` and all in it"]);
    check("<template>a <template>b</template> c</template> d", " d".trim(), &["`<template>` and all in it"]);
    check("<div><video>a<video>b</video>c</video>d</div>", "d", &["`<div>`, `<video>` and all in it"]);
    check(
        "<?php echo 1 ?>\n\nx <!DOCTYPE y> <![CDATA[z]]>",
        "x",
        &["`<?php` to `?>`, `<!DOCTYPE` to `>`, `<![CDATA[` to `]]>`"],
    );
    check("a <script>\"<script>\"</script> b", "a  b", &["`<script>` and all in it"]);
    check(
        "a <object>b <video>c <object>d</object> e</video> f</object> g <template>h <style>i</template>",
        "a  g",
        &["`<video>` and all in it, `<object>` and all in it, `<template>` and all in it"],
    );
    check("a <object>b <script>c</script> d", "a b  d", &["`<script>` and all in it, `<object>`"]);
    // Nothing is lost where the end is missing.
    check("a <script>alert(1) and words", "a alert(1) and words", &["`<script>`"]);
    check("<style>\nb\n\n- c", "b\n- c", &["`<style>`"]);
}

#[test]
fn what_says_nothing_falls_and_its_words_stay() {
    check("a <span class=x>b</span> <font color=red>c</font>", "a b c", &["`<span>`, `<font>`"]);
    check("<b onclick=alert(1) style='x'>b</b>", "s(b)", &["the attributes `onclick`, `style`"]);
    check("a<div>b</div>c", "a b c", &["`<div>`"]);
    check("<form action=/x><input name=y><button>Go</button></form>", "Go", &["`<form>`, `<input>`, `<button>`"]);
    check(
        "<a href=\"javascript:alert(1)\">b</a> <a name=x>c</a> <a href='&#106;avascript:x'>d</a>",
        "b c d",
        &["`<a>`"],
    );
    check("<svg onload=x><g>a</g></svg> <math><mi>b</mi></math>", "a b", &["`<svg>`, `<g>`, `<math>`, `<mi>`"]);
    check("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">a", "a", &["`<noscript>`, `<p>`"]);
    check(
        "<big><dfn><bdi><u><rt><nobr><rp><small><mark><time>x",
        "e(x)",
        &["`<big>`, `<bdi>`, `<u>`, `<rt>`, `<nobr>`, `<rp>`, `<small>`, `<mark>` and more"],
    );
    check(
        "<p>a <o:p>b</o:p> <my-chart data=x>c</my-chart> <tag x='y'>d",
        "a b c d",
        &["`<o:p>`, `<my-chart>`, `<tag>`"],
    );
}

#[test]
fn what_only_looks_like_a_tag_is_words() {
    check("They wanted <none>.", "They wanted <none>.", &["html-escaped"]);
    check("the <name of\nthe *minister*> and </name>", "the <name of the e(minister)> and </name>", &[]);
    check("the <sub-editor> and </sub-editor>", "the <sub-editor> and </sub-editor>", &["html-escaped"]);
    check("the <name of\nthe minister>", "the <name of the minister>", &["html-escaped"]);
    check("<div>the <name> and </name></div>", "the <name> and </name>", &["`<div>`", "html-escaped"]);
}

#[test]
fn blocks_of_html_are_blocks() {
    check("<p>One <em>two</em>\nthree.</p>\n<p>Four", "One e(two) three.\nFour", &[]);
    check("<h3>One</h3>\n<hr>\n<h1>Two</h1>", "h3: One\nRule: \nh2: Two", &[]);
    check(
        "<ul>\n<li>a\n<li><b>b</b>\n<ol><li>c</ol>\n</ul>",
        "list/item> a\nlist/item> s(b)\nlist/item/list1/item> c",
        &[],
    );
    check("<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>", "quote> a\nquote> b", &[]);
    check(
        "<table>\n<thead><tr><th>A</th><th></th></tr></thead>\n<tr><td>b<td><p>c</p></table>",
        "table/row/head> A\ntable/row/head> \ntable/row/cell> b\ntable/row/cell> c",
        &[],
    );
    check("<pre>\n  let x = &lt;1&gt;;\n\n  y</pre>", "Code:   let x = <1>;\n\n  y", &[]);
    check("<div>a</div><div>b <section>c</section> d</div>", "a\nb\nc\nd", &["`<div>`, `<section>`"]);
    check(
        "<p onclick=x>a <?xml version=1?><!ELEMENT b><![CDATA[c]]><font color=red style=x>b",
        "a b",
        &["`<?xml` to `?>`, `<!ELEMENT` to `>`, `<![CDATA[` to `]]>`, `<font>`, the attribute `onclick`"],
    );
    check("<p>a <b>c</p>\n<p>d</b> e</p>", "a s(c)\nd e", &[]);
    check("<p>fish &amp; chips &copy; &bogus; 4 < 5 &</p>", "fish & chips © &bogus; 4 < 5 &", &[]);
    check("> <div>\n> a\n> </div>\n\n- <p>b", "quote> a\nlist/item> b", &["`<div>`"]);
    check("<table>a<tr><td>b</td>c</tr></table>", "a\ntable/row/cell> b\ntable/row/cell> c", &[]);
    check(
        "<table><caption>a</caption>\n<tr> <b> <td>b</b></td> <form><br><td>c",
        "a\ntable/row/cell> b\ntable/row/cell> c",
        &["`<caption>`, `<form>`", "`<table>` is never closed in its block of HTML"],
    );
    check("<table><tr><td>a</table></div>b<table>c</table>d", "table/row/cell> a\nb\nc\nd", &[]);
    check(
        "<table><tr><td>a</td></tr>\n<tr><b>“We sail,”</b> <i>said</i> <b>Ingrid</b> <b>Marsh</b> of <a href=/x>here</a> <td>x</td></tr></table>",
        "table/row/cell> a\ntable/row/cell> s(“We sail,”) e(said) s(Ingrid) s(Marsh) of </x>(here)\ntable/row/cell> x",
        &[],
    );
    check(
        "<table><tr><td>a<table><tr>b<th>c</table>d<tbody>e</table>f",
        "table/row/cell> a\ntable/row/cell/table/row/cell> b\ntable/row/cell/table/row/head> c\ntable/row/cell> d\ntable/row/cell> e\nf",
        &[],
    );
    check("<tr><td>a</td><td>b</td></tr>", "a\nb", &["`<tr>`, `<td>`"]);
    check(
        "<details>\n<summary>More</summary>\n\n*Words*\n\n</details>",
        "More\ne(Words)",
        &["`<details>`, `<summary>`"],
    );
}

#[test]
fn what_does_not_do_what_it_says_is_told() {
    let open = |name: &str| format!("`<{name}>` is never closed in its block of HTML");
    let (quote, list, table) = (open("blockquote"), open("ul"), open("table"));
    check("<blockquote>\n\na\n\n</blockquote>", "a", &[&quote]);
    check("<ul>\n<li>a\n\n<li>b\n</ul>", "list/item> a\nb", &[&list, "`<li>` stands in no list"]);
    check("<table>\n\n<b>a</b>\n\n</table>", "s(a)", &[&table]);
    check("<div><h2>a\n\nb\n\n<div><pre>c\n\nd", "h2: a\nb\nCode: c\nd", &["`<div>`", &open("h2"), &open("pre")]);
    check("<ul><li><blockquote>a</ul>b</blockquote>", "list/item/quote> a\nb", &[&quote]);
    check(
        "<ol><li>a\n\n<ol><li>b\n\n<ol></ol>",
        "list1/item> a\nlist1/item> b",
        &["`<ol>` is never closed in its block of HTML, in 2 places"],
    );
    check("<div><li>a<li>b</div>", "a\nb", &["`<div>`", "`<li>` stands in no list, in 2 places"]);
    check("- <li>a", "list/item> a", &["`<li>` stands in no list"]);
    check("<ul><blockquote><li>a</blockquote></ul>", "list/item/quote> a", &["`<li>` stands in no list"]);
    check(
        "<ul><ul></ul><div><li>a</div><table><tr><td><li>b</table></ul>",
        "list/item> a\nlist/item/table/row/cell> b",
        &["`<div>`", "`<li>` stands in no list"],
    );
    let astray = "`<figcaption>` stands right behind no picture";
    check("<figure><figcaption>a <b>b</b> c</figcaption><img src=d.jpg></figure>", "a s(b) c\nAlt(0): ", &[astray]);
    check("<img src=d.jpg>\n\n<p>x</p><figcaption>a</figcaption>", "Alt(0): \nx\na", &[astray]);
    check("<figcaption></figcaption> a", "a", &[]);
    check("<figure><img src=d.jpg><figcaption>a<p>b</p></figcaption>", "Caption(0): a\nb", &[astray]);
    check("<figure><img src=d.jpg><figcaption>a <img src=e.jpg>b</figcaption>", "Alt(0): \nAlt(1): \na b", &[astray]);
    // A title says less than a caption, and a credit may have a paragraph of its own.
    check("<figure><img src=d.jpg title=x><figcaption>a</figcaption></figure>", "Caption(0): a", &[]);
    check(
        "<figure><img src=d.jpg><figcaption><p>a</p><p>(Ola Brandt/Northsound)</p></figcaption></figure>",
        "Caption(0): a\nCreditLine: (Ola Brandt/Northsound)",
        &[],
    );
    check("<figure><img src=d.jpg><figcaption><h4>a</h4></figcaption></figure>", "Alt(0): \nh4: a", &[astray]);
    // A paragraph in a caption is the caption.
    check("<figure><img src=d.jpg><figcaption>\n<p>a <i>b</i></p>\n</figcaption></figure>", "Caption(0): a e(b)", &[]);
    let (_, diagnostics) = body("a\n\n> <div>\n> <ul><li>b\n\nc");
    let told = diagnostics.iter().filter(|d| d.code == codes::HTML_MENDED).filter_map(|d| d.place.as_ref());
    assert_eq!(told.map(|place| (place.line, place.column)).collect::<Vec<_>>(), [(8, 3)]);
}

#[test]
fn white_space_of_html_is_one_blank() {
    check("<p> a  b\tc\n  d <b> e</b>   f\u{a0} g </p>", "a b c d s(e) f\u{a0} g", &[]);
    check("<h2>\na\nb  c<br>  d</h2>", "h2: a b cbr( )d", &[]);
    for headline in [
        "<h1>\n The  ferry\n\tsails <b> on</b></h1>",
        "# The   ferry <b>sails</b> <!-- x --> on",
        "The  ferry\n  sails\non\n===",
    ] {
        let article = read(&format!("+++\ndate = 2031-11-14\n+++\n{headline}\n\na")).value.expect("an article");
        assert_eq!(&*article.furniture.headline, "The ferry sails on", "{headline}");
    }
}

#[test]
fn blank_lines_and_double_breaks_part_paragraphs() {
    check("<style>\n\na\n\n\n<b>b\nc\n \nd</b> e", "a\ns(b c)\nd e", &["`<style>`"]);
    check("<!-- a\n\nb", "<!-- a\nb", &["html-escaped"]);
    check("<pre>a\n\nb<br><br>c</pre>", "Code: a\n\nb\n\nc", &[]);
    check("<div>a<br>b<br> <BR/><br>c</div>", "abr( )b\nc", &["`<div>`"]);
    check("<p>a<br>\n<br>\nb</p><h2>c<br><br>d</h2>", "a\nb\nh2: cbr( )br( )d", &[]);
    check("<table><tr><td>a<br><br>b</table>", "table/row/cell> a\ntable/row/cell> b", &[]);
}

#[test]
fn comments_are_left_out() {
    check("a <!-- to the desk: check --> b", "a  b", &[]);
    check("<!-- more -->\n\nx", "x", &[]);
    check("<!-- a\n\nb -->\n\nx", "x", &[]);
    check("<!-- a --> b <!-- c -->\n\nx", "b\nx", &[]);
    check("<!-- never closed\n\nx\n\n> y", "<!-- never closed\nx\n> y", &["html-escaped"]);
    check("<div>\n<!-- a <b>c</b>\n</div>\n\nx", "<!-- a s(c)\nx", &["`<div>`", "html-escaped"]);
}

#[test]
fn pictures_of_html_are_pictures() {
    let photos = |markdown: &str| -> Vec<String> {
        let (article, _) = body(markdown);
        let told = |photo: &crate::model::Photo| {
            let caption = photo.caption.map_or("-", |span| span.of(&article.text));
            format!("{} | {} | {caption}", photo.file.as_deref().unwrap_or("-"), photo.alt.as_deref().unwrap_or("-"))
        };
        article.photos.iter().map(told).collect()
    };
    assert_eq!(photos("<img src=a.jpg alt='A &amp; b' onerror=alert(1)>"), ["a.jpg | A & b | -"]);
    assert_eq!(photos("x <img src=a.jpg alt=b title='At sea.'> y"), ["a.jpg | b | At sea."]);
    assert_eq!(
        photos("<figure>\n<img src=\"a.jpg\" alt=\"b\">\n<figcaption>At <b>sea</b>.</figcaption>\n</figure>"),
        ["a.jpg | b | At sea."]
    );
    assert_eq!(photos("<img src=data:image/png;base64,AAAA alt='the alt'>"), Vec::<String>::new());
    check("a <img src=javascript:x alt='the alt'> b", "a the alt b", &[]);
}

#[test]
fn words_keep_their_places() {
    let markdown = "> <p>The “<b>ferry</b>” &amp; the\n> quay</p>\n\nA <i>lamp</i> <script>x</script>and <q>oil</q>.";
    let (article, _) = body(markdown);
    let text = format!("+++\ntitle = \"T\"\ndate = 2031-11-14\n+++\n{markdown}");
    let at = |words: &str| {
        let start = article.text.find(words).expect(words);
        article.file_span(TextSpan::new(start, start + words.len())).of(&text).to_owned()
    };
    assert_eq!(at("The “"), "The “");
    assert_eq!(at("“ferry”"), "“<b>ferry</b>”");
    assert_eq!(at("& the"), "&amp; the");
    assert_eq!(at("the quay"), "the\n> quay");
    assert_eq!(at("lamp and"), "lamp</i> <script>x</script>and");
    assert_eq!(at("oil"), "oil");
}

#[test]
fn unsafe_html_passes_as_written() {
    let read = |markdown: &str| {
        let read = read_as_written(markdown);
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        read.value.expect("an article")
    };
    let article = read("*a <b onclick=x>c</b>* <!-- d --> e");
    assert_eq!(shown(&article), "e(a <b onclick=x>c)</b> <!-- d --> e");
    let article = read("> <div class=x>\n> “a”\n> </div>\n\nb");
    assert_eq!(shown(&article), "quote> Html: <div class=x>\n“a”\n</div>\nb");
    assert_eq!(article.blocks[1].kind, BlockKind::Html);
    assert!(!article.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Html(_))));
}

fn read_as_written(markdown: &str) -> Noted<Option<Article>> {
    let text = format!("+++\ntitle = \"T\"\ndate = 2031-11-14\n+++\n{markdown}");
    let source = Source { path: "content/a.md".into(), text: text.into(), encoding: Encoding::Utf8 };
    Markdown.read(&source, &ReadSettings { unsafe_html: true, ..Settings::default().read })
}

#[test]
fn code_that_passes_as_written_is_no_words() {
    let check = |markdown: &str, expected: &str, words: &str, told: &[&str]| {
        let read = read_as_written(markdown);
        let article = read.value.expect("an article");
        assert_eq!(shown(&article), expected, "{markdown}");
        assert_eq!(article.text.trim_start_matches("T\n"), words, "{markdown}");
        let said: Vec<&str> = read.diagnostics.iter().map(|d| &*d.message).collect();
        assert_eq!(said, told, "{markdown}");
    };
    check(
        "“We <script>let x = a*b*c; // “no” ![d](e.jpg)</script> sail”",
        "“We <script>let x = a*b*c; // “no” ![d](e.jpg)</script> sail”",
        "“We  sail”",
        &[],
    );
    check(
        "*a <STYLE>b* { <i> }</style > c <object><video>d</video></object></video>",
        "e(a )<STYLE>b* { <i> }</style > c<object><video>d</video></object></video>",
        "a  c",
        &[],
    );
    check(
        "> - a <script>`b\n>   c` < d\n>          > e</script> f",
        "quote/list/item> a <script>`b\nc` < d\n> e</script> f",
        "a  f",
        &[],
    );
    // Whoever has no words beside it has a block of its own.
    check(
        "<video src=a.mp4>b</video>\n\nc",
        "Html: <video src=a.mp4>b</video>\nc",
        "<video src=a.mp4>b</video>\nc",
        &[],
    );
    check("# <a id=x></a>\n\nc", "Html: <a id=x></a>\nc", "<a id=x></a>\nc", &[]);
    // What is never closed would hide the rest of the page.
    check("a <script>b <i>c", "a b <i>c", "a b c", &["raw HTML is cleaned of `<script>`"]);
    check("![a <script>b</script>](c.jpg)", "Alt(0): a b", "a b", &["raw HTML is cleaned of `<script>`"]);
    check("a </script> b", "a </script> b", "a  b", &[]);
    // A picture becomes a block, around which nothing stands.
    check("<a href=/x>![a](b.jpg)</a> <!-- c -->", "Alt(0): a", "a", &["raw HTML is cleaned of tags beside a picture"]);
}
