use super::{Built, Family, PassedOver, Reported, report};

#[test]
fn every_file_is_accounted_for_whatever_it_is_called() {
    let mut family = Family::default();
    let long = format!("{}.md", "a".repeat(252));
    let mut names = vec![
        "-rf.md",
        "trail..md",
        "CON.md",
        "NUL.txt",
        "aux.txt",
        "com1.md",
        "COM¹.md",
        "ünï.md",
        "%2e%2e.md",
        "a&b.md",
        "index.md",
        "x.MD",
        "y.Txt",
        "z.markdown",
        "w.MarkDown",
        "2031-02-30-x.md",
        "feed.md",
        "people.md",
        "日本.md",
        "😀.md",
        "\u{301}.md",
        "'.md",
        "$(id).md",
        "`id`.md",
        "{{x}}.md",
        "{% raw %}.md",
        "404.md",
        "atom.xml.md",
        "é.md",
        "e\u{301}.md",
        "A.md",
        "a.md",
        "x.md/inner.md",
        "x.txt/inner.txt",
        "people.txt/index.md",
        "....../y.md",
        &long,
    ];
    if cfg!(unix) {
        names.extend([
            "a\nb.md",
            "a\"b.md",
            "<script>alert(1)<.md",
            "trail .md",
            "a\tb.md",
            "a\u{1b}[31m.md",
            "a?b#c.md",
            "a\\b.md",
        ]);
        names.extend(["\u{202e}evil.md", "a\u{7f}.md", "a:b.md", "a*b.md", "a|b.md"]);
    }
    // A name that begins with a dot is hidden, with all that lies below it.
    names.retain(|name| !name.starts_with('.'));
    for name in names {
        let plain = name.to_lowercase().ends_with("txt");
        let text = |word: &str| if plain { format!("Harbour\n\nA headline\n\n{word}\n") } else { report("", word) };
        family.file(format!("content/{name}"), Built, text);
    }
    let deep = format!("content/{}x.md", "d/".repeat(300));
    family.file(deep, Built, |word| report("", word));
    for name in ["x.docx", "x.html", "x.toml", "x.pdf", "x.md.bak", "x.md~", "noending", "x.js", "x.htm"] {
        family.file(format!("content/other/{name}"), Reported(None), |word| word.to_owned());
    }
    for name in [".hidden.md", ".git/x.md", ".x.md.swp"] {
        family.file(format!("content/{name}"), PassedOver, |word| report("", word));
    }
    if cfg!(unix) {
        family.file(b"content/a\xff\xfe.md", super::PassedOver, |word| report("", word));
        family.file(b"content/\xc0\xaf.txt", super::PassedOver, |word| word.to_owned());
    }
    let built = family.check(|_| {});
    if cfg!(unix) {
        assert_eq!(built.said.matches("this file's name is not Unicode").count(), 2, "{}", built.said);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_reported_and_never_opened() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    let mut family = Family::default();
    family.beside("content/folder.annotations.toml/x.txt", "Harbour\n\nA headline\n\nWords.\n");
    let outside = tempfile::tempdir().expect("a folder");
    let secret = outside.path().join("secret.md");
    std::fs::write(&secret, report("", super::SECRET)).expect("a file");
    std::fs::write(outside.path().join("other.md"), report("", super::SECRET)).expect("a file");
    let built = family.check(|root| {
        let at = |path: &str| root.join(path);
        let link = |to: &std::path::Path, path: &str| symlink(to, at(path)).expect("a link");
        std::fs::create_dir_all(at("content/people")).expect("a folder");
        link(&secret, "content/link-out.md");
        link(&secret, "content/people/link-out.md");
        link(&secret, "content/sound.annotations.toml");
        link(outside.path(), "content/folder-out");
        link("sound.md".as_ref(), "content/link-in.md");
        link("link-self.md".as_ref(), "content/link-self.md");
        link(".".as_ref(), "content/link-loop");
        link("nowhere".as_ref(), "content/link-dead.md");
        link("/dev/zero".as_ref(), "content/link-zero.txt");
        link(outside.path(), "static");
        pipe(&at("content/pipe.md"));
        pipe(&at("content/people/pipe.md"));
        pipe(&at("content/pipe.jpg"));
        pipe(&at("content/pipe"));
        drop(UnixListener::bind(at("content/socket.txt")).expect("a socket"));
    });
    for path in [
        "content/link-out.md",
        "content/people/link-out.md",
        "content/sound.annotations.toml",
        "content/folder-out",
        "content/link-in.md",
        "content/link-self.md",
        "content/link-loop",
        "content/link-dead.md",
        "content/link-zero.txt",
        "static",
        "content/pipe.md",
        "content/people/pipe.md",
        "content/pipe.jpg",
        "content/pipe",
        "content/socket.txt",
    ] {
        assert!(
            built.said.contains(&format!("--> {path}\n")) || built.said.contains(&format!("at {path}\n")),
            "{path}: {}",
            built.said
        );
    }
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let mut family = Family::default();
    family.file("content/locked.md", Reported(None), |word| report("", word));
    family.file("content/shut/inner.md", PassedOver, |word| report("", word));
    let probe = tempfile::NamedTempFile::new().expect("a file");
    std::fs::set_permissions(probe.path(), std::fs::Permissions::from_mode(0o0)).expect("rights");
    if std::fs::read(probe.path()).is_ok() {
        eprintln!("skipped: whoever runs this test may read everything");
        return;
    }
    let built = family.check(|root| {
        for path in ["content/locked.md", "content/shut"] {
            std::fs::set_permissions(root.join(path), std::fs::Permissions::from_mode(0o0)).expect("rights");
        }
    });
    assert!(built.said.contains("content/shut"), "{}", built.said);
}

/// Makes a pipe, in which a reader waits for ever.
#[cfg(unix)]
pub(super) fn pipe(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo");
    assert!(made.success(), "{}", path.display());
}

/// What is not published is told, also by a warm build, but for what nobody would look for.
#[test]
fn static_files_whose_names_begin_with_a_dot_are_told() {
    let mut session = crate::support::Session::new()
        .file("site.toml", "title = \"The Calder Record\"\nhost = \"github\"\n")
        .file("content/2031/11/14-quay.md", report("", "It holds."))
        .file("content/.notes.md", "not copy");
    let told = [".env", ".htaccess", ".nojekyll", ".well-known", "a/.hidden", "a/.well-known"];
    for path in [
        ".env",
        ".htaccess",
        ".nojekyll",
        ".well-known/security.txt",
        ".well-known/acme/x",
        "a/.hidden",
        "a/.well-known/x",
        ".DS_Store",
        ".gitkeep",
        "a/.gitkeep",
        "._page.txt",
        ".#page.txt",
        ".page.txt.swp",
        ".page.txt~",
        ".git/config",
        ".idea/x",
    ] {
        session = session.file(&format!("static/{path}"), "zerlina");
    }
    for _ in 0..2 {
        let said = session.run(&["build"]);
        assert!(said.starts_with("exit 0"), "{said}");
        let named: Vec<&str> = said
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("at ").or(line.trim_start().strip_prefix("--> ")))
            .collect();
        assert_eq!(named, told.map(|path| format!("static/{path}")), "{said}");
        assert_eq!(said.matches("[file-passed-over]").count(), told.len(), "{said}");
    }
    let public = session.tree("public");
    assert!(public[".nojekyll"].is_empty(), "the one that `host` makes");
    assert!(!public.values().any(|bytes| bytes == b"zerlina"));
}
