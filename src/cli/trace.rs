//! `--trace`: the spans of a build in a file that a profiler reads.

use super::{say, shown};
use std::fs::File;
use std::io::{BufWriter, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tracing_chrome::{ChromeLayerBuilder, FlushGuard};
use tracing_subscriber::layer::SubscriberExt as _;

#[derive(Debug, clap::Args)]
pub(super) struct Trace {
    /// Write what each thread did, file by file, to FILE, as Perfetto and chrome://tracing read it
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
}

impl Trace {
    /// Begins to write, where it is wanted; the file is whole when what is given is dropped.
    ///
    /// Errors, with what has been said, where the file cannot be made or is there already.
    pub(super) fn begin(&self) -> Result<Option<FlushGuard>, ExitCode> {
        self.trace.as_deref().map(begin).transpose()
    }
}

fn begin(path: &Path) -> Result<FlushGuard, ExitCode> {
    let file = File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => say::trouble(
            &format!("{} is there already", shown(path)),
            "nothing is overwritten: name another file for the trace, or remove that one",
        ),
        _ => say::trouble(
            &format!("the trace cannot be written to {}: {error}", shown(path)),
            "name a file in a folder that is there and can be written to",
        ),
    })?;
    let (layer, guard) =
        ChromeLayerBuilder::new().writer(BufWriter::new(file)).include_args(true).include_locations(false).build();
    // A process builds once: nobody else subscribes.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer));
    Ok(guard)
}
