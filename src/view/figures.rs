//! Photographs as figures: in a report, in lists, on their own page.

use super::desk::{Desk, shortened};
use super::{FigureView, LinkView};
use crate::archive::{ArticleId, PhotoId, PhotoRecord};
use crate::model::{Article, ChainId, Photo, PhotoFact};
use std::collections::BTreeSet;

/// Other reports named under a picture; the photograph's own page names all.
const MOST_USES: usize = 8;

/// People named under a picture in a list; its own page names all.
const MOST_SHOWN: usize = 60;

/// Bytes of the words under a picture in a list. A caption that names a thousand people stands on the pages of all.
const LONGEST_WORDS: usize = 4000;

/// A photograph as lists show it. `first` is fetched first.
pub(super) fn listed(desk: &Desk<'_>, id: PhotoId, first: bool) -> FigureView {
    let mut listed = of(desk, id, first, MOST_SHOWN);
    if desk.archive.photo(id).shows.len() > MOST_SHOWN {
        listed.shows.push(LinkView { text: "…".into(), url: "".into(), lang: None });
    }
    let picture = listed.picture.iter_mut().map(|picture| &mut picture.alt);
    for words in [&mut listed.caption, &mut listed.alt].into_iter().chain(picture) {
        if words.len() > LONGEST_WORDS {
            *words = shortened(words, LONGEST_WORDS).into();
        }
    }
    listed
}

/// A photograph on its own page, with all that the archive knows of it.
pub(super) fn alone(desk: &Desk<'_>, id: PhotoId) -> FigureView {
    of(desk, id, true, usize::MAX)
}

fn of(desk: &Desk<'_>, id: PhotoId, first: bool, most: usize) -> FigureView {
    let record = desk.archive.photo(id);
    let figure = figure(desk, id, &record.facts, record.from_file.clone());
    let people = record.shows.iter().take(most).map(|person| desk.person_link(*person));
    let date = record.first_use().and_then(|used| desk.archive.article(used.article).facts.published);
    let lang = record.first_use().and_then(|used| desk.archive.article(used.article).facts.lang.as_deref());
    FigureView {
        id: format!("photo-{}", record.id).into(),
        lang: desk.tongue(lang),
        shows: people.chain(strangers(record).take(most)).collect(),
        date: date.map(|at| desk.date(at)),
        first,
        ..figure
    }
}

/// A photograph in a report, with the words that this report gives it.
pub(super) fn in_report(desk: &Desk<'_>, report: ArticleId, article: &Article, photo: usize) -> FigureView {
    let record = desk.archive.article(report);
    let place = format!("photo-{}", photo + 1).into();
    let printed = article.photos.get(photo);
    let (Some(&id), Some(said)) = (record.photos.get(photo), record.facts.photos.get(photo)) else {
        // The facts of another version of the article: the caption still shows.
        let caption = printed.and_then(|p| p.caption).map(|span| span.of(&article.text).into());
        return FigureView { id: place, caption: caption.unwrap_or_default(), ..FigureView::default() };
    };
    let (facts, from_file) = desk.archive.photo(id).told(said);
    let uses = desk.archive.photo(id).uses.iter().map(|used| used.article).filter(|used| *used != report);
    let mut seen = BTreeSet::new();
    let held = desk.archive.photo(id);
    let shows = facts.shows.iter().filter_map(|chain| record.who(ChainId::new(*chain as usize)));
    let shows = shows.chain(held.shown_by_file.iter().copied());
    let people: Vec<LinkView> =
        shows.filter(|person| seen.insert(*person)).map(|person| desk.person_link(person)).collect();
    FigureView {
        id: place,
        shows: [people, strangers(held).collect()].concat(),
        file_photo: printed.is_some_and(|p: &Photo| p.file_photo),
        used_in: uses.take(MOST_USES).map(|used| desk.report_link(used)).collect(),
        first: photo == 0,
        ..figure(desk, id, &facts, from_file)
    }
}

/// People whom the file names and the archive does not know.
fn strangers(record: &PhotoRecord) -> impl Iterator<Item = LinkView> {
    record.named_by_file.iter().map(|name| LinkView { text: name.clone(), url: "".into(), lang: None })
}

fn figure(desk: &Desk<'_>, id: PhotoId, facts: &PhotoFact, from_file: Vec<&'static str>) -> FigureView {
    let record = desk.archive.photo(id);
    let alt = facts.alt.as_deref().unwrap_or(&facts.caption);
    let group = desk.archive.credit_of(id);
    FigureView {
        url: desk.url(&record.address()),
        picture: record.picture.as_ref().map(|picture| desk.picture(picture, alt)),
        alt: facts.alt.clone().unwrap_or_default(),
        caption: facts.caption.clone(),
        credit: facts.credit.as_ref().map(|credit| LinkView {
            text: credit.clone(),
            url: group.map(|group| desk.url(&group.address())).unwrap_or_default(),
            lang: None,
        }),
        rights: facts.rights.clone(),
        licence: record.file_facts().and_then(|file| file.licence.clone()),
        from_file,
        ..FigureView::default()
    }
}
