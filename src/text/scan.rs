//! Bytes that are rare among others.

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
    fn every_place_is_found_wherever_it_is() {
        for n in 0..70 {
            let text: Vec<u8> = (0..n).map(|i| if i % 7 == 3 || i > 50 { b'!' } else { b'a' }).collect();
            let expected: Vec<usize> = (0..n).filter(|i| text[*i] == b'!').collect();
            assert_eq!(find_bytes(&text, |b| b == b'!').collect::<Vec<_>>(), expected);
        }
    }
}
