use jiff::civil::Date;
use serde::Serialize;

/// What the archive itself says of people: `content/people/*.md`. It decides where articles only propose.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Authority {
    /// Sorted by path.
    pub people: Vec<AuthorityPerson>,
}

/// One people file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AuthorityPerson {
    /// The file, from the site's root.
    pub path: Box<str>,
    /// The address under `/people/`; the file's stem unless given.
    pub slug: Box<str>,
    /// The name shown.
    pub name: Box<str>,
    /// Other names that mean this person in every article ("Ingrid M. Marsh").
    pub aliases: Vec<Box<str>>,
    /// Articles (paths from the root, or folders ending in `/`) in which the name means this person; empty: all.
    /// How two people of one name are kept apart.
    pub articles: Vec<Box<str>>,
    /// Slugs that were addresses of this person's, before a merge; they lead on.
    pub former: Vec<Box<str>>,
    /// Slugs of people this one is not.
    pub not: Vec<Box<str>>,
    /// "she/her", "he/him", "they/them".
    pub pronouns: Option<Box<str>>,
    /// One line under the name; made from the offices where absent.
    pub summary: Option<Box<str>>,
    /// Offices held.
    pub offices: Vec<Office>,
    /// Portrait, a path as an article would write it.
    pub portrait: Option<Box<str>>,
    /// Credit of the portrait.
    pub portrait_credit: Option<Box<str>>,
    /// What the portrait shows, for readers who cannot see it.
    pub portrait_alt: Option<Box<str>>,
    /// Addresses of the same person elsewhere; `https` only.
    pub same_as: Vec<Box<str>>,
    /// Preferred speaker slot, 1 to 8.
    pub slot: Option<u8>,
    /// The biography as Markdown; may be empty.
    pub biography: Box<str>,
}

/// A post held for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Office {
    /// "Harbour Minister"
    pub title: Box<str>,
    /// Of what, where it helps: "Merrow".
    pub of: Option<Box<str>>,
    /// First day; open where absent.
    pub from: Option<Date>,
    /// Last day; to date where absent; never before `from`.
    pub to: Option<Date>,
}

impl Office {
    /// Whether the office was held on that day.
    pub fn held_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
