//! The head of a story: kicker, headline, standfirst, byline, and where the body begins.
//!
//! Nothing in wire copy says which line is which; their order, length, ends and neighbours do.

use super::caption::{self, Found};
use super::look::sign;
use super::units::Unit;
use super::{Draft, again, byline, dateline, line, stems};
use crate::model::BlockKind;
use crate::read::credit::Desk;
use crate::read::datetime::{self, Times};
use crate::read::lexicon::{AGENCIES, FURNITURE, ends};
use crate::read::names::{all_capitals, capitalised};

/// How many units from the top may belong to the head.
pub(super) const DEEPEST: usize = 60;

/// What the head tells; indexes are the drafts'.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) kicker: Option<usize>,
    pub(super) headline: Option<usize>,
    /// Several where it is a list of points.
    pub(super) standfirst: Vec<usize>,
    pub(super) byline: Option<usize>,
    /// The writers' names.
    pub(super) authors: Vec<String>,
    /// From a line of its own.
    pub(super) agency: Option<String>,
    /// The first draft of the body.
    pub(super) body: usize,
}

/// Marks the drafts of the head that nothing else has claimed.
///
/// Captions that only their place shows are added to `photos`.
pub(super) fn mark(drafts: &mut [Draft<'_>], desk: &Desk, photos: &mut Vec<Found>) -> Head {
    let mut marker = Marker { drafts, desk, head: Head::default(), captions: Vec::new() };
    let from = marker.headline();
    marker.after(from);
    let Marker { head, captions, .. } = marker;
    caption::add(drafts, photos, &captions);
    head
}

struct Marker<'d, 'a> {
    drafts: &'d mut [Draft<'a>],
    desk: &'d Desk,
    head: Head,
    /// Captions that only their place shows.
    captions: Vec<usize>,
}

impl Marker<'_, '_> {
    /// Finds headline and kicker; returns the draft after them.
    fn headline(&mut self) -> usize {
        if let Some((first, again)) = self.repeated() {
            self.before(first);
            self.head.headline = Some(first);
            self.drafts[first].kind = Some(BlockKind::Headline);
            // Between a page's title and the headline stands the page's own furniture, at most a kicker.
            for at in first + 1..again {
                if self.drafts[at].kind.is_some() {
                    continue;
                }
                let section = at + 1 == again && is_section(self.text(at)) && self.head.kicker.is_none();
                self.drafts[at].kind = Some(if section { BlockKind::Kicker } else { BlockKind::Meta });
                if section {
                    self.head.kicker = Some(at);
                }
            }
            self.drafts[again].kind = Some(BlockKind::Meta);
            return again + 1;
        }
        let mut at = 0;
        while let Some(next) = self.free(at) {
            if next > DEEPEST || is_body(&self.drafts[next].unit) {
                break;
            }
            at = next + 1;
            if self.when_or_who(next) || line::wire_slug(self.text(next)) {
                self.drafts[next].kind.get_or_insert(BlockKind::Meta);
                continue;
            }
            let follower = self.free(at);
            if follower.is_some_and(|f| is_kicker(self.text(next), &self.drafts[f].unit, self.desk)) {
                continue;
            }
            // "News" over "UK": the section's own line and its part's.
            let under =
                follower.map(|f| self.text(f)).filter(|f| f.split_whitespace().nth(3).is_none() && !byline::bare(f));
            if is_section(self.text(next)) && under.is_some() {
                continue;
            }
            self.before(next);
            self.head.headline = Some(next);
            self.drafts[next].kind = Some(BlockKind::Headline);
            return at;
        }
        // The story begins with its first paragraph; short lines above it can only be a label.
        let body = self.free(at).unwrap_or(self.drafts.len());
        self.before(body);
        body
    }

