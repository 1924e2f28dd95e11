use rustc_hash::FxHashSet;

/// What a template names between its delimiters.
pub(super) struct Names<'t> {
    /// Every word in letters, digits and `_`, quoted ones too.
    pub(super) fields: FxHashSet<&'t str>,
    /// Whether it looks at the page or the whole context without naming a field.
    pub(super) anything: bool,
}

/// Reads the names out of a template's text.
///
/// Knows delimiters and words, not the grammar: it may find a name that is none, and misses none.
pub(super) fn names(text: &str) -> Names<'_> {
    let mut names = Names { fields: FxHashSet::default(), anything: false };
    let mut rest = text;
    while let Some(open) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        rest = &rest[open + 2..];
        // Where none closes, the engine has refused the template.
        let close = rest.find("}}").into_iter().chain(rest.find("%}")).min().unwrap_or(rest.len());
        expression(&rest[..close], &mut names);
        rest = &rest[close..];
    }
    names
}

fn expression<'t>(inside: &'t str, names: &mut Names<'t>) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = inside;
    while let Some(start) = rest.find(is_word) {
        let word = &rest[start..];
        let (word, after) = word.split_at(word.find(|c| !is_word(c)).unwrap_or(word.len()));
        let field = after.trim_start().trim_start_matches('?').starts_with('.');
        names.anything |= word == "__tera_context" || (word == "page" && !field);
        names.fields.insert(word);
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_between_delimiters_are_names() {
        let check = |text: &str, expected: &[&str], anything: bool| {
            let found = names(text);
            let mut fields: Vec<_> = found.fields.into_iter().collect();
            fields.sort_unstable();
            assert_eq!((fields.as_slice(), found.anything), (expected, anything), "{text}");
        };
        check("page {{ page.notes[0] }} notes", &["0", "notes", "page"], false);
        check("{%- for n in page . notes -%}x{% endfor %}", &["endfor", "for", "in", "n", "notes", "page"], false);
        check("{{ page?.notes }}", &["notes", "page"], false);
        check("{{ page }}", &["page"], true);
        check("{{ page[which] }}", &["page", "which"], true);
        check("{{ \"}}\" }}{{ a", &["a"], false);
        check("{{ <note of={note} /> }}", &["note", "of"], false);
    }
}
