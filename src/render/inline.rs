//! Words that stand alone in the theme's own templates are put into their text when they are parsed.

use super::html::escape;
use crate::words::{Piece, Words};

/// How such a place begins and ends: `{{ word(key="report.who-speaks") }}`.
const OPEN: &str = "{{ word(key=\"";
const CLOSE: &str = "\") }}";

/// A template with each `{{ word(key="…") }}` that needs nothing else replaced by the words, escaped.
///
/// Words with places stay calls, and so do words with white space around them, which a `-%}` beside them would take
/// away. Words cannot become template: a brace in them is a place (see [`Phrase`](crate::words::Phrase)).
pub(super) fn inlined(template: &str, words: &Words) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find(OPEN) {
        let after = &rest[at + OPEN.len()..];
        out.push_str(&rest[..at]);
        let word = after.split_once(CLOSE).and_then(|(key, after)| Some((plain(words, key)?, after)));
        match word {
            Some((word, after)) => {
                escape(word, &mut out);
                rest = after;
            }
            None => {
                out.push_str(OPEN);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The words of a key where they are the same wherever they stand.
fn plain<'w>(words: &'w Words, key: &str) -> Option<&'w str> {
    match words.phrase(key, None)?.pieces() {
        [Piece::Text(word)] if !word.is_empty() && word.trim() == &**word => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_alone_are_put_in_and_nothing_else() {
        let check = |template: &str, expected: &str| assert_eq!(inlined(template, &Words::english()), expected);
        check("<h2>{{ word(key=\"report.who-speaks\") }}</h2>", "<h2>Who speaks</h2>");
        check("{{ word(key=\"report.who-speaks\") }}, {{ word(key=\"report.who-speaks\") }}", "Who speaks, Who speaks");
        for kept in [
            "",
            "{{ word(key=\"report.more\", section=page.section) }}",
            "{{ word(key=\"locale.separator\") }}",
            "{{ word(key=\"no.such-word\") }}",
            "{{ word(key=\"report.who-speaks\")",
            "{{ a or word(key=\"report.who-speaks\") }}",
        ] {
            check(kept, kept);
        }
    }
}
