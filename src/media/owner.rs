//! Whose a picture is, as every file made from it says.

use super::{exif, iptc, xmp};
use crate::model::PictureFacts;

/// What is written back into a file, in the forms that programs look for; each empty where nothing is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Owner {
    /// An XMP packet: creator, credit, source, copyright, terms, licence.
    pub(super) xmp: Vec<u8>,
    /// Photoshop's resources with IPTC-IIM: by-line, credit, source, copyright.
    pub(super) resources: Vec<u8>,
    /// TIFF data: artist, copyright.
    pub(super) exif: Vec<u8>,
}

impl Owner {
    /// What a picture's facts say of whose it is, and nothing else of them.
    pub(super) fn of(facts: &PictureFacts) -> Self {
        Self { xmp: xmp::packet(facts), resources: iptc::resources_of(facts), exif: exif::tiff_of(facts) }
    }
}
