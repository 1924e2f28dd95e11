//! Where reports come from: the wires and papers that they name.

use super::desk::Desk;
use super::pages::Pages;
use super::plan::PageKey;
use super::{CountView, DateView, HeadView, LinkView, SourceRowView, SourceView, SourcesView};
use crate::archive::{ArticleId, Origin, OriginId};
use crate::config::SourceSettings;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Rights that are listed of those its reports state.
const MOST_RIGHTS: usize = 8;

/// Makes the page of all wires and papers.
pub(super) fn sources(desk: &Desk<'_>) -> SourcesView {
    let description = desk.of_site("sources.description");
    let row = |i: usize| {
        let origin = desk.archive.origin(OriginId::new(i));
        let range = first_and_last(desk, origin).map(|(first, last)| {
            let (first, last) = (desk.locale.brief_month_year(first), desk.locale.brief_month_year(last));
            if first == last { first } else { desk.locale.range(&first, &last) }
        });
        SourceRowView {
            source: desk.origin_count(OriginId::new(i)),
            range: range.unwrap_or_default().into(),
            rights: set(desk, origin).map(|set| set.rights.clone()).unwrap_or_default(),
        }
    };
    let n_named: usize = desk.archive.origins.iter().map(|origin| origin.articles.len()).sum();
    SourcesView {
        head: desk.head(desk.words.text("sources.title"), description, "sources/", ""),
        sources: (0..desk.archive.origins.len()).map(row).collect(),
        n_without: desk.archive.articles.len().saturating_sub(n_named),
    }
}

/// Makes one page of a wire or a paper. From when to when it reaches and what its reports state of their rights stands
/// on its own address alone: a source of many pages is read through once, and a full page stays as it is.
pub(super) fn source(desk: &Desk<'_>, id: OriginId, page: u32) -> SourceView {
    let origin = desk.archive.origin(id);
    let (n, number) = (origin.articles.len(), page as usize);
    let pages = Pages::new(n, desk.site.per_page);
    let is_own = number >= pages.total();
    let about = [("reports", &*desk.reports(n)), ("source", &*origin.name), ("site", &*desk.site.title)];
    let description = desk.words.fill("source.description", &about);
    let below = PageKey::Source(id, page).address(desk.archive, desk.site);
    let title = desk.paged(&origin.name, number, pages.total());
    let crumbs = vec![
        desk.link(desk.words.text("sources.title"), "sources/"),
        LinkView { text: origin.name.clone(), url: "".into(), lang: None },
    ];
    let (first, last) = first_and_last(desk, origin).filter(|_| is_own).unzip();
    let day = |date: Option<Date>| -> Option<DateView> { date.map(|date| desk.day(date)) };
    let set = set(desk, origin);
    SourceView {
        head: HeadView { crumbs, ..desk.head(&title, description, &below, "") },
        name: origin.name.clone(),
        about: set.map(|set| set.about.clone()).unwrap_or_default(),
        site: set.and_then(|set| set.url.clone()),
        rights: set.map(|set| set.rights.clone()).unwrap_or_default(),
        stated: if is_own { stated(desk, &origin.articles) } else { Vec::new() },
        first: day(first),
        last: day(last),
        days: desk.by_day(origin.articles[pages.of(number)].iter().rev().copied()),
        n,
        pages: pages.numbers(&desk.url(&origin.address()), number),
    }
}

/// What the settings say of a wire or a paper.
pub(super) fn set<'a>(desk: &Desk<'a>, origin: &Origin) -> Option<&'a SourceSettings> {
    desk.site.sources.named(&origin.name)
}

/// The first and the last day of its copy; the undated come first.
fn first_and_last(desk: &Desk<'_>, origin: &Origin) -> Option<(Date, Date)> {
    let date = |id: &ArticleId| desk.archive.article(*id).date();
    let mut ids = origin.articles.iter();
    Some((ids.find_map(date)?, origin.articles.last().and_then(date)?))
}

/// What reports state of their rights, with how many do, most first.
fn stated(desk: &Desk<'_>, articles: &[ArticleId]) -> Vec<CountView> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for rights in articles.iter().filter_map(|id| desk.archive.article(*id).facts.rights.as_deref()) {
        *counts.entry(rights).or_default() += 1;
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(rights, n)| (Reverse(*n), *rights));
    let view = |(rights, n): (&str, usize)| CountView { text: rights.into(), url: "".into(), n };
    counts.into_iter().take(MOST_RIGHTS).map(view).collect()
}
