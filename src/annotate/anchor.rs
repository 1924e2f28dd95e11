//! Where the words of an editor's decision stand: anchored by words, as in the W3C's TextQuoteSelector (Web Annotation
//! Data Model, §4.2.4), so that edits elsewhere in the article do not move it.

use crate::model::{Article, BlockKind, Decision};
use crate::text::{TextSpan, is_unseen};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher as _;

/// Why the words of a decision are not anchored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// They stand nowhere.
    Gone,
    /// They stand in several places, of which `prefix` and `suffix` fit none best.
    Several(usize),
    /// Their beginning stands in more places than are looked at.
    Everywhere,
    /// So few words that the one place where they stand, with other words around it, may well be another.
    Elsewhere(TextSpan),
}

/// How many words a look-up goes by: the first of a part, as many as it has or the next fewer of these.
const KEYS: [usize; 6] = [16, 8, 4, 3, 2, 1];
/// Places that are looked at for one look-up. What stands more often is in several places, whatever stands around it.
const MOST_PLACES: usize = 64;
/// Words from which on a quotation is itself wherever it stands.
const TELLING: usize = 4;

/// Finds the words of each decision: the spans of its parts, in order, disjoint, each within one paragraph or caption.
///
/// Words are compared letter by letter, white space folded and unseen signs passed over: copy may lose or gain them on
/// its way here, by what reads it or by an editor's copying. Headline, standfirst and crossheads carry no marks and are
/// not looked at. Time grows with the article and the decisions, not with their product.
pub fn anchor(article: &Article, decisions: &[Decision]) -> Vec<Result<Box<[TextSpan]>, Lost>> {
    let text = &*article.text;
    let parts: Vec<Vec<Vec<u64>>> =
        decisions.iter().map(|d| d.exact.iter().map(|part| hashes(part)).collect()).collect();
    let mut wanted: FxHashMap<u64, Vec<u32>> = parts.iter().flatten().map(|words| (key(words), Vec::new())).collect();
    let lens: Vec<usize> =
        KEYS.into_iter().filter(|len| parts.iter().flatten().any(|words| key_len(words) == *len)).collect();
    let words = words(text);
    let all: Vec<u64> = words.iter().map(|word| word.hash).collect();
    for at in 0..all.len() {
        for len in lens.iter().filter(|len| at + **len <= all.len()) {
            if let Some(places) = wanted.get_mut(&key(&all[at..at + len]))
                && places.len() <= MOST_PLACES
            {
                places.push(at as u32);
            }
        }
    }
    let ground = bodies(article);
    decisions
        .iter()
        .zip(&parts)
        .map(|(decision, parts)| {
            let mut too_many = false;
            let places: Vec<Vec<TextSpan>> = decision
                .exact
                .iter()
                .zip(parts)
                .map(|(exact, hashes)| {
                    let found = wanted.get(&key(hashes)).map_or(&[][..], Vec::as_slice);
                    too_many |= found.len() > MOST_PLACES;
                    let place = |at: &u32| {
                        let span = place(text, words[*at as usize].start as usize, exact)?;
                        within(&ground, span).then_some(span)
                    };
                    found.iter().filter_map(place).collect()
                })
                .collect();
            // Those that were not looked at may be the ones.
            if too_many { Err(Lost::Everywhere) } else { choose(text, decision, parts, &places) }
        })
        .collect()
}

/// The place that fits best of those where a decision's parts stand one after the other.
fn choose(
    text: &str,
    decision: &Decision,
    parts: &[Vec<u64>],
    places: &[Vec<TextSpan>],
) -> Result<Box<[TextSpan]>, Lost> {
    let Some((first, rest)) = places.split_first() else { return Err(Lost::Gone) };
    let mut fits: Vec<(Agreement, Box<[TextSpan]>)> = Vec::new();
    for (at, start) in first.iter().enumerate() {
        let mut spans = vec![*start];
        for part in rest {
            let end = spans[spans.len() - 1].end;
            spans.extend(part.get(part.partition_point(|span| span.start < end)));
        }
        if spans.len() < places.len() {
            break;
        }
        // Where the first part stands once more before the second, that one is nearer.
        if rest.is_empty() || first.get(at + 1).is_none_or(|next| next.end > spans[1].start) {
            fits.push((Agreement::of(text, decision, &spans), spans.into()));
        }
    }
    let best = match fits.iter().map(|(agreement, _)| *agreement).max() {
        Some(best) => best,
        None => return Err(Lost::Gone),
    };
    let n = fits.len();
    let mut fitting = fits.into_iter().filter(|(agreement, _)| *agreement == best).map(|(_, spans)| spans);
    let Some(spans) = fitting.next() else { return Err(Lost::Gone) };
    if fitting.next().is_some() || (n > 1 && best == Agreement::default()) {
        return Err(Lost::Several(n));
    }
    let telling = parts.iter().map(Vec::len).sum::<usize>() >= TELLING;
    let unasked =
        [&decision.prefix, &decision.suffix].into_iter().flatten().all(|around| around.chars().all(is_nothing));
    if n == 1 && !telling && !unasked && best == Agreement::default() {
        return Err(Lost::Elsewhere(spans[0]));
    }
    Ok(spans)
}

