//! Tags as they are written.

use memchr::memchr;
use pulldown_cmark::{Event, Parser};
use std::borrow::Cow;

/// What only begins where its end is found, with both.
pub(super) const UNSEEN: [(&str, &str); 4] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];

/// A start or end tag.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'s> {
    pub(super) name: &'s str,
    pub(super) is_end: bool,
    /// As written, without their quotation marks.
    attributes: Vec<(&'s str, &'s str)>,
}

impl<'s> Tag<'s> {
    /// The tag at the head of some text, and how many bytes it is.
    ///
    /// None for what CommonMark would not take for a tag either, such as one that is never closed; nor
    /// may signs stand where HTML only forgives them. So no two readers see different tags in it.
    pub(super) fn read(text: &'s str) -> Option<(Self, usize)> {
        let bytes = text.as_bytes();
        let is_end = bytes.get(1) == Some(&b'/');
        let from = 1 + usize::from(is_end);
        if bytes.first() != Some(&b'<') || !bytes.get(from)?.is_ascii_alphabetic() {
            return None;
        }
        let in_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':');
        let mut at = from + bytes.get(from..)?.iter().take_while(|b| in_name(b)).count();
        let name = text.get(from..at)?;
        let mut attributes = Vec::new();
        loop {
            let gap = blanks(bytes, at);
            at += gap;
            match bytes.get(at)? {
                b'>' => return Some((Self { name, is_end, attributes }, at + 1)),
                b'/' => at += 1,
                // An attribute is parted from what stands before it.
                _ if gap == 0 && bytes.get(at - 1) != Some(&b'/') => return None,
                _ => {
                    let (attribute, after) = attribute(text, at)?;
                    attributes.push(attribute);
                    at = after;
                }
            }
        }
    }

    /// The value of an attribute with its entities resolved; the first of two counts.
    pub(super) fn value(&self, name: &str) -> Option<Cow<'s, str>> {
        let found = self.attributes.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| resolved(value))
    }

    /// Whether it is but a word or two between angle brackets.
    pub(super) fn is_bare(&self) -> bool {
        self.attributes.iter().all(|(_, value)| value.is_empty())
    }

    /// The names of its attributes.
    pub(super) fn attributes(&self) -> impl Iterator<Item = &'s str> + use<'s, '_> {
        self.attributes.iter().map(|(name, _)| *name)
    }
}

/// The attribute that begins at a place, and where it ends.
fn attribute(text: &str, from: usize) -> Option<((&str, &str), usize)> {
    let bytes = text.as_bytes();
    let ends_name = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=' | b'"' | b'\'' | b'<' | b'`');
    let end = from + bytes.get(from..)?.iter().take_while(|b| !ends_name(b)).count();
    let name = text.get(from..end).filter(|name| !name.is_empty())?;
    let equals = end + blanks(bytes, end);
    if bytes.get(equals) != Some(&b'=') {
        return Some(((name, ""), end));
    }
    let start = equals + 1 + blanks(bytes, equals + 1);
    match *bytes.get(start)? {
        mark @ (b'"' | b'\'') => {
            let close = start + 1 + memchr(mark, bytes.get(start + 1..)?)?;
            Some(((name, text.get(start + 1..close)?), close + 1))
        }
        _ => {
            let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'<' | b'>' | b'=' | b'`');
            let close = start + bytes.get(start..)?.iter().take_while(|b| !ends(b)).count();
            let value = text.get(start..close).filter(|value| !value.is_empty())?;
            Some(((name, value), close))
        }
    }
}

fn blanks(bytes: &[u8], from: usize) -> usize {
    bytes.iter().skip(from).take_while(|b| b.is_ascii_whitespace()).count()
}

/// The longest name of an entity is shorter.
const LONGEST: usize = 40;

