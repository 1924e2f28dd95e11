//! What pages have by the dozen is drawn here in Rust: quotations, entries of lists, speakers, the strip.
//!
//! Each fragment is one file here and one row in [`FRAGMENTS`], and draws what the component template of the
//! same name draws, byte for byte (a test compares the two on every page). A template places it as it would
//! place any component; while the page is drawn a mark stands there, and [`splice`] puts the fragment in.
//! This takes a fifth of the time: no value is made of the view, and no template is run for it.
//!
//! A site may still have a template of its own in place of any of the theme's. A fragment steps back, and
//! the component's template is run, as soon as a template of the site could see the difference:
//! see [`Woven::beside`].

mod entries;
mod names;
mod notes;
mod sayings;
mod strip;
mod voices;

use super::html::MARK;
use crate::view::{DayQuotesView, EntryView, NoteView, PageView, SpeakerView, StripView};
use crate::words::Words;

/// One kind of fragment.
struct Fragment {
    kind: Kind,
    /// The component's name, and that of its file.
    name: &'static str,
    /// The type of the views it is drawn from.
    view: &'static str,
    /// Fields under which pages have such views.
    fields: &'static [&'static str],
    /// Other components that the component draws.
    draws: &'static [&'static str],
    /// The component's arguments; the first, `of`, is the views.
    arguments: &'static str,
    /// Those that the fragment reads, in this order.
    handed: &'static [&'static str],
}

/// Kinds of fragments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Entries,
    Notes,
    Sayings,
    Strip,
    Voices,
}

impl Kind {
    pub(super) const ALL: [Self; 5] = [Self::Entries, Self::Notes, Self::Sayings, Self::Strip, Self::Voices];
}

/// All fragments, in the order of their kinds.
static FRAGMENTS: [Fragment; Kind::ALL.len()] = [
    Fragment {
        kind: Kind::Entries,
        name: "entries",
        view: "EntryView",
        fields: &["latest", "on_this_day", "sections", "days", "undated", "reports"],
        draws: &["entry", "chip", "picture"],
        arguments: "of: array, level: integer = 3, shows: string = \"section\", class: string = \"\", \
                    first: bool = false, standfirst: bool = true",
        handed: &["of[0]", "of | length", "level", "shows", "first", "standfirst", "class"],
    },
    Fragment {
        kind: Kind::Notes,
        name: "notes",
        view: "NoteView",
        fields: &["notes"],
        draws: &["note"],
        arguments: "of: array",
        handed: &["of[0]", "of | length"],
    },
    Fragment {
        kind: Kind::Sayings,
        name: "sayings",
        view: "DayQuotesView",
        fields: &["years", "days"],
        draws: &[],
        arguments: "of: array, slot: string",
        handed: &["of[0]", "of | length", "slot"],
    },
    Fragment {
        kind: Kind::Strip,
        name: "strip",
        view: "StripView",
        fields: &["strip"],
        draws: &[],
        arguments: "of: integer",
        handed: &["of", "1"],
    },
    Fragment {
        kind: Kind::Voices,
        name: "voices",
        view: "SpeakerView",
        fields: &["speakers"],
        draws: &["voice"],
        arguments: "of: array",
        handed: &["of[0]", "of | length"],
    },
];

impl Fragment {
    /// The component that stands in for the fragment's while a page is drawn: a mark with the numbers of the
    /// views, or nothing where there are none.
    fn stand_in(&self) -> String {
        let Self { name, arguments, .. } = self;
        let handed: String = self.handed.iter().map(|argument| format!("|{{{{ {argument} }}}}")).collect();
        // Views are numbered from 0, and 0 alone is nothing in a template's eyes.
        let condition = if arguments.starts_with("of: array") { "of" } else { "true" };
        format!(
            "{{%- component {name}({arguments}) -%}}{{%- if {condition} -%}}{MARK}{name}{handed}{MARK}{{%- endif -%}}\
             {{%- endcomponent {name} -%}}"
        )
    }
}

/// Which kinds are drawn here, for a given set of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Woven([bool; Kind::ALL.len()]);

impl Woven {
    /// Settles it for a theme beside which a site has templates of its own: (name, text).
    ///
    /// A fragment steps back where the site has the component's template or one of those that it draws, and
    /// where a template of the site names a field by which such a view is reached, or looks at the page
    /// without naming a field.
    pub(super) fn beside<'t>(site: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let mut woven = Self([true; Kind::ALL.len()]);
        for (file, text) in site {
            let named = names::names(text);
            for fragment in &FRAGMENTS {
                let is_own = |name: &&str| file.strip_prefix("components/") == Some(&format!("{name}.html"));
                let own = std::iter::once(&fragment.name).chain(fragment.draws).any(is_own);
                let seen = named.anything || fragment.fields.iter().any(|field| named.fields.contains(field));
                if own || seen {
                    woven.0[fragment.kind as usize] = false;
                }
            }
        }
        woven
    }

    /// The components that stand in for those drawn here: (name of the file, text).
    pub(super) fn stand_ins(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let woven = FRAGMENTS.iter().filter(|fragment| self.0[fragment.kind as usize]);
        woven.map(|fragment| (format!("components/{}.html", fragment.name), fragment.stand_in()))
    }

    /// The kind that views of a type have, where it is drawn here.
    pub(super) fn kind_of(&self, view: &str) -> Option<Kind> {
        FRAGMENTS.iter().find(|fragment| fragment.view == view).map(|f| f.kind).filter(|kind| self.0[*kind as usize])
    }
}

