//! Everything around the body: what the front matter says, what the text says, and what stands in.

use super::assemble::Found;
use crate::config::{ReadSettings, Text};
use crate::diag::{Diagnostic, codes};
use crate::model::{Furniture, Moment, Source};
use crate::read::front_matter::FrontMatter;
use crate::read::{byline, path};
use crate::text::slug;
use std::borrow::Cow;

/// Everything around the body that is not words of the reading text.
pub(super) fn furniture(
    source: &Source,
    settings: &ReadSettings,
    matter: &FrontMatter<'_>,
    found: Found,
    diagnostics: &mut Vec<Diagnostic>,
) -> Furniture {
    let at = bundle(&source.path);
    let filled = |text: &Option<Text<'_>>| text.as_ref().and_then(Text::filled);
    let mut authors: Vec<Box<str>> = matter.authors.iter().filter_map(Text::filled).collect();
    let byline = filled(&matter.byline).or_else(|| found.byline.map(Into::into));
    let byline = byline.or_else(|| (!authors.is_empty()).then(|| authors.join(", ").into()));
    if let (Some(words), true) = (&byline, authors.is_empty()) {
        let names = byline::writers(byline::by_line(words).unwrap_or(words));
        authors.extend(names.into_iter().map(Into::into));
    }
    let published = matter.published.or_else(|| path::path_date(&at).map(Moment::day));
    if published.is_none() {
        diagnostics.push(
            Diagnostic::new(codes::DATE_MISSING, &source.path, "neither path nor front matter gives a date")
                .note("published among the undated reports")
                .help("write `date = 2031-11-14` into the front matter"),
        );
    }
    let updated = matter.updated.filter(|updated| {
        let backwards = published.is_some_and(|published| updated.date < published.date);
        if backwards {
            diagnostics.push(
                Diagnostic::new(codes::DATE_UNREAD, &source.path, "`updated` lies before `date`")
                    .note("read as never changed")
                    .help("exchange the two, or take `updated` out"),
            );
        }
        !backwards
    });
    let headline = found.headline.unwrap_or_else(|| {
        let words = path::path_words(&at);
        diagnostics.push(
            Diagnostic::new(codes::HEADLINE_MISSING, &source.path, "no headline was found")
                .note(format!("the file's name stands in: `{words}`"))
                .help("write `title = \"…\"` into the front matter, or open the text with `# …`"),
        );
        words
    });
    let kicker = filled(&matter.kicker);
    let section = matter.section.clone();
    let section = section.or_else(|| path::path_section(&at, settings).map(Into::into)).or_else(|| kicker.clone());
    Furniture {
        kicker,
        headline: headline.into(),
        standfirst: filled(&matter.standfirst),
        byline,
        authors,
        agency: matter.agency.clone().or_else(|| found.agency.map(Into::into)),
        dateline: found.dateline,
        published,
        updated,
        section: section.or_else(|| Some(settings.section.clone())),
        tags: matter.tags.clone(),
        aliases: matter.aliases.clone(),
        lang: matter.lang.clone(),
        rights: matter.rights.clone(),
        corrections: matter.corrections.clone(),
        notices: Vec::new(),
        noindex: false,
        status: matter.status,
        embargo: matter.embargo,
        expires: matter.expires,
    }
}

/// The path that tells slug, date and section: a folder with an `index.md` is one article with its pictures.
fn bundle(path: &str) -> Cow<'_, str> {
    match path.strip_suffix("/index.md").or_else(|| path.strip_suffix("/index.markdown")) {
        Some(folder) if folder.contains('/') => Cow::Owned(format!("{folder}.md")),
        _ => Cow::Borrowed(path),
    }
}

pub(super) fn slug_of(path: &str, matter: &FrontMatter<'_>, furniture: &Furniture) -> String {
    let candidates =
        [matter.slug.clone().unwrap_or_default(), path::path_slug(&bundle(path)), slug(&furniture.headline)];
    candidates.into_iter().find(|s| !s.is_empty()).unwrap_or_else(|| "report".to_owned())
}
