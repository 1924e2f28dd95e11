//! People: from identities to pages.

use super::address::{Addresses, Clash};
use super::echoes::quotes_of;
use super::hands::Hands;
use super::identity::{Identities, Identity};
use super::name::{NameParts, sort_key};
use super::spelling::{commonest, fold};
use super::{ArticleId, Person, PersonId, Pictures, QuoteRef, Watched};
use crate::diag::{Diagnostic, codes};
use crate::model::{AuthorityPerson, Facts, Form};
use crate::text::digest::sha256;
use crate::text::slug;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::sync::Arc;

/// People of one article beyond which it says nothing of who belongs with whom.
const MOST_TOGETHER: usize = 40;

/// All people, sorted, and by article and chain who is who.
pub(super) struct People {
    pub people: Vec<Person>,
    pub who: Vec<Box<[Option<PersonId>]>>,
    /// By identity: who that is.
    pub ids: Vec<PersonId>,
}

/// Where someone was found, in the order of articles.
#[derive(Clone, Debug, Default)]
struct Found {
    chains: Vec<(ArticleId, u32)>,
    spoken: Vec<QuoteRef>,
}

/// Makes everyone's record but for photographs, which the photographs' own join adds.
///
/// `slugs` are everyone's addresses, as [`slugs`] gives them. Notes `person-unknown` for a `not` that is nobody, and
/// `picture-missing` for a portrait that is not held.
pub(super) fn people(
    articles: &[Arc<Facts>],
    identities: Identities,
    slugs: Vec<Box<str>>,
    files: &[AuthorityPerson],
    pictures: &Pictures,
    hands: &impl Hands,
    notes: &mut Vec<Diagnostic>,
) -> People {
    let Identities { all, who, .. } = identities;
    let mut found: Vec<Found> = vec![Found::default(); all.len()];
    for (at, (facts, who)) in articles.iter().zip(&who).enumerate() {
        let article = ArticleId::new(at);
        for (chain, identity) in (0..).zip(who) {
            if let Some(identity) = identity {
                found[*identity as usize].chains.push((article, chain));
            }
        }
        for (quote, fact) in (0..).zip(&facts.quotes) {
            let identity = fact.speaker.and_then(|chain| who.get(chain as usize).copied().flatten());
            if let Some(identity) = identity {
                found[identity as usize].spoken.push(QuoteRef { article, quote });
            }
        }
    }
    let everyone: Vec<_> = all.iter().zip(&found).zip(slugs).enumerate().collect();
    let made = hands.each(&everyone, |(at, ((identity, found), slug))| {
        let file = identity.file.map(|file| &files[file as usize]);
        let (person, note) = person(articles, found, slug, file, pictures);
        (sort_key(&person.sorted), *at, person, note)
    });
    let made = made.into_iter().map(|(key, at, person, note)| {
        notes.extend(note);
        (key, at, person)
    });
    let mut made: Vec<(String, usize, Person)> = made.collect();
    made.sort_unstable_by(|(a, _, x), (b, _, y)| (a, &x.name, &x.slug).cmp(&(b, &y.name, &y.slug)));
    let mut ids = vec![PersonId::new(0); made.len()];
    for (id, (_, at, _)) in made.iter().enumerate() {
        ids[*at] = PersonId::new(id);
    }
    let mut people: Vec<Person> = made.into_iter().map(|(.., person)| person).collect();
    let who = who.into_iter().map(|who| who.into_iter().map(|w| w.map(|w| ids[w as usize])).collect()).collect();
    let same_name = all.iter().zip(&ids).map(|(identity, id)| (&*identity.key.base, *id));
    keep_apart(&mut people, same_name.collect(), notes);
    let mut people = People { people, who, ids };
    people.companions();
    people
}

