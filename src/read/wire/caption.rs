//! Captions, doubled captions and credit lines among the units.

use std::ops::Range;

use super::units::Unit;
use super::{Draft, stems};
use crate::model::BlockKind;
use crate::read::credit::{self, CaptionLine, Desk};
use crate::read::lexicon::begins;

/// Where a photo's parts stand among the drafts; a range is bytes of that draft's text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) alt: Option<usize>,
    pub(super) caption: Option<(usize, Range<usize>)>,
    pub(super) credit: Option<(usize, Range<usize>)>,
    pub(super) file_photo: bool,
}

/// Learns the agencies that the story's own credits name, "Northsound" of "(Ola Brandt/Northsound)".
pub(super) fn learn(units: &[Unit<'_>], desk: &mut Desk) {
    for unit in units {
        // Only a bracket or a stroke near the end can part photographer and agency.
        let mut from = unit.text.len().saturating_sub(80);
        while !unit.text.is_char_boundary(from) {
            from += 1;
        }
        if !unit.text[from..].contains('/') {
            continue;
        }
        let line = credit::caption_line(&unit.text, desk);
        let Some(printed) = line.credit.map(|c| credit::credit(&unit.text[c])) else { continue };
        if printed.photographer.is_some()
            && let Some(agency) = &printed.agency
        {
            desk.learn(agency);
        }
    }
}

/// Whether the second line says the first again, with nothing more than a credit.
///
/// Taught by: "A ferry at dusk. (Ola Brandt/PA)" over "A ferry at dusk. (Ola Brandt/PA) (Ola Brandt/PA)".
pub(super) fn says_again(alt: &str, caption: &str) -> bool {
    again(alt, caption).is_some()
}

/// Where the words that both lines say end in the second.
fn again(alt: &str, caption: &str) -> Option<usize> {
    let desk = Desk::default();
    let words = &alt[credit::caption_line(alt, &desk).caption];
    let words = words.trim_end_matches('.').trim_end();
    words.split_whitespace().nth(1)?;
    let start = caption.find(words).filter(|at| *at <= 24)?;
    let end = start + words.len();
    let rest = caption[end..].trim().trim_start_matches('.').trim();
    let bracketed =
        rest.starts_with(['(', '[']) && rest.trim_end_matches('.').ends_with([')', ']']) && rest.len() <= 240;
    let credited = || {
        let line = credit::caption_line(caption, &desk);
        line.credit.is_some() && line.caption.end <= end + 1
    };
    (rest.is_empty() || bracketed || credited()).then_some(end)
}

/// Marks the captions, alt lines and credit lines among the drafts that nothing else has claimed.
pub(super) fn mark(drafts: &mut [Draft<'_>], desk: &Desk) -> Vec<Found> {
    let mut marker =
        Marker { drafts, desk, photos: Vec::new(), waiting: None, due: Due::Nothing, unclaimed: 0, last: None };
    let mut at = 0;
    while at < marker.drafts.len() {
        let next = marker.step(at);
        for passed in at..next {
            marker.unclaimed += usize::from(marker.drafts[passed].kind.is_none());
            if marker.drafts[passed].kind != Some(BlockKind::Meta) {
                marker.last = Some(passed);
            }
        }
        at = next;
    }
    marker.photos
}

/// Adds captions that have nothing but their place, and puts the photos in the story's order again.
pub(super) fn add(drafts: &mut [Draft<'_>], photos: &mut Vec<Found>, captions: &[usize]) {
    if captions.is_empty() {
        return;
    }
    for &at in captions {
        let line = credit::caption_line(&drafts[at].unit.text, &Desk::default());
        photos.push(Found { caption: Some((at, line.caption)), ..Found::default() });
    }
    photos.sort_by_key(|photo| photo.caption.as_ref().map(|(at, _)| *at));
    for (number, photo) in (0..).zip(photos.iter()) {
        if let Some(alt) = photo.alt {
            drafts[alt].kind = Some(BlockKind::Alt(number));
        }
        if let Some((at, _)) = photo.caption {
            drafts[at].kind = Some(BlockKind::Caption(number));
        }
    }
}

/// What the line before announced.
#[derive(Clone, Copy, PartialEq)]
enum Due {
    Nothing,
    /// "Image caption" or "1of4" on a line of its own.
    Caption,
    /// "Image source" on a line of its own.
    Credit,
}

struct Marker<'d, 'a> {
    drafts: &'d mut [Draft<'a>],
    desk: &'d Desk,
    photos: Vec<Found>,
    /// A credit line that stood before its caption.
    waiting: Option<(usize, Range<usize>)>,
    due: Due,
    /// Unclaimed lines above: the first of them may be the headline.
    unclaimed: usize,
    /// The last line that is not mere furniture.
    last: Option<usize>,
}

impl Marker<'_, '_> {
    /// Looks at one draft; returns the next to look at.
    fn step(&mut self, at: usize) -> usize {
        let text = self.drafts[at].unit.text.clone();
        if let Some(due) = announces(&text) {
            self.drafts[at].kind = Some(BlockKind::Meta);
            self.due = due;
            return at + 1;
        }
        if self.drafts[at].kind.is_some() {
            return at + 1;
        }
        let due = std::mem::replace(&mut self.due, Due::Nothing);
        if let Some(end) = self.doubled(at) {
            self.pair(at, Some(end));
            return at + 2;
        }
        if due == Due::Credit && text.len() <= 120 {
            let credit = credit::credit_line(&text, self.desk).unwrap_or(0..text.len());
            self.drafts[at].kind = Some(BlockKind::CreditLine);
            self.waiting = Some((at, credit));
            return at + 1;
        }
        if let Some(credit) = credit::credit_line(&text, self.desk)
            && self.credit_line(at, &text, credit)
        {
            return at + 1;
        }
        let line = credit::caption_line(&text, self.desk);
        if due == Due::Caption || self.is_caption(at, &text, &line) {
            self.caption(at, None, line);
        } else if self.other_words(at) {
            self.pair(at, None);
            return at + 2;
        }
        at + 1
    }

    /// Where the next draft says this one again; the end of the words that both say.
    fn doubled(&self, at: usize) -> Option<usize> {
        let (draft, next) = (&self.drafts[at], self.drafts.get(at + 1)?);
        if next.kind.is_some_and(|kind| kind != BlockKind::Meta) || draft.unit.text.len() > 2000 {
            return None;
        }
        let end = again(&draft.unit.text, &next.unit.text)?;
        // Two lines that are quite the same at the top are a headline twice.
        let same = draft.unit.text.len() >= next.unit.text.len();
        (!same || self.unclaimed > 0).then_some(end)
    }

    /// Whether alt text and caption stand on two lines without a blank between, in other words.
    ///
    /// Only where the copy parts its paragraphs by blank lines, and the second line ends in a credit.
    fn other_words(&self, at: usize) -> bool {
        let (draft, Some(next)) = (&self.drafts[at], self.drafts.get(at + 1)) else { return false };
        let alone = draft.unit.apart && !next.unit.apart && self.drafts.get(at + 2).is_none_or(|d| d.unit.apart);
        if !alone || next.kind.is_some() || self.unclaimed == 0 || short(&draft.unit.text, 40).is_none() {
            return false;
        }
        let line = credit::caption_line(&next.unit.text, self.desk);
        line.credit.is_some() && shares_words(&draft.unit.text, &next.unit.text)
    }

    /// Claims an alt line and the caption after it.
    fn pair(&mut self, at: usize, again: Option<usize>) {
        let text = self.drafts[at + 1].unit.text.clone();
        let mut line = credit::caption_line(&text, self.desk);
        // What follows the words said twice is the credit, whatever it looks like.
        if let Some(end) = again
            && line.credit.is_none()
            && let Some(open) = text[end..].rfind(['(', '['])
        {
            let inside = end + open + 1..text.trim_end_matches([')', ']', '.']).len();
            if inside.start < inside.end {
                line.credit = Some(inside);
                let stop = usize::from(text[end..].starts_with('.'));
                line.caption.end = end + stop;
            }
        }
        self.caption(at + 1, Some(at), line);
    }

    /// Claims a caption, with its alt line and the credit line that waits for it.
    fn caption(&mut self, at: usize, alt: Option<usize>, line: CaptionLine) {
        let number = u32::try_from(self.photos.len()).unwrap_or(u32::MAX);
        if let Some(alt) = alt {
            self.drafts[alt].kind = Some(BlockKind::Alt(number));
        }
        self.drafts[at].kind = Some(BlockKind::Caption(number));
        let own = line.credit.map(|credit| (at, credit));
        // A credit waits for the next line or two, not for a photo further down.
        let waiting = self.waiting.take().filter(|(above, _)| at - above <= 3);
        self.photos.push(Found {
            alt,
            caption: Some((at, line.caption)),
            credit: own.or(waiting),
            file_photo: line.file_photo,
        });
    }

    /// Claims a credit line, unless it names the story's own agency; whether it did.
    fn credit_line(&mut self, at: usize, text: &str, credit: Range<usize>) -> bool {
        let before = self.last;
        let labelled = credit.start > 0 || text.contains('/') || text.contains(" via ");
        let source =
            ["image source", "image copyright", "media source", "video source"].iter().any(|l| begins(text, l));
        let kind = before.and_then(|i| self.drafts[i].kind);
        let next_is_caption = self.drafts.get(at + 1).is_some_and(|next| {
            next.kind.is_none() && {
                let line = credit::caption_line(&next.unit.text, self.desk);
                line.sure && line.credit.is_none()
            } || announces(&next.unit.text) == Some(Due::Caption)
        });
        let uncredited = self.photos.last().is_some_and(|photo| photo.credit.is_none());
        match (before, kind) {
            (_, Some(BlockKind::Caption(_))) if uncredited => self.give(at, credit),
            _ if next_is_caption && (labelled || !text.contains(',')) => self.waiting = Some((at, credit)),
            (_, Some(BlockKind::Caption(_) | BlockKind::CreditLine)) => {}
            // The line before is a caption that only its credit shows to be one.
            (Some(before), None) if labelled && !source && self.may_be_caption(before, at) => {
                let words = self.drafts[before].unit.text.clone();
                self.unclaimed -= 1;
                self.caption(before, None, credit::caption_line(&words, self.desk));
                self.give(at, credit);
            }
            _ if !labelled => return false,
            _ => self.waiting = Some((at, credit)),
        }
        self.drafts[at].kind = Some(BlockKind::CreditLine);
        true
    }

    /// Gives the last photo its credit.
    fn give(&mut self, at: usize, credit: Range<usize>) {
        if let Some(photo) = self.photos.last_mut() {
            photo.credit = Some((at, credit));
        }
    }

    /// Whether the unclaimed line before a credit line can be its caption.
    fn may_be_caption(&self, before: usize, at: usize) -> bool {
        let unit = &self.drafts[before].unit;
        let limit = if !self.drafts[at].unit.apart {
            60
        } else if unit.text.ends_with('.') {
            25
        } else {
            40
        };
        self.unclaimed > 1
            && before + 1 == at
            && short(&unit.text, limit).is_some()
            && !unit.text.contains(['“', '”', '"'])
            && !super::byline::bare(&unit.text)
            && !super::head::goes_on(&unit.text)
    }

    /// Whether a line is a caption by itself.
    fn is_caption(&self, at: usize, text: &str, line: &CaptionLine) -> bool {
        if text.len() > 1500 {
            return false;
        }
        if line.sure {
            // Agencies close a story with their name in brackets: "… on Friday. (ANI)".
            let last =
                self.drafts[at + 1..].iter().all(|d| matches!(d.kind, Some(BlockKind::Meta | BlockKind::Endnote)));
            let closes = last
                && self.photos.is_empty()
                && short(text, 12).is_none()
                && line.credit.as_ref().is_some_and(|c| !text[c.clone()].contains(['/', ' ']));
            return !closes && (line.credit.is_some() || short(text, 90).is_some());
        }
        self.unclaimed > 0 && short(text, 45).is_some() && !text.contains(['“', '”', '"']) && credit::telling(text)
    }
}

/// What a line of its own announces: "Image caption", "Image source", "1of4".
fn announces(text: &str) -> Option<Due> {
    if text.len() > 24 {
        return None;
    }
    let bare = text.trim_end_matches([':', ',', ' ']).to_lowercase();
    match &*bare {
        "image caption" | "media caption" | "caption" | "photo caption" | "picture caption" | "video caption" => {
            Some(Due::Caption)
        }
        "image source" | "image copyright" | "photo credit" | "image credit" | "credit" => Some(Due::Credit),
        _ => credit::counter(text).filter(|rest| rest.is_empty()).map(|_| Due::Caption),
    }
}

/// The text, where it has at most so many words.
fn short(text: &str, words: usize) -> Option<&str> {
    text.split_whitespace().nth(words).is_none().then_some(text)
}

/// Whether the second text has a good part of the first one's longer words.
fn shares_words(first: &str, second: &str) -> bool {
    let (first, second) = (stems(first), stems(second));
    let shared = first.iter().filter(|w| second.contains(*w)).count();
    shared > 0 && shared * 3 >= first.len()
}
