//! Bytes that are rare among others, found sixteen at a time.

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

/// Finds the bytes that `may` tell something; in order.
///
/// Sixteen bytes are asked at once, and in most copy none of them is meant: `may` should ask without short cuts
/// (`|`, `&`), so that the answers are worked out side by side.
pub fn find_bytes(text: &[u8], may: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    let (pieces, rest) = text.as_chunks::<16>();
    let tail = pieces.len() * 16;
    let some = move |piece: &[u8; 16]| piece.iter().fold(false, |some, b| some | may(*b));
    let in_pieces = pieces
        .iter()
        .enumerate()
        .filter(move |(_, piece)| some(piece))
        .flat_map(move |(n, piece)| (0..16).filter(move |&i| may(piece[i])).map(move |i| n * 16 + i));
    in_pieces.chain((0..rest.len()).filter(move |&i| may(rest[i])).map(move |i| tail + i))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_wherever_it_stands() {
        for len in 0..40 {
            for at in 0..len {
                let text = ["x".repeat(at).as_str(), "<<", &"x".repeat(len - at)].concat();
                assert_eq!(first(text.as_bytes(), |byte| byte == b'<'), Some(at));
            }
            assert_eq!(first("é".repeat(len).as_bytes(), |byte| byte == b'<'), None);
        }
    }

    #[test]
    fn every_place_is_found_wherever_it_is() {
        for n in 0..70 {
            let text: Vec<u8> = (0..n).map(|i| if i % 7 == 3 || i > 50 { b'!' } else { b'a' }).collect();
            let expected: Vec<usize> = (0..n).filter(|i| text[*i] == b'!').collect();
            assert_eq!(find_bytes(&text, |b| b == b'!').collect::<Vec<_>>(), expected);
        }
    }
}
