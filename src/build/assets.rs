use super::Progress;
use super::cache::checksum;
use super::find::Found;
use super::load;
use super::publish::{Output, folders};
use super::rulings::Rulings;
use super::sources::Sources;
use crate::archive::{Pictures, folded_name, is_portable};
use crate::diag::{Diagnostic, codes};
use crate::render::theme;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// The files that are published as they are, each with its address; sorted by their paths.
pub(super) struct Assets<'a> {
    /// Of the content folder: pictures.
    pictures: Vec<(&'a str, &'a Found)>,
    /// Of `static/`.
    statics: Vec<(&'a str, &'a Found)>,
}

impl<'a> Assets<'a> {
    /// Those that have a place beside what `output` has so far, which must be all but the data of the whole site.
    ///
    /// Notes static files with the address of a page, or of which one is a file where the other is a folder, and those
    /// that give a name that is withheld throughout the archive; they are left out.
    pub(super) fn new(
        sources: &'a Sources,
        (pictures, as_they_are): (&'a Pictures, &FxHashSet<Box<str>>),
        (output, rulings): (&Output, &Rulings),
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let by_path: FxHashMap<&str, &Found> = sources.pictures.iter().map(|file| (&*file.path, file)).collect();
        let held = pictures
            .iter()
            .filter(|picture| as_they_are.contains(&picture.path))
            .filter_map(|picture| Some((&*picture.address, *by_path.get(&*picture.path)?)));
        let pictures = apart(held.collect(), |path| output.has(path), |_| false, diagnostics);
        let statics: Vec<(&str, &Found)> = nameless(&sources.statics, rulings, diagnostics)
            .map(|file| (file.path.strip_prefix("static/").unwrap_or(&file.path), file))
            .collect();

        let mut ours = Places::default();
        pictures.iter().for_each(|(address, _)| ours.file(address));
        // A file of the theme gives way to one of its name, and to nothing else.
        let own: FxHashSet<&str> = statics.iter().map(|(address, _)| *address).collect();
        let theme = theme::static_files().into_iter().map(|(path, _)| path);
        theme.filter(|path| !own.contains(path)).for_each(|path| ours.file(path));
        let folders = output.folders_among(&own);
        let has = |path: &str| output.has(path) || ours.has(path);
        let is_folder = |path: &str| folders.contains(path) || ours.is_folder(path);
        let statics = apart(statics, has, is_folder, diagnostics);
        Self { pictures, statics }
    }

    /// Every address, and the path of the file.
    pub(super) fn addresses(&self) -> Vec<(&'a str, &'a str)> {
        self.pictures.iter().chain(&self.statics).map(|(address, file)| (*address, &*file.path)).collect()
    }

    /// Puts them into the output folder, and the files of the theme that no other replaces; `data` are the paths of what
    /// was put there since. Notes static files that meet one of these as [`new`](Self::new) does.
    pub(super) fn put(
        self,
        (pictures, data): (&Pictures, &[Box<str>]),
        output: &Output,
        progress: &dyn Progress,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(), Diagnostic> {
        let mut ours = Places::default();
        data.iter().for_each(|path| ours.file(path));
        let statics = apart(self.statics, |path| ours.has(path), |path| ours.is_folder(path), diagnostics);
        copy(&self.pictures, output, progress)?;
        warn(&statics, pictures, output, diagnostics);
        copy(&statics, output, progress)?;
        for (path, bytes) in theme::static_files() {
            if !output.has(path) {
                output.write(path, bytes)?;
            }
        }
        Ok(())
    }
}

/// Files and the folders in which they lie.
#[derive(Default)]
struct Places<'a> {
    files: FxHashSet<&'a str>,
    folders: FxHashSet<&'a str>,
}

impl<'a> Places<'a> {
    fn file(&mut self, path: &'a str) {
        self.files.insert(path);
        self.folders.extend(folders(path));
    }

