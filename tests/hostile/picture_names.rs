//! Pictures whose names are one for some file systems and two for others: each report shows its own, and none is lost.

use super::gallery::jpeg;
use super::{Site, output, report};
use jpeg_encoder::ColorType;

/// A drawing that is known by its width.
fn drawing(width: u32) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='30'/>")
}

/// A site of these files.
fn site(files: &[(&str, String)]) -> Site {
    let site = Site::new();
    site.put(b"site.toml", super::SETTINGS.as_bytes());
    for (path, bytes) in files {
        site.put(path.as_bytes(), bytes.as_bytes());
    }
    site
}

fn naming(file: &str, word: &str) -> String {
    report(&format!("[[photos]]\nfile = \"{file}\"\nalt = \"The quay\"\ncaption = \"The quay\""), word)
}

/// Wire copy with one photo.
fn copy(word: &str) -> String {
    format!(
        "Harbour\n\nA headline\n\n“We sail,” said Ingrid Marsh. {word}\n\n\
         Ingrid Marsh speaks to {word} at the quay in Merrow on Tuesday (Ola Brandt/Northsound)\n\n\
         The ferry sails. It sailed.\n"
    )
}

/// The widths of drawings on the page that holds a word.
fn widths(built: &super::Outcome, word: &str) -> Vec<u32> {
    let mut pages = built.files.iter().filter(|(path, _)| path.starts_with("2031/") || path.starts_with("undated/"));
    let page = pages.find(|(path, bytes)| path.ends_with("/index.html") && super::contains(bytes, word));
    let page = super::text(page.unwrap_or_else(|| panic!("{word} is on a page: {}", built.said)));
    let figures = page.split("<img ").skip(1).filter_map(|tag| tag.split('>').next());
    let width = |tag: &str| tag.split("width=\"").nth(1)?.split('"').next()?.parse().ok();
    figures.filter_map(width).collect()
}

/// Front matter names a file and Markdown an address, and either is understood as the other where there is no such file.
#[cfg(unix)]
#[test]
fn signs_of_addresses_are_letters_of_a_files_name() {
    let shown = |file: &str, word: &str| report("", &format!("![The quay]({file})\n\n{word}"));
    let site = site(&[
        ("content/ha#sh.svg", drawing(41)),
        ("content/que?ry.svg", drawing(42)),
        ("content/per%41cent.svg", drawing(43)),
        ("content/perAcent.svg", drawing(44)),
        ("content/a blank.svg", drawing(45)),
        ("content/people/ingrid-marsh#1.svg", drawing(46)),
        ("content/one.md", naming("ha#sh.svg", "wordone")),
        ("content/two.md", naming("que?ry.svg", "wordtwo")),
        ("content/three.md", naming("per%41cent.svg", "wordthree")),
        ("content/four.md", naming("./ha%23sh.svg", "wordfour")),
        ("content/five.md", naming("a%20blank.svg?v=2", "wordfive")),
        ("content/six.md", shown("per%41cent.svg", "wordsix")),
        ("content/seven.md", shown("ha%23sh.svg", "wordseven")),
        // What shows the file that front matter describes, however either writes it.
        ("content/eight.md", naming("ha#sh.svg", "![](ha%23sh.svg)\n\nwordeight")),
        ("content/nine.md", naming("a%20blank.svg", "![](a%20blank.svg)\n\nwordnine")),
        ("content/ten.md", naming("..%2f..%2fsecret.svg", "wordten")),
        ("content/eleven.md", naming("..%2fcontent/%2e%2e/../secret.svg", "wordeleven")),
        ("secret.svg", drawing(47)),
        (
            "content/people/ingrid-marsh.md",
            "+++\nname = \"Ingrid Marsh\"\nportrait = \"ingrid-marsh#1.svg\"\n+++\n".to_owned(),
        ),
    ]);
    let built = site.build();
    assert_eq!(built.exit, Some(0), "{}", built.said);
    let expected: [(&str, &[u32]); 11] = [
        ("wordone", &[41]),
        ("wordtwo", &[42]),
        ("wordthree", &[43]),
        ("wordfour", &[41]),
        ("wordfive", &[45]),
        ("wordsix", &[44]),
        ("wordseven", &[41]),
        ("wordeight", &[41]),
        ("wordnine", &[45]),
        ("wordten", &[]),
        ("wordeleven", &[]),
    ];
    for (word, width) in expected {
        assert_eq!(widths(&built, word), width, "{word}: {}", built.said);
    }
    assert_eq!(built.said.matches("[picture-missing]").count(), 2, "{}", built.said);
    let person =
        super::text(built.files.iter().find(|(path, _)| *path == "people/ingrid-marsh/index.html").expect("a page"));
    assert!(person.contains("width=\"46\""), "{person}");
}

