//! What is true of the files that editors write, and of the small readers of credits and dates, however hostile the
//! text. Used by the property tests and by the fuzz targets (`fuzz/`).

use super::sound;
use onrecord::annotate::{self, Holders, Lexicon};
use onrecord::config::{self, Settings};
use onrecord::diag::{Diagnostic, Noted, Severity};
use onrecord::model::{Encoding, Source};
use onrecord::read::credit::{Desk, caption_line, credit, credit_line};
use onrecord::read::{self, datetime};
use onrecord::words::{self, WordsFile};
use std::ops::Range;

/// Copy about which sidecars decide.
const COPY: &str = "Harbour\n\nFerry sails again\n\nBy Lucia Ferrant\n\n“We sail,” said Ingrid Marsh, the Harbour Minister. \
                    “Tonight,” she added.\n\nTobias Renn said that the pump was “in pieces”.\n";

/// Reads a sidecar and has it decide about some copy.
pub(crate) fn sidecar(text: &str) {
    let file = |path: &str, text: &str| Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 };
    let beside = file("content/a.annotations.toml", text);
    let Some(sidecar) = refused_or(read::sidecar(&beside), &beside) else { return };
    let source = file("content/a.txt", COPY);
    let settings = Settings::default();
    let article = read::read(&source, &settings.read).value.expect("an article");
    let (lexicon, holders) = (Lexicon::english(), Holders::default());
    let found = annotate::annotate(&article, &source, lexicon, &holders, &settings.annotate).value;
    let decided = annotate::decide(found, &article, &source, &sidecar, &beside);
    are_in(&decided.diagnostics, &beside, &source);
    sound::is_annotated(&source, &article, &decided.value);
}

/// Reads a people file.
pub(crate) fn person(text: &str) {
    let source = Source { path: "content/people/a.md".into(), text: text.into(), encoding: Encoding::Utf8 };
    let Some(person) = refused_or(read::person(&source), &source) else { return };
    assert!(!person.name.trim().is_empty(), "a person has a name");
    let plain = |c: char| c.is_alphanumeric() || c == '-';
    assert!(!person.slug.is_empty() && person.slug.chars().all(plain), "an address of letters: {:?}", person.slug);
    for path in person.articles.iter() {
        assert!(!path.starts_with('/') && path.split('/').all(|part| part != ".."), "within the site: {path}");
    }
}

/// Reads a ledger of rulings.
pub(crate) fn ledger(text: &str) {
    let source = Source { path: "content/rulings.toml".into(), text: text.into(), encoding: Encoding::Utf8 };
    refused_or(read::rulings(&source, "/", "content"), &source);
}

/// Reads settings, and prints them as they are meant.
pub(crate) fn settings(text: &str) {
    let source = Source { path: "site.toml".into(), text: text.into(), encoding: Encoding::Utf8 };
    let Some(settings) = refused_or(config::site_toml(&source), &source) else { return };
    assert!(settings.site.base_url.is_empty() || settings.site.base_url.starts_with("http"));
    config::meant(&settings, Some(&source), &[]);
}

/// Reads the words of a theme, and fills and prints one of them.
pub(crate) fn theme_words(text: &str) {
    for (language, path) in [("en", "i18n/en.toml"), ("xx", "i18n/xx.toml")] {
        let noted = words::read(language, &[WordsFile { path, text }]);
        let source = Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 };
        // That words are missing is said of the settings, which name the language.
        let settings = Source { path: "site.toml".into(), ..source.clone() };
        are_in(&noted.diagnostics, &source, &settings);
        let _ = noted.value.spoken();
    }
}

/// Reads a line as a credit and as a caption.
pub(crate) fn credits(line: &str) {
    let mut desk = Desk::default();
    for turn in 0..2 {
        let within = |range: &Range<usize>| {
            assert!(line.get(range.clone()).is_some(), "{range:?} of {line:?} is not on character boundaries");
        };
        if let Some(range) = credit_line(line, &desk) {
            within(&range);
            assert!(!range.is_empty(), "a credit has words");
        }
        let parts = caption_line(line, &desk);
        within(&parts.caption);
        if let Some(range) = &parts.credit {
            within(range);
            let apart = parts.caption.end <= range.start || range.end <= parts.caption.start;
            assert!(apart, "{line:?}: no word is in caption and credit both: {parts:?}");
        }
        let credit = credit(line);
        for name in [&credit.photographer, &credit.agency].into_iter().flatten() {
            assert!(!name.trim().is_empty(), "{line:?}: a name has letters: {credit:?}");
        }
        if turn == 0 {
            desk.learn(line);
            desk.learn_photographer(credit.photographer.as_deref().unwrap_or(line));
        }
    }
}

/// Reads a line's dates.
pub(crate) fn dates(line: &str) {
    let times = datetime::times(line);
    for range in &times.unread {
        assert!(line.get(range.clone()).is_some(), "{range:?} of {line:?} is not on character boundaries");
    }
    assert_eq!(datetime::moment(line), times.moments.first().map(|(_, moment)| *moment));
    assert!(times.moments.is_empty() || times.timed, "{line:?} says when");
    for (_, moment) in &times.moments {
        let years = 1000..=9999;
        assert!(years.contains(&moment.date.year()), "{line:?}: {moment:?}");
    }
}

/// What a reader that may refuse a file gave, of which a refusal must say why and where.
fn refused_or<T>(noted: Noted<Option<T>>, source: &Source) -> Option<T> {
    are_in(&noted.diagnostics, source, source);
    if noted.value.is_none() {
        let is_error = |d: &Diagnostic| d.severity == Severity::Error && *d.path == *source.path;
        assert!(noted.diagnostics.iter().any(is_error), "a refusal says why: {:?}", source.text);
    }
    noted.value
}

/// Whether what was noted can be shown in its file.
fn are_in(diagnostics: &[Diagnostic], one: &Source, other: &Source) {
    for diagnostic in diagnostics {
        assert!([&one.path, &other.path].contains(&&diagnostic.path), "{}: which file?", diagnostic.path);
        assert!(!diagnostic.message.contains(['\n', '\r']), "a message is one line: {:?}", diagnostic.message);
    }
}
