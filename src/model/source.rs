use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How a file's bytes were turned into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 by its byte order mark.
    Utf16,
    /// UTF-32 by its byte order mark, or by its zeros.
    Utf32,
    /// An older encoding, by detection; its WHATWG name.
    Guessed(&'static str),
}

/// A file as read: where it lay and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path from the site's root with `/`, `content/2031/11/14-calder-tunnel.txt`.
    pub path: Box<str>,
    /// The decoded text, byte order mark left out, line ends as they were.
    pub text: Box<str>,
    /// The file's own encoding.
    pub encoding: Encoding,
}

impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = match self {
            Self::Utf8 => "",
            Self::Utf16 => "UTF-16",
            Self::Utf32 => "UTF-32",
            Self::Guessed(name) => name,
        };
        name.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match <&str>::deserialize(deserializer)? {
            "" => Ok(Self::Utf8),
            "UTF-16" => Ok(Self::Utf16),
            "UTF-32" => Ok(Self::Utf32),
            name => match encoding_rs::Encoding::for_label(name.as_bytes()) {
                Some(encoding) => Ok(Self::Guessed(encoding.name())),
                None => Err(D::Error::custom("no encoding has this name")),
            },
        }
    }
}
