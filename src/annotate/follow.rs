//! Where a sidecar's decisions stand among the quotations that the rules found.

use super::anchor::{Lost, anchor};
use crate::model::{Annotations, Article, Sidecar};
use crate::text::TextSpan;
use std::collections::BTreeMap;

/// Where the decisions of a sidecar stand among what the rules found.
#[derive(Clone, Debug, Default)]
pub struct Followed {
    /// By decision.
    pub outcomes: Vec<Outcome>,
    /// By quotation that was found: whether a decision takes its place.
    pub given_way: Vec<bool>,
}

/// What becomes of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is followed.
    Here {
        /// Its words, part by part.
        parts: Box<[TextSpan]>,
        /// The quotation that it overlaps most, of two alike the first; none where the rules found none.
        most: Option<usize>,
    },
    /// Its words are not anchored.
    Lost(Lost),
    /// An earlier decision, of this number, has some of its words.
    Twice(usize),
}

/// Finds where a sidecar's decisions stand, and which of the quotations that were found give way to them.
pub fn follow(annotations: &Annotations, article: &Article, sidecar: &Sidecar) -> Followed {
    let mut claims: BTreeMap<TextSpan, usize> = BTreeMap::new();
    let anchored = anchor(article, &sidecar.decisions).into_iter().enumerate();
    let mut outcomes: Vec<Outcome> = anchored
        .map(|(at, found)| match found {
            Ok(parts) => match claim(&mut claims, &parts, at) {
                None => Outcome::Here { parts, most: None },
                Some(other) => Outcome::Twice(other),
            },
            Err(lost) => Outcome::Lost(lost),
        })
        .collect();
    let claims: Vec<(TextSpan, usize)> = claims.into_iter().collect();
    let mut shares: Vec<u32> = vec![0; outcomes.len()];
    let mut given_way = Vec::with_capacity(annotations.quotes.len());
    for (number, quote) in annotations.quotes.iter().enumerate() {
        let mut overlaps: Vec<(usize, u32)> = Vec::new();
        for part in &quote.parts {
            let at = claims.partition_point(|(span, _)| span.end <= part.words.start);
            for (span, decision) in claims[at..].iter().take_while(|(span, _)| span.start < part.words.end) {
                let shared = span.end.min(part.words.end) - span.start.max(part.words.start);
                match overlaps.last_mut().filter(|(last, _)| last == decision) {
                    Some((_, all)) => *all += shared,
                    None => overlaps.push((*decision, shared)),
                }
            }
        }
        given_way.push(!overlaps.is_empty());
        for (decision, shared) in overlaps {
            if let Outcome::Here { most, .. } = &mut outcomes[decision]
                && shared > shares[decision]
            {
                (shares[decision], *most) = (shared, Some(number));
            }
        }
    }
    Followed { outcomes, given_way }
}

/// Takes words for a decision; `claims` stays disjoint. Gives the decision that has some of them already.
fn claim(claims: &mut BTreeMap<TextSpan, usize>, parts: &[TextSpan], decision: usize) -> Option<usize> {
    for part in parts {
        let beside = claims.range(..=*part).next_back().into_iter().chain(claims.range(*part..).next());
        if let Some((_, other)) = beside.into_iter().find(|(span, _)| span.overlaps(*part)) {
            return Some(*other);
        }
    }
    claims.extend(parts.iter().map(|part| (*part, decision)));
    None
}
