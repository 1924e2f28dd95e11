//! Photographs (theme specification §6).

use super::{DateView, HeadView, LinkView, PictureView};
use serde::Serialize;

/// A picture with its caption, in a report or in a contact sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureView {
    /// Address within the report, `photo-1`.
    pub id: Box<str>,
    /// The photograph's own page.
    pub url: Box<str>,
    /// The picture, where its file is held; otherwise the box says "Picture not held".
    pub picture: Option<PictureView>,
    /// Alt text as received.
    pub alt: Box<str>,
    /// The caption without credit.
    pub caption: Box<str>,
    /// The language of caption and alt text, where it is not the site's; none within a report, which says its own.
    pub lang: Option<Box<str>>,
    /// Addresses of quotations in the caption, `q-uoq6fc`: the caption is plain, so they stand beside it as
    /// empty anchors.
    pub anchors: Vec<Box<str>>,
    /// The credit in words, and its group on the credits page.
    pub credit: Option<LinkView>,
    /// People shown.
    pub shows: Vec<LinkView>,
    /// Licence or notice.
    pub rights: Option<Box<str>>,
    /// Where the licence is written down, an address on the web.
    pub licence: Option<Box<str>>,
    /// Which of "caption", "alt", "credit" and "rights" are the picture file's own words; the rest are the report's.
    pub from_file: Vec<&'static str>,
    /// "File picture" where the copy says so.
    pub file_photo: bool,
    /// Other reports that used it.
    pub used_in: Vec<LinkView>,
    /// The first picture of its page: fetched first, the rest lazily.
    pub first: bool,
    /// When it was first used.
    pub date: Option<DateView>,
}

/// The page of one photograph.
#[derive(Clone, Debug, Serialize)]
pub struct PhotoView {
    /// For `<head>`.
    #[serde(skip)]
    pub head: HeadView,
    /// The picture and all that is known of it.
    pub figure: FigureView,
    /// Reports that used it, oldest first.
    pub uses: Vec<PhotoUseView>,
    /// The photographs before and after it in time.
    pub earlier: Option<LinkView>,
    /// See `earlier`.
    pub later: Option<LinkView>,
}

/// A report that used a photograph.
#[derive(Clone, Debug, Serialize)]
pub struct PhotoUseView {
    /// The report, at the figure.
    pub report: LinkView,
    /// When.
    pub date: Option<DateView>,
    /// The caption there, where it differs.
    pub caption: Option<Box<str>>,
}
