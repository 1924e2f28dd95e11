//! IPTC-IIM 4.2 records, as Photoshop's resources (8BIM 0x0404) hold them.

use super::words::{LONG, SHORT, day, line};
use crate::model::PictureFacts;

/// Datasets looked at; files with more are broken or made to waste time.
const MOST: usize = 2000;

/// What the IPTC resource among Photoshop's resources says.
pub(super) fn facts_of_resources(mut rest: &[u8]) -> PictureFacts {
    while let Some(after) = rest.strip_prefix(b"8BIM") {
        let Some(id) = number(after, 0) else { break };
        let Some(name) = after.get(2) else { break };
        // A Pascal string, its length included padded to an even number.
        let at = 2 + (usize::from(*name) + 2) / 2 * 2;
        let Some((high, low)) = number(after, at).zip(number(after, at + 2)) else { break };
        let (from, len) = (at + 4, usize::from(high) << 16 | usize::from(low));
        let Some(data) = from.checked_add(len).and_then(|end| after.get(from..end)) else { break };
        if id == 0x0404 {
            return facts(data);
        }
        rest = after.get(from + len + len % 2..).unwrap_or_default();
    }
    PictureFacts::default()
}

/// What IIM datasets say. Text is UTF-8 where 1:90 says so (`ESC % G`) or where it can only be that; else Windows-1252,
/// of which Latin-1 is a part.
pub(super) fn facts(mut rest: &[u8]) -> PictureFacts {
    let mut facts = PictureFacts::default();
    let mut sets: Vec<(u8, &[u8])> = Vec::new();
    let mut utf8 = None;
    for _ in 0..MOST {
        let [0x1c, record, set, after @ ..] = rest else { break };
        let Some(size) = number(after, 0) else { break };
        // A set bit means that the length's own length follows; no field here is that long.
        let len = usize::from(size);
        let Some(data) = (size & 0x8000 == 0).then(|| after.get(2..2 + len)).flatten() else { break };
        match (record, set) {
            (1, 90) => utf8 = Some(data == b"\x1b%G"),
            (2, set) => sets.push((*set, data)),
            _ => {}
        }
        rest = after.get(2 + len..).unwrap_or_default();
    }
    let text = |data: &[u8]| match std::str::from_utf8(data) {
        // What a file declares otherwise may still be ASCII, which is the same in both.
        Ok(words) if utf8 != Some(false) || words.is_ascii() => words.to_owned(),
        Err(_) if utf8 == Some(true) => String::from_utf8_lossy(data).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(data).0.into_owned(),
    };
    let mut creators: Vec<Box<str>> = Vec::new();
    for (set, data) in sets {
        // No text of use is longer, and a file may hold thousands.
        let data = data.get(..data.len().min(2 * LONG)).unwrap_or_default();
        let text = text(data);
        let (field, longest) = match set {
            80 => {
                creators.extend(line(&text, SHORT).filter(|_| creators.len() < 8));
                continue;
            }
            55 => {
                facts.created = facts.created.take().or_else(|| day(&text));
                continue;
            }
            105 => (&mut facts.headline, SHORT),
            110 => (&mut facts.credit, SHORT),
            115 => (&mut facts.source, SHORT),
            116 => (&mut facts.copyright, SHORT),
            120 => (&mut facts.caption, LONG),
            _ => continue,
        };
        if field.is_none() {
            *field = line(&text, longest);
        }
    }
    facts.creator = line(&creators.join(", "), SHORT);
    facts
}