    /// The first two unclaimed lines at the top that say the same: a page's title and the headline.
    fn repeated(&self) -> Option<(usize, usize)> {
        let free: Vec<usize> =
            (0..self.drafts.len().min(DEEPEST)).filter(|i| self.drafts[*i].kind.is_none()).take(25).collect();
        let may = |i: usize| (2..40).contains(&self.drafts[i].unit.look.words()) && self.text(i).len() <= 400;
        (0..free.len()).filter(|i| may(free[*i])).find_map(|i| {
            let first = self.text(free[i]);
            let again = (i + 1..free.len()).find(|j| may(free[*j]) && again::same_words(first, self.text(free[*j])))?;
            let long = first.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).nth(2).is_some();
            let calm = free[i + 1..again].iter().all(|k| self.drafts[*k].unit.look.words() <= 10);
            (long && calm && !is_body(&self.drafts[free[i]].unit)).then_some((free[i], free[again]))
        })
    }

    /// Gives the unclaimed lines above the headline their kind: the nearest is the kicker.
    fn before(&mut self, headline: usize) {
        for at in (0..headline).rev() {
            if self.drafts[at].kind.is_none() {
                let kicker = self.head.kicker.is_none();
                self.drafts[at].kind = Some(if kicker { BlockKind::Kicker } else { BlockKind::Meta });
                if kicker {
                    self.head.kicker = Some(at);
                }
            }
        }
    }

    /// Goes through the lines under the headline until the body begins.
    fn after(&mut self, mut at: usize) {
        let headline = self.head.headline.map(|h| self.text(h).to_owned()).filter(|h| h.len() <= 400);
        let mut from = at;
        while let Some(next) = self.free(at) {
            let text = self.text(next);
            let same = text.len() <= 400 && headline.as_ref().is_some_and(|h| again::same_words(h, text));
            if dateline::dateline(text).is_some() {
                from = next;
                break;
            }
            // The page's own section, and what the writer covers, lead into nothing.
            let aside = (self.head.headline.is_some() && is_section(text) && !byline::bare(text))
                || (self.head.byline.is_some() && byline::duty(text));
            if same || aside || line::wire_slug(text) {
                self.drafts[next].kind = Some(BlockKind::Meta);
            } else if self.when_or_who(next) || self.bare_byline(next) {
                // Claimed.
            } else if self.is_bullet(next)
                || (self.head.standfirst.is_empty() && self.head.headline.is_some() && self.is_standfirst(next))
            {
                self.head.standfirst.push(next);
                self.drafts[next].kind = Some(BlockKind::Standfirst);
            } else if self.is_plain_caption(next) {
                self.captions.push(next);
            } else {
                from = next;
                break;
            }
            at = next + 1;
            from = at;
        }
        self.head.body = from;
    }

    /// Claims a line that says who wrote or when: "By …", "Associated Press", "Merrow, 14 November 2031".
    fn when_or_who(&mut self, at: usize) -> bool {
        let text = self.text(at).to_owned();
        let dated = self.drafts[at].unit.look.has(sign::DIGIT);
        if let Some(names) = byline::by_line(&text) {
            if dated {
                self.drafts[at].times = datetime::times_but(&text, 20).filter(|times| !times.moments.is_empty());
            }
            self.byline(at, names);
            return true;
        }
        if let Some(times) = self.times(at) {
            let named = self.head.byline.is_none()
                && text.split_whitespace().take(2).all(capitalised)
                && !byline::writers(&first_words(&text, 2)).is_empty();
            self.drafts[at].times = Some(times);
            if named {
                self.byline(at, &first_words(&text, 2));
            } else {
                self.drafts[at].kind = Some(BlockKind::Meta);
            }
            return true;
        }
        if self.is_agency(&text) || self.is_sender(at) {
            self.drafts[at].kind = Some(BlockKind::Meta);
            self.head.agency.get_or_insert_with(|| byline::agency(&text).unwrap_or_else(|| text.clone()));
            return true;
        }
        false
    }

    /// The times of a line that says when and little more.
    fn times(&self, at: usize) -> Option<Times> {
        let unit = &self.drafts[at].unit;
        let may = unit.look.has(sign::DIGIT) && unit.text.len() <= 120 && !unit.text.ends_with('.');
        may.then(|| datetime::times_but(&unit.text, 6)).flatten().filter(|times| !times.moments.is_empty())
    }

    /// Claims a line that has a writer's name, or a post under one, and no "By".
    fn bare_byline(&mut self, at: usize) -> bool {
        let text = self.text(at).to_owned();
        let under = at.checked_sub(1).is_some_and(|i| self.drafts[i].kind == Some(BlockKind::Byline));
        // The last line of a story is no byline, and what follows one is not another heading.
        if self.free(at + 1).is_none() || (self.head.byline.is_some() && !under) {
            return false;
        }
        if self.head.byline.is_some() {
            if let Some(body) = byline::for_whom(&text) {
                self.head.agency.get_or_insert_with(|| byline::agency(body).unwrap_or_else(|| body.to_owned()));
                self.drafts[at].kind = Some(BlockKind::Meta);
                return true;
            }
            if byline::post(&text) {
                self.drafts[at].kind = Some(BlockKind::Byline);
                return true;
            }
        }
        if byline::bare(&text) {
            self.byline(at, &text);
            return true;
        }
        false
    }

    fn byline(&mut self, at: usize, names: &str) {
        self.drafts[at].kind = Some(BlockKind::Byline);
        self.head.byline.get_or_insert(at);
        for name in byline::writers(names) {
            if self.head.authors.len() < byline::MOST && !self.head.authors.contains(&name) {
                self.head.authors.push(name);
            }
        }
        // "By Associated Press": the agency is the writer.
        if self.head.authors.is_empty()
            && let Some(agency) = byline::agency(names)
        {
            self.head.agency.get_or_insert(agency);
        }
    }

    /// Whether a line of its own names who sent the story: an agency of text, or one its credits made known.
    fn is_agency(&self, text: &str) -> bool {
        byline::agency(text).is_some() && !FURNITURE.sections.has(text) || self.desk.has_learned(text)
    }

    /// Whether a body's name stands beside the time, under the headline: who sent the story.
    ///
    /// Taught by: "Calder Courier" over "Published: 08:00, Mon, Aug 5, 2030".
    fn is_sender(&self, at: usize) -> bool {
        let text = self.text(at);
        let beside = [at.checked_sub(1), Some(at + 1)];
        self.head.headline.is_some_and(|headline| headline < at)
            && text.split_whitespace().nth(1).is_some()
            && byline::for_whom(text).is_some()
            && beside.into_iter().flatten().any(|i| self.drafts.get(i).is_some_and(|d| d.times.is_some()))
    }

    /// Whether an unclaimed line under the headline leads into the story rather than beginning it.
    ///
    /// Sure where the writer's name, the time, or a dateline follows; otherwise weighed.
    fn is_standfirst(&self, at: usize) -> bool {
        let text = self.text(at);
        let words = text.split_whitespace().count();
        if words > 60 || text.ends_with(':') {
            return false;
        }
        let Some(body) = self.next_paragraph(at + 1) else { return false };
        let lede = self.text(body);
        if dateline::dateline(lede).is_some() {
            return true;
        }
        if (at + 1..body).any(|i| self.says_who_or_when(i)) {
            return !self.names_are_crossheads(at + 1..body);
        }
        let furnished = self.head.byline.is_some()
            || self.head.headline.is_some_and(|h| (h..at).any(|i| self.drafts[i].times.is_some()));
        let stopped = text.ends_with(['.', '!', '”', '"']) || text.ends_with(".’") || text.ends_with(".'");
        let mut score = if furnished { -2 } else { 1 };
        score += if body > at + 1 { 1 } else { -3 };
        score += if stopped { 0 } else { 3 };
        score += match words {
            0..=25 => 1,
            26..=35 => 0,
            _ => -2,
        };
        // Headlines and standfirsts quote in single marks where the body has double ones.
        let singles = text.contains('‘') && !text.contains('“');
        if singles && self.drafts[at..].iter().any(|d| d.unit.text.contains('“')) {
            score += 2;
        }
        let (said, told) = (stems(text), stems(lede));
        let shared = said.iter().filter(|w| told.contains(w)).count();
        score += if shared * 4 >= said.len() { 1 } else { -2 };
        score += if goes_on(lede) { -3 } else { i32::from(lede.split_whitespace().count() > words) };
        score >= 3
    }

    /// Whether the only writers between two paragraphs are names that stand over paragraphs further down as well:
    /// a story of several people has their names for crossheads.
    fn names_are_crossheads(&self, between: std::ops::Range<usize>) -> bool {
        let name = |i: usize| {
            let unit = &self.drafts[i].unit;
            self.drafts[i].kind.is_none() && unit.look.words() <= 4 && byline::bare(&unit.text)
        };
        let mut said = between.clone().filter(|i| self.says_who_or_when(*i));
        let only = said.next().filter(|i| name(*i)).filter(|_| said.next().is_none());
        only.is_some_and(|first| (between.end + 1..self.drafts.len()).any(|i| i > first && name(i)))
    }

    /// Whether a line is a point of a list that leads into the story: the writer or the time stands further down.
    fn is_bullet(&self, at: usize) -> bool {
        bullet(self.text(at))
            && self
                .next_paragraph_but_bullets(at + 1)
                .is_some_and(|body| (at + 1..body).any(|i| self.says_who_or_when(i)))
    }

    fn next_paragraph_but_bullets(&self, at: usize) -> Option<usize> {
        let end = self.drafts.len().min(at + 12);
        (at..end).find(|i| self.drafts[*i].kind.is_none() && !self.says_who_or_when(*i) && !bullet(self.text(*i)))
    }

    /// Whether a line between the writer's name and the first paragraph is a caption without credit.
    ///
    /// Taught by: a sentence with no stop, and a paragraph with one after it.
    fn is_plain_caption(&self, at: usize) -> bool {
        let text = self.text(at);
        let words = text.split_whitespace().count();
        let near = at.saturating_sub(6)..at;
        let timed = self.drafts[near].iter().any(|d| d.times.is_some() || d.kind == Some(BlockKind::Byline));
        let lede = self.drafts.get(at + 1).filter(|d| d.kind.is_none()).map(|d| &*d.unit.text);
        timed
            && (4..=30).contains(&words)
            && text.ends_with(char::is_alphanumeric)
            && capitalised(text)
            && !text.contains(['“', '"', '—', ':'])
            && lede.is_some_and(|lede| lede.split_whitespace().nth(14).is_some() && lede.ends_with(['.', '”', '"']))
    }

    /// The next unclaimed draft that no writer, time or agency can claim, or a post: with one the story has begun.
    fn next_paragraph(&self, at: usize) -> Option<usize> {
        let story =
            |i: &usize| self.drafts[*i].kind.is_none() && !self.says_who_or_when(*i) && !line::wire_slug(self.text(*i));
        (at..self.drafts.len()).find(|i| self.drafts[*i].post.is_some() || story(i))
    }

    /// Whether a draft is or may become a byline, a time or an agency's line.
    fn says_who_or_when(&self, at: usize) -> bool {
        let draft = &self.drafts[at];
        if draft.kind.is_some() {
            return draft.times.is_some() || draft.kind == Some(BlockKind::Byline);
        }
        let text = self.text(at);
        if byline::by_line(text).is_some() || byline::bare(text) || self.is_agency(text) || self.is_sender(at) {
            return true;
        }
        self.times(at).is_some()
    }

    /// The first unclaimed draft at or after `at`.
    fn free(&self, at: usize) -> Option<usize> {
        (at..self.drafts.len()).find(|i| self.drafts[*i].kind.is_none())
    }

    fn text(&self, at: usize) -> &str {
        &self.drafts[at].unit.text
    }
}

