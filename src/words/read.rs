use super::locale::Locale;
use super::phrase::Phrase;
use super::plural::{Category, Rule};
use super::{Entry, Words, chain, theme};
use crate::diag::{Code, Diagnostic, Noted, codes};
use crate::text::FileSpan;
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Languages written from right to left, by primary subtag; for those whose file does not say.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
/// Findings listed for one file; the rest are counted.
const LISTED: usize = 40;
/// Missing words named in one finding.
const NAMED: usize = 5;

/// A file of words.
#[derive(Clone, Copy, Debug)]
pub struct WordsFile<'f> {
    /// Path from the site's root, `i18n/fr.toml`.
    pub path: &'f str,
    /// Its text.
    pub text: &'f str,
}

/// Makes the words of a language: English, then the theme's own in that language, then the site's files, each over
/// the ones before; of a regional language first the language's files, then the region's.
///
/// `site` holds the site's files, in any order; those of other languages are not looked at.
/// Notes `words-broken` for a file that is not TOML (of which nothing is taken: builds stop at it), `words-unfit` for
/// a word that nothing asks for or whose places are others than the theme's, and `words-missing` where words of
/// another language than English stay English.
pub fn read(language: &str, site: &[WordsFile<'_>]) -> Noted<Arc<Words>> {
    let mut notes = Vec::new();
    let of_theme = theme();
    let english = english();
    let mut entries = english.entries.clone();
    let mut said: FxHashMap<Box<str>, ()> = FxHashMap::default();
    let mut seen = [language, english.text].concat();
    let mut last_file = None;
    for tag in chain(language).iter().rev() {
        let own = of_theme.iter().filter(|(theirs, _)| theirs.eq_ignore_ascii_case(tag)).map(|(_, text)| ("", *text));
        let sites = site.iter().filter(|file| is_of(file.path, tag)).map(|file| (file.path, file.text));
        for (path, text) in own.chain(sites) {
            seen.push('\0');
            seen.push_str(text);
            if path.is_empty() && text == english.text {
                said.extend(english.entries.keys().map(|key| (key.clone(), ())));
                continue;
            }
            let layer = Layer { path, text, rule: Rule::of(tag), base: false };
            layer.read(&mut entries, &mut said, &mut notes);
            if !path.is_empty() {
                last_file = Some(path);
            }
        }
    }
    let is_english = chain(language).last().is_some_and(|primary| primary.eq_ignore_ascii_case("en"));
    if !is_english {
        notes.extend(missing(language, &entries, &said, last_file));
    }
    let mut locale = locale(&entries);
    if !said.contains_key("locale.dir") {
        locale.dir = direction(language);
    }
    // Words that stay English keep English forms: without a file in the language there is no other rule to follow.
    let spoken: &str = if said.is_empty() && !is_english { "en-GB" } else { language };
    let rule = Rule::of(spoken);
    let print = xxhash_rust::xxh3::xxh3_128(seen.as_bytes());
    Noted::new(
        Arc::new(Words { language: language.into(), spoken: spoken.into(), rule, entries, locale, print }),
        notes,
    )
}

/// The theme's English, which says what words there are.
struct English {
    text: &'static str,
    entries: FxHashMap<Box<str>, Entry>,
}

/// Reads it once, whatever is built.
fn english() -> &'static English {
    static ENGLISH: OnceLock<English> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        let text = theme().iter().find(|(tag, _)| *tag == "en").map_or("", |(_, text)| *text);
        let mut entries = FxHashMap::default();
        let layer = Layer { path: "", text, rule: Rule::of("en"), base: true };
        layer.read(&mut entries, &mut FxHashMap::default(), &mut Vec::new());
        English { text, entries }
    })
}

/// Which way a language is written, "ltr" or "rtl".
pub fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default();
    if RIGHT_TO_LEFT.iter().any(|tag| tag.eq_ignore_ascii_case(primary)) { "rtl" } else { "ltr" }
}

/// Whether a file is of a language.
fn is_of(path: &str, tag: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").is_some_and(|name| name.eq_ignore_ascii_case(tag))
}

