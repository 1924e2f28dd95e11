//! What else can be sent over a wire: paths in every encoding, ranges, lengths that contradict each other, floods.

use super::{PAGE, Served, body, header, quay};
use std::fs;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

/// Forms in which `.` and `/` were smuggled through servers.
const DOTS: [&str; 9] =
    ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "%uff0e%uff0e", "..%00"];
const SLASHES: [&str; 11] = ["/", "%2f", "%2F", "%5c", "\\", "%252f", "%c0%af", "%e0%80%af", "%c1%9c", "//", "/./"];
/// What lies outside the site, seen from its folder, and must not be shown.
const TARGETS: [&str; 5] = ["secret.txt", "site.toml", "content/quay.md", ".onrecord/cache/inputs", "etc/passwd"];
/// Names that mean something else to some system.
const ODD: [&str; 23] = [
    "CON",
    "con.html",
    "NUL",
    "nul.txt",
    "AUX",
    "PRN",
    "COM1",
    "LPT1",
    "CONIN$",
    "C:",
    "C:/windows/win.ini",
    "C:\\windows\\win.ini",
    "c%3a/windows",
    "index.html::$DATA",
    "index.html%3a%3a$DATA",
    "index.html:$i30:$INDEX_ALLOCATION",
    "INDEX~1.HTM",
    "index.html.",
    "index.html%20",
    "index.html%2e",
    "index.html...",
    "%3f/index.html",
    "*",
];

#[test]
fn no_way_of_writing_a_path_leads_out() {
    let site =
        quay().file("secret.txt", "the source is Ansel Deep").file("content/2031/11/hidden.txt.bak", "Ansel Deep");
    let served = Served::start(&site.path(""));
    let preview = site.path(".onrecord/preview");
    for name in [".env", ".git/config", "people/.hidden"] {
        let place = preview.join(name);
        fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        fs::write(place, "Ansel Deep").expect("a file");
    }
    let mut paths = Vec::new();
    for (dots, slash) in DOTS.iter().flat_map(|dots| SLASHES.iter().map(move |slash| (dots, slash))) {
        for target in TARGETS {
            for (start, deep) in [("/", 1), ("/", 2), ("/", 8), ("/people/", 3), ("/_onrecord/", 3)] {
                paths.push(format!("{start}{}{target}", format!("{dots}{slash}").repeat(deep)));
            }
        }
    }
    paths.extend(ODD.iter().flat_map(|odd| ["/", "/people/", "//"].map(|start| format!("{start}{odd}"))));
    let hidden = [
        "/.env",
        "/%2eenv",
        "/.git/config",
        "/%2Egit/config",
        "/people/.hidden",
        "/people/%2ehidden",
        "/.onrecord",
        "/%2eonrecord",
    ];
    paths.extend(hidden.map(str::to_owned));
    let mut stream = served.connect();
    for path in &paths {
        // A blank would end the path.
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
        let (mut head, mut content) = exchange(&mut stream, &request);
        if head.is_empty() {
            // What is no request at all may cost the connection.
            stream = served.connect();
            (head, content) = exchange(&mut stream, &request);
        }
        let status = head.get(9..12).unwrap_or("400");
        assert!(["400", "404", "421", "307"].contains(&status), "{path}: {head}");
        if status == "307" {
            let to = head.lines().find_map(|line| line.strip_prefix("location: ")).expect("an address");
            assert!(to.starts_with('/') && !to.starts_with("//"), "{path}: {head}");
        }
        assert!(status == "400" || head.contains("x-content-type-options: nosniff"), "{path}: {head}");
        let content = String::from_utf8_lossy(&content);
        assert!(
            !content.contains("Ansel Deep") && !content.contains("root:") && !content.contains("[extra]"),
            "{path}"
        );
        if head.contains("connection: close") {
            stream = served.connect();
        }
    }
    println!("{} paths were asked for", paths.len());
    assert!(paths.len() > 2_500);
}

