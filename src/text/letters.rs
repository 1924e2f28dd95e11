//! Letters and figures, told quickly.

/// Whether a character is a letter or a figure, as [`char::is_alphanumeric`] says.
///
/// That looks most characters beyond ASCII up in two tables; in news copy most of those are quotation marks and dashes,
/// which stand in a block without letters.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        // General Punctuation.
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
