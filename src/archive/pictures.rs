//! The picture files that are held, and which of them an article means.

use super::picture_address::addresses;
use crate::model::PictureFacts;
use crate::text::percent;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A picture file that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Path from the site's root with `/`: `content/2031/11/tunnel.jpg`, `static/img/quay.svg`.
    pub path: Box<str>,
    /// Address below the site's root: `img/2031/11/tunnel.jpg` for content, `img/quay.svg` for static files.
    pub address: Box<str>,
    /// Pixels; for SVG, the view box.
    pub width: u32,
    /// Pixels; for SVG, the view box.
    pub height: u32,
    /// SHA-256 of the file's bytes: two files of the same bytes are one photograph.
    pub digest: [u8; 32],
    /// What the file says of itself.
    pub facts: PictureFacts,
    /// The same picture in other sizes and formats: by format, those that every browser reads first, then by width.
    pub sizes: Box<[PictureSize]>,
}

/// A picture in another size or format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PictureSize {
    /// Its media type, "image/webp".
    pub media_type: Box<str>,
    /// Address below the site's root, made of the file's own bytes: `img/sizes/k3zq7wmatu-800.webp`.
    pub address: Box<str>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

impl Picture {
    /// The smallest file that every browser reads and that is at least so wide; else the whole.
    pub fn at_least(&self, width: u32) -> (&str, u32, u32) {
        let whole = || (&*self.address, self.width, self.height);
        let first = self.sizes.first().map(|size| &size.media_type);
        let same =
            self.sizes.iter().filter(|size| Some(&size.media_type) == first && &*size.media_type != "image/webp");
        let wide = same.filter(|size| size.width >= width).min_by_key(|size| size.width);
        wide.map_or_else(whole, |size| (&size.address, size.width, size.height))
    }
}

/// All picture files of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pictures {
    /// Folder of the articles, ends in `/`.
    content: Box<str>,
    /// By path in NFC, in which articles are understood to name them too; then by path.
    list: Vec<(Box<str>, Picture)>,
    /// Paths of picture files that are there and are not held.
    unheld: Vec<Box<str>>,
    /// Paths in NFC, with and without extension, that are spelt in several ways. There only the spelling of the file
    /// itself names it: for Linux they are two pictures.
    twins: FxHashSet<Box<str>>,
    /// Paths, in the same way, of pictures that are there and may not be shown.
    withheld: FxHashSet<Box<str>>,
}

/// The folder of files that are published as they are.
const STATIC: &str = "static/";

impl Pictures {
    /// No picture yet; `content` is the folder of the articles, "content".
    pub fn new(content: &str) -> Self {
        Self {
            content: format!("{}/", content.trim_end_matches('/')).into(),
            list: Vec::new(),
            unheld: Vec::new(),
            twins: FxHashSet::default(),
            withheld: FxHashSet::default(),
        }
    }

    /// Adds files as (path from the site's root, width, height, digest); those outside content and static are left out.
    pub fn extend(&mut self, files: impl IntoIterator<Item = (Box<str>, u32, u32, [u8; 32])>) {
        self.extend_with(
            files
                .into_iter()
                .map(|(path, width, height, digest)| (path, width, height, digest, PictureFacts::default())),
        );
    }

    /// As [`Pictures::extend`], with what the files say of themselves.
    pub fn extend_with(&mut self, files: impl IntoIterator<Item = (Box<str>, u32, u32, [u8; 32], PictureFacts)>) {
        for (path, width, height, digest, facts) in files {
            let address = match path.strip_prefix(STATIC) {
                _ if path.starts_with(&*self.content) => Box::default(),
                Some(below) => below.into(),
                None => continue,
            };
            let picture = Picture { path, address, width, height, digest, facts, sizes: Box::default() };
            self.list.push((nfc(&picture.path).into(), picture));
        }
        self.list.sort_unstable_by(|a, b| (&a.0, &a.1.path).cmp(&(&b.0, &b.1.path)));
        self.tell_apart();
        self.publish_apart();
    }

    /// Tells of picture files that are there and cannot be held, by their paths: no other picture is taken for one.
    pub fn extend_unheld(&mut self, paths: impl IntoIterator<Item = Box<str>>) {
        self.unheld.extend(paths);
        self.tell_apart();
    }

