//! What open pages are told: which build they see, and what is wrong.

use super::ahead::Ahead;
use super::notes::Note;
use super::respond::{Content, empty, full, plain, with};
use super::review::Review;
use crate::build::Listing;
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use hyper::body::Bytes;
use hyper::header::{self, HeaderName};
use hyper::{Method, Request, Response, StatusCode};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// Everything of the preview's own lies below this; no site has pages here, as theirs never begin with an underscore.
pub(super) const OWN: &str = "/_onrecord/";
const SCRIPT: &str = include_str!("live.js");
const STYLE: &str = include_str!("live.css");
/// Shown while there is no site yet.
const WAITING: &str = include_str!("waiting.html");
/// How often a stream of events shows that it is alive, so that one nobody reads is noticed.
const ALIVE: Duration = Duration::from_secs(20);

/// What is known of the site at a moment.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct State {
    /// The number of the last good build that changed something, or of a page that is shown before its build is over; 0
    /// before the first. Later builds have higher numbers,
    /// also those of a preview that was started later: a page may have been open all the while.
    pub(super) built: u64,
    /// Whether the last build was a good one.
    pub(super) good: bool,
    /// What it had to say, errors first.
    pub(super) notes: Vec<Note>,
    /// How much it had to say beyond that.
    pub(super) beyond: usize,
    /// The number of the last look that review took; 0 where it is not in use.
    pub(super) review: u64,
    /// The path the site lies below: begins and ends with `/`.
    #[serde(skip)]
    pub(super) base: Box<str>,
}

/// The state, and everyone who waits for it to change.
#[derive(Debug)]
pub(super) struct Live {
    folder: PathBuf,
    review: Review,
    ahead: Ahead,
    listing: Mutex<Listing>,
    state: watch::Sender<Arc<State>>,
}

impl Live {
    pub(super) fn new(folder: PathBuf, base: &str, review: Review) -> Self {
        let state = State { base: base.into(), ..State::default() };
        Self {
            folder,
            review,
            ahead: Ahead::default(),
            listing: Mutex::default(),
            state: watch::Sender::new(Arc::new(state)),
        }
    }

    /// The folder whose files are served.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is shown before the build is over.
    pub(super) fn ahead(&self) -> &Ahead {
        &self.ahead
    }

    /// Whether a file of the site is gone from the folder.
    pub(super) fn misses(&self, path: &str) -> bool {
        self.listing.lock().unwrap_or_else(PoisonError::into_inner).misses(&self.folder, path)
    }

    /// Where editors decide.
    pub(super) fn review(&self) -> &Review {
        &self.review
    }

    /// The path the site lies below.
    pub(super) fn base(&self) -> Box<str> {
        self.state.borrow().base.clone()
    }

    /// The number of the last good build.
    pub(super) fn built(&self) -> u64 {
        self.state.borrow().built
    }

    /// Tells everyone.
    pub(super) fn tell(&self, change: impl FnOnce(&mut State)) {
        self.state.send_modify(|state| change(Arc::make_mut(state)));
    }

    /// The answer to a request for something of the preview's own.
    pub(super) fn answer<B>(&self, request: &Request<B>, near: bool) -> Option<Response<Content>> {
        let name = request.uri().path().strip_prefix(OWN)?;
        if let Some(response) = self.review.answer(name, request, near) {
            return Some(response);
        }
        let file = |kind: &str, words: &'static str| {
            let body =
                if request.method() == Method::HEAD { empty() } else { full(Bytes::from_static(words.as_bytes())) };
            with(StatusCode::OK, &[(header::CONTENT_TYPE, kind)], body)
        };
        Some(match name {
            "live.js" => file("text/javascript; charset=utf-8", SCRIPT),
            "live.css" => file("text/css; charset=utf-8", STYLE),
            "events" if request.method() == Method::GET => self.events(),
            _ => plain(StatusCode::NOT_FOUND, "there is nothing here\n"),
        })
    }

    /// The page that is shown while there is no site.
    pub(super) fn waiting(&self) -> Response<Content> {
        let mut bytes = WAITING.as_bytes().to_vec();
        self.enliven(&mut bytes, 0, "");
        let headers: [(HeaderName, &str); 2] =
            [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        with(StatusCode::SERVICE_UNAVAILABLE, &headers, full(bytes.into()))
    }

    /// Gives a page the script that keeps it up to date: last in its body, with what it was read from.
    pub(super) fn enliven(&self, page: &mut Vec<u8>, built: u64, tag: &str) {
        let tag = tag.trim_matches('"');
        let script =
            format!("<script src=\"{OWN}live.js\" data-built=\"{built}\" data-tag=\"{tag}\" defer></script>\n");
        let at = memchr::memmem::rfind(page, b"</body>").unwrap_or(page.len());
        page.splice(at..at, script.into_bytes());
    }

    /// A stream of events: the state now, and after each change.
    fn events(&self) -> Response<Content> {
        let mut state = self.state.subscribe();
        let (mut send, body) = Channel::<Bytes, std::io::Error>::new(1);
        tokio::spawn(async move {
            loop {
                let now = Arc::clone(&state.borrow_and_update());
                let data = serde_json::to_string(&*now).unwrap_or_default();
                if send.send_data(format!("data: {data}\n\n").into()).await.is_err() {
                    return;
                }
                loop {
                    match tokio::time::timeout(ALIVE, state.changed()).await {
                        Ok(Ok(())) => break,
                        Ok(Err(_)) => return,
                        Err(_) if send.send_data(Bytes::from_static(b": alive\n\n")).await.is_err() => return,
                        Err(_) => {}
                    }
                }
            }
        });
        let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
        with(StatusCode::OK, &headers, body.boxed_unsync())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_enlivened_at_its_end() {
        let check = |page: &str, expected: &str| {
            let review = Review::new(std::path::Path::new(""), "", false, Arc::default());
            let live = Live::new(PathBuf::new(), "/", review);
            let mut bytes = page.as_bytes().to_vec();
            live.enliven(&mut bytes, 7, "\"ab\"");
            assert_eq!(String::from_utf8(bytes).expect("words"), expected);
        };
        let script = "<script src=\"/_onrecord/live.js\" data-built=\"7\" data-tag=\"ab\" defer></script>\n";
        check("<p>“</body>”</p></body></html>", &format!("<p>“</body>”</p>{script}</body></html>"));
        check("<p>unclosed", &format!("<p>unclosed{script}"));
        check("", script);
    }
}
