//! Floor 4: the join. One person across many articles; the one global step, deterministic whatever the threads did.
//!
//! Articles propose, the archive's own people files decide. Everything is sorted, so that ids do not
//! depend on the order in which facts arrive; hash maps look up and are never walked.
//! Addresses here are below the site's root and do not begin with `/`: a view puts the root before them, an
//! export the base address.

mod address;
mod again;
mod article;
mod calendar;
mod decided;
mod doubt;
mod echoes;
mod events;
mod evidence;
#[cfg(test)]
mod evidence_tests;
#[cfg(test)]
pub(crate) mod fixture;
mod given;
mod hands;
mod identity;
mod ids;
mod initials;
mod join;
mod likeness;
mod link;
mod name;
mod names;
#[cfg(test)]
mod office_tests;
mod offices;
mod origin;
mod people;
mod person;
mod photo;
mod photos;
mod picture_address;
mod pictures;
mod prints;
mod register;
mod section;
mod sets;
mod slots;
mod spelling;
mod split;
#[cfg(test)]
mod tests;
mod titled;
mod voices;
mod watch;
mod withdrawn;

pub use address::{address_suffix, folded_name, is_device, is_portable};
pub use again::{Given, Joined};
pub use article::ArticleRecord;
pub use calendar::{Calendar, Day, day_address, month_address, year_address};
pub use decided::by_address;
pub use events::{CorrectionRef, OfficeChange};
pub use hands::{Hands, OneByOne};
pub use ids::{ArticleId, OriginId, PersonId, PhotoId, QuoteRef, SectionId, TopicId};
pub use join::{join, wanted_address};
pub use origin::Origin;
pub use person::{Person, PersonQuote, Role, SurfaceForm};
pub use photo::{CreditGroup, PhotoRecord, PhotoUse, Photographer};
pub use photos::shown;
pub use pictures::{Picture, PictureSize, Pictures};
pub use prints::Prints;
pub use register::Basis;
pub use section::{Section, Topic};
pub use voices::{Look, Voice, Voices, speaker_mark};
pub use watch::{Read, Watched, recorded};
pub use withdrawn::{Gone, Withdrawn};

use crate::model::{ChainId, QuoteFact};
use jiff::civil::Date;

/// All facts joined.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Archive {
    /// By date, time and path, oldest first; those without a date before all others.
    pub articles: Watched<Vec<ArticleRecord>>,
    /// By surname, then given name.
    pub people: Watched<Vec<Person>>,
    /// By name.
    pub sections: Watched<Vec<Section>>,
    /// By name.
    pub topics: Watched<Vec<Topic>>,
    /// Wires and papers, by name.
    pub origins: Watched<Vec<Origin>>,
    /// By first use, oldest first.
    pub photos: Watched<Vec<PhotoRecord>>,
    /// By name, those without credit last.
    pub credits: Watched<Vec<CreditGroup>>,
    /// The days that have articles.
    pub calendar: Watched<Calendar>,
    /// Offices taken and left, oldest first.
    pub office_changes: Watched<Vec<OfficeChange>>,
    /// Corrections of all articles, oldest first.
    pub corrections: Watched<Vec<CorrectionRef>>,
    /// Articles of which only the address is left, by address.
    pub withdrawn: Watched<Vec<Withdrawn>>,
    /// Quotations in all articles, named or not.
    pub n_quotes: Watched<usize>,
    /// Of these, those whose speaker is less sure than the site's threshold.
    pub n_unsure: Watched<usize>,
}

impl Archive {
    /// The article of that number.
    pub fn article(&self, id: ArticleId) -> &ArticleRecord {
        watch::note(Read::Article(id));
        &self.articles.unwatched()[id.index()]
    }

    /// The person of that number.
    pub fn person(&self, id: PersonId) -> &Person {
        watch::note(Read::Person(id));
        &self.people.unwatched()[id.index()]
    }

    /// The section of that number.
    pub fn section(&self, id: SectionId) -> &Section {
        watch::note(Read::Section(id));
        &self.sections.unwatched()[id.index()]
    }

    /// The topic of that number.
    pub fn topic(&self, id: TopicId) -> &Topic {
        watch::note(Read::Topic(id));
        &self.topics.unwatched()[id.index()]
    }

    /// The wire or paper of that number.
    pub fn origin(&self, id: OriginId) -> &Origin {
        watch::note(Read::Origin(id));
        &self.origins.unwatched()[id.index()]
    }

    /// The photograph of that number.
    pub fn photo(&self, id: PhotoId) -> &PhotoRecord {
        watch::note(Read::Photo(id));
        &self.photos.unwatched()[id.index()]
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

    /// The day of the newest article: the only clock there is.
    pub fn today(&self) -> Option<Date> {
        watch::note(Read::Today);
        self.newest_day()
    }

    /// The same, without a note.
    fn newest_day(&self) -> Option<Date> {
        self.articles.unwatched().last().and_then(ArticleRecord::date)
    }

    /// Whether a day has articles.
    pub fn has_day(&self, date: Date) -> bool {
        watch::note(Read::Day(date));
        self.calendar.unwatched().day(date).is_some()
    }

    /// The group of credits that a photograph belongs to.
    pub fn credit_of(&self, id: PhotoId) -> Option<&CreditGroup> {
        self.credits.unwatched().get(self.photo(id).credit as usize)
    }

    /// The photograph first used before this one.
    pub fn earlier_photo(&self, id: PhotoId) -> Option<PhotoId> {
        watch::note(Read::Photo(id));
        id.index().checked_sub(1).map(PhotoId::new)
    }

    /// The photograph first used after this one.
    pub fn later_photo(&self, id: PhotoId) -> Option<PhotoId> {
        watch::note(Read::Photo(id));
        Some(id.index() + 1).filter(|at| *at < self.photos.unwatched().len()).map(PhotoId::new)
    }

    /// The article before this one in its section.
    pub fn earlier_in_section(&self, id: ArticleId) -> Option<ArticleId> {
        let article = self.article(id);
        let at = (article.section_at as usize).checked_sub(1)?;
        // Its neighbours belong to an article's print; the section with all its articles was not asked for.
        self.section(article.section).articles.unwatched().get(at).copied()
    }

    /// The article after this one in its section.
    pub fn later_in_section(&self, id: ArticleId) -> Option<ArticleId> {
        let article = self.article(id);
        self.section(article.section).articles.unwatched().get(article.section_at as usize + 1).copied()
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
