//! What holds of any copy: no word is lost, and nothing panics.

use super::sound;
use crate::config::Settings;
use crate::read::{self, Reader, Wire};
use proptest::prelude::*;

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let source = read::decode("content/a.txt", &bytes).value;
        // Only what looks like front matter is refused.
        if let Some(article) = Wire.read(&source, &Settings::default().read).value {
            sound(&source, &article);
        }
    }

    #[test]
    fn no_mixture_of_lines_loses_a_word(lines in proptest::collection::vec(proptest::sample::select(LINES), 0..14), ends in proptest::collection::vec(proptest::sample::select(&["\n", "\n\n", "\r\n", "\n  ", "\n\t\n"][..]), 14)) {
        let text: String = lines.iter().zip(&ends).flat_map(|(line, end)| [*line, *end]).collect();
        let source = read::decode("content/a.txt", text.as_bytes()).value;
        let article = Wire.read(&source, &Settings::default().read).value.expect("never refused");
        sound(&source, &article);
    }
}

/// Lines of every kind, to be thrown together.
const LINES: &[&str] = &[
    "Harbour",
    "Last ferry will sail as tunnel opens",
    "Last ferry will sail as tunnel opens | Harbour | The Calder Record",
    "By Ola Brandt",
    "Ola Brandt",
    "Associated Press",
    "14 November 2031, 5.20pm",
    "31 November 2031",
    "Updated",
    "A ferry at dusk",
    "A ferry at dusk (Ola Brandt/PA)",
    "A ferry at dusk. (Ola Brandt/PA) (Ola Brandt/PA)",
    "(Ola Brandt/PA)",
    "Image source, Getty Images",
    "Image caption",
    "Image caption, A ferry",
    "Image copyright Getty Image caption A ferry",
    "1of4",
    "1of4A ferry",
    "FILE PHOTO: ",
    "PORT ANSEL (AP) — The ferry sailed.",
    "MERROW —",
    "Reporting by Ola Brandt",
    "-ends-",
    "READ MORE: the tide",
    "‘A nuisance’",
    "“It is a nuisance,” she said.",
    "Opinion | The ferry must sail on",
    "The last ferry between Port Ansel and Merrow will sail on",
    "Photo:",
    "()",
    "( )",
    "é/É",
    "…",
    "Ferry;",
    "Photograph: Æ",
    "(é",
    "REUTERS/",
    "/PA",
    "© Northsound / Ola Brandt",
    "©",
    "— Ola Brandt (@olabrandt) March 12, 2030",
    "It sails. — Ola Brandt (@é)",
    "@olabrandt",
    "Ola Brandt@olabrandt",
    "5:20 PM · Mar 12, 2030",
    "A post shared by Ola Brandt (@olabrandt) on Mar 12, 2030",
    "Image:",
    "ImageA ferry at dusk.Credit...Ola Brandt",
    "ImageÉ.Credit…É",
    "A ferry.Credit:Ola",
    "Image copyrightÉcoleImage captionÉ",
    "[1/2é] A ferry",
    "(Ola Brandt",
    "Ola Brandt)",
    "( )(PA)",
    "AP Photo",
    "text-align: center;",
    "<>",
    "More from Harbour",
    "READ MORE |",
    "Correction: é",
    "Ola Brandt is a reporter.",
    "(BEGIN VIDEO CLIP)",
    "HANNE LOWE via GETTY IMAGES",
    "CALDER TUNNEL: WHAT TO KNOW",
    "By Ola Brandt | Northsound - 03/12/30 05:40 PM EST",
    "Ingrid Marsh (l) and Tobias Renn (r)",
    "\u{a0}Ferry\u{a0}\u{2003}left,\u{a0}",
    "PORT ANSEL: É",
];
