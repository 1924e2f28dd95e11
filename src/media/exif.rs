//! EXIF 2.32: a TIFF file inside a picture.

use super::words::{LONG, SHORT, day, line};
use crate::model::PictureFacts;

/// Entries looked at in one directory.
const MOST_ENTRIES: usize = 512;

/// What is read of EXIF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Exif {
    /// 1 (upright) to 8; from 5 on the sides change places. 1 where nothing is said, or nothing that can be.
    pub(super) orientation: u8,
    /// Description, artist, copyright, day.
    pub(super) facts: PictureFacts,
}

/// Reads TIFF data; whatever is odd is passed over.
pub(super) fn exif(tiff: &[u8]) -> Exif {
    read(tiff).unwrap_or(Exif { orientation: 1, facts: PictureFacts::default() })
}

fn read(tiff: &[u8]) -> Option<Exif> {
    let big = match tiff.get(..4)? {
        b"II*\0" => false,
        b"MM\0*" => true,
        _ => return None,
    };
    let tiff = Tiff { bytes: tiff, big };
    let first = tiff.number(4, 4)? as usize;
    let mut exif = Exif { orientation: 1, facts: PictureFacts::default() };
    let mut inner = None;
    for entry in tiff.entries(first) {
        match entry.tag {
            0x010e => exif.facts.caption = line(&tiff.text(&entry), LONG).filter(|words| !is_maker(words)),
            0x0112 => {
                let n = tiff.number(entry.at + 8, 2).filter(|n| (1..=8).contains(n));
                exif.orientation = n.map_or(1, |n| n as u8);
            }
            0x013b => exif.facts.creator = line(&tiff.text(&entry), SHORT),
            // The photographer's notice ends at a zero; an editor's may follow.
            0x8298 => exif.facts.copyright = line(&tiff.text(&entry), SHORT),
            0x8769 => inner = tiff.number(entry.at + 8, 4),
            _ => {}
        }
    }
    if let Some(inner) = inner {
        let entry = tiff.entries(inner as usize).find(|entry| entry.tag == 0x9003);
        exif.facts.created = entry.and_then(|entry| day(&tiff.text(&entry)));
    }
    Some(exif)
}

/// TIFF data that says whose a picture is; empty where that is not known.
///
/// Source: EXIF 2.32 §4.6.2 and §4.6.5, tags Artist and Copyright; text is UTF-8, as the Metadata Working Group
/// advises.
pub(super) fn tiff_of(facts: &PictureFacts) -> Vec<u8> {
    let said = [(0x013b_u16, &facts.creator), (0x8298, &facts.copyright)];
    let said: Vec<_> = said.into_iter().filter_map(|(tag, words)| Some((tag, words.as_deref()?))).collect();
    if said.is_empty() {
        return Vec::new();
    }
    let mut out = b"II*\0\x08\0\0\0".to_vec();
    out.extend((said.len() as u16).to_le_bytes());
    let mut data = Vec::new();
    let after = out.len() + 12 * said.len() + 4;
    for (tag, words) in said {
        let words = [words.as_bytes(), b"\0"].concat();
        out.extend(tag.to_le_bytes());
        out.extend(2_u16.to_le_bytes());
        out.extend((words.len() as u32).to_le_bytes());
        if words.len() <= 4 {
            out.extend(words.iter().copied().chain([0; 4]).take(4));
        } else {
            out.extend(((after + data.len()) as u32).to_le_bytes());
            data.extend(&words);
            // Places are even.
            data.extend(std::iter::repeat_n(0, words.len() % 2));
        }
    }
    out.extend([0; 4]);
    out.extend(data);
    out
}

/// What cameras write where a photographer wrote nothing.
fn is_maker(words: &str) -> bool {
    let bare: String = words.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    ["olympusdigitalcamera", "sonydsc", "minoltadigitalcamera", "kodakdigitalstillcamera", "samsungcameraphone"]
        .iter()
        .any(|maker| bare.starts_with(maker))
        || bare.starts_with("dsc") && bare[3..].chars().all(|c| c.is_ascii_digit())
}

struct Tiff<'a> {
    bytes: &'a [u8],
    big: bool,
}

/// A directory's entry: where it stands, and its tag.
struct Entry {
    at: usize,
    tag: u32,
}

