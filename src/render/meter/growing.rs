//! The engine's filters that make much of little, as it has them, but bounded.

use super::{Take, keep, room};
use std::borrow::Cow;
use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

/// The widest indentation, as the engine has it.
const WIDEST: usize = 1000;

/// Registers them in the place of the engine's own.
pub(super) fn register(tera: &mut Tera, take: &Take) {
    let spend = take.clone();
    tera.register_filter("replace", move |text: StringInput<'_>, given: Kwargs, state: &State<'_>| {
        replace(&spend, text, &given, state)
    });
    let spend = take.clone();
    tera.register_filter("indent", move |text: StringInput<'_>, given: Kwargs, state: &State<'_>| {
        indent(&spend, text, &given, state)
    });
    let spend = take.clone();
    tera.register_filter("join", move |list: &[Value], given: Kwargs, state: &State<'_>| {
        join(&spend, list, &given, state)
    });
    let spend = take.clone();
    tera.register_filter("str", move |value: Value, _: Kwargs, _: &State<'_>| {
        keep(&spend, &value).map(|()| format!("{value}"))
    });
}

/// As both are printed, where one of them is markup; none where neither is, and both are plain text.
fn rendered<'a>(
    texts: (&'a StringInput<'_>, Option<&'a StringInput<'_>>),
    state: &State<'_>,
) -> TeraResult<(Cow<'a, str>, Option<Cow<'a, str>>, bool)> {
    let (text, other) = texts;
    let is_markup = state.autoescaping_enabled() && (text.is_safe() || other.is_some_and(StringInput::is_safe));
    if !is_markup {
        return Ok((Cow::Borrowed(text.as_str()), other.map(|other| Cow::Borrowed(other.as_str())), false));
    }
    Ok((text.rendered(state)?, other.map(|other| other.rendered(state)).transpose()?, true))
}

fn value(text: String, is_markup: bool) -> Value {
    if is_markup { Value::safe_string(&text) } else { Value::from(text) }
}

fn replace(take: &Take, text: StringInput<'_>, given: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = given.must_get::<&str>("from")?;
    let to = given.must_get::<StringInput<'_>>("to")?;
    let (text, to, is_markup) = rendered((&text, Some(&to)), state)?;
    let to = to.unwrap_or_default();
    let times = text.matches(from).count();
    room(take, text.len().saturating_add(times.saturating_mul(to.len())))?;
    Ok(value(text.replace(from, &to), is_markup))
}

fn indent(take: &Take, text: StringInput<'_>, given: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let width = given.get::<usize>("width")?.unwrap_or(4).min(WIDEST);
    let sign = given.get::<StringInput<'_>>("indentation")?;
    let (first, blank) = (given.get::<bool>("first")?.unwrap_or(false), given.get::<bool>("blank")?.unwrap_or(false));
    if sign.as_ref().is_some_and(|sign| sign.as_str().chars().count() != 1) {
        return Err(Error::message("The `indentation` argument must contain exactly one character"));
    }
    let (text, sign, is_markup) = rendered((&text, sign.as_ref()), state)?;
    let sign = sign.unwrap_or(Cow::Borrowed(" "));
    let before = width * sign.len();
    room(take, text.lines().count().saturating_mul(before).saturating_add(text.len()))?;
    let before = sign.repeat(width);
    let mut out = String::with_capacity(text.len() * 2);
    for (n, line) in text.lines().enumerate() {
        if n > 0 {
            out.push('\n');
        }
        if if n == 0 { first } else { blank || !line.is_empty() } {
            out.push_str(&before);
        }
        out.push_str(line);
    }
    if text.ends_with('\n') {
        out.push('\n');
    }
    Ok(value(out, is_markup))
}

fn join(take: &Take, list: &[Value], given: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let between = given.get::<StringInput<'_>>("sep")?;
    let is_markup = state.autoescaping_enabled()
        && (list.iter().any(|value| value.is_string() && value.is_safe())
            || between.as_ref().is_some_and(StringInput::is_safe));
    let between = match &between {
        None => Cow::Borrowed(""),
        Some(between) if is_markup => between.rendered(state)?,
        Some(between) => Cow::Borrowed(between.as_str()),
    };
    let mut out = String::new();
    for (n, value) in list.iter().enumerate() {
        let size = super::size(value).saturating_add(between.len());
        room(take, out.len().saturating_add(size))?;
        if n > 0 {
            out.push_str(&between);
        }
        match is_markup {
            true if value.is_undefined() => {}
            true => out.push_str(&state.escape_if_needed(value)?),
            false => out.push_str(&format!("{value}")),
        }
    }
    Ok(value(out, is_markup))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as the engine's own.
    #[test]
    fn what_they_make_is_what_the_engine_makes() {
        let context = tera::context! {
            plain => &"a<b a\n\n b\n", lines => &"one\ntwo\n\nthree", list => &["x<", "y", ""], numbers => &[1, 2, 3],
            nested => &[[1, 2], [3, 4]]
        };
        for template in [
            "{{ plain | replace(from=\"a\", to=\"<i>\") }}",
            "{{ plain | replace(from=\"\", to=\"-\") }}",
            "{{ plain | safe | replace(from=\"b\", to=\"<i>\") }}",
            "{{ plain | replace(from=\"b\", to=\"<i>\" | safe) }}",
            "{{ lines | indent }}|{{ lines | indent(width=2, first=true) }}|{{ lines | indent(blank=true) }}",
            "{{ plain | safe | indent(indentation=\"<\", width=3) }}|{{ plain | indent(indentation=\">\") }}",
            "{{ lines | indent(indentation=\"ab\") }}",
            "{{ list | join }}|{{ list | join(sep=\", \") }}|{{ numbers | join(sep=\"<\") }}",
            "{{ list | join(sep=\"<br>\" | safe) }}|{{ [plain | safe, plain] | join(sep=\"<\") }}",
            "{{ numbers | str }}|{{ nested | str }}|{{ 1.5 | str }}|{{ plain | str }}|{{ nested | join(sep=\"; \") }}",
            "{{ 1 | join }}",
            "{{ plain | replace(from=\"a\") }}",
        ] {
            let of = |tera: &mut Tera| match tera.render_str(template, &context, true) {
                Ok(text) => text,
                Err(error) => format!("{error}"),
            };
            let own = of(&mut Tera::default());
            let mut tera = Tera::default();
            super::super::register(&mut tera, None);
            super::super::begin(super::super::LARGEST);
            assert_eq!(of(&mut tera), own, "{template}");
        }
    }
}
