//! Dates of one article that cannot all be right.

use super::Check;
use super::ground::Ground;
use crate::archive::ArticleId;
use crate::build::Story;
use crate::diag::{Diagnostic, codes};
use crate::model::{BlockKind, Moment};
use crate::read::datetime::Role;
use crate::read::{datetime, path};
use crate::text::FileSpan;
use jiff::civil::Date;

/// Folder, dateline and front matter tell of one day, in the right order, and it has come.
pub(super) struct Dates;

impl Check for Dates {
    fn article(&self, ground: &Ground<'_>, _: ArticleId, story: &Story, out: &mut Vec<Diagnostic>) {
        let furniture = &story.article.furniture;
        let Some(published) = furniture.published else { return };
        let say = |code, message: String, at: FileSpan| {
            Diagnostic::new(code, &story.article.path, message).at(&story.source.text, at, "given here")
        };
        let at = || said_at(story, published, &["date", "published", "publishDate"]);
        if let Some(updated) = furniture.updated.filter(|updated| is_before(updated, &published)) {
            let at = said_at(story, updated, &["updated", "lastmod", "modified"]);
            out.push(
                say(codes::DATE_ORDER, "the article was updated before it was published".to_owned(), at)
                    .help("exchange the two times, or correct one"),
            );
        }
        if let Some(day) = path::path_date(&story.article.path)
            && let Some((said, at)) = other_day(story, day, published)
        {
            out.push(
                say(codes::DATE_ORDER, format!("the article gives {}, and its path {day}", said.date), at)
                    .note(format!("published under {}", published.date))
                    .help("rename the file, or correct the date"),
            );
        }
        let dateline = furniture.dateline.map(|span| (span, span.of(&story.article.text)));
        if let Some((span, day)) = dateline.and_then(|(span, words)| Some((span, datetime::moment(words)?.date)))
            && day > published.date
        {
            out.push(
                say(
                    codes::DATE_ORDER,
                    format!("the dateline gives {day}, and the article was published on {}", published.date),
                    story.article.file_span(span),
                )
                .help("correct the one or the other"),
            );
        }
        if let Some(today) = ground.today.filter(|today| published.date > *today) {
            out.push(
                say(codes::DATE_FUTURE, format!("the article is dated {}, and today is {today}", published.date), at())
                    .help("correct the date"),
            );
        }
    }
}

/// A day that the article gives and its path does not, and where; none where the two agree, or one says nothing.
fn other_day(story: &Story, day: Date, published: Moment) -> Option<(Moment, FileSpan)> {
    if published.date != day {
        // Front matter goes before the path.
        return Some((published, said_at(story, published, &["date", "published", "publishDate"])));
    }
    // In wire copy the path goes before the text.
    let mut given = Vec::new();
    for block in story.article.blocks.iter().filter(|block| block.kind == BlockKind::Meta) {
        let times = datetime::times(story.article.words_of(block));
        let said = times.moments.iter().filter(|(role, _)| *role != Role::Updated);
        given.extend(said.map(|(_, moment)| (*moment, block.span)));
    }
    if given.iter().any(|(moment, _)| moment.date == day) {
        return None;
    }
    given.first().map(|(moment, span)| (*moment, story.article.file_span(*span)))
}

/// Whether a moment is before another; where one has no time, the day decides.
fn is_before(one: &Moment, other: &Moment) -> bool {
    match (one.time, other.time) {
        (Some(a), Some(b)) if one.offset == other.offset => (one.date, a) < (other.date, b),
        _ => one.date < other.date,
    }
}

/// Where an article says when: at a key of its front matter, or in a line of wire copy.
fn said_at(story: &Story, moment: Moment, keys: &[&str]) -> FileSpan {
    let text = &*story.source.text;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split('=').next().unwrap_or_default().trim();
        if line.contains('=') && keys.contains(&key) {
            return FileSpan::new(at, at + line.trim_end().len());
        }
        at += line.len();
    }
    let says = |words: &str| datetime::times(words).moments.iter().any(|(_, said)| said.date == moment.date);
    let blocks = story.article.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Meta | BlockKind::Byline));
    blocks
        .filter(|block| says(story.article.words_of(block)))
        .map(|block| story.article.file_span(block.span))
        .next()
        .unwrap_or_else(|| FileSpan::at(0))
}
