//! Finding the few bytes of a text that must be written otherwise.

/// The place of the first byte that is `odd`, which is asked of 16 bytes at a time.
///
/// `odd` should be comparisons joined by `|`: with a branch in it, as `||` and `matches!` make them, the bytes are
/// taken one by one.
#[inline]
pub fn first(text: &[u8], odd: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, rest) = text.as_chunks::<16>();
    for (i, chunk) in chunks.iter().enumerate() {
        // Without a branch for each byte the compiler compares all of them at once.
        if chunk.iter().fold(0, |found, byte| found | u8::from(odd(*byte))) != 0 {
            return chunk.iter().position(|byte| odd(*byte)).map(|at| i * 16 + at);
        }
    }
    rest.iter().position(|byte| odd(*byte)).map(|at| chunks.len() * 16 + at)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_first_is_found_wherever_it_stands() {
        for len in 0..40 {
            for at in 0..len {
                let text = ["x".repeat(at).as_str(), "<<", &"x".repeat(len - at)].concat();
                assert_eq!(super::first(text.as_bytes(), |byte| byte == b'<'), Some(at));
            }
            assert_eq!(super::first("é".repeat(len).as_bytes(), |byte| byte == b'<'), None);
        }
    }
}
