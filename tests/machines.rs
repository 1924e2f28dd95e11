//! The sample archive as machines read it: feeds and structured data are what their standards ask for, and say what the
//! pages say.

use super::support::html::{tags, words};
use super::support::sample;
use onrecord::text::digest::quotation_id;
use roxmltree::{Document, Node};
use serde_json::Value;
use std::collections::BTreeSet;

const BASE: &str = "https://calder-record.example/";

/// The text of an element's child of that name.
fn child<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|child| child.tag_name().name() == name)?.text()
}

/// Whether a text is a date and time as RFC 3339 has it, with an offset.
fn is_moment(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok()
}

/// Every address in a stretch of HTML has its scheme and host.
fn check_content(path: &str, html: &str) {
    for tag in tags(html) {
        for attribute in ["href", "src", "cite"] {
            let address = tag.get(attribute).unwrap_or("https://none");
            let is_absolute = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
            assert!(is_absolute, "{path}: `{address}` is not absolute");
        }
    }
}

#[test]
fn atom_feeds_are_what_rfc_4287_asks_for() {
    let mut n = 0;
    for (path, text) in sample().texts("atom.xml") {
        let document = Document::parse(text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        let feed = document.root_element();
        assert_eq!(feed.tag_name().namespace(), Some("http://www.w3.org/2005/Atom"), "{path}");
        assert_eq!(feed.tag_name().name(), "feed");
        let links: Vec<_> = feed.children().filter(|node| node.tag_name().name() == "link").collect();
        let own = links.iter().find(|link| link.attribute("rel") == Some("self")).expect("a self link");
        assert_eq!(own.attribute("href"), Some(format!("{BASE}{path}").as_str()));
        assert!(links.iter().any(|link| link.attribute("rel") == Some("alternate")), "{path}");
        assert!(child(feed, "title").is_some_and(|title| !title.is_empty()), "{path}");
        assert!(child(feed, "id").is_some_and(|id| id.starts_with(BASE)), "{path}");
        assert!(feed.children().any(|node| node.tag_name().name() == "author"), "{path}");
        let updated = child(feed, "updated").expect("a date");
        assert!(is_moment(updated), "{path}: {updated}");
        let mut ids = BTreeSet::new();
        for entry in feed.children().filter(|node| node.tag_name().name() == "entry") {
            let id = child(entry, "id").expect("an id");
            assert!(id.starts_with(BASE) && ids.insert(id), "{path}: {id}");
            assert!(child(entry, "title").is_some_and(|title| !title.is_empty()), "{path}: {id}");
            for date in ["published", "updated"] {
                assert!(child(entry, date).is_some_and(is_moment), "{path}: {id}: {date}");
            }
            let content = entry.children().find(|node| node.tag_name().name() == "content").expect("content");
            assert_eq!(content.attribute("type"), Some("html"));
            check_content(path, content.text().unwrap_or_default());
            n += 1;
        }
        assert!(ids.len() <= 30, "{path}: {}", ids.len());
    }
    assert!(n > 300, "only {n} entries");
}

#[test]
fn the_feed_carries_whole_reports() {
    let feed = Document::parse(std::str::from_utf8(&sample().files["atom.xml"]).expect("UTF-8")).expect("XML");
    for entry in feed.root_element().children().filter(|node| node.tag_name().name() == "entry") {
        let page = child(entry, "id").expect("an id").replace(BASE, "") + "index.json";
        let data: Value = serde_json::from_slice(&sample().files[&page]).expect("JSON");
        let content = words(child(entry, "content").expect("content"));
        for quotation in data["quotations"].as_array().expect("quotations") {
            // What is quoted in a headline or a caption's alt text is no part of the body.
            let text = quotation["text"].as_str().expect("a text");
            let in_body = text.split(" … ").all(|part| content.contains(part));
            let in_page = data["text"].as_str().expect("a text");
            assert!(in_body || !in_page.contains(&format!("\n{text}")), "{page}: {text}");
        }
        let n_words = data["words"].as_u64().expect("a number");
        assert!(content.split_whitespace().count() as u64 >= n_words, "{page}: cut short");
    }
}

#[test]
fn json_feeds_are_what_version_1_1_asks_for() {
    let mut n = 0;
    for (path, text) in sample().texts("feed.json") {
        let feed: Value = serde_json::from_str(text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["feed_url"], format!("{BASE}{path}"));
        assert!(feed["title"].as_str().is_some_and(|title| !title.is_empty()), "{path}");
        assert!(feed["home_page_url"].as_str().is_some_and(|url| url.starts_with(BASE)), "{path}");
        let mut ids = BTreeSet::new();
        for item in feed["items"].as_array().expect("items") {
            let id = item["id"].as_str().expect("an id");
            assert!(ids.insert(id.to_owned()), "{path}: {id} twice");
            assert!(item["url"].as_str().is_some_and(|url| url.starts_with(BASE)), "{path}");
            for date in ["date_published", "date_modified"] {
                assert!(item[date].as_str().is_some_and(is_moment), "{path}: {id}: {date}");
            }
            check_content(path, item["content_html"].as_str().expect("content"));
            n += 1;
        }
    }
    assert!(n > 100, "only {n} items");
}

/// What schema.org's readers need of each kind of thing.
const NEEDED: &[(&str, &[&str])] = &[
    ("NewsArticle", &["headline", "url"]),
    ("Quotation", &["@id", "url", "text", "isPartOf"]),
    ("ProfilePage", &["@id", "url", "mainEntity"]),
    ("Person", &["name"]),
    ("Organization", &["name"]),
    ("ImageObject", &["contentUrl", "width", "height"]),
    ("BreadcrumbList", &["itemListElement"]),
    ("ListItem", &["position", "name"]),
    ("CorrectionComment", &["text", "datePublished"]),
    ("Role", &["roleName", "hasOccupation"]),
    ("Occupation", &["name"]),
    ("WebSite", &["name", "url"]),
];

/// Looks at every thing with a type, and counts the types.
fn check_things(path: &str, value: &Value, met: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| check_things(path, value, met)),
        Value::Object(fields) => {
            if let Some(kind) = fields.get("@type").and_then(Value::as_str) {
                met.insert(kind.to_owned());
                let (_, needed) = NEEDED.iter().find(|(known, _)| *known == kind).unwrap_or_else(|| panic!("{kind}"));
                for name in *needed {
                    let is_there = fields.get(*name).is_some_and(|value| *value != Value::Null && *value != "");
                    assert!(is_there, "{path}: a {kind} without {name}");
                }
            }
            for (key, value) in fields {
                let is_address = ["@id", "url", "contentUrl", "item", "license"].contains(&key.as_str());
                if let (true, Some(address)) = (is_address, value.as_str()) {
                    assert!(address.starts_with("https://"), "{path}: {key} is `{address}`");
                }
                check_things(path, value, met);
            }
        }
        _ => {}
    }
}

