use super::Reporter;
use crate::diag::Diagnostic;
use crate::diag::clean::clean;
use serde_json::{Value, json};

/// For programs: one JSON array.
pub struct Json;

impl Reporter for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn report(&self, diagnostics: &[Diagnostic], out: &mut String) {
        let rows: Vec<Value> = diagnostics.iter().map(row).collect();
        out.push_str(&format!("{:#}\n", Value::Array(rows)));
    }
}

fn row(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref();
    json!({
        "code": diagnostic.code.name(),
        "severity": diagnostic.severity.name(),
        "message": clean(&diagnostic.message),
        "path": clean(&diagnostic.path),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "excerpt": place.map(|place| clean(&place.excerpt)),
        "label": place.map(|place| clean(&place.label)),
        "note": diagnostic.note.as_deref().map(clean),
        "help": diagnostic.help.as_deref().map(clean),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;
    use crate::text::FileSpan;

    #[test]
    fn every_field_is_there() {
        let mut out = String::new();
        let diagnostic = Diagnostic::new(codes::QUOTE_UNCLOSED, "content/a.txt", "never \"closed\"\u{1b}[0m")
            .at("one\n“two\n", FileSpan::new(4, 7), "here")
            .help("add ”");
        Json.report(&[diagnostic], &mut out);
        let rows: Value = serde_json::from_str(&out).expect("JSON");
        let expected = json!([{
            "code": "quote-unclosed", "severity": "warning", "message": "never \"closed\"␛[0m", "path": "content/a.txt",
            "line": 2, "column": 1, "excerpt": "“two", "label": "here", "note": null, "help": "add ”",
        }]);
        assert_eq!(rows, expected);
        let mut none = String::new();
        Json.report(&[], &mut none);
        assert_eq!(none, "[]\n");
    }
}
