//! Markdown with TOML front matter.

mod assemble;
mod caption;
mod furniture;
mod html;
mod layout;
mod leaf;
mod leaves;
mod passage;
mod pictures;

pub(crate) use html::laid_bare;

use super::Reader;
use super::fence;
use super::front_matter::{LEFT_OUT, front_matter};
use super::is_person;
use crate::config::ReadSettings;
use crate::diag::{Diagnostic, Noted, Severity, codes};
use crate::model::{Article, Source};
use leaf::Body;

/// Markdown: `.md` and `.markdown` files, people files left aside.
///
/// Refuses an article whose front matter is at fault, since a mistyped `draft` must not publish
/// anything; the Markdown itself is never at fault. The text is kept as written: quotation marks and
/// dashes are not made prettier.
/// Notes what [`front_matter`] notes, `html-cleaned`, `html-mended`, `html-escaped`, `address-refused`,
/// `headline-missing`, `date-missing`, `date-unread` and `article-empty`.
pub struct Markdown;

/// Whether a file is Markdown, by its name.
pub(crate) fn is_markdown(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["md", "markdown"].iter().any(|e| ending.eq_ignore_ascii_case(e))
}

impl Reader for Markdown {
    fn reads(&self, path: &str) -> bool {
        is_markdown(path) && !is_person(path)
    }

    fn read(&self, source: &Source, settings: &ReadSettings) -> Noted<Option<Article>> {
        let mut diagnostics = Vec::new();
        let parted = fence::part(&source.path, &source.text, LEFT_OUT).into_value(&mut diagnostics);
        let matter = parted.and_then(|parted| {
            let matter = front_matter(source, &parted).into_value(&mut diagnostics)?;
            Some((matter, parted.body))
        });
        let Some((matter, body)) = matter else { return Noted::new(None, diagnostics) };
        let body = leaves::leaves(&source.text, body, settings.unsafe_html);
        if let Some((first, n)) = matter.more_tags {
            let message = format!("{n} topics are more than one report has");
            let note = format!("the first {} are taken", matter.tags.len());
            diagnostics.push(Diagnostic {
                severity: Severity::Warning,
                ..Diagnostic::new(codes::VALUE_TYPE, &source.path, message)
                    .at(&source.text, first, "the first that is too many")
                    .note(note)
                    .help("keep those that readers would look for")
            });
        }
        report(source, settings, &body, &mut diagnostics);
        let article = assemble::article(source, settings, &matter, &body, &mut diagnostics);
        Noted::new(Some(article), diagnostics)
    }
}

/// Says what of the Markdown was not taken as written.
fn report(source: &Source, settings: &ReadSettings, body: &Body, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(first) = body.taken.first {
        let help = if settings.unsafe_html {
            "end it in the paragraph in which it begins, or give it lines of its own"
        } else {
            "write it as Markdown; `unsafe_html = true` in `site.toml` publishes raw HTML as it is written"
        };
        let message = format!("raw HTML is cleaned of {}", body.taken.told());
        diagnostics.push(
            Diagnostic::new(codes::HTML_CLEANED, &source.path, message)
                .at(&source.text, first, "the first of it")
                .note("taken out; words stay, but for those in an element that fell with all in it")
                .help(help),
        );
    }
    diagnostics.extend(body.mended.told(&source.path, &source.text));
    if let Some((first, n)) = body.html {
        let places = if n == 1 { "in one place".to_owned() } else { format!("in {n} places") };
        diagnostics.push(
            Diagnostic::new(codes::HTML_ESCAPED, &source.path, format!("what looks like HTML and is none, {places}"))
                .at(&source.text, first, if n == 1 { "in here" } else { "the first in here" })
                .note("shown to readers as the signs it is written with")
                .help("end a comment with `-->`; put what is meant to be read between backticks"),
        );
    }
    let (kept, n) = &body.refused;
    for (place, address) in kept {
        let shown: String = address.chars().filter(|c| !c.is_control()).take(60).collect();
        diagnostics.push(
            Diagnostic::new(codes::ADDRESS_REFUSED, &source.path, format!("the address `{shown}` is not allowed"))
                .at(&source.text, *place, "leads here")
                .note("the words are kept, and lead nowhere")
                .help("allowed are https:, http:, mailto: and addresses within the site"),
        );
    }
    if *n > kept.len() {
        let message = format!("{} more addresses that are not allowed", n - kept.len());
        diagnostics.push(Diagnostic::new(codes::ADDRESS_REFUSED, &source.path, message));
    }
}

#[cfg(test)]
mod html_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
