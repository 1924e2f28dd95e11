use super::{build, progress, say};
use crate::build::{self as room, BuildOptions};
use crate::serve::Server;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// Builds the site for reading on this machine, and serves it until Ctrl-C
///
/// The site is built into .onrecord/preview with this machine's own address; public/ is not touched.
/// Nobody else can reach the server.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The port to listen on; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 1111)]
    port: u16,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    let server = match Server::bind(args.port) {
        Ok(server) => server,
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            return say::trouble(&format!("port {} is taken", args.port), "name another with `--port`, or 0 for any");
        }
        Err(error) => {
            return say::trouble(
                &format!("cannot listen on port {}: {error}", args.port),
                "name another with `--port`",
            );
        }
    };
    let folder = root.join(".onrecord").join("preview");
    let options = BuildOptions {
        root: root.to_path_buf(),
        out: Some(folder.clone()),
        drafts: args.drafts,
        base_url: Some(server.url()),
        cache: true,
        jobs: None,
    };
    let line = progress::Line::new();
    let result = room::run(&options, &line);
    line.clear();
    match result {
        Ok(published) => {
            say::diagnostics(&published.diagnostics);
            say::result(&build::summary(&published));
        }
        Err(failure) => {
            say::diagnostics(&failure.diagnostics);
            return ExitCode::FAILURE;
        }
    }
    let url = server.url();
    say::result(&format!("read it at {url} (Ctrl-C ends)"));
    if args.open {
        open(&url);
    }
    match server.run(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => say::trouble(&format!("the server stopped: {error}"), "start it again"),
    }
}

/// Asks the system to show an address. Where it cannot, the address has been printed.
fn open(url: &str) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        // The empty argument is the title that `start` would take the address for.
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    let opened = command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if opened.is_err() {
        say::result("no browser was found to open it in");
    }
}