/// Photoshop's resources that say whose a picture is; empty where that is not known.
///
/// UTF-8, as 1:90 declares; a field that is longer than IIM lets it be is cut between two characters.
/// Source: IPTC-IIM 4.2, 1:90, 2:00, 2:80, 2:110, 2:115, 2:116; Adobe Photoshop File Formats, "Image Resource Blocks".
pub(super) fn resources_of(facts: &PictureFacts) -> Vec<u8> {
    let fields =
        [(80, &facts.creator, 32), (110, &facts.credit, 32), (115, &facts.source, 32), (116, &facts.copyright, 128)];
    let mut sets = Vec::new();
    for (set, words, most) in fields {
        let Some(words) = words.as_deref() else { continue };
        let end = (0..=most.min(words.len())).rev().find(|end| words.is_char_boundary(*end)).unwrap_or_default();
        let words = words.as_bytes().get(..end).unwrap_or_default();
        // No field is longer than a byte can say.
        sets.extend([0x1c, 2, set, 0, words.len() as u8]);
        sets.extend(words);
    }
    if sets.is_empty() {
        return sets;
    }
    let head = b"\x1c\x01\x5a\0\x03\x1b%G\x1c\x02\0\0\x02\0\x04";
    let len = (head.len() + sets.len()) as u32;
    let padding: &[u8] = if len.is_multiple_of(2) { &[] } else { &[0] };
    [b"8BIM\x04\x04\0\0", &len.to_be_bytes()[..], head, &sets, padding].concat()
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_be_bytes(*two))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// One dataset.
    pub(crate) fn set(record: u8, set: u8, data: &[u8]) -> Vec<u8> {
        let len = u16::try_from(data.len()).expect("short").to_be_bytes();
        [&[0x1c, record, set], &len[..], data].concat()
    }

    /// Photoshop's resources with the datasets among them.
    pub(crate) fn resources(sets: &[u8]) -> Vec<u8> {
        let mut out = b"8BIM\x03\xed\0\0\0\0\0\x03abc\0".to_vec();
        out.extend(b"8BIM\x04\x04\x03raw");
        out.extend(u32::try_from(sets.len()).expect("short").to_be_bytes());
        out.extend(sets);
        out
    }

    #[test]
    fn what_is_written_back_is_read_again() {
        let text = |words: &str| Some(Box::from(words));
        let whose = PictureFacts {
            creator: text("Ola Brandt"),
            credit: text("Northsound"),
            copyright: text("© Northsound, für Merrow"),
            ..PictureFacts::default()
        };
        assert_eq!(facts_of_resources(&resources_of(&whose)), whose);
        assert!(resources_of(&PictureFacts { caption: text("The quay"), ..PictureFacts::default() }).is_empty());
        // Thirty-one letters of one byte, then one of two.
        let long = PictureFacts { creator: text(&format!("{}ö", "a".repeat(31))), ..PictureFacts::default() };
        assert_eq!(facts_of_resources(&resources_of(&long)).creator, text(&"a".repeat(31)));
    }

    #[test]
    fn the_declared_character_set_is_honoured() {
        let check = |declared: Option<&[u8]>, caption: &[u8], expected: &str| {
            let declared = declared.map(|escape| set(1, 90, escape)).unwrap_or_default();
            let sets = [declared, set(2, 120, caption)].concat();
            assert_eq!(facts_of_resources(&resources(&sets)).caption.as_deref(), Some(expected));
        };
        check(Some(b"\x1b%G"), "Göta – “quay”".as_bytes(), "Göta – “quay”");
        check(Some(b"\x1b%G"), b"G\xf6ta", "Gta");
        check(None, b"G\xf6ta \x96 \x93quay\x94", "Göta – “quay”");
        check(None, "Göta".as_bytes(), "Göta");
        check(Some(b"\x1b.A"), "Göta".as_bytes(), "GÃ¶ta");
        check(Some(b"\x1b.A"), b"G\xf6ta", "Göta");
        check(Some(b""), b"Merrow", "Merrow");
    }

    #[test]
    fn fields_are_read() {
        let sets = [
            set(2, 0, b"\0\x04"),
            set(2, 105, b"Dredger"),
            set(2, 80, b"Ola Brandt"),
            set(2, 80, b"Kit Holloway"),
            set(2, 110, b"Northsound"),
            set(2, 115, b"Pool"),
            set(2, 116, b"(c) Northsound"),
            set(2, 55, b"20311114"),
            set(2, 120, b"The quay."),
            set(2, 120, b"Another."),
        ]
        .concat();
        let read = facts(&sets);
        assert_eq!(read.creator.as_deref(), Some("Ola Brandt, Kit Holloway"));
        assert_eq!(read.credit_line().as_deref(), Some("Ola Brandt, Kit Holloway/Northsound"));
        assert_eq!(read.caption.as_deref(), Some("The quay."));
        assert_eq!((read.headline.as_deref(), read.created.as_deref()), (Some("Dredger"), Some("2031-11-14")));
        assert_eq!((read.source.as_deref(), read.copyright.as_deref()), (Some("Pool"), Some("(c) Northsound")));
    }

    #[test]
    fn the_broken_say_what_they_said_before() {
        let whole = set(2, 120, b"The quay.");
        for end in 0..whole.len() {
            assert_eq!(facts(&whole[..end]), PictureFacts::default());
        }
        assert_eq!(facts(&[whole, vec![0x1c, 2, 110, 0xff, 0xff, 1]].concat()).caption.as_deref(), Some("The quay."));
        assert_eq!(facts_of_resources(b"8BIM\x04\x04\0\0\xff\xff\xff\xff"), PictureFacts::default());
        assert_eq!(facts_of_resources(b"8BIM\x04\x04\xff"), PictureFacts::default());
    }
}
