//! Any bytes, as a picture of the kind that the first of them chooses: measured, and made into what is published.

#![no_main]

#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/depicted.rs"]
mod depicted;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    // SVG is known by its name, everything else by its bytes.
    depicted::check(if first % 8 == 0 { "content/a.svg" } else { "content/a.jpg" }, rest);
});
