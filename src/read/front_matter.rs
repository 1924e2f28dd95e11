//! The TOML at the head of a Markdown article, typed and strict.
//!
//! Knows the keys that users of Zola and Hugo type, and the furniture of news.

use crate::config::{Key, LONGEST_LINE, LONGEST_NAME, Sheet, Table, Text, is_language};
use crate::diag::{Noted, codes};
use crate::model::{Correction, Moment, Source, Status};
use crate::text::{FileSpan, is_unseen, slug};

use super::address;
use super::fence::Parted;

/// Front matter as written: nothing defaulted.
#[derive(Debug, Default)]
pub(super) struct FrontMatter<'s> {
    pub(super) headline: Option<Text<'s>>,
    pub(super) kicker: Option<Text<'s>>,
    pub(super) standfirst: Option<Text<'s>>,
    pub(super) byline: Option<Text<'s>>,
    pub(super) authors: Vec<Text<'s>>,
    pub(super) dateline: Option<Text<'s>>,
    pub(super) agency: Option<Box<str>>,
    pub(super) published: Option<Moment>,
    pub(super) updated: Option<Moment>,
    pub(super) section: Option<Box<str>>,
    /// At most [`TOPICS`].
    pub(super) tags: Vec<Box<str>>,
    /// Where the first stands of those that were too many, and how many were given.
    pub(super) more_tags: Option<(FileSpan, usize)>,
    /// Address-safe and not empty.
    pub(super) slug: Option<String>,
    /// Root-relative, safe: `/2031/11/tunnel/`.
    pub(super) aliases: Vec<Box<str>>,
    pub(super) lang: Option<Box<str>>,
    pub(super) rights: Option<Box<str>>,
    /// Oldest first.
    pub(super) corrections: Vec<Correction>,
    pub(super) status: Status,
    pub(super) embargo: Option<Moment>,
    pub(super) expires: Option<Moment>,
    pub(super) photos: Vec<PhotoEntry<'s>>,
}

/// One `[[photos]]`: a picture above the text, or more about one in it.
///
/// Where both it and the text give a caption, the one in the text is shown.
#[derive(Debug)]
pub(super) struct PhotoEntry<'s> {
    /// Checked, and as it is written: a name, or what a link in Markdown would say.
    pub(super) file: Box<str>,
    pub(super) file_at: FileSpan,
    pub(super) alt: Option<Text<'s>>,
    pub(super) caption: Option<Text<'s>>,
    pub(super) credit: Option<Text<'s>>,
    pub(super) rights: Option<Box<str>>,
}

const HEADLINE: Key = Key::new(&["title", "headline"], "\"Tunnel will open before the first frost\"", "the headline");
const KICKER: Key = Key::new(&["kicker"], "\"Harbour\"", "the short label above the headline").of_at_most(LONGEST_NAME);
const STANDFIRST: Key = Key::new(
    &["standfirst", "description", "summary"],
    "\"The minister says so; the engineer does not.\"",
    "the sentence or two under the headline",
);
const DATE: Key = Key::new(&["date", "published", "publishDate"], "2031-11-14", "when it was published");
const UPDATED: Key = Key::new(&["updated", "lastmod", "modified"], "2031-11-14T17:20:00Z", "when it was last changed");
const SECTION: Key = Key::new(&["section"], "\"Harbour\"", "the division of the archive").of_at_most(LONGEST_NAME);
const TAGS: Key =
    Key::new(&["tags", "topics", "keywords"], "[\"Calder tunnel\", \"Ferries\"]", "topics").of_at_most(LONGEST_NAME);
const AUTHORS: Key =
    Key::new(&["authors", "author"], "[\"Petra Voss\"]", "the writers' names").of_at_most(LONGEST_NAME);
const BYLINE: Key =
    Key::new(&["byline"], "\"By Petra Voss in Port Ansel\"", "who wrote it, as printed").of_at_most(LONGEST_LINE);
