//! Floor 8: looks over finished work.
//!
//! Builds the site into a folder of its own, never into `public/`, and reads what came out as a browser, a feed reader
//! and a careful sub-editor would. Each check is one file here and one row in [`CHECKS`]; a finding is traced back to
//! the line of content that gave it wherever one did.

mod copies;
mod data;
mod dates;
mod ground;
mod html;
mod links;
mod orphans;
#[cfg(feature = "external")]
mod outside;
mod pictures;
mod quotations;
mod score;
mod surnames;
mod weight;

#[cfg(feature = "external")]
pub use outside::Outside;
pub use score::{ByConfidence, ByRule, Score, Tally, score};

use crate::archive::ArticleId;
use crate::build::{self, BuildOptions, Failure, Finished, Progress, Published, Story};
use crate::diag::{Diagnostic, Severity};
use ground::Ground;
use jiff::civil::Date;
use rayon::prelude::*;
use std::io;

/// Every check, in the order in which they are made.
static CHECKS: &[&dyn Check] = &[
    &links::Links,
    &pictures::Pictures,
    &surnames::Surnames,
    &quotations::Quotations,
    &dates::Dates,
    &data::Data,
    &weight::Weight,
    &orphans::Orphans,
];

/// Looks for one kind of fault. What a check does not look at, it leaves to the default.
trait Check: Sync {
    /// Looks at one article.
    fn article(&self, _: &Ground<'_>, _: ArticleId, _: &Story, _: &mut Vec<Diagnostic>) {}

    /// Looks at the whole site.
    fn site(&self, _: &Ground<'_>, _: &mut Vec<Diagnostic>) {}
}

/// A site that was looked over.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// What was built.
    pub published: Published,
    /// What the build noted and what was found, in the order of [`Diagnostic::order`].
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Whether nothing is at fault; with `strict` a warning is a fault as well. Notes never are.
    pub fn is_clean(&self, strict: bool) -> bool {
        let least = if strict { Severity::Warning } else { Severity::Error };
        self.diagnostics.iter().all(|noted| noted.severity < least)
    }
}

/// Builds the site into `.onrecord/check` and looks it over.
///
/// `today` says which dates have come; with none, none is thought to be early. What `options` say of output and cache
/// is passed over: the published site stays as it is, and so does what the next build will recall.
/// Errors where the site could not be built.
pub fn run(options: &BuildOptions, today: Option<Date>, progress: &dyn Progress) -> Result<Checked, Failure> {
    run_with(options, today, &|_, _| (), progress)
}

/// Looks over a site as [`run`] does, and asks the hosts to which it links.
///
/// Errors as [`run`] does.
#[cfg(feature = "external")]
pub fn run_outside(
    options: &BuildOptions,
    today: Option<Date>,
    outside: &Outside,
    progress: &dyn Progress,
) -> Result<Checked, Failure> {
    run_with(options, today, &|ground, found| outside.look(ground, found), progress)
}

/// What is looked at where it is asked for.
type More<'m> = &'m (dyn Fn(&Ground<'_>, &mut Vec<Diagnostic>) + Sync);

/// Looks over a site, and at what else is asked for.
fn run_with(
    options: &BuildOptions,
    today: Option<Date>,
    more: More<'_>,
    progress: &dyn Progress,
) -> Result<Checked, Failure> {
    let out = options.root.join(".onrecord").join("check");
    let options = BuildOptions { out: Some(out), cache: false, ..options.clone() };
    let mut found = Vec::new();
    let mut published =
        build::run_and_look(&options, progress, &mut |site: &Finished<'_>| found = look_over(site, today, more))?;
    let mut diagnostics = std::mem::take(&mut published.diagnostics);
    diagnostics.append(&mut found);
    diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
    diagnostics.dedup();
    Ok(Checked { published, diagnostics })
}

fn look_over(site: &Finished<'_>, today: Option<Date>, more: More<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let ground = Ground::new(site, today, &mut found);
    let ids: Vec<ArticleId> = site.archive.article_ids().collect();
    let looked: Vec<(Option<copies::Print>, Vec<Diagnostic>)> = ids
        .par_iter()
        .map(|id| {
            let mut noted = Vec::new();
            match site.story(*id) {
                Ok(story) => {
                    for check in CHECKS {
                        check.article(&ground, *id, &story, &mut noted);
                    }
                    (Some(copies::print(*id, &story)), noted)
                }
                Err(unread) => (None, vec![unread]),
            }
        })
        .collect();
    let mut prints = Vec::with_capacity(looked.len());
    for (print, noted) in looked {
        prints.extend(print);
        found.extend(noted);
    }
    copies::compare(&ground, &prints, &mut found);
    for check in CHECKS {
        check.site(&ground, &mut found);
    }
    more(&ground, &mut found);
    found
}

/// The system's reason, without its number.
fn why(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}
