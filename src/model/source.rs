/// How a file's bytes were turned into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 by its byte order mark.
    Utf16,
    /// An older encoding, by detection; its WHATWG name.
    Guessed(&'static str),
}

/// A file as read: where it lay and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path from the site's root with `/`, `content/2031/11/14-calder-tunnel.txt`.
    pub path: Box<str>,
    /// The decoded text, byte order mark left out, line ends as they were.
    pub text: Box<str>,
    /// The file's own encoding.
    pub encoding: Encoding,
}
