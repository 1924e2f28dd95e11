//! What is true of any picture file, however hostile. Used by a property test and by a fuzz target (`fuzz/`).

use onrecord::config::{PictureSettings, Settings};
use onrecord::media::{self, PictureKind};

/// Pixels up to which a picture is decoded here: larger ones only take longer.
const DECODED: u64 = 1 << 20;

/// Measures a file, makes what is published of it, and looks whether that is sound.
pub(crate) fn check(path: &str, bytes: &[u8]) {
    let Ok(file) = media::measure(path, bytes) else {
        return;
    };
    assert!(file.width > 0 && file.height > 0, "a picture has a size");
    let facts = format!("{:?}", file.facts);
    assert!(facts.len() < 1 << 16, "what a file says of itself is bounded");
    let texts = [&file.facts.headline, &file.facts.caption, &file.facts.alt, &file.facts.creator, &file.facts.credit];
    let acts = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!texts.into_iter().flatten().any(|text| text.contains(acts)), "nothing in it acts: {facts}");
    if u64::from(file.stored.0) * u64::from(file.stored.1) > DECODED {
        return;
    }
    let settings = PictureSettings { sizes: vec![8, 32], largest: 64, ..Settings::default().pictures };
    let Ok(derived) = media::derive(path, bytes, &file, &settings) else {
        return;
    };
    assert_eq!(
        media::derive(path, bytes, &file, &settings).as_ref(),
        Ok(&derived),
        "the same bytes, the same pictures"
    );
    let whole = derived.whole.iter().map(|bytes| (file.kind, derived.width, derived.height, bytes));
    let sizes = derived.sizes.iter().map(|size| (size.kind, size.width, size.height, &size.bytes));
    for (kind, width, height, bytes) in whole.chain(sizes) {
        let again = media::measure(&format!("img/a.{}", kind.ending()), bytes).expect("what we make can be read");
        assert_eq!((again.width, again.height), (width, height), "it is as large as it says");
        assert!(again.orientation == 1 || kind == PictureKind::Avif, "it is upright");
    }
}
