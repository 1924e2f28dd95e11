//! One year of the index.

use super::card::{bonds, card};
use super::terms::{self, Term};
use super::{Cutter, Part, folder, named, separator, varint};
use crate::archive::{Archive, ArticleId};
use crate::config::SiteSettings;
use crate::emit::write::json;
use crate::model::ChainId;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

/// Reports on a file of cards: of about two kilobytes, since a search reads one for each result it shows.
const CARDS: usize = 32;

/// What a year's index is made of.
#[derive(Debug)]
pub struct YearInput<'a> {
    /// Which year; none for reports without a date.
    pub year: Option<i16>,
    /// Its articles in the archive's order, each with what [`terms`](super::terms()) took down of it.
    pub articles: &'a [(ArticleId, Vec<u8>)],
    /// The archive they are part of.
    pub archive: &'a Archive,
    /// The site.
    pub site: &'a SiteSettings,
    /// Bytes to aim at for one file of words; see [`file_size`](super::file_size).
    pub file_size: usize,
}

/// A year's list of files. Words are sorted as JavaScript sorts strings.
#[derive(Serialize)]
struct Directory<'a> {
    /// Reports.
    n: usize,
    /// Reports on a file of cards.
    per: usize,
    /// The least word that may stand in each file of words; the first is empty.
    from: Vec<String>,
    /// What they are called.
    words: Vec<Box<str>>,
    /// Their bytes.
    sizes: Vec<usize>,
    /// What the files of cards are called.
    cards: &'a [Box<str>],
    /// Photographs that reports use more than once, of this year or of others, so that each is listed once: by their
    /// address, the number of the report and of the photograph in it, for each use of this year.
    shared: BTreeMap<&'a str, Vec<usize>>,
}

/// Makes the index of one year. Linear in its words but for one sort of the distinct ones.
pub fn year(input: &YearInput<'_>) -> Part {
    let folder = folder(input.year);
    let mut files = Vec::new();
    let mut keep = |(name, file)| {
        files.push(file);
        name
    };
    let cards: Vec<Box<str>> = input
        .articles
        .chunks(CARDS)
        .map(|some| {
            let cards: Vec<_> = some.iter().map(|(id, _)| card(*id, input.archive, input.site)).collect();
            keep(named(&folder, "json", json(&cards)))
        })
        .collect();
    let mut directory = Directory {
        n: input.articles.len(),
        per: CARDS,
        from: Vec::new(),
        words: Vec::new(),
        sizes: Vec::new(),
        cards: &cards,
        shared: shared(input),
    };
    for (from, bytes) in shards(&joined(input), input.file_size) {
        directory.from.push(from);
        directory.sizes.push(bytes.len());
        directory.words.push(keep(named(&folder, "bin", bytes)));
    }
    let name = keep(named(&folder, "json", json(&directory)));
    Part { name, files }
}

/// The photographs of the year that have several uses.
fn shared<'a>(input: &YearInput<'a>) -> BTreeMap<&'a str, Vec<usize>> {
    let mut shared: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (report, (id, _)) in input.articles.iter().enumerate() {
        for (at, photo) in several(*id, input.archive) {
            shared.entry(photo).or_default().extend([report, at]);
        }
    }
    shared
}

/// An article's photographs that are used elsewhere as well: the number in the article, and the address.
fn several(id: ArticleId, archive: &Archive) -> impl Iterator<Item = (usize, &str)> {
    let photos = archive.article(id).photos.iter().map(|photo| archive.photo(*photo)).enumerate();
    photos.filter(|(_, photo)| photo.uses.len() > 1).map(|(at, photo)| (at, &*photo.id))
}

/// Of everything beside the words that a year's index is made of; `people` has a number for each person that says how
/// they are called and shown.
///
/// Two years with one print and the same words have the same index.
pub fn print(articles: &[ArticleId], archive: &Archive, people: &[u64], hasher: &mut impl Hasher) {
    for id in articles {
        let article = archive.article(*id);
        article.address.hash(hasher);
        archive.section(article.section).slug.hash(hasher);
        let mut person = |id: Option<crate::archive::PersonId>| {
            id.and_then(|id| people.get(id.index())).hash(hasher);
        };
        (0..article.facts.quotes.len() as u32).for_each(|at| person(article.speaker(at)));
        let shown = article.facts.photos.iter().flat_map(|photo| &photo.shows);
        shown.for_each(|chain| person(article.who(ChainId::new(*chain as usize))));
        several(*id, archive).for_each(|photo| photo.hash(hasher));
    }
}

/// One word of the year, with all reports that have it.
struct Word {
    /// The last report.
    last: u32,
    /// For each report: twice the way from the last one (from none: its number plus one), plus one where the word
    /// stands there several times; then how often; then where.
    places: Vec<u8>,
}

impl Word {
    fn add(&mut self, report: u32, n: u32, places: &[u8]) {
        varint::put((report - self.last) * 2 + u32::from(n > 1), &mut self.places);
        if n > 1 {
            varint::put(n, &mut self.places);
        }
        self.places.extend_from_slice(places);
        self.last = report;
    }
}

/// Every word of the year; sorted.
fn joined(input: &YearInput<'_>) -> Vec<(String, Vec<u8>)> {
    let mut words: FxHashMap<Box<[u8]>, Word> = FxHashMap::default();
    let mut add = |report: u32, bytes: &[u8]| {
        for (word, n, places) in terms::each(bytes) {
            let term: Term<'_> = (word, n, places);
            match words.get_mut(term.0) {
                Some(known) => known.add(report, n, places),
                None => {
                    let mut new = Word { last: 0, places: Vec::new() };
                    new.add(report, n, places);
                    words.insert(word.into(), new);
                }
            }
        }
    };
    for ((id, bytes), report) in input.articles.iter().zip(1..) {
        add(report, bytes);
        add(report, &bonds(*id, input.archive));
    }
    let text = |(word, places): (Box<[u8]>, Word)| Some((String::from_utf8(word.into()).ok()?, places.places));
    let mut words: Vec<_> = words.into_iter().filter_map(text).collect();
    // By UTF-16, as JavaScript compares; the same as by bytes but for letters beyond the first plane.
    words.sort_unstable_by(|a, b| match (a.0.is_ascii(), b.0.is_ascii()) {
        (true, true) => a.0.cmp(&b.0),
        _ => a.0.encode_utf16().cmp(b.0.encode_utf16()),
    });
    words
}

/// The files of words, each with the least word that may stand in it.
///
/// A file is a row of words: how many bytes it shares with the word before, how many follow, these; how many bytes its
/// places have, these.
fn shards(words: &[(String, Vec<u8>)], target: usize) -> Vec<(String, Vec<u8>)> {
    let mut shards: Vec<(String, Vec<u8>)> = Vec::new();
    let mut cutter = Cutter::new(target);
    let mut before = "";
    for (word, places) in words {
        if cutter.cuts(word, word.len() + places.len() + 3) || shards.is_empty() {
            let from = if shards.is_empty() { String::new() } else { separator(before, word) };
            shards.push((from, Vec::new()));
            before = "";
        }
        let Some((_, out)) = shards.last_mut() else { continue };
        let shared = word.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        varint::put(shared as u32, out);
        varint::put((word.len() - shared) as u32, out);
        out.extend_from_slice(&word.as_bytes()[shared..]);
        varint::put(places.len() as u32, out);
        out.extend_from_slice(places);
        before = word;
    }
    shards
}
