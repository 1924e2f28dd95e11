//! Answers are as HTTP says and as a careful host would give them.

use super::{PAGE, Served, body, header, quay};

#[test]
fn the_built_site_is_served_to_this_machine_alone() {
    let site = quay();
    let served = Served::start(&site.path(""));
    let check = |answer: String, status: &str, parts: &[&str]| {
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        for part in parts {
            assert!(answer.contains(part), "{part} is not in {answer}");
        }
    };
    let careful = "x-content-type-options: nosniff";
    check(served.get("/"), "200", &["content-type: text/html", careful, "Quay reopens"]);
    check(served.get(PAGE), "200", &["“It holds,”", &format!("href=\"http://{}/", served.address), "live.js"]);
    check(served.get("/2031/11/14/quay?a=1"), "307", &["location: /2031/11/14/quay/?a=1"]);
    check(served.get("/theme.css?x"), "200", &["content-type: text/css", careful]);
    check(served.get("/nowhere/"), "404", &["content-type: text/html", careful, "<h1>"]);
    check(served.get("/_onrecord/live.js"), "200", &["content-type: text/javascript", careful]);
    check(served.get("/_onrecord/nothing"), "404", &[careful]);
    assert!(!site.path("public").exists(), "the published site is not touched");
}

#[test]
fn what_is_known_is_not_sent_again_and_parts_are_sent_alone() {
    let site = quay().file("static/large.bin", vec![7; 5 << 20]).file("static/letters.txt", "abcdefghij");
    let served = Served::start(&site.path(""));
    for path in [PAGE, "/theme.css", "/large.bin"] {
        let tag = header(&served.get(path), "etag").expect("a tag").to_owned();
        let known = served.get_with(path, &format!("If-None-Match: {tag}\n"));
        assert!(known.starts_with("HTTP/1.1 304") && body(&known).is_empty(), "{known}");
        let other = served.get_with(path, "If-None-Match: \"other\"\n");
        assert!(other.starts_with("HTTP/1.1 200"), "{path}");
        let head = served.ask(&format!("HEAD {path} HTTP/1.1\nHost: {}\nConnection: close\n\n", served.address));
        assert_eq!(header(&head, "content-length"), header(&other, "content-length"), "{path}");
        assert!(body(&head).is_empty(), "{path}");
    }
    let check = |range: &str, status: &str, content: Option<&str>, letters: &str| {
        let answer = served.get_with("/letters.txt", &format!("Range: {range}\n"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        assert_eq!((header(&answer, "content-range"), body(&answer)), (content, letters), "{range}");
    };
    check("bytes=2-4", "206", Some("bytes 2-4/10"), "cde");
    check("bytes=-3", "206", Some("bytes 7-9/10"), "hij");
    check("bytes=8-99", "206", Some("bytes 8-9/10"), "ij");
    check("bytes=10-", "416", Some("bytes */10"), "");
    check("bytes=0-0,2-2", "200", None, "abcdefghij");
    check("nonsense", "200", None, "abcdefghij");
    let stale = served.get_with("/letters.txt", "Range: bytes=2-4\nIf-Range: \"other\"\n");
    assert_eq!(body(&stale), "abcdefghij");
    let large = served.get_with("/large.bin", "Range: bytes=5242870-\n");
    assert_eq!((header(&large, "content-range"), body(&large).len()), (Some("bytes 5242870-5242879/5242880"), 10));
}

#[test]
fn a_site_below_a_path_is_served_below_it() {
    let site = quay().file("site.toml", "base_url = \"https://host.example/archive/\"\n");
    let served = Served::start(&site.path(""));
    let answer = served.get("/archive/2031/11/14/quay/");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("href=\"/archive/theme.css\""), "{answer}");
    for path in ["/", "/archive"] {
        let answer = served.get(path);
        assert_eq!(header(&answer, "location"), Some("/archive/"), "{answer}");
    }
    for path in [PAGE, "/archivery/", "/theme.css"] {
        assert!(served.get(path).starts_with("HTTP/1.1 404"), "{path}");
    }
}
