use super::{clock, say};
use crate::build;
use crate::init::{self, Form};
use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::Path;
use std::process::ExitCode;

/// Makes the file of a new article or person, for you to fill
///
/// Nothing that is there is overwritten. The path of the new file is printed.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    present: clock::Present,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// An article, dated today, in content/YYYY/MM/
    Article {
        /// Its headline
        headline: String,
        /// How it is written
        #[arg(long, value_enum, default_value_t = Written::Markdown)]
        form: Written,
        /// Its day, where it is not today
        #[arg(long, value_name = "DAY")]
        date: Option<Date>,
    },
    /// A person, in content/people/
    Person {
        /// The full name
        name: String,
    },
}

/// How stories are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Written {
    /// Plain text as an agency sends it
    Wire,
    /// Markdown with front matter; a new article is a draft
    Markdown,
}

impl From<Written> for Form {
    fn from(written: Written) -> Self {
        match written {
            Written::Wire => Self::Wire,
            Written::Markdown => Self::Markdown,
        }
    }
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    let made = match args.what {
        What::Article { headline, form, date } => {
            // Today is a day in the archive's own zone.
            let day = date.unwrap_or_else(|| build::day(root, args.present.present()));
            init::article(root, &headline, day, form.into())
        }
        What::Person { name } => init::person(root, &name),
    };
    match made {
        Ok(made) => {
            say::result(&made.path);
            ExitCode::SUCCESS
        }
        Err(diagnostic) => {
            say::diagnostics(&[diagnostic]);
            ExitCode::FAILURE
        }
    }
}
