use super::feeds::{self, Feeds};
use super::hash::Hash;
use super::kept::{self, Answers, Extent, Kept, Row};
use super::publish::Output;
use super::stories::{Stories, Story};
use super::timings::{Clock, Work};
use super::{Onlooker, Progress};
use crate::archive::{Archive, ArticleId, Read, recorded};
use crate::config::Settings;
use crate::diag::Diagnostic;
use crate::emit::{self, ArticleInput, Feed, FeedInput, OutFile};
use crate::render::{self, Engine, SiteContext};
use crate::view::{self, Page, PageKey};
use rayon::prelude::*;
use tracing::debug_span;

/// What all pages are drawn with.
#[derive(Clone, Copy)]
pub(super) struct Press<'a> {
    pub(super) archive: &'a Archive,
    pub(super) settings: &'a Settings,
    pub(super) engine: &'a Engine,
    pub(super) stories: &'a Stories<'a>,
    /// What pages may ask; none where nobody wants to know.
    pub(super) answers: Option<&'a Answers>,
    pub(super) output: &'a Output,
    pub(super) clock: &'a Clock,
}

impl Press<'_> {
    /// Draws every page with the data and the feed beside it, and hands each to the output folder as soon as it is
    /// made; those of `before` that would be the same stay as they are. In the order of the keys, each feed behind its
    /// page.
    ///
    /// Errors: what is wrong with the templates, once for each place in them, or with the output folder.
    pub(super) fn run(
        self,
        keys: &[PageKey],
        before: &Kept,
        progress: &dyn Progress,
    ) -> Result<Vec<kept::Page>, Vec<Diagnostic>> {
        let site = SiteContext::new(&view::site(self.archive, self.settings));
        let feeds = Feeds::new(keys, self.archive, self.settings);
        let drawn: Vec<Result<_, Diagnostic>> = keys
            .par_iter()
            .map(|key| {
                let feed = feeds::beside(*key, self.archive, self.settings);
                let drawn = self.one(*key, before, &site).and_then(|page| {
                    let feed = feed.map(|feed| self.feed(feed, before, &feeds)).transpose()?;
                    Ok((page, feed))
                });
                progress.step();
                drawn
            })
            .collect();
        let mut pages = Vec::with_capacity(drawn.len());
        let mut faults: Vec<Diagnostic> = Vec::new();
        for drawn in drawn {
            match drawn {
                Ok((page, feed)) => pages.extend([page].into_iter().chain(feed)),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            return Ok(pages);
        }
        // What never ends on one page is no fault of those that were given up meanwhile.
        if faults.iter().any(|fault| fault.message != render::STOPPED) {
            faults.retain(|fault| fault.message != render::STOPPED);
        }
        // One fault in a template is met on every page it draws.
        faults.sort_by(|a, b| a.order().cmp(&b.order()));
        faults.dedup_by(|a, b| (a.order().0, a.order().1, a.order().2) == (b.order().0, b.order().1, b.order().2));
        Err(faults)
    }

    /// Draws the pages that somebody waits for, before all others are compared; what is wrong with them is told when
    /// their turn comes.
    ///
    /// Not where they would show what is not there yet: a picture that is new.
    pub(super) fn first(self, keys: &[PageKey], onlooker: &mut dyn Onlooker) {
        let wanted = onlooker.waits_for();
        if wanted.is_empty() || self.output.waits() {
            return;
        }
        let path_of = |key: &&PageKey| wanted.contains(&key.path(self.archive, &self.settings.site));
        let wanted: Vec<&PageKey> = keys.par_iter().filter(path_of).collect();
        let site = SiteContext::new(&view::site(self.archive, self.settings));
        let drawn = wanted.par_iter().filter_map(|key| {
            let story = key.article().map(|id| self.stories.story(id)).transpose().ok()?;
            let words = story.as_ref().map(|story| (&story.article, &story.annotations));
            let page = view::page(key, self.archive, words, self.settings);
            let html = render::page(self.engine, &site, &page).ok()?;
            (!self.output.had(&page.path, html.as_bytes())).then_some((page.path, html))
        });
        for (path, html) in drawn.collect::<Vec<_>>() {
            onlooker.first(&path, html);
        }
    }

    /// Keeps or draws one page.
    fn one(self, key: PageKey, before: &Kept, site: &SiteContext) -> Result<kept::Page, Diagnostic> {
        let words = key.article().and_then(|id| self.stories.words(id));
        let path = key.path(self.archive, &self.settings.site);
        let _page = debug_span!("page", path = &*path).entered();
        let data = match self.clock.time(Work::Compare, || before.keep(&path, words, self.output)) {
            Extent::Whole => {
                self.clock.hit();
                return Ok(kept::Page::Kept(path));
            }
            Extent::Data(data) => Some(data),
            Extent::Nothing => None,
        };
        let story = key.article().map(|id| self.stories.story(id)).transpose()?;
        // Whatever a page and its data ask of the archive is asked in here.
        let ((page, made), reads) = recorded(|| {
            let page = self.view(key, story.as_ref());
            (page, if data.is_none() { self.data(key, story.as_ref()) } else { Vec::new() })
        });
        drop(story);
        // Out of the way first: the data of a report weigh as much as its words.
        let made = self.put(made)?;
        let html = self.clock.time(Work::Render, || render::page(self.engine, site, &page))?;
        let hash = self.clock.time(Work::Write, || self.output.write(&page.path, html.as_bytes()))?;
        self.clock.bytes(html.len());
        drop(html);
        let (page, reads) = ((page.path, hash), self.numbers(&reads));
        Ok(kept::Page::Drawn(match data {
            Some(data) => Row::beside(page, words, reads, data),
            None => Row::of_page(page, words, reads, made),
        }))
    }

    /// Keeps or makes the files of a feed. It tells less than the page beside which it lies, and more of it, so that
    /// either may be kept without the other.
    fn feed(self, feed: Feed, before: &Kept, feeds: &Feeds) -> Result<kept::Page, Diagnostic> {
        let (archive, site) = (self.archive, &self.settings.site);
        let told = feed.reports(archive);
        // Of all the reports whose words are in it.
        let words = Some(Hash::of_all(told.iter().filter_map(|id| self.stories.words(*id))));
        let path: Box<str> = feed.path(archive).into();
        let _feed = debug_span!("feed", path = &*path).entered();
        if matches!(self.clock.time(Work::Compare, || before.keep(&path, words, self.output)), Extent::Whole) {
            feeds.pass(&told);
            return Ok(kept::Page::Kept(path));
        }
        let take = |id: &ArticleId| feeds.take(*id, archive, self.settings, self.stories, self.clock);
        let entries = told.iter().map(take).collect::<Result<Vec<_>, Diagnostic>>()?;
        let (reports, asked): (Vec<_>, Vec<_>) = entries.into_iter().unzip();
        let (files, mut reads) = recorded(|| {
            self.clock.time(Work::Emit, || emit::feed(&FeedInput { feed, reports: &reports, archive, site }))
        });
        reads.extend(asked.iter().flat_map(|reads| reads.iter().copied()));
        reads.sort_unstable();
        reads.dedup();
        Ok(kept::Page::Drawn(Row::of_feed(path, words, self.numbers(&reads), self.put(files)?)))
    }

    /// The numbers of what was asked, where anybody wants to know.
    fn numbers(self, reads: &[Read]) -> Vec<u32> {
        self.answers.map(|answers| answers.numbers(reads)).unwrap_or_default()
    }

    /// Makes what a template sees of a page.
    fn view(self, key: PageKey, story: Option<&Story>) -> Page {
        self.clock.time(Work::View, || {
            let words = story.map(|story| (&story.article, &story.annotations));
            view::page(&key, self.archive, words, self.settings)
        })
    }

    /// Makes the data beside a page.
    fn data(self, key: PageKey, story: Option<&Story>) -> Vec<OutFile> {
        let (archive, site) = (self.archive, &self.settings.site);
        self.clock.time(Work::Emit, || match (key, story) {
            (PageKey::Article(id), Some(Story { article, annotations, source })) => {
                emit::article(&ArticleInput { id, article, annotations, source, archive, site })
            }
            (PageKey::Person(id), _) => emit::person(id, archive, site),
            _ => Vec::new(),
        })
    }

    /// Hands files to the output folder; gives them with their hashes.
    pub(super) fn put(self, files: Vec<OutFile>) -> Result<Vec<(Box<str>, Hash)>, Diagnostic> {
        let write = |file: OutFile| {
            self.clock.bytes(file.bytes.len());
            let hash = self.output.write(&file.path, &file.bytes)?;
            Ok((file.path, hash))
        };
        self.clock.time(Work::Write, || files.into_iter().map(write).collect())
    }
}
