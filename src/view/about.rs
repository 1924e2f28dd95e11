//! "About this record": where the report comes from, how many marks by which rule, how to cite it.

use super::cite::Citation;
use super::desk::Desk;
use super::{AboutView, CorrectionView, LinkView, RuleCountView, rules, sources};
use crate::archive::ArticleId;
use crate::model::{Article, Correction, Rule};
use crate::words::Words;
use std::cmp::Reverse;

/// Tells of a report's source, marks, data and corrections.
pub(super) fn about(desk: &Desk<'_>, id: ArticleId, article: &Article) -> AboutView {
    let record = desk.archive.article(id);
    let quotes = &record.facts.quotes;
    let count = |rule: Rule| quotes.iter().filter(|q| q.rule == rule).count();
    let mut by_rule: Vec<RuleCountView> = rules::RULES
        .iter()
        .map(|rule| RuleCountView { rule: rules::shown(*rule, desk.words), n: count(*rule) })
        .collect();
    by_rule.retain(|row| row.n > 0);
    by_rule.sort_by_key(|row| Reverse(row.n));
    let address = desk.absolute(&record.address);
    let citation = Citation {
        authors: authors(article),
        agency: record.facts.agency.as_deref(),
        headline: &record.facts.headline,
        published: record.facts.published,
        archive: &desk.site.title,
        address: &address,
        slug: record.address.trim_end_matches('/').rsplit('/').next().unwrap_or_default(),
    };
    let correction = |c: &Correction| CorrectionView {
        date: desk.date(c.at),
        text: c.text.clone(),
        was: c.was.clone(),
        now: c.now.clone(),
    };
    let origin = record.origin.map(|id| desk.archive.origin(id));
    let rights = || sources::set(desk, origin?).map(|set| set.rights.clone()).filter(|rights| !rights.is_empty());
    AboutView {
        source: source(article, desk.words).into(),
        rules: by_rule,
        n_unsure: quotes.iter().filter(|q| q.confidence < desk.site.threshold).count(),
        n_unnamed: quotes.iter().filter(|q| q.speaker.is_none()).count(),
        n_checked: count(Rule::ByHand),
        data: data(desk, &record.address),
        corrections: article.furniture.corrections.iter().map(correction).collect(),
        cite: citation.plain(desk.words).into(),
        bibtex: citation.bibtex().into(),
        wiki: citation.wiki().into(),
        source_url: origin.map(|origin| desk.url(&origin.address())).unwrap_or_default(),
        rights: article.furniture.rights.clone().or_else(rights),
        topics: record.topics.iter().map(|topic| desk.topic_count(*topic)).collect(),
    }
}

/// The writers, else the agency.
pub(super) fn authors(article: &Article) -> Vec<&str> {
    let furniture = &article.furniture;
    if furniture.authors.is_empty() {
        furniture.agency.as_deref().into_iter().collect()
    } else {
        furniture.authors.iter().map(|a| &**a).collect()
    }
}

/// "Northsound Wire, plain text"
fn source(article: &Article, words: &Words) -> String {
    let is_text = article.path.ends_with(".txt");
    match &article.furniture.agency {
        Some(agency) => {
            let key = if is_text { "report.source-from-text" } else { "report.source-from-markdown" };
            words.fill(key, &[("agency", agency)])
        }
        None => words.text(if is_text { "report.source-text" } else { "report.source-markdown" }).to_owned(),
    }
}

/// The files that lie beside the page.
fn data(desk: &Desk<'_>, address: &str) -> Vec<LinkView> {
    let file = |key: &str, name: &str| desk.link(desk.words.text(key), &format!("{address}{name}"));
    let tei = desk.site.tei.then(|| file("report.data-tei", "article.tei.xml"));
    let json = file("report.data-json", "index.json");
    [Some(json), tei, Some(file("report.data-text", "received.txt"))].into_iter().flatten().collect()
}
