//! What keeps a template of the site from running without end.
//!
//! The engine runs a template for as long as it takes: loops in loops, components that call themselves twice, a text
//! that is doubled again and again. So templates of the site are given calls that count, where they loop, call and
//! keep: a page has so many turns, and what a name holds has a size. So has what an expression joins or a filter makes
//! of little, and what is printed costs turns by its length. What the engine does within a turn, as sorting a list or
//! looking for a text in another, it does in time by the size of what there is; how long that may take in all, whoever
//! builds the site knows ([`Patience`]).

mod expression;
mod growing;

use expression::{is_path, keeps};
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Turns of loops, calls and includes that one page may take. The longest page of the theme, people by the ten
/// thousand, takes some hundred thousand.
const TURNS: u64 = 4_000_000;

/// Bytes of text and elements of lists, whatever they hold in turn, that a template may keep under a name or make at
/// once. More where the page is told more.
pub(super) const LARGEST: usize = 4 << 20;

/// Bytes of text between two tags from which on it costs turns.
const LONG: usize = 1 << 10;

/// Bytes that are as good as a turn.
const TURN: usize = 64;

/// What is put around an expression that is printed.
const PRINTED: (&str, &str) = ("(", ") | _printed ");

/// What is said of pages that were given up because another never ends.
pub(crate) const STOPPED: &str = "another page never ends";

thread_local! {
    /// Turns that the page being drawn has taken.
    static TAKEN: Cell<u64> = const { Cell::new(0) };
    /// The largest value on it.
    static MOST: Cell<usize> = const { Cell::new(LARGEST) };
    static GREW: Cell<bool> = const { Cell::new(false) };
}

/// Begins to count for another page, on which a value may be so large.
pub(super) fn begin(most: usize) {
    TAKEN.set(0);
    MOST.set(most);
    GREW.set(false);
}

/// Whether the page being drawn was given up because a value was too large.
pub(super) fn grew() -> bool {
    GREW.get()
}

/// Takes turns, or says why there are none left.
type Take = Arc<dyn Fn(usize) -> TeraResult<()> + Send + Sync>;

/// How long a page may be computed. Time is told by whoever draws pages: this room has no clock.
pub trait Patience: Send + Sync {
    /// Begins another page, on the thread that draws it.
    fn begin(&self);

    /// Whether the page that this thread draws has been computed for too long.
    fn is_over(&self) -> bool;

    /// How long that is.
    fn seconds(&self) -> u64;
}

/// Registers the calls. Once a page of the engine has used up its turns or its time, all others are given up.
pub(super) fn register(tera: &mut Tera, patience: Option<Arc<dyn Patience>>) {
    let spent = Arc::new(AtomicBool::new(false));
    let take: Take = Arc::new(move |turns: usize| {
        let taken = TAKEN.get().saturating_add(turns as u64);
        TAKEN.set(taken);
        if taken > TURNS {
            spent.store(true, Ordering::Relaxed);
            return Err(Error::message(format!("this never ends: it has taken {TURNS} turns on one page")));
        }
        if let Some(patience) = patience.as_ref().filter(|patience| patience.is_over()) {
            spent.store(true, Ordering::Relaxed);
            let longest = patience.seconds();
            return Err(Error::message(format!("this never ends: it has been computing one page for {longest} s")));
        }
        if spent.load(Ordering::Relaxed) { Err(Error::message(STOPPED)) } else { Ok(()) }
    });
    growing::register(tera, &take);
    let turn = take.clone();
    tera.register_function("_turn", move |given: Kwargs, _: &State<'_>| {
        turn(given.get::<usize>("n")?.unwrap_or(1)).map(|()| Value::from(""))
    });
    let weigh = take.clone();
    tera.register_function("_weigh", move |given: Kwargs, _: &State<'_>| {
        let value = given.get::<Value>("of")?;
        value.map_or(Ok(()), |value| keep(&weigh, &value)).map(|()| Value::from(""))
    });
    let kept = take.clone();
    tera.register_function("_keep", move |given: Kwargs, _: &State<'_>| {
        // In a list there may be what is undefined.
        let value = given.get::<Value>("of")?.unwrap_or_else(Value::undefined);
        kept(1)?;
        keep(&kept, &value).map(|()| value)
    });
    // The page itself is bounded; what is printed into a name or a component is not.
    let printed = take.clone();
    tera.register_filter("_printed", move |value: &Value, _: Kwargs, _: &State<'_>| {
        printed(size(value) / TURN).map(|()| value.clone())
    });
    // It says nothing of the value; asking is what takes turns.
    tera.register_test("_printed", move |value: &Value, _: Kwargs, _: &State<'_>| {
        take(size(value) / TURN).map(|()| false)
    });
}

