//! Any text, as copy: read, annotated, boiled down to facts, shown; all that the types promise holds.

#![no_main]

#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = sound::check("content/any.txt", text);
});
