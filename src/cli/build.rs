use super::{clock, progress, say, shown};
use crate::build::{self, BuildOptions, Failure, Published};
use crate::diag::Severity;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Builds the site: reads content/, annotates it, writes public/
///
/// Every message about every file is printed; at a terminal, of those that are no errors the first 200
/// of each code. A file with an error is left out and the rest is built; only a fault in site.toml, in a
/// template or in the output folder stops the build, and then the last site stays as it was. In the
/// output folder nothing is overwritten or removed that an earlier build did not write. Where another
/// build of the archive is at work, a preview’s among them, this one waits for a few seconds, and then it
/// is refused.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Where the site goes; `public` in the site's folder unless given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Publish drafts too
    #[arg(long)]
    drafts: bool,
    #[command(flatten)]
    clock: clock::Clock,
    /// The site's address in place of the one in site.toml, such as https://host/archive/
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Build from nothing, as if it were the first time, and keep nothing for the next
    #[arg(long)]
    no_cache: bool,
    /// Work with N threads; as many as there are processors unless given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=super::MOST_JOBS))]
    jobs: Option<u16>,
    /// Print where the time went, as a table or as JSON
    #[arg(long, value_name = "FORM", num_args = 0..=1, require_equals = true, default_missing_value = "table")]
    timings: Option<Form>,
    #[cfg(feature = "trace")]
    #[command(flatten)]
    trace: super::trace::Trace,
}

/// How timings are printed.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Form {
    /// For people
    Table,
    /// For programs
    Json,
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    let options = BuildOptions {
        root: root.to_path_buf(),
        out: args.out,
        drafts: args.drafts,
        base_url: args.base_url,
        cache: !args.no_cache,
        linked_styles: false,
        jobs: super::jobs(args.jobs),
        now: args.clock.now(),
        present: Some(args.clock.present()),
        whole: false,
    };
    #[cfg(feature = "trace")]
    {
        let trace = match args.trace.begin() {
            Ok(trace) => trace,
            Err(code) => return code,
        };
        let code = built(&options, args.timings);
        trace.map_or(Ok(()), super::trace::Tracing::end).map_or_else(|failed| failed, |()| code)
    }
    #[cfg(not(feature = "trace"))]
    built(&options, args.timings)
}

/// Builds and says what came of it.
fn built(options: &BuildOptions, timings: Option<Form>) -> ExitCode {
    let line = progress::Line::new();
    let result = build::in_turn(|| say::waits(&line), || build::run(options, &line));
    line.clear();
    match result {
        Ok(published) => {
            say::diagnostics(&published.diagnostics);
            match timings {
                Some(Form::Table) => say::result(&published.timings.table()),
                Some(Form::Json) => say::result(&published.timings.json()),
                None => {}
            }
            say::result(&summary(&published));
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say::diagnostics(&failure.diagnostics);
            say::result(&refusal(&failure, Some(&options.out_folder())));
            ExitCode::FAILURE
        }
    }
}

/// `412 reports · 2,108 quotations, 31 unsure · 96 people · 1,204 pages · 0.34 s`
pub(super) fn summary(published: &Published) -> String {
    let mut parts = vec![
        say::count(published.reports, "report", "reports"),
        format!(
            "{}, {} unsure",
            say::count(published.quotations, "quotation", "quotations"),
            say::grouped(published.unsure)
        ),
        say::count(published.people, "person", "people"),
        say::count(published.pages, "page", "pages"),
    ];
    if published.left_out > 0 {
        parts.push(format!("{} left out", say::grouped(published.left_out)));
    }
    if published.drafts > 0 {
        parts.push(format!("{} held back", say::count(published.drafts, "draft", "drafts")));
    }
    if published.held > 0 {
        parts.push(format!("{} held back by date", say::count(published.held, "report", "reports")));
    }
    parts.push(seconds(published.timings.total()));
    parts.join(" · ")
}

/// `not built · 2 errors · public is as it was`
///
/// `out` is the output folder, where it should be spoken of.
pub(super) fn refusal(failure: &Failure, out: Option<&Path>) -> String {
    let errors = failure.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
    let mut line = format!("not built · {}", say::count(errors, "error", "errors"));
    if let Some(out) = out.filter(|out| out.exists()) {
        line.push_str(&format!(" · {} is as it was", shown(out)));
    }
    line
}

fn seconds(time: Duration) -> String {
    format!("{:.2} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_is_one_line() {
        let mut published =
            Published { reports: 412, quotations: 2108, unsure: 31, people: 96, pages: 1204, ..Published::default() };
        assert_eq!(summary(&published), "412 reports · 2,108 quotations, 31 unsure · 96 people · 1,204 pages · 0.00 s");
        (published.left_out, published.drafts) = (1, 3);
        assert_eq!(
            summary(&published),
            "412 reports · 2,108 quotations, 31 unsure · 96 people · 1,204 pages · 1 left out · 3 drafts held back · 0.00 s"
        );
    }
}
