//! Review: an editor settles who said what, in the reading page, and the decision is kept in a file beside the report.
//!
//! [`snapshot`] holds what the last build knew, [`standing`] lays the decisions on disk over one report, [`decide`]
//! writes and takes back, by way of [`sheet`], which changes one entry and no other byte, and [`store`], which puts
//! files in place. See `docs/design/review.md`.

mod anchor;
mod decide;
mod entry;
mod pages;
mod people;
mod routes;
mod sheet;
mod snapshot;
mod standing;
mod store;

pub(super) use routes::Review;