/// How well what stands around a place fits a decision's prefix and suffix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Agreement {
    /// Words that agree, from the place outward.
    words: usize,
    /// Of prefix and suffix those that agree to their ends.
    whole: usize,
}

impl Agreement {
    fn of(text: &str, decision: &Decision, spans: &[TextSpan]) -> Self {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Self::default() };
        let before = text.get(..first.start as usize).unwrap_or_default().chars().rev();
        let behind = text.get(last.end as usize..).unwrap_or_default().chars();
        let prefix = decision.prefix.as_deref().unwrap_or_default();
        let suffix = decision.suffix.as_deref().unwrap_or_default();
        let mut agreement = Self::default();
        agreement.add(before, prefix.chars().rev());
        agreement.add(behind, suffix.chars());
        agreement
    }

    /// Counts the words that two texts have in common from their beginnings on, white space aside.
    fn add(&mut self, text: impl Iterator<Item = char>, wanted: impl Iterator<Item = char>) {
        let mut wanted = folded(wanted).skip_while(|c| *c == ' ').peekable();
        let mut text = folded(text).skip_while(|c| *c == ' ').peekable();
        if wanted.peek().is_none() {
            return;
        }
        let mut in_word = false;
        loop {
            match (wanted.next(), text.peek()) {
                // A prefix may begin in the middle of a word.
                (None, _) => {
                    self.words += usize::from(in_word);
                    self.whole += 1;
                    return;
                }
                // Blanks at the far end say nothing.
                (Some(' '), None) if wanted.peek().is_none() => {
                    self.words += usize::from(in_word);
                    self.whole += 1;
                    return;
                }
                (Some(c), Some(other)) if c == *other => {
                    if in_word && !c.is_alphanumeric() {
                        self.words += 1;
                    }
                    in_word = c.is_alphanumeric();
                    text.next();
                }
                (Some(c), other) => {
                    let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                    self.words += usize::from(in_word && ends(Some(c)) && ends(other.copied()));
                    return;
                }
            }
        }
    }
}

/// A word of a text: a run of letters and digits, unseen signs aside.
struct Word {
    start: u32,
    hash: u64,
}

fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let (mut start, mut is_whole) = (None, true);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            _ if is_unseen(c) => is_whole = false,
            (None, true) => (start, is_whole) = (Some(at), true),
            (Some(from), false) => {
                let word = &text[from..at];
                let hash = if is_whole { hash(word) } else { hash(&word.replace(is_unseen, "")) };
                out.push(Word { start: from as u32, hash });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The hashes of a text's words.
pub(super) fn hashes(text: &str) -> Vec<u64> {
    words(text).into_iter().map(|word| word.hash).collect()
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// How many of a part's words it is looked up by.
fn key_len(words: &[u64]) -> usize {
    KEYS.into_iter().find(|len| *len <= words.len()).unwrap_or_default()
}

/// What the first words of a part are looked up by.
fn key(words: &[u64]) -> u64 {
    let words = &words[..key_len(words)];
    let mut hasher = FxHasher::default();
    words.iter().for_each(|word| hasher.write_u64(*word));
    hasher.write_usize(words.len());
    hasher.finish()
}

/// Where `exact` stands, if its first word stands at byte `at`.
fn place(text: &str, at: usize, exact: &str) -> Option<TextSpan> {
    let exact = exact.trim_matches(is_nothing);
    let lead = exact.find(is_letter)?;
    let (lead, rest) = exact.split_at(lead);
    let start = at - common(text.get(..at)?.chars().rev(), lead.chars().rev())?;
    let end = at + common(text.get(at..)?.chars(), rest.chars())?;
    let goes_on = rest.ends_with(is_letter) && text.get(end..)?.trim_start_matches(is_unseen).starts_with(is_letter);
    (!goes_on).then(|| TextSpan::new(start, end))
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_unseen(c)
}

/// Whether a sign says nothing at the edge of words.
fn is_nothing(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
}

/// Bytes of `text` that `wanted` takes up, white space folded and unseen signs passed over; none where they differ.
///
/// What is unseen behind the last of them is not counted.
fn common(text: impl Iterator<Item = char>, wanted: impl Iterator<Item = char>) -> Option<usize> {
    let mut text = text.peekable();
    // Up to the last that is wanted, and of what is unseen behind it.
    let (mut bytes, mut unseen) = (0, 0);
    let mut next = |is_next: &dyn Fn(char) -> bool| {
        while let Some(c) = text.next_if(|c| is_unseen(*c)) {
            unseen += c.len_utf8();
        }
        let c = text.next_if(|c| is_next(*c))?;
        bytes += std::mem::take(&mut unseen) + c.len_utf8();
        Some(bytes)
    };
    let mut end = 0;
    for c in folded(wanted) {
        if c != ' ' {
            end = next(&|other| other == c)?;
            continue;
        }
        end = next(&char::is_whitespace)?;
        while let Some(blank) = next(&char::is_whitespace) {
            end = blank;
        }
    }
    Some(end)
}

/// Letters with each run of white space as one blank, without unseen signs.
fn folded(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut blank = false;
    chars.filter(|c| !is_unseen(*c)).filter_map(move |c| {
        let was = std::mem::replace(&mut blank, c.is_whitespace());
        if !blank { Some(c) } else { (!was).then_some(' ') }
    })
}

/// Paragraphs and captions, sorted: what quotations are marked in.
fn bodies(article: &Article) -> Vec<TextSpan> {
    let body = article.blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Paragraph => Some(block.span),
        BlockKind::Caption(photo) => article.photos.get(photo as usize)?.caption,
        _ => None,
    });
    let mut bodies: Vec<TextSpan> = body.collect();
    bodies.sort_unstable();
    bodies
}

