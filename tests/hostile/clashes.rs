use super::{Outcome, Site, report};
use std::collections::BTreeMap;
use std::fs;

/// What is built, beside a sound report with a picture, and what is said of it: a part of a message with its file.
struct Case {
    host: &'static str,
    /// Old addresses of the report `content/old.md`.
    aliases: &'static [&'static str],
    statics: &'static [&'static str],
    said: &'static [(&'static str, &'static str)],
}

const CASES: &[Case] = &[
    // Files that only a host reads.
    Case {
        host: "netlify",
        aliases: &["/_headers/", "/_redirects", "/_redirects/x/", "/_headers/deep/er/", "/_Headers/", "/kept/"],
        statics: &[],
        said: &[
            ("the alias `/_headers/` is an address of `_headers`, which the host reads", "content/old.md"),
            ("the alias `/_redirects` is an address of `_redirects`, which the host reads", "content/old.md"),
            ("the alias `/_redirects/x/` is an address of `_redirects`, which the host reads", "content/old.md"),
            ("the alias `/_headers/deep/er/` is an address of `_headers`, which the host reads", "content/old.md"),
            ("the alias `/_Headers/` is an address of `_headers`, which the host reads", "content/old.md"),
        ],
    },
    Case {
        host: "cloudflare",
        aliases: &["/_redirects", "/_headers/"],
        statics: &["_headers/x"],
        said: &[
            ("the alias `/_redirects` is an address of `_redirects`, which the host reads", "content/old.md"),
            ("the alias `/_headers/` is an address of `_headers`, which the host reads", "content/old.md"),
            ("this file wants a folder where the site has the file `_headers`", "static/_headers/x"),
        ],
    },
    Case {
        host: "gitlab",
        aliases: &["/_redirects/x/", "/_headers/", "/kept/"],
        statics: &["_redirects/x"],
        said: &[
            ("the alias `/_redirects/x/` is an address of `_redirects`, which the host reads", "content/old.md"),
            ("this file wants a folder where the site has the file `_redirects`", "static/_redirects/x"),
        ],
    },
    // On this host they are names like any other.
    Case { host: "plain", aliases: &["/_redirects/"], statics: &["_redirects/x", "_headers"], said: &[] },
    // A file where the site has a folder.
    Case {
        host: "netlify",
        aliases: &[],
        statics: &["people", "search", "2031/11/14", "q", "img/sizes", "harbour", "kept.txt"],
        said: &[
            ("this file has the name of the site’s folder `people/`", "static/people"),
            ("this file has the name of the site’s folder `search/`", "static/search"),
            ("this file has the name of the site’s folder `2031/11/14/`", "static/2031/11/14"),
            ("this file has the name of the site’s folder `q/`", "static/q"),
            ("this file has the name of the site’s folder `img/sizes/`", "static/img/sizes"),
            ("this file has the name of the site’s folder `harbour/`", "static/harbour"),
        ],
    },
    Case {
        host: "plain",
        aliases: &[],
        statics: &["2031", "img"],
        said: &[
            ("this file has the name of the site’s folder `2031/`", "static/2031"),
            ("this file has the name of the site’s folder `img/`", "static/img"),
        ],
    },
    // A folder where the site has a file: a page, a style sheet, data, a picture, its sizes apart.
    Case {
        host: "plain",
        aliases: &[],
        statics: &["index.html/x", "theme.css/x", "sitemap.xml/x", "robots.txt/x", "img/ferry.png/x", "404.html/a/b"],
        said: &[
            ("this file wants a folder where the site has the file `index.html`", "static/index.html/x"),
            ("this file wants a folder where the site has the file `theme.css`", "static/theme.css/x"),
            ("this file wants a folder where the site has the file `sitemap.xml`", "static/sitemap.xml/x"),
            ("this file wants a folder where the site has the file `robots.txt`", "static/robots.txt/x"),
            ("this file wants a folder where the site has the file `img/ferry.png`", "static/img/ferry.png/x"),
            ("this file wants a folder where the site has the file `404.html`", "static/404.html/a/b"),
        ],
    },
    // One of the same name takes the place of the theme's, and of no page.
    Case {
        host: "plain",
        aliases: &[],
        statics: &["theme.css", "people/index.html"],
        said: &[("a page of the site has the address of this file", "static/people/index.html")],
    },
    // Static files and old addresses.
    Case {
        host: "netlify",
        aliases: &["/old/x/", "/a/b/", "/c/d/", "/e.html", "/people/x/", "/f.html/g/", "/f.html"],
        statics: &["old", "a/b/index.html", "c/d/index.html/y", "e.html/z", "people"],
        said: &[
            ("the alias `/old/x/` is an address of `static/old`", "content/old.md"),
            ("the alias `/a/b/` is an address of `static/a/b/index.html`", "content/old.md"),
            ("the alias `/c/d/` is an address of `static/c/d/index.html/y`", "content/old.md"),
            ("the alias `/e.html` is an address of `static/e.html/z`", "content/old.md"),
            ("the alias `/f.html` is an address of `content/old.md`", "content/old.md"),
            ("this file has the name of the site’s folder `people/`", "static/people"),
        ],
    },
];

