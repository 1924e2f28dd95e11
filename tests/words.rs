//! No word of the theme stands anywhere but in `i18n/`.

use super::support::{files_below, project};
use std::collections::BTreeSet;
use std::fs;

/// What templates may say for themselves: examples of initials, names of files and of elements.
const NOT_WORDS: &[&str] = &["AB", "J", "K", "C"];

fn templates() -> Vec<(String, String)> {
    let names = files_below(&project("templates"));
    let text = |name: String| {
        let text = fs::read_to_string(project("templates").join(&name)).expect("a template");
        (name, text)
    };
    names.into_iter().map(text).collect()
}

/// All keys of a file of words, `table.word`.
fn keys(language: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(project("i18n").join(format!("{language}.toml"))).expect("a file of words");
    let tables: toml::Table = text.parse().expect("TOML");
    let of = |(table, words): (&String, &toml::Value)| -> Vec<String> {
        words.as_table().expect("a table").keys().map(|key| format!("{table}.{key}")).collect()
    };
    tables.iter().flat_map(of).collect()
}

/// Cuts a text at delimiters: what stands outside of them, and what stands inside.
fn cut<'t>(text: &'t str, open: &str, close: &str) -> (String, Vec<&'t str>) {
    let (mut outside, mut inside, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once(open) {
        outside.push_str(before);
        let (within, after) = after.split_once(close).expect("a closed delimiter");
        inside.push(within);
        rest = after;
    }
    outside.push_str(rest);
    (outside, inside)
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

#[test]
fn templates_have_no_words_of_their_own() {
    let mut faults = Vec::new();
    for (name, text) in templates() {
        let (text, _) = cut(&text, "{#", "#}");
        let (text, values) = cut(&text, "{{", "}}");
        let (text, statements) = cut(&text, "{%", "%}");
        for code in values.iter().chain(&statements) {
            // Every other piece between quotation marks is a literal; words have capitals or spaces.
            for literal in code.split('"').skip(1).step_by(2) {
                if has_letters(literal)
                    && !literal.starts_with("(min-width")
                    && (literal.contains(' ') || literal.contains(char::is_uppercase))
                {
                    faults.push(format!("{name}: \"{literal}\""));
                }
            }
        }
        let (text, _) = cut(&text, "<code>", "</code>");
        let (words, tags) = cut(&text, "<", ">");
        let told = |word: &&str| has_letters(word) && !NOT_WORDS.contains(word) && !word.starts_with('&');
        // Where a tag was, words end.
        drop(words);
        for piece in text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, after)| after)) {
            faults.extend(piece.split_whitespace().filter(told).map(|word| format!("{name}: {word}")));
        }
        for tag in tags {
            for attribute in ["aria-label", "title", "alt", "placeholder"] {
                let value = tag.split(&format!(" {attribute}=\"")).nth(1).and_then(|after| after.split('"').next());
                faults.extend(
                    value.filter(|value| has_letters(value)).map(|value| format!("{name}: {attribute}={value}")),
                );
            }
        }
    }
    assert!(faults.is_empty(), "words that belong into i18n/en.toml:\n{}", faults.join("\n"));
}

#[test]
fn every_word_is_used_and_every_word_used_is_there() {
    let known = keys("en");
    let mut used = BTreeSet::new();
    let mut asked = BTreeSet::new();
    let literals = |text: &str, starts: &[&str]| -> Vec<String> {
        let after = |start: &&str| {
            text.split(*start)
                .skip(1)
                .filter_map(|after| after.split('"').next())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        starts.iter().flat_map(after).collect()
    };
    for (_, text) in templates() {
        asked
            .extend(literals(&text, &["word(key=\"", "parts(key=\"", "linked(key=\"", "forms(key=\"", "set key = \""]));
    }
    for path in files_below(&project("src")).into_iter().filter(|path| path.ends_with(".rs")) {
        let text = fs::read_to_string(project("src").join(&path)).expect("a source file");
        if path.starts_with("words/") {
            continue;
        }
        let calls = [
            "words.text(\"",
            ".of_site(\"",
            "words.fill(\"",
            "words.count(\"",
            "phrase(words, \"",
            "counted(words, \"",
        ];
        asked.extend(literals(&text, &calls));
        used.extend(text.split('"').filter(|literal| known.contains(*literal)).map(str::to_owned));
    }
    let absent: Vec<_> = asked.difference(&known).collect();
    assert!(absent.is_empty(), "i18n/en.toml lacks {absent:?}");
    used.extend(asked);
    let idle: Vec<_> = known.difference(&used).filter(|key| !key.starts_with("locale.")).collect();
    assert!(idle.is_empty(), "nothing says {idle:?}");
}

#[test]
fn french_is_whole() {
    assert_eq!(keys("fr"), keys("en"));
    let read = onrecord::words::read("fr-CH", &[]);
    assert_eq!(read.diagnostics, []);
    // Before these stands a space that does not break, and within guillemets too.
    let text = fs::read_to_string(project("i18n/fr.toml")).expect("French");
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        for (mark, spaces) in
            [(';', "\u{202f}"), ('?', "\u{202f}"), ('!', "\u{202f}"), ('%', "\u{202f}"), ('»', "\u{202f}\"")]
        {
            for (at, _) in line.match_indices(mark) {
                let before = line[..at].chars().next_back().unwrap_or(' ');
                assert!(spaces.contains(before), "i18n/fr.toml:{}: {before:?} before {mark}", i + 1);
            }
        }
        assert!(!line.contains('\''), "i18n/fr.toml:{}: a straight apostrophe", i + 1);
    }
}
