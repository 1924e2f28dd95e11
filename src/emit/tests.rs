//! What machines read is well formed, says what the archive says, and cannot act.

use super::{ArticleInput, EMITTERS, Feed, FeedInput, FeedReport, OutFile, SiteInput, article, feed, person, site};
use crate::archive::fixture::{FactsExt, facts, joined};
use crate::archive::{Archive, ArticleId, PersonId};
use crate::config::{Host, Settings, SiteSettings};
use crate::model::{
    Annotations, Article, Block, BlockKind, Encoding, Facts, Furniture, Kind, Part, Quote, QuotePart, Rule, Source,
};
use crate::text::TextSpan;
use proptest::prelude::*;
use serde_json::Value;
use std::sync::Arc;

const WORDS: &str = "“Wir öffnen vor dem Frost”";

fn settings() -> SiteSettings {
    SiteSettings {
        title: "The Calder Record".into(),
        base_url: "https://record.example/archive/".into(),
        root: "/archive/".into(),
        timezone: "Europe/London".into(),
        tei: true,
        ..Settings::default().site
    }
}

fn utf8(file: &OutFile) -> &str {
    std::str::from_utf8(&file.bytes).unwrap_or_else(|_| panic!("{} is not UTF-8", file.path))
}

fn find<'a>(files: &'a [OutFile], path: &str) -> &'a str {
    let file = files.iter().find(|file| &*file.path == path);
    utf8(file.unwrap_or_else(|| panic!("{path} is not among {:?}", files.iter().map(|f| &f.path).collect::<Vec<_>>())))
}

fn site_files(archive: &Archive, pages: &[&str]) -> Vec<OutFile> {
    let pages: Vec<Box<str>> = pages.iter().map(|page| (*page).into()).collect();
    site(&SiteInput { archive, site: &settings(), pages: &pages, copied: &[] }).value
}

fn archive() -> Archive {
    let mut tunnel = facts("content/tunnel.txt", "2031-07-14").says("Ingrid Marsh", WORDS).says("Renn", "it would not");
    tunnel.headline = "Tunnel & <ferry>".into();
    tunnel.standfirst = Some("The lamps are lit".into());
    tunnel.tags = vec!["Calder tunnel".into()];
    joined(vec![tunnel, facts("content/quay.txt", "").says("Ingrid Marsh", "=cmd()")], vec![]).value
}

#[test]
fn emitters_have_names_of_their_own() {
    let mut names: Vec<_> = EMITTERS.iter().map(|emitter| emitter.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), EMITTERS.len());
}

/// The files of the site's feed, each report's body a paragraph.
fn feed_files(archive: &Archive, of: Feed) -> Vec<OutFile> {
    let told = |id: ArticleId| {
        let body = "<p>“Wir öffnen” &amp; mehr</p>".to_owned();
        Arc::new(FeedReport::new(id, body, archive, &settings()))
    };
    let reports: Vec<_> = of.reports(archive).into_iter().map(told).collect();
    feed(&FeedInput { feed: of, reports: &reports, archive, site: &settings() })
}

