//! One integration binary keeps the build quick.

mod cli;
mod layers;
mod settings;
mod site;
mod support;
