//! Photographs across articles: which uses show one picture, and who is credited.

use super::address::Addresses;
use super::photo::filled;
use super::pictures::{Stems, is_elsewhere};
use super::spelling::{commonest, fold};
use super::{ArticleId, CreditGroup, PersonId, PhotoId, PhotoRecord, PhotoUse, Picture, Pictures};
use crate::model::{Authority, Facts, PhotoFact};
use crate::text::digest::{base32, normal_words, sha256};
use crate::text::slug;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Words below which two captions are alike by chance: "Ingrid Marsh", "File picture".
const FEWEST_WORDS: usize = 4;

/// All photographs, and by article which are its own.
#[derive(Default)]
pub(super) struct Photos {
    /// By first use, oldest first.
    pub photos: Vec<PhotoRecord>,
    /// By article, then by `Facts::photos`.
    pub of: Vec<Box<[PhotoId]>>,
    /// By article: photos that name a file which is not held, though it should be.
    pub missing: Vec<Box<[u32]>>,
}

/// Joins the photographs of all articles.
///
/// Uses are one photograph where their files have the same bytes, or where their captions and credits have the
/// same words and no two of them hold different files.
pub(super) fn photos(articles: &[Arc<Facts>], who: &[Box<[Option<PersonId>]>], pictures: &Pictures) -> Photos {
    let mut out = Photos::default();
    let stems = Stems::of(articles.iter().map(|facts| &*facts.path));
    let mut files: Vec<Vec<Option<&Picture>>> = Vec::with_capacity(articles.len());
    // A use without a file belongs to the one that has it, also when that comes later.
    let mut file_of: FxHashMap<Key, Key> = FxHashMap::default();
    for facts in articles {
        let held = held(facts, pictures, &stems);
        for (fact, picture) in facts.photos.iter().zip(&held) {
            if let (Some(words), Some(picture)) = (words_key(fact), picture) {
                file_of.entry(words).or_insert_with(|| picture_key(picture));
            }
        }
        out.missing.push(missing(facts, &held, pictures));
        files.push(held);
    }
    let mut by_key: FxHashMap<Key, PhotoId> = FxHashMap::default();
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    for ((at, facts), held) in articles.iter().enumerate().zip(files) {
        let mut ids = Vec::with_capacity(held.len());
        for ((photo, fact), picture) in (0..).zip(&facts.photos).zip(held) {
            let key = match (picture, words_key(fact)) {
                (Some(picture), _) => picture_key(picture),
                (None, Some(words)) => file_of.get(&words).copied().unwrap_or(words),
                (None, None) => sha256(format!("use\0{}\0{photo}", facts.path).as_bytes()),
            };
            let id = *by_key.entry(key).or_insert_with(|| {
                drafts.push(Draft { key, ..Draft::default() });
                PhotoId::new(drafts.len() - 1)
            });
            let draft = &mut drafts[id.index()];
            draft.uses.push(PhotoUse { article: ArticleId::new(at), photo });
            draft.learn(fact);
            draft.picture = draft.picture.or(picture);
            let shown = fact.shows.iter().filter_map(|chain| who[at].get(*chain as usize).copied().flatten());
            draft.shows.extend(shown.filter(|person| draft.shown.insert(*person)));
            ids.push(id);
        }
        out.of.push(ids.into());
    }
    let names = by_name(articles, who);
    for draft in &mut drafts {
        draft.learn_file(articles, who, &names);
    }
    let ids = ids(&drafts);
    out.photos = drafts.into_iter().zip(ids).map(|(draft, id)| draft.finished(id)).collect();
    out
}

/// The pictures that pages of these articles and people show or lead to, by path: no other is published.
pub fn shown(articles: &[Arc<Facts>], authority: &Authority, pictures: &Pictures) -> FxHashSet<Box<str>> {
    let stems = Stems::of(articles.iter().map(|facts| &*facts.path));
    let in_articles = articles.iter().flat_map(|facts| {
        let linked = facts.linked.iter().filter_map(|file| pictures.named(&facts.path, file));
        held(facts, pictures, &stems).into_iter().flatten().chain(linked).collect::<Vec<_>>()
    });
    let portraits =
        authority.people.iter().filter_map(|person| pictures.named(&person.path, person.portrait.as_deref()?));
    in_articles.chain(portraits).map(|picture| picture.path.clone()).collect()
}

