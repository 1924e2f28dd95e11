//! Any bytes, as wire copy: decoded and read into an article that is what it promises to be.

#![no_main]

#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sound::check_bytes("content/any.txt", bytes));
