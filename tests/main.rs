//! One integration binary keeps the build quick.

mod annotator;
mod archives;
mod check;
mod cli;
mod history;
mod layers;
mod linear;
mod machines;
mod notes;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod site;
mod suite;
mod support;
mod templates;
mod words;
