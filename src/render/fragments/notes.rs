use crate::render::html::{counted, html, phrase, spoken};
use crate::view::NoteView;
use crate::words::Words;

/// The quotations of a report.
pub(super) fn notes(of: &[NoteView], words: &Words, out: &mut String) {
    for of in of {
        out.push('\n');
        note(of, words, out);
    }
}

/// One quotation with the reason for its speaker.
fn note(of: &NoteView, words: &Words, out: &mut String) {
    let chip = &of.chip;
    html!(out; r#"<li id="n-"# (&of.id) r#"" class=""# (&chip.slot) r#""><span class="no">"# [of.number]
        r#"</span><p class="said""#);
    spoken(of.lang.as_deref(), words, out);
    html!(out; ">" (&of.text) "</p>\n" r#"<p class="by"><span class="chip "# (&chip.slot));
    if of.unsure {
        html!(out; " unsure");
    }
    html!(out; r#"" aria-hidden="true">"# (&chip.initials) "</span><b>");
    if chip.url.is_empty() {
        html!(out; (&chip.name));
    } else {
        html!(out; r#"<a href=""# (&chip.url) r#"">"# (&chip.name) "</a>");
    }
    html!(out; "</b>");
    if !of.office.is_empty() {
        html!(out; r#"<span class="off">"# (&of.office) "</span>");
    }
    html!(out; r#"<span class="tag">"# (&of.kind) "</span>");
    if of.checked {
        html!(out; r#"<span class="ok">"# (words.text("note.checked")) "</span>");
    } else if of.unsure && &*chip.slot != "s0" {
        html!(out; r#"<span class="tag">"# (words.text("note.unsure")) "</span>");
    }
    html!(out; r##"<span class="acts"><a href="#q-"## (&of.id) r#"">"# (words.text("note.in-text")) r#"</a><a href=""# (&of.permalink)
        r#"">"# (words.text("note.permalink")) "</a>");
    if let Some(question) = of.question.as_deref().filter(|question| !question.is_empty()) {
        html!(out; r#"<a href=""# (question) r#"">"# (words.text("note.question")) "</a>");
    }
    html!(out; "</span></p>\n" r#"<p class="why">"#);
    if !of.why.is_empty() {
        phrase(words, "note.why", None, out, |_, out| html!(out; (&of.why)));
        html!(out; " ");
    }
    phrase(words, "note.rule", None, out, |place, out| match place {
        "rule" => html!(out; (&of.rule)),
        _ => {
            html!(out; r#"<span class="conf">"#);
            counted(words, "locale.percent", of.confidence as usize, out);
            html!(out; "</span>");
        }
    });
    html!(out; "</p></li>");
}
