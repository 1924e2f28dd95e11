//! Photo credits in the forms that agencies and newspapers print, and captions that end in one.
//!
//! Taught by: "(Ola Brandt/PA)", "(PA)", "REUTERS/Ola Brandt", "(AP Photo/Ola Brandt, File)", "(ITV via AP)",
//! "(Image: GETTY)", "Photograph: AFP via Getty", "Image source, Getty Images", "1of4", "FILE PHOTO: …".
//!
//! [`label`]s stand before captions and credits, [`owner`]s are whom a credit may name, and [`tail`] looks for a
//! credit at a line's end; [`parts`] takes a credit apart.

mod label;
mod owner;
mod parts;
mod tail;

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::byline;
use super::lexicon::{AGENCIES, CAPTIONS, begins, ends, lowered};
use super::names::person_shaped;
pub(super) use label::{counter, opens_a_line};
use owner::{credits, names_only, not_credit, provided, short, without_file};
pub use parts::credit;

/// Longest credit in bytes.
const LONGEST: usize = 120;

/// The agencies and photographers that one story makes known: an unknown name in one credit is no stranger in the next.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// In lower case.
    learned: FxHashSet<Box<[u8]>>,
    photographers: FxHashSet<Box<[u8]>>,
}

impl Desk {
    /// Remembers an agency by its name.
    pub fn learn(&mut self, name: &str) {
        remember(&mut self.learned, name);
    }

    /// Remembers who made a photo.
    pub fn learn_photographer(&mut self, name: &str) {
        remember(&mut self.photographers, name);
    }

    /// Whether the name is an agency's of those remembered, a word beside it ("Wire") aside.
    pub(super) fn has_learned(&self, name: &str) -> bool {
        if self.learned.is_empty() || name.len() > 60 {
            return false;
        }
        let name = name.trim();
        let head = || name.rsplit_once(' ').filter(|(_, last)| AGENCIES.beside.has(last)).map(|(head, _)| head);
        let known = |name: &str| lowered(name, |lower| self.learned.contains(lower));
        known(name) || head().is_some_and(known)
    }

    /// Whether the name is an agency's or another provider's, words beside it ("pool", "archive") aside.
    fn knows(&self, name: &str) -> bool {
        let name = name.trim().trim_end_matches('.');
        if name.is_empty() || name.len() > 60 {
            return false;
        }
        if AGENCIES.get(name).is_some() || self.has_learned(name) || self.has_photographer(name) {
            return true;
        }
        // "PA Wire pool", "Northsound archive".
        match name.rsplit_once(char::is_whitespace) {
            Some((head, last)) => AGENCIES.beside.has(last) && self.knows(head),
            None => false,
        }
    }

    fn has_photographer(&self, name: &str) -> bool {
        !self.photographers.is_empty() && lowered(name, |lower| self.photographers.contains(lower))
    }
}

