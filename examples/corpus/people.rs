use crate::chance::Chance;
use crate::words::{BODIES, ENDINGS, FEMININE, MASCULINE, OFFICES, ONSETS, PLACES};
use std::collections::BTreeSet;

/// Somebody who speaks in the articles.
pub(crate) struct Person {
    pub(crate) given: &'static str,
    pub(crate) surname: String,
    pub(crate) feminine: bool,
    /// "Harbour Minister", "Director"
    pub(crate) office: &'static str,
    /// "the Pilots’ Union", "Port Ansel"
    pub(crate) of: String,
}

impl Person {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }

    pub(crate) fn slug(&self) -> String {
        self.name().to_lowercase().replace(' ', "-")
    }

    pub(crate) fn pronoun(&self) -> &'static str {
        if self.feminine { "she" } else { "he" }
    }

    pub(crate) fn honorific(&self) -> &'static str {
        if self.feminine { "Ms" } else { "Mr" }
    }

    /// "director of the Tidal Board"
    pub(crate) fn role(&self) -> String {
        format!("{} of {}", self.office.to_lowercase(), self.of)
    }

    /// Their people file.
    pub(crate) fn file(&self) -> String {
        let pronouns = if self.feminine { "she/her" } else { "he/him" };
        format!(
            "+++\nname = \"{}\"\npronouns = \"{pronouns}\"\n\n[[roles]]\ntitle = \"{}\"\nof = \"{}\"\nfrom = 2026-05-01\n+++\n\n\
             {} has held the post since 2026, and answers letters.\n",
            self.name(),
            self.office,
            self.of,
            self.name()
        )
    }
}

/// Everybody, the most heard first; no two have one name.
pub(crate) struct Cast {
    pub(crate) people: Vec<Person>,
}

impl Cast {
    pub(crate) fn new(n: usize, chance: &mut Chance) -> Self {
        let mut taken = BTreeSet::new();
        let mut people = Vec::with_capacity(n);
        while people.len() < n {
            let feminine = chance.percent(50);
            let given = chance.pick(if feminine { FEMININE } else { MASCULINE });
            let mut surname = format!("{}{}", chance.pick(ONSETS), chance.pick(ENDINGS));
            if chance.percent(4) {
                surname = format!("{surname}-{}{}", chance.pick(ONSETS), chance.pick(ENDINGS));
            }
            let posts = if chance.percent(60) { BODIES } else { PLACES };
            let of = chance.pick(posts).to_owned();
            let office = chance.pick(OFFICES);
            let person = Person { given, surname, feminine, office, of };
            if taken.insert(person.name()) {
                people.push(person);
            }
        }
        Self { people }
    }
}
