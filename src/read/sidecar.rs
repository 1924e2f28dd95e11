//! Sidecars, `NAME.annotations.toml` beside an article: what editors decided about its quotations.

use crate::config::{Edge, Key, LONGEST_LINE, LONGEST_NAME, Sheet, Table, Text};
use crate::diag::{Noted, codes};
use crate::model::{Decision, Kind, Sidecar, Source, Voice};
use crate::text::slug;

/// What stands behind an article's name, its own ending left out.
const ENDING: &str = ".annotations.toml";

const QUOTATION: Key = Key::new(&["quotation"], "", "decisions about quotations");
const EXACT: Key = Key::new(
    &["exact"],
    "\"We were told to keep the lights on\"",
    "the words, or a list with one text for each part of a broken quotation",
);
const PREFIX: Key = Key::new(&["prefix"], "\"asked not to be named, said: “\"", "words just before");
const SUFFIX: Key = Key::new(&["suffix"], "\" and the visitors moving\"", "words just behind");
const SPEAKER: Key =
    Key::new(&["speaker"], "\"ingrid-marsh\"", "a person's address or full name, \"?\" for somebody unnamed, \"none\"")
        .of_at_most(LONGEST_NAME);
const KIND: Key = Key::new(&["kind"], "\"direct\"", "`direct`, `partial` or `indirect`");
const WAS: Key = Key::new(&["was"], "\"tobias-renn\"", "whom the rules gave the words to").of_at_most(LONGEST_NAME);
const RULE: Key = Key::new(&["rule"], "\"surname\"", "the rule by which they did");
const NOTE: Key = Key::new(&["note"], "\"The report names nobody.\"", "a note for colleagues").of_at_most(LONGEST_LINE);
const BY: Key = Key::new(&["by"], "\"hl\"", "who decided").of_at_most(LONGEST_NAME);
const DATE: Key = Key::new(&["date"], "2031-11-16", "when");

/// Keys that people type and that are called something else here.
const EXPLAINED: &[(&str, &str)] = &[
    ("quote", "write `[[quotation]]`"),
    ("quotes", "write `[[quotation]]`"),
    ("quotations", "write `[[quotation]]`"),
    ("text", "write `exact`"),
    ("words", "write `exact`"),
    ("before", "write `prefix`"),
    ("after", "write `suffix`"),
    ("person", "write `speaker`"),
    ("who", "write `speaker`"),
    ("editor", "write `by`"),
    ("comment", "write `note`, or a line that begins with `#`"),
];

const LEFT_OUT: &str = "this file is left out; the article is built without it";

/// Whether a path is a sidecar rather than an article.
pub fn is_sidecar(path: &str) -> bool {
    stem(path).is_some()
}

/// Where the sidecar of an article lies: `content/2031/11/14-quay.annotations.toml` beside `14-quay.txt`.
pub fn sidecar_path(article: &str) -> String {
    let name = article.rfind('/').map_or(0, |at| at + 1);
    let end = article[name..].rfind('.').filter(|at| *at > 0).map_or(article.len(), |at| name + at);
    format!("{}{ENDING}", &article[..end])
}

/// The path of a sidecar's article without the article's ending.
fn stem(path: &str) -> Option<&str> {
    path.strip_suffix(ENDING).filter(|stem| !stem.is_empty() && !stem.ends_with('/'))
}

/// Reads a sidecar.
///
/// None where anything in it is at fault. Notes `review-broken`, `key-unknown`, `key-twice` and `value-type`, all of
/// them.
pub fn sidecar(source: &Source) -> Noted<Option<Sidecar>> {
    let sheet = Sheet {
        path: &source.path,
        text: &source.text,
        toml: 0..source.text.len(),
        name: "the sidecar",
        broken: codes::REVIEW_BROKEN,
        note: LEFT_OUT,
        explained: EXPLAINED,
    };
    let read = sheet.read(|table| table.each(&QUOTATION, decision).into_iter().flatten().collect());
    read.map(|decisions| decisions.map(|decisions| Sidecar { path: source.path.clone(), decisions }))
}

fn decision(table: &mut Table<'_>) -> Option<Decision> {
    table.explain(EXPLAINED);
    let exact = table.needed_texts(&EXACT);
    for part in exact.iter().filter(|part| !part.words.contains(char::is_alphanumeric)) {
        refuse(table, part, "`exact` holds no word", &EXACT);
    }
    let speaker = table.text(&SPEAKER);
    let voice = speaker.as_ref().and_then(|given| {
        let voice = voice(&given.line());
        if voice.is_none() {
            refuse(table, given, "`speaker` is nobody's address and no name", &SPEAKER);
        }
        voice
    });
    let kind = table.text(&KIND).and_then(|given| {
        let kind = kind(&given.words);
        if kind.is_none() {
            refuse(table, &given, "`kind` wants `direct`, `partial` or `indirect`", &KIND);
        }
        kind
    });
    let decision = Decision {
        at: exact.first().map(|part| part.span).unwrap_or_default(),
        speaker_at: speaker.map(|given| given.span),
        exact: exact.into_iter().map(|part| part.words.into()).collect(),
        prefix: written(table, &PREFIX),
        suffix: written(table, &SUFFIX),
        speaker: voice,
        kind,
        was: written(table, &WAS),
        rule: line(table, &RULE),
        note: line(table, &NOTE),
        by: line(table, &BY),
        date: table.day(&DATE, Edge::First).map(|(day, _)| day),
    };
    (!decision.exact.is_empty()).then_some(decision)
}

