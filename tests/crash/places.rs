//! An output folder that would eat the site, its content or what holds them is refused, by whatever name.

use super::states::tell;
use crate::support::Session;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const QUAY: &str = "Harbour\n\nQuay reopens after storm\n\nFriday 14 November 2031, 5.20pm\n\nPORT ANSEL — The quay \
     reopened. “It will hold,” said Ingrid Marsh, the Harbour Minister.\n";

fn session() -> Session {
    Session::new()
        .file("site/site.toml", "title = \"The Calder Record\"\n")
        .file("site/content/2031/11/14-quay.txt", QUAY)
        .file("site/static/mast.txt", "mast")
        .file("site/i18n/en.toml", "")
        .file("site/templates/note.txt", "words")
        .file("beside.txt", "years of work")
}

/// All but the cache.
fn tree(session: &Session) -> BTreeMap<String, Vec<u8>> {
    session.tree("").into_iter().filter(|(path, _)| !path.contains(".onrecord/")).collect()
}

#[test]
fn no_name_of_the_site_s_own_folders_is_published_into() {
    let session = session();
    #[cfg(unix)]
    for (to, link) in [("site/content", "to-content"), ("site", "to-site"), (".", "to-all")] {
        std::os::unix::fs::symlink(to, session.path(link)).expect("a link");
    }
    let absolute = |path: &str| session.path(path).to_string_lossy().into_owned();
    let mut outs: Vec<String> = [
        ".",
        "..",
        "./",
        "site",
        "site/",
        "./site/.",
        "site/../site",
        "site/public/..",
        "site/content",
        "site/content/",
        "site/content/2031",
        "site/content/new/deep",
        "site/public/../content",
        "site/static",
        "site/static/public",
        "site/templates",
        "site/i18n/out",
        "site/.onrecord",
        "site/.onrecord/cache",
        "site/.onrecord/cache/x",
        "site/site.toml",
        "beside.txt",
        "/",
    ]
    .map(str::to_owned)
    .into();
    outs.extend(["", "site", "site/content", "site/nowhere/../content"].map(absolute));
    #[cfg(unix)]
    outs.extend(
        [
            "to-content",
            "to-content/new",
            "to-site",
            "to-site/static",
            "to-all",
            "to-all/site",
            "to-site/../site/content",
        ]
        .map(str::to_owned),
    );
    let before = tree(&session);
    for out in &outs {
        let said = session.run(&["build", "--root", "site", "--out", out]);
        assert!(said.starts_with("exit 1\n") && said.contains("output-refused"), "{out}: {said}");
        assert!(tree(&session) == before, "{out}: something was changed");
    }
    tell(&format!("{} output folders were refused", outs.len()));
}

/// One folder under two names, as where case means nothing, or where a mount has it twice.
#[cfg(target_os = "linux")]
#[test]
fn a_second_name_of_the_content_is_no_output_folder() {
    let mounts = || Command::new("unshare").args(["-rm", "true"]).status().is_ok_and(|status| status.success());
    if !mounts() {
        tell("SKIPPED: a folder under two names needs `unshare -rm`");
        return;
    }
    let session = session();
    let before = tree(&session);
    for (folder, out) in [("site/content", "twice"), ("site/content", "twice/2031"), ("site", "twice"), (".", "twice")]
    {
        let twice = session.path("twice");
        fs::create_dir_all(&twice).expect("a folder");
        let words = format!("mount --bind {folder} twice && exec \"$0\" build --root site --out {out}");
        let said = run(&session.path(""), &words);
        assert!(said.contains("output-refused"), "{folder} as {out}: {said}");
        assert!(tree(&session) == before, "{folder} as {out}");
    }
}

#[cfg(target_os = "linux")]
fn run(folder: &Path, words: &str) -> String {
    let built = Command::new("unshare")
        .args(["-rm", "sh", "-c", words, env!("CARGO_BIN_EXE_onrecord")])
        .current_dir(folder)
        .output()
        .expect("unshare");
    assert_eq!(built.status.code(), Some(1), "{}", String::from_utf8_lossy(&built.stderr));
    String::from_utf8_lossy(&built.stderr).into_owned()
}

/// Whoever made it has to say where the site was to go.
#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_told_as_one() {
    let session = session();
    let nowhere = session.path("nowhere");
    for to in [nowhere.as_path(), Path::new("public")] {
        std::os::unix::fs::symlink(to, session.path("site/public")).expect("a link");
        let said = session.run(&["build", "--root", "site"]);
        assert!(said.starts_with("exit 1\n"), "{said}");
        assert!(said.contains("the output folder is a link that leads nowhere"), "{said}");
        assert!(said.contains("make the folder that it leads to, or take the link away"), "{said}");
        assert!(!nowhere.exists() && session.path("site/public").is_symlink());
        fs::remove_file(session.path("site/public")).expect("removed");
    }
}

/// Else every page of the other site would be gone.
#[test]
fn the_public_folder_of_another_site_is_not_published_into() {
    let session = session()
        .file("other/site.toml", "title = \"The Merrow Mail\"\n")
        .file("other/content/2031/11/14-ferry.txt", QUAY.replace("Quay", "Ferry"));
    let build = |root: &str, out: &str| session.run(&["build", "--root", root, "--out", out]);
    assert!(session.run(&["build", "--root", "site"]).starts_with("exit 0"));
    let before = tree(&session);
    for out in ["site/public", "other/../site/public"] {
        let said = build("other", out);
        assert!(said.starts_with("exit 1\n") && said.contains("another site is published here"), "{said}");
        assert!(tree(&session) == before);
    }
    // The site itself is not refused, whatever it is called by now and whatever became of its cache.
    fs::write(
        session.path("site/site.toml"),
        "title = \"The Merrow Record\"\nbase_url = \"https://merrow.example/\"\n",
    )
    .expect("settings");
    fs::remove_dir_all(session.path("site/.onrecord")).expect("removed");
    assert!(build("site", "site/../site/public").starts_with("exit 0"));
    // Nor is the other one where nobody was before it, and where it was itself.
    fs::remove_dir_all(session.path("site/public")).expect("removed");
    for words in ["one", "two"] {
        fs::write(session.path("other/content/2031/11/15-tide.txt"), QUAY.replace("storm", words)).expect("a story");
        let said = build("other", "site/public");
        assert!(said.starts_with("exit 0"), "{said}");
    }
    assert!(build("site", "site/public").starts_with("exit 0"), "its own place it has back");
    // What we live with: a folder that is nobody's by where it lies goes to whoever comes.
    assert!(build("other", "elsewhere").starts_with("exit 0") && build("site", "elsewhere").starts_with("exit 0"));
}
