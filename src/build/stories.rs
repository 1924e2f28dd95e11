use super::cache::{Cache, checksum};
use super::due::{Due, Window, holds_back, zone};
use super::find::Found;
use super::hash::Hash;
use super::rulings::{Ruled, Rulings, Verdict};
use super::shelf::{Fate, Known, Row, Shelf, Told};
use super::sources::Sources;
use super::timings::{Clock, Work};
use super::{Progress, load};
use crate::annotate::{self, Holders, Lexicon};
use crate::archive::{Archive, ArticleId, Gone};
use crate::config::Settings;
use crate::diag::{Diagnostic, Noted, Severity, codes};
use crate::emit::search;
use crate::model::{Annotations, Article, Authority, Facts, Source, Status, Voice};
use crate::read;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tracing::debug_span;

/// An article with what was found in it: all that its own page is made of.
#[derive(Serialize, Deserialize)]
pub struct Story {
    /// The article as read.
    pub article: Article,
    /// What was found in it.
    pub annotations: Annotations,
    /// The file it was read from.
    pub source: Source,
}

/// What articles are read with.
pub(super) struct Reader<'a> {
    settings: &'a Settings,
    rulings: &'a Rulings,
    lexicon: &'a Lexicon,
    holders: Holders,
    drafts: bool,
    /// Of this moment the stories are; none where no clock holds anything back.
    now: Option<Timestamp>,
    zone: TimeZone,
    clock: &'a Clock,
}

/// The articles that are published. Their words lie on the shelf.
pub(super) struct Stories<'a> {
    reader: Reader<'a>,
    shelf: Shelf,
    /// Of everything but the files themselves that the stories depend on.
    pub(super) key: u128,
    /// By path while they are read, then by `ArticleId`.
    told: Vec<Shelved<'a>>,
    /// Files that were refused.
    pub(super) left_out: usize,
    /// Drafts held back.
    pub(super) drafts: usize,
    /// When articles appear and disappear, sorted.
    pub(super) dues: Vec<Due>,
    /// What the clock holds back, by path.
    pub(super) held: Vec<Due>,
    /// What was withdrawn.
    pub(super) gone: Vec<Gone>,
    /// Rulings that could not be carried out: then nothing may be published.
    pub(super) unmet: Vec<Diagnostic>,
    /// What files told, to be remembered where anybody wants to.
    pub(super) recollection: Recollection,
}

/// What files told a build, for the next one of the same process.
#[derive(Default)]
pub(super) struct Recollection {
    /// Of everything but the files that it depends on.
    key: u128,
    known: Known,
}

