use tracing::{Span, info_span};

/// The steps of a build, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Walking the folders.
    Find,
    /// Measuring pictures.
    Pictures,
    /// Reading and annotating every article.
    Read,
    /// Making smaller pictures.
    Sizes,
    /// Joining people across articles.
    Join,
    /// Seeing what need not be done again.
    Compare,
    /// Drawing pages and putting them beside the old ones.
    Pages,
    /// Making the search index.
    Search,
    /// Feeds, lists, exports.
    Data,
    /// Pictures and static files.
    Files,
    /// Putting everything into place.
    Publish,
    /// Writing the cache.
    Keep,
}

impl Stage {
    /// What is going on, for the progress line.
    pub fn doing(self) -> &'static str {
        match self {
            Self::Find => "finding files",
            Self::Pictures => "measuring pictures",
            Self::Read => "reading articles",
            Self::Sizes => "making smaller pictures",
            Self::Join => "joining people",
            Self::Compare => "comparing",
            Self::Pages => "drawing pages",
            Self::Search => "indexing for search",
            Self::Data => "writing data",
            Self::Files => "copying files",
            Self::Publish => "publishing",
            Self::Keep => "keeping for the next build",
        }
    }

    /// One word for tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Pictures => "pictures",
            Self::Read => "read",
            Self::Sizes => "sizes",
            Self::Join => "join",
            Self::Compare => "compare",
            Self::Pages => "pages",
            Self::Search => "search",
            Self::Data => "data",
            Self::Files => "files",
            Self::Publish => "publish",
            Self::Keep => "keep",
        }
    }

    /// Its span: a span's name is part of the program.
    pub(super) fn span(self) -> Span {
        match self {
            Self::Find => info_span!("find"),
            Self::Pictures => info_span!("pictures"),
            Self::Read => info_span!("read"),
            Self::Sizes => info_span!("sizes"),
            Self::Join => info_span!("join"),
            Self::Compare => info_span!("compare"),
            Self::Pages => info_span!("pages"),
            Self::Search => info_span!("search"),
            Self::Data => info_span!("data"),
            Self::Files => info_span!("files"),
            Self::Publish => info_span!("publish"),
            Self::Keep => info_span!("keep"),
        }
    }
}

/// Is told how far a build has come. Called from many threads; must return at once.
pub trait Progress: Sync {
    /// A stage begins; `total` steps lie ahead, 0 where nobody knows.
    fn begin(&self, stage: Stage, total: usize);
    /// One step is done.
    fn step(&self);
}

/// Says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}
