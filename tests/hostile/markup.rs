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
        // What browsers read otherwise the second time.
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg></p><style><a title=\"</style><img src onerror=alert(1)>\"></svg>",
        "<math><mi><table><mglyph><style><!--</style><a title=\"--&gt;&lt;/mglyph&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
        "<svg><title><![CDATA[</title><img src=x onerror=alert(1)>]]></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<noscript><style></noscript><img src=x onerror=alert(1)></style></noscript>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>",
        "<template><s><template><s><img src=x onerror=alert(1)>@shafigullin</s></template></s></template>",
        "<!--<img title=\"--><img src=x onerror=alert(1)>\">-->",
        "<!--->--><script>alert(1)</script>",
        "<!-- --!><img src=x onerror=alert(1)> -->",
        "<script><!--<script></script>--><img src=x onerror=alert(1)></script>",
        "<style><style/><img src=x onerror=alert(1)></style>",
        "<table><script>alert(1)</script><td><style>*{}</style><a href=javascript:alert(1)>x</table>",
        "<select><iframe></select><img src=x: onerror=alert(1)></iframe></select>",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a><a href=\"&#14;javascript:alert(1)\">x</a>",
        "<a href='https://calder.example/\"onmouseover=alert(1)'>x</a><abbr title='\"><script>alert(1)</script>'>x</abbr>",
        "<img src=\"x.png\" alt=\"`><script>alert(1)</script>\" title=\"'\"><img src=/x onerror=alert(1)>\">",
        "<a id=\"x\" name=\"body\" href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<q onclick=alert(1)><sub style=x>x</sub><ins cite=javascript:alert(1)>x</ins></q>",
        "<use href=\"data:image/svg+xml,<svg id=x onload=alert(1)>#x\">",
        "<image src=x onerror=alert(1)>",
        "<isindex action=javascript:alert(1) type=submit>",
        "<marquee onstart=alert(1)>x</marquee><blink>x</blink><keygen autofocus onfocus=alert(1)>",
        "<div\u{c}onmouseover=alert(1)\u{c}style=x>x</div>",
        "<b\u{0}onclick=alert(1)>x</b>",
        "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
        "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<link rel=stylesheet href=//evil><param name=x value=//evil><frameset><frame src=//evil></frameset>",
        "\u{e000}\u{e000}<b>\u{e000}\u{e001}</b>\u{f8ff}",
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

#[test]
fn only_the_owner_of_a_site_lets_html_pass() {
    let copy = "“We <b onclick=\"x\">sail</b>,” <script>let a = b*c*d; // “not a word”</script>said Ingrid Marsh.\n\n<div onclick=\"y\">\n“Now,” said Ola Brandt.\n</div>\n";
    let built = |settings: &str, keys: &str| {
        let site = super::Site::new();
        site.put(b"site.toml", [super::SETTINGS, settings].concat().as_bytes());
        site.put(b"content/sound.md", super::SOUND.as_bytes());
        site.put(b"content/html.md", report(keys, copy).as_bytes());
        site.build()
    };
    let page = |built: &super::Outcome| {
        let page = built.files.iter().find(|(path, _)| path.ends_with("html/index.html"));
        page.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
    };
    let asked = built("unsafe_html = true\n", "");
    let html = page(&asked).expect("a page");
    assert!(html.contains("“We <b onclick=\"x\">sail</b>,”</span>"), "{html}");
    assert!(html.contains("<script>let a = b*c*d; // “not a word”</script>"), "{html}");
    assert!(html.contains("\n<div onclick=\"y\">\n“Now,” said Ola Brandt.\n</div>\n"), "{html}");
    // What is told of the quotation is its words, and an HTML block is looked through by nobody.
    let told = asked.files.iter().find(|(path, _)| path.ends_with("html/index.json")).expect("its data").1;
    let told: serde_json::Value = serde_json::from_slice(told).expect("JSON");
    let quotations = told["quotations"].as_array().expect("quotations");
    assert_eq!(quotations.len(), 1, "{told}");
    assert!(quotations[0].to_string().contains("“We sail,”"), "{told}");
    assert!(!told.to_string().contains("not a word"), "{told}");
    for (path, bytes) in &asked.files {
        assert!(
            !path.ends_with(".xml") || roxmltree::Document::parse(&String::from_utf8_lossy(bytes)).is_ok(),
            "{path}"
        );
    }

    let html = page(&built("", "")).expect("a page");
    assert!(html.contains("“We <strong>sail</strong>,”") && !html.contains("onclick"), "{html}");
    let refused = built("", "unsafe_html = true");
    assert!(page(&refused).is_none() && refused.said.contains("key-unknown"), "{}", refused.said);
}
