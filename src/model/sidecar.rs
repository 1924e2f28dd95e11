use super::{Kind, Rule};
use crate::diag::Place;
use crate::text::FileSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What editors decided about the quotations of one article: `NAME.annotations.toml` beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sidecar {
    /// The file, from the site's root.
    pub path: Box<str>,
    /// In the order of the file.
    pub decisions: Vec<Decision>,
}

/// One `[[quotation]]` of a sidecar: words of the article, and what an editor decided about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where `exact` stands in the sidecar.
    pub at: FileSpan,
    /// Where `speaker` stands in the sidecar; none where it is left open.
    pub speaker_at: Option<FileSpan>,
    /// The words as written, one text for each part of a quotation that its attribution breaks; none is empty, and there
    /// is at least one.
    pub exact: Vec<Box<str>>,
    /// Words that stand just before the first part, as written.
    pub prefix: Option<Box<str>>,
    /// Words that stand just behind the last part, as written.
    pub suffix: Option<Box<str>>,
    /// Whose words they are; none leaves that to the rules.
    pub speaker: Option<Voice>,
    /// What sort of quotation; speech, or none: that is left to the rules.
    pub kind: Option<Kind>,
    /// Whom the rules gave the words to then: an id, "?", "none", or "" where they did not find the quotation.
    pub was: Option<Box<str>>,
    /// The rule by which they did.
    pub rule: Option<Box<str>>,
    /// What the editor wrote down; for colleagues, not for readers.
    pub note: Option<Box<str>>,
    /// Who decided.
    pub by: Option<Box<str>>,
    /// When.
    pub date: Option<Date>,
}

/// Whose words some are, as an editor says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voice {
    /// A person by the last part of their address: `ingrid-marsh`.
    Person(Box<str>),
    /// A person by their name in full, whom the archive need not know: `Ingrid Marsh`.
    Named(Box<str>),
    /// `?`: somebody without a name.
    Unnamed,
    /// `none`: nobody's; no speech.
    Nobody,
}

/// That an editor has decided about a quotation, and what of it concerns more than the one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The person who speaks, where the editor gives one by their address; who that is, the archive knows.
    pub speaker: Option<PersonAt>,
    /// Whether the editor leaves the speaker to the rules: then their answer is what was checked.
    pub open: bool,
    /// How the rules knew the speaker; [`Rule::Unknown`] where they did not find the quotation.
    pub found: Rule,
    /// Who decided.
    pub by: Option<Box<str>>,
    /// When.
    pub date: Option<Date>,
    /// What the editor wrote down.
    pub note: Option<Box<str>>,
}

/// A person's address as a file gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonAt {
    /// The last part of the address: `ingrid-marsh`.
    pub slug: Box<str>,
    /// Where that is written; none where the text is not at hand.
    pub place: Option<Box<Place>>,
}
