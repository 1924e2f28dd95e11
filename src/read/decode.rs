//! Bytes to text: which encoding a file is in, and what must not survive into the text.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding as Charset, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diag::{Diagnostic, Noted, codes};
use crate::model::{Encoding, Source};
use crate::text::{FileSpan, bidi, find_bytes};

use super::{fence, is_markdown};

/// Decodes a file.
///
/// UTF-8 with or without byte order mark, UTF-16 and UTF-32 by their marks (or by their zeros), anything else by
/// detection. In the text a lone carriage return becomes a line feed, so that lines can be counted, and in copy so do
/// Unicode's line and paragraph separators; TOML's strings may hold them within a line. In copy no sign is left that turns
/// the direction of text ([`bidi`]). Control codes other than tab and line ends become spaces (ANPA frames stories in
/// them); C1 codes become the windows-1252 characters they were meant as, as HTML does.
/// Notes `encoding-guessed` and `bytes-replaced`; never fails. Notes `file-unreadable` where the bytes are no text at
/// all (an archive, a program, a picture by the name of an article): nothing is to be made of them.
pub fn decode(path: &str, bytes: &[u8]) -> Noted<Source> {
    let mut diagnostics = Vec::new();
    let (charset, body) = charset(bytes);
    let (text, encoding, broken) = match charset {
        Found::Utf8 => {
            let text = String::from_utf8_lossy(body);
            let broken = matches!(text, Cow::Owned(_));
            (text, Encoding::Utf8, broken)
        }
        Found::Utf16(charset) => {
            let (text, broken) = charset.decode_without_bom_handling(body);
            (text, Encoding::Utf16, broken)
        }
        Found::Utf32(char_of) => {
            let (text, broken) = utf32(body, char_of);
            (Cow::Owned(text), Encoding::Utf32, broken)
        }
        Found::Guessed(charset) => {
            let (text, broken) = charset.decode_without_bom_handling(body);
            (text, Encoding::Guessed(charset.name()), broken)
        }
    };
    if let Encoding::Guessed(name) = encoding {
        diagnostics.push(
            Diagnostic::new(codes::ENCODING_GUESSED, path, "this file is not UTF-8")
                .note(format!("read as {name}"))
                .help("save it as UTF-8 to be sure of every letter"),
        );
    }
    let (text, controls) = clean(text);
    let (text, mut controls) = broken_at_separators(path, text, controls);
    let (text, turns) = unturned(path, text, controls.as_mut());
    let n = if broken { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    let meaningless = n + controls.as_ref().map_or(0, |controls| controls.n);
    if meaningless >= MEANINGLESS && meaningless * 12 > text.chars().count() {
        diagnostics.push(
            Diagnostic::new(codes::FILE_UNREADABLE, path, "this file is no text")
                .note("left out")
                .help("take the file out of the folder, or give it the ending of what it is"),
        );
    }
    if let Some(at) = text.find(char::REPLACEMENT_CHARACTER).filter(|_| broken) {
        let place = FileSpan::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
        diagnostics.push(
            Diagnostic::new(codes::BYTES_REPLACED, path, format!("{} nothing in its encoding", bytes_mean(n)))
                .at(&text, place, "the first of them")
                .note("read as �")
                .help("type the letter that was meant, and save the file as UTF-8"),
        );
    }
    if let Some(controls) = controls {
        let place = FileSpan::new(controls.first, controls.first + 1);
        let message = format!("{} control {} in this file", controls.n, if controls.n == 1 { "code" } else { "codes" });
        diagnostics.push(
            Diagnostic::new(codes::BYTES_REPLACED, path, message)
                .at(&text, place, "the first of them")
                .note("read as spaces"),
        );
    }
    if let Some(turns) = turns {
        let signs = if turns.n == 1 { "sign that turns" } else { "signs that turn" };
        let message = format!("{} {signs} the direction of text in this file", turns.n);
        diagnostics.push(
            Diagnostic::new(codes::BYTES_REPLACED, path, message)
                .at(&text, FileSpan::at(turns.first), "the first of them stood here")
                .note("left out"),
        );
    }
    let source = Source { path: path.into(), text: text.into(), encoding };
    Noted::new(source, diagnostics)
}

/// So many bytes that mean nothing, and more than one in twelve, are no text. What wire machines put around a story
/// are fewer; of the bytes of a compressed file, one in nine is a control code.
const MEANINGLESS: usize = 24;

fn bytes_mean(n: usize) -> String {
    if n == 1 { "a stretch of this file means".into() } else { format!("{n} stretches of this file mean") }
}

enum Found {
    Utf8,
    Utf16(&'static Charset),
    /// With the order of its bytes.
    Utf32(fn([u8; 4]) -> u32),
    Guessed(&'static Charset),
}

/// The charset of a file and its bytes after the byte order mark.
fn charset(bytes: &[u8]) -> (Found, &[u8]) {
    // The mark of UTF-32 begins with that of UTF-16, in which no text begins with a zero.
    match bytes {
        [0xff, 0xfe, 0, 0, body @ ..] => return (Found::Utf32(u32::from_le_bytes), body),
        [0, 0, 0xfe, 0xff, body @ ..] => return (Found::Utf32(u32::from_be_bytes), body),
        _ => {}
    }
    match Charset::for_bom(bytes) {
        Some((charset, mark)) if charset == UTF_8 => return (Found::Utf8, bytes.get(mark..).unwrap_or_default()),
        Some((charset, mark)) => return (Found::Utf16(charset), bytes.get(mark..).unwrap_or_default()),
        None => {}
    }
    if let Some(char_of) = utf32_without_mark(bytes) {
        return (Found::Utf32(char_of), bytes);
    }
    if let Some(charset) = utf16_without_mark(bytes) {
        return (Found::Guessed(charset), bytes);
    }
    if mostly_utf8(bytes) {
        return (Found::Utf8, bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // A hint of "com" leans to western Europe where the bytes alone decide nothing.
    let guess = detector.guess(Some(b"com"), Utf8Detection::Deny);
    // Detection loves rare charsets where English copy has two curly quotes and one pound sign to go by.
    let charset = if guess.is_single_byte() && scattered(bytes) { WINDOWS_1252 } else { guess };
    (Found::Guessed(charset), bytes)
}

/// Whether high bytes stand alone among ASCII, as accents and curly quotes do in English copy, rather
/// than in the runs that words of another alphabet make.
fn scattered(bytes: &[u8]) -> bool {
    let letters = bytes.iter().filter(|b| **b >= 0xC0).count();
    let pairs = bytes.windows(2).filter(|pair| pair.iter().all(|b| *b >= 0xC0)).count();
    pairs * 4 <= letters
}

/// UTF-16 saved without its mark: every other byte of English copy is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Charset> {
    let sample = bytes.get(..1024).unwrap_or(bytes);
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let (mut even, mut odd) = (0, 0);
    for [first, second] in sample.as_chunks::<2>().0 {
        even += usize::from(*first == 0);
        odd += usize::from(*second == 0);
    }
    let pairs = sample.len() / 2;
    match (even * 10 > pairs * 7, odd * 10 > pairs * 7) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// UTF-32 saved without its mark: of each character of any copy, the highest byte is zero, and of English copy three.
fn utf32_without_mark(bytes: &[u8]) -> Option<fn([u8; 4]) -> u32> {
    let (chars, _) = bytes.get(..bytes.len().min(4096))?.as_chunks::<4>();
    let most = |zeros: fn(&[u8; 4]) -> bool| chars.iter().filter(|c| zeros(c)).count() * 10 > chars.len() * 7;
    if chars.len() < 2 {
        None
    } else if most(|c| matches!(c, [(1..), 0, 0, 0])) {
        Some(u32::from_le_bytes)
    } else if most(|c| matches!(c, [0, 0, 0, (1..)])) {
        Some(u32::from_be_bytes)
    } else {
        None
    }
}

/// The text of UTF-32, and whether any of its bytes mean nothing.
fn utf32(bytes: &[u8], char_of: fn([u8; 4]) -> u32) -> (String, bool) {
    let (chars, rest) = bytes.as_chunks::<4>();
    let mut broken = !rest.is_empty();
    let read = |c: &[u8; 4]| {
        char::from_u32(char_of(*c)).unwrap_or_else(|| {
            broken = true;
            char::REPLACEMENT_CHARACTER
        })
    };
    let mut text: String = chars.iter().map(read).collect();
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (text, broken)
}

/// Whether the bytes are UTF-8, or UTF-8 with a few wounds rather than another charset.
fn mostly_utf8(bytes: &[u8]) -> bool {
    if std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut letters, mut wounds) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wounds += usize::from(!chunk.invalid().is_empty());
    }
    wounds == 0 || letters >= wounds * 3
}

/// Signs that were read as something else: control codes as spaces, turns of direction as nothing.
struct Controls {
    first: usize,
    n: usize,
}

/// Leaves only what may stand in a text; borrows where nothing changes.
fn clean(text: Cow<'_, str>) -> (Cow<'_, str>, Option<Controls>) {
    if !needs_care(text.as_bytes()) {
        return (text, None);
    }
    let mut out = String::with_capacity(text.len());
    let mut controls: Option<Controls> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() != Some(&'\n') => out.push('\n'),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{FEFF}' => {}
            '\u{80}'..='\u{9F}' if meant(c).is_some() => out.extend(meant(c)),
            _ if c.is_control() => {
                controls.get_or_insert(Controls { first: out.len(), n: 0 }).n += 1;
                out.push(' ');
            }
            _ => out.push(c),
        }
    }
    (Cow::Owned(out), controls)
}

/// Ends lines at Unicode's line and paragraph separators, in copy alone; borrows where there are none.
///
/// TOML is left as it is, be it a file of its own or at the head of a Markdown file: there they are characters of a
/// string, which a line end would break.
fn broken_at_separators<'t>(
    path: &str,
    text: Cow<'t, str>,
    mut controls: Option<Controls>,
) -> (Cow<'t, str>, Option<Controls>) {
    if path.ends_with(".toml") || !text.contains(SEPARATORS) {
        return (text, controls);
    }
    let copy = copy(path, &text);
    let broken = |range: Range<usize>| text.get(range).unwrap_or_default().replace(SEPARATORS, "\n");
    let head = text.get(..copy).unwrap_or_default();
    if let Some(controls) = controls.as_mut().filter(|controls| controls.first > copy) {
        controls.first = copy + broken(copy..controls.first).len();
    }
    (Cow::Owned(format!("{head}{}", broken(copy..text.len()))), controls)
}

