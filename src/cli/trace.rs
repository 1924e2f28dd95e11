//! `--trace`: the spans of a build in a file that a profiler reads.

use super::{say, shown};
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};
use tracing_chrome::{ChromeLayerBuilder, FlushGuard};
use tracing_subscriber::layer::SubscriberExt as _;

#[derive(Debug, clap::Args)]
pub(super) struct Trace {
    /// Write what each thread did, file by file, to FILE, as Perfetto and chrome://tracing read it
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
}

impl Trace {
    /// Begins to write, where it is wanted.
    ///
    /// Errors, with what has been said, where the file cannot be made or is there already.
    pub(super) fn begin(&self) -> Result<Option<Tracing>, ExitCode> {
        self.trace.as_deref().map(Tracing::begin).transpose()
    }
}

/// A trace that is being written.
pub(super) struct Tracing {
    path: PathBuf,
    guard: FlushGuard,
    /// Why it could not be written.
    failure: Arc<OnceLock<io::Error>>,
}

impl Tracing {
    fn begin(path: &Path) -> Result<Self, ExitCode> {
        let file = File::create_new(path).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => say::trouble(
                &format!("{} is there already", shown(path)),
                "nothing is overwritten: name another file for the trace, or remove that one",
            ),
            _ => unwritten(path, &error),
        })?;
        let failure = Arc::new(OnceLock::new());
        let writer = Writer { file: BufWriter::new(file), failure: failure.clone() };
        let (layer, guard) =
            ChromeLayerBuilder::new().writer(writer).include_args(true).include_locations(false).build();
        // A process builds once: nobody else subscribes.
        let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer));
        Ok(Self { path: path.to_path_buf(), guard, failure })
    }

    /// Writes what is left.
    ///
    /// Errors, with what has been said, where the file is not whole.
    pub(super) fn end(self) -> Result<(), ExitCode> {
        drop(self.guard);
        self.failure.get().map_or(Ok(()), |error| Err(unwritten(&self.path, error)))
    }
}

fn unwritten(path: &Path, error: &io::Error) -> ExitCode {
    say::trouble(
        &format!("the trace cannot be written to {}: {error}", shown(path)),
        "name a file in a folder that is there, can be written to and has room",
    )
}

/// Takes down the first failure and says nothing of it: the thread that writes would panic.
struct Writer {
    file: BufWriter<File>,
    failure: Arc<OnceLock<io::Error>>,
}

impl Writer {
    fn unless_failed(&mut self, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) {
        if self.failure.get().is_none()
            && let Err(error) = write(&mut self.file)
        {
            let _ = self.failure.set(error);
        }
    }
}

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_failed(|file| file.write_all(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_failed(BufWriter::flush);
        Ok(())
    }
}
