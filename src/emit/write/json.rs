use crate::text::json;
use serde::Serialize;

/// A file of JSON, which may also stand inside a script element: one value, one line.
pub(in crate::emit) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut out = String::with_capacity(4096);
    // Our types have nothing that can fail; were one added, a null would show it.
    if json::to(value, &mut out).is_err() {
        "null".clone_into(&mut out);
    }
    out.push('\n');
    out.into_bytes()
}
