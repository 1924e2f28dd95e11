//! Where components are defined and what they draw, read from the templates as they are written: the engine gives no
//! place for what is wrong between components.

use super::engine::Sources;
use crate::text::FileSpan;
use rustc_hash::FxHashMap;

/// A component where it is defined.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Component<'a> {
    /// Its template.
    pub(super) template: &'a str,
    pub(super) name: &'a str,
    /// Its name in the tag that opens it.
    pub(super) at: FileSpan,
    /// Components that it may draw, as often as it names them.
    draws: Vec<&'a str>,
}

/// All components: those of the site before the theme's, then by template and place.
pub(super) fn components(sources: &Sources) -> Vec<Component<'_>> {
    let mut found = Vec::new();
    let (own, theme): (Vec<_>, Vec<_>) = sources.iter().partition(|(_, template)| template.of_site);
    for (name, template) in own.into_iter().chain(theme) {
        components_of(name, &template.text, &mut found);
    }
    found
}

fn components_of<'a>(template: &'a str, text: &'a str, found: &mut Vec<Component<'a>>) {
    let mut is_open = false;
    let mut at = 0;
    while let Some(begin) = text.get(at..).and_then(|rest| Some(at + rest.find('{')?)) {
        let inside = text.get(begin + 1..).unwrap_or_default();
        let close = match inside.bytes().next() {
            Some(b'%') => "%}",
            Some(b'{') => "}}",
            Some(b'#') => "#}",
            _ => {
                at = begin + 1;
                continue;
            }
        };
        let inside = inside.get(1..).unwrap_or_default();
        let end = inside.find(close).unwrap_or(inside.len());
        let tag = inside.get(..end).unwrap_or_default();
        at = begin + 2 + end;
        let words = tag.trim_start_matches('-').trim_start();
        if close == "#}" {
            continue;
        }
        if words.starts_with("endcomponent") {
            is_open = false;
        } else if let Some(rest) = words.strip_prefix("component").filter(|rest| rest.starts_with(char::is_whitespace))
        {
            let name = named(rest.trim_start());
            let start = begin + 2 + (tag.len() - rest.trim_start().len());
            found.push(Component { template, name, at: FileSpan::new(start, start + name.len()), draws: Vec::new() });
            is_open = true;
        } else if let Some(component) = found.last_mut().filter(|_| is_open) {
            let drawn = tag.split('<').skip(1).map(|rest| named(rest.trim_start())).filter(|name| !name.is_empty());
            component.draws.extend(drawn);
        }
    }
}

/// The name with which a text begins.
fn named(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.')).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Components that draw each other in a circle: the first that closes one, and those by way of which it does.
pub(super) fn circle(components: &[Component<'_>]) -> Option<Vec<usize>> {
    let mut by_name: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, component) in components.iter().enumerate() {
        by_name.entry(component.name).or_insert(at);
    }
    let (mut seen, mut is_open) = (vec![false; components.len()], vec![false; components.len()]);
    for first in 0..components.len() {
        if seen[first] {
            continue;
        }
        let mut path = vec![(first, 0)];
        (seen[first], is_open[first]) = (true, true);
        while let Some((at, next)) = path.last_mut() {
            let Some(drawn) = components[*at].draws.get(*next) else {
                is_open[*at] = false;
                path.pop();
                continue;
            };
            *next += 1;
            let Some(to) = by_name.get(drawn).copied() else { continue };
            if is_open[to] {
                return Some(path.into_iter().map(|(at, _)| at).skip_while(|at| *at != to).collect());
            }
            if !seen[to] {
                (seen[to], is_open[to]) = (true, true);
                path.push((to, 0));
            }
        }
    }
    None
}
