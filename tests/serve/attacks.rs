//! What would read along, get out of the folder, or stop the server.

use super::{PAGE, Served, body, quay};
use std::fs;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

#[test]
fn nothing_outside_the_site_is_served() {
    let site = quay().file("secret.txt", "the source is Ansel Deep");
    let served = Served::start(&site.path(""));
    let preview = site.path(".onrecord/preview");
    fs::write(preview.join(".hidden"), "hidden").expect("a file");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(site.path("secret.txt"), preview.join("link.txt")).expect("a link");
        std::os::unix::fs::symlink(site.path(""), preview.join("out")).expect("a link");
    }
    let mut tried = 0;
    for path in [
        "/.onrecord",
        "/%2eonrecord",
        "/.hidden",
        "/%2Ehidden",
        "/../secret.txt",
        "/../../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2fsecret.txt",
        "/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5c..%5csecret.txt",
        "/..\\..\\secret.txt",
        "/people/../../../secret.txt",
        "/people/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/%252e%252e/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/%c0%ae%c0%ae/secret.txt",
        "/%uff0e%uff0e/secret.txt",
        "/....//....//secret.txt",
        "//secret.txt",
        "//host.example/",
        "/link.txt",
        "/out/secret.txt",
        "/out/",
        "/out",
        "/theme.css%00.html",
        "/theme.css/",
        "/theme.css::$DATA",
        "/index.html%20",
        "/index.html.",
        "/%2fetc%2fpasswd",
        "/etc/passwd",
        "/site.toml",
        "/content/2031/11/14-quay.md",
        "/.onrecord/cache/facts-0.pack",
        "/_onrecord/../secret.txt",
        "/_onrecord/%2e%2e/secret.txt",
        "/%ff%fe",
        "/a%0d%0aSet-Cookie:x=1",
    ] {
        let answer = served.get(path);
        assert!(answer.starts_with("HTTP/1.1 404") || answer.starts_with("HTTP/1.1 400"), "{path}: {answer}");
        assert!(!answer.contains("Ansel Deep") && !answer.to_lowercase().contains("set-cookie"), "{path}: {answer}");
        tried += 1;
    }
    assert!(tried > 30);
    let asked = served.get("/<script>alert(1)</script>/%3Cimg%20src=x%20onerror=alert(1)%3E/");
    assert!(!body(&asked).contains("alert"), "nothing of a request is in an answer: {asked}");
}

#[test]
fn other_sites_are_not_answered() {
    let site = quay();
    let served = Served::start(&site.path(""));
    let own = format!("Host: {}\n", served.address);
    let port = served.address.split_once(':').expect("a port").1;
    let check = |method: &str, path: &str, headers: &str, expected: &str| {
        let answer = served.ask(&format!("{method} {path} HTTP/1.1\n{headers}Connection: close\n\n"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {expected}")), "{method} {path} {headers}: {answer}");
        assert!(expected == "200" || !answer.contains("Quay"), "{headers}: {answer}");
    };
    for path in ["/", PAGE, "/index.json", "/_onrecord/live.js"] {
        check("GET", path, "Host: calder.example\n", "421");
        check("GET", path, &format!("Host: calder.example:{port}\n"), "421");
        check("GET", path, "Host: 127.0.0.1.calder.example\n", "421");
        check("GET", path, &format!("{own}Host: calder.example\n"), "400");
        check("GET", path, "", "400");
        check("GET", path, &format!("{own}Origin: http://calder.example\n"), "403");
        check("GET", path, &format!("{own}Origin: null\n"), "403");
        check("GET", path, &format!("{own}Origin: http://127.0.0.1:1\n"), "403");
        check("GET", path, &format!("{own}Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\n"), "403");
        check("GET", path, &format!("{own}Sec-Fetch-Site: same-site\nSec-Fetch-Mode: cors\n"), "403");
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "LIST"] {
            let expected = match method {
                "CONNECT" => "4",
                "LIST" => "501",
                _ => "405",
            };
            check(method, path, &own, expected);
        }
    }
    check("GET", "http://calder.example/", &own, "421");
    check("GET", "/_onrecord/events", "Host: calder.example\n", "421");
    check("GET", "/_onrecord/events", &format!("{own}Origin: http://calder.example\n"), "403");
    check("GET", "/_onrecord/events", &format!("{own}Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: cors\n"), "403");
    // A link on another site that a person follows.
    let link = "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n";
    check("GET", PAGE, &format!("{own}{link}"), "200");
    check("GET", PAGE, &format!("Host: localhost:{port}\n"), "200");
}

#[test]
fn slow_broken_and_many_connections_do_not_stop_it() {
    let site = quay();
    let mut served = Served::start(&site.path(""));
    // Half a head each, and nothing more: more of them than are held at once.
    let mut slow: Vec<_> = (0..300)
        .map(|n| {
            let mut stream = served.connect();
            let _ = stream.write_all(if n % 2 == 0 { b"GET / HT" } else { b"" });
            stream
        })
        .collect();
    // Events that nobody reads.
    for _ in 0..40 {
        let mut stream = served.connect();
        let _ =
            stream.write_all(format!("GET /_onrecord/events HTTP/1.1\r\nHost: {}\r\n\r\n", served.address).as_bytes());
        slow.push(stream);
    }
    let began = Instant::now();
    assert!(served.get(PAGE).contains("“It holds,”"));
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    let nonsense: &[&[u8]] = &[
        b"\0\0\0\0",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx",
    ];
    for bytes in nonsense {
        let mut stream = served.connect();
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    // Heads without end.
    for piece in
        ["X-Long: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", "aaaaaaaaaaaaaaaa"]
    {
        let mut stream = served.connect();
        let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n");
        let sent = (0..200_000).take_while(|_| stream.write_all(piece.as_bytes()).is_ok()).count();
        assert!(sent < 200_000, "it took all of it");
    }
    assert!(served.is_running());
    assert!(served.get(PAGE).contains("“It holds,”"));
}

#[test]
fn ten_thousand_requests_are_answered() {
    let site = quay();
    let mut served = Served::start(&site.path(""));
    let request = format!("GET {PAGE} HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
    std::thread::scope(|threads| {
        for _ in 0..8 {
            threads.spawn(|| {
                let mut stream = served.connect();
                let mut buffer = vec![0; 1 << 16];
                let mut held = Vec::new();
                for _ in 0..1_250 {
                    stream.write_all(request.as_bytes()).expect("sent");
                    // One answer ends where the page does.
                    while !held.ends_with(b"</html>\n") {
                        let n = stream.read(&mut buffer).expect("an answer");
                        assert!(n > 0, "the connection was closed");
                        held.extend_from_slice(&buffer[..n]);
                    }
                    assert!(held.starts_with(b"HTTP/1.1 200"));
                    held.clear();
                }
            });
        }
    });
    assert!(served.is_running());
}
