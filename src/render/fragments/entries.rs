use crate::render::html::{counted, html, phrase, spoken};
use crate::view::{EntryView, PersonChip, PictureView};
use crate::words::Words;

/// How a template wants entries. Words are markup already.
pub(super) struct Manner<'m> {
    level: &'m str,
    /// "section", "date", "day", "time" or "hour"
    shows: &'m str,
    /// Whether the first picture is fetched first.
    first: bool,
    standfirst: bool,
    class: &'m str,
}

impl<'m> Manner<'m> {
    /// Reads the arguments of a mark.
    pub(super) fn of(mut words: impl Iterator<Item = &'m str>) -> Option<Self> {
        Some(Self {
            level: words.next()?,
            shows: words.next()?,
            first: words.next()? == "true",
            standfirst: words.next()? == "true",
            class: words.next()?,
        })
    }
}

/// Reports of a list.
pub(super) fn entries(of: &[&EntryView], manner: &Manner<'_>, words: &Words, out: &mut String) {
    for (i, report) in of.iter().enumerate() {
        out.push('\n');
        entry(report, &Manner { first: manner.first && i == 0, ..*manner }, words, out);
    }
}

fn entry(report: &EntryView, manner: &Manner<'_>, words: &Words, out: &mut String) {
    let Manner { level, shows, first, standfirst, class } = *manner;
    html!(out; r#"<article class="entry"#);
    if !class.is_empty() {
        html!(out; " ");
        out.push_str(class);
    }
    if report.picture.is_some() {
        html!(out; " pictured");
    }
    html!(out; r#"">"#);
    if let Some(shown) = &report.picture {
        html!(out; r#"<a class="pic" href=""# (&report.url) r#"" tabindex="-1" aria-hidden="true">"#);
        let sizes = if class == "lead" { "(min-width: 68rem) 52rem, 100vw" } else { "10rem" };
        picture(shown, first, sizes, out);
        html!(out; "</a>");
    }
    html!(out; "\n" r#"<div class="words">"#);
    above(report, shows, out);
    html!(out; "\n<h");
    out.push_str(level);
    html!(out; r#"><a href=""# (&report.url) r#"""#);
    spoken(report.lang.as_deref(), words, out);
    html!(out; ">" (&report.headline) "</a></h");
    out.push_str(level);
    html!(out; ">");
    if let Some(stand) = report.standfirst.as_deref().filter(|stand| standfirst && !stand.is_empty()) {
        html!(out; r#"<p class="stand""#);
        spoken(report.lang.as_deref(), words, out);
        html!(out; ">" (stand) "</p>");
    }
    below(report, shows, words, out);
    if !report.speakers.is_empty() {
        html!(out; r#"<ul class="heard" aria-label=""# (words.text("list.quoted")) r#"">"#);
        for person in &report.speakers {
            html!(out; "<li>");
            chip(person, out);
            html!(out; "</li>");
        }
        html!(out; "</ul>");
    }
    html!(out; "\n</div></article>");
}

/// The line above the headline.
fn above(report: &EntryView, shows: &str, out: &mut String) {
    let section = &report.section;
    let (day, time) = (matches!(shows, "date" | "day"), matches!(shows, "time" | "hour"));
    match &report.date {
        _ if shows == "section" => {
            html!(out; r#"<p class="kick"><a href=""# (&section.url) r#"">"# (&section.text) "</a></p>");
        }
        Some(date) if day || (time && !date.time.is_empty()) => {
            let words = if day { &date.day } else { &date.time };
            html!(out; r#"<p class="when"><time datetime=""# (&date.iso) r#"">"# (words) "</time>");
            if matches!(shows, "date" | "time") {
                html!(out; " · " (&section.text));
            }
            html!(out; "</p>");
        }
        _ if shows == "hour" => {}
        _ => html!(out; r#"<p class="when">"# (&section.text) "</p>"),
    }
}

/// Agency, date and count.
fn below(report: &EntryView, shows: &str, words: &Words, out: &mut String) {
    let agency = report.agency.as_deref().filter(|agency| !agency.is_empty());
    if agency.is_none() && report.n_quotes == 0 && shows != "section" {
        return;
    }
    html!(out; "\n" r#"<p class="meta">"#);
    if let Some(agency) = agency {
        html!(out; "<span>" (agency) "</span>");
    }
    if let Some(date) = report.date.as_ref().filter(|_| shows == "section") {
        html!(out; r#"<time datetime=""# (&date.iso) r#"">"#);
        if date.time.is_empty() {
            html!(out; (&date.brief));
        } else {
            phrase(words, "locale.date-time", None, out, |place, out| {
                html!(out; (if place == "date" { &date.brief } else { &date.time }));
            });
        }
        html!(out; "</time>");
    }
    if report.n_quotes > 0 {
        html!(out; "<span>");
        counted(words, "count.quotations", report.n_quotes, out);
        html!(out; "</span>");
    }
    html!(out; "</p>");
}

/// A person as initials and name.
fn chip(person: &PersonChip, out: &mut String) {
    let linked = !person.url.is_empty();
    if linked {
        html!(out; r#"<a class="pers "# (&person.slot) r#"" href=""# (&person.url));
    } else {
        html!(out; r#"<span class="pers "# (&person.slot));
    }
    html!(out; r#""><span class="chip "# (&person.slot));
    if !linked && &*person.initials == "?" {
        html!(out; " unsure");
    }
    html!(out; r#"" aria-hidden="true">"# (&person.initials) r#"</span><span class="nm">"# (&person.name)
        "</span></" (if linked { "a" } else { "span" }) ">");
}

/// A picture beside its headline, which says what it shows.
fn picture(of: &PictureView, first: bool, sizes: &str, out: &mut String) {
    if !of.sources.is_empty() {
        html!(out; "<picture>");
        for (media_type, srcset) in &of.sources {
            html!(out; r#"<source type=""# (media_type) r#"" srcset=""# (srcset) r#"" sizes=""# (sizes) r#"">"#);
        }
    }
    let loading = if first { r#"fetchpriority="high""# } else { r#"loading="lazy""# };
    html!(out; r#"<img src=""# (&of.src) r#"""#);
    if !of.srcset.is_empty() {
        html!(out; r#" srcset=""# (&of.srcset) r#"" sizes=""# (sizes) r#"""#);
    }
    html!(out; r#" width=""# [of.width] r#"" height=""# [of.height] r#"" alt="" "#);
    out.push_str(loading);
    html!(out; r#" decoding="async">"#);
    if !of.sources.is_empty() {
        html!(out; "</picture>");
    }
}
