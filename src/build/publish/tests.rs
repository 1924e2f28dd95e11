use super::*;
use crate::build::hash::CHUNK;
use tempfile::TempDir;

/// Publishes these files, path and words, into `public` of a folder.
fn publish(folder: &TempDir, files: &[(&str, &str)]) -> Result<(Written, Vec<Diagnostic>), Diagnostic> {
    publish_over(folder, files, Outputs::default()).map(|(written, noted, _)| (written, noted))
}

/// The same, with what the last build knew.
fn publish_over(
    folder: &TempDir,
    files: &[(&str, &str)],
    before: Outputs,
) -> Result<(Written, Vec<Diagnostic>, Outputs), Diagnostic> {
    let output = Output::open(&folder.path().join("public"), before)?;
    for (path, words) in files {
        output.write(path, words.as_bytes())?;
    }
    output.publish()
}

/// What lies in the folder, manifest and staging included: paths with words; folders end in `/`.
fn tree(folder: &TempDir) -> Vec<(String, String)> {
    walkdir::WalkDir::new(folder.path())
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| {
            let entry = entry.expect("an entry");
            let path = relative(entry.path(), folder.path());
            match entry.file_type().is_file() {
                true => (path, fs::read_to_string(entry.path()).expect("words")),
                false => (path + "/", String::new()),
            }
        })
        .filter(|(path, _)| path != "public/.onrecord")
        .collect()
}

fn listed(folder: &TempDir) -> Vec<String> {
    let text = fs::read_to_string(folder.path().join("public/.onrecord")).expect("a manifest");
    manifest::paths(&text).map(str::to_owned).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(path, words)| ((*path).to_owned(), (*words).to_owned())).collect()
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn what_changes_is_written_and_what_goes_is_removed() {
    let dir = folder();
    let (written, noted) = publish(&dir, &[("index.html", "one"), ("a/b/index.html", "two")]).expect("published");
    assert_eq!((written, noted.len()), (Written { files: 2, changed: 2, removed: 0 }, 0));
    assert_eq!(listed(&dir), ["a/b/index.html", "index.html"]);

    let (written, _) = publish(&dir, &[("index.html", "one"), ("c.html", "three")]).expect("published");
    assert_eq!(written, Written { files: 2, changed: 1, removed: 1 });
    assert_eq!(tree(&dir), pairs(&[("public/", ""), ("public/c.html", "three"), ("public/index.html", "one")]));

    let (written, _) = publish(&dir, &[("index.html", "one"), ("c.html", "three")]).expect("published");
    assert_eq!(written, Written { files: 2, changed: 0, removed: 0 });
}

#[test]
fn a_page_may_take_the_place_of_a_folder_and_the_other_way_round() {
    let dir = folder();
    publish(&dir, &[("a/b.html", "one"), ("c", "two")]).expect("published");
    publish(&dir, &[("a", "file now"), ("c/d.html", "folder now")]).expect("published");
    assert_eq!(
        tree(&dir),
        pairs(&[("public/", ""), ("public/a", "file now"), ("public/c/", ""), ("public/c/d.html", "folder now")])
    );
}

#[test]
fn what_is_foreign_stays() {
    let dir = folder();
    publish(&dir, &[("a/b.html", "one"), ("d.html", "two")]).expect("published");
    fs::write(dir.path().join("public/a/mine.txt"), "mine").expect("a file");
    let (written, noted) = publish(&dir, &[("d.html", "two")]).expect("published");
    assert_eq!((written.removed, noted[0].code), (1, codes::OUTPUT_FOREIGN));
    assert!(noted[0].message.contains("`a/mine.txt`"), "{}", noted[0].message);
    let before = tree(&dir);
    assert_eq!(before.iter().filter(|(path, _)| path.starts_with("public/a/")).count(), 2);

    // In the way of a page, and as a folder in which not all is ours.
    for files in [[("a/mine.txt", "theirs"), ("d.html", "new")], [("a", "theirs"), ("d.html", "new")]] {
        let refused = publish(&dir, &files).expect_err("refused");
        assert_eq!(refused.code, codes::OUTPUT_REFUSED);
        assert_eq!(tree(&dir), before, "nothing was changed");
    }
    // The same words are no conflict.
    publish(&dir, &[("a/mine.txt", "mine"), ("d.html", "two")]).expect("published");
}

#[test]
fn an_earlier_build_that_was_stopped_is_finished() {
    let dir = folder();
    publish(&dir, &[("index.html", "old"), ("gone.html", "old")]).expect("published");
    // As after the claim and the first rename: both paths listed, one new file in place, staging left.
    let both = "0".repeat(64);
    let text = ["gone.html", "index.html", "new.html"].map(|path| format!("{both}  {path}\n")).concat();
    fs::write(dir.path().join("public/.onrecord"), text).expect("a manifest");
    fs::write(dir.path().join("public/new.html"), "half way").expect("a file");
    fs::create_dir(dir.path().join("public.staging")).expect("a folder");
    fs::write(dir.path().join("public.staging").join(STAGING_MARK), "").expect("a mark");
    fs::write(dir.path().join("public.staging/index.html"), "half way").expect("a file");

    let (written, noted) = publish(&dir, &[("index.html", "new"), ("new.html", "new")]).expect("published");
    assert_eq!((written.changed, written.removed, noted.len()), (2, 1, 0));
    assert_eq!(tree(&dir), pairs(&[("public/", ""), ("public/index.html", "new"), ("public/new.html", "new")]));
    assert_eq!(listed(&dir), ["index.html", "new.html"]);
}

