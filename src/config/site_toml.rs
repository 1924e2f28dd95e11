//! `site.toml`: as the user wrote it, then as the program means it.

use super::address;
use super::pictures;
use super::{Host, Key, LONGEST_LINE, LONGEST_NAME, Settings, Sheet, SourceSettings, Sources, Statements, Table, Text};
use crate::diag::{Diagnostic, Noted, codes};
use crate::model::Source;

pub(super) const TITLE: Key =
    Key::new(&["title"], "\"The Calder Record\"", "the archive's name").of_at_most(LONGEST_NAME);
pub(super) const DESCRIPTION: Key =
    Key::new(&["description"], "\"Who said what in Port Ansel\"", "one sentence about the archive, for search engines")
        .of_at_most(LONGEST_LINE);
pub(super) const BASE_URL: Key = Key::new(
    &["base_url", "base-url", "baseURL"],
    "\"https://calder.example/archive/\"",
    "where the site will stand; it may be below a path",
)
.of_at_most(LONGEST_NAME);
pub(super) const LANGUAGE: Key = Key::new(
    &["language", "default_language", "languageCode", "lang"],
    "\"en-GB\"",
    "the language of the archive, a BCP 47 tag",
);
pub(super) const TIMEZONE: Key =
    Key::new(&["timezone", "time_zone", "timeZone"], "\"Europe/London\"", "the zone of times that give none");
pub(super) const RIGHTS: Key =
    Key::new(&["rights", "copyright"], "\"© 2031 Calder Courier\"", "the notice in the footer")
        .of_at_most(LONGEST_LINE);
pub(super) const QUESTION: Key =
    Key::new(&["question"], "\"mailto:desk@calder.example\"", "where readers may question a mark: mailto: or https:")
        .of_at_most(LONGEST_LINE);
pub(super) const PER_PAGE: Key = Key::new(&["per_page", "paginate_by"], "30", "reports on a list page");
pub(super) const THRESHOLD: Key =
    Key::new(&["threshold"], "0.8", "at or above this confidence a speaker is shown as sure");
pub(super) const QUOTATION_PAGES: Key =
    Key::new(&["quotation_pages"], "false", "whether each quotation has a page of its own");
pub(super) const TEI: Key = Key::new(&["tei"], "true", "whether each report is also written as TEI, for scholars");
pub(super) const HOST: Key =
    Key::new(&["host"], "\"netlify\"", "where the site is published: which files of its own that host reads");
pub(super) const INLINE_CSS: Key =
    Key::new(&["inline_css"], "true", "whether every page holds the theme's style sheet itself");
pub(super) const SOURCES: Key = Key::new(
    &["sources"],
    "[{ name = \"Northsound Wire\", rights = \"Archive display only\" }]",
    "what is known of the wires and papers that reports name",
);
pub(super) const SOURCE_NAME: Key =
    Key::new(&["name"], "\"Northsound Wire\"", "as its reports name it").of_at_most(LONGEST_NAME);
pub(super) const SOURCE_ABOUT: Key =
    Key::new(&["about"], "\"A wire of six reporters and a pigeon.\"", "a sentence about it").of_at_most(LONGEST_LINE);
pub(super) const SOURCE_RIGHTS: Key =
    Key::new(&["rights", "license"], "\"Archive display only\"", "licence or notice of its copy")
        .of_at_most(LONGEST_LINE);
pub(super) const SOURCE_URL: Key =
    Key::new(&["url"], "\"https://northsound.example/\"", "its own address").of_at_most(LONGEST_LINE);
pub(super) const SECTION: Key =
    Key::new(&["section"], "\"News\"", "the section of reports that have none").of_at_most(LONGEST_NAME);
pub(super) const INDIRECT: Key = Key::new(&["indirect"], "true", "whether reported speech is marked");
pub(super) const UNSAFE_HTML: Key =
    Key::new(&["unsafe_html"], "true", "whether raw HTML in Markdown is published as it is written");
