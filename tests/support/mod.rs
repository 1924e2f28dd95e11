//! What the tests share.

mod bless;
pub(crate) mod depicted;
mod files;
pub(crate) mod html;
pub(crate) mod parsed;
pub(crate) mod ruled;
mod sample;
mod session;
pub(crate) mod sound;
mod tally;
pub(crate) mod woven;

pub(crate) use bless::is_blessing;
pub(crate) use files::{copy_living_tree, copy_tree, files_below, project, read_tree};
pub(crate) use sample::{Sample, build_into, build_sample, sample};
pub(crate) use session::Session;
pub(crate) use tally::{Tally, read_floor, show_floor};
