//! A site where there was none; and nothing lost where there was one.

use super::support::Session;
use std::fs;

const QUAY: &str = "Harbour\n\nQuay reopens after storm\n\nFriday 14 November 2031, 5.20pm\n\n\
    PORT ANSEL — The quay reopened. “It will hold,” said Ingrid Marsh, the Harbour Minister. “It has to,” she added.\n\n\
    “We shall see,” said Tobias Renn, the keeper.\n";

#[test]
fn an_empty_folder_becomes_a_site_that_builds_and_passes_its_own_check() {
    for form in ["wire", "markdown"] {
        for ci in ["none", "github", "gitlab", "cloudflare", "netlify", "rsync", "s3"] {
            let session = Session::new();
            let said =
                session.run(&["init", "site", "--form", form, "--ci", ci, "--base-url", "https://calder.example/a/"]);
            assert!(said.starts_with("exit 0\n") && said.contains("1 report · "), "{form}, {ci}: {said}");
            let checked = session.run(&["--root", "site", "check", "--strict"]);
            assert!(checked.starts_with("exit 0\n"), "{form}, {ci}: {checked}");
            assert!(!session.path("site/.onrecord/init").exists());
        }
    }
}

#[test]
fn settings_are_all_there_and_explained() {
    let session = Session::new();
    session.run(&["init", "--title", "The \"Calder\" Record", "--language", "fr", "--yes"]);
    let text = fs::read_to_string(session.path("site.toml")).expect("settings");
    for row in onrecord::config::SETTINGS {
        assert!(text.contains(row.key.name()), "{}", row.key.name());
    }
    // Every line that is a comment for now is a setting that can be made.
    let all: String = text
        .lines()
        .filter_map(|line| match line.strip_prefix("# ") {
            Some(key) if key.starts_with('[') || key.split_once(" = ").is_some_and(|(k, _)| !k.contains(' ')) => {
                Some(key)
            }
            Some(_) => None,
            None => Some(line),
        })
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(session.path("site.toml"), &all).expect("settings");
    let said = session.run(&["config"]);
    assert!(said.starts_with("exit 0\n"), "{all}\n{said}");
    assert!(said.contains("The \\\"Calder\\\" Record"), "{said}");
}

