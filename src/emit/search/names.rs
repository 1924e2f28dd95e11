//! People by the words of their names.

use super::{Cutter, FOLDER, Part, named, separator};
use crate::archive::{Archive, Person};
use crate::emit::write::json;
use crate::text::folded;
use rustc_hash::FxHashSet;
use serde::Serialize;

/// Bytes to aim at for one file.
const FILE_SIZE: usize = 6 << 10;

/// Words under which one person is found, their own before those of their aliases. Each has all of them beside it, so
/// that ten thousand aliases would make a hundred million words.
const WORDS: usize = 64;

/// Someone under one of the words of their names: the word, folded; the address below `people/`; the name shown;
/// initials; slot; the newest office of their people file, or an empty one; how often they are quoted, in powers of
/// two, so that one more quotation seldom changes it; and all words of their names, folded, since a search may want
/// several.
type Row<'a> = (String, &'a str, &'a str, &'a str, u8, &'a str, u32, String);

#[derive(Serialize)]
struct Directory {
    /// The least word that may stand in each file; the first is empty.
    from: Vec<String>,
    /// What they are called.
    files: Vec<Box<str>>,
}

/// Makes the files of people: the words of names and of the aliases in people files lead to them, [`WORDS`] for each.
pub fn people(archive: &Archive) -> Part {
    let folder = format!("{FOLDER}/people");
    let mut rows: Vec<Row<'_>> = archive.people.iter().flat_map(rows).collect();
    rows.sort_unstable_by(|a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()).then_with(|| a.1.cmp(b.1)));
    let mut files = Vec::new();
    let mut directory = Directory { from: Vec::new(), files: Vec::new() };
    let mut cutter = Cutter::new(FILE_SIZE);
    let mut some: Vec<Row<'_>> = Vec::new();
    let mut end = |some: &mut Vec<Row<'_>>| {
        let (name, file) = named(&folder, "json", json(some));
        directory.files.push(name);
        files.push(file);
        some.clear();
    };
    // Whoever shares a word stands in one file with it.
    let mut froms = vec![String::new()];
    let mut last = String::new();
    let mut rest = rows.into_iter().peekable();
    while let Some(row) = rest.next() {
        let mut same = vec![row];
        while let Some(next) = rest.next_if(|next| next.0 == same[0].0) {
            same.push(next);
        }
        let bytes =
            same.iter().map(|row| 40 + row.0.len() + row.1.len() + row.2.len() + row.5.len() + row.7.len()).sum();
        let word = same[0].0.clone();
        if cutter.cuts(&word, bytes) {
            froms.push(separator(&last, &word));
            end(&mut some);
        }
        last = word;
        some.append(&mut same);
    }
    if !some.is_empty() {
        end(&mut some);
    }
    froms.truncate(directory.files.len());
    directory.from = froms;
    let (name, file) = named(&folder, "json", json(&directory));
    files.push(file);
    Part { name, files }
}

fn rows(person: &Person) -> Vec<Row<'_>> {
    let mut words: Vec<String> = Vec::new();
    let mut seen = FxHashSet::default();
    let aliases = person.authority.iter().flat_map(|file| &file.aliases);
    for name in std::iter::once(&person.name).chain(aliases) {
        folded(name, |_, word| {
            if words.len() < WORDS && !seen.contains(word) {
                seen.insert(word.to_owned());
                words.push(word.to_owned());
            }
        });
    }
    words.sort_unstable();
    let all = words.join(" ");
    let office = person.offices().first().map_or("", |office| &*office.title);
    let weight = usize::BITS - person.quotes.len().leading_zeros();
    let row = |word| (word, &*person.slug, &*person.name, &*person.initials, person.slot, office, weight, all.clone());
    words.into_iter().map(row).collect()
}
