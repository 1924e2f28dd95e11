//! Who is shown in a photo: the people whom its caption puts into the picture, and not those it only speaks of.
//!
//! A caption's first sentence says what the picture shows, the next ones why it was taken. Taught by: "Ingrid Marsh,
//! left, and Tobias Renn on the quay", "supporters of Ingrid Marsh", "Lucia Ferrant holds a portrait of Osric Pell".
//! A wrong name is worse than none: what is not clear is left out.

use super::lexicon::{Known, Lexicon, key_of};
use crate::model::{Annotations, Form, Mention};
use crate::text::TextSpan;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// The people shown in a photo, of `Annotations::chains`: from left to right where the caption tells, else as it
/// names them.
///
/// The places themselves ("left") are not kept: they stand in the caption, beside which the names are shown, and the
/// order says as much. Linear in the caption.
pub(super) fn shown(text: &str, caption: TextSpan, annotations: &Annotations) -> Vec<u32> {
    let named = |m: &&Mention| matches!(m.form, Form::FullName | Form::Surname | Form::GivenName | Form::Honorific);
    let from = annotations.mentions.partition_point(|m| m.span.start < caption.start);
    let inside = annotations.mentions[from..].iter().take_while(|m| m.span.start < caption.end);
    let mentions: Vec<&Mention> = inside.filter(named).filter(|m| m.chain.is_some()).collect();
    if mentions.is_empty() {
        return Vec::new();
    }
    let caption = Caption::new(text, caption, annotations);
    let mut seen: Vec<(u32, Option<u8>)> = Vec::new();
    let mut before: Option<(TextSpan, bool)> = None;
    for (i, mention) in mentions.iter().enumerate() {
        let next = mentions.get(i + 1).map_or(caption.span.end, |m| m.span.start);
        let place = caption.place(mention.span, next);
        let there = match place {
            Place::At(_) | Place::Pictured => true,
            Place::NotPictured => false,
            Place::Unsaid => caption.shows(mention.span, before),
        };
        before = Some((mention.span, there));
        let Some(chain) = mention.chain.filter(|_| there).and_then(|c| u32::try_from(c.index()).ok()) else { continue };
        let rank = if let Place::At(rank) = place { Some(rank) } else { None };
        match seen.iter_mut().find(|(c, _)| *c == chain) {
            Some((_, known)) => *known = known.or(rank),
            None => seen.push((chain, rank)),
        }
    }
    if seen.iter().any(|(_, rank)| rank.is_some()) {
        // "Ingrid Marsh, right, and Tobias Renn": who has no place stands between.
        seen.sort_by_key(|(_, rank)| rank.unwrap_or(5));
    }
    seen.into_iter().map(|(chain, _)| chain).collect()
}

/// The words of `lexicon/shown.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    governors: FxHashSet<String>,
    verbs: FxHashSet<String>,
    cuts: FxHashSet<String>,
    relatives: FxHashSet<String>,
    reports: FxHashSet<String>,
    pictures: FxHashSet<String>,
    before_pictures: FxHashSet<String>,
    held: FxHashSet<String>,
    company: FxHashSet<String>,
    near: FxHashSet<String>,
    gives: FxHashSet<String>,
    takes: FxHashSet<String>,
    beside: FxHashSet<String>,
    places: FxHashMap<String, u8>,
}

static WORDS: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("lexicon/shown.toml")).expect("the embedded table is read by a test"));

/// What a caption says of where somebody stands.
enum Place {
    Unsaid,
    /// From the left (0) to the right (10).
    At(u8),
    Pictured,
    NotPictured,
}

/// A word of a caption, in lower case, and where it stands.
struct Word {
    lower: String,
    capital: bool,
    span: TextSpan,
}

struct Caption<'a> {
    text: &'a str,
    span: TextSpan,
    /// Where the first sentence ends.
    first_end: u32,
    words: Vec<Word>,
}

