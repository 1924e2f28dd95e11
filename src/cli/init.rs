use super::new::Written;
use super::{build as built, clock, progress, say, shown};
use crate::build::{self, BuildOptions};
use crate::config::{self, Settings};
use crate::diag::Diagnostic;
use crate::init::{self, Form, Plan, Proposal, Publishing, Start};
use clap::ValueEnum;
use jiff::Timestamp;
use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Begins a site: settings, a sample article, people files for the most quoted, what your host needs
///
/// At a terminal it asks what no option says; elsewhere the defaults hold. Files that are there are never changed or
/// overwritten, and your stories are copied, not moved.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The site's folder; this one unless given
    dir: Option<PathBuf>,
    /// The archive's name
    #[arg(long, value_name = "NAME")]
    title: Option<String>,
    /// The address at which it will stand, such as https://host/archive/
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Its language, a BCP 47 tag
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// The folder your stories lie in; they are copied into content/
    #[arg(long, value_name = "DIR")]
    stories: Option<PathBuf>,
    /// How your stories are written
    #[arg(long, value_enum, value_name = "FORM")]
    form: Option<Written>,
    /// What publishes the site: the files it needs are written
    #[arg(long, value_enum, value_name = "HOST", default_value_t = Ci::None)]
    ci: Ci,
    /// For how many of the most quoted people a file is proposed
    #[arg(long, value_name = "N", default_value_t = 5)]
    people: usize,
    #[command(flatten)]
    present: clock::Present,
    /// Ask nothing
    #[arg(long, conflicts_with = "ask")]
    yes: bool,
    /// Ask, and read the answers from standard input, also where that is no terminal
    #[arg(long)]
    ask: bool,
}

/// What publishes the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ci {
    /// GitHub Actions and GitHub Pages
    Github,
    /// GitLab CI and GitLab Pages
    Gitlab,
    /// Cloudflare Pages
    Cloudflare,
    /// Netlify
    Netlify,
    /// A script that builds and copies to a server
    Rsync,
    /// A script that builds and copies to a bucket
    S3,
    /// Nothing yet
    None,
}

impl From<Ci> for Publishing {
    fn from(ci: Ci) -> Self {
        match ci {
            Ci::Github => Self::Github,
            Ci::Gitlab => Self::Gitlab,
            Ci::Cloudflare => Self::Cloudflare,
            Ci::Netlify => Self::Netlify,
            Ci::Rsync => Self::Rsync,
            Ci::S3 => Self::S3,
            Ci::None => Self::None,
        }
    }
}

pub(super) fn run(root: &Path, args: Args) -> ExitCode {
    let root = args.dir.clone().unwrap_or_else(|| root.to_path_buf());
    let mut asker = Asker { asks: args.ask || (!args.yes && io::stdin().is_terminal()), ended: false };
    let plan = plan(&root, &args, &mut asker);
    match begin(&plan, args.people, &mut asker) {
        Ok(start) => finish(&plan, &start, args.present.present()),
        Err(diagnostics) => {
            say::diagnostics(&diagnostics);
            ExitCode::FAILURE
        }
    }
}

/// The five questions, those that no option has answered.
fn plan(root: &Path, args: &Args, asker: &mut Asker) -> Plan {
    let defaults = Settings::default().site;
    let title = args.title.clone().unwrap_or_else(|| asker.ask("Name of the archive", &defaults.title, |_| Ok(())));
    let base_url = args.base_url.clone().unwrap_or_else(|| {
        let address = |given: &str| {
            config::with_base_url(&mut Settings::default(), given).map_err(|diagnostic| diagnostic.message)
        };
        asker.ask("Address at which it will stand", &defaults.base_url, address)
    });
    let language = args.language.clone().unwrap_or_else(|| {
        let tag = |given: &str| match config::is_language(given) {
            true => Ok(()),
            false => Err("a language is a BCP 47 tag: en-GB, fr, pt-BR".to_owned()),
        };
        asker.ask("Language", &defaults.language, tag)
    });
    let stories = args.stories.clone().or_else(|| {
        let folder = |given: &str| match given == "content" || Path::new(given).is_dir() {
            true => Ok(()),
            false => Err(format!("there is no folder `{given}`")),
        };
        let given = asker.ask("Folder your stories lie in", "content", folder);
        (given != "content").then(|| PathBuf::from(given))
    });
    let form = args.form.map(Form::from).unwrap_or_else(|| {
        let known = |given: &str| match Written::from_str(given, true) {
            Ok(_) => Ok(()),
            Err(_) => Err("write wire or markdown".to_owned()),
        };
        let given = asker.ask("Wire copy or Markdown", "wire", known);
        Written::from_str(&given, true).map(Form::from).unwrap_or_default()
    });
    Plan { root: root.to_path_buf(), title, base_url, language, stories, form, publishing: args.ci.into() }
}

