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
    publish_by(Way::Exchange, folder, files, before)
}

/// The same, in the way that is asked for; afterwards the second tree is the same as the site, or is not there.
fn publish_by(
    way: Way,
    folder: &TempDir,
    files: &[(&str, &str)],
    before: Outputs,
) -> Result<(Written, Vec<Diagnostic>, Outputs), Diagnostic> {
    let output = Output::open(&folder.path().join("public"), before, way)?;
    for (path, words) in files {
        output.write(path, words.as_bytes())?;
    }
    let published = output.publish(&|path| format!("made for `{path}`"));
    let twin = folder.path().join("public.staging/site");
    // Where nothing of ours changes, what others did is caught up with by the next build that changes anything.
    if published.as_ref().is_ok_and(|(written, ..)| written.changed + written.removed > 0) && twin.exists() {
        assert_eq!(inodes(&twin), inodes(&folder.path().join("public")));
    }
    published
}

/// What lies in a folder, with the numbers of the files.
fn inodes(folder: &Path) -> Vec<(String, Option<Stat>)> {
    let entry = |entry: walkdir::DirEntry| {
        let stat = entry.file_type().is_file().then(|| Stat::of(entry.path()).expect("a stat"));
        (relative(entry.path(), folder), stat)
    };
    walkdir::WalkDir::new(folder)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter()
        .map(|found| entry(found.expect("an entry")))
        .collect()
}

/// What lies in the folder, but for the manifest and what is ours beside the output: paths with words; folders end in
/// `/`.
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
        .filter(|(path, _)| path != "public/.onrecord" && !path.starts_with("public.staging"))
        .collect()
}

/// The one new file that has these words and waits to be published.
fn waiting(folder: &TempDir, words: &str) -> PathBuf {
    let files = walkdir::WalkDir::new(folder.path().join("public.staging/new")).into_iter();
    let files = files.map(|entry| entry.expect("an entry").into_path()).filter(|path| path.is_file());
    let mut found = files.filter(|path| fs::read(path).expect("a file") == words.as_bytes());
    let file = found.next().expect("it waits");
    assert_eq!(found.next(), None);
    file
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
    fs::create_dir_all(dir.path().join("public.staging")).expect("a folder");
    fs::write(dir.path().join("public.staging/.onrecord-staging"), "").expect("a mark");
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
    assert_eq!(publish(&dir, &[("index.html", "one")]).expect_err("refused").code, codes::OUTPUT_REFUSED);
    let words = fs::read_to_string(dir.path().join("public.staging/thesis.txt")).expect("a file");
    assert_eq!((tree(&dir).len(), &*words), (0, "years of work"));
}

#[test]
fn no_address_leads_out() {
    let dir = folder();
    for path in ["../a", "/etc/a", "a/../../b", "", "a//b", "./a", "a\\b", "a\nb", ".onrecord"] {
        let output = Output::open(&dir.path().join("public"), Outputs::default(), Way::Exchange).expect("a folder");
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
        let output = Output::open(&dir.path().join("public"), Outputs::default(), Way::Exchange).expect("a folder");
        output.copy("img/a.bin", &from, None).expect("copied");
        assert!(output.has("img/a.bin"));
        assert_eq!(output.publish(&|path| format!("made for `{path}`")).expect("published").0.changed, changed);
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

    let output = Output::open(&dir.path().join("public"), left.clone(), Way::Exchange).expect("a folder");
    let hash = |words: &str| Hash::of(words.as_bytes());
    let both = [("a/b.html", hash("one")), ("c.html", hash("two"))];
    assert!(!output.keep(both) && !output.has("a/b.html"), "all of them or none");
    assert!(output.keep([("a/b.html", hash("one"))]));
    assert!(!output.keep([("a/b.html", hash("other"))]), "not what is wanted");
    assert!(!output.keep([("c.html", hash("two"))]), "not what we left");
    assert!(!output.keep([("d/e.html", hash("six"))]), "gone");
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
        let output = Output::open(&dir.path().join("public"), left.clone(), Way::Exchange).expect("a folder");
        assert_eq!(output.keep([("a.html", Hash::of(b"one"))]), kept, "{words}");
    }
}