/// One file, and what it is read for.
struct Layer<'f> {
    path: &'f str,
    text: &'f str,
    rule: Rule,
    /// Whether it says which words there are.
    base: bool,
}

/// A finding about a value.
struct Unfit {
    span: FileSpan,
    message: String,
    label: &'static str,
    help: Help,
}

/// What to do about it.
enum Help {
    Words(String),
    /// The word that was typed, to look for the nearest: the dear part, for those alone that are listed.
    Near(String),
}

impl Layer<'_> {
    fn read(
        &self,
        entries: &mut FxHashMap<Box<str>, Entry>,
        said: &mut FxHashMap<Box<str>, ()>,
        notes: &mut Vec<Diagnostic>,
    ) {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        if let Some(error) = errors.first() {
            let span = error.span().unwrap_or(0..0);
            notes.push(
                Diagnostic::new(codes::WORDS_BROKEN, self.path, format!("this file is not TOML: {}", error.message()))
                    .at(self.text, FileSpan::new(span.start, span.end), "from here on it cannot be read")
                    .note("nothing was built; what was published before stays as it is")
                    .help("a line is `key = \"words\"`, below a heading such as `[report]`"),
            );
            return;
        }
        let mut unfit = Vec::new();
        for (table, value) in document.into_inner() {
            let name = table.get_ref().as_ref().to_owned();
            let DeValue::Table(words) = value.get_ref() else {
                unfit.push(self.unknown(&name, &table));
                continue;
            };
            for (key, value) in words {
                let full: Box<str> = [&*name, ".", key.get_ref()].concat().into();
                match self.entry(&full, key, value, entries) {
                    Ok(entry) => {
                        said.insert(full.clone(), ());
                        entries.insert(full, entry);
                    }
                    Err(fault) => unfit.push(fault),
                }
            }
        }
        self.report(unfit, entries, notes);
    }

    fn report(&self, mut unfit: Vec<Unfit>, entries: &FxHashMap<Box<str>, Entry>, notes: &mut Vec<Diagnostic>) {
        unfit.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        let more = unfit.len().saturating_sub(LISTED);
        for Unfit { span, message, label, help } in unfit.into_iter().take(LISTED) {
            let help = match help {
                Help::Words(help) => help,
                Help::Near(typed) => nearest(&typed, entries.keys().map(|key| &**key)).map_or_else(
                    || "the theme's words are listed in its i18n/en.toml".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                ),
            };
            let found = Diagnostic::new(codes::WORDS_UNFIT, self.path, message).at(self.text, span, label);
            notes.push(found.note("the theme's own words are used").help(help));
        }
        if more > 0 {
            let message = format!("{more} more words in this file are not listed");
            notes.push(Diagnostic::new(codes::WORDS_UNFIT, self.path, message));
        }
    }

    fn unknown<T>(&self, name: &str, at: &Spanned<T>) -> Unfit {
        let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
        Unfit {
            span: FileSpan::new(at.span().start, at.span().end),
            message: format!("the theme has no word `{shown}`"),
            label: "no such word",
            help: Help::Near(name.to_owned()),
        }
    }

    /// Reads a value and holds it against what the theme has under the key.
    fn entry(
        &self,
        key: &str,
        at: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
        entries: &FxHashMap<Box<str>, Entry>,
    ) -> Result<Entry, Unfit> {
        let known = entries.get(key);
        if known.is_none() && !self.base {
            return Err(self.unknown(key, at));
        }
        let span = FileSpan::new(value.span().start, value.span().end);
        let fault = |message, label, help| Unfit { span, message, label, help: Help::Words(help) };
        let phrase = |words: &str| {
            let help = || "write a place as `{name}`, or as `{name:words}` where the theme does".to_owned();
            Phrase::read(words).map_err(|why| fault(format!("`{key}`: {why}"), "this phrase", help()))
        };
        let entry = match value.get_ref() {
            DeValue::String(words) => Entry::Phrase(phrase(words)?),
            DeValue::Array(list) => {
                let words = list.iter().map(|item| Some(item.get_ref().as_str()?.into()));
                let words: Option<Box<[Box<str>]>> = words.collect();
                let help = || "write a list of texts".to_owned();
                Entry::List(words.ok_or_else(|| fault(format!("`{key}` holds what is no text"), "this list", help()))?)
            }
            DeValue::Table(forms) => {
                let mut found: [Option<Phrase>; 6] = Default::default();
                let names = || self.rule.categories.iter().map(|c| c.name()).collect::<Vec<_>>().join(", ");
                let help = || format!("the forms of this language are {}", names());
                for (name, value) in forms {
                    let category = Category::named(name.get_ref()).filter(|c| self.rule.categories.contains(c));
                    let (Some(category), DeValue::String(words)) = (category, value.get_ref()) else {
                        let message = format!("`{key}` has the form `{}`, which no number asks for", name.get_ref());
                        return Err(fault(message, "these forms", help()));
                    };
                    found[category as usize] = Some(phrase(words)?);
                }
                let lacks = Category::ALL.into_iter().find(|c| self.rule.needs(*c) && found[*c as usize].is_none());
                if let Some(lacks) = lacks {
                    return Err(fault(format!("`{key}` lacks the form `{}`", lacks.name()), "these forms", help()));
                }
                Entry::Forms(Box::new(found))
            }
            _ => {
                let help = "write text in quotation marks".to_owned();
                return Err(fault(format!("`{key}` is no text"), "this value", help));
            }
        };
        match known.map_or(Ok(()), |known| fits(key, &entry, known)) {
            Ok(()) => Ok(entry),
            Err(why) => Err(fault(format!("`{key}` {}", why.0), "this value", why.1)),
        }
    }
}