impl<'a> Caption<'a> {
    fn new(text: &'a str, span: TextSpan, annotations: &Annotations) -> Self {
        let at = annotations.sentences.partition_point(|s| s.end <= span.start);
        let first_end = annotations.sentences.get(at).map_or(span.end, |s| s.end.min(span.end));
        Self { text, span, first_end, words: words(text, span) }
    }

    /// Where a name's own words or the commas after it put it; `next` is where the next name begins.
    fn place(&self, name: TextSpan, next: u32) -> Place {
        let sentence_end = if name.start < self.first_end { self.first_end } else { self.span.end };
        let gap = self.between(name.end, next.min(sentence_end).max(name.end));
        // What follows the name at once is no aside: "Marsh left the quay, left …".
        for aside in gap.split([',', '(', ')', ';', '[', ']']).skip(1) {
            let aside = aside.trim().trim_end_matches('.').to_lowercase();
            let bare = ["pictured ", "seen ", "standing ", "seated ", "at "].iter().find_map(|w| aside.strip_prefix(w));
            if let Some(rank) = WORDS.places.get(bare.unwrap_or(&aside)) {
                return Place::At(*rank);
            }
            match &*aside {
                "pictured" | "above" | "below" | "front" | "back" | "inset" | "top" | "bottom" => {
                    return Place::Pictured;
                }
                "not pictured" | "not shown" | "unseen" => return Place::NotPictured,
                _ if aside.starts_with("pictured ") || aside.starts_with("seen ") => return Place::Pictured,
                _ => {}
            }
        }
        Place::Unsaid
    }

    /// Whether the sentence puts a name into the picture that no place is told for.
    fn shows(&self, name: TextSpan, before: Option<(TextSpan, bool)>) -> bool {
        if name.start >= self.first_end || self.is_quoted(name) || self.is_possessive(name) {
            return false;
        }
        let at = self.words.partition_point(|w| w.span.start < name.start);
        if self.is_cut_off(at) {
            return false;
        }
        // "supporters of Ingrid Marsh and Tobias Renn": what holds of one of a list holds of the next.
        if let Some((last, there)) = before
            && matches!(self.between(last.end, name.start).trim(), "," | "and" | ", and" | "&" | "or")
        {
            return there;
        }
        self.is_free(at)
    }

