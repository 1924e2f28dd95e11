use super::files::{self, Found};
use super::guard;
use super::live::{Live, OWN};
use super::review::Review;
use crate::emit;
use crate::text::percent;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, UNIX_EPOCH};
use xxhash_rust::xxh3::xxh3_64;

/// The body of an answer.
pub(super) type Content = UnsyncBoxBody<Bytes, io::Error>;

/// Files up to this size are read whole, and known by a hash of their bytes.
const WHOLE: u64 = 4 << 20;
/// Bytes of a larger one in memory at once.
const PIECE: usize = 64 << 10;

/// How long a decision may take to come in.
const ARRIVAL: Duration = Duration::from_secs(10);

/// Answers one request.
pub(super) async fn respond(request: Request<Incoming>, live: Arc<Live>, near: bool) -> Response<Content> {
    let name = request.uri().path().strip_prefix(OWN).unwrap_or_default().to_owned();
    let methods = Review::methods(&name).unwrap_or("GET, HEAD");
    if Review::takes(&name) && *request.method() == Method::POST {
        return sealed(written(request, &name, live, near).await, methods);
    }
    let response = match guard::guard(&request, near) {
        // The number before the file: one that a build puts there meanwhile is then newer than its number, never older.
        Ok(()) => Visit { request: &request, live: &live, built: live.built(), near }.answer(),
        Err((status, words)) => plain(status, words),
    };
    sealed(response, methods)
}

/// Takes a decision in, and has it written down.
async fn written(request: Request<Incoming>, name: &str, live: Arc<Live>, near: bool) -> Response<Content> {
    if let Err((status, words)) = guard::guard_writing(&request, near, live.review().token()) {
        return plain(status, words);
    }
    // Whatever length it told, no more than that is held.
    let mut body = pin!(Limited::new(request.into_body(), guard::DECISION_BYTES).collect());
    let Ok(Ok(body)) = tokio::time::timeout(ARRIVAL, &mut body).await else {
        return plain(StatusCode::BAD_REQUEST, "the decision did not come in whole\n");
    };
    let (name, bytes) = (name.to_owned(), body.to_bytes());
    // The disk may be slow, and others are to be answered meanwhile.
    let done = tokio::task::spawn_blocking(move || live.review().write(&name, &bytes)).await;
    done.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "this could not be written down\n"))
}

/// An answer with what every answer says; `methods` are those that its address knows.
fn sealed(mut response: Response<Content>, methods: &'static str) -> Response<Content> {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CONTENT_SECURITY_POLICY, emit::POLICY),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    }
    response
}

/// One request, and the build that answers it.
struct Visit<'a, B> {
    request: &'a Request<B>,
    live: &'a Live,
    /// The number of the last good build when the request came.
    built: u64,
    /// Whether the server listens on loopback alone.
    near: bool,
}

