//! A build that meets a limit: a full disk, a folder that may not be written, a file that may not grow.

use super::States;
use super::states::{has, said, tell};
use std::fs;
use std::process::{Command, Output};
use std::time::{Duration, SystemTime};

/// Runs a build of the state `to` in a shell that has set a limit; afterwards one whole site stands, and where the
/// build failed it has said what, and ended with 1.
///
/// Says whether it failed.
fn limited(states: &mut States, limit: &str) -> bool {
    let to = states.go();
    let shell = format!("{limit}; exec \"$0\" \"$@\"");
    let built = states.command(&["sh", "-c", &shell], &[]).output().expect("a shell");
    let failed = judge(states, to, &built, limit);
    states.repair(to, limit);
    failed
}

fn judge(states: &States, to: usize, built: &Output, how: &str) -> bool {
    let old = states.look(to, how);
    match built.status.code() {
        Some(0) => assert!(!old || to == states.at, "a build that succeeds has published: {how}: {}", said(built)),
        Some(1) => {
            let said = said(built);
            assert!(old, "a build that fails has published nothing: {how}: {said}");
            assert!(said.contains("error[") && said.contains("is as it was"), "{how}: {said}");
        }
        _ => panic!("{how}: {}", said(built)),
    }
    built.status.code() == Some(1)
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_grow_is_told() {
    let mut states = States::new(3);
    // In blocks, of 512 or 1,024 bytes.
    let failed = [0, 1, 2, 4, 8, 12, 16, 24, 32, 64].map(|blocks| limited(&mut states, &format!("ulimit -f {blocks}")));
    tell(&format!(
        "limits on the size of files: {} of {} builds failed",
        failed.iter().filter(|f| **f).count(),
        failed.len()
    ));
    assert!(failed[0] && failed[1] && !failed[9], "{failed:?}");
}

#[cfg(unix)]
#[test]
fn too_many_open_files_are_told() {
    let mut states = States::new(4);
    let failed: Vec<bool> = (4..24).map(|n| limited(&mut states, &format!("ulimit -n {n}"))).collect();
    tell(&format!("limits on open files: {} of {} builds failed", failed.iter().filter(|f| **f).count(), failed.len()));
    assert!(failed[1], "{failed:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let mut states = States::new(5);
    let public = states.public();
    let mode = |mode| fs::set_permissions(&public, fs::Permissions::from_mode(mode)).expect("a mode");
    mode(0o555);
    if fs::write(public.join("try"), "").is_ok() {
        fs::remove_file(public.join("try")).expect("removed");
        mode(0o755);
        tell("SKIPPED: whoever runs this may write everywhere; a folder without leave to write was not tried");
    } else {
        let to = states.go();
        let built = states.build(&[]);
        assert!(judge(&states, to, &built, "a folder without leave to write"));
        mode(0o755);
        states.repair(to, "a folder without leave to write");
    }
    if !unshares() {
        tell("SKIPPED: a read-only mount needs `unshare -rm`");
        return;
    }
    let to = states.go();
    let mount = "mount --bind public public && mount -o remount,ro,bind public && exec \"$0\" \"$@\"";
    let built = states.command(&["unshare", "-rm", "sh", "-c", mount], &[]).output().expect("unshare");
    assert!(judge(&states, to, &built, "a read-only mount"));
    assert!(said(&built).contains("read-only"), "{}", said(&built));
    states.repair(to, "a read-only mount");
    // A mount that may be written cannot be exchanged: file by file.
    let to = states.go();
    let mount = "mount --bind public public && exec \"$0\" \"$@\"";
    let built = states.command(&["unshare", "-rm", "sh", "-c", mount], &[]).output().expect("unshare");
    assert!(built.status.success() && !states.look(to, "a mount"), "{}", said(&built));
    states.repair(to, "a mount");
}

/// Whether folders can be mounted here.
fn unshares() -> bool {
    has("unshare") && Command::new("unshare").args(["-rm", "true"]).status().is_ok_and(|status| status.success())
}

/// A file system of a few megabytes, filled until so many kilobytes are left; the output of both builds is copied out.
const FULL: &str = r#"
set -e
mount -t tmpfs -o size=12m none "$2"
cp -a "$1" "$2/site"
cd "$2/site"
dd if=/dev/zero of="$2/filler" bs=1024 count=$(( $(df -Pk "$2" | awk 'END { print $4 }') - $4 )) 2>/dev/null
rm -rf content templates static
cp -a "$3/." .
code=0
"$5" build || code=$?
cp -a public "$6"
rm "$2/filler"
"$5" build >&2
cp -a public "$7"
exit $code
"#;

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    if !unshares() {
        tell("SKIPPED: a small file system to be filled needs `unshare -rm`");
        return;
    }
    let mut states = States::new(6);
    let mut failed = 0;
    let rooms = [0, 8, 24, 48, 96, 160, 224, 288, 384, 512, 768, 1024];
    for room in rooms {
        let to = states.go();
        let folder = tempfile::tempdir().expect("a folder");
        let [mount, files, first, second] = ["mount", "files", "first", "second"].map(|name| folder.path().join(name));
        fs::create_dir(&mount).expect("a folder");
        fs::create_dir(&files).expect("a folder");
        for name in ["content", "templates", "static"] {
            let from = states.root().join(name);
            if from.exists() {
                crate::support::copy_tree(&from, &files.join(name));
            }
        }
        let paths = [&states.root(), &mount, &files].map(|path| path.to_str().expect("text").to_owned());
        let after = [&first, &second].map(|path| path.to_str().expect("text").to_owned());
        let room_text = room.to_string();
        let mut args = vec!["-rm", "sh", "-c", FULL, "sh"];
        args.extend(paths.iter().map(String::as_str));
        args.extend([room_text.as_str(), env!("CARGO_BIN_EXE_onrecord")]);
        args.extend(after.iter().map(String::as_str));
        let built =
            Command::new("unshare").args(&args).env("SOURCE_DATE_EPOCH", "1957305600").output().expect("unshare");
        let how = format!("{room} kB left: {}", said(&built));
        let old = states.look_at(&first, to, &how);
        match built.status.code() {
            Some(0) => assert!(!old, "{how}"),
            Some(1) => {
                assert!(old && said(&built).contains("no space left"), "{how}");
                failed += 1;
            }
            _ => panic!("{how}"),
        }
        assert!(!states.look_at(&second, to, &how), "the next build repairs: {how}");
        states.repair(to, "a full disk elsewhere");
    }
    tell(&format!("{} full disks: {failed} builds failed", rooms.len()));
    assert!(failed > 1 && failed < rooms.len(), "{failed}");
}

#[test]
fn an_output_folder_that_goes_while_a_build_is_at_work_comes_back() {
    let mut states = States::new(7);
    for round in 0..8 {
        let to = states.go();
        let child = states.command(&[], &[]).spawn().expect("onrecord starts");
        std::thread::sleep(Duration::from_millis(states.chance.below(160) as u64));
        // While another writes into it, that may need to be said twice.
        let gone = fs::remove_dir_all(states.public());
        let built = child.wait_with_output().expect("onrecord ends");
        assert!(matches!(built.status.code(), Some(0 | 1)), "{gone:?}: {}", said(&built));
        states.repair(to, &format!("round {round}, the output was removed"));
    }
}

#[test]
fn of_two_builds_at_once_one_waits_its_turn() {
    let mut states = States::new(8);
    let mut refused = 0;
    for round in 0..6 {
        let to = states.go();
        let builds: Vec<_> = (0..3).map(|_| states.command(&[], &[]).spawn().expect("onrecord starts")).collect();
        let built: Vec<Output> = builds.into_iter().map(|build| build.wait_with_output().expect("an end")).collect();
        let good = built.iter().filter(|built| built.status.success()).count();
        for built in built.iter().filter(|built| !built.status.success()) {
            let said = said(built);
            assert_eq!(built.status.code(), Some(1), "{said}");
            assert!(said.contains("another build") && said.contains("wait until it is done"), "{said}");
            refused += 1;
        }
        assert!(good > 0, "round {round}");
        assert!(!states.look(to, "builds at once"));
        states.repair(to, "builds at once");
    }
    tell(&format!("of 18 builds, three at a time, {refused} were refused"));
}

#[test]
fn a_clock_that_jumps_changes_nothing() {
    let mut states = States::new(9);
    let day = Duration::from_secs(86400);
    let now = SystemTime::now();
    for (round, time) in
        [now + day * 400, now - day * 400, SystemTime::UNIX_EPOCH, now + day * 20_000, now].into_iter().enumerate()
    {
        let to = states.go();
        for entry in walkdir::WalkDir::new(states.root()).into_iter().flatten() {
            // Every second one: so that some are newer than others.
            if entry.file_type().is_file() && (entry.path().as_os_str().len() + round) % 2 == 0 {
                let file = fs::File::options().append(true).open(entry.path()).expect("a file");
                file.set_modified(time).expect("a time");
            }
        }
        states.repair(to, "the clock jumped");
    }
}
