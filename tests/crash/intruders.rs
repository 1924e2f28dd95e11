//! Where a link, a pipe, a device or a folder stands in the place of a file or folder of ours, it is told, not opened,
//! and stays. No build here may hang.

use super::states::tell;
use crate::support::{Session, files_below};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Far more than any of these builds takes.
const PATIENCE: Duration = Duration::from_secs(60);
const WORK: &[u8] = b"years of work";
const STORY: &str = "content/2031/11/14-quay.txt";

fn copy(words: &str) -> String {
    format!(
        "Harbour\n\nQuay reopens after storm\n\nFriday 14 November 2031, 5.20pm\n\nPORT ANSEL — The quay reopened. \
         “{words},” said Ingrid Marsh, the Harbour Minister.\n"
    )
}

/// A site that was built twice, so that all files of ours are there, and that is about to say something new.
fn built() -> Session {
    let session = Session::new().file("site.toml", "title = \"The Calder Record\"\n").file(STORY, copy("It will hold"));
    for words in ["It holds", "It has held"] {
        assert!(run(&session, "build").starts_with("exit 0"));
        say(&session, words);
    }
    session
}

fn say(session: &Session, words: &str) {
    fs::write(session.path(STORY), copy(words)).expect("a file");
}

/// What `onrecord` says, which has a minute for it.
fn run(session: &Session, command: &str) -> String {
    let said = fs::File::create(session.path("said")).expect("a file");
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(command.split(' '))
        .current_dir(session.path(""))
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1957305600")
        .stdin(Stdio::null())
        .stdout(said.try_clone().expect("a second handle"))
        .stderr(said)
        .spawn()
        .expect("onrecord starts");
    let began = Instant::now();
    let status = loop {
        match child.try_wait().expect("it can be waited for") {
            Some(status) => break status,
            None if began.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                panic!("`onrecord {command}` hangs");
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let code = status.code().map_or("none".to_owned(), |code| code.to_string());
    format!("exit {code}\n{}", fs::read_to_string(session.path("said")).expect("text"))
}

fn page(session: &Session) -> String {
    fs::read_to_string(session.path("public/2031/11/14/quay/index.html")).expect("a page")
}

/// Puts something in the place of a file or folder.
fn put(place: &Path, what: &str, precious: &Path) {
    let _ = fs::remove_dir_all(place).or_else(|_| fs::remove_file(place));
    match what {
        "link" => symlink(precious, place).expect("a link"),
        "endless" => symlink("/dev/zero", place).expect("a link"),
        "pipe" => assert!(Command::new("mkfifo").arg(place).status().expect("mkfifo").success()),
        _ => fs::create_dir(place).expect("a folder"),
    }
}

fn kind(place: &Path) -> (u32, u64) {
    let meta = fs::symlink_metadata(place).expect("it is there still");
    (meta.mode(), meta.ino())
}

const KINDS: [&str; 4] = ["link", "endless", "pipe", "folder"];

#[test]
fn what_stands_in_the_place_of_a_file_of_ours_is_not_opened() {
    let session = built();
    let precious = session.path("precious");
    fs::write(&precious, WORK).expect("a file");
    let cache = session.path(".onrecord/cache");
    let names = files_below(&cache);
    assert!(names.len() > 12 && names.iter().any(|name| name.ends_with(".pack")), "{names:?}");
    let mut n = 0;
    for what in KINDS {
        // All at once, as one is enough to have the build done without: the unit tests have each by itself.
        for name in &names {
            put(&cache.join(name), what, &precious);
        }
        let before: BTreeMap<_, _> = names.iter().map(|name| (name, kind(&cache.join(name)))).collect();
        let words = format!("It holds against a {what}");
        say(&session, &words);
        let said = run(&session, "build");
        assert!(said.starts_with("exit 0"), "{what}: {said}");
        assert_eq!(said.matches("output-foreign").count(), 1, "told once: {said}");
        assert!(said.contains(".onrecord/cache/"), "it is named: {said}");
        assert!(page(&session).contains(&words), "{what}");
        assert!(before.iter().all(|(name, was)| kind(&cache.join(name)) == *was), "{what}: all stay");
        assert_eq!(fs::read(&precious).expect("a file"), WORK, "{what}");
        n += names.len();
    }
    fs::remove_dir_all(&cache).expect("removed");
    for what in KINDS {
        for (place, stops) in [
            ("public/.onrecord", true),
            ("public.staging/.onrecord-staging", true),
            ("public.staging/site/.onrecord", false),
        ] {
            let words = format!("It holds, said the {what} in {place}");
            say(&session, "It does not");
            assert!(run(&session, "build").starts_with("exit 0"));
            let (at, old) = (session.path(place), page(&session));
            let kept = fs::read(&at).unwrap_or_else(|error| panic!("{what} {place}: {error}"));
            put(&at, what, &precious);
            let was = kind(&at);
            say(&session, &words);
            let said = run(&session, "build");
            if stops {
                assert!(said.starts_with("exit 1") && said.contains("output-refused"), "{what} {place}: {said}");
                assert!(said.contains(place) || place.contains("staging"), "it is named: {said}");
                assert_eq!((kind(&at), page(&session)), (was, old), "{what} {place}");
                let _ = fs::remove_dir(&at).or_else(|_| fs::remove_file(&at));
                fs::write(&at, kept).expect("put back");
            } else {
                // The second tree may be filled with anything.
                assert!(said.starts_with("exit 0") && page(&session).contains(&words), "{what} {place}: {said}");
                // It was brought to the output, where a link would have the next build go file by file.
                let theirs = session.path("public/.onrecord.theirs");
                let _ = fs::remove_dir(&theirs).or_else(|_| fs::remove_file(&theirs));
            }
            assert_eq!(fs::read(&precious).expect("a file"), WORK, "{what} {place}");
            n += 1;
        }
    }
    tell(&format!("{n} places of ours in which something else stood"));
}

#[test]
fn no_folder_of_ours_is_a_link() {
    for folder in [".onrecord", ".onrecord/cache"] {
        let session = built();
        let theirs = session.path("theirs");
        fs::create_dir_all(theirs.join("cache")).expect("folders");
        put(&session.path(folder), "link", &theirs);
        for words in ["It holds still", "It holds again"] {
            say(&session, words);
            let said = run(&session, "build");
            assert!(said.starts_with("exit 0") && said.contains("output-foreign"), "{folder}: {said}");
            assert!(said.contains(&format!("{folder}\n")) || said.contains(&format!("{folder}:")), "{folder}: {said}");
            assert!(page(&session).contains(words), "{folder}");
        }
        if folder == ".onrecord" {
            let said = run(&session, "check");
            assert!(said.starts_with("exit 2") || said.starts_with("exit 1"), "{said}");
            assert!(said.contains("output-refused"), "{said}");
        }
        assert_eq!(files_below(&theirs), Vec::<String>::new(), "{folder}");
        assert_eq!(fs::read_dir(&theirs).expect("a folder").count(), 1, "{folder}");
        assert!(fs::symlink_metadata(session.path(folder)).expect("it is there").is_symlink());
    }
}

/// `cp -al` is how many keep a copy of yesterday.
#[test]
fn a_copy_by_hard_links_stays_as_it_was() {
    let session = built();
    // Beside the session’s folder, on its file system.
    let beside = tempfile::tempdir().expect("a folder");
    let copy = beside.path().join("copy");
    let copied = Command::new("cp").args(["-al", "."]).arg(&copy).current_dir(session.path("")).status();
    if !copied.is_ok_and(|status| status.success()) {
        tell("SKIPPED: a copy by hard links needs `cp -al`");
        return;
    }
    let tree = || crate::support::read_tree(&copy).into_iter().filter(|(path, _)| path != "said" && path != STORY);
    let before: BTreeMap<_, _> = tree().collect();
    assert!(before.contains_key(".onrecord/cache/facts-1.pack"));
    for words in ["It holds still", "It holds again", "It will hold for ever"] {
        fs::remove_file(session.path(STORY)).expect("removed");
        say(&session, words);
        assert!(run(&session, "build").starts_with("exit 0"));
        assert!(page(&session).contains(words));
    }
    let changed: Vec<_> =
        tree().filter(|(path, bytes)| before.get(path) != Some(bytes)).map(|(path, _)| path).collect();
    assert_eq!(changed, Vec::<String>::new());
    assert_eq!(tree().count(), before.len());
}

/// A page that its owner may not read is no published page.
#[test]
fn a_page_that_cannot_be_read_is_made_anew() {
    let session = built();
    assert!(run(&session, "build").starts_with("exit 0"));
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    let paths = ["public/2031/11/14/quay/index.html", "public/theme.css", "public/.onrecord"];
    for path in paths {
        let place = session.path(path);
        let (was, bytes) = (mode(&place), fs::read(&place).expect("a file"));
        for shut in [0, 0o044] {
            fs::set_permissions(&place, fs::Permissions::from_mode(shut)).expect("a mode");
            let said = run(&session, "build");
            assert!(said.starts_with("exit 0"), "{path}: {said}");
            assert_eq!((mode(&place), fs::read(&place).expect("a file")), (was, bytes.clone()), "{path}");
        }
    }
}
