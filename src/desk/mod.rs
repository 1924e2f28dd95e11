//! Floor 3: what an editor's decision makes of a file: text in, text out. Comments and order stay as they stand;
//! nothing is written here.

mod people;
mod person_file;

pub use people::{Change, Someone, merge, rename, split};
