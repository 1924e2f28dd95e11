//! Posts of social networks that were pasted into a story: somebody's words, with who posted them.

use super::{Draft, byline};
use crate::model::BlockKind;
use crate::read::datetime;
use crate::read::lexicon::begins;
use crate::read::names::capitalised;

use super::look::sign;

/// Most lines of words before an author's line.
const MOST: usize = 10;
/// How far below name and handle the moment of a post stands.
const DEEP: usize = 6;

/// Marks the posts among the drafts that nothing else has claimed; numbers them from 0 and returns how many.
pub(super) fn mark(drafts: &mut [Draft<'_>]) -> u32 {
    let mut posts = 0;
    // Unclaimed lines above: a headline is nobody's post.
    let mut above = 0;
    for at in 0..drafts.len() {
        let unit = &drafts[at].unit;
        let unclaimed = usize::from(drafts[at].kind.is_none());
        let may = unit.look.has(sign::AT) || begins(&unit.text, "posted by ");
        let found = match drafts[at].kind {
            None if may => closed(drafts, at, above),
            Some(BlockKind::Meta) if may => opened(drafts, at, above),
            _ => None,
        };
        above += unclaimed;
        let Some(Found { from, to, when }) = found else { continue };
        // The moment of a post is no moment of the story's.
        if let Some(when) = when {
            drafts[when].times = None;
        }
        above -= drafts[from..to.min(at + 1)].iter().filter(|d| d.kind.is_none()).count();
        for draft in drafts[from..to].iter_mut().filter(|d| d.kind.is_none() || d.kind == Some(BlockKind::Meta)) {
            draft.kind = Some(BlockKind::Paragraph);
            draft.post = Some(posts);
        }
        posts += 1;
    }
    posts
}

/// Where a post stands: its first line, one past its last, and the line that says when, where that is another.
struct Found {
    from: usize,
    to: usize,
    when: Option<usize>,
}

/// The lines of a post whose author's line is `at`; `above` it are so many unclaimed lines.
///
/// Taught by: words over "— Ola Brandt (@olabrandt) March 12, 2030", and both in one line.
fn closed(drafts: &[Draft<'_>], at: usize, above: usize) -> Option<Found> {
    let text = &*drafts[at].unit.text;
    let alone = match author(text) {
        Some(0) => true,
        Some(_) => return Some(Found { from: at, to: at + 1, when: None }),
        None => shared(text),
    };
    if !alone {
        return None;
    }
    let mut from = at;
    while from > 0 && at - from < MOST && drafts[from - 1].kind.is_none() {
        from -= 1;
        // Words of one post stand together; the first blank line above them parts them from the story.
        if drafts[from].unit.apart {
            break;
        }
    }
    // The lines of the post itself are among those above.
    (from < at && above > at - from).then_some(Found { from, to: at + 1, when: None })
}

/// Where the author's part of a line begins: at the dash before "Ola Brandt (@olabrandt) March 12, 2030".
fn author(text: &str) -> Option<usize> {
    let open = text.rfind("(@")?;
    let close = open + text[open..].find(')')?;
    let when = text[close + 1..].trim().trim_end_matches('.');
    let handle = &text[open + 2..close];
    let sound = !handle.is_empty() && handle.len() <= 60 && !handle.contains(char::is_whitespace);
    if !sound || !(when.is_empty() || when.len() <= 60 && datetime::only_times(when).is_some()) {
        return None;
    }
    let before = text[..open].trim_end();
    let dash = before.rfind(['—', '–', '―']).or_else(|| before.starts_with("- ").then_some(0))?;
    let name = before[dash..].trim_start_matches(['—', '–', '―', '-', ' ', '\u{a0}']);
    (!name.is_empty() && name.len() <= 80 && name.split_whitespace().nth(8).is_none()).then_some(dash)
}

/// "A post shared by Ola Brandt (@olabrandt) on Mar 12, 2030", "Posted by Merrow Harbour on Tuesday, March 12, 2030".
fn shared(text: &str) -> bool {
    let posted = ["a post shared by ", "posted by "].iter().any(|head| begins(text, head));
    posted && text.rsplit_once(" on ").map_or(text.contains("(@"), |(_, when)| datetime::only_times(when).is_some())
}

/// The lines of a post as its page shows it: a name, its handle (at `at`), the words, and when.
fn opened(drafts: &[Draft<'_>], at: usize, above: usize) -> Option<Found> {
    let handle = drafts[at].unit.text.trim_start_matches(['✔', '✓', ' ']);
    if !handle.starts_with('@') || drafts[at].unit.look.words() > 2 {
        return None;
    }
    let name = at.checked_sub(1).filter(|i| drafts[*i].kind.is_none())?;
    let named = &drafts[name].unit.text;
    let stopped = named.ends_with(['.', '?', '!', ':', ',']);
    if stopped || named.split_whitespace().nth(5).is_some() || !capitalised(named) {
        return None;
    }
    // A writer's name has a handle under it as well; there the moment follows at once.
    let end = drafts.len().min(at + 1 + DEEP);
    let when = (at + 1..end).find(|i| drafts[*i].times.is_some())?;
    let worded = drafts[at + 1..when].iter().any(|d| d.kind.is_none() && !byline::post(&d.unit.text));
    (worded && above > 2).then_some(Found { from: name, to: when, when: Some(when) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_of_posts() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(author(text).map(|at| &text[at..]), expected, "{text}");
        };
        check("— Ola Brandt (@olabrandt) March 12, 2030", Some("— Ola Brandt (@olabrandt) March 12, 2030"));
        check("It sails. — Ola Brandt (@olabrandt) 12 Mar 2030", Some("— Ola Brandt (@olabrandt) 12 Mar 2030"));
        check(
            "— Merrow Harbour ⚓ (@merrow.example) March 12, 2030 at 5:20 PM",
            Some("— Merrow Harbour ⚓ (@merrow.example) March 12, 2030 at 5:20 PM"),
        );
        check("Renn — who posts as Tobias (@tobiasrenn) — said no.", None);
        check("Renn (@tobiasrenn) said no.", None);
        check("— Ola Brandt (@)", None);
        check("(@", None);
    }

    #[test]
    fn posts_that_say_so() {
        assert!(shared("A post shared by Lucia Ferrant (@luciaferrant) on Mar 12, 2030 at 5:20am PST"));
        assert!(shared("Posted by Merrow Harbour on Tuesday, March 12, 2030"));
        assert!(!shared("Posted by the harbour office on every door"));
    }
}