/// Whether a line cannot be a heading: it has a dateline, or the length of a paragraph.
fn is_body(unit: &Unit<'_>) -> bool {
    let text = &*unit.text;
    let words = unit.look.words();
    words >= 32
        || (words >= 24 && (text.contains(". ") || text.contains("” ")))
        || (words >= 26 && text.ends_with('.'))
        || dateline::dateline(text).is_some()
}

/// Whether a line is a label over the next one.
///
/// Taught by: "UK", "Business News", "Hong Kong". A headline of two words has a sentence under it.
fn is_kicker(text: &str, next: &Unit<'_>, desk: &Desk) -> bool {
    // "News > Harbour > Merrow": a path through the page's sections.
    let words: Vec<&str> = text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric) || *w == "&").collect();
    if words.len() > 5
        || text.chars().count() > 40
        || text.ends_with(['.', '?', '!', '…'])
        || text.contains(['“', '"', '‘', '’'])
    {
        return false;
    }
    let section = is_section(text) || all_capitals(text) && words.len() <= 3 || desk.has_learned(text);
    let label = words.len() <= 2
        || (words.len() <= 4 && words.iter().all(|w| capitalised(w) || FURNITURE.particles.has(w)))
        || (text.contains(" > ") && words.iter().all(|w| capitalised(w) || FURNITURE.particles.has(w)));
    let heading = (3..=30).contains(&next.look.words())
        && next.look.words() > words.len()
        && !is_body(next)
        && byline::by_line(&next.text).is_none()
        && !byline::bare(&next.text);
    let sentence = next.text.ends_with('.') && !next.text.ends_with("...");
    heading && (section || (label && !(sentence && words.len() > 2)))
}