// On other systems the two names are one file.
#[cfg(target_os = "linux")]
#[test]
fn each_report_shows_the_picture_whose_name_is_spelt_as_it_says() {
    let site = site(&[
        ("content/\u{e9}.svg", drawing(41)),
        ("content/e\u{301}.svg", drawing(42)),
        ("content/one.md", naming("\u{e9}.svg", "wordone")),
        ("content/two.md", naming("e\u{301}.svg", "wordtwo")),
        // Whole folders that are twins.
        ("content/\u{e8}/p.svg", drawing(43)),
        ("content/e\u{300}/p.svg", drawing(44)),
        ("content/\u{e8}/three.md", naming("p.svg", "wordthree")),
        ("content/e\u{300}/four.md", naming("p.svg", "wordfour")),
        // Wire copy, and the pictures beside it.
        ("content/\u{f6}.txt", copy("wordfive")),
        ("content/o\u{308}.txt", copy("wordsix")),
        ("content/\u{f6}.svg", drawing(45)),
        ("content/o\u{308}.svg", drawing(46)),
        // One of two is broken: the other does not stand in for it.
        ("content/\u{fc}.svg", drawing(47).replace("/>", "")),
        ("content/u\u{308}.svg", drawing(48)),
        ("content/seven.md", naming("\u{fc}.svg", "wordseven")),
        ("content/eight.md", naming("u\u{308}.svg", "wordeight")),
        // Of two reports beside one picture, the one that is spelt as it has it.
        ("content/\u{e0}.txt", copy("wordnine")),
        ("content/a\u{300}.txt", copy("wordten")),
        ("content/a\u{300}.svg", drawing(49)),
        // Where there is one, any spelling names it.
        ("content/\u{ea}.svg", drawing(50)),
        ("content/eleven.md", naming("e\u{302}.svg", "wordeleven")),
        ("content/e\u{302}.txt", copy("wordtwelve")),
    ]);
    let built = site.build();
    assert_eq!(built.exit, Some(0), "{}", built.said);
    output::is_harmless(&built);
    for (word, expected) in [
        ("wordone", &[41][..]),
        ("wordtwo", &[42]),
        ("wordthree", &[43]),
        ("wordfour", &[44]),
        ("wordfive", &[45]),
        ("wordsix", &[46]),
        ("wordseven", &[]),
        ("wordeight", &[48]),
        ("wordnine", &[]),
        ("wordten", &[49]),
        ("wordeleven", &[50]),
        ("wordtwelve", &[50]),
    ] {
        assert_eq!(widths(&built, word), expected, "{word}: {}", built.said);
    }
    for width in (41..=46).chain(48..=50) {
        let of = |(path, bytes): &(&String, &Vec<u8>)| {
            path.starts_with("img/") && super::contains(bytes, &format!("width='{width}'"))
        };
        assert_eq!(built.files.iter().filter(of).count(), 1, "the drawing {width} wide is published once");
    }
}

/// What is published of pictures has names that any system holds, and each its own.
#[cfg(target_os = "linux")]
#[test]
fn pictures_are_published_under_names_that_any_system_tells_apart() {
    let long = "a".repeat(250);
    let (long, longer) = (format!("{long}.svg"), format!("{}.svg", long.to_uppercase()));
    let names = [
        "A.svg",
        "a.svg",
        "a.SVG",
        "D/z.svg",
        "d/z.svg",
        "\u{df}.svg",
        "ss.svg",
        "\u{e9}.svg",
        "e\u{301}.svg",
        "\u{c9}.svg",
        "CON.svg",
        "con.x.svg",
        "nul.SVG",
        "AUX/x.svg",
        "COM\u{b9}.svg",
        "\"><script>.svg",
        "a|b*.svg",
        "trail. /x.svg",
        "p.svg/q.svg",
        "P.svg",
        &long,
        &longer,
        // What another file would have been given.
        "a-zcgi.svg",
        "A-zcgi.svg",
    ];
    let mut files: Vec<(String, String)> = Vec::new();
    for (n, name) in (0..).zip(names) {
        files.push((format!("content/{name}"), drawing(100 + n)));
        files.push((format!("content/report{n}.md"), naming(&name.replace('"', "\\\""), &format!("body{n}word"))));
    }
    // One that could be taken for a smaller picture.
    files.push(("content/sizes/k3zq7wmatu5a-800.svg".to_owned(), drawing(90)));
    files.push(("content/sized.md".to_owned(), naming("sizes/k3zq7wmatu5a-800.svg", "sizedword")));
    let all: Vec<(&str, String)> = files.iter().map(|(path, bytes)| (&**path, bytes.clone())).collect();
    let built = site(&all).build();
    assert_eq!(built.exit, Some(0), "{}", built.said);
    output::is_harmless(&built);
    for (n, name) in (0..).zip(names) {
        assert_eq!(widths(&built, &format!("body{n}word")), [100 + n], "{name}: {}", built.said);
    }
    assert_eq!(widths(&built, "sizedword"), [90]);
    let published = built.files.keys().filter(|path| path.starts_with("img/")).count();
    assert_eq!(published, names.len() + 1, "{:?}", built.files.keys());
    for ordinary in ["img/a.svg", "img/ss.svg", "img/d/z.svg", "img/\u{e9}.svg"] {
        assert!(built.files.contains_key(ordinary), "{ordinary}: {:?}", built.files.keys());
    }
    let all: Vec<(&str, String)> = all.into_iter().rev().collect();
    assert!(site(&all).build().files == built.files, "the order in which files are made does not matter");
}

