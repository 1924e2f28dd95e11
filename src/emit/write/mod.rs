//! Writers that escape by construction.

mod csv;
mod json;
mod moment;
mod points;
pub(super) mod words;
mod xml;

pub(super) use csv::Csv;
pub(super) use json::json;
pub(super) use moment::{instant, rfc3339};
pub(super) use points::Points;
pub(super) use xml::Xml;
