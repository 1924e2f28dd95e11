//! The same words again, cut or mended: how two stretches are found to be alike without comparing all with all.
//!
//! Words are looked at in threes (shingles). A sketch keeps the smallest hashes of them: two stretches that share most
//! of their shingles share one of those as well, or nearly always (A. Broder, “On the resemblance and containment of
//! documents”, 1997). What shares one is then compared whole.

use xxhash_rust::xxh3::xxh3_64;

/// Words of a shingle.
const SHINGLE: usize = 3;
/// Words below which stretches are alike by chance.
const FEWEST_WORDS: usize = 6;
/// Hashes of a sketch.
const KEPT: usize = 4;

/// The smallest of some [shingles], at most four, sorted; none where they are of few words.
pub fn sketch(shingles: &[u32]) -> &[u32] {
    if shingles.len() + SHINGLE - 1 < FEWEST_WORDS { &[] } else { &shingles[..shingles.len().min(KEPT)] }
}

/// Whether two stretches are the same but for what an agency cuts or mends: of all their [shingles] at least half are
/// in both.
pub fn are_alike(a: &[u32], b: &[u32]) -> bool {
    let shared = a.iter().filter(|hash| b.binary_search(hash).is_ok()).count();
    shared > 0 && shared * 2 >= a.len() + b.len() - shared
}

/// The hashes of the shingles of some [normal words](super::digest::normal_words), sorted, distinct.
pub fn shingles(words: &str) -> Vec<u32> {
    // Where each word begins, and where one behind the last would.
    let mut starts: Vec<usize> = vec![0];
    starts.extend(memchr::memchr_iter(b' ', words.as_bytes()).map(|at| at + 1));
    starts.push(words.len() + 1);
    let mut hashes: Vec<u32> = starts
        .windows(SHINGLE + 1)
        // Half of the hash is enough: what it finds is compared whole.
        .map(|at| xxh3_64(&words.as_bytes()[at[0]..at[SHINGLE] - 1]) as u32)
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::digest::normal_words;

    const WHOLE: &str = "“We open before the first frost, and not a day later, whatever the engineers say,”";

    #[test]
    fn words_cut_or_mended_are_found_again() {
        let check = |other: &str, expected: bool| {
            let (a, b) = (shingles(&normal_words(WHOLE)), shingles(&normal_words(other)));
            assert_eq!(are_alike(&a, &b), expected, "{other}");
            let met = sketch(&a).iter().any(|hash| sketch(&b).contains(hash));
            assert!(met || !expected, "{other} shares no hash");
        };
        check(WHOLE, true);
        check("“We open before the first frost, and not one day later, whatever the engineers say”", true);
        check("“[We] open before the first frost, and not a day later”", true);
        check("“The first frost will not stop the opening, whatever the engineers say about it”", false);
        check("“We open”", false);
        check("", false);
    }

    #[test]
    fn few_words_have_no_sketch() {
        let check = |words: &str, expected: usize| assert_eq!(sketch(&shingles(words)).len(), expected, "{words}");
        check("no comment", 0);
        check("", 0);
        check("the lamps are lit till", 0);
        check("the lamps are lit till morning", 4);
    }
}
