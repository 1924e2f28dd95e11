//! The table of settings: every key of `site.toml`, in the order in which they are explained.

use super::pictures::{self, PICTURES};
use super::site_toml as keys;
use super::{Host, Key, Setting, Settings, Statements, Takes};
use crate::model::Moment;
use serde_json::{Map, Value, json};

const EXTRA: Key = Key::new(&["extra"], "{ founded = 1868 }", "keys of your own, a table");

/// Every key of `site.toml`.
pub const SETTINGS: &[Setting] = &[
    Setting::new(
        &keys::TITLE,
        Takes::Filled,
        "The archive's name; its last word is set in italics in the masthead.",
        |s| Some(json!(s.site.title)),
    ),
    Setting::new(
        &keys::DESCRIPTION,
        Takes::Text,
        "One sentence about the archive, for search engines and link previews.",
        |s| Some(json!(s.site.description)),
    ),
    Setting::new(
        &keys::BASE_URL,
        Takes::Address,
        "The address at which the site will stand. It may lie below a path: \"https://host.example/archive/\". \
         `--base-url` on the command line takes its place.",
        |s| Some(json!(s.site.base_url)),
    ),
    Setting::new(&keys::LANGUAGE, Takes::Language, "The language of the archive, as a BCP 47 tag.", |s| {
        Some(json!(s.site.language))
    }),
    Setting::new(
        &keys::TIMEZONE,
        Takes::Zone,
        "The zone of times that give none, by its name in the IANA database.",
        |s| Some(json!(s.site.timezone)),
    ),
    Setting::new(&keys::RIGHTS, Takes::Text, "The notice in the footer of every page.", |s| Some(json!(s.site.rights))),
    Setting::new(
        &keys::QUESTION,
        Takes::Contact,
        "Where “Question” leads, the link beside every mark: a mailto: or an https: address. Without it there is no \
         such link.",
        |s| s.site.question.as_ref().map(|address| json!(address)),
    ),
    Setting::new(&keys::PER_PAGE, Takes::Whole(1, 1000), "Reports on one page of a list, 1 to 1000.", |s| {
        Some(json!(s.site.per_page))
    }),
    Setting::new(
        &keys::THRESHOLD,
        Takes::Number(0.0, 1.0),
        "From this confidence on a speaker is shown as sure; below it the mark carries a question mark. 0 to 1.",
        |s| Some(number(s.site.threshold)),
    ),
    Setting::new(
        &keys::SECTION,
        Takes::Filled,
        "The section of a report that names none, has no kicker and lies in no section’s folder.",
        |s| Some(json!(s.read.section)),
    ),
    Setting::new(
        &keys::INDIRECT,
        Takes::Flag,
        "Whether reported speech (“she said the bore was dry”) is marked as well as quotations.",
        |s| Some(json!(s.annotate.statements != Statements::None)),
    ),
    Setting::new(
        &keys::UNSAFE_HTML,
        Takes::Flag,
        "Whether raw HTML in Markdown is published as it is written, scripts and all; else it is cleaned. Only where \
         every report is your own.",
        |s| Some(json!(s.read.unsafe_html)),
    ),
    Setting::new(
        &keys::PAGE_BUDGET,
        Takes::Whole(1, 100_000),
        "What a page with its styles and scripts may weigh, compressed, in kilobytes; `onrecord check` says which are \
         heavier.",
        |s| Some(json!(s.check.page_budget)),
    ),
    Setting::new(
        &keys::NOW,
        Takes::Moment,
        "The moment for which the site is built, in place of the present; what is dated later is held back. `--now` \
         takes its place.",
        |s| s.now.map(|now| json!(moment(now))),
    ),
    Setting::new(
        &keys::QUOTATION_PAGES,
        Takes::Flag,
        "Whether each quotation also has a page of its own, /q/uoq6fc/, for sharing.",
        |s| Some(json!(s.site.quotation_pages)),
    ),
    Setting::new(
        &keys::TEI,
        Takes::Flag,
        "Whether each report also lies beside its page as TEI, article.tei.xml, for scholars.",
        |s| Some(json!(s.site.tei)),
    ),
    Setting::new(
        &keys::HOST,
        Takes::Choice(&Host::NAMES),
        "Where the site is published: which files that host reads are written beside the pages, for redirects, \
         withdrawn reports and security headers.",
        |s| Some(json!(s.site.host.name())),
    ),
    Setting::new(
        &keys::INLINE_CSS,
        Takes::Flag,
        "Whether every page holds the theme's style sheet itself: it then waits for one answer rather than two, and weighs more. \
         The host's policy must then allow it; `policy.txt` beside the pages is that policy.",
        |s| Some(json!(s.site.inline_css)),
    ),
    Setting::new(
        &keys::SOURCES,
        Takes::Tables(SOURCE),
        "What is known of the wires and papers that reports name: `about`, `rights` and `url` may each be left out.",
        |s| Some(sources(s)),
    ),
    Setting::new(&PICTURES, Takes::Table(PICTURE), "What is published of pictures.", |_| Some(json!({}))),
    Setting::new(&keys::SEARCH, Takes::Table(SEARCH), "The search of the archive.", |_| Some(json!({}))),
    Setting::new(&EXTRA, Takes::Anything, "Keys of your own; onrecord does not look at them.", |_| None),
];

