//! Floor 7: order, threads, disk, clock. No other room below touches them.

mod assets;
mod cache;
mod find;
mod hash;
mod load;
mod options;
mod pages;
mod people;
mod pictures;
mod progress;
mod publish;
mod published;
mod settings;
mod sources;
mod stat;
mod stories;
mod theme;
mod timings;

pub use options::BuildOptions;
pub use progress::{Progress, Quiet, Stage};
pub use publish::Written;
pub use published::{Failure, Published};
pub use timings::Timings;

use crate::diag::{Code, Diagnostic};
use crate::emit::{self, SiteInput};
use crate::model::QuoteFact;
use crate::{archive, view};
use cache::{Cache, Sheet};
use pages::Press;
use publish::Output;
use sources::Sources;
use std::io;
use std::path::Path;
use timings::Clock;

/// Builds a site and puts it into place.
///
/// Errors where the site itself would be wrong; the output folder is then as it was.
pub fn run(options: &BuildOptions, progress: &dyn Progress) -> Result<Published, Failure> {
    let mut diagnostics = Vec::new();
    match build(options, progress, &mut diagnostics) {
        Ok(mut published) => {
            diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
            published.diagnostics = diagnostics;
            Ok(published)
        }
        Err(fatal) => {
            diagnostics.extend(fatal);
            diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
            Err(Failure { diagnostics })
        }
    }
}

fn build(
    options: &BuildOptions,
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Published, Vec<Diagnostic>> {
    let clock = Clock::start();
    let (root, out) = (options.root.as_path(), options.out_folder());

    // First whatever could make the site itself wrong: settings, output folder, templates.
    progress.begin(Stage::Find, 0);
    let settings = settings::settings(options, diagnostics)?;
    let content = settings.read.content.as_ref();
    let folders = [content, "templates", "static", cache::FOLDER].map(|name| root.join(name));
    publish::refuse(&out, root, &folders).map_err(|d| vec![d])?;
    let cache = Cache::open(root, options.cache).map_err(|d| vec![d])?;
    let templates = find::files(root, "templates");
    if !templates.diagnostics.is_empty() {
        // Without one of its own templates the site would be another.
        return Err(templates.diagnostics);
    }
    let engine = theme::engine(&templates.value)?;
    let found = find::files(root, content);
    let mut left_out = found.diagnostics.len();
    let sources =
        Sources::new(found.into_value(diagnostics), find::files(root, "static").into_value(diagnostics), content);
    clock.end(Stage::Find);

    progress.begin(Stage::Pictures, sources.pictures.len());
    let pictures = pictures::measure(&sources, content, &clock, progress, diagnostics);
    clock.end(Stage::Pictures);

    progress.begin(Stage::Read, sources.articles.len());
    let (authority, people_left_out) = people::read(&sources.people, diagnostics);
    let mut stories =
        stories::read(&sources.articles, &settings, &authority, options.drafts, &clock, progress, diagnostics);
    left_out += stories.left_out + people_left_out;
    let drafts = stories.drafts;
    clock.end(Stage::Read);

    progress.begin(Stage::Join, 0);
    let facts = stories.take_facts();
    let archive = archive::join(facts, &authority, &pictures, &settings.site).into_value(diagnostics);
    let stories = stories.in_order_of(&archive);
    for (record, story) in archive.articles.iter().zip(&stories) {
        diagnostics.extend(record.missing_pictures(&story.article, &story.source));
    }
    let keys = view::plan(&archive, &settings);
    clock.end(Stage::Join);

    let before = cache.load(Sheet::Outputs).unwrap_or_default();
    let output = Output::open(&out, before).map_err(|d| vec![d])?;
    progress.begin(Stage::Pages, keys.len());
    let press = Press {
        archive: &archive,
        settings: &settings,
        engine: &engine,
        stories: &stories,
        output: &output,
        clock: &clock,
    };
    press.run(&keys, progress)?;
    clock.end(Stage::Pages);

    progress.begin(Stage::Data, 0);
    let pages: Vec<Box<str>> = keys.iter().map(|key| key.path(&archive, &settings.site)).collect();
    let data =
        emit::site(&SiteInput { archive: &archive, site: &settings.site, pages: &pages }).into_value(diagnostics);
    press.put(&data).map_err(|d| vec![d])?;
    clock.end(Stage::Data);

    progress.begin(Stage::Files, sources.pictures.len() + sources.statics.len());
    assets::put(&sources, &pictures, &output, progress, diagnostics).map_err(|d| vec![d])?;
    clock.end(Stage::Files);

    progress.begin(Stage::Publish, 0);
    let (written, noted, left) = output.publish().map_err(|d| vec![d])?;
    diagnostics.extend(noted);
    cache.save(Sheet::Outputs, &left);
    clock.end(Stage::Publish);

    let unsure = |quote: &&QuoteFact| quote.confidence < settings.site.threshold;
    let quotes = || archive.articles.iter().flat_map(|article| &article.facts.quotes);
    Ok(Published {
        reports: archive.articles.len(),
        quotations: quotes().count(),
        unsure: quotes().filter(unsure).count(),
        people: archive.people.len(),
        pages: keys.len(),
        left_out,
        drafts,
        written,
        diagnostics: Vec::new(),
        timings: clock.stop(),
    })
}

/// A finding about a file or folder as the user named it.
fn fault(code: Code, path: &Path, message: impl Into<String>) -> Diagnostic {
    let path = path.strip_prefix(".").unwrap_or(path);
    let shown = path.to_string_lossy().replace('\\', "/");
    Diagnostic::new(code, if shown.is_empty() { "." } else { &shown }, message)
}

/// The system's reason, without its number.
fn why(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let mut words = text[..end].to_owned();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    words
}
