//! A build that is killed, or whose disk fails, at each single step.

use super::States;
use super::states::{Tally, has, said, tell};

/// Calls of the system by which files come, move and go.
const CALLS: [&str; 9] = ["renameat2", "rename", "linkat", "unlink", "mkdir", "rmdir", "unlinkat", "openat", "write"];

/// Steps at which a build is stopped in `cargo test`, for each call.
const STEPS: usize = 2;

/// Runs builds in which the `n`th call of a kind meets `what`; ends with the first build that has no such call.
///
/// Gives how many were stopped.
fn campaign(states: &mut States, call: &str, what: &str, steps: usize, exit: Option<i32>) -> Tally {
    let mut tally = Tally::default();
    // Long builds have thousands of writes: then not every one.
    let (mut n, mut stride, mut idle) = (1, 1, 0);
    while tally.stopped < steps {
        let to = states.go();
        let inject = format!("inject={call}:{what}:when={n}");
        let trace = format!("trace={call}");
        let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
        let output = states.command(&strace, &["--jobs", "1"]).output().expect("strace runs");
        let how = format!("{what} at {call} number {n}");
        let old = states.look(to, &how);
        states.repair(to, &how);
        if output.status.success() {
            // No such call any more, or one that mattered to nobody.
            idle += 1;
            if idle > 4 || what.starts_with("signal") && steps == STEPS {
                break;
            }
        } else if !said(&output).contains("loading shared libraries") {
            assert!(exit.is_none() || output.status.code() == exit, "{how}: {}", said(&output));
            tally.stopped += 1;
            tally.old += usize::from(old);
        }
        n += stride;
        if n > 60 && steps < 1000 {
            stride = 7;
        }
    }
    tally
}

fn steps() -> usize {
    std::env::var("ONRECORD_KILLS").ok().map_or(STEPS, |n| n.parse().expect("a number"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_build_that_is_killed_between_two_calls_leaves_one_whole_site() {
    if !has("strace") {
        tell("SKIPPED: killing a build between two calls of the system needs strace");
        return;
    }
    let mut states = States::new(2);
    let mut stopped = 0;
    for call in CALLS {
        let tally = campaign(&mut states, call, "signal=KILL", steps(), None);
        tell(&format!("{call}: {tally:?}"));
        stopped += tally.stopped;
    }
    tell(&format!("killed at {stopped} steps"));
    assert!(stopped > 0);
}

/// What a disk or a system that fails answers.
const ERRORS: [&str; 3] = ["error=EIO", "error=ENOSPC", "error=EMFILE"];

#[cfg(target_os = "linux")]
#[test]
fn a_call_that_fails_leaves_one_whole_site() {
    if !has("strace") {
        tell("SKIPPED: having single calls of the system fail needs strace");
        return;
    }
    let mut states = States::new(3);
    let mut stopped = 0;
    // One of them here, all in a campaign.
    let errors = if steps() > STEPS { &ERRORS[..] } else { &ERRORS[..1] };
    for error in errors {
        for call in ["renameat2", "rename", "linkat", "unlink", "mkdir", "openat", "write", "read", "syncfs"] {
            let tally = campaign(&mut states, call, error, steps() / 2, Some(1));
            tell(&format!("{error} at {call}: {tally:?}"));
            stopped += tally.stopped;
        }
    }
    tell(&format!("{stopped} builds failed"));
    assert!(stopped > 0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_disk_holds_a_site_before_it_is_exchanged() {
    if !has("strace") {
        tell("SKIPPED: seeing in what order a build asks the system needs strace");
        return;
    }
    let mut states = States::new(4);
    let log = states.root().join("log");
    let strace = ["strace", "-f", "-qq", "-o", log.to_str().expect("text"), "-e", "trace=syncfs,renameat2"];
    // From nothing, and from one state to another.
    let _ = std::fs::remove_dir_all(states.public());
    for from_nothing in [true, false] {
        let to = states.go();
        let output = states.command(&strace, &[]).output().expect("strace runs");
        assert!(output.status.success(), "{}", said(&output));
        states.at = to;
        let log = std::fs::read_to_string(&log).expect("a log");
        let calls: Vec<&str> = log.lines().filter(|call| !call.contains("/try/")).collect();
        let waited = calls.iter().position(|call| call.contains("syncfs("));
        let exchanged = calls.iter().position(|call| call.contains("RENAME_EXCHANGE"));
        assert!(waited.is_some() && exchanged.is_none_or(|at| waited < Some(at)), "{log}");
        assert_eq!(exchanged.is_none(), from_nothing, "{log}");
    }
}