fn remember(names: &mut FxHashSet<Box<[u8]>>, name: &str) {
    let name = name.trim();
    if !name.is_empty() && name.len() <= 60 {
        names.insert(name.to_lowercase().into_bytes().into());
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

/// The credit that a whole line gives, without label and brackets; none where the line is no credit.
///
/// "Ola Brandt, BBC News" may be a byline as well; only its place can tell.
/// Taught by: "ITV, ASSOCIATED PRESS", "Image source, Getty Images", "Photo: Ola Brandt", "(Ola Brandt/Northsound)",
/// "Ola Brandt | Getty Images", "© Northsound / Ola Brandt".
pub fn credit_line(line: &str, desk: &Desk) -> Option<Range<usize>> {
    if line.len() > LONGEST || byline::by_line(line).is_some() {
        return None;
    }
    let whole = tail::bracketed(line, 0..line.len()).filter(|inside| line[..inside.start].trim().len() == 1);
    let (start, end) = whole.map_or((0, line.len()), |inside| (inside.start, inside.end));
    let words = &line[start..end];
    if let Some(at) = label::credit(words) {
        let rest = &words[at..];
        // "Picture: the ferry leaves Merrow" is a caption; a credit is a name.
        let plain = label::is_plain(words) && names_only(rest);
        let named = provided(rest, desk) || person_shaped(without_file(rest)) || plain;
        return (named && !rest.is_empty() && !owner::claims_rights(words)).then_some(start + at..end);
    }
    if start > 0 {
        return credits(words, desk).then_some(start..end);
    }
    // "Ola Brandt Photo", "Ola Brandt photo".
    let photo =
        words.rsplit_once(' ').filter(|(_, last)| ["photo", "photos"].iter().any(|w| last.eq_ignore_ascii_case(w)));
    if photo.is_some_and(|(name, _)| person_shaped(name)) {
        return Some(start..end);
    }
    let bytes = words.as_bytes();
    let slashed = memchr::memchr2(b'/', b'|', bytes).is_some() || memchr::memmem::find(bytes, b" via ").is_some();
    let listed = words.split([',', '/']).all(|name| desk.knows(name));
    let last_known = words.contains(',') && short(words, 8) && provided(words, desk);
    ((slashed && credits(words, desk)) || listed || last_known).then_some(start..end)
}

/// Takes a line apart into caption and credit.
///
/// Cannot fail: a line without credit is all caption, and then not sure.
pub fn caption_line(line: &str, desk: &Desk) -> CaptionLine {
    if let Some(inside) = within_brackets(line) {
        let at = inside.start;
        let shifted = |range: Range<usize>| range.start + at..range.end + at;
        let inner = bare_line(&line[inside], desk);
        if let CaptionLine { caption, credit: Some(credit), .. } = &inner
            && !caption.is_empty()
        {
            return CaptionLine { caption: shifted(caption.clone()), credit: Some(shifted(credit.clone())), ..inner };
        }
    }
    bare_line(line, desk)
}

/// The inside of brackets that stand around a whole line: "(Photo: a ferry at dusk. Credit: Ola Brandt)".
fn within_brackets(line: &str) -> Option<Range<usize>> {
    let inside = line.strip_prefix('(')?.strip_suffix(')')?;
    // "(Left) a ferry (PA)" has two of them.
    let mut depth = 0;
    let whole = inside.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    });
    (whole && inside.len() <= LONGEST * 4).then(|| 1..1 + inside.len())
}

