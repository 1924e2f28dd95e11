use super::due::Due;
use super::stories::{Stories, Story};
use crate::archive::{Archive, ArticleId, Pictures};
use crate::config::Settings;
use crate::diag::Diagnostic;
use jiff::Timestamp;
use std::path::Path;

/// A site that stands in the output folder, with all that it was made of.
pub struct Finished<'a> {
    /// The site's folder.
    pub root: &'a Path,
    /// Where it stands.
    pub out: &'a Path,
    /// What was joined.
    pub archive: &'a Archive,
    /// What it was built with.
    pub settings: &'a Settings,
    /// The picture files that are held.
    pub pictures: &'a Pictures,
    pub(super) stories: &'a Stories<'a>,
}

impl Finished<'_> {
    /// The moment for which it was built; none where no clock holds anything back.
    pub fn now(&self) -> Option<Timestamp> {
        self.stories.now()
    }

    /// When articles appear and disappear, those of the past included; sorted. Empty without a clock.
    pub fn dues(&self) -> &[Due] {
        &self.stories.dues
    }

    /// What the clock holds back, by path.
    pub fn held(&self) -> &[Due] {
        &self.stories.held
    }

    /// What the bytes that an article was read from are known by: the same for the same bytes.
    pub fn print(&self, id: ArticleId) -> u128 {
        let words = self.stories.words(id);
        words.map_or(0, |hash| hash.bytes().iter().take(16).fold(0, |print, byte| print << 8 | u128::from(*byte)))
    }

    /// An article with its words and its file.
    ///
    /// Errors with `file-unreadable` where the file is by now another.
    pub fn story(&self, id: ArticleId) -> Result<Story, Diagnostic> {
        self.stories.story(id)
    }
}
