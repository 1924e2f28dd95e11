//! Plain wire copy, as agencies and newsroom systems paste it.
//!
//! Lines become [units](units), each looked at once ([`look`]) and told what it is — by its own words ([`line`]),
//! as a post pasted in ([`post`]), as a caption beside its neighbours ([`caption`], [`again`]), by its place in the
//! head of the story ([`head`]), as body ([`body`]) — and the whole becomes an article ([`article`]).

mod again;
mod article;
mod body;
mod caption;
mod head;
mod line;
mod look;
mod post;
#[cfg(test)]
mod tests;
mod title;
mod units;

use std::hash::Hasher;

use rustc_hash::FxHasher;

use self::units::Unit;
use super::Reader;
use super::credit::Desk;
use super::datetime::{self, Times};
use super::endnote::{about_the_story, biography, endnote};
use super::fence;
use super::lexicon::begins;
use super::{byline, dateline};
use crate::config::ReadSettings;
use crate::diag::{Diagnostic, Noted, codes};
use crate::model::{Article, BlockKind, Source};

/// Plain wire copy: `.txt` files.
pub struct Wire;

impl Reader for Wire {
    fn reads(&self, path: &str) -> bool {
        path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("txt"))
    }

    /// Reads a story.
    ///
    /// Every line that is not blank is in some block. Notes `article-empty`, `headline-missing`,
    /// `date-missing`, `date-unread`. Refuses copy that opens with front matter, with `front-matter-broken`: it would
    /// be printed, and a `draft` in it passed over.
    fn read(&self, source: &Source, settings: &ReadSettings) -> Noted<Option<Article>> {
        if fence::is_opened(&source.text) {
            let refused =
                Diagnostic::new(codes::FRONT_MATTER_BROKEN, &source.path, "there is front matter in wire copy")
                    .note("this article is left out; the others are built")
                    .help("end the file's name with .md, where front matter is read; or take it out");
            return Noted::new(None, vec![refused]);
        }
        let units = units::units(&source.text);
        let desk = desk(&units);
        let mut drafts = title::drafts(units);
        mark_lines(&mut drafts);
        let posts = post::mark(&mut drafts);
        let mut photos = caption::mark(&mut drafts, &desk);
        let head = head::mark(&mut drafts, &desk, &mut photos);
        body::mark(&mut drafts, &head);
        article::assemble(source, settings, &drafts, &photos, posts, &head).map(Some)
    }
}

/// The agencies and photographers that the story makes known.
fn desk(units: &[Unit<'_>]) -> Desk {
    let mut desk = Desk::default();
    for unit in units.iter().take(head::DEEPEST) {
        if let Some(agency) = dateline::dateline(&unit.text).and_then(|d| d.agency) {
            desk.learn(agency);
        }
    }
    caption::learn(units, &mut desk);
    desk
}

/// A unit on its way to a block.
#[derive(Clone, Debug)]
struct Draft<'a> {
    unit: Unit<'a>,
    /// What it is; none while nobody has claimed it.
    kind: Option<BlockKind>,
    /// The dates in it, where it says when the story was published or changed.
    times: Option<Times>,
    /// The post pasted into the story that it belongs to, numbered from 0.
    post: Option<u32>,
}

/// Longest line, in bytes, that says when.
const LONGEST_TIMES: usize = 160;

/// Marks what a line tells by itself: page furniture, endnotes, times.
fn mark_lines(drafts: &mut [Draft<'_>]) {
    let mut in_body = false;
    // Unclaimed lines above: the first may be the headline.
    let mut unclaimed = 0;
    // Whether one of them has the length and the end of a paragraph.
    let mut told = false;
    for draft in drafts.iter_mut() {
        if draft.kind.is_none() {
            let text = &*draft.unit.text;
            let look = draft.unit.look;
            if text.len() <= LONGEST_TIMES
                && let Some(times) = datetime::only_times(text)
                // "Monday" and "17:20" are furniture at the top, crossheads further down.
                && (!in_body || !times.moments.is_empty() || times.label.is_some())
            {
                draft.kind = Some(BlockKind::Meta);
                draft.times = Some(times);
                continue;
            }
            let place = match (told, unclaimed) {
                (true, _) => line::Place::Body,
                (false, 0 | 1) => line::Place::Top,
                (false, _) => line::Place::Under,
            };
            draft.kind = by_itself(text, look, place);
            if draft.kind == Some(BlockKind::Meta) && place != line::Place::Body && look.has(look::sign::DIGIT) {
                // "Source: Northsound 2031-11-14 17:20".
                draft.times = datetime::times_but(text, 6).filter(|times| !times.moments.is_empty());
            }
            in_body |= text.len() > 240 || (draft.kind.is_none() && dateline::dateline(text).is_some());
            if draft.kind.is_none() {
                unclaimed += 1;
                told |= look.words() > 11 && text.ends_with(['.', '!', '?', '”', '"', '’']);
            }
        }
    }
}

/// What a line is that nothing but its own words show, where they do.
fn by_itself(text: &str, look: look::Look, place: line::Place) -> Option<BlockKind> {
    let body = place == line::Place::Body;
    if endnote(text) {
        // Over the story "Story by" signs, and "Source:" tells whence the copy came.
        return match body {
            true => Some(BlockKind::Endnote),
            false if byline::by_line(text).is_some() => None,
            false if begins(text, "source") => Some(BlockKind::Meta),
            false => Some(BlockKind::Endnote),
        };
    }
    if body && about_the_story(text) {
        return Some(BlockKind::Endnote);
    }
    line::page_furniture(text, look, place).then_some(BlockKind::Meta)
}

/// The beginnings of the longer words of a text, in small letters and hashed: enough to see that two lines speak of
/// one thing.
fn stems(text: &str) -> Vec<u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3 && w.chars().nth(3).is_some());
    words
        .map(|word| {
            let mut hasher = FxHasher::default();
            word.chars().flat_map(char::to_lowercase).take(5).for_each(|c| hasher.write_u32(c.into()));
            hasher.finish()
        })
        .collect()
}