/// Two of the site's files never want one name as file and folder: one of them is told and left out, in a build over a
/// site that stands as in one from nothing, and nothing else is missing.
#[test]
fn a_file_and_a_folder_of_one_name_are_told_and_nothing_of_the_site_is_lost() {
    for case in CASES {
        let (warm, cold) = (Site::new(), Site::new());
        for site in [&warm, &cold] {
            begin(site, case.host);
        }
        let alone = warm.build();
        assert_eq!(alone.exit, Some(0), "{}", alone.said);
        for site in [&warm, &cold] {
            add(site, case);
        }
        let first = warm.build();
        is_told(case, &first);
        has_all(&alone, &first, case);
        for again in [warm.build(), cold.build()] {
            is_told(case, &again);
            assert!(again.files == first.files, "{:?} {:?}", case.aliases, case.statics);
        }
        // And back.
        fs::remove_dir_all(warm.root().join("static")).ok();
        fs::remove_file(warm.root().join("content/old.md")).expect("removed");
        assert!(warm.build().files == alone.files, "{:?} {:?}", case.aliases, case.statics);
    }
}

/// Every file that this program writes for a host: no old address takes its place, be it as a file or as a folder.
#[test]
fn no_old_address_takes_the_place_of_any_file_of_the_site() {
    for host in ["plain", "github", "gitlab", "cloudflare", "netlify", "apache"] {
        let site = Site::new();
        begin(&site, host);
        let kept = |more: &str| report(&format!("aliases = [\"/kept/\"{more}]"), "“We sail,” said Ingrid Marsh.");
        site.put(b"content/old.md", kept("").as_bytes());
        let alone = site.build();
        let all: String =
            alone.files.keys().map(|path| format!(", \"/{path}/\", \"/{path}/x/\", \"/{path}\"")).collect();
        site.put(b"content/old.md", kept(&all).as_bytes());
        let built = site.build();
        assert_eq!(built.exit, Some(0), "{}", built.said);
        let paths = |built: &Outcome| -> Vec<String> { built.files.keys().map(|path| generation(path)).collect() };
        assert_eq!(paths(&built), paths(&alone), "on {host}");
        assert_eq!(built.files.get("_headers"), alone.files.get("_headers"));
        assert_eq!(built.files.get("_redirects"), alone.files.get("_redirects"));
    }
}

