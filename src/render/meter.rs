//! What keeps a template of the site from running without end.
//!
//! The engine runs a template for as long as it takes: loops in loops, components that call themselves twice, a text
//! that is doubled again and again. So templates of the site are given calls that count, where they loop, call and
//! keep: a page has so many turns, and what a name holds has a size.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Turns of loops, calls and includes that one page may take. The longest page of the theme, people by the ten
/// thousand, takes some hundred thousand.
const TURNS: u64 = 4_000_000;

/// Bytes of text, or elements of a list, that a template may keep under a name.
const LARGEST: usize = 4 << 20;

/// Bytes that are as good as a turn.
const TURN: usize = 64;

/// What is said of pages that were given up because another never ends.
pub(crate) const STOPPED: &str = "another page never ends";

thread_local! {
    /// Turns that the page being drawn has taken.
    static TAKEN: Cell<u64> = const { Cell::new(0) };
}

/// Begins to count for another page.
pub(super) fn begin() {
    TAKEN.set(0);
}

/// Registers the calls. Once a page of the engine has used up its turns, all others are given up.
pub(super) fn register(tera: &mut Tera) {
    let spent = Arc::new(AtomicBool::new(false));
    let take = move |turns: u64| -> TeraResult<()> {
        let taken = TAKEN.get().saturating_add(turns);
        TAKEN.set(taken);
        if taken > TURNS {
            spent.store(true, Ordering::Relaxed);
            return Err(Error::message(format!("this never ends: it has taken {TURNS} turns on one page")));
        }
        if spent.load(Ordering::Relaxed) { Err(Error::message(STOPPED)) } else { Ok(()) }
    };
    let turn = take.clone();
    tera.register_function("_turn", move |_: Kwargs, _: &State<'_>| turn(1).map(|()| Value::from("")));
    tera.register_function("_weigh", move |given: Kwargs, _: &State<'_>| {
        let value = given.get::<Value>("of")?;
        let size = value.as_ref().map_or(0, size);
        if size > LARGEST {
            return Err(Error::message(format!("this grows without end: it holds {size} bytes or elements")));
        }
        take((size / TURN) as u64).map(|()| Value::from(""))
    });
}

fn size(value: &Value) -> usize {
    value.as_str().map(str::len).or_else(|| value.as_array().map(<[Value]>::len)).unwrap_or(0)
}

/// A template with calls that count.
pub(super) struct Metered {
    /// What the engine runs.
    pub(super) text: String,
    /// Where calls were put into `text`, and how long they are; sorted.
    added: Vec<(usize, usize)>,
}

impl Metered {
    /// The place in the template as it was written of a place in the text that is run.
    pub(super) fn written(&self, at: usize) -> usize {
        let before = self.added.iter().take_while(|(start, _)| *start < at);
        at - before.map(|(start, len)| (*len).min(at - start)).sum::<usize>()
    }
}

/// Puts calls into a template behind each tag that loops, opens a component or a block, or keeps a value, and before
/// each that includes another template. Nothing that is printed changes.
pub(super) fn metered(written: &str) -> Metered {
    let mut out = Metered { text: String::with_capacity(written.len() + written.len() / 8), added: Vec::new() };
    let mut rest = written;
    // Outside its blocks a template that extends another prints nothing, and may hold no call.
    let extends = tags(written).any(|tag| tag.word() == "extends");
    let (mut depth, mut kept) = (0_usize, Vec::new());
    for tag in tags(written) {
        let at = tag.start - (written.len() - rest.len());
        let (before, after) = rest.split_at(at);
        let (text, after) = after.split_at(tag.text.len());
        out.text.push_str(before);
        rest = after;
        let inside = tag.inside();
        match tag.word() {
            "include" if !extends || depth > 0 => out.call("_turn()", text.starts_with("{%-"), false),
            _ => {}
        }
        out.text.push_str(text);
        let mut calls = Vec::new();
        match tag.word() {
            "block" => {
                depth += 1;
                calls.push("_turn()".to_owned());
            }
            "component" => {
                depth += 1;
                calls.push("_turn()".to_owned());
                calls.extend(parameters(inside).map(|name| format!("_weigh(of={name})")));
            }
            "endblock" | "endcomponent" => depth = depth.saturating_sub(1),
            "for" => calls.push("_turn()".to_owned()),
            "set" | "set_global" => {
                let name = name(inside.split_once(char::is_whitespace).map_or("", |(_, rest)| rest));
                if inside.contains('=') {
                    calls.push(format!("_weigh(of={name})"));
                } else {
                    kept.push(name);
                }
            }
            "endset" => calls.extend(kept.pop().map(|name| format!("_weigh(of={name})"))),
            _ => {}
        }
        if !extends || depth > 0 {
            let trims = text.ends_with("-%}");
            calls.iter().for_each(|call| out.call(call, trims, trims));
        }
    }
    out.text.push_str(rest);
    out
}