    fn between(&self, from: u32, to: u32) -> &'a str {
        TextSpan::new(from as usize, to as usize).of(self.text)
    }

    /// Whether a name stands between quotation marks: the words of a placard or a speaker.
    fn is_quoted(&self, name: TextSpan) -> bool {
        let before = self.between(self.span.start, name.start);
        let open = |open: char, close: char| {
            before.rfind(open).is_some_and(|at| {
                let rest = &before[at + open.len_utf8()..];
                // An apostrophe closes nothing.
                !rest.match_indices(close).any(|(i, c)| !rest[i + c.len()..].starts_with(char::is_alphanumeric))
            })
        };
        open('“', '”') || open('‘', '’') || before.matches('"').count() % 2 == 1
    }

    /// "Ingrid Marsh’s house", "Tobias Wells’ boat".
    fn is_possessive(&self, name: TextSpan) -> bool {
        let after = self.between(name.end, self.span.end);
        let letter = after.strip_prefix(['’', '\'']);
        letter.is_some_and(|rest| {
            rest.starts_with('s') || name.of(self.text).ends_with(['s', 'z', 'x']) && rest.starts_with(' ')
        }) || name.of(self.text).ends_with("’s")
            || name.of(self.text).ends_with("'s")
    }

    /// Whether a word before the name in its sentence turns to another time, or to what somebody said.
    fn is_cut_off(&self, at: usize) -> bool {
        let mut relative = None;
        for i in 0..at {
            let word = &self.words[i];
            // "Ingrid Marsh said …": others are spoken of; a noun before any name reports nothing.
            if WORDS.cuts.contains(&word.lower) || (i > 0 && WORDS.reports.contains(&word.lower)) {
                return true;
            }
            if WORDS.relatives.contains(&word.lower) {
                relative = Some(word.span.end);
            }
        }
        let Some(from) = relative else { return false };
        let name = self.words.get(at).map_or(self.span.end, |w| w.span.start);
        !self.between(from, name).contains(',')
    }

    /// Whether no word before the name takes it out of the picture.
    fn is_free(&self, at: usize) -> bool {
        let mut i = at;
        while i > 0 && at - i < 7 {
            let (word, next) = (&self.words[i - 1], &self.words[i]);
            let gap = self.between(word.span.end, next.span.start);
            if gap.contains([',', ';', ':', '(', ')', '[', ']', '—', '–', '.', '“', '”', '"']) || gap.contains(" - ")
            {
                return true;
            }
            match &*word.lower {
                "of" => return self.is_picture_of(i - 1, at),
                "by" => return i >= 2 && WORDS.company.contains(&self.words[i - 2].lower),
                "to" => return self.is_faced(i - 1),
                "from" => return self.words[..i - 1].iter().rev().take(4).any(|w| WORDS.takes.contains(&w.lower)),
                lower if WORDS.governors.contains(lower) || WORDS.verbs.contains(lower) => return false,
                lower if !word.capital && !stands_beside(lower) => return true,
                _ => i -= 1,
            }
        }
        true
    }

    /// Whether "of", at `of`, follows a word for the picture itself, which nobody in it holds.
    fn is_picture_of(&self, of: usize, name: usize) -> bool {
        let head = self.words[..of].iter().position(|w| WORDS.pictures.contains(&w.lower));
        let Some(head) = head.filter(|n| self.words[..*n].iter().all(|w| WORDS.before_pictures.contains(&w.lower)))
        else {
            return false;
        };
        // "File photo dated 12/03/30 of …", "Handout photo issued by Calder Police of …"; but "photo of supporters of …".
        let last = &self.words[of - 1];
        let own = of == head + 1 || WORDS.pictures.contains(&last.lower);
        let dated = last.capital || last.lower.starts_with(|c: char| c.is_ascii_digit());
        let held = self.words[name..].iter().skip_while(|w| w.capital).take(1).any(|w| WORDS.held.contains(&w.lower));
        let filed = self.words[..head].iter().any(|w| w.lower == "file");
        (own || dated) && (filed || !held)
    }

    /// Whether somebody in the picture turns to whoever follows "to".
    fn is_faced(&self, to: usize) -> bool {
        let near = to.checked_sub(1).is_some_and(|i| WORDS.near.contains(&self.words[i].lower));
        near || self.words[to.saturating_sub(7)..to].iter().any(|w| WORDS.gives.contains(&w.lower))
    }
}

/// Whether a word may stand between a preposition and a name: "the", "Harbour Minister", "former".
fn stands_beside(lower: &str) -> bool {
    let known = Lexicon::english().entry(key_of(lower.bytes())).known;
    let of_a_name = [
        Known::HONORIFIC,
        Known::TITLE,
        Known::ROLE,
        Known::RELATION,
        Known::DETERMINER,
        Known::POSSESSIVE,
        Known::NATION,
    ];
    WORDS.beside.contains(lower) || of_a_name.into_iter().any(|k| known.has(k))
}