#[test]
fn the_feed_tells_the_newest_reports() {
    let files = feed_files(&archive(), Feed::Site);
    let text = find(&files, "atom.xml");
    let feed = roxmltree::Document::parse(text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    let all = |name: &str| -> Vec<String> {
        let named = feed.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", name)));
        named.map(|node| node.text().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(all("title"), ["The Calder Record", "Tunnel & <ferry>"]);
    assert_eq!(all("id"), ["https://record.example/archive/", "https://record.example/archive/2031/07/14/tunnel/"]);
    assert_eq!(all("updated"), ["2031-07-14T00:00:00+01:00"; 2]);
    assert_eq!(all("summary"), ["The lamps are lit. Ingrid Marsh speaks."]);
}

#[test]
fn an_empty_archive_has_valid_files() {
    let mut files = site_files(&Archive::default(), &["index.html", "404.html"]);
    files.extend(feed_files(&Archive::default(), Feed::Site));
    for path in ["atom.xml", "sitemap.xml"] {
        assert!(roxmltree::Document::parse(find(&files, path)).is_ok(), "{path}");
    }
    assert_eq!(
        find(&files, "robots.txt"),
        "User-agent: *\nAllow: /\nSitemap: https://record.example/archive/sitemap.xml\n"
    );
    assert!(!find(&files, "sitemap.xml").contains("404"));
}

#[test]
fn the_sitemap_splits_above_the_limit() {
    let pages: Vec<Box<str>> = (0..5).map(|n| format!("people/p{n} é/index.html").into()).collect();
    let (archive, site) = (archive(), settings());
    let input = SiteInput { archive: &archive, site: &site, pages: &pages, copied: &[] };
    let files = super::sitemap::sitemaps(&input, 2);
    let paths: Vec<_> = files.iter().map(|file| &*file.path).collect();
    assert_eq!(paths, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]);
    assert!(utf8(&files[0]).contains("<loc>https://record.example/archive/sitemap-3.xml</loc>"));
    assert!(utf8(&files[3]).contains("<loc>https://record.example/archive/people/p4%20%C3%A9/</loc>"));
    let whole = site_files(&archive, &["2031/07/14/tunnel/index.html"]);
    assert!(find(&whole, "sitemap.xml").contains("tunnel/</loc><lastmod>2031-07-14</lastmod>"));
}

/// An article whose only quotation has two pieces, and its facts.
fn quoted() -> (Article, Annotations, Source) {
    let text = "Tunnel\nÄ “Wir öffnen vor dem Frost”, sagte sie. Ende </script>";
    let at = |words: &str| {
        let start = text.find(words).unwrap_or_default();
        TextSpan::new(start, start + words.len())
    };
    let block = |kind, span| Block { kind, span, within: None };
    let article = Article {
        path: "content/tunnel.txt".into(),
        slug: "tunnel".into(),
        furniture: Furniture { headline: "Tunnel".into(), kicker: Some("Hafen".into()), ..Furniture::default() },
        text: text.into(),
        blocks: vec![
            block(BlockKind::Headline, at("Tunnel")),
            block(BlockKind::Paragraph, TextSpan::new(7, text.len())),
        ],
        parts: vec![Part { crosshead: None, id: "".into(), blocks: (1, 2) }],
        ..Article::default()
    };
    let part = |words: &str| QuotePart { words: at(words), marked: at(words) };
    let quote = Quote {
        parts: vec![part("“Wir öffnen"), part("vor dem Frost”")],
        statement: None,
        phrase: None,
        kind: Kind::Direct,
        cue: None,
        mention: None,
        speaker: None,
        rule: Rule::Name,
        evidence: None,
        confidence: 0.94,
        checked: None,
    };
    let source =
        Source { path: "content/tunnel.txt".into(), text: "TUNNEL\r\n\r\n“Wir”".into(), encoding: Encoding::Utf8 };
    (article, Annotations { quotes: vec![quote], ..Annotations::default() }, source)
}

#[test]
fn an_article_is_data_beside_its_page() {
    let (archive, site) = (archive(), settings());
    let (text, annotations, source) = quoted();
    let id = ArticleId::new(1);
    let input =
        ArticleInput { id, article: &text, annotations: &annotations, source: &source, archive: &archive, site: &site };
    let files = article(&input);
    assert_eq!(find(&files, "2031/07/14/tunnel/received.txt"), "TUNNEL\r\n\r\n“Wir”");
    let json = find(&files, "2031/07/14/tunnel/index.json");
    assert!(!json.contains("</script>"), "safe to embed");
    let data: Value = serde_json::from_str(json).unwrap_or_default();
    assert_eq!(data["url"], "https://record.example/archive/2031/07/14/tunnel/");
    assert_eq!(data["text"], &*text.text);
    assert_eq!(data["published"], "2031-07-14");
    let quotation = &data["quotations"][0];
    assert_eq!(quotation["text"], WORDS);
    assert_eq!(quotation["speaker"]["name"], "Ingrid Marsh");
    assert_eq!(quotation["speaker"]["url"], "https://record.example/archive/people/ingrid-marsh/");
    assert_eq!((&quotation["kind"], &quotation["rule"]), (&"direct".into(), &"name".into()));
    assert_eq!(quotation["confidence"].to_string(), "0.94");
    assert_eq!(data["quotations"][1]["speaker"]["url"], Value::Null, "a bare surname has no page");
    let characters: Vec<char> = text.text.chars().collect();
    let words = |at: &Value| -> String {
        let [from, to] = [0, 1].map(|i| at[i].as_u64().unwrap_or_default() as usize);
        characters[from..to].iter().collect()
    };
    assert_eq!(words(&quotation["at"][0]), "“Wir öffnen");
    assert_eq!(words(&quotation["at"][1]), "vor dem Frost”");
    assert!(words(&data["parts"][0]["at"]).starts_with("Ä “Wir"));
}

#[test]
fn an_article_is_an_edition_beside_its_page() {
    let (archive, site) = (archive(), settings());
    let (text, annotations, source) = quoted();
    let id = ArticleId::new(1);
    let input =
        ArticleInput { id, article: &text, annotations: &annotations, source: &source, archive: &archive, site: &site };
    let files = article(&input);
    let tei = find(&files, "2031/07/14/tunnel/article.tei.xml");
    let document = roxmltree::Document::parse(tei).unwrap_or_else(|fault| panic!("{fault}: {tei}"));
    let body = document.descendants().find(|node| node.has_tag_name(("http://www.tei-c.org/ns/1.0", "body")));
    let words: String =
        body.into_iter().flat_map(|body| body.descendants()).filter(|n| n.is_text()).filter_map(|n| n.text()).collect();
    assert!(words.contains("Ä “Wir öffnen vor dem Frost”, sagte sie. Ende </script>"), "{words}");
    let xml = ("http://www.w3.org/XML/1998/namespace", "id");
    let said: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == "said").collect();
    let shown = |name| said.iter().map(|node| node.attribute(name)).collect::<Vec<_>>();
    let ids: Vec<_> = said.iter().filter_map(|node| node.attribute(xml)).collect();
    assert_eq!(ids.len(), 2, "{tei}");
    assert_eq!(ids[1], format!("{}.2", ids[0]));
    assert_eq!(shown("prev"), [None, Some(format!("#{}", ids[0]).as_str())]);
    assert_eq!(shown("who"), [Some("#p-ingrid-marsh"); 2]);
    assert_eq!(shown("direct"), [Some("true"); 2]);
    assert_eq!(shown("cert"), [Some("0.94"); 2]);
    let people: Vec<_> = document.descendants().filter(|node| node.tag_name().name() == "person").collect();
    assert_eq!(people[0].attribute(xml), Some("p-ingrid-marsh"));
}

#[test]
fn a_person_is_data_beside_their_page() {
    let archive = archive();
    let files = person(PersonId::new(0), &archive, &settings());
    let data: Value = serde_json::from_str(find(&files, "people/ingrid-marsh/quotations.json")).unwrap_or_default();
    let texts: Vec<_> = data["quotations"].as_array().into_iter().flatten().map(|q| q["text"].clone()).collect();
    assert_eq!(texts, [WORDS, "=cmd()"]);
    assert_eq!(data["quotations"][1]["date"], Value::Null);
    let csv = find(&files, "people/ingrid-marsh/quotations.csv");
    assert!(
        csv.starts_with("\"id\",\"date\",\"kind\",\"text\",\"report\",\"rule\",\"confidence\",\"checked\",\"url\"\r\n")
    );
    assert!(csv.contains("\"reported\",\"'=cmd()\",\"quay\""), "{csv}");
}

#[test]
fn aliases_lead_on_unless_something_is_there() {
    let with = |path: &str, aliases: &[&str]| Facts {
        aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        ..facts(path, "2031-11-14")
    };
    let archive = joined(
        vec![
            with("content/a.md", &["/old/A/", "old.html", "/2031/11/14/b/", "/people", "/caf%C3%A9?x=1", "/old/A"]),
            with(
                "content/b.md",
                &["/OLD/a", "/old.html/x", "//host/x", "/../x", "/.git/x", "/con/", "/x/index.json/", "/"],
            ),
        ],
        vec![],
    )
    .value;
    let pages = ["index.html", "people/index.html", "2031/11/14/a/index.html", "2031/11/14/b/index.html"];
    let pages: Vec<Box<str>> = pages.iter().map(|page| (*page).into()).collect();
    let out = super::redirects::Redirects;
    let out =
        super::Emitter::site(&out, &SiteInput { archive: &archive, site: &settings(), pages: &pages, copied: &[] });
    let paths: Vec<_> = out.value.iter().map(|file| &*file.path).collect();
    assert_eq!(paths, ["old/A/index.html", "old.html", "café/index.html"]);
    let refused: Vec<_> = out.diagnostics.iter().map(|note| (note.code.name(), &*note.message)).collect();
    let expected = [
        ("alias-taken", "the alias `/2031/11/14/b/` is an address of a page of the site"),
        ("alias-taken", "the alias `/people` is an address of a page of the site"),
        ("alias-taken", "the alias `/OLD/a` is an address of `content/a.md`"),
        ("alias-taken", "the alias `/old.html/x` is an address of `content/a.md`"),
        ("address-refused", "the alias `//host/x` is no address below the site"),
        ("address-refused", "the alias `/../x` is no address below the site"),
        ("address-refused", "the alias `/.git/x` is no address below the site"),
        ("address-refused", "the alias `/con/` is no address below the site"),
        ("address-refused", "the alias `/x/index.json/` is no address below the site"),
        ("address-refused", "the alias `/` is no address below the site"),
    ];
    assert_eq!(refused, expected);
    let old = [("_headers", "static/_headers"), ("old/A/index.html/x", "static/x"), ("Café", "static/Café")];
    let site = SiteSettings { host: Host::Gitlab, ..settings() };
    let input = SiteInput { archive: &archive, site: &site, pages: &pages, copied: &old };
    let taken = super::Emitter::site(&super::redirects::Redirects, &input);
    assert_eq!(taken.value.iter().map(|file| &*file.path).collect::<Vec<_>>(), ["old.html"]);
    let refused: Vec<_> = taken.diagnostics.iter().map(|note| &*note.message).collect();
    assert_eq!(refused[0], "the alias `/old/A/` is an address of `static/x`");
    assert_eq!(refused[3], "the alias `/caf%C3%A9?x=1` is an address of `static/Café`");
    let html = utf8(&out.value[0]);
    assert!(html.contains("<link rel=\"canonical\" href=\"https://record.example/archive/2031/11/14/a/\"/>"), "{html}");
    assert!(html.contains("content=\"0; url=/archive/2031/11/14/a/\""), "{html}");
}

proptest! {
    #[test]
    fn no_words_break_out(words in "(\\PC|[<>&\"'\\]\u{0}-\u{1f}\u{fffe}\u{2028}]|</script>|]]>){0,40}") {
        let mut facts = facts("content/tunnel.txt", "2031-11-14").says("Ingrid Marsh", &words);
        facts.headline = words.as_str().into();
        facts.standfirst = Some(words.as_str().into());
        facts.tags = vec![words.as_str().into()];
        facts.agency = Some(words.as_str().into());
        facts.section = Some(words.as_str().into());
        facts.aliases = vec![words.as_str().into(), "/old/".into()];
        let archive = joined(vec![facts], vec![]).value;
        let files = site_files(&archive, &["index.html"]);
        for file in &files {
            let text = utf8(file);
            let body = text.strip_prefix("<!doctype html>\n").unwrap_or(text);
            if !file.path.ends_with(".txt") {
                prop_assert!(roxmltree::Document::parse(body).is_ok(), "{}: {text}", file.path);
            }
            prop_assert!(!file.path.starts_with('/') && !file.path.split('/').any(|step| step == ".." || step.is_empty()));
        }
        for file in person(PersonId::new(0), &archive, &settings()).into_iter().chain(feed_files(&archive, Feed::Site)) {
            if file.path.ends_with(".xml") {
                prop_assert!(roxmltree::Document::parse(utf8(&file)).is_ok(), "{}", file.path);
            } else if file.path.ends_with(".json") {
                let data: Value = serde_json::from_str(utf8(&file)).unwrap_or_default();
                prop_assert!(data.is_object(), "{}", file.path);
                if file.path.ends_with("quotations.json") {
                    prop_assert_eq!(&data["quotations"][0]["text"], &Value::from(words.as_str()));
                }
                prop_assert!(!utf8(&file).contains('<'));
            }
        }
    }
}
