//! Floor 6: views become HTML.
//!
//! Templates are parsed once, by [`Engine::new`]; pages are then drawn one by one with [`page`], from
//! any thread. Bodies of reports are woven here in Rust ([`weave`]), so that the words of the archive
//! are never run as a template and one function ([`html::escape`]) stands between text and markup.
//! So are the things that pages have by the dozen (`fragments`), unless the site draws them in its own way.
//!
//! Invariant: what this room returns depends on the templates and the view alone. Templates reach
//! neither disk, environment, clock nor network; no function that could is registered.

mod components;
mod engine;
mod fault;
pub mod feed;
mod filters;
#[cfg(test)]
mod fixture;
mod fragments;
pub mod html;
mod inline;
mod meter;
pub mod theme;
mod values;
pub mod weave;

pub use engine::{Engine, SiteContext};
pub use meter::Patience;
pub(crate) use meter::STOPPED;

use crate::diag::Diagnostic;
use crate::view::{Page, PageView};
use weave::Run;

/// Draws one page.
///
/// The template sees `site`, `head`, `page` and, for reports, `body`: a list of `{kind: "html", html}`
/// and `{kind: "figure", figure}`, to be drawn in order without anything between.
/// Errors: `template-broken`, pointing into the template at fault.
pub fn page(engine: &Engine, site: &SiteContext, page: &Page) -> Result<String, Diagnostic> {
    let view = &page.view;
    let mut context = engine.context(site, view.head(), view, &page.path)?;
    if let PageView::Article(article) = view {
        let runs = weave::weave(&article.body, &engine.words);
        // Each run goes as soon as it is a value: a body may be of many megabytes.
        context.insert_value("body", tera::Value::from(runs.into_iter().map(run_value).collect::<Vec<_>>()));
    }
    let drawn = engine.draw((view.template(), &context), view, &page.path)?;
    drop(context);
    Ok(fragments::splice(drawn, view, &engine.words))
}

/// A run of the body as templates see it.
fn run_value(run: Run<'_>) -> tera::Value {
    let mut map = tera::Map::new();
    match run {
        Run::Html(html) => {
            map.insert("kind".into(), "html".into());
            map.insert("html".into(), tera::Value::safe_string(&html));
        }
        Run::Figure(figure) => {
            map.insert("kind".into(), "figure".into());
            map.insert("figure".into(), tera::Value::from_serializable(figure));
        }
    }
    map.into()
}

#[cfg(test)]
mod tests;