/// An address that changes because another file came or went changes in every build alike.
#[cfg(target_os = "linux")]
#[test]
fn a_warm_build_gives_pictures_the_addresses_of_a_cold_one() {
    let photos = [("a.jpg", ColorType::Rgb, 3), ("A.jpg", ColorType::Luma, 1), ("a.JPG", ColorType::Ycbcr, 3)];
    let with = |site: &Site, (name, color, channels): (&str, ColorType, usize)| {
        site.put(format!("content/{name}").as_bytes(), &jpeg(color, channels, false));
    };
    let reports = || {
        let site = site(&[]);
        for (name, ..) in photos {
            site.put(format!("content/{name}.md").as_bytes(), naming(name, name).as_bytes());
        }
        site
    };
    let warm = reports();
    for step in 0..6 {
        let (path, held) = (warm.root().join("content").join(photos[step % 3].0), step < 3);
        match held {
            true => with(&warm, photos[step % 3]),
            false => std::fs::remove_file(path).expect("a file"),
        }
        let cold = reports();
        let is_held = |at: usize| if held { at <= step } else { at > step - 3 };
        photos.iter().enumerate().filter(|(at, _)| is_held(*at)).for_each(|(_, photo)| with(&cold, *photo));
        let (warm, cold) = (warm.build(), cold.build());
        assert_eq!(warm.exit, Some(0), "{}", warm.said);
        assert!(warm.files == cold.files, "step {step}: {:?} {:?}", warm.files.keys(), cold.files.keys());
    }
}

/// Files of the owner go as they are, and it is said where that is not safe.
#[cfg(target_os = "linux")]
#[test]
fn static_files_that_some_system_cannot_tell_apart_are_told() {
    let odd = [
        "INDEX.HTML",
        "Theme.CSS",
        "A.txt",
        "e\u{301}.txt",
        "\u{e9}.txt",
        "CON",
        "aux/x.txt",
        "x:y",
        "IMG/q.svg",
        "B.txt",
        "b.txt",
        "fine.txt",
    ];
    let mut files: Vec<(String, String)> =
        odd.iter().map(|name| (format!("static/{name}"), "words".to_owned())).collect();
    files.push(("static/a.txt".to_owned(), "words".to_owned()));
    files.push(("content/q.svg".to_owned(), drawing(70)));
    files.push(("content/q.md".to_owned(), naming("q.svg", "word")));
    let files: Vec<(&str, String)> = files.iter().map(|(path, bytes)| (&**path, bytes.clone())).collect();
    let built = site(&files).build();
    assert_eq!(built.exit, Some(0), "{}", built.said);
    output::is_fit_to_be_told(&built.said);
    for name in odd {
        assert!(built.files.contains_key(name), "{name} is published");
    }
    let told = |name: &str| built.said.matches(&format!(" at static/{name}\n")).count();
    for name in ["INDEX.HTML", "Theme.CSS", "a.txt", "\u{e9}.txt", "CON", "aux/x.txt", "x:y", "IMG/q.svg", "b.txt"] {
        assert_eq!(told(name), 1, "{name}: {}", built.said);
    }
    for name in ["A.txt", "e\u{301}.txt", "B.txt", "fine.txt"] {
        assert_eq!(told(name), 0, "{name}: {}", built.said);
    }
}