impl<B> Visit<'_, B> {
    fn answer(&self) -> Response<Content> {
        let path = self.request.uri().path();
        if let Some(response) = self.live.answer(self.request, self.near) {
            return response;
        }
        let base = self.live.base();
        let Some(inside) = path.strip_prefix(&*base).map(|rest| format!("/{rest}")) else {
            // As on a host where the site lies below a path: its own address leads there, and no other does.
            let is_own = path == "/" || format!("{path}/") == *base;
            return if is_own { redirect(&base, None) } else { self.missing() };
        };
        if let Some(page) = page(&inside) {
            self.live.ahead().ask(&page);
            if let Some(html) = self.live.ahead().page(&page) {
                return self.page(html);
            }
        }
        match files::find(self.live.folder(), &inside) {
            Found::File(file, about) => {
                let name = if inside.ends_with('/') { "index.html" } else { &inside };
                self.sent(file, &about, name, StatusCode::OK)
            }
            Found::Folder => redirect(&format!("{path}/"), self.request.uri().query()),
            Found::Nothing => {
                let file = percent::decode(inside.trim_start_matches('/'));
                let page =
                    format!("{}{}index.html", file, if file.is_empty() || file.ends_with('/') { "" } else { "/" });
                // Somebody has taken it out of the preview's folder.
                if self.live.misses(&file) || self.live.misses(&page) {
                    self.live.review().miss();
                }
                self.missing()
            }
        }
    }

    /// The site's own page for what is not there, or a line where it has none.
    fn missing(&self) -> Response<Content> {
        match files::find(self.live.folder(), "/404.html") {
            Found::File(file, about) => self.sent(file, &about, "404.html", StatusCode::NOT_FOUND),
            _ => self.live.waiting(),
        }
    }

    /// A page of the build that is under way.
    fn page(&self, html: Bytes) -> Response<Content> {
        let (content, tag) = self.enlivened(html.into());
        self.given(Whole::Bytes(content), tag, content_type("index.html"), StatusCode::OK)
    }

    /// A file, or of it what was asked for.
    fn sent(&self, mut file: File, about: &Metadata, name: &str, status: StatusCode) -> Response<Content> {
        let kind = content_type(name);
        match self.content(&mut file, about, kind.starts_with("text/html")) {
            Ok((Some(bytes), tag)) => self.given(Whole::Bytes(bytes), tag, kind, status),
            Ok((None, tag)) => self.given(Whole::File(file, about.len()), tag, kind, status),
            Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the file cannot be read\n"),
        }
    }

    /// Of something whole, what was asked for.
    fn given(&self, whole: Whole, tag: String, kind: String, mut status: StatusCode) -> Response<Content> {
        let len = match &whole {
            Whole::Bytes(bytes) => bytes.len() as u64,
            Whole::File(_, len) => *len,
        };
        let headers = self.request.headers();
        let mut range = 0..len;
        let mut given = vec![(header::CONTENT_TYPE, kind), (header::ETAG, tag.clone())];
        if status == StatusCode::OK {
            // In this order (RFC 9110 §13.2.2).
            if is_otherwise(headers, &tag) {
                return plain(StatusCode::PRECONDITION_FAILED, "by now this is another\n");
            }
            if is_known(headers, &tag) {
                return with(StatusCode::NOT_MODIFIED, &[(header::ETAG, &tag)], empty());
            }
            given.push((header::ACCEPT_RANGES, "bytes".to_owned()));
            // A range is of what GET brings; of HEAD it means nothing (RFC 9110 §14.2).
            let asked = if self.request.method() == Method::GET { asked(headers, &tag, len) } else { Asked::Whole };
            match asked {
                Asked::Whole => {}
                Asked::Part(part) => {
                    given.push((header::CONTENT_RANGE, format!("bytes {}-{}/{len}", part.start, part.end - 1)));
                    (range, status) = (part, StatusCode::PARTIAL_CONTENT);
                }
                Asked::Nowhere => {
                    let range = format!("bytes */{len}");
                    return with(StatusCode::RANGE_NOT_SATISFIABLE, &[(header::CONTENT_RANGE, &range)], empty());
                }
            }
        }
        given.push((header::CONTENT_LENGTH, (range.end - range.start).to_string()));
        let given: Vec<(HeaderName, &str)> = given.iter().map(|(name, value)| (name.clone(), value.as_str())).collect();
        if self.request.method() == Method::HEAD {
            return with(status, &given, empty());
        }
        let body = match whole {
            Whole::Bytes(bytes) => {
                let part = usize::try_from(range.start).unwrap_or(0)..usize::try_from(range.end).unwrap_or(0);
                full(bytes.slice(part))
            }
            Whole::File(mut file, _) => match file.seek(SeekFrom::Start(range.start)) {
                Ok(_) => Pieces { file, left: range.end - range.start }.boxed_unsync(),
                Err(_) => return plain(StatusCode::INTERNAL_SERVER_ERROR, "the file cannot be read\n"),
            },
        };
        with(status, &given, body)
    }

    /// All of a file that is small, or a page, made live then; none of a large one. With its entity tag.
    fn content(&self, file: &mut File, about: &Metadata, is_page: bool) -> io::Result<(Option<Bytes>, String)> {
        if about.len() > WHOLE && !is_page {
            let since = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
            return Ok((None, format!("W/\"{:x}-{:x}\"", about.len(), since.as_nanos())));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0) + 256);
        file.read_to_end(&mut bytes)?;
        if is_page {
            let (bytes, tag) = self.enlivened(bytes);
            return Ok((Some(bytes), tag));
        }
        let tag = tag(&bytes);
        Ok((Some(bytes.into()), tag))
    }

    /// A page that keeps itself up to date, with the entity tag of what it was before.
    fn enlivened(&self, mut page: Vec<u8>) -> (Bytes, String) {
        let tag = tag(&page);
        self.live.enliven(&mut page, self.built, &tag);
        (page.into(), tag)
    }
}

/// Something to be sent whole or in part.
enum Whole {
    Bytes(Bytes),
    /// With its length in bytes.
    File(File, u64),
}

/// The entity tag of some bytes.
fn tag(bytes: &[u8]) -> String {
    format!("\"{:016x}\"", xxh3_64(bytes))
}

/// The file of the page at an address's path, which begins with `/` and is escaped; none where that is no page.
fn page(path: &str) -> Option<String> {
    let file = percent::decode(path.strip_prefix('/')?);
    match file.is_empty() || file.ends_with('/') {
        true => Some(format!("{file}index.html")),
        false => file.ends_with(".html").then(|| file.into_owned()),
    }
}

/// Whether the asker wants other bytes than these or none (RFC 9110 §13.1.1): weak tags are like no other.
fn is_otherwise(headers: &HeaderMap, tag: &str) -> bool {
    let mut wanted = headers.get_all(header::IF_MATCH).iter().filter_map(|value| value.to_str().ok()).peekable();
    let is_this = |wanted: &str| wanted == "*" || wanted == tag && !tag.starts_with("W/");
    wanted.peek().is_some() && !wanted.flat_map(|value| value.split(',')).any(|wanted| is_this(wanted.trim()))
}

/// Whether the asker has these bytes already (RFC 9110 §13.1.2).
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == "*" || bare(known) == bare(tag))
}

