//! Links and anchors of the finished pages, each traced back to the line that gave it.

use super::Check;
use super::ground::{Ground, Target};
use super::html::{Link, LinkKind};
use crate::archive::ArticleId;
use crate::diag::{Code, Diagnostic, Lines, codes};
use crate::model::MarkKind;
use crate::text::FileSpan;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Every internal link leads to a file, and every anchor to a place in it.
pub(super) struct Links;

/// A link that fails: what is wrong with it, the address as written, and what its host said.
pub(super) type Fault<'p> = (Code, &'p str, &'p str);

impl Check for Links {
    fn site(&self, ground: &Ground<'_>, out: &mut Vec<Diagnostic>) {
        tell(ground, out, |path, link| Some((fault(ground, path, &link.address, link.kind)?, &*link.address, "")));
    }
}

/// Notes every link at which something is found, where it was written, and each once.
pub(super) fn tell<'a>(
    ground: &'a Ground<'_>,
    out: &mut Vec<Diagnostic>,
    fault: impl Fn(&str, &'a Link) -> Option<Fault<'a>>,
) {
    // One link in a template stands on every page.
    let mut elsewhere: BTreeMap<Fault<'_>, Vec<&str>> = BTreeMap::new();
    for (path, scan) in &ground.pages {
        let mut faults: Vec<Fault<'_>> = scan.links.iter().filter_map(|link| fault(path, link)).collect();
        faults.sort_unstable();
        faults.dedup();
        for fault in in_content(ground, path, faults, out) {
            elsewhere.entry(fault).or_default().push(path);
        }
    }
    for (fault, pages) in elsewhere {
        out.push(in_theme(ground, fault, &pages));
    }
}

/// What is wrong with a link, if anything is.
fn fault(ground: &Ground<'_>, from: &str, address: &str, kind: LinkKind) -> Option<Code> {
    match ground.target(from, address) {
        Target::Here(path, anchor) => match ground.pages.get(&*path) {
            Some(page) if anchor.is_empty() || page.ids.contains(&*anchor) || anchor == "top" => None,
            Some(_) => Some(codes::ANCHOR_MISSING),
            None => (!ground.files.contains_key(&*path)).then_some(codes::LINK_BROKEN),
        },
        // Below a path, an address that begins with `/` leaves the site.
        Target::Beside => (kind != LinkKind::Other).then_some(codes::LINK_BROKEN),
        Target::Outside | Target::Nowhere => None,
    }
}

fn said((code, address, why): Fault<'_>) -> Diagnostic {
    let (message, help) = if code == codes::LINK_DEAD {
        (
            format!("`{address}` leads nowhere: {why}"),
            "correct the address, lead to an archived copy, or take the link out",
        )
    } else if code == codes::ANCHOR_MISSING {
        (format!("the page that `{address}` leads to has no such place"), "correct what stands behind the #")
    } else {
        (format!("`{address}` leads to no page and no file of the site"), "correct the address, or take the link out")
    };
    Diagnostic::new(code, "", message).help(help)
}

/// Notes the links of a page where an article or a people file has them; gives back those that none has.
fn in_content<'p>(
    ground: &Ground<'_>,
    page: &str,
    mut faults: Vec<Fault<'p>>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Fault<'p>> {
    if faults.is_empty() {
        return faults;
    }
    if let Some(id) = ground.article(page) {
        return in_article(ground, id, faults, out);
    }
    let Some(origin) = ground.origin(page) else { return faults };
    faults.retain(|fault| {
        let said = ground.at_address(said(*fault), &origin, fault.1, "linked here");
        let found = said.place.is_some();
        out.extend(found.then_some(said));
        !found
    });
    faults
}

fn in_article<'p>(
    ground: &Ground<'_>,
    id: ArticleId,
    mut faults: Vec<Fault<'p>>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Fault<'p>> {
    let Ok(story) = ground.site.story(id) else { return faults };
    let mut places: FxHashMap<&str, Vec<FileSpan>> = FxHashMap::default();
    for mark in &story.article.marks {
        if let MarkKind::Link(address, _) = &mark.kind {
            places.entry(address).or_default().push(story.article.file_span(mark.span));
        }
    }
    let lines = Lines::new(&story.source.text);
    faults.retain(|fault| {
        let Some(places) = places.get(fault.1) else { return true };
        out.extend(places.iter().map(|span| {
            let said = Diagnostic { path: story.article.path.clone(), ..said(*fault) };
            said.within(&lines, *span, "linked here")
        }));
        false
    });
    faults
}

/// A link that no content has: in a template of the site where its words stand there, else in the page.
fn in_theme(ground: &Ground<'_>, fault: Fault<'_>, pages: &[&str]) -> Diagnostic {
    let root = &*ground.site.settings.site.root;
    let below = fault.1.strip_prefix(root).unwrap_or(fault.1);
    let note = match pages {
        [page] => format!("on the page {page}"),
        [first, ..] => format!("on {} pages, the first of them {first}", pages.len()),
        [] => String::new(),
    };
    let words = [format!("\"{}\"", fault.1), format!("{}\"", below), format!("{below}'")];
    let template = ground.templates.iter().find_map(|(path, text)| {
        words.iter().find(|words| words.len() > 2 && text.contains(&**words)).map(|words| (path, words))
    });
    match template {
        Some((path, words)) => ground.at_words(said(fault), path, &[words], "linked here").note(note),
        None => Diagnostic { path: pages.first().copied().unwrap_or_default().into(), ..said(fault) }.note(note),
    }
}
