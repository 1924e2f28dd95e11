//! Captions, doubled captions and credit lines among the units.

use std::ops::Range;

use super::look::sign;
use super::units::Unit;
use super::{Draft, again, dateline, stems};
use crate::model::BlockKind;
use crate::read::credit::{self, CaptionLine, Desk};
use crate::read::lexicon::{AGENCIES, CAPTIONS, DATES, begins};
use crate::read::names::person_shaped;

/// Longest line in bytes that can be a caption.
const LONGEST: usize = 2000;

/// Where a photo's parts stand among the drafts; a range is bytes of that draft's text.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) alt: Option<usize>,
    pub(super) caption: Option<(usize, Range<usize>)>,
    pub(super) credit: Option<(usize, Range<usize>)>,
    /// The line under a photographer's name that gives the agency.
    pub(super) agency: Option<usize>,
    pub(super) file_photo: bool,
}

/// Learns the agencies and photographers that the story's own credits name, "Northsound" of "(Ola Brandt/Northsound)".
pub(super) fn learn(units: &[Unit<'_>], desk: &mut Desk) {
    for unit in units.iter().filter(|u| u.look.has(sign::STROKE) && u.text.len() <= LONGEST) {
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
        if let Some(photographer) = &printed.photographer {
            desk.learn_photographer(photographer);
            if let Some(agency) = &printed.agency {
                desk.learn(agency);
            }
        }
    }
}

/// Marks the captions, alt lines and credit lines among the drafts that nothing else has claimed.
pub(super) fn mark(drafts: &mut [Draft<'_>], desk: &Desk) -> Vec<Found> {
    let lines = vec![None; drafts.len()];
    let mut marker = Marker {
        drafts,
        desk,
        lines,
        photos: Vec::new(),
        waiting: None,
        due: Due::Nothing,
        unclaimed: 0,
        told: false,
        last: None,
    };
    let mut at = 0;
    while at < marker.drafts.len() {
        let next = marker.step(at);
        for passed in at..next {
            let draft = &marker.drafts[passed];
            marker.unclaimed += usize::from(draft.kind.is_none());
            marker.told |= draft.kind.is_none() && draft.unit.look.words() > 14 && draft.unit.text.ends_with(STOPS);
            if draft.kind != Some(BlockKind::Meta) {
                marker.last = Some(passed);
            }
        }
        at = next;
    }
    marker.photos
}

/// What a paragraph ends with.
const STOPS: [char; 7] = ['.', '!', '?', '”', '"', '’', ')'];

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
    /// "Image:" on a line of its own: a caption, or only a picture.
    Picture,
    /// "Image source" on a line of its own.
    Credit,
}

/// What shows a line to be a credit.
#[derive(Clone, Copy, PartialEq)]
enum Labelled {
    /// Only that an agency has the name.
    No,
    /// A stroke, a bar, brackets.
    BySign,
    /// "Credit:", "Picture by".
    ByWord,
}

struct Marker<'d, 'a> {
    drafts: &'d mut [Draft<'a>],
    desk: &'d Desk,
    /// The drafts' lines taken apart, as far as they have been.
    lines: Vec<Option<CaptionLine>>,
    photos: Vec<Found>,
    /// A credit line that stood before its caption.
    waiting: Option<(usize, Range<usize>)>,
    due: Due,
    /// Unclaimed lines above: the first of them may be the headline.
    unclaimed: usize,
    /// Whether one of them has the length and the end of a paragraph.
    told: bool,
    /// The last line that is not mere furniture.
    last: Option<usize>,
}