/// The entity at the head of some text, which begins with `&`: how many bytes it is, and what it stands for.
pub(super) fn entity(text: &str) -> Option<(usize, String)> {
    let body = text.as_bytes().iter().take(LONGEST).skip(1);
    let n = 1 + body.take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let written = text.get(..n + 1).filter(|written| n > 1 && written.ends_with(';'))?;
    // Whoever reads the Markdown knows their names.
    let mut meant = String::new();
    for event in Parser::new(written) {
        if let Event::Text(words) = event {
            meant.push_str(&words);
        }
    }
    (meant != written).then_some((n + 1, meant))
}

/// What a file may say to whoever reads it as HTML, beside what it says as it stands: with its entities resolved, and
/// once more without the signs of its tags, so that a word in pieces is whole. Nothing where it holds neither.
///
/// Comments keep their words. Linear in the text.
pub(crate) fn laid_bare(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return String::new();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.find('<').map(|at| rest.split_at(at)) {
        plain.push_str(before);
        let is_tag = tail.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'));
        let sign = match tail.find('>') {
            _ if tail.starts_with("<!--") => 4,
            Some(end) if is_tag => end + 1,
            _ => 1,
        };
        rest = tail.get(sign..).unwrap_or_default();
    }
    plain.push_str(rest);
    format!("{}\n\n{}", resolved(text), resolved(&plain))
}

/// Text with its entities resolved.
fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, tail)) = rest.find('&').map(|at| rest.split_at(at)) {
        out.push_str(plain);
        match entity(tail) {
            Some((n, meant)) => {
                out.push_str(&meant);
                rest = tail.get(n..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tags_and_entities_hide_is_laid_bare() {
        let check = |text: &str, expected: &[&str]| {
            let bare = laid_bare(text);
            assert!(expected.iter().all(|words| bare.contains(words)), "{text}: {bare}");
        };
        check("said Ingrid <b>Mar</b>sh", &["Ingrid Marsh"]);
        check("<abbr title=\"Ing&#114;id M&#97;rsh\">IM</abbr>", &["Ingrid Marsh", "IM"]);
        check("<!-- Ing&#114;id <i>Mar</i>sh -->", &["Ingrid Marsh"]);
        check("1 < 2 and Jos&eacute; > 3", &["1 < 2 and José > 3", "1  2 and José > 3"]);
        check("Ingrid <b Marsh", &["Ingrid b Marsh"]);
        assert_eq!(laid_bare("Ingrid Marsh"), "");
    }

    #[test]
    fn tags_are_read() {
        let check = |text: &str, name: &str, is_end: bool, attributes: &[(&str, &str)], len: usize| {
            let attributes = attributes.to_vec();
            assert_eq!(Tag::read(text), Some((Tag { name, is_end, attributes }, len)), "{text}");
        };
        check("<b>x", "b", false, &[], 3);
        check("</b >", "b", true, &[], 5);
        check("<br/>", "br", false, &[], 5);
        check("<A HREF='/a>b' x=1 y>", "A", false, &[("HREF", "/a>b"), ("x", "1"), ("y", "")], 21);
        check("<img\nsrc = \"a\">", "img", false, &[("src", "a")], 15);
        check("<svg/onload=x>", "svg", false, &[("onload", "x")], 14);
        check("<o:p>", "o:p", false, &[], 5);
        for none in ["<", "<b", "<1>", "< b>", "<b x=>", "<b x=\"", "<b <i>", "<b \">", "<b x=\"a\"y>", "<é>", "a"] {
            assert_eq!(Tag::read(none), None, "{none}");
        }
    }

    #[test]
    fn values_are_resolved() {
        let value = |text: &str| Tag::read(text).expect("a tag").0.value("href").map(Cow::into_owned);
        assert_eq!(value("<a href=\"?a=1&amp;b=2&copy=3\">").as_deref(), Some("?a=1&b=2&copy=3"));
        assert_eq!(value("<a HREF='java&#115;cript:x' href=y>").as_deref(), Some("javascript:x"));
        assert_eq!(value("<a title=x>"), None);
        assert_eq!(resolved("&&amp;&bogus;&;&#0;é&eacute"), "&&&bogus;&;\u{fffd}é&eacute");
    }
}
