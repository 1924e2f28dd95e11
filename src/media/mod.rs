//! Floor 3: picture bytes to facts and sizes.
//!
//! A picture is measured by its bytes and not by its name. One that is broken, or that could act on
//! its own, is refused: it is then not held, and its caption and credit are shown without it.
//!
//! What a file says of itself ([`PictureFacts`](crate::model::PictureFacts)) is read here, and what is published in its
//! place is made here ([`derive`]): upright, in several sizes, without the place where it was taken, and with the name
//! of whoever made it.

#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod container;
mod copies;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod derive;
mod encode;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod exif;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod iptc;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod owner;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod picture;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod pixels;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod raster;
mod resize;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod svg;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod words;
#[deny(clippy::indexing_slicing, clippy::expect_used)]
mod xmp;

pub use derive::{Derived, Size, derive, working_bytes};
pub use picture::{PictureFile, PictureKind, is_picture, measure};