impl<'a> Marker<'_, 'a> {
    /// Looks at one draft; returns the next to look at.
    fn step(&mut self, at: usize) -> usize {
        let unit = &self.drafts[at].unit;
        if let Some(due) = announces(&unit.text) {
            let hidden = at.checked_sub(1).is_some_and(|i| begins(&self.drafts[i].unit.text, "hide caption"));
            self.drafts[at].kind = Some(BlockKind::Meta);
            self.due = if hidden { Due::Nothing } else { due };
            return at + 1;
        }
        if self.drafts[at].kind.is_some() {
            return at + 1;
        }
        let due = std::mem::replace(&mut self.due, Due::Nothing);
        if unit.text.len() > LONGEST {
            return at + 1;
        }
        if let Some(end) = self.doubled(at) {
            return self.pair(at, Some(end));
        }
        if due == Due::Credit && self.text(at).len() <= 120 {
            let text = self.text(at);
            let credit = credit::credit_line(text, self.desk).unwrap_or(0..text.len());
            self.drafts[at].kind = Some(BlockKind::CreditLine);
            self.waiting = Some((at, credit));
            return at + 1;
        }
        if let Some(credit) = credit::credit_line(self.text(at), self.desk)
            && self.credit_line(at, credit)
        {
            return at + 1;
        }
        if self.photographer_over_agency(at) {
            return at + 2;
        }
        if self.is_due(at, due) || self.is_caption(at) {
            let line = self.line(at).clone();
            self.caption(at, None, line);
        } else if self.other_words(at) {
            return self.pair(at, None);
        }
        at + 1
    }

    fn text(&self, at: usize) -> &str {
        &self.drafts[at].unit.text
    }

    /// A draft's line taken apart, once.
    fn line(&mut self, at: usize) -> &CaptionLine {
        let (drafts, desk) = (&self.drafts, self.desk);
        self.lines[at].get_or_insert_with(|| credit::caption_line(&drafts[at].unit.text, desk))
    }

    /// Whether the draft is what the line before announced.
    fn is_due(&mut self, at: usize, due: Due) -> bool {
        let words = self.drafts[at].unit.look.words();
        match due {
            Due::Nothing | Due::Credit => false,
            Due::Caption => words <= 90,
            Due::Picture => {
                let text = self.text(at);
                let open = words <= 40 && !text.ends_with(STOPS) && !text.ends_with(':');
                open || self.credited_below(at)
            }
        }
    }

    /// Whether a credit stands on the line below.
    fn credited_below(&self, at: usize) -> bool {
        self.drafts.get(at + 1).is_some_and(|next| {
            next.kind.is_none() && !next.unit.apart && credit::credit_line(&next.unit.text, self.desk).is_some()
        })
    }

    /// Where the next draft says this one again; the end of the words that both say.
    fn doubled(&mut self, at: usize) -> Option<usize> {
        let next = self.drafts.get(at + 1)?;
        if next.kind.is_some_and(|kind| kind != BlockKind::Meta) || next.unit.text.len() > LONGEST {
            return None;
        }
        let first = self.line(at).clone();
        let (alt, caption) = (&*self.drafts[at].unit.text, &*self.drafts[at + 1].unit.text);
        let end = again::end(alt, &first, caption, || credit::caption_line(caption, self.desk))?;
        // Two lines that are quite the same at the top are a headline twice.
        let same = alt.len() >= caption.len() && first.credit.is_none();
        (!same || self.unclaimed > 0).then_some(end)
    }

    /// Whether alt text and caption stand on two lines in other words.
    ///
    /// Only where the second line ends in a credit, and either begins with the first ("Ingrid Marsh" over "Ingrid Marsh
    /// arrives") or stands without a blank line below it in copy that parts its paragraphs by such.
    fn other_words(&mut self, at: usize) -> bool {
        let (draft, Some(next)) = (&self.drafts[at], self.drafts.get(at + 1)) else { return false };
        let alone = draft.unit.apart && !next.unit.apart && self.drafts.get(at + 2).is_none_or(|d| d.unit.apart);
        let words = draft.unit.look.words();
        let begun = words <= 6 && again::begins(&draft.unit.text, &next.unit.text);
        if !(alone || begun) || next.kind.is_some() || self.unclaimed == 0 || words > 40 {
            return false;
        }
        let line = self.line(at + 1);
        if line.credit.is_none() || line.caption.is_empty() {
            return false;
        }
        let (alt, caption) = (self.text(at), self.text(at + 1));
        // A crosshead over a caption has few words, a paragraph ends in a stop.
        let open = words > 5 && !alt.ends_with(STOPS);
        begun || open || shares_words(alt, caption)
    }

    /// Claims an alt line and the caption after it; of two equal lines the one that has the credit is the caption.
    fn pair(&mut self, at: usize, again: Option<usize>) -> usize {
        let first = self.line(at).clone();
        let mut line = self.line(at + 1).clone();
        let text = &self.drafts[at + 1].unit.text;
        if again.is_some() && line.credit.is_none() && first.credit.is_some() && !text.ends_with([')', ']']) {
            self.caption(at, Some(at + 1), first);
            return at + 2;
        }
        // What follows the words said twice is the credit, whatever it looks like.
        if let Some(end) = again
            && line.credit.is_none()
            && let Some(open) = text[end..].rfind(['(', '['])
        {
            let inside = end + open + 1..text.trim_end_matches([')', ']', '.']).len();
            if inside.start < inside.end {
                line.caption.end = line.caption.start + text[line.caption.start..end + open].trim_end().len();
                line.credit = Some(inside);
            }
        }
        self.caption(at + 1, Some(at), line);
        at + 2
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
            agency: None,
            file_photo: line.file_photo,
        });
    }

    /// Claims a credit line, unless it names the story's own agency; whether it did.
    fn credit_line(&mut self, at: usize, credit: Range<usize>) -> bool {
        let before = self.last;
        let unit = &self.drafts[at].unit;
        let labelled = if credit.start > 1 {
            Labelled::ByWord
        } else if credit.start > 0 || unit.look.has(sign::STROKE | sign::BAR) || unit.text.contains(" via ") {
            Labelled::BySign
        } else {
            Labelled::No
        };
        let named = labelled != Labelled::No;
        let source = ["image source", "image copyright", "media source", "video source", "©"]
            .iter()
            .any(|l| begins(&unit.text, l));
        let kind = before.and_then(|i| self.drafts[i].kind);
        if self.signs_off(at) {
            self.drafts[at].kind = Some(BlockKind::Meta);
            return true;
        }
        let next_is_caption = self.next_is_caption(at, named);
        let comma = self.text(at).contains(',');
        let uncredited = self.photos.last().is_some_and(|photo| photo.credit.is_none());
        match (before, kind) {
            (_, Some(BlockKind::Caption(_) | BlockKind::Alt(_))) if uncredited => self.give(at, credit),
            _ if next_is_caption && (named || !comma) => {
                self.waiting = Some((at, credit));
                self.due = Due::Caption;
            }
            // An agency alone between caption and story may have sent it.
            (_, Some(BlockKind::Caption(_) | BlockKind::CreditLine | BlockKind::Alt(_)))
                if named || comma || self.told => {}
            // The line before is a caption that only its credit shows to be one.
            (Some(before), None) if (named || self.told) && !source && self.may_be_caption(before, at, labelled) => {
                let line = self.line(before).clone();
                self.unclaimed -= 1;
                self.caption(before, None, line);
                self.give(at, credit);
            }
            _ if !named => return false,
            _ => self.waiting = Some((at, credit)),
        }
        self.drafts[at].kind = Some(BlockKind::CreditLine);
        true
    }

    /// Whether the next line is a caption without a credit of its own.
    fn next_is_caption(&mut self, at: usize, named: bool) -> bool {
        let Some(next) = self.drafts.get(at + 1) else { return false };
        if announces(&next.unit.text) == Some(Due::Caption) {
            return true;
        }
        if next.kind.is_some() || next.unit.text.len() > LONGEST {
            return false;
        }
        // "OLA BRANDT/NORTHSOUND" over a caption that nothing else shows to be one: the two stand in a group of their own.
        let (unit, next) = (&self.drafts[at].unit, &self.drafts[at + 1].unit);
        let group = unit.apart && !next.apart && self.drafts.get(at + 2).is_none_or(|d| d.unit.apart);
        let under = named
            && self.unclaimed > 0
            && group
            && next.look.words() <= 40
            && !next.look.has(sign::DOUBLE)
            && dateline::dateline(&next.text).is_none();
        let line = self.line(at + 1);
        line.credit.is_none() && (line.sure || under)
    }

    /// Whether the line is an agency's name in brackets, or its claim of rights, under the whole story.
    fn signs_off(&self, at: usize) -> bool {
        let text = self.text(at);
        let alone = !self.drafts[at].unit.look.has(sign::STROKE | sign::BAR)
            && (text.starts_with('©') || (text.starts_with('(') && !text.contains([',', ':'])));
        alone && self.told && self.closes(at)
    }

    /// Whether nothing of the story follows.
    fn closes(&self, at: usize) -> bool {
        self.drafts[at + 1..].iter().all(|d| matches!(d.kind, Some(BlockKind::Meta | BlockKind::Endnote)))
    }

    /// Gives the last photo its credit.
    fn give(&mut self, at: usize, credit: Range<usize>) {
        if let Some(photo) = self.photos.last_mut() {
            photo.credit = Some((at, credit));
        }
    }

    /// Claims a photographer's name on one line and the agency of pictures on the next, under their caption.
    fn photographer_over_agency(&mut self, at: usize) -> bool {
        let (unit, Some(next)) = (&self.drafts[at].unit, self.drafts.get(at + 1)) else { return false };
        let pictures = |text: &str| {
            let names_pictures = ["photo", "photos", "images", "pictures", "photographer"]
                .iter()
                .any(|w| crate::read::lexicon::ends(text, w));
            next.unit.look.words() <= 4
                && (names_pictures || AGENCIES.get(text).is_some_and(|(_, sells_text)| !sells_text))
        };
        let named = next.kind.is_none() && !next.unit.apart && unit.look.words() <= 4;
        if !named || !pictures(&next.unit.text) || !person_shaped(&unit.text) {
            return false;
        }
        let Some(before) = self.last.filter(|before| self.may_be_caption(*before, at, Labelled::BySign)) else {
            return false;
        };
        let length = self.text(at).len();
        let uncredited = self.photos.last().is_some_and(|photo| photo.credit.is_none());
        match self.drafts[before].kind {
            None => {
                let line = self.line(before).clone();
                self.unclaimed -= 1;
                self.caption(before, None, line);
            }
            Some(BlockKind::Caption(_)) if uncredited => {}
            _ => return false,
        }
        self.give(at, 0..length);
        if let Some(photo) = self.photos.last_mut() {
            photo.agency = Some(at + 1);
        }
        self.drafts[at].kind = Some(BlockKind::CreditLine);
        self.drafts[at + 1].kind = Some(BlockKind::CreditLine);
        true
    }

    /// Whether the unclaimed line before a credit line can be its caption.
    fn may_be_caption(&self, before: usize, at: usize, labelled: Labelled) -> bool {
        let unit = &self.drafts[before].unit;
        // The two stand together, and apart from what is above.
        let together = unit.apart && !self.drafts[at].unit.apart;
        let limit = if together {
            60
        } else if unit.text.ends_with('.') {
            25
        } else {
            40
        };
        // A bare "Reuters" tells less than "Ola Brandt/Reuters".
        let open = labelled != Labelled::No || (!unit.text.ends_with(STOPS) && unit.look.words() >= 3);
        (self.unclaimed > 1 || self.drafts[before].kind.is_some())
            && open
            && before + 1 == at
            && unit.look.words() <= limit
            && (together || !unit.text.ends_with('.') || depicts(&unit.text))
            && !unit.look.has(sign::DOUBLE)
            && (labelled == Labelled::ByWord && self.told || !super::byline::bare(&unit.text))
            && !super::head::goes_on(&unit.text)
    }

    /// Whether a line is a caption by itself.
    fn is_caption(&mut self, at: usize) -> bool {
        let words = self.drafts[at].unit.look.words();
        let line = self.line(at);
        if line.sure {
            let credit = line.credit.clone();
            let text = self.text(at);
            // Agencies close a story with their name in brackets: "… on Friday. (ANI)".
            let closes = words > 12
                && self.photos.is_empty()
                && credit
                    .as_ref()
                    .is_some_and(|c| !text[c.clone()].contains(['/', ' ']) || begins(&text[..c.start], "source"))
                && self.closes(at);
            return !closes && (credit.is_some() || words <= 90);
        }
        let unit = &self.drafts[at].unit;
        self.unclaimed > 0 && words <= 45 && !unit.look.has(sign::DOUBLE) && credit::telling(&unit.text)
    }
}

