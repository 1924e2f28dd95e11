//! As much of HTML and XML as the tests need to read of what we wrote ourselves.

/// One start tag: its name and attributes, values unescaped.
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Every start tag, in order. Panics where a tag is not closed: then the page is broken.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->").expect("a comment's end")..];
            continue;
        }
        let (tag, after) = tag(rest);
        rest = after;
        // What stands in a script is no markup.
        if tag.name == "script" {
            rest = &rest[rest.find("</script").expect("a script's end")..];
        }
        if tag.name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            tags.push(tag);
        }
    }
    tags
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).expect("a tag's end");
    let name = text[..end].to_owned();
    let mut rest = &text[end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (Tag { name, attributes }, after);
        }
        // An end tag's name, or a word of a declaration, is an attribute without value here.
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).expect("an attribute's end");
        let key = rest[..end].to_owned();
        rest = &rest[end.max(1)..];
        let Some(value) = rest.strip_prefix('=') else {
            attributes.push((key, String::new()));
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).expect("a value's end"),
            _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>').expect("a value's end")),
        };
        attributes.push((key, unescape(value)));
        rest = after;
    }
}

/// The words of a page: tags taken out, white space folded, scripts and styles left out.
pub(crate) fn words(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&unescape(&rest[..at]));
        rest = &rest[at + 1..];
        let (tag, after) = tag(rest);
        rest = after;
        match tag.name.as_str() {
            "script" => rest = &rest[rest.find("</script").expect("a script's end")..],
            "style" => rest = &rest[rest.find("</style").expect("a style's end")..],
            "br" => out.push(' '),
            _ => {}
        }
    }
    out.push_str(&unescape(rest));
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Undoes the escapes that we write.
pub(crate) fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = text.to_owned();
    for (escape, plain) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&#x2F;", "/"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ] {
        out = out.replace(escape, plain);
    }
    out
}

/// Undoes `%20`.
pub(crate) fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%').then(|| std::str::from_utf8(after.get(..2)?).ok()).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).expect("an address in UTF-8")
}
