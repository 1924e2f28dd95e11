//! What review answers: its page, its data, and the two things that can be asked of it.

use super::decide::{self, Decided, History};
use super::pages::{self, Case};
use super::people;
use super::snapshot::{Snapshot, Status};
use super::standing::{Missing, Standing};
use super::store::Store;
use crate::build::Finished;
use crate::serve::respond::{Content, empty, full, plain, with};
use crate::serve::watch::Bell;
use crate::text::percent;
use hyper::body::Bytes;
use hyper::header;
use hyper::{Method, Request, Response, StatusCode};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const PAGE: &str = include_str!("review.html");
const STYLE: &str = include_str!("review.css");
const ICON: &str = include_str!("../../../static/icon.svg");
/// In the order in which they know each other.
const SCRIPTS: [(&str, &str); 5] = [
    ("words.js", include_str!("words.js")),
    ("draw.js", include_str!("draw.js")),
    ("ask.js", include_str!("ask.js")),
    ("people.js", include_str!("people.js")),
    ("review.js", include_str!("review.js")),
];
/// What can be asked to be done.
const DECIDE: &str = "decide";
const UNDO: &str = "undo";
const PEOPLE: &str = "people";
/// How long a build that was asked for is waited for before another is.
const AGAIN: Duration = Duration::from_secs(2);
/// Bytes of random numbers in the token.
const TOKEN: usize = 24;

/// The review of one site, for as long as the preview runs.
#[derive(Debug)]
pub(in crate::serve) struct Review {
    root: PathBuf,
    store: Store,
    /// Known to the pages of this run alone; without it nothing is written.
    token: Option<String>,
    /// Who decides, unless the page says otherwise.
    by: String,
    snapshot: Mutex<Option<Arc<Snapshot>>>,
    history: Mutex<History>,
    /// Whether anybody has asked; until then builds take no snapshot.
    wanted: AtomicBool,
    bell: Arc<Bell>,
    /// When a build was asked for.
    rung: Mutex<Option<Instant>>,
}

impl Review {
    pub(in crate::serve) fn new(root: &Path, by: &str, wanted: bool, bell: Arc<Bell>) -> Self {
        Self {
            root: root.to_owned(),
            store: Store::new(root),
            token: token(),
            by: by.to_owned(),
            snapshot: Mutex::default(),
            history: Mutex::default(),
            wanted: AtomicBool::new(wanted),
            bell,
            rung: Mutex::default(),
        }
    }

