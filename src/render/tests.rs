use super::fixture::{Fixture, HOSTILE};
use super::html::unescape;
use super::*;
use crate::diag::{Diagnostic, codes};
use crate::view::{BlockView, Inline};
use crate::words::Words;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn engine() -> Engine {
    Engine::new(&Words::english(), [] as [(String, String); 0]).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn draw(fixture: &Fixture) -> Vec<(Page, String)> {
    let (engine, site) = (engine(), SiteContext::new(&fixture.site()));
    let draw = |view: Page| {
        let html = page(&engine, &site, &view).unwrap_or_else(|fault| panic!("{fault:#?}"));
        (view, html)
    };
    fixture.pages().into_iter().map(draw).collect()
}

/// A tag of a page that a strict reader could read.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    closes: bool,
}

impl<'a> Tag<'a> {
    fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, value)| *value)
    }
}

const VOID: &[&str] = &["meta", "link", "img", "source", "br", "hr", "input", "line", "rect", "circle", "path"];

/// Reads tags as the HTML Standard's tokenizer would, and panics at whatever would surprise it: a stray
/// `<`, an unquoted or doubled attribute, an element that is never closed.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut rest = html.strip_prefix("<!doctype html>").unwrap_or(html);
    let (mut found, mut open): (Vec<Tag<'_>>, Vec<&str>) = (Vec::new(), Vec::new());
    while let Some(at) = rest.find('<') {
        let inside = &rest[at + 1..];
        let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |after| (true, after));
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap();
        let (name, mut more) = inside.split_at(end);
        assert!(!name.is_empty(), "stray < before {:.60}", inside);
        let mut attributes = Vec::new();
        loop {
            more = more.trim_start();
            if let Some(after) = more.strip_prefix('>').or_else(|| more.strip_prefix("/>")) {
                rest = after;
                break;
            }
            let end = more.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != ':').unwrap();
            assert!(end > 0, "odd attribute at {more:.60}");
            let (name, after) = more.split_at(end);
            assert!(attributes.iter().all(|(n, _)| *n != name), "{name} twice at {more:.60}");
            let Some(quoted) = after.strip_prefix("=\"") else {
                attributes.push((name, ""));
                more = after;
                continue;
            };
            let (value, after) = quoted.split_once('"').unwrap();
            attributes.push((name, value));
            more = after;
        }
        if closes {
            assert_eq!(open.pop(), Some(name), "at {rest:.60}");
        } else if !VOID.contains(&name) {
            open.push(name);
        }
        if name == "script" && !closes {
            rest = &rest[rest.find("</script>").unwrap()..];
        }
        found.push(Tag { name, attributes, closes });
    }
    assert_eq!(open, [""; 0]);
    found
}

