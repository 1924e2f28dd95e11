use super::Moment;
use crate::text::FileSpan;

/// What the archive was told to do with articles after they were published: `content/rulings.toml`.
///
/// Private references of rulings are not kept: what is not in memory cannot be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// In the order of the file.
    pub rulings: Vec<Ruling>,
}

/// One decision about an article, or about a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Which article; none for a name that is withheld throughout the archive.
    pub target: Option<Target>,
    /// Where the ruling stands in the file.
    pub at: FileSpan,
    /// What is to be done.
    pub action: Action,
    /// When it was decided.
    pub date: Moment,
    /// What readers are told; empty where nothing.
    pub reason: Box<str>,
}

/// How a ruling names its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// By its file, from the site's root: `content/2031/11/14-calder-tunnel.txt`.
    File(Box<str>),
    /// By its address below the site's root: `2031/11/14/calder-tunnel/`.
    Address(Box<str>),
}

/// What a ruling does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The reason is shown as a correction; with the words as they were and as they are, where given.
    Correct(Option<Box<str>>, Option<Box<str>>),
    /// The reason is shown above the article.
    Notice,
    /// Search engines are asked to leave the page out.
    Noindex,
    /// A name is withheld.
    Anonymise(Anonymity),
    /// Nothing of the article is published but that it was withdrawn.
    Withdraw {
        /// Whether its file is gone too, so that only the ruling knows the address.
        deleted: bool,
    },
    /// Not to be seen before.
    EmbargoUntil(Moment),
    /// Not to be seen from then on.
    Expire(Moment),
}

/// A name that is withheld, and what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anonymity {
    /// The full name: "Ingrid Marsh".
    pub name: Box<str>,
    /// Other words that would tell who it is: "Inga Marsh", "@imarsh".
    pub also: Vec<Box<str>>,
    /// Others whose names hold a part of it and stay: "Ivo Marsh".
    pub except: Vec<Box<str>>,
    /// "the witness"
    pub instead: Box<str>,
}
