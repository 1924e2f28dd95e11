//! Floor 8: a site where there was none. Nothing that is there is ever changed or overwritten.

mod hosts;
mod people;
mod scaffold;
mod settings;
mod stories;
mod write;

pub use hosts::Publishing;
pub use people::Proposal;
pub use scaffold::{Scaffold, article, person};
pub use stories::Form;
pub use write::{Made, Start};

use crate::diag::Diagnostic;
use std::path::PathBuf;

/// The answers from which a site is made.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The site's folder; it need not be there.
    pub root: PathBuf,
    /// The archive's name.
    pub title: String,
    /// The address at which it will stand.
    pub base_url: String,
    /// Its language, a BCP 47 tag.
    pub language: String,
    /// A folder of stories, which are copied into `content/`; none where they lie there, or nowhere yet.
    pub stories: Option<PathBuf>,
    /// In which form the sample article is written.
    pub form: Form,
    /// Where the site is published from.
    pub publishing: Publishing,
}

/// Makes a site: stories, settings, a sample article, what its host needs.
///
/// Files that are there stay as they are, and are listed as kept. Errors with `config-broken` for an address or a
/// language that cannot be, and with `file-unreadable` where a file cannot be read or written; what was made stays.
pub fn init(plan: &Plan) -> Result<Start, Diagnostic> {
    let settings = settings::site_toml(plan)?;
    let mut start = Start::new(&plan.root)?;
    start.write("site.toml", settings.as_bytes())?;
    start.write(
        ".gitignore",
        b"# Made by onrecord, and made again by every build.\n/public/\n/public.staging/\n/.onrecord/\n",
    )?;
    if let Some(from) = &plan.stories {
        stories::copy(from, &mut start)?;
    }
    stories::sample(plan, &mut start)?;
    for (path, text) in hosts::files(plan.publishing) {
        start.write(path, text.as_bytes())?;
    }
    Ok(start)
}

/// Looks who is quoted most in the site's articles and has no people file yet, at most `most`; most quoted first.
///
/// Errors where the site cannot be built, with what is at fault.
pub fn proposals(plan: &Plan, most: usize) -> Result<Vec<Proposal>, Vec<Diagnostic>> {
    people::proposals(&plan.root, most)
}

/// Writes the people files that were proposed.
///
/// Errors as [`init`] does.
pub fn accept(proposals: &[Proposal], start: &mut Start) -> Result<(), Diagnostic> {
    proposals.iter().try_for_each(|proposal| start.write(&proposal.path(), proposal.file().as_bytes()))
}
