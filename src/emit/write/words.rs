//! What data calls things, and where they are.

use super::rfc3339;
use crate::archive::{ArticleRecord, Person};
use crate::config::SiteSettings;
use crate::model::{Kind, Moment, QuoteFact};
use crate::text::percent;
use jiff::tz::TimeZone;
use serde::Serialize;

/// The absolute address of something below the site's root.
pub(in crate::emit) fn absolute(site: &SiteSettings, below: &str) -> String {
    let mut address = String::with_capacity(site.base_url.len() + below.len());
    address.push_str(&site.base_url);
    percent::encode_to(below, &mut address);
    address
}

/// The absolute address of a file, whose name may hold `#`.
pub(in crate::emit) fn absolute_file(site: &SiteSettings, below: &str) -> String {
    absolute(site, below).replace('#', "%23")
}

/// The address of a quotation's mark below the site's root.
pub(in crate::emit) fn quotation(article: &ArticleRecord, quote: &QuoteFact) -> String {
    let mut address = String::with_capacity(article.address.len() + 3 + quote.id.len());
    address.push_str(&article.address);
    address.push_str("#q-");
    address.push_str(&quote.id);
    address
}

/// The zone of times that give none; the settings have refused an unknown one long before.
pub(in crate::emit) fn zone(site: &SiteSettings) -> TimeZone {
    TimeZone::get(&site.timezone).unwrap_or(TimeZone::UTC)
}

/// A date as data has it: with its time and offset, or the day alone.
pub(in crate::emit) fn date(moment: Moment, zone: &TimeZone) -> String {
    match moment.time {
        Some(_) => rfc3339(moment, zone),
        None => moment.date.to_string(),
    }
}

/// A quotation's kind; "reported" is the reader's word for indirect speech.
pub(in crate::emit) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Direct => "direct",
        Kind::Partial => "partial",
        Kind::Indirect => "reported",
        Kind::Headline => "headline",
        Kind::Scare => "scare",
    }
}

/// A confidence to two places, as a number that prints so.
pub(in crate::emit) fn confidence(confidence: f32) -> f64 {
    (f64::from(confidence.clamp(0.0, 1.0)) * 100.0).round() / 100.0
}

/// A person in data.
#[derive(Serialize)]
pub(in crate::emit) struct PersonData<'a> {
    /// The name shown; for a speaker without a page the fullest name in the report.
    pub name: &'a str,
    /// Absolute address; none without a page.
    pub url: Option<String>,
}

impl<'a> PersonData<'a> {
    pub(in crate::emit) fn of(person: &'a Person, site: &SiteSettings) -> Self {
        Self { name: &person.name, url: Some(absolute(site, &person.address())) }
    }
}

/// A report in data.
#[derive(Serialize)]
pub(in crate::emit) struct ReportData<'a> {
    pub headline: &'a str,
    /// Absolute address.
    pub url: String,
}

impl<'a> ReportData<'a> {
    pub(in crate::emit) fn of(article: &'a ArticleRecord, site: &SiteSettings) -> Self {
        Self { headline: &article.facts.headline, url: absolute(site, &article.address) }
    }
}
