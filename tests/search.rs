//! The search index: what it says of the sample archive is what stands in it, and an edit touches one year.

use super::support::{Session, project, read_tree, sample};
use onrecord::emit::search::{Occurrence, decoded};
use onrecord::text::folded;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Every word of a year's files, with the reports that have it and where.
type Words = BTreeMap<String, Vec<(usize, Vec<Occurrence>)>>;

fn number(bytes: &mut &[u8]) -> u32 {
    let (mut n, mut shift) = (0, 0);
    loop {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        n |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return n;
        }
    }
}

/// Reads a file of words as docs/design/search.md tells its form.
fn read(mut bytes: &[u8], words: &mut Words) {
    let mut word: Vec<u8> = Vec::new();
    while !bytes.is_empty() {
        word.truncate(number(&mut bytes) as usize);
        let (more, rest) = bytes.split_at(1);
        word.extend_from_slice(&rest[..usize::from(more[0])]);
        bytes = &rest[usize::from(more[0])..];
        let len = number(&mut bytes) as usize;
        let (mut places, rest) = bytes.split_at(len);
        bytes = rest;
        let mut report = 0;
        let mut found = Vec::new();
        while !places.is_empty() {
            let step = number(&mut places);
            report += step as usize >> 1;
            let n = if step % 2 == 1 { number(&mut places) } else { 1 };
            let occurrences = decoded(&mut places, n);
            assert_eq!(occurrences.len(), n as usize);
            found.push((report - 1, occurrences));
        }
        let before = words.insert(String::from_utf8(word.clone()).expect("UTF-8"), found);
        assert!(before.is_none(), "{word:?} stands twice");
    }
}

fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    folded(text, |_, word| out.push(word.to_owned()));
    out
}

#[test]
fn words_are_folded_as_the_script_folds_them() {
    let cases = fs::read(project("tests/folded.json")).expect("a file");
    let cases: Vec<(String, String)> = serde_json::from_slice(&cases).expect("pairs");
    for (text, expected) in cases {
        assert_eq!(words(&text).join(" "), expected, "{text}");
    }
}

