//! The binary: everything is in the library.

use std::process::ExitCode;

/// Builds make and drop small strings by the million on all threads, where the system’s allocators are slow: musl’s
/// most of all, with which releases for Linux are built.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A file that may not grow further is an error like a full disk, not the end of the process.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default());
    onrecord::cli::run(std::env::args_os())
}
