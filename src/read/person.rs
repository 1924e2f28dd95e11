//! People files, `content/people/*.md`: what the archive itself says of a person.

use super::address;
use super::fence;
use super::is_markdown;
use crate::config::{Edge, Key, LONGEST_LINE, LONGEST_NAME, MOST_NAMES, Sheet, Table, Text};
use crate::diag::{Noted, codes};
use crate::model::{AuthorityPerson, Office, Source};
use crate::text::slug;

/// The folder of people files, from the site's root.
const FOLDER: &str = "content/people/";

const NAME: Key = Key::new(&["name"], "\"Ingrid Marsh\"", "the name shown").of_at_most(LONGEST_NAME);
const ALIASES: Key =
    Key::new(&["aliases"], "[\"Ingrid M. Marsh\"]", "other names that mean this person in every report")
        .of_at_most(LONGEST_NAME)
        .with_at_most(MOST_NAMES);
const ARTICLES: Key = Key::new(
    &["articles", "reports"],
    "[\"content/2030/05/17-berths-trial.txt\"]",
    "the reports, or folders of reports, in which the name means this person",
);
const NOT: Key = Key::new(&["not"], "[\"ivo-marsh\"]", "people not to be confused with this one, by their slugs");
const FORMER: Key =
    Key::new(&["former"], "[\"toby-renn\"]", "slugs under which this person had a page before, which lead on");
const PRONOUNS: Key = Key::new(&["pronouns"], "\"she/her\"", "pronouns").of_at_most(LONGEST_NAME);
const SUMMARY: Key =
    Key::new(&["summary", "description"], "\"Harbour Minister of Merrow.\"", "one line under the name")
        .of_at_most(LONGEST_LINE);
const PORTRAIT: Key = Key::new(&["portrait", "picture", "image"], "\"ingrid-marsh.jpg\"", "a picture of the person")
    .of_at_most(LONGEST_LINE);
const PORTRAIT_CREDIT: Key =
    Key::new(&["portrait_credit"], "\"Ola Brandt/Northsound\"", "who made the portrait").of_at_most(LONGEST_LINE);
const PORTRAIT_ALT: Key = Key::new(
    &["portrait_alt"],
    "\"Ingrid Marsh in a red coat\"",
    "what the portrait shows, for readers who cannot see it",
)
.of_at_most(LONGEST_LINE);
const SAME_AS: Key =
    Key::new(&["same_as", "sameAs"], "[\"https://assembly.example/marsh\"]", "the same person elsewhere")
        .of_at_most(LONGEST_LINE);
const SLUG: Key = Key::new(&["slug"], "\"ingrid-marsh\"", "the last part of the address");
const SLOT: Key = Key::new(&["slot"], "1", "the preferred colour, 1 to 8");
const ROLES: Key = Key::new(&["roles", "offices"], "", "offices held").with_at_most(MOST_NAMES);
const TITLE: Key =
    Key::new(&["title", "role", "office"], "\"Harbour Minister\"", "the office").of_at_most(LONGEST_NAME);
const OF: Key = Key::new(&["of"], "\"Merrow\"", "what the office is of").of_at_most(LONGEST_NAME);
const FROM: Key = Key::new(&["from", "since"], "2030-03-12", "the first day");
const TO: Key = Key::new(&["to", "until"], "2031-11-14", "the last day");

/// Keys that people type and that are called something else here.
const EXPLAINED: &[(&str, &str)] = &[
    ("title", "write `name`; an office goes into a `[[roles]]` table"),
    ("role", "write a `[[roles]]` table with `title`, `from` and `to`"),
    ("office", "write a `[[roles]]` table with `title`, `from` and `to`"),
    ("url", "write `same_as = [\"https://…\"]`"),
    ("website", "write `same_as = [\"https://…\"]`"),
    ("wikidata", "write `same_as = [\"https://www.wikidata.org/wiki/Q…\"]`"),
    ("born", "write it into the biography below the front matter"),
    ("date", "take it out; only offices have dates"),
    ("color", "write `slot`, 1 to 8"),
    ("colour", "write `slot`, 1 to 8"),
];

const LEFT_OUT: &str = "this file is left out; the person is known as the reports name them";

/// Whether a path is a people file rather than an article.
pub fn is_person(path: &str) -> bool {
    path.starts_with(FOLDER) && is_markdown(path)
}