/// Takes out of copy what turns the direction of text, which could set the words of a page behind it backwards; borrows
/// where there is nothing of the kind.
///
/// A turn that ends within its line leaves marks of direction. Of TOML the values are read without them, and addresses
/// that hold any are refused. Returns what is left out and leaves no mark.
fn unturned<'t>(
    path: &str,
    text: Cow<'t, str>,
    mut controls: Option<&mut Controls>,
) -> (Cow<'t, str>, Option<Controls>) {
    if !bidi::is_turned(&text) {
        return (text, None);
    }
    let copy = match path.ends_with(".toml") {
        true => text.len(),
        false => copy(path, &text),
    };
    let mut out = String::with_capacity(text.len());
    let mut lost: Option<Controls> = None;
    let (mut from, mut line_at) = (0, 0);
    let place = controls.as_ref().map_or(0, |controls| controls.first);
    for line in text.split_inclusive('\n') {
        for turn in bidi::marked(line) {
            let at = line_at + turn.at;
            out.push_str(text.get(from..at).unwrap_or_default());
            from = at;
            if turn.is_lost || at < copy {
                lost.get_or_insert(Controls { first: out.len(), n: 0 }).n += 1;
            }
            if at >= copy {
                from += TURN;
                out.extend(turn.mark);
                if let Some(controls) = controls.as_mut().filter(|_| at < place && turn.mark.is_none()) {
                    controls.first -= TURN;
                }
            }
        }
        line_at += line.len();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    (Cow::Owned(out), lost)
}

/// Where the copy of a file begins: behind the front matter, if it has some.
fn copy(path: &str, text: &str) -> usize {
    let parted = is_markdown(path).then(|| fence::part(path, text, "").value).flatten();
    parted.map_or(0, |parted| parted.body)
}

/// How many bytes a turn has, and a mark of direction too.
const TURN: usize = 3;

const SEPARATORS: [char; 2] = ['\u{2028}', '\u{2029}'];

/// Whether UTF-8 text holds a character that may not stand in a text.
fn needs_care(text: &[u8]) -> bool {
    // The first byte of every such character; those of C1 codes and of U+FEFF begin others too.
    let may = |b: u8| (b < b' ') & (b != b'\t') & (b != b'\n') | (b == 0x7f) | (b == 0xc2) | (b == 0xef);
    find_bytes(text, may).any(|at| match text.get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => false,
        [0xc2, next, ..] => (0x80..0xa0).contains(next),
        [0xef, a, b, ..] => *a == 0xbb && *b == 0xbf,
        _ => true,
    })
}

