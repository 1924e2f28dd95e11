//! Picture files from strangers: each is shown, or named as broken while its report is built; nothing in it acts, and
//! nothing of what it says of the place where it was taken gets out.

use super::gallery::{
    PLACE, apng, base64, deflated, exif, gif, ihdr, jpeg, png, png_of, segments, svg, webp, with_segments, xmp,
};
use super::output;
use super::{Site, contains};
use jpeg_encoder::ColorType;
use std::time::{Duration, Instant};

/// What must become of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// It is published, without what it says of a place.
    Shown,
    /// It is named with what to do next, and nothing of it is published.
    Refused,
    /// One of the two.
    Either,
}

use Sight::{Either, Refused, Shown};

/// Pictures, each in a report of its own.
#[derive(Default)]
struct Album {
    pictures: Vec<(String, Vec<u8>, Sight, String)>,
}

impl Album {
    /// Adds a picture; `about` says in a failure what it is.
    fn add(&mut self, ending: &str, sight: Sight, about: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let name = format!("pic{}q.{ending}", self.pictures.len());
        self.pictures.push((name, bytes.into(), sight, about.into()));
    }

    fn named(&mut self, name: &str, bytes: Vec<u8>) {
        self.pictures.push((name.to_owned(), bytes, Either, format!("a picture called {name:?}")));
    }

    /// Builds a report around each, and looks what became of them.
    fn check(&self, patience: Duration) {
        let site = Site::new();
        site.put(b"site.toml", super::SETTINGS.as_bytes());
        for (n, (name, bytes, ..)) in self.pictures.iter().enumerate() {
            site.put(format!("content/{name}").as_bytes(), bytes);
            let quoted = name.replace('\\', "\\\\").replace('"', "\\\"");
            let photo = format!("[[photos]]\nfile = \"{quoted}\"\nalt = \"The quay\"\ncaption = \"caption{n}words\"");
            site.put(
                format!("content/report{n}.md").as_bytes(),
                super::report(&photo, &format!("“It holds,” said Ingrid Marsh. body{n}words")).as_bytes(),
            );
        }
        let begun = Instant::now();
        let built = site.build();
        assert!(begun.elapsed() < patience, "this took {:?}", begun.elapsed());
        assert_eq!(built.exit, Some(0), "{}", built.said);
        output::is_harmless(&built);
        let mut pages: Vec<&str> = Vec::new();
        for (path, bytes) in &built.files {
            for act in [PLACE, "<script>alert", "alert(1)"] {
                assert!(!contains(bytes, act), "{act} is in {path}");
            }
            if path.ends_with("/index.html") {
                pages.push(std::str::from_utf8(bytes).expect("text"));
            }
        }
        let of = |sight: Sight| self.pictures.iter().filter(|picture| picture.2 == sight).count();
        let (shown, refused, either) = (of(Shown), of(Refused), of(Either));
        eprintln!("hostile: pictures that must be shown {shown}, refused {refused}, one of the two {either}");
        for (n, (name, _, sight, about)) in self.pictures.iter().enumerate() {
            let page = pages.iter().find(|page| page.contains(&format!("body{n}words")));
            let page = page.unwrap_or_else(|| panic!("{about}: its report is built: {}", built.said));
            assert!(page.contains(&format!("caption{n}words")), "{about}: its caption stays");
            if *sight == Either {
                continue;
            }
            let stem = name.split('.').next().expect("a name");
            let files: Vec<&String> = built.files.keys().filter(|path| path.contains(&format!("/{stem}"))).collect();
            let said = built.about(name);
            if *sight == Shown {
                assert!(!files.is_empty() && page.contains(stem), "{about} is shown: {said}");
            } else {
                assert!(files.is_empty(), "{about} is not published: {files:?}");
                assert!(said.contains("picture-broken") && said.contains("help:"), "{about} is told: {said}");
            }
        }
    }
}

const PATIENCE: Duration = Duration::from_secs(60);

fn photo() -> Vec<u8> {
    jpeg(ColorType::Rgb, 3, false)
}

