//! What is no longer in the archive, and says so at its address.

use crate::model::Moment;
use serde::{Deserialize, Serialize};

/// An article that was withdrawn: what is left of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Its file, from the site's root; for one whose file is gone too, something that no file is called.
    pub path: Box<str>,
    /// Folder and name that it asks for as its address; see [`wanted_address`](super::wanted_address).
    pub wanted: (String, String),
    /// Old addresses, root-relative.
    pub aliases: Vec<Box<str>>,
    /// When it was decided.
    pub at: Moment,
    /// What readers are told; may be empty.
    pub reason: Box<str>,
}

/// The page that stands where an article was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    /// Its address below the site's root, the article's own; unique.
    pub address: Box<str>,
    /// Old addresses, root-relative.
    pub aliases: Vec<Box<str>>,
    /// The article's file, for messages.
    #[serde(skip)]
    pub path: Box<str>,
    /// When it was decided.
    pub at: Moment,
    /// What readers are told; may be empty.
    pub reason: Box<str>,
}

/// By address.
pub(super) fn withdrawn(gone: Vec<Gone>, addresses: Vec<Box<str>>) -> Vec<Withdrawn> {
    let with_address = |(gone, address): (Gone, Box<str>)| {
        let Gone { path, aliases, at, reason, .. } = gone;
        Withdrawn { address, aliases, path, at, reason }
    };
    let mut all: Vec<_> = gone.into_iter().zip(addresses).map(with_address).collect();
    all.sort_by(|a, b| a.address.cmp(&b.address));
    all
}