/// Reads a people file: TOML front matter, and the biography as Markdown below it.
///
/// None where anything in the front matter is at fault. Notes `front-matter-broken`, `key-unknown`,
/// `key-twice`, `value-type` and `office-dates`, all of them. A table `[extra]` is the user's own.
pub fn person(source: &Source) -> Noted<Option<AuthorityPerson>> {
    let mut diagnostics = Vec::new();
    let parted = fence::part(&source.path, &source.text, LEFT_OUT).into_value(&mut diagnostics);
    let Some(parted) = parted else { return Noted::new(None, diagnostics) };
    let sheet = Sheet {
        path: &source.path,
        text: &source.text,
        toml: parted.toml.clone(),
        name: "the people file",
        broken: codes::FRONT_MATTER_BROKEN,
        note: LEFT_OUT,
        explained: EXPLAINED,
    };
    sheet.read(read).map(|person| {
        person.map(|mut person| {
            person.path = source.path.clone();
            person.biography = source.text.get(parted.body..).unwrap_or_default().trim().into();
            if person.slug.is_empty() {
                person.slug = slug_of(&source.path, &person.name);
            }
            person
        })
    })
}

fn read(table: &mut Table<'_>) -> AuthorityPerson {
    let mut person = AuthorityPerson {
        pronouns: line(table, &PRONOUNS),
        summary: line(table, &SUMMARY),
        portrait_credit: line(table, &PORTRAIT_CREDIT),
        portrait_alt: line(table, &PORTRAIT_ALT),
        slot: table.whole(&SLOT, 1..=8).and_then(|n| u8::try_from(n).ok()),
        aliases: table.texts(&ALIASES).iter().filter_map(Text::filled).collect(),
        ..AuthorityPerson::default()
    };
    person.name = table.needed(&NAME).unwrap_or_default();
    for given in table.texts(&ARTICLES) {
        match within_site(&given.words) {
            Some(path) => person.articles.push(path),
            None => refuse(table, &given, "`articles` wants paths from the site's folder", &ARTICLES),
        }
    }
    person.not = slugs(table, &NOT);
    person.former = slugs(table, &FORMER);
    if let Some(given) = table.text(&PORTRAIT).filter(|t| !t.words.is_empty()) {
        match address::file(&given.words) {
            Some(file) => person.portrait = Some(file),
            None => refuse(table, &given, "`portrait` is not a path to a picture", &PORTRAIT),
        }
    }
    for given in table.texts(&SAME_AS) {
        match address::link(&given.words).filter(|link| link.starts_with("https://")) {
            Some(link) => person.same_as.push(link),
            None => refuse(table, &given, "`same_as` wants https addresses", &SAME_AS),
        }
    }
    if let Some(given) = table.text(&SLUG).filter(|t| !t.words.is_empty()) {
        match slug(&given.words) {
            empty if empty.is_empty() => refuse(table, &given, "`slug` holds no letter and no digit", &SLUG),
            safe => person.slug = safe.into(),
        }
    }
    person.offices = table.each(&ROLES, office).into_iter().flatten().collect();
    table.leave("extra");
    person
}

fn office(table: &mut Table<'_>) -> Option<Office> {
    let title = table.needed(&TITLE);
    let of = line(table, &OF);
    let from = table.day(&FROM, Edge::First);
    let to = table.day(&TO, Edge::Last);
    if let (Some((from, _)), Some((to, at))) = (from, to)
        && to < from
    {
        let message = format!("this office ends on {to}, before it begins on {from}");
        table.refuse(codes::OFFICE_DATES, at, message, "exchange `from` and `to`, or mend the year");
    }
    Some(Office { title: title?, of, from: from.map(|(day, _)| day), to: to.map(|(day, _)| day) })
}

fn line(table: &mut Table<'_>, key: &'static Key) -> Option<Box<str>> {
    table.text(key).and_then(|text| text.filled())
}

/// A list of slugs.
fn slugs(table: &mut Table<'_>, key: &'static Key) -> Vec<Box<str>> {
    let mut out = Vec::new();
    for given in table.texts(key) {
        match slug(&given.words) {
            empty if empty.is_empty() => {
                refuse(table, &given, &format!("`{}` wants slugs of people", key.name()), key);
            }
            other => out.push(other.into()),
        }
    }
    out
}

fn refuse(table: &mut Table<'_>, at: &Text<'_>, message: &str, key: &Key) {
    table.refuse(codes::VALUE_TYPE, at.span, message, format!("write `{} = {}`", key.name(), key.example));
}

/// A path from the site's root with `/`; none where it is empty or climbs.
fn within_site(given: &str) -> Option<Box<str>> {
    let path = given.trim().trim_start_matches("./").trim_start_matches('/');
    let sound = !path.is_empty() && !path.contains('\\') && path.split('/').all(|s| s != ".." && s != ".");
    sound.then(|| path.into())
}

