//! Names that are withheld: found in any form that a file may give them, and replaced.

use crate::model::Anonymity;
use crate::text::{FileSpan, folded, slug};
use std::ops::Range;

/// Replaces one name wherever a text gives it.
///
/// Letters are compared without case and accents. Between the words of a name may stand blanks, line ends, hyphens,
/// dots, marks of Markdown or a middle name; “Marsh, Ingrid” and “ingridmarsh” are the same name. In a text that
/// gives the full name, the surname alone and the given name alone go too. Too much is taken rather than too little.
#[derive(Clone, Debug)]
pub struct Redaction {
    given: Vec<String>,
    surname: Vec<String>,
    joined: String,
    also: Vec<Vec<String>>,
    except: Vec<Vec<String>>,
    instead: Box<str>,
}

/// A text without the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The text; line ends are as many as before.
    pub text: String,
    /// Where something was replaced, in the text before and in this one; sorted, disjoint.
    pub spans: Vec<(FileSpan, FileSpan)>,
}

impl Redacted {
    /// Where a stretch of the text before stands now.
    pub fn moved(&self, span: FileSpan) -> FileSpan {
        let moved = |at: u32| {
            let before = self.spans.partition_point(|(old, _)| old.end <= at);
            match before.checked_sub(1).map(|i| self.spans[i]) {
                Some((old, new)) => at - old.end + new.end,
                None => at,
            }
        };
        FileSpan::new(moved(span.start) as usize, moved(span.end) as usize)
    }
}

/// A word as written, and as compared.
struct Word {
    at: Range<usize>,
    folded: String,
}

/// Words that are only the writing of a blank: `&nbsp;`, `%20`, `&#160;`.
const BLANKS: &[&str] = &["nbsp", "20", "160", "shy", "thinsp", "ensp", "emsp"];

/// Words before a name that go with it.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "baroness",
    "baron",
    "rev",
    "reverend",
    "cllr",
    "councillor",
    "sgt",
    "sergeant",
    "pc",
    "dc",
    "insp",
    "inspector",
    "captain",
    "capt",
];

/// Small words that belong to a surname: “van der Berg”.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "di", "da", "du", "la", "le", "del", "dos", "al", "el", "bin", "ibn", "ter",
    "zu", "af", "av",
];

/// Middle names and initials that may stand inside a full name.
const MOST_MIDDLE: usize = 3;

/// Bytes that may part two words of one name.
const WIDEST_GAP: usize = 24;

impl Redaction {
    /// A redaction of one name.
    pub fn new(name: &Anonymity) -> Self {
        let words = folded_words(&name.name);
        let last = words.len().saturating_sub(1);
        let from = words.iter().position(|word| PARTICLES.contains(&&**word)).filter(|at| *at > 0).unwrap_or(last);
        let (given, surname) = words.split_at(from);
        Self {
            given: given.to_vec(),
            surname: surname.to_vec(),
            joined: words.concat(),
            also: name.also.iter().map(|also| folded_words(also)).filter(|words| !words.is_empty()).collect(),
            except: name.except.iter().map(|name| folded_words(name)).filter(|words| !words.is_empty()).collect(),
            instead: name.instead.clone(),
        }
    }

    /// Whether a text gives the full name, or other words for it, in any form.
    pub fn names(&self, text: &str) -> bool {
        let words = words_of(text);
        (0..words.len()).any(|at| self.whole(text, &words, at).is_some())
    }

