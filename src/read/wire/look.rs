//! What one pass over a line's bytes tells of it, so that nobody has to look again for what is not there.

/// Signs that a line may hold, as bits.
pub(super) mod sign {
    /// 0 to 9
    pub(in super::super) const DIGIT: u16 = 1;
    /// /
    pub(in super::super) const STROKE: u16 = 1 << 1;
    /// :
    pub(in super::super) const COLON: u16 = 1 << 2;
    /// ( or [
    pub(in super::super) const BRACKET: u16 = 1 << 3;
    /// ", “ or ”
    pub(in super::super) const DOUBLE: u16 = 1 << 4;
    /// |
    pub(in super::super) const BAR: u16 = 1 << 5;
    /// @
    pub(in super::super) const AT: u16 = 1 << 6;
    /// A letter or another sign beyond ASCII.
    pub(in super::super) const BEYOND: u16 = 1 << 7;
    /// A letter of ASCII.
    pub(in super::super) const LETTER: u16 = 1 << 8;
    /// A small letter of ASCII.
    pub(in super::super) const SMALL: u16 = 1 << 9;
    /// ©
    pub(in super::super) const COPYRIGHT: u16 = 1 << 10;
    /// { } < > _ \
    pub(in super::super) const MARKUP: u16 = 1 << 11;
    /// White space; the highest, so that a shift leaves nothing else.
    pub(super) const BLANK: u16 = 1 << 15;
}

/// A line at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    words: u32,
    signs: u16,
}

/// The signs of each byte.
const SIGNS: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' => sign::DIGIT,
            b'a'..=b'z' => sign::LETTER | sign::SMALL,
            b'A'..=b'Z' => sign::LETTER,
            b'/' => sign::STROKE,
            b':' => sign::COLON,
            b'(' | b'[' => sign::BRACKET,
            b'"' => sign::DOUBLE,
            b'|' => sign::BAR,
            b'@' => sign::AT,
            b'{' | b'}' | b'<' | b'>' | b'_' | b'\\' => sign::MARKUP,
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => sign::BLANK,
            0x80.. => sign::BEYOND,
            _ => 0,
        };
        byte += 1;
    }
    table
};

impl Look {
    /// Looks at a line once; linear.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        // The signs of the byte before; a line begins behind a blank. No branch: it would be missed at every word.
        let (mut signs, mut words, mut before) = (0, 0, u32::from(sign::BLANK));
        for byte in bytes {
            let now = u32::from(SIGNS[usize::from(*byte)]);
            signs |= now;
            // A word begins where a blank ends, and each adds the highest bit.
            words += u64::from(before & !now & u32::from(sign::BLANK));
            before = now;
        }
        let mut look = Self { words: (words >> sign::BLANK.trailing_zeros()) as u32, signs: signs as u16 };
        if look.has(sign::BEYOND) {
            look.beyond(text);
        }
        look
    }

    /// Looks at the characters beyond ASCII that tell more than that they are.
    fn beyond(&mut self, text: &str) {
        let bytes = text.as_bytes();
        // What all of them begin with.
        let leads = memchr::memchr3_iter(0xc2, 0xe2, 0xe3, bytes).chain(memchr::memchr2_iter(0xe1, 0xef, bytes));
        let mut wide = false;
        for c in leads.filter_map(|at| text[at..].chars().next()) {
            match c {
                '“' | '”' => self.signs |= sign::DOUBLE,
                '©' => self.signs |= sign::COPYRIGHT,
                '：' => self.signs |= sign::COLON,
                c => wide |= c.is_whitespace(),
            }
        }
        if wide {
            self.words = u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX);
        }
    }

    /// Whether the line holds one of the signs.
    pub(super) fn has(self, signs: u16) -> bool {
        self.signs & signs != 0
    }

    /// Words between white space.
    pub(super) fn words(self) -> usize {
        self.words as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_at_a_glance() {
        let look = Look::of("The “Kittiwake” sails\u{a0}at 9 (PA/©)");
        assert_eq!(look.words(), 6);
        assert!(
            look.has(sign::DOUBLE) && look.has(sign::DIGIT) && look.has(sign::BRACKET) && look.has(sign::COPYRIGHT)
        );
        assert!(!look.has(sign::COLON | sign::BAR | sign::AT));
        assert_eq!(Look::of(""), Look::default());
    }

    proptest! {
        #[test]
        fn words_are_those_between_white_space(text in "\\PC{0,60}|[ \\t\u{a0}\u{2003}aé“]{0,40}") {
            prop_assert_eq!(Look::of(&text).words(), text.split_whitespace().count());
        }
    }
}