    fn has(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }
}

/// Leaves out files that meet one of ours, and those whose names no address can hold; notes them.
fn apart<'a>(
    mut files: Vec<(&'a str, &'a Found)>,
    has: impl Fn(&str) -> bool,
    is_folder: impl Fn(&str) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(&'a str, &'a Found)> {
    files.retain(|(address, file)| {
        let taken = |message: &str| Diagnostic::new(codes::ADDRESS_TAKEN, &file.path, message);
        let noted = if has(address) {
            taken("a page of the site has the address of this file")
                .note("the page is published, the file is not")
                .help("give the file another name")
        } else if let Some(other) = folders(address).find(|folder| has(folder)) {
            taken(&format!("this file wants a folder where the site has the file `{other}`"))
                .note("the site’s own is published, this file is not")
                .help("give the folder another name")
        } else if is_folder(address) {
            taken(&format!("this file has the name of the site’s folder `{address}/`"))
                .note("what lies in the folder is published, this file is not")
                .help("give the file another name")
        } else if !is_address(address) {
            Diagnostic::new(codes::ADDRESS_REFUSED, &file.path, "no address can hold the name of this file")
                .note("it is not published")
                .help("give the file a name of letters, digits and hyphens")
        } else {
            return true;
        };
        diagnostics.push(noted);
        false
    });
    files
}

/// Of the files that are published as they are: another where one of them has come, gone or changed.
pub(super) fn print(sources: &Sources, as_they_are: &FxHashSet<Box<str>>) -> u128 {
    let pictures = sources.pictures.iter().filter(|file| as_they_are.contains(&file.path));
    let mut bytes = Vec::new();
    for file in pictures.chain(&sources.statics) {
        bytes.extend_from_slice(file.path.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(&file.stat.bytes.to_le_bytes());
        bytes.extend_from_slice(&file.stat.modified.to_le_bytes());
    }
    checksum(&bytes)
}

/// What made a file of the site, for messages.
pub(super) fn maker(path: &str, sources: &Sources, pictures: &Pictures, pages: &[Box<str>]) -> String {
    let own = |file: &&Found| file.path.strip_prefix("static/") == Some(path);
    if let Some(file) = sources.statics.iter().find(own) {
        format!("`{}`", file.path)
    } else if let Some(picture) = pictures.iter().find(|picture| &*picture.address == path) {
        format!("the picture `{}`", picture.path)
    } else if pages.iter().any(|page| &**page == path) {
        "a page of the site".to_owned()
    } else if theme::static_files().iter().any(|(file, _)| *file == path) {
        "a file of the theme".to_owned()
    } else {
        "made of the archive, beside its pages".to_owned()
    }
}

/// Static files that give no name that is withheld.
fn nameless<'a>(
    statics: &'a [Found],
    rulings: &Rulings,
    diagnostics: &mut Vec<Diagnostic>,
) -> impl Iterator<Item = &'a Found> + use<'a> {
    let gives = |file: &Found| {
        rulings.withhold(&file.path)
            // Of any size; what cannot be read is not copied either.
            || load::any_piece(file, |text| rulings.withhold(text)).is_ok_and(|gives| gives)
    };
    let (named, nameless): (Vec<_>, Vec<_>) =
        statics.iter().partition(|file| !rulings.withhold_nothing() && gives(file));
    diagnostics.extend(named.into_iter().map(|file| {
        Diagnostic::new(codes::NAME_REMAINS, &file.path, "this file gives a name that is withheld")
            .note("it is not published")
            .help("take the name out of the file and of what it is called")
    }));
    nameless.into_iter()
}

/// Warns of static files that some system takes for another file of the site, or cannot hold. They are published: on
/// the host there may be no such system.
fn warn(files: &[(&str, &Found)], pictures: &Pictures, output: &Output, diagnostics: &mut Vec<Diagnostic>) {
    let folded: Vec<String> = files.iter().map(|(address, _)| folded_name(address)).collect();
    let wanted: FxHashSet<&str> = folded.iter().map(String::as_str).collect();
    let of_pages = output.folders_among(&wanted);
    let own: FxHashSet<&str> = files.iter().map(|(address, _)| *address).collect();
    let content = pictures.iter().filter(|picture| !picture.path.starts_with("static/"));
    let theme = theme::static_files().into_iter().map(|(path, _)| path).filter(|path| !own.contains(path));
    let others: Vec<&str> = theme.chain(content.map(|picture| &*picture.address)).collect();
    // The first file of each name, and the first in each folder.
    let (mut first, mut within) = (FxHashMap::default(), FxHashMap::default());
    let names = others.iter().map(|address| (*address, Cow::Owned(folded_name(address))));
    let names =
        names.chain(files.iter().zip(&folded).map(|((address, _), folded)| (*address, Cow::Borrowed(&**folded))));
    for (address, folded) in names {
        for folder in folders(&folded) {
            if !within.contains_key(folder) {
                within.insert(folder.to_owned(), address);
            }
        }
        first.entry(folded.into_owned()).or_insert(address);
    }
    for ((address, file), folded) in files.iter().zip(&folded) {
        let known = |path: &str| first.get(path).copied().filter(|other| other != address);
        let page = |path: &str| output.has(path).then(|| path.to_owned());
        let is_another = folded != address;
        let other = is_another.then(|| page(folded)).flatten();
        let other = other.or_else(|| known(folded).map(str::to_owned));
        // A file of one name where the other is a folder.
        // Of two static files, the one that is no folder is told.
        let not_own = |path: &str| known(path).filter(|other| !own.contains(other)).map(str::to_owned);
        let above = || folders(folded).find_map(|above| not_own(above).or_else(|| page(above)));
        let below = || within.get(&**folded).map(|other| (*other).to_owned());
        let pages = || of_pages.contains(&**folded).then(|| [folded, "/"].concat());
        if let Some(other) = other.or_else(above).or_else(below).or_else(pages) {
            diagnostics.push(
                Diagnostic::new(
                    codes::ADDRESS_TAKEN,
                    &file.path,
                    format!("on some systems this file and `{other}` of the site are one"),
                )
                .note("both are published; where capitals or accents are not told apart, one of them is lost")
                .help("give the file another name"),
            );
        }
        if is_address(address) && !address.split('/').all(is_portable) {
            diagnostics.push(
                Diagnostic::new(codes::ADDRESS_REFUSED, &file.path, "Windows allows no file of this name")
                    .note("it is published; a copy of the site on Windows lacks it")
                    .help("give the file a name of letters, digits and hyphens"),
            );
        }
    }
}

/// Whether a file can have this address: a backslash is a step on some systems, and a control code in no list.
fn is_address(path: &str) -> bool {
    !path.contains(|c: char| c.is_control() || c == '\\')
}

fn copy(files: &[(&str, &Found)], output: &Output, progress: &dyn Progress) -> Result<(), Diagnostic> {
    files.par_iter().try_for_each(|(address, file)| {
        progress.step();
        output.copy(address, &file.disk, file.hash()).map(|hash| file.learn(hash))
    })
}
