//! The rules by which speakers are found, in words (theme specification §8).

use crate::model::Rule;

/// All rules, in the order in which the method page tells them.
pub(super) const RULES: [Rule; 10] = [
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

/// A rule's name in words: "same sentence".
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

/// What a rule does, for the method page.
pub(super) fn words(rule: Rule) -> &'static str {
    match rule {
        Rule::Name => "A full name stands beside the verb that reports the words: “Ingrid Marsh said”.",
        Rule::Surname => {
            "A surname stands there, with or without “Ms” or “Dr”, and the report gives the full name elsewhere. \
             A surname that two people in the report share is not decided by this rule."
        }
        Rule::Title => {
            "An office or a description stands there: “the Harbour Minister said”. The report ties it to a name, or \
             the archive knows who held the office on that day."
        }
        Rule::Pronoun => {
            "“He”, “she” or “they” stands there. It is taken for the person named shortly before whom it fits; \
             this is the rule that errs most."
        }
        Rule::SameSentence => "The sentence has already said who is speaking, and goes on.",
        Rule::Continued => {
            "Nobody is named beside the words, but the quotation goes on from the one before, in the same paragraph \
             or the next."
        }
        Rule::Group => "The words are given as those of several people or of a body: “officials”, “the union”.",
        Rule::Unnamed => {
            "The report speaks of someone without a name: “a spokesman”, “one worker”. No name is guessed."
        }
        Rule::Unknown => "The report does not say who spoke. No name is guessed.",
        Rule::ByHand => "An editor of this archive read the report and said who spoke.",
    }
}
