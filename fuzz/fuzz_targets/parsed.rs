//! A report's body as a browser reads it: html5ever finds the words that went in, and no element that is not ours.

#![no_main]

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../../tests/support/html.rs"]
mod html;
#[path = "../../tests/support/parsed.rs"]
mod parsed;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../../tests/support/sound.rs"]
mod sound;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../../tests/support/woven.rs"]
mod woven;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for path in ["content/2031/11/14-any.txt", "content/2031/11/14-any.md"] {
        // Decoded, as a file is: what may not stand in a text is left out there.
        let text = onrecord::read::decode(path, text.as_bytes()).value.text;
        if let Some((article, annotations)) = sound::check(path, &text) {
            parsed::check(&article, &annotations);
        }
    }
});
