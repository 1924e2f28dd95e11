//! `onrecord check --score`.

use super::check::Form;
use super::{progress, say};
use crate::build::BuildOptions;
use crate::check::{self, Score, Tally};
use std::fmt::Write as _;
use std::process::ExitCode;

/// Compares the rules with what editors decided and prints the comparison.
pub(super) fn run(options: &BuildOptions, form: Form, line: progress::Line) -> ExitCode {
    if !matches!(form, Form::Human | Form::Json) {
        let message = "a score is printed as `human` or as `json`\n";
        let _ = clap::Error::raw(clap::error::ErrorKind::ArgumentConflict, message).print();
        return ExitCode::from(2);
    }
    let result = check::score(options, &line);
    line.clear();
    match result {
        Ok(score) => {
            let json = form == Form::Json;
            let text = if json { serde_json::to_string_pretty(&score).unwrap_or_default() } else { table(&score) };
            say::result(text.trim_end());
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say::findings(&failure.diagnostics, form.name());
            ExitCode::from(2)
        }
    }
}

/// The comparison for people.
fn table(score: &Score) -> String {
    if score.decisions == 0 {
        return "No editor has decided anything yet: no report has a sidecar, `NAME.annotations.toml`.".to_owned();
    }
    let mut out = format!(
        "{} in {}\n",
        say::count(score.decisions, "decision", "decisions"),
        say::count(score.reports, "report", "reports")
    );
    if score.all.checked > 0 {
        head(&mut out, "Speaker, by rule");
        score.by_rule.iter().for_each(|row| push(&mut out, row.rule, row.tally));
        push(&mut out, "all", score.all);
        head(&mut out, "Speaker, by confidence");
        for row in &score.by_confidence {
            push(&mut out, &format!("{} to {} %", row.from, row.to), row.tally);
        }
    }
    let others = [
        (score.missed, "missed: the rules found no speech in these words"),
        (score.no_speech, "no speech, by the editor; counted as wrong above"),
        (score.other_ends, "with other ends"),
        (score.other_kind, "of another kind"),
        (score.unknown_people, "not compared: the address is nobody’s (person-unknown)"),
        (score.stale, "not compared: the words are gone, or decided about twice (review-stale, review-twice)"),
    ];
    if others.iter().any(|(n, _)| *n > 0) {
        out.push('\n');
    }
    for (n, what) in others.iter().filter(|(n, _)| *n > 0) {
        let _ = writeln!(out, "{:>6}  {what}", say::grouped(*n));
    }
    out
}

fn head(out: &mut String, name: &str) {
    let _ = writeln!(out, "\n{name:<22}  {:>7}  {:>7}  {:>6}  {:>8}", "checked", "right", "", "expected");
}

/// One row: `surname    12    11   92 %    89 %`.
fn push(out: &mut String, name: &str, Tally { checked, right, expected }: Tally) {
    let share = if checked == 0 { 0.0 } else { right as f64 / checked as f64 };
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let _ = writeln!(
        out,
        "{name:<22}  {:>7}  {:>7}  {:>6}  {:>8}",
        say::grouped(checked),
        say::grouped(right),
        percent(share),
        percent(expected)
    );
}
