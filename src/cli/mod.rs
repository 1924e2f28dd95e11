//! Floor 9: asks, prints, exits.
//!
//! Exit codes: 0 it is done; 1 it is not, and the messages say why; 2 it was not asked for properly.

mod annotate;
mod build;
mod check;
mod clock;
mod config;
mod due;
mod explain;
mod init;
mod manual;
mod new;
mod progress;
#[cfg(feature = "serve")]
mod review;
mod say;
mod score;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "trace")]
mod trace;

pub use annotate::{prediction_line, prediction_lines};

use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Turns a folder of news copy into a site in which readers see who said what.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, propagate_version = true, max_term_width = 100, after_help = AFTER_HELP)]
struct Cli {
    /// The site's folder, with site.toml and content/; this folder unless given
    #[arg(long, global = true, value_name = "DIR", default_value = ".", hide_default_value = true)]
    root: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

const AFTER_HELP: &str = "\
Messages go to standard error, results to standard output. Exit codes: 0 done, 1 not done, 2 not \
understood. NO_COLOR=1 turns colours and drawings off.";

#[derive(Debug, Subcommand)]
enum Verb {
    Init(init::Args),
    New(new::Args),
    Build(build::Args),
    Check(check::Args),
    Due(due::Args),
    Config(config::Args),
    Annotate(annotate::Args),
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    #[cfg(feature = "serve")]
    Review(review::Args),
    Explain(explain::Args),
    Completions(manual::Completions),
    Man(manual::Man),
}

/// Threads that may be asked for: each has a stack, and a system has only so many.
const MOST_JOBS: i64 = 256;

/// As many threads as were asked for.
fn jobs(asked: Option<u16>) -> Option<NonZeroUsize> {
    asked.and_then(|n| NonZeroUsize::new(n.into()))
}

/// Does what the command line asks and says with which code to exit.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too; clap knows where each belongs. A closed pipe is no news.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match cli.verb {
        Verb::Init(args) => init::run(&cli.root, args),
        Verb::New(args) => new::run(&cli.root, args),
        Verb::Build(args) => build::run(&cli.root, args),
        Verb::Check(args) => say::answered(check::run(&cli.root, args)),
        Verb::Due(args) => say::answered(due::run(&cli.root, args)),
        Verb::Config(args) => say::answered(config::run(&cli.root, args)),
        Verb::Annotate(args) => annotate::run(args),
        #[cfg(feature = "serve")]
        Verb::Serve(args) => serve::run(&cli.root, args),
        #[cfg(feature = "serve")]
        Verb::Review(args) => review::run(&cli.root, args),
        Verb::Explain(args) => say::answered(explain::run(args)),
        Verb::Completions(args) => manual::completions(&args),
        Verb::Man(args) => manual::man(&args),
    }
}

/// A path as the user should read it: from the folder they stand in where it lies below.
fn shown(path: &Path) -> String {
    let path = path.strip_prefix(".").unwrap_or(path);
    if path.as_os_str().is_empty() { "this folder".to_owned() } else { path.display().to_string() }
}