#[test]
fn the_index_of_the_sample_says_what_stands_in_it() {
    let files = &sample().files;
    let json = |path: &str| -> Value { serde_json::from_slice(&files[path]).expect("JSON") };
    let index = json("search/index.json");
    let mut listed: BTreeSet<String> = ["search/index.html".to_owned(), "search/index.json".to_owned()].into();
    let mut n_spoken = 0;
    let mut uses: BTreeMap<String, Vec<(Value, usize, usize)>> = BTreeMap::new();
    let mut shared = Vec::new();
    for year in index["years"].as_array().expect("years") {
        let folder = format!("search/{}", year[0]);
        let mut name = |file: &Value, ending: &str| {
            let path = format!("{folder}/{}.{ending}", file.as_str().expect("a name"));
            listed.insert(path.clone());
            path
        };
        let list = json(&name(&year[1], "json"));
        let mut found = Words::new();
        for (i, file) in list["words"].as_array().expect("files").iter().enumerate() {
            let bytes = &files[&name(file, "bin")];
            assert_eq!(list["sizes"][i], bytes.len());
            let known: BTreeSet<String> = found.keys().cloned().collect();
            read(bytes, &mut found);
            let from = list["from"][i].as_str().expect("a word");
            assert!(known.iter().all(|word| &**word < from), "a word before {from:?}");
            assert!(found.keys().filter(|word| !known.contains(*word)).all(|word| &**word >= from));
        }
        let cards: Vec<Value> = list["cards"]
            .as_array()
            .expect("files")
            .iter()
            .flat_map(|file| {
                let Value::Array(cards) = json(&name(file, "json")) else { panic!("no list") };
                cards
            })
            .collect();
        assert_eq!(list["n"], cards.len());
        for (report, card) in cards.iter().enumerate() {
            let data = json(&format!("{}index.json", card[0].as_str().expect("an address")));
            for (i, photo) in data["photographs"].as_array().expect("photographs").iter().enumerate() {
                let url = photo["url"].as_str().expect("an address");
                uses.entry(url.to_owned()).or_default().push((year[0].clone(), report, i));
            }
            for (photo, places) in list["shared"].as_object().expect("photographs") {
                let places = places.as_array().expect("places").chunks(2);
                let here = places.filter(|place| place[0] == report).map(|place| (photo.clone(), place[1].clone()));
                shared.extend(
                    here.map(|(photo, at)| (photo, year[0].clone(), report, at.as_u64().expect("a number") as usize)),
                );
            }
            let text: Vec<char> = data["text"].as_str().expect("text").chars().collect();
            // Every word of the report leads to it, and every word of a quotation to that quotation.
            let at = |word: &str| found[word].iter().find(|(other, _)| *other == report).map(|(_, at)| at.as_slice());
            for word in words(data["text"].as_str().expect("text")) {
                assert!(at(&word).is_some(), "{word} of {}", card[0]);
            }
            for (i, quote) in data["quotations"].as_array().expect("quotations").iter().enumerate() {
                let item = i as u32 * 3 + u32::from(quote["kind"] == "reported");
                let place = |at: &Value| at.as_u64().expect("a place") as usize;
                let pieces = quote["at"].as_array().expect("places").iter();
                // "The door, he told them, had come ashore": her words are the pieces, not what stands between.
                let pieces = pieces.map(|at| text[place(&at[0])..place(&at[1])].iter().collect::<String>());
                for word in pieces.flat_map(|piece| words(&piece)) {
                    assert!(at(&word).is_some_and(|at| at.iter().any(|o| o.item == Some(item))), "{word} of {quote}");
                }
                let number = card[2][i].as_u64().expect("a number") as usize;
                let slug = card[1][number / 2][2].as_str().expect("a slug");
                let url = quote["speaker"]["url"].as_str().unwrap_or_default();
                assert_eq!(slug, url.rsplit('/').nth(1).unwrap_or_default(), "{quote}");
                if !slug.is_empty() {
                    n_spoken += 1;
                    let said = at(&format!("@{slug}")).is_some_and(|at| at.iter().any(|o| o.item == Some(item)));
                    assert!(said, "{slug} does not say {quote}");
                }
            }
        }
    }
    // Photographs that are used more than once are known as such, in every place, and no others.
    let several = uses.into_iter().filter(|(_, places)| places.len() > 1).flat_map(|(url, places)| {
        let photo = url.rsplit('/').nth(1).unwrap_or_default().to_owned();
        places.into_iter().map(move |(year, report, at)| (photo.clone(), year, report, at))
    });
    let several: Vec<_> = several.map(|place| format!("{place:?}")).collect();
    let mut shared: Vec<_> = shared.into_iter().map(|place| format!("{place:?}")).collect();
    shared.sort();
    assert_eq!(shared, several);
    assert!(shared.len() > 1);
    assert!(n_spoken > 100, "{n_spoken} quotations with a speaker");
    let people = format!("search/people/{}.json", index["people"].as_str().expect("a name"));
    listed.extend(
        json(&people)["files"]
            .as_array()
            .expect("files")
            .iter()
            .map(|file| format!("search/people/{}.json", file.as_str().expect("a name"))),
    );
    listed.insert(people);
    let all: BTreeSet<String> = files.keys().filter(|path| path.starts_with("search/")).cloned().collect();
    assert_eq!(all, listed);
}

#[test]
fn an_edit_touches_one_year_and_search_can_be_left_out() {
    let report = |words: &str| format!("Harbour\n\nFerries sail\n\n“{words},” Ingrid Marsh said on Monday.\n");
    let session = Session::new()
        .file("site.toml", "title = \"The Calder Record\"\n")
        .file("content/2030/11/12-quay.txt", report("The bore is dry"))
        .file("content/2031/11/12-quay.txt", report("The pumps <b>stay</b>"))
        .file("content/2031/11/13-ferry.txt", report("We will sail"));
    session.run(&["build"]);
    let before = session.tree("public/search");
    fs::write(session.path("content/2031/11/13-ferry.txt"), report("We will sail at noon")).expect("a file");
    session.run(&["build"]);
    let after = session.tree("public/search");
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let touched: BTreeSet<&str> = paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .map(|path| path.split('/').next().unwrap_or_default())
        .collect();
    assert_eq!(touched, ["2031", "index.json"].into());
    session.run(&["build", "--no-cache", "--out", "clean"]);
    assert_eq!(read_tree(&session.path("clean/search")), after);

    fs::write(session.path("site.toml"), "[search]\nenabled = false\n").expect("a file");
    session.run(&["build"]);
    assert!(!session.path("public/search").exists());
    let home = fs::read_to_string(session.path("public/index.html")).expect("a page");
    assert!(!home.contains("search/"), "a link to what is not there");
}
