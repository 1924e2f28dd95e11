//! What happened beside the reports: offices taken and left, corrections made.

use super::{ArticleId, Person, PersonId};
use crate::model::{Facts, Moment};
use jiff::civil::Date;
use serde::Serialize;
use std::sync::Arc;

/// An office taken or left, as a people file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct OfficeChange {
    /// The first day in office, or the last.
    pub date: Date,
    /// Who.
    pub person: PersonId,
    /// Which of [`Person::offices`].
    pub office: u32,
    /// Taken, not left.
    pub taken: bool,
}

/// A correction of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CorrectionRef {
    /// The article.
    pub article: ArticleId,
    /// Which of its `Facts::corrections`.
    pub correction: u32,
}

/// All offices taken and left, oldest first, then by surname.
pub(super) fn office_changes(people: &[Person]) -> Vec<OfficeChange> {
    let of_person = |(at, person): (usize, &Person)| {
        let of_office = move |(office, dates): (u32, (Option<Date>, Option<Date>))| {
            let change = move |date, taken| OfficeChange { date, person: PersonId::new(at), office, taken };
            [dates.0.map(|date| change(date, true)), dates.1.map(|date| change(date, false))]
        };
        let dates: Vec<_> = person.offices().iter().map(|office| (office.from, office.to)).collect();
        (0..).zip(dates).flat_map(of_office).flatten().collect::<Vec<_>>()
    };
    let mut changes: Vec<OfficeChange> = people.iter().enumerate().flat_map(of_person).collect();
    changes.sort_unstable();
    changes
}

/// All corrections, oldest first, then by article.
pub(super) fn corrections(articles: &[Arc<Facts>]) -> Vec<CorrectionRef> {
    let mut all: Vec<(Moment, usize, u32)> = Vec::new();
    for (at, facts) in articles.iter().enumerate() {
        all.extend((0..).zip(&facts.corrections).map(|(i, correction)| (correction.at, at, i)));
    }
    all.sort_unstable();
    all.into_iter().map(|(_, at, correction)| CorrectionRef { article: ArticleId::new(at), correction }).collect()
}
