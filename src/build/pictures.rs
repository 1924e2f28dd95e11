use super::cache::{Cache, Sheet};
use super::find::Found;
use super::hash::Hash;
use super::rulings::Rulings;
use super::sources::Sources;
use super::timings::{Clock, Work};
use super::{Progress, load};
use crate::archive::Pictures;
use crate::config::PictureSettings;
use crate::diag::Diagnostic;
use crate::media::{self, PictureFile};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What a picture file of these bytes is, or what is wrong with it.
#[derive(Clone, Serialize, Deserialize)]
struct Row {
    path: Box<str>,
    hash: Hash,
    picture: Result<PictureFile, Diagnostic>,
}

/// The pictures that are sound, by path.
pub(super) type Measured = FxHashMap<Box<str>, PictureFile>;

/// Measures the picture files of the content folder and of `static/`; those of the last build as they were.
///
/// One that is broken is not held. In the content folder that is noted; a file in `static/` is published
/// as it is in any case, so there nothing is said before an article asks for it.
pub(super) fn measure(
    sources: &Sources,
    content: &str,
    cache: &Cache,
    clock: &Clock,
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Pictures, Measured) {
    let before: Vec<Row> = cache.load(Sheet::Pictures).unwrap_or_default();
    let before: FxHashMap<&str, &Row> = before.iter().map(|measured| (&*measured.path, measured)).collect();
    let statics = sources.statics.iter().filter(|file| media::is_picture(&file.path));
    let files: Vec<_> =
        sources.pictures.iter().map(|file| (file, true)).chain(statics.map(|file| (file, false))).collect();
    let measured: Vec<_> = files
        .par_iter()
        .map(|(file, _)| {
            let measured = one(file, &before, clock);
            progress.step();
            measured
        })
        .collect();
    let mut pictures = Pictures::new(content);
    let mut held = Measured::default();
    let mut unheld = Vec::new();
    let mut rows = Vec::with_capacity(measured.len());
    for ((file, noted), measured) in files.into_iter().zip(measured) {
        match measured {
            Ok(measured) => {
                match &measured.picture {
                    Ok(picture) => drop(held.insert(measured.path.clone(), picture.clone())),
                    Err(diagnostic) => {
                        diagnostics.extend(noted.then(|| diagnostic.clone()));
                        unheld.push(file.path.clone());
                    }
                }
                rows.push(measured);
            }
            Err(unread) => {
                diagnostics.extend(noted.then_some(unread));
                unheld.push(file.path.clone());
            }
        }
    }
    cache.save(Sheet::Pictures, &rows);
    let list = held.iter().map(|(path, file)| (path.clone(), file.width, file.height, file.digest, file.facts.clone()));
    pictures.extend_with(list);
    pictures.extend_unheld(unheld);
    (pictures, held)
}

/// Takes pictures away that name somebody whose name is withheld throughout the archive: in the name of their file, in
/// what the file says of itself, or, where a file is published as it is, anywhere in it.
pub(super) fn withhold(pictures: &mut Pictures, sources: &Sources, settings: &PictureSettings, rulings: &Rulings) {
    if rulings.withhold_nothing() {
        return;
    }
    let files: FxHashMap<&str, &Found> =
        sources.pictures.iter().chain(&sources.statics).map(|file| (&*file.path, file)).collect();
    pictures.withhold(|picture| {
        let as_it_is = settings.originals || picture.path.to_lowercase().ends_with(".svg");
        let names = |words: &str| rulings.withhold(words);
        let says = serde_json::to_string(&picture.facts).map_or(true, |words| names(&words));
        let holds = || match files.get(&*picture.path).map(|file| load::bytes(file)) {
            Some(Ok(bytes)) => names(&String::from_utf8_lossy(&bytes)),
            // What cannot be read cannot be published either.
            _ => false,
        };
        names(&picture.path) || says || (as_it_is && holds())
    });
}

fn one(file: &Found, before: &FxHashMap<&str, &Row>, clock: &Clock) -> Result<Row, Diagnostic> {
    let known = |hash| before.get(&*file.path).filter(|measured| measured.hash == hash).map(|m| (*m).clone());
    if let Some(measured) = file.hash().and_then(known) {
        clock.hit();
        return Ok(measured);
    }
    let bytes = clock.time(Work::Load, || load::bytes(file))?;
    clock.bytes(bytes.len());
    let hash = Hash::of(&bytes);
    let picture = clock.time(Work::Measure, || media::measure(&file.path, &bytes));
    Ok(Row { path: file.path.clone(), hash, picture })
}
