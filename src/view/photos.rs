//! Photographs: contact sheet, record pages, credits.

use super::desk::{Desk, shortened};
use super::plan::{PageKey, photo_pages};
use super::{
    CreditsView, HeadView, LinkView, PhotoMonthView, PhotoUseView, PhotoView, PhotosView, figures, json_ld, meta,
};
use crate::archive::PhotoId;
use jiff::civil::Date;

/// Makes one page of the contact sheet.
pub(super) fn photos(desk: &Desk<'_>, page: u32) -> PhotosView {
    let pages = photo_pages(desk.archive);
    let number = page as usize;
    let mut months: Vec<(Option<Date>, PhotoMonthView)> = Vec::new();
    for (i, id) in pages.of(number).rev().map(PhotoId::new).enumerate() {
        let figure = figures::listed(desk, id, i == 0);
        let month = first_day(desk, id).map(|date| date.first_of_month());
        match months.last_mut() {
            Some((before, view)) if *before == month => view.photos.push(figure),
            _ => {
                let label = month.map_or_else(
                    || desk.words.text("photos.undated").to_owned(),
                    |month| desk.locale.month_year(month),
                );
                months.push((month, PhotoMonthView { month: label.into(), photos: vec![figure] }));
            }
        }
    }
    let description = desk.of_site("photos.description");
    let title = desk.paged(desk.words.text("photos.title"), number, pages.total());
    PhotosView {
        head: desk.head(&title, description, &PageKey::Photos(page).address(desk.archive, desk.site), "photos"),
        months: months.into_iter().map(|(_, view)| view).collect(),
        n: desk.archive.photos.len(),
        n_not_held: desk.archive.photos.iter().filter(|photo| photo.picture.is_none()).count(),
        pages: pages.numbers(&desk.url("photos/"), number),
    }
}

/// Makes the page of one photograph.
pub(super) fn photo(desk: &Desk<'_>, id: PhotoId) -> PhotoView {
    let record = desk.archive.photo(id);
    let title = title(desk, id);
    let uses = desk.reports(record.uses.len());
    let description = match &record.facts.credit {
        Some(credit) => desk.words.fill("photo.description-credited", &[("reports", &uses), ("credit", credit)]),
        None => desk.words.fill("photo.description", &[("reports", &uses)]),
    };
    let crumbs = vec![
        desk.link(desk.words.text("photos.title"), "photos/"),
        LinkView { text: title.clone().into(), url: "".into(), lang: None },
    ];
    let head = desk.head(&title, description, &record.address(), "photos");
    let beside = |id: PhotoId| desk.link(&self::title(desk, id), &desk.archive.photo(id).address());
    let (earlier, later) = (desk.archive.earlier_photo(id), desk.archive.later_photo(id));
    PhotoView {
        head: HeadView {
            crumbs,
            image: record.picture.as_ref().map(|picture| desk.preview_address(picture)),
            properties: record.picture.as_ref().map(|picture| meta::image(picture, &title)).unwrap_or_default(),
            json_ld: json_ld::photo(desk, id, &title),
            ..head
        },
        figure: figures::alone(desk, id),
        uses: record
            .uses
            .iter()
            .map(|used| {
                let article = desk.archive.article(used.article);
                let caption = article.facts.photos.get(used.photo as usize).map(|facts| facts.caption.clone());
                let below = format!("{}#photo-{}", article.address, used.photo + 1);
                PhotoUseView {
                    report: desk.headline_link(article, &below),
                    date: article.facts.published.map(|at| desk.date(at)),
                    caption: caption.filter(|c| *c != record.facts.caption && !c.is_empty()),
                }
            })
            .collect(),
        earlier: earlier.map(beside),
        later: later.map(beside),
    }
}

/// Makes the page of agencies and photographers.
pub(super) fn credits(desk: &Desk<'_>) -> CreditsView {
    let title = desk.words.text("credits.title");
    let description = desk.of_site("credits.description");
    let crumbs = vec![
        desk.link(desk.words.text("photos.title"), "photos/"),
        LinkView { text: desk.words.text("credits.crumb").into(), url: "".into(), lang: None },
    ];
    let agencies = desk.archive.credits.iter().map(|group| {
        let name = if group.name.is_empty() { desk.words.text("credits.no-credit").into() } else { group.name.clone() };
        let by = group
            .photographers
            .iter()
            .map(|(name, photos)| (name.clone(), photos.iter().map(|id| figures::listed(desk, *id, false)).collect()));
        (group.slug.clone(), name, by.collect())
    });
    CreditsView {
        head: HeadView { crumbs, ..desk.head(title, description, "photos/credits/", "photos") },
        agencies: agencies.collect(),
        n: desk.archive.photos.len(),
    }
}

/// The day a photograph was first used.
fn first_day(desk: &Desk<'_>, id: PhotoId) -> Option<Date> {
    desk.archive.photo(id).first_use().and_then(|used| desk.archive.article(used.article).date())
}

/// The first words of the caption; "Photograph of 14 Nov 2031" without one.
fn title(desk: &Desk<'_>, id: PhotoId) -> String {
    let title = shortened(&desk.archive.photo(id).facts.caption, 70);
    match first_day(desk, id) {
        _ if !title.is_empty() => title,
        Some(date) => desk.words.fill("photo.title-dated", &[("date", &desk.locale.brief(date))]),
        None => desk.words.text("photo.title").to_owned(),
    }
}