/// Gives everyone an address: people files the one they ask for, others one made from their name.
///
/// Notes `person-twice` for an address that two people files want.
pub(super) fn slugs(all: &[Identity], files: &[AuthorityPerson], notes: &mut Vec<Diagnostic>) -> Vec<Box<str>> {
    // Single letters are pages of the index, and people's years have pages below their own.
    let mut addresses = Addresses::reserving(&["page"]);
    let mut claim = |wanted: &str, owner: usize, own_data: &str| {
        let wanted = if wanted.is_empty() { "person" } else { wanted };
        if wanted.chars().nth(1).is_none() {
            addresses.reserve(wanted);
        }
        addresses.claim("", wanted, owner as u32, own_data)
    };
    let mut slugs = vec![Box::from(""); all.len()];
    for (at, file) in files.iter().enumerate() {
        let claim = claim(&slug(&file.slug), at, &file.path);
        if let Some(clash) = claim.clash {
            let wanted = format!("people/{}/", file.slug);
            let (message, stays) = match clash {
                Clash::Owner(owner) => {
                    let owner = &files[owner as usize].path;
                    (format!("two people files want the address `{wanted}`"), format!("it stays with `{owner}`"))
                }
                Clash::Reserved => {
                    (format!("the address `{wanted}` is one of our own"), "it stays with the index".to_owned())
                }
            };
            notes.push(
                Diagnostic::new(codes::PERSON_TWICE, &file.path, message)
                    .note(format!("{stays}; this person is at `people/{}/`", claim.slug))
                    .help("give this file a `slug` of its own"),
            );
        }
        slugs[at] = claim.slug.into();
    }
    // The order of names, not of articles: an article that comes later takes nobody's address.
    let mut others: Vec<(String, usize)> =
        all.iter().enumerate().skip(files.len()).map(|(at, identity)| (identity.spelled(), at)).collect();
    others.sort_unstable();
    for (name, at) in others {
        slugs[at] = claim(&slug(&name), at, &name).slug.into();
    }
    slugs
}

/// One person's record, and what is to be said of their portrait.
fn person(
    articles: &[Arc<Facts>],
    found: &Found,
    slug: &str,
    file: Option<&AuthorityPerson>,
    pictures: &Pictures,
) -> (Person, Option<Diagnostic>) {
    let facts = |article: ArticleId| &articles[article.index()];
    let met = || found.chains.iter().map(|(article, chain)| (*article, &facts(*article).chains[*chain as usize]));
    let name: Box<str> = match file {
        Some(file) => file.name.clone(),
        // "Governor Ferrant" says less than the name.
        None => commonest(&mut met().map(|(_, chain)| chain).filter(|c| c.full).map(|c| &*c.name).collect::<Vec<_>>())
            .into(),
    };
    let parts = NameParts::of(&name);
    let mut named: Vec<ArticleId> = found.chains.iter().rev().map(|(article, _)| *article).collect();
    named.dedup();
    let quotes = quotes_of(articles, &found.spoken);
    let is_marked = |at: QuoteRef| facts(at.article).quotes[at.quote as usize].kind.is_marked_speech();
    let authority = file.map(|file| {
        let mut file = file.clone();
        file.offices.sort_by_key(|office| Reverse((office.from, office.to.is_none(), office.to)));
        Box::new(file)
    });
    let wanted = file.and_then(|file| Some((file, file.portrait.as_ref()?)));
    let portrait = wanted.and_then(|(file, wanted)| pictures.named(&file.path, wanted)).cloned();
    let missing = wanted.filter(|_| portrait.is_none()).map(|(file, wanted)| {
        Diagnostic::new(codes::PICTURE_MISSING, &file.path, format!("the portrait `{wanted}` is not there"))
            .note("the page shows initials instead")
    });
    let preferred = file.and_then(|file| file.slot).filter(|slot| (1..=8).contains(slot));
    let person = Person {
        slot: preferred.unwrap_or_else(|| sha256(slug.as_bytes())[0] % 8 + 1),
        n_direct: (quotes.iter().filter(|quote| is_marked(quote.at)).count() as u32).into(),
        quotes: quotes.into(),
        articles: named.into(),
        forms: forms(met().flat_map(|(_, chain)| &chain.forms)).into(),
        roles: roles(met().flat_map(|(article, chain)| chain.roles.iter().map(move |role| (&**role, article)))).into(),
        slug: slug.into(),
        name,
        given: parts.given,
        surname: parts.surname,
        sorted: parts.sorted,
        letter: parts.letter,
        initials: parts.initials,
        authority,
        portrait,
        photos: Watched::default(),
        companions: Watched::default(),
        not: Watched::default(),
    };
    (person, missing)
}

/// Adds up surface forms.
fn forms<'a>(all: impl Iterator<Item = &'a (Box<str>, Form, u32)>) -> Box<[(Box<str>, Form, u32)]> {
    let mut all: Vec<_> = all.map(|(words, form, n)| (&**words, *form, *n)).collect();
    all.sort_unstable();
    let runs = all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
    let mut forms: Vec<_> = runs.map(|run| (run[0].0, run[0].1, run.iter().map(|(.., n)| n).sum::<u32>())).collect();
    forms.sort_by_key(|(words, form, n)| (Reverse(*n), *words, *form));
    forms.truncate(Person::MOST_FORMS);
    forms.into_iter().map(|(words, form, n)| (words.into(), form, n)).collect()
}

