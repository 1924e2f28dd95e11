//! The report page, put together.

use super::blocks::body;
use super::cast::Cast;
use super::desk::{Desk, shortened};
use super::layers::{Layers, Marked};
use super::{
    ArticleView, ChipView, HeadView, LinkView, NeighbourView, NoticeView, about, figures, former, json_ld, meta, notes,
    strip,
};
use crate::archive::{ArticleId, ArticleRecord, PersonId};
use crate::model::{Annotations, Article, Block, BlockKind, Form, Notice, QuoteFact};
use crate::text::TextSpan;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Makes the page of one report. `article` and `annotations` are those whose facts the archive joined.
pub(super) fn report(desk: &Desk<'_>, id: ArticleId, article: &Article, annotations: &Annotations) -> ArticleView {
    let record = desk.archive.article(id);
    let furniture = &article.furniture;
    let cast = Cast::new(desk, id);
    let section = desk.section_link(record.section);
    let marked = marked(desk, record, annotations, &cast);
    let Places { captions, loose } = Places::new(article, &marked);
    let layers = Layers::new(article, annotations, &marked, names(desk, record, article, annotations));
    let figure = |photo| {
        let mut figure = figures::in_report(desk, id, article, photo);
        figure.anchors = in_caption(&captions, photo);
        figure
    };
    let speaking: BTreeSet<PersonId> = cast.speakers.iter().filter_map(|s| s.person).collect();
    let endnote = |b: &&Block| b.kind == BlockKind::Endnote;
    ArticleView {
        head: head(desk, id, article, &cast),
        kicker: furniture.kicker.clone().filter(|kicker| !kicker.eq_ignore_ascii_case(&section.text)),
        notices: furniture.notices.iter().map(|notice| notice_view(desk, notice)).collect(),
        headline: furniture.headline.clone(),
        standfirst: furniture.standfirst.clone(),
        agency: furniture.agency.clone(),
        byline: furniture.byline.clone(),
        published: record.facts.published.map(|at| desk.date(at)),
        updated: record.facts.updated.filter(|at| Some(*at) > record.facts.published).map(|at| desk.date(at)),
        words: record.facts.words as usize,
        from_year: from_year(record.date(), desk.today()).into(),
        lang: desk.tongue(furniture.lang.as_deref()),
        strip: strip::strip(article, annotations, record, &cast),
        speakers: cast.views(desk, &record.facts.quotes),
        body: body(article, &layers, loose, figure),
        endnotes: article.blocks.iter().filter(endnote).map(|b| article.words_of(b).into()).collect(),
        notes: notes::notes(desk, id, article, annotations, &cast),
        about: about::about(desk, id, article),
        topics: record.topics.iter().map(|id| topic_link(desk, *id)).collect(),
        named: record.people.iter().filter(|p| !speaking.contains(p)).map(|p| desk.person_link(*p)).collect(),
        earlier: desk.archive.earlier_in_section(id).map(|id| neighbour(desk, id)),
        later: desk.archive.later_in_section(id).map(|id| neighbour(desk, id)),
        section,
    }
}

/// A notice with words of its own: a name that is missing is told of even where nobody says why.
pub(super) fn notice_view(desk: &Desk<'_>, notice: &Notice) -> NoticeView {
    let text = if notice.text.is_empty() { desk.words.text("report.withheld").into() } else { notice.text.clone() };
    NoticeView { date: desk.date(notice.at), withholds: notice.withholds, text }
}

fn neighbour(desk: &Desk<'_>, id: ArticleId) -> NeighbourView {
    let LinkView { text: headline, url, lang } = desk.report_link(id);
    NeighbourView { url, headline, lang, date: desk.archive.article(id).facts.published.map(|at| desk.date(at)) }
}

fn topic_link(desk: &Desk<'_>, id: crate::archive::TopicId) -> LinkView {
    let topic = desk.archive.topic(id);
    desk.link(&topic.name, &topic.address())
}

/// The quotations with their marks' words.
fn marked<'a>(
    desk: &Desk<'_>,
    record: &'a ArticleRecord,
    annotations: &'a Annotations,
    cast: &'a Cast<'_>,
) -> Vec<Marked<'a>> {
    let mut former: Vec<Vec<Box<str>>> = vec![Vec::new(); record.facts.quotes.len()];
    for (quote, id) in former::former(&record.facts.quotes, &record.facts.corrections) {
        former[quote].push(id);
    }
    let mut mark = |(i, fact): (usize, &'a QuoteFact)| {
        let quote = annotations.quotes.get(fact.quote as usize)?;
        let speaker = cast.of(i);
        let chip = ChipView {
            initials: speaker.chip.initials.clone(),
            name: speaker.chip.name.clone(),
            slot: speaker.chip.slot.clone(),
            target: format!("#n-{}", fact.id).into(),
            number: i + 1,
            direct: fact.kind.is_marked_speech(),
            unsure: !desk.is_sure(fact),
            lead: false,
        };
        Some(Marked { quote, id: &fact.id, slot: &speaker.chip.slot, former: std::mem::take(&mut former[i]), chip })
    };
    record.facts.quotes.iter().enumerate().filter_map(&mut mark).collect()
}

