//! One integration binary keeps the build quick.

mod cli;
mod layers;
mod notes;
mod settings;
mod site;
mod support;
