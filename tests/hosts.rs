//! Files that a host reads beside the pages.

use super::support::Session;

/// A report that moved and one that was withdrawn, for a host.
fn published(host: &str, base: &str) -> Session {
    let session = Session::new()
        .file("site.toml", format!("host = \"{host}\"\nbase_url = \"{base}\"\n"))
        .file(
            "content/2031/11/14-quay.md",
            "+++\ntitle = \"Quay reopens\"\naliases = [\"/old/quay\", \"/quai/réouvert/\", \"/a.b+c/x.html\"]\n+++\n\nIt is open.\n",
        )
        .file("content/2031/11/15-lamp.md", "+++\ntitle = \"The lamp is out\"\naliases = [\"/old/lamp\"]\n+++\n\nIt is out.\n")
        .file(
            "content/rulings.toml",
            "[[ruling]]\narticle = \"/2031/11/15/lamp/\"\naction = \"withdraw\"\ndate = 2031-11-20\n",
        );
    let said = session.run(&["build", "--now", "2032-01-01"]);
    assert!(said.starts_with("exit 0\n"), "{said}");
    session
}

fn files(session: &Session) -> Vec<String> {
    let tree = session.tree("public");
    let own = |path: &&String| path.starts_with('_') || (path.starts_with('.') && *path != ".onrecord");
    tree.keys().filter(own).cloned().collect()
}

fn text(session: &Session, path: &str) -> String {
    std::fs::read_to_string(session.path("public").join(path)).expect("a file")
}

#[test]
fn each_host_has_the_files_that_it_reads_and_no_others() {
    let check = |host: &str, expected: &[&str]| {
        assert_eq!(files(&published(host, "https://calder.example/")), expected, "{host}");
    };
    check("plain", &[]);
    check("github", &[".nojekyll"]);
    check("gitlab", &["_redirects"]);
    check("cloudflare", &["_headers", "_redirects"]);
    check("netlify", &["_headers", "_redirects"]);
    check("apache", &[".htaccess"]);
    let said =
        Session::new().file("site.toml", "host = \"nettlify\"\n").file("content/a.txt", "A\n\nB.\n").run(&["build"]);
    assert!(said.starts_with("exit 1\n") && said.contains("is none of plain, github"), "{said}");
}

#[test]
fn rules_lead_from_every_old_address_below_the_sites_own_path() {
    let netlify = published("netlify", "https://calder.example/archive/");
    assert_eq!(
        text(&netlify, "_redirects"),
        "/archive/2031/11/15/lamp/ /archive/2031/11/15/lamp/index.html 410!\n\
         /archive/old/quay/ /archive/2031/11/14/quay/ 301\n\
         /archive/quai/r%C3%A9ouvert/ /archive/2031/11/14/quay/ 301\n\
         /archive/a.b%2Bc/x.html /archive/2031/11/14/quay/ 301\n\
         /archive/old/lamp/ /archive/2031/11/15/lamp/ 301\n"
    );
    let headers = text(&netlify, "_headers");
    assert!(headers.starts_with("/archive/*\n  Content-Security-Policy: default-src 'none';"), "{headers}");
    assert!(headers.contains("/archive/2031/11/15/lamp/\n  X-Robots-Tag: noindex\n"), "{headers}");

    // Others do not answer 410; the page at the address says what became of it.
    assert!(!text(&published("cloudflare", "https://calder.example/"), "_redirects").contains("410"));

    let apache = text(&published("apache", "https://calder.example/"), ".htaccess");
    assert!(apache.contains("RedirectMatch 410 \"^/2031/11/15/lamp/$\"\n"), "{apache}");
    assert!(apache.contains("RedirectMatch 301 \"^/a.b.c/x.html$\" \"/2031/11/14/quay/\"\n"), "{apache}");
}
