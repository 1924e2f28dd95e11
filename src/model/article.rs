use super::Moment;
use crate::text::{FileSpan, TextSpan};
use serde::{Deserialize, Serialize};

/// One story as filed: its furniture, its words and its photos.
///
/// `text` is the reading text: the blocks' words joined by `\n`, in the order of the file, furniture
/// included (so that a headline's quotation marks can be found where they stand). `blocks` is sorted,
/// disjoint, and covers every byte of `text` but the line breaks between blocks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Path from the site's root with `/`; unique.
    pub path: Box<str>,
    /// Last part of the address; not empty, address-safe, not yet unique.
    pub slug: Box<str>,
    /// Everything around the body.
    pub furniture: Furniture,
    /// The reading text.
    pub text: Box<str>,
    /// Paragraph-like units of `text`.
    pub blocks: Vec<Block>,
    /// Lists, block quotes and tables that hold blocks; a block names its innermost.
    pub containers: Vec<Container>,
    /// The opening, then one for each crosshead; covers the body's blocks.
    pub parts: Vec<Part>,
    /// In the order of the story.
    pub photos: Vec<Photo>,
    /// Emphasis, links and the like over `text`; sorted by start, longer first; properly nested within a block.
    /// None is empty but raw HTML, which stands at a place.
    pub marks: Vec<Mark>,
    /// Sorted by `text`; where a finding in `text` stands in the file.
    pub runs: Vec<Run>,
}

impl Article {
    /// Where a span of the reading text stands in the file: from its first byte to its last.
    ///
    /// Falls back to the start of the file for text that no file holds.
    pub fn file_span(&self, span: TextSpan) -> FileSpan {
        let start = self.file_at(span.start);
        let end = if span.is_empty() { start } else { self.file_at(span.end - 1) + 1 };
        FileSpan::new(start, end.max(start))
    }

    fn file_at(&self, at: u32) -> usize {
        let i = self.runs.partition_point(|r| r.text.end <= at);
        match self.runs.get(i) {
            Some(run) if run.text.holds(at) => {
                // Runs of unequal length (an escape, an entity) point at their start.
                let inside = if run.text.len() == run.file.len() { (at - run.text.start) as usize } else { 0 };
                run.file.start as usize + inside
            }
            Some(run) => run.file.start as usize,
            None => self.runs.last().map_or(0, |r| r.file.end as usize),
        }
    }

    /// The words of a block.
    pub fn words_of(&self, block: &Block) -> &str {
        block.span.of(&self.text)
    }
}

/// Everything around the body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Furniture {
    /// The short label above the headline.
    pub kicker: Option<Box<str>>,
    /// The title of the story; empty only where the copy gives no words at all.
    pub headline: Box<str>,
    /// The sentence or two that lead into the story.
    pub standfirst: Option<Box<str>>,
    /// Who wrote it, as printed ("By DANICA KIRKA and JILL LAWLESS").
    pub byline: Option<Box<str>>,
    /// The writers' names, one each.
    pub authors: Vec<Box<str>>,
    /// The agency or newspaper that the copy came from ("AP", "Northsound Wire").
    pub agency: Option<Box<str>>,
    /// The dateline's words at the head of the first paragraph ("LONDON (AP) —"), dash included.
    pub dateline: Option<TextSpan>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was last changed; never before `published`.
    pub updated: Option<Moment>,
    /// The division of the archive.
    pub section: Option<Box<str>>,
    /// Topics, as written.
    pub tags: Vec<Box<str>>,
    /// Old addresses, root-relative.
    pub aliases: Vec<Box<str>>,
    /// BCP 47 tag where it differs from the site's.
    pub lang: Option<Box<str>>,
    /// Licence or notice for the text.
    pub rights: Option<Box<str>>,
    /// Corrections made after publication, oldest first.
    pub corrections: Vec<Correction>,
    /// What the editors say above the article since it was published, oldest first.
    pub notices: Vec<Notice>,
    /// Whether search engines are asked to leave its page out.
    pub noindex: bool,
    /// Whether it is to be published.
    pub status: Status,
    /// Not to be seen before; it need not be the day that it is dated.
    pub embargo: Option<Moment>,
    /// Not to be seen from then on.
    pub expires: Option<Moment>,
}

/// Whether an article is to be published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Published.
    #[default]
    Published,
    /// Held back unless drafts are asked for.
    Draft,
}

/// One paragraph-like unit of the reading text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words; on character boundaries; never over another block's.
    pub span: TextSpan,
    /// The innermost list item, block quote or table cell that holds it, an index into `containers`.
    pub within: Option<u32>,
}

