//! Who may ask, and for what.

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, StatusCode};
use std::net::{IpAddr, Ipv6Addr};

/// Why a request is turned away: the status and one line for whoever reads it. Nothing of the request is in it.
pub(super) type Refused = (StatusCode, &'static str);

/// Turns away what no reader of the preview would send.
///
/// A page elsewhere can point its own host name at this machine and read along with its visitor's browser (DNS
/// rebinding); the `Host` header then still says that name. And it can send requests here in its own name; `Origin` and
/// `Sec-Fetch-Site` then say so. `near`: the server listens on loopback alone, so nobody else has a reason to be named.
pub(super) fn guard<B>(request: &Request<B>, near: bool) -> Result<(), Refused> {
    is_from_here(request, near)?;
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(if is_known(request.method()) {
            (StatusCode::METHOD_NOT_ALLOWED, "this server is for reading: GET and HEAD\n")
        } else {
            (StatusCode::NOT_IMPLEMENTED, "this server knows no such method\n")
        });
    }
    let headers = request.headers();
    let is_empty = headers.get(header::CONTENT_LENGTH).is_none_or(|length| length == "0");
    if !is_empty || headers.contains_key(header::TRANSFER_ENCODING) {
        return Err((StatusCode::PAYLOAD_TOO_LARGE, "this server takes nothing in\n"));
    }
    Ok(())
}

/// Bytes of a decision, at most.
pub(super) const DECISION_BYTES: usize = 256 << 10;

/// Turns away whatever a page of this run's would not send to be written down.
///
/// Beyond what [`guard`] asks: it says which page it comes from, that page is ours, it knows the run's token, and what
/// it sends is JSON of a length that it tells beforehand. A form of another site's can do none of this, a script of its
/// only after asking, and who asks (`OPTIONS`) is refused.
pub(super) fn guard_writing<B>(request: &Request<B>, near: bool, token: Option<&str>) -> Result<(), Refused> {
    is_from_here(request, near)?;
    let headers = request.headers();
    if !near {
        return Err((StatusCode::FORBIDDEN, "review is for this machine alone: start without --host\n"));
    }
    if *request.method() != Method::POST {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "decisions are posted\n"));
    }
    if !headers.contains_key(header::ORIGIN) {
        return Err(ANOTHERS);
    }
    if headers.get_all("sec-fetch-site").iter().any(|site| site != "same-origin") {
        return Err(ANOTHERS);
    }
    let given = only(headers, &HeaderName::from_static("x-onrecord-token"));
    if !given.zip(token).is_some_and(|(given, token)| is_same(given, token)) {
        return Err((StatusCode::FORBIDDEN, "this page is of another run of the preview: load it again\n"));
    }
    if only(headers, &header::CONTENT_TYPE).is_none_or(|kind| kind != "application/json") {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "decisions are JSON\n"));
    }
    let length = only(headers, &header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if headers.contains_key(header::TRANSFER_ENCODING) || length.is_none() {
        return Err((StatusCode::LENGTH_REQUIRED, "say how long it is\n"));
    }
    if length.is_none_or(|length| length > DECISION_BYTES) {
        return Err((StatusCode::PAYLOAD_TOO_LARGE, "this is too much for one decision\n"));
    }
    Ok(())
}

/// Compares in a time that does not tell how much was right.
fn is_same(given: &str, token: &str) -> bool {
    given.len() == token.len() && given.bytes().zip(token.bytes()).fold(0, |odd, (a, b)| odd | (a ^ b)) == 0
}

/// Whether HTTP has such a method (RFC 9110 §9.1, RFC 5789): the case of its letters matters.
fn is_known(method: &Method) -> bool {
    const KNOWN: &[&str] = &["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];
    KNOWN.contains(&method.as_str())
}

/// Turns away what does not come from a page of this server's, or from nowhere.
fn is_from_here<B>(request: &Request<B>, near: bool) -> Result<(), Refused> {
    let headers = request.headers();
    let ours = |host: &str| is_ours(host, near);
    let host = only(headers, &header::HOST).filter(|host| is_host(host)).ok_or(NO_HOST)?;
    // An address that is nothing but a host is what CONNECT asks for (RFC 9112 §3.2.3).
    if request.uri().scheme().is_none() && request.uri().authority().is_some() && *request.method() != Method::CONNECT {
        return Err((StatusCode::BAD_REQUEST, "this is no address of a page\n"));
    }
    if !ours(host) || request.uri().authority().is_some_and(|authority| !ours(authority.as_str())) {
        return Err(ELSEWHERE);
    }
    if headers.contains_key(header::ORIGIN) {
        let origin = only(headers, &header::ORIGIN).ok_or(ANOTHERS)?;
        // What a page here sends names the very host and port that it was read at.
        if !origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host)) {
            return Err(ANOTHERS);
        }
    }
    let says = |name: &'static str, value: &str| headers.get(name).is_some_and(|given| given == value);
    // A link on another site may lead here; nothing on it may load what lies here.
    let another = says("sec-fetch-site", "cross-site") || says("sec-fetch-site", "same-site");
    if another && !(says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document")) {
        return Err(ANOTHERS);
    }
    Ok(())
}