/// The words of a page or a fragment: tags gone, entities read.
fn words(html: &str) -> String {
    let mut out = String::new();
    for (i, piece) in html.split('<').enumerate() {
        out.push_str(if i == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    }
    unescape(&out)
}

#[test]
fn every_page_is_well_formed_and_keeps_the_strict_policy() {
    for (page, html) in draw(&Fixture { hostile: false }) {
        let tags = tags(&html);
        let mut ids = BTreeSet::new();
        for tag in &tags {
            if let Some(id) = tag.attribute("id") {
                assert!(ids.insert(id), "{}: id {id} twice", page.path);
            }
            for (name, value) in &tag.attributes {
                assert!(*name != "style" && !name.starts_with("on"), "{}: {name}={value}", page.path);
            }
        }
        for tag in tags.iter().filter(|tag| tag.name == "img") {
            assert!(
                ["src", "width", "height", "alt"].iter().all(|name| tag.attribute(name).is_some()),
                "{}",
                page.path
            );
        }
        let eager = tags.iter().filter(|tag| tag.attribute("fetchpriority") == Some("high")).count();
        assert!(eager <= 1, "{}: {eager} pictures want to be first", page.path);
        let headings: Vec<_> = tags
            .iter()
            .filter(|tag| !tag.closes && tag.name.len() == 2 && tag.name.starts_with('h'))
            .filter_map(|tag| tag.name[1..].parse::<u8>().ok())
            .collect();
        assert_eq!(headings.first(), Some(&1), "{}", page.path);
        assert!(headings.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{}: {headings:?}", page.path);
        assert_eq!(tags.iter().filter(|tag| tag.name == "h1" && !tag.closes).count(), 1, "{}", page.path);
    }
}

#[test]
fn hostile_words_never_become_markup() {
    let plain = draw(&Fixture { hostile: false });
    for ((page, html), (_, expected)) in draw(&Fixture { hostile: true }).into_iter().zip(plain) {
        let found = tags(&html);
        let scripts: Vec<_> = found.iter().filter(|tag| tag.name == "script" && !tag.closes).collect();
        assert_eq!(scripts.len(), 2, "{}", page.path);
        assert_eq!(scripts[0].attribute("src").map(|src| src.ends_with("theme.js")), Some(true));
        assert_eq!(scripts[1].attribute("type"), Some("application/ld+json"));
        let names = |tags: &[Tag<'_>]| -> BTreeSet<String> {
            tags.iter().flat_map(|tag| &tag.attributes).map(|(name, _)| (*name).to_owned()).collect()
        };
        let mut allowed = names(&tags(&expected));
        allowed.insert("lang".into());
        assert_eq!(names(&found).difference(&allowed).next(), None, "{}", page.path);
        assert!(words(&html).contains(HOSTILE), "{}: the words themselves are shown", page.path);
        assert!(!html.contains("{{ site.title }}<"), "{}: content is never run", page.path);
    }
}

fn faults(name: &str, text: &str) -> Vec<Diagnostic> {
    match Engine::new(&Words::english(), [(name, text)]) {
        Err(faults) => faults,
        Ok(engine) => {
            let fixture = Fixture { hostile: false };
            let site = SiteContext::new(&fixture.site());
            let fault = |view| page(&engine, &site, &view).err();
            fixture.pages().into_iter().filter(|page| page.view.template() == name).filter_map(fault).collect()
        }
    }
}

/// The place and message of the first fault of a site whose `not_found.html` is `text`.
fn check(text: &str, expected: &str) {
    let found = faults("not_found.html", text);
    let first = found.first().unwrap_or_else(|| panic!("{text} is drawn"));

    assert_eq!(first.code, codes::TEMPLATE_BROKEN);
    let place = first.place.as_ref().map(|p| {
        let marked = &p.excerpt[p.start as usize..p.end as usize];
        format!("{}:{}:{} ⟦{marked}⟧ ", p.path, p.line, p.column)
    });
    assert_eq!(format!("{}{}", place.unwrap_or_default(), first.message), expected);
}

#[test]
fn a_broken_template_is_pointed_at() {
    check("<p>\n{{ page.nope }}", "templates/not_found.html:2:9 ⟦nope⟧ field `nope` is not defined");
    check("é {{ 1 | shout }}", "templates/not_found.html:1:10 ⟦shout⟧ unknown filter `shout`");
    check("{{ env(name=\"HOME\") }}", "templates/not_found.html:1:4 ⟦env(name=\"HOME\")⟧ unknown function `env`");
    check("{% extends \"bare.html\" %}", "templates/not_found.html:1:13 ⟦bare.html⟧ no template is called `bare.html`");
    check("{% extends \"not_found.html\" %}", "templates/not_found.html:1:4 ⟦extends⟧ this template extends itself");
    check("{% include \"not_found.html\" %}", "templates/not_found.html:1:4 ⟦include⟧ this template includes itself");
    check("{{ <chip /> }}", "templates/not_found.html:1:4 ⟦<chip />⟧ argument `person` (type: `map`) missing");
}

/// The places, labels and messages of the first fault of a site with these templates, and that there is help.
fn among(templates: &[(&str, &str)], expected: &str) {
    let own = templates.iter().copied();
    let found = match Engine::new(&Words::english(), own) {
        Err(found) => found,
        Ok(engine) => {
            let fixture = Fixture { hostile: false };
            let site = SiteContext::new(&fixture.site());
            fixture.pages().into_iter().filter_map(|view| page(&engine, &site, &view).err()).collect()
        }
    };
    let first = found.first().unwrap_or_else(|| panic!("{templates:?} are drawn"));
    let place = first.place.as_ref().unwrap_or_else(|| panic!("no place: {first:?}"));
    let marked = &place.excerpt[place.start as usize..place.end as usize];
    let said = format!("{}:{}:{} ⟦{marked}⟧ {}: {}", place.path, place.line, place.column, first.message, place.label);
    assert_eq!(said, expected);
    assert!(first.help.is_some(), "{first:?}");
}

#[test]
fn components_that_never_end_or_are_two_are_pointed_at() {
    let chip = "components/chip.html";
    among(
        &[(
            chip,
            "{# {% component x() %} #}\n{%- component  chip(person: map) -%}<i>{{<chip person={person} />}}{% endcomponent chip %}",
        )],
        "templates/components/chip.html:2:16 ⟦chip⟧ component `chip` draws itself without end: it draws itself here within",
    );
    among(
        &[
            (
                chip,
                "{% component chip(person: map) %}{% if person %}{% set x = <other person={person} /> %}{{ x }}{% endif %}{% endcomponent chip %}",
            ),
            (
                "components/other.html",
                "\n{% component other(person: map) %}{{ <chip person={person} /> }}{% endcomponent other %}",
            ),
        ],
        "templates/components/chip.html:1:14 ⟦chip⟧ component `chip` draws itself without end: it draws itself by way of `other`",
    );
    among(
        &[
            (chip, "{% component chip(person: map) %}a{% endcomponent chip %}"),
            (
                "components/mine.html",
                "{% component mine() %}{% endcomponent %}\n{% component chip(person: map) %}b{% endcomponent chip %}",
            ),
        ],
        "templates/components/mine.html:2:14 ⟦chip⟧ component `chip` is defined twice: `templates/components/chip.html` defines it as well: give one of the two another name",
    );
    among(
        &[("a.html", "{% component chip(person: map) %}a{% endcomponent chip %}")],
        "templates/a.html:1:14 ⟦chip⟧ component `chip` is defined twice: `templates/components/chip.html` defines it as well: give one of the two another name",
    );
}

#[test]
fn long_names_are_not_repeated_whole() {
    let name = "a".repeat(100_000);
    for text in [
        format!("{{{{ page | {name} }}}}"),
        format!("{{{{ {name} }}}}"),
        format!("{{% include \"{name}\" %}}"),
        format!("{{% extends \"{name}\" %}}"),
        format!("{{{{ <{name} /> }}}}"),
        format!("{{% component {name}() %}}{{{{ <{name} /> }}}}{{% endcomponent %}}{{{{ <{name} /> }}}}"),
        format!("{{% if {name} %}}"),
        format!("{{{{ page.{name} }}}}"),
    ] {
        let found = faults("not_found.html", &text);
        assert!(!found.is_empty());
        for fault in found {
            let place = fault.place.as_ref().expect("a place");
            let said = [&*fault.message, &*place.label, &*place.excerpt].map(|words| words.chars().count());
            assert!(said.iter().all(|len| *len < 1_300), "{said:?} {:.300}", fault.message);
        }
    }
}

#[test]
fn all_syntax_faults_are_reported_at_once() {
    let Err(found) =
        Engine::new(&Words::english(), [("home.html", "{% if %}"), ("person.html", "{{ }"), ("ours.html", "fine")])
    else {
        panic!("two templates are broken")
    };
    let paths: Vec<_> = found.iter().map(|fault| &*fault.path).collect();
    assert_eq!(paths, ["templates/home.html", "templates/person.html"]);
}

#[test]
fn templates_without_end_are_stopped() {
    let again = "{% component again(n) %}{{ <again n={n} /> }}{% endcomponent again %}{{ <again n={1} /> }}";
    assert!(!faults("not_found.html", again).is_empty());
    let endless = "{% for i in range(end=100000) %}{% for j in range(end=100000) %}<p>for ever and ever</p>{% endfor %}{% endfor %}";
    check(endless, "a page grew beyond 64 MiB");
}

/// Issue 5: the captions of a report did not count as what its page is told, and a report of many pictures stopped the
/// build as if a template had no end.
#[test]
fn a_page_may_be_as_large_as_its_pictures_make_it() {
    let fixture = Fixture { hostile: false };
    let mut report = fixture.pages().into_iter().find(|page| matches!(page.view, PageView::Article(_))).unwrap();
    let PageView::Article(article) = &mut report.view else { panic!("a report") };
    let mut figure = article.body.iter().find(|block| matches!(block, BlockView::Figure(_))).unwrap().clone();
    if let BlockView::Figure(figure) = &mut figure {
        figure.caption = "The quay at noon. ".repeat(100_000).into();
    }
    article.body = vec![figure; 40];
    let html = page(&engine(), &SiteContext::new(&fixture.site()), &report).unwrap();
    assert!(html.len() > 64 << 20);
}

#[test]
fn one_file_of_the_site_replaces_one_file_of_the_theme() {
    let chip = "{% component chip(person: map) %}<i>{{ person.name }}</i>{% endcomponent chip %}";
    let engine =
        Engine::new(&Words::english(), [("components/chip.html", chip)]).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let fixture = Fixture { hostile: false };
    let home = &fixture.pages()[0];
    let html = page(&engine, &SiteContext::new(&fixture.site()), home).unwrap();
    assert!(html.contains("<i>Ingrid Marsh</i>"));
}

/// The theme as a site's own, changed as little as can be: every component's template is run.
fn run_by_template() -> Engine {
    let own = theme::templates().into_iter().map(|(name, text)| (name, format!("{text}{{# our own #}}")));
    Engine::new(&Words::english(), own).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn fragments_are_what_their_templates_draw() {
    let mut drawn = 0;
    for hostile in [false, true] {
        let fixture = Fixture { hostile };
        let site = SiteContext::new(&fixture.site());
        let by_template = run_by_template();
        for (view, html) in draw(&fixture) {
            let expected = page(&by_template, &site, &view).unwrap_or_else(|fault| panic!("{fault:#?}"));
            assert_eq!(html, expected, "{}", view.path);
            assert!(!html.contains(html::MARK), "{}", view.path);
            drawn += usize::from(html.contains("<article class=\"entry") || html.contains("<li id=\"n-"));
        }
    }
    assert!(drawn > 0);
}

#[test]
fn a_component_of_the_site_is_drawn_as_the_site_has_it() {
    let own = "{%- component note(of: map) -%}<li>{{ of.number }}: {{ of.text }}</li>{%- endcomponent note -%}";
    let engine =
        Engine::new(&Words::english(), [("components/note.html", own)]).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let fixture = Fixture { hostile: false };
    let site = SiteContext::new(&fixture.site());
    let report = fixture.pages().into_iter().find(|page| matches!(page.view, PageView::Article(_)));
    let html = page(&engine, &site, &report.unwrap()).unwrap_or_else(|fault| panic!("{fault:#?}"));
    assert!(html.contains("<li>1: "), "{html}");
    assert!(html.contains("<div class=\"strip\">"), "others stay woven");
}

fn inline() -> impl Strategy<Value = Inline> {
    let leaf = prop_oneof![
        4 => "[a-z <>&\"'“”é{}%]{0,12}".prop_map(|text| Inline::Text(text.into())),
        1 => Just(Inline::Break),
    ];
    leaf.prop_recursive(6, 48, 5, |inner| {
        let words = || proptest::collection::vec(inner.clone(), 0..5);
        prop_oneof![
            words().prop_map(Inline::Emphasis),
            words().prop_map(Inline::Code),
            words().prop_map(Inline::Superscript),
            words().prop_map(Inline::Subscript),
            words().prop_map(Inline::Inserted),
            words().prop_map(|words| Inline::Abbreviation("a > \"b\"".into(), words)),
            words().prop_map(Inline::Cue),
            words().prop_map(Inline::Dateline),
            words().prop_map(|words| Inline::Link(
                "https://x.example/?a=1&b=\"2\"".into(),
                Some("a > b".into()),
                words
            )),
            words().prop_map(|words| Inline::Name("/people/x/".into(), words)),
            (any::<bool>(), words()).prop_map(|(direct, words)| Inline::Quote {
                id: direct.then(|| "q-aaaaaa".into()),
                direct,
                slot: "s2 l3".into(),
                words,
            }),
        ]
    })
}

fn text_of(words: &[Inline], out: &mut String) {
    for word in words {
        match word {
            Inline::Text(text) => out.push_str(text),
            Inline::Break => out.push('\n'),
            Inline::Emphasis(w) | Inline::Code(w) | Inline::Cue(w) | Inline::Dateline(w) => text_of(w, out),
            Inline::Link(_, _, w) | Inline::Name(_, w) | Inline::Quote { words: w, .. } => text_of(w, out),
            Inline::Superscript(w) | Inline::Subscript(w) | Inline::Inserted(w) => text_of(w, out),
            Inline::Abbreviation(_, w) => text_of(w, out),
            Inline::Strong(_) | Inline::Strikethrough(_) | Inline::Chip(_) | Inline::Html(_) => {}
        }
    }
}

fn woven(blocks: &[BlockView]) -> String {
    weave::weave(blocks, &Words::english())
        .iter()
        .map(|run| if let Run::Html(html) = run { &**html } else { "" })
        .collect()
}

proptest! {
    #[test]
    fn weaving_and_stripping_gives_the_text_back(paragraphs in proptest::collection::vec(proptest::collection::vec(inline(), 0..6), 0..5)) {
        let mut expected = String::new();
        for words in &paragraphs {
            text_of(words, &mut expected);
            expected.push('\n');
        }
        let blocks: Vec<_> = paragraphs.into_iter().map(BlockView::Paragraph).collect();
        let html = woven(&blocks);
        let tags = tags(&html);
        let mut in_link = false;
        for tag in tags.iter().filter(|tag| tag.name == "a") {
            prop_assert_eq!(tag.closes, in_link, "links do not nest");
            in_link = !tag.closes;
        }
        prop_assert_eq!(words(&html), expected);
    }
}

#[test]
fn markup_is_the_contract_of_the_theme() {
    let chip = |lead| {
        Inline::Chip(Box::new(crate::view::ChipView {
            initials: "IM".into(),
            name: "Ingrid Marsh".into(),
            slot: "s1".into(),
            target: "#n-uoq6fc".into(),
            number: 4,
            direct: true,
            unsure: false,
            lead,
        }))
    };
    let text = |words: &str| Inline::Text(words.into());
    let quote = |id: Option<&str>, words| Inline::Quote {
        id: id.map(Into::into),
        direct: true,
        slot: "s1".into(),
        words: vec![text(words)],
    };
    let paragraph = |words: Vec<Inline>| woven(&[BlockView::Paragraph(words)]);
    assert_eq!(
        paragraph(vec![
            quote(Some("q-uoq6fc"), "“First part,”"),
            text(" "),
            Inline::Cue(vec![text("she said")]),
            text(". "),
            quote(None, "“Second part.”"),
            chip(true),
        ]),
        "<p><span class=\"q d s1\" id=\"q-uoq6fc\">“First part,”</span> <span class=\"cue\">she said</span>. \
         <span class=\"q d s1 more\">“Second part.”</span><a class=\"chip s1 lead\" href=\"#n-uoq6fc\">IM\
         <span class=\"vh\">, Ingrid Marsh, quotation 4</span><span class=\"full\" aria-hidden=\"true\">Ingrid Marsh\
         <small>quoted</small></span></a></p>\n"
    );
    // A chip inside an author's link stands behind it, and a name there is plain: links do not nest.
    assert_eq!(
        paragraph(vec![Inline::Link(
            "/survey".into(),
            None,
            vec![Inline::Name("/people/x/".into(), vec![text("she")]), chip(false), text("!")],
        )]),
        "<p><a href=\"/survey\">she!</a><a class=\"chip s1\" href=\"#n-uoq6fc\">IM\
         <span class=\"vh\">, Ingrid Marsh, quotation 4</span></a></p>\n"
    );
}

#[test]
fn deep_nesting_keeps_its_words_and_the_stack() {
    let mut words = vec![Inline::Text("deep".into())];
    let mut blocks = vec![BlockView::Paragraph(vec![Inline::Text("down".into())])];
    for _ in 0..5_000 {
        words = vec![Inline::Emphasis(words)];
        blocks = vec![BlockView::BlockQuote(blocks)];
    }
    blocks.insert(0, BlockView::Paragraph(words));
    let html = woven(&blocks);
    tags(&html);
    assert_eq!(words_only(&html), "deep down");
}

fn words_only(html: &str) -> String {
    words(html).split_whitespace().collect::<Vec<_>>().join(" ")
}