/// Counts in how many articles each role stands, however it is spelt there.
fn roles<'a>(all: impl Iterator<Item = (&'a str, ArticleId)>) -> Box<[(Box<str>, u32)]> {
    let key = |role: &str| {
        let folded = fold(role);
        folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
    };
    let mut all: Vec<_> = all.map(|(role, article)| (key(role), article, role)).collect();
    all.sort_unstable();
    let mut roles: Vec<(Box<str>, u32)> = Vec::new();
    for run in all.chunk_by(|a, b| a.0 == b.0).filter(|run| !run[0].0.is_empty()) {
        let n = run.chunk_by(|a, b| a.1 == b.1).count();
        let mut spellings: Vec<&str> = run.iter().map(|(.., role)| *role).collect();
        roles.push((commonest(&mut spellings).into(), n as u32));
    }
    roles.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
    roles.truncate(Person::MOST_FORMS);
    roles.into()
}

/// Says who is not to be confused with whom: where a people file says so, and among people of one name.
fn keep_apart(people: &mut [Person], mut same_name: Vec<(&str, PersonId)>, notes: &mut Vec<Diagnostic>) {
    let mut not: Vec<Vec<PersonId>> = vec![Vec::new(); people.len()];
    let by_slug: FxHashMap<&str, PersonId> =
        people.iter().enumerate().map(|(id, person)| (&*person.slug, PersonId::new(id))).collect();
    for (id, person) in people.iter().enumerate() {
        let Some(file) = &person.authority else { continue };
        for slug in &file.not {
            match by_slug.get(&**slug) {
                Some(other) if other.index() != id => {
                    not[id].push(*other);
                    not[other.index()].push(PersonId::new(id));
                }
                Some(_) => {}
                None => notes.push(
                    Diagnostic::new(codes::PERSON_UNKNOWN, &file.path, format!("`not` names `{slug}`, who is nobody"))
                        .note("left out")
                        .help("write the last part of the person’s address, as in `people/ingrid-marsh/`"),
                ),
            }
        }
    }
    same_name.sort_unstable();
    for run in same_name.chunk_by(|a, b| a.0 == b.0).filter(|run| !run[0].0.is_empty()) {
        // Enough to warn a reader; a name that hundreds share would fill the page.
        let first = &run[..run.len().min(Person::MOST_COMPANIONS)];
        for (_, id) in run {
            not[id.index()].extend(first.iter().map(|(_, other)| other).filter(|other| *other != id));
        }
    }
    for (person, mut others) in people.iter_mut().zip(not) {
        others.sort_unstable();
        others.dedup();
        person.not = others.into();
    }
}

impl People {
    /// Counts who is named in the same articles.
    ///
    /// Each article lends at most [`MOST_TOGETHER`] people to each of them, so the work is linear in the
    /// archive whoever is quoted most.
    fn companions(&mut self) {
        let together: Vec<Vec<PersonId>> = self.who.iter().map(|who| distinct(who, MOST_TOGETHER)).collect();
        let mut count = vec![0u32; self.people.len()];
        for id in 0..self.people.len() {
            let mut met: Vec<PersonId> = Vec::new();
            for article in &self.people[id].articles {
                let others = &together[article.index()];
                if others.contains(&PersonId::new(id)) {
                    for other in others.iter().filter(|other| other.index() != id) {
                        if count[other.index()] == 0 {
                            met.push(*other);
                        }
                        count[other.index()] += 1;
                    }
                }
            }
            let mut counted: Vec<_> =
                met.into_iter().map(|other| (other, std::mem::take(&mut count[other.index()]))).collect();
            counted.sort_unstable_by_key(|(other, n)| (Reverse(*n), *other));
            counted.truncate(Person::MOST_COMPANIONS);
            self.people[id].companions = counted.into();
        }
    }
}

/// The first people of an article, distinct.
pub(super) fn distinct(who: &[Option<PersonId>], most: usize) -> Vec<PersonId> {
    let mut seen = rustc_hash::FxHashSet::default();
    who.iter().flatten().filter(|id| seen.insert(**id)).take(most).copied().collect()
}
