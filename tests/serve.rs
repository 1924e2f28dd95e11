//! The server, asked over loopback.

use super::support::Session;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running `onrecord serve`; ends with the test.
struct Served {
    child: Child,
    address: String,
    session: Session,
}

impl Served {
    fn start(session: Session) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["serve", "--port", "0"])
            .current_dir(session.path(""))
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("onrecord starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let address = lines
            .map_while(Result::ok)
            .find_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()))
            .expect("an address");
        Self { child, address, session }
    }

    /// Sends one request and gives the whole answer.
    fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a limit");
        stream.write_all(request.replace('\n', "\r\n").as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\nHost: {}\nConnection: close\n\n", self.address))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_built_site_is_served_to_this_machine_alone() {
    let site = Session::new().file(
        "content/2031/11/14-quay.md",
        "+++\ntitle = \"Quay reopens\"\nsection = \"Harbour\"\n+++\n\n“It holds,” said Ingrid Marsh.\n",
    );
    let served = Served::start(site);
    let check = |answer: String, status: &str, parts: &[&str]| {
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        for part in parts {
            assert!(answer.contains(part), "{part} is not in {answer}");
        }
    };
    let careful = "x-content-type-options: nosniff";
    check(served.get("/"), "200", &["content-type: text/html", careful, "Quay reopens"]);
    check(served.get("/2031/11/14/quay/"), "200", &["“It holds,”", &format!("href=\"http://{}/", served.address)]);
    check(served.get("/2031/11/14/quay"), "307", &["location: /2031/11/14/quay/"]);
    check(served.get("/theme.css"), "200", &["content-type: text/css", careful]);
    check(served.get("/nowhere/"), "404", &["content-type: text/html", careful, "<h1>"]);
    for path in
        ["/.onrecord", "/%2eonrecord", "/../site.toml", "/%2e%2e/%2e%2e/content/2031/11/14-quay.md", "//host.example/"]
    {
        check(served.get(path), "404", &[]);
    }
    let ask = |method: &str, host: &str| served.ask(&format!("{method} / HTTP/1.1\n{host}Connection: close\n\n"));
    check(ask("GET", "Host: calder.example\n"), "421", &[]);
    check(ask("GET", "Host: localhost\n"), "200", &[]);
    check(ask("GET", ""), "421", &[]);
    check(ask("POST", "Host: localhost\n"), "405", &[]);

    assert!(!served.session.path("public").exists(), "the published site is not touched");
}
