use super::Progress;
use super::publish::Output;
use super::stories::Story;
use super::timings::{Clock, Work};
use crate::archive::Archive;
use crate::config::Settings;
use crate::diag::Diagnostic;
use crate::emit::{self, ArticleInput, OutFile};
use crate::render::{self, Engine, SiteContext};
use crate::view::{self, PageKey};
use rayon::prelude::*;

/// What all pages are drawn with.
#[derive(Clone, Copy)]
pub(super) struct Press<'a> {
    pub(super) archive: &'a Archive,
    pub(super) settings: &'a Settings,
    pub(super) engine: &'a Engine,
    /// By `ArticleId`.
    pub(super) stories: &'a [Story],
    pub(super) output: &'a Output,
    pub(super) clock: &'a Clock,
}

impl Press<'_> {
    /// Draws every page with the data beside it, and hands each to the output folder as soon as it is made.
    ///
    /// Errors: what is wrong with the templates, once for each place in them, or with the output folder.
    pub(super) fn run(self, keys: &[PageKey], progress: &dyn Progress) -> Result<(), Vec<Diagnostic>> {
        let site = SiteContext::new(&view::site(self.archive, self.settings));
        let mut faults: Vec<Diagnostic> = keys
            .par_iter()
            .filter_map(|key| {
                let drawn = self.one(*key, &site);
                progress.step();
                drawn.err()
            })
            .collect();
        if faults.is_empty() {
            return Ok(());
        }
        // One fault in a template is met on every page it draws.
        faults.sort_by(|a, b| a.order().cmp(&b.order()));
        faults.dedup_by(|a, b| (a.order().0, a.order().1, a.order().2) == (b.order().0, b.order().1, b.order().2));
        Err(faults)
    }

    fn one(self, key: PageKey, site: &SiteContext) -> Result<(), Diagnostic> {
        let story = key.article().and_then(|id| Some((id, self.stories.get(id.index())?)));
        let page = self.clock.time(Work::View, || {
            let words = story.map(|(_, story)| (&story.article, &story.annotations));
            view::page(&key, self.archive, words, self.settings)
        });
        let html = self.clock.time(Work::Render, || render::page(self.engine, site, &page))?;
        self.clock.time(Work::Write, || self.output.write(&page.path, html.as_bytes()))?;
        drop(html);

        let files = self.clock.time(Work::Emit, || match (key, story) {
            (PageKey::Article(id), Some((_, Story { article, annotations, source }))) => {
                let (archive, site) = (self.archive, &self.settings.site);
                emit::article(&ArticleInput { id, article, annotations, source, archive, site })
            }
            (PageKey::Person(id), _) => emit::person(id, self.archive, &self.settings.site),
            _ => Vec::new(),
        });
        self.put(&files)
    }

    /// Hands files to the output folder.
    pub(super) fn put(self, files: &[OutFile]) -> Result<(), Diagnostic> {
        self.clock.time(Work::Write, || {
            files.iter().try_for_each(|file| self.output.write(&file.path, &file.bytes).map(drop))
        })
    }
}
