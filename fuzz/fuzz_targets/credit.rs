//! Any line, as a credit and as a caption: taken apart into words that stand in it.

#![no_main]

#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/ruled.rs"]
mod ruled;
#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|line: &str| ruled::credits(line));