    /// Replaces the name; none where the text does not give it.
    pub fn redact(&self, text: &str) -> Option<Redacted> {
        let words = words_of(text);
        if !(0..words.len()).any(|at| self.whole(text, &words, at).is_some()) {
            return None;
        }
        let mut out = Redacted { text: String::with_capacity(text.len()), spans: Vec::new() };
        let (mut at, mut done) = (0, 0);
        while at < words.len() {
            if let Some(end) = self.except.iter().find_map(|name| run(text, &words, at, name)) {
                at = end;
                continue;
            }
            let Some(end) = self.whole(text, &words, at).or_else(|| self.part(text, &words, at)) else {
                at += 1;
                continue;
            };
            let mut start = at;
            while start > 0 && HONORIFICS.contains(&&*words[start - 1].folded) && gap(text, &words, start - 1) {
                start -= 1;
            }
            let article = |word: &str| matches!(word, "the" | "a" | "an");
            if start > 0
                && article(&words[start - 1].folded)
                && folded_words(&self.instead).first().is_some_and(|word| article(word))
                && gap(text, &words, start - 1)
            {
                start -= 1;
            }
            let from = words[start].at.start.max(done);
            let to = words[end - 1].at.end;
            out.text.push_str(&text[done..from]);
            let lines = text[from..to].matches('\n').count();
            out.text.extend(std::iter::repeat_n('\n', lines));
            let begins = out.text.len();
            if is_address(text, words[at].at.start) {
                out.text.push_str(&slug(&self.instead));
            } else if begins_sentence(&out.text) {
                let mut letters = self.instead.chars();
                out.text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                out.text.push_str(letters.as_str());
            } else {
                out.text.push_str(&self.instead);
            }
            out.spans.push((FileSpan::new(from, to), FileSpan::new(begins, out.text.len())));
            (done, at) = (to, end);
        }
        out.text.push_str(&text[done..]);
        Some(out)
    }

    /// The full name, or other words for it, from the word `at`; one past its last word.
    fn whole(&self, text: &str, words: &[Word], at: usize) -> Option<usize> {
        if let Some(end) = self.also.iter().find_map(|also| run(text, words, at, also)) {
            return Some(end);
        }
        if self.given.is_empty() {
            return run(text, words, at, &self.surname);
        }
        if words[at].folded == self.joined {
            return Some(at + 1);
        }
        if let Some(end) = run(text, words, at, &self.given) {
            for next in end..=end + MOST_MIDDLE {
                let Some(word) = words.get(next).filter(|_| gap(text, words, next - 1)) else { break };
                if let Some(end) = run(text, words, next, &self.surname) {
                    return Some(end);
                }
                let is_name = text[word.at.clone()].starts_with(char::is_uppercase) || word.at.len() == 1;
                if !is_name && !BLANKS.contains(&&*word.folded) {
                    break;
                }
            }
        }
        let end = run(text, words, at, &self.surname)?;
        let inverted = words.get(end).is_some_and(|word| text[words[end - 1].at.end..word.at.start].trim_end() == ",");
        if inverted { run(text, words, end, &self.given) } else { None }
    }

    /// The surname or the given name alone; one past its last word.
    fn part(&self, text: &str, words: &[Word], at: usize) -> Option<usize> {
        let is_name =
            || text[words[at].at.clone()].starts_with(char::is_uppercase) || is_address(text, words[at].at.start);
        if let Some(end) = run(text, words, at, &self.surname) {
            return (PARTICLES.contains(&&*words[at].folded) || is_name()).then_some(end);
        }
        let first = self.given.first().filter(|_| is_name())?;
        if words[at].folded != *first {
            return None;
        }
        // “Ingrid Holm” is somebody else.
        let other = words.get(at + 1).is_some_and(|next| {
            &text[words[at].at.end..next.at.start] == " " && text[next.at.clone()].starts_with(char::is_uppercase)
        });
        (!other).then_some(at + 1)
    }
}

fn words_of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    folded(text, |at, word| words.push(Word { at, folded: word.to_owned() }));
    words
}

fn folded_words(text: &str) -> Vec<String> {
    words_of(text).into_iter().map(|word| word.folded).collect()
}

/// The words of a name from the word `at`, blanks between them in any writing; one past its last word.
fn run(text: &str, words: &[Word], at: usize, name: &[String]) -> Option<usize> {
    let mut next = at;
    for (i, part) in name.iter().enumerate() {
        while i > 0 && words.get(next).is_some_and(|word| BLANKS.contains(&&*word.folded)) {
            next += 1;
        }
        let word = words.get(next)?;
        if word.folded != *part || (i > 0 && !gap(text, words, next - 1)) {
            return None;
        }
        next += 1;
    }
    (next > at).then_some(next)
}

