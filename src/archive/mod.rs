//! Floor 4: the join. One person across many articles; the one global step, deterministic whatever the threads did.
//!
//! Articles propose, the archive's own people files decide. Everything is sorted, so that ids do not
//! depend on the order in which facts arrive; hash maps look up and are never walked.
//! Addresses here are below the site's root and do not begin with `/`: a view puts the root before them, an
//! export the base address.

mod address;
mod article;
mod calendar;
mod doubt;
mod echoes;
mod evidence;
#[cfg(test)]
mod evidence_tests;
#[cfg(test)]
pub(crate) mod fixture;
mod given;
mod identity;
mod ids;
mod join;
mod likeness;
mod link;
mod name;
mod names;
#[cfg(test)]
mod office_tests;
mod offices;
mod people;
mod person;
mod photo;
mod photos;
mod pictures;
mod register;
mod section;
mod sets;
mod spelling;
mod split;
#[cfg(test)]
mod tests;
mod titled;

pub use article::ArticleRecord;
pub use calendar::{Calendar, Day, day_address, month_address, year_address};
pub use ids::{ArticleId, PersonId, PhotoId, QuoteRef, SectionId, TopicId};
pub use join::join;
pub use person::{Person, PersonQuote};
pub use photo::{CreditGroup, PhotoRecord, PhotoUse, Photographer};
pub use pictures::{Picture, Pictures};
pub use register::Basis;
pub use section::{Section, Topic};

use crate::model::{ChainId, QuoteFact};
use jiff::civil::Date;

/// All facts joined.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Archive {
    /// By date, time and path, oldest first; those without a date before all others.
    pub articles: Vec<ArticleRecord>,
    /// By surname, then given name.
    pub people: Vec<Person>,
    /// By name.
    pub sections: Vec<Section>,
    /// By name.
    pub topics: Vec<Topic>,
    /// By first use, oldest first.
    pub photos: Vec<PhotoRecord>,
    /// By name, those without credit last.
    pub credits: Vec<CreditGroup>,
    /// The days that have articles.
    pub calendar: Calendar,
    /// Quotations in all articles, named or not.
    pub n_quotes: usize,
    /// Of these, those whose speaker is less sure than the site's threshold.
    pub n_unsure: usize,
}

impl Archive {
    /// The article of that number.
    pub fn article(&self, id: ArticleId) -> &ArticleRecord {
        &self.articles[id.index()]
    }

    /// The person of that number.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.index()]
    }

    /// The section of that number.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.index()]
    }

    /// The topic of that number.
    pub fn topic(&self, id: TopicId) -> &Topic {
        &self.topics[id.index()]
    }

    /// The photograph of that number.
    pub fn photo(&self, id: PhotoId) -> &PhotoRecord {
        &self.photos[id.index()]
    }

    /// The words and the speaker of a quotation.
    pub fn quote(&self, at: QuoteRef) -> &QuoteFact {
        &self.article(at.article).facts.quotes[at.quote as usize]
    }

    /// The person behind a chain of an article; none for a bare surname.
    pub fn who(&self, article: ArticleId, chain: ChainId) -> Option<PersonId> {
        self.article(article).who(chain)
    }

    /// All articles' ids, oldest first.
    pub fn article_ids(&self) -> impl DoubleEndedIterator<Item = ArticleId> + ExactSizeIterator + use<> {
        (0..self.articles.len()).map(ArticleId::new)
    }

    /// All people's ids, by surname.
    pub fn person_ids(&self) -> impl DoubleEndedIterator<Item = PersonId> + ExactSizeIterator + use<> {
        (0..self.people.len()).map(PersonId::new)
    }

    /// The newest article.
    pub fn newest(&self) -> Option<ArticleId> {
        self.article_ids().next_back()
    }

    /// The article before this one in its section.
    pub fn earlier_in_section(&self, id: ArticleId) -> Option<ArticleId> {
        let article = self.article(id);
        let at = (article.section_at as usize).checked_sub(1)?;
        self.section(article.section).articles.get(at).copied()
    }

    /// The article after this one in its section.
    pub fn later_in_section(&self, id: ArticleId) -> Option<ArticleId> {
        let article = self.article(id);
        self.section(article.section).articles.get(article.section_at as usize + 1).copied()
    }

    /// The first day on which a person is on record; none where all their articles are undated.
    pub fn first_seen(&self, person: PersonId) -> Option<Date> {
        self.person(person).articles.iter().rev().find_map(|id| self.article(*id).date())
    }

    /// The last day on which a person is on record.
    pub fn last_seen(&self, person: PersonId) -> Option<Date> {
        self.person(person).articles.iter().find_map(|id| self.article(*id).date())
    }
}
