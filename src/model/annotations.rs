use super::Checked;
use crate::text::TextSpan;
use serde::{Deserialize, Serialize};

/// What was found in one article: stand-off, over its reading text, which is never altered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Sorted, disjoint.
    pub sentences: Vec<Sentence>,
    /// Sorted by start; may nest (a name inside a title), never cross.
    pub mentions: Vec<Mention>,
    /// The people as far as this article knows them.
    pub chains: Vec<Chain>,
    /// Sorted by the first byte of the first part.
    pub quotes: Vec<Quote>,
}

impl Annotations {
    /// The mention of that number.
    pub fn mention(&self, id: MentionId) -> &Mention {
        &self.mentions[id.index()]
    }

    /// The chain of that number.
    pub fn chain(&self, id: ChainId) -> &Chain {
        &self.chains[id.index()]
    }
}

/// A sentence of the reading text, in one block.
pub type Sentence = TextSpan;

/// Makes a type that indexes one kind of list, with a niche so that `Option` of it costs nothing.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(std::num::NonZeroU32);

        impl $name {
            /// The id of the thing at `index`.
            pub fn new(index: usize) -> Self {
                let n = u32::try_from(index).unwrap_or(u32::MAX - 1).saturating_add(1);
                Self(std::num::NonZeroU32::new(n).unwrap_or(std::num::NonZeroU32::MIN))
            }

            /// Its place in the list it belongs to.
            pub fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    };
}

pub(crate) use index;

index! {
    /// Which chain of an article's [`Annotations`]; `Option` costs nothing.
    ChainId
}
index! {
    /// Which mention of an article's [`Annotations`]; `Option` costs nothing.
    MentionId
}

/// One place where the text points at a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The words: "Ingrid Marsh", "Ms Marsh", "the minister", "she", "a spokesman".
    pub span: TextSpan,
    /// How it points.
    pub form: Form,
    /// The person, where known; none for an unnamed source or a group.
    pub chain: Option<ChainId>,
}

/// How a mention points at a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Form {
    /// "Ingrid Marsh"
    FullName,
    /// "Marsh"
    Surname,
    /// "Ingrid"
    GivenName,
    /// "Ms Marsh", "Dr Quill", "Dame Ola"
    Honorific,
    /// "the Harbour Minister", "the mayor"
    Office,
    /// "the 52-year-old", "the engineer", "her husband"
    Description,
    /// "she"
    Pronoun,
    /// "officials", "the union", "a spokesman": nobody in particular, or more than one
    Group,
}

/// What the copy's own words say of someone's gender; for pronouns only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// "she", "Ms", "Dame"
    Feminine,
    /// "he", "Mr", "Sir"
    Masculine,
    /// "they" of one person, "Mx"
    Neutral,
}

/// A person as far as one article knows them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// The fullest name in the article, without honorifics: "Ingrid Marsh", or only "Marsh".
    pub name: Box<str>,
    /// Whether `name` has a given name and a surname; only then does the chain leave the article.
    pub full: bool,
    /// The honorific used most: "Ms", "Dr".
    pub honorific: Option<Box<str>>,
    /// As the copy's pronouns and honorifics say.
    pub gender: Option<Gender>,
    /// Offices and descriptions tied to the name ("Harbour Minister", "secretary of the Boatmen’s Union"): where each
    /// stands first, in order; their words are distinct.
    pub roles: Vec<TextSpan>,
    /// All its mentions, sorted.
    pub mentions: Vec<MentionId>,
}

/// Words given as someone's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// One, or several where the attribution or a paragraph's end breaks it; sorted, disjoint, not empty.
    pub parts: Vec<QuotePart>,
    /// The whole statement that reported speech gives, marked words and short lead-ins to them included; for marked
    /// words, the statement that they are all but a lead-in of: “was “steadfast””. None where there is none.
    pub statement: Option<TextSpan>,
    /// What sort of quotation.
    pub kind: Kind,
    /// The word that reports it ("said", "according to").
    pub cue: Option<TextSpan>,
    /// The words that stand for the speaker beside it: "she", "the Harbour Minister", "a spokesman".
    pub mention: Option<MentionId>,
    /// The whole phrase around `mention`, title included: "Harbour Minister Ingrid Marsh"; none where there is none.
    pub phrase: Option<TextSpan>,
    /// Who said it; none where the copy names nobody, or where we do not know.
    pub speaker: Option<ChainId>,
    /// How we know.
    pub rule: Rule,
    /// The words that show it ("she said"), at most a sentence.
    pub evidence: Option<TextSpan>,
    /// How sure we are of the speaker (of there being none, where none is given), 0 to 1.
    pub confidence: f32,
    /// What an editor decided, where one has; then `rule` is [`Rule::ByHand`].
    pub checked: Option<Box<Checked>>,
}

/// One unbroken stretch of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotePart {
    /// The words, marks left out; in one block.
    pub words: TextSpan,
    /// The words with their marks, as shown; equal to `words` for indirect speech.
    pub marked: TextSpan,
}

/// What sort of quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Whole and marked.
    Direct,
    /// A marked phrase inside the reporter's sentence.
    Partial,
    /// Reported without marks.
    Indirect,
    /// In a headline, standfirst or crosshead: may quote nobody in particular.
    Headline,
    /// Marked, yet nobody's words: scare quotes, titles of works, nicknames.
    Scare,
}

impl Kind {
    /// Whether it is someone's speech and is shown as such.
    pub fn is_speech(self) -> bool {
        matches!(self, Self::Direct | Self::Partial | Self::Indirect)
    }

    /// Whether it stands in quotation marks and is speech.
    pub fn is_marked_speech(self) -> bool {
        matches!(self, Self::Direct | Self::Partial)
    }
}

/// How the speaker was found (theme specification §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rule {
    /// The full name stands at the cue.
    Name,
    /// A surname, with or without honorific, stands at the cue.
    Surname,
    /// An office or description stands at the cue.
    Title,
    /// A pronoun stands at the cue.
    Pronoun,
    /// The sentence's subject goes on speaking.
    SameSentence,
    /// The paragraph or the one before goes on with its speaker.
    Continued,
    /// A group or a body speaks.
    Group,
    /// The copy gives somebody but no name.
    Unnamed,
    /// Nothing in the copy tells.
    Unknown,
    /// An editor said so.
    ByHand,
}
