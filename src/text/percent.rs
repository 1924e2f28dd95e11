//! Percent-encoding of addresses (RFC 3986 §2.1).

use std::borrow::Cow;

/// Encodes the path of an address, with its anchor: letters, digits and `/#-._~!(),@` stay.
pub fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    encode_to(path, &mut out);
    out
}

/// Appends the path of an address to `out`, encoded as by [`encode`].
pub fn encode_to(path: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut rest = path;
    // Nearly every address of ours is plain throughout, and is then copied whole.
    while let Some(at) = rest.bytes().position(|b| !STAYS[usize::from(b)]) {
        let (plain, odd) = rest.split_at(at);
        out.push_str(plain);
        let len = odd.chars().next().map_or(odd.len(), char::len_utf8);
        for b in odd[..len].bytes() {
            out.push('%');
            out.push(char::from(HEX[usize::from(b >> 4)]));
            out.push(char::from(HEX[usize::from(b & 15)]));
        }
        rest = &odd[len..];
    }
    out.push_str(rest);
}

/// The bytes that stand in an address as they are.
const STAYS: [bool; 256] = {
    let mut stays = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        stays[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let signs = b"/#-._~!(),@";
    let mut at = 0;
    while at < signs.len() {
        stays[signs[at] as usize] = true;
        at += 1;
    }
    stays
};

/// Undoes `%20`; what is no escape stays as it is, and so does the whole where it would not be UTF-8.
pub fn decode(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut out = Vec::with_capacity(path.len());
    let mut at = 0;
    while let Some(byte) = path.as_bytes().get(at) {
        let hex = path.get(at + 1..at + 3).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        match hex.filter(|_| *byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(escaped) => {
                out.push(escaped);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(path), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_and_decoded() {
        let check = |plain: &str, encoded: &str| {
            assert_eq!(encode(plain), encoded);
            assert_eq!(decode(encoded), plain);
        };
        check("2031/11/14/calder-tunnel/#q-uoq6fc", "2031/11/14/calder-tunnel/#q-uoq6fc");
        check("people/пётр/", "people/%D0%BF%D1%91%D1%82%D1%80/");
        check("\"><script> %41?", "%22%3E%3Cscript%3E%20%2541%3F");
    }

    #[test]
    fn what_is_no_escape_stays() {
        for text in ["100%", "%+1", "%zz", "%ff", "%é", ""] {
            assert_eq!(decode(text), text);
        }
    }
}
