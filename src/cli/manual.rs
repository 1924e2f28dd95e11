//! What is made from the command line itself: completions for shells, pages for `man`.

use super::{Cli, say};
use clap::CommandFactory;
use clap::builder::PossibleValuesParser;
use clap_complete::Shell;
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints the completions of a shell: `onrecord completions bash`
///
/// Load them as your shell does: in bash with `source <(onrecord completions bash)`, in fish by saving them as
/// ~/.config/fish/completions/onrecord.fish.
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

/// Prints a page of the manual: `onrecord man build | man -l -`
#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// The command whose page it is; without it, the page of onrecord
    #[arg(value_parser = PossibleValuesParser::new(verbs()))]
    verb: Option<String>,
}

pub(super) fn completions(args: &Completions) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "onrecord", &mut text);
    print(&text)
}

pub(super) fn man(args: &Man) -> ExitCode {
    let mut whole = Cli::command().disable_help_subcommand(true);
    whole.build();
    let command = match &args.verb {
        Some(verb) => whole.find_subcommand(verb).cloned().unwrap_or(whole),
        None => whole,
    };
    let mut text = Vec::new();
    match clap_mangen::Man::new(command).render(&mut text) {
        Ok(()) => print(&text),
        Err(_) => ExitCode::FAILURE,
    }
}

/// The commands that have a page. Named here, since a command cannot be asked for its own while it is made.
fn verbs() -> Vec<&'static str> {
    let mut verbs = vec!["init", "new", "build", "check", "due", "config", "annotate", "explain", "completions", "man"];
    if cfg!(feature = "serve") {
        verbs.extend(["serve", "review"]);
    }
    verbs
}

/// Writes to standard output. A reader that has gone away is no fault of ours.
fn print(text: &[u8]) -> ExitCode {
    match io::stdout().lock().write_all(text) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => say::unsaid(),
        _ => ExitCode::SUCCESS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_has_a_page() {
        let command = Cli::command();
        let known: BTreeSet<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(BTreeSet::from_iter(verbs()), known);
    }
}