/// Whether a value may be as large as it is; what it holds costs turns.
fn keep(take: &Take, value: &Value) -> TeraResult<()> {
    room(take, size(value))
}

/// Whether there may be a value of that size, which costs turns.
fn room(take: &Take, size: usize) -> TeraResult<()> {
    if size > MOST.get() {
        GREW.set(true);
        return Err(Error::message(format!(
            "this grows without end: it holds more than {} bytes or elements",
            MOST.get()
        )));
    }
    take(size / TURN)
}

/// Bytes of a text; elements of a list or a map with all that they hold, counted no further than to where it is too
/// much.
fn size(value: &Value) -> usize {
    if let Some(text) = value.as_str() {
        return text.len();
    }
    let most = MOST.get();
    let (mut size, mut open) = (0_usize, vec![value]);
    while let Some(value) = open.pop() {
        size = size.saturating_add(1 + value.as_str().map_or(0, str::len));
        let held = value.as_array().map_or(0, <[Value]>::len) + value.as_map().map_or(0, |map| map.len());
        if size.saturating_add(held).saturating_add(open.len()) > most {
            return most.saturating_add(1);
        }
        open.extend(value.as_array().into_iter().flatten());
        open.extend(value.as_map().into_iter().flat_map(|map| map.values()));
    }
    size
}

/// A template with calls that count.
pub(super) struct Metered {
    /// What the engine runs.
    pub(super) text: String,
    /// Where calls were put into `text`, and how long they are; sorted.
    added: Vec<(usize, usize)>,
    /// Where `text` has what is put behind an expression that is printed, how long that is, and where the expression
    /// begins as it was written; sorted.
    printed: Vec<(usize, usize, usize)>,
}

impl Metered {
    /// The place in the template as it was written of a place in the text that is run.
    pub(super) fn written(&self, at: usize) -> usize {
        // A fault of what is printed is met behind it.
        let behind = self.printed.partition_point(|(start, len, _)| start + len < at);
        if let Some((.., begins)) = self.printed.get(behind).filter(|(start, ..)| *start < at) {
            return *begins;
        }
        let before = self.added.iter().take_while(|(start, _)| *start < at);
        at - before.map(|(start, len)| (*len).min(at - start)).sum::<usize>()
    }
}

