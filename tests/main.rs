//! One integration binary keeps the build quick.

mod annotator;
mod archives;
mod cli;
mod history;
mod layers;
mod linear;
mod notes;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod site;
mod suite;
mod support;