/// Whether the word `at` and the next can be of one name.
fn gap(text: &str, words: &[Word], at: usize) -> bool {
    let between = &text[words[at].at.end..words[at + 1].at.start];
    between.len() <= WIDEST_GAP && between.matches('\n').count() < 2
}

/// Whether a word stands in an address, a file's name or the like: `/2031/11/14/ingrid-marsh/`.
fn is_address(text: &str, at: usize) -> bool {
    let apart = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '(' | ')' | '<' | '>' | ',' | '[' | ']');
    let start = text[..at].rfind(apart).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let token = &text[start..];
    let token = &token[..token.find(apart).unwrap_or(token.len())];
    let lower = !token.contains(char::is_uppercase);
    token.contains(['/', '_', '@']) || (lower && token.contains('-'))
}

/// Whether the next word would be the first of its sentence.
fn begins_sentence(before: &str) -> bool {
    let before = before.trim_end_matches(['“', '‘', '"', '\'', '*', '_', '#', '>', ' ']);
    before.is_empty() || before.ends_with(['.', '!', '?', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redaction() -> Redaction {
        Redaction::new(&Anonymity {
            name: "Ingrid Marsh".into(),
            also: vec!["@inkmarsh".into()],
            except: vec!["Ivo Marsh".into()],
            instead: "the witness".into(),
        })
    }

    #[test]
    fn a_name_is_found_in_every_form() {
        let check = |text: &str, expected: &str| {
            let redacted = redaction().redact(text).map(|redacted| redacted.text);
            assert_eq!(redacted.as_deref().unwrap_or(text), expected);
        };
        check("“No,” Ingrid Marsh said.", "“No,” the witness said.");
        check("INGRID MARSH was heard. Ms Marsh left.", "The witness was heard. The witness left.");
        check("Dr Ingrid A. Marsh’s boat", "The witness’s boat");
        check("It is the Ingrid Marsh affair", "It is the witness affair");
        check("**Ingrid** *Marsh* said", "**The witness* said");
        check("Ingrid\nMarsh, who", "\nThe witness, who");
        check("Ing\u{ad}rid Ma\u{301}rsh said so.", "The witness said so.");
        check("Ingrid&nbsp;Marsh sat.", "The witness sat.");
        check("Marsh, Ingrid (Port Ansel)", "The witness (Port Ansel)");
        check("see /2031/11/14/ingrid-marsh-resigns/", "see /2031/11/14/the-witness-resigns/");
        check("aliases = [\"/old/ingrid_marsh.html\"]", "aliases = [\"/old/the-witness.html\"]");
        check("mail ingridmarsh@merrow.example", "mail the-witness@merrow.example");
        check("a post by @InkMarsh", "a post by @the-witness");
        check("Ingrid Marsh met Ivo Marsh. “Ingrid!” he said.", "The witness met Ivo Marsh. “The witness!” he said.");
    }

    #[test]
    fn without_the_full_name_parts_of_it_stay() {
        for text in ["Marsh said no.", "The marsh is wet.", "Ingrid Holm and Ivo Marsh", "ingrid said Marsh", ""] {
            assert_eq!(redaction().redact(text), None, "{text}");
            assert!(!redaction().names(text), "{text}");
        }
        let redacted = redaction().redact("Ingrid Marsh and Ingrid Holm saw the marsh.").expect("named");
        assert_eq!(redacted.text, "The witness and Ingrid Holm saw the marsh.");
        assert_eq!(redacted.spans, [(FileSpan::new(0, 12), FileSpan::new(0, 11))]);
        assert_eq!(redacted.moved(FileSpan::new(17, 23)).of(&redacted.text), "Ingrid");
    }

    #[test]
    fn what_is_redacted_names_nobody() {
        let text = "Ingrid Marsh, Ms Ingrid Q. Marsh, ingrid-marsh, Marsh, Ingrid; INGRID\u{a0}MARSH.";
        let redacted = redaction().redact(text).expect("named");
        assert!(!redaction().names(&redacted.text), "{}", redacted.text);
        assert_eq!(redacted.text.to_lowercase().matches("marsh").count(), 0);
    }
}