/// Puts calls into a template behind each tag that loops, opens a component or a block, or keeps a value, and before
/// each that includes another template. Nothing that is printed changes.
pub(super) fn metered(written: &str) -> Metered {
    let text = String::with_capacity(written.len() + written.len() / 8);
    let mut out = Metered { text, added: Vec::new(), printed: Vec::new() };
    let mut rest = written;
    // Outside its blocks a template that extends another prints nothing, and may hold no call.
    let extends = tags(written).any(|tag| !tag.is_print() && tag.word() == "extends");
    let (mut depth, mut kept) = (0_usize, Vec::new());
    let mut tags = tags(written).peekable();
    while let Some(tag) = tags.next() {
        let at = tag.start - (written.len() - rest.len());
        let (before, after) = rest.split_at(at);
        let (text, after) = after.split_at(tag.text.len());
        out.text.push_str(before);
        rest = after;
        let inside = tag.inside();
        // Of the text behind it, where that is long.
        let long = tags.peek().map_or(written.len(), |next| next.start) - (tag.start + text.len());
        let long = (long >= LONG).then(|| format!("_turn(n={})", long / TURN));
        if tag.is_print() {
            // What is wrong with it was said where it was written. A component writes by itself, and so does a block.
            let is_value = !inside.is_empty() && !inside.starts_with('<') && !is_super(inside);
            let is_named = is_path(inside);
            let begins = tag.start + text.find(inside).unwrap_or(0);
            let is_made = is_value && !is_named;
            out.expression(text, if is_made { PRINTED } else { ("", "") });
            if let Some((start, len)) = out.added.last().filter(|_| is_made) {
                out.printed.push((*start, *len, begins));
            }
            if !extends || depth > 0 {
                let trims = text.ends_with("-}}");
                // The engine names what is not defined, as long as it is printed itself: so it is weighed behind that.
                if is_value && is_named {
                    let (open, close) = if trims { ("{%- ", " -%}") } else { ("{% ", " %}") };
                    out.add(&[open, "if ", inside, " is _printed", close, open, "endif", close].concat());
                }
                long.iter().for_each(|call| out.call(call, trims, trims));
            }
            continue;
        }
        match tag.word() {
            "include" if !extends || depth > 0 => out.call("_turn()", text.starts_with("{%-"), false),
            _ => {}
        }
        match tag.word() {
            // Without a word: a component.
            "if" | "elif" | "for" | "set" | "set_global" | "" => out.expression(text, ("", "")),
            _ => out.text.push_str(text),
        }
        let mut calls = Vec::new();
        match tag.word() {
            "block" => {
                depth += 1;
                calls.push("_turn()".to_owned());
            }
            "component" => {
                depth += 1;
                calls.push("_turn()".to_owned());
            }
            "endblock" | "endcomponent" => depth = depth.saturating_sub(1),
            "for" => calls.push("_turn()".to_owned()),
            "set" | "set_global" => {
                let name = name(inside.split_once(char::is_whitespace).map_or("", |(_, rest)| rest));
                match inside.split_once('=') {
                    // It was weighed where it was made.
                    Some((_, value)) if is_path(value) => {}
                    Some(_) => calls.push(format!("_weigh(of={name})")),
                    None => kept.push(name),
                }
            }
            "endset" => calls.extend(kept.pop().map(|name| format!("_weigh(of={name})"))),
            _ => {}
        }
        calls.extend(long);
        if !extends || depth > 0 {
            let trims = text.ends_with("-%}");
            calls.iter().for_each(|call| out.call(call, trims, trims));
        }
    }
    out.text.push_str(rest);
    out
}

impl Metered {
    /// Puts a text in that was not written.
    fn add(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.added.push((self.text.len(), text.len()));
        self.text.push_str(text);
    }

    /// Puts a tag with an expression in, with what weighs what it makes, `around` it too.
    fn expression(&mut self, text: &str, (open, close): (&str, &str)) {
        // Not its signs.
        let inside = text.get(2..text.len() - 2).unwrap_or_default();
        let inside = inside.strip_suffix('-').unwrap_or(inside);
        let start = 2 + usize::from(inside.starts_with('-'));
        let end = 2 + inside.len();
        self.text.push_str(&text[..start]);
        self.add(open);
        let mut from = start;
        for (at, put) in keeps(&text[start..end]) {
            self.text.push_str(&text[from..start + at]);
            self.add(put);
            from = start + at;
        }
        self.text.push_str(&text[from..end]);
        self.add(close);
        self.text.push_str(&text[end..]);
    }

    fn call(&mut self, call: &str, trims_before: bool, trims_behind: bool) {
        let (open, close) = (if trims_before { "{{- " } else { "{{ " }, if trims_behind { " -}}" } else { " }}" });
        self.added.push((self.text.len(), open.len() + call.len() + close.len()));
        self.text.extend([open, call, close]);
    }
}

/// A tag of a template, `{% … %}` or `{{ … }}`.
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

    /// Whether it prints.
    fn is_print(&self) -> bool {
        self.text.starts_with("{{")
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
            if tag.text.starts_with("{#") {
                continue;
            }
            if !tag.is_print() && tag.word() == "raw" {
                at = close + text.get(close..).and_then(raw_end).unwrap_or(0);
            }
            return Some(tag);
        }
    })
}

