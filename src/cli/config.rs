use super::{clock, say};
use crate::build::{self, BuildOptions};
use crate::config;
use std::path::Path;
use std::process::ExitCode;

/// Prints the settings as they are meant, each with where it comes from
///
/// The text is TOML that means the same. Behind each key stands the line of site.toml, the option of the
/// command line, or `default`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print the JSON Schema of site.toml instead, by which editors complete and check it
    #[arg(long, conflicts_with_all = ["base_url", "now"])]
    schema: bool,
    #[command(flatten)]
    clock: clock::Clock,
    /// The site's address in place of the one in site.toml, such as https://host/archive/
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    if args.schema {
        say::result(&format!("{:#}", config::schema()));
        return ExitCode::SUCCESS;
    }
    let options = BuildOptions { now: args.clock.now(), base_url: args.base_url, ..BuildOptions::new(root) };
    match build::meant(&options) {
        Ok(meant) => {
            let mut noted = Vec::new();
            say::result(meant.into_value(&mut noted).trim_end());
            say::diagnostics(&noted);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say::diagnostics(&failure.diagnostics);
            ExitCode::FAILURE
        }
    }
}