fn within(bodies: &[TextSpan], span: TextSpan) -> bool {
    let at = bodies.partition_point(|body| body.end <= span.start);
    bodies.get(at).is_some_and(|body| body.contains(span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::answered;

    const COPY: &str = "[headline] We sail, says Marsh\n\n“We sail,” Marsh said. “We sail when the lamp  is lit.”\n\n\
                        “We sail,” Renn said on Monday.\n\n[caption] “No,” said Pell.";

    fn decision(exact: &[&str], prefix: &str, suffix: &str) -> Decision {
        let given = |words: &str| Some(words).filter(|words| !words.is_empty()).map(Into::into);
        Decision {
            at: Default::default(),
            speaker_at: None,
            exact: exact.iter().map(|part| (*part).into()).collect(),
            prefix: given(prefix),
            suffix: given(suffix),
            speaker: None,
            kind: None,
            was: None,
            rule: None,
            note: None,
            by: None,
            date: None,
        }
    }

    /// The words that are found, with as much behind them; or why none are.
    fn check(exact: &[&str], prefix: &str, suffix: &str, expected: Result<&[&str], &str>) {
        let article = answered(COPY).expect("sound copy").article;
        let found = anchor(&article, &[decision(exact, prefix, suffix)]).remove(0);
        let text = &article.text;
        let shown = |span: &TextSpan| text[span.start as usize..].chars().take(span.len() + 7).collect::<String>();
        let found = found.map(|spans| spans.iter().map(shown).collect::<Vec<_>>()).map_err(|lost| match lost {
            Lost::Several(n) => format!("in {n} places"),
            other => format!("{other:?}").split('(').next().unwrap_or_default().to_lowercase(),
        });
        let found = found.as_ref().map(|spans| spans.iter().map(|span| &**span).collect::<Vec<_>>());
        assert_eq!(found.map_err(|lost| &**lost), expected.map(<[&str]>::to_vec), "{exact:?} {prefix:?} {suffix:?}");
    }

    #[test]
    fn words_are_found_where_they_stand_once() {
        check(&["We sail when the lamp is lit."], "", "", Ok(&["We sail when the lamp  is lit.”\n“We s"]));
        check(&["“We sail when the\n lamp"], "", "", Ok(&["“We sail when the lamp  is lit."]));
        check(&["No,"], "", "", Ok(&["No,” said "]));
        check(&["No"], "", "", Ok(&["No,” said"]));
    }

    #[test]
    fn what_stands_around_decides_between_several_places() {
        check(&["We sail,"], "", "” Renn", Ok(&["We sail,” Renn "]));
        check(&["We sail,"], "", "” Renn said on Tuesday", Ok(&["We sail,” Renn "]));
        check(&["We sail,"], "lit.”\n\n“", "", Ok(&["We sail,” Renn "]));
        check(&["We sail,"], "says Marsh “", "", Ok(&["We sail,” Marsh"]));
        check(&["We sail,"], "", "", Err("in 2 places"));
        check(&["We sail,"], "“", "”", Err("in 2 places"));
        check(&["We sail"], "", "” Ferrant said", Err("in 3 places"));
    }

    /// Copy with unseen signs, and decisions with others or none: the words are found, and nothing beside them.
    #[test]
    fn unseen_signs_are_passed_over() {
        let copy = "Marsh said: \u{200f}“\u{200f}We \u{200e} sail to Mer\u{ad}row,\u{200f}”\u{200f} and left. \
                    “We sail,” said\u{200b} Renn. They were sail\u{ad}ing.";
        let article = answered(copy).expect("sound copy").article;
        let check = |exact: &str, prefix: &str, suffix: &str, expected: Option<&str>| {
            let found = anchor(&article, &[decision(&[exact], prefix, suffix)]).remove(0).ok();
            let found = found.as_ref().map(|spans| spans[0].of(&article.text));
            assert_eq!(found, expected, "{exact:?} {prefix:?} {suffix:?}");
        };
        let (first, marked) =
            ("We \u{200e} sail to Mer\u{ad}row,", "“\u{200f}We \u{200e} sail to Mer\u{ad}row,\u{200f}”");
        check("We sail to Merrow,", "", "", Some(first));
        check("\u{2067}We sail to Merrow,\u{2069}", "", "", Some(first));
        check("\u{202b} We\u{202c} sail \u{200b} to M\u{fe0f}errow, \u{feff}", "", "", Some(first));
        check("“We sail to Merrow,”", "", "", Some(marked));
        check("\u{2067}“We sail to Merrow,”\u{2069}", "", "", Some(marked));
        check("We sail", "", "” said Renn", None);
        check("We sail,", "", "\u{2067}” said Renn\u{2069}", Some("We sail,"));
        check("We", "Marsh said: “", "", Some("We"));
        check("We", "\u{200f}", "", None);
        check("They were sail", "", "", None);
        check("They were sailing", "", "", Some("They were sail\u{ad}ing"));
        check("W e sail to Merrow", "", "", None);
    }

    #[test]
    fn words_that_stand_everywhere_are_nowhere() {
        let copy = |n| format!("{}We row home.", "We row and we row. ".repeat(n));
        let found = |n| {
            let article = answered(&copy(n)).expect("sound copy").article;
            anchor(&article, &[decision(&["We row home."], "", "")]).remove(0)
        };
        assert_eq!(found(200).map(|spans| spans.len()), Ok(1));
        let article = answered(&copy(200)).expect("sound copy").article;
        let lost = anchor(&article, &[decision(&["We row"], "", " home")]).remove(0);
        assert_eq!(lost, Err(Lost::Everywhere));
    }

    #[test]
    fn a_broken_quotation_is_found_part_by_part() {
        check(&["We sail,", "We sail when"], "", "", Ok(&["We sail,” Marsh", "We sail when the la"]));
        check(&["We sail when", "We sail,"], "", "", Ok(&["We sail when the la", "We sail,” Renn "]));
        check(&["No,", "We sail,"], "", "", Err("gone"));
    }

    #[test]
    fn words_that_are_gone_are_not_looked_for_elsewhere() {
        check(&["We sailed,"], "", "", Err("gone"));
        check(&["We sai"], "", "", Err("gone"));
        check(&["e sail when the lamp"], "", "", Err("gone"));
        check(&["we sail when"], "", "", Err("gone"));
        // Of the headline, and over the end of a paragraph.
        check(&["We sail, says Marsh"], "", "", Err("gone"));
        check(&["is lit.” “We sail"], "", "", Err("gone"));
        // Two words with other words around them are another "no".
        check(&["No,"], "Renn shook his head: “", "” he said at last", Err("elsewhere"));
        check(&["No,"], "", "” said Pell", Ok(&["No,” said "]));
        check(&["We sail when the lamp"], "Ferrant added: “", "", Ok(&["We sail when the lamp  is li"]));
    }
}
