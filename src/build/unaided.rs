use super::cache::Cache;
use super::rulings::Rulings;
use super::sources::Sources;
use super::stories::{self, Reader, Stories, Story};
use super::threads::Threads;
use super::timings::Clock;
use super::{BuildOptions, Failure, Progress, Stage, find, load, moment, people, settings};
use crate::archive::{self, Archive, ArticleId, Pictures};
use crate::diag::Diagnostic;
use crate::model::Sidecar;
use crate::read;
use rustc_hash::FxHashMap;

/// An archive as the rules alone have it, with what editors decided beside it.
pub struct Unaided<'a> {
    /// What was joined.
    pub archive: &'a Archive,
    /// The sidecars without fault whose articles are published, by path.
    pub sidecars: Vec<(ArticleId, Sidecar)>,
    stories: &'a Stories<'a>,
}

impl Unaided<'_> {
    /// An article with its words, as the rules alone read it.
    ///
    /// Errors with `file-unreadable` where the file is by now another.
    pub fn story(&self, id: ArticleId) -> Result<Story, Diagnostic> {
        self.stories.story(id)
    }
}

/// Reads and joins a site without its sidecars and shows it to `look`; nothing is published.
///
/// Errors where the site could not be built for a fault of its settings.
pub fn unaided(
    options: &BuildOptions,
    progress: &dyn Progress,
    look: &mut dyn FnMut(&Unaided<'_>),
) -> Result<(), Failure> {
    let failed = |diagnostics| Failure { diagnostics };
    let mut noted = Vec::new();
    let (clock, root) = (Clock::start(), options.root.as_path());
    let (settings, _) = settings::settings(options, &mut noted).map_err(failed)?;
    // What is kept of articles is kept with their sidecars.
    let cache = Cache::open(root, false, &mut Vec::new()).map_err(|diagnostic| failed(vec![diagnostic]))?;
    let content = settings.read.content.as_ref();
    let mut sources = Sources::new(find::files(root, content).into_value(&mut noted), Vec::new(), content);
    let beside = sources.without_sidecars();
    progress.begin(Stage::Read, sources.articles.len());
    let rulings = Rulings::read(&sources.rulings, &sources.people, &settings, &mut noted).map_err(failed)?;
    let (authority, _) = people::read(&sources.people, &rulings, &mut noted);
    let now = moment(options, &settings);
    let reader = Reader::new((&settings, &rulings), &authority, options.drafts, now, &clock);
    let (mut stories, facts) = stories::read(&sources, reader, &cache, None, progress, &mut noted);
    progress.begin(Stage::Join, 0);
    let gone = std::mem::take(&mut stories.gone);
    let archive = archive::join(facts, gone, &authority, &Pictures::default(), &settings.site, &Threads).value;
    stories.sort(&archive);
    let by_path: FxHashMap<&str, ArticleId> =
        archive.article_ids().map(|id| (&*archive.article(id).facts.path, id)).collect();
    let mut sidecars = Vec::with_capacity(beside.len());
    for (article, file) in &beside {
        let Some(id) = by_path.get(&**article) else { continue };
        let Ok(bytes) = load::bytes(file) else { continue };
        let source = read::decode(&file.path, &bytes).value;
        sidecars.extend(read::sidecar(&source).value.map(|sidecar| (*id, sidecar)));
    }
    look(&Unaided { archive: &archive, sidecars, stories: &stories });
    Ok(())
}
