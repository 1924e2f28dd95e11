//! Any bytes, as wire copy: decoded and read into an article that is what it promises to be.

#![no_main]

use onrecord::config::Settings;
use onrecord::read;

#[allow(dead_code, reason = "shared with the property tests")]
#[path = "../../tests/support/sound.rs"]
mod sound;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let source = read::decode("content/any.txt", bytes).value;
    if let Some(article) = read::read(&source, &Settings::default().read).value {
        sound::is_article(&source, &article);
    }
});
