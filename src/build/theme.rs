use super::find::Found;
use super::load;
use super::patience::Within;
use crate::diag::{Diagnostic, codes};
use crate::render::Engine;
use crate::words::Words;
use std::sync::Arc;
use std::time::Duration;

/// How long a page may be computed.
const LONGEST: Duration = Duration::from_secs(30);

/// Parses the theme: the default templates with the site's own (`templates/*.html`) in place of those that share a
/// name.
///
/// Errors, all fatal: `template-broken` for every fault of every template, `file-unreadable`.
pub(super) fn engine(files: &[Found], words: &Arc<Words>) -> Result<Engine, Vec<Diagnostic>> {
    let mut templates = Vec::new();
    let mut faults = Vec::new();
    for file in files {
        // Only in these are words escaped.
        let Some(name) = file.path.strip_prefix("templates/").filter(|name| name.ends_with(".html")) else { continue };
        match load::bytes(file).map(String::from_utf8) {
            Ok(Ok(text)) => templates.push((name.to_owned(), text)),
            Ok(Err(_)) => faults.push(
                Diagnostic::new(codes::TEMPLATE_BROKEN, &file.path, "this template is not UTF-8")
                    .note("nothing was built; what was published before stays as it is")
                    .help("save it as UTF-8"),
            ),
            Err(diagnostic) => faults.push(diagnostic),
        }
    }
    if faults.is_empty() { Engine::patient(words, templates, Some(Arc::new(Within(LONGEST)))) } else { Err(faults) }
}
