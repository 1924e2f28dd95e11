//! The binary: everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A file that may not grow further is an error like a full disk, not the end of the process.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    onrecord::cli::run(std::env::args_os())
}
