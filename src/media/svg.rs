//! Drawings: measured by their root element, and looked over for whatever could act or fetch.
//!
//! In an `<img>` a drawing can do neither, but every picture can be opened on its own address, and
//! there a script in it would run as the site's own. So a drawing is refused rather than mended.

use super::container;
use super::copies::Copies;
use super::picture::{Fault, Measured, PictureFile, PictureKind};
use crate::text::percent;
use memchr::memmem;
use std::ops::Range;

const EXPORT_PLAIN: &str = "export it again as plain SVG, without scripts, links and embedded files";
const CLEAN: &str = "take the camera data out of the photograph, and embed it again";
const ADD_VIEW_BOX: &str = "give the <svg> element a viewBox, such as viewBox=\"0 0 1200 800\"";

pub(super) fn measure(bytes: &[u8]) -> Measured {
    walked(bytes).map(|(file, _)| file)
}

/// The same drawing without comments and what editors and cameras say of it; none where there is nothing of that.
pub(super) fn bare(bytes: &[u8]) -> Option<Vec<u8>> {
    let (_, spare) = walked(bytes).ok()?;
    let mut rest = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let (mut out, mut at) = (Vec::with_capacity(rest.len()), 0);
    for Range { start, end } in spare.iter().filter(|spare| !spare.is_empty()) {
        // A comment within what went already.
        let Some((kept, after)) = start.checked_sub(at).and_then(|len| rest.split_at_checked(len)) else { continue };
        out.extend(kept);
        rest = after.get(end - start..)?;
        at = *end;
    }
    out.extend(rest);
    (at > 0).then_some(out)
}

/// A byte order mark.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Measures a drawing, and finds what of it draws nothing and speaks: comments and `<metadata>`, sorted by their
/// starts; measured behind a byte order mark.
fn walked(bytes: &[u8]) -> Result<(PictureFile, Vec<Range<usize>>), Fault> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(Fault::new("this drawing is not UTF-8", EXPORT_PLAIN));
    };
    let mut open: Vec<&str> = Vec::new();
    let mut size = None;
    // A style sheet's words may be parted by comments, which do not part them for a browser.
    let mut style = String::new();
    let mut scan = Scan { text, at: 0, start: 0, comments: Vec::new() };
    // Where the outermost `<metadata>` that is open began, and how deep it lies.
    let (mut told, mut spare) = (None, Vec::new());
    let mut copies = Copies::default();
    while let Some(piece) = scan.next()? {
        match piece {
            Piece::Tag { name, attributes, closed } => {
                check_element(name)?;
                for (key, value) in &attributes {
                    check_attribute(key, value)?;
                }
                if open.is_empty() {
                    if size.is_some() || local(name) != "svg" {
                        return Err(Fault::new("this is not an SVG drawing", EXPORT_PLAIN));
                    }
                    size = Some(size_of(&attributes)?);
                }
                if told.is_none() && local(name) == "metadata" {
                    match closed {
                        true => spare.push(scan.start..scan.at),
                        false => told = Some((scan.start, open.len())),
                    }
                }
                copies.open(name, &attributes)?;
                match closed {
                    true => copies.close(),
                    false => open.push(name),
                }
            }
            Piece::End(name) => {
                if open.pop() != Some(name) {
                    return Err(broken());
                }
                copies.close();
                if let Some((start, _)) = told.take_if(|(_, depth)| *depth == open.len()) {
                    spare.push(start..scan.at);
                }
                if !style.is_empty() {
                    check_style(&style)?;
                    copies.style(&style);
                    style.clear();
                }
            }
            Piece::Text(words) => match open.last() {
                Some(name) if local(name).eq_ignore_ascii_case("style") => style.push_str(words),
                Some(_) => {}
                None if words.trim().is_empty() => {}
                None => return Err(broken()),
            },
        }
    }
    match size {
        Some((width, height)) if open.is_empty() => {
            copies.check()?;
            spare.append(&mut scan.comments);
            spare.sort_unstable_by_key(|spare| spare.start);
            Ok((PictureFile::plain(PictureKind::Svg, width, height), spare))
        }
        Some(_) => Err(Fault::new("this drawing is cut short", "fetch the file again")),
        None => Err(Fault::new("this is not an SVG drawing", EXPORT_PLAIN)),
    }
}

