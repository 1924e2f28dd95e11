use super::find::Found;
use super::load;
use crate::diag::{Diagnostic, codes};
use crate::words::{self, Words, WordsFile};
use std::sync::Arc;

/// The words of the theme in the site's language, with those of the site's own files (`i18n/*.toml`).
///
/// Errors, all fatal: `words-broken` for a file that is not TOML, `file-unreadable`.
pub(super) fn words(
    language: &str,
    files: &[Found],
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Arc<Words>, Vec<Diagnostic>> {
    let mut texts = Vec::new();
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.path.ends_with(".toml")) {
        match load::bytes(file).map(String::from_utf8) {
            Ok(Ok(text)) => texts.push((&*file.path, text)),
            Ok(Err(_)) => faults.push(
                Diagnostic::new(codes::WORDS_BROKEN, &file.path, "this file is not UTF-8")
                    .note("nothing was built; what was published before stays as it is")
                    .help("save it as UTF-8"),
            ),
            Err(diagnostic) => faults.push(diagnostic),
        }
    }
    let site: Vec<WordsFile<'_>> = texts.iter().map(|(path, text)| WordsFile { path, text }).collect();
    let words = words::read(language, &site);
    let (broken, noted): (Vec<_>, Vec<_>) =
        words.diagnostics.into_iter().partition(|noted| noted.code == codes::WORDS_BROKEN);
    diagnostics.extend(noted);
    faults.extend(broken);
    if faults.is_empty() { Ok(words.value) } else { Err(faults) }
}