const DATELINE: Key = Key::new(&["dateline"], "\"Port Ansel\"", "where it was written").of_at_most(LONGEST_NAME);
const AGENCY: Key =
    Key::new(&["source", "agency"], "\"Northsound Wire\"", "the agency or paper it came from").of_at_most(LONGEST_NAME);
const DRAFT: Key = Key::new(&["draft"], "true", "whether it is held back");
const EMBARGO: Key =
    Key::new(&["embargo", "embargo_until"], "2031-11-14T09:00:00Z", "before when it is not to be seen");
const EXPIRES: Key =
    Key::new(&["expires", "expiryDate"], "2032-11-14T09:00:00Z", "from when on it is not to be seen any more");
const SLUG: Key = Key::new(&["slug"], "\"calder-tunnel\"", "the last part of the address").of_at_most(LONGEST_LINE);
const ALIASES: Key = Key::new(&["aliases"], "[\"/news/tunnel/\"]", "old addresses").of_at_most(LONGEST_LINE);
const LANG: Key =
    Key::new(&["lang", "language"], "\"fr\"", "the language, where it is not the site's").of_at_most(LONGEST_NAME);
const RIGHTS: Key = Key::new(&["rights", "license", "copyright"], "\"CC BY-SA 4.0\"", "licence or notice of the text")
    .of_at_most(LONGEST_LINE);
const CORRECTIONS: Key = Key::new(&["corrections"], "", "corrections made after publication");
const CORRECTION_DATE: Key = Key::new(&["date"], "2031-11-15", "when it was corrected");
const CORRECTION_TEXT: Key =
    Key::new(&["text"], "\"An earlier version named the wrong ferry.\"", "what was wrong and what is right");
const CORRECTION_WAS: Key = Key::new(&["was"], "\"four ferries\"", "the words as they stood before");
const CORRECTION_NOW: Key = Key::new(&["now"], "\"five ferries\"", "the words that stand in their place");
const PHOTOS: Key = Key::new(&["photos", "images", "pictures"], "", "pictures");
const FILE: Key =
    Key::new(&["file", "src", "path"], "\"tunnel.jpg\"", "where the picture lies").of_at_most(LONGEST_LINE);
const ALT: Key = Key::new(&["alt"], "\"A ferry at its berth\"", "what it shows, for readers who cannot see it");
const CAPTION: Key = Key::new(&["caption", "title"], "\"The Kittiwake at Westbank.\"", "the caption");
const CREDIT: Key =
    Key::new(&["credit"], "\"Ola Brandt/Northsound\"", "who made it, and for which agency").of_at_most(LONGEST_LINE);
const PHOTO_RIGHTS: Key =
    Key::new(&["rights", "license"], "\"Archive display only\"", "licence or notice").of_at_most(LONGEST_LINE);
const TAXONOMIES: Key = Key::new(&["taxonomies"], "", "Zola's table of topics");

/// Keys that mean something to Zola or Hugo and nothing here, and what to do instead.
const EXPLAINED: &[(&str, &str)] = &[
    ("weight", "take it out; reports are ordered by date"),
    ("template", "take it out; every report has the template article.html"),
    ("layout", "take it out; every report has the template article.html"),
    ("type", "take it out; every Markdown file below content/ is a report"),
    ("path", "write `slug` for the last part of the address, and `aliases` for old addresses"),
    ("url", "write `slug` for the last part of the address, and `aliases` for old addresses"),
    ("categories", "write `section = \"…\"` for the division, `tags = [\"…\"]` for topics"),
    ("series", "write it as one of the `tags`"),
    ("people", "take it out; people are found in the text"),
    ("in_search_index", "take it out; every published report can be found"),
    ("render", "take it out; write `draft = true` to hold a report back"),
    ("generate_feeds", "take it out; feeds have no setting"),
    ("paginate_by", "take it out; it belongs into site.toml as `per_page`"),
    ("isCJKLanguage", "take it out; write `lang` if the language is not the site's"),
    ("markup", "take it out; the file's name says that it is Markdown"),
    ("menu", "take it out; the menu shows sections"),
    ("cover", "write a `[[photos]]` table with `file`, `alt`, `caption` and `credit`"),
    ("image", "write a `[[photos]]` table with `file`, `alt`, `caption` and `credit`"),
    ("corrected", "write a `[[corrections]]` table with `date` and `text`"),
    ("correction", "write a `[[corrections]]` table with `date` and `text`"),
];

