//! One integration binary keeps the build quick.

mod annotator;
mod archives;
mod check;
mod cli;
mod clock;
mod history;
mod layers;
mod linear;
mod machines;
mod notes;
mod reviewed;
mod schema;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod site;
mod suite;
mod support;
mod templates;
mod words;
