//! Messages and results on the two standard streams.

use crate::diag::{Diagnostic, REPORTERS, Reporter, Severity, report};
use crate::text::number;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Findings of one code that are printed one by one, unless they are errors. An archive of thirty thousand reports without
/// a date is thirty thousand times the same message, behind which nobody finds another.
const MOST_ALIKE: usize = 200;

/// Writes findings to standard error: drawn and coloured at a terminal, as plain lines elsewhere.
///
/// At a terminal every error is there, and of others the first [`MOST_ALIKE`] of each code; the rest is counted. A file or
/// a program has them all.
pub(super) fn diagnostics(diagnostics: &[Diagnostic]) {
    let is_terminal = std::io::stderr().is_terminal();
    let drawn = is_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let reporter: &dyn Reporter = if drawn { &report::Human } else { &report::Plain };
    let mut text = String::new();
    let more = if is_terminal {
        bounded(diagnostics, |told| reporter.report(told, &mut text))
    } else {
        reporter.report(diagnostics, &mut text);
        BTreeMap::new()
    };
    for (code, n) in &more {
        text.push_str(&format!("{} more of {code}, as above\n", grouped(*n)));
    }
    if !more.is_empty() {
        text.push_str("  help: `onrecord check --format json` prints all\n\n");
    }
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Tells findings, in their order, but of none but errors more than [`MOST_ALIKE`] of one code; returns how many were not
/// told, by code.
fn bounded(diagnostics: &[Diagnostic], mut tell: impl FnMut(&[Diagnostic])) -> BTreeMap<&'static str, usize> {
    let mut met: BTreeMap<&'static str, usize> = BTreeMap::new();
    let is_told = |diagnostic: &Diagnostic| {
        let n = met.entry(diagnostic.code.name()).or_default();
        let is_error = diagnostic.severity == Severity::Error;
        *n += usize::from(!is_error);
        is_error || *n <= MOST_ALIKE
    };
    let told: Vec<bool> = diagnostics.iter().map(is_told).collect();
    let mut from = 0;
    for stretch in told.chunk_by(|a, b| a == b) {
        let to = from + stretch.len();
        if stretch[0] {
            tell(&diagnostics[from..to]);
        }
        from = to;
    }
    met.retain(|_, n| *n > MOST_ALIKE);
    met.into_iter().map(|(code, n)| (code, n - MOST_ALIKE)).collect()
}

/// Writes findings to standard output, all of them: as [`diagnostics`] does, or in the form that was asked for.
pub(super) fn findings(diagnostics: &[Diagnostic], form: &str) {
    let drawn = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let name = if form == "human" && !drawn { "plain" } else { form };
    let mut text = String::new();
    if let Some(reporter) = REPORTERS.iter().find(|reporter| reporter.name() == name) {
        reporter.report(diagnostics, &mut text);
    }
    said(anstream::stdout().lock().write_all(text.as_bytes()));
}

/// Writes one line to standard output. A reader that has gone away is no fault of ours.
pub(super) fn result(line: &str) {
    said(writeln!(io::stdout().lock(), "{line}"));
}

/// Takes down that something could not be printed, unless whoever was reading has seen enough.
fn said(printed: io::Result<()>) {
    if printed.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe) {
        UNSAID.store(true, Ordering::Relaxed);
    }
}

/// Whether something could not be printed.
static UNSAID: AtomicBool = AtomicBool::new(false);

/// The exit code of a question whose answer is what is printed: it failed where that could not be.
pub(super) fn answered(code: ExitCode) -> ExitCode {
    if UNSAID.load(Ordering::Relaxed) { unsaid() } else { code }
}

/// Says that standard output cannot be written, and gives the exit code for it.
pub(super) fn unsaid() -> ExitCode {
    let said = "error: standard output cannot be written\n  help: see that there is room where it goes";
    let _ = writeln!(anstream::stderr(), "{said}");
    ExitCode::FAILURE
}

/// Says that another build is waited for.
pub(super) fn waits(line: &super::progress::Line) {
    line.clear();
    let _ = writeln!(anstream::stderr(), "another build of this archive is at work; this one waits for it");
}

/// Says that something outside the site's files is in the way, and gives the exit code for it.
#[cfg(any(feature = "serve", feature = "trace"))]
pub(super) fn trouble(message: &str, help: &str) -> ExitCode {
    let _ = writeln!(anstream::stderr(), "error: {message}\n  help: {help}");
    ExitCode::FAILURE
}

/// A count with thousands set apart and its noun: `1 report`, `2,108 quotations`.
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// A count with thousands set apart.
pub(super) fn grouped(n: usize) -> String {
    number::grouped(i64::try_from(n).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;

    #[test]
    fn of_like_messages_the_first_are_told_and_of_errors_all() {
        let of = |code, n: usize| (0..n).map(move |i| Diagnostic::new(code, &format!("{i}.md"), "a message"));
        let all: Vec<Diagnostic> = of(codes::DATE_MISSING, MOST_ALIKE + 3)
            .chain(of(codes::FRONT_MATTER_BROKEN, MOST_ALIKE + 3))
            .chain(of(codes::DATE_MISSING, 2))
            .chain(of(codes::HEADLINE_MISSING, MOST_ALIKE))
            .collect();
        let mut told = Vec::new();
        let more = bounded(&all, |stretch| told.extend(stretch.iter().cloned()));
        assert_eq!(more.into_iter().collect::<Vec<_>>(), [("date-missing", 5)]);
        let expected =
            [&all[..MOST_ALIKE], &all[MOST_ALIKE + 3..2 * MOST_ALIKE + 6], &all[2 * MOST_ALIKE + 8..]].concat();
        assert!(told == expected);
        assert!(bounded(&[], |_| panic!("there is nothing to tell")).is_empty());
    }

    #[test]
    fn counts_are_readable() {
        let check = |n, expected: &str| assert_eq!(count(n, "report", "reports"), expected);
        check(0, "0 reports");
        check(1, "1 report");
        check(412, "412 reports");
        check(2_108, "2,108 reports");
        check(1_002_108, "1,002,108 reports");
    }
}