/// Whether a value can stand where the theme has another.
fn fits(key: &str, entry: &Entry, known: &Entry) -> Result<(), (String, String)> {
    match (entry, known) {
        (Entry::List(list), Entry::List(theirs)) if list.len() == theirs.len() => Ok(()),
        (Entry::List(_), Entry::List(theirs)) => {
            Err(("is a list of another length".into(), format!("it has {} texts", theirs.len())))
        }
        (Entry::List(_), _) => Err(("is a list".into(), "write text in quotation marks".into())),
        (_, Entry::List(theirs)) => Err(("is no list".into(), format!("write a list of {} texts", theirs.len()))),
        (Entry::Forms(_), Entry::Phrase(_)) => {
            Err(("has forms, and no number to choose one by".into(), "write one text in quotation marks".into()))
        }
        _ if key == "locale.dir" => match entry {
            Entry::Phrase(phrase) if matches!(phrase.text(), "ltr" | "rtl") => Ok(()),
            _ => Err(("is neither `ltr` nor `rtl`".into(), "write `dir = \"ltr\"`, or \"rtl\"".into())),
        },
        // A date may be written with its parts in figures.
        _ if key.starts_with("locale.") => {
            let known: &[&str] = match key {
                "locale.time" | "locale.hour" => &["hour", "hour-2", "hour-12", "minute", "half"],
                "locale.date-time" | "locale.years" | "locale.quote" | "locale.title" | "locale.percent" => {
                    return same(entry, known);
                }
                _ => &["weekday", "day", "day-2", "month", "month-2", "year"],
            };
            let places: Vec<&str> = phrases(entry).flat_map(Phrase::places).map(|(name, _)| name).collect();
            match places.iter().find(|name| !known.contains(name)) {
                Some(odd) => {
                    Err((format!("has a place `{{{odd}}}` that nothing fills"), format!("there are {}", braces(known))))
                }
                None => Ok(()),
            }
        }
        _ => same(entry, known),
    }
}

/// Whether every form has the places of the theme's; one may do without the number.
fn same(entry: &Entry, known: &Entry) -> Result<(), (String, String)> {
    let mut wanted: Vec<(&str, bool)> = phrases(known).flat_map(Phrase::places).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let names: Vec<String> = wanted
        .iter()
        .map(|(name, stretch)| if *stretch { format!("{name}:words") } else { (*name).to_owned() })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let help =
        || if names.is_empty() { "it has no places".to_owned() } else { format!("its places are {}", braces(&names)) };
    let counted = matches!(known, Entry::Forms(_));
    for phrase in phrases(entry) {
        let places = phrase.places();
        if let Some((odd, _)) = places.iter().find(|place| !wanted.contains(place)) {
            return Err((format!("has a place `{{{odd}}}` that nothing fills"), help()));
        }
        let lacks = wanted.iter().find(|place| !(places.contains(place) || counted && place.0 == "n"));
        if let Some((lacks, _)) = lacks {
            return Err((format!("lacks the place `{{{lacks}}}`"), help()));
        }
    }
    Ok(())
}