impl Metered {
    fn call(&mut self, call: &str, trims_before: bool, trims_behind: bool) {
        let (open, close) = (if trims_before { "{{- " } else { "{{ " }, if trims_behind { " -}}" } else { " }}" });
        self.added.push((self.text.len(), open.len() + call.len() + close.len()));
        self.text.extend([open, call, close]);
    }
}

/// A tag of a template, `{% … %}`.
struct Tag<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Tag<'t> {
    /// What stands between its signs.
    fn inside(&self) -> &'t str {
        let inside = self.text.get(2..self.text.len() - 2).unwrap_or_default();
        inside
            .strip_prefix('-')
            .unwrap_or(inside)
            .strip_suffix('-')
            .unwrap_or(inside)
            .trim()
            .trim_start_matches('-')
            .trim()
    }

    /// Its first word.
    fn word(&self) -> &'t str {
        name(self.inside())
    }
}

/// The tags of a template in their order; what stands in comments, in strings and in raw text is none.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + ["{%", "{{", "{#"].iter().filter_map(|open| rest.find(open)).min()?;
            let body = text.get(start + 2..)?;
            let close = match text.as_bytes().get(start + 1) {
                Some(b'#') => body.find("#}").map(|end| start + 4 + end),
                Some(b'{') => ending(body, "}}").map(|end| start + 2 + end),
                _ => ending(body, "%}").map(|end| start + 2 + end),
            }?;
            at = close;
            let tag = Tag { start, text: text.get(start..close)? };
            if !tag.text.starts_with("{%") {
                continue;
            }
            if tag.word() == "raw" {
                at = close + text.get(close..)?.find("endraw").unwrap_or(0);
            }
            return Some(tag);
        }
    })
}

/// Where a tag ends, its closing sign included: not within a string.
fn ending(body: &str, close: &str) -> Option<usize> {
    let mut string = None;
    for (at, c) in body.char_indices() {
        match string {
            Some(quote) if c == quote => string = None,
            Some(_) => {}
            None if body[at..].starts_with(close) => return Some(at + close.len()),
            None if matches!(c, '"' | '\'' | '`') => string = Some(c),
            None => {}
        }
    }
    None
}

/// The name that a text begins with.
fn name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The names of a component's parameters: `component figure(photo, size: integer = 3)`.
fn parameters(inside: &str) -> impl Iterator<Item = &str> {
    let list = inside.split_once('(').map_or("", |(_, list)| list);
    let mut depth = 0;
    let mut string = None;
    let mut starts = vec![0];
    let mut end = list.len();
    for (at, c) in list.char_indices() {
        match (string, c) {
            (Some(quote), c) if c == quote => string = None,
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => string = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')') if depth == 0 => {
                end = at;
                break;
            }
            (None, ')' | ']' | '}') => depth -= 1,
            (None, ',') if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    starts
        .into_iter()
        .filter(move |start| *start < end)
        .map(move |start| name(list[start..end].trim_start()))
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_stand_where_a_template_loops_calls_and_keeps() {
        let check = |written: &str, run: &str| {
            let metered = metered(written);
            assert_eq!(metered.text, run);
            let end = metered.written(run.len());
            assert_eq!(end, written.len());
        };
        check("a {{ b }} {# {% for #} c", "a {{ b }} {# {% for #} c");
        check("{% for a in b %}x{% endfor %}", "{% for a in b %}{{ _turn() }}x{% endfor %}");
        check("{%- for a in b -%} x", "{%- for a in b -%}{{- _turn() -}} x");
        check("{% set a = b ~ \"%}\" %}c", "{% set a = b ~ \"%}\" %}{{ _weigh(of=a) }}c");
        check("{% set a %}b{% endset %}", "{% set a %}b{% endset %}{{ _weigh(of=a) }}");
        check("a {%- include \"b\" %}", "a {{- _turn() }}{%- include \"b\" %}");
        check("{% extends \"b\" %}{% set a = 1 %}", "{% extends \"b\" %}{% set a = 1 %}");
        check("{% raw %}{% for %}{% endraw %}", "{% raw %}{% for %}{% endraw %}");
        check(
            "{% component a(b, c: string = \"x,y\") %}d{% endcomponent a %}",
            "{% component a(b, c: string = \"x,y\") %}{{ _turn() }}{{ _weigh(of=b) }}{{ _weigh(of=c) }}d{% endcomponent a %}",
        );
    }

    #[test]
    fn places_are_those_of_the_template_as_written() {
        let metered = metered("{% for a in b %}{{ c }}{% endfor %}");
        let at = metered.text.find("c }}").expect("c");
        assert_eq!(metered.written(at), "{% for a in b %}{{ ".len());
        let turn = metered.text.find("_turn").expect("a call");
        assert_eq!(metered.written(turn), "{% for a in b %}".len());
    }
}
