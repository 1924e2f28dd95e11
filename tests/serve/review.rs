//! Decisions of editors: what may write, and what is written.

use super::{REPORT, Served, body, header, quay};
use crate::support::Session;
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

const SIDECAR: &str = "content/2031/11/14-quay.annotations.toml";
const DECIDE: &str = "/_onrecord/review/decide";

/// A preview that is opened for review.
struct Desk {
    served: Served,
    token: String,
}

impl Desk {
    fn open(site: &Session, args: &[&str]) -> Self {
        let served = Served::start_with(&site.path(""), args);
        let page = served.get("/_onrecord/review");
        let token = page.split("onrecord-token\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        let token = token.expect("a token").to_owned();
        assert!(token.len() >= 32, "{token}");
        served.until("/_onrecord/review/queue", "a look at the archive", |answer| answer.starts_with("HTTP/1.1 200"));
        Self { served, token }
    }

    fn read(&self, name: &str) -> Value {
        let answer = self.served.until(&format!("/_onrecord/review/{name}"), name, |a| a.starts_with("HTTP/1.1 200"));
        serde_json::from_str(body(&answer)).expect("JSON")
    }

    fn report(&self) -> Value {
        self.read(&format!("report?path={REPORT}"))
    }

    /// The headers of a page of this run's.
    fn own(&self) -> String {
        let address = &self.served.address;
        format!(
            "Host: {address}\nOrigin: http://{address}\nSec-Fetch-Site: same-origin\nContent-Type: application/json\n\
             X-Onrecord-Token: {}\n",
            self.token
        )
    }

    fn post_with(&self, path: &str, headers: &str, body: &str) -> String {
        // A request’s line ends are put in; a body has none.
        assert!(!body.contains('\n'));
        self.served
            .ask(&format!("POST {path} HTTP/1.1\n{headers}Content-Length: {}\nConnection: close\n\n{body}", body.len()))
    }

    fn post(&self, name: &str, asked: &Value) -> (u16, Value) {
        let answer = self.post_with(&format!("/_onrecord/review/{name}"), &self.own(), &asked.to_string());
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, serde_json::from_str(body(&answer)).unwrap_or_else(|_| json!(body(&answer))))
    }

    /// Gives the first quotation of a report as it was shown to somebody.
    fn give(&self, shown: &Value, speaker: &str) -> (u16, Value) {
        let quote = &shown["quotes"][0];
        let seen: Vec<&Value> = [&quote["entry"]].into_iter().filter(|entry| !entry.is_null()).collect();
        let put = json!({"parts": quote["parts"], "speaker": speaker, "kind": null, "note": null, "was": quote["was"], "rule": quote["rule"]});
        let change = json!({"about": quote["parts"], "seen": seen, "put": [put]});
        let report = json!({"path": shown["path"], "print": shown["print"], "changes": [change]});
        self.post("decide", &json!({"by": "hl", "reports": [report]}))
    }
}

const NOW: &[&str] = &["--now", "2031-11-16"];

