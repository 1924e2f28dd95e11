use super::{build, clock, say};
use crate::build::BuildOptions;
use crate::model::Moment;
use crate::serve::{Asked, Server, Told};
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// Builds the site for reading on this machine, shows it, and builds it again whenever a file changes
///
/// The site is built into .onrecord/preview with this machine's own address; public/ is not touched.
/// Open pages follow by themselves, and say what is wrong with a file, a template or a setting. Ctrl-C ends it.
/// Nobody else can reach the server, unless `--host` says so.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
}

/// What a preview and a review are asked alike.
#[derive(Debug, clap::Args)]
pub(super) struct Place {
    /// The port to listen on; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 1111)]
    port: u16,
    /// The address to listen at; 0.0.0.0 lets the whole network in
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// The moment for which to build, such as 2031-11-14T09:00:00Z; without it, or a `now` in site.toml, the
    /// preview shows what is to come as well
    #[arg(long, value_name = "MOMENT", value_parser = clock::moment)]
    now: Option<Moment>,
    /// Look at the files every second, for drives on which the system cannot tell what changes
    #[arg(long)]
    poll: bool,
    /// The address that opens a file in your editor, with {file}, {line} and {column}
    #[arg(long, value_name = "URL", env = "ONRECORD_EDITOR", default_value = "vscode://file{file}:{line}:{column}")]
    editor: String,
    /// Who decides in a review, as the decisions will say
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    by: String,
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    start(root, args.place, false)
}

/// Starts the preview; a review opens where the doubtful quotations are.
pub(super) fn start(root: &Path, args: Place, review: bool) -> ExitCode {
    if review && !args.host.is_loopback() {
        return say::trouble("decisions are taken from this machine alone", "leave `--host` out");
    }
    let server = match Server::bind(args.host, args.port) {
        Ok(server) => server,
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            return say::trouble(&format!("port {} is taken", args.port), "name another with `--port`, or 0 for any");
        }
        Err(error) => {
            return say::trouble(
                &format!("cannot listen at {} on port {}: {error}", args.host, args.port),
                "name another with `--host` and `--port`",
            );
        }
    };
    let options = BuildOptions { drafts: args.drafts, now: args.now, linked_styles: true, ..BuildOptions::new(root) };
    let asked = Asked { options, editor: args.editor, poll: args.poll, review, by: args.by };
    let shown = args.open;
    match server.preview(asked, move |told| tell(&told, shown)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::ResourceBusy => {
            say::trouble(&error.to_string(), "read and review it there, or end that one first")
        }
        Err(error) => say::trouble(&format!("the server stopped: {error}"), "start it again"),
    }
}

fn tell(told: &Told<'_>, shown: bool) {
    match told {
        Told::Built(published, _) => {
            say::diagnostics(&published.diagnostics);
            say::result(&build::summary(published));
        }
        Told::Failed(failure) => {
            say::diagnostics(&failure.diagnostics);
            say::result(&build::refusal(failure, None));
        }
        Told::Broken(message) => {
            say::trouble(message, "this is a fault of onrecord: please report it with the file that you changed last");
        }
        Told::Note(note) => say::result(note),
        Told::Ready { url } => {
            say::result(&format!("read it at {url} (Ctrl-C ends)"));
            if shown {
                open(url);
            }
        }
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
