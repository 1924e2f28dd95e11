//! The body of a report as the HTML that feeds carry.

use super::html::{html, phrase};
use super::weave::{Run, weave};
use crate::view::{BlockView, FigureView};
use crate::words::Words;

/// Draws a body whose addresses are absolute. Pictures that are not held leave their captions.
pub fn content(blocks: &[BlockView], words: &Words) -> String {
    let mut out = String::with_capacity(4096);
    for run in weave(blocks, words) {
        match run {
            Run::Html(html) => out.push_str(&html),
            Run::Figure(of) => figure(of, words, &mut out),
        }
    }
    out
}

fn figure(of: &FigureView, words: &Words, out: &mut String) {
    html!(out; "<figure>");
    if let Some(picture) = &of.picture {
        let (width, height) = (picture.width.to_string(), picture.height.to_string());
        html!(out; r#"<img src=""# (&picture.src) r#"" width=""# (&width) r#"" height=""# (&height) r#"" alt=""#
            (&picture.alt) r#"">"#);
    }
    if !of.caption.is_empty() || of.credit.is_some() {
        html!(out; "<figcaption>" (&of.caption));
        if let Some(credit) = &of.credit {
            html!(out; (if of.caption.is_empty() { "" } else { " " }));
            phrase(words, "feed.credit", None, out, |_, out| html!(out; (&credit.text)));
        }
        html!(out; "</figcaption>");
    }
    html!(out; "</figure>\n");
}
