//! JSON (RFC 8259) that may also stand inside a script element.
//!
//! Copy is long strings in which hardly a byte needs an escape: they are looked over 16 bytes at a time and
//! copied whole, which `serde_json` does byte by byte.

use super::number::padded;
use super::scan;
use serde::de::value::Error;
use serde::ser::{
    Error as _, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

use std::fmt::{Display, Write};

/// Appends a value as JSON, without white space.
///
/// The order of keys is the order of the type's fields. `<` and the two line separators of ECMAScript are written as
/// escapes, so that no text can close the element it stands in.
/// Errors: a value that JSON does not have, or that none of our types holds: bytes, variants with values, numbers
/// of 128 bits; `out` then ends in the middle.
pub fn to(value: &impl Serialize, out: &mut String) -> Result<(), Error> {
    value.serialize(Json { out })
}

/// Writes one value.
struct Json<'o> {
    out: &'o mut String,
}

/// Writes a list or an object.
struct Inside<'o> {
    out: &'o mut String,
    /// Nothing before the first element, a comma before the others.
    is_first: bool,
    close: char,
}

fn string(text: &str, out: &mut String) {
    let odd =
        |byte: u8| (byte < 0x20) | (byte == b'"') | (byte == b'\\') | (byte == b'<') | (byte == 0xa8) | (byte == 0xa9);
    out.push('"');
    let (mut done, mut at) = (0, 0);
    while let Some(found) = text.as_bytes().get(at..).and_then(|rest| scan::first(rest, odd)) {
        at += found;
        let byte = text.as_bytes()[at];
        // The separators are E2 80 A8 and E2 80 A9; other letters may end in these bytes.
        let start = if byte >= 0x80 { at.saturating_sub(2) } else { at };
        if byte >= 0x80 && !text.as_bytes()[start..].starts_with(&[0xe2, 0x80]) {
            at += 1;
            continue;
        }
        out.push_str(&text[done..start]);
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'<' => out.push_str("\\u003c"),
            0xa8 => out.push_str("\\u2028"),
            0xa9 => out.push_str("\\u2029"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            _ => {
                let _ = write!(out, "\\u{byte:04x}");
            }
        }
        at += 1;
        done = at;
    }
    out.push_str(&text[done..]);
    out.push('"');
}

impl<'o> Json<'o> {
    fn displayed(self, value: impl Display) -> Result<(), Error> {
        let _ = write!(self.out, "{value}");
        Ok(())
    }

    fn inside(self, open: char, close: char) -> Inside<'o> {
        self.out.push(open);
        Inside { out: self.out, is_first: true, close }
    }
}

impl Inside<'_> {
    fn comma(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(',');
        }
    }

    fn close(self) -> Result<(), Error> {
        self.out.push(self.close);
        Ok(())
    }
}

fn refused(what: &str) -> Error {
    Error::custom(format!("{what} has no place in our JSON"))
}

/// Writes methods for whole numbers.
macro_rules! whole {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, n: $type) -> Result<(), Error> {
            padded(n.into(), 0, self.out);
            Ok(())
        })*
    };
}

impl<'o> Serializer for Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Inside<'o>;
    type SerializeTuple = Inside<'o>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Inside<'o>;
    type SerializeStruct = Inside<'o>;
    type SerializeStructVariant = Impossible<(), Error>;

    whole! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_u8: u8,
        serialize_u16: u16, serialize_u32: u32
    }

    fn serialize_u64(self, n: u64) -> Result<(), Error> {
        self.displayed(n)
    }

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.displayed(value)
    }

    fn serialize_f32(self, n: f32) -> Result<(), Error> {
        self.serialize_f64(n.into())
    }

    fn serialize_f64(self, n: f64) -> Result<(), Error> {
        if !n.is_finite() {
            return self.serialize_unit();
        }
        let _ = write!(self.out, "{n:?}");
        Ok(())
    }

    fn serialize_char(self, c: char) -> Result<(), Error> {
        self.serialize_str(c.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        string(text, self.out);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        Err(refused("a run of bytes"))
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(refused("a variant with a value"))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'o>, Error> {
        Ok(self.inside('[', ']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'o>, Error> {
        Ok(self.inside('[', ']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        Err(refused("a tuple with a name"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(refused("a variant with values"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'o>, Error> {
        Ok(self.inside('{', '}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'o>, Error> {
        Ok(self.inside('{', '}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(refused("a variant with fields"))
    }
}

impl SerializeSeq for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.comma();
        value.serialize(Json { out: self.out })
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl SerializeTuple for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
        self.comma();
        key.serialize(Json { out: self.out })
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.out.push(':');
        value.serialize(Json { out: self.out })
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl SerializeStruct for Inside<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.comma();
        // Names of our fields are words.
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
        value.serialize(Json { out: self.out })
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    fn json(value: &impl serde::Serialize) -> String {
        let mut out = String::new();
        super::to(value, &mut out).unwrap();
        out
    }

    #[test]
    fn no_text_closes_a_script() {
        assert_eq!(json(&["</script>\u{2028}“ok”"]), "[\"\\u003c/script>\\u2028“ok”\"]");
        assert_eq!(json(&["è\u{2029}<", "è", "\u{2028}"]), "[\"è\\u2029\\u003c\",\"è\",\"\\u2028\"]");
    }

    #[test]
    fn values_are_written_as_serde_json_writes_them() {
        #[derive(serde::Serialize)]
        #[serde(tag = "@type")]
        struct Thing<'a> {
            name: &'a str,
            n: (u32, i64, u64, f64, f64),
            none: Option<bool>,
            #[serde(flatten)]
            more: Option<More>,
            list: Vec<More>,
        }
        #[derive(Clone, serde::Serialize)]
        struct More {
            yes: bool,
            c: char,
        }
        let more = More { yes: true, c: 'é' };
        for whole in [None, Some(more.clone())] {
            let list = vec![more.clone(), more.clone()];
            let thing = Thing { name: "x", n: (7, -3, u64::MAX, 0.85, 1.0), none: None, more: whole, list };
            assert_eq!(json(&thing), serde_json::to_string(&thing).unwrap());
        }
        assert_eq!(json(&[f64::NAN]), "[null]");
        assert!(super::to(&Err::<(), u8>(1), &mut String::new()).is_err());
    }

    proptest! {
        #[test]
        fn strings_read_back(text in "[\\PC\u{0}-\u{1f}“”<>\"\\\\\u{a8}\u{a9}\u{2028}\u{2029}]{0,60}") {
            let written = json(&text);
            let closes = written.contains(['<', '\u{2028}', '\u{2029}']);
            prop_assert!(!closes);
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text.clone());
            let plain = serde_json::to_string(&text).unwrap();
            let plain = plain.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
            prop_assert_eq!(written, plain);
        }
    }
}
