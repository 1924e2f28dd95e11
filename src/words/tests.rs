use super::*;
use crate::diag::Noted;
use jiff::civil::{date, time};

fn read_one(language: &str, path: &str, text: &str) -> Noted<Arc<Words>> {
    read(language, &[WordsFile { path, text }])
}

fn messages(noted: &Noted<Arc<Words>>) -> Vec<(&'static str, &str)> {
    noted.diagnostics.iter().map(|d| (d.code.name(), d.message.as_str())).collect()
}

#[test]
fn the_theme_s_own_files_are_without_fault() {
    for (language, _) in theme() {
        assert_eq!(messages(&read(language, &[])), [], "{language}");
        assert_eq!(&*read(language, &[]).value.language, language);
    }
    assert_eq!(read("en-GB", &[]).diagnostics, []);
}

#[test]
fn words_are_filled_and_counted() {
    let words = Words::english();
    assert_eq!(words.text("report.who-speaks"), "Who speaks");
    assert_eq!(words.count("count.reports", 1, &[]), "1 report");
    assert_eq!(words.count("count.reports", 0, &[]), "0 reports");
    assert_eq!(words.count("count.reports", 2108, &[]), "2,108 reports");
    assert_eq!(words.fill("report.more", &[("section", "{n}")]), "More from {n}");
    assert_eq!(words.text("no.such"), "no.such");
}

#[test]
fn a_site_replaces_single_words() {
    let read = read_one("en-GB", "i18n/en.toml", "[report]\nwho-speaks = \"The speakers\"\n");
    assert_eq!(read.diagnostics, []);
    assert_eq!(read.value.text("report.who-speaks"), "The speakers");
    assert_eq!(read.value.text("report.cite"), "Cite this report");
    let both = [
        WordsFile { path: "i18n/en-GB.toml", text: "[report]\ncite = \"Quote it\"\n" },
        WordsFile { path: "i18n/en.toml", text: "[report]\ncite = \"Cite it\"\nsource = \"Origin\"\n" },
        WordsFile { path: "i18n/pl.toml", text: "not looked at" },
    ];
    let words = super::read("en-GB", &both).value;
    assert_eq!((words.text("report.cite"), words.text("report.source")), ("Quote it", "Origin"));
    assert_ne!(format!("{words:?}"), format!("{:?}", Words::english()));
    assert_ne!(words, Words::english());
}

#[test]
fn a_language_of_the_site_s_own_has_its_forms() {
    let text = "[count]\nreports = { one = \"{n} tekst\", few = \"{n} teksty\", many = \"{n} tekstów\", other = \"{n} tekstu\" }\n";
    let read = read_one("pl", "i18n/pl.toml", text);
    let count = |n| read.value.count("count.reports", n, &[]);
    assert_eq!([count(1), count(3), count(12), count(22)], ["1 tekst", "3 teksty", "12 tekstów", "22 teksty"]);
    assert!(
        matches!(&*messages(&read), [("words-missing", words)] if words.contains("are not translated: `chip.heard`"))
    );
    // What stays English has English forms' last.
    assert_eq!(read.value.count("count.words", 3, &[]), "3 words");
}

#[test]
fn a_language_without_words_stays_english() {
    let read = super::read("de-AT", &[]);
    assert_eq!(messages(&read), [("words-missing", "the theme has no words in the site's language, `de-AT`")]);
    assert_eq!(read.value.count("count.reports", 1, &[]), "1 report");
    assert_eq!(read.value.locale().dir, "ltr");
    assert_eq!(super::read("ar", &[]).value.locale().dir, "rtl");
    assert_eq!(read_one("ar", "i18n/ar.toml", "[locale]\ndir = \"ltr\"\n").value.locale().dir, "ltr");
}

