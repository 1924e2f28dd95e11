use super::write::json;
use super::write::words::{self, PersonData, ReportData, absolute};
use super::{Emitter, OutFile};
use crate::archive::{Archive, PersonId, PersonQuote};
use crate::config::SiteSettings;
use crate::view::rule_name;
use serde::Serialize;

/// `quotations.json` beside a person's page: all they said, newest first.
pub(super) struct QuotationsJson;

impl Emitter for QuotationsJson {
    fn name(&self) -> &'static str {
        "quotations_json"
    }

    fn person(&self, id: PersonId, archive: &Archive, site: &SiteSettings) -> Option<OutFile> {
        let person = archive.person(id);
        let zone = words::zone(site);
        let quotation = |quote: &PersonQuote| {
            let (article, fact) = (archive.article(quote.at.article), archive.quote(quote.at));
            QuotationData {
                id: &fact.id,
                url: absolute(site, &words::quotation(article, fact)),
                date: article.facts.published.map(|at| words::date(at, &zone)),
                kind: words::kind(fact.kind),
                text: &fact.text,
                context: &fact.context,
                words: fact.words,
                rule: rule_name(fact.rule),
                confidence: words::confidence(fact.confidence),
                checked: fact.is_checked(),
                report: ReportData::of(article, site),
                also_in: quote.also_in.iter().map(|at| ReportData::of(archive.article(at.article), site)).collect(),
            }
        };
        let all = PersonQuotations {
            person: PersonData::of(person, site),
            quotations: person.quotes.iter().map(quotation).collect(),
        };
        Some(OutFile { path: format!("{}quotations.json", person.address()).into(), bytes: json(&all) })
    }
}

#[derive(Serialize)]
struct PersonQuotations<'a> {
    person: PersonData<'a>,
    quotations: Vec<QuotationData<'a>>,
}

#[derive(Serialize)]
struct QuotationData<'a> {
    id: &'a str,
    url: String,
    /// Null for undated reports.
    date: Option<String>,
    kind: &'static str,
    text: &'a str,
    context: &'a str,
    words: u32,
    rule: &'static str,
    confidence: f64,
    /// Whether an editor has decided.
    checked: bool,
    report: ReportData<'a>,
    /// Newest of the other reports with the same words.
    also_in: Vec<ReportData<'a>>,
}
