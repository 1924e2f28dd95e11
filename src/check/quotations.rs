//! What readers will see with a question mark.

use super::Check;
use super::ground::Ground;
use crate::archive::ArticleId;
use crate::build::Story;
use crate::diag::{Diagnostic, Lines, codes};
use crate::model::QuoteFact;

/// Says which quotations are unsure, and which offices speak for nobody.
pub(super) struct Quotations;

/// Quotations that are told one by one; the rest are counted.
const TOLD: usize = 12;

/// Characters of a quotation that are told.
const SHOWN: usize = 60;

impl Check for Quotations {
    fn article(&self, ground: &Ground<'_>, id: ArticleId, story: &Story, out: &mut Vec<Diagnostic>) {
        let record = ground.site.archive.article(id);
        let threshold = ground.site.settings.site.threshold;
        let place = |fact: &QuoteFact| {
            let quote = story.annotations.quotes.get(fact.quote as usize)?;
            Some(story.article.file_span(quote.parts.first()?.marked))
        };
        let unsure: Vec<&QuoteFact> = record.facts.quotes.iter().filter(|fact| fact.confidence < threshold).collect();
        if let Some(at) = unsure.first().and_then(|fact| place(fact)) {
            let all = record.facts.quotes.len();
            let line = |fact: &QuoteFact| {
                let at = place(fact).map_or(0, |span| span.start as usize);
                let before = story.source.text.get(..at).unwrap_or_default();
                format!("line {}: {}", before.matches('\n').count() + 1, shown(&fact.text))
            };
            let mut lines: Vec<String> = unsure.iter().take(TOLD).map(|fact| line(fact)).collect();
            if unsure.len() > TOLD {
                lines.push(format!("and {} more", unsure.len() - TOLD));
            }
            let message =
                format!("{} of {all} quotations {} unsure", unsure.len(), if unsure.len() == 1 { "is" } else { "are" });
            out.push(
                Diagnostic::new(codes::QUOTE_UNSURE, &story.article.path, message)
                    .at(&story.source.text, at, "the first of them")
                    .note(format!("below {threshold}: {}", lines.join("; "))),
            );
        }
        let Some(day) = record.date() else { return };
        let lines = Lines::new(&story.source.text);
        for fact in record.facts.quotes.iter().filter(|fact| fact.speaker.is_none()) {
            let (Some(words), Some(_), Some(at)) = (&fact.unnamed, &fact.post, place(fact)) else { continue };
            out.push(
                Diagnostic::new(
                    codes::TITLE_UNHELD,
                    &story.article.path,
                    format!("nobody is known to be “{words}” on {day}"),
                )
                .within(&lines, at, "said by the office")
                .note("shown under the office, without a name")
                .help("give the office with its dates to a person in content/people/"),
            );
        }
    }
}

fn shown(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}
