//! The ledger of what was decided about articles after they were published, `content/rulings.toml`.

use crate::config::{Key, LONGEST_LINE, LONGEST_NAME, MOST_NAMES, Sheet, Table, Text};
use crate::diag::{Noted, codes};
use crate::model::{Action, Anonymity, Ledger, Moment, Ruling, Source, Target};
use crate::text::percent;

/// The ledger's name in the folder of the articles.
pub const RULINGS: &str = "rulings.toml";

const RULING: Key = Key::new(&["ruling", "rulings"], "", "what was decided");
const ARTICLE: Key =
    Key::new(&["article", "url", "id"], "\"/2031/11/14/calder-tunnel/\"", "the article's address, or its file")
        .of_at_most(LONGEST_LINE);
const ACTION: Key = Key::new(&["action"], "\"withdraw\"", "what is to be done");
const DATE: Key = Key::new(&["date"], "2031-11-20", "when it was decided");
const REASON: Key = Key::new(&["reason", "text"], "\"Withdrawn by order of a court.\"", "what readers are told")
    .of_at_most(LONGEST_LINE);
const REFERENCE: Key = Key::new(&["reference"], "\"case 31-204\"", "a note of your own, which is never published");
const UNTIL: Key = Key::new(&["until", "on", "at"], "2031-12-01T06:00:00+01:00", "the moment from which");
const WAS: Key = Key::new(&["was"], "\"one docker\"", "the words as they stood before").of_at_most(LONGEST_LINE);
const NOW: Key = Key::new(&["now"], "\"one worker\"", "the words that stand there now").of_at_most(LONGEST_LINE);
const NAME: Key = Key::new(&["name"], "\"Ingrid Marsh\"", "the full name that is withheld").of_at_most(LONGEST_NAME);
const ALSO: Key = Key::new(&["also"], "[\"Inga Marsh\", \"@imarsh\"]", "other words that would tell who it is")
    .of_at_most(LONGEST_NAME)
    .with_at_most(MOST_NAMES);
const EXCEPT: Key = Key::new(&["except"], "[\"Ivo Marsh\"]", "others whose names hold a part of it and stay")
    .of_at_most(LONGEST_NAME)
    .with_at_most(MOST_NAMES);
const AS: Key = Key::new(&["as"], "\"the witness\"", "what stands in its place").of_at_most(LONGEST_NAME);
const DELETED: Key = Key::new(&["deleted"], "true", "that the article's file is gone too");

const EXPLAINED: &[(&str, &str)] = &[
    ("file", "write `article = \"content/2031/11/14-calder-tunnel.txt\"`"),
    ("path", "write `article = \"content/2031/11/14-calder-tunnel.txt\"`"),
    ("note", "write `reason` for what readers are told, `reference` for what they are not"),
    ("replace", "write `as = \"the witness\"`"),
    ("instead", "write `as = \"the witness\"`"),
];

const ACTIONS: &str = "`action` is one of correct, notice, noindex, anonymise, withdraw, embargo-until, expire";

/// Reads the ledger; `root` is the path of the site's own address, `/` or `/archive/`.
///
/// None where anything in it is at fault: a ruling that is not understood must not be passed over. Notes
/// `rulings-broken`, `key-unknown`, `key-twice` and `value-type`, all of them.
pub fn rulings(source: &Source, root: &str, content: &str) -> Noted<Option<Ledger>> {
    let sheet = Sheet {
        path: &source.path,
        text: &source.text,
        toml: 0..source.text.len(),
        name: "the ledger",
        broken: codes::RULINGS_BROKEN,
        note: "nothing was published: a ruling that is not understood might be one that forbids it",
        explained: EXPLAINED,
    };
    sheet.read(|table| {
        let rulings = table.each(&RULING, |table| ruling(table, root, content));
        Ledger { rulings: rulings.into_iter().flatten().collect() }
    })
}

