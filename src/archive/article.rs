use super::photo::credits_differ;
use super::{Archive, Basis, OriginId, PersonId, PhotoId, SectionId, TopicId, Voices};
use crate::diag::{Diagnostic, Lines, codes};
use crate::model::{Article, ChainId, Facts, Photo, PhotoFact, Source};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

/// One article as the archive knows it: its facts, and its bonds with everything else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArticleRecord {
    /// What it told the archive, and whom the archive found behind the offices that speak in it: such a holder has a
    /// chain behind the article's own, and the quotation a speaker.
    pub facts: Arc<Facts>,
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
    /// The wire or paper it came from, where it says.
    pub origin: Option<OriginId>,
    /// The people it names, in order of first mention, distinct.
    pub people: Box<[PersonId]>,
    /// Its photographs, by `Facts::photos`.
    pub photos: Box<[PhotoId]>,
    /// Which of `Facts::photos` name a file that is not held, though it should be.
    pub missing: Box<[u32]>,
    /// By `Facts::quotes`: the last part of the address of the quotation's own page, unique; empty where the site has no
    /// such pages.
    pub(super) quote_slugs: Box<[Box<str>]>,
    /// Who speaks in it, found once for all of its quotations' own pages; none where the site has no such pages.
    pub(super) voices: Option<Voices>,
    /// By `Facts::chains`: the person, where there is one.
    pub(super) who: Box<[Option<PersonId>]>,
    /// Which of `Facts::quotes` were given to the holder of an office, and how the holder is known; sorted.
    pub(super) by_office: Box<[(u32, Basis)]>,
    /// Which of `Facts::chains` are somebody by a title and a surname; sorted.
    pub(super) by_title: Box<[u32]>,
}

impl ArticleRecord {
    /// The person behind one of the chains; none for a bare surname.
    pub fn who(&self, chain: ChainId) -> Option<PersonId> {
        self.who.get(chain.index()).copied().flatten()
    }

    /// The person who speaks one of the article's quotations; none for the unnamed and for bare surnames.
    pub fn speaker(&self, quote: u32) -> Option<PersonId> {
        let chain = self.facts.quotes.get(quote as usize)?.speaker?;
        self.who(ChainId::new(chain as usize))
    }

    /// How the holder of the office that speaks a quotation is known, where the article itself does not say who it is.
    pub fn by_office(&self, quote: u32) -> Option<Basis> {
        let at = self.by_office.binary_search_by_key(&quote, |(quote, _)| *quote).ok()?;
        Some(self.by_office[at].1)
    }

    /// Whether one of the article's chains, without a given name, is somebody by its title: "Governor Ferrant".
    pub fn is_by_title(&self, chain: ChainId) -> bool {
        u32::try_from(chain.index()).is_ok_and(|chain| self.by_title.binary_search(&chain).is_ok())
    }

    /// The page of one of its quotations below the site's root, `q/uoq6fc/`; where quotations have no pages, the mark in
    /// the article.
    pub fn quote_address(&self, quote: u32) -> String {
        let at = quote as usize;
        match (self.quote_slugs.get(at), self.facts.quotes.get(at)) {
            (Some(slug), _) => ["q/", &**slug, "/"].concat(),
            (None, Some(fact)) => [&*self.address, "#q-", &*fact.id].concat(),
            (None, None) => self.address.to_string(),
        }
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
        let lines = Lines::new(&source.text);
        let note = |photo: &Photo| {
            let file = photo.file.as_deref()?;
            Some(
                Diagnostic::new(codes::PICTURE_MISSING, &article.path, format!("the picture `{file}` is not there"))
                    .within(&lines, photo.file_at, "no such file beside the article or in `static/`")
                    .note("the page shows caption and credit with “Picture not held”"),
            )
        };
        photos.filter_map(note).collect()
    }

    /// Which of the article's photos are credited otherwise than the picture's file says.
    pub fn credits_in_doubt(&self, archive: &Archive) -> Vec<u32> {
        let differ = |(fact, id): (&PhotoFact, &PhotoId)| {
            archive.photo(*id).file_facts().is_some_and(|file| credits_differ(fact, file))
        };
        let photos = (0..).zip(self.facts.photos.iter().zip(&self.photos));
        photos.filter(|(_, pair)| differ(*pair)).map(|(at, _)| at).collect()
    }

    /// Notes `credit-differs` for photos that [`ArticleRecord::credits_in_doubt`] gave.
    pub fn differing_credits(
        &self,
        doubtful: &[u32],
        archive: &Archive,
        article: &Article,
        source: &Source,
    ) -> Vec<Diagnostic> {
        let lines = Lines::new(&source.text);
        let note = |at: &u32| {
            let (photo, id) = (article.photos.get(*at as usize)?, self.photos.get(*at as usize)?);
            let picture = archive.photo(*id).picture.as_ref()?;
            let (ours, theirs) = (photo.credit.as_ref()?, picture.facts.credit_line()?);
            let name = picture.path.rsplit('/').next().unwrap_or_default();
            let mut noted = Diagnostic::new(
                codes::CREDIT_DIFFERS,
                &article.path,
                format!("the picture `{name}` is credited to “{}”, and its file says “{theirs}”", ours.text),
            );
            if let Some(span) = ours.span {
                noted = noted.within(&lines, article.file_span(span), "the report's credit");
            }
            Some(
                noted
                    .note("the report's credit is shown")
                    .help("correct whichever is wrong; see the picture's own record"),
            )
        };
        doubtful.iter().filter_map(note).collect()
    }
}
