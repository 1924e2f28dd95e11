//! The preview, asked over loopback.

mod attacks;
mod history;
mod http;
mod live;
mod review;
mod two;
mod wire;

use super::support::Session;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running `onrecord serve`; ends with the test.
struct Served {
    child: Child,
    /// `127.0.0.1:12345`.
    address: String,
}

impl Served {
    fn start(root: &Path) -> Self {
        Self::start_with(root, &[])
    }

    fn start_with(root: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["serve", "--port", "0"])
            .args(args)
            .current_dir(root)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("onrecord starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| Some(line.split_once("http://")?.1.split_once('/')?.0.to_owned()))
            .expect("an address");
        // What is said later is read and dropped, or the pipe would fill.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(40))).expect("a limit");
        stream
    }

    /// Sends one request and gives the whole answer.
    fn ask(&self, request: &str) -> String {
        let mut stream = self.connect();
        stream.write_all(request.replace('\n', "\r\n").as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// With headers, each ending in a line feed.
    fn get_with(&self, path: &str, headers: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\nHost: {}\n{headers}Connection: close\n\n", self.address))
    }

    fn get(&self, path: &str) -> String {
        self.get_with(path, "")
    }

    /// Asks until the answer satisfies, and fails where it does not for twenty seconds.
    fn until(&self, path: &str, what: &str, satisfies: impl Fn(&str) -> bool) -> String {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let answer = self.get(path);
            if satisfies(&answer) {
                return answer;
            }
            assert!(Instant::now() < end, "{what}: {answer}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a state").is_none()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The value of a header of an answer.
fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, v)| v)
}

/// What follows the headers of an answer.
fn body(answer: &str) -> &str {
    answer.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

/// One report about the quay.
fn quay() -> Session {
    Session::new().file("content/2031/11/14-quay.md", report("Quay reopens", "It holds"))
}

fn report(title: &str, words: &str) -> String {
    format!("+++\ntitle = \"{title}\"\nsection = \"Harbour\"\nslug = \"quay\"\n+++\n\n“{words},” said Ingrid Marsh.\n")
}

const REPORT: &str = "content/2031/11/14-quay.md";
const PAGE: &str = "/2031/11/14/quay/";