/// What we do with an article that has a fault.
pub(super) const LEFT_OUT: &str = "this article is left out; the others are built";

/// Reads the front matter of an article.
///
/// None where anything in it is at fault. Notes `front-matter-broken`, `key-unknown`, `key-twice`
/// and `value-type`, all of them. Tables `[extra]` and `[params]` are the user's own.
pub(super) fn front_matter<'s>(source: &'s Source, parted: &Parted) -> Noted<Option<FrontMatter<'s>>> {
    let sheet = Sheet {
        path: &source.path,
        text: &source.text,
        toml: parted.toml.clone(),
        name: "the front matter",
        broken: codes::FRONT_MATTER_BROKEN,
        note: LEFT_OUT,
        explained: EXPLAINED,
    };
    sheet.read(read)
}

fn read<'s>(table: &mut Table<'s>) -> FrontMatter<'s> {
    let mut matter = FrontMatter {
        headline: filled(table, &HEADLINE),
        kicker: filled(table, &KICKER),
        standfirst: filled(table, &STANDFIRST),
        byline: filled(table, &BYLINE),
        authors: table.text_or_texts(&AUTHORS).into_iter().filter(|a| !a.line().is_empty()).collect(),
        dateline: filled(table, &DATELINE),
        agency: table.text(&AGENCY).and_then(|t| t.filled()),
        published: table.moment(&DATE),
        updated: table.moment(&UPDATED),
        section: table.text(&SECTION).and_then(|t| t.filled()),
        rights: table.text(&RIGHTS).and_then(|t| t.filled()),
        status: if table.flag(&DRAFT) == Some(true) { Status::Draft } else { Status::Published },
        embargo: table.moment(&EMBARGO),
        expires: table.moment(&EXPIRES),
        ..FrontMatter::default()
    };
    (matter.tags, matter.more_tags) = tags(table, &mut matter.authors);
    if let Some(given) = table.text(&SLUG).filter(|t| !t.words.is_empty()) {
        match slug(&given.words) {
            empty if empty.is_empty() => {
                table.refuse(codes::VALUE_TYPE, given.span, "`slug` holds no letter and no digit", example(&SLUG));
            }
            safe => matter.slug = Some(safe),
        }
    }
    for given in table.texts(&ALIASES) {
        match alias(&given.words) {
            Some(address) => matter.aliases.push(address),
            None => table.refuse(
                codes::VALUE_TYPE,
                given.span,
                "an alias is a path of this site, without host, query, `..` or signs that cannot be seen",
                example(&ALIASES),
            ),
        }
    }
    if let Some(given) = table.text(&LANG).filter(|t| !t.words.is_empty()) {
        if is_language(&given.words) {
            matter.lang = Some(given.words.as_ref().into());
        } else {
            table.refuse(codes::VALUE_TYPE, given.span, "`lang` is not a BCP 47 tag", example(&LANG));
        }
    }
    matter.corrections = table.each(&CORRECTIONS, correction).into_iter().flatten().collect();
    matter.corrections.sort();
    matter.photos = table.each(&PHOTOS, photo).into_iter().flatten().collect();
    table.leave("extra");
    table.leave("params");
    matter
}

/// Topics of one article. Each has a feed in which the whole article stands: of a hundred thousand topics, what is
/// written would grow with the square of what is read.
const TOPICS: usize = 100;