fn begin(plan: &Plan, most: usize, asker: &mut Asker) -> Result<Start, Vec<Diagnostic>> {
    let one = |diagnostic| vec![diagnostic];
    let mut start = init::init(plan).map_err(one)?;
    let proposals = init::proposals(plan, most)?;
    if !proposals.is_empty() && asker.confirm(&told(&proposals)) {
        init::accept(&proposals, &mut start).map_err(one)?;
    }
    Ok(start)
}

/// Who is quoted most, as a question.
fn told(proposals: &[Proposal]) -> String {
    let mut text = "Quoted most often:\n".to_owned();
    for Proposal { name, n_quotes, n_articles, roles, .. } in proposals {
        let quotes = say::count(*n_quotes, "quotation", "quotations");
        let role = roles.first().map(|role| format!(" · {role}")).unwrap_or_default();
        let line = format!("{name}{role} · {quotes} in {}", say::count(*n_articles, "report", "reports"));
        let _ = writeln!(text, "  {}", crate::diag::clean(&line));
    }
    text += "Write people files for them, to be confirmed by you?";
    text
}

/// Says what was made, and builds it, so that what is said is true.
fn finish(plan: &Plan, start: &Start, present: Timestamp) -> ExitCode {
    for file in &start.files {
        say::result(&format!("  {}{}", file.path, if file.kept { " (there already, kept as it is)" } else { "" }));
    }
    if start.copied > 0 {
        say::result(&format!("  {} copied into content/", say::count(start.copied, "file", "files")));
    }
    say::diagnostics(&start.passed);
    let options = BuildOptions { present: Some(present), ..BuildOptions::new(&plan.root) };
    let line = progress::Line::new();
    let result = build::run(&options, &line);
    line.clear();
    match result {
        Ok(published) => {
            say::diagnostics(&published.diagnostics);
            say::result(&built::summary(&published));
            let there =
                if plan.root == Path::new(".") { String::new() } else { format!("cd {}\n  ", shown(&plan.root)) };
            say::result(&format!("\nNext:\n  {there}onrecord serve --open"));
            ExitCode::SUCCESS
        }
        Err(failure) => {
            say::diagnostics(&failure.diagnostics);
            say::result(&built::refusal(&failure, None));
            ExitCode::FAILURE
        }
    }
}

/// Asks at the terminal, or takes the default.
struct Asker {
    asks: bool,
    /// Whether nobody answers any more.
    ended: bool,
}

impl Asker {
    /// Asks until the answer will do; an empty one is the default.
    fn ask(&mut self, question: &str, default: &str, check: impl Fn(&str) -> Result<(), String>) -> String {
        while self.asks && !self.ended {
            let Some(answer) = self.line(&format!("{question} [{default}]: ")) else { break };
            let answer = if answer.is_empty() { default.to_owned() } else { answer };
            match check(&answer) {
                Ok(()) => return answer,
                Err(why) => drop(writeln!(anstream::stderr(), "  {}", crate::diag::clean(&why))),
            }
        }
        default.to_owned()
    }

    /// Asks whether something should be done; it should where nobody is asked.
    fn confirm(&mut self, question: &str) -> bool {
        if !self.asks || self.ended {
            return true;
        }
        let answer = self.line(&format!("{} [Y/n]: ", question));
        answer.is_none_or(|answer| !answer.to_lowercase().starts_with('n'))
    }

    fn line(&mut self, prompt: &str) -> Option<String> {
        let mut out = anstream::stderr();
        let _ = write!(out, "{prompt}");
        let _ = out.flush();
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(n) if n > 0 => Some(line.trim().to_owned()),
            _ => {
                self.ended = true;
                let _ = writeln!(out);
                None
            }
        }
    }
}