#[test]
fn what_does_not_fit_is_told_and_left_out() {
    let check = |text: &str, expected: &str| {
        let read = read_one("en", "i18n/en.toml", text);
        assert_eq!(messages(&read), [("words-unfit", expected)], "{text}");
        assert_eq!(read.value.entries, Words::english().entries, "{text}");
    };
    check("[report]\nwho-speak = \"x\"\n", "the theme has no word `report.who-speak`");
    check("title = \"x\"\n", "the theme has no word `title`");
    check("[report]\nmore = \"More from {sektion}\"\n", "`report.more` has a place `{sektion}` that nothing fills");
    check("[report]\nmore = \"More\"\n", "`report.more` lacks the place `{section}`");
    check("[report]\nmore = \"More {section\"\n", "`report.more`: a `{` is never closed");
    check("[report]\nmore = 3\n", "`report.more` is no text");
    check(
        "[report]\nmore = { one = \"\", other = \"{section}\" }\n",
        "`report.more` has forms, and no number to choose one by",
    );
    check("[count]\nreports = { one = \"{n}\" }\n", "`count.reports` lacks the form `other`");
    check(
        "[count]\nreports = { one = \"{n}\", few = \"{n}\", other = \"{n}\" }\n",
        "`count.reports` has the form `few`, which no number asks for",
    );
    check(
        "[lost]\nways = \"{people}, {dates:d} or {sections:s}\"\n",
        "`lost.ways` has a place `{people}` that nothing fills",
    );
    check("[locale]\nmonths = [\"Jan\"]\n", "`locale.months` is a list of another length");
    check("[locale]\ndir = \"up\"\n", "`locale.dir` is neither `ltr` nor `rtl`");
    check("[locale]\nlong = \"{dey}\"\n", "`locale.long` has a place `{dey}` that nothing fills");
    let help = read_one("en", "i18n/en.toml", "[report]\nwho-speak = \"x\"\n").diagnostics.remove(0).help;
    assert_eq!(help.as_deref(), Some("did you mean `report.who-speaks`?"));
}

#[test]
fn a_file_that_is_not_toml_is_broken() {
    let read = read_one("en", "i18n/en.toml", "[report\nwho");
    assert_eq!(read.diagnostics.len(), 1);
    assert_eq!(read.diagnostics[0].code.name(), "words-broken");
}

#[test]
fn no_file_takes_long_or_makes_a_panic() {
    let keys: String = (0..20_000).map(|i| format!("key_{i} = \"{{\"\n")).collect();
    let read = read_one("en", "i18n/en.toml", &format!("[report]\n{keys}"));
    assert_eq!(read.diagnostics.len(), 41);
    for text in
        ["[locale]\nmonths = 1", "[a.b]\nc = 1", "locale = []", "[locale]\nmonths = [[]]", "[count]\nreports = {}"]
    {
        assert_eq!(read_one("xx", "i18n/xx.toml", text).diagnostics.len(), 1 + usize::from(!text.is_empty()), "{text}");
    }
}

#[test]
fn english_dates_and_times() {
    let words = Words::english();
    let (locale, day) = (words.locale(), date(2031, 9, 2));
    assert_eq!(locale.long(day), "Tuesday 2 September 2031");
    assert_eq!(locale.day_month(day), "2 September");
    assert_eq!(locale.day_month_year(day), "2 September 2031");
    assert_eq!(locale.brief(day), "2 Sept 2031");
    assert_eq!((locale.month_year(day), locale.brief_month_year(day)), ("September 2031".into(), "Sept 2031".into()));
    assert_eq!((locale.month(day), locale.month_brief(day)), ("September", "Sept"));
    assert_eq!(locale.years(Some(2029), Some(2031)), "2029 to 2031");
    assert_eq!((locale.years(Some(2031), Some(2031)), locale.years(None, None)), ("2031".into(), String::new()));
    let check = |hour, minute, expected: &str| assert_eq!(locale.time(time(hour, minute, 0, 0)), expected);
    check(17, 20, "5.20pm");
    check(17, 0, "5pm");
    check(9, 5, "9.05am");
    check(0, 0, "midnight");
    check(0, 5, "12.05am");
    check(12, 0, "noon");
    check(12, 30, "12.30pm");
}

#[test]
fn numbers_and_lists() {
    let words = Words::english();
    let locale = words.locale();
    assert_eq!([locale.number(999), locale.number(1_234_567), locale.number(-1000)], ["999", "1,234,567", "−1,000"]);
    assert_eq!(locale.listed::<&str>(&[]), "");
    assert_eq!((locale.listed(&["A"]), locale.listed(&["A", "B"])), ("A".into(), "A and B".into()));
    assert_eq!((locale.listed(&["A", "B", "C"]), locale.joined(&["A", "B"])), ("A, B and C".into(), "A, B".into()));
    assert_eq!((locale.quoted("x"), locale.titled("x")), ("“x”".into(), "‘x’".into()));
}
