//! The search index: what `static/search.js` asks on `/search/`.
//!
//! An index of our own for one kind of question: who said these words, and when. Every year is an index by itself, so
//! that an edit rewrites the files of one year. `docs/design/search.md` gives the reasons and the form of the files:
//!
//! ```text
//! search/index.json             the years, newest first, and the list of people's files
//! search/2031/HASH.json         one year: its files of words, and of cards
//! search/2031/HASH.bin          some of its words, each with where it stands
//! search/2031/HASH.json         cards: addresses and speakers of some reports
//! search/people/HASH.json       people by the words of their names
//! ```
//!
//! All but the first are called by what they hold: a copy that some cache kept is never another version's.

mod card;
mod names;
mod terms;
mod varint;
mod year;

pub use names::people;
pub use terms::{Occurrence, decoded, terms};
pub use year::{YearInput, print, year};

use super::OutFile;
use super::write::json;
use crate::text::digest;
use serde::Serialize;

/// Where the index lies.
const FOLDER: &str = "search";

/// Bytes of a file of words that a search reads, all years together, for one word that is not frequent.
const BYTES_A_WORD: usize = 48 << 10;

/// Bytes to aim at for one file of words in an archive of so many years.
///
/// A search reads one file for each word and year. The number of years is taken up to the next power of two, so that
/// a new year seldom cuts all others anew.
pub fn file_size(years: usize) -> usize {
    (BYTES_A_WORD / years.max(1).next_power_of_two()).clamp(2 << 10, 12 << 10)
}

/// A part of the index, as the file above it knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// What its first file is called: its folder's other files are found from there.
    pub name: Box<str>,
    /// All its files.
    pub files: Vec<OutFile>,
}

/// Makes the file from which every search begins. `years` are called by number, none for undated reports.
pub fn index(years: &[(Option<i16>, Box<str>)], people: &str) -> OutFile {
    #[derive(Serialize)]
    struct Index<'a> {
        /// Newest first: the year, 0 for undated reports, and its file.
        years: Vec<(i16, &'a str)>,
        people: &'a str,
    }
    let mut years: Vec<_> = years.iter().map(|(year, name)| (year.unwrap_or(0), &**name)).collect();
    years.sort_unstable_by(|a, b| b.cmp(a));
    OutFile { path: format!("{FOLDER}/index.json").into(), bytes: json(&Index { years, people }) }
}

/// The folder of a year's files.
fn folder(year: Option<i16>) -> String {
    match year {
        Some(year) => format!("{FOLDER}/{year:04}"),
        None => format!("{FOLDER}/undated"),
    }
}

/// A file called by a digest of its bytes.
fn named(folder: &str, ending: &str, bytes: Vec<u8>) -> (Box<str>, OutFile) {
    // 50 bits: of ten thousand files in a folder no two are called the same by chance.
    let name = digest::base32(&digest::sha256(&bytes), 10);
    let path = format!("{folder}/{name}.{ending}").into();
    (name.into(), OutFile { path, bytes })
}

/// Cuts a sorted list of words into files: at a word that its own letters choose, so that what is added at one place
/// moves no cut at another.
struct Cutter {
    target: usize,
    len: usize,
}

impl Cutter {
    fn new(target: usize) -> Self {
        Self { target, len: 0 }
    }

    /// Whether a new file begins with `word`, of which `bytes` are to be written.
    fn cuts(&mut self, word: &str, bytes: usize) -> bool {
        let chosen = crate::text::digest::spread(word.as_bytes()).is_multiple_of(16);
        let half = self.target / 2;
        // A frequent word stands alone: whoever looks for its neighbours need not read it.
        let cut = self.len > 0 && (self.len + bytes > self.target + half || self.len >= half && chosen);
        self.len = if cut { bytes } else { self.len + bytes };
        cut
    }
}

/// The shortest head of `word` that comes behind `before`.
fn separator(before: &str, word: &str) -> String {
    let mut out = String::new();
    let mut other = before.chars();
    for letter in word.chars() {
        out.push(letter);
        if other.next() != Some(letter) {
            break;
        }
    }
    out
}
