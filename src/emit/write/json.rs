use serde::Serialize;

/// Writes JSON that may also stand inside a script element: `<` and the two line separators of
/// ECMAScript are written as escapes, so that no text can close the element.
///
/// The order of keys is the order of the type's fields.
pub(in crate::emit) fn json(value: &impl Serialize) -> Vec<u8> {
    // Our types have string keys and nothing that can fail; were one added, a null would show it.
    let plain = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    let mut out = String::with_capacity(plain.len() + 1);
    for c in plain.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out.push('\n');
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_closes_a_script() {
        let out = String::from_utf8(json(&["</script>\u{2028}“ok”"])).unwrap_or_default();
        assert_eq!(out, "[\"\\u003c/script>\\u2028“ok”\"]\n");
        assert_eq!(serde_json::from_str::<Vec<String>>(&out).unwrap_or_default(), ["</script>\u{2028}“ok”"]);
    }
}
