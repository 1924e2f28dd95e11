use crate::text::scan;

/// Writes XML, or HTML in its XML manner: what is opened is closed, and text cannot become markup.
///
/// Characters that XML 1.0 (§2.2) has no way to write, control codes mostly, are left out.
#[derive(Debug)]
pub(in crate::emit) struct Xml {
    out: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// Begins an XML document.
    pub(in crate::emit) fn new() -> Self {
        Self { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Begins an HTML document.
    pub(in crate::emit) fn html() -> Self {
        Self { out: "<!doctype html>\n".to_owned(), open: Vec::new() }
    }

    /// Begins a stretch of HTML to stand in another document.
    pub(in crate::emit) fn fragment() -> Self {
        Self { out: String::new(), open: Vec::new() }
    }

    /// Closes everything and gives the stretch.
    pub(in crate::emit) fn into_fragment(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    /// Opens an element; it is closed by [`close`](Self::close) or at the end.
    pub(in crate::emit) fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
        self
    }

    /// Closes the element opened last.
    pub(in crate::emit) fn close(&mut self) -> &mut Self {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// Writes an element with text in it.
    pub(in crate::emit) fn element(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.open(name, &[]).text(text).close()
    }

    /// Writes an element that holds nothing.
    pub(in crate::emit) fn empty(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) -> &mut Self {
        self.tag(name, attributes);
        self.out.push_str("/>");
        self
    }

    /// Writes text.
    pub(in crate::emit) fn text(&mut self, text: &str) -> &mut Self {
        let mut rest = text;
        while let Some(at) = scan::first(rest.as_bytes(), is_odd) {
            self.out.push_str(&rest[..at]);
            let mut letters = rest[at..].chars();
            match letters.next() {
                Some('&') => self.out.push_str("&amp;"),
                Some('<') => self.out.push_str("&lt;"),
                Some('>') => self.out.push_str("&gt;"),
                Some('"') => self.out.push_str("&quot;"),
                Some(c) if is_xml(c) => self.out.push(c),
                Some(_) | None => {}
            }
            rest = letters.as_str();
        }
        self.out.push_str(rest);
        self
    }

    /// Takes over a stretch that another writer has written.
    pub(in crate::emit) fn written(&mut self, fragment: &str) {
        self.out.push_str(fragment);
    }

    /// Begins a new line.
    pub(in crate::emit) fn line(&mut self) -> &mut Self {
        self.out.push('\n');
        self
    }

    /// Closes everything and gives the document.
    pub(in crate::emit) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.line();
        self.out.into_bytes()
    }

    fn tag(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (attribute, value) in attributes {
            self.out.push(' ');
            self.out.push_str(attribute);
            self.out.push_str("=\"");
            self.text(value);
            self.out.push('"');
        }
    }
}

/// Whether a byte is, or begins, a character to be looked at: all others are written as they are.
fn is_odd(byte: u8) -> bool {
    // 0xef begins U+F000 to U+FFFF, of which two are no characters.
    (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == b'"') | (byte < 0x20) | (byte == 0x7f) | (byte == 0xef)
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..) && c != '\u{7f}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text_and_elements_close() {
        let mut xml = Xml::html();
        xml.open("p", &[("title", "a\"b<c")]).text("</p>&amp;\u{0}\u{b}\u{ffff}“ok”").open("a", &[]);
        let out = String::from_utf8(xml.finish()).unwrap_or_default();
        assert_eq!(out, "<!doctype html>\n<p title=\"a&quot;b&lt;c\">&lt;/p&gt;&amp;amp;“ok”<a></a></p>\n");
    }
}