fn ruling(table: &mut Table<'_>, root: &str, content: &str) -> Option<Ruling> {
    let at = table.head();
    let article = table.text(&ARTICLE);
    let target = match &article {
        Some(given) => {
            let target = target(&given.words, root, content);
            if target.is_none() {
                refuse(
                    table,
                    given,
                    "`article` is neither an address of this site nor a file of its articles",
                    &ARTICLE,
                );
            }
            target
        }
        None => None,
    };
    let date = table.moment(&DATE);
    if date.is_none() {
        table.missing(&DATE);
    }
    let reason = table.text(&REASON).and_then(|text| text.filled());
    // Asked for so that its type is checked and its name is known; it goes no further.
    let _ = table.text(&REFERENCE);
    let given = table.text(&ACTION);
    let Some(given) = given else {
        table.missing(&ACTION);
        return None;
    };
    let action = match &*given.words {
        "correct" => {
            let [was, now] = [&WAS, &NOW].map(|key| table.text(key).and_then(|text| text.filled()));
            Action::Correct(was, now)
        }
        "notice" => Action::Notice,
        "noindex" => Action::Noindex,
        "anonymise" | "anonymize" => Action::Anonymise(anonymity(table)?),
        "withdraw" => Action::Withdraw { deleted: table.flag(&DELETED) == Some(true) },
        "embargo-until" => Action::EmbargoUntil(until(table)?),
        "expire" => Action::Expire(until(table)?),
        _ => {
            table.refuse(codes::VALUE_TYPE, given.span, "no ruling does this", ACTIONS);
            return None;
        }
    };
    if reason.is_none() && matches!(action, Action::Correct(..) | Action::Notice) {
        table.missing(&REASON);
    }
    if article.is_none() && !matches!(action, Action::Anonymise(_)) {
        table.missing(&ARTICLE);
    }
    if matches!((&action, &target), (Action::Withdraw { deleted: true }, Some(Target::File(_)))) {
        let message = "a file that is gone tells no address";
        table.refuse(codes::VALUE_TYPE, given.span, message, "give the article by its address");
    }
    Some(Ruling { target, at, action, date: date?, reason: reason.unwrap_or_default() })
}

fn until(table: &mut Table<'_>) -> Option<Moment> {
    let until = table.moment(&UNTIL);
    if until.is_none() {
        table.missing(&UNTIL);
    }
    until
}

fn anonymity(table: &mut Table<'_>) -> Option<Anonymity> {
    let name = table.needed(&NAME);
    let also = table.texts(&ALSO).iter().filter_map(Text::filled).collect();
    let except = table.texts(&EXCEPT).iter().filter_map(Text::filled).collect();
    let instead = table.text(&AS);
    let Some(given) = &instead else {
        table.missing(&AS);
        return None;
    };
    // It is put into copy, front matter and addresses alike: nothing in it may mean anything to any of them.
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '’');
    let words = given.line();
    if words.is_empty() || words.chars().count() > 60 || !words.chars().all(plain) {
        refuse(table, given, "`as` wants a few words of letters, digits, blanks and hyphens", &AS);
    }
    Some(Anonymity { name: name?, also, except, instead: words.into() })
}

fn refuse(table: &mut Table<'_>, given: &Text<'_>, message: &str, key: &Key) {
    table.refuse(codes::VALUE_TYPE, given.span, message, format!("write `{} = {}`", key.name(), key.example));
}

/// What a person may copy from a browser or a folder: an address with or without host, or a file of the content folder.
fn target(given: &str, root: &str, content: &str) -> Option<Target> {
    let given = given.trim();
    let ending = given.rsplit_once('.').map_or("", |(_, ending)| ending);
    if ["txt", "md", "markdown"].iter().any(|e| ending.eq_ignore_ascii_case(e)) && !given.contains("://") {
        let below = given.trim_start_matches("./").trim_start_matches('/');
        let folder = format!("{content}/");
        let path = if below.starts_with(&folder) { below.to_owned() } else { folder + below };
        return sound(&path).then(|| Target::File(path.into()));
    }
    let path = match given.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map(|(_, path)| format!("/{path}"))?,
        None => given.to_owned(),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix(root).unwrap_or(path).trim_start_matches('/');
    let path = percent::decode(path.strip_suffix("index.html").unwrap_or(path));
    let path = path.trim_end_matches('/');
    sound(path).then(|| Target::Address(format!("{path}/").into()))
}

