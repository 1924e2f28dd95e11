//! Review: an editor settles who said what, in the reading page, and the decision is kept in a file beside the report.

mod entry;
mod sheet;
mod store;
