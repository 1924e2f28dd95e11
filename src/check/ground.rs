use super::html::{self, Scan};
use super::why;
use crate::archive::{ArticleId, PersonId};
use crate::build::{Finished, plain};
use crate::diag::{Diagnostic, Lines, codes};
use crate::text::{FileSpan, percent};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use walkdir::WalkDir;
use xxhash_rust::xxh3::xxh3_64;

/// The finished site as every check sees it.
pub(super) struct Ground<'a> {
    pub(super) site: &'a Finished<'a>,
    /// The day on which it is looked at; none where nobody asks what has come and what has not.
    pub(super) today: Option<Date>,
    /// Every file, by its path below the output folder with `/`.
    pub(super) files: BTreeMap<Box<str>, PathBuf>,
    /// Every page, by path.
    pub(super) pages: BTreeMap<Box<str>, Scan>,
    /// Articles by the path of their page.
    articles: FxHashMap<Box<str>, ArticleId>,
    /// People by the name of their page's folder.
    people: FxHashMap<&'a str, PersonId>,
    /// The site's own templates: path from the site's root, text.
    pub(super) templates: Vec<(Box<str>, String)>,
    /// The file into which a finding was pointed last, and its text: most are in one with the next.
    last: Mutex<(Box<str>, Arc<Written>)>,
}

/// A file of the site, as findings are pointed into it.
struct Written {
    lines: Lines<Box<str>>,
    /// Where each word begins first that an address might be, by its hash.
    words: OnceLock<FxHashMap<u64, usize>>,
}

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To a file of the site, and a place in it; the place may be empty.
    Here(String, String),
    /// To another host.
    Outside,
    /// To no file: a mail address, a telephone.
    Nowhere,
    /// To this host, beside the site.
    Beside,
}