/// What differs in capitals, or in the form of an accent, alone is published beside, and told.
#[cfg(target_os = "linux")]
#[test]
fn a_file_and_a_folder_that_some_systems_do_not_tell_apart_are_told() {
    let (warm, cold) = (Site::new(), Site::new());
    let statics = ["People", "INDEX.html/x", "Kept", "kept/x", "cafe\u{301}", "caf\u{e9}/x", "THEME.css/x"];
    for site in [&warm, &cold] {
        begin(site, "plain");
    }
    warm.build();
    for site in [&warm, &cold] {
        for path in statics {
            site.put(format!("static/{path}").as_bytes(), b"mine");
        }
    }
    let (first, again, clean) = (warm.build(), warm.build(), cold.build());
    for built in [&first, &again, &clean] {
        for (file, other) in
            [("People", "people/"), ("INDEX.html/x", "index.html"), ("Kept", "kept/x"), ("THEME.css/x", "theme.css")]
        {
            let about = format!("on some systems this file and `{other}` of the site are one\n  at static/{file}\n");
            assert!(built.said.contains(&about), "{about}{}", built.said);
        }
        assert!(built.said.contains("at static/cafe\u{301}\n"), "{}", built.said);
        assert_eq!(built.said.matches("address-taken").count(), 5, "{}", built.said);
        assert!(statics.iter().all(|path| built.files.get(*path).is_some_and(|bytes| bytes == b"mine")));
        assert!(built.files == clean.files);
    }
}

/// A sound site with each kind of file.
fn begin(site: &Site, host: &str) {
    let settings = format!(
        "title = \"Calder Record\"\nbase_url = \"https://calder.example/\"\ntei = true\nquotation_pages = true\nhost = \"{host}\"\n"
    );
    site.put(b"site.toml", settings.as_bytes());
    let sound = "+++\ntitle = \"Ferry sails\"\ndate = 2031-11-14\nsection = \"Harbour\"\n+++\n\n“We sail,” said Ingrid Marsh.\n\n![The ferry](ferry.png)\n";
    site.put(b"content/sound.md", sound.as_bytes());
    site.put(b"content/ferry.png", &picture());
}

fn add(site: &Site, case: &Case) {
    let aliases: Vec<String> = case.aliases.iter().map(|alias| format!("\"{alias}\"")).collect();
    site.put(b"content/old.md", report(&format!("aliases = [{}]", aliases.join(", ")), "No words.").as_bytes());
    for path in case.statics {
        site.put(format!("static/{path}").as_bytes(), b"mine");
    }
}

/// Just what is expected is said, and each with its file.
fn is_told(case: &Case, built: &Outcome) {
    assert_eq!(built.exit, Some(0), "{}", built.said);
    for (message, path) in case.said {
        let told = format!("{message}\n  at {path}\n");
        assert!(built.said.contains(&told), "{told}is not in {}", built.said);
    }
    let taken = built.said.matches("-taken]: ").count();
    assert_eq!(taken, case.said.len(), "{}", built.said);
}

/// Every file of the site without these is there, and every static file of which nothing is said has its own bytes.
fn has_all(alone: &Outcome, built: &Outcome, case: &Case) {
    let there: BTreeMap<String, &Vec<u8>> = built.files.iter().map(|(path, bytes)| (generation(path), bytes)).collect();
    for path in alone.files.keys().map(|path| generation(path)) {
        assert!(there.contains_key(&path), "{path} is lost: {:?} {:?}", case.aliases, case.statics);
    }
    for path in case.statics {
        let told = case.said.iter().any(|(_, file)| file.strip_prefix("static/") == Some(path));
        let mine = built.files.get(*path).is_some_and(|bytes| bytes == b"mine");
        assert_eq!(mine, !told, "static/{path}");
    }
}

/// A path without what is made of a file's bytes.
fn generation(path: &str) -> String {
    let made = path.strip_prefix("search/").and_then(|rest| rest.rsplit_once('/'));
    match made.and_then(|(folder, name)| Some((folder, name.rsplit_once('.')?.1))) {
        Some((folder, ending)) if ending != "html" => format!("search/{folder}/*.{ending}"),
        _ => path.to_owned(),
    }
}

/// Wide enough to have a smaller one.
fn picture() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 800, 8);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[90; 800 * 8]).expect("pixels");
    writer.finish().expect("an end");
    out
}
