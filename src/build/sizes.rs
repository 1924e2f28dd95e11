//! What is published of pictures: made once, kept in the cache, put into the output folder as soon as it is there.

use super::cache::{Cache, Sheet, checksum};
use super::find::Found;
use super::gate::Gate;
use super::hash::Hash;
use super::pictures::Measured;
use super::publish::Output;
use super::sources::Sources;
use super::timings::{Clock, Work};
use super::{Progress, load};
use crate::archive::{self, Picture, PictureSize, Pictures};
use crate::config::PictureSettings;
use crate::diag::{Diagnostic, codes};
use crate::media::{self, Derived, PictureFile, PictureKind};
use crate::model::{Authority, Facts};
use crate::text::digest::base32;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Bytes that all pictures together may take while they are decoded.
const AT_ONCE: u64 = 600 << 20;

/// What became of one picture.
#[derive(Clone, Serialize, Deserialize)]
struct Row {
    path: Box<str>,
    /// Of the picture's bytes and of how sizes are made.
    key: u128,
    made: Result<Made, Diagnostic>,
}

/// The files that are published of a picture.
#[derive(Clone, Serialize, Deserialize)]
struct Made {
    /// None where the file goes as it is.
    whole: Option<Hash>,
    width: u32,
    height: u32,
    sizes: Vec<(PictureKind, u32, u32, Hash)>,
}

/// What pictures are made with.
pub(super) struct Maker<'a> {
    pub(super) settings: &'a PictureSettings,
    pub(super) cache: &'a Cache,
    pub(super) output: &'a Output,
    pub(super) clock: &'a Clock,
}

/// Makes the sizes of every picture of the content folder, and of those in `static/` that an article or a person's
/// file names; puts them into the output folder, and tells `pictures` of them.
///
/// A picture that turns out to be broken is noted and held no longer. Gives the paths of pictures that go as they are.
pub(super) fn make(
    maker: &Maker<'_>,
    sources: &Sources,
    measured: &Measured,
    pictures: &mut Pictures,
    (facts, authority): (&[Arc<Facts>], &Authority),
    progress: &dyn Progress,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<FxHashSet<Box<str>>, Diagnostic> {
    let before: Vec<Row> = maker.cache.load(Sheet::Sizes).unwrap_or_default();
    let before: FxHashMap<&str, &Row> = before.iter().map(|row| (&*row.path, row)).collect();
    let named = named(pictures, facts, authority);
    let shown = archive::shown(facts, authority, pictures);
    // What no page shows is nobody's business: a draft's picture, or that of an article that was withdrawn.
    let own = sources.pictures.iter().filter(|file| shown.contains(&file.path)).map(|file| (file, true));
    let lent = sources.statics.iter().filter(|file| named.contains(&*file.path)).map(|file| (file, false));
    let files: Vec<(&Found, bool, &PictureFile)> =
        own.chain(lent).filter_map(|(file, own)| Some((file, own, measured.get(&*file.path)?))).collect();
    drop(named);
    let gate = Gate::new(AT_ONCE);
    let rows: Vec<Result<Row, Diagnostic>> = files
        .par_iter()
        .map(|(file, own, picture)| {
            let address = pictures.at(&file.path).map(|picture| picture.address.clone()).unwrap_or_default();
            let place = Place { file, own: *own, picture, address };
            let row = maker.one(&place, before.get(&*file.path).copied(), &gate);
            progress.step();
            row
        })
        .collect();
    let rows: Vec<Row> = rows.into_iter().collect::<Result<_, _>>()?;
    maker.cache.save(Sheet::Sizes, &rows);
    maker.cache.sweep_pieces(&rows.iter().map(|row| row.key).collect());
    let mut as_they_are = FxHashSet::default();
    let made: FxHashMap<&str, &Row> = rows.iter().map(|row| (&*row.path, row)).collect();
    pictures.publish(|picture| match made.get(&*picture.path).map(|row| &row.made) {
        Some(Ok(made)) => {
            if made.whole.is_none() {
                as_they_are.insert(picture.path.clone());
            }
            made.tell(picture, maker.settings);
            true
        }
        Some(Err(_)) => false,
        None => true,
    });
    diagnostics.extend(rows.into_iter().filter_map(|row| row.made.err()));
    Ok(as_they_are)
}

/// Paths of pictures in `static/` that are named.
fn named<'p>(pictures: &'p Pictures, facts: &[Arc<Facts>], authority: &Authority) -> FxHashSet<&'p str> {
    let photos = facts
        .iter()
        .flat_map(|article| article.photos.iter().map(move |photo| (&*article.path, photo.file.as_deref())));
    let portraits = authority.people.iter().map(|person| (&*person.path, person.portrait.as_deref()));
    let picture = |(by, file): (&str, Option<&str>)| pictures.named(by, file?);
    photos.chain(portraits).filter_map(picture).map(|picture| &*picture.path).collect()
}