/// The structured data of a page.
fn structured(path: &str, html: &str) -> Option<Value> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    let (json, _) = rest.split_once("</script>").expect("a script's end");
    Some(serde_json::from_str(json).unwrap_or_else(|fault| panic!("{path}: {fault}")))
}

#[test]
fn structured_data_has_what_its_readers_need() {
    let mut met = BTreeSet::new();
    for (path, html) in sample().texts(".html") {
        let Some(data) = structured(path, html) else { continue };
        assert_eq!(data["@context"], "https://schema.org", "{path}");
        check_things(path, &data["@graph"], &mut met);
        let graph = data["@graph"].as_array().expect("a graph");
        for thing in graph.iter().filter(|thing| thing["@type"] == "NewsArticle") {
            assert!(thing["publisher"]["name"].is_string() && thing["inLanguage"].is_string(), "{path}");
            let shown = words(html);
            for quotation in thing["hasPart"].as_array().into_iter().flatten() {
                for part in quotation["text"].as_str().expect("a text").split(" … ") {
                    let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(shown.contains(&part), "{path} does not hold {part}");
                }
            }
        }
    }
    let known: BTreeSet<String> = NEEDED.iter().map(|(kind, _)| (*kind).to_owned()).collect();
    assert_eq!(met, known, "every kind is met in the sample");
}

#[test]
fn pages_below_another_tell_the_way_to_them() {
    for (path, html) in sample().texts("index.html") {
        if html.contains("class=\"crumbs\"") {
            let data = structured(path, html).unwrap_or_else(|| panic!("{path} has no structured data"));
            let graph = data["@graph"].as_array().expect("a graph");
            let trail = graph.iter().find(|thing| thing["@type"] == "BreadcrumbList");
            assert!(
                trail.is_some_and(|trail| trail["itemListElement"].as_array().is_some_and(|t| t.len() > 1)),
                "{path}"
            );
        }
    }
}