#[test]
fn two_builds_do_not_share_an_output() {
    let dir = folder();
    let first = Output::open(&dir.path().join("public"), Outputs::default(), Way::Exchange).expect("a folder");
    first.write("a.html", b"one").expect("written");
    let second = publish(&dir, &[("a.html", "two")]).expect_err("refused");
    assert_eq!(second.code, codes::OUTPUT_REFUSED);
    first.publish(&|_| String::new()).expect("published");
    assert_eq!(fs::read_to_string(dir.path().join("public/a.html")).expect("words"), "one");
}

#[cfg(unix)]
#[test]
fn the_output_of_a_copied_site_is_another() {
    let (dir, copy) = (folder(), folder());
    let mark = Path::new("public.staging/.onrecord-staging");
    for dir in [&dir, &copy] {
        fs::create_dir(dir.path().join("public.staging")).expect("a folder");
    }
    fs::write(dir.path().join(mark), "").expect("a file");
    fs::hard_link(dir.path().join(mark), copy.path().join(mark)).expect("a second name");
    let first = Output::open(&dir.path().join("public"), Outputs::default(), Way::Exchange).expect("a folder");
    publish(&copy, &[("a.html", "two")]).expect("published");
    assert!(publish(&dir, &[("a.html", "three")]).is_err(), "it is at work still");
    drop(first);
}

