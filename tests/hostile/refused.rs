//! Where the site itself would be wrong: the build says who is at fault, and what was published stays.

use super::{SETTINGS, SOUND, Site};

/// Publishes a sound site, then one with a fault, which must be refused.
fn refuse(name: &str, culprit: &str, fault: impl FnOnce(&Site)) {
    let site = Site::new();
    site.put(b"site.toml", SETTINGS.as_bytes());
    site.put(b"content/sound.md", SOUND.as_bytes());
    site.put(b"public/.keep", b"");
    std::fs::remove_dir_all(site.root().join("public")).expect("no folder");
    let before = site.build();
    assert_eq!(before.exit, Some(0), "{name}: {}", before.said);
    fault(&site);
    let after = site.build();
    assert_eq!(after.exit, Some(1), "{name}: {}", after.said);
    super::output::is_fit_to_be_told(&after.said);
    assert!(after.said.contains(culprit), "{name}: {culprit} is named: {}", after.said);
    let stands = super::read_tree(&site.root().join("public"));
    assert!(stands == before.files, "{name}: what was published stays as it was");
}

#[test]
fn settings_that_are_wrong_are_refused() {
    let deep = format!("extra = {}", "[".repeat(100_000));
    for toml in [
        "titel = \"a\"",
        "title = 1",
        "title = \"a\"\ntitle = \"b\"",
        "title = ",
        "base_url = \"javascript:alert(1)\"",
        "base_url = \"//host/\"",
        "base_url = \"https://host/?x\"",
        "base_url = \"https://host/../..\"",
        "base_url = \"ftp://host/\"",
        "base_url = \"https:// host/\"",
        "base_url = \"https://\"",
        "timezone = \"../../etc/passwd\"",
        "timezone = \"Nowhere/Ansel\"",
        "language = \"../en\"",
        "language = \"\"",
        "per_page = 0",
        "per_page = -1",
        "per_page = 99999999999999999999",
        "per_page = 1.5",
        "threshold = nan",
        "threshold = 2",
        "threshold = inf",
        "question = \"javascript:alert(1)\"",
        "host = \"nobody\"",
        "now = \"tomorrow\"",
        "tei = \"yes\"",
        "sources = 1",
        "[search]\nenabled = 1",
        "[[sources]]\nname = \"a\"\nurl = \"javascript:alert(1)\"",
        "{\"title\": 1}",
        "title: a",
        "out = \"/\"",
        &deep,
    ] {
        refuse(toml.get(..40).unwrap_or(toml), "site.toml", |site| site.put(b"site.toml", toml.as_bytes()));
    }
}

#[test]
fn templates_that_are_wrong_are_refused() {
    let plus = format!("{{{{ {}1 }}}}", "1 + ".repeat(100_000));
    let ifs = format!("{}{}", "{% if true %}".repeat(50_000), "{% endif %}".repeat(50_000));
    let doubling = format!("{{% set x = \"aaaaaaaaaaaaaaaa\" %}}{}{{{{ x }}}}", "{% set x = x ~ x %}".repeat(60));
    for template in [
        "{% include \"article.html\" %}",
        "{% extends \"article.html\" %}",
        "{% include \"../../../etc/passwd\" %}",
        "{% include \"/etc/passwd\" %}",
        "{% extends \"../site.toml\" %}",
        "{{ get_env(name=\"CALDER_SECRET\") }}",
        "{{ load_data(path=\"/etc/passwd\") }}",
        "{{ now() }}",
        "{% if x %}",
        "{{ x }}",
        "{{ 1 / 0 }}",
        "{% for i in range(end=1000000000000) %}x{% endfor %}",
        "{{ throw(message=\"no\") }}",
        "{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}{% endfor %}",
        "{% for i in range(end=100000) %}{% for j in range(end=100000) %}x{% endfor %}{% endfor %}",
        "{% for a in [1,2,3,4,5,6,7,8,9] %}{% for b in range(end=100000) %}{% for c in \"abcdefgh\" %}{% for d in range(end=9999) %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{% set_global x = \"aaaa\" %}{% for i in range(end=60) %}{% set_global x = x ~ x %}{% endfor %}{{ x }}",
        "{% set x %}aaaa{% endset %}{% for i in range(end=60) %}{% set_global x = x ~ x %}{% endfor %}",
        "{% component a(n: integer) %}{% if n < 60 %}{{<a n={n + 1} />}}{{<a n={n + 1} />}}{% endif %}{% endcomponent a %}{{<a n={0} />}}",
        "{% component a(x) %}{{<a x={x ~ x} />}}{% endcomponent a %}{{<a x=\"aaaa\" />}}",
        &doubling,
        "\u{0}{{",
        &plus,
        &ifs,
        "{% component a() %}{{<a/>}}{% endcomponent a %}{{<a/>}}",
    ] {
        refuse(template.get(..60).unwrap_or(template), "templates", |site| {
            site.put(b"templates/article.html", template.as_bytes())
        });
    }
    let chip = "{% component chip(person: map) %}{{<chip person={person} />}}{% endcomponent chip %}";
    refuse("a component that draws itself", "templates/components/chip.html:1:14", |site| {
        site.put(b"templates/components/chip.html", chip.as_bytes())
    });
    refuse("a component of two templates", "templates/components/mine.html:1:14", |site| {
        site.put(b"templates/components/mine.html", chip.as_bytes())
    });
    refuse("not UTF-8", "templates/article.html", |site| site.put(b"templates/article.html", b"\xff\xfe"));
    for toml in ["x = ", "x = 1\nx = 2"] {
        refuse(toml, "i18n/en.toml", |site| site.put(b"i18n/en.toml", toml.as_bytes()));
    }
}

