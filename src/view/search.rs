//! The page that searches the archive.

use super::desk::Desk;
use super::{HeadView, LinkView, SearchView};
use crate::archive::SectionId;

/// Makes the page; what is found there, `static/search.js` puts in.
pub(super) fn search(desk: &Desk<'_>) -> SearchView {
    let archive = desk.archive;
    let title = desk.words.text("search.title");
    let description = desk.of_site("search.description");
    let crumbs = vec![LinkView { text: title.into(), url: "".into(), lang: None }];
    let sections = (0..archive.sections.len()).map(|i| archive.section(SectionId::new(i)));
    let mut years: Vec<i16> =
        archive.calendar.years().rev().filter_map(|days| days.first()).map(|day| day.date.year()).collect();
    if archive.calendar.n_undated > 0 {
        years.push(0);
    }
    SearchView {
        head: HeadView { crumbs, ..desk.head(title, description, "search/", "search") },
        index: desk.url("search/index.json"),
        sections: sections.map(|section| (section.name.clone(), section.slug.clone())).collect(),
        years,
        n_reports: archive.articles.len(),
        n_quotes: *archive.n_quotes,
    }
}
