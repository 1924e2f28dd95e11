//! Links that leave the site, asked of a host of our own.

use super::support::Session;
use onrecord::build::{BuildOptions, Quiet};
use onrecord::check::{self, Outside};
use onrecord::diag::codes;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A host that answers each address in its own way, and takes down what it was asked.
#[derive(Default)]
struct Host {
    asked: Mutex<Vec<String>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Host {
    fn start() -> (Arc<Self>, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let host = Arc::new(Self::default());
        let its = host.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let host = its.clone();
                std::thread::spawn(move || host.answer(stream));
            }
        });
        (host, port)
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
        let request = lines.next().and_then(Result::ok).unwrap_or_default();
        while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
        let at_once = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(at_once, Ordering::SeqCst);
        let mut words = request.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let before = {
            let mut asked = self.asked.lock().expect("not poisoned");
            asked.push(format!("{method} {path}"));
            asked.iter().filter(|other| other.ends_with(path)).count()
        };
        std::thread::sleep(Duration::from_millis(5));
        let answer = match (method, path) {
            (_, "/there") => "200 OK\r\n",
            ("HEAD", "/no-head") => "405 Method Not Allowed\r\n",
            (_, "/no-head") => "200 OK\r\n",
            (_, "/moved") => "301 Moved Permanently\r\nLocation: /there\r\n",
            (_, "/circle") => "302 Found\r\nLocation: /circle\r\n",
            (_, "/door") => "403 Forbidden\r\n",
            (_, "/busy") if before < 4 => "429 Too Many Requests\r\nRetry-After: 0\r\n",
            (_, "/busy") => "200 OK\r\n",
            (_, "/down") => "503 Service Unavailable\r\n",
            _ => "404 Not Found\r\n",
        };
        self.now.fetch_sub(1, Ordering::SeqCst);
        let _ = write!(stream, "HTTP/1.1 {answer}Content-Length: 0\r\nConnection: close\r\n\r\n");
    }
}

#[test]
fn what_leads_nowhere_is_told_at_its_line_and_hosts_are_asked_politely() {
    let (host, port) = Host::start();
    let link = |path: &str| format!("[{path}](http://127.0.0.1:{port}{path})");
    let paths = ["/there", "/no-head", "/moved", "/circle", "/door", "/busy", "/down", "/gone", "/there#place"];
    let body: String = paths.iter().map(|path| format!("{}\n\n", link(path))).collect();
    let session = Session::new()
        .file("site.toml", "base_url = \"https://calder.example/\"\n")
        .file("content/2031/11/14-links.md", format!("+++\ntitle = \"Links\"\n+++\n\n{body}"))
        .file("content/2031/11/15-again.md", format!("+++\ntitle = \"Again\"\n+++\n\n{}\n", link("/gone")));
    let options = BuildOptions::new(session.path(""));
    let outside = Outside {
        pause: Duration::from_millis(1),
        private: true,
        ..Outside::new(session.path(".onrecord/links.json"), 1_000_000_000)
    };
    let told = |outside: &Outside| -> Vec<String> {
        let checked = check::run_outside(&options, None, outside, &Quiet).expect("a site");
        let dead = checked.diagnostics.iter().filter(|noted| noted.code == codes::LINK_DEAD);
        dead.map(|noted| {
            let line = noted.place.as_ref().map_or(0, |place| place.line);
            format!("{}:{line} {}", noted.path, noted.message.replace(&format!("http://127.0.0.1:{port}"), ""))
        })
        .collect()
    };
    let expected = [
        "content/2031/11/14-links.md:11 `/circle` leads nowhere: it is led on without end",
        "content/2031/11/14-links.md:17 `/down` leads nowhere: its host answers 503 Service Unavailable",
        "content/2031/11/14-links.md:19 `/gone` leads nowhere: its host answers 404 Not Found",
        "content/2031/11/15-again.md:5 `/gone` leads nowhere: its host answers 404 Not Found",
    ];
    assert_eq!(told(&outside), expected);
    assert_eq!(host.most.load(Ordering::SeqCst), 1, "one question at a time");
    let asked = std::mem::take(&mut *host.asked.lock().expect("not poisoned"));
    let times = |path: &str| asked.iter().filter(|asked| asked.ends_with(path)).count();
    // Once by its own address, once from the one that moved; a place in a page is no other address.
    assert_eq!((times(" /there"), times(" /gone"), times(" /down")), (2, 2, 6), "{asked:?}");

    // What was answered holds for a while: what is there longer than what is not.
    let later = |days: i64| Outside { now: 1_000_000_000 + days * 86_400, ..outside.clone() };
    // A host that may be up again in an hour is asked again.
    assert_eq!(told(&later(0)), expected);
    assert!(host.asked.lock().expect("not poisoned").drain(..).all(|asked| asked.ends_with(" /down")));
    assert_eq!(told(&later(2)), expected);
    let again: BTreeMap<String, usize> =
        host.asked.lock().expect("not poisoned").drain(..).fold(BTreeMap::new(), |mut all, asked| {
            *all.entry(asked).or_default() += 1;
            all
        });
    assert!(again.contains_key("HEAD /gone") && !again.contains_key("HEAD /there"), "{again:?}");
    // Damaged answers are as none.
    std::fs::write(session.path(".onrecord/links.json"), "{").expect("a file");
    assert_eq!(told(&later(0)), expected);
}

#[test]
fn what_stands_in_copy_does_not_look_around_in_this_network() {
    let (host, port) = Host::start();
    let session = Session::new().file(
        "content/2031/11/14-links.md",
        format!("+++\ntitle = \"L\"\n+++\n\n[here](http://127.0.0.1:{port}/there)\n"),
    );
    let outside = Outside {
        pause: Duration::from_millis(1),
        ..Outside::new(session.path(".onrecord/links.json"), 1_000_000_000)
    };
    let checked = check::run_outside(&BuildOptions::new(session.path("")), None, &outside, &Quiet).expect("a site");
    let said: Vec<&str> = checked.diagnostics.iter().map(|noted| &*noted.message).collect();
    assert!(said.iter().any(|message| message.contains("this machine or its network")), "{said:?}");
    assert_eq!(host.asked.lock().expect("not poisoned").len(), 0);
}
