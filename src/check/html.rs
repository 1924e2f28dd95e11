//! Reads finished pages: the least of HTML that links, anchors and pictures need.

use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::ops::Range;

/// What one page holds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Every address that is followed or loaded, as a browser understands it; in order.
    pub(super) links: Vec<Link>,
    /// Every place in the page that an address can name.
    pub(super) ids: FxHashSet<Box<str>>,
    /// Addresses of pictures that have no `alt` at all.
    pub(super) bare_pictures: Vec<Box<str>>,
    /// JSON-LD, as bytes of the page.
    pub(super) json_ld: Vec<Range<usize>>,
    /// Whether it only sends on to another page.
    pub(super) sends_on: bool,
}

/// One address in a page.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) address: Box<str>,
    pub(super) kind: LinkKind,
}

/// What a browser does with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkKind {
    /// Readers follow it.
    Anchor,
    /// The page cannot be shown as meant without it: a style sheet or a script.
    Weight,
    /// Pictures, feeds, the canonical address.
    Other,
}

/// Reads a page. Whatever is no HTML is passed over.
pub(super) fn scan(html: &str) -> Scan {
    let mut scan = Scan::default();
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &bytes[at..]).map(|i| at + i) {
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |i| open + i + 3);
            continue;
        }
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = open + 1;
            continue;
        }
        let tag = Tag::read(html, open);
        at = tag.end;
        let name = tag.name.to_ascii_lowercase();
        scan.take(&name, &tag);
        if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            let close = format!("</{name}");
            let body = &html[at..];
            let end = find_ignoring_case(body, &close).map_or(html.len(), |i| at + i);
            if name == "script" && tag.get("type").is_some_and(|kind| kind == "application/ld+json") {
                scan.json_ld.push(at..end);
            }
            at = end;
        }
    }
    scan
}

impl Scan {
    fn take(&mut self, name: &str, tag: &Tag<'_>) {
        if let Some(id) = tag.get("id") {
            self.ids.insert(id.as_ref().into());
        }
        let mut link = |address: &str, kind| self.links.push(Link { address: address.trim().into(), kind });
        match name {
            "a" | "area" => {
                if let Some(href) = tag.get("href") {
                    link(&href, LinkKind::Anchor);
                }
            }
            "link" => {
                let is_style =
                    tag.get("rel").is_some_and(|rel| rel.split_whitespace().any(|word| word == "stylesheet"));
                if let Some(href) = tag.get("href") {
                    link(&href, if is_style { LinkKind::Weight } else { LinkKind::Other });
                }
            }
            "script" => {
                if let Some(src) = tag.get("src") {
                    link(&src, LinkKind::Weight);
                }
            }
            "img" | "source" | "video" | "audio" | "iframe" | "form" => {
                for attribute in ["src", "poster", "action"] {
                    if let Some(address) = tag.get(attribute) {
                        link(&address, LinkKind::Other);
                    }
                }
                let srcset = tag.get("srcset").unwrap_or_default();
                for candidate in srcset.split(',').filter_map(|candidate| candidate.split_whitespace().next()) {
                    link(candidate, LinkKind::Other);
                }
                if name == "img" && tag.get("alt").is_none() {
                    self.bare_pictures.push(tag.get("src").unwrap_or_default().as_ref().into());
                }
            }
            "meta" => self.sends_on |= tag.get("http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh")),
            _ => {}
        }
    }
}

/// A start tag.
struct Tag<'h> {
    name: &'h str,
    attributes: Vec<(&'h str, &'h str)>,
    /// The first byte behind it.
    end: usize,
}

impl<'h> Tag<'h> {
    fn read(html: &'h str, open: usize) -> Self {
        let bytes = html.as_bytes();
        let until = |mut at: usize, stop: fn(u8) -> bool| {
            while at < bytes.len() && !stop(bytes[at]) {
                at += 1;
            }
            at
        };
        let name_end = until(open + 1, |b| b.is_ascii_whitespace() || b == b'>' || b == b'/');
        let mut tag = Tag { name: &html[open + 1..name_end], attributes: Vec::new(), end: html.len() };
        let mut at = name_end;
        loop {
            at = until(at, |b| !b.is_ascii_whitespace() && b != b'/');
            match bytes.get(at) {
                None => return tag,
                Some(b'>') => {
                    tag.end = at + 1;
                    return tag;
                }
                Some(_) => {}
            }
            let key_end = until(at + 1, |b| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/'));
            let key = html.get(at..key_end).unwrap_or_default();
            at = until(key_end, |b| !b.is_ascii_whitespace());
            let mut value = "";
            if bytes.get(at) == Some(&b'=') {
                at = until(at + 1, |b| !b.is_ascii_whitespace());
                let end = match bytes.get(at) {
                    Some(b'"') => Some(until(at + 1, |b| b == b'"')),
                    Some(b'\'') => Some(until(at + 1, |b| b == b'\'')),
                    _ => None,
                };
                match end {
                    Some(end) => {
                        value = html.get(at + 1..end).unwrap_or_default();
                        at = end + 1;
                    }
                    None => {
                        let end = until(at, |b| b.is_ascii_whitespace() || b == b'>');
                        value = html.get(at..end).unwrap_or_default();
                        at = end;
                    }
                }
            }
            tag.attributes.push((key, value));
        }
    }

    fn get(&self, key: &str) -> Option<Cow<'h, str>> {
        let (_, value) = self.attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?;
        Some(unescaped(value))
    }
}

/// Character references resolved: those of our writer, and numbers.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Where `wanted`, in lower case, begins in `text`.
fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    memchr::memchr_iter(b'<', text.as_bytes()).find(|at| {
        text.as_bytes().get(*at..at + wanted.len()).is_some_and(|there| there.eq_ignore_ascii_case(wanted.as_bytes()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn links_places_pictures_and_data_are_found() {
        let scan = scan(
            "<!doctype html><!-- <a href=x> --><link rel=stylesheet href='/a.css'><A HREF=\"/b/?c&amp;d#e\" id=f>\
             <img src=g.png><img src=\"h.png\" alt=\"\" srcset=\"i.png 1x, j.png 2x\"><script src=k.js></script>\
             <script type=\"application/ld+json\">{\"<a href=l>\": 1}</script><meta http-equiv=Refresh>",
        );
        let links: Vec<_> = scan.links.iter().map(|link| &*link.address).collect();
        assert_eq!(links, ["/a.css", "/b/?c&d#e", "g.png", "h.png", "i.png", "j.png", "k.js"]);
        assert_eq!(scan.links[0].kind, LinkKind::Weight);
        assert_eq!(scan.links[1].kind, LinkKind::Anchor);
        assert!(scan.ids.contains("f") && scan.ids.len() == 1);
        assert_eq!(scan.bare_pictures, ["g.png".into()]);
        assert_eq!(scan.json_ld.len(), 1);
        assert!(scan.sends_on);
    }

    proptest! {
        #[test]
        fn no_page_is_too_odd(html in "(<[a-z!/]|[<>&\"'=#; é]|href=|--|<script|</|&#x|\\PC){0,60}") {
            scan(&html);
        }
    }
}
