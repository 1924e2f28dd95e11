use super::{PersonId, PhotoId, SectionId, TopicId};
use crate::diag::{Diagnostic, codes};
use crate::model::{Article, ChainId, Facts, Photo, Source};
use jiff::civil::Date;
use serde::Serialize;

/// One article as the archive knows it: its facts, and its bonds with everything else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleRecord {
    /// What it told the archive.
    pub facts: Facts,
    /// Its address below the site's root, `2031/11/14/slug/` or `undated/slug/`; unique.
    pub address: Box<str>,
    /// Its section.
    pub section: SectionId,
    /// Its place in the section's articles.
    // Moves with other articles; the print takes the neighbours instead.
    #[serde(skip)]
    pub(super) section_at: u32,
    /// Its topics in the order of its tags, distinct.
    pub topics: Box<[TopicId]>,
    /// The people it names, in order of first mention, distinct.
    pub people: Box<[PersonId]>,
    /// Its photographs, by `Facts::photos`.
    pub photos: Box<[PhotoId]>,
    /// Which of `Facts::photos` name a file that is not held, though it should be.
    pub missing: Box<[u32]>,
    /// By `Facts::chains`: the person, where there is one.
    pub(super) who: Box<[Option<PersonId>]>,
}

impl ArticleRecord {
    /// The person behind one of the article's chains; none for a bare surname.
    pub fn who(&self, chain: ChainId) -> Option<PersonId> {
        self.who.get(chain.index()).copied().flatten()
    }

    /// The person who speaks one of the article's quotations; none for the unnamed and for bare surnames.
    pub fn speaker(&self, quote: u32) -> Option<PersonId> {
        let chain = self.facts.quotes.get(quote as usize)?.speaker?;
        self.who(ChainId::new(chain as usize))
    }

    /// The day it was published, where it says.
    pub fn date(&self) -> Option<Date> {
        self.facts.published.map(|at| at.date)
    }

    /// Notes `picture-missing` for each picture that the article names and that is not there.
    ///
    /// The join sees facts only; whoever has the article at hand asks for the lines.
    pub fn missing_pictures(&self, article: &Article, source: &Source) -> Vec<Diagnostic> {
        let photos = self.missing.iter().filter_map(|at| article.photos.get(*at as usize));
        let note = |photo: &Photo| {
            let file = photo.file.as_deref()?;
            Some(
                Diagnostic::new(codes::PICTURE_MISSING, &article.path, format!("the picture `{file}` is not there"))
                    .at(&source.text, photo.file_at, "no such file beside the article or in `static/`")
                    .note("the page shows caption and credit with “Picture not held”"),
            )
        };
        photos.filter_map(note).collect()
    }
}
