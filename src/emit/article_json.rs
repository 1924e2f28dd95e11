use super::write::words::{self, PersonData, absolute};
use super::write::{Points, json};
use super::{ArticleInput, Emitter, OutFile};
use crate::archive::PhotoRecord;
use crate::model::{Annotations, Article, QuoteFact};
use crate::text::TextSpan;
use crate::view::rule_name;
use serde::Serialize;

/// Pixels across that lists want of a picture.
const THUMBNAIL: u32 = 480;

/// `index.json` beside an article: its words, its parts, and who said what where.
///
/// Places are pairs of start and end in characters of `text`. A quotation's `text` stands in the report word for word,
/// its pieces joined by " … " where something stood between.
pub(super) struct ArticleJson;

impl Emitter for ArticleJson {
    fn name(&self) -> &'static str {
        "article_json"
    }

    fn article(&self, input: &ArticleInput<'_>) -> Option<OutFile> {
        let path = format!("{}index.json", input.archive.article(input.id).address).into();
        Some(OutFile { path, bytes: json(&report(input)) })
    }
}

#[derive(Serialize)]
struct Report<'a> {
    url: String,
    headline: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kicker: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standfirst: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    section: &'a str,
    topics: Vec<&'a str>,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
    words: u32,
    corrections: Vec<CorrectionData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeData<'a>>,
    text: &'a str,
    parts: Vec<PartData<'a>>,
    quotations: Vec<QuotationData<'a>>,
    people: Vec<PersonData<'a>>,
    photographs: Vec<PhotoData<'a>>,
}

#[derive(Serialize)]
struct CorrectionData<'a> {
    date: String,
    text: &'a str,
    /// The words before, and those in their place now.
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<&'a str>,
}

#[derive(Serialize)]
struct NoticeData<'a> {
    date: String,
    /// Whether it says why a name is missing.
    withholds_name: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
}

#[derive(Serialize)]
struct PartData<'a> {
    /// Anchor in the page; empty for the opening.
    id: &'a str,
    heading: &'a str,
    at: [u32; 2],
}

#[derive(Serialize)]
struct QuotationData<'a> {
    id: &'a str,
    url: String,
    kind: &'static str,
    text: &'a str,
    at: Vec<[u32; 2]>,
    words: u32,
    /// Null where the report names nobody.
    speaker: Option<PersonData<'a>>,
    /// The report's words for a speaker without a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    unnamed: Option<&'a str>,
    rule: &'static str,
    confidence: f64,
    /// Whether an editor has decided.
    checked: bool,
}

#[derive(Serialize)]
struct PhotoData<'a> {
    url: String,
    /// Null where the picture is not held.
    picture: Option<String>,
    /// The same in a size for lists, where a smaller one is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    thumbnail: Option<String>,
    /// Pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    caption: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alt: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
    /// Where the licence is written down.
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    /// Fields that are the picture file's own words, this report having none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    from_file: Vec<&'static str>,
    shows: Vec<PersonData<'a>>,
}