pub(super) const SEARCH: Key = Key::new(&["search"], "{ enabled = true }", "the search of the archive, a table");
pub(super) const SEARCH_ENABLED: Key =
    Key::new(&["enabled"], "true", "whether there is a page that searches the archive, with its index");

pub(super) const PAGE_BUDGET: Key =
    Key::new(&["page_budget"], "30", "kilobytes, compressed, that a page with its styles and scripts may weigh");

pub(super) const NOW: Key = Key::new(
    &["now"],
    "2032-01-10T09:00:00Z",
    "the moment for which the site is built, in place of the present: what is dated later is held back",
);

/// Keys of other generators' settings, and what to do here.
const EXPLAINED: &[(&str, &str)] = &[
    (
        "theme",
        "the theme is built in; put a file of the same name into templates/ or static/ to replace one of its files",
    ),
    ("author", "the writers belong into each article: `authors = [\"Lucia Ferrant\"]`"),
    ("taxonomies", "tags need no setting; take it out"),
    ("params", "put keys of your own below `[extra]`"),
    ("build_search_index", "write `enabled = true` below `[search]`"),
    ("generate_feeds", "take it out; there is nothing to set"),
    ("compile_sass", "take it out; styles are plain CSS in static/"),
    ("markdown", "take it out; there is nothing to set"),
];

/// Reads `site.toml`: settings with the defaults filled in.
///
/// None where anything is at fault: the site itself would be wrong. Notes `config-broken` for text
/// that is not TOML and for values that cannot be (an address without `https://`, a zone that no
/// atlas has), `key-unknown`, `key-twice` and `value-type`; all of them, with their places.
/// A table `[extra]` is the user's own and is not looked at.
pub fn site_toml(source: &Source) -> Noted<Option<Settings>> {
    let sheet = Sheet {
        path: &source.path,
        text: &source.text,
        toml: 0..source.text.len(),
        name: "site.toml",
        broken: codes::CONFIG_BROKEN,
        note: "nothing was built; what was published before stays as it is",
        explained: EXPLAINED,
    };
    sheet.read(read)
}

/// Puts the address given on the command line in place of the one in `site.toml`.
///
/// Errors with `config-broken` where it is not an absolute http or https address.
pub fn with_base_url(settings: &mut Settings, given: &str) -> Result<(), Diagnostic> {
    let (whole, root) = address::base_url(given).map_err(|refused| {
        let shown: String = given.chars().filter(|c| !c.is_control()).take(80).collect();
        Diagnostic::new(codes::CONFIG_BROKEN, "", format!("the address `{shown}` {}", refused.why))
            .note("nothing was built; what was published before stays as it is")
            .help("write --base-url https://calder.example/archive/")
    })?;
    settings.site.base_url = whole;
    settings.site.root = root;
    Ok(())
}

