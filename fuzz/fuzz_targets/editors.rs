//! Any text, as one of the files that editors write: a people file, the ledger, settings, words, by its first byte.

#![no_main]

#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/ruled.rs"]
mod ruled;
#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|text: &str| {
    // Front matter and the names of keys begin otherwise, so that samples of each kind are seeds.
    match text.as_bytes().first() {
        Some(b'+') => ruled::person(text),
        Some(b'[') => ruled::ledger(text),
        Some(b'#') => ruled::theme_words(text),
        _ => ruled::settings(text),
    }
});
