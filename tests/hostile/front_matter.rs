use super::{Built, Family, Reported};

/// Front matter with a word in the body below it.
fn fenced(toml: &str) -> impl FnOnce(&str) -> String + '_ {
    move |word| format!("+++\n{toml}\n+++\n\nThe word is {word}.\n")
}

#[test]
fn front_matter_that_is_wrong_publishes_nothing() {
    let mut family = Family::default();
    let deep = format!("extra = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    let dotted = format!("{}a = 1", "a.".repeat(100_000));
    let wrong: &[(&str, Option<u32>)] = &[
        ("title = \"a\"\ntitle = \"b\"", Some(3)),
        ("title = 1", Some(2)),
        ("tags = 3", Some(2)),
        ("tags = [1]", Some(2)),
        ("draft = \"yes\"", Some(2)),
        ("date = 2031-02-30", Some(2)),
        ("date = \"99999-01-01\"", Some(2)),
        ("date = -10000", Some(2)),
        ("date = 99999999999999999999999", Some(2)),
        ("date = nan", Some(2)),
        ("date = inf", Some(2)),
        ("date = 2031-06-30T23:59:00+25:00", Some(2)),
        ("date = 2031-13-01", Some(2)),
        ("date = 2031-01-01T24:30:00", Some(2)),
        ("title = nan", Some(2)),
        ("titel = \"a\"", Some(2)),
        ("drfat = true", Some(2)),
        ("title = \"a", Some(2)),
        ("title = \"\\q\"", Some(2)),
        ("title: a", Some(2)),
        ("[[photos]]\nfile = 1", Some(3)),
        ("photos = \"a.jpg\"", Some(2)),
        ("[[corrections]]\ndate = 2031-01-01", None),
        ("slug = \"..\"", Some(2)),
        ("lang = \"x\\\"y\"", Some(2)),
        ("aliases = [\"//evil.example/x\"]", Some(2)),
        ("aliases = [\"../../x\"]", Some(2)),
        ("aliases = [\"javascript:alert(1)\"]", Some(2)),
        ("embargo = \"never\"", Some(2)),
        (&deep, None),
        (&dotted, None),
    ];
    for (i, (toml, line)) in wrong.iter().enumerate() {
        family.file(format!("content/wrong-{i}.md"), Reported(*line), fenced(toml));
    }
    family.check(|_| {});
}

#[test]
fn a_draft_is_no_report_however_it_is_fenced() {
    let mut family = Family::default();
    let toml = "title = \"A draft\"\ndraft = true\n";
    let yaml = "title: A draft\ndraft: true\n";
    let fences: &[(&str, &str, &str)] = &[
        ("---\n", toml, "---\n"),
        ("--- \n", toml, "--- \n"),
        ("++++\n", toml, "++++\n"),
        ("++\n", toml, "++\n"),
        ("+++toml\n", toml, "+++\n"),
        ("```toml\n", toml, "```\n"),
        (";;;\n", toml, ";;;\n"),
        ("", toml, ""),
        ("+++\n", toml, ""),
        ("---\n", yaml, "---\n"),
        ("---\n", yaml, "...\n"),
        ("---\n", yaml, ""),
        ("\n\n---\n", yaml, "---\n"),
        ("", "{\"title\": \"A draft\", \"draft\": true}\n", ""),
        ("", "{\n\"title\": \"A draft\", \"draft\": true\n}\n", ""),
        (";;;\n", "{\"draft\": true}\n", ";;;\n"),
    ];
    for (i, (open, keys, close)) in fences.iter().enumerate() {
        for ending in ["md", "txt"] {
            // Wire copy with JSON in several lines is what it looks like.
            let fate = Reported(None);
            family.file(format!("content/draft-{i}.{ending}"), fate, |word| format!("{open}{keys}{close}\n{word}\n"));
        }
    }
    // Fences that are right, behind what cannot be seen, hold the draft back without a word.
    for (i, unseen) in ["", "\n", " ", "\u{feff}", "\u{feff}\u{feff}", "\u{200b}", "\u{a0}", "\0"].iter().enumerate() {
        family.file(format!("content/held-{i}.md"), super::PassedOver, |word| {
            format!("{unseen}+++\n{toml}+++\n\n{word}\n")
        });
        family.file(format!("content/held-{i}.txt"), Reported(None), |word| {
            format!("{unseen}+++\n{toml}+++\n\n{word}\n")
        });
    }
    family.check(|_| {});
}

#[test]
fn what_only_looks_like_front_matter_is_copy() {
    let mut family = Family::default();
    for (i, head) in [
        "---\n\nAfter a rule.\n\n---\n",
        "---\nMarsh: No.\n",
        "***\n\ntitle of nothing\n",
        "{{ braces }}\n",
        "x = the unknown\n",
        "No front matter\n\n+++\n",
        "+++ Breaking +++ Ferry sails\n",
    ]
    .iter()
    .enumerate()
    {
        for ending in ["md", "txt"] {
            family.file(format!("content/copy-{i}.{ending}"), Built, |word| format!("{head}\nThe word is {word}.\n"));
        }
    }
    for (i, keys) in
        ["title = \"\"", "[extra]\nx = nan", "date = 0001-01-01", "date = 2031-06-30T23:59:60Z"].iter().enumerate()
    {
        family.file(format!("content/odd-{i}.md"), Built, fenced(keys));
    }
    let ends = |end: &'static str| {
        move |word: &str| format!("+++\ntitle = \"a\"\n+++\n\nThe word is {word}.\n").replace('\n', end)
    };
    family.file("content/crlf.md", Built, ends("\r\n"));
    family.file("content/cr.md", Built, ends("\r"));
    family.check(|_| {});
}

/// `timestamp` has an end, a day before the calendar has: found by this table, when such an embargo was none.
#[test]
fn what_is_dated_beyond_the_clock_is_held_back() {
    let mut family = Family::default();
    for (i, at) in
        ["9999-12-31", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-10:00", "9999-12-30T23:59:59-10:00", "2032-01-11"]
            .iter()
            .enumerate()
    {
        for key in ["date", "embargo"] {
            family.file(format!("content/{key}-{i}.md"), super::PassedOver, fenced(&format!("{key} = {at}")));
        }
    }
    family.file("content/gone.md", super::PassedOver, fenced("expires = 0001-01-01T00:00:00+10:00"));
    family.check(|_| {});
}
