use super::Progress;
use super::cache::checksum;
use super::find::Found;
use super::load;
use super::publish::Output;
use super::rulings::Rulings;
use super::sources::Sources;
use crate::archive::{Pictures, folded_name, is_portable};
use crate::diag::{Diagnostic, codes};
use crate::render::theme;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Puts the pictures that go as they are and the static files into the output folder; where the site and the
/// theme have a static file of one name, the site's goes.
///
/// Comes after the pages: a static file with the address of a page is noted and left out, and so is one that gives a
/// name that is withheld throughout the archive.
pub(super) fn put(
    sources: &Sources,
    (pictures, as_they_are): (&Pictures, &FxHashSet<Box<str>>),
    (output, rulings): (&Output, &Rulings),
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    let by_path: FxHashMap<&str, &Found> = sources.pictures.iter().map(|file| (&*file.path, file)).collect();
    let held: Vec<(&str, &Found)> = pictures
        .iter()
        .filter(|picture| as_they_are.contains(&picture.path))
        .filter_map(|picture| Some((&*picture.address, *by_path.get(&*picture.path)?)))
        .collect();
    copy(&held, output, progress, diagnostics)?;

    let own: Vec<(&str, &Found)> = nameless(&sources.statics, rulings, diagnostics)
        .map(|file| (file.path.strip_prefix("static/").unwrap_or(&file.path), file))
        .collect();
    warn(&own, pictures, output, diagnostics);
    copy(&own, output, progress, diagnostics)?;
    for (path, bytes) in theme::static_files() {
        if !output.has(path) {
            output.write(path, bytes)?;
        }
    }
    Ok(())
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
    let mut addresses: Vec<(&str, Option<&Found>)> =
        files.iter().map(|(address, file)| (*address, Some(*file))).collect();
    addresses.sort_unstable_by_key(|(address, _)| *address);
    let content = pictures.iter().filter(|picture| !picture.path.starts_with("static/"));
    let others =
        theme::static_files().into_iter().map(|(path, _)| path).chain(content.map(|picture| &*picture.address));
    let mut first: FxHashMap<String, &str> = FxHashMap::default();
    for (address, file) in others.map(|address| (address, None)).chain(addresses) {
        let folded = folded_name(address);
        let page = (folded != address && output.has(&folded)).then(|| folded.clone());
        let other = *first.entry(folded).or_insert(address);
        let Some(file) = file else { continue };
        if let Some(other) = page.or_else(|| (other != address).then(|| other.to_owned())) {
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

fn copy(
    files: &[(&str, &Found)],
    output: &Output,
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    let (taken, free): (Vec<_>, Vec<_>) = files.iter().partition(|(address, _)| output.has(address));
    diagnostics.extend(taken.iter().map(|(_, file)| {
        Diagnostic::new(codes::ADDRESS_TAKEN, &file.path, "a page of the site has the address of this file")
            .note("the page is published, the file is not")
            .help("give the file another name")
    }));
    let (odd, free): (Vec<_>, Vec<_>) = free.into_iter().partition(|(address, _)| !is_address(address));
    diagnostics.extend(odd.into_iter().map(|(_, file)| {
        Diagnostic::new(codes::ADDRESS_REFUSED, &file.path, "no address can hold the name of this file")
            .note("it is not published")
            .help("give the file a name of letters, digits and hyphens")
    }));
    free.par_iter().try_for_each(|(address, file)| {
        progress.step();
        output.copy(address, &file.disk, file.hash()).map(|hash| file.learn(hash))
    })
}
