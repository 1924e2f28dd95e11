//! Photo credits in the forms that agencies and newspapers print, and captions that end in one.
//!
//! Taught by: "(Ola Brandt/PA)", "(PA)", "REUTERS/Ola Brandt", "(AP Photo/Ola Brandt, File)", "(ITV via AP)",
//! "(Image: GETTY)", "Photograph: AFP via Getty", "Image source, Getty Images", "1of4", "FILE PHOTO: …".

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::lexicon::{AGENCIES, CAPTIONS, after, begins};
use super::names::{all_capitals, capitalised, person_shaped, written};
use crate::model::Credit;

/// Longest credit in bytes.
const LONGEST: usize = 120;

/// The agencies that one story makes known: an unknown name in one credit is no stranger in the next.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    learned: FxHashSet<String>,
}

impl Desk {
    /// Remembers an agency by its name.
    pub fn learn(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() && name.len() <= 60 {
            self.learned.insert(name.to_lowercase());
        }
    }

    /// Whether the name is one of those remembered, a word beside it ("Wire") aside.
    pub(super) fn has_learned(&self, name: &str) -> bool {
        if self.learned.is_empty() || name.len() > 60 {
            return false;
        }
        let name = name.trim().to_lowercase();
        let head = name.rsplit_once(' ').filter(|(_, last)| AGENCIES.beside.contains(*last)).map(|(head, _)| head);
        self.learned.contains(&name) || head.is_some_and(|head| self.learned.contains(head))
    }

    /// Whether the name is an agency's or another provider's, words beside it ("pool", "archive") aside.
    fn knows(&self, name: &str) -> bool {
        let name = name.trim().trim_end_matches('.');
        if name.is_empty() || name.len() > 60 {
            return false;
        }
        if AGENCIES.get(name).is_some() || self.has_learned(name) {
            return true;
        }
        // "PA Wire pool", "Northsound archive".
        match name.rsplit_once(char::is_whitespace) {
            Some((head, last)) => AGENCIES.beside.contains(&last.to_lowercase()) && self.knows(head),
            None => false,
        }
    }
}

/// A line taken apart into caption and credit; ranges are bytes of the line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaptionLine {
    /// The caption without credit and without label; may be empty.
    pub caption: Range<usize>,
    /// The credit without brackets and without label.
    pub credit: Option<Range<usize>>,
    /// Whether the picture is from the files.
    pub file_photo: bool,
    /// Whether the line shows itself to be a caption: by its label, its number in a gallery, or its credit.
    pub sure: bool,
}

/// Takes a credit apart into photographer and agency.
///
/// Agencies get the name they are known by ("Getty" for "GETTY"), names in capitals are written out.
/// The text stays as printed; the span is left to the caller.
pub fn credit(text: &str) -> Credit {
    let printed = text.trim();
    let words = without_file(printed);
    let mut names: Vec<&str> = Vec::new();
    for piece in words.split(['/', ',', '|', '©', ':']).flat_map(|piece| split_word(piece, "via")) {
        names.extend(split_word(piece, "for").map(|n| n.trim().trim_end_matches('.')).filter(|n| !n.is_empty()));
    }
    let agency = names.iter().rev().find_map(|name| agency(name));
    let mut photographer = names.iter().find(|n| agency_name(n).is_none() && person_shaped(n)).copied();
    let agency = match agency {
        Some(agency) => Some(agency),
        None if photographer.is_none() => names.last().map(|n| (*n).to_owned()),
        // "NORTHSOUND/Ola Brandt", "Northsound Photo/Ola Brandt": the agency stands first.
        None if names.len() > 1 && photo_agency(names[0]).is_some() && names[1..].iter().any(|n| person_shaped(n)) => {
            photographer = names[1..].iter().find(|n| person_shaped(n)).copied();
            photo_agency(names[0])
        }
        // "Ola Brandt/Northsound": what follows the photographer is the agency, known or not.
        None => names.last().filter(|n| Some(**n) != photographer).map(|n| (*n).to_owned()),
    };
    // One word before an agency is a photographer who needs no other ("Brandt/PA").
    if photographer.is_none()
        && let [first, _, ..] = names[..]
        && agency_name(first).is_none()
        && !first.contains(char::is_whitespace)
        && capitalised(first)
        && !all_capitals(first)
    {
        photographer = Some(first);
    }
    Credit {
        text: printed.into(),
        span: None,
        photographer: photographer.map(|n| written(n).into()),
        agency: agency.map(Into::into),
    }
}