/// A tree beside the output, as a user or another program may leave it.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn whatever_becomes_of_the_second_tree_the_right_bytes_are_published() {
    let dir = folder();
    let files = [("a/b.html", "one"), ("a/c.html", "two"), ("d/e/f.html", "six"), ("index.html", "home")];
    let edited = |n: usize| {
        let home = format!("home {n}");
        let mut files = files.map(|(path, words)| (path, words.to_owned()));
        files[3].1 = home;
        files
    };
    let publish = |n: usize, before: Outputs| {
        let files = edited(n);
        let files: Vec<(&str, &str)> = files.iter().map(|(path, words)| (*path, &**words)).collect();
        let (written, noted, left) = publish_over(&dir, &files, before).expect("published");
        assert!(written.changed >= 1 && noted.is_empty(), "{noted:?}");
        let mut expected = pairs(&files);
        expected.extend(["", "a/", "d/", "d/e/"].map(|path| (path.to_owned(), String::new())));
        expected.sort();
        let public =
            tree(&dir).into_iter().filter_map(|(path, words)| Some((path.strip_prefix("public/")?.to_owned(), words)));
        assert_eq!(public.collect::<Vec<_>>(), expected, "{n}");
        assert_eq!(dir.path().join("public.staging/site/d/e/f.html").exists(), n > 0);
        left
    };
    let mut left = publish(0, Outputs::default());
    left = publish(1, left);
    let twin = dir.path().join("public.staging/site");
    let damages: [&dyn Fn(); 6] = [
        &|| fs::remove_dir_all(&twin).expect("removed"),
        &|| fs::remove_dir_all(twin.join("d")).expect("removed"),
        &|| fs::remove_file(twin.join("a/b.html")).expect("removed"),
        &|| {
            fs::remove_file(twin.join("a/b.html")).expect("removed");
            fs::write(twin.join("a/b.html"), "won").expect("a file");
        },
        &|| {
            fs::rename(twin.join("a/b.html"), twin.join("a/x")).expect("renamed");
            fs::rename(twin.join("a/c.html"), twin.join("a/b.html")).expect("renamed");
            fs::rename(twin.join("a/x"), twin.join("a/c.html")).expect("renamed");
        },
        // The same file in both trees.
        &|| fs::write(twin.join("a/b.html"), "won").expect("a file"),
    ];
    for (n, damage) in damages.iter().enumerate() {
        // Once with all that is known, once with nothing.
        for before in [left.clone(), Outputs::default()] {
            damage();
            left = publish(100 + 2 * n + usize::from(before.files.is_empty()), before);
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn what_is_foreign_goes_along_and_what_cannot_go_along_is_left_where_it_is() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let dir = folder();
    let public = dir.path().join("public");
    let (.., left) =
        publish_over(&dir, &[("a/b.html", "one"), ("c.html", "two")], Outputs::default()).expect("published");
    for (path, words) in [("mine.txt", "mine"), (".nojekyll", ""), ("a/.hidden", "h"), ("a/mine too.txt", "mine too")] {
        fs::write(public.join(path), words).expect("a file");
    }
    fs::set_permissions(&public, fs::Permissions::from_mode(0o711)).expect("a mode");
    fs::set_permissions(public.join("a"), fs::Permissions::from_mode(0o750)).expect("a mode");
    let before = fs::metadata(&public).expect("a folder").ino();
    let (.., left) = publish_over(&dir, &[("a/b.html", "one!"), ("c.html", "two")], left).expect("published");
    assert_ne!(fs::metadata(&public).expect("a folder").ino(), before, "exchanged");
    let mode = |path: &str| fs::metadata(public.join(path)).expect("a folder").mode() & 0o777;
    assert_eq!((mode(""), mode("a")), (0o711, 0o750));
    for path in ["mine.txt", ".nojekyll", "a/.hidden", "a/mine too.txt"] {
        assert!(public.join(path).is_file(), "{path}");
    }
    // What is removed does not come back.
    fs::remove_file(public.join("mine.txt")).expect("removed");
    let (.., left) = publish_over(&dir, &[("a/b.html", "one?"), ("c.html", "two")], left).expect("published");
    assert!(!public.join("mine.txt").exists());
    // What others are at home in stays where it is.
    for (n, strange) in [".git", "stable", "link"].into_iter().enumerate() {
        let strange = public.join(strange);
        match n {
            2 => std::os::unix::fs::symlink("c.html", &strange).expect("a link"),
            _ => fs::create_dir_all(&strange).and_then(|()| fs::write(strange.join("HEAD"), "x")).expect("a file"),
        }
        let inode = fs::symlink_metadata(&strange).expect("it is there").ino();
        let before = fs::metadata(&public).expect("a folder").ino();
        let words = format!("one {n}");
        publish_over(&dir, &[("a/b.html", &words), ("c.html", "two")], left.clone()).expect("published");
        assert_eq!(fs::read_to_string(public.join("a/b.html")).expect("words"), words);
        assert_eq!(fs::symlink_metadata(&strange).expect("it is there").ino(), inode);
        assert_eq!(fs::metadata(&public).expect("a folder").ino(), before, "file by file");
        assert!(!dir.path().join("public.staging").exists(), "what is old is nowhere");
        staging::remove(&strange).expect("removed");
    }
}

#[test]
fn a_failure_half_way_is_taken_back() {
    let dir = folder();
    let files = [("a.html", "one"), ("b.html", "two"), ("c/d.html", "three"), ("e", "four")];
    let (.., left) = publish_by(Way::Moves, &dir, &files, Outputs::default()).expect("published");
    let public = dir.path().join("public");
    let manifest = fs::read(public.join(".onrecord")).expect("a manifest");
    let before = tree(&dir);
    let output = Output::open(&public, left, Way::Moves).expect("a folder");
    for (path, words) in
        [("a.html", "one!"), ("c", "file now"), ("e/f.html", "folder now"), ("new/x.html", "new"), ("z.html", "z")]
    {
        output.write(path, words.as_bytes()).expect("written");
    }
    // The last to be moved is not there.
    fs::remove_file(waiting(&dir, "z")).expect("a file");
    let failed = output.publish(&|path| format!("made for `{path}`")).expect_err("failed");
    assert_eq!(failed.code, codes::OUTPUT_REFUSED);
    assert_eq!(tree(&dir), before);
    assert_eq!(fs::read(public.join(".onrecord")).expect("a manifest"), manifest);
}

/// What somebody wrote who stood in the output when it was exchanged.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn what_others_put_into_the_second_tree_comes_back() {
    use std::os::unix::ffi::OsStrExt;
    for is_known in [true, false] {
        let dir = folder();
        let (public, twin) = (dir.path().join("public"), dir.path().join("public.staging/site"));
        let mut n = 0;
        let mut publish = |left: Outputs| {
            n += 1;
            let words = format!("home {n}");
            let files = [("a/b.html", "one"), ("d/e/f.html", "six"), ("gone/g.html", "seven"), ("index.html", &words)];
            let (_, noted, left) = publish_over(&dir, &files, left).expect("published");
            let noted: String = noted.into_iter().map(|noted| noted.message).collect();
            (noted, if is_known { left } else { Outputs::default() })
        };
        let (_, left) = publish(Outputs::default());
        fs::write(public.join("known.txt"), "known").expect("a file");
        let (_, left) = publish(left);
        assert!(twin.join("known.txt").is_file());

        for (path, words) in [("note.txt", "n"), ("a/.hidden", "h"), ("a/note.txt", "m"), ("a/b.html.theirs", "t")] {
            fs::write(twin.join(path), words).expect("a file");
        }
        // Also one whose name is no text, where the system has such names.
        let odd = std::ffi::OsStr::from_bytes(b"odd-\xff.txt");
        let is_odd = fs::write(twin.join(odd), "o").is_ok();
        // Removed by whoever it belongs to.
        fs::remove_file(public.join("known.txt")).expect("removed");
        let (noted, left) = publish(left);
        assert!(noted.contains("`a/note.txt`") && noted.contains("`note.txt`"), "{noted}");
        for root in [&public, &twin] {
            for (path, words) in [("note.txt", "n"), ("a/.hidden", "h"), ("a/note.txt", "m"), ("a/b.html.theirs", "t")]
            {
                assert_eq!(fs::read_to_string(root.join(path)).expect("it is back"), words);
            }
            assert_eq!(root.join(odd).is_file(), is_odd);
            assert!(!root.join("known.txt").exists(), "what is removed does not come back");
        }
        // Once it is back it may be removed like anything else.
        for path in ["note.txt", "a/note.txt"] {
            fs::remove_file(public.join(path)).expect("removed");
        }
        let (noted, left) = publish(left);
        assert!(!noted.contains("note.txt") && !twin.join("note.txt").exists(), "{noted}");

        // Folders and links, also in the place of a file of ours, and a folder of ours that was taken away.
        fs::create_dir_all(twin.join("theirs/deep")).expect("a folder");
        fs::write(twin.join("theirs/deep/x.txt"), "x").expect("a file");
        fs::remove_file(twin.join("a/b.html")).expect("removed");
        fs::create_dir(twin.join("a/b.html")).expect("a folder");
        fs::write(twin.join("a/b.html/y.txt"), "y").expect("a file");
        std::os::unix::fs::symlink("index.html", twin.join("a/link")).expect("a link");
        fs::remove_file(public.join("gone/g.html"))
            .and_then(|()| fs::remove_dir(public.join("gone")))
            .expect("removed");
        fs::write(twin.join("gone/z.txt"), "z").expect("a file");
        let (noted, _) = publish(left);
        let is = |path: &str, words: &str| assert_eq!(fs::read_to_string(public.join(path)).expect(path), words);
        is("theirs/deep/x.txt", "x");
        is("a/b.html", "one");
        // Its name is that of a file in the output already.
        is("a/b.html.theirs-2/y.txt", "y");
        is("gone/g.html", "seven");
        is("gone/z.txt", "z");
        assert_eq!(fs::read_link(public.join("a/link")).expect("a link"), Path::new("index.html"));
        assert!(noted.contains("a/b.html.theirs"), "{noted}");
        // A second tree of a site that somebody has taken away.
        assert!(!twin.exists());
    }
}