#[test]
fn a_decision_is_written_beside_the_report_and_taken_back_to_the_byte() {
    let site = quay();
    let report = fs::read(site.path(REPORT)).expect("a report");
    let desk = Desk::open(&site, NOW);
    let queue = desk.read("queue?status=unchecked");
    assert_eq!((&queue["total"], &queue["rows"][0]["name"]), (&json!(1), &json!("Ingrid Marsh")));
    let shown = desk.report();
    assert_eq!(shown["quotes"][0]["status"], "unchecked");

    let (status, done) = desk.give(&shown, "tobias-renn");
    assert_eq!((status, &done["undo"]), (200, &json!(0)), "{done}");
    let expected = "[[quotation]]\nexact   = \"It holds,\"\nprefix  = \"“\"\nsuffix  = \"” said Ingrid Marsh.\"\n\
                    speaker = \"tobias-renn\"\nwas     = \"ingrid-marsh\"\nrule    = \"name\"\nby      = \"hl\"\n\
                    date    = 2031-11-16\n";
    assert_eq!(fs::read_to_string(site.path(SIDECAR)).expect("a sidecar"), expected);
    assert_eq!(fs::read(site.path(REPORT)).expect("a report"), report, "the report is never touched");
    // The decision stands, but nobody has that address: there is something to look at still.
    let after = &desk.report()["quotes"][0];
    assert_eq!((&after["status"], &after["speaker"]), (&json!("doubtful"), &json!("tobias-renn")));

    // A second thought changes one key, and keeps what somebody wrote there by hand.
    let by_hand = format!("# read aloud\n{}", expected.replace("by      = \"hl\"", "by = 'hl' # me"));
    fs::write(site.path(SIDECAR), &by_hand).expect("a file");
    let (status, done) = desk.give(&desk.report(), "?");
    assert_eq!((status, &done["undo"]), (200, &json!(1)), "{done}");
    let now = fs::read_to_string(site.path(SIDECAR)).expect("a sidecar");
    assert_eq!(now, by_hand.replace("\"tobias-renn\"", "\"?\""));
    assert_eq!(desk.report()["quotes"][0]["status"], "checked");

    assert_eq!(desk.post("undo", &json!({"undo": 1})).0, 200);
    assert_eq!(fs::read_to_string(site.path(SIDECAR)).expect("a sidecar"), by_hand);
    // The file is not as the first decision left it, but the entry is.
    assert_eq!(desk.post("undo", &json!({"undo": 0})).0, 200);
    assert_eq!(fs::read_to_string(site.path(SIDECAR)).expect("a sidecar"), "# read aloud\n");
    assert_eq!(desk.post("undo", &json!({"undo": 0})).0, 400);
    assert_eq!(desk.post("undo", &json!({"undo": 99})).0, 400);
}

#[test]
fn a_window_that_has_not_seen_a_decision_does_not_write_over_it() {
    let site = Session::new().file(
        REPORT,
        "+++\ntitle = \"Quay\"\nslug = \"quay\"\n+++\n\n“It holds,” said Ingrid Marsh.\n\n“It sways,” said Tobias Renn.\n",
    );
    let desk = Desk::open(&site, NOW);
    let window = desk.report();
    assert_eq!(desk.give(&window, "tobias-renn").0, 200);
    let stands = fs::read_to_string(site.path(SIDECAR)).expect("a sidecar");
    // The other window still shows what was before.
    let (status, conflict) = desk.give(&window, "?");
    assert_eq!(status, 409, "{conflict}");
    let conflict = &conflict["conflicts"][0];
    assert_eq!(conflict["theirs"][0]["speaker"], "tobias-renn");
    assert_eq!(conflict["mine"][0]["speaker"], "?");
    assert_eq!(fs::read_to_string(site.path(SIDECAR)).expect("a sidecar"), stands);
    // Of one mind with the first, it has nothing to write and nothing to complain about.
    let (status, same) = desk.give(&window, "tobias-renn");
    assert_eq!((status, &same["undo"]), (200, &Value::Null), "{same}");
    // A decision about other words is nobody's conflict, though the window has not seen the first.
    let mut other = window.clone();
    let second = window["quotes"][1].clone();
    other["quotes"] = json!([second]);
    assert_eq!(desk.give(&other, "ingrid-marsh").0, 200);
    let both = fs::read_to_string(site.path(SIDECAR)).expect("a sidecar");
    assert!(both.starts_with(&stands) && both.matches("[[quotation]]").count() == 2, "{both}");

    // What somebody breaks in a text editor is left to them.
    for broken in ["[[quotation]\n", "[[quotation]]\nexact = \"It holds,\"\nspeeker = \"?\"\n", "quotation = []\n"] {
        fs::write(site.path(SIDECAR), broken).expect("a file");
        let (status, refused) = desk.give(&window, "?");
        if broken.starts_with("[[") {
            assert_eq!(status, 409, "{broken}: {refused}");
            assert!(desk.report()["fault"].is_string(), "{broken}");
        }
        let now = fs::read_to_string(site.path(SIDECAR)).expect("a sidecar");
        assert!(now == broken || (status == 200 && !broken.starts_with("[[")), "{broken} has become {now}");
    }
    fs::remove_file(site.path(SIDECAR)).expect("removed");

    // Nor is anything written about words that have changed meanwhile.
    fs::write(
        site.path(REPORT),
        "+++\ntitle = \"Quay\"\nslug = \"quay\"\n+++\n\nAt last: “It holds,” said Ingrid Marsh.\n",
    )
    .expect("a file");
    assert_eq!(desk.give(&window, "?").0, 409);
    assert!(!site.path(SIDECAR).exists());
}