#[test]
fn templates_that_make_much_of_little_are_refused() {
    // Texts of some kilobytes and megabytes, again and again.
    let written = format!(
        "{{% set x %}}{{% for i in range(end=90000) %}}{{% for j in range(end=40) %}}{}{{% endfor %}}{{% endfor %}}{{% endset %}}",
        "word ".repeat(20_000)
    );
    let large = "{% set a = [\"aaaa\" for i in range(end=100000)] | join %}";
    let printed =
        format!("{large}{{% set x %}}{{% for i in range(end=90000) %}}{{{{ a }}}}{{% endfor %}}{{% endset %}}");
    let leaves = |n: usize| (0..n).fold("a".to_owned(), |tree, _| format!("({tree} ~ {tree})"));
    let tree = format!("{large}{{{{ {} }}}}", leaves(12));
    let inside = format!(
        "{large}{{% component c(a) %}}{{% for i in range(end=90000) %}}{{{{ a }}}}{{% endfor %}}{{% endcomponent c %}}{{% set x = <c a={{a}} /> %}}"
    );
    for template in [
        // Within one expression, or one name, or what is printed into one.
        "{% set a = \"aaaaaaaaaaaaaaaa\" %}{{ a | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) | replace(from=\"a\", to=a) }}",
        "{% set_global x = [1, 2] %}{% for i in range(end=60) %}{% set_global x = [x, x] %}{% endfor %}{{ x }}",
        "{% set_global x = {\"a\": 1} %}{% for i in range(end=60) %}{% set_global x = {\"a\": x, \"b\": x} %}{% endfor %}{{ x | str }}",
        "{% set a = [1 for i in range(end=90000)] | join(sep=[1 for i in range(end=90000)] | join) %}",
        "{{ [1 for i in range(end=100000)] | join(sep=[\"a\" for i in range(end=100000)] | join(sep=\"\\n\") | indent(width=1000)) }}",
        "{{ [[[1 for i in range(end=100000)] for j in range(end=100000)] for k in range(end=100000)] | length }}",
        "{{ [x for x in [y for y in [z ~ z for z in range(end=100000)]] for w in range(end=100000)] }}",
        "{% set x %}{% for i in range(end=100000) %}{% for j in range(end=30) %}{{ site | str }}{{ site | str }}{% endfor %}{% endfor %}{% endset %}",
        "{% set_global supera = \"xxxxxxxxxxxxxxxx\" %}{% for i in range(end=17) %}{% set_global supera = supera ~ supera %}{% endfor %}{% set x %}{% for i in range(end=100000) %}{{ supera }}{% endfor %}{% endset %}",
        &written,
        &printed,
        &tree,
        &inside,
    ] {
        refuse(template.get(..60).unwrap_or(template), "templates/article.html:1:", |site| {
            site.put(b"templates/article.html", template.as_bytes())
        });
    }
}

#[test]
fn a_ledger_that_is_wrong_publishes_nothing() {
    for toml in [
        "x = 1",
        "[[ruling]]\nactoin = \"withdraw\"",
        "[[ruling]]\naction = \"withdraw\"",
        "[[ruling]]\narticle = \"../x\"\naction = \"withdraw\"\ndate = 2031-01-01",
        "[[ruling]]\narticle = \"/nowhere/\"\naction = \"withdraw\"\ndate = 2031-01-01",
        "[[[",
    ] {
        refuse(toml, "content/rulings.toml", |site| site.put(b"content/rulings.toml", toml.as_bytes()));
    }
    refuse("another case", "content/Rulings.toml", |site| site.put(b"content/Rulings.toml", b"x = 1"));
}

#[cfg(unix)]
#[test]
fn folders_and_settings_that_are_no_files_are_refused() {
    use super::places::pipe;
    use std::fs;
    use std::os::unix::fs::symlink;
    let move_away =
        |site: &Site, path: &str| fs::rename(site.root().join(path), site.root().join("moved")).expect("a move");
    refuse("settings from a pipe", "site.toml", |site| {
        move_away(site, "site.toml");
        pipe(&site.root().join("site.toml"));
    });
    refuse("settings from a device", "site.toml", |site| {
        move_away(site, "site.toml");
        symlink("/dev/zero", site.root().join("site.toml")).expect("a link");
    });
    refuse("content is a link", "content", |site| {
        move_away(site, "content");
        symlink("moved", site.root().join("content")).expect("a link");
    });
    refuse("content is a pipe", "content", |site| {
        move_away(site, "content");
        pipe(&site.root().join("content"));
    });
    refuse("the ledger is a pipe", "content/rulings.toml", |site| pipe(&site.root().join("content/rulings.toml")));
    refuse("the ledger is a link", "content/rulings.toml", |site| {
        symlink("/etc/hostname", site.root().join("content/rulings.toml")).expect("a link");
    });
    for folder in ["templates", "i18n"] {
        refuse("a folder is a link", folder, |site| symlink("/etc", site.root().join(folder)).expect("a link"));
        refuse("a folder is a pipe", folder, |site| pipe(&site.root().join(folder)));
        refuse("a folder is a file", folder, |site| site.put(folder.as_bytes(), b"x"));
    }
    refuse("a template is a link", "templates/article.html", |site| {
        fs::create_dir(site.root().join("templates")).expect("a folder");
        symlink("/etc/hostname", site.root().join("templates/article.html")).expect("a link");
    });
}