fn words(text: &str, span: TextSpan) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut start = None;
    let from = span.start as usize;
    let words = span.of(text);
    for (at, c) in words.char_indices().chain([(words.len(), ' ')]) {
        match (c.is_alphanumeric() || (start.is_some() && matches!(c, '’' | '\'' | '-')), start) {
            (true, None) => start = Some(at),
            (false, Some(begun)) => {
                let word = &words[begun..at];
                let capital = word.starts_with(char::is_uppercase);
                out.push(Word { lower: word.to_lowercase(), capital, span: TextSpan::new(from + begun, from + at) });
                start = None;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Chain, ChainId};

    /// A caption with ⟦names⟧ and `|` between its sentences; who is shown, in order.
    fn check(caption: &str, expected: &[&str]) {
        let mut text = String::new();
        let mut annotations = Annotations::default();
        let mut sentence = 0;
        let mut start = 0;
        for c in caption.chars() {
            match c {
                '⟦' => start = text.len(),
                '⟧' => {
                    let name = &text[start..];
                    let chain = annotations.chains.iter().position(|c| &*c.name == name).unwrap_or_else(|| {
                        annotations.chains.push(Chain { name: name.into(), ..Chain::default() });
                        annotations.chains.len() - 1
                    });
                    let form = if name.contains(' ') { Form::FullName } else { Form::Surname };
                    let span = TextSpan::new(start, text.len());
                    annotations.mentions.push(Mention { span, form, chain: Some(ChainId::new(chain)) });
                }
                '|' => {
                    annotations.sentences.push(TextSpan::new(sentence, text.trim_end().len()));
                    sentence = text.len();
                }
                c => text.push(c),
            }
        }
        annotations.sentences.push(TextSpan::new(sentence, text.len()));
        let shown = shown(&text, TextSpan::new(0, text.len()), &annotations);
        let names: Vec<&str> = shown.iter().map(|i| &*annotations.chains[*i as usize].name).collect();
        assert_eq!(names, expected, "{caption}");
    }

    const MARSH: &str = "Ingrid Marsh";
    const RENN: &str = "Tobias Renn";
    const PELL: &str = "Osric Pell";
    const FERRANT: &str = "Lucia Ferrant";

    #[test]
    fn who_does_something_is_shown() {
        check("⟦Ingrid Marsh⟧ speaks on the quay", &[MARSH]);
        check("⟦Ingrid Marsh⟧ and ⟦Tobias Renn⟧ on the quay", &[MARSH, RENN]);
        check("⟦Ingrid Marsh⟧ with ⟦Tobias Renn⟧", &[MARSH, RENN]);
        check("Harbour Minister ⟦Ingrid Marsh⟧ greets the boatmen’s leader ⟦Tobias Renn⟧", &[MARSH, RENN]);
        check("Boatmen cheer as ⟦Tobias Renn⟧ arrives", &[RENN]);
        check("⟦Ingrid Marsh⟧ said the boats would carry on", &[MARSH]);
        check("⟦Tobias Renn⟧: “We were promised a year”", &[RENN]);
        check("Pictured: ⟦Ingrid Marsh⟧", &[MARSH]);
    }

    #[test]
    fn places_give_the_order_from_left_to_right() {
        check("⟦Ingrid Marsh⟧, left, and ⟦Tobias Renn⟧, right, shake hands", &[MARSH, RENN]);
        check("⟦Ingrid Marsh⟧, right, and ⟦Tobias Renn⟧ shake hands", &[RENN, MARSH]);
        check("⟦Ingrid Marsh⟧ (right) with ⟦Tobias Renn⟧ (left)", &[RENN, MARSH]);
        check("⟦Ingrid Marsh⟧, second from right, and ⟦Tobias Renn⟧, far right", &[MARSH, RENN]);
        check(
            "⟦Ingrid Marsh⟧, the Harbour Minister, centre, ⟦Tobias Renn⟧, left, and ⟦Lucia Ferrant⟧, right",
            &[RENN, MARSH, FERRANT],
        );
        check("From left: ⟦Tobias Renn⟧, ⟦Lucia Ferrant⟧ and ⟦Ingrid Marsh⟧", &[RENN, FERRANT, MARSH]);
        check("⟦Ingrid Marsh⟧ (R) and ⟦Tobias Renn⟧ (L)", &[RENN, MARSH]);
        // "left" is a verb as well.
        check("⟦Ingrid Marsh⟧ left the quay with ⟦Tobias Renn⟧", &[MARSH, RENN]);
    }

    #[test]
    fn whom_the_caption_only_speaks_of_is_not_shown() {
        check("Supporters of ⟦Ingrid Marsh⟧ on the quay", &[]);
        check("Supporters of ⟦Ingrid Marsh⟧ and ⟦Tobias Renn⟧", &[]);
        check("A protest against ⟦Ingrid Marsh⟧ in Merrow", &[]);
        check("A protest against Harbour Minister ⟦Ingrid Marsh⟧", &[]);
        check("⟦Ingrid Marsh⟧’s house in Port Ansel", &[]);
        check("⟦Ingrid Marsh⟧’s brother ⟦Tobias Renn⟧", &[RENN]);
        check("Flowers for ⟦Osric Pell⟧ at the lock", &[]);
        check("Boatmen mourn ⟦Osric Pell⟧", &[]);
        check("Tributes to ⟦Osric Pell⟧ on the quay", &[]);
        check("Handout photo issued by ⟦Tobias Renn⟧ of the ferry", &[]);
        check("A placard reads “⟦Marsh⟧ must go”", &[]);
        check("Police outside the court after ⟦Osric Pell⟧ was cleared", &[]);
        check("⟦Ingrid Marsh⟧ said ⟦Tobias Renn⟧ had been told", &[MARSH]);
        check("⟦Ingrid Marsh⟧, who succeeded ⟦Osric Pell⟧, with ⟦Tobias Renn⟧", &[MARSH, RENN]);
        check("⟦Ingrid Marsh⟧ with ⟦Tobias Renn⟧ (not pictured)", &[MARSH]);
    }

    #[test]
    fn likenesses_are_not_their_people() {
        check("⟦Lucia Ferrant⟧ poses beside a portrait of ⟦Osric Pell⟧", &[FERRANT]);
        check("⟦Lucia Ferrant⟧ holds a photo of ⟦Osric Pell⟧", &[FERRANT]);
        check("A photo of ⟦Osric Pell⟧ held by ⟦Lucia Ferrant⟧", &[FERRANT]);
        check("A statue of ⟦Osric Pell⟧ in Merrow", &[]);
    }

    #[test]
    fn the_picture_itself_shows_whom_it_is_of() {
        check("File photo of ⟦Ingrid Marsh⟧", &[MARSH]);
        check("File photo dated 12/03/30 of ⟦Ingrid Marsh⟧", &[MARSH]);
        check("Undated handout photo issued by Calder Police of ⟦Osric Pell⟧", &[PELL]);
        check("A photo of supporters of ⟦Ingrid Marsh⟧", &[]);
    }

    #[test]
    fn company_is_shown() {
        check("⟦Ingrid Marsh⟧ is accompanied by ⟦Tobias Renn⟧", &[MARSH, RENN]);
        check("⟦Ingrid Marsh⟧ stands next to ⟦Tobias Renn⟧", &[MARSH, RENN]);
        check("⟦Ingrid Marsh⟧ presents the cup to ⟦Tobias Renn⟧", &[MARSH, RENN]);
        check("⟦Ingrid Marsh⟧ receives the cup from ⟦Tobias Renn⟧", &[MARSH, RENN]);
        check("⟦Ingrid Marsh⟧ reads a letter from ⟦Tobias Renn⟧", &[MARSH]);
        check("⟦Ingrid Marsh⟧ in a coat designed by ⟦Lucia Ferrant⟧", &[MARSH]);
    }

    #[test]
    fn only_the_first_sentence_describes_the_picture() {
        check("In this photo, ⟦Tobias Renn⟧ waves from the deck.|  ⟦Ingrid Marsh⟧ has promised him a berth.", &[RENN]);
        check("The Kittiwake leaves Merrow.| ⟦Ingrid Marsh⟧, left, waves.", &[MARSH]);
        check("", &[]);
    }
}