/// One picture to be made.
struct Place<'a> {
    file: &'a Found,
    /// Of the content folder: its whole is published at its address. What lies in `static/` goes as it is.
    own: bool,
    picture: &'a PictureFile,
    address: Box<str>,
}

impl Maker<'_> {
    fn one(&self, place: &Place<'_>, before: Option<&Row>, gate: &Gate) -> Result<Row, Diagnostic> {
        let settings = PictureSettings { originals: self.settings.originals || !place.own, ..self.settings.clone() };
        // SVG is known by its name: the same bytes under another name are another picture.
        let how = format!("{settings:?} {:?} {:?}", place.picture.digest, place.picture.kind);
        let key = checksum(how.as_bytes());
        let row = |made| Row { path: place.file.path.clone(), key, made };
        if let Some(before) = before.filter(|row| row.key == key) {
            match &before.made {
                Ok(made) if made.stands(&place.address, self.output) => {
                    self.clock.hit();
                    return Ok(row(Ok(made.clone())));
                }
                Ok(_) => {}
                // That a file could not be read says nothing of its bytes.
                Err(refused) if refused.code == codes::FILE_UNREADABLE => {}
                Err(refused) => {
                    self.clock.hit();
                    return Ok(row(Err(refused.clone())));
                }
            }
        }
        let recalled = self.clock.time(Work::Recall, || self.cache.piece::<Derived>(key));
        if let Some(derived) = recalled {
            self.clock.hit();
            return Ok(row(Ok(self.put(place, &derived)?)));
        }
        let bytes = match self.clock.time(Work::Load, || load::bytes(place.file)) {
            Ok(bytes) => bytes,
            Err(unread) => return Ok(row(Err(unread))),
        };
        if Hash::of(&bytes).bytes() != place.picture.digest {
            return Err(Diagnostic::new(
                codes::FILE_UNREADABLE,
                &place.file.path,
                "this file changed while the site was built",
            )
            .note("nothing was published")
            .help("build again"));
        }
        self.clock.bytes(bytes.len());
        let derived = gate.with(media::working_bytes(place.picture), || {
            self.clock.time(Work::Resize, || media::derive(&place.file.path, &bytes, place.picture, &settings))
        });
        let derived = match derived {
            Ok(derived) => derived,
            Err(refused) => return Ok(row(Err(refused))),
        };
        self.clock.time(Work::Keep, || self.cache.keep_piece(key, &derived));
        Ok(row(Ok(self.put(place, &derived)?)))
    }

    /// Hands the files to the output folder.
    fn put(&self, place: &Place<'_>, derived: &Derived) -> Result<Made, Diagnostic> {
        self.clock.time(Work::Write, || {
            let whole = derived.whole.as_ref().map(|bytes| self.output.write(&place.address, bytes)).transpose()?;
            let mut sizes = Vec::with_capacity(derived.sizes.len());
            for size in &derived.sizes {
                let hash = Hash::of(&size.bytes);
                self.output.write(&address(hash, size.width, size.kind), &size.bytes)?;
                sizes.push((size.kind, size.width, size.height, hash));
            }
            Ok(Made { whole, width: derived.width, height: derived.height, sizes })
        })
    }
}

impl Made {
    /// Keeps what the last build put there; says whether that is all of it.
    fn stands(&self, whole: &str, output: &Output) -> bool {
        let sizes = self.sizes.iter().map(|(kind, width, _, hash)| (address(*hash, *width, *kind), *hash));
        output.keep(self.whole.map(|hash| (whole.to_owned(), hash)).into_iter().chain(sizes))
    }

    fn tell(&self, picture: &mut Picture, settings: &PictureSettings) {
        (picture.width, picture.height) = (self.width, self.height);
        let sizes = self.sizes.iter().map(|(kind, width, height, hash)| PictureSize {
            media_type: kind.media_type().into(),
            address: address(*hash, *width, *kind).into(),
            width: *width,
            height: *height,
        });
        let mut sizes: Vec<PictureSize> = sizes.collect();
        // The whole is one of its sizes, where it is not too large to be one and none was lighter.
        let fallbacks = sizes.iter().take_while(|size| &*size.media_type != PictureKind::WebP.media_type()).count();
        let widest = sizes[..fallbacks].last().map(|size| size.width);
        let largest = settings.sizes.last().copied().unwrap_or_default();
        if widest.is_some_and(|width| width < self.width) && self.width <= largest {
            let whole = PictureSize {
                media_type: sizes[0].media_type.clone(),
                address: picture.address.clone(),
                width: self.width,
                height: self.height,
            };
            sizes.insert(fallbacks, whole);
        }
        picture.sizes = sizes.into();
    }
}

/// Where a derived file stands: by its own bytes, so that a host may keep it for ever and what is equal stays equal.
fn address(hash: Hash, width: u32, kind: PictureKind) -> String {
    let digest = hash.bytes().first_chunk().copied().unwrap_or_default();
    format!("img/sizes/{}-{width}.{}", base32(&digest, 12), kind.ending())
}
