//! Others at work in the same archive: a second preview, a build.

use super::{PAGE, REPORT, Served, quay, report};
use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn a_second_preview_is_refused_and_disturbs_nothing() {
    let session = quay();
    let first = Served::start(&session.path(""));
    assert!(first.get(PAGE).contains("It holds"));
    let before = session.tree(".onrecord/preview");
    let other = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["review", "--port", "0"])
        .current_dir(session.path(""))
        .stdin(Stdio::null())
        .output()
        .expect("onrecord runs");
    let said = String::from_utf8_lossy(&other.stderr);
    assert_eq!(other.status.code(), Some(1), "{said}");
    let at = format!("another preview of this archive runs at http://{}\n", first.address);
    assert!(said.contains(&at) && said.contains("or end that one first"), "{said}");
    assert!(session.tree(".onrecord/preview") == before, "nothing was touched");
    // The first goes on, and when it has ended another may begin.
    fs::write(session.path(REPORT), report("Quay reopens", "It held")).expect("a file");
    first.until(PAGE, "the first goes on", |answer| answer.contains("It held"));
    drop(first);
    assert!(Served::start(&session.path("")).get(PAGE).contains("It held"));
}

#[test]
fn a_file_that_is_taken_out_of_the_preview_comes_back_when_it_is_missed() {
    let session = quay();
    let served = Served::start(&session.path(""));
    // Two builds, so that the second remembers how the first left the folder.
    fs::write(session.path(REPORT), report("Quay reopens", "It held")).expect("a file");
    served.until(PAGE, "an edit", |answer| answer.contains("It held"));
    fs::remove_file(session.path(".onrecord/preview/theme.css")).expect("removed");
    fs::remove_dir_all(session.path(".onrecord/preview/2031")).expect("removed");
    served.until("/theme.css", "a style sheet", |answer| answer.starts_with("HTTP/1.1 200"));
    served.until(PAGE, "a page", |answer| answer.contains("It held"));
    assert!(served.get("/nowhere/").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_build_that_is_at_work_is_waited_for() {
    let session = quay();
    let served = Served::start(&session.path(""));
    let lock = File::options().write(true).open(session.path(".onrecord/cache/lock")).expect("a lock");
    // The preview's own build may be at its very end.
    lock.lock().expect("locked");
    fs::write(session.path(REPORT), report("Quay reopens", "It held")).expect("a file");
    std::thread::sleep(Duration::from_millis(600));
    let answer = served.get(PAGE);
    assert!(answer.contains("It holds"), "the last site stays: {answer}");
    lock.unlock().expect("unlocked");
    served.until(PAGE, "it is built then", |answer| answer.contains("It held"));
}

/// A build that is started while another is at work waits for it a while, and only then is it refused.
#[test]
fn a_build_waits_its_turn_and_not_for_ever() {
    let session = quay();
    assert!(session.run(&["build"]).starts_with("exit 0"));
    let lock = File::options().write(true).open(session.path(".onrecord/cache/lock")).expect("a lock");
    lock.lock().expect("locked");
    let before = session.tree("public");
    fs::write(session.path(REPORT), report("Quay reopens", "It held")).expect("a file");
    let began = Instant::now();
    for said in [session.run(&["build"]), session.run(&["build", "--out", "elsewhere"])] {
        assert!(said.starts_with("exit 1"), "{said}");
        assert!(said.contains("this one waits for it") && said.contains("wait until it is done"), "{said}");
    }
    assert!(began.elapsed() >= onrecord::build::PATIENCE * 2);
    assert_eq!(session.tree("public"), before);
    let said = std::thread::scope(|scope| {
        let building = scope.spawn(|| session.run(&["build"]));
        // Less than its patience, and long enough that it has begun on any machine that is not overrun; on one that is
        // the build finds the lock gone, and is as good.
        std::thread::sleep(Duration::from_millis(1500));
        lock.unlock().expect("unlocked");
        building.join().expect("an end")
    });
    assert!(said.starts_with("exit 0"), "{said}");
    assert_ne!(session.tree("public"), before);
}
