use super::{clock, progress, say, score};
use crate::build::{self, BuildOptions};
use crate::check::{self, Checked};
use crate::diag::Severity;
use std::path::Path;
use std::process::ExitCode;

/// Looks over the finished site: links, pictures, people, dates, copies, data, weight
///
/// The site is built into .onrecord/check; public/ is not touched. Each finding has a code, which
/// docs/notes explains, and the line that gave it. Exits with 0 where nothing is at fault, with 1
/// where something is, and with 2 where the site could not be looked over.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Take warnings for faults too
    #[arg(long)]
    strict: bool,
    /// Ask the hosts that reports link to, one question at a time; answers are kept for a while
    #[cfg(feature = "external")]
    #[arg(long)]
    external: bool,
    /// Compare what the rules say with what editors decided, in place of looking the site over
    ///
    /// Printed as a table, or as JSON with --format json.
    #[arg(long, conflicts_with = "strict")]
    score: bool,
    /// How findings are printed
    #[arg(long, value_name = "FORM", value_enum, default_value_t = Form::Human)]
    format: Form,
    #[command(flatten)]
    clock: clock::Clock,
    /// Look at drafts too
    #[arg(long)]
    drafts: bool,
    /// Work with N threads; as many as there are processors unless given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=super::MOST_JOBS))]
    jobs: Option<u16>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Form {
    /// For people
    Human,
    /// One JSON array
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
    /// One page to read and pass on
    Html,
}

impl Form {
    /// The reporter's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Html => "html",
        }
    }
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    let options = BuildOptions {
        drafts: args.drafts,
        jobs: super::jobs(args.jobs),
        now: args.clock.now(),
        present: Some(args.clock.present()),
        ..BuildOptions::new(root)
    };
    let line = progress::Line::new();
    if args.score {
        return score::run(&options, args.format, line);
    }
    #[cfg(feature = "external")]
    let result = if args.external {
        let answers = root.join(".onrecord").join("links.json");
        let outside = check::Outside::new(answers, jiff::Timestamp::now().as_second());
        build::in_turn(|| say::waits(&line), || check::run_outside(&options, None, &outside, &line))
    } else {
        build::in_turn(|| say::waits(&line), || check::run(&options, None, &line))
    };
    #[cfg(not(feature = "external"))]
    let result = build::in_turn(|| say::waits(&line), || check::run(&options, None, &line));
    line.clear();
    match result {
        Ok(checked) => {
            say::findings(&checked.diagnostics, args.format.name());
            if args.format == Form::Human {
                say::result(&summary(&checked));
            }
            if checked.is_clean(args.strict) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(failure) => {
            // Whoever reads JSON wants JSON of the faults as well.
            say::findings(&failure.diagnostics, args.format.name());
            ExitCode::from(2)
        }
    }
}

/// `39 reports, 812 pages · 2 errors, 1 warning, 12 notes`
fn summary(checked: &Checked) -> String {
    let n = |severity| checked.diagnostics.iter().filter(|noted| noted.severity == severity).count();
    format!(
        "{}, {} · {}, {}, {}",
        say::count(checked.published.reports, "report", "reports"),
        say::count(checked.published.pages, "page", "pages"),
        say::count(n(Severity::Error), "error", "errors"),
        say::count(n(Severity::Warning), "warning", "warnings"),
        say::count(n(Severity::Note), "note", "notes"),
    )
}
