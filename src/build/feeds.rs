//! What feeds tell of each report, made once however many feeds tell it.

use super::stories::Stories;
use super::timings::{Clock, Work};
use crate::archive::{Archive, ArticleId, Read, recorded};
use crate::config::Settings;
use crate::diag::Diagnostic;
use crate::emit::{Feed, FeedReport};
use crate::render;
use crate::view::{self, PageKey};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The reports that feeds of this build tell. Each is held from the first feed that asks for it to the last that
/// might, so that not all are in memory at once.
pub(super) struct Feeds {
    reports: FxHashMap<ArticleId, Mutex<Shared>>,
}

/// A report in the feeds that tell it.
#[derive(Default)]
struct Shared {
    /// Feeds that have not asked for it yet.
    left: u32,
    made: Option<Entry>,
}

/// A report with what was asked of the archive for it: that is asked by every page whose feed tells it.
pub(super) type Entry = (Arc<FeedReport>, Arc<[Read]>);

/// The feed that lies beside a page.
pub(super) fn beside(key: PageKey, archive: &Archive, settings: &Settings) -> Option<Feed> {
    let newest = || key.is_newest(archive, &settings.site);
    match key {
        PageKey::Home => Some(Feed::Site),
        PageKey::Section(id, _) => Some(Feed::Section(id)).filter(|_| newest()),
        PageKey::Topic(id, _) => Some(Feed::Topic(id)).filter(|_| newest()),
        _ => None,
    }
}

impl Feeds {
    /// Counts which report is told how often.
    pub(super) fn new(keys: &[PageKey], archive: &Archive, settings: &Settings) -> Self {
        let mut reports: FxHashMap<ArticleId, Mutex<Shared>> = FxHashMap::default();
        let feeds = keys.iter().filter_map(|key| beside(*key, archive, settings));
        for id in feeds.flat_map(|feed| feed.reports(archive)) {
            reports.entry(id).or_default().get_mut().unwrap_or_else(PoisonError::into_inner).left += 1;
        }
        Self { reports }
    }

    /// A report as feeds tell it; `stories` has its words.
    ///
    /// Errors as [`Stories::story`] does.
    pub(super) fn take(
        &self,
        id: ArticleId,
        archive: &Archive,
        settings: &Settings,
        stories: &Stories<'_>,
        clock: &Clock,
    ) -> Result<Entry, Diagnostic> {
        let make = || -> Result<Entry, Diagnostic> {
            let story = stories.story(id)?;
            let (report, reads) = recorded(|| {
                let blocks = clock.time(Work::View, || view::syndicated(archive, settings, id, &story.article));
                let content = clock.time(Work::Render, || render::feed::content(&blocks, &settings.site.words));
                clock.time(Work::Emit, || FeedReport::new(id, content, archive, &settings.site))
            });
            Ok((Arc::new(report), reads.into()))
        };
        let Some(mut shared) = self.locked(id) else { return make() };
        let entry = match &shared.made {
            Some(entry) => entry.clone(),
            None => make()?,
        };
        shared.left = shared.left.saturating_sub(1);
        shared.made = (shared.left > 0).then(|| entry.clone());
        Ok(entry)
    }

    /// Takes down that a feed which tells these reports is kept, and will not ask.
    pub(super) fn pass(&self, told: &[ArticleId]) {
        for mut shared in told.iter().filter_map(|id| self.locked(*id)) {
            shared.left = shared.left.saturating_sub(1);
            if shared.left == 0 {
                shared.made = None;
            }
        }
    }

    fn locked(&self, id: ArticleId) -> Option<MutexGuard<'_, Shared>> {
        Some(self.reports.get(&id)?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
