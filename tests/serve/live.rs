//! Pages follow what is written, and say what is wrong.

use super::{PAGE, REPORT, Served, quay, report};
use std::fs;
use std::io::{BufRead, BufReader, Write};

/// The stream of events that an open page listens to.
struct Events(BufReader<std::net::TcpStream>);

impl Events {
    fn open(served: &Served) -> Self {
        let mut stream = served.connect();
        let request = format!("GET /_onrecord/events HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
        stream.write_all(request.as_bytes()).expect("sent");
        Self(BufReader::new(stream))
    }

    /// The next event that satisfies.
    fn until(&mut self, satisfies: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).expect("an event") > 0, "the stream has ended");
            let Some(data) = line.strip_prefix("data: ") else {
                continue;
            };
            let state: serde_json::Value = serde_json::from_str(data).expect("JSON");
            if satisfies(&state) {
                return state;
            }
        }
    }
}

#[test]
fn a_change_reaches_the_page_and_those_who_listen() {
    let site = quay();
    let served = Served::start(&site.path(""));
    let mut events = Events::open(&served);
    let first = events.until(|state| state["good"] == true);
    fs::write(site.path(REPORT), report("Quay reopens", "It sways")).expect("a file");
    let second = events.until(|state| state["built"] != first["built"]);
    assert!(second["built"].as_u64() > first["built"].as_u64());
    assert!(served.get(PAGE).contains("“It sways,”"));
    // Saved as editors do: beside, then renamed into place.
    fs::write(site.path("content/2031/11/.14-quay.md.swp"), report("Quay reopens", "It falls")).expect("a file");
    fs::rename(site.path("content/2031/11/.14-quay.md.swp"), site.path(REPORT)).expect("renamed");
    served.until(PAGE, "an atomic save", |page| page.contains("“It falls,”"));
    fs::rename(site.path(REPORT), site.path("content/2031/11/15-quay.md")).expect("renamed");
    served.until(PAGE, "a rename", |page| page.starts_with("HTTP/1.1 404"));
    served.until("/2031/11/15/quay/", "a rename", |page| page.starts_with("HTTP/1.1 200"));
    fs::write(site.path("site.toml"), "title = \"The Merrow Post\"\n").expect("a file");
    served.until("/", "a setting", |page| page.contains("The Merrow Post"));
    fs::create_dir(site.path("static")).expect("a folder");
    fs::write(site.path("static/theme.css"), "body{color:red}").expect("a file");
    served.until("/theme.css", "a style sheet", |page| page.ends_with("body{color:red}"));
    // Until a build that is under way has put its last file there.
    while site.path(".onrecord/preview").exists() && fs::remove_dir_all(site.path(".onrecord")).is_err() {}
    served.until("/", "what was taken away", |page| page.starts_with("HTTP/1.1 200"));
}

#[test]
fn faults_are_shown_over_the_last_good_page_and_go_when_mended() {
    let site = quay();
    let mut served = Served::start(&site.path(""));
    let mut events = Events::open(&served);
    let good = events.until(|state| state["good"] == true);
    fs::create_dir(site.path("templates")).expect("a folder");
    fs::write(site.path("templates/article.html"), "<p>\n{{ page.headline\n</p>\n<i>\u{202e}\u{1b}[31m")
        .expect("a file");
    let bad = events.until(|state| state["good"] == false);
    assert_eq!(bad["built"], good["built"], "the last good site stays");
    let note = &bad["notes"][0];
    assert_eq!((&note["severity"], &note["code"]), (&"error".into(), &"template-broken".into()));
    assert_eq!(note["path"], "templates/article.html");
    let line = note["line"].as_u64().expect("a line");
    assert!((2..=3).contains(&line) && !note["excerpt"].is_null(), "{note}");
    let link = note["link"].as_str().expect("a link");
    assert!(link.starts_with("vscode://file/") && link.contains(&format!("templates/article.html:{line}:")), "{link}");
    assert!(!bad.to_string().contains(['\u{202e}', '\u{1b}']), "nothing that acts is passed on: {bad}");
    assert!(served.get(PAGE).contains("“It holds,”"), "the last good page stays");
    fs::remove_file(site.path("templates/article.html")).expect("removed");
    let mended = events.until(|state| state["good"] == true);
    assert_eq!(mended["notes"], serde_json::json!([]));

    // A file that cannot be read is left out, and said.
    fs::write(site.path("content/broken.md"), "+++\ntitle = 12\n+++\n<script>alert(1)</script>\n").expect("a file");
    let noted = events.until(|state| state["notes"].as_array().is_some_and(|notes| !notes.is_empty()));
    assert_eq!((&noted["good"], &noted["notes"][0]["path"]), (&true.into(), &"content/broken.md".into()));
    assert!(served.is_running());
}

#[test]
fn it_starts_although_the_first_build_fails() {
    let site = quay().file("site.toml", "titel = 1\n");
    let served = Served::start(&site.path(""));
    let answer = served.get(PAGE);
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("Not built yet"), "{answer}");
    let mut events = Events::open(&served);
    let bad = events.until(|state| state["notes"].as_array().is_some_and(|notes| !notes.is_empty()));
    assert_eq!(
        (&bad["built"], &bad["good"], &bad["notes"][0]["path"]),
        (&0.into(), &false.into(), &"site.toml".into())
    );
    fs::write(site.path("site.toml"), "title = \"Quays\"\n").expect("a file");
    events.until(|state| state["good"] == true);
    assert!(served.get(PAGE).contains("“It holds,”"));
}

#[test]
fn polling_notices_too() {
    let site = quay();
    let served = Served::start_with(&site.path(""), &["--poll"]);
    fs::write(site.path(REPORT), report("Quay reopens", "It sways")).expect("a file");
    served.until(PAGE, "a change", |page| page.contains("“It sways,”"));
}
