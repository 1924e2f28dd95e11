//! Sessions: what is typed, and everything that comes back.

use super::support::Session;
use insta::assert_snapshot;

/// A site with one report.
fn small() -> Session {
    Session::new().file("content/2031/11/14-quay.txt", QUAY)
}

const QUAY: &str = "Harbour\n\nQuay reopens after storm\n\nThe last crane was righted at noon.\n\nFriday 14 November 2031, 5.20pm\n\n\
    PORT ANSEL — The quay reopened on Friday, Ingrid Marsh, the Harbour Minister, said.\n\n\
    “We lost two cranes and no people,” Ms Marsh said.\n";

#[test]
fn help_says_what_can_be_asked() {
    assert_snapshot!(Session::new().run(&["--help"]));
    assert_snapshot!(Session::new().run(&["build", "--help"]));
}

#[test]
fn a_question_not_understood_exits_with_2() {
    let session = Session::new();
    assert_snapshot!(session.run(&["biuld"]));
    assert_snapshot!(session.run(&["build", "--draft"]));
}

#[test]
fn no_more_threads_are_asked_for_than_a_machine_has() {
    let said = small().run(&["build", "--jobs", "10000"]);
    assert!(said.starts_with("exit 2\n") && said.contains("1..=256"), "{said}");
    assert!(small().run(&["build", "--jobs", "2"]).starts_with("exit 0\n"));
}

#[cfg(unix)]
#[test]
fn a_file_without_an_end_is_not_annotated() {
    let session = small();
    for endless in ["/dev/zero", "content"] {
        let said = session.run(&["annotate", endless]);
        assert!(said.starts_with("exit 1\n") && said.contains("file-unreadable"), "{said}");
        assert!(said.contains("or `-` for standard input"), "{said}");
    }
    assert!(session.run(&["annotate", "content/2031/11/14-quay.txt"]).starts_with("exit 0\n"));
}

