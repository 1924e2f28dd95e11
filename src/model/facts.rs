use super::{Checked, Correction, Form, Gender, Kind, Moment, Post, PostFact, Rule};
use serde::{Deserialize, Serialize};

/// What one article tells the archive: all that leaves the file. The words themselves stay home.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Path from the site's root; unique.
    pub path: Box<str>,
    /// The slug it asks for.
    pub slug: Box<str>,
    /// The headline.
    pub headline: Box<str>,
    /// Its language as the article gives it, a BCP 47 tag; none for the site's.
    pub lang: Option<Box<str>>,
    /// The standfirst.
    pub standfirst: Option<Box<str>>,
    /// The division of the archive.
    pub section: Option<Box<str>>,
    /// Topics, as written.
    pub tags: Vec<Box<str>>,
    /// Agency or paper.
    pub agency: Option<Box<str>>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Old addresses, root-relative.
    pub aliases: Vec<Box<str>>,
    /// Licence or notice of the text.
    pub rights: Option<Box<str>>,
    /// Corrections made after publication, oldest first.
    pub corrections: Vec<Correction>,
    /// Whether search engines are asked to leave its page out.
    pub noindex: bool,
    /// Words in the body.
    pub words: u32,
    /// Places that the article names, in base form and lower case ("merrow", "norway" for "Norwegian"): its dateline's
    /// and those that the lexicon knows; sorted, distinct, at most [`Facts::MOST_PLACES`].
    pub places: Vec<Box<str>>,
    /// By `ChainId`.
    pub chains: Vec<ChainFact>,
    /// Speech only (direct, partial, indirect), by place in the article.
    pub quotes: Vec<QuoteFact>,
    /// In order of the story.
    pub photos: Vec<PhotoFact>,
    /// Pictures that its words lead to, as written.
    pub linked: Vec<Box<str>>,
}

impl Facts {
    /// Places kept.
    pub const MOST_PLACES: usize = 32;
}

/// What an article says of one person.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChainFact {
    /// The fullest name.
    pub name: Box<str>,
    /// Whether it has given name and surname.
    pub full: bool,
    /// As an honorific says ("Ms"); a given name tells nothing here, since namesakes share it.
    pub gender: Option<Gender>,
    /// In years, where the article gives it: "Ingrid Marsh, 52,".
    pub age: Option<u8>,
    /// Offices and descriptions, as printed.
    pub roles: Vec<Box<str>>,
    /// The posts and callings among the roles; sorted, distinct.
    pub posts: Vec<PostFact>,
    /// How often each surface form stands in the body, most often first, then by words.
    pub forms: Vec<(Box<str>, Form, u32)>,
}

/// One quotation, for the person's page and the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteFact {
    /// Which of the article's `Annotations::quotes`.
    pub quote: u32,
    /// Six base-32 characters of a hash of its normalised words, `-2` on a repeat in the article.
    pub id: Box<str>,
    /// The words with their marks, parts joined by " … " where something stood between.
    pub text: Box<str>,
    /// What sort.
    pub kind: Kind,
    /// Which of `Facts::chains`.
    pub speaker: Option<u32>,
    /// The words that stand for an unnamed speaker: "one worker", "the union".
    pub unnamed: Option<Box<str>>,
    /// The post that speaks, where it is one that a single person holds and the article does not say who, or names
    /// as the speaker somebody of whom it says only that they held it once, or something like it.
    pub post: Option<Box<Post>>,
    /// How we know.
    pub rule: Rule,
    /// How sure.
    pub confidence: f32,
    /// What an editor decided, where one has; then `rule` is [`Rule::ByHand`], unless the editor names somebody whom the
    /// archive does not know.
    pub checked: Option<Box<Checked>>,
    /// Words in the quotation.
    pub words: u32,
    /// The sentence around it, or the other half of it: context for the person's page.
    pub context: Box<str>,
    /// The hashes of its words in threes, to find it again where an agency cut or mended it; see
    /// [`echo::shingles`](crate::text::echo::shingles).
    pub shingles: Box<[u32]>,
}

impl QuoteFact {
    /// Whether an editor has decided, and the archive could follow.
    pub fn is_checked(&self) -> bool {
        self.rule == Rule::ByHand
    }
}

/// One photo, for the photograph pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PhotoFact {
    /// The picture file as written.
    pub file: Option<Box<str>>,
    /// Alt text.
    pub alt: Option<Box<str>>,
    /// The caption without credit.
    pub caption: Box<str>,
    /// The credit as printed.
    pub credit: Option<Box<str>>,
    /// The photographer.
    pub photographer: Option<Box<str>>,
    /// The agency.
    pub agency: Option<Box<str>>,
    /// Licence or notice.
    pub rights: Option<Box<str>>,
    /// Whom the caption shows, of `Facts::chains`, in order.
    pub shows: Vec<u32>,
    /// Whether no picture may be shown.
    pub withheld: bool,
}
