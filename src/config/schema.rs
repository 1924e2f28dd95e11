use super::{SETTINGS, Setting, Settings, Takes};
use serde_json::{Map, Value, json};

/// The JSON Schema (draft 2020-12) of `site.toml`, made from [`SETTINGS`]; dates are text in it.
///
/// It accepts whatever the reader accepts. The reader also refuses what no schema can tell: a time
/// zone that no atlas has, a base address whose path climbs (`..`), a day that no calendar has.
pub fn schema() -> Value {
    let mut schema = object(SETTINGS);
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!("site.toml, the settings of an onrecord archive"));
    Value::Object(schema)
}

/// A table with these keys and no others; of two spellings of one key only one may be there.
fn object(rows: &[Setting]) -> Map<String, Value> {
    let (mut properties, mut pairs) = (Map::new(), Vec::new());
    for row in rows {
        let own = setting(row);
        for (i, name) in row.key.names.iter().enumerate() {
            let mut property = own.clone();
            if i > 0 {
                property.insert("deprecated".to_owned(), json!(true));
                property.insert("description".to_owned(), json!(format!("Another spelling of `{}`.", row.key.name())));
            }
            properties.insert((*name).to_owned(), Value::Object(property));
            let both = row.key.names.iter().skip(i + 1).map(|other| json!({ "not": { "required": [name, other] } }));
            pairs.extend(both);
        }
    }
    let mut object = Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("additionalProperties".to_owned(), json!(false)),
        ("properties".to_owned(), Value::Object(properties)),
    ]);
    let needed: Vec<_> = rows.iter().filter(|row| row.needed).map(|row| row.key.name()).collect();
    if !needed.is_empty() {
        object.insert("required".to_owned(), json!(needed));
    }
    if !pairs.is_empty() {
        object.insert("allOf".to_owned(), Value::Array(pairs));
    }
    object
}

fn setting(row: &Setting) -> Map<String, Value> {
    let mut schema = match row.takes {
        Takes::Text => of(json!({ "type": "string" })),
        Takes::Filled => text(r"[^\s\u0000-\u001F\u007F-\u009F]"),
        Takes::Address => {
            text(r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9.:\[\]\-]+(/[A-Za-z0-9/._~%!$&'()*+,;=:@\-]*)?\s*$")
        }
        Takes::Language => of(json!({
            "type": "string", "maxLength": 35, "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$",
        })),
        Takes::Zone => text(r"^[A-Za-z][A-Za-z0-9_+/\-]*$"),
        Takes::Contact => text(r#"^(mailto:|https://)[^\s\u0000-\u001F\u007F-\u009F"<>\\`]+$"#),
        Takes::Page => text(r#"^https://[^\s\u0000-\u001F\u007F-\u009F"<>\\`]+$"#),
        Takes::Flag => of(json!({ "type": "boolean" })),
        Takes::Whole(low, high) => of(json!({ "type": "integer", "minimum": low, "maximum": high })),
        Takes::Number(low, high) => of(json!({ "type": "number", "minimum": low, "maximum": high })),
        Takes::Wholes(low, high, most) => of(json!({
            "type": "array", "maxItems": most, "items": { "type": "integer", "minimum": low, "maximum": high },
        })),
        Takes::Choice(words) => of(json!({ "type": "string", "enum": words })),
        Takes::Choices(words) => of(json!({ "type": "array", "items": { "type": "string", "enum": words } })),
        Takes::Moment => text(
            r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([Zz]|[+\-][0-9]{2}:[0-9]{2})?)?\s*$",
        ),
        Takes::Table(rows) => object(rows),
        Takes::Tables(rows) => of(json!({ "type": "array", "items": object(rows) })),
        Takes::Anything => Map::new(),
    };
    schema.insert("description".to_owned(), json!(row.told));
    if let Some(default) = (row.value)(&Settings::default()) {
        schema.insert("default".to_owned(), default);
    }
    schema
}

fn text(pattern: &str) -> Map<String, Value> {
    of(json!({ "type": "string", "pattern": pattern }))
}

/// The members of an object.
fn of(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