/// Whether a whole sentence says what one sees rather than what happened: it has few words, a day, or a name with a
/// verb of the present behind it. A paragraph of the story may stand over a picture's credit as well.
fn depicts(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    let mut named = false;
    for n in 0.. {
        let Some(word) = words.next() else { return n <= 12 };
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        // "in December" tells of another time, "December 12" of the picture's day.
        let dated = DATES.weekdays.has(bare)
            || (DATES.month(bare).is_some()
                && words.peek().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit())));
        let present = n < 10 && (bare.ends_with('s') || bare.ends_with("ing") || bare == "are");
        let small = bare.starts_with(char::is_lowercase)
            && !matches!(bare, "was" | "has" | "does" | "his" | "its" | "this" | "as" | "us");
        if dated || (named && present && small) {
            return true;
        }
        named = bare.starts_with(char::is_uppercase) && !matches!(bare, "The" | "A" | "An");
    }
    false
}

/// What a line of its own announces: "Image caption", "Image source", "1of4".
fn announces(text: &str) -> Option<Due> {
    if text.len() > 24 {
        return None;
    }
    let bare = text.trim_end_matches([':', ',', ' ']);
    if CAPTIONS.caption_lines.has(bare) {
        return Some(Due::Caption);
    }
    if CAPTIONS.credit_lines.has(bare) {
        return Some(Due::Credit);
    }
    if CAPTIONS.picture_lines.has(bare) {
        return Some(Due::Picture);
    }
    credit::counter(text).filter(|rest| rest.is_empty()).map(|_| Due::Caption)
}

/// Whether the second text has a good part of the first one's longer words.
fn shares_words(first: &str, second: &str) -> bool {
    let (first, second) = (stems(first), stems(second));
    let shared = first.iter().filter(|w| second.contains(*w)).count();
    shared > 0 && shared * 3 >= first.len()
}
