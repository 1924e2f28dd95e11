use super::{Built, Family, report};

/// What breaks out of text, attributes, titles, scripts, comments, XML, CSV and templates, wherever it is not escaped.
const BREAKOUT: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}]]><!--</title></textarea></style>\
                        javascript:alert(1) &lt;b&gt; \u{2028}\u{202e}";

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\u{2028}', "\\u2028"))
}

#[test]
fn no_field_becomes_markup() {
    let mut family = Family::default();
    let keys = ["title", "kicker", "standfirst", "byline", "dateline", "agency", "section", "rights"];
    let heads = ["", "=1+1", "+1", "-1", "@SUM(1)", "\t=1"];
    for (i, key) in keys.iter().enumerate() {
        let value = quoted(&format!("{}{BREAKOUT}", heads[i % heads.len()]));
        let matter = if *key == "title" { String::new() } else { "title = \"a\"\n".to_owned() };
        let text = move |word: &str| {
            format!("+++\n{matter}{key} = {value}\ndate = 2031-01-01\n+++\n\n“We sail,” said Ingrid Marsh. {word}\n")
        };
        family.file(format!("content/{key}.md"), Built, text);
    }
    let b = quoted(BREAKOUT);
    family.file("content/lists.md", Built, |word| {
        let keys = format!("tags = [{b}, \"=1+1\"]\nauthors = [{b}]\n[[photos]]\nfile = \"a.jpg\"\nalt = {b}\ncaption = {b}\ncredit = {b}\nrights = {b}\n[[corrections]]\ndate = 2031-02-01\ntext = {b}");
        report(&keys, word)
    });
    family.file("content/body.md", Built, |word| {
        report("", &format!("“{BREAKOUT} {word},” said Ingrid Marsh.\n\n# {BREAKOUT}\n\n“=1+1 and so on,” said Ola Brandt.\n\n[{BREAKOUT}](https://calder.example/%22%3e \"{}\")", BREAKOUT.replace('"', "'")))
    });
    family.file("content/wire.txt", Built, |word| {
        format!("{BREAKOUT}\n\n{BREAKOUT}\n\nBy {BREAKOUT}\n\n“{BREAKOUT} {word},” said Ingrid {BREAKOUT} Marsh.\n\nA ferry. ({BREAKOUT}/Northsound)\n")
    });
    family.beside(
        "content/people/ingrid-marsh.md",
        format!(
            "+++\nname = \"Ingrid Marsh\"\naliases = [{b}]\nsummary = {b}\npronouns = {b}\nsame_as = [\"https://calder.example/%22\"]\n[[roles]]\ntitle = {b}\nfrom = 2030-01-01\n+++\n{BREAKOUT}\n"
        ),
    );
    let built = family.check(|_| {});
    assert!(!built.files.values().any(|bytes| super::contains(bytes, "{{ 49 }}")), "copy is no template");
}

#[test]
fn no_link_runs() {
    let mut family = Family::default();
    let addresses = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java&#10;script:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "\u{1}javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "//evil.example",
        "\\\\evil",
        "/\\evil",
        "/\t/evil",
        "file:///etc/passwd",
        "blob:x",
        "view-source:x",
        "feed:javascript:x",
        "about:blank",
        "jar:x",
        "ms-word:x",
        "\u{feff}javascript:x",
        "javascript\u{0}:x",
        "x:y",
        "%6aavascript:x",
    ];
    for (i, address) in addresses.iter().enumerate() {
        family.file(format!("content/{i}.md"), Built, |word| {
            report("", &format!("[{word}](<{address}>) ![a](<{address}>) <{address}> [r]\n\n<a href=\"{address}\">x</a>\n\n[r]: <{address}>"))
        });
    }
    family.check(|_| {});
}

#[test]
fn raw_html_is_never_active() {
    let mut family = Family::default();
    let html = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<iframe src=javascript:alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<b onclick=alert(1)>x</b>",
        "<style>*{x:expression(1)}</style>",
        "<base href=//evil>",
        "<meta http-equiv=refresh content=0;url=//evil>",
        "<object data=x>",
        "<embed src=x>",
        "<form action=//evil><input name=x>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<script>]]>",
        "<?php echo 1 ?>",
        "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<template><script>alert(1)</script></template>",
        "<details open ontoggle=alert(1)>",
        "<scr<script>ipt>alert(1)</script>",
        "<p style=\"background:url(//evil)\">x</p>",
        "<b",
        "</p></main></body>",
        "<textarea>",
        "<title>",
        "<xmp>",
        "<plaintext>",
        "<svg><foreignObject><script>alert(1)</script>",
        "<a\nhref=javascript:alert(1)>x",
    ];
    for (i, html) in html.iter().enumerate() {
        family.file(format!("content/inline-{i}.md"), Built, |word| report("", &format!("Words {html} and {word}.")));
        family.file(format!("content/block-{i}.md"), Built, |word| {
            report("", &format!("{html}\n\n{word}\n\n<div>\n{html}\n</div>\n\nThe end."))
        });
        family.file(format!("content/wire-{i}.txt"), Built, |word| {
            format!("{html}\n\n{html}\n\nWords {html} and {word}.\n")
        });
    }
    family.check(|_| {});
}
