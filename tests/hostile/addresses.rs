use super::{Built, Family, Reported, report};

/// Slugs, sections, tags and aliases that would lead elsewhere, or collide on file systems that fold names.
#[test]
fn no_address_leads_out_of_the_site_or_over_another() {
    let mut family = Family::default();
    let keys = [
        "slug = \"../x\"",
        "slug = \"a/b\"",
        "slug = \"CON\"",
        "slug = \"index.html\"",
        "slug = \"%2e%2e\"",
        "slug = \"x\\ny\"",
        "slug = \"A B\"",
        "slug = \"caf\u{e9}\"",
        "slug = \"cafe\u{301}\"",
        "slug = \"CAF\u{c9}\"",
        "section = \"../x\"",
        "section = \"people\"",
        "section = \"People\"",
        "section = \"2031\"",
        "section = \"CON\"",
        "section = \".\"",
        "section = \"<b>\"",
        "section = \"//evil.example\"",
        "section = \"javascript:alert(1)\"",
        "tags = [\"../x\", \"people\", \"CON\", \"\", \"\u{e9}\", \"\u{c9}\", \"e\u{301}\", \"A\", \"a\", \"<script>\", \"=1+1\"]",
        "aliases = [\"/index.html\", \"/\", \"/people/\", \"/site.css\", \"/con/\", \"/a/nul.html\", \"/*\"]",
        "aliases = [\"/A/\", \"/a/\", \"/\u{e9}/\", \"/e\u{301}/\", \"/.htaccess\", \"/2031/11/14/sound/\"]",
        "aliases = [\"/<script>/\", \"/x.css/y/\", \"/atom.xml\", \"/x/index.json/\"]",
    ];
    for (i, key) in keys.iter().enumerate() {
        family.file(format!("content/{i}.md"), Built, |word| report(key, word));
    }
    let long = format!("aliases = [\"{}\"]\ntags = [\"{}\"]", "/x".repeat(2000), "x".repeat(5000));
    family.file("content/long.md", Reported(Some(4)), |word| report(&long, word));
    let fits = format!("aliases = [\"{}\"]\ntags = [\"{}\"]", "/x".repeat(1000), "x".repeat(300));
    family.file("content/fits.md", Built, |word| report(&fits, word));
    for (i, key) in [
        "aliases = [\"/x?y#z\"]",
        "aliases = [\"/a/%2e%2e/b\"]",
        "aliases = [\"/a\\\\b\"]",
        "aliases = [\"/x\\u0000\"]",
        "slug = \".\"",
    ]
    .iter()
    .enumerate()
    {
        family.file(format!("content/refused-{i}.md"), Reported(Some(4)), |word| report(key, word));
    }
    let many = format!("tags = [{}]", (0..100_000).map(|i| format!("\"t{i}\"")).collect::<Vec<_>>().join(", "));
    family.file("content/many.md", Built, |word| report(&many, word));
    let built = family.check(|_| {});
    assert!(built.said.contains("100000 topics are more than one report has"), "{}", built.said);
}
