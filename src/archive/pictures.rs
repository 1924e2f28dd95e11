//! The picture files that are held, and which of them an article means.

use crate::model::PictureFacts;
use crate::text::percent;
use rustc_hash::FxHashSet;
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
    /// By path in NFC, in which articles are understood to name them too.
    list: Vec<(Box<str>, Picture)>,
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
            let address = if let Some(below) = path.strip_prefix(&*self.content) {
                format!("img/{below}").into()
            } else if let Some(below) = path.strip_prefix(STATIC) {
                below.into()
            } else {
                continue;
            };
            let picture = Picture { path, address, width, height, digest, facts, sizes: Box::default() };
            self.list.push((nfc(&picture.path).into(), picture));
        }
        self.list.sort_unstable_by(|a, b| (&a.0, &a.1.path).cmp(&(&b.0, &b.1.path)));
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

    /// The picture at a path from the site's root.
    pub fn at(&self, path: &str) -> Option<&Picture> {
        let path = nfc(path);
        self.list.binary_search_by(|(key, _)| (**key).cmp(&path)).ok().map(|i| &self.list[i].1)
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
    /// `STEM.jpg` is the first photo's, `STEM-2.png` the second's; `is_article` says whether a path without
    /// extension is an article's own, for then its picture is not lent to another.
    pub fn beside(&self, article: &str, photo: usize, is_article: impl Fn(&str) -> bool) -> Option<&Picture> {
        let stem = stem_key(article);
        let key = if photo == 0 { stem.into_owned() } else { format!("{stem}-{}", photo + 1) };
        if photo > 0 && is_article(&key) {
            return None;
        }
        let key = format!("{key}.");
        let at = self.list.partition_point(|(path, _)| **path < *key);
        let alike = self.list[at..].iter().map_while(|(path, picture)| Some((path.strip_prefix(&*key)?, picture)));
        // Only an extension may follow: not `STEM.old.jpg`.
        alike.into_iter().find(|(ext, _)| !ext.contains(['.', '/'])).map(|(_, picture)| picture)
    }
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
pub(super) fn stem_key(path: &str) -> Cow<'_, str> {
    let name = path.rfind('/').map_or(0, |i| i + 1);
    nfc(path[name..].rfind('.').filter(|&i| i > 0).map_or(path, |i| &path[..name + i]))
}

fn nfc(path: &str) -> Cow<'_, str> {
    if is_nfc(path) { Cow::Borrowed(path) } else { Cow::Owned(path.nfc().collect()) }
}