/// The printed name of an agency in the lexicon, words beside it aside.
fn agency_name(name: &str) -> Option<&'static str> {
    AGENCIES.get(name).map(|(name, _)| name).or_else(|| {
        let (head, last) = name.rsplit_once(char::is_whitespace)?;
        AGENCIES.beside.contains(&last.to_lowercase()).then(|| agency_name(head.trim()))?
    })
}

/// An unknown agency that prints its name before the photographer's: in capitals, or with "Photo" after it.
fn photo_agency(name: &str) -> Option<String> {
    if let Some((head, last)) = name.rsplit_once(char::is_whitespace)
        && matches!(&*last.to_lowercase(), "photo" | "photos" | "pictures" | "images")
    {
        return Some(written(head.trim()));
    }
    all_capitals(name).then(|| written(name))
}

fn agency(name: &str) -> Option<String> {
    agency_name(name).map(str::to_owned)
}

/// The pieces of a text between a word, "via" or "for", that stands alone.
fn split_word<'a>(text: &'a str, word: &str) -> impl Iterator<Item = &'a str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut at = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        if piece.trim_end() == word {
            pieces.push(&text[from..at]);
            from = at + piece.len();
        }
        at += piece.len();
    }
    pieces.push(&text[from..]);
    pieces.into_iter()
}

/// The text without ", File" at its end.
fn without_file(text: &str) -> &str {
    match text.rsplit_once([',', '/']) {
        Some((head, last)) if CAPTIONS.file_words.contains(&last.trim().trim_end_matches('.').to_lowercase()) => {
            head.trim_end()
        }
        _ => text,
    }
}

/// The credit that a whole line gives, without label and brackets; none where the line is no credit.
///
/// "Ola Brandt, BBC News" may be a byline as well; only its place can tell.
/// Taught by: "ITV, ASSOCIATED PRESS", "Image source, Getty Images", "Photo: Ola Brandt", "(Ola Brandt/Northsound)".
pub fn credit_line(line: &str, desk: &Desk) -> Option<Range<usize>> {
    if line.len() > LONGEST {
        return None;
    }
    let whole = bracketed(line, 0..line.len()).filter(|inside| line[..inside.start].trim().len() == 1);
    let (start, end) = whole.map_or((0, line.len()), |inside| (inside.start, inside.end));
    let words = &line[start..end];
    if let Some(at) = label(words) {
        let rest = &words[at..];
        // "Picture: the ferry leaves Merrow" is a caption; a credit is a name.
        let named =
            provided(rest, desk) || person_shaped(without_file(rest)) || (plain_label(words) && names_only(rest));
        return (named && !rest.is_empty()).then_some(start + at..end);
    }
    if start > 0 {
        return credits(words, desk).then_some(start..end);
    }
    let slashed = words.contains('/') || words.contains(" via ");
    let listed = words.split([',', '/']).all(|name| desk.knows(name));
    let last_known = words.contains(',') && short(words, 8) && provided(words, desk);
    ((slashed && credits(words, desk)) || listed || last_known).then_some(start..end)
}

