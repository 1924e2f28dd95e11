use super::cache::{Cache, Sheet};
use super::find::Found;
use super::hash::Hash;
use super::sources::Sources;
use super::timings::{Clock, Work};
use super::{Progress, load};
use crate::archive::Pictures;
use crate::diag::Diagnostic;
use crate::media;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// What a picture file of these bytes is: width, height, digest, or what is wrong with it.
#[derive(Clone, Serialize, Deserialize)]
struct Measured {
    path: Box<str>,
    hash: Hash,
    picture: Result<(u32, u32, [u8; 32]), Diagnostic>,
}

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
) -> Pictures {
    let before: Vec<Measured> = cache.load(Sheet::Pictures).unwrap_or_default();
    let before: FxHashMap<&str, &Measured> = before.iter().map(|measured| (&*measured.path, measured)).collect();
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
    let mut held = Vec::with_capacity(measured.len());
    let mut rows = Vec::with_capacity(measured.len());
    for ((_, noted), measured) in files.into_iter().zip(measured) {
        match measured {
            Ok(measured) => {
                match &measured.picture {
                    Ok((width, height, digest)) => held.push((measured.path.clone(), *width, *height, *digest)),
                    Err(diagnostic) => diagnostics.extend(noted.then(|| diagnostic.clone())),
                }
                rows.push(measured);
            }
            Err(unread) => diagnostics.extend(noted.then_some(unread)),
        }
    }
    cache.save(Sheet::Pictures, &rows);
    pictures.extend(held);
    pictures
}

fn one(file: &Found, before: &FxHashMap<&str, &Measured>, clock: &Clock) -> Result<Measured, Diagnostic> {
    let known = |hash| before.get(&*file.path).filter(|measured| measured.hash == hash).map(|m| (*m).clone());
    if let Some(measured) = file.hash().and_then(known) {
        clock.hit();
        return Ok(measured);
    }
    let bytes = clock.time(Work::Load, || load::bytes(file))?;
    clock.bytes(bytes.len());
    let hash = Hash::of(&bytes);
    let picture = clock.time(Work::Measure, || media::measure(&file.path, &bytes));
    let picture = picture.map(|picture| (picture.width, picture.height, picture.digest));
    Ok(Measured { path: file.path.clone(), hash, picture })
}
