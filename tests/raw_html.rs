//! Whatever HTML stands in a report: a browser finds nothing in its page that is not ours, and no word is lost.

use super::support::{parsed, sound, woven};
use onrecord::config::{ReadSettings, Settings};
use onrecord::model::{Encoding, Source};
use onrecord::read;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// Cases of each property: `ONRECORD_HTML_CASES=20000 cargo test --test main -- raw_html::` takes some minutes.
fn cases() -> Config {
    let cases = std::env::var("ONRECORD_HTML_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// Markup in which every word is one that readers see.
const PLAIN: &[&str] = &[
    "<b>",
    "</b>",
    "<i class=x>",
    "</i>",
    "<em>",
    "</em>",
    "<s>",
    "</s>",
    "<sub>",
    "</sub>",
    "<sup onclick='x'>",
    "</sup>",
    "<ins>",
    "</ins>",
    "<code>",
    "</code>",
    "<a href=\"/x\">",
    "<a href='javascript:x'>",
    "<a>",
    "</a>",
    "<abbr title=\"a &amp; b\">",
    "</abbr>",
    "<q>",
    "</q>",
    "<br>",
    "<hr/>",
    "<wbr>",
    "<p>",
    "</p>",
    "<p style=\"x\">",
    "<h1>",
    "</h1>",
    "<h3>",
    "</h3>",
    "<ul>",
    "</ul>",
    "<ol start=3>",
    "</ol>",
    "<li>",
    "</li>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<div>",
    "</div>",
    "<section>",
    "</section>",
    "<span>",
    "</span>",
    "<table>",
    "</table>",
    "<thead>",
    "<tbody>",
    "</tbody>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "</th>",
    "<caption>",
    "</caption>",
    "<figure>",
    "</figure>",
    "<figcaption>",
    "</figcaption>",
    "<select>",
    "<option>",
    "</select>",
    "<form action=//evil>",
    "</form>",
    "<svg onload=x>",
    "</svg>",
    "<math>",
    "<mi>",
    "</math>",
    "<noscript>",
    "</noscript>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<plaintext>",
    "<xmp>",
    "</xmp>",
    "<none>",
    "</none>",
    "<o:p>",
    "</o:p>",
    "<button>",
    "</button>",
    "<input>",
    "<body>",
    "</body>",
    "<frameset>",
    "<",
    "</",
    ">",
    "\"",
    "'",
    "=",
    "&lt;",
    "&amp;",
    "&nbsp;",
    "&",
    "&#0;",
    "*",
    "**",
    "_",
    "[",
    "](/y)",
    "> ",
    "- ",
    "# ",
    "| ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "    ",
    "“",
    "”",
    "\u{e000}\u{e001}",
    "\u{f8ff}",
];

/// Markup that takes words with it.
const HIDING: &[&str] = &[
    "<script>",
    "</script>",
    "<script src=x>",
    "<style>",
    "</style>",
    "<iframe src=//evil>",
    "</iframe>",
    "<object>",
    "</object>",
    "<template>",
    "</template>",
    "<b",
    "~~",
    "`",
    "<video>",
    "</video>",
    "<!--",
    "-->",
    "<!-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
    "<!DOCTYPE x>",
    "<img src=a.jpg alt='",
    "' onerror=x>",
    "<img src=x alt=\"a &lt;b&gt;\" title='<i>'>",
    "<b title=\"",
    "\">",
    "<a href='",
    "'>",
    "<img src=javascript:x alt=y>",
];

/// Copy of these pieces with a word between each and the next, no two the same.
fn copy(pieces: &[(usize, bool)], of: &[&str]) -> (String, Vec<String>) {
    let mut text = String::from("+++\ntitle = \"A report\"\ndate = 2031-11-14\n+++\n\n");
    let mut words = Vec::new();
    for (i, (piece, says)) in pieces.iter().enumerate() {
        text.push_str(of[piece % of.len()]);
        if *says {
            let word = format!("word{i}w");
            text.push_str(&word);
            words.push(word);
        }
    }
    (text, words)
}

fn run(of: &[&str], check: impl Fn(&str, &[String])) {
    let pieces = prop::collection::vec((0..of.len(), any::<bool>()), 0..60);
    let tried = TestRunner::new(cases()).run(&pieces, |pieces| {
        let (text, words) = copy(&pieces, of);
        check(&text, &words);
        Ok(())
    });
    tried.unwrap_or_else(|fault| panic!("{fault}"));
}

#[test]
fn no_word_that_readers_would_see_is_lost_or_moved() {
    run(PLAIN, |text, words| {
        let (article, annotations) = sound::check("content/any.md", text).expect("an article");
        let mut at = 0;
        for word in words {
            let found = article.text[at..].find(word.as_str());
            let found =
                found.unwrap_or_else(|| panic!("{word} is not in its place in {:?}, from {text:?}", article.text));
            at += found + word.len();
        }
        woven::check(&article, &annotations);
        parsed::check(&article, &annotations);
    });
}

#[test]
fn whatever_hides_a_page_holds_nothing_that_is_not_ours() {
    let all = [PLAIN, HIDING, HIDING].concat();
    run(&all, |text, _| {
        if let Some((article, annotations)) = sound::check("content/any.md", text) {
            woven::check(&article, &annotations);
            parsed::check(&article, &annotations);
        }
    });
}

/// One line that begins with a word holds no block of HTML.
#[test]
fn what_passes_as_written_hides_the_words_that_would_fall() {
    let all: Vec<&str> = [PLAIN, HIDING, HIDING].concat();
    // What stands in a picture's attributes is the picture's, and a name that a word made is no element.
    let fits =
        |piece: &&str| !piece.contains(['\n', '!']) && !piece.starts_with("<img") && !["<", "</", "<b"].contains(piece);
    let line: Vec<&str> = all.into_iter().filter(fits).collect();
    run(&line, |text, words| {
        let (head, pieces) = text.rsplit_once("\n\n").expect("front matter");
        let text = format!("{head}\n\nwords {pieces}");
        let seen = |unsafe_html: bool| {
            let source = Source { path: "content/any.md".into(), text: text.as_str().into(), encoding: Encoding::Utf8 };
            let settings = ReadSettings { unsafe_html, ..Settings::default().read };
            let article = read::read(&source, &settings).value.expect("an article");
            let is_seen = |word: &&String| article.text.contains(word.as_str());
            words.iter().filter(is_seen).cloned().collect::<Vec<_>>()
        };
        assert_eq!(seen(true), seen(false), "{text:?}");
    });
}
