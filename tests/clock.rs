//! What the clock holds back, and when it lets it go.

use super::support::Session;

const QUAY: &str = "Harbour\n\nQuay reopens after storm\n\nFriday 14 November 2031, 5.20pm\n\n\
    PORT ANSEL — The quay reopened on Friday, Ingrid Marsh, the Harbour Minister, said.\n";

/// A report of each kind: of the past, under embargo, one that expires, one dated later.
fn site() -> Session {
    let report = |title: &str, keys: &str| {
        format!("+++\ntitle = \"{title}\"\n{keys}\n+++\n\nThe lamp was lit, Ingrid Marsh said.\n")
    };
    Session::new()
        .file("site.toml", "timezone = \"Europe/London\"\n")
        .file("content/2031/11/14-quay.txt", QUAY)
        .file("content/2031/11/14-report.md", report("Report on the lamp", "embargo = 2031-11-15T09:00:00+01:00"))
        .file("content/2031/11/14-notice.md", report("Lamp out of order", "expires = 2031-11-16"))
        .file(
            "content/2031/12/24-lamp.txt",
            "Harbour\n\nLamps lit\n\nThe lamps were lit on the eve, Tobias Renn said.\n",
        )
}

const PAGES: [&str; 4] = [
    "2031/11/14/quay/index.html",
    "2031/11/14/report/index.html",
    "2031/11/14/notice/index.html",
    "2031/12/24/lamp/index.html",
];

/// Builds at one moment, warm, and beside it from nothing: the same bytes. Says which of the four reports are there.
fn check(session: &Session, now: &str, expected: [bool; 4]) {
    let said = session.run(&["build", "--now", now]);
    assert!(said.starts_with("exit 0\n"), "{said}");
    let warm = session.tree("public");
    session.run(&["build", "--now", now, "--no-cache", "--out", "cold"]);
    assert!(warm == session.tree("cold"), "at {now} the warm build differs from one from nothing");
    assert_eq!(PAGES.map(|page| warm.contains_key(page)), expected, "at {now}");
    let held = expected.iter().filter(|there| !**there).count();
    let all: Vec<u8> = warm.into_values().flatten().collect();
    assert_eq!(String::from_utf8_lossy(&all).contains("Report on the lamp"), expected[1], "nothing of it is told");
    let words = format!("{held} report{} held back by date", if held == 1 { "" } else { "s" });
    assert_eq!(said.contains(&words), held > 0, "{said}");
    // Once more, and nothing is done.
    assert!(session.run(&["build", "--now", now]).contains(&words) || held == 0);
}

#[test]
fn embargo_date_and_expiry_hold_back_what_they_should_also_in_a_warm_build() {
    let session = site();
    check(&session, "2031-11-14T16:00:00Z", [false, false, true, false]);
    check(&session, "2031-11-14T17:20:00Z", [true, false, true, false]);
    check(&session, "2031-11-15T07:59:59Z", [true, false, true, false]);
    check(&session, "2031-11-15T08:00:00Z", [true, true, true, false]);
    check(&session, "2031-11-15T23:59:59Z", [true, true, true, false]);
    check(&session, "2031-11-16T00:00:00Z", [true, true, false, false]);
    check(&session, "2031-12-24", [true, true, false, true]);
    // And back: the clock of a preview may be put back.
    check(&session, "2031-11-15T07:00:00Z", [true, false, true, false]);
}

#[test]
fn a_day_begins_in_the_archives_own_zone() {
    // On 16 July the clocks of London are an hour ahead.
    let session = Session::new().file("site.toml", "timezone = \"Europe/London\"\n").file(
        "content/a.md",
        "+++\ntitle = \"Lamp\"\ndate = 2031-07-01\nembargo = 2031-07-15T23:30:00Z\n+++\n\nThe lamp was lit.\n",
    );
    let held = |now: &str| session.run(&["build", "--now", now]).contains("held back by date");
    assert!(held("2031-07-16"));
    assert!(!held("2031-07-17"));
    assert!(!held("2031-07-16T00:00:00Z"));
}

#[test]
fn a_clock_that_is_no_number_stops_a_build() {
    let program = env!("CARGO_BIN_EXE_onrecord");
    let run = |epoch: &str| {
        let root = site();
        let mut command = std::process::Command::new(program);
        command.args(["build"]).current_dir(root.path("")).env("SOURCE_DATE_EPOCH", epoch);
        command.output().expect("a program").status.code()
    };
    assert_eq!(run("tomorrow"), Some(2));
    assert_eq!(run("1957000000"), Some(0));
    assert_eq!(run(""), Some(0));
}

#[test]
fn due_says_when_to_build_next() {
    let session = site();
    let due = |now: &str| session.run(&["due", "--now", now]);
    assert_eq!(
        due("2031-11-14T12:00:00Z"),
        "exit 0\n--- out\n2031-11-14T17:20:00Z\n  content/2031/11/14-quay.txt: is published\n"
    );
    assert_eq!(
        due("2031-11-14T17:20:00Z"),
        "exit 0\n--- out\n2031-11-15T08:00:00Z\n  content/2031/11/14-report.md: embargo ends\n"
    );
    assert_eq!(
        due("2031-11-15T08:00:00Z"),
        "exit 0\n--- out\n2031-11-16T00:00:00Z\n  content/2031/11/14-notice.md: expires\n"
    );
    assert_eq!(due("2031-12-24"), "exit 0\n--- out\nnothing is due\n");
    assert_eq!(
        session.run(&["due", "--format", "json", "--now", "2031-11-16"]),
        "exit 0\n--- out\n{\"articles\":[{\"at\":\"2031-12-24T00:00:00Z\",\"path\":\"content/2031/12/24-lamp.txt\",\
         \"turn\":\"is published\"}],\"next\":\"2031-12-24T00:00:00Z\",\"now\":\"2031-11-16T00:00:00Z\"}\n"
    );
    assert!(due("noon").starts_with("exit 2\n"));
    assert!(!session.path("public").exists());
}

#[test]
fn check_tells_what_is_dated_later() {
    let session = site();
    let said = session.run(&["check", "--strict", "--now", "2031-12-01", "--format", "github"]);
    // A report that waits for its day must not keep the others, or a takedown, from being published.
    assert!(said.starts_with("exit 0\n"), "{said}");
    assert!(said.contains("::notice file=content/2031/12/24-lamp.txt,title=date-future::"), "{said}");
    assert!(!session.run(&["check", "--format", "github"]).contains("date-future"));
}

#[test]
fn the_settings_may_give_the_moment() {
    let session = site().file("site.toml", "now = 2031-11-14T16:00:00Z\n");
    session.run(&["build"]);
    assert!(!session.tree("public").contains_key(PAGES[0]));
    session.run(&["build", "--now", "2031-12-01"]);
    assert!(session.tree("public").contains_key(PAGES[0]), "the command line goes before the settings");
}
