use super::sources::Sources;
use super::timings::{Clock, Work};
use super::{Progress, load};
use crate::archive::Pictures;
use crate::diag::Diagnostic;
use crate::media;
use rayon::prelude::*;

/// Measures the picture files of the content folder and of `static/`.
///
/// One that is broken is not held. In the content folder that is noted; a file in `static/` is published
/// as it is in any case, so there nothing is said before an article asks for it.
pub(super) fn measure(
    sources: &Sources,
    content: &str,
    clock: &Clock,
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> Pictures {
    let statics = sources.statics.iter().filter(|file| media::is_picture(&file.path));
    let files: Vec<_> =
        sources.pictures.iter().map(|file| (file, true)).chain(statics.map(|file| (file, false))).collect();
    let measured: Vec<_> = files
        .par_iter()
        .map(|(file, noted)| {
            let bytes = clock.time(Work::Load, || load::bytes(file));
            let picture = bytes.and_then(|bytes| clock.time(Work::Measure, || media::measure(&file.path, &bytes)));
            progress.step();
            match picture {
                Ok(picture) => Ok((file.path.clone(), picture.width, picture.height, picture.digest)),
                Err(diagnostic) => Err(noted.then_some(diagnostic)),
            }
        })
        .collect();
    let mut held = Vec::with_capacity(measured.len());
    for picture in measured {
        match picture {
            Ok(picture) => held.push(picture),
            Err(diagnostic) => diagnostics.extend(diagnostic),
        }
    }
    let mut pictures = Pictures::new(content);
    pictures.extend(held);
    pictures
}
