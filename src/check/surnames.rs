//! People whom a reader may take for each other.

use super::Check;
use super::ground::Ground;
use crate::archive::{ArticleId, PersonId};
use crate::build::Story;
use crate::diag::{Diagnostic, Lines, codes};
use crate::text::FileSpan;
use std::collections::BTreeMap;

/// Says where two people of one surname stand in one article.
pub(super) struct Surnames;

impl Check for Surnames {
    fn article(&self, ground: &Ground<'_>, id: ArticleId, story: &Story, out: &mut Vec<Diagnostic>) {
        let archive = ground.site.archive;
        let mut by_surname: BTreeMap<String, Vec<PersonId>> = BTreeMap::new();
        for person in archive.article(id).people.iter() {
            let surname = archive.person(*person).surname.to_lowercase();
            if !surname.is_empty() {
                by_surname.entry(surname).or_default().push(*person);
            }
        }
        let lines = Lines::new(&story.source.text);
        for people in by_surname.into_values().filter(|people| people.len() > 1) {
            let names: Vec<&str> = people.iter().map(|person| &*archive.person(*person).name).collect();
            let surname = &*archive.person(people[0]).surname;
            // Where the second of them is named: from there on the surname alone says less.
            let at = names.iter().filter_map(|name| Some((story.source.text.find(name)?, name.len()))).max();
            let others: Vec<&str> = archive
                .person(people[0])
                .articles
                .iter()
                .filter(|other| {
                    **other != id && people[1..].iter().all(|person| archive.article(**other).people.contains(person))
                })
                .map(|other| &*archive.article(*other).facts.path)
                .take(5)
                .collect();
            let message = format!("{} people are called {surname}: {}", people.len(), names.join(", "));
            let mut said = Diagnostic::new(codes::SURNAME_SHARED, &story.article.path, message);
            if let Some((start, len)) = at {
                said = said.within(&lines, FileSpan::new(start, start + len), "one of them");
            }
            if !others.is_empty() {
                said = said.note(format!("together also in {}", others.join(", ")));
            }
            out.push(said.help("read whether each surname alone is given to the right one"));
        }
    }
}