/// A build that was stopped when all was in the second tree but its manifest.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn what_a_stopped_build_put_into_a_second_tree_without_a_manifest_is_ours() {
    // Often, since the system lists the name before the manifest's or behind it.
    for n in 0..16 {
        let dir = folder();
        let (name, inner) = (format!("mast-{n}"), format!("mast-{n}/a.txt"));
        publish(&dir, &[("index.html", "one")]).expect("published");
        let (.., left) = publish_over(&dir, &[(&inner, "in a folder")], Outputs::default()).expect("published");
        let twin = dir.path().join("public.staging/site");
        fs::remove_dir_all(twin.join(&name)).and_then(|()| fs::write(twin.join(&name), "a file")).expect("a file");
        fs::remove_file(twin.join(manifest::NAME)).expect("removed");
        let (_, noted, _) = publish_over(&dir, &[(&name, "a file")], left).expect("published");
        assert!(noted.is_empty(), "{noted:?}");
        let place = format!("public/{name}");
        assert_eq!(tree(&dir), pairs(&[("public/", ""), (&place, "a file")]));
    }
}

/// A build that was stopped when a folder was made in the second tree, and before a file was linked into it.
#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn folders_that_a_stopped_build_made_for_its_files_are_ours() {
    let dir = folder();
    publish(&dir, &[("index.html", "one")]).expect("published");
    let (.., left) = publish_over(&dir, &[("index.html", "two")], Outputs::default()).expect("published");
    let twin = dir.path().join("public.staging/site");
    let mut claim = fs::File::options().append(true).open(twin.join(manifest::NAME)).expect("a manifest");
    manifest::claim(["new/deep/a.txt"].into_iter(), &mut claim).expect("claimed");
    fs::create_dir_all(twin.join("new/deep")).expect("folders");
    let (_, noted, left) = publish_over(&dir, &[("index.html", "three")], left).expect("published");
    assert!(noted.is_empty(), "{noted:?}");
    assert_eq!(tree(&dir), pairs(&[("public/", ""), ("public/index.html", "three")]));
    assert!(twin.exists() && !twin.join("new").exists(), "the two were exchanged");
    // Nobody has said of this one that files would come into it.
    fs::create_dir(twin.join("theirs")).expect("a folder");
    publish_over(&dir, &[("index.html", "four")], left).expect("published");
    assert!(dir.path().join("public/theirs").is_dir());
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
#[test]
fn what_others_put_into_the_second_tree_of_a_site_that_is_gone_comes_back() {
    let dir = folder();
    let (public, twin) = (dir.path().join("public"), dir.path().join("public.staging/site"));
    publish(&dir, &[("a/b.html", "one")]).expect("published");
    fs::write(public.join("known.txt"), "known").expect("a file");
    publish(&dir, &[("a/b.html", "two"), ("old/c.html", "old")]).expect("published");
    fs::write(twin.join("a/note.txt"), "n").expect("a file");
    fs::write(twin.join("old/note.txt"), "n").expect("a file");
    fs::remove_dir_all(&public).expect("removed");
    let (_, noted) = publish(&dir, &[("a/b.html", "three")]).expect("published");
    let expected =
        [("", ""), ("a/", ""), ("a/b.html", "three"), ("a/note.txt", "n"), ("old/", ""), ("old/note.txt", "n")];
    assert_eq!(tree(&dir), expected.map(|(path, words)| (format!("public/{path}"), words.to_owned())));
    assert!(noted[0].message.contains("`a/note.txt`, `old/note.txt`"), "{}", noted[0].message);
    assert!(!twin.exists());
}