fn phrases(entry: &Entry) -> Box<dyn Iterator<Item = &Phrase> + '_> {
    match entry {
        Entry::Phrase(phrase) => Box::new(std::iter::once(phrase)),
        Entry::Forms(forms) => Box::new(forms.iter().flatten()),
        Entry::List(_) => Box::new(std::iter::empty()),
    }
}

fn braces(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
}

/// Tells of words that stay English.
fn missing(
    language: &str,
    entries: &FxHashMap<Box<str>, Entry>,
    said: &FxHashMap<Box<str>, ()>,
    file: Option<&str>,
) -> Option<Diagnostic> {
    let mut left: Vec<&str> = entries.keys().map(|key| &**key).filter(|key| !said.contains_key(*key)).collect();
    // It follows from the language.
    left.retain(|key| *key != "locale.dir");
    left.sort_unstable();
    let primary = language.split('-').next().unwrap_or(language);
    let code: Code = codes::WORDS_MISSING;
    if said.is_empty() {
        let message = format!("the theme has no words in the site's language, `{language}`");
        let help = format!("translate the theme's i18n/en.toml, and save it as i18n/{primary}.toml");
        return Some(Diagnostic::new(code, "site.toml", message).note("its words are English").help(help));
    }
    let path = file.map_or_else(|| format!("i18n/{primary}.toml"), str::to_owned);
    let named = left.iter().take(NAMED).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    let more = left.len().saturating_sub(NAMED);
    let named = if more > 0 { format!("{named} and {more} others") } else { named };
    let n = left.len();
    let message = format!(
        "{n} word{} of the theme {} not translated: {named}",
        if n == 1 { "" } else { "s" },
        if n == 1 { "is" } else { "are" }
    );
    (n > 0).then(|| Diagnostic::new(code, &path, message).note("these words are English"))
}

/// The known key most like the one typed; none where nothing is near.
fn nearest<'k>(typed: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    // The distance takes the product of both lengths; nobody's slip of the finger is this long.
    if typed.len() > 60 {
        return None;
    }
    let mut near: Vec<(f64, &str)> = known
        .map(|name| (strsim::normalized_damerau_levenshtein(typed, name), name))
        .filter(|(near, _)| *near >= 0.6)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.first().map(|(_, name)| *name)
}

fn locale(entries: &FxHashMap<Box<str>, Entry>) -> Locale {
    let phrase = |key: &str| match entries.get(&*["locale.", key].concat()) {
        Some(Entry::Phrase(phrase)) => phrase.clone(),
        _ => Phrase::default(),
    };
    let list = |key: &str| match entries.get(&*["locale.", key].concat()) {
        Some(Entry::List(list)) => list.clone(),
        _ => Box::default(),
    };
    let text = |key: &str| -> Box<str> { phrase(key).text().into() };
    Locale {
        dir: if &*text("dir") == "rtl" { "rtl" } else { "ltr" },
        months: list("months"),
        months_alone: list("months-alone"),
        months_brief: list("months-brief"),
        weekdays: list("weekdays"),
        weekdays_brief: list("weekdays-brief"),
        first_day: text("first-day"),
        long: phrase("long"),
        day_month: phrase("day-month"),
        day_month_year: phrase("day-month-year"),
        brief: phrase("brief"),
        month_year: phrase("month-year"),
        brief_month_year: phrase("brief-month-year"),
        date_time: phrase("date-time"),
        years: phrase("years"),
        time: phrase("time"),
        hour: phrase("hour"),
        noon: text("noon"),
        midnight: text("midnight"),
        am: text("am"),
        pm: text("pm"),
        thousands: text("thousands"),
        separator: text("separator"),
        last: text("last"),
        quote: phrase("quote"),
        title: phrase("title"),
        title_marks: list("title-marks"),
    }
}