enum Asked {
    Whole,
    Part(std::ops::Range<u64>),
    Nowhere,
}

/// What of a file is asked for (RFC 9110 §14): one range, or the whole, as also where several are.
fn asked(headers: &HeaderMap, tag: &str, len: u64) -> Asked {
    let Some(range) = headers.get(header::RANGE).and_then(|range| range.to_str().ok()) else {
        return Asked::Whole;
    };
    // A part of other bytes than the asker holds would be of no use to them.
    if headers.get(header::IF_RANGE).is_some_and(|held| held != tag || tag.starts_with("W/")) {
        return Asked::Whole;
    }
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Asked::Whole;
    };
    // As many digits as there are: what does not fit is beyond every file.
    let number = |digits: &str| {
        let is = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        is.then(|| digits.parse::<u64>().unwrap_or(u64::MAX))
    };
    let part = match (number(first), number(last)) {
        // The last bytes, or all where there are fewer.
        (None, Some(n)) if first.is_empty() => len.saturating_sub(n)..len,
        (Some(first), None) if last.is_empty() => first..len,
        (Some(first), Some(last)) => first..last.saturating_add(1).min(len),
        _ => return Asked::Whole,
    };
    if part.is_empty() { Asked::Nowhere } else { Asked::Part(part) }
}

fn content_type(name: &str) -> String {
    let kind = mime_guess::from_path(Path::new(name)).first_or_octet_stream();
    let words = matches!(kind.type_().as_str(), "text") || kind.subtype() == "javascript";
    if words { format!("{}; charset=utf-8", kind.essence_str()) } else { kind.essence_str().to_owned() }
}

fn redirect(to: &str, query: Option<&str>) -> Response<Content> {
    let to = query.map_or_else(|| to.to_owned(), |query| format!("{to}?{query}"));
    with(StatusCode::TEMPORARY_REDIRECT, &[(header::LOCATION, &to)], empty())
}

/// A line of text.
pub(super) fn plain(status: StatusCode, words: &'static str) -> Response<Content> {
    with(status, &[(header::CONTENT_TYPE, "text/plain; charset=utf-8")], full(Bytes::from_static(words.as_bytes())))
}

/// An answer with these headers.
pub(super) fn with(status: StatusCode, headers: &[(HeaderName, &str)], body: Content) -> Response<Content> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in headers {
        // Every value here is our own or was taken from a parsed address.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name.clone(), value);
        }
    }
    response
}

/// These bytes.
pub(super) fn full(bytes: Bytes) -> Content {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// Nothing.
pub(super) fn empty() -> Content {
    full(Bytes::new())
}

/// The rest of a file, a piece at a time.
struct Pieces {
    file: File,
    left: u64,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let mut piece = vec![0; PIECE.min(usize::try_from(self.left).unwrap_or(PIECE))];
        Poll::Ready(Some(match self.file.read(&mut piece) {
            // A file that has become shorter meanwhile cannot be what was promised.
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(n) => {
                piece.truncate(n);
                self.left -= n as u64;
                Ok(Frame::data(piece.into()))
            }
            Err(error) => Err(error),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_http() {
        let check = |range: &str, expected: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_str(range).expect("a value"));
            let found = match asked(&headers, "\"a\"", 100) {
                Asked::Whole => "whole".to_owned(),
                Asked::Part(part) => format!("{}..{}", part.start, part.end),
                Asked::Nowhere => "nowhere".to_owned(),
            };
            assert_eq!(found, expected, "{range}");
        };
        check("bytes=0-9", "0..10");
        check("bytes=90-", "90..100");
        check("bytes=-5", "95..100");
        check("bytes=-500", "0..100");
        check("bytes=-0", "nowhere");
        check("bytes=99-99999999999999999999999", "99..100");
        check("bytes=99999999999999999999999-", "nowhere");
        check("bytes=-", "whole");
        check("bytes=+1-2", "whole");
        check("bytes=0-1,5-6", "whole");
        check("bytes=100-", "nowhere");
        check("lines=1-2", "whole");
        check("bytes=9-0", "nowhere");
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let check = |known: &str, expected: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_str(known).expect("a value"));
            assert_eq!(is_known(&headers, "\"a\""), expected, "{known}");
        };
        check("\"a\"", true);
        check("W/\"a\"", true);
        check("\"b\", \"a\"", true);
        check("*", true);
        check("\"b\"", false);
        check("a", false);
    }

    #[test]
    fn types_are_those_of_the_files() {
        let check = |name: &str, expected: &str| assert_eq!(content_type(name), expected, "{name}");
        check("index.html", "text/html; charset=utf-8");
        check("/theme.css", "text/css; charset=utf-8");
        check("/theme.js", "text/javascript; charset=utf-8");
        check("/a/index.json", "application/json");
        check("/photos/quay.svg", "image/svg+xml");
        check("/photos/quay.JPG", "image/jpeg");
        check("/quotations.csv", "text/csv; charset=utf-8");
        check("/unknown", "application/octet-stream");
    }
}
