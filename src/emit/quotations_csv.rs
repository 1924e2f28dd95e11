use super::write::Csv;
use super::write::words::{self, absolute};
use super::{Emitter, OutFile};
use crate::archive::{Archive, PersonId};
use crate::config::SiteSettings;
use crate::view::rule_name;

/// `quotations.csv` beside a person's page: all they said, newest first, for spreadsheets.
pub(super) struct QuotationsCsv;

impl Emitter for QuotationsCsv {
    fn name(&self) -> &'static str {
        "quotations_csv"
    }

    fn person(&self, id: PersonId, archive: &Archive, site: &SiteSettings) -> Option<OutFile> {
        let person = archive.person(id);
        let mut csv = Csv::default();
        csv.row(["id", "date", "kind", "text", "report", "rule", "confidence", "checked", "url"]);
        for quote in &person.quotes {
            let (article, fact) = (archive.article(quote.at.article), archive.quote(quote.at));
            csv.row([
                &*fact.id,
                &article.date().map(|date| date.to_string()).unwrap_or_default(),
                words::kind(fact.kind),
                &fact.text,
                &article.facts.headline,
                rule_name(fact.rule),
                &format!("{:.2}", words::confidence(fact.confidence)),
                if fact.is_checked() { "true" } else { "false" },
                &absolute(site, &words::quotation(article, fact)),
            ]);
        }
        Some(OutFile { path: format!("{}quotations.csv", person.address()).into(), bytes: csv.finish() })
    }
}
