use crate::model::Moment;
use jiff::Timestamp;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// The output folder of a site that names no other.
pub(super) const PUBLIC: &str = "public";

/// What a build is asked to do.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The site's folder, with `site.toml` and `content/`.
    pub root: PathBuf,
    /// Where the site goes; `public` in the site's folder where none is given.
    pub out: Option<PathBuf>,
    /// Whether drafts are published too.
    pub drafts: bool,
    /// Replaces the address in `site.toml`.
    pub base_url: Option<String>,
    /// Whether to use what the last build left in `.onrecord/`, and to leave something for the next.
    pub cache: bool,
    /// Whether style sheets stay files of their own, whatever the settings say: the preview puts new ones into open pages.
    pub linked_styles: bool,
    /// How many threads work at once; as many as there are processors where none is given.
    pub jobs: Option<NonZeroUsize>,
    /// The moment for which the site is built: what is dated later, embargoed or expired is held back.
    pub now: Option<Moment>,
    /// The moment that is meant where neither `now` nor `site.toml` gives one; with none, no clock holds anything back.
    pub present: Option<Timestamp>,
    /// Whether the site is put together, and shown to whoever looks, although nothing has changed since the last build.
    pub whole: bool,
}

impl BuildOptions {
    /// A plain build of the site in `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            out: None,
            drafts: false,
            base_url: None,
            cache: true,
            linked_styles: false,
            jobs: None,
            now: None,
            present: None,
            whole: false,
        }
    }

    /// The folder the site goes to.
    pub fn out_folder(&self) -> PathBuf {
        self.out.clone().unwrap_or_else(|| self.root.join(PUBLIC))
    }
}