fn read(table: &mut Table<'_>) -> Settings {
    let mut settings = Settings::default();
    let site = &mut settings.site;
    if let Some(title) = table.text(&TITLE) {
        match title.filled() {
            Some(words) => site.title = words,
            None => impossible(table, &title, "`title` is empty", &TITLE),
        }
    }
    if let Some(text) = table.text(&DESCRIPTION) {
        site.description = text.line().into();
    }
    if let Some(text) = table.text(&BASE_URL) {
        match address::base_url(&text.words) {
            Ok((whole, root)) => (site.base_url, site.root) = (whole, root),
            Err(refused) => impossible(table, &text, &format!("`base_url` {}", refused.why), &BASE_URL),
        }
    }
    if let Some(text) = table.text(&LANGUAGE) {
        if is_language(&text.words) {
            site.language = text.words.as_ref().into();
        } else {
            impossible(table, &text, "`language` is not a BCP 47 tag", &LANGUAGE);
        }
    }
    if let Some(text) = table.text(&TIMEZONE) {
        match zone(&text.words) {
            Some(name) => site.timezone = name,
            None => impossible(table, &text, "`timezone` is not a zone of the IANA database", &TIMEZONE),
        }
    }
    if let Some(text) = table.text(&RIGHTS) {
        site.rights = text.line().into();
    }
    if let Some(text) = table.text(&QUESTION) {
        if is_question(&text.words) {
            site.question = Some(text.words.as_ref().into());
        } else {
            impossible(table, &text, "`question` is neither a mailto: nor an https: address", &QUESTION);
        }
    }
    if let Some(n) = table.whole(&PER_PAGE, 1..=1000) {
        site.per_page = n as usize;
    }
    if let Some(n) = table.number(&THRESHOLD, 0.0..=1.0) {
        site.threshold = n;
    }
    if let Some(section) = table.text(&SECTION) {
        match section.filled() {
            Some(words) => settings.read.section = words,
            None => impossible(table, &section, "`section` is empty", &SECTION),
        }
    }
    if let Some(on) = table.flag(&INDIRECT) {
        settings.annotate.statements = if on { Statements::Shown } else { Statements::None };
    }
    if let Some(on) = table.flag(&UNSAFE_HTML) {
        settings.read.unsafe_html = on;
    }
    settings.now = table.moment(&NOW);
    if let Some(n) = table.whole(&PAGE_BUDGET, 1..=100_000) {
        settings.check.page_budget = n as usize;
    }
    if let Some(on) = table.flag(&QUOTATION_PAGES) {
        settings.site.quotation_pages = on;
    }
    if let Some(on) = table.flag(&TEI) {
        settings.site.tei = on;
    }
    if let Some(text) = table.text(&HOST) {
        match Host::named(&text.words) {
            Some(host) => settings.site.host = host,
            None => impossible(table, &text, &format!("`host` is none of {}", Host::NAMES.join(", ")), &HOST),
        }
    }
    if let Some(on) = table.flag(&INLINE_CSS) {
        settings.site.inline_css = on;
    }
    settings.site.sources = Sources::new(table.each(&SOURCES, source_settings).into_iter().flatten().collect());
    pictures::read(table, &mut settings.pictures);
    if let Some(Some(on)) = table.inner(&SEARCH, |search| search.flag(&SEARCH_ENABLED)) {
        settings.site.search = on;
    }
    table.leave("extra");
    settings
}

fn source_settings(table: &mut Table<'_>) -> Option<SourceSettings> {
    let name = table.needed(&SOURCE_NAME);
    let line = |text: Option<Text<'_>>| -> Box<str> { text.map(|text| text.line().into()).unwrap_or_default() };
    let (about, rights) = (line(table.text(&SOURCE_ABOUT)), line(table.text(&SOURCE_RIGHTS)));
    let url = table.text(&SOURCE_URL).and_then(|url| {
        let is_page = url.words.starts_with("https://") && is_question(&url.words);
        if !is_page {
            impossible(table, &url, "`url` is not an https: address", &SOURCE_URL);
        }
        is_page.then(|| url.words.as_ref().into())
    });
    Some(SourceSettings { name: name?, about, rights, url })
}

fn impossible(table: &mut Table<'_>, at: &Text<'_>, message: &str, key: &Key) {
    table.refuse(codes::CONFIG_BROKEN, at.span, message, format!("write `{} = {}`", key.name(), key.example));
}

/// Whether a tag has the shape of RFC 5646: letters first, then subtags of at most eight.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && tag.len() <= 35
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The zone's own spelling. Asks the bundled database, so that no machine's files decide.
fn zone(name: &str) -> Option<Box<str>> {
    let zone = jiff::tz::TimeZoneDatabase::bundled().get(name).ok()?;
    zone.iana_name().map(Into::into)
}