/// One article that is published.
struct Shelved<'a> {
    file: &'a Found,
    sidecar: Option<&'a Found>,
    /// Of the bytes that were read, the sidecar's with them.
    hash: Hash,
    /// Of these and of the rulings on them.
    words: Hash,
    /// None where the shelf had no room.
    row: Option<Row>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        (settings, rulings): (&'a Settings, &'a Rulings),
        authority: &Authority,
        drafts: bool,
        now: Option<Timestamp>,
        clock: &'a Clock,
    ) -> Self {
        let lexicon = Lexicon::english();
        let zone = zone(settings);
        Self { settings, rulings, lexicon, holders: Holders::new(authority, lexicon), drafts, now, zone, clock }
    }

    /// Of everything but an article's own file that its story depends on, the program apart.
    fn key(&self) -> u128 {
        let Self { settings, holders, drafts, .. } = self;
        let Settings { read, annotate, site, pictures: _, check: _, now: _ } = settings;
        checksum(format!("{read:?} {annotate:?} {} {holders:?} {drafts}", site.search).as_bytes())
    }

    /// Reads and annotates one file; `beside` is its sidecar.
    fn read(&self, path: &str, bytes: &[u8], beside: Option<(&str, &[u8])>) -> (Told, Option<Story>) {
        let mut noted = Vec::new();
        let article_of = |source: &Source, noted: &mut Vec<Diagnostic>| {
            let article = read::read(source, &self.settings.read).into_value(noted);
            article.filter(|_| !noted.iter().any(|d| d.severity == Severity::Error))
        };
        let (source, mut ruled, article) = self.clock.time(Work::Read, || {
            let mut source = read::decode(path, bytes).into_value(&mut noted);
            if noted.iter().any(|d| d.severity == Severity::Error) {
                return (source, Ruled::default(), None);
            }
            let mut noted_here = Vec::new();
            let article = article_of(&source, &mut noted_here);
            let (ruled, article) = match article {
                Some(article) => self.rulings.carry_out(&mut source, article, article_of, &mut noted_here),
                None => (Ruled::default(), None),
            };
            noted.extend(noted_here);
            (source, ruled, article)
        });
        let told = |fate, window, noted, ruled| (Told { fate, window, ruled, noted }, None);
        let Some((article, verdict)) = article else {
            return told(Fate::LeftOut, Window::default(), noted, ruled);
        };
        if article.furniture.status == Status::Draft && !self.drafts {
            return told(Fate::Draft, Window::default(), noted, ruled);
        }
        if let Verdict::Gone(gone) = verdict {
            // What is said of its words could quote them.
            return told(Fate::Gone(Box::new(gone)), Window::of(&article.furniture), Vec::new(), ruled);
        }
        self.clock.time(Work::Annotate, || {
            let settings = &self.settings.annotate;
            let annotations =
                annotate::annotate(&article, &source, self.lexicon, &self.holders, settings).into_value(&mut noted);
            let annotations = match beside {
                Some((path, bytes)) => {
                    let mut beside = read::decode(path, bytes).into_value(&mut noted);
                    match self.rulings.take_names_out(&article.path, &mut ruled, &mut beside) {
                        Ok(nobody) => {
                            decided(annotations, &article, &source, (&beside, &nobody)).into_value(&mut noted)
                        }
                        Err(diagnostic) => {
                            noted.push(diagnostic);
                            annotations
                        }
                    }
                }
                None => annotations,
            };
            let facts = annotate::facts(&article, &annotations);
            let fate = Fate::Story(facts.into());
            let window = Window::of(&article.furniture);
            (Told { fate, window, ruled, noted }, Some(Story { article, annotations, source }))
        })
    }

    /// What the search index needs of a story.
    fn terms(&self, story: &Story, facts: &Facts) -> Vec<u8> {
        self.clock.time(Work::Index, || search::terms(&story.article, &story.annotations, facts))
    }

    /// What a file tells: as the shelf has it, or else read.
    ///
    /// Errors with `file-unreadable`; a sidecar that cannot be read is noted, and the article is read without it.
    fn one(&self, (file, sidecar): (&Found, Option<&Found>), shelf: &Shelf) -> Result<Read, Diagnostic> {
        let found = |hash| {
            let found = self.clock.time(Work::Recall, || shelf.find(&file.path, hash));
            found.filter(|(told, _)| self.rulings.stand(&file.path, &told.ruled))
        };
        if let Some((told, row)) = known(file, sidecar).and_then(found) {
            self.clock.hit();
            return Ok(Read { told, hash: row.hash, row: Some(row), unread: None });
        }
        let bytes = self.clock.time(Work::Load, || load::bytes(file))?;
        let (beside, unread) = match self.clock.time(Work::Load, || sidecar.map(load::bytes)).transpose() {
            Ok(beside) => (beside, None),
            Err(diagnostic) => (None, Some(diagnostic)),
        };
        self.clock.bytes(bytes.len() + beside.as_ref().map_or(0, Vec::len));
        // Of these very bytes, whatever the files were when they were found.
        let hash = both(Hash::of(&bytes), beside.as_deref().map(Hash::of));
        if let Some((told, row)) = found(hash) {
            self.clock.hit();
            return Ok(Read { told, hash, row: Some(row), unread });
        }
        let beside = sidecar.zip(beside.as_deref()).map(|(file, bytes)| (&*file.path, bytes));
        let (told, story) = self.read(&file.path, &bytes, beside);
        let terms = match (&told.fate, &story) {
            (Fate::Story(facts), Some(story)) if self.settings.site.search => Some(self.terms(story, facts)),
            _ => None,
        };
        let row = self.clock.time(Work::Keep, || shelf.put(&file.path, hash, &told, story.as_ref(), terms.as_deref()));
        Ok(Read { told, hash, row, unread })
    }
}

