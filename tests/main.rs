//! One integration binary keeps the build quick.

mod amplified;
mod annotator;
mod archives;
mod check;
mod cli;
mod clock;
mod crash;
mod crates;
mod determinism;
mod guide;
mod heavy;
mod history;
mod hostile;
mod hosts;
mod init;
mod layers;
mod linear;
mod machines;
mod notes;
#[cfg(feature = "external")]
mod outside;
mod raw_html;
mod reviewed;
mod rulings;
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