fn sound(path: &str) -> bool {
    !path.is_empty()
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
        && path.split('/').all(|step| !matches!(step, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Encoding;

    fn read(text: &str) -> Noted<Option<Ledger>> {
        let source = Source { path: "content/rulings.toml".into(), text: text.into(), encoding: Encoding::Utf8 };
        rulings(&source, "/archive/", "content")
    }

    #[test]
    fn articles_are_named_as_people_copy_them() {
        let check = |given: &str, expected: Option<Target>| {
            assert_eq!(target(given, "/archive/", "content"), expected, "{given}");
        };
        let address = || Some(Target::Address("2031/11/14/calder-tunnel/".into()));
        for given in [
            "https://calder.example/archive/2031/11/14/calder-tunnel/",
            "/archive/2031/11/14/calder-tunnel/#q-uoq6fc",
            "/2031/11/14/calder-tunnel",
            "2031/11/14/calder-tunnel/index.html",
        ] {
            check(given, address());
        }
        let file = || Some(Target::File("content/2031/11/14-calder-tunnel.txt".into()));
        for given in ["content/2031/11/14-calder-tunnel.txt", "./2031/11/14-calder-tunnel.txt"] {
            check(given, file());
        }
        for given in ["", "/", "../x/", "content/../site.md", "a\\b"] {
            check(given, None);
        }
    }

    #[test]
    fn a_ledger_is_read() {
        let noted = read(
            "[[ruling]]\narticle = \"/2031/11/14/calder-tunnel/\"\naction = \"withdraw\"\ndate = 2031-11-20\n\
             reason = \"By order of a court.\"\nreference = \"case 31-204\"\n\n[[ruling]]\naction = \"anonymise\"\n\
             name = \"Ingrid Marsh\"\nas = \"the witness\"\ndate = 2031-11-21\n",
        );
        assert_eq!(noted.diagnostics, []);
        let ledger = noted.value.expect("a ledger");
        assert_eq!(ledger.rulings.len(), 2);
        assert_eq!(ledger.rulings[0].action, Action::Withdraw { deleted: false });
        assert!(!format!("{ledger:?}").contains("31-204"), "a private reference is kept");
        assert_eq!(ledger.rulings[1].target, None);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let check = |text: &str, expected: &str| {
            let noted = read(text);
            assert_eq!(noted.value, None, "{text}");
            let said: Vec<_> = noted.diagnostics.iter().map(|d| &*d.message).collect();
            assert!(said.iter().any(|message| message.contains(expected)), "{text}: {said:?}");
        };
        check("[[ruling]]\naction = \"withdraw\"\ndate = 2031-11-20\n", "has no `article`");
        check("[[ruling]]\narticle = \"/a/\"\naction = \"widthdraw\"\ndate = 2031-11-20\n", "no ruling does this");
        check("[[ruling]]\narticle = \"/a/\"\naction = \"notice\"\ndate = 2031-11-20\n", "has no `reason`");
        check("[[ruling]]\narticle = \"/a/\"\naction = \"expire\"\ndate = 2031-11-20\n", "has no `until`");
        check("[[ruling]]\naction = \"anonymise\"\nname = \"X Y\"\nas = \"a\\\"b\"\ndate = 2031-11-20\n", "`as` wants");
        check("[[rule]]\n", "not a key");
        check("ruling = 1\n", "list of tables");
        check("[[ruling]\n", "not TOML");
    }
}