/// The first mention by name of each person who has a page, in the body's paragraphs.
fn names(
    desk: &Desk<'_>,
    record: &ArticleRecord,
    article: &Article,
    annotations: &Annotations,
) -> Vec<(TextSpan, Box<str>)> {
    let mut linked = BTreeSet::new();
    let mut names = Vec::new();
    for mention in &annotations.mentions {
        let named = matches!(mention.form, Form::FullName | Form::Surname | Form::GivenName | Form::Honorific);
        let Some(person) = mention.chain.filter(|_| named).and_then(|chain| record.who(chain)) else { continue };
        if in_body(article, mention.span) && linked.insert(person) {
            names.push((mention.span, desk.url(&desk.archive.person(person).address())));
        }
    }
    names
}

/// Whether a span stands in a paragraph of the body.
pub(super) fn in_body(article: &Article, span: TextSpan) -> bool {
    block_at(article, span).is_some_and(|b| b.kind == BlockKind::Paragraph)
}

/// The block that holds a span.
fn block_at(article: &Article, span: TextSpan) -> Option<&Block> {
    let at = article.blocks.partition_point(|b| b.span.start <= span.start).checked_sub(1)?;
    Some(&article.blocks[at]).filter(|b| b.span.contains(span))
}

/// Addresses of quotations whose words are not woven: those of captions, and of lines not in the body.
struct Places {
    captions: Vec<(u32, Box<str>)>,
    loose: Vec<Box<str>>,
}

impl Places {
    fn new(article: &Article, marked: &[Marked<'_>]) -> Self {
        let mut places = Self { captions: Vec::new(), loose: Vec::new() };
        for mark in marked {
            let first = mark.quote.parts.first().and_then(|part| block_at(article, part.marked));
            let anchors = std::iter::once(mark.id).chain(mark.former.iter().map(|id| &**id));
            let anchors = anchors.map(|id| ["q-", id].concat().into());
            match first.map(|b| b.kind) {
                Some(BlockKind::Paragraph) => {}
                Some(BlockKind::Caption(photo)) => places.captions.extend(anchors.map(|anchor| (photo, anchor))),
                _ => places.loose.extend(anchors),
            }
        }
        places.captions.sort();
        places
    }
}

/// The addresses that belong to one photo's caption.
fn in_caption(captions: &[(u32, Box<str>)], photo: usize) -> Vec<Box<str>> {
    let from = captions.partition_point(|(p, _)| (*p as usize) < photo);
    captions[from..].iter().take_while(|(p, _)| *p as usize == photo).map(|(_, id)| id.clone()).collect()
}

/// The report's year, where it is over a year older than the archive's newest report.
fn from_year(date: Option<Date>, today: Option<Date>) -> String {
    let old = date.zip(today).is_some_and(|(date, today)| date.checked_add(1.year()).is_ok_and(|then| then < today));
    date.filter(|_| old).map(|date| date.year().to_string()).unwrap_or_default()
}

fn head(desk: &Desk<'_>, id: ArticleId, article: &Article, cast: &Cast<'_>) -> HeadView {
    let record = desk.archive.article(id);
    let description = match &record.facts.standfirst {
        Some(standfirst) => standfirst.to_string(),
        None => first_words(article),
    };
    let pictures = record.photos.iter().zip(&record.facts.photos);
    let picture = pictures.filter_map(|(id, facts)| Some((desk.archive.photo(*id).picture.as_ref()?, facts))).next();
    let data = |file: &str| desk.url(&[&*record.address, file].concat());
    let mut properties = meta::report(desk, id);
    if let Some((picture, facts)) = picture {
        properties.splice(0..0, meta::image(picture, facts.alt.as_deref().unwrap_or(&facts.caption)));
    }
    let words = |key: &str| -> Box<str> { desk.words.text(key).into() };
    HeadView {
        properties,
        names: meta::citation(desk, id, article),
        cite_as: Some(desk.absolute(&record.address)),
        og_type: "article",
        noindex: record.facts.noindex,
        image: picture.map(|(picture, _)| desk.preview_address(picture)),
        json_ld: Some(json_ld::report(desk, id, article, cast)),
        alternates: [
            Some(("application/json", words("report.json"), data("index.json"))),
            desk.site.tei.then(|| ("application/tei+xml", words("report.tei"), data("article.tei.xml"))),
            Some(("text/plain", words("report.data-text"), data("received.txt"))),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..desk.head(&record.facts.headline, description, &record.address, "sections")
    }
}

/// The first paragraph's first words.
fn first_words(article: &Article) -> String {
    let paragraph = article.blocks.iter().find(|b| b.kind == BlockKind::Paragraph);
    shortened(paragraph.map(|b| article.words_of(b)).unwrap_or_default(), 200)
}
