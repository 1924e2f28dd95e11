//! What the template engine says becomes a diagnostic that points into the template.

use super::components::{circle, components};
use super::engine::{Sources, Template};
use crate::diag::{Diagnostic, codes};
use crate::text::FileSpan;
use std::borrow::Cow;
use tera::{Error, ErrorKind};

/// Every fault an error of the engine tells of; at least one.
pub(super) fn diagnostics(error: &Error, sources: &Sources) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = &report.span().range;
            vec![at(report.filename(), FileSpan::new(span.start, span.end), report.message(), sources)]
        }
        ErrorKind::Msg(text) => {
            let found: Vec<_> = text.split("\n\n").filter_map(|report| printed(report, sources)).collect();
            if found.is_empty() {
                vec![among_components(text, sources).unwrap_or_else(|| nowhere(text))]
            } else {
                found
            }
        }
        ErrorKind::MissingParent { current, parent } => {
            vec![named(current, parent, &format!("no template is called `{parent}`"), sources)]
        }
        ErrorKind::CircularExtend { tpl, .. } => vec![named(tpl, "extends", "this template extends itself", sources)],
        ErrorKind::CircularInclude { tpl, .. } => vec![named(tpl, "include", "this template includes itself", sources)],
        ErrorKind::TemplateNotFound(name) => vec![nowhere(&format!("no template is called `{name}`"))],
        ErrorKind::Io(std::io::ErrorKind::FileTooLarge) => vec![nowhere("a page grew beyond 64 MiB")],
        other => vec![nowhere(&other.to_string())],
    }
}

/// The fault that stopped one page.
pub(super) fn while_drawing(error: &Error, sources: &Sources, page: &str) -> Diagnostic {
    let first = diagnostics(error, sources).into_iter().next().unwrap_or_else(|| nowhere(&error.to_string()));
    first.note(format!("met while drawing `{page}`"))
}

/// A fault at a span of a template.
fn at(name: &str, span: FileSpan, message: &str, sources: &Sources) -> Diagnostic {
    // "Field `nope` is not defined. Available fields: name, url": the list labels the place.
    let (message, label) = message.split_once(". ").unwrap_or((message, ""));
    let found = Diagnostic::new(codes::TEMPLATE_BROKEN, &format!("templates/{name}"), lower(message));
    let Some(template) = sources.get(name) else { return found };
    let written = |at: u32| template.metered.as_ref().map_or(at as usize, |metered| metered.written(at as usize));
    let span = FileSpan::new(written(span.start), written(span.end));
    placed(found, name, template, (span, lower(label)))
}

/// A fault at a span of a template as it is written, with what to do.
fn placed(found: Diagnostic, name: &str, template: &Template, (span, label): (FileSpan, String)) -> Diagnostic {
    let found = found.at(&template.text, span, label);
    if template.of_site {
        found.help(format!("mend it, or delete `templates/{name}` to use the default theme's"))
    } else {
        found.help(format!("this is the default theme's own; the site's `templates/` may lack what `{name}` needs"))
    }
}

/// A fault whose place is the first occurrence of a word in a template.
fn named(name: &str, word: &str, message: &str, sources: &Sources) -> Diagnostic {
    let start = sources.get(name).and_then(|template| template.text.find(word)).unwrap_or(0);
    at(name, FileSpan::new(start, start + word.len()), message, sources)
}

/// A fault that lies between components, of which the engine gives no place: those that draw each other without end,
/// and those that are defined twice.
fn among_components(said: &str, sources: &Sources) -> Option<Diagnostic> {
    let components = components(sources);
    let fault = |at: usize, message: String, label: String| {
        let component = components.get(at)?;
        let found = Diagnostic::new(codes::TEMPLATE_BROKEN, &format!("templates/{}", component.template), message);
        Some(placed(found, component.template, sources.get(component.template)?, (component.at, label)))
    };
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    match *quoted {
        _ if said.contains("recursion depth for components") => {
            let circle = circle(&components)?;
            let first = *circle.first()?;
            let name = |at: &usize| components.get(*at).map(|component| format!("`{}`", shortened(component.name)));
            let by: Vec<String> = circle.iter().skip(1).filter_map(name).collect();
            let by = match by.len() {
                0 => "it draws itself here within".to_owned(),
                1..=3 => format!("it draws itself by way of {}", by.join(", ")),
                more => format!("it draws itself by way of {more} others"),
            };
            fault(first, format!("component {} draws itself without end", name(&first)?), by)
        }
        [name, one, other] if said.contains("is defined in both") => {
            let of =
                |template: &str| components.iter().position(|found| (found.template, found.name) == (template, name));
            let (first, second) = (of(one)?, of(other)?);
            // The one that the site wrote, where the other is the theme's.
            let is_own = |template: &str| sources.get(template).is_some_and(|template| template.of_site);
            let (at, elsewhere) = if is_own(other) || !is_own(one) { (second, one) } else { (first, other) };
            let label = format!("`templates/{elsewhere}` defines it as well: give one of the two another name");
            fault(at, format!("component `{}` is defined twice", shortened(name)), label)
        }
        _ => None,
    }
}

/// A fault of no template in particular.
fn nowhere(message: &str) -> Diagnostic {
    Diagnostic::new(codes::TEMPLATE_BROKEN, "templates", lower(message))
}

/// Reads back a report that the engine has already printed: unknown names reach us in this form only.
///
/// ```text
/// error: Unknown filter `shout`
///  --> home.html:3:14
/// ```
fn printed(report: &str, sources: &Sources) -> Option<Diagnostic> {
    let mut lines = report.lines();
    let message = lines.next()?.strip_prefix("error: ")?;
    let mut place = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let column: usize = place.next()?.parse().ok()?;
    let line: usize = place.next()?.parse().ok()?;
    let name = place.next()?;
    let width = lines.next_back()?.bytes().filter(|byte| *byte == b'^').count();
    let text = &sources.get(name)?.text;
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let byte =
        |column: usize| text[line_start..].char_indices().nth(column).map_or(text.len(), |(i, _)| line_start + i);
    let span = FileSpan::new(byte(column.saturating_sub(1)), byte(column.saturating_sub(1) + width));
    Some(at(name, span, message, sources))
}

/// The engine's words in our voice: one line, lower case, no full stop, no name of endless length.
fn lower(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let line = shorter(line);
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Characters of a name that are repeated.
const LONGEST_NAME: usize = 80;

/// A message in which every name between backticks has its beginning at most.
fn shorter(line: &str) -> String {
    let parts = line.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 1 { shortened(part) } else { Cow::Borrowed(part) });
    parts.collect::<Vec<_>>().join("`")
}

/// The beginning of a long name.
fn shortened(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => Cow::Owned(format!("{}…", name.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(name),
    }
}