/// The views of one page that fragments are drawn from, in the order in which they become numbers: that of
/// the fields of their types.
#[derive(Default)]
struct Pieces<'p> {
    entries: Vec<&'p EntryView>,
    notes: &'p [NoteView],
    sayings: Vec<&'p DayQuotesView>,
    strip: Option<&'p StripView>,
    voices: &'p [SpeakerView],
}

impl<'p> Pieces<'p> {
    fn of(page: &'p PageView) -> Self {
        let none = Self::default();
        match page {
            PageView::Article(page) => {
                Self { notes: &page.notes, strip: Some(&page.strip), voices: &page.speakers, ..none }
            }
            PageView::Person(page) => Self { sayings: page.years.iter().flat_map(|year| &year.days).collect(), ..none },
            PageView::Home(page) => Self { entries: page.latest.iter().chain(&page.on_this_day).collect(), ..none },
            PageView::Sections(page) => {
                Self { entries: page.sections.iter().flat_map(|(_, reports)| reports).collect(), ..none }
            }
            PageView::Section(page) => {
                Self { entries: page.days.iter().flat_map(|(_, reports)| reports).collect(), ..none }
            }
            PageView::Month(page) => {
                Self { entries: page.days.iter().flat_map(|(_, reports)| reports).collect(), ..none }
            }
            PageView::Day(page) => Self { entries: page.reports.iter().collect(), ..none },
            PageView::Dates(page) => Self { entries: page.undated.iter().collect(), ..none },
            PageView::Source(page) => {
                Self { entries: page.days.iter().flat_map(|(_, reports)| reports).collect(), ..none }
            }
            PageView::Topic(page) => Self { entries: page.reports.iter().collect(), ..none },
            PageView::People(_)
            | PageView::Photos(_)
            | PageView::Photo(_)
            | PageView::Credits(_)
            | PageView::Year(_)
            | PageView::Topics(_)
            | PageView::Timeline(_)
            | PageView::Sources(_)
            | PageView::Corrections(_)
            | PageView::Quotation(_)
            | PageView::Data(_)
            | PageView::Search(_)
            | PageView::Method(_)
            | PageView::Withdrawn(_)
            | PageView::NotFound(_) => none,
        }
    }

    /// Draws what a mark asks for; none where it is no mark of ours.
    fn draw(&self, mark: &str, theirs: &Words, out: &mut String) -> Option<()> {
        let mut words = mark.splitn(8, '|');
        let name = words.next()?;
        let mut number = || words.next()?.parse::<usize>().ok();
        let (first, n) = (number()?, number()?);
        let those = first..first.checked_add(n)?;
        match name {
            "entries" => entries::entries(self.entries.get(those)?, &entries::Manner::of(words)?, theirs, out),
            "notes" => notes::notes(self.notes.get(those)?, theirs, out),
            "sayings" => sayings::sayings(self.sayings.get(those)?, words.next()?, theirs, out),
            "strip" => strip::strip(self.strip?, theirs, out),
            "voices" => voices::voices(self.voices.get(those)?, theirs, out),
            _ => return None,
        }
        Some(())
    }
}

/// Puts fragments where a drawn page has marks.
pub(super) fn splice(drawn: String, page: &PageView, words: &Words) -> String {
    let mut marks = memchr::memchr_iter(MARK as u8, drawn.as_bytes());
    let Some(first) = marks.next() else { return drawn };
    let pieces = Pieces::of(page);
    let mut out = String::with_capacity(drawn.len() * 3);
    let (mut done, mut start) = (0, first);
    while let Some(end) = marks.next() {
        out.push_str(&drawn[done..start]);
        done = end + 1;
        if pieces.draw(&drawn[start + 1..end], words, &mut out).is_none() {
            // Of a template that has the mark in its own text; the text between stays.
            out.push_str(&drawn[start + 1..end]);
        }
        match marks.next() {
            Some(next) => start = next,
            None => break,
        }
    }
    out.push_str(&drawn[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_kinds() {
        assert!(FRAGMENTS.iter().map(|fragment| fragment.kind).eq(Kind::ALL));
    }

    #[test]
    fn a_fragment_steps_back_where_the_site_could_see_it() {
        let check = |file: &str, text: &str, expected: &[Kind]| {
            let woven = Woven::beside([(file, text)]);
            let found: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| !woven.0[*kind as usize]).collect();
            assert_eq!(found, expected, "{file}: {text}");
        };
        check("base.html", "<p class=\"page\">{{ site.title }} notes</p>", &[]);
        check("article.html", "{% for n in page.notes %}{{ <note of={n} /> }}{% endfor %}", &[Kind::Notes]);
        check("person.html", "{{ page['years'][0] }}", &Kind::ALL);
        check("person.html", "{% set years = page.years %}", &[Kind::Sayings]);
        check("section.html", "{{ page.days[0][1] }}", &[Kind::Entries, Kind::Sayings]);
        check("topic.html", "{% for key, value in page %}{{ value }}{% endfor %}", &Kind::ALL);
        check("topic.html", "{{ __tera_context }}", &Kind::ALL);
        check("components/note.html", "", &[Kind::Notes]);
        check("components/chip.html", "", &[Kind::Entries]);
    }
}
