//! Somebody else who writes into the output while builds publish into it.

use super::States;
use super::states::{said, tell};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Builds that publish meanwhile.
const BUILDS: usize = 12;

/// Writes files of its own into a folder, by its name, until it is told to stop; gives those that it has written.
fn write_by_name(folder: &Path, stop: &AtomicBool) -> BTreeSet<String> {
    let mut written = BTreeSet::new();
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let place = if n % 3 == 0 { format!("2031/theirs-{n}.txt") } else { format!("theirs-{n}.txt") };
        // A folder may be gone for a moment; what was written is there.
        if fs::write(folder.join(&place), place.as_bytes()).is_ok() {
            written.insert(place);
        }
        thread::sleep(std::time::Duration::from_micros(300));
    }
    written
}

#[cfg(unix)]
#[test]
fn what_others_write_while_a_site_is_published_is_not_lost() {
    let mut states = States::new(11);
    let public = states.public();
    let stop = AtomicBool::new(false);
    // One that stands in the folder, wherever that goes.
    let words =
        "i=0; while [ ! -e \"$0\" ]; do i=$((i + 1)); echo $i > shell-$i.txt && echo $i >> \"$1\"; sleep 0.002; done";
    let (end, log) = (states.root().join("end"), states.root().join("log"));
    let mut shell = Command::new("sh")
        .args(["-c", words])
        .args([&end, &log])
        .current_dir(&public)
        .stderr(Stdio::null())
        .spawn()
        .expect("sh");
    let (written, published) = thread::scope(|scope| {
        let writer = scope.spawn(|| write_by_name(&public, &stop));
        let mut published = 0;
        for _ in 0..BUILDS {
            let to = states.go();
            let built = states.build(&[]);
            assert!(built.status.success(), "{}", said(&built));
            states.at = to;
            published += 1;
        }
        stop.store(true, Ordering::Relaxed);
        (writer.join().expect("a writer"), published)
    });
    fs::write(&end, "").expect("a file");
    shell.wait().expect("sh ends");
    // Twice, since a build in which nothing changes does not look into the second tree.
    for _ in 0..2 {
        states.go();
        assert!(states.build(&[]).status.success());
    }
    let log = fs::read_to_string(log).expect("a log");
    let standing = |name: &str| public.join(name).is_file();
    let lost: Vec<&String> = written.iter().filter(|place| !standing(place)).collect();
    assert!(lost.is_empty(), "written by name: {lost:?}");
    let lost: Vec<&str> = log.lines().filter(|n| !standing(&format!("shell-{n}.txt"))).collect();
    assert!(lost.is_empty(), "written where a shell stands: {lost:?}");
    let (by_name, stood) = (written.len(), log.lines().count());
    assert!(by_name > 100 && stood > 20, "{by_name}, {stood}");
    tell(&format!("{published} builds while others wrote: {by_name} files by name, {stood} from a shell, none lost"));
}