    fn tell_apart(&mut self) {
        let paths = self.list.iter().map(|(_, picture)| &*picture.path).chain(self.unheld.iter().map(|path| &**path));
        let whole = twins(paths.clone());
        self.twins = twins(paths.map(stem));
        self.twins.extend(whole);
    }

    /// Gives every picture of the content folder an address of its own, now that all are known.
    fn publish_apart(&mut self) {
        let Self { content, list, .. } = self;
        let (own, paths): (Vec<usize>, Vec<&str>) = list
            .iter()
            .enumerate()
            .filter_map(|(at, (_, picture))| Some((at, picture.path.strip_prefix(&**content)?)))
            .unzip();
        let given = addresses(&paths);
        for (at, address) in own.into_iter().zip(given) {
            list[at].1.address = address;
        }
    }

    /// Tells of each picture what is published of it, or that nothing can be: then it is held no longer.
    pub fn publish(&mut self, mut what: impl FnMut(&mut Picture) -> bool) {
        self.list.retain_mut(|(_, picture)| what(picture));
    }

    /// Takes away pictures that may not be shown. Nobody misses them.
    pub fn withhold(&mut self, mut which: impl FnMut(&Picture) -> bool) {
        let Self { list, withheld, .. } = self;
        withheld.extend(list.extract_if(.., |(_, picture)| which(picture)).map(|(key, _)| key));
    }

    /// Whether a file names a picture that may not be shown; see [`Pictures::named`].
    pub(super) fn is_withheld(&self, by: &str, file: &str) -> bool {
        !self.withheld.is_empty() && places(by, file).any(|place| self.withheld.contains(&*nfc(&place)))
    }

    /// All pictures, by path.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Picture> {
        self.list.iter().map(|(_, picture)| picture)
    }

    /// The picture at a path from the site's root: spelt as the file is, or in another form of Unicode where that can
    /// mean no other file.
    pub fn at(&self, path: &str) -> Option<&Picture> {
        let key = nfc(path);
        let from = self.list.partition_point(|(other, _)| **other < *key);
        let alike = || self.list[from..].iter().take_while(|(other, _)| **other == *key).map(|(_, picture)| picture);
        let other = || alike().next().filter(|_| !self.twins.contains(&*key));
        alike().find(|picture| &*picture.path == path).or_else(other)
    }

    /// The picture that a file names: relative to the file's folder, or from `static/` where it begins with `/`.
    ///
    /// `..` is followed, but never out of the two folders; a `?` or `#` and what follows is passed over,
    /// `%20` is understood. None for addresses on other hosts and for files that are not held.
    pub fn named(&self, by: &str, file: &str) -> Option<&Picture> {
        places(by, file).find_map(|place| self.at(&place))
    }

    /// The picture that lies beside an article and belongs to its photo of that number, from 0.
    ///
    /// `STEM.jpg` is the first photo's, `STEM-2.png` the second's, where that is no article's own name. In another form
    /// of Unicode only where no other picture and no other article is called so.
    pub(super) fn beside(&self, article: &str, photo: usize, articles: &Stems<'_>) -> Option<&Picture> {
        let numbered = |stem: &str| if photo == 0 { stem.to_owned() } else { format!("{stem}-{}", photo + 1) };
        let (stem_key, written) = (stem_key(article), numbered(stem(article)));
        let key = numbered(&stem_key);
        if photo > 0 && articles.all.contains(&*key) {
            return None;
        }
        let as_written = self.twins.contains(&*key) || articles.twins.contains(&*stem_key);
        let key = format!("{key}.");
        let at = self.list.partition_point(|(path, _)| **path < *key);
        let alike = self.list[at..].iter().map_while(|(path, picture)| Some((path.strip_prefix(&*key)?, picture)));
        // Only an extension may follow: not `STEM.old.jpg`.
        let mut alike = alike.filter(|(ext, _)| !ext.contains(['.', '/'])).map(|(_, picture)| picture);
        alike.find(|picture| !as_written || stem(&picture.path) == written)
    }
}

/// The paths of all articles without their extensions.
pub(super) struct Stems<'a> {
    /// In NFC.
    all: FxHashSet<Cow<'a, str>>,
    /// In NFC, those that are spelt in several ways.
    twins: FxHashSet<Box<str>>,
}