impl Tiff<'_> {
    fn entries(&self, directory: usize) -> impl Iterator<Item = Entry> {
        let n = self.number(directory, 2).unwrap_or_default() as usize;
        let place = move |i| directory.checked_add(2 + 12 * i);
        (0..n.min(MOST_ENTRIES)).map_while(place).map_while(|at| Some(Entry { at, tag: self.number(at, 2)? }))
    }

    /// The words of a text entry up to its first zero; UTF-8, or else Windows-1252.
    fn text(&self, entry: &Entry) -> String {
        let words = || {
            // ASCII (2), or UTF-8 (129) since EXIF 3.0.
            if !matches!(self.number(entry.at + 2, 2)?, 2 | 129) {
                return None;
            }
            let len = self.number(entry.at + 4, 4)? as usize;
            let at = if len <= 4 { entry.at + 8 } else { self.number(entry.at + 8, 4)? as usize };
            let words = self.bytes.get(at..at.checked_add(len)?)?;
            let words = words.get(..2 * LONG).unwrap_or(words);
            Some(words.split(|byte| *byte == 0).next().unwrap_or_default())
        };
        let words = words().unwrap_or_default();
        match std::str::from_utf8(words) {
            Ok(words) => words.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(words).0.into_owned(),
        }
    }

    /// An unsigned number of `width` bytes at `at`; none outside the bytes.
    fn number(&self, at: usize, width: usize) -> Option<u32> {
        let field = self.bytes.get(at..at.checked_add(width)?)?;
        let add = |n: u32, byte: &u8| n << 8 | u32::from(*byte);
        Some(if self.big { field.iter().fold(0, add) } else { field.iter().rev().fold(0, add) })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// TIFF data with text entries, an orientation and a place on earth.
    pub(crate) fn tiff(big: bool, orientation: u8, texts: &[(u16, &str)]) -> Vec<u8> {
        let two = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let four = |n: u32| if big { n.to_be_bytes() } else { n.to_le_bytes() };
        let mut out = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
        out.extend(four(8));
        let n = texts.len() + 2;
        out.extend(two(n as u16));
        let mut data = Vec::new();
        let after = 8 + 2 + 12 * n + 4;
        for (tag, text) in texts {
            let bytes = [text.as_bytes(), b"\0"].concat();
            out.extend([two(*tag), two(2)].concat());
            out.extend(four(bytes.len() as u32));
            if bytes.len() <= 4 {
                out.extend(bytes.iter().copied().chain([0; 4]).take(4));
            } else {
                out.extend(four((after + data.len()) as u32));
                data.extend(bytes);
            }
        }
        out.extend([two(0x0112), two(3)].concat());
        out.extend(four(1));
        out.extend([two(u16::from(orientation)), two(0)].concat());
        // The GPS directory: 54 north.
        out.extend([two(0x8825), two(4)].concat());
        out.extend(four(1));
        out.extend(four((after + data.len()) as u32));
        out.extend(four(0));
        out.extend(data);
        out.extend(two(1));
        out.extend([two(1), two(2)].concat());
        out.extend(four(2));
        out.extend(b"N\0\0\0GPS54");
        out
    }

    #[test]
    fn text_and_orientation_are_read_in_both_byte_orders() {
        for big in [true, false] {
            let texts = [(0x010e, "The quay at Merrow"), (0x013b, "Ola"), (0x8298, "© Northsound")];
            let read = exif(&tiff(big, 6, &texts));
            assert_eq!(read.orientation, 6);
            assert_eq!(read.facts.caption.as_deref(), Some("The quay at Merrow"));
            assert_eq!(read.facts.creator.as_deref(), Some("Ola"));
            assert_eq!(read.facts.copyright.as_deref(), Some("© Northsound"));
        }
        assert_eq!(exif(&tiff(true, 9, &[])).orientation, 1);
        assert_eq!(exif(&tiff(true, 1, &[(0x010e, "OLYMPUS DIGITAL CAMERA")])).facts.caption, None);
    }

    #[test]
    fn what_is_written_back_is_read_again() {
        for (creator, copyright) in
            [(Some("Ola Brandt"), Some("© Northsound")), (Some("Ola"), None), (None, Some("© N. Ö."))]
        {
            let text = |words: Option<&str>| words.map(Box::from);
            let whose = PictureFacts { creator: text(creator), copyright: text(copyright), ..PictureFacts::default() };
            assert_eq!(exif(&tiff_of(&whose)), Exif { orientation: 1, facts: whose });
        }
        assert!(tiff_of(&PictureFacts { credit: Some("Northsound".into()), ..PictureFacts::default() }).is_empty());
    }

    #[test]
    fn cut_short_it_says_less_and_never_fails() {
        let whole = tiff(false, 8, &[(0x010e, "The quay at Merrow")]);
        for end in 0..whole.len() {
            let read = exif(&whole[..end]);
            assert!(matches!(read.orientation, 1 | 8));
        }
    }
}