/// Where in a text the tag is that ends raw text.
fn raw_end(text: &str) -> Option<usize> {
    text.match_indices("{%").map(|(at, _)| at).find(|at| {
        let inside = &text[at + 2..];
        let word = inside.strip_prefix('-').unwrap_or(inside).trim_start().strip_prefix("endraw");
        word.map(str::trim_start).is_some_and(|rest| rest.strip_prefix('-').unwrap_or(rest).starts_with("%}"))
    })
}

/// Whether what is printed is what the block of the parent has: `super()`.
fn is_super(inside: &str) -> bool {
    inside.strip_prefix("super").is_some_and(|rest| rest.trim_start().starts_with('('))
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
        check("a {{ b }} {# {% for #} c", "a {{ b }}{% if b is _printed %}{% endif %} {# {% for #} c");
        check("{{- b.c -}} ", "{{- b.c -}}{%- if b.c is _printed -%}{%- endif -%} ");
        check("{{- b ~ c -}}", "{{-( _keep(of= b ~ c )) | _printed -}}");
        check("{{<b c={d ~ e} />}}", "{{<b c={ _keep(of= _keep(of=d ~ e))} />}}");
        check("{% if a ~ b %}", "{% if _keep(of= a ~ b )%}");
        check("{% for a in b %}x{% endfor %}", "{% for a in b %}{{ _turn() }}x{% endfor %}");
        check("{%- for a in b -%} x", "{%- for a in b -%}{{- _turn() -}} x");
        check("{% set a = b ~ \"%}\" %}c", "{% set a = _keep(of= b ~ \"%}\" )%}{{ _weigh(of=a) }}c");
        check("{% set a = b.c %}d", "{% set a = b.c %}d");
        check("{% set a %}b{% endset %}", "{% set a %}b{% endset %}{{ _weigh(of=a) }}");
        check("a {%- include \"b\" %}", "a {{- _turn() }}{%- include \"b\" %}");
        check("{% extends \"b\" %}{% set a = 1 %}", "{% extends \"b\" %}{% set a = 1 %}");
        check("{% raw %}{% for %}{% endraw %}", "{% raw %}{% for %}{% endraw %}");
        check("{% raw %}endraw {% for %}{%- endraw -%}", "{% raw %}endraw {% for %}{%- endraw -%}");
        check("{{ super() }}", "{{ super() }}");
        check(
            "{% component a(b, c: string = \"x,y\") %}d{% endcomponent a %}",
            "{% component a(b, c: string = \"x,y\") %}{{ _turn() }}d{% endcomponent a %}",
        );
    }

    /// What a template prints where it counts.
    fn printed(template: &str) -> String {
        begin(LARGEST);
        let mut tera = Tera::default();
        register(&mut tera, None);
        let text = metered(template).text;
        let added = tera.add_raw_templates([("a.html", text.as_str())]);
        added.unwrap_or_else(|error| panic!("{template}: {error}"));
        let context = tera::context! { a => &"<a>", b => &true, none => &None::<u8> };
        tera.render("a.html", &context).unwrap_or_else(|error| panic!("{template}: {error}"))
    }

    #[test]
    fn what_is_printed_stays_the_same() {
        let check = |template: &str, expected: &str| assert_eq!(printed(template), expected, "{template}");
        check("{% if not b %}1{% elif a ~ \"b\" == \"<a>b\" %}2{% endif %}", "2");
        check("{{ a is string ~ \"y\" }}", "truey");
        check("{% if a ~ 1 is string and a is not number %}1{% endif %}", "1");
        check("{% set ys = [x[\"m\"] for x in [{\"n\": 1}]] %}{{ ys | length }}", "1");
        check("{{ a }}{{ a | safe }}{{ none }}{{ b }}", "&lt;a&gt;<a>true");
        check("{{ a if b else none }}|{{ not b or none }}|{{ -1 }}|{{ 1 - 2 }}|{{ 1.5 }}", "&lt;a&gt;||-1|-1|1.5");
        check(
            "{{ a | upper if b else a }}|{{ nope | default(value=1) }}|{{ [a, 1] }}",
            "&lt;A&gt;|1|[&quot;&lt;a&gt;&quot;, 1]",
        );
        check("{% set x = a | safe %} {{- x -}} {{ x }} {{- \"}}\" }}", "<a><a>}}");
    }

    /// What the engine says of a template that it cannot draw.
    fn said(template: &str, metered: bool) -> String {
        begin(LARGEST);
        let mut tera = Tera::default();
        register(&mut tera, None);
        let text = if metered { super::metered(template).text } else { template.to_owned() };
        let added = tera.add_raw_templates([("a.html", text.as_str())]);
        let error = added.and_then(|()| tera.render("a.html", &tera::context! { a => &"<a>", list => &[3, 1, 2] }));
        error.expect_err(template).to_string().lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_is_not_there_is_told_as_ever() {
        for template in
            ["{{ nope }}", "{{ a.nope }}", "{{ a.nope.more }}", "{{ nope | upper }}", "{{ a | nope }}", "{{ 1 + a }}"]
        {
            assert_eq!(said(template, true), said(template, false), "{template}");
        }
    }

    /// It is over whenever somebody says so.
    struct Told(AtomicBool);

    impl Patience for Told {
        fn begin(&self) {}

        fn is_over(&self) -> bool {
            self.0.load(Ordering::Relaxed)
        }

        fn seconds(&self) -> u64 {
            30
        }
    }

    #[test]
    fn a_page_that_is_computed_for_too_long_is_given_up() {
        let told = Arc::new(Told(AtomicBool::new(false)));
        let mut tera = Tera::default();
        register(&mut tera, Some(told.clone()));
        let text = metered("{% for a in list %}{{ list | sort | length }}{% endfor %}").text;
        tera.add_raw_templates([("a.html", text.as_str())]).unwrap_or_else(|error| panic!("{error}"));
        let context = tera::context! { list => &[3, 1, 2] };
        begin(LARGEST);
        assert_eq!(tera.render("a.html", &context).expect("drawn"), "333");
        told.0.store(true, Ordering::Relaxed);
        let error = tera.render("a.html", &context).expect_err("given up").to_string();
        assert!(error.contains("it has been computing one page for 30 s"), "{error}");
        told.0.store(false, Ordering::Relaxed);
        begin(LARGEST);
        let error = tera.render("a.html", &context).expect_err("all others are").to_string();
        assert!(error.contains(STOPPED), "{error}");
    }

    #[test]
    fn a_component_may_be_given_all_again_and_again() {
        begin(LARGEST);
        let mut tera = Tera::default();
        register(&mut tera, None);
        let card = "{% component card(all, one) %}{{ one.name }} of {{ all | length }}{% endcomponent card %}";
        let page = "{% for one in all %}{{<card all={all} one={one}/>}}{% endfor %}";
        let texts = [("card.html", metered(card).text), ("a.html", metered(page).text)];
        tera.add_raw_templates(texts).unwrap_or_else(|error| panic!("{error}"));
        let one = |n: usize| std::collections::BTreeMap::from([("name", format!("n{n}")), ("url", format!("/{n}/"))]);
        let all: Vec<_> = (0..1_600).map(one).collect();
        let drawn = tera.render("a.html", &tera::context! { all => &all }).unwrap_or_else(|error| panic!("{error}"));
        assert!(drawn.ends_with("n1599 of 1600"));
    }

    #[test]
    fn places_are_those_of_the_template_as_written() {
        // What is not there is met where it would be printed, and told where it is named.
        for template in ["a {{ b[\"nope\"] }} c", "a {{- b[0] -}} c", "a {{ b?.nope }} c", "a {{ [1, 2][5] }} c"] {
            let metered = metered(template);
            let at = metered.text.find("_printed").expect("a filter");
            let begins = template.find(['b', '[']).expect("an expression");
            assert_eq!((metered.written(at), metered.written(at + 8)), (begins, begins), "{template}");
            let behind = metered.text.len() - 1;
            assert_eq!(metered.written(behind), template.len() - 1, "{template}");
        }
        let metered = metered("{% for a in b %}{{ c }}{% endfor %}");
        let at = metered.text.find("c }}").expect("c");
        assert_eq!(metered.written(at), "{% for a in b %}{{ ".len());
        let turn = metered.text.find("_turn").expect("a call");
        assert_eq!(metered.written(turn), "{% for a in b %}".len());
    }
}