/// One file, read or recalled.
struct Read {
    told: Told,
    /// Of the bytes that it was read from, the sidecar's with them.
    hash: Hash,
    row: Option<Row>,
    /// That its sidecar cannot be read: nothing that is remembered, for it may be readable the next time.
    unread: Option<Diagnostic>,
}

/// What an article with a sidecar is known by.
fn both(article: Hash, sidecar: Option<Hash>) -> Hash {
    match sidecar {
        Some(sidecar) => Hash::of_all([article, sidecar].into_iter()),
        None => article,
    }
}

/// The same from the files, where their bytes are known.
fn known(file: &Found, sidecar: Option<&Found>) -> Option<Hash> {
    match sidecar {
        Some(sidecar) => Some(both(file.hash()?, Some(sidecar.hash()?))),
        None => file.hash(),
    }
}

/// Lays a sidecar’s decisions over what was found; as it was found, where the sidecar is at fault. In the decisions
/// `nobody`, by their place, the speaker is withheld.
fn decided(
    annotations: Annotations,
    article: &Article,
    source: &Source,
    (beside, nobody): (&Source, &[usize]),
) -> Noted<Annotations> {
    let mut noted = Vec::new();
    let annotations = match read::sidecar(beside).into_value(&mut noted) {
        Some(mut sidecar) => {
            for at in nobody {
                if let Some(decision) = sidecar.decisions.get_mut(*at) {
                    decision.speaker = Some(Voice::Unnamed);
                }
            }
            annotate::decide(annotations, article, source, &sidecar, beside).into_value(&mut noted)
        }
        None => annotations,
    };
    Noted::new(annotations, noted)
}

/// Says of sidecars that no article lies beside them.
fn alone(sidecars: &[&Found]) -> impl Iterator<Item = Diagnostic> {
    sidecars.iter().map(|file| {
        Diagnostic::new(codes::REVIEW_STALE, &file.path, "no article lies beside this sidecar")
            .note("what it decides changes nothing")
            .help("give it the name of its article, or take it out")
    })
}

/// Reads and annotates every article. Gives what they tell the archive, in the order of the files.
///
/// `recollection` is what the last build told, where this one is to be remembered as well.
pub(super) fn read<'a>(
    sources: &'a Sources,
    reader: Reader<'a>,
    cache: &Cache,
    recollection: Option<Recollection>,
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Stories<'a>, Vec<Arc<Facts>>) {
    let key = reader.key();
    let is_remembered = recollection.is_some();
    let known = recollection.filter(|before| before.key == key).map(|before| before.known).unwrap_or_default();
    let shelf = Shelf::open(cache, key, known);
    let (files, orphans) = sources.pairs();
    diagnostics.extend(alone(&orphans));
    let outcomes: Vec<_> = files
        .par_iter()
        .map(|pair| {
            let outcome = debug_span!("article", path = &*pair.0.path).in_scope(|| reader.one(*pair, &shelf));
            progress.step();
            outcome
        })
        .collect();
    let mut recollection = Recollection { key, known: Known::default() };
    if is_remembered {
        let read = files.iter().zip(&outcomes).filter_map(|((file, _), outcome)| Some((file, outcome.as_ref().ok()?)));
        recollection.known = read.map(|(file, read)| (file.path.clone(), (read.hash, read.told.clone()))).collect();
    }
    let mut stories = Stories {
        recollection,
        reader,
        shelf,
        key,
        told: Vec::with_capacity(files.len()),
        left_out: 0,
        drafts: 0,
        dues: Vec::new(),
        held: Vec::new(),
        gone: Vec::new(),
        unmet: Vec::new(),
    };
    let mut ruled = Vec::new();
    let mut facts = Vec::with_capacity(files.len());
    let mut rows = Vec::with_capacity(files.len());
    for ((file, sidecar), outcome) in files.into_iter().zip(outcomes) {
        let Read { told, hash, row, unread } = match outcome {
            Ok(read) => read,
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                stories.left_out += 1;
                ruled.push((&*file.path, None));
                continue;
            }
        };
        let words = told.ruled.words(hash);
        ruled.push((&*file.path, Some(told.ruled)));
        diagnostics.extend(told.noted);
        diagnostics.extend(unread);
        rows.extend(row.clone());
        let window = told.window;
        match told.fate {
            Fate::Story(told) => {
                let turns = match stories.reader.now {
                    Some(_) => window.turns(&file.path, &stories.reader.zone),
                    None => Vec::new(),
                };
                stories.dues.extend(turns.iter().cloned());
                if let Some(due) = stories.reader.now.and_then(|now| holds_back(&turns, now)) {
                    stories.held.push(due.clone());
                    continue;
                }
                facts.push(told);
                stories.told.push(Shelved { file, sidecar, hash, words, row });
            }
            Fate::LeftOut => stories.left_out += 1,
            Fate::Draft => stories.drafts += 1,
            Fate::Gone(gone) => stories.gone.push(*gone),
        }
    }
    stories.dues.sort();
    stories.gone.extend(stories.reader.rulings.deleted());
    match stories.reader.rulings.carried_out(ruled.iter().map(|(path, ruled)| (*path, ruled.as_ref()))) {
        Ok(idle) => diagnostics.extend(idle),
        Err(unmet) => stories.unmet = unmet,
    }
    (stories.saved(cache, key, rows), facts)
}

