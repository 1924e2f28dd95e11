//! Drafts to article: reading text, blocks, runs, parts, photos, furniture.

use rustc_hash::FxHashMap;

use super::Draft;
use super::caption::Found;
use super::dateline;
use super::head::{self, Head};
use super::look::sign;
use crate::config::ReadSettings;
use crate::diag::{Diagnostic, Noted, codes};
use crate::model::{Article, Block, BlockKind, Container, ContainerKind, Furniture, Moment, Part, Photo, Run, Source};
use crate::read::credit;
use crate::read::datetime::Role;
use crate::read::path;
use crate::text::{FileSpan, TextSpan, slug};

/// Builds the article and notes what is missing.
pub(super) fn assemble(
    source: &Source,
    settings: &ReadSettings,
    drafts: &[Draft<'_>],
    photos: &[Found],
    posts: u32,
    head: &Head,
) -> Noted<Article> {
    let mut diagnostics = Vec::new();
    let Text { text, blocks, runs } = set(drafts);
    let photos = photos.iter().map(|found| photo(found, drafts, &blocks)).collect();
    let parts = parts(&blocks, &text);
    let furniture = furniture(source, settings, drafts, head, &blocks, &mut diagnostics);
    let slug = [path::path_slug(&source.path), slug(&furniture.headline)].into_iter().find(|s| !s.is_empty());
    if drafts.is_empty() {
        diagnostics.retain(|d: &Diagnostic| d.code != codes::HEADLINE_MISSING && d.code != codes::DATE_MISSING);
        diagnostics.push(
            Diagnostic::new(codes::ARTICLE_EMPTY, &source.path, "this file holds no words")
                .note("read as an article without a body")
                .help("write the story, or delete the file"),
        );
    }
    let article = Article {
        path: source.path.clone(),
        slug: slug.unwrap_or_else(|| "report".into()).into(),
        furniture,
        text: text.into(),
        blocks,
        containers: (0..posts).map(|_| Container { kind: ContainerKind::BlockQuote, parent: None }).collect(),
        parts,
        photos,
        runs,
        ..Article::default()
    };
    Noted::new(article, diagnostics)
}

struct Text {
    text: String,
    blocks: Vec<Block>,
    runs: Vec<Run>,
}

/// Sets the drafts' words one under the other, and remembers where each line of them stands in the file.
fn set(drafts: &[Draft<'_>]) -> Text {
    let mut out = Text { text: String::new(), blocks: Vec::with_capacity(drafts.len()), runs: Vec::new() };
    for draft in drafts {
        if !out.text.is_empty() {
            out.text.push('\n');
        }
        let start = out.text.len();
        out.text.push_str(&draft.unit.text);
        let mut at = start;
        for piece in &draft.unit.pieces {
            out.runs.push(Run { text: TextSpan::new(at, at + piece.len()), file: *piece });
            // A wrapped line's end is one space.
            at += piece.len() + 1;
        }
        let span = TextSpan::new(start, out.text.len());
        out.blocks.push(Block { kind: draft.kind.unwrap_or(BlockKind::Paragraph), span, within: draft.post });
    }
    out
}

fn photo(found: &Found, drafts: &[Draft<'_>], blocks: &[Block]) -> Photo {
    let span = |(at, range): &(usize, std::ops::Range<usize>)| {
        let start = blocks[*at].span.start as usize;
        TextSpan::new(start + range.start, start + range.end)
    };
    let words = |(at, range): &(usize, std::ops::Range<usize>)| &drafts[*at].unit.text[range.clone()];
    let credit = found.credit.as_ref().map(|place| {
        let mut credit = credit::credit(words(place));
        credit.span = Some(span(place));
        // "Ola Brandt" over "AP Photo".
        if let Some(at) = found.agency {
            credit.agency = credit::credit(&drafts[at].unit.text).agency;
        }
        credit
    });
    let alt = found.alt.map(|at| {
        let alt = &drafts[at].unit.text;
        &alt[credit::caption_line(alt, &credit::Desk::default()).caption]
    });
    // Alt line and caption mostly say the same; then the caption's own words serve, stop and all.
    let same = |a: &str, b: &str| a.trim_end_matches('.') == b.trim_end_matches('.');
    let alt = match (&found.caption, alt) {
        (Some(caption), Some(alt)) if same(words(caption), alt) => Some(words(caption)),
        (_, alt) => alt,
    };
    Photo {
        alt: alt.map(Into::into),
        caption: found.caption.as_ref().map(span).filter(|s| !s.is_empty()),
        credit,
        file_photo: found.file_photo,
        ..Photo::default()
    }
}

/// The opening, then one part for each crosshead.
fn parts(blocks: &[Block], text: &str) -> Vec<Part> {
    let outside = |b: &Block| {
        matches!(
            b.kind,
            BlockKind::Kicker | BlockKind::Headline | BlockKind::Standfirst | BlockKind::Byline | BlockKind::Meta
        )
    };
    let first = blocks.iter().position(|b| !outside(b)).unwrap_or(blocks.len());
    let number = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    let mut parts = vec![Part { crosshead: None, id: "".into(), blocks: (number(first), number(blocks.len())) }];
    let mut taken = FxHashMap::default();
    for (i, block) in blocks.iter().enumerate().filter(|(_, b)| matches!(b.kind, BlockKind::Crosshead(_))) {
        if let Some(last) = parts.last_mut() {
            last.blocks.1 = number(i);
        }
        let id = unique(slug(block.span.of(text)), &mut taken);
        parts.push(Part { crosshead: Some(number(i)), id, blocks: (number(i), number(blocks.len())) });
    }
    parts
}

/// An address within the page that no other part has; `taken` counts how often each was asked for.
fn unique(slug: String, taken: &mut FxHashMap<String, u32>) -> Box<str> {
    let base = if slug.is_empty() { "part".to_owned() } else { slug };
    loop {
        let n = taken.entry(base.clone()).and_modify(|n| *n += 1).or_insert(1);
        let id = if *n == 1 { base.clone() } else { format!("{base}-{n}") };
        // "tides-2" may be another crosshead's own words.
        if id == base || !taken.contains_key(&id) {
            taken.entry(id.clone()).or_insert(1);
            return id.into();
        }
    }
}

fn furniture(
    source: &Source,
    settings: &ReadSettings,
    drafts: &[Draft<'_>],
    head: &Head,
    blocks: &[Block],
    diagnostics: &mut Vec<Diagnostic>,
) -> Furniture {
    let words = |at: usize| -> &str { &drafts[at].unit.text };
    let kicker =
        head.kicker.map(|at| words(at).trim_end_matches(['|', ':', '>', ' ']).to_owned()).filter(|k| !k.is_empty());
    let headline = match head.headline {
        Some(at) => words(at).to_owned(),
        None => {
            let named = path::path_words(&source.path);
            diagnostics.push(headline_missing(source, drafts, &named));
            named
        }
    };
    let lede = drafts.get(head.body).filter(|d| d.kind == Some(BlockKind::Paragraph));
    // "RENN: When will it sail?" is no dateline where others speak so as well.
    let transcript = || {
        drafts[head.body + 1..].iter().any(|d| d.unit.look.has(sign::COLON) && dateline::colon(&d.unit.text).is_some())
    };
    let dateline = lede.and_then(|d| {
        let text = &*d.unit.text;
        dateline::dateline(text).or_else(|| dateline::colon(text).filter(|_| !transcript()))
    });
    let agency = dateline.as_ref().and_then(|d| d.agency).map(head::printed_agency).or_else(|| head.agency.clone());
    let (published, updated) = moments(source, drafts, diagnostics);
    let section = kicker
        .clone()
        .or_else(|| path::path_section(&source.path, settings))
        .unwrap_or_else(|| settings.section.to_string());
    Furniture {
        section: Some(section).filter(|s| !s.is_empty()).map(Into::into),
        kicker: kicker.map(Into::into),
        headline: headline.into(),
        standfirst: standfirst(head.standfirst.iter().map(|at| words(*at))),
        byline: head.byline.map(|at| words(at).into()),
        authors: head.authors.iter().map(|name| name.as_str().into()).collect(),
        agency: agency.map(Into::into),
        dateline: dateline.map(|d| {
            let start = blocks[head.body].span.start as usize;
            TextSpan::new(start, start + d.end)
        }),
        published,
        updated,
        ..Furniture::default()
    }
}

/// The standfirst; where it is a list, its points without their marks.
fn standfirst<'a>(points: impl Iterator<Item = &'a str>) -> Option<Box<str>> {
    let points: Vec<&str> = points.collect();
    match points[..] {
        [] => None,
        [one] => Some(one.into()),
        _ => Some(
            points
                .iter()
                .map(|p| p.trim_start_matches(['•', '▪', '●', '◦', '■', '-', '*', '–', ' ']))
                .collect::<Vec<_>>()
                .join(" ")
                .into(),
        ),
    }
}

fn headline_missing(source: &Source, drafts: &[Draft<'_>], named: &str) -> Diagnostic {
    let mut finding = Diagnostic::new(codes::HEADLINE_MISSING, &source.path, "no headline was found");
    if let Some(first) = drafts.first().and_then(|d| d.unit.pieces.first()) {
        finding = finding.at(&source.text, *first, "the story begins here");
    }
    let note =
        if named.is_empty() { "shown without one".to_owned() } else { format!("named `{named}` after its file") };
    finding.note(note).help("give the headline a line of its own at the top")
}

/// When the story was published and changed: the path's day first, then what the copy says.
fn moments(
    source: &Source,
    drafts: &[Draft<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Moment>, Option<Moment>) {
    let mut published: Option<Moment> = None;
    let mut updated: Option<Moment> = None;
    // "Published" on one line, the date on the next.
    let mut label = None;
    for draft in drafts.iter().filter(|d| d.times.is_some()) {
        let Some(times) = &draft.times else { continue };
        for (role, moment) in &times.moments {
            let role = match (role, label.take()) {
                (Role::Unsaid, Some(label)) => label,
                (role, _) => *role,
            };
            let slot = if role == Role::Updated || (role == Role::Unsaid && published.is_some()) {
                &mut updated
            } else {
                &mut published
            };
            slot.get_or_insert(*moment);
        }
        label = if times.timed { None } else { times.label };
        for unread in &times.unread {
            diagnostics.push(date_unread(source, draft, unread.clone()));
        }
    }
    let day = path::path_date(&source.path).map(Moment::day);
    let published = match (day, published) {
        (Some(day), Some(said)) if said.date == day.date => Some(said),
        (Some(day), _) => Some(day),
        (None, Some(said)) => Some(said),
        (None, None) => updated,
    };
    if published.is_none() {
        diagnostics.push(
            Diagnostic::new(codes::DATE_MISSING, &source.path, "neither the file's path nor the copy gives a date")
                .note("read as undated")
                .help("begin the file's name with its date, as in `2031-11-14-calder-tunnel.txt`"),
        );
    }
    let updated = updated.filter(|u| published.is_some_and(|p| *u > p));
    (published, updated)
}

fn date_unread(source: &Source, draft: &Draft<'_>, unread: std::ops::Range<usize>) -> Diagnostic {
    let start = draft.unit.pieces.first().map_or(0, |p| p.start as usize);
    let place = FileSpan::new(start + unread.start, start + unread.end);
    let words = &draft.unit.text[unread];
    Diagnostic::new(codes::DATE_UNREAD, &source.path, format!("no calendar has the date `{words}`"))
        .at(&source.text, place, "this date")
        .note("read on without it")
        .help("write it as `14 November 2031` or `2031-11-14`")
}
