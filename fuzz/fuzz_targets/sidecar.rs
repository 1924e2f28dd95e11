//! Any text, as a sidecar: read, or refused with its reason; and what it decides, laid over some copy.

#![no_main]

#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/ruled.rs"]
mod ruled;
#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|text: &str| ruled::sidecar(text));