#[test]
fn pictures_cut_short_anywhere_are_told() {
    let mut album = Album::default();
    let mut cut = |ending: &str, whole: &[u8], points: &[usize]| {
        album.add(ending, Shown, format!("a whole {ending}"), whole);
        let near = points.iter().flat_map(|at| [at.saturating_sub(1), *at, at + 1, at + 5]);
        let mut ends: Vec<usize> = near.chain([whole.len() - 1]).filter(|end| *end < whole.len()).collect();
        ends.sort_unstable();
        ends.dedup();
        for end in ends {
            // Some writers of WebP count the last padding and do not write it.
            let sight = if ending == "webp" && end == whole.len() - 1 { Either } else { Refused };
            album.add(ending, sight, format!("{ending} cut at {end} of {}", whole.len()), &whole[..end]);
        }
    };
    for progressive in [false, true] {
        let whole = jpeg(ColorType::Rgb, 3, progressive);
        let points = segments(&whole);
        cut("jpg", &whole, &points);
    }
    cut("png", &png(8, 2, &[]), &[8, 16, 33, 41, 60]);
    cut("gif", &gif(2, b"\x21\xfe\x03abc\0"), &[6, 13, 19, 20, 22, 26, 36, 40]);
    cut("webp", &webp(&[], 0), &[4, 8, 12, 16, 20, 25, 40]);
    cut("svg", &svg("<g><path d='M0 0'/></g>"), &[4, 30, 100, 120, 130, 140]);
    album.check(PATIENCE);
}

#[test]
fn pictures_that_claim_or_hold_too_much_are_bounded() {
    let mut album = Album::default();
    let zeros = deflated(&vec![0; 40 << 20]);
    let claim = |width: u32, height: u32| {
        png_of(&[(b"IHDR", ihdr(width, height, 1, 0)), (b"IDAT", zeros.clone()), (b"IEND", Vec::new())])
    };
    album.add("png", Refused, "a PNG of four thousand million pixels", claim(65_535, 65_535));
    album.add("png", Refused, "a PNG of 150 million pixels", claim(50_000, 3_000));
    album.add("png", Refused, "a PNG wider than any", claim(u32::MAX, 1));
    album.add("png", Refused, "a PNG without width", claim(0, 4));
    album.add("png", Either, "a PNG with more pixels than it says", claim(4, 4));
    // What is not looked at, and not published, whatever it unpacks to.
    let profile = [b"p\0\0", &zeros[..]].concat();
    album.add("png", Either, "a profile that unpacks to 40 MB", png(8, 2, &[(b"iCCP", profile)]));
    let text = [b"Comment\0\0", &zeros[..]].concat();
    album.add("png", Shown, "a comment that unpacks to 40 MB", png(8, 2, &[(b"zTXt", text)]));
    let long = format!("Comment\0{}", PLACE.repeat(200_000)).into_bytes();
    album.add("png", Shown, "a comment of two megabytes", png(8, 2, &[(b"tEXt", long)]));
    let many: Vec<(&[u8; 4], Vec<u8>)> = vec![(b"tEXt", b"Comment\0x".to_vec()); 50_000];
    album.add("png", Shown, "fifty thousand comments", png(8, 2, &many));
    album.add("gif", Shown, "a GIF of twenty thousand frames", gif(20_000, b""));
    album.add("png", Shown, "a PNG of two thousand frames", apng(2_000));
    let mut wide = gif(1, b"");
    wide[6..10].fill(0xff);
    album.add("gif", Refused, "a GIF of four thousand million pixels", wide);
    let mut tall = photo();
    let at = segments(&tall).into_iter().find(|at| tall[at + 1] == 0xc0).expect("a frame");
    tall[at + 5..at + 9].fill(0xff);
    album.add("jpg", Refused, "a JPEG of four thousand million pixels", tall);
    let mut vast = webp(&[(b"EXIF", exif(1, false))], 0x08);
    vast[24..30].fill(0xff);
    album.add("webp", Refused, "a WebP of more pixels than any", vast);
    let comments: Vec<(u8, Vec<u8>)> = vec![(0xfe, PLACE.repeat(4_000).into_bytes()); 60];
    album.add("jpg", Shown, "a JPEG with three megabytes of comments", with_segments(&photo(), &comments, b""));
    let profiles: Vec<(u8, Vec<u8>)> =
        (1..=40u8).map(|n| (0xe2, [b"ICC_PROFILE\0", &[n, 40][..], PLACE.repeat(4_000).as_bytes()].concat())).collect();
    album.add("jpg", Shown, "a JPEG with a profile of two megabytes", with_segments(&photo(), &profiles, b""));
    for (width, height) in [("1e9", "1e9"), ("-4", "3"), ("nan", "inf"), ("0", "0"), ("99999999999999999999px", "1")] {
        let drawing = format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'/>");
        album.add("svg", Refused, format!("a drawing of {width} by {height}"), drawing);
    }
    let deep = format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    album.add("svg", Refused, "a drawing a hundred thousand deep", svg(&deep));
    let tenfold = |n: u32| format!("<g id='a{}'>{}</g>", n + 1, format!("<use href='#a{n}'/>").repeat(10));
    let uses: String = (0..10).map(tenfold).collect();
    album.add("svg", Refused, "a drawing of a thousand million shapes", svg(&format!("<g id='a0'/>{uses}")));
    album.add("svg", Shown, "a drawing of ten thousand copies", svg(&"<use href='#a'/>".repeat(10_000)));
    let attributes: String = (0..100_000).map(|n| format!(" a{n}='x'")).collect();
    album.add("svg", Either, "a drawing with a hundred thousand attributes", svg(&format!("<g{attributes}/>")));
    album.check(Duration::from_secs(100));
}

