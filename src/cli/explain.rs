use super::say;
use crate::diag::{Code, clean};
use clap::builder::PossibleValuesParser;
use include_dir::{Dir, include_dir};
use std::process::ExitCode;

/// The pages of the findings, one for each code.
static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/notes");

/// Tells what a message means, why it matters and what to do, by the code in its brackets
///
/// Without a code, all of them are listed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The code, such as quote-unclosed
    #[arg(value_parser = PossibleValuesParser::new(Code::all().map(Code::name)), hide_possible_values = true)]
    code: Option<String>,
}

pub(super) fn run(args: Args) -> ExitCode {
    match args.code {
        Some(code) => say::result(page(&code).unwrap_or_default().trim_end()),
        None => {
            let widest = Code::all().map(|code| code.name().len()).max().unwrap_or_default();
            for code in Code::all() {
                say::result(&format!("{:widest$}  {}", code.name(), first(page(code.name()).unwrap_or_default())));
            }
        }
    }
    ExitCode::SUCCESS
}

/// The page of a code.
fn page(code: &str) -> Option<&'static str> {
    PAGES.get_file(format!("{code}.md"))?.contents_utf8()
}

/// What stands under a page's name, up to the end of its second sentence: the weight, and what is found.
fn first(page: &str) -> String {
    let told = page.lines().find(|line| line.starts_with('*')).unwrap_or_default().replace('*', "");
    let end = told.match_indices(". ").nth(1).map_or(told.len(), |(at, _)| at + 1);
    clean(told.get(..end).unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_page_and_its_line() {
        for code in Code::all() {
            let page = page(code.name()).unwrap_or_else(|| panic!("no page of {}", code.name()));
            assert!(page.starts_with(&format!("# {}\n", code.name())), "{page}");
            let line = first(page);
            assert!(line.to_lowercase().starts_with(&format!("{}. ", code.severity().name())), "{line}");
            assert!(line.ends_with('.'), "{line}");
        }
    }
}
