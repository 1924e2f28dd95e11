use super::ArticleId;
use crate::text::number::padded;
use jiff::civil::Date;
use serde::Serialize;

/// The days that have articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// Oldest first; no empty day.
    pub days: Vec<Day>,
    /// How many articles have no date; they are the archive's first.
    pub n_undated: usize,
}

/// One day with articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Its first article, in order of time.
    pub first: ArticleId,
    /// How many it has; never 0.
    pub n: usize,
}

impl Day {
    /// Its articles, in order of time.
    pub fn articles(&self) -> impl DoubleEndedIterator<Item = ArticleId> + ExactSizeIterator + use<> {
        let first = self.first.index();
        (first..first + self.n).map(ArticleId::new)
    }

    /// Its address below the site's root: `2031/11/14/`.
    pub fn address(&self) -> String {
        day_address(self.date)
    }
}

/// The address of a day below the site's root: `2031/11/14/`.
pub fn day_address(date: Date) -> String {
    let mut address = month_address(date);
    padded(date.day().into(), 2, &mut address);
    address.push('/');
    address
}

/// The address of a day's month below the site's root: `2031/11/`.
pub fn month_address(date: Date) -> String {
    let mut address = year_address(date);
    padded(date.month().into(), 2, &mut address);
    address.push('/');
    address
}

/// The address of a day's year below the site's root: `2031/`.
pub fn year_address(date: Date) -> String {
    let mut address = String::with_capacity("2031/11/14/".len());
    padded(date.year().into(), 4, &mut address);
    address.push('/');
    address
}

impl Calendar {
    /// The articles without a date, by path.
    pub fn undated(&self) -> impl DoubleEndedIterator<Item = ArticleId> + ExactSizeIterator + use<> {
        (0..self.n_undated).map(ArticleId::new)
    }

    /// The days with articles from one day to another, both included.
    pub fn between(&self, from: Date, to: Date) -> &[Day] {
        let start = self.days.partition_point(|day| day.date < from);
        let end = self.days.partition_point(|day| day.date <= to).max(start);
        &self.days[start..end]
    }

    /// The days of the month around `date`.
    pub fn month(&self, date: Date) -> &[Day] {
        self.between(date.first_of_month(), date.last_of_month())
    }

    /// The days of the year around `date`.
    pub fn year(&self, date: Date) -> &[Day] {
        self.between(date.first_of_year(), date.last_of_year())
    }

    /// That day, where it has articles.
    pub fn day(&self, date: Date) -> Option<&Day> {
        self.days.binary_search_by_key(&date, |day| day.date).ok().map(|i| &self.days[i])
    }

    /// The days year by year, oldest first.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = &[Day]> {
        self.days.chunk_by(|a, b| a.date.year() == b.date.year())
    }

    /// The days month by month, oldest first.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = &[Day]> {
        self.days.chunk_by(|a, b| a.date.first_of_month() == b.date.first_of_month())
    }

    /// The newest day before `date` that has articles.
    pub fn before(&self, date: Date) -> Option<&Day> {
        let at = self.days.partition_point(|day| day.date < date);
        at.checked_sub(1).map(|i| &self.days[i])
    }

    /// The oldest day after `date` that has articles.
    pub fn after(&self, date: Date) -> Option<&Day> {
        self.days.get(self.days.partition_point(|day| day.date <= date))
    }

    /// How many articles some days have.
    pub fn count(days: &[Day]) -> usize {
        days.iter().map(|day| day.n).sum()
    }
}