#[test]
fn drawings_that_act_or_fetch_are_refused() {
    let mut album = Album::default();
    for inside in [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        "<s:script xmlns:s='http://www.w3.org/2000/svg'>alert(1)</s:script>",
        "<script href='//evil.example/a.js'/>",
        "<g><g><g><script>alert(1)</script></g></g></g>",
        "<svg><script>alert(1)</script></svg>",
        "<![CDATA[x]]><script><![CDATA[alert(1)]]></script>",
        "<g onload='alert(1)'/>",
        "<g ONLOAD='alert(1)'/>",
        "<g\nonclick\n=\n'alert(1)'/>",
        "<animate onbegin='alert(1)'/>",
        "<a href='javascript:alert(1)'><text>x</text></a>",
        "<a xlink:href='&#106;avascript:alert(1)'><text>x</text></a>",
        "<a href='java&#10;script:alert(1)'/>",
        "<a href='https://evil.example/'><text>x</text></a>",
        "<a href='/admin'><text>x</text></a>",
        "<a href='data:text/html,&lt;script>alert(1)&lt;/script>'/>",
        "<use href='//evil.example/a.svg#b'/>",
        "<use href='data:image/svg+xml;base64,PHN2Zz4='/>",
        "<image href='http://evil.example/track.png'/>",
        "<image src='x.png'/>",
        "<feImage href='https://evil.example/x'/>",
        "<animate attributeName='href' to='javascript:alert(1)'/>",
        "<set attributeName='xlink:href' to='//evil.example/'/>",
        "<set attributeName='onload' to='alert(1)'/>",
        "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><b>x</b></body></foreignObject>",
        "<foreignobject/>",
        "<iframe src='x'/>",
        "<object data='x'/>",
        "<embed src='x'/>",
        "<audio src='x'/>",
        "<h:script xmlns:h='http://www.w3.org/1999/xhtml'>alert(1)</h:script>",
        "<style>@import '//evil.example/a.css';</style>",
        "<style>g { background: url(//evil.example/a.png) }</style>",
        "<style>g { background: URL( '//evil.example/a.png' ) }</style>",
        "<style>g { fill: u/**/rl(//evil.example) }</style><style>@im\\port 'x'</style>",
        "<style>@font-face { src: url(data:font/woff2;base64,AA) }</style>",
        "<g style='background:url(//evil.example/a)'/>",
        "<g fill='url(//evil.example/a#b)'/>",
        "<g filter='url(https://evil.example/a#b)'/>",
        "<g mask='image-set(\"//evil.example/a\" 1x)'/>",
        "<g style='fill:u&#114;l(//evil.example)'/>",
        "<?xml-stylesheet href='//evil.example/a.css'?>",
        "<!DOCTYPE svg [<!ENTITY x 'y'>]>",
    ] {
        album.add("svg", Refused, inside, svg(inside));
    }
    let whole = |text: &str| text.as_bytes().to_vec();
    let plain = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>";
    let laughs = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><svg viewBox='0 0 1 1'><text>&b;</text></svg>";
    album.add("svg", Refused, "entities in entities", whole(laughs));
    let outside =
        "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg viewBox='0 0 1 1'><text>&a;</text></svg>";
    album.add("svg", Refused, "an entity from outside", whole(outside));
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    album.add("svg", Refused, "UTF-16", utf16);
    album.add("svg", Refused, "another encoding", whole(&format!("<?xml version='1.0' encoding='utf-7'?>{plain}")));
    album.add("svg", Refused, "a packed drawing", deflated(plain.as_bytes()));
    album.add("svg", Refused, "a page", whole("<html><script>alert(1)</script></html>"));
    album.add("svg", Refused, "something behind it", whole(&format!("{plain}<script>alert(1)</script>")));
    album.add(
        "svg",
        Refused,
        "a style sheet for it",
        whole(&format!("<?xml-stylesheet href='//evil.example'?>{plain}")),
    );
    album.add("svg", Refused, "an editor's handler", whole(&plain.replace("/>", " onload='alert(1)'/>")));
    for fine in [
        "<g><path d='M0 0h4'/><use href='#a'/></g>",
        "<style>.a { fill: url(#b) }</style>",
        "<text>onload='x' &lt;b></text>",
    ] {
        album.add("svg", Shown, fine, svg(fine));
    }
    album.check(PATIENCE);
}

