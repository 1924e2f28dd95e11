use crate::render::html::{counted, html, phrase};
use crate::view::SpeakerView;
use crate::words::Words;

/// The speakers of a report.
pub(super) fn voices(of: &[SpeakerView], words: &Words, out: &mut String) {
    for of in of {
        out.push('\n');
        voice(of, words, out);
    }
}

/// One speaker with how much they say.
fn voice(of: &SpeakerView, words: &Words, out: &mut String) {
    let chip = &of.chip;
    html!(out; r#"<li class="sp "# (&chip.slot) r#""><a class="chip "# (&chip.slot));
    if !of.named {
        html!(out; " unsure");
    }
    html!(out; r#"" href=""# (&of.first) r#"">"# (&chip.initials) r#"<span class="vh">"#);
    phrase(words, "voice.first", None, out, |_, out| html!(out; (&chip.name)));
    html!(out; "</span></a><div>");
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
        counted(words, "voice.quoted", of.n_direct, out);
    }
    if of.n_direct > 0 && of.n_reported > 0 {
        html!(out; (words.locale().separator()));
    }
    if of.n_reported > 0 {
        counted(words, "voice.reported", of.n_reported, out);
    }
    html!(out; " · ");
    counted(words, "count.words", of.words, out);
    html!(out; "</span></div></li>");
}
