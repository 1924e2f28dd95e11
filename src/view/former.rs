//! Addresses that quotations had before a correction changed their words.

use crate::model::{Correction, QuoteFact};
use crate::text::digest::quotation_id;
use rustc_hash::FxHashSet;

/// Corrections that are looked at, the newest first; bounds the work of a hostile article.
const MOST_CORRECTIONS: usize = 16;

/// The ids that quotations had, each with the quotation that leads on from it; distinct, and none is a present one's.
///
/// An id is a hash of the words, so taking a correction back gives the words, and so the id, of before. `corrections`
/// are oldest first; one without `was` and `now` tells nothing.
pub(super) fn former(quotes: &[QuoteFact], corrections: &[Correction]) -> Vec<(usize, Box<str>)> {
    let mut former = Vec::new();
    let changes =
        || corrections.iter().rev().take(MOST_CORRECTIONS).filter_map(|c| c.was.as_deref().zip(c.now.as_deref()));
    if changes().next().is_none() {
        return former;
    }
    let mut taken: FxHashSet<Box<str>> = quotes.iter().map(|quote| quote.id.clone()).collect();
    for (at, quote) in quotes.iter().enumerate() {
        let mut words = quote.text.to_string();
        for (was, now) in changes() {
            if words.contains(now) {
                words = words.replacen(now, was, 1);
                let id: Box<str> = quotation_id(&words).into();
                if taken.insert(id.clone()) {
                    former.push((at, id));
                }
            }
        }
    }
    former
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Kind, Moment, Rule};
    use jiff::civil::date;

    fn quote(text: &str) -> QuoteFact {
        QuoteFact {
            quote: 0,
            id: quotation_id(text).into(),
            text: text.into(),
            kind: Kind::Direct,
            speaker: None,
            unnamed: None,
            post: None,
            rule: Rule::Unknown,
            confidence: 0.0,
            checked: None,
            words: 0,
            context: "".into(),
            shingles: Box::default(),
        }
    }

    fn correction(was: Option<&str>, now: &str) -> Correction {
        let at = Moment::day(date(2031, 11, 15));
        Correction { at, text: "".into(), was: was.map(Into::into), now: Some(now.into()) }
    }

    #[test]
    fn a_corrected_quotation_keeps_its_old_addresses() {
        let quotes = [quote("“We had about seven minutes,”"), quote("“We had a ladder.”")];
        let check = |corrections: &[Correction], expected: &[(usize, &str)]| {
            let expected: Vec<(usize, Box<str>)> =
                expected.iter().map(|(at, words)| (*at, quotation_id(words).into())).collect();
            assert_eq!(former(&quotes, corrections), expected);
        };
        let [first, second] =
            [correction(Some("five minutes"), "six minutes"), correction(Some("six minutes"), "seven minutes")];
        check(std::slice::from_ref(&second), &[(0, "“We had about six minutes,”")]);
        check(&[first, second], &[(0, "“We had about six minutes,”"), (0, "“We had about five minutes,”")]);
        check(&[correction(None, "seven minutes")], &[]);
        check(&[correction(Some("a rope"), "a lamp")], &[]);
        // Marks and case do not count, so the address is the present one.
        check(&[correction(Some("A Ladder"), "a ladder")], &[]);
    }
}
