//! The rules by which speakers are found, in words (theme specification §8).

use crate::model::Rule;
use crate::words::Words;

/// All rules, in the order in which the method page tells them.
pub(crate) const RULES: [Rule; 10] = [
    Rule::Name,
    Rule::Surname,
    Rule::Title,
    Rule::Pronoun,
    Rule::SameSentence,
    Rule::Continued,
    Rule::Group,
    Rule::Unnamed,
    Rule::Unknown,
    Rule::ByHand,
];

/// A rule's name in data, whatever the language of the site: "same sentence".
pub(crate) fn name(rule: Rule) -> &'static str {
    match rule {
        Rule::Name => "name",
        Rule::Surname => "surname",
        Rule::Title => "title",
        Rule::Pronoun => "pronoun",
        Rule::SameSentence => "same sentence",
        Rule::Continued => "continued quotation",
        Rule::Group => "group",
        Rule::Unnamed => "unnamed",
        Rule::Unknown => "not known",
        Rule::ByHand => "set by hand",
    }
}

/// The keys of a rule's name and of what it does, in the words of the theme.
fn keys(rule: Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::Name => ("rule.name", "rule-words.name"),
        Rule::Surname => ("rule.surname", "rule-words.surname"),
        Rule::Title => ("rule.title", "rule-words.title"),
        Rule::Pronoun => ("rule.pronoun", "rule-words.pronoun"),
        Rule::SameSentence => ("rule.same-sentence", "rule-words.same-sentence"),
        Rule::Continued => ("rule.continued", "rule-words.continued"),
        Rule::Group => ("rule.group", "rule-words.group"),
        Rule::Unnamed => ("rule.unnamed", "rule-words.unnamed"),
        Rule::Unknown => ("rule.unknown", "rule-words.unknown"),
        Rule::ByHand => ("rule.by-hand", "rule-words.by-hand"),
    }
}

/// A rule's name as pages show it.
pub(super) fn shown(rule: Rule, words: &Words) -> Box<str> {
    words.text(keys(rule).0).into()
}

/// What a rule does, for the method page.
pub(super) fn told(rule: Rule, words: &Words) -> Box<str> {
    words.text(keys(rule).1).into()
}