#[test]
fn heads_tell_link_previews_and_reference_managers() {
    let mut reports = 0;
    for (path, html) in sample().texts("index.html") {
        let all = tags(html);
        let meta = |key: &str, name: &str| -> Option<String> {
            let tag = all.iter().find(|tag| tag.name == "meta" && tag.get(key) == Some(name))?;
            tag.get("content").map(str::to_owned)
        };
        let canonical = all.iter().find(|tag| tag.name == "link" && tag.get("rel") == Some("canonical"));
        let Some(canonical) = canonical.and_then(|tag| tag.get("href")) else { continue };
        // An old address, which leads on.
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        for name in ["og:site_name", "og:title", "og:type", "og:url", "og:locale", "og:description"] {
            assert!(meta("property", name).is_some_and(|value| !value.is_empty()), "{path}: {name}");
        }
        assert_eq!(meta("property", "og:url").as_deref(), Some(canonical), "{path}");
        if meta("property", "og:image").is_some() {
            assert!(meta("property", "og:image:width").is_some_and(|n| n.parse::<u32>().is_ok()), "{path}");
        }
        if html.contains("class=\"body\"") {
            reports += 1;
            for name in ["citation_title", "citation_journal_title", "citation_public_url", "citation_language"] {
                assert!(meta("name", name).is_some_and(|value| !value.is_empty()), "{path}: {name}");
            }
            let day = meta("name", "citation_publication_date").expect("a day");
            assert_eq!(path[..10], day, "{path}");
            let cite_as = all.iter().find(|tag| tag.name == "link" && tag.get("rel") == Some("cite-as"));
            assert_eq!(cite_as.and_then(|tag| tag.get("href")), Some(canonical), "{path}");
        }
    }
    assert_eq!(reports, sample().published.reports);
}

#[test]
fn editions_say_what_the_pages_say() {
    let xml_id = ("http://www.w3.org/XML/1998/namespace", "id");
    let mut n = 0;
    for (path, text) in sample().texts("article.tei.xml") {
        let tei = Document::parse(text).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        let ids: Vec<&str> = tei.descendants().filter_map(|node| node.attribute(xml_id)).collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(distinct.len(), ids.len(), "{path}: an id twice");
        for node in tei.descendants() {
            for pointer in ["who", "ref", "prev"].iter().filter_map(|name| node.attribute(*name)) {
                assert!(distinct.contains(pointer.trim_start_matches('#')), "{path}: {pointer} points nowhere");
            }
        }
        let data: Value =
            serde_json::from_slice(&sample().files[&path.replace("article.tei.xml", "index.json")]).expect("JSON");
        let said: BTreeSet<&str> = tei
            .descendants()
            .filter(|node| node.has_tag_name(("http://www.tei-c.org/ns/1.0", "said")))
            .filter_map(|node| node.attribute(xml_id))
            .collect();
        for quotation in data["quotations"].as_array().expect("quotations") {
            let id = format!("q-{}", quotation["id"].as_str().expect("an id"));
            // A caption's and a headline's words stand outside the edition's paragraphs.
            n += usize::from(said.contains(id.as_str()));
        }
    }
    assert!(n * 100 >= sample().published.quotations * 95, "only {n} quotations are in editions");
}

#[test]
fn a_corrected_quotation_is_found_under_its_old_address() {
    let file = |name: &str| {
        let path = format!("2030/09/21/westbank-shaft-floods/{name}");
        std::str::from_utf8(&sample().files[&path]).expect("UTF-8")
    };
    let (page, data) = (file("index.html"), file("index.json"));
    let data: Value = serde_json::from_str(data).expect("JSON");
    let mut texts = data["quotations"].as_array().expect("quotations").iter().filter_map(|q| q["text"].as_str());
    let now = texts.find(|text| text.contains("about six minutes")).expect("the quotation");
    let place = |words: &str| {
        let id = quotation_id(words);
        page.find(&format!("id=\"q-{id}\"")).unwrap_or_else(|| panic!("no {id}"))
    };
    let (old, new) = (place(&now.replace("six", "five")), place(now));
    assert!(old.abs_diff(new) < 120, "the old address stands beside the words");
}