const SOURCE: &[Setting] = &[
    Setting::new(&keys::SOURCE_NAME, Takes::Filled, "The wire or paper, as its reports name it, in any case.", |_| {
        None
    })
    .needed(),
    Setting::new(&keys::SOURCE_ABOUT, Takes::Text, "A sentence about it.", |_| None),
    Setting::new(&keys::SOURCE_RIGHTS, Takes::Text, "Licence or notice of its copy.", |_| None),
    Setting::new(&keys::SOURCE_URL, Takes::Page, "Its own address.", |_| None),
];

const PICTURE: &[Setting] = &[
    Setting::new(
        &pictures::SIZES,
        Takes::Wholes(16, 8000, pictures::MOST_SIZES),
        "Widths in pixels in which pictures are offered, where the picture is wider.",
        |s| Some(json!(s.pictures.sizes)),
    ),
    Setting::new(
        &pictures::QUALITY,
        Takes::Whole(1, 100),
        "Quality of the pictures that are made, 1 to 100, as JPEG counts.",
        |s| Some(json!(s.pictures.quality)),
    ),
    Setting::new(
        &pictures::FORMATS,
        Takes::Choices(&["jpeg", "webp"]),
        "Formats of the pictures that are made; without `webp` there is JPEG alone, and PNG for drawings.",
        |s| Some(if s.pictures.webp { json!(["jpeg", "webp"]) } else { json!(["jpeg"]) }),
    ),
    Setting::new(
        &pictures::LARGEST,
        Takes::Whole(100, 16_000),
        "No side of a published picture is longer, in pixels.",
        |s| Some(json!(s.pictures.largest)),
    ),
    Setting::new(
        &pictures::ORIGINALS,
        Takes::Flag,
        "Whether the files are published as they are, with everything that cameras wrote into them, places too.",
        |s| Some(json!(s.pictures.originals)),
    ),
];

const SEARCH: &[Setting] = &[Setting::new(
    &keys::SEARCH_ENABLED,
    Takes::Flag,
    "Whether there is a page that searches the archive, with its index and the links to it.",
    |s| Some(json!(s.site.search)),
)];

/// By the shortest digits that mean it: widened as it is, 0.8 would be 0.800000011920929.
fn number(value: f32) -> Value {
    json!(value.to_string().parse::<f64>().unwrap_or_default())
}

/// As TOML writes it.
fn moment(moment: Moment) -> String {
    let mut out = moment.date.to_string();
    if let Some(time) = moment.time {
        out += &format!("T{time}");
    }
    match moment.offset.map(|offset| offset.seconds() / 60) {
        Some(0) => out.push('Z'),
        Some(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            out += &format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
        }
        None => {}
    }
    out
}

fn sources(settings: &Settings) -> Value {
    let row = |source: &super::SourceSettings| {
        let mut row = Map::new();
        row.insert("name".to_owned(), json!(source.name));
        for (key, words) in [("about", &source.about), ("rights", &source.rights)] {
            if !words.is_empty() {
                row.insert(key.to_owned(), json!(words));
            }
        }
        if let Some(url) = &source.url {
            row.insert("url".to_owned(), json!(url));
        }
        Value::Object(row)
    };
    Value::Array(settings.site.sources.iter().map(row).collect())
}