#[test]
fn what_is_called_a_picture_and_is_none_is_told() {
    let mut album = Album::default();
    let drawing = svg("<g/>");
    let pixels: [(&str, Vec<u8>); 4] =
        [("JPEG", photo()), ("PNG", png(8, 2, &[])), ("GIF", gif(1, b"")), ("WebP", webp(&[], 0))];
    let others: [(&str, Vec<u8>); 12] = [
        ("nothing", Vec::new()),
        ("a zero", vec![0]),
        ("zeros", vec![0; 5_000]),
        ("text", b"The quay at Merrow".to_vec()),
        ("a page", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("a PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec()),
        ("an archive", b"PK\x03\x04\x14\0\0\0\x08\0".to_vec()),
        ("a program", b"\x7fELF\x02\x01\x01\0".to_vec()),
        ("a TIFF", b"II*\0\x08\0\0\0\0\0".to_vec()),
        ("a BMP", [b"BM", &[0; 60][..]].concat()),
        ("a HEIC", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1".to_vec()),
        ("a script that looks like a GIF", b"GIF89a=1;alert(1)//".to_vec()),
    ];
    for ending in ["jpg", "jpeg", "JPG", "png", "gif", "webp", "avif", "svg"] {
        for (kind, bytes) in &pixels {
            // One that has pixels is known by its bytes.
            let sight = if ending == "svg" { Refused } else { Either };
            album.add(ending, sight, format!("{kind} as .{ending}"), bytes.clone());
        }
        for (kind, bytes) in &others {
            album.add(ending, Refused, format!("{kind} as .{ending}"), bytes.clone());
        }
        album.add(ending, if ending == "svg" { Shown } else { Refused }, format!("SVG as .{ending}"), drawing.clone());
    }
    album.check(PATIENCE);
}

#[test]
fn what_pictures_say_of_places_is_in_no_byte_that_is_published() {
    let mut album = Album::default();
    let note = || PLACE.as_bytes().to_vec();
    let named = |name: &[u8], data: &[u8]| [name, data].concat();
    let odd = [
        "<dc:description>]]&gt;</dc:description>",
        "<dc:description><![CDATA[]]]]><![CDATA[>]]></dc:description>",
        "<dc:description>&quot;&#0;&#x1b;&lt;script&gt;</dc:description>",
        "<dc:rights>&undefined;</dc:rights>",
        "]]>",
        "<dc:title",
    ];
    for orientation in [1, 6, 0, 255] {
        for loops in [false, true] {
            let tiff = exif(orientation, loops);
            let said = [
                (0xe1, named(b"Exif\0\0", &tiff)),
                (0xe1, named(b"http://ns.adobe.com/xap/1.0/\0", &xmp(""))),
                (0xe1, named(b"http://ns.adobe.com/xmp/extension/\0", PLACE.as_bytes())),
                (0xe2, named(b"MPF\0", PLACE.as_bytes())),
                (0xed, named(b"Photoshop 3.0\0", PLACE.as_bytes())),
                (0xee, named(b"Other", PLACE.as_bytes())),
                (0xef, note()),
                (0xfe, note()),
            ];
            let about = format!("turned {orientation}, loops {loops}");
            let behind = [&photo()[..], PLACE.as_bytes()].concat();
            album.add("jpg", Shown, format!("a JPEG {about}"), with_segments(&photo(), &said, &behind));
            let chunks: Vec<(&[u8; 4], Vec<u8>)> = vec![
                (b"eXIf", tiff.clone()),
                (b"tEXt", named(b"Location\0", PLACE.as_bytes())),
                (b"iTXt", named(b"XML:com.adobe.xmp\0\0\0\0\0", &xmp(""))),
                (b"zTXt", named(b"Location\0\0", &deflated(PLACE.as_bytes()))),
                (b"gpSx", note()),
            ];
            let mut bytes = png(8, 6, &chunks);
            bytes.extend(PLACE.as_bytes());
            album.add("png", Shown, format!("a PNG {about}"), bytes);
            let chunks: Vec<(&[u8; 4], Vec<u8>)> = vec![(b"EXIF", tiff.clone()), (b"XMP ", xmp("")), (b"GPSX", note())];
            album.add("webp", Shown, format!("a WebP {about}"), webp(&chunks, 0x0c));
        }
    }
    for inside in odd {
        let packet = named(b"http://ns.adobe.com/xap/1.0/\0", &xmp(inside));
        album.add("jpg", Shown, format!("XMP with {inside}"), with_segments(&photo(), &[(0xe1, packet)], b""));
    }
    // As deep and as large as it may be; in a PNG there is room.
    let deep = format!("{}{}", "<rdf:Description>".repeat(30_000), "</rdf:Description>".repeat(30_000));
    let wide = "<rdf:Description dc:title='x'/>".repeat(30_000);
    let laughs = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>";
    for (about, packet) in [
        ("a deep packet", xmp(&deep)),
        ("a wide packet", xmp(&wide)),
        ("a packet with entities", [laughs.as_bytes(), &xmp("&a;")].concat()),
        ("a packet that is no text", vec![0xff; 5_000]),
    ] {
        let chunk = named(b"XML:com.adobe.xmp\0\0\0\0\0", &packet);
        album.add("png", Shown, about, png(8, 2, &[(b"iTXt", chunk)]));
    }
    let comment = named(b"\x21\xfe\x0d", PLACE.as_bytes());
    let words = named(b"\x21\xff\x0bXMP DataXMP\x0d", PLACE.as_bytes());
    let blocks = [&comment[..], b"\0", &words, b"\0"].concat();
    album.add("gif", Shown, "a GIF with a comment", [gif(1, &blocks), PLACE.as_bytes().to_vec()].concat());
    // In drawings: what editors keep, and photographs that are embedded.
    for inside in [
        format!("<metadata><rdf:RDF xmlns:rdf='x'>{PLACE}</rdf:RDF></metadata><g/>"),
        format!("<!-- {PLACE} --><g/>"),
        format!("<g/><metadata>{PLACE}</metadata><g/><!--{PLACE}-->"),
        format!("<g><metadata id='{PLACE}'/></g>"),
    ] {
        album.add("svg", Shown, inside.clone(), svg(&inside));
    }
    let said = with_segments(&photo(), &[(0xe1, named(b"Exif\0\0", &exif(1, false)))], b"");
    for (kind, bytes, sight) in [("jpeg", &said, Refused), ("jpeg", &photo(), Shown), ("png", &png(8, 2, &[]), Shown)] {
        let inside = format!("<image href='data:image/{kind};base64,{}'/>", base64(bytes));
        album.add("svg", sight, format!("an embedded {kind}"), svg(&inside));
    }
    album.check(PATIENCE);
}

#[test]
fn pictures_of_every_colour_and_motion_are_shown() {
    let mut album = Album::default();
    for (color, channels) in
        [(ColorType::Luma, 1), (ColorType::Rgb, 3), (ColorType::Ycbcr, 3), (ColorType::Cmyk, 4), (ColorType::Ycck, 4)]
    {
        for progressive in [false, true] {
            // Scans of inks in several passes are made by no camera, and read by no decoder of ours.
            let sight = if channels == 4 && progressive { Either } else { Shown };
            album.add("jpg", sight, format!("JPEG in {color:?}, {progressive}"), jpeg(color, channels, progressive));
        }
    }
    for (depth, color) in [
        (1, 0),
        (2, 0),
        (4, 0),
        (8, 0),
        (16, 0),
        (8, 2),
        (16, 2),
        (1, 3),
        (2, 3),
        (4, 3),
        (8, 3),
        (8, 4),
        (16, 4),
        (8, 6),
        (16, 6),
    ] {
        album.add("png", Shown, format!("PNG of {depth} bits, colours {color}"), png(depth, color, &[]));
    }
    for (depth, color) in [(3, 0), (16, 3), (4, 2), (8, 1), (8, 5), (0, 0), (255, 255)] {
        let head = (b"IHDR", ihdr(24, 16, depth, color));
        let odd = png_of(&[head, (b"IDAT", deflated(&[0; 900])), (b"IEND", Vec::new())]);
        album.add("png", Refused, format!("PNG of {depth} bits, colours {color}"), odd);
    }
    album.add("gif", Shown, "a GIF of three frames", gif(3, b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"));
    album.add("png", Shown, "a PNG of three frames", apng(3));
    album.check(PATIENCE);
}

#[test]
fn pictures_of_odd_names_leave_their_reports_whole() {
    let mut album = Album::default();
    let mut names = vec![
        "pic 1.jpg",
        "ünï.jpg",
        "日本.jpg",
        "it's.jpg",
        "-rf.jpg",
        "%2e%2e%2fx.jpg",
        "CON.jpg",
        "a&b.jpg",
        "$(id).jpg",
        "{{x}}.jpg",
        "x.svg.jpg",
        "x.jpg.JPG",
        "a#b.jpg",
        "a?b.jpg",
    ];
    if cfg!(unix) {
        names.extend(["\"x\".jpg", "<script>x<.jpg", "a\\b.jpg", "trail .jpg"]);
    }
    for name in names {
        album.named(name, photo());
    }
    album.check(PATIENCE);
}

#[cfg(unix)]
#[test]
fn files_whose_names_no_address_can_hold_are_told_and_stop_nothing() {
    let site = Site::new();
    site.put(b"site.toml", super::SETTINGS.as_bytes());
    site.put(b"content/sound.md", super::SOUND.as_bytes());
    let names = ["a\\b", "a\nb", "a\rb", "\u{1b}[31m", "\u{7f}"];
    for name in names {
        site.put(format!("content/{name}.jpg").as_bytes(), &photo());
        site.put(format!("static/{name}.txt").as_bytes(), b"words");
    }
    let built = site.build();
    assert_eq!(built.exit, Some(0), "{}", built.said);
    output::is_fit_to_be_told(&built.said);
    assert!(built.said.matches("no address can hold the name").count() == 2 * names.len(), "{}", built.said);
    assert!(!built.files.keys().any(|path| path.contains(|c: char| c.is_control() || c == '\\')));
}
