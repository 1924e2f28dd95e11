//! How this archive is made: the rules with their counts, and what confidence means.

use super::desk::Desk;
use super::notes::percent;
use super::{HeadView, LinkView, MethodView, RuleView, address, rules};
use crate::annotate::{MEASURED, MEASURED_REPORTS};
use crate::model::Rule;

/// Lower ends of the bands of confidence, percent, highest first; the last is open below.
pub(crate) const BANDS: [u32; 6] = [95, 90, 80, 70, 50, 0];

/// Makes the method page; reads every quotation of the archive once.
pub(super) fn method(desk: &Desk<'_>) -> MethodView {
    let mut by_rule = [(0usize, 0f64); rules::RULES.len()];
    let mut bands = [0usize; BANDS.len()];
    for quote in desk.archive.articles.iter().flat_map(|article| &article.facts.quotes) {
        if let Some(at) = rules::RULES.iter().position(|rule| *rule == quote.rule) {
            by_rule[at].0 += 1;
            by_rule[at].1 += f64::from(quote.confidence);
        }
        let confidence = percent(quote.confidence);
        if let Some(band) = BANDS.iter().position(|from| confidence >= *from) {
            bands[band] += 1;
        }
    }
    let count = |rule: Rule| rules::RULES.iter().position(|r| *r == rule).map_or(0, |at| by_rule[at].0);
    let row = |(rule, (n, sum)): (&Rule, (usize, f64))| RuleView {
        name: rules::shown(*rule, desk.words),
        words: rules::told(*rule, desk.words),
        n,
        confidence: if n == 0 { 0 } else { percent((sum / n as f64) as f32) },
    };
    let tops_measured = std::iter::once(100).chain(MEASURED.iter().map(|row| row.from.saturating_sub(1)));
    let tops = std::iter::once(100).chain(BANDS.iter().map(|from| from.saturating_sub(1)));
    let title = desk.words.text("method.title");
    let description = desk.of_site("method.description");
    let crumbs = vec![LinkView { text: title.into(), url: "".into(), lang: None }];
    MethodView {
        head: HeadView { crumbs, ..desk.head(title, description, "about/method/", "") },
        rules: rules::RULES.iter().zip(by_rule).map(row).collect(),
        n_quotes: *desk.archive.n_quotes,
        n_unsure: *desk.archive.n_unsure,
        n_checked: count(Rule::ByHand),
        threshold: percent(desk.site.threshold),
        question: desk.site.question.as_deref().map(|to| {
            let address = format!("{}\n", desk.words.text("method.question-address"));
            address::question(to, desk.words.text("method.question-subject"), &address)
        }),
        n_reports: desk.archive.articles.len(),
        bands: BANDS.iter().zip(tops).zip(bands).map(|((from, to), n)| (*from, to, n)).collect(),
        measured: MEASURED
            .iter()
            .zip(tops_measured)
            .map(|(row, to)| (row.from, to, row.cases, percent(row.right as f32 / row.cases as f32)))
            .collect(),
        n_measured: MEASURED.iter().map(|row| row.cases).sum(),
        n_measured_reports: MEASURED_REPORTS,
    }
}
