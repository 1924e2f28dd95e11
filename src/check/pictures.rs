//! Pictures as readers meet them who cannot see them, or who ask whose they are.

use super::Check;
use super::ground::Ground;
use crate::archive::ArticleId;
use crate::build::Story;
use crate::diag::{Diagnostic, Lines, codes};
use crate::model::Photo;
use crate::text::FileSpan;
use std::collections::BTreeMap;

/// Every picture has words in its place, and somebody who made it.
pub(super) struct Pictures;

impl Check for Pictures {
    fn article(&self, ground: &Ground<'_>, _: ArticleId, story: &Story, out: &mut Vec<Diagnostic>) {
        let lines = Lines::new(&story.source.text);
        for photo in &story.article.photos {
            let at = place(story, photo);
            let named = photo.file.as_deref().map_or("this picture".to_owned(), |file| format!("the picture `{file}`"));
            // Wire copy has no place for an alt text; there the caption says what is to be seen.
            let mut is_told = photo.alt.is_some() || photo.file.is_none() && photo.caption.is_some();
            let mut has_credit = photo.credit.is_some();
            // What the article leaves out, the file itself may say.
            let held = photo.file.as_deref().and_then(|file| ground.site.pictures.named(&story.article.path, file));
            if let Some(facts) = held.map(|picture| &picture.facts) {
                is_told |= facts.alt.is_some();
                has_credit |= facts.credit_line().is_some();
            }
            let say = |code, message: String| {
                Diagnostic::new(code, &story.article.path, message).within(&lines, at, "named here")
            };
            if !is_told {
                out.push(
                    say(codes::ALT_MISSING, format!("{named} has no alt text"))
                        .help("say what it shows: `![A ferry at its berth](…)`, or `alt = \"…\"` in its `[[photos]]`"),
                );
            }
            if !has_credit {
                out.push(say(codes::CREDIT_MISSING, format!("{named} has no credit")).help(
                    "end the caption with it, `(Ola Brandt/Northsound)`, or write `credit = \"…\"` in its `[[photos]]`",
                ));
            }
        }
    }

    fn site(&self, ground: &Ground<'_>, out: &mut Vec<Diagnostic>) {
        for person in ground.site.archive.people.iter().filter(|person| person.portrait.is_some()) {
            let Some(file) = person.authority.as_ref().filter(|file| file.portrait_credit.is_none()) else { continue };
            let said =
                Diagnostic::new(codes::CREDIT_MISSING, "", format!("the portrait of {} has no credit", person.name))
                    .help("write `portrait_credit = \"…\"`");
            out.push(ground.at_words(said, &file.path, &["portrait", "image", "photo"], "named here"));
        }
        // What a template of the site draws.
        let mut bare: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (path, scan) in &ground.pages {
            for address in &scan.bare_pictures {
                bare.entry(address).or_default().push(path);
            }
        }
        for (address, pages) in bare {
            let first = pages.first().copied().unwrap_or_default();
            let said =
                Diagnostic::new(codes::ALT_MISSING, first, format!("the picture `{address}` has no alt attribute"))
                    .note(format!("on {} pages, the first of them {first}", pages.len()))
                    .help("write alt=\"…\", or alt=\"\" where it only adorns");
            let file = address.rsplit('/').next().unwrap_or(address);
            let template = ground.templates.iter().find(|(_, text)| !file.is_empty() && text.contains(file));
            let origin = template.map(|(path, _)| path.clone()).or_else(|| ground.origin(first));
            out.push(match origin {
                Some(path) => ground.at_words(said, &path, &[address, file], "drawn here"),
                None => said,
            });
        }
    }
}

/// Where the article speaks of a picture.
fn place(story: &Story, photo: &Photo) -> FileSpan {
    match photo.caption {
        Some(caption) if photo.file.is_none() => story.article.file_span(caption),
        _ => photo.file_at,
    }
}
