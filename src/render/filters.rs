//! The few words templates have beyond Tera's own.

use super::html::{self, escape};
use crate::words::{Phrase, Piece, Words};
use std::sync::Arc;
use tera::{Error, Function, Kwargs, Map, State, Tera, TeraResult, Value};

/// Registers them. None reaches outside its argument and the words of the theme.
pub(super) fn register(tera: &mut Tera, words: &Arc<Words>) {
    let with = |words: &Arc<Words>| words.clone();
    let own = with(words);
    tera.register_filter("grouped", move |n: i64, _: Kwargs, _: &State<'_>| own.locale().number(n));
    let own = with(words);
    tera.register_filter("joined", move |names: Vec<String>, _: Kwargs, _: &State<'_>| own.locale().joined(&names));
    let own = with(words);
    tera.register_filter("listed", move |names: Vec<String>, _: Kwargs, _: &State<'_>| own.locale().listed(&names));
    let own = with(words);
    tera.register_function("word", move |given: Kwargs, _: &State<'_>| word(&own, &given));
    let own = with(words);
    tera.register_function("parts", move |given: Kwargs, _: &State<'_>| parts(&own, &given));
    let own = with(words);
    tera.register_function("forms", move |given: Kwargs, _: &State<'_>| forms(&own, &given));
    tera.register_function("linked", Linked(with(words)));
    tera.register_function("spoken", Spoken(with(words)));
    let own = with(words);
    tera.register_function("weekdays", move |_: Kwargs, _: &State<'_>| weekdays(&own));
}

/// `word(key="report.aged", year=page.from_year)`: words of the theme with their places filled; of a counted word the
/// form for `n`.
fn word(words: &Words, given: &Kwargs) -> TeraResult<Value> {
    let phrase = phrase(words, given)?;
    if let [Piece::Text(words)] = phrase.pieces() {
        return Ok(Value::from(&**words));
    }
    let mut out = String::with_capacity(64);
    for piece in phrase.pieces() {
        match piece {
            Piece::Text(words) | Piece::Stretch(_, words) => out.push_str(words),
            Piece::Slot(name) => out.push_str(&place(words, given, name)?),
        }
    }
    Ok(Value::from(out))
}

/// `parts(key="report.updated")`: the pieces of words, for templates that put elements between them. A list of
/// `{name, text}`: of words the name is empty; of a place that the call fills, and of `{n}`, the text is filled in and
/// the name is the place's; of one it does not fill the text is empty.
fn parts(words: &Words, given: &Kwargs) -> TeraResult<Vec<Value>> {
    let part = |piece: &Piece| {
        let (name, text) = match piece {
            Piece::Text(words) => ("", words.to_string()),
            Piece::Stretch(name, words) => (&**name, words.to_string()),
            Piece::Slot(name) => (&**name, place(words, given, name).unwrap_or_default()),
        };
        let mut part = Map::new();
        part.insert("name".into(), name.into());
        part.insert("text".into(), text.into());
        Value::from(part)
    };
    Ok(phrase(words, given)?.pieces().iter().map(part).collect())
}

/// `forms(key="count.reports")`: every form of a counted word, for a script that counts. A list of `{name, text}`:
/// CLDR's name of the form, and its words with their places as they are, `{n}`.
fn forms(words: &Words, given: &Kwargs) -> TeraResult<Vec<Value>> {
    let form = |(name, text): (&'static str, String)| {
        let mut form = Map::new();
        form.insert("name".into(), name.into());
        form.insert("text".into(), text.into());
        Value::from(form)
    };
    Ok(words.forms(given.must_get::<&str>("key")?).into_iter().map(form).collect())
}

/// `linked(key="lost.ways", people=…)`: words whose stretches lead to the addresses given under their names.
struct Linked(Arc<Words>);

impl Function<TeraResult<String>> for Linked {
    fn call(&self, given: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let mut out = String::with_capacity(128);
        for piece in phrase(&self.0, &given)?.pieces() {
            match piece {
                Piece::Text(words) => escape(words, &mut out),
                Piece::Slot(name) => escape(&place(&self.0, &given, name)?, &mut out),
                Piece::Stretch(name, words) => {
                    out.push_str("<a href=\"");
                    escape(&place(&self.0, &given, name)?, &mut out);
                    out.push_str("\">");
                    escape(words, &mut out);
                    out.push_str("</a>");
                }
            }
        }
        Ok(out)
    }

    /// Words and addresses are escaped above.
    fn is_safe(&self) -> bool {
        true
    }
}

/// `spoken(lang=page.lang)`: the attributes of words in another language than the site's, with a space before each;
/// nothing where there is none.
struct Spoken(Arc<Words>);

impl Function<TeraResult<String>> for Spoken {
    fn call(&self, given: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let lang = given.get::<&str>("lang")?;
        let mut out = String::new();
        html::spoken(lang, &self.0, &mut out);
        Ok(out)
    }

    /// The language is escaped.
    fn is_safe(&self) -> bool {
        true
    }
}

fn phrase<'w>(words: &'w Words, given: &Kwargs) -> TeraResult<&'w Phrase> {
    let key = given.must_get::<&str>("key")?;
    let n = given.get::<u64>("n")?;
    words.phrase(key, n).ok_or_else(|| Error::message(format!("the theme has no word `{key}`")))
}

/// What the call gives for a place.
fn place(words: &Words, given: &Kwargs, name: &str) -> TeraResult<String> {
    if name == "n" {
        return Ok(words.locale().number(given.must_get::<i64>("n")?));
    }
    given.must_get::<String>(name)
}

/// `weekdays()`: the days of the week from Monday, each its name and what heads a column.
fn weekdays(words: &Words) -> Vec<Value> {
    let day = |(name, brief): (&str, &str)| Value::from(vec![Value::from(name), Value::from(brief)]);
    words.locale().weekdays().map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, expected: &str) {
        let mut tera = Tera::default();
        register(&mut tera, &Words::english());
        let context = tera::context! { n => &1234, one => &1, names => &["A", "B", "C<"], url => &"/a\"b/" };
        let found = tera.render_str(template, &context, true);
        assert_eq!(found.unwrap_or_else(|error| format!("{error}")), expected, "{template}");
    }

    #[test]
    fn thousands_stand_apart() {
        check("{{ 0 | grouped }} {{ 999 | grouped }} {{ n | grouped }} {{ -4200 | grouped }}", "0 999 1,234 −4,200");
    }

    #[test]
    fn lists_are_joined() {
        check("{{ names | joined }}; {{ names | listed }}", "A, B, C&lt;; A, B and C&lt;");
    }

    #[test]
    fn words_are_filled() {
        check("{{ word(key=\"report.who-speaks\") }}", "Who speaks");
        check(
            "{{ word(key=\"count.reports\", n=n) }}, {{ word(key=\"count.reports\", n=one) }}",
            "1,234 reports, 1 report",
        );
        check(
            "{% for form in forms(key=\"count.reports\") %}{{ form.name }}: {{ form.text }}; {% endfor %}",
            "one: {n} report; other: {n} reports; ",
        );
        check("<p{{ spoken(lang=\"he\") }}><p{{ spoken(lang=\"fr\") }}>", "<p lang=\"he\" dir=\"rtl\"><p lang=\"fr\">");
        check("{{ word(key=\"report.more\", section=names[2]) }}", "More from C&lt;");
        check(
            "{% for part in parts(key=\"report.updated\") %}[{{ part.name }}|{{ part.text }}]{% endfor %}",
            "[|updated ][date|]",
        );
        check(
            "{{ linked(key=\"person.wrong\", question=url) }}",
            "Something wrong? <a href=\"/a&quot;b/\">Tell the archive</a>.",
        );
    }
}
