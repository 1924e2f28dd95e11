//! Numbers of as few bytes as they need: seven bits in each, the lowest first, the top bit where more follow.

/// Appends a number.
pub(super) fn put(mut n: u32, out: &mut Vec<u8>) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Takes a number from the head; none where it is cut short.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u32> {
    let mut n = 0;
    for shift in (0..32).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        n |= u32::from(byte & 0x7f) << shift;
        if *byte < 0x80 {
            return Some(n);
        }
    }
    None
}

/// Takes so many bytes from the head.
pub(super) fn slice<'a>(bytes: &mut &'a [u8], len: u32) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(len as usize)?;
    *bytes = rest;
    Some(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_put_is_taken(numbers in prop::collection::vec(any::<u32>(), 0..20)) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|n| put(*n, &mut bytes));
            let mut rest = &bytes[..];
            for n in numbers {
                prop_assert_eq!(take(&mut rest), Some(n));
            }
            prop_assert_eq!(take(&mut rest), None);
        }

        #[test]
        fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..12)) {
            let mut rest = &bytes[..];
            while take(&mut rest).is_some() {}
        }
    }
}
