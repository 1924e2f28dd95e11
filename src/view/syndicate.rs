//! The body of a report as other sites show it: plain words and pictures, with addresses that hold anywhere.

use super::desk::Desk;
use super::layers::Layers;
use super::{BlockView, FigureView, Inline, LinkView, NoticeView, blocks, figures, report};
use crate::archive::{Archive, ArticleId};
use crate::config::Settings;
use crate::model::{Annotations, Article, Notice};

/// Makes the body of a report for feeds: no marks of ours, every address absolute.
pub fn syndicated(archive: &Archive, settings: &Settings, id: ArticleId, article: &Article) -> Vec<BlockView> {
    let desk = &Desk::new(archive, settings);
    let here = desk.absolute(&archive.article(id).address);
    let mut layers = Layers::new(article, &Annotations::default(), &[], Vec::new());
    layers.readdress(|address| absolute(desk, &here, address));
    let figure = |photo| {
        let mut figure = figures::in_report(desk, id, article, photo);
        if let Some(picture) = &mut figure.picture {
            picture.src = absolute(desk, &here, &picture.src);
        }
        FigureView { credit: figure.credit.map(|credit| LinkView { url: "".into(), ..credit }), ..figure }
    };
    let notice = |notice: &Notice| {
        let date = desk.date(notice.at).day;
        let NoticeView { text, .. } = report::notice_view(desk, notice);
        let words = desk.words.fill("report.notice", &[("date", &date), ("words", &text)]);
        BlockView::Paragraph(vec![Inline::Emphasis(vec![Inline::Text(words.into())])])
    };
    let notices = article.furniture.notices.iter().map(notice);
    notices.chain(blocks::body(article, &layers, Vec::new(), figure)).collect()
}

/// An address as a page writes it, with scheme and host; `here` is the page's own.
fn absolute(desk: &Desk<'_>, here: &str, address: &str) -> Box<str> {
    let host = desk.site.base_url.strip_suffix(&*desk.site.root).unwrap_or_default();
    match address {
        path if path.starts_with('/') && !path.starts_with("//") => [host, path].concat().into(),
        fragment if fragment.starts_with('#') => [here, fragment].concat().into(),
        other => other.into(),
    }
}
