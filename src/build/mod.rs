//! Floor 7: order, threads, disk, clock. No other room below touches them.

mod find;
mod options;
mod progress;
mod publish;
mod published;
mod timings;

pub use options::BuildOptions;
pub use progress::{Progress, Quiet, Stage};
pub use publish::Written;
pub use published::{Failure, Published};
pub use timings::Timings;

use crate::diag::{Code, Diagnostic, codes};
use publish::Output;
use std::io;
use std::path::Path;
use timings::{Clock, Work};

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
    let mut clock = Clock::start();
    let root = options.root.as_path();
    let out = options.out_folder();
    let folders = ["content", "templates", "static"].map(|name| root.join(name));
    publish::refuse(&out, root, &folders).map_err(|d| vec![d])?;

    progress.begin(Stage::Find, 0);
    let statics = find::files(root, "static").into_value(diagnostics);
    clock.end(Stage::Find);

    let output = Output::open(&out).map_err(|d| vec![d])?;
    progress.begin(Stage::Files, statics.len());
    for file in &statics {
        let address = file.path.strip_prefix("static/").unwrap_or(&file.path);
        if output.has(address) {
            diagnostics.push(
                Diagnostic::new(codes::ADDRESS_TAKEN, &file.path, "a page of the site has the address of this file")
                    .note("the page was published")
                    .help("give the file another name"),
            );
        } else {
            clock.time(Work::Write, || output.copy(address, &file.disk)).map_err(|d| vec![d])?;
        }
        progress.step();
    }
    clock.end(Stage::Files);

    progress.begin(Stage::Publish, 0);
    let (written, noted) = output.publish().map_err(|d| vec![d])?;
    diagnostics.extend(noted);
    clock.end(Stage::Publish);
    Ok(Published { written, timings: clock.stop(), ..Published::default() })
}

/// A finding about a file or folder as the user named it.
fn fault(code: Code, path: &Path, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, &path.to_string_lossy().replace('\\', "/"), message)
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