#[test]
fn what_turns_words_or_is_not_seen_is_shown_where_a_person_reads_it() {
    let quay = "Harbour\n\nQuay reopens after storm\n\nPORT ANSEL — The quay reopened on Friday.\n\n\
        “It will \u{202e}hold,” said In\u{200b}grid Marsh.\n\n“It \u{2067}never\u{200b} ends\n";
    let session = Session::new().file("site.toml", "").file("content/quay.txt", quay);
    let annotated = session.run(&["annotate", "content/quay.txt"]);
    for shown in ["will hold,”", "In\u{fffd}", "“It never\u{fffd} ends", "2 signs that turn the direction of text"]
    {
        assert!(annotated.contains(shown), "{shown}: {annotated}");
    }
    let built = session.run(&["build", "--now", "2032-01-01"]);
    assert!(built.contains("quote-unclosed") && built.contains("“It never\u{fffd} ends"), "{built}");
    for said in [annotated, built] {
        let acts = |c: &char| matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert_eq!(said.chars().find(acts), None, "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_printed_is_none() {
    let session = small();
    let story = "content/2031/11/14-quay.txt";
    let questions = [
        &["due"][..],
        &["check", "--format", "json"],
        &["explain"],
        &["man", "build"],
        &["annotate", story],
        &["annotate", "--format", "jsonl", story],
    ];
    for question in questions {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("a device");
        let mut asked = std::process::Command::new(env!("CARGO_BIN_EXE_onrecord"));
        let answer = asked.args(question).current_dir(session.path("")).stdout(full).output().expect("it runs");
        assert_eq!(answer.status.code(), Some(1), "{question:?}");
        let said = String::from_utf8_lossy(&answer.stderr);
        assert!(said.contains("error: standard output cannot be written"), "{question:?}: {said}");
        assert_eq!(said.matches("error").count(), 1, "{question:?}: {said}");
    }
    // What cannot be read is no fault of the output.
    let folder = std::fs::File::open(session.path("content")).expect("a folder");
    let mut asked = std::process::Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let answer = asked.args(["annotate", "--format", "jsonl", "-"]).stdin(folder).output().expect("it runs");
    let said = String::from_utf8_lossy(&answer.stderr);
    assert!(!answer.status.success() && said.contains("standard input cannot be read"), "{said}");
}

#[test]
fn a_build_ends_in_one_line() {
    let session = small();
    assert_snapshot!(session.run(&["build"]));
    assert!(session.tree("public").contains_key("2031/11/14/quay/index.html"));
    assert!(session.tree("public").contains_key(".onrecord"));
    assert_snapshot!(small().run(&["--root", ".", "build", "--out", "elsewhere"]));
}

#[test]
#[cfg(feature = "trace")]
fn a_trace_tells_what_every_thread_did() {
    let session = small();
    assert!(session.run(&["build", "--trace", "trace.json"]).contains("1 report"));
    let trace: Vec<serde_json::Value> =
        serde_json::from_slice(&std::fs::read(session.path("trace.json")).expect("a trace")).expect("JSON");
    let open = |name: &str, phase: &str| trace.iter().filter(|e| e["name"] == name && e["ph"] == phase).count();
    for stage in ["find", "read", "join", "pages", "publish", "article", "annotate", "render"] {
        assert!(open(stage, "B") > 0, "{stage}");
        assert_eq!(open(stage, "B"), open(stage, "E"), "{stage}");
    }
    let article = trace.iter().find(|event| event["name"] == "article").expect("an article");
    assert_eq!(article["args"]["path"], "\"content/2031/11/14-quay.txt\"");
    // What is there is not overwritten, and nothing is built.
    let again = session.file("site.toml", "nonsense").run(&["build", "--trace", "trace.json"]);
    assert!(again.contains("trace.json is there already") && !again.contains("nonsense"), "{again}");
}

#[test]
fn root_may_stand_before_or_after_the_verb() {
    let session = small();
    let before = session.run(&["--root", ".", "build", "--out", "one"]);
    let after = session.run(&["build", "--root", ".", "--out", "two"]);
    assert_eq!(before, after);
    assert_eq!(session.tree("one"), session.tree("two"));
}

#[test]
fn a_broken_file_is_left_out_and_the_rest_is_built() {
    let session = small().file("content/2031/11/15-crane.md", "+++\ntitel = \"Crane sinks\"\n+++\n\nIt sank.\n");
    assert_snapshot!(session.run(&["build"]));
    assert!(session.tree("public").contains_key("2031/11/14/quay/index.html"));
}

#[test]
fn drafts_are_held_back_unless_asked_for() {
    let session = small().file(
        "content/2031/11/15-crane.md",
        "+++\ntitle = \"Crane sinks\"\ndraft = true\n+++\n\nThe crane sank, Ingrid Marsh said.\n",
    );
    assert_snapshot!(session.run(&["build"]));
    assert!(!session.tree("public").keys().any(|path| path.contains("crane")));
    assert_snapshot!(session.run(&["build", "--drafts"]));
    assert!(session.tree("public").contains_key("2031/11/15/crane/index.html"));
    session.run(&["build"]);
    assert!(!session.tree("public").keys().any(|path| path.contains("crane")), "what is no longer made is gone");
}

#[test]
fn a_folder_without_an_archive_is_no_site() {
    assert_snapshot!(Session::new().run(&["build"]));
    assert_snapshot!(Session::new().run(&["--root", "nowhere", "build"]));
}

#[test]
fn a_fault_of_the_site_leaves_the_last_one_whole() {
    let session = small();
    session.run(&["build"]);
    let before = session.tree("public");
    let session = session.file("site.toml", "title = \"Calder\"\nbase_url = \"calder.example\"\nper_page = 0\n");
    assert_snapshot!(session.run(&["build"]));
    assert_eq!(session.tree("public"), before);
    let session = session.file("site.toml", "").file("templates/person.html", "{% block x %}{{ page.nmae }}\n");
    assert_snapshot!(session.run(&["build"]));
    assert_eq!(session.tree("public"), before);
    assert_snapshot!(session.run(&["build", "--base-url", "calder"]));
    assert_eq!(session.tree("public"), before);
}

#[test]
fn a_site_whose_articles_are_gone_is_not_emptied() {
    let session = small().file("site.toml", "title = \"The Calder Record\"\n");
    session.run(&["build"]);
    let before = session.tree("public");
    std::fs::rename(session.path("content"), session.path("elsewhere")).expect("moved");
    assert_snapshot!(session.run(&["build"]));
    assert_eq!(session.tree("public"), before);
}

#[test]
fn a_template_that_fails_while_drawing_leaves_the_last_site_whole() {
    let session = small();
    session.run(&["build"]);
    let before = session.tree("public");
    let session = session.file("templates/day.html", "<p>{{ page.nothing.like_this }}\n");
    assert_snapshot!(session.run(&["build"]));
    assert_eq!(session.tree("public"), before);
    assert!(!session.path("public.staging/new").exists());
}

#[test]
fn a_static_file_does_not_take_the_place_of_a_page() {
    let session = small().file("static/people/index.html", "mine").file("static/theme.css", "p { color: red }");
    assert_snapshot!(session.run(&["build"]));
    let public = session.tree("public");
    assert_ne!(public["people/index.html"], b"mine");
    assert_eq!(public["theme.css"], b"p { color: red }", "the site's own file goes before the theme's");
}

#[test]
fn what_is_not_ours_is_neither_overwritten_nor_removed() {
    let session = small().file("public/index.html", "mine").file("public/notes/plan.txt", "mine too");
    assert_snapshot!(session.run(&["build"]));
    assert_eq!(session.tree("public").len(), 2);
    std::fs::remove_file(session.path("public/index.html")).expect("removed");
    assert_snapshot!(session.run(&["build"]));
    assert_eq!(session.tree("public")["notes/plan.txt"], b"mine too");
    assert_snapshot!(session.run(&["build", "--out", "content"]));
    assert_snapshot!(session.run(&["build", "--out", "."]));
}

#[test]
fn a_finding_is_explained_by_its_code() {
    let session = Session::new();
    let list = session.run(&["explain"]);
    assert_eq!(list.lines().count(), 2 + onrecord::diag::Code::all().count(), "{list}");
    let line = list.lines().find(|line| line.starts_with("quote-unclosed "));
    assert_eq!(line, Some("quote-unclosed       Warning. A quotation is opened and never closed."));
    let page = std::fs::read_to_string(super::support::project("docs/notes/quote-unclosed.md")).expect("a page");
    assert_eq!(session.run(&["explain", "quote-unclosed"]), format!("exit 0\n--- out\n{page}"));
    let misspelt = session.run(&["explain", "quote-unclosd"]);
    assert!(
        misspelt.starts_with("exit 2\n") && misspelt.contains("similar value exists: 'quote-unclosed'"),
        "{misspelt}"
    );
}

#[test]
fn shells_complete_what_can_be_asked() {
    let session = Session::new();
    for (shell, sign) in [
        ("bash", "complete -F _onrecord"),
        ("zsh", "#compdef onrecord"),
        ("fish", "complete -c onrecord"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[onrecord]"),
    ] {
        let printed = session.run(&["completions", shell]);
        assert!(printed.starts_with("exit 0\n--- out\n"), "{printed}");
        for part in [sign, "base-url", "explain"] {
            assert!(printed.contains(part), "{shell}: {part}");
        }
    }
    assert!(session.run(&["completions", "bash"]).contains("quote-unclosed"), "codes are completed");
    assert!(session.run(&["completions", "tcsh"]).starts_with("exit 2\n"));
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let session = Session::new();
    assert_snapshot!(session.run(&["man", "due"]));
    let whole = session.run(&["man"]);
    assert!(whole.contains(".TH onrecord 1") && whole.contains("onrecord\\-build(1)"), "{whole}");
    assert!(!whole.contains("onrecord\\-help(1)"), "only pages that there are");
    assert!(session.run(&["man", "biuld"]).starts_with("exit 2\n"));
}

/// Rows of pages are saved before a site is published: after a build that was refused, the next believes none that the
/// output does not bear out.
#[test]
fn what_a_refused_build_made_misleads_no_later_one() {
    let (report, more) = ("content/2031/11/14-quay.txt", "content/2031/11/15-crane.txt");
    let other = QUAY.replace("two cranes", "three cranes");
    let base = include_str!("../templates/base.html");
    let redrawn = base.replace("</body>", "<p>Redrawn.</p></body>");
    let write = |session: &Session, path: &str, text: &str| {
        let place = session.path(path);
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::fs::write(place, text).expect("a file");
    };
    // What the refused build saw, and what the next sees: the report and the template of all pages.
    for (refused, next) in [
        ((&*other, base), (QUAY, base)),
        ((QUAY, &*redrawn), (QUAY, base)),
        ((QUAY, &*redrawn), (QUAY, &*redrawn)),
        ((&*other, &*redrawn), (&*other, &*redrawn)),
        ((&*other, &*redrawn), (QUAY, &*redrawn)),
        ((&*other, base), (&*other, &*redrawn)),
    ] {
        let session = small().file("templates/base.html", base);
        assert!(session.run(&["build"]).starts_with("exit 0\n"));
        write(&session, "public/2031/11/15", "somebody's");
        write(&session, more, QUAY);
        write(&session, report, refused.0);
        write(&session, "templates/base.html", refused.1);
        let said = session.run(&["build"]);
        assert!(said.starts_with("exit 1\n") && said.contains("2031/11/15"), "{said}");
        std::fs::remove_file(session.path("public/2031/11/15")).expect("removed");
        std::fs::remove_file(session.path(more)).expect("removed");
        write(&session, report, next.0);
        write(&session, "templates/base.html", next.1);
        assert!(session.run(&["build"]).starts_with("exit 0\n"));
        assert!(session.run(&["build", "--no-cache", "--out", "clean"]).starts_with("exit 0\n"));
        assert!(session.tree("public") == session.tree("clean"), "{refused:?} {next:?}");
    }
}

/// At a terminal thousands of like messages hide the others; a file or a program has them all.
#[test]
fn like_messages_are_all_there_where_they_are_read_by_a_program() {
    let session = (0..230).fold(Session::new().file("site.toml", ""), |session, i| {
        session.file(&format!("content/r{i}.md"), format!("+++\ntitle = \"Quay {i}\"\n+++\n\nIt sails {i}.\n"))
    });
    let built = session.run(&["build"]);
    assert!(built.starts_with("exit 0\n"), "{built}");
    assert_eq!(built.matches("warning[date-missing]").count(), 230);
    let checked = session.run(&["check", "--format", "json"]);
    assert_eq!(checked.matches("\"date-missing\"").count(), 230);
}
