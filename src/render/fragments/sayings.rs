use crate::render::html::{counted, html, phrase, spoken};
use crate::view::{DayQuotesView, PersonQuoteView};
use crate::words::Words;

/// What a person said, report by report. `slot` is markup already.
pub(super) fn sayings(of: &[&DayQuotesView], slot: &str, words: &Words, out: &mut String) {
    for of in of {
        out.push('\n');
        in_report(of, slot, words, out);
    }
}

fn in_report(of: &DayQuotesView, slot: &str, words: &Words, out: &mut String) {
    html!(out; r#"<section class="day"><h4><span class="when">"#);
    if let Some(date) = &of.date {
        html!(out; r#"<a href=""# (&date.url) r#""><time datetime=""# (&date.iso) r#"">"# (&date.day) "</time></a> · ");
    }
    html!(out; (&of.section.text) r#"</span><a class="hl" href=""# (&of.report.url) r#"""#);
    spoken(of.report.lang.as_deref(), words, out);
    html!(out; ">" (&of.report.text) "</a></h4>\n" r#"<ul class="ql "#);
    out.push_str(slot);
    html!(out; r#"">"#);
    for said in &of.quotes {
        html!(out; "\n");
        saying(said, of.report.lang.as_deref(), words, out);
    }
    html!(out; "\n</ul></section>");
}

fn saying(of: &PersonQuoteView, lang: Option<&str>, words: &Words, out: &mut String) {
    let class = if of.direct { "dir" } else { "rep" };
    html!(out; r#"<li id=""# (&of.id) r#"" class=""# (class) r#""><blockquote><p"#);
    spoken(lang, words, out);
    html!(out; ">" (&of.text) "</p></blockquote>\n" r#"<p class="ctx">"#);
    if !of.context.is_empty() && lang.is_some() {
        html!(out; "<span");
        spoken(lang, words, out);
        html!(out; ">" (&of.context) "</span> ");
    } else if !of.context.is_empty() {
        html!(out; (&of.context) " ");
    }
    if of.unsure {
        html!(out; r#"<span class="tag">"# (words.text("list.unsure")) "</span> ");
    }
    if !of.also_in.is_empty() {
        phrase(words, "person.also-in", None, out, |place, out| match place {
            "count" => counted(words, "count.reports", of.n_also, out),
            _ => {
                for (i, report) in of.also_in.iter().enumerate() {
                    html!(out; (if i == 0 { "" } else { words.locale().separator() }));
                    html!(out; r#"<a href=""# (&report.url) r#"""#);
                    spoken(report.lang.as_deref(), words, out);
                    html!(out; ">" (&report.text) "</a>");
                }
            }
        });
        html!(out; " ");
    }
    html!(out; r#"<span class="acts"><a href=""# (&of.in_report) r#"">"# (words.text("person.in-report")) r#"</a><a href=""#
        (&of.permalink) r#"">"# (words.text("person.permalink")) "</a></span></p></li>");
}