    /// Whether builds are to be looked at.
    pub(in crate::serve) fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }

    /// The number of the last snapshot; 0 before the first.
    pub(in crate::serve) fn number(&self) -> u64 {
        self.snapshot().map_or(0, |snapshot| snapshot.number)
    }

    /// Looks at a site that has just been built.
    pub(in crate::serve) fn see(&self, site: &Finished<'_>) {
        let snapshot = Arc::new(Snapshot::of(site, self.snapshot().as_deref()));
        *self.snapshot.lock().unwrap_or_else(PoisonError::into_inner) = Some(snapshot);
    }

    /// The token that a request has to carry to be let write.
    pub(in crate::serve) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Whether something at this address is written to rather than read; `name` is what follows `/_onrecord/`.
    pub(in crate::serve) fn takes(name: &str) -> bool {
        Self::methods(name).is_some()
    }

    /// The methods of such an address, as `Allow` lists them.
    pub(in crate::serve) fn methods(name: &str) -> Option<&'static str> {
        match name.strip_prefix("review/") {
            Some(DECIDE | UNDO) => Some("POST"),
            // Who is there can be read as well.
            Some(PEOPLE) => Some("GET, HEAD, POST"),
            _ => None,
        }
    }

    /// Asks for a build to look at; again where one was asked for and did not come about.
    fn ring(&self) {
        let mut rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        if rung.is_none_or(|at| at.elapsed() > AGAIN) {
            *rung = Some(Instant::now());
            self.bell.ring();
        }
    }

    /// Asks for a build that looks at every file of the preview's own, because one is gone.
    pub(in crate::serve) fn miss(&self) {
        self.bell.ring_for_loss();
    }

    fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The answer to a request for something to read; `name` is what follows `/_onrecord/`. None where it is not ours.
    pub(in crate::serve) fn answer<B>(
        &self,
        name: &str,
        request: &Request<B>,
        near: bool,
    ) -> Option<Response<Content>> {
        let name = match name.strip_prefix("review")? {
            "" => "",
            rest => rest.strip_prefix('/')?,
        };
        if !near {
            return Some(plain(StatusCode::FORBIDDEN, "review is for this machine alone: start without --host\n"));
        }
        let response = self.read(name, &Asked::of(request.uri().query().unwrap_or_default()));
        Some(if request.method() == Method::HEAD { response.map(|_| empty()) } else { response })
    }

    fn read(&self, name: &str, asked: &Asked) -> Response<Content> {
        let file = |kind: &str, words: &'static str| {
            with(StatusCode::OK, &[(header::CONTENT_TYPE, kind)], full(Bytes::from_static(words.as_bytes())))
        };
        match name {
            "" => return self.page(),
            "review.css" => return file("text/css; charset=utf-8", STYLE),
            "icon.svg" => return file("image/svg+xml", ICON),
            DECIDE | UNDO => return plain(StatusCode::METHOD_NOT_ALLOWED, "this is only written to\n"),
            _ => {}
        }
        if let Some((_, script)) = SCRIPTS.iter().find(|(script, _)| *script == name) {
            return file("text/javascript; charset=utf-8", script);
        }
        if !matches!(name, "queue" | "report" | "people" | "person" | "like") {
            return plain(StatusCode::NOT_FOUND, "there is nothing here\n");
        }
        self.wanted.store(true, Ordering::Relaxed);
        let Some(snapshot) = self.snapshot() else {
            self.ring();
            return plain(StatusCode::SERVICE_UNAVAILABLE, "the archive is being read\n");
        };
        let number = |name: &str, usual: usize| asked.get(name).parse().unwrap_or(usual);
        match name {
            "queue" => {
                let status = match asked.get("status") {
                    "unchecked" => Status::Unchecked,
                    "checked" => Status::Checked,
                    _ => Status::Doubtful,
                };
                json(&pages::queue(&snapshot, status, number("from", 0), number("n", 50)))
            }
            "report" => self.report(&snapshot, asked),
            PEOPLE => json(&pages::people(&snapshot, asked.get("q"))),
            "person" => match people::shown(&snapshot, asked.get("id")) {
                Some(person) => json(&person),
                None => plain(StatusCode::NOT_FOUND, "there is nobody of that address\n"),
            },
            _ => {
                let [path, id, mention, rule, was] =
                    ["path", "id", "mention", "rule", "was"].map(|name| asked.get(name));
                json(&pages::like(&snapshot, &Case { path, id, mention, rule, was }))
            }
        }
    }

    fn report(&self, snapshot: &Snapshot, asked: &Asked) -> Response<Content> {
        let at_address = || snapshot.reports.iter().find(|report| &*report.address == asked.get("address"));
        let path = at_address().map_or(asked.get("path"), |report| &report.path);
        match Standing::of(snapshot, &self.store, &self.root, path) {
            Ok(standing) => json(&pages::report(snapshot, &standing)),
            Err(Missing::Unknown) => plain(StatusCode::NOT_FOUND, "there is no such report\n"),
            Err(Missing::Changed) => plain(StatusCode::SERVICE_UNAVAILABLE, "the report is being built again\n"),
        }
    }

    /// The page; what it has to know is in its head.
    fn page(&self) -> Response<Content> {
        let page =
            PAGE.replace("{token}", self.token.as_deref().unwrap_or_default()).replace("{by}", &escaped(&self.by));
        let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        with(StatusCode::OK, &headers, full(page.into()))
    }

    /// Does what a request asks for, which has been found to be one of ours.
    pub(in crate::serve) fn write(&self, name: &str, body: &[u8]) -> Response<Content> {
        let Some(snapshot) = self.snapshot() else {
            return plain(StatusCode::SERVICE_UNAVAILABLE, "the archive is being read\n");
        };
        let mut history = self.history.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = match name {
            "review/undo" => match serde_json::from_slice::<Undo>(body) {
                Ok(asked) => decide::undo(&self.store, &mut history, asked.undo),
                Err(_) => Err("this is no number of a decision".to_owned()),
            },
            "review/people" => match serde_json::from_slice(body) {
                Ok(asked) => people::decide(&snapshot, &self.store, &self.root, &asked, &mut history),
                Err(_) => Err("this is no decision about people".to_owned()),
            },
            _ => match serde_json::from_slice::<Decided>(body) {
                Ok(decided) => decide::decide(&snapshot, &self.store, &self.root, decided, &mut history),
                Err(_) => Err("this is no decision".to_owned()),
            },
        };
        match outcome {
            Ok(outcome) if outcome.conflicts.is_empty() => json(&outcome),
            Ok(outcome) => {
                let mut response = json(&outcome);
                *response.status_mut() = StatusCode::CONFLICT;
                response
            }
            Err(why) => {
                with(StatusCode::BAD_REQUEST, &[(header::CONTENT_TYPE, "text/plain; charset=utf-8")], full(why.into()))
            }
        }
    }
}

/// Which decision is to be taken back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Undo {
    undo: usize,
}

/// What an address asks for, escapes undone.
struct Asked(Vec<(String, String)>);

impl Asked {
    fn of(query: &str) -> Self {
        let plain = |words: &str| percent::decode(&words.replace('+', " ")).into_owned();
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (plain(name), plain(value))
        };
        Self(query.split('&').take(16).map(pair).collect())
    }

    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

fn json(value: &impl Serialize) -> Response<Content> {
    let bytes = serde_json::to_vec(value).unwrap_or_default();
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    with(StatusCode::OK, &headers, full(bytes.into()))
}

/// Words in an attribute.
fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Random digits; none where the system has none to give, and then nothing is written.
fn token() -> Option<String> {
    let mut bytes = [0; TOKEN];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
