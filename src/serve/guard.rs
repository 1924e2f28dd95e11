//! Who may ask, and for what.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Turns away requests that name another host, and those for files that are not pages.
///
/// A page elsewhere can point its own host name at 127.0.0.1 and read along with its visitor's
/// browser; the `Host` header then still says its name.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(is_loopback) {
        return (StatusCode::MISDIRECTED_REQUEST, "this server answers to 127.0.0.1 and localhost only\n")
            .into_response();
    }
    // A redirect from `//host/folder` to `//host/folder/` would lead to that host.
    if request.uri().path().starts_with("//") || names_dot_file(request.uri().path()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    next.run(request).await
}

/// Whether a `Host` header names this machine, at whatever port.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "[::1]") || name.eq_ignore_ascii_case("localhost")
}

/// Whether a part of the path begins with a dot, also when the dot is written `%2e`.
fn names_dot_file(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') || part.get(..3).is_some_and(|dot| dot.eq_ignore_ascii_case("%2e")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_answered() {
        let check = |host: &str, expected: bool| assert_eq!(is_loopback(host), expected, "{host}");
        check("127.0.0.1:1111", true);
        check("localhost", true);
        check("LOCALHOST:80", true);
        check("[::1]:1111", true);
        check("[::1]", true);
        check("calder.example", false);
        check("127.0.0.1.calder.example:1111", false);
        check("localhost:calder.example", false);
        check("", false);
    }

    #[test]
    fn dot_files_are_nobodys() {
        let check = |path: &str, expected: bool| assert_eq!(names_dot_file(path), expected, "{path}");
        check("/", false);
        check("/2031/11/14/calder-tunnel/", false);
        check("/a.b/c.html", false);
        check("/.onrecord", true);
        check("/a/%2Egit/config", true);
        check("/../x", true);
    }
}