/// Takes a line apart into caption and credit.
///
/// Cannot fail: a line without credit is all caption, and then not sure.
pub fn caption_line(line: &str, desk: &Desk) -> CaptionLine {
    let mut out = CaptionLine { caption: trim(line, 0..line.len()), ..CaptionLine::default() };
    let words = &line[out.caption.clone()];
    let tail = CAPTIONS.tails.iter().find_map(|tail| {
        let at = words.len().checked_sub(tail.len())?;
        words.get(at..).filter(|end| begins(end, tail)).map(|_| at)
    });
    if let Some(at) = tail.filter(|at| *at > 0) {
        out.caption = trim(line, out.caption.start..out.caption.start + at);
    }
    if let Some(credit) = credit_line(&line[..out.caption.end], desk).filter(|c| label_only(&line[..c.start])) {
        return CaptionLine {
            caption: credit.start..credit.start,
            credit: Some(credit),
            file_photo: false,
            sure: true,
        };
    }
    loop {
        let words = &line[out.caption.clone()];
        if let Some(rest) = counter(words).or_else(|| caption_label(words)) {
            out.sure = true;
            out.caption.start += words.len() - rest.len();
        } else if let Some(rest) = file_label(words) {
            (out.sure, out.file_photo) = (true, true);
            out.caption.start += words.len() - rest.len();
        } else {
            break;
        }
        out.caption = trim(line, out.caption);
    }
    // "(Ola Brandt/PA) (Ola Brandt/PA)": the last is the credit, all go.
    while let Some(inside) = bracketed(line, out.caption.clone()) {
        let before = trim(line, out.caption.start..inside.start - 1);
        let stopped = line[before.clone()].ends_with(['.', '!', '?', '”', '’', '"']);
        let words = &line[inside.clone()];
        let at = label(words).unwrap_or(0);
        out.file_photo |= at > 0 && begins(words, "file");
        // "[CNN]" is a newsletter's link as often as a credit.
        let square = line[..inside.start].trim_end().ends_with('[') && !words.contains('/');
        let named = at > 0 || (credits(words, desk) && !square) || (stopped && person_shaped(words));
        if !named || not_credit(words) || before.is_empty() {
            break;
        }
        if CAPTIONS.file_words.contains(&words.to_lowercase()) {
            out.file_photo = true;
        }
        out.credit.get_or_insert(trim(line, inside.start + at..inside.end));
        out.caption = before;
        out.sure = true;
    }
    if out.credit.is_none()
        && let Some((caption, credit)) = unbracketed(line, out.caption.clone(), desk)
    {
        (out.caption, out.credit, out.sure) = (caption, Some(credit), true);
    }
    if let Some(credit) = &out.credit {
        let words = &line[credit.clone()];
        out.file_photo |= without_file(words).len() < words.len();
    }
    out.sure |= starts_telling(&line[out.caption.clone()]);
    out
}

/// Whether the words are a label's and nothing else.
fn label_only(text: &str) -> bool {
    label(text).is_some_and(|at| at == text.len())
}