/// Groups photographs by agency and photographer, and tells each photograph its group.
///
/// By name, those without credit last. Where only a photographer is known, the credit as printed is the group.
pub(super) fn credits(photos: &mut [PhotoRecord]) -> Vec<CreditGroup> {
    let agency = |facts: &PhotoFact| facts.agency.clone().or_else(|| facts.credit.clone()).unwrap_or_default();
    let mut all: Vec<Credited> = Vec::with_capacity(photos.len());
    for (id, photo) in photos.iter().enumerate() {
        let (agency, photographer) = (agency(&photo.facts), photo.facts.photographer.clone().unwrap_or_default());
        all.push(Credited {
            keys: [fold(&agency), fold(&photographer)],
            photo: PhotoId::new(id),
            agency,
            photographer,
        });
    }
    // An empty name is the last of its list.
    let order = |credited: &Credited| {
        let [agency, photographer] = &credited.keys;
        (agency.is_empty(), agency.clone(), photographer.is_empty(), photographer.clone(), credited.photo)
    };
    all.sort_by_cached_key(order);
    let mut addresses = Addresses::default();
    let mut groups = Vec::new();
    for run in all.chunk_by(|a, b| a.keys[0] == b.keys[0]) {
        let key = &run[0].keys[0];
        let wanted = Some(slug(key)).filter(|slug| !slug.is_empty());
        let wanted = wanted.unwrap_or_else(|| if key.is_empty() { "no-credit" } else { "credit" }.to_owned());
        let photographers = run.chunk_by(|a, b| a.keys == b.keys).map(|run| {
            let mut names: Vec<&str> = run.iter().map(|credited| &*credited.photographer).collect();
            (commonest(&mut names).into(), run.iter().map(|credited| credited.photo).collect())
        });
        for credited in run {
            photos[credited.photo.index()].credit = groups.len() as u32;
        }
        let mut names: Vec<&str> = run.iter().map(|credited| &*credited.agency).collect();
        groups.push(CreditGroup {
            slug: addresses.claim("", &wanted, 0, key).slug.into(),
            name: commonest(&mut names).into(),
            photographers: photographers.collect::<Vec<_>>().into(),
        });
    }
    groups
}

/// A photograph under its credit.
struct Credited {
    /// Agency and photographer, folded.
    keys: [String; 2],
    photo: PhotoId,
    agency: Box<str>,
    photographer: Box<str>,
}

/// What makes two uses one photograph, hashed.
type Key = [u8; 32];

fn picture_key(picture: &Picture) -> Key {
    sha256([b"picture\0".as_slice(), &picture.digest].concat().as_slice())
}

/// None where the caption is too short to tell two photographs apart.
fn words_key(fact: &PhotoFact) -> Option<Key> {
    let caption = normal_words(&fact.caption);
    let credit = normal_words(fact.credit.as_deref().unwrap_or_default());
    let enough = caption.split(' ').nth(FEWEST_WORDS - 1).is_some();
    enough.then(|| sha256(format!("words\0{caption}\0{credit}").as_bytes()))
}

/// The files of an article's photos: those it names, and those that lie beside it.
fn held<'a>(facts: &Facts, pictures: &'a Pictures, articles: &Stems<'_>) -> Vec<Option<&'a Picture>> {
    let mut beside = 0..;
    let mut file = |photo: &PhotoFact| match &photo.file {
        Some(file) => pictures.named(&facts.path, file),
        None => pictures.beside(&facts.path, beside.next().unwrap_or_default(), articles),
    };
    // Also one that may not be shown has its place among the files beside the article.
    let file = |photo: &PhotoFact| file(photo).filter(|_| !photo.withheld);
    facts.photos.iter().map(file).collect()
}

fn missing(facts: &Facts, held: &[Option<&Picture>], pictures: &Pictures) -> Box<[u32]> {
    let is_missed = |file: &str| !is_elsewhere(file) && !pictures.is_withheld(&facts.path, file);
    let named = |photo: &PhotoFact| !photo.withheld && photo.file.as_ref().is_some_and(|file| is_missed(file));
    let photos = (0..).zip(facts.photos.iter().zip(held));
    photos.filter(|(_, (photo, held))| held.is_none() && named(photo)).map(|(at, _)| at).collect()
}