fn report<'a>(input: &ArticleInput<'a>) -> Report<'a> {
    let ArticleInput { id, article, annotations, archive, site, .. } = *input;
    let record = archive.article(id);
    let (facts, furniture) = (&record.facts, &article.furniture);
    let zone = words::zone(site);
    let marked = |quote: &QuoteFact| marked(annotations, quote);
    let points = Points::new(
        &article.text,
        facts.quotes.iter().flat_map(marked).chain(article.parts.iter().map(|part| span_of(article, part.blocks))),
    );
    let quotation = |(at, quote): (u32, &'a QuoteFact)| {
        let chain = quote.speaker.and_then(|chain| facts.chains.get(chain as usize));
        let speaker = match record.speaker(at) {
            Some(person) => Some(PersonData::of(archive.person(person), site)),
            None => chain.map(|chain| PersonData { name: &chain.name, url: None }),
        };
        QuotationData {
            id: &quote.id,
            url: absolute(site, &words::quotation(record, quote)),
            kind: words::kind(quote.kind),
            text: &quote.text,
            at: marked(quote).map(|span| points.of(span)).collect(),
            words: quote.words,
            speaker,
            unnamed: quote.unnamed.as_deref(),
            rule: rule_name(quote.rule),
            confidence: words::confidence(quote.confidence),
            checked: quote.is_checked(),
        }
    };
    let photo = |photo: &'a PhotoRecord| PhotoData {
        url: absolute(site, &photo.address()),
        picture: photo.picture.as_ref().map(|picture| words::absolute_file(site, &picture.address)),
        thumbnail: photo.picture.as_ref().and_then(|picture| {
            let small = picture.at_least(THUMBNAIL).0;
            (*small != *picture.address).then(|| words::absolute_file(site, small))
        }),
        width: photo.picture.as_ref().map(|picture| picture.width),
        height: photo.picture.as_ref().map(|picture| picture.height),
        caption: &photo.facts.caption,
        alt: photo.facts.alt.as_deref(),
        credit: photo.facts.credit.as_deref(),
        rights: photo.facts.rights.as_deref(),
        licence: photo.file_facts().and_then(|file| file.licence.as_deref()),
        from_file: photo.from_file.clone(),
        shows: photo
            .shows
            .iter()
            .map(|person| PersonData::of(archive.person(*person), site))
            .chain(photo.named_by_file.iter().map(|name| PersonData { name, url: None }))
            .collect(),
    };
    Report {
        url: absolute(site, &record.address),
        headline: &furniture.headline,
        kicker: furniture.kicker.as_deref(),
        standfirst: furniture.standfirst.as_deref(),
        byline: furniture.byline.as_deref(),
        agency: facts.agency.as_deref(),
        published: facts.published.map(|at| words::date(at, &zone)),
        updated: facts.updated.map(|at| words::date(at, &zone)),
        section: &archive.section(record.section).name,
        topics: record.topics.iter().map(|topic| &*archive.topic(*topic).name).collect(),
        language: furniture.lang.as_deref().unwrap_or(&site.language),
        rights: furniture.rights.as_deref(),
        words: facts.words,
        corrections: furniture
            .corrections
            .iter()
            .map(|c| CorrectionData {
                date: words::date(c.at, &zone),
                text: &c.text,
                was: c.was.as_deref(),
                now: c.now.as_deref(),
            })
            .collect(),
        notices: furniture
            .notices
            .iter()
            .map(|n| NoticeData { date: words::date(n.at, &zone), withholds_name: n.withholds, text: &n.text })
            .collect(),
        text: &article.text,
        parts: article
            .parts
            .iter()
            .map(|part| PartData {
                id: &part.id,
                heading: part
                    .crosshead
                    .and_then(|block| article.blocks.get(block as usize))
                    .map_or("", |block| article.words_of(block)),
                at: points.of(span_of(article, part.blocks)),
            })
            .collect(),
        quotations: (0..).zip(&facts.quotes).map(quotation).collect(),
        people: record.people.iter().map(|person| PersonData::of(archive.person(*person), site)).collect(),
        photographs: record.photos.iter().map(|id| photo(archive.photo(*id))).collect(),
    }
}

/// Where the pieces of a quotation stand, their marks included.
fn marked<'a>(annotations: &'a Annotations, quote: &QuoteFact) -> impl Iterator<Item = TextSpan> + use<'a> {
    let parts = annotations.quotes.get(quote.quote as usize).map_or(&[][..], |quote| &quote.parts);
    parts.iter().map(|part| part.marked)
}

/// From the first byte of the first block to the last of the last.
fn span_of(article: &Article, (first, end): (u32, u32)) -> TextSpan {
    let blocks = article.blocks.get(first as usize..end as usize).unwrap_or_default();
    blocks.iter().map(|block| block.span).reduce(TextSpan::cover).unwrap_or_default()
}