#[test]
fn words_that_were_missed_are_added_and_parts_merged_and_split() {
    let site = quay();
    let desk = Desk::open(&site, NOW);
    let shown = desk.report();
    let text = shown["blocks"].as_array().expect("blocks").last().expect("one").clone();
    let start = text["start"].as_u64().expect("a place");
    let words = text["text"].as_str().expect("words");
    let at = |part: &str| {
        let before = words[..words.find(part).expect("it is there")].encode_utf16().count() as u64;
        json!([start + before, start + before + part.encode_utf16().count() as u64])
    };
    let ask = |about: Value, seen: Value, put: &[Value]| {
        let put: Vec<_> = put.iter().map(|parts| json!({"parts": parts, "speaker": "?", "kind": null, "note": " a \n b ", "was": "", "rule": null})).collect();
        let change = json!({"about": about, "seen": seen, "put": put});
        let report = json!({"path": REPORT, "print": shown["print"], "changes": [change]});
        desk.post("decide", &json!({"by": "", "reports": [report]}))
    };
    assert_eq!(ask(json!([]), json!([]), &[json!([at("Ingrid Marsh")])]).0, 200);
    let (status, refused) = ask(json!([at("It")]), json!([]), &[json!([at("It"), at("Marsh")])]);
    assert_eq!(status, 409, "it lies over a decision that was not seen: {refused}");
    let (status, split) = ask(json!([at("It holds")]), json!([]), &[json!([at("It")]), json!([at("holds")])]);
    assert_eq!(status, 200, "{split}");
    let now = fs::read_to_string(site.path(SIDECAR)).expect("a sidecar");
    assert_eq!(now.matches("exact").count(), 3);
    assert!(now.contains("note    = \"a b\"\n") && !now.contains("by "), "{now}");
    let again = desk.report();
    let quotes = again["quotes"].as_array().expect("quotes");
    assert_eq!(quotes.len(), 3, "{quotes:?}");
    let seen = json!([quotes[0]["entry"], quotes[1]["entry"]]);
    let (status, merged) = ask(json!([at("It"), at("holds")]), seen, &[json!([at("It"), at("holds")])]);
    assert_eq!(status, 200, "{merged}");
    let now = fs::read_to_string(site.path(SIDECAR)).expect("a sidecar");
    assert!(now.contains("exact   = [\"It\", \"holds\"]\n") && now.matches("exact").count() == 2, "{now}");
    // What is no words of the report's is refused.
    for parts in [json!([[0, 9999]]), json!([[5, 3]]), json!([]), json!([at("holds"), at("It")])] {
        let (status, refused) = ask(json!([]), json!([]), std::slice::from_ref(&parts));
        assert!(matches!(status, 400 | 409), "{parts}: {status} {refused}");
    }
    assert_eq!(fs::read_to_string(site.path(SIDECAR)).expect("a sidecar"), now);
}

