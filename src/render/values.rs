//! Views become values that templates read.

use super::fragments::{Kind, Woven};
use serde::de::value::Error;
use serde::ser::{Error as _, Impossible, Serialize, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};
use std::collections::BTreeMap;
use tera::Value;
use tera::value::Key;

/// Turns a view into a value, each woven thing in it into its number: the first entry is 0, the second 1.
///
/// Errors where the view holds what templates have no value for; ours hold numbers, words, lists and structs.
pub(super) fn value(view: &impl Serialize, woven: &Woven) -> Result<Value, Error> {
    view.serialize(Values { woven, met: &mut [0; Kind::ALL.len()] })
}

/// Makes one value.
struct Values<'v> {
    woven: &'v Woven,
    /// How many of each kind were numbered.
    met: &'v mut [u32; Kind::ALL.len()],
}

/// Makes a list.
struct List<'v> {
    values: Values<'v>,
    items: Vec<Value>,
}

/// Makes a map of a struct's fields, or just passes over what the weaver will draw.
enum Fields<'v> {
    Map(Values<'v>, Vec<(Field, Value)>),
    Number(u32),
}

/// A field's name, which sorts by the field's place in the struct. The engine makes its own map of whichever it is
/// given; from a tree it does so without our having hashed the names before.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Field {
    at: usize,
    name: &'static str,
}

impl From<Field> for Key<'static> {
    fn from(field: Field) -> Self {
        Self::Str(field.name)
    }
}

impl Values<'_> {
    fn again(&mut self) -> Values<'_> {
        Values { woven: self.woven, met: self.met }
    }
}

fn refused(what: &str) -> Error {
    Error::custom(format!("a view holds {what}, for which templates have no value"))
}

/// Writes methods that turn plain things into values.
macro_rules! plain {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, plain: $type) -> Result<Value, Error> {
            Ok(Value::from(plain))
        })*
    };
}

impl<'v> Serializer for Values<'v> {
    type Ok = Value;
    type Error = Error;
    type SerializeSeq = List<'v>;
    type SerializeTuple = List<'v>;
    type SerializeTupleStruct = Impossible<Value, Error>;
    type SerializeTupleVariant = Impossible<Value, Error>;
    type SerializeMap = Impossible<Value, Error>;
    type SerializeStruct = Fields<'v>;
    type SerializeStructVariant = Impossible<Value, Error>;

    plain! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_str: &str
    }

    fn serialize_char(self, c: char) -> Result<Value, Error> {
        Ok(Value::from(c.to_string()))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, Error> {
        Err(refused("bytes"))
    }

    fn serialize_none(self) -> Result<Value, Error> {
        Ok(Value::none())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Error> {
        Ok(Value::none())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Error> {
        Ok(Value::none())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Error> {
        Ok(Value::from(variant))
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<Value, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Value, Error> {
        Err(refused("a variant with a value"))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<List<'v>, Error> {
        Ok(List { values: self, items: Vec::with_capacity(len.unwrap_or(0)) })
    }

    fn serialize_tuple(self, len: usize) -> Result<List<'v>, Error> {
        self.serialize_seq(Some(len))
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

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Error> {
        Err(refused("a map"))
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Fields<'v>, Error> {
        let Some(kind) = self.woven.kind_of(name) else { return Ok(Fields::Map(self, Vec::with_capacity(len))) };
        let met = &mut self.met[kind as usize];
        *met += 1;
        Ok(Fields::Number(*met - 1))
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

impl SerializeSeq for List<'_> {
    type Ok = Value;
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, item: &T) -> Result<(), Error> {
        self.items.push(item.serialize(self.values.again())?);
        Ok(())
    }

    fn end(self) -> Result<Value, Error> {
        Ok(Value::from(self.items))
    }
}

impl SerializeTuple for List<'_> {
    type Ok = Value;
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, item: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, item)
    }

    fn end(self) -> Result<Value, Error> {
        SerializeSeq::end(self)
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = Value;
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, field: &T) -> Result<(), Error> {
        if let Self::Map(values, fields) = self {
            fields.push((Field { at: fields.len(), name }, field.serialize(values.again())?));
        }
        Ok(())
    }

    fn end(self) -> Result<Value, Error> {
        Ok(match self {
            Self::Map(_, fields) => Value::from(BTreeMap::from_iter(fields)),
            Self::Number(number) => Value::from(number),
        })
    }
}
