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

/// No name, headline or address turns the words that stand behind it.
#[test]
fn no_turn_of_direction_is_published() {
    let mut family = Family::default();
    let turns =
        ['\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'];
    for (i, sign) in turns.into_iter().enumerate() {
        let escape = format!("\\u{:04X}", u32::from(sign));
        let entity = format!("&#x{:x};", u32::from(sign));
        for (how, turn) in [("raw", sign.to_string()), ("escaped", escape)] {
            family.file(format!("content/{how}-{i}.md"), Built, |word| {
                format!(
                    "+++\ntitle = \"The {turn}ferry\"\nkicker = \"Har{turn}bour\"\ntags = [\"Calder {turn}tunnel\"]\nauthors = \
                     [\"Petra {turn}Voss\"]\nstandfirst = \"It {turn}sails\"\nrights = \"{turn}Mine\"\n[[photos]]\nfile = \
                     \"a.svg\"\nalt = \"{turn}A quay\"\ncaption = \"The {turn}quay {i}\"\ncredit = \"Ola \
                     {turn}Brandt/Northsound\"\n+++\n\n“We {entity}sail {word},” said Ola {entity}Brandt {sign}junior, who \
                     left.\n\n# A {entity}crosshead\n\n<abbr title=\"{entity}x\">Y</abbr> ![{entity}b](a.svg \"{entity}c\")\n"
                )
            });
            let person =
                format!("+++\nname = \"Tobias {turn}Renn {i}\"\nsummary = \"{turn}An engineer\"\n+++\n{sign}Words\n");
            family.beside(&format!("content/people/{how}-{i}.md"), person);
            let alias = format!("aliases = [\"/{turn}old/\"]");
            family.file(format!("content/alias-{how}-{i}.md"), Reported(Some(4)), |word| super::report(&alias, word));
        }
        family.file(format!("content/har{sign}bour/wire{sign}-{i}.txt"), Built, |word| {
            format!("By Petra {sign}Voss\n\n“We sail {word},” said Ola {sign}Brandt, who left.\n")
        });
    }
    let arabic = "\u{642}\u{627}\u{644} \u{202a}+44 20\u{202c}\u{200f} \u{644}\u{646}\u{627}";
    family.file("content/arabic.md", Built, |word| super::report("lang = \"ar\"", &format!("{arabic} {word}")));
    family.beside("content/a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'/>");
    let built = family.check(|_| {});
    // The text as it was received is that, front matter included; the search's own script names the signs it ignores.
    let is_made = |path: &str| !path.ends_with("/received.txt") && path != "search.js";
    for (path, bytes) in built.files.iter().filter(|(path, _)| is_made(path)) {
        let text = String::from_utf8_lossy(bytes);
        for turn in turns {
            let escape = format!("\\u{:04x}", u32::from(turn));
            assert!(!path.contains(turn) && !text.contains(turn), "{turn:?} in {path}");
            assert!(!text.to_lowercase().contains(&escape), "{escape} in {path}");
        }
    }
    let page = super::text(built.files.iter().find(|(path, _)| path.ends_with("/arabic/index.html")).expect("a page"));
    let marked = arabic.replace(['\u{202a}', '\u{202c}'], "\u{200e}");
    assert!(page.contains(&marked), "Arabic reads as before");
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
