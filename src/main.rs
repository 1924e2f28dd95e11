//! The binary: everything is in the library.

use std::process::ExitCode;

/// Builds make and drop small strings by the million on all threads, where the system’s allocators are slow: musl’s most of
/// all, with which releases for Linux are built.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    onrecord::cli::run(std::env::args_os())
}
