use super::find::{self, Obstacle};
use super::hash::Hash;
use super::{BuildOptions, Failure, fault, load, why};
use crate::config::{self, Settings};
use crate::diag::{Diagnostic, Noted, codes};
use crate::model::Source;
use crate::read;
use jiff::Timestamp;
use jiff::civil::Date;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The name of the settings file.
pub(super) const SITE_TOML: &str = "site.toml";

/// The site's settings: `site.toml` where there is one, the command line on top.
///
/// Errors, all fatal: `file-unreadable`, `config-broken` and what the file's keys give cause for.
///
/// With the hash of the file, where there is one.
pub(super) fn settings(
    options: &BuildOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Settings, Option<Hash>), Vec<Diagnostic>> {
    let root = &options.root;
    let bytes = load::optional(&root.join(SITE_TOML), SITE_TOML).map_err(|d| vec![d])?;
    let mut settings = Settings::default();
    if let Some(bytes) = &bytes {
        settings = site_toml(&read::decode(SITE_TOML, bytes).into_value(diagnostics), diagnostics)?;
    }
    check_content(root, &settings.read.content).map_err(|d| vec![d])?;
    if let Some(url) = &options.base_url {
        config::with_base_url(&mut settings, url).map_err(|d| vec![d])?;
    }
    Ok((settings, bytes.as_deref().map(Hash::of)))
}

fn site_toml(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Result<Settings, Vec<Diagnostic>> {
    let read = config::site_toml(source);
    match read.value {
        Some(settings) => {
            diagnostics.extend(read.diagnostics);
            Ok(settings)
        }
        None => Err(read.diagnostics),
    }
}

/// The site's settings as TOML, each with where it comes from, and what was noted on the way.
///
/// Needs no articles: a folder without `site.toml` has the defaults. Errors as a build's settings do.
pub fn meant(options: &BuildOptions) -> Result<Noted<String>, Failure> {
    let mut diagnostics = Vec::new();
    let text = meant_by(options, &mut diagnostics).map_err(|errors| {
        diagnostics.extend(errors);
        Failure { diagnostics: std::mem::take(&mut diagnostics) }
    })?;
    Ok(Noted::new(text, diagnostics))
}

fn meant_by(options: &BuildOptions, diagnostics: &mut Vec<Diagnostic>) -> Result<String, Vec<Diagnostic>> {
    let bytes = load::optional(&options.root.join(SITE_TOML), SITE_TOML).map_err(|d| vec![d])?;
    let source = bytes.map(|bytes| read::decode(SITE_TOML, &bytes).into_value(diagnostics));
    let mut settings = match &source {
        Some(source) => site_toml(source, diagnostics)?,
        None => Settings::default(),
    };
    let mut given = Vec::new();
    if let Some(url) = &options.base_url {
        config::with_base_url(&mut settings, url).map_err(|d| vec![d])?;
        given.push(("base_url", "--base-url"));
    }
    if let Some(now) = options.now {
        settings.now = Some(now);
        given.push(("now", "--now"));
    } else if settings.now.is_none() {
        given.push(("now", "default: SOURCE_DATE_EPOCH, or the present"));
    }
    Ok(config::meant(&settings, source.as_ref(), &given))
}

/// Refuses a site without its articles: built from nothing, it would take every published page away.
fn check_content(root: &Path, content: &str) -> Result<(), Diagnostic> {
    if let Some(Obstacle::Link(path)) = find::obstacle(root, content.as_ref()) {
        let path = path.strip_prefix(root).unwrap_or(&path);
        let message = "the folder of the articles is a link, and links are not followed";
        return Err(fault(codes::FILE_UNREADABLE, path, message)
            .note("nothing was built")
            .help("put the folder itself here"));
    }
    match fs::read_dir(root.join(content)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() != ErrorKind::NotFound => {
            let message = format!("the folder of the articles cannot be read: {}", why(&error));
            Err(fault(codes::FILE_UNREADABLE, Path::new(content), message).note("nothing was built"))
        }
        Err(_) if root.join(SITE_TOML).is_file() => {
            Err(fault(codes::CONFIG_BROKEN, root, format!("this archive has no folder {content}/ with articles"))
                .note("nothing was built")
                .help(format!("make the folder {content}/ beside site.toml, and put the articles there")))
        }
        Err(_) => Err(fault(
            codes::CONFIG_BROKEN,
            root,
            format!("there is no archive in this folder: neither site.toml nor {content}/"),
        )
        .note("nothing was built")
        .help("go to the archive's folder, or name it with `--root DIR`")),
    }
}

/// Where a site's files lie and where its pages go, as far as that can be known without building it.
#[derive(Clone, Debug)]
pub struct Lookout {
    /// The folders that a site is made from, whether they are there or not; `site.toml` lies beside them.
    pub folders: Vec<PathBuf>,
    /// The path of the site's address: begins and ends with `/`.
    pub root: Box<str>,
}

/// The day that a moment falls on in the site's own zone.
pub fn day(root: &Path, moment: Timestamp) -> Date {
    let options = BuildOptions::new(root);
    let settings = settings(&options, &mut Vec::new()).map(|(settings, _)| settings).unwrap_or_default();
    super::due::zone(&settings).to_datetime(moment).date()
}

/// What to watch of a site. Settings that cannot be read are as if they were not there.
pub fn lookout(options: &BuildOptions) -> Lookout {
    let options = BuildOptions { base_url: None, ..options.clone() };
    let settings = settings(&options, &mut Vec::new()).map(|(settings, _)| settings).unwrap_or_default();
    let content = settings.read.content.as_ref();
    let folders = [content, "templates", "static", "i18n"].map(|name| options.root.join(name));
    Lookout { folders: folders.to_vec(), root: settings.site.root }
}