#[test]
fn what_comes_while_the_site_is_made_is_seen() {
    for way in [Way::Exchange, Way::Moves] {
        let dir = folder();
        let public = dir.path().join("public");
        publish_by(way, &dir, &[("a/b.html", "one"), ("f", "file")], Outputs::default()).expect("published");
        for place in ["new.html", "n/new.html", "f"] {
            let output = Output::open(&public, Outputs::default(), way).expect("a folder");
            for path in ["a/b.html", "new.html", "n/new.html", "f/g.html"] {
                output.write(path, b"two").expect("written");
            }
            // In the instant before it is published; in the place of a file, a folder.
            if place == "f" {
                fs::remove_file(public.join("f")).expect("removed");
                fs::create_dir_all(public.join("f/g.html")).expect("a folder");
                fs::write(public.join("f/g.html/theirs"), "theirs").expect("a file");
            } else {
                fs::create_dir_all(public.join(place).parent().expect("a folder")).expect("a folder");
                fs::write(public.join(place), "theirs").expect("a file");
            }
            let before = tree(&dir);
            let refused = output.publish(&|path| format!("made for `{path}`")).expect_err("refused");
            assert_eq!(refused.code, codes::OUTPUT_REFUSED, "{place}");
            assert_eq!(tree(&dir), before, "{place}");
            staging::remove(&public.join(place)).expect("removed");
            let _ = fs::remove_dir(public.join("n"));
            fs::write(public.join("f"), "file").expect("a file");
        }
    }
}

