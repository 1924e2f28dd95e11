//! What the tests share.

mod bless;
mod files;
mod session;

pub(crate) use bless::is_blessing;
pub(crate) use files::{copy_tree, files_below, project, read_tree};
pub(crate) use session::Session;