/// Takes a line without brackets around it apart.
fn bare_line(line: &str, desk: &Desk) -> CaptionLine {
    let mut out = CaptionLine { caption: trim(line, 0..line.len()), ..CaptionLine::default() };
    while let Some(at) = page_tail(&line[out.caption.clone()]) {
        out.caption = trim(line, out.caption.start..out.caption.start + at);
    }
    if label::credit(line).is_some()
        && let Some(credit) = credit_line(&line[..out.caption.end], desk).filter(|c| label::is_all(&line[..c.start]))
    {
        return CaptionLine {
            caption: credit.start..credit.start,
            credit: Some(credit),
            file_photo: false,
            sure: true,
        };
    }
    loop {
        let words = &line[out.caption.clone()];
        if let Some(rest) = counter(words).or_else(|| label::caption(words)) {
            out.sure = true;
            out.caption.start += words.len() - rest.len();
        } else if let Some(rest) = label::file(words) {
            (out.sure, out.file_photo) = (true, true);
            out.caption.start += words.len() - rest.len();
        } else {
            break;
        }
        out.caption = trim(line, out.caption);
    }
    // "(Ola Brandt/PA) (Ola Brandt/PA)": the last is the credit, all go.
    while let Some(inside) = tail::bracketed(line, out.caption.clone()) {
        let open = line[..inside.start].trim_end().len() - 1;
        let before = trim(line, out.caption.start..open);
        let stopped = line[before.clone()].ends_with(['.', '!', '?', '”', '’', '"']);
        let words = &line[inside.clone()];
        let at = label::credit(words).or_else(|| label::credit_bracketed(words)).unwrap_or(0);
        out.file_photo |= at > 0 && begins(words, "file");
        // "[CNN]" is a newsletter's link as often as a credit.
        let square = line[..inside.start].trim_end().ends_with('[') && !words.contains('/');
        // "The Kittiwake at dusk (Ola Brandt)": no stop within, none after.
        let unstopped = || {
            line[..out.caption.end].ends_with(')')
                && !line[before.clone()].contains(". ")
                && !short(&line[before.clone()], 3)
        };
        let named = (at > 0 && !begins(words, "by "))
            || (credits(&words[at..], desk) && !square)
            || (person_shaped(&words[at..]) && (stopped || unstopped()));
        if !named || not_credit(words) || before.is_empty() {
            break;
        }
        out.file_photo |= CAPTIONS.file_words.has(words);
        out.credit.get_or_insert(trim(line, inside.start + at..inside.end));
        out.caption = before;
        out.sure = true;
    }
    if out.credit.is_none()
        && let Some((caption, credit)) = tail::unbracketed(line, out.caption.clone(), desk)
    {
        (out.caption, out.credit, out.sure) = (caption, Some(credit), true);
    }
    if let Some(credit) = &out.credit {
        // "ImageThe ferry at dusk.Credit...Ola Brandt": the label lost its blank as well.
        let glued = line[out.caption.clone()].strip_prefix("Image").filter(|rest| rest.starts_with(char::is_uppercase));
        if glued.is_some() {
            out.caption.start += "Image".len();
        }
        let words = &line[credit.clone()];
        out.file_photo |= without_file(words).len() < words.len();
    }
    out.sure |= CAPTIONS.heads.begin(&line[out.caption.clone()]);
    out
}

/// Where the page's own words after a caption begin ("Acquire Licensing Rights", "hide caption").
fn page_tail(words: &str) -> Option<usize> {
    // All of them end in one of these letters.
    if !words.ends_with(['s', 'S', 'b', 'n', 'e', 'o', 'd']) {
        return None;
    }
    let tail = CAPTIONS.tails.iter().filter(|tail| ends(words, tail)).max_by_key(|tail| tail.len())?;
    let at = words.len() - tail.len();
    let parted = !words[..at].ends_with(char::is_alphanumeric) || tail.starts_with(',');
    (at > 0 && parted).then_some(at)
}

/// Whether the words say what only captions say ("(left)", "pictured right").
pub(super) fn telling(text: &str) -> bool {
    let open = text.ends_with(|c: char| c.is_alphanumeric() || c == ')');
    let mut sides = (false, false);
    let (sure, unstopped) = (&CAPTIONS.telling, &CAPTIONS.telling_unstopped);
    for at in starts(text, |b| sure.may_begin(b) || unstopped.may_begin(b)) {
        let rest = &text[at..];
        if sure.begin(rest) || (open && unstopped.begin(rest)) {
            return true;
        }
        sides.0 |= begins(rest, "(l)");
        sides.1 |= begins(rest, "(r)");
    }
    // "(R)" alone is a party.
    sides == (true, true) || (open && CAPTIONS.telling_tails.iter().any(|words| ends(text, words)))
}

/// Where words, brackets or commas stand whose first byte is wanted.
fn starts(text: &str, wanted: impl Fn(u8) -> bool) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter(move |(_, byte)| wanted(**byte)).map(|(at, _)| at).filter(move |at| {
        let before = at.checked_sub(1).map(|i| bytes[i]);
        match before {
            None | Some(b' ' | b'(' | b'\t') => true,
            Some(_) if !bytes[*at].is_ascii_alphabetic() => true,
            Some(before) if before.is_ascii() => false,
            Some(_) => text[..*at].ends_with(char::is_whitespace),
        }
    })
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