/// Width and height as the root says: in absolute units, or by its view box.
fn size_of(attributes: &[(&str, &str)]) -> Result<(u32, u32), Fault> {
    let value = |name: &str| attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.trim());
    let view_box = || {
        let mut sides = value("viewBox")?.split([' ', ',', '\t', '\n', '\r']).filter(|n| !n.is_empty()).skip(2);
        Some((sides.next()?.parse::<f64>().ok()?, sides.next()?.parse::<f64>().ok()?))
    };
    let sides = || Some((pixels(value("width")?)?, pixels(value("height")?)?));
    let whole = |side: f64| (1.0..=65_535.0).contains(&side.ceil()).then(|| side.ceil() as u32);
    sides()
        .or_else(view_box)
        .and_then(|(width, height)| Some((whole(width)?, whole(height)?)))
        .ok_or_else(|| Fault::new("this drawing does not say how large it is", ADD_VIEW_BOX))
}

/// A CSS length in pixels; none for percentages and lengths that depend on fonts.
fn pixels(length: &str) -> Option<f64> {
    let end = length.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-'))).unwrap_or(length.len());
    let (number, unit) = length.split_at(end);
    let each = match unit.trim() {
        "" | "px" => 1.0,
        "in" => 96.0,
        "cm" => 96.0 / 2.54,
        "mm" => 96.0 / 25.4,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * each)
}