#[test]
fn a_staging_folder_that_is_not_ours_is_not_touched() {
    let dir = folder();
    fs::create_dir(dir.path().join("public.staging")).expect("a folder");
    fs::write(dir.path().join("public.staging/thesis.txt"), "years of work").expect("a file");
    let before = tree(&dir);
    assert_eq!(publish(&dir, &[("index.html", "one")]).expect_err("refused").code, codes::OUTPUT_REFUSED);
    assert_eq!(tree(&dir), before);
}

#[test]
fn no_address_leads_out() {
    let dir = folder();
    for path in ["../a", "/etc/a", "a/../../b", "", "a//b", "./a", "a\\b", "a\nb", ".onrecord"] {
        let output = Output::open(&dir.path().join("public"), Outputs::default()).expect("a folder");
        assert_eq!(output.write(path, b"x").expect_err("refused").code, codes::OUTPUT_REFUSED, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_not_written_through() {
    let dir = folder();
    fs::create_dir_all(dir.path().join("elsewhere")).expect("a folder");
    publish(&dir, &[("index.html", "one")]).expect("published");
    std::os::unix::fs::symlink("../elsewhere", dir.path().join("public/people")).expect("a link");
    let refused = publish(&dir, &[("index.html", "one"), ("people/a.html", "two")]).expect_err("refused");
    assert_eq!(refused.code, codes::OUTPUT_REFUSED);
    assert!(tree(&dir).iter().all(|(path, _)| path != "elsewhere/a.html"));
}

#[test]
fn files_are_copied_whole_and_hashed() {
    let dir = folder();
    let long = "0123456789".repeat(CHUNK / 4);
    let from = dir.path().join("from.bin");
    fs::write(&from, &long).expect("a file");
    for changed in [1, 0] {
        let output = Output::open(&dir.path().join("public"), Outputs::default()).expect("a folder");
        output.copy("img/a.bin", &from, None).expect("copied");
        assert!(output.has("img/a.bin"));
        assert_eq!(output.publish().expect("published").0.changed, changed);
    }
    assert_eq!(fs::read_to_string(dir.path().join("public/img/a.bin")).expect("a copy"), long);
    let manifest = fs::read_to_string(dir.path().join("public/.onrecord")).expect("a manifest");
    assert_eq!(manifest, manifest::text([("img/a.bin", Hash::of(long.as_bytes()))]));
}

#[test]
fn what_stands_as_we_left_it_is_kept_unread_and_what_does_not_is_mended() {
    let dir = folder();
    let files = [("a/b.html", "one"), ("c.html", "two"), ("d/e.html", "six")];
    let (.., mut left) = publish_over(&dir, &files, Outputs::default()).expect("published");
    let place = |path: &str| dir.path().join("public").join(path);
    let modified = |path: &str| fs::metadata(place(path)).and_then(|meta| meta.modified()).expect("a time");
    let before = files.map(|(path, _)| modified(path));
    // As if time had passed.
    for (path, _, stat) in &mut left.files {
        *stat = Some(Stat::of(&place(path)).expect("a stat"));
    }
    fs::write(place("c.html"), "TWO").expect("a file");
    fs::remove_file(place("d/e.html")).expect("a file");
    fs::write(place("d/mine.txt"), "mine").expect("a file");

    let output = Output::open(&dir.path().join("public"), left.clone()).expect("a folder");
    let hash = |words: &str| Hash::of(words.as_bytes());
    assert!(output.keep("a/b.html", hash("one")));
    assert!(!output.keep("a/b.html", hash("other")), "not what is wanted");
    assert!(!output.keep("c.html", hash("two")), "not what we left");
    assert!(!output.keep("d/e.html", hash("six")), "gone");
    drop(output);

    let (written, noted, left) = publish_over(&dir, &files, left).expect("published");
    assert_eq!((written.changed, noted.len()), (2, 1), "{noted:?}");
    assert_eq!(modified("a/b.html"), before[0]);
    assert_eq!(fs::read_to_string(place("c.html")).expect("words"), "two");
    // What is foreign stays known, in folders that are not listed again.
    for _ in 0..2 {
        let (written, noted, _) = publish_over(&dir, &files, left.clone()).expect("published");
        assert_eq!((written.changed, noted.len()), (0, 1));
    }
    fs::remove_file(place("d/mine.txt")).expect("a file");
    assert_eq!(publish_over(&dir, &files, left).expect("published").1.len(), 0);
}

#[test]
fn a_site_with_other_times_is_compared_by_its_bytes() {
    let dir = folder();
    let (.., left) = publish_over(&dir, &[("a.html", "one")], Outputs::default()).expect("published");
    let place = dir.path().join("public/a.html");
    for (words, kept) in [("one", true), ("won", false), ("longer", false)] {
        fs::remove_file(&place).expect("a file");
        fs::write(&place, words).expect("a file");
        let output = Output::open(&dir.path().join("public"), left.clone()).expect("a folder");
        assert_eq!(output.keep("a.html", Hash::of(b"one")), kept, "{words}");
    }
}

#[test]
fn two_builds_do_not_share_an_output() {
    let dir = folder();
    let first = Output::open(&dir.path().join("public"), Outputs::default()).expect("a folder");
    first.write("a.html", b"one").expect("written");
    let second = publish(&dir, &[("a.html", "two")]).expect_err("refused");
    assert_eq!(second.code, codes::OUTPUT_REFUSED);
    first.publish().expect("published");
    assert_eq!(fs::read_to_string(dir.path().join("public/a.html")).expect("words"), "one");
}
