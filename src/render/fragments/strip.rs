use crate::render::html::{counted, html, phrase};
use crate::view::StripView;
use crate::words::Words;

/// The speech strip; nothing where nobody speaks.
pub(super) fn strip(of: &StripView, words: &Words, out: &mut String) {
    if of.marks.is_empty() {
        return;
    }
    html!(out; "\n" r#"<div class="strip"><svg viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" "#
        r#"aria-label=""#);
    if of.order.is_empty() {
        html!(out; (words.text("strip.label")));
    } else {
        phrase(words, "strip.label-order", None, out, |_, out| {
            for (i, name) in of.order.iter().enumerate() {
                html!(out; (if i == 0 { "" } else { words.locale().separator() }) (name));
            }
        });
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
    html!(out; "</svg>\n<p>");
    phrase(words, "strip.summary", None, out, |place, out| match place {
        "quotations" => counted(words, "count.quotations", of.n_quotes, out),
        "speakers" => counted(words, "count.speakers", of.n_speakers, out),
        _ if of.percent == 0 => {
            phrase(words, "strip.least", None, out, |_, out| counted(words, "locale.percent", 1, out))
        }
        _ => counted(words, "locale.percent", of.percent, out),
    });
    html!(out; "</p></div>");
}