/// Sends a request and reads the answer, as long as it says it is; nothing where the connection was closed.
fn exchange(stream: &mut std::net::TcpStream, request: &str) -> (String, Vec<u8>) {
    let mut held = Vec::new();
    let mut buffer = [0; 1 << 14];
    if stream.write_all(request.as_bytes()).is_err() {
        return Default::default();
    }
    loop {
        let end = held.windows(4).position(|at| at == b"\r\n\r\n");
        if let Some(end) = end {
            let head = String::from_utf8_lossy(&held[..end]).into_owned();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if held.len() >= end + 4 + length.unwrap_or(0) {
                return (head, held[end + 4..].to_vec());
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return Default::default(),
            Ok(n) => held.extend_from_slice(&buffer[..n]),
        }
    }
}

#[test]
fn ranges_of_every_kind_are_answered_as_http_says() {
    let site = quay()
        .file("static/letters.txt", "abcdefghij")
        .file("static/empty.txt", "")
        .file("static/large.bin", vec![7; 5 << 20]);
    let served = Served::start(&site.path(""));
    let mut tried = 0;
    let mut check = |path: &str, range: &str, status: &str, len: usize| {
        let answer = served.get_with(path, &format!("Range: {range}\n"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path} {range}: {answer}");
        assert_eq!(body(&answer).len(), len, "{path} {range}");
        tried += 1;
    };
    check("/letters.txt", "bytes=0-0", "206", 1);
    check("/letters.txt", "bytes=9-", "206", 1);
    check("/letters.txt", "bytes=0-18446744073709551614", "206", 10);
    check("/letters.txt", "bytes=-18446744073709551614", "206", 10);
    for huge in [
        "bytes=0-18446744073709551615",
        "bytes=0-18446744073709551616",
        "bytes=18446744073709551615-",
        "bytes=99999999999999999999999-",
        "bytes=-99999999999999999999999",
    ] {
        let answer = served.get_with("/letters.txt", &format!("Range: {huge}\n"));
        assert!(["200", "206", "416"].contains(&&answer[9..12]) && body(&answer).len() <= 10, "{huge}: {answer}");
    }
    for backwards in ["bytes=9-0", "bytes=5-4"] {
        check("/letters.txt", backwards, "416", 0);
    }
    check("/letters.txt", "bytes=-0", "416", 0);
    // Several, overlapping, and as many as a head holds: the whole, once.
    check("/letters.txt", "bytes=0-1,4-5", "200", 10);
    let answer = served.get_with("/letters.txt", "Range: bytes=0-9,0-9,0-9\n");
    assert!(["200", "416"].contains(&&answer[9..12]) && body(&answer).len() <= 10, "{answer}");
    let many = format!("Range: bytes={}\n", vec!["0-"; 5_000].join(","));
    let answer = served.get_with("/large.bin", &many);
    assert!(["200", "416"].contains(&&answer[9..12]) && body(&answer).len() <= (5 << 20) * 3, "{}", &answer[..100]);
    for nonsense in ["bytes", "bytes=", "bytes=a-b", "bytes=--1", "bytes=1", "bytes=0x0-", "octets=0-1", "bytes = 0-1,"]
    {
        let answer = served.get_with("/letters.txt", &format!("Range: {nonsense}\n"));
        assert!(["200", "206", "416"].contains(&&answer[9..12]), "{nonsense}: {answer}");
    }
    check("/empty.txt", "bytes=0-", "416", 0);
    check("/empty.txt", "bytes=-1", "416", 0);
    let head = served
        .ask(&format!("HEAD /letters.txt HTTP/1.1\nHost: {}\nRange: bytes=2-4\nConnection: close\n\n", served.address));
    assert!(head.starts_with("HTTP/1.1 200") && header(&head, "content-length") == Some("10"), "{head}");
    let tag = header(&served.get("/letters.txt"), "etag").expect("a tag").to_owned();
    let both = served.get_with("/letters.txt", &format!("If-None-Match: {tag}\nRange: bytes=2-4\n"));
    assert!(both.starts_with("HTTP/1.1 304"), "{both}");
    for path in ["/nowhere", PAGE, "/people"] {
        let answer = served.get_with(path, "Range: bytes=0-3\n");
        assert!(!answer.starts_with("HTTP/1.1 5"), "{path}: {answer}");
    }
    assert!(tried > 8);
}

#[test]
fn lengths_that_contradict_each_other_smuggle_nothing() {
    let site = quay();
    let mut served = Served::start(&site.path(""));
    let host = served.address.clone();
    let inner = format!("GET /index.json HTTP/1.1\r\nHost: {host}\r\n\r\n");
    for headers in [
        "Content-Length: 5\r\nContent-Length: 6".to_owned(),
        "Content-Length: 5, 6".to_owned(),
        "Content-Length: +5".to_owned(),
        "Content-Length: 0x5".to_owned(),
        "Content-Length: 18446744073709551616".to_owned(),
        "Content-Length: 5\r\nTransfer-Encoding: chunked".to_owned(),
        "Transfer-Encoding: chunked\r\nContent-Length: 5".to_owned(),
        "Transfer-Encoding: chunked, identity".to_owned(),
        "Transfer-Encoding: xchunked".to_owned(),
        "Transfer-Encoding : chunked".to_owned(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip".to_owned(),
        format!("Content-Length: {}", inner.len()),
        "Expect: 100-continue\r\nContent-Length: 10000000".to_owned(),
        "Host: calder.example".to_owned(),
        " folded: x".to_owned(),
    ] {
        for method in ["GET", "POST"] {
            let mut stream = served.connect();
            let request = format!("{method} {PAGE} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n\r\n{inner}");
            let _ = stream.write_all(request.as_bytes());
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            let answer = String::from_utf8_lossy(&answer);
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{method} {headers}: {answer}");
            // Nothing behind such a head is taken for a request that is answered.
            assert!(!answer.contains("HTTP/1.1 200"), "{method} {headers}: {answer}");
        }
    }
    assert!(served.is_running());
    // Many in one go are answered in their order.
    let mut stream = served.connect();
    let all: String = (0..200)
        .map(|n| {
            format!("GET /{n} HTTP/1.1\r\nHost: {host}\r\n{}\r\n", if n == 199 { "Connection: close\r\n" } else { "" })
        })
        .collect();
    stream.write_all(all.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answers");
    assert_eq!(String::from_utf8_lossy(&answer).matches("HTTP/1.1 404").count(), 200);
}

#[test]
fn a_flood_is_not_held() {
    let site = quay();
    let mut served = Served::start(&site.path(""));
    // Chunks without end, to a page and to where decisions are taken.
    for path in [PAGE, "/_onrecord/decide", "/_onrecord/review"] {
        let mut stream = served.connect();
        stream.set_write_timeout(Some(Duration::from_secs(5))).expect("a limit");
        let head = format!("POST {path} HTTP/1.1\r\nHost: {}\r\nTransfer-Encoding: chunked\r\n\r\n", served.address);
        stream.write_all(head.as_bytes()).expect("sent");
        let chunk = [b"10000\r\n".as_slice(), &[b'a'; 1 << 16], b"\r\n"].concat();
        let sent = (0..2_000).take_while(|_| stream.write_all(&chunk).is_ok()).count();
        assert!(sent < 2_000, "{path}: it took 128 MB in");
    }
    // Half-open connections, closed at once, by the thousand.
    for n in 0..2_000 {
        let mut stream = served.connect();
        if n % 3 == 0 {
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHo");
        }
    }
    let began = Instant::now();
    assert!(served.get(PAGE).starts_with("HTTP/1.1 200"));
    assert!(began.elapsed() < Duration::from_secs(10));
    assert!(served.is_running());
}

#[test]
fn a_page_that_must_be_the_one_held_is_that_or_none() {
    let site = quay();
    let served = Served::start(&site.path(""));
    let tag = header(&served.get("/theme.css"), "etag").expect("a tag").to_owned();
    let check = |held: &str, status: &str| {
        let answer = served.get_with("/theme.css", &format!("If-Match: {held}\n"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{held}: {answer}");
    };
    check(&tag, "200");
    check("*", "200");
    check(&format!("\"x\", {tag}"), "200");
    check("\"x\"", "412");
    check(&format!("W/{tag}"), "412");
}

#[test]
fn methods_are_answered_with_what_is_allowed() {
    let site = quay();
    let served = Served::start(&site.path(""));
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "HEAD2"] {
        for path in ["/", PAGE, "/theme.css", "/nowhere", "/_onrecord/live.js", "/_onrecord/events"] {
            let answer =
                served.ask(&format!("{method} {path} HTTP/1.1\nHost: {}\nConnection: close\n\n", served.address));
            // What HTTP knows, and what nobody does (RFC 9110 §9.1).
            let is_known = !["PROPFIND", "get", "HEAD2"].contains(&method);
            let status = if is_known { "HTTP/1.1 405" } else { "HTTP/1.1 501" };
            assert!(answer.starts_with(status), "{method} {path}: {answer}");
            assert_eq!(header(&answer, "allow"), is_known.then_some("GET, HEAD"), "{method} {path}");
            assert_eq!(header(&answer, "x-content-type-options"), Some("nosniff"));
            assert!(!answer.contains("TRACE") && !answer.contains("PROPFIND"), "nothing comes back: {answer}");
        }
    }
    // What a request says is in no answer.
    for path in [
        "/<script>x1x</script>",
        "/%3Cscript%3Ex1x%3C/script%3E",
        "/a?<script>x1x</script>",
        "/people?x1x\"><svg/onload=1>",
    ] {
        let answer =
            served.get_with(path, "Referer: <script>x1x</script>\nUser-Agent: <script>x1x</script>\nCookie: x1x\n");
        assert!(!body(&answer).contains("x1x"), "{path}: {answer}");
    }
}
