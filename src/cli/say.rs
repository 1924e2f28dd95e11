//! Messages and results on the two standard streams.

use crate::diag::{Diagnostic, REPORTERS, Reporter, report};
use crate::text::number;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Writes findings to standard error: drawn and coloured at a terminal, as plain lines elsewhere.
pub(super) fn diagnostics(diagnostics: &[Diagnostic]) {
    let drawn = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let reporter: &dyn Reporter = if drawn { &report::Human } else { &report::Plain };
    let mut text = String::new();
    reporter.report(diagnostics, &mut text);
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Writes findings to standard output: as [`diagnostics`] does, or in the form that was asked for.
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
