use super::{BuildOptions, fault, load};
use crate::config::{self, Settings};
use crate::diag::{Diagnostic, codes};
use crate::read;

/// The name of the settings file.
const SITE_TOML: &str = "site.toml";

/// The site's settings: `site.toml` where there is one, the command line on top.
///
/// Errors, all fatal: `file-unreadable`, `config-broken` and what the file's keys give cause for. A
/// folder with neither `site.toml` nor content is no site, and is refused with `config-broken`.
pub(super) fn settings(options: &BuildOptions, diagnostics: &mut Vec<Diagnostic>) -> Result<Settings, Vec<Diagnostic>> {
    let root = &options.root;
    let mut settings = match load::optional(&root.join(SITE_TOML), SITE_TOML).map_err(|d| vec![d])? {
        Some(bytes) => {
            let source = read::decode(SITE_TOML, &bytes).into_value(diagnostics);
            let read = config::site_toml(&source);
            match read.value {
                Some(settings) => {
                    diagnostics.extend(read.diagnostics);
                    settings
                }
                None => return Err(read.diagnostics),
            }
        }
        None => Settings::default(),
    };
    if !root.join(&*settings.read.content).is_dir() && !root.join(SITE_TOML).is_file() {
        return Err(vec![
            fault(codes::CONFIG_BROKEN, root, "there is no archive in this folder: neither site.toml nor content/")
                .note("nothing was built")
                .help("go to the archive's folder, or name it with `--root DIR`"),
        ]);
    }
    if let Some(url) = &options.base_url {
        config::with_base_url(&mut settings, url).map_err(|d| vec![d])?;
    }
    Ok(settings)
}