/// Whether the words name a section: of the lexicon, or "… News".
fn is_section(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    FURNITURE.sections.has(bare) || (ends(bare, " news") && bare.split(' ').count() <= 3)
}

/// Whether a paragraph goes on with what one before it began: no lede does.
pub(super) fn goes_on(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let bare = first.trim_matches(|c: char| !c.is_alphanumeric());
    text.starts_with(['“', '"'])
        || matches!(
            bare,
            "He" | "She"
                | "They"
                | "It"
                | "But"
                | "And"
                | "However"
                | "His"
                | "Her"
                | "Their"
                | "Mr"
                | "Mrs"
                | "Ms"
                | "Miss"
                | "That"
                | "This"
                | "Those"
                | "These"
                | "Meanwhile"
                | "Dr"
                | "Sir"
                | "Dame"
                | "Its"
                | "Also"
        )
}

/// Whether a line begins with a list's mark.
fn bullet(text: &str) -> bool {
    text.starts_with(['•', '▪', '●', '◦', '■']) || ["- ", "* ", "– "].iter().any(|mark| text.starts_with(mark))
}

fn first_words(text: &str, n: usize) -> String {
    text.split_whitespace().take(n).collect::<Vec<_>>().join(" ")
}

/// The agency's printed name, where a dateline gives one.
pub(super) fn printed_agency(name: &str) -> String {
    AGENCIES.get(name).map_or_else(|| name.to_owned(), |(name, _)| name.to_owned())
}
