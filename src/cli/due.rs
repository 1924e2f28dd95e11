use super::{clock, progress, say};
use crate::build::{self, BuildOptions};
use crate::diag::clean;
use std::path::Path;
use std::process::ExitCode;

/// Prints when the site must be built next: when an article appears, its embargo ends, or it expires
///
/// Nothing is built. The first line is the moment, in UTC; then what becomes due at it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    clock: clock::Clock,
    /// How it is printed
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Human)]
    format: Form,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For people
    Human,
    /// One JSON object: `now`, `next`, and the `articles` that are due then
    Json,
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    let options =
        BuildOptions { now: args.clock.now(), present: Some(args.clock.present()), ..BuildOptions::new(root) };
    let line = progress::Line::new();
    let result = build::agenda(&options, &line);
    line.clear();
    match result {
        Ok(agenda) => {
            let next = agenda.next();
            let at = next.first().map(|due| due.at.to_string());
            if args.format == Form::Json {
                let row = |due: &build::Due| serde_json::json!({ "path": due.path, "turn": due.turn.words(), "at": due.at.to_string() });
                let rows: Vec<_> = next.iter().map(row).collect();
                let now = agenda.now.map(|now| now.to_string());
                say::result(&serde_json::json!({ "now": now, "next": at, "articles": rows }).to_string());
            } else if let Some(at) = at {
                say::result(&at);
                for due in next {
                    say::result(&format!("  {}: {}", clean(&due.path), due.turn.words()));
                }
            } else {
                say::result("nothing is due");
            }
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say::diagnostics(&failure.diagnostics);
            ExitCode::FAILURE
        }
    }
}