/// The same in a site of which everything is known, and so looked at folder by folder.
#[cfg(unix)]
#[test]
fn what_comes_into_folders_that_are_known_is_seen() {
    use std::os::unix::fs::symlink;
    let ways = [Way::Exchange, Way::Moves].into_iter();
    for (way, place) in ways.flat_map(|way| ["a/b/c.html", "a/b", "a", "e.html"].map(|place| (way, place))) {
        let dir = folder();
        let (public, elsewhere) = (dir.path().join("public"), dir.path().join("elsewhere"));
        let files = [("a/b/c.html", "one"), ("a/d.html", "one"), ("e.html", "one")];
        let (.., left) = publish_by(way, &dir, &files, Outputs::default()).expect("published");
        // Until what stands is told by its times.
        std::thread::sleep(std::time::Duration::from_millis(100));
        let (.., left) = publish_by(way, &dir, &files, left).expect("published");
        assert!(left.grounds.folders.iter().all(|ground| ground.here.is_some()), "{left:?}");

        let output = Output::open(&public, left.clone(), way).expect("a folder");
        for (path, _) in files {
            output.write(path, b"two").expect("written");
        }
        // In the instant before it is published.
        fs::rename(public.join(place), &elsewhere).expect("moved away");
        symlink(&elsewhere, public.join(place)).expect("a link");
        let refused = output.publish(&|path| format!("made for `{path}`")).expect_err("refused");
        assert_eq!(refused.code, codes::OUTPUT_REFUSED, "{place}");
        for (path, words) in files {
            assert_eq!(fs::read_to_string(public.join(path)).expect("words"), words, "{place}");
        }
        fs::remove_file(public.join(place)).expect("removed");
        fs::rename(&elsewhere, public.join(place)).expect("moved back");
        let (written, ..) = publish_by(way, &dir, &files.map(|(path, _)| (path, "two")), left).expect("published");
        assert_eq!(written.changed, 3);
    }
}

#[test]
fn an_empty_folder_into_which_something_comes_is_not_replaced() {
    let dir = folder();
    let public = dir.path().join("public");
    let output = Output::open(&public, Outputs::default(), Way::Exchange).expect("a folder");
    output.write("a.html", b"ours").expect("written");
    output.write("b.html", b"ours").expect("written");
    fs::create_dir(&public).expect("a folder");
    fs::write(public.join("a.html"), "theirs").expect("a file");
    assert_eq!(output.publish(&|path| format!("made for `{path}`")).expect_err("refused").code, codes::OUTPUT_REFUSED);
    assert_eq!(tree(&dir), pairs(&[("public/", ""), ("public/a.html", "theirs")]));
}

#[test]
fn what_could_not_be_put_back_is_kept_until_a_site_stands_whole() {
    let dir = folder();
    publish_by(Way::Moves, &dir, &[("a.html", "one")], Outputs::default()).expect("published");
    let kept = [dir.path().join("public.staging/old/0/1"), dir.path().join("public").join(KEPT).join("0/1")];
    let mark = dir.path().join("public.staging/.onrecord-staging");
    for kept in &kept {
        fs::create_dir_all(kept.parent().expect("a folder")).expect("a folder");
        fs::write(kept, "one").expect("a file");
    }
    fs::write(&mark, "").expect("a mark");
    // A build that fails.
    let output = Output::open(&dir.path().join("public"), Outputs::default(), Way::Moves).expect("a folder");
    output.write("a.html", b"two").expect("written");
    drop(output);
    assert!(kept.iter().all(|kept| kept.is_file()));
    publish_by(Way::Moves, &dir, &[("a.html", "two")], Outputs::default()).expect("published");
    assert!(kept.iter().all(|kept| !kept.exists()) && !mark.exists());
}

#[test]
fn a_backup_that_knows_of_no_links_doubles_nothing_of_others() {
    let dir = folder();
    publish(&dir, &[("a.html", "one")]).expect("published");
    fs::write(dir.path().join("public/mine.txt"), "mine").expect("a file");
    publish(&dir, &[("a.html", "two")]).expect("published");
    let there = dir.path().join("public.staging/site/mine.txt");
    if !there.exists() {
        return eprintln!("skipped: there is no second tree on this system");
    }
    let again = |words: &str, next: &str, expected: &[(&str, &str)]| {
        fs::write(there.with_extension("copy"), words).expect("a copy");
        fs::rename(there.with_extension("copy"), &there).expect("renamed");
        publish(&dir, &[("a.html", next)]).expect("published");
        assert_eq!(tree(&dir), pairs(expected));
    };
    again("mine", "three", &[("public/", ""), ("public/a.html", "three"), ("public/mine.txt", "mine")]);
    let both = [("public/mine.txt", "mine"), ("public/mine.txt.theirs", "other")];
    again("other", "four", &[&[("public/", ""), ("public/a.html", "four")][..], &both].concat());
}
