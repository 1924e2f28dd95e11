//! `[pictures]` of `site.toml`.

use super::{Key, PictureSettings, Table};
use crate::diag::codes;

/// The table itself.
pub(super) const PICTURES: Key =
    Key::new(&["pictures"], "{ quality = 80 }", "what is published of pictures; a table of its own, `[pictures]`");

pub(super) const SIZES: Key =
    Key::new(&["sizes"], "[480, 800, 1200, 1600]", "widths in pixels in which pictures are offered");
pub(super) const QUALITY: Key = Key::new(&["quality"], "80", "quality of the pictures that are made, 1 to 100");
pub(super) const FORMATS: Key = Key::new(
    &["formats"],
    "[\"jpeg\", \"webp\"]",
    "formats of the pictures that are made; without `webp` there is JPEG alone, and PNG for drawings",
);
pub(super) const LARGEST: Key = Key::new(&["largest"], "2400", "no side of a published picture is longer, in pixels");
pub(super) const ORIGINALS: Key = Key::new(
    &["originals"],
    "true",
    "publish the files as they are, with everything that cameras wrote into them, places too",
);

/// Most widths: each is a file for every picture.
pub(super) const MOST_SIZES: usize = 8;

/// Takes the keys that are there.
pub(super) fn read(table: &mut Table<'_>, settings: &mut PictureSettings) {
    table.inner(&PICTURES, |table| {
        if let Some((mut sizes, span)) = table.wholes(&SIZES, 16..=8000) {
            if sizes.len() > MOST_SIZES {
                let help = format!("write `sizes = {}`", SIZES.example);
                table.refuse(codes::CONFIG_BROKEN, span, format!("`sizes` has more than {MOST_SIZES} widths"), help);
            }
            sizes.sort_unstable();
            sizes.dedup();
            settings.sizes = sizes;
        }
        if let Some(quality) = table.whole(&QUALITY, 1..=100) {
            // Within 1 and 100.
            settings.quality = quality as u8;
        }
        let formats = table.texts(&FORMATS);
        if !formats.is_empty() {
            settings.webp = formats.iter().any(|format| format.words == "webp");
            for format in formats.iter().filter(|format| !matches!(&*format.words, "jpeg" | "webp")) {
                let help = format!("write `formats = {}`", FORMATS.example);
                table.refuse(codes::CONFIG_BROKEN, format.span, "this is neither `jpeg` nor `webp`", help);
            }
        }
        if let Some(largest) = table.whole(&LARGEST, 100..=16_000) {
            settings.largest = largest;
        }
        if let Some(originals) = table.flag(&ORIGINALS) {
            settings.originals = originals;
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::{Settings, site_toml};
    use super::*;
    use crate::model::{Encoding, Source};

    fn read(text: &str) -> crate::diag::Noted<Option<Settings>> {
        site_toml(&Source { path: "site.toml".into(), text: text.into(), encoding: Encoding::Utf8 })
    }

    #[test]
    fn every_example_is_sound() {
        let keys: String = [&SIZES, &QUALITY, &FORMATS, &LARGEST, &ORIGINALS]
            .iter()
            .map(|key| format!("{} = {}\n", key.name(), key.example))
            .collect();
        let read = read(&format!("[pictures]\n{keys}"));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        let expected = PictureSettings { originals: true, ..Settings::default().pictures };
        assert_eq!(read.value.expect("clean").pictures, expected);
    }

    #[test]
    fn settings_are_read_and_faults_told() {
        let clean = read("[pictures]\nsizes = [900, 300, 900]\nformats = ['jpeg']\nquality = 60\nlargest = 1000\n");
        let expected =
            PictureSettings { sizes: vec![300, 900], quality: 60, webp: false, largest: 1000, originals: false };
        assert_eq!(clean.value.expect("clean").pictures, expected);
        assert_eq!(read("[pictures]\nsizes = []\n").value.expect("clean").pictures.sizes, Vec::<u32>::new());
        let broken = read("[pictures]\nsizes = ['a']\nquality = 0\nformats = ['avif']\nsize = 3\n");
        let told: Vec<&str> = broken.diagnostics.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(
            told,
            [
                "`sizes` wants a list of whole numbers from 16 to 8000",
                "`quality` wants a whole number from 1 to 100",
                "this is neither `jpeg` nor `webp`",
                "`size` is not a key of `[pictures]`",
            ]
        );
        assert_eq!(broken.value, None);
    }
}