/// Topics, at the top or in Zola's `[taxonomies]`; and where they are too many, from where on and how many they are.
fn tags<'s>(table: &mut Table<'s>, authors: &mut Vec<Text<'s>>) -> (Vec<Box<str>>, Option<(FileSpan, usize)>) {
    let top = table.texts(&TAGS);
    let (below, writers) =
        table.inner(&TAXONOMIES, |t| (t.texts(&TAGS), t.text_or_texts(&AUTHORS))).unwrap_or_default();
    let twice = [(&top, &below, "tags"), (&*authors, &writers, "authors")];
    for (above, below, name) in twice {
        if let (false, Some(second)) = (above.is_empty(), below.first()) {
            let message = format!("`{name}` stands both at the top and in `[taxonomies]`");
            table.refuse(codes::KEY_TWICE, second.span, message, "keep one of the two");
        }
    }
    authors.extend(writers.into_iter().filter(|a| !a.line().is_empty()));
    let mut tags: Vec<Box<str>> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let mut first_beyond = None;
    for (given, tag) in top.iter().chain(&below).filter_map(|given| Some((given, given.filled()?))) {
        if !seen.insert(tag.clone()) {
            continue;
        }
        if tags.len() < TOPICS {
            tags.push(tag);
        } else {
            first_beyond.get_or_insert(given.span);
        }
    }
    (tags, first_beyond.map(|span| (span, seen.len())))
}

fn correction(table: &mut Table<'_>) -> Option<Correction> {
    let date = table.moment(&CORRECTION_DATE);
    let was = table.text(&CORRECTION_WAS).and_then(|t| t.filled());
    let now = table.text(&CORRECTION_NOW).and_then(|t| t.filled());
    if date.is_none() {
        table.missing(&CORRECTION_DATE);
    }
    let text = table.needed(&CORRECTION_TEXT);
    Some(Correction { at: date?, text: text?, was, now })
}

fn photo<'s>(table: &mut Table<'s>) -> Option<PhotoEntry<'s>> {
    let file = table.text(&FILE);
    let (alt, caption, credit) = (filled(table, &ALT), filled(table, &CAPTION), filled(table, &CREDIT));
    let rights = table.text(&PHOTO_RIGHTS).and_then(|t| t.filled());
    let Some(file) = file else {
        table.missing(&FILE);
        return None;
    };
    let Some(name) = address::file(&file.words) else {
        let message = "`file` is neither a path nor an http or https address";
        table.refuse(codes::VALUE_TYPE, file.span, message, example(&FILE));
        return None;
    };
    Some(PhotoEntry { file: name, file_at: file.inside, alt, caption, credit, rights })
}

/// Text that has words; an empty string is as good as no key, since templates for new articles leave them.
fn filled<'s>(table: &mut Table<'s>, key: &'static Key) -> Option<Text<'s>> {
    table.text(key).filter(|text| !text.line().is_empty())
}

fn example(key: &Key) -> String {
    format!("write `{} = {}`", key.name(), key.example)
}

/// An old address as a root-relative path; none where it leads elsewhere or cannot be one.
fn alias(given: &str) -> Option<Box<str>> {
    let given = given.trim();
    let plain = !given.is_empty()
        && !given.starts_with("//")
        && !given.contains([':', '?', '#', '\\', '%'])
        && !given.chars().any(|c| c.is_control() || c.is_whitespace() || is_unseen(c));
    let climbs = given.split('/').any(|s| s == "." || s == "..");
    (plain && !climbs).then(|| if given.starts_with('/') { given.into() } else { format!("/{given}").into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_stay_in_the_site() {
        let check = |given: &str, expected: Option<&str>| assert_eq!(alias(given).as_deref(), expected, "{given}");
        check("/2031/11/tunnel/", Some("/2031/11/tunnel/"));
        check("old/tunnel.html", Some("/old/tunnel.html"));
        check("https://elsewhere.example/", None);
        check("//elsewhere.example/", None);
        check("/../etc/passwd", None);
        check("/a/%2e%2e/", None);
        check("\\\\host\\share", None);
        check("/a b", None);
        check("/\u{202e}ex/", None);
        check("/a\u{200b}/", None);
        for c in "\u{61c}\u{115f}\u{180e}\u{2028}\u{3164}\u{fe0f}\u{e0041}".chars() {
            check(&format!("/a{c}/"), None);
        }
        check("", None);
    }
}