fn check_element(name: &str) -> Result<(), Fault> {
    const ACTIVE: &[&str] =
        &["script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "audio", "video"];
    if ACTIVE.iter().any(|active| local(name).eq_ignore_ascii_case(active)) {
        return Err(Fault::new(format!("this drawing holds a <{}> element", local(name)), EXPORT_PLAIN));
    }
    Ok(())
}

fn check_attribute(key: &str, value: &str) -> Result<(), Fault> {
    let name = local(key).to_ascii_lowercase();
    if name.starts_with("on") {
        return Err(Fault::new(format!("this drawing holds an event handler, {name}"), EXPORT_PLAIN));
    }
    if key == "xmlns" && value != SVG || key.starts_with("xmlns:") && brings_pages(value) {
        return Err(Fault::new("this drawing holds parts that are no drawing", EXPORT_PLAIN));
    }
    // An animation may write an address, or what would run, that was not there to be seen.
    let animated = local(value.trim()).to_ascii_lowercase();
    let animates_address = name == "attributename" && (animated == "href" || animated.starts_with("on"));
    if animates_address
        || key.eq_ignore_ascii_case("xml:base")
        || matches!(name.as_str(), "href" | "src") && !is_own(value)
    {
        return Err(Fault::new("this drawing refers to another file or page", EXPORT_PLAIN));
    }
    if matches!(name.as_str(), "href" | "src") {
        check_embedded(value)?;
    }
    // Any attribute without a prefix may be a style in disguise; `aria-label` and editors' own are words.
    let words = key.contains(':') || name.starts_with("aria-");
    if !words && (name == "style" || value.contains('(') || has_entity(value)) { check_style(value) } else { Ok(()) }
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// Whether elements of this namespace do something in a browser: those of web pages and of formulas. What editors
/// keep for themselves does nothing. An escape could spell anything.
fn brings_pages(namespace: &str) -> bool {
    let lower = namespace.to_ascii_lowercase();
    lower.contains('&') || lower.contains("xhtml") || lower.contains("mathml") || lower.contains("xsl")
}

/// Refuses a declaration of another encoding than the one it is read in here: a browser would read other signs.
fn check_encoding(instruction: &str) -> Result<(), Fault> {
    let Some((_, said)) = instruction.strip_prefix("xml").and_then(|rest| rest.split_once("encoding")) else {
        return Ok(());
    };
    let said =
        said.trim_start().trim_start_matches('=').trim_start().trim_start_matches(['"', '\'']).to_ascii_lowercase();
    let known = ["utf-8", "utf8", "us-ascii"]
        .iter()
        .any(|known| said.strip_prefix(known).is_some_and(|rest| rest.starts_with(['"', '\''])));
    if known { Ok(()) } else { Err(Fault::new("this drawing is not UTF-8", EXPORT_PLAIN)) }
}

/// Whether an address leads to a part of the drawing, or holds a picture of pixels itself.
fn is_own(address: &str) -> bool {
    let address = address.trim();
    address.is_empty()
        || address.starts_with('#')
        || ["png", "jpeg", "jpg", "gif", "webp"].iter().any(|kind| {
            address
                .strip_prefix("data:image/")
                .and_then(|rest| rest.strip_prefix(kind))
                .is_some_and(|rest| rest.starts_with([';', ',']))
        })
}

/// Refuses a picture of pixels in a drawing that says, or may say, where it was taken.
fn check_embedded(address: &str) -> Result<(), Fault> {
    let Some((head, data)) = address.trim().strip_prefix("data:").and_then(|rest| rest.split_once(',')) else {
        return Ok(());
    };
    let data = data.replace("&#10;", "").replace("&#13;", "");
    let data = percent::decode(&data);
    if !head.trim_end().to_ascii_lowercase().ends_with(";base64") {
        return Err(Fault::new("this drawing holds a picture that is not written as base64", EXPORT_PLAIN));
    }
    let bytes = from_base64(&data);
    let kind = [PictureKind::Jpeg, PictureKind::Png, PictureKind::WebP, PictureKind::Gif];
    let speaks = match kind.iter().find_map(|kind| container::parts(*kind, &bytes)) {
        Some(parts) => parts.exif.is_some() || parts.xmp.is_some() || parts.resources.is_some_and(tells),
        // Cut short or unknown, a browser may show it all the same.
        None => ["Exif", "EXIF", "eXIf", "XMP", "ns.adobe.com", "Photoshop 3.0"]
            .iter()
            .any(|name| memmem::find(&bytes, name.as_bytes()).is_some()),
    };
    if speaks {
        return Err(Fault::new(
            "this drawing holds a photograph with camera data, which may say where it was taken",
            CLEAN,
        ));
    }
    Ok(())
}

/// Whether Photoshop's resources may tell of the picture: IPTC, a thumbnail, EXIF, XMP. Resolution and guides tell
/// nothing.
fn tells(resources: &[u8]) -> bool {
    [0x04, 0x0c, 0x22, 0x23, 0x24]
        .iter()
        .any(|kind| memmem::find(resources, &[b'8', b'B', b'I', b'M', 4, *kind]).is_some())
}

/// The bytes that base64 spells (RFC 4648), up to the first sign that is none of it; white space is passed over.
fn from_base64(text: &str) -> Vec<u8> {
    let value = |sign: u8| match sign {
        b'A'..=b'Z' => Some(sign - b'A'),
        b'a'..=b'z' => Some(sign - b'a' + 26),
        b'0'..=b'9' => Some(sign - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let (mut out, mut held, mut bits) = (Vec::with_capacity(text.len() / 4 * 3), 0_u32, 0);
    for value in text.bytes().filter(|sign| !sign.is_ascii_whitespace()).map_while(value) {
        held = (held << 6 | u32::from(value)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits) as u8);
        }
    }
    out
}

/// Refuses style rules that fetch. An escape could spell anything, so none is allowed.
fn check_style(css: &str) -> Result<(), Fault> {
    let lower = css.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = lower.get(at..).and_then(|rest| rest.find("url(")) {
        at += found + "url(".len();
        // In the case in which it was written: base64 has both.
        let inner = css.get(at..).unwrap_or_default();
        let inner = inner
            .trim_start()
            .trim_start_matches(['"', '\''])
            .trim_start_matches("&quot;")
            .trim_start_matches("&apos;");
        if inner.starts_with("data:") {
            // What never ends is no address. What ends is looked at once, whatever stands in it.
            let end = inner.find([')', '"', '\'']).ok_or_else(broken)?;
            check_embedded(inner.get(..end).unwrap_or(inner))?;
            at = css.len() - inner.len() + end;
        }
    }
    let fetches = lower.split("url(").skip(1).any(|rest| {
        !is_own(
            rest.trim_start().trim_start_matches(['"', '\'']).trim_start_matches("&quot;").trim_start_matches("&apos;"),
        )
    });
    if fetches || lower.contains("@import") || lower.contains("image-set(") || lower.contains('\\') || has_entity(css) {
        return Err(Fault::new("this drawing has style rules that refer to another file", EXPORT_PLAIN));
    }
    Ok(())
}

/// Whether a character is spelt as an entity that needs no spelling: only what XML itself demands is let through.
fn has_entity(value: &str) -> bool {
    const PLAIN: &[&str] = &["amp;", "lt;", "gt;", "quot;", "apos;"];
    value.split('&').skip(1).any(|rest| !PLAIN.iter().any(|plain| rest.starts_with(plain)))
}

/// A name without its namespace prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn broken() -> Fault {
    Fault::new("this drawing is not well-formed", EXPORT_PLAIN)
}

enum Piece<'a> {
    Tag { name: &'a str, attributes: Vec<(&'a str, &'a str)>, closed: bool },
    End(&'a str),
    Text(&'a str),
}

/// Walks over XML one piece at a time; one pass, no recursion.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    /// Where the last piece began.
    start: usize,
    /// Where comments stand.
    comments: Vec<Range<usize>>,
}

impl<'a> Scan<'a> {
    fn next(&mut self) -> Result<Option<Piece<'a>>, Fault> {
        loop {
            self.start = self.at;
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return Ok(None);
            }
            let Some(markup) = rest.strip_prefix('<') else {
                let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += end;
                return Ok(Some(Piece::Text(&rest[..end])));
            };
            if let Some(comment) = markup.strip_prefix("!--") {
                // `<!-->` opens a comment and does not end it, and two hyphens end it or are an error (XML 1.0 §2.5).
                let end = memmem::find(comment.as_bytes(), b"--").ok_or_else(broken)?;
                if !comment[end..].starts_with("-->") || comment.starts_with('>') || comment.starts_with("->") {
                    return Err(broken());
                }
                self.at += "<!--".len() + end + "-->".len();
                self.comments.push(self.start..self.at);
            } else if let Some(data) = markup.strip_prefix("![CDATA[") {
                let end = memmem::find(data.as_bytes(), b"]]>").ok_or_else(broken)?;
                self.at += "<![CDATA[".len() + end + "]]>".len();
                return Ok(Some(Piece::Text(&data[..end])));
            } else if let Some(instruction) = markup.strip_prefix('?') {
                if instruction.starts_with("xml-stylesheet") {
                    return Err(Fault::new("this drawing refers to another file or page", EXPORT_PLAIN));
                }
                if !instruction.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    return Err(broken());
                }
                let end = memmem::find(instruction.as_bytes(), b"?>").ok_or_else(broken)?;
                check_encoding(&instruction[..end])?;
                self.at += "<?".len() + end + "?>".len();
            } else if markup.starts_with('!') {
                let end = memchr::memchr2(b'>', b'[', rest.as_bytes()).ok_or_else(broken)?;
                if rest.as_bytes().get(end) == Some(&b'[') {
                    return Err(Fault::new("this drawing defines entities", EXPORT_PLAIN));
                }
                self.at += end + 1;
            } else if let Some(name) = markup.strip_prefix('/') {
                let end = memchr::memchr(b'>', name.as_bytes()).ok_or_else(broken)?;
                self.at += "</>".len() + end;
                return Ok(Some(Piece::End(name[..end].trim_end())));
            } else {
                return self.tag(markup).map(Some);
            }
        }
    }

    fn tag(&mut self, markup: &'a str) -> Result<Piece<'a>, Fault> {
        let end = markup.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).ok_or_else(broken)?;
        let (name, mut rest) = markup.split_at(end);
        if name.is_empty() {
            return Err(broken());
        }
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start();
            let (after, closed) = match rest.strip_prefix("/>") {
                Some(after) => (Some(after), true),
                None => (rest.strip_prefix('>'), false),
            };
            if let Some(after) = after {
                self.at = self.text.len() - after.len();
                return Ok(Piece::Tag { name, attributes, closed });
            }
            let equals =
                rest.find(['=', '<', '>']).filter(|at| rest.as_bytes().get(*at) == Some(&b'=')).ok_or_else(broken)?;
            let key = rest[..equals].trim();
            let value = rest[equals + 1..].trim_start();
            let quote = value.bytes().next().filter(|b| matches!(b, b'"' | b'\'')).ok_or_else(broken)?;
            let end = memchr::memchr(quote, value.as_bytes().get(1..).unwrap_or_default()).ok_or_else(broken)?;
            attributes.push((key, &value[1..=end]));
            rest = &value[end + 2..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_come_from_the_root() {
        let check = |svg: &str, expected: (u32, u32)| {
            assert_eq!(
                measure(svg.as_bytes()),
                Ok(PictureFile::plain(PictureKind::Svg, expected.0, expected.1)),
                "{svg}"
            );
        };
        check("<svg xmlns='http://www.w3.org/2000/svg' width='640' height=\"480px\"/>", (640, 480));
        check("<svg viewBox='0 0 1200 799.5'><g/></svg>", (1200, 800));
        check("<svg width='100%' height='100%' viewBox='0,0,4,3'></svg>", (4, 3));
        check("<svg width='1in' height='2.54cm'/>", (96, 96));
        check(
            "\u{feff}<?xml version='1.0'?><!DOCTYPE svg><!-- <script> --><svg viewBox='0 0 1 1'><use href='#a'/>\
             <style>.a { fill: url(#b) }</style><image href='data:image/png;base64,AA'/></svg>\n",
            (1, 1),
        );
    }

    #[test]
    fn what_speaks_of_a_drawing_is_taken_out() {
        let check = |svg: &str, expected: Option<&str>| {
            assert_eq!(
                bare(svg.as_bytes()).map(|bytes| String::from_utf8(bytes).expect("text")).as_deref(),
                expected,
                "{svg}"
            );
        };
        check("<svg viewBox='0 0 1 1'><g/></svg>", None);
        check("<svg viewBox='0 0 1 1'><metadata/><g/></svg>", Some("<svg viewBox='0 0 1 1'><g/></svg>"));
        check(
            "\u{feff}<!-- a --><svg viewBox='0 0 1 1'>é<x:metadata a='b'><metadata><!-- c -->d</metadata></x:metadata><g/><!-- e --></svg>\n",
            Some("<svg viewBox='0 0 1 1'>é<g/></svg>\n"),
        );
        check(
            "<svg viewBox='0 0 1 1'><g><metadata>a</metadata></g><!----></svg>",
            Some("<svg viewBox='0 0 1 1'><g></g></svg>"),
        );
        check("<svg", None);
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        assert_eq!(from_base64("Zm9v YmFy\nZg=="), b"foobarf");
        assert_eq!(from_base64(""), b"");
        assert_eq!(from_base64("Zg"), b"f");
    }

    #[test]
    fn what_could_act_is_refused() {
        let check = |inside: &str, expected: &str| {
            let svg = format!("<svg viewBox='0 0 1 1'>{inside}</svg>");
            assert_eq!(measure(svg.as_bytes()).map_err(|fault| fault.message), Err(expected.to_owned()), "{inside}");
        };
        check("<script>alert(1)</script>", "this drawing holds a <script> element");
        // What never ends is looked at once, and what ends is.
        let open = "url(data:image/png;base64,".repeat(10_000);
        check(&format!("<style>a{{b:{open}}}</style>"), "this drawing is not well-formed");
        let ended = format!("<svg viewBox='0 0 1 1'><style>a{{b:{open})}}</style></svg>");
        assert!(measure(ended.as_bytes()).is_ok());
        check("<x:SCRIPT href='#a'/>", "this drawing holds a <SCRIPT> element");
        check("<foreignObject></foreignObject>", "this drawing holds a <foreignObject> element");
        check("<g onload='x'/>", "this drawing holds an event handler, onload");
        check("<a xlink:href='javascript:alert(1)'/>", "this drawing refers to another file or page");
        check("<image href='https://calder.example/a.png'/>", "this drawing refers to another file or page");
        check("<use href=' data:image/svg+xml,x'/>", "this drawing refers to another file or page");
        check("<set attributeName='xlink:href' to='x'/>", "this drawing refers to another file or page");
        check("<set attributeName='onload' to='x'/>", "this drawing refers to another file or page");
        check("<?xml-stylesheet href='a.css'?>", "this drawing refers to another file or page");
        check("<style>@import 'a.css'</style>", "this drawing has style rules that refer to another file");
        check(
            "<style><![CDATA[a { fill: url(http://x) }]]></style>",
            "this drawing has style rules that refer to another file",
        );
        check("<g fill='url( \"//x#a\" )'/>", "this drawing has style rules that refer to another file");
        check("<style>a { fill: u<!-- -->rl(//x) }</style>", "this drawing has style rules that refer to another file");
        check("<g fill='url&#40;//x)'/>", "this drawing has style rules that refer to another file");
        check("<style>a { fill: u\\72l(x) }</style>", "this drawing has style rules that refer to another file");
        let pages = "this drawing holds parts that are no drawing";
        check("<g xmlns='http://www.w3.org/1999/xhtml'/>", pages);
        check("<h:meta xmlns:h='http://www.w3.org/1999/xhtml' http-equiv='refresh' content='0;URL=x'/>", pages);
        check("<h:img xmlns:h='http://www.w3.org/1999/xht&#109;l' srcset='//x'/>", pages);
        check("<m:maction xmlns:m='http://www.w3.org/1998/Math/MathML'/>", pages);
    }

    #[test]
    fn what_hides_in_comments_and_encodings_is_refused() {
        let refused = |svg: &str| assert!(measure(svg.as_bytes()).is_err(), "{svg}");
        let drawn = |inside: &str| format!("<svg xmlns='{SVG}' viewBox='0 0 1 1'>{inside}</svg>");
        // To XML the first comment goes on until after `<![CDATA[`.
        refused(&drawn("<!--><![CDATA[--><script>alert(1)</script><!--]]>-->"));
        refused(&drawn("<!---><script>alert(1)</script>-->"));
        refused(&drawn("<!-- a -- b -->"));
        refused(&drawn("<?><script>alert(1)</script>?>").replace("?>?", "?"));
        refused(&format!("<?xml version='1.0' encoding='Shift_JIS'?>{}", drawn("")));
        let fine = |svg: &str| assert!(measure(svg.as_bytes()).is_ok(), "{svg}");
        fine(&format!("<?xml version='1.0' encoding=\"UTF-8\" standalone='no'?>{}", drawn("<!-- a - b -->")));
        fine(&drawn("<g xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape'/>"));
    }

    #[test]
    fn the_broken_are_refused() {
        let check = |svg: &str, expected: &str| {
            assert_eq!(measure(svg.as_bytes()).map_err(|fault| fault.message), Err(expected.to_owned()), "{svg}");
        };
        check("", "this is not an SVG drawing");
        check("a<svg viewBox='0 0 1 1'/>", "this drawing is not well-formed");
        check("<html></html>", "this is not an SVG drawing");
        check("<svg></svg>", "this drawing does not say how large it is");
        check("<svg viewBox='0 0 0 0'/>", "this drawing does not say how large it is");
        check("<svg viewBox='0 0 1 1'><g>", "this drawing is cut short");
        check("<svg viewBox='0 0 1 1'><g></svg>", "this drawing is not well-formed");
        check("<svg viewBox='0 0 1 1", "this drawing is not well-formed");
        check("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg viewBox='0 0 1 1'/>", "this drawing defines entities");
    }
}