/// Without one `Host`, no request of HTTP/1.1 is one (RFC 9112 §3.2).
const NO_HOST: Refused = (StatusCode::BAD_REQUEST, "say in one `Host` whom you ask\n");
const ELSEWHERE: Refused =
    (StatusCode::MISDIRECTED_REQUEST, "this server answers to this machine's own names and addresses only\n");
const ANOTHERS: Refused = (StatusCode::FORBIDDEN, "this server does not answer to the pages of other sites\n");

/// The value of a header that is there once.
fn only<'a>(headers: &'a HeaderMap<HeaderValue>, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Whether a `Host` may be one (RFC 3986 §3.2.2), and no more than a host with a port.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, port),
        _ => (host, ""),
    };
    let inside = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=%".contains(&b);
    port.bytes().all(|b| b.is_ascii_digit())
        && match inside {
            Some(six) => six.bytes().all(|b| is_sign(b) || b == b':'),
            None => name.bytes().all(is_sign),
        }
}

/// Whether a `Host` names this machine, at whatever port. One that is reached from elsewhere has no name that another
/// could not give it too, and so answers to addresses as well, which nobody can rebind.
fn is_ours(host: &str, near: bool) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    if name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let address = match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(six) => six.parse::<Ipv6Addr>().map(IpAddr::V6).ok(),
        None => name.parse().ok().filter(IpAddr::is_ipv4),
    };
    address.is_some_and(|address| address.is_loopback() || !near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_answered() {
        let check = |host: &str, near: bool, far: bool| {
            assert_eq!((is_ours(host, true), is_ours(host, false)), (near, far), "{host}");
        };
        check("127.0.0.1:1111", true, true);
        check("127.8.9.1", true, true);
        check("localhost", true, true);
        check("LOCALHOST:80", true, true);
        check("[::1]:1111", true, true);
        check("[::1]", true, true);
        check("192.168.1.7:1111", false, true);
        check("[fe80::1]:1111", false, true);
        check("calder.example", false, false);
        check("127.0.0.1.calder.example:1111", false, false);
        check("localhost:calder.example", false, false);
        check("localhost.", false, false);
        check("::1", false, false);
        check("0x7f.1", false, false);
        check("", false, false);
    }

    #[test]
    fn pages_of_others_are_refused() {
        let check = |headers: &[(&str, &str)], expected: Option<u16>| {
            let mut request = Request::get("/");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.body(()).expect("a request");
            assert_eq!(guard(&request, true).err().map(|(status, _)| status.as_u16()), expected, "{headers:?}");
        };
        let host = ("host", "localhost:1111");
        check(&[host], None);
        check(&[host, ("origin", "http://localhost:1111")], None);
        check(&[host, ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")], None);
        check(
            &[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")],
            None,
        );
        check(&[], Some(400));
        check(&[host, host], Some(400));
        for none in ["a b", "localhost/", "me@localhost", "localhost:x", "[::1", "::1", "é"] {
            check(&[("host", none)], Some(400));
        }
        for other in ["", "calder.example", "localhost.:1", "[fe80::1]"] {
            check(&[("host", other)], Some(421));
        }
        check(&[host, ("origin", "http://localhost:3000")], Some(403));
        check(&[host, ("origin", "http://127.0.0.1:1111")], Some(403));
        check(&[host, ("origin", "https://localhost:1111")], Some(403));
        check(&[host, ("origin", "null")], Some(403));
        check(&[host, ("origin", "http://localhost:1111"), ("origin", "http://calder.example")], Some(403));
        check(&[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], Some(403));
        check(&[host, ("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")], Some(403));
        check(
            &[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")],
            Some(403),
        );
    }

    #[test]
    fn an_address_in_the_first_line_is_held_to_the_same() {
        let check = |uri: &str, ok: bool| {
            let request = Request::get(uri).header("host", "localhost").body(()).expect("a request");
            assert_eq!(guard(&request, true).is_ok(), ok, "{uri}");
        };
        check("http://localhost/people/", true);
        check("http://calder.example/people/", false);
        // Of a host alone it is asked for no page.
        check("localhost:1111", false);
    }

    #[test]
    fn it_takes_nothing_in() {
        let check = |name: &str, value: &str, expected: Option<u16>| {
            let request =
                Request::get("/").header("host", "localhost").header(name, value).body(()).expect("a request");
            assert_eq!(guard(&request, true).err().map(|(status, _)| status.as_u16()), expected, "{name}: {value}");
        };
        check("content-length", "0", None);
        check("content-length", "1", Some(413));
        check("transfer-encoding", "chunked", Some(413));
    }

    #[test]
    fn it_is_for_reading() {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH, Method::TRACE] {
            let request = Request::builder().method(method).uri("/").header("host", "localhost").body(()).expect("one");
            assert_eq!(guard(&request, true).err().map(|(status, _)| status.as_u16()), Some(405));
        }
        for method in ["BREW", "get", "PROPFIND"] {
            let request = Request::builder().method(method).uri("/").header("host", "localhost").body(()).expect("one");
            assert_eq!(guard(&request, true).err().map(|(status, _)| status.as_u16()), Some(501), "{method}");
        }
    }
}