/// People by full name, folded; none where a name is more than one person's.
type Names = FxHashMap<String, Option<PersonId>>;

fn by_name(articles: &[Arc<Facts>], who: &[Box<[Option<PersonId>]>]) -> Names {
    let mut names = Names::default();
    for (facts, who) in articles.iter().zip(who) {
        for (chain, person) in facts.chains.iter().zip(who).filter(|(chain, _)| chain.full) {
            let Some(person) = *person else { continue };
            let known = names.entry(fold(&chain.name)).or_insert(Some(person));
            if *known != Some(person) {
                *known = None;
            }
        }
    }
    names
}

/// A photograph while its uses are met.
#[derive(Default)]
struct Draft<'a> {
    key: Key,
    picture: Option<&'a Picture>,
    facts: PhotoFact,
    uses: Vec<PhotoUse>,
    shows: Vec<PersonId>,
    shown: FxHashSet<PersonId>,
    shown_by_file: Vec<PersonId>,
    named_by_file: Vec<Box<str>>,
    from_file: Vec<&'static str>,
}

impl Draft<'_> {
    /// Takes from a use what earlier ones did not give.
    fn learn(&mut self, use_: &PhotoFact) {
        let facts = &mut self.facts;
        if facts.caption.is_empty() {
            facts.caption = use_.caption.clone();
        }
        // A credit is taken whole: one use's photographer does not belong to another's agency.
        if facts.credit.is_none() {
            facts.credit = use_.credit.clone();
            facts.photographer = use_.photographer.clone();
            facts.agency = use_.agency.clone();
        }
        for (field, found) in [(&mut facts.alt, &use_.alt), (&mut facts.rights, &use_.rights)] {
            if field.is_none() {
                field.clone_from(found);
            }
        }
    }

    /// Takes from the file what no use gave, and the people it names.
    ///
    /// A name means whom an article that uses the picture calls so; else the one person whom the archive calls so.
    fn learn_file(&mut self, articles: &[Arc<Facts>], who: &[Box<[Option<PersonId>]>], names: &Names) {
        let Some(file) = self.picture.map(|picture| &picture.facts) else { return };
        let (facts, from_file) = filled(&self.facts, file);
        (self.facts, self.from_file) = (facts.into_owned(), from_file);
        for name in &file.shows {
            let key = fold(name);
            let here = self.uses.iter().find_map(|used| {
                let at = used.article.index();
                let chain = articles[at].chains.iter().position(|chain| chain.full && fold(&chain.name) == key)?;
                who[at].get(chain).copied().flatten()
            });
            match here.or_else(|| names.get(&key).copied().flatten()) {
                Some(person) => {
                    if !self.shown_by_file.contains(&person) {
                        self.shown_by_file.push(person);
                    }
                    if self.shown.insert(person) {
                        self.shows.push(person);
                    }
                }
                None => self.named_by_file.push(name.clone()),
            }
        }
    }

    fn finished(self, id: Box<str>) -> PhotoRecord {
        PhotoRecord {
            id,
            picture: self.picture.cloned(),
            facts: self.facts,
            uses: self.uses.into(),
            shows: self.shows.into(),
            shown_by_file: self.shown_by_file.into(),
            named_by_file: self.named_by_file.into(),
            from_file: self.from_file,
            credit: 0,
        }
    }
}

/// Short ids, longer ones for whoever comes second to a short one in the order of the keys.
fn ids(drafts: &[Draft<'_>]) -> Vec<Box<str>> {
    let mut by_key: Vec<usize> = (0..drafts.len()).collect();
    by_key.sort_unstable_by_key(|at| drafts[*at].key);
    let mut taken = FxHashSet::default();
    // Pages of the photographs' own folder.
    taken.extend(["credits".to_owned(), "page".to_owned()]);
    let mut ids = vec![Box::from(""); drafts.len()];
    for at in by_key {
        let id = (8..=51).map(|len| base32(&drafts[at].key, len)).find(|id| !taken.contains(id)).unwrap_or_default();
        ids[at] = id.as_str().into();
        taken.insert(id);
    }
    ids
}
