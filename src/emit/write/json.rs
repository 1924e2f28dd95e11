use serde::Serialize;

/// Writes JSON that may also stand inside a script element: `<` and the two line separators of
/// ECMAScript are written as escapes, so that no text can close the element.
///
/// The order of keys is the order of the type's fields.
pub(in crate::emit) fn json(value: &impl Serialize) -> Vec<u8> {
    // Our types have string keys and nothing that can fail; were one added, a null would show it.
    let plain = serde_json::to_vec(value).unwrap_or_else(|_| b"null".to_vec());
    escaped(plain)
}

/// Escapes what must not stand in a script, and ends the line.
fn escaped(plain: Vec<u8>) -> Vec<u8> {
    // Hardly any copy has one of these; then nothing is copied. The separators, E2 80 A8 and E2 80 A9, share
    // their first two bytes with every curly quotation mark, so the last one is looked for.
    let found = memchr::memchr3_iter(b'<', 0xa8, 0xa9, &plain).filter_map(|at| match plain[at] {
        b'<' => Some((at, at + 1, "\\u003c")),
        last => {
            let start = at.checked_sub(2).filter(|start| plain[*start..at] == [0xe2, 0x80])?;
            Some((start, at + 1, if last == 0xa8 { "\\u2028" } else { "\\u2029" }))
        }
    });
    let mut out = Vec::new();
    let mut done = 0;
    for (start, end, escape) in found {
        out.extend_from_slice(&plain[done..start]);
        out.extend_from_slice(escape.as_bytes());
        done = end;
    }
    if done == 0 {
        out = plain;
    } else {
        out.extend_from_slice(&plain[done..]);
    }
    out.push(b'\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_closes_a_script() {
        let out = String::from_utf8(json(&["</script>\u{2028}“ok”"])).unwrap_or_default();
        assert_eq!(out, "[\"\\u003c/script>\\u2028“ok”\"]\n");
        assert_eq!(serde_json::from_str::<Vec<String>>(&out).unwrap_or_default(), ["</script>\u{2028}“ok”"]);
        let out = String::from_utf8(json(&["è\u{2029}<", "è", "—"])).unwrap_or_default();
        assert_eq!(out, "[\"è\\u2029\\u003c\",\"è\",\"—\"]\n");
        assert_eq!(json(&["plain"]), b"[\"plain\"]\n");
    }
}
