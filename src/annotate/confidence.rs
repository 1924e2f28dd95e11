//! How sure we are, as a share of right answers among like ones.

use crate::model::Rule;

/// The chance that a speaker, or the finding that there is none, is right.
///
/// `chosen` is the ranker's chance for its candidate, `resolved` that of the person behind it. Read off the
/// development split: see `docs/model-card.md`.
pub(super) fn confidence(rule: Rule, chosen: f32, resolved: f32) -> f32 {
    let behind = match rule {
        Rule::Name => 0.99,
        Rule::Surname => 0.98,
        Rule::Title => 0.85,
        Rule::Pronoun | Rule::SameSentence | Rule::Continued => 0.97,
        Rule::Group | Rule::Unnamed => 0.95,
        Rule::Unknown => 0.5,
        Rule::ByHand => return 1.0,
    };
    (chosen * resolved * behind).clamp(0.0, 1.0)
}
