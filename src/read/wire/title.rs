//! Lines that say two things: a page's title with the site's name after it, a credit glued to its caption.

use super::look::sign;
use super::units::Unit;
use super::{Draft, byline, stems};
use crate::model::BlockKind;
use crate::read::credit::{self, Desk};
use crate::read::datetime;
use crate::read::lexicon::{FURNITURE, begins};

/// How many lines from the top may be a page's title.
const TITLES: usize = 3;
/// How far below it the headline may stand again.
const AGAIN: usize = 40;

/// Makes drafts of units, parting lines that say two things.
pub(super) fn drafts(units: Vec<Unit<'_>>) -> Vec<Draft<'_>> {
    let titles: Vec<Option<(usize, bool)>> = (0..units.len().min(TITLES)).map(|at| title(&units, at)).collect();
    let mut out = Vec::with_capacity(units.len() + 1);
    for (at, unit) in units.into_iter().enumerate() {
        let cut = match titles.get(at) {
            Some(Some(cut)) => Some(*cut),
            _ => glued(&unit).map(|cut| (cut, false)),
        };
        let Some((left, right, site)) = cut.and_then(|(cut, site)| unit.parted(cut).map(|(l, r)| (l, r, site))) else {
            out.push(draft(unit, None));
            continue;
        };
        out.push(draft(left, None));
        out.push(draft(right, site.then_some(BlockKind::Meta)));
    }
    out
}

fn draft(unit: Unit<'_>, kind: Option<BlockKind>) -> Draft<'_> {
    Draft { unit, kind, times: None, post: None }
}

/// Where a title line parts, and whether what follows is the site's name rather than the headline.
///
/// Taught by: "Tunnel opens | UK news | The Calder Record", "Opinion | The ferry must sail", and titles
/// that the headline further down repeats, "Tunnel opens - Calder Record".
fn title(units: &[Unit<'_>], at: usize) -> Option<(usize, bool)> {
    let text = &*units[at].text;
    if text.len() > 300 {
        return None;
    }
    let repeated = units.iter().skip(at + 1).take(AGAIN).find_map(|unit| {
        let rest = text.strip_prefix(&*unit.text)?;
        let parted =
            rest.trim_start().starts_with(['|', '-', '–', '—', '•', '·', '»', '«', ':']) && rest.starts_with(' ');
        (parted && stems(&unit.text).len() >= 2).then_some(unit.text.len())
    });
    let bar = text.find(" | ").filter(|_| units[at].look.has(sign::BAR));
    if repeated.is_none() && bar.is_none() {
        return None;
    }
    let other = (units[at].look.has(sign::DIGIT) && datetime::times(text).timed)
        || byline::by_line(text).is_some()
        || credit::caption_line(text, &Desk::default()).sure;
    if other {
        return None;
    }
    if let Some(cut) = repeated {
        return Some((cut, true));
    }
    let bar = bar?;
    let words = text[..bar].split_whitespace().count();
    if words >= 3 && !FURNITURE.sections.has(&text[..bar]) {
        return Some((bar + 1, true));
    }
    (at == 0 && text[bar + 3..].split_whitespace().nth(2).is_some()).then_some((bar + 3, false))
}

/// Where "Image caption" begins in "Image copyright Getty Images Image caption The ferry at dusk".
fn glued(unit: &Unit<'_>) -> Option<usize> {
    let text = &*unit.text;
    if !["image copyright", "image source", "media source"].iter().any(|head| begins(text, head)) {
        return None;
    }
    ["Image caption", "Media caption"].iter().find_map(|label| text.find(label)).filter(|at| *at <= 160)
}
