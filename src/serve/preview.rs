//! Building again whenever something changes.

use super::live::Live;
use super::review::Review;
use super::watch::{Bell, Watch};
use super::{Server, notes};
use crate::build::{self, BuildOptions, Failure, Finished, Memory, Onlooker, Published};
use crate::diag::codes;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where a preview goes, in the site's folder.
const PREVIEW: &str = ".onrecord/preview";
/// Where review is.
const REVIEW: &str = "/_onrecord/review";
/// Bytes of another preview's address that are read.
const LONGEST_ORIGIN: u64 = 200;
/// How often a build that had to wait for another one is tried again.
const TURN: Duration = Duration::from_millis(200);

/// What a preview is asked to be.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The site, and what is shown. It goes to `.onrecord/preview` unless another folder is given; the address is the
    /// server's own.
    pub options: BuildOptions,
    /// The address that opens a file in an editor, with `{file}`, `{line}` and `{column}`.
    pub editor: String,
    /// Whether to look at the files every second rather than be told by the system: for network drives.
    pub poll: bool,
    /// Whether it is opened for review: then that is where it says to read.
    pub review: bool,
    /// Who decides in a review; may be empty.
    pub by: String,
}

/// What a preview has to say as it goes on.
#[derive(Debug)]
pub enum Told<'a> {
    /// The first build is over, whatever came of it; from here on changes are watched.
    Ready {
        /// Where to read.
        url: &'a str,
    },
    /// A build that changed something, and how long it took.
    Built(&'a Published, Duration),
    /// A build that did not come about. The site is as it was.
    Failed(&'a Failure),
    /// A build that broke down within onrecord.
    Broken(&'a str),
    /// Something about the preview itself, to be known.
    Note(&'a str),
}

impl Server {
    /// Builds, serves, watches, and builds again, until the process is interrupted.
    ///
    /// Errors where the server cannot run, with `ResourceBusy` where another preview of the site does; what goes wrong in
    /// a build goes to `tell` and to the open pages.
    pub fn preview(self, mut asked: Asked, tell: impl Fn(Told<'_>) + Send + 'static) -> io::Result<()> {
        // The folder that we stand in can be replaced by another of its name; its name is what the user means.
        if asked.options.out.is_none() {
            asked.options.out = Some(asked.options.root.join(PREVIEW));
        }
        let options = &mut asked.options;
        options.root = std::path::absolute(&options.root)?;
        options.out = options.out.as_deref().map(std::path::absolute).transpose()?;
        let lookout = build::lookout(&asked.options);
        let folder = asked.options.out_folder();
        let bell = Arc::new(Bell::default());
        let review = Review::new(&asked.options.root, &asked.by, asked.review, Arc::clone(&bell));
        let live = Arc::new(Live::new(folder, &lookout.root, review));
        let alone = if asked.options.out_folder() == asked.options.root.join(PREVIEW) {
            alone(&asked.options.root, &self.origin())?
        } else {
            None
        };
        let builder = Builder {
            origin: self.origin(),
            live: Arc::clone(&live),
            is_alone: alone.is_some(),
            has_site: false,
            asked,
            last: None,
            looked: 0,
            bell,
            memory: Memory::default(),
        };
        // The process ends with the server; a build that is under way then leaves the folder as it was.
        std::thread::Builder::new().name("preview".to_owned()).spawn(move || builder.run(&tell))?;
        let served = self.run(live);
        drop(alone);
        served
    }
}

/// Holds the place of the only preview of a site, and says in it where that is read; none where there is no telling.
///
/// Errors where another preview has it.
fn alone(root: &Path, origin: &str) -> io::Result<Option<File>> {
    let place = root.join(PREVIEW).with_extension("lock");
    let open = || {
        std::fs::create_dir_all(root.join(PREVIEW).parent()?).ok()?;
        File::options().read(true).write(true).create(true).truncate(false).open(&place).ok()
    };
    let Some(mut lock) = open() else { return Ok(None) };
    match lock.try_lock() {
        Ok(()) => {
            let _ = lock.set_len(0).and_then(|()| lock.write_all(origin.as_bytes()));
            Ok(Some(lock))
        }
        Err(TryLockError::WouldBlock) => {
            let mut other = String::new();
            let _ = lock.take(LONGEST_ORIGIN).read_to_string(&mut other);
            let is_one = other.starts_with("http://") && other.chars().all(|c| c.is_ascii_graphic());
            let at = if is_one { format!(" at {other}") } else { String::new() };
            Err(io::Error::new(io::ErrorKind::ResourceBusy, format!("another preview of this archive runs{at}")))
        }
        // Some file systems know no locks.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// Builds the site again and again.
struct Builder {
    origin: String,
    live: Arc<Live>,
    asked: Asked,
    /// What the last build said, so that one that says the same is not told again.
    last: Option<Said>,
    /// The look of review's that others know of.
    looked: u64,
    /// Wakes it for a build that nothing on disk asks for.
    bell: Arc<Bell>,
    /// What the last build left.
    memory: Memory,
    /// Whether no other preview writes where this one does.
    is_alone: bool,
    /// Whether a build of this preview has come about.
    has_site: bool,
}

/// What a build came to, as far as others are told of it.
#[derive(PartialEq)]
enum Said {
    Good(Vec<notes::Note>),
    Bad(Vec<notes::Note>),
}

impl Builder {
    fn run(mut self, tell: &dyn Fn(Told<'_>)) {
        // Watching begins before the first build, so that what changes during it is not lost.
        let mut watch = Watch::new(&self.asked.options.root, self.asked.poll, Arc::clone(&self.bell));
        for note in watch.take_notes() {
            tell(Told::Note(&note));
        }
        let mut ready = false;
        loop {
            let lookout = build::lookout(&self.asked.options);
            watch.arm(&lookout.folders);
            for note in watch.take_notes() {
                tell(Told::Note(&note));
            }
            let base = lookout.root;
            self.asked.options.base_url = Some(format!("{}{base}", self.origin));
            self.build(&base, tell);
            if !std::mem::replace(&mut ready, true) {
                let page = if self.asked.review { REVIEW } else { &base };
                tell(Told::Ready { url: &format!("{}{page}", self.origin) });
            }
            if watch.wait() || !self.is_alone {
                self.memory.forget_output();
            }
        }
    }

    fn build(&mut self, base: &str, tell: &dyn Fn(Told<'_>)) {
        let began = Instant::now();
        // A fault of ours ends a build, never the preview.
        let result = catch_unwind(AssertUnwindSafe(|| self.built(tell)));
        if result.is_err() {
            self.memory = Memory::default();
        }
        let ahead = self.live.ahead().end();
        self.has_site |= matches!(result, Ok(Ok(_)));
        let shown = |diagnostics: &[_]| notes::notes(diagnostics, &self.root(), &self.asked.editor);
        let (good, (notes, beyond), changed) = match &result {
            Ok(Ok(published)) => {
                let written = &published.written;
                let changed = written.changed > 0 || written.removed > 0 || self.last.is_none();
                (true, shown(&published.diagnostics), changed)
            }
            Ok(Err(failure)) => (false, shown(&failure.diagnostics), false),
            Err(_) => (false, (vec![notes::breakdown(BROKEN)], 0), false),
        };
        let said = if good { Said::Good(notes) } else { Said::Bad(notes) };
        let review = self.live.review().number();
        let looked = std::mem::replace(&mut self.looked, review) != review;
        if !changed && !ahead && !looked && self.last.as_ref() == Some(&said) {
            return;
        }
        let (Said::Good(notes) | Said::Bad(notes)) = &said;
        let notes = notes.clone();
        self.last = Some(said);
        self.live.tell(|state| {
            // What was shown ahead of a build that failed is taken back.
            if changed || ahead || (good && state.built == 0) {
                state.built = number(state.built);
            }
            (state.good, state.notes, state.beyond, state.review) = (good, notes, beyond, review);
            if good {
                state.base = base.into();
            }
        });
        match &result {
            Ok(Ok(published)) => tell(Told::Built(published, began.elapsed())),
            Ok(Err(failure)) => tell(Told::Failed(failure)),
            Err(_) => tell(Told::Broken(BROKEN)),
        }
    }

    /// Builds once, as soon as no other build is at work; and again from nothing where what stands in the preview's
    /// folder is in the way.
    fn built(&mut self, tell: &dyn Fn(Told<'_>)) -> Result<Published, Failure> {
        let review = self.live.review();
        // Without a look at all of it there is nothing to decide about; later looks come with what changes.
        let whole = review.is_wanted() && (review.number() == 0 || !self.was_good());
        let options = BuildOptions { whole, ..self.asked.options.clone() };
        let mut readers = Readers { live: &self.live, has_site: self.has_site };
        let memory = &mut self.memory;
        let mut built = || {
            let mut waits = false;
            loop {
                match build::run_beside(&options, &build::Quiet, Some(&mut *memory), &mut readers) {
                    Err(failure) if failure.is_busy() => {
                        if !std::mem::replace(&mut waits, true) {
                            tell(Told::Note("another build of this archive is at work; the preview waits for it"));
                        }
                        std::thread::sleep(TURN);
                    }
                    result => return result,
                }
            }
        };
        let result = built();
        let refused = |failure: &Failure| failure.diagnostics.iter().any(|noted| noted.code == codes::OUTPUT_REFUSED);
        let own = self.asked.options.root.join(PREVIEW);
        // Where another preview may be at work in that folder nothing is taken away.
        if self.is_alone && result.as_ref().is_err_and(refused) && self.asked.options.out_folder() == own {
            // All of that folder is ours, and of the one in which it is put together, whatever manifest and mark say by
            // now: a copy or a backup may have hurt them.
            let _ = std::fs::remove_dir_all(&own);
            let _ = std::fs::remove_dir_all(own.with_extension("staging"));
            return built();
        }
        result
    }

    /// Whether the last build came about.
    fn was_good(&self) -> bool {
        matches!(self.last, Some(Said::Good(_)))
    }

    /// The site's folder as editors know it.
    fn root(&self) -> PathBuf {
        let root = &self.asked.options.root;
        root.canonicalize().unwrap_or_else(|_| root.clone())
    }
}

/// Whoever reads while a build goes on.
struct Readers<'a> {
    live: &'a Live,
    /// Whether there is anything to read yet.
    has_site: bool,
}

impl Onlooker for Readers<'_> {
    fn waits_for(&mut self) -> Vec<Box<str>> {
        // Whoever reviews decides about what stands, and a page that is newer than its quotations would mislead them.
        let may_show = self.has_site && !self.live.review().is_wanted();
        if may_show { self.live.ahead().read() } else { Vec::new() }
    }

    fn first(&mut self, path: &str, html: String) {
        self.live.ahead().show(path, html);
        self.live.tell(|state| state.built = number(state.built));
    }

    fn looks_back(&self) -> bool {
        // Somebody may want to review before the build is over.
        true
    }

    fn finished(&mut self, site: &Finished<'_>) {
        if self.live.review().is_wanted() {
            self.live.review().see(site);
        }
    }
}

/// The number of a build after another: milliseconds since 1970, so that those of a later preview are higher.
fn number(before: u64) -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(0).max(before + 1)
}

const BROKEN: &str = "the build broke down";
