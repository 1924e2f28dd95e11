//! Signs that nobody sees.

/// Whether a sign is made to be unseen, wherever it stands: soft hyphens, joiners and what has no width, marks and turns
/// of direction, variation selectors, fillers and tags.
///
/// These are Unicode’s default-ignorable code points (DerivedCoreProperties.txt, `Default_Ignorable_Code_Point`) and the
/// signs around interlinear notes. White space and control characters are none of them.
pub fn is_unseen(c: char) -> bool {
    c >= '\u{ad}'
        && matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::bidi::turns;

    #[test]
    fn what_is_seen_is_told_from_what_is_not() {
        for c in
            "\u{ad}\u{180e}\u{200b}\u{200d}\u{200e}\u{202e}\u{2060}\u{2069}\u{3164}\u{fe0f}\u{feff}\u{e0041}".chars()
        {
            assert!(is_unseen(c), "{c:?}");
        }
        // Accents, joined letters, hyphens and blanks are seen, each in its way; controls are looked for elsewhere.
        for c in "a-é\u{301}\u{2011}\u{3000}\u{a0}\u{2028}\n\u{7}東한👩\u{fffc}\u{fffd}".chars() {
            assert!(!is_unseen(c), "{c:?}");
        }
        for c in ('\0'..=char::MAX).filter(|c| turns(*c)) {
            assert!(is_unseen(c), "{c:?}");
        }
    }
}