impl<'a> Stems<'a> {
    /// Of articles at these paths.
    pub(super) fn of(articles: impl Iterator<Item = &'a str> + Clone) -> Self {
        Self { all: articles.clone().map(stem_key).collect(), twins: twins(articles.map(stem)) }
    }
}

/// The paths, in NFC, that are spelt in several ways.
fn twins<'a>(paths: impl Iterator<Item = &'a str> + Clone) -> FxHashSet<Box<str>> {
    let mut spelt: FxHashMap<Box<str>, &str> = FxHashMap::default();
    let mut twins = FxHashSet::default();
    // Two spellings are never both in NFC.
    for path in paths.clone().filter(|path| !is_nfc(path)) {
        let key: Box<str> = nfc(path).into();
        if *spelt.entry(key.clone()).or_insert(path) != path {
            twins.insert(key);
        }
    }
    if !spelt.is_empty() {
        twins.extend(paths.filter(|path| is_nfc(path) && spelt.contains_key(*path)).map(Box::from));
    }
    twins
}

/// The paths that a file may mean: as it is written, and without a query and `%20`; none for addresses on other hosts.
fn places(by: &str, file: &str) -> impl Iterator<Item = String> {
    let plain = percent::decode(file.split(['?', '#']).next().unwrap_or_default());
    let other = (plain != file).then(|| place(by, &plain)).flatten();
    place(by, file).into_iter().chain(other)
}

fn place(by: &str, file: &str) -> Option<String> {
    if is_elsewhere(file) {
        return None;
    }
    let mut path: Vec<&str> = Vec::new();
    let folder = if file.starts_with('/') { STATIC } else { by.rsplit_once('/').map_or("", |(folder, _)| folder) };
    for step in folder.split('/').chain(file.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()?),
            step => path.push(step),
        }
    }
    // Only the two folders are held at all, so a path that left them finds nothing.
    Some(path.join("/"))
}

/// Whether an address leads to another host, or names a scheme.
pub(super) fn is_elsewhere(file: &str) -> bool {
    file.starts_with("//")
        || file.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        })
}

/// A path in NFC and without its extension.
fn stem_key(path: &str) -> Cow<'_, str> {
    nfc(stem(path))
}

/// A path without its extension.
fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |i| i + 1);
    path[name..].rfind('.').filter(|&i| i > 0).map_or(path, |i| &path[..name + i])
}

fn nfc(path: &str) -> Cow<'_, str> {
    if is_nfc(path) { Cow::Borrowed(path) } else { Cow::Owned(path.nfc().collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::fixture::pictures;

    #[test]
    fn a_name_means_its_own_spelling_before_another() {
        let held = pictures(&["content/\u{e9}.jpg", "content/e\u{301}.jpg", "content/\u{f6}.jpg"]);
        let check = |by: &str, file: &str, expected: Option<&str>| {
            assert_eq!(held.named(by, file).map(|picture| &*picture.path), expected, "{file:?}");
        };
        check("content/a.md", "\u{e9}.jpg", Some("content/\u{e9}.jpg"));
        check("content/a.md", "e\u{301}.jpg", Some("content/e\u{301}.jpg"));
        check("content/a.md", "e%CC%81.jpg", Some("content/e\u{301}.jpg"));
        check("content/a.md", "o\u{308}.jpg", Some("content/\u{f6}.jpg"));
        let mut held = pictures(&["content/e\u{301}.jpg"]);
        assert!(held.at("content/\u{e9}.jpg").is_some());
        held.extend_unheld(["content/\u{e9}.jpg".into()]);
        assert_eq!(held.at("content/\u{e9}.jpg"), None, "that file is there, and cannot be held");
    }

    #[test]
    fn twins_are_paths_that_only_their_form_parts() {
        let check = |paths: &[&str], expected: &[&str]| {
            let mut found: Vec<_> = twins(paths.iter().copied()).into_iter().collect();
            found.sort();
            assert_eq!(found, expected.iter().map(|path| Box::from(*path)).collect::<Vec<_>>(), "{paths:?}");
        };
        check(&["a", "a", "\u{e9}", "o\u{308}"], &[]);
        check(&["\u{e9}", "a", "e\u{301}"], &["\u{e9}"]);
        // Two that are both not in NFC, and one that is composed to a plain letter.
        check(&["e\u{302}\u{301}", "\u{ea}\u{301}", "\u{212a}", "K"], &["K", "\u{1ebf}"]);
    }
}
