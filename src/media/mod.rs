//! Floor 3: picture bytes to facts and sizes.
//!
//! A picture is measured by its bytes and not by its name. One that is broken, or that could act on
//! its own, is refused: it is then not held, and its caption and credit are shown without it.
//!
//! What a file says of itself ([`PictureFacts`](crate::model::PictureFacts)) is read here, and what is published in its
//! place is made here ([`derive`]): upright, in several sizes, without the place where it was taken, and with the name
//! of whoever made it.

mod container;
mod derive;
mod encode;
#[deny(clippy::indexing_slicing)]
mod exif;
#[deny(clippy::indexing_slicing)]
mod iptc;
mod owner;
mod picture;
mod pixels;
mod raster;
mod resize;
mod svg;
#[deny(clippy::indexing_slicing)]
mod words;
#[deny(clippy::indexing_slicing)]
mod xmp;

pub use derive::{Derived, Size, derive, working_bytes};
pub use picture::{PictureFile, PictureKind, is_picture, measure};