fn is_question(address: &str) -> bool {
    let scheme = ["mailto:", "https://"].into_iter().find(|s| address.starts_with(s));
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
    scheme.is_some_and(|s| address.len() > s.len()) && address.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::super::SETTINGS;
    use super::*;
    use crate::model::Encoding;

    fn source(text: &str) -> Source {
        Source { path: "site.toml".into(), text: text.into(), encoding: Encoding::Utf8 }
    }

    #[test]
    fn settings_are_read_and_defaults_filled() {
        let read = site_toml(&source(
            "title = 'The Calder Record'\nbase_url = \"https://Calder.example/archive\"\ntimezone = \"europe/london\"\n\
             threshold = 1\n[extra]\nanything = [1, 2]\n",
        ));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let settings = read.value.expect("clean");
        assert_eq!(&*settings.site.title, "The Calder Record");
        assert_eq!(&*settings.site.base_url, "https://calder.example/archive/");
        assert_eq!(&*settings.site.root, "/archive/");
        assert_eq!(&*settings.site.timezone, "Europe/London");
        assert_eq!(settings.site.threshold, 1.0);
        assert_eq!(&*settings.read.section, "News");
        assert_eq!(site_toml(&source("")).value, Some(Settings::default()));
    }

    #[test]
    fn every_example_is_sound() {
        let text: String = SETTINGS.iter().map(|row| format!("{} = {}\n", row.key.name(), row.key.example)).collect();
        let read = site_toml(&source(&text));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let settings = read.value.expect("clean");
        assert_ne!(settings.site, Settings::default().site);
    }

    #[test]
    fn search_can_be_left_out() {
        let check = |text: &str, expected: bool| {
            let read = site_toml(&source(text));
            assert_eq!(read.value.map(|settings| settings.site.search), Some(expected), "{text}");
        };
        check("", true);
        check("[search]", true);
        check("[search]\nenabled = true", true);
        check("search.enabled = false", false);
        assert_eq!(site_toml(&source("[search]\nenable = false")).diagnostics[0].code, codes::KEY_UNKNOWN);
    }

    #[test]
    fn every_fault_is_told() {
        let read =
            site_toml(&source("titel = \"x\"\nper_page = \"30\"\nthreshold = 2.0\nquestion = \"javascript:1\"\n"));
        assert_eq!(read.value, None);
        let told: Vec<_> = read.diagnostics.iter().map(|d| (d.code.name(), d.message.as_str())).collect();
        assert_eq!(
            told,
            [
                ("key-unknown", "`titel` is not a key of site.toml"),
                ("value-type", "`per_page` wants a whole number and was given text"),
                ("value-type", "`threshold` wants a number from 0 to 1"),
                ("config-broken", "`question` is neither a mailto: nor an https: address"),
            ]
        );
    }

    #[test]
    fn faults_without_end_are_counted() {
        let text: String = (0..100_000).map(|i| format!("key_{i} = 1\n")).collect();
        let read = site_toml(&source(&text));
        assert_eq!(read.diagnostics.len(), 41);
        assert_eq!(read.diagnostics[40].message, "99960 more faults in site.toml are not listed");
    }

    #[test]
    fn the_command_line_may_give_the_address() {
        let mut settings = Settings::default();
        with_base_url(&mut settings, "https://host/archive").expect("sound");
        assert_eq!((&*settings.site.base_url, &*settings.site.root), ("https://host/archive/", "/archive/"));
        let refused = with_base_url(&mut settings, "host/archive").expect_err("no scheme");
        assert_eq!(refused.message, "the address `host/archive` has no `https://`");
        assert_eq!(&*settings.site.root, "/archive/");
    }

    #[test]
    fn languages_have_the_shape_of_tags() {
        let check = |tag: &str, expected: bool| assert_eq!(is_language(tag), expected, "{tag}");
        check("en", true);
        check("en-GB", true);
        check("zh-Hant-TW", true);
        check("english", false);
        check("en_GB", false);
        check("en-", false);
        check("", false);
        check("e\"n", false);
    }
}