/// A credit at a line's end without brackets: the caption before it, and the credit.
///
/// Looks at the last [`LONGEST`] bytes only, so that paragraphs cost nothing.
fn unbracketed(line: &str, within: Range<usize>, desk: &Desk) -> Option<(Range<usize>, Range<usize>)> {
    let mut from = within.end.saturating_sub(LONGEST).max(within.start);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    let tail = &line[from..within.end];
    let split = |label_at: usize, credit_at: usize| {
        let caption = trim(line, within.start..from + label_at);
        let mut caption_end = caption.end;
        let words = &line[caption.clone()];
        caption_end -= words.len() - words.trim_end_matches([' ', '|', '–', '—', '-', '/', '•']).len();
        let credit = trim(line, from + credit_at..within.end);
        (caption.start < caption_end && !credit.is_empty()).then_some((caption.start..caption_end, credit))
    };
    // "… on Thursday.Credit...Ola Brandt for the Courier": label and name pasted in one word.
    for mark in ["Credit...", "Credit…"] {
        if let Some(at) = tail.find(mark).filter(|at| *at > 0 && short(&tail[at + mark.len()..], 10)) {
            return split(at, at + mark.len());
        }
    }
    // A label with a capital: "… movement.’ Photograph: AFP via Getty", "… at dusk Picture by Ola Brandt".
    for (at, word) in words_of(tail) {
        if at > 0
            && capitalised(word)
            && let Some(length) = label(&tail[at..])
            && short(&tail[at + length..], 8)
            && (credits(&tail[at + length..], desk) || names_only(&tail[at + length..]))
        {
            return split(at, at + length);
        }
    }
    // "… November 14, 2031. REUTERS/Ola Brandt", "AP Photo/Ola Brandt", "Brandt/PA".
    if let Some(stroke) = tail.rfind('/')
        && !without_file(&tail[stroke + 1..]).contains("//")
    {
        let right = without_file(tail[stroke + 1..].trim_end_matches('.'));
        let starts: Vec<usize> = words_of(&tail[..stroke]).map(|(at, _)| at).collect();
        for n in [1, 2] {
            let Some(&at) = starts.len().checked_sub(n).and_then(|i| starts.get(i)) else { continue };
            let left = &tail[at..stroke];
            if capitalised(left) && desk.knows(left) && (person_shaped(right) || desk.knows(right)) {
                return split(at, at);
            }
            if n == 2 && person_shaped(left) && desk.knows(right) && left.split_whitespace().all(capitalised) {
                return split(at, at);
            }
        }
    }
    // A last sentence, or what follows a stroke or dash, that is nothing but a credit.
    let mut cut = None;
    for (at, word) in words_of(tail) {
        let before = tail[..at].trim_end();
        let stopped =
            before.ends_with(['.', '!', '?', '”', '’', '"', ')', '|', '–', '—', '•']) || before.ends_with(" -");
        if stopped && capitalised(word) && short(&tail[at..], 8) && credits(&tail[at..], desk) {
            cut = Some(at);
            break;
        }
    }
    cut.and_then(|at| split(at, at))
}

/// Whether the words are a credit and cannot well be anything else.
fn credits(text: &str, desk: &Desk) -> bool {
    let text = text.trim().trim_end_matches('.');
    if text.is_empty() || text.len() > LONGEST || not_credit(text) {
        return false;
    }
    let words = without_file(text);
    if provided(words, desk) || (words.len() < text.len() && names_only(words)) {
        return true;
    }
    // "Photo by Ola Brandt" in brackets.
    label(text).is_some_and(|at| names_only(&text[at..]))
}

/// Whether a name in the words is a provider's, or a stroke stands between names.
fn provided(text: &str, desk: &Desk) -> bool {
    let text = without_file(text.trim().trim_end_matches('.'));
    if text.is_empty() || text.len() > LONGEST {
        return false;
    }
    if desk.knows(text) {
        return true;
    }
    if let Some((left, right)) = text.rsplit_once(" via ") {
        let right = right.trim_start_matches("the ");
        return names_only(right) && (desk.knows(right) || names_only(left));
    }
    // "ABC News: Ola Brandt".
    if let Some((left, right)) = text.split_once(": ") {
        return person_shaped(right) && names_only(left) && short(left, 4);
    }
    if text.contains('/') {
        // "Ingrid Marsh. Photo: Ola Brandt/PA" is a caption with its credit.
        let stops = text
            .match_indices(". ")
            .any(|(at, _)| text[..at].split_whitespace().next_back().is_some_and(|word| word.chars().count() > 2));
        if stops || text.contains(':') {
            return false;
        }
        let names: Vec<&str> = text.split('/').map(str::trim).collect();
        let named = names.iter().all(|name| !name.is_empty() && short(name, 6) && capitalised(name));
        return named && names_only(text) && names.iter().any(|name| desk.knows(name) || person_shaped(name));
    }
    // "Ola Brandt, Northsound Wire": the last is known.
    match text.rsplit_once(',') {
        Some((left, right)) => desk.knows(right) && names_only(left) && short(left, 6),
        None => {
            // "Ola Brandt for the Northsound", "AP Photo Ola Brandt" stay with labels and brackets.
            text.split_once(" for ").is_some_and(|(left, right)| person_shaped(left) && names_only(right))
        }
    }
}

