use super::Reporter;
use crate::diag::clean::clean;
use crate::diag::{Code, Diagnostic, Severity};
use crate::text::percent;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// For code scanning: SARIF 2.1.0 (OASIS standard, 27 March 2020).
pub struct Sarif;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

impl Reporter for Sarif {
    fn name(&self) -> &'static str {
        "sarif"
    }

    fn report(&self, diagnostics: &[Diagnostic], out: &mut String) {
        let mut rules: BTreeMap<&str, Code> = BTreeMap::new();
        rules.extend(diagnostics.iter().map(|diagnostic| (diagnostic.code.name(), diagnostic.code)));
        let index: BTreeMap<&str, usize> = rules.keys().enumerate().map(|(at, name)| (*name, at)).collect();
        let rules: Vec<Value> = rules
            .values()
            .map(|code| json!({ "id": code.name(), "defaultConfiguration": { "level": level(code.severity()) } }))
            .collect();
        let results: Vec<Value> =
            diagnostics.iter().map(|diagnostic| result(diagnostic, index[diagnostic.code.name()])).collect();
        let driver = json!({
            "name": "onrecord",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        let run = json!({ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results });
        let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
        out.push_str(&format!("{log:#}\n"));
    }
}

fn level(severity: Severity) -> &'static str {
    severity.name()
}

fn result(diagnostic: &Diagnostic, rule: usize) -> Value {
    let mut words = clean(&diagnostic.message).into_owned();
    for more in [&diagnostic.note, &diagnostic.help].into_iter().flatten() {
        words.push('\n');
        words.push_str(&clean(more));
    }
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": rule,
        "level": level(diagnostic.severity),
        "message": { "text": words },
    });
    if !diagnostic.path.is_empty() {
        let mut place = json!({ "artifactLocation": { "uri": percent::encode(&diagnostic.path) } });
        if let Some(at) = &diagnostic.place {
            let excerpt = at.excerpt.get(at.start as usize..at.end as usize).unwrap_or_default();
            let end = at.column as usize + excerpt.chars().count();
            place["region"] = json!({ "startLine": at.line, "startColumn": at.column, "endColumn": end });
        }
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes;
    use crate::text::FileSpan;

    #[test]
    fn a_log_has_what_the_standard_asks_for() {
        let mut out = String::new();
        let found = [
            Diagnostic::new(codes::QUOTE_UNCLOSED, "content/a b.txt", "never closed").at(
                "one\n“two\n",
                FileSpan::new(4, 10),
                "here",
            ),
            Diagnostic::new(codes::CONFIG_BROKEN, "", "no archive"),
        ];
        Sarif.report(&found, &mut out);
        let log: Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let results = run["results"].as_array().expect("results");
        assert_eq!((rules.len(), results.len()), (2, 2));
        for result in results {
            let rule = &rules[result["ruleIndex"].as_u64().expect("an index") as usize];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(["note", "warning", "error"].contains(&result["level"].as_str().expect("a level")));
            assert!(result["message"]["text"].is_string());
        }
        let place = &results[0]["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a%20b.txt");
        assert_eq!(place["region"], json!({ "startLine": 2, "startColumn": 1, "endColumn": 5 }));
        assert!(results[1].get("locations").is_none());
    }
}
