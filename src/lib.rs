//! onrecord: a static site generator for annotated news archives.
//!
//! Reads news copy, annotates it with who said what, joins the people across the archive, and renders
//! a site. Rooms stand on floors and import only from below; `docs/architecture.md` is the drawing.

pub mod annotate;
pub mod archive;
pub mod build;
pub mod check;
pub mod cli;
pub mod config;
pub mod desk;
pub mod diag;
pub mod emit;
pub mod init;
pub mod media;
pub mod model;
pub mod read;
pub mod render;
#[cfg(feature = "serve")]
pub mod serve;
pub mod text;
pub mod view;
pub mod words;