#[test]
fn nobody_else_has_anything_written() {
    let site = quay();
    let desk = Desk::open(&site, NOW);
    let address = desk.served.address.clone();
    let shown = desk.report();
    let quote = &shown["quotes"][0];
    let put = json!({"parts": quote["parts"], "speaker": "?", "kind": null, "note": null, "was": "", "rule": null});
    let report = json!({"path": REPORT, "print": shown["print"], "changes": [{"about": quote["parts"], "seen": [], "put": [put]}]});
    let asked = json!({"by": "mallory", "reports": [report]}).to_string();
    let own = desk.own();
    let without = |name: &str| {
        own.lines().filter(|line| !line.starts_with(name)).map(|line| format!("{line}\n")).collect::<String>()
    };
    let with = |name: &str, value: &str| without(name) + &format!("{name}: {value}\n");
    let check = |headers: &str, expected: &str| {
        let people = r#"{"rename":{"id":"ingrid-marsh","name":"Mallory"}}"#;
        let asks =
            [(DECIDE, &*asked), ("/_onrecord/review/undo", r#"{"undo":0}"#), ("/_onrecord/review/people", people)];
        for (path, body) in asks {
            let answer = desk.post_with(path, headers, body);
            assert!(answer.starts_with(&format!("HTTP/1.1 {expected}")), "{path} {headers}: {answer}");
            assert!(header(&answer, "access-control-allow-origin").is_none(), "{answer}");
        }
        assert!(!site.path(SIDECAR).exists() && !site.path("content/people").exists(), "{headers}");
    };
    // Names that were pointed at this machine, other sites, other ports, and pages that hide where they come from.
    check(&with("Host", "calder.example"), "421");
    check(
        &with("Host", &format!("127.0.0.1.calder.example:{}", address.split(':').next_back().expect("a port"))),
        "421",
    );
    check(&format!("{own}Host: calder.example\n"), "4");
    check(&with("Origin", "http://calder.example"), "403");
    check(&with("Origin", &format!("https://{address}")), "403");
    check(&with("Origin", "http://127.0.0.1:1"), "403");
    check(&with("Origin", "null"), "403");
    check(&without("Origin"), "403");
    check(&format!("{own}Origin: http://calder.example\n"), "403");
    for site in ["cross-site", "same-site", "none"] {
        check(&with("Sec-Fetch-Site", site), "403");
        let link = format!("{}Sec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n", with("Sec-Fetch-Site", site));
        check(&link, "403");
    }
    check(&format!("{own}Sec-Fetch-Site: cross-site\n"), "403");
    // Whoever does not know the token of this run.
    check(&without("X-Onrecord-Token"), "403");
    check(&with("X-Onrecord-Token", ""), "403");
    check(&with("X-Onrecord-Token", &desk.token[..desk.token.len() - 1]), "403");
    check(&with("X-Onrecord-Token", &"0".repeat(desk.token.len())), "403");
    check(&format!("{own}X-Onrecord-Token: {}\n", desk.token), "403");
    // What a form can send.
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json2"]
    {
        check(&with("Content-Type", kind), "415");
    }
    check(&without("Content-Type"), "415");
    // Other ways of asking.
    for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        let answer = desk.served.ask(&format!("{method} {DECIDE} HTTP/1.1\n{own}Connection: close\n\n"));
        assert!(answer.starts_with("HTTP/1.1 405"), "{method}: {answer}");
        assert_eq!(header(&answer, "allow"), Some("POST"), "{method}");
        assert!(header(&answer, "access-control-allow-methods").is_none(), "{answer}");
    }
    for path in [
        "/",
        super::PAGE,
        "/_onrecord/review",
        "/_onrecord/review/report",
        "/_onrecord/decide",
        "/_onrecord/review/decide/",
    ] {
        let answer = desk.post_with(path, &own, &asked);
        assert!(answer.starts_with("HTTP/1.1 405"), "{path}: {answer}");
    }
    assert!(!site.path(SIDECAR).exists());
    // And this is what a page of ours sends.
    assert!(desk.post_with(DECIDE, &own, &asked).starts_with("HTTP/1.1 200"));
    assert!(site.path(SIDECAR).exists());
    // Another run knows another token.
    let token = desk.token.clone();
    drop(desk);
    assert_ne!(Desk::open(&site, NOW).token, token);
}

#[test]
fn nothing_outside_the_articles_is_written_and_no_body_is_too_much() {
    let site = quay().file("secret.md", "+++\ntitle = \"Secret\"\n+++\n\n“It holds,” said Ingrid Marsh.\n");
    let mut desk = Desk::open(&site, NOW);
    let shown = desk.report();
    let tree = || crate::support::files_below(&site.path("")).into_iter().filter(|f| f.contains("annotations")).count();
    for path in [
        "",
        "secret.md",
        "../secret.md",
        "content/../secret.md",
        "/content/2031/11/14-quay.md",
        "./content/2031/11/14-quay.md",
        "content/2031/11/14-quay.txt",
        "content/2031/11/14-quay.md/",
        "content\\2031\\11\\14-quay.md",
        "content/2031/11/14-quay.md\0.txt",
        "site.toml",
        "/etc/passwd",
    ] {
        let mut asked = shown.clone();
        asked["path"] = json!(path);
        let (status, refused) = desk.give(&asked, "?");
        assert_eq!(status, 409, "{path}: {refused}");
        let answer = desk.served.get(&format!("/_onrecord/review/report?path={}", path.replace(['\\', '\0'], "%00")));
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
    assert_eq!(tree(), 0);
    #[cfg(unix)]
    {
        let out = tempfile::tempdir().expect("a folder");
        let theirs = out.path().join("theirs.toml");
        fs::write(&theirs, "# theirs\n").expect("a file");
        std::os::unix::fs::symlink(&theirs, site.path(SIDECAR)).expect("a link");
        assert_eq!(desk.give(&shown, "?").0, 409);
        assert_eq!(fs::read_to_string(&theirs).expect("it"), "# theirs\n");
        assert!(fs::symlink_metadata(site.path(SIDECAR)).expect("a link").is_symlink());
        fs::remove_file(site.path(SIDECAR)).expect("removed");
    }
    // Bodies that are no decision, too long, longer than they said, or without end.
    let own = desk.own();
    for body in ["", "{}", "[]", "null", "{\"by\":\"\",\"reports\":[]}", "{\"by\":1}", "\"", &"[".repeat(100_000)] {
        let answer = desk.post_with(DECIDE, &own, body);
        assert!(answer.starts_with("HTTP/1.1 400"), "{body:.40}: {answer}");
    }
    let long = format!("{{\"by\":\"{}\",\"reports\":[]}}", "a".repeat(300 << 10));
    let answer =
        desk.served.ask(&format!("POST {DECIDE} HTTP/1.1\n{own}Content-Length: {}\nConnection: close\n\n", long.len()));
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let answer = desk.served.ask(&format!("POST {DECIDE} HTTP/1.1\n{own}Connection: close\n\n"));
    assert!(answer.starts_with("HTTP/1.1 411"), "{answer}");
    let chunked =
        format!("POST {DECIDE} HTTP/1.1\n{own}Transfer-Encoding: chunked\nConnection: close\n\n5\n12345\n0\n\n");
    assert!(desk.served.ask(&chunked).starts_with("HTTP/1.1 411"));
    let began = Instant::now();
    let slow = desk.served.ask(&format!("POST {DECIDE} HTTP/1.1\n{own}Content-Length: 100\n\n{{"));
    assert!(slow.starts_with("HTTP/1.1 400") && began.elapsed() < Duration::from_secs(30), "{slow}");
    let mut note = shown.clone();
    note["quotes"][0]["was"] = json!("x".repeat(3000));
    assert_eq!(desk.give(&note, "?").0, 400);
    assert_eq!(tree(), 0);
    assert!(desk.served.is_running());
}

#[test]
fn people_are_decided_about_in_their_files() {
    let site = quay();
    let desk = Desk::open(&site, NOW);
    let file = "content/people/ingrid-marsh.md";
    let shown = desk.read("person?id=ingrid-marsh");
    assert_eq!(
        (&shown["name"], &shown["file"], &shown["n_reports"]),
        (&json!("Ingrid Marsh"), &Value::Null, &json!(1))
    );
    let (status, done) = desk.post("people", &json!({"rename": {"id": "ingrid-marsh", "name": "Ingrid Hart"}}));
    assert_eq!((status, &done["written"]), (200, &json!([file])), "{done}");
    let written = fs::read_to_string(site.path(file)).expect("a people file");
    assert!(written.contains("name = \"Ingrid Hart\"") && written.contains("Ingrid Marsh"), "{written}");
    desk.served.until("/people/ingrid-marsh/", "the new name", |page| page.contains("Ingrid Hart"));
    // Somebody wrote to it since: what was decided before is theirs to keep or to drop.
    fs::write(site.path(file), format!("{written}\nShe taught geography.\n")).expect("a file");
    let (status, refused) = desk.post("undo", &json!({"undo": 0}));
    assert_eq!((status, &refused["conflicts"][0]["path"]), (409, &json!(file)), "{refused}");
    fs::write(site.path(file), &written).expect("a file");
    assert_eq!(desk.post("undo", &json!({"undo": 0})).0, 200);
    assert!(!site.path(file).exists());
    for (asked, expected) in [
        (json!({"rename": {"id": "nobody", "name": "A B"}}), 400),
        (json!({"rename": {"id": "../../x", "name": "A B"}}), 400),
        (json!({"rename": {"id": "ingrid-marsh", "name": " "}}), 400),
        (json!({"rename": {"id": "ingrid-marsh", "name": "x".repeat(300)}}), 400),
        (json!({"merge": {"from": "ingrid-marsh", "into": "ingrid-marsh"}}), 400),
        (json!({"split": {"id": "ingrid-marsh", "name": "Ingrid Marsh", "apart": "", "reports": [REPORT]}}), 400),
        (json!({"split": {"id": "ingrid-marsh", "name": "../x", "apart": "", "reports": ["../x.md"]}}), 400),
        (json!({"split": {"id": "ingrid-marsh", "name": "Ingrid Marsh", "apart": "pilot", "reports": []}}), 400),
        (json!({"remove": {"id": "ingrid-marsh"}}), 400),
    ] {
        let (status, told) = desk.post("people", &asked);
        assert_eq!(status, expected, "{asked}: {told}");
    }
    let left = crate::support::files_below(&site.path("content/people"));
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn review_is_for_this_machine_alone() {
    let site = quay();
    let served = Served::start_with(&site.path(""), &["--host", "0.0.0.0"]);
    let port = served.address.split(':').next_back().expect("a port").to_owned();
    let ask = |method: &str, path: &str, more: &str| {
        served.ask(&format!("{method} {path} HTTP/1.1\nHost: 127.0.0.1:{port}\n{more}Connection: close\n\n"))
    };
    for path in ["/_onrecord/review", "/_onrecord/review/queue", "/_onrecord/review/review.js"] {
        assert!(ask("GET", path, "").starts_with("HTTP/1.1 403"), "{path}");
    }
    let own = format!("Origin: http://127.0.0.1:{port}\nContent-Type: application/json\nContent-Length: 0\n");
    assert!(ask("POST", DECIDE, &own).starts_with("HTTP/1.1 403"));
}

#[test]
fn what_an_article_says_is_data_in_a_review() {
    let site = Session::new().file(
        REPORT,
        "+++\ntitle = \"<script>alert(1)</script>\"\nslug = \"quay\"\n+++\n\n“</script><img src=x onerror=alert(2)>,” said Ingrid Marsh.\n",
    );
    let desk = Desk::open(&site, &["--by", "\"><script>alert(3)</script>"]);
    let page = desk.served.get("/_onrecord/review");
    assert!(!page.contains("<script>alert") && page.contains("&quot;&gt;&lt;script&gt;"), "{page}");
    assert!(header(&page, "content-security-policy").is_some_and(|policy| policy.contains("script-src 'self'")));
    assert_eq!(header(&page, "cache-control"), Some("no-store"));
    let report = desk.served.get(&format!("/_onrecord/review/report?path={REPORT}"));
    assert_eq!(header(&report, "content-type"), Some("application/json"));
    assert_eq!(header(&report, "x-content-type-options"), Some("nosniff"));
}
