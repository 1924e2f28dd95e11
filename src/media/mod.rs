//! Floor 3: picture bytes to facts and sizes.
//!
//! A picture is measured by its bytes and not by its name. One that is broken, or that could act on
//! its own, is refused: it is then not held, and its caption and credit are shown without it.

mod picture;
mod raster;
mod svg;

pub use picture::{PictureFile, PictureKind, is_picture, measure};