/// What a block is. Only `Paragraph` and `Caption` (and the headline and standfirst, for their marks) are annotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// The label above the headline.
    Kicker,
    /// The title.
    Headline,
    /// The lead-in.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// Times, wire slugs, page furniture, "5 Min Read", "ends": kept, not shown in the body.
    Meta,
    /// The first line of a doubled caption, an index into `photos`.
    Alt(u32),
    /// A caption with its credit, an index into `photos`.
    Caption(u32),
    /// A credit on a line of its own ("ITV, ASSOCIATED PRESS").
    CreditLine,
    /// Body text.
    Paragraph,
    /// A short heading inside the body; depth from 2.
    Crosshead(u8),
    /// Preformatted text.
    Code,
    /// Raw HTML that the site's owner lets pass: its words are markup.
    Html,
    /// A thematic break; its span is empty.
    Rule,
    /// "Reporting by …", shown under the story.
    Endnote,
}

/// A list item, block quote or table piece that holds blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// What it is.
    pub kind: ContainerKind,
    /// The container around it, an index into `containers`, always smaller than its own.
    pub parent: Option<u32>,
}

/// What a container is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContainerKind {
    /// A list; the first number where it is ordered.
    List(Option<u64>),
    /// One item of a list.
    Item,
    /// A block quote.
    BlockQuote,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell; whether it is a heading.
    Cell(bool),
}

/// A stretch of one article: its opening, or a crosshead with the blocks under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The crosshead, an index into `blocks`; none for the opening.
    pub crosshead: Option<u32>,
    /// Address within the page, unique in the article; empty for the opening.
    pub id: Box<str>,
    /// First and one past last of its blocks.
    pub blocks: (u32, u32),
}

/// A correction made after publication.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Correction {
    /// When.
    pub at: Moment,
    /// What was wrong and what is right.
    pub text: Box<str>,
    /// The words as they stood before, where the editor gives them.
    pub was: Option<Box<str>>,
    /// The words that stand in their place now.
    pub now: Option<Box<str>>,
}

/// What the editors say above an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// Since when.
    pub at: Moment,
    /// Whether it says why a name is missing.
    pub withholds: bool,
    /// Empty where only a name is missing and nobody says why.
    pub text: Box<str>,
}

/// A picture in a story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Photo {
    /// Where the picture lies, as the article wrote it (Markdown); none in wire copy.
    pub file: Option<Box<str>>,
    /// Where the address stands in the file, for messages.
    pub file_at: FileSpan,
    /// What a reader who cannot see it should be told; the alt line of a doubled caption.
    pub alt: Option<Box<str>>,
    /// The caption without credit and without prefixes ("FILE PHOTO:", "1of4", "Image caption").
    pub caption: Option<TextSpan>,
    /// Who made it.
    pub credit: Option<Credit>,
    /// The licence or notice.
    pub rights: Option<Box<str>>,
    /// Whether it is from the files rather than of the day.
    pub file_photo: bool,
    /// Whether no picture may be shown, because it would show whose name is withheld.
    pub withheld: bool,
}

/// Who made a photo and for which agency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// As printed, without brackets or prefix: "Ola Brandt/Northsound".
    pub text: Box<str>,
    /// Where `text` stands in the reading text, where it does.
    pub span: Option<TextSpan>,
    /// The photographer, where named.
    pub photographer: Option<Box<str>>,
    /// The agency or provider, where named ("PA", "Reuters", "AP").
    pub agency: Option<Box<str>>,
}

/// Markup over the reading text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The words; never over a block's end.
    pub span: TextSpan,
    /// What it does to them.
    pub kind: MarkKind,
}

/// What markup does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarkKind {
    /// `<em>`
    Emphasis,
    /// `<strong>`
    Strong,
    /// `<s>`
    Strikethrough,
    /// `<code>`
    Code,
    /// `<a>`: an address that has been checked, and a title.
    Link(Box<str>, Option<Box<str>>),
    /// `<br>`: a line break in place of one byte of white space.
    Break,
    /// `<sup>`
    Superscript,
    /// `<sub>`
    Subscript,
    /// `<ins>`
    Inserted,
    /// `<abbr>`: what the words are short for.
    Abbreviation(Box<str>),
    /// Markup as it is written, at a place between two words; only where the site's owner lets it pass.
    Html(Box<str>),
}

/// A stretch of the reading text and where it stands in the file.
///
/// Where the two lengths differ (an entity, an escape) the whole stretch points at the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// In the reading text; runs are sorted and disjoint.
    pub text: TextSpan,
    /// In the file.
    pub file: FileSpan,
}
