//! Things that are one however they are spelt.

use unicode_normalization::UnicodeNormalization;

/// The form in which sections, topics, agencies and roles are compared: compatibility forms, lower case; hyphens,
/// underscores and all white space are one space.
pub(super) fn fold(text: &str) -> String {
    match text.is_ascii() {
        // Nearly always, and then there is one form of every letter.
        true => folded(text.chars().map(|c| c.to_ascii_lowercase()), text.len()),
        false => folded(text.nfkc().flat_map(char::to_lowercase), text.len()),
    }
}

fn folded(letters: impl Iterator<Item = char>, len: usize) -> String {
    let mut out = String::with_capacity(len);
    let mut gap = false;
    for c in letters {
        match c {
            c if c.is_whitespace() || matches!(c, '-' | '_' | '‐' | '‑') => gap = true,
            c => {
                if std::mem::take(&mut gap) && !out.is_empty() {
                    out.push(' ');
                }
                out.push(if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c });
            }
        }
    }
    out
}

/// The spelling used most; of several, one that is not all capitals, then the first of the alphabet.
///
/// The order of `spellings` does not matter; empty where there is none.
pub(super) fn commonest<'a>(spellings: &mut [&'a str]) -> &'a str {
    spellings.sort_unstable();
    let runs = spellings.chunk_by(|a, b| a == b);
    let best = runs.min_by_key(|run| (usize::MAX - run.len(), !run[0].contains(char::is_lowercase), run[0]));
    best.map_or("", |run| run[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_spaces_do_not_matter() {
        let check = |a: &str, b: &str, same: bool| assert_eq!(fold(a) == fold(b), same, "{a} / {b}");
        check("Calder tunnel", " calder\u{a0}-Tunnel ", true);
        check("Boatmen's Union", "boatmen’s union", true);
        check("C++", "C#", false);
        check("Calder tunnel", "Caldertunnel", false);
    }

    #[test]
    fn the_commonest_spelling_is_shown() {
        let check = |spellings: &[&str], expected: &str| assert_eq!(commonest(&mut spellings.to_vec()), expected);
        check(&["harbour", "Harbour", "Harbour"], "Harbour");
        check(&["HARBOUR", "Harbour"], "Harbour");
        check(&["Harbour", "Herbour"], "Harbour");
        check(&[], "");
    }
}