impl<'a> Ground<'a> {
    /// Reads every page of a finished site. What cannot be read is noted.
    pub(super) fn new(site: &'a Finished<'a>, today: Option<Date>, noted: &mut Vec<Diagnostic>) -> Self {
        let files = below(&site.out.to_path_buf());
        let read: Vec<_> = files
            .par_iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, disk)| match plain::read_text(disk) {
                Ok(text) => Ok((path.clone(), html::scan(&text))),
                Err(error) => Err(Diagnostic::new(
                    codes::FILE_UNREADABLE,
                    path,
                    format!("this page cannot be read: {}", why(&error)),
                )),
            })
            .collect();
        let mut pages = BTreeMap::new();
        for page in read {
            match page {
                Ok((path, scan)) => drop(pages.insert(path, scan)),
                Err(diagnostic) => noted.push(diagnostic),
            }
        }
        let archive = site.archive;
        let page = |id: ArticleId| (format!("{}index.html", archive.article(id).address).into(), id);
        let templates = below(&site.root.join("templates"));
        let text = |(path, disk): (Box<str>, PathBuf)| {
            Some((format!("templates/{path}").into(), plain::read_text(&disk).ok()?))
        };
        Self {
            site,
            today,
            files,
            pages,
            articles: archive.article_ids().map(page).collect(),
            people: archive.person_ids().map(|id| (&*archive.person(id).slug, id)).collect(),
            templates: templates.into_iter().filter_map(text).collect(),
            last: Mutex::new(("".into(), Arc::new(Written::new("".into())))),
        }
    }

    /// The article whose page that is.
    pub(super) fn article(&self, page: &str) -> Option<ArticleId> {
        self.articles.get(page).copied()
    }

    /// The file that a page or another output was made from, as far as one was: an article, a people file, a file
    /// of `static/`.
    pub(super) fn origin(&self, path: &str) -> Option<Box<str>> {
        if let Some(id) = self.article(path) {
            return Some(self.site.archive.article(id).facts.path.clone());
        }
        if let Some(slug) = path.strip_prefix("people/").and_then(|rest| rest.strip_suffix("/index.html")) {
            let person = self.site.archive.person(*self.people.get(slug)?);
            return Some(person.authority.as_ref()?.path.clone());
        }
        let own = format!("static/{path}");
        self.site.root.join(&own).is_file().then(|| own.into())
    }

    /// Where an address in a page leads.
    pub(super) fn target(&self, from: &str, address: &str) -> Target {
        let site = &self.site.settings.site;
        let local = if let Some(below) = address.strip_prefix(&*site.base_url) {
            format!("/{below}")
        } else if address.starts_with("//") {
            return Target::Outside;
        } else if address.starts_with('/') {
            match address.strip_prefix(&*site.root) {
                Some(below) => format!("/{below}"),
                None if address == site.root.trim_end_matches('/') => "/".to_owned(),
                None => return Target::Beside,
            }
        } else if let Some((scheme, _)) = address.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) {
            let elsewhere = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            return if elsewhere { Target::Outside } else { Target::Nowhere };
        } else {
            address.to_owned()
        };
        let (path, anchor) = local.split_once('#').unwrap_or((&local, ""));
        let anchor = percent::decode(anchor).into_owned();
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() {
            return Target::Here(from.to_owned(), anchor);
        }
        let folder = if path.starts_with('/') { "" } else { from.rsplit_once('/').map_or("", |(folder, _)| folder) };
        let path = percent::decode(path);
        let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
        for step in path.split('/') {
            match step {
                "" | "." => {}
                ".." => drop(steps.pop()),
                step => steps.push(step),
            }
        }
        let mut there = steps.join("/");
        if path.ends_with('/') || path.ends_with("/.") || path.ends_with("..") || there.is_empty() {
            there.push_str(if there.is_empty() { "index.html" } else { "/index.html" });
        }
        Target::Here(there, anchor)
    }

    /// A file of the site; none where it cannot be read.
    fn written(&self, path: &str) -> Option<Arc<Written>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if &*last.0 != path {
            let text = plain::read_text(&self.site.root.join(path)).ok()?;
            *last = (path.into(), Arc::new(Written::new(text.into())));
        }
        Some(last.1.clone())
    }

    /// A finding at the first place of a file that holds one of the words; about the whole file where none stands there.
    pub(super) fn at_words(&self, diagnostic: Diagnostic, path: &str, words: &[&str], label: &str) -> Diagnostic {
        let diagnostic = Diagnostic { path: path.into(), ..diagnostic };
        let Some(written) = self.written(path) else { return diagnostic };
        let text = written.lines.text();
        let find = |words: &str| memchr::memmem::find(text.as_bytes(), words.as_bytes());
        match words.iter().find_map(|words| Some((find(words)?, words.len()))) {
            // Words that begin with a line's end begin the next line.
            Some((at, len)) => {
                let start = at + usize::from(text[at..].starts_with('\n'));
                diagnostic.within(&written.lines, FileSpan::new(start, at + len), label)
            }
            None => diagnostic,
        }
    }

    /// A finding at the first place of a file where an address is written; about the whole file where it is not.
    pub(super) fn at_address(&self, diagnostic: Diagnostic, path: &str, address: &str, label: &str) -> Diagnostic {
        match self.written(path).and_then(|written| Some((written.address(address)?, written))) {
            Some((at, written)) => Diagnostic { path: path.into(), ..diagnostic }.within(
                &written.lines,
                FileSpan::new(at, at + address.len()),
                label,
            ),
            // Such as stand within other words, or hold what ends a word.
            None => self.at_words(diagnostic, path, &[address], label),
        }
    }
}

impl Written {
    fn new(text: Box<str>) -> Self {
        Self { lines: Lines::new(text), words: OnceLock::new() }
    }

    /// Where an address begins that stands as a word of its own, in brackets, in quotation marks or between blanks.
    fn address(&self, address: &str) -> Option<usize> {
        let text = self.lines.text();
        let words = self.words.get_or_init(|| {
            let mut words = FxHashMap::default();
            let mut begins = 0;
            for word in text.split(ends_address) {
                if !word.is_empty() {
                    words.entry(xxh3_64(word.as_bytes())).or_insert(begins);
                }
                // What ends a word is one byte.
                begins += word.len() + 1;
            }
            words
        });
        let at = *words.get(&xxh3_64(address.as_bytes()))?;
        text[at..].starts_with(address).then_some(at)
    }
}

/// What stands around an address in Markdown and in HTML; all of ASCII.
fn ends_address(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '\'' | '[' | ']')
}

/// The plain files below a folder, by path with `/`; names that begin with a dot are passed over.
fn below(folder: &PathBuf) -> BTreeMap<Box<str>, PathBuf> {
    let shown = |entry: &walkdir::DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(folder).min_depth(1).into_iter().filter_entry(shown);
    let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let row = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).ok()?;
        let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
        Some((parts?.join("/").into(), entry.into_path()))
    };
    files.filter_map(row).collect()
}

/// Whether what stands before a `:` is a scheme.
fn is_scheme(words: &str) -> bool {
    words.starts_with(|c: char| c.is_ascii_alphabetic())
        && words.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}
