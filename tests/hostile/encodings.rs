use super::{Built, Family, Reported};

/// Copy with letters that encodings differ in.
fn copy(word: &str) -> String {
    format!("Harbour\n\nA headline of some words\n\nThe naïve café {word} said “no” — it sails.\n\nMarsh paid £5.\n")
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| bytes(u32::from(c))).collect()
}

#[test]
fn copy_is_read_in_every_encoding() {
    let mut family = Family::default();
    for ending in ["txt", "md"] {
        let mut add = |name: &str, bytes: &dyn Fn(&str) -> Vec<u8>| {
            family.file(format!("content/{name}.{ending}"), Built, |word| bytes(&copy(word)));
        };
        add("utf8", &|text| text.into());
        add("utf8-mark", &|text| format!("\u{feff}{text}").into());
        add("utf16-le", &|text| utf16(text, u16::to_le_bytes));
        add("utf16-be", &|text| utf16(text, u16::to_be_bytes));
        add("utf16-le-mark", &|text| utf16(&format!("\u{feff}{text}"), u16::to_le_bytes));
        add("utf16-be-mark", &|text| utf16(&format!("\u{feff}{text}"), u16::to_be_bytes));
        add("utf16-odd", &|text| [utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), vec![0]].concat());
        add("utf32-le", &|text| utf32(text, u32::to_le_bytes));
        add("utf32-be", &|text| utf32(text, u32::to_be_bytes));
        add("utf32-le-mark", &|text| utf32(&format!("\u{feff}{text}"), u32::to_le_bytes));
        add("utf32-be-mark", &|text| utf32(&format!("\u{feff}{text}"), u32::to_be_bytes));
        add("windows-1252", &|text| encoding_rs::WINDOWS_1252.encode(text).0.into_owned());
        add("cr", &|text| text.replace('\n', "\r").into());
        add("crlf", &|text| text.replace('\n', "\r\n").into());
        add("nul", &|text| format!("{text}\0\0\0").into());
        add("invalid", &|text| [text.as_bytes(), b"\xff\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80"].concat());
        add("mark-inside", &|text| text.replace("sails", "\u{feff}sails").into());
        add("bidi", &|text| text.replace("sails", "\u{202e}sails\u{2066}\u{200f}").into());
        add("unseen", &|text| text.replace("sails", "s\u{200b}a\u{ad}i\u{200d}ls\u{2060}").into());
        add("decomposed", &|text| text.replace("café", "cafe\u{301}").into());
        add("ansi", &|text| text.replace("sails", "\u{1b}[31msails\u{1b}[0m\u{7}\u{9b}31m").into());
        add("separators", &|text| text.replace("sails", "sails\u{2028}a\u{2029}b\u{85}c\u{b}d\u{c}e").into());
        add("utf7", &|text| format!("{text}+ADw-script+AD4-alert(1)+ADw-/script+AD4-").into());
    }
    let built = family.check(|_| {});
    let page = |name: &str| {
        let at = built.files.iter().find(|(path, _)| path.ends_with(&format!("/{name}/index.html")));
        super::text(at.unwrap_or_else(|| panic!("{name}")))
    };
    for name in ["utf16-le", "utf16-be-mark", "utf32-le-mark", "utf32-be", "windows-1252", "cr"] {
        assert!(page(name).contains("naïve café"), "{name} is readable");
    }
}

/// Every line end that Unicode has is white space or punctuation in a string of TOML, and no end of the line it is in.
#[test]
fn line_separators_stand_in_the_strings_of_toml() {
    let mut family = Family::default();
    for (name, sign) in [("ls", '\u{2028}'), ("ps", '\u{2029}'), ("nel", '\u{85}'), ("vt", '\u{b}'), ("ff", '\u{c}')] {
        family.file(format!("content/line-{name}.md"), Built, |word| {
            format!(
                "+++\ntitle = \"The{sign}{word} sails\"\ntags = [\"Calder{sign}tunnel\"]\n+++\n\n“We{sign}sail,” said \
                 Ingrid Marsh.\n"
            )
        });
        family.file(format!("content/wrong-{name}.md"), Reported(Some(3)), |word| {
            format!("+++\ntitle = \"The{sign}ferry\"\ndrfat = \"{sign}\"\n+++\n\n{word}\n")
        });
        family.beside(&format!("content/people/{name}.md"), format!("+++\nname = \"Ola{sign}Brandt {name}\"\n+++\n"));
    }
    family.beside("site.toml", format!("{}description = \"Of\u{2028}the\u{2029}harbour\"\n", super::SETTINGS));
    let built = family.check(|_| {});
    for (path, words) in [
        ("undated/line-ls/index.html", "The canary0word"),
        ("undated/line-ps/index.html", "Calder tunnel"),
        ("people/ls/index.html", "Ola Brandt ls"),
        ("index.html", "Of the harbour"),
    ] {
        let found = built.files.iter().find(|(at, _)| *at == path).unwrap_or_else(|| panic!("{path}"));
        let page = super::text(found);
        assert!(page.contains(words), "{words}: {} {page}", found.0);
    }
}

#[test]
fn what_is_no_text_is_reported() {
    let mut family = Family::default();
    // The bytes of a compressed file, by a generator that needs no crate.
    let noise = |seed: u32| {
        std::iter::successors(Some(seed), |seed| Some(seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)))
            .map(|seed| (seed >> 24) as u8)
    };
    for ending in ["txt", "md"] {
        for (i, head) in
            [&b"\x1f\x8b\x08\0"[..], b"PK\x03\x04", b"\x7fELF", b"%PDF-1.7\n", b"\x89PNG\r\n"].iter().enumerate()
        {
            family.file(format!("content/noise-{i}.{ending}"), Reported(None), |word| {
                let noise: Vec<u8> = noise(i as u32).take(4000).collect();
                [*head, &noise, word.as_bytes(), &noise].concat()
            });
        }
        family.file(format!("content/zeros.{ending}"), Reported(None), |word| [&[0; 4000], word.as_bytes()].concat());
    }
    family.check(|_| {});
}