impl Stories<'_> {
    /// The moment that they are of.
    pub(super) fn now(&self) -> Option<Timestamp> {
        self.reader.now
    }

    /// Saves the shelf, which may move what lies on it.
    fn saved(mut self, cache: &Cache, key: u128, rows: Vec<Row>) -> Self {
        let (shelf, rows) = self.shelf.save(cache, key, rows);
        let mut rows: FxHashMap<Box<str>, Row> = rows.into_iter().map(|row| (row.path().into(), row)).collect();
        for told in &mut self.told {
            told.row = rows.remove(&told.file.path);
        }
        Self { shelf, ..self }
    }

    /// Puts the stories in the archive's order, so that they are found by `ArticleId`.
    pub(super) fn sort(&mut self, archive: &Archive) {
        let mut by_path: FxHashMap<&str, Shelved<'_>> = FxHashMap::default();
        for told in self.told.drain(..) {
            by_path.insert(&told.file.path, told);
        }
        self.told.extend(archive.articles.iter().filter_map(|record| by_path.remove(&*record.facts.path)));
    }

    /// Of the file that a story was read from, and of what was decided about it.
    pub(super) fn words(&self, id: ArticleId) -> Option<Hash> {
        self.told.get(id.index()).map(|told| told.words)
    }

    /// What the search index needs of a story.
    ///
    /// Where the shelf has lost it the story is asked, with its errors.
    pub(super) fn terms(&self, id: ArticleId, archive: &Archive) -> Result<Vec<u8>, Diagnostic> {
        let row = self.told.get(id.index()).and_then(|told| told.row.as_ref());
        match self.reader.clock.time(Work::Recall, || row.and_then(|row| self.shelf.terms(row))) {
            Some(terms) => Ok(terms),
            None => Ok(self.reader.terms(&self.story(id)?, &archive.article(id).facts)),
        }
    }

    /// A story with its words.
    ///
    /// Where the shelf has lost them the file is read again; errors with `file-unreadable` where it is by now another.
    pub(super) fn story(&self, id: ArticleId) -> Result<Story, Diagnostic> {
        let Some(told) = self.told.get(id.index()) else {
            return Err(Diagnostic::new(codes::FILE_UNREADABLE, "", "an article is not there"));
        };
        let clock = self.reader.clock;
        if let Some(story) = clock.time(Work::Recall, || told.row.as_ref().and_then(|row| self.shelf.story(row))) {
            return Ok(story);
        }
        let bytes = clock.time(Work::Load, || load::bytes(told.file))?;
        let beside = clock.time(Work::Load, || told.sidecar.and_then(|file| load::bytes(file).ok()));
        let hash = both(Hash::of(&bytes), beside.as_deref().map(Hash::of));
        let beside = told.sidecar.zip(beside.as_deref()).map(|(file, bytes)| (&*file.path, bytes));
        let story = (hash == told.hash).then(|| self.reader.read(&told.file.path, &bytes, beside).1).flatten();
        story.ok_or_else(|| {
            Diagnostic::new(codes::FILE_UNREADABLE, &told.file.path, "this file changed while the site was built")
                .note("nothing was published")
                .help("build again")
        })
    }
}