#[test]
fn questions_are_asked_until_the_answers_will_do() {
    let session = Session::new().file("wire/14-quay.txt", QUAY).file("wire/README.md", "# Not a story\n");
    let answers = "The Calder Record\nnowhere\nhttps://calder.example/\nxx-\nen-GB\nnot-there\nwire\nmarkdown\ny\n";
    let said = session.run_with(&["init", "site", "--ask"], answers);
    for words in [
        "has no `https://`",
        "BCP 47",
        "no folder `not-there`",
        "Ingrid Marsh · Harbour Minister · 2 quotations in 1 report",
        "Tobias Renn · keeper · 1 quotation in 1 report",
        "1 file copied into content/",
        "content/people/ingrid-marsh.md",
        "content/drafts/sample-report.md",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(session.path("wire/14-quay.txt").exists(), "stories are copied, not moved");
    let person = fs::read_to_string(session.path("site/content/people/ingrid-marsh.md")).expect("a person");
    assert!(
        person.contains("name = \"Ingrid Marsh\"") && person.contains("# title = \"Harbour Minister\""),
        "{person}"
    );
    assert!(fs::read_to_string(session.path("site/site.toml")).expect("settings").contains("\"The Calder Record\""));

    // Whoever says no gets none; whoever falls silent gets the defaults.
    let no = Session::new().file("content/14-quay.txt", QUAY);
    let said = no.run_with(&["init", "--ask"], "\n\n\n\n\nn\n");
    assert!(said.starts_with("exit 0\n") && !no.path("content/people").exists(), "{said}");
    assert!(Session::new().run_with(&["init", "--ask"], "").starts_with("exit 0\n"));
}

#[test]
fn nothing_that_is_there_is_changed() {
    let theirs = [
        ("site.toml", "title = \"Mine\"\n"),
        (".gitignore", "mine\n"),
        (".github/workflows/publish.yml", "mine\n"),
        ("content/14-quay.txt", QUAY),
        ("content/people/ingrid-marsh.md", "+++\nname = \"Ingrid Marsh\"\n+++\n\nMine.\n"),
        ("content/drafts/sample-report.md", "+++\ntitle = \"Mine\"\n+++\n\nMine.\n"),
        ("wire/14-quay.txt", "Another story of the same name.\n"),
    ];
    let session = theirs.into_iter().fold(Session::new(), |session, (path, text)| session.file(path, text));
    let said = session.run(&["init", "--ci", "github", "--stories", "wire"]);
    assert!(said.starts_with("exit 0\n"), "{said}");
    for (path, text) in theirs {
        assert_eq!(fs::read_to_string(session.path(path)).expect("theirs"), text, "{path}");
    }
    for kept in ["site.toml", ".gitignore", ".github/workflows/publish.yml", "content/14-quay.txt"] {
        assert!(said.contains(&format!("{kept} (there already, kept as it is)")), "{kept}: {said}");
    }
    // And again.
    let before = session.tree("content");
    session.run(&["init", "--ci", "github", "--stories", "wire"]);
    assert!(before == session.tree("content"));
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_site() {
    let session = Session::new().file("outside/keep.txt", "A\n\nB.\n").file("site/site.toml", "");
    std::os::unix::fs::symlink(session.path("outside"), session.path("site/content")).expect("a link");
    let said = session.run(&["init", "site"]);
    assert!(said.starts_with("exit 1\n") && said.contains("outside the site"), "{said}");
    assert_eq!(std::fs::read_dir(session.path("outside")).expect("a folder").count(), 1, "not even a folder");
}

#[test]
fn what_is_not_copied_is_told() {
    let wire = |name: &str| format!("wire/{name}");
    let session = Session::new()
        .file(&wire("2031-11-14-quay.txt"), QUAY)
        .file(&wire("2031-11-14-quay.annotations.toml"), "")
        .file(&wire("rulings.toml"), "")
        .file(&wire("README.md"), "# Mine\n");
    let said = session.run(&["init", "site", "--stories", "wire", "--yes"]);
    assert!(said.starts_with("exit 0\n") && said.contains("1 file copied"), "{said}");
    assert!(said.contains("file-passed-over") && said.contains("quay.annotations.toml"), "{said}");
    assert!(said.contains("rulings.toml were not copied") && !said.contains("README"), "{said}");
}

#[test]
fn stories_beside_the_settings_are_found_in_place() {
    let session =
        Session::new().file("2031-11-14-quay.txt", QUAY).file("README.md", "# Mine\n").file("public/old.txt", "x");
    let said = session.run(&["init", "--stories", "."]);
    assert!(said.starts_with("exit 0\n") && said.contains("1 file copied"), "{said}");
    assert!(session.path("content/2031-11-14-quay.txt").exists() && !session.path("content/README.md").exists());
    assert!(!said.contains("file-passed-over"), "{said}");
}

#[test]
fn answers_that_cannot_be_are_refused_before_anything_is_made() {
    let session = Session::new();
    let said = session.run(&["init", "site", "--base-url", "calder.example", "--yes"]);
    assert!(said.starts_with("exit 1\n") && said.contains("config-broken"), "{said}");
    assert!(!session.path("site").exists());
}

#[test]
fn new_files_are_dated_in_the_archives_zone_and_never_overwritten() {
    let session = Session::new().file("site.toml", "timezone = \"Pacific/Honolulu\"\n");
    let run = |args: &[&str]| session.run(args);
    assert_eq!(
        run(&["new", "article", "Quay “reopens”", "--date", "2031-11-14"]),
        "exit 0\n--- out\ncontent/2031/11/14-quay-reopens.md\n"
    );
    assert_eq!(
        run(&["new", "article", "Lamp", "--form", "wire", "--date", "2031-11-14"]),
        "exit 0\n--- out\ncontent/2031/11/14-lamp.txt\n"
    );
    assert_eq!(run(&["new", "person", "Ingrid  Marsh"]), "exit 0\n--- out\ncontent/people/ingrid-marsh.md\n");
    let again = run(&["new", "person", "Ingrid Marsh"]);
    assert!(again.starts_with("exit 1\n") && again.contains("is there already"), "{again}");
    assert!(run(&["new", "person", "…"]).starts_with("exit 1\n"));
    assert!(run(&["new", "article", "…", "--date", "2031-11-14"]).contains("14-report.md"));
    let built = run(&["build", "--drafts", "--now", "2032-01-01"]);
    assert!(built.starts_with("exit 0\n") && built.contains("3 reports"), "{built}");
    // The tests' clock stands at nine in Greenwich, and in Honolulu it is the evening before.
    let today = run(&["new", "article", "Today"]);
    assert!(today.contains("content/2032/01/09-today.md"), "{today}");
}

#[test]
fn an_archive_without_dates_has_no_link_that_leads_nowhere() {
    let undated = QUAY.replace("\n\nFriday 14 November 2031, 5.20pm", "");
    let session =
        Session::new().file("content/quay.txt", undated).file("site.toml", "base_url = \"https://host.example/a/\"\n");
    let said = session.run(&["check"]);
    assert!(said.starts_with("exit 0\n") && !said.contains("link-broken"), "{said}");
}

/// Stories by strangers: whatever their people are called, what `init` writes reads back, and the site builds.
#[test]
fn hostile_stories_make_files_that_read_back() {
    let long = "Marsh".repeat(5_000);
    let names = [
        "Ingrid “Inga” Marsh",
        "Ingrid \"Inga\" Marsh",
        "Ingrid 'Inga' O'Marsh",
        "Ingrid \\ Marsh",
        "Ingrid\u{2028}Marsh",
        "Ingrid \u{202e}Marsh",
        "Ingrid\u{7}\u{1b}[31m Marsh",
        "<b onclick=\"x()\">Ingrid</b> Marsh",
        "Ingrid Marsh\n+++\nname = \"Osric Pell\"\n+++\n",
        "Con Aux",
        &long,
        &format!("Ingrid {long}"),
    ];
    let mut session = Session::new();
    for (i, name) in names.iter().enumerate() {
        let story = format!(
            "Harbour\n\nQuay {name} reopens\n\nPORT ANSEL — “It will hold,” said {name}, the \"Harbour\" Minister.\n\n\
             {name} said the quay was sound. “It has to,” said {name}.\n"
        );
        session = session.file(&format!("wire/2031-11-{:02}-quay.txt", i + 1), &story);
        session = session.file(&format!("wire/2031-11-{:02}-notes '#.md", i + 1), &story);
    }
    let title = "The \"Calder\" \\ Record '''\u{2028}\u{202e}\n[x]\u{7}";
    let said = session.run(&["init", "site", "--stories", "wire", "--title", title, "--people", "40", "--yes"]);
    assert!(said.starts_with("exit 0\n"), "{said}");
    let acts = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!said.contains(acts), "{said:?}");
    let people = session.tree("site/content/people");
    assert!(people.len() > 2, "{said}");
    for (path, bytes) in &people {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert_eq!(text.matches("\nname = ").count(), 1, "{path}: {text}");
    }
    let built = session.run(&["--root", "site", "build"]);
    assert!(built.starts_with("exit 0\n"), "{built}");
    for line in built.lines().filter(|line| line.starts_with("  at ")) {
        assert!(!line.contains("content/people/") && !line.contains("site.toml"), "{built}");
    }
    let config = session.run(&["--root", "site", "config"]);
    assert!(config.contains(r#"The \"Calder\" \\ Record ''' [x]"#), "{config}");
}
