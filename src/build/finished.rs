use super::stories::{Stories, Story};
use crate::archive::{Archive, ArticleId, Pictures};
use crate::config::Settings;
use crate::diag::Diagnostic;
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
    /// An article with its words and its file.
    ///
    /// Errors with `file-unreadable` where the file is by now another.
    pub fn story(&self, id: ArticleId) -> Result<Story, Diagnostic> {
        self.stories.story(id)
    }
}