/// Whether the text is made of names: capitalised words, initials, small words between them, no sentence.
fn names_only(text: &str) -> bool {
    let mut words = 0;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let small = matches!(
            bare,
            "via"
                | "for"
                | "of"
                | "the"
                | "and"
                | "by"
                | "from"
                | "in"
                | "de"
                | "la"
                | "van"
                | "von"
                | "der"
                | "del"
                | "da"
                | "file"
                | "photo"
                | "handout"
                | "courtesy"
        );
        if !(bare.is_empty()
            || capitalised(bare)
            || small
            || bare.starts_with(|c: char| c.is_ascii_digit())
            || word.starts_with('@')
            || bare.contains('.'))
        {
            return false;
        }
        words += usize::from(!bare.is_empty());
    }
    (1..=12).contains(&words)
}

fn short(text: &str, words: usize) -> bool {
    text.split_whitespace().nth(words).is_none()
}

fn not_credit(text: &str) -> bool {
    CAPTIONS
        .not_credit
        .iter()
        .any(|head| after(text, head).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// Where the words after a credit label begin ("Image: ", "Photo by ", "Image source, "); none without one.
fn label(text: &str) -> Option<usize> {
    let colon = CAPTIONS.credit.iter().find_map(|label| {
        let rest = after(text, label)?.trim_start();
        rest.strip_prefix([':', '：']).or_else(|| rest.strip_prefix(", ").filter(|_| label.contains(' ')))
    });
    let rest = match colon {
        Some(rest) => rest,
        None => CAPTIONS
            .credit_plain
            .iter()
            .find_map(|label| after(text, label).filter(|r| r.starts_with([' ', ',', ':'])))?,
    };
    let rest = rest.trim_start_matches([' ', ',', ':', '\u{a0}', '\t', '©']);
    // "Photo: by Ola Brandt", "Picture: Credit: Ola Brandt".
    let rest = after(rest, "by ").unwrap_or(rest);
    let at = text.len() - rest.len();
    Some(label(rest).map_or(at, |more| at + more))
}

/// Whether the label says "by" or "source", so that no caption can follow it.
fn plain_label(text: &str) -> bool {
    CAPTIONS.credit_plain.iter().any(|label| begins(text, label))
        || ["credit", "credits", "photograph", "photographer", "source"]
            .iter()
            .any(|label| after(text, label).is_some_and(|r| r.starts_with(':')))
}

/// What follows "Image caption", "Caption:", "Pictured:"; none without such a label.
fn caption_label(text: &str) -> Option<&str> {
    let told = CAPTIONS.caption.iter().find_map(|label| {
        let rest = after(text, label)?;
        // "Image caption The ferry" was how one site's pages pasted; a bare word wants its colon.
        let parted = rest.starts_with([':', ',', '|'])
            || (label.contains(' ') && label.contains("caption") && rest.starts_with(char::is_whitespace));
        parted.then(|| rest.trim_start_matches([':', ',', '|', ' ', '\u{a0}', '\t'])).filter(|rest| !rest.is_empty())
    });
    // "Image: The ferry at dusk": a credit has been looked for before.
    told.or_else(|| {
        CAPTIONS.picture.iter().find_map(|label| {
            let rest = after(text, label)?.strip_prefix(':')?.trim_start();
            (!rest.is_empty()).then_some(rest)
        })
    })
}

/// What follows "FILE PHOTO:", "FILE -"; none without such a label.
fn file_label(text: &str) -> Option<&str> {
    if !text.starts_with(['F', 'f', 'A', 'L', 'S']) {
        return None;
    }
    CAPTIONS.file.iter().find_map(|label| {
        let rest = after(text, label)?.trim_start();
        let parted = rest.starts_with(':') || (text.starts_with("FILE") && rest.starts_with(['-', '–', '—']));
        parted.then(|| rest.trim_start_matches([':', '-', '–', '—', ' ', '\u{a0}']))
    })
}

/// What follows a number in a gallery: "1of4", "1 of 4", "Photo 2 of 9:", "1/4"; none without one.
pub(super) fn counter(text: &str) -> Option<&str> {
    // "[1/2]The ferry at dusk".
    if let Some((inside, rest)) = text.strip_prefix('[').and_then(|t| t.split_once(']')) {
        return counter(inside).filter(|left| left.is_empty()).map(|_| rest.trim_start());
    }
    let rest = ["photo ", "image ", "picture ", "slide "].iter().find_map(|head| after(text, head)).unwrap_or(text);
    let named = rest.len() < text.len();
    let rest = digits(rest)?;
    let spaced = rest.starts_with(' ');
    let rest = rest.trim_start();
    let (rest, stroke) = match rest.strip_prefix("of") {
        Some(rest) => (rest, false),
        None => (rest.strip_prefix('/')?, true),
    };
    let after_digits = digits(rest.trim_start())?;
    // "1 of 4 ferries" begins a sentence; "1of4" and "Photo 1 of 4" never do. "1/4" wants a line or colon of its own.
    let glued = !spaced && !rest.starts_with(' ');
    let rest = after_digits.trim_start_matches([':', '.', ' ', '\u{a0}', '|', '-', '–', ')']);
    let sure = named || (glued && !stroke) || rest.is_empty() || after_digits.starts_with([':', '|']);
    (sure && (rest.is_empty() || capitalised(rest) || !rest.starts_with(char::is_alphanumeric))).then_some(rest)
}

/// What follows one to three digits.
fn digits(text: &str) -> Option<&str> {
    let n = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&n).then(|| &text[n..])
}

/// Whether the words begin as only captions do ("In this photo issued by").
fn starts_telling(text: &str) -> bool {
    CAPTIONS.heads.iter().any(|head| begins(text, head))
}

/// Whether the words say what only captions say ("(left)", "pictured right").
pub(super) fn telling(text: &str) -> bool {
    let lower = text.to_lowercase();
    CAPTIONS.telling.iter().any(|words| lower.contains(words))
}

/// The inside of the brackets that end the range, where brackets do.
fn bracketed(line: &str, within: Range<usize>) -> Option<Range<usize>> {
    let words = &line[within.clone()];
    let bare = words.trim_end().trim_end_matches('.');
    let (open, inside_end) = match bare.strip_suffix(')') {
        Some(inside) => ('(', inside.len()),
        None => ('[', bare.strip_suffix(']')?.len()),
    };
    let mut from = inside_end.saturating_sub(LONGEST);
    while !bare.is_char_boundary(from) {
        from += 1;
    }
    // A stop after the bracket belongs to a sentence, unless the bracket is one: "… at dusk. (Ola Brandt/PA)."
    let at = from + bare[from..inside_end].rfind(open)?;
    let inside = trim(line, within.start + at + 1..within.start + inside_end);
    if bare.len() < words.trim_end().len() && !bare[..at].trim_end().ends_with(['.', '!', '?', '”', '’']) {
        return None;
    }
    (!inside.is_empty() && !line[inside.clone()].contains([')', ']'])).then_some(inside)
}

/// Words and where they begin.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn trim(line: &str, range: Range<usize>) -> Range<usize> {
    let words = &line[range.clone()];
    let start = range.start + words.len() - words.trim_start().len();
    start..start.max(range.start + words.trim_end().len())
}

#[cfg(test)]
mod tests;
