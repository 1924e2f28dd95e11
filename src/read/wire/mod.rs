//! Plain wire copy, as agencies and newsroom systems paste it.
//!
//! Lines become [units](units), each unit is told what it is — by its own words ([`line`]), as a caption
//! beside its neighbours ([`caption`]), by its place in the head of the story ([`head`]), as body
//! ([`body`]) — and the whole becomes an article ([`article`]).

mod article;
mod body;
mod caption;
mod head;
mod line;
#[cfg(test)]
mod tests;
mod title;
mod units;

use self::units::Unit;
use super::Reader;
use super::credit::Desk;
use super::datetime::{self, Times};
use super::endnote::endnote;
use super::{byline, dateline};
use crate::config::ReadSettings;
use crate::diag::Noted;
use crate::model::{Article, BlockKind, Source};

/// Plain wire copy: `.txt` files.
pub struct Wire;

impl Reader for Wire {
    fn reads(&self, path: &str) -> bool {
        path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("txt"))
    }

    /// Reads a story; never refuses one.
    ///
    /// Every line that is not blank is in some block. Notes `article-empty`, `headline-missing`,
    /// `date-missing`, `date-unread`.
    fn read(&self, source: &Source, settings: &ReadSettings) -> Noted<Option<Article>> {
        let units = units::units(&source.text);
        let mut desk = Desk::default();
        for unit in units.iter().take(head::DEEPEST) {
            if let Some(agency) = dateline::dateline(&unit.text).and_then(|d| d.agency) {
                desk.learn(agency);
            }
        }
        caption::learn(&units, &mut desk);
        let mut drafts = title::drafts(units);
        mark_lines(&mut drafts);
        let mut photos = caption::mark(&mut drafts, &desk);
        let head = head::mark(&mut drafts, &desk, &mut photos);
        body::mark(&mut drafts, head.body);
        article::assemble(source, settings, &drafts, &photos, &head).map(Some)
    }
}

/// A unit on its way to a block.
#[derive(Clone, Debug)]
struct Draft<'a> {
    unit: Unit<'a>,
    /// What it is; none while nobody has claimed it.
    kind: Option<BlockKind>,
    /// The dates in it, where it says when the story was published or changed.
    times: Option<Times>,
}

/// Marks what a line tells by itself: page furniture, endnotes, times.
fn mark_lines(drafts: &mut [Draft<'_>]) {
    let mut in_body = false;
    for draft in drafts.iter_mut().filter(|d| d.kind.is_none()) {
        let text = &*draft.unit.text;
        if text.len() <= 160 {
            let times = datetime::times(text);
            // "Monday" and "17:20" are furniture at the top, crossheads further down.
            if times.only() && (!in_body || !times.moments.is_empty() || times.label.is_some()) {
                draft.kind = Some(BlockKind::Meta);
                draft.times = Some(times);
                continue;
            }
        }
        if endnote(text) {
            draft.kind = Some(BlockKind::Endnote);
        } else if line::page_furniture(text) {
            draft.kind = Some(BlockKind::Meta);
        }
        in_body |= text.len() > 240 || dateline::dateline(text).is_some();
    }
}

/// The beginnings of the longer words of a text, in small letters: enough to see that two lines speak of one thing.
fn stems(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 3)
        .map(|w| w.to_lowercase().chars().take(5).collect())
        .collect()
}
