//! Offices by the day: what the archive's own people files say of who held which.

use super::lexicon::{Lexicon, key};
use super::people::People;
use crate::model::Authority;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Who held which office when, by the given name and surname that an article writes.
///
/// Made once for an archive from `content/people/*.md`; empty where an article is looked at by itself.
#[derive(Clone, Debug, Default)]
pub struct Holders {
    by_name: FxHashMap<(u64, u64), Vec<Held>>,
}

#[derive(Clone, Debug)]
struct Held {
    /// Base keys of the title's words: "harbour", "minister".
    words: Vec<u64>,
    from: Option<Date>,
    to: Option<Date>,
}

impl Holders {
    /// Collects the offices of all people files, aliases included.
    pub fn new(authority: &Authority, lexicon: &Lexicon) -> Self {
        let mut by_name: FxHashMap<(u64, u64), Vec<Held>> = FxHashMap::default();
        let base = |word: &str| {
            let id = key(&word.to_lowercase());
            let base = lexicon.entry(id).base;
            if base == 0 { id } else { base }
        };
        for person in &authority.people {
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                let mut words = name.split_whitespace().map(|w| key(&w.to_lowercase()));
                let (Some(first), Some(last)) = (words.next(), words.next_back()) else { continue };
                let held = by_name.entry((first, last)).or_default();
                held.extend(person.offices.iter().map(|office| Held {
                    words: office.title.split_whitespace().map(base).collect(),
                    from: office.from,
                    to: office.to,
                }));
            }
        }
        Self { by_name }
    }

    /// Ties offices held on a day to the people of an article who bear a holder's name in full.
    ///
    /// So "the Harbour Minister" in a lede is Ingrid Marsh where the next paragraph names her, though no sentence of
    /// the report says that she is the minister.
    pub(super) fn tie(&self, day: Option<Date>, people: &mut People) {
        let Some(day) = day.filter(|_| !self.by_name.is_empty()) else { return };
        for person in 0..people.persons.len() {
            let Some(held) = self.by_name.get(&(people.persons[person].first, people.persons[person].last)) else {
                continue;
            };
            let on_the_day =
                held.iter().filter(|h| h.from.is_none_or(|from| from <= day) && h.to.is_none_or(|to| day <= to));
            for &word in on_the_day.flat_map(|h| &h.words) {
                people.bear(word, person as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate;
    use crate::config::Settings;
    use crate::model::{AuthorityPerson, Encoding, Office, Source};
    use jiff::civil::date;

    fn speaker_of_first(day: &str) -> Option<String> {
        let office = |from, to| Office { title: "Harbour Minister".into(), of: None, from, to };
        let person = |name: &str, office| AuthorityPerson {
            name: name.into(),
            offices: vec![office],
            ..AuthorityPerson::default()
        };
        let authority = Authority {
            people: vec![
                person("Aldous Brack", office(None, Some(date(2030, 3, 11)))),
                person("Ingrid Marsh", office(Some(date(2030, 3, 12)), None)),
            ],
        };
        let text = "Ferries to run all winter\n\n“The boats will sail,” the Harbour Minister said on Friday.\n\n\
            Ingrid Marsh and Aldous Brack met on the quay, and neither spoke to the other.\n";
        let path = format!("content/{day}-ferries.txt");
        let source = Source { path: path.into(), text: text.into(), encoding: Encoding::Utf8 };
        let settings = Settings::default();
        let article = crate::read::read(&source, &settings.read).value?;
        let lexicon = Lexicon::english();
        let holders = Holders::new(&authority, lexicon);
        let found = annotate::annotate(&article, &source, lexicon, &holders, &settings.annotate).value;
        let quote = found.quotes.iter().find(|q| q.kind.is_marked_speech())?;
        quote.speaker.map(|chain| found.chain(chain).name.to_string())
    }

    #[test]
    fn an_office_is_its_holder_on_the_day() {
        assert_eq!(speaker_of_first("2031-11-14").as_deref(), Some("Ingrid Marsh"));
        assert_eq!(speaker_of_first("2029-11-14").as_deref(), Some("Aldous Brack"));
    }
}