/// Whose words some are; none for words that name nobody.
fn voice(given: &str) -> Option<Voice> {
    Some(match given {
        "?" => Voice::Unnamed,
        "none" => Voice::Nobody,
        given => match slug(given) {
            empty if empty.is_empty() => return None,
            same if same == given => Voice::Person(same.into()),
            _ => Voice::Named(given.into()),
        },
    })
}

/// A kind of speech by its name, in our words or in those of the data.
fn kind(given: &str) -> Option<Kind> {
    Some(match given {
        "direct" => Kind::Direct,
        "partial" => Kind::Partial,
        "indirect" | "reported" => Kind::Indirect,
        _ => return None,
    })
}

fn written(table: &mut Table<'_>, key: &'static Key) -> Option<Box<str>> {
    table.text(key).map(|text| text.words.into())
}

fn line(table: &mut Table<'_>, key: &'static Key) -> Option<Box<str>> {
    table.text(key).and_then(|text| text.filled())
}

fn refuse(table: &mut Table<'_>, at: &Text<'_>, message: &str, key: &Key) {
    table.refuse(codes::VALUE_TYPE, at.span, message, format!("write `{} = {}`", key.name(), key.example));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Encoding;

    fn read(text: &str) -> Noted<Option<Sidecar>> {
        let path = "content/2031/11/14-quay.annotations.toml";
        sidecar(&Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 })
    }

    #[test]
    fn a_sidecar_is_read() {
        let read = read(
            "# two of them\n[[quotation]]\nexact = [\"We sail,\", \"and soon.\"]\nprefix = \"said: “\"\n\
             suffix = \" on Monday\"\nspeaker = \"ingrid-marsh\"\nkind = \"direct\"\nwas = \"\"\nrule = \"surname\"\n\
             note = \"She was there.\"\nby = \"hl\"\ndate = 2031-11-16\n\n[[quotation]]\nexact = \"nobody's\"\nspeaker = \"none\"\n",
        );
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let [first, second] = <[Decision; 2]>::try_from(read.value.expect("clean").decisions).expect("two");
        assert_eq!(first.exact, ["We sail,".into(), "and soon.".into()]);
        assert_eq!(first.prefix.as_deref(), Some("said: “"));
        assert_eq!(first.suffix.as_deref(), Some(" on Monday"));
        assert_eq!(first.speaker, Some(Voice::Person("ingrid-marsh".into())));
        assert_eq!((first.kind, first.was.as_deref()), (Some(Kind::Direct), Some("")));
        assert_eq!((first.by.as_deref(), first.date.map(|d| d.to_string())), (Some("hl"), Some("2031-11-16".into())));
        assert_eq!((second.speaker, second.kind, second.date), (Some(Voice::Nobody), None, None));
    }

    #[test]
    fn a_speaker_is_an_address_or_a_name() {
        let check = |given: &str, expected: Option<Voice>| assert_eq!(voice(given), expected, "{given}");
        check("?", Some(Voice::Unnamed));
        check("none", Some(Voice::Nobody));
        check("ingrid-marsh", Some(Voice::Person("ingrid-marsh".into())));
        check("Ingrid Marsh", Some(Voice::Named("Ingrid Marsh".into())));
        check("Seán O’Brien", Some(Voice::Named("Seán O’Brien".into())));
        check("", None);
        check("!", None);
    }

    #[test]
    fn faults_are_told_together() {
        let check = |toml: &str, expected: &[&str]| {
            let read = read(toml);
            assert_eq!(read.value, None, "{toml}");
            let told: Vec<_> = read.diagnostics.iter().map(|d| d.code.name()).collect();
            assert_eq!(told, expected, "{toml}");
            assert!(read.diagnostics.iter().all(|d| d.place.is_some()), "{toml}");
        };
        check("[[quotation]]\nexact = ", &["review-broken"]);
        check("[[quotation]]\nspeaker = \"?\"", &["value-type"]);
        check("[[quotation]]\nexact = []", &["value-type"]);
        check("[[quotation]]\nexact = [\"a\", \"…\"]\nkind = \"scare\"\nspeaker = \"\"", &["value-type"; 3]);
        check("[[quotation]]\nexact = \"a\"\nspeeker = \"?\"\ndate = \"then\"", &["key-unknown", "value-type"]);
        check("[[quotations]]\nexact = \"a\"", &["key-unknown"]);
        let help = |toml: &str| read(toml).diagnostics[0].help.clone().unwrap_or_default();
        assert_eq!(help("[[quotation]]\nexact = \"a\"\nspeeker = \"?\""), "did you mean `speaker`?");
        assert_eq!(help("[[quotation]]\nexact = \"a\"\nbefore = \"b\""), "write `prefix`");
    }

    #[test]
    fn a_sidecar_lies_beside_its_article() {
        let check = |article: &str, expected: &str| {
            assert_eq!(sidecar_path(article), expected);
            assert!(is_sidecar(expected), "{expected}");
        };
        check("content/2031/11/14-quay.txt", "content/2031/11/14-quay.annotations.toml");
        check("content/a.b/quay.notes.md", "content/a.b/quay.notes.annotations.toml");
        check("content/a.b/quay", "content/a.b/quay.annotations.toml");
        for other in ["content/.annotations.toml", "content/quay.toml", "site.toml", "annotations.toml"] {
            assert!(!is_sidecar(other), "{other}");
        }
    }
}
