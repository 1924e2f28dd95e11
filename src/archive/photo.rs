use super::{ArticleId, PersonId, PhotoId, Picture, Watched};
use crate::model::PhotoFact;
use serde::Serialize;

/// One photograph across the archive: a picture file, or a caption with its credit where no file is held.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhotoRecord {
    /// Eight base-32 characters of a hash of the picture, or of caption and credit; unique and stable.
    pub id: Box<str>,
    /// The file, where it is held.
    pub picture: Option<Picture>,
    /// What is known of it, each field from the first use that gives it; `file` and `shows` are left empty.
    pub facts: PhotoFact,
    /// Where it was used, oldest first; never empty.
    pub uses: Box<[PhotoUse]>,
    /// People shown, in order of use, distinct.
    pub shows: Box<[PersonId]>,
    /// Which of [`Archive::credits`](super::Archive::credits) it belongs to.
    // A number that moves with other credits; the print takes the group instead.
    #[serde(skip)]
    pub(super) credit: u32,
}

impl PhotoRecord {
    /// Its address below the site's root: `photos/k3zq7wma/`.
    pub fn address(&self) -> String {
        format!("photos/{}/", self.id)
    }

    /// The article that used it first.
    pub fn first_use(&self) -> Option<PhotoUse> {
        self.uses.first().copied()
    }
}

/// One use of a photograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PhotoUse {
    /// The article.
    pub article: ArticleId,
    /// Which of its `Facts::photos`.
    pub photo: u32,
}

/// The photographs of one agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreditGroup {
    /// Its address on the credits page, unique: `photos/credits/#northsound`.
    pub slug: Box<str>,
    /// The agency; where no agency is known the credit as printed; empty without any credit.
    pub name: Box<str>,
    /// By photographer, those not named last under an empty name; photographs oldest first.
    pub photographers: Watched<Box<[Photographer]>>,
}

/// A photographer and their photographs, oldest first.
pub type Photographer = (Box<str>, Box<[PhotoId]>);

impl CreditGroup {
    /// Its address below the site's root: `photos/credits/#northsound`.
    pub fn address(&self) -> String {
        format!("photos/credits/#{}", self.slug)
    }
}
