use super::serve::{self, Place};
use std::path::Path;
use std::process::ExitCode;

/// Opens the archive for review: doubtful quotations first, each in its report, to be settled with one key
///
/// Decisions are written to NAME.annotations.toml beside the report; the report itself is never changed.
/// It is the preview of `onrecord serve` and follows the files as that does. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    serve::start(root, args.place, true)
}
