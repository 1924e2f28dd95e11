//! What a page asks of the archive, written down while it is made.
//!
//! A page may be kept only while everything it was made of is as it was. Which that is, nobody could list by hand
//! and keep true: so the archive takes it down itself, at the only ways in. Entities are asked for through
//! [`Archive`](super::Archive); what grows with the archive (a person's quotations, a section's articles, the lists
//! of everything) lies behind [`Watched`], so that a page which shows only someone's name does not depend on all
//! they ever said.
//!
//! A page is made on one thread, so the log is that thread's. It is observation only: what is asked has the same
//! answer with a log and without.

use serde::{Serialize, Serializer};
use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

use super::{ArticleId, OriginId, PersonId, PhotoId, SectionId, TopicId};
use jiff::civil::Date;

/// One question to the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// An article's record.
    Article(ArticleId),
    /// A person but for what lies behind [`Watched`].
    Person(PersonId),
    /// All of a person.
    WholePerson(PersonId),
    /// A section's name and address.
    Section(SectionId),
    /// A section with its articles.
    WholeSection(SectionId),
    /// A topic's name and address.
    Topic(TopicId),
    /// A topic with its articles.
    WholeTopic(TopicId),
    /// A wire's or a paper's name and address.
    Origin(OriginId),
    /// A wire or a paper with its articles.
    WholeOrigin(OriginId),
    /// A photograph, its neighbours and its credit.
    Photo(PhotoId),
    /// Whether a day has articles.
    Day(Date),
    /// The day of the newest article.
    Today,
    /// All articles.
    Articles,
    /// All people.
    People,
    /// All sections.
    Sections,
    /// All topics.
    Topics,
    /// All wires and papers.
    Origins,
    /// All photographs.
    Photos,
    /// All credits.
    Credits,
    /// All days.
    Calendar,
    /// All offices taken and left.
    OfficeChanges,
    /// All corrections; each is in its article.
    Corrections,
    /// All that was withdrawn.
    Withdrawn,
    /// How many quotations there are, and how many are unsure.
    Counts,
}

thread_local! {
    static LOG: RefCell<Option<Vec<Read>>> = const { RefCell::new(None) };
}

/// Does some work and gives with its result what it asked of any archive; sorted, distinct.
///
/// What is asked while another log is being kept on the same thread is in the inner one alone.
pub fn recorded<T>(work: impl FnOnce() -> T) -> (T, Vec<Read>) {
    let outer = LOG.replace(Some(Vec::new()));
    let value = work();
    let mut reads = LOG.replace(outer).unwrap_or_default();
    reads.sort_unstable();
    reads.dedup();
    (value, reads)
}

/// Takes a question down, where a log is kept.
pub(super) fn note(read: Read) {
    LOG.with_borrow_mut(|log| {
        if let Some(log) = log
            && log.last() != Some(&read)
        {
            // Long loops ask the same few questions in turn.
            if log.len() == log.capacity() && log.len() >= 4096 {
                log.sort_unstable();
                log.dedup();
                log.reserve(log.len());
            }
            log.push(read);
        }
    });
}

/// A value that is taken down as read whenever it is looked at.
///
/// It is looked at like the value itself. The join alone may look [without a note](Self::unwatched).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watched<T> {
    value: T,
    /// None before the join is finished.
    read: Option<Read>,
}

impl<T> Watched<T> {
    /// Looks at the value without a note: for questions that take down a smaller one.
    pub(super) fn unwatched(&self) -> &T {
        &self.value
    }

    /// Says as what it is taken down.
    pub(super) fn watch(&mut self, read: Read) {
        self.read = Some(read);
    }
}

impl<T> From<T> for Watched<T> {
    fn from(value: T) -> Self {
        Self { value, read: None }
    }
}

impl<T> From<Vec<T>> for Watched<Box<[T]>> {
    fn from(value: Vec<T>) -> Self {
        Self { value: value.into(), read: None }
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        if let Some(read) = self.read {
            note(read);
        }
        &self.value
    }
}

impl<T> DerefMut for Watched<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

/// The name by which [`Prints`](super::Prints) knows a watched value.
pub(super) const WATCHED: &str = "Watched";

impl<T: Serialize> Serialize for Watched<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(WATCHED, &self.value)
    }
}

// So that a loop over `&archive.people` reads as it would over the list itself.
impl<'a, T> IntoIterator for &'a Watched<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (&**self).into_iter()
    }
}