/// The windows-1252 character that a C1 code was meant as.
fn meant(c: char) -> Option<char> {
    let byte = [u8::try_from(u32::from(c)).ok()?];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, encoding: Encoding, noted: &[&str]) {
        let Noted { value, diagnostics } = decode("content/a.txt", bytes);
        assert_eq!(&*value.text, text);
        assert_eq!(value.encoding, encoding);
        let names: Vec<_> = diagnostics.iter().map(|d| d.code.name()).collect();
        assert_eq!(names, noted, "{diagnostics:?}");
    }

    #[test]
    fn utf8_with_and_without_mark() {
        check(b"", "", Encoding::Utf8, &[]);
        check("“Calder” £5".as_bytes(), "“Calder” £5", Encoding::Utf8, &[]);
        check("\u{FEFF}Merrow".as_bytes(), "Merrow", Encoding::Utf8, &[]);
        check(b"one\r\ntwo\rthree\n", "one\r\ntwo\nthree\n", Encoding::Utf8, &[]);
        check(b"one\r\ntwo\r\n", "one\r\ntwo\r\n", Encoding::Utf8, &[]);
        check(b"one\r", "one\n", Encoding::Utf8, &[]);
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let le: Vec<u8> = "\u{FEFF}The “Kittiwake”".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&le, "The “Kittiwake”", Encoding::Utf16, &[]);
        let be: Vec<u8> = "\u{FEFF}The “Kittiwake”".encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&be, "The “Kittiwake”", Encoding::Utf16, &[]);
        check(&le[2..], "The “Kittiwake”", Encoding::Guessed("UTF-16LE"), &["encoding-guessed"]);
        check(&le[..7], "Th\u{FFFD}", Encoding::Utf16, &["bytes-replaced"]);
    }

    #[test]
    fn utf32_with_and_without_mark() {
        let text = "The “Kittiwake”";
        let le: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let be: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        check(&[&[0xff, 0xfe, 0, 0], &*le].concat(), text, Encoding::Utf32, &[]);
        check(&[&[0, 0, 0xfe, 0xff], &*be].concat(), text, Encoding::Utf32, &[]);
        check(&le, text, Encoding::Utf32, &[]);
        check(&be, text, Encoding::Utf32, &[]);
        check(&le[..9], "Th\u{FFFD}", Encoding::Utf32, &["bytes-replaced"]);
        let beyond = [&*le, &[0, 0, 0x11, 0]].concat();
        check(&beyond, &format!("{text}\u{FFFD}"), Encoding::Utf32, &["bytes-replaced"]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let refused = |bytes: &[u8]| {
            let noted = decode("content/a.txt", bytes).diagnostics;
            noted.iter().any(|d| d.code == codes::FILE_UNREADABLE)
        };
        // The bytes of a compressed file, by a generator that needs no crate.
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        assert!(refused(&(0..2000).map(|_| next()).collect::<Vec<_>>()));
        assert!(refused(&[0; 1000]));
        let framed = format!("\u{1}\u{2}{}\u{3}", "“We sail,” said Ingrid Marsh.\u{7}\u{7} ".repeat(20));
        assert!(!refused(framed.as_bytes()), "wire machines ring bells");
        assert!(!refused("Паром в Мерроу отменён. ".repeat(20).as_bytes()));
    }

    #[test]
    fn older_encodings_by_detection() {
        let guessed = Encoding::Guessed("windows-1252");
        check(
            b"Port Ansel\x92s \x93caf\xe9\x94 costs \xa35",
            "Port Ansel’s “café” costs £5",
            guessed,
            &["encoding-guessed"],
        );
        check(b"The ferry cost \xa35m, Renn said.", "The ferry cost £5m, Renn said.", guessed, &["encoding-guessed"]);
        check(b"\x93Never\x94 \x96 he said\x85", "“Never” – he said…", guessed, &["encoding-guessed"]);
    }

    #[test]
    fn other_alphabets_are_not_taken_for_accents() {
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode("Паром в Мерроу отменён, сообщила Ингрид Марш в четверг.");
        check(
            &bytes,
            "Паром в Мерроу отменён, сообщила Ингрид Марш в четверг.",
            Encoding::Guessed("windows-1251"),
            &["encoding-guessed"],
        );
    }

    /// Of every character in every place of a line: what is left alone, and what is not.
    #[test]
    fn only_what_needs_care_is_touched() {
        for c in '\0'..='\u{ffff}' {
            let text = format!("“Merrow”,{c}and so on");
            let touched = (c.is_control() && !matches!(c, '\t' | '\n')) || c == '\u{feff}';
            assert_eq!(needs_care(text.as_bytes()), touched, "{c:?}");
        }
    }

    #[test]
    fn wounds_and_control_codes_are_noted() {
        let wounded = ["“Ferries” “will” sail, ".as_bytes(), &[0xFF], " she said".as_bytes()].concat();
        check(&wounded, "“Ferries” “will” sail, \u{FFFD} she said", Encoding::Utf8, &["bytes-replaced"]);
        check(b"\x01AM-Tunnel\x02\0\x1b\tMerrow", " AM-Tunnel   \tMerrow", Encoding::Utf8, &["bytes-replaced"]);
        check("\u{93}Calder\u{94}".as_bytes(), "“Calder”", Encoding::Utf8, &[]);
        check("one\u{2028}two\u{FEFF}".as_bytes(), "one\ntwo", Encoding::Utf8, &[]);
    }

    #[test]
    fn line_separators_end_lines_of_copy_and_none_of_toml() {
        let check = |path: &str, text: &str, expected: &str| {
            assert_eq!(&*decode(path, text.as_bytes()).value.text, expected, "{path} {text:?}");
        };
        let strings = "title = \"The\u{2028}Record\u{2029}\"\n";
        check("site.toml", strings, strings);
        check("content/rulings.toml", strings, strings);
        check("content/a.annotations.toml", strings, strings);
        let article = format!("+++\n{strings}+++\n");
        check("content/a.md", &format!("{article}one\u{2028}two\u{2029}"), &format!("{article}one\ntwo\n"));
        check("content/people/a.md", &article, &article);
        check("content/a.md", "one\u{2029}two", "one\ntwo");
        check("content/a.txt", &article, &article.replace(SEPARATORS, "\n"));
        // What opens front matter and never closes it is read line by line, as all copy.
        check("content/a.md", "+++\na = 1\u{2028}+++\u{2028}b", "+++\na = 1\n+++\nb");
    }

    #[test]
    fn no_turn_of_direction_is_left() {
        let turned = "Ola \u{202e}Brandt, who left";
        check(turned.as_bytes(), "Ola Brandt, who left", Encoding::Utf8, &["bytes-replaced"]);
        // A pair leaves its direction; what only marks a direction is no turn.
        check(
            "\u{5d0} \u{202a}+44 20\u{202c} \u{5d1}".as_bytes(),
            "\u{5d0} \u{200e}+44 20\u{200e} \u{5d1}",
            Encoding::Utf8,
            &[],
        );
        check("\u{5d0}\u{200f}\u{61c}".as_bytes(), "\u{5d0}\u{200f}\u{61c}", Encoding::Utf8, &[]);
        check("\u{2067}a\nb\u{2069}".as_bytes(), "a\nb", Encoding::Utf8, &["bytes-replaced"]);
        let article = "+++\ntitle = \"\u{202a}Ferry\u{202c}\"\n+++\n\u{202a}sails\u{202c}";
        let noted = decode("content/a.md", article.as_bytes());
        assert_eq!(&*noted.value.text, "+++\ntitle = \"\u{202a}Ferry\u{202c}\"\n+++\n\u{200e}sails\u{200e}");
        let place = noted.diagnostics[0].place.as_ref().expect("a place");
        assert_eq!((place.line, place.column), (2, 10));
        assert_eq!(decode("site.toml", "a = \"\u{2066}b\u{2069}\"".as_bytes()).diagnostics.len(), 1);
        let both = decode("content/a.txt", "\u{202e}\u{202a}b\u{202c} \u{7}".as_bytes());
        assert_eq!(both.value.text.find(' '), Some(7));
        assert!(both.diagnostics.iter().any(|d| d.place.as_ref().is_some_and(|p| p.column == 5)), "{both:?}");
    }

    #[test]
    fn control_codes_are_found_behind_line_separators() {
        let noted = decode("content/a.txt", "one\u{2028}two\u{7}".as_bytes()).diagnostics;
        let place = noted[0].place.as_ref().expect("a place");
        assert_eq!((place.line, place.column), (2, 4));
    }
}
