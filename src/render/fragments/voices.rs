use crate::render::html::{html, plural};
use crate::text::number::grouped;
use crate::view::SpeakerView;

/// The speakers of a report.
pub(super) fn voices(of: &[SpeakerView], out: &mut String) {
    for of in of {
        out.push('\n');
        voice(of, out);
    }
}

/// One speaker with how much they say.
fn voice(of: &SpeakerView, out: &mut String) {
    let chip = &of.chip;
    html!(out; r#"<li class="sp "# (&chip.slot) r#""><a class="chip "# (&chip.slot));
    if !of.named {
        html!(out; " unsure");
    }
    html!(out; r#"" href=""# (&of.first) r#"">"# (&chip.initials) r#"<span class="vh">, first quotation by "#
        (&chip.name) "</span></a><div>");
    if chip.url.is_empty() {
        html!(out; r#"<span class="nm">"# (&chip.name) "</span>");
    } else {
        html!(out; r#"<a class="nm" href=""# (&chip.url) r#"">"# (&chip.name) "</a>");
    }
    if !of.role.is_empty() {
        html!(out; r#"<span class="n role">"# (&of.role) "</span>");
    }
    html!(out; "\n" r#"<span class="n">"#);
    if of.n_direct > 0 {
        html!(out; [of.n_direct] " quoted");
    }
    if of.n_direct > 0 && of.n_reported > 0 {
        html!(out; ", ");
    }
    if of.n_reported > 0 {
        html!(out; [of.n_reported] " reported");
    }
    let words = grouped(i64::try_from(of.words).unwrap_or(i64::MAX));
    html!(out; " · " (&words) " word" (plural(of.words)) "</span></div></li>");
}
