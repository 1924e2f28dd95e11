use crate::render::html::{html, plural};
use crate::view::StripView;

/// The speech strip; nothing where nobody speaks.
pub(super) fn strip(of: &StripView, out: &mut String) {
    if of.marks.is_empty() {
        return;
    }
    html!(out; "\n" r#"<div class="strip"><svg viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" "#
        r#"aria-label="Where people speak in this report"#);
    for (i, name) in of.order.iter().enumerate() {
        html!(out; (if i == 0 { ", in order: " } else { ", " }) (name));
    }
    html!(out; r#""><line class="base" x1="0" x2="1000" y1="7" y2="7"/>"#);
    for mark in &of.marks {
        html!(out; r#"<rect class="b "# (&mark.slot));
        if !mark.direct {
            html!(out; " rp");
        }
        html!(out; r#"" x=""# [mark.x] r#"" width=""# [mark.width]);
        if mark.direct {
            html!(out; r#"" y="1" height="12"/>"#);
        } else {
            html!(out; r#"" y="4" height="6"/>"#);
        }
    }
    html!(out; "</svg>\n<p>" [of.n_quotes] " quotation" (plural(of.n_quotes)) " from " [of.n_speakers] " speaker"
        (plural(of.n_speakers)) ", " [of.percent]
        "% of the report. Tall marks are direct speech, short marks reported.</p></div>");
}