/// The file's stem as an address, else the name's.
fn slug_of(path: &str, name: &str) -> Box<str> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let candidates = [slug(stem), slug(name)];
    candidates.into_iter().find(|s| !s.is_empty()).unwrap_or_else(|| "person".to_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Encoding;

    fn read(text: &str) -> Noted<Option<AuthorityPerson>> {
        let source =
            Source { path: "content/people/ingrid-marsh.md".into(), text: text.into(), encoding: Encoding::Utf8 };
        person(&source)
    }

    #[test]
    fn a_people_file_is_read() {
        let read = read(
            "+++\nname = \"Ingrid Marsh\"\naliases = [\"Ingrid M. Marsh\"]\npronouns = \"she/her\"\nslot = 1\n\
             portrait = \"ingrid-marsh.svg\"\nsame_as = [\"https://assembly.example/marsh\"]\nnot = [\"Ivo Marsh\"]\n\
             articles = [\"/content/harbour/\"]\n[[roles]]\ntitle = \"Harbour Minister\"\nof = \"Merrow\"\n\
             from = 2030-03-12\n[[roles]]\ntitle = \"Member for Westbank\"\nfrom = 2027\nto = \"2030-02\"\n+++\n\n\
             Ingrid Marsh *taught* geography.\n",
        );
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let person = read.value.expect("clean");
        assert_eq!(&*person.slug, "ingrid-marsh");
        assert_eq!(person.not, ["ivo-marsh".into()]);
        assert_eq!(person.articles, ["content/harbour/".into()]);
        assert_eq!(person.slot, Some(1));
        assert_eq!(&*person.biography, "Ingrid Marsh *taught* geography.");
        let days: Vec<_> =
            person.offices.iter().map(|o| (o.from.map(|d| d.to_string()), o.to.map(|d| d.to_string()))).collect();
        assert_eq!(days, [(Some("2030-03-12".into()), None), (Some("2027-01-01".into()), Some("2030-02-28".into()))]);
    }

    #[test]
    fn faults_are_told_together() {
        let check = |toml: &str, expected: &[&str]| {
            let read = read(&format!("+++\n{toml}\n+++\n"));
            assert_eq!(read.value, None, "{toml}");
            let told: Vec<_> = read.diagnostics.iter().map(|d| d.code.name()).collect();
            assert_eq!(told, expected, "{toml}");
        };
        check("", &["value-type"]);
        check("name = \"\"", &["value-type"]);
        check("name = \"A B\"\n[[roles]]\ntitle = \"X\"\nfrom = 2031\nto = 2030", &["office-dates"]);
        check("name = \"A B\"\n[[roles]]\nfrom = 2031", &["value-type"]);
        check("name = \"A B\"\nslot = 9\nsame_as = [\"http://x.example\", \"javascript:x\"]", &["value-type"; 3]);
        check("name = \"A B\"\nwikidata = \"Q1\"\narticles = [\"../x\"]", &["key-unknown", "value-type"]);
        check("name = ", &["front-matter-broken"]);
    }

    #[test]
    fn what_stands_on_many_pages_has_a_longest_length() {
        let check = |toml: &str, expected: &[&str]| {
            let read = read(&format!("+++\n{toml}\n+++\n"));
            let told: Vec<_> = read.diagnostics.iter().map(|d| &*d.message).collect();
            assert_eq!(told, expected);
            assert_eq!(read.value.is_some(), expected.is_empty());
        };
        // 300 characters, and more bytes.
        check(&format!("name = \"{}\"", "é".repeat(300)), &[]);
        check(&format!("name = \"{}\"", "e".repeat(301)), &["`name` has 301 characters, and there is room for 300"]);
        let aliases = |n| format!("name = \"A B\"\naliases = [{}]", "\"A\", ".repeat(n));
        check(&aliases(500), &[]);
        check(&aliases(501), &["`aliases` has 501 texts, and there is room for 500"]);
        let offices = |n| format!("name = \"A B\"\n{}", "[[roles]]\ntitle = \"X\"\n".repeat(n));
        check(&offices(500), &[]);
        check(&offices(501), &["`roles` has 501 tables, and there is room for 500"]);
    }

    #[test]
    fn people_have_a_folder_of_their_own() {
        let check = |path: &str, expected: bool| assert_eq!(is_person(path), expected, "{path}");
        check("content/people/ingrid-marsh.md", true);
        check("content/people/Ingrid.MD", true);
        check("content/people/ingrid-marsh.svg", false);
        check("content/harbour/people.md", false);
        check("content/harbour/people/a.md", false);
    }
}
